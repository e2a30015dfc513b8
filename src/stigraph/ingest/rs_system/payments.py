"""Files 5-1 and 5-2: who was paid how much, and by whom.

The money flows in stages: a block of payees is paid by the ministry's own unit or by another block, and 5-1 lists the
payment at each stage. Only what the ministry itself pays is money of the budget; a sum over all blocks counts it again
at each stage. A payee comes in once, with the sum of its contracts. Payments are those of the year before the sheet.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stigraph.ingest.model import Payment
from stigraph.ingest.payees import named_payee, other_number
from stigraph.ingest.rs_system.cells import Row, marked, yen

__all__ = ["MINISTRY", "payments_of"]

MINISTRY = "担当組織"
"""The payer of a block that the ministry's own unit pays: first-hand money."""

_TOTAL, _CONTRACT = "支出先の合計支出額", "金額"


class _Payee(NamedTuple):
    """A payee of a block: the row with its sum, if there is one, and the rows of its contracts."""

    sums: list[Row]
    contracts: list[Row]


def _payers(flows: Sequence[Row]) -> dict[str, list[str]]:
    """Give who pays each block: other blocks, `MINISTRY`, or several of them."""
    payers: dict[str, list[str]] = {}
    for row in flows:
        block = row.get("支出先の支出先ブロック")
        if block is None:
            continue
        payer = MINISTRY if marked(row.get("担当組織からの支出")) else row.get("支出元の支出先ブロック")
        known = payers.setdefault(block, [])
        if payer is not None and payer not in known:
            known.append(payer)
    return payers


def _payees(rows: Sequence[Row]) -> dict[str, list[_Payee]]:
    """Sort the rows of payees by block; a row with a sum begins a payee, and its contracts follow."""
    blocks: dict[str, list[_Payee]] = {}
    latest: dict[tuple[str | None, ...], _Payee] = {}
    for row in rows:
        block = row.get("支出先ブロック番号")
        if block is None or row.get("支出先名") is None:
            continue
        key = (block, row.get("支出先名"), row.get("法人番号"))
        is_sum = row.get(_TOTAL) is not None
        if is_sum or key not in latest:
            latest[key] = _Payee([], [])
            blocks.setdefault(block, []).append(latest[key])
        (latest[key].sums if is_sum else latest[key].contracts).append(row)
    return blocks


def _task(contracts: Sequence[Row]) -> str | None:
    """Give what is paid for: each contract once."""
    tasks = dict.fromkeys(row.get("契約概要") for row in contracts)
    return "；".join(task for task in tasks if task) or None


def _named(row: Row) -> tuple[str | None, str | None]:
    """Give the name and the corporate number of a payee; neither of a person, nor of what is left over (その他)."""
    if marked(row.get("その他支出先")):
        return None, None
    return named_payee(row.get("支出先名"), row.get("法人番号"), registered=True)


def _paid(payee: _Payee) -> Iterator[tuple[Row, str, Sequence[Row]]]:
    """Give the amounts of a payee: its sum, or each contract where there is no sum."""
    if payee.sums:
        yield payee.sums[0], _TOTAL, [*payee.sums, *payee.contracts]
    else:
        yield from ((row, _CONTRACT, [row]) for row in payee.contracts)


def payments_of(rows: Sequence[Row], flows: Sequence[Row], year: int) -> tuple[Payment, ...]:
    """Give the payments that the sheet of a year tells, block by block; a payee without an amount has 0."""
    payers = _payers(flows)
    payments = []
    for block, payees in _payees(rows).items():
        payer = "、".join(payers.get(block, ())) or None
        amounts = (each for payee in payees for each in _paid(payee))
        for number, (row, column, contracts) in enumerate(amounts, 1):
            amount, printed = yen(row, column) or (0, "0円")
            place, task = f"5-1[{block}-{number}].{column}", _task(contracts)
            name, corporate = _named(row)
            other = None if corporate else other_number(row.get("支出先名"), row.get("法人番号"), name=name)
            payments.append(
                Payment(year - 1, block, number, payer, name, corporate, task, amount, printed, place, other)
            )
    return tuple(payments)
