"""File 2-1: budget and execution.

For each year there is a row of totals and a row for each account. Totals are entered as totals (``account`` None) and
accounts as accounts: they are the same money, and are never added to each other. What is asked for the year after is
entered under that year, and 要望額, which the totals do not count again, as a part of it.
"""

from collections.abc import Iterator, Mapping, Sequence

from stigraph.ingest.model import Amount
from stigraph.ingest.rs_system.cells import Row, fiscal_year, yen

__all__ = ["accounts_of", "amounts_of"]

_ASKED, _WISHED = "翌年度要求額", "要望額"
_TOTALS: Mapping[str, str] = {
    "当初予算（合計）": "Initial",
    "補正予算（合計）": "Supplementary",
    "前年度からの繰越し（合計）": "CarriedIn",
    "予備費等（合計）": "Reserve",
    "計（歳出予算現額合計）": "Total",
    "執行額（合計）": "Executed",
    "翌年度への繰越し(合計）": "CarriedOut",
    "翌年度要求額（合計）": "Request",
}
_BY_ACCOUNT: Mapping[str, str] = {
    "当初予算": "Initial",
    **{f"第{count}次補正予算": "Supplementary" for count in range(1, 6)},
    "前年度から繰越し": "CarriedIn",
    **{f"予備費等{count}": "Reserve" for count in range(1, 5)},
    "歳出予算現額": "Total",
    "執行額": "Executed",
    _ASKED: "Request",
}
_NO_ACCOUNT = "会計の記載なし"


def _account(row: Row) -> str:
    """Name the account of a row: 一般会計; 特別会計 エネルギー対策 エネルギー需給勘定."""
    parts = (row.get("会計区分"), row.get("会計"), row.get("勘定"))
    return " ".join(dict.fromkeys(part for part in parts if part)) or _NO_ACCOUNT


def _read(row: Row, columns: Mapping[str, str], year: int, account: str | None) -> Iterator[Amount]:
    place = f"2-1[{year}]" if account is None else f"2-1[{year}, {account}]"
    for column, phase in columns.items():
        amount = yen(row, column)
        if amount is not None:
            yield Amount(year + (phase == "Request"), phase, *amount, account, f"{place}.{column}")


def _wished(row: Row, year: int, account: str) -> Iterator[Amount]:
    """Give 要望額 as a part of what its row asks for; should it be more, as an amount of the account beside it."""
    wished, asked = yen(row, _WISHED), yen(row, _ASKED)
    if wished is not None:
        place = f"2-1[{year}, {account}]"
        within = f"{place}.{_ASKED}" if asked is not None and wished[0] <= asked[0] else None
        amount, printed = wished
        yield Amount(year + 1, "Request", amount, f"{_WISHED} {printed}", account, f"{place}.{_WISHED}", within)


def amounts_of(rows: Sequence[Row]) -> tuple[Amount, ...]:
    """Give the amounts of a sheet: of each row its totals, then its account's."""
    amounts: list[Amount] = []
    for row in rows:
        year = fiscal_year(row, "予算年度")
        if year is None:
            raise row.misfit("予算年度", "the row does not say its year")
        amounts += _read(row, _TOTALS, year, None)
        amounts += _read(row, _BY_ACCOUNT, year, _account(row))
        amounts += _wished(row, year, _account(row))
    return tuple(amounts)


def accounts_of(rows: Sequence[Row]) -> tuple[str, ...]:
    """Give the accounts that a programme is paid from, in the order they are named."""
    named = dict.fromkeys(_account(row) for row in rows if row.get("会計区分") or row.get("会計"))
    return tuple(named)
