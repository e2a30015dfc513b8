"""Payments: a transfer for each payee of a block, and the bodies that only this sheet knows."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping

from stigraph.ingest.identity import bodies, ministry_iri
from stigraph.ingest.model import Payment, Sheet
from stigraph.ingest.quads.graph import SheetGraph
from stigraph.ingest.terms import (
    AMOUNT,
    AS_PRINTED,
    DESCRIPTION,
    FISCAL_YEAR,
    INTEGER,
    LABEL,
    LOCATOR,
    NOTE,
    PROGRAMME,
    A,
    escaped,
    sti,
)
from stigraph.vocab import ID

__all__ = ["payment_lines"]

_FIRST_PAYER = "担当組織"
"""The payer of a block that the ministry itself pays."""

_SAFE = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
_BEYOND = 10
_DOUBT = {
    "@ja": "支出額が、このシートの予算額・執行額のうち最大のものの10倍を超える。円を百万円の欄に記入した可能性がある。",
    "@en": "The amount is more than ten times the largest budget or execution that the sheet prints for any year; yen "
    "may have been entered as million yen.",
}
_TRANSFER = f"{A} {sti('Transfer')}"
_PAYER = sti("payer")
_PAYEE = sti("payee")
_BLOCK = sti("block")
_PAYER_BLOCK = sti("payerBlock")
_ORGANIZATION = f"{A} {sti('Organization')}"


def payment_lines(graph: SheetGraph, sheet: Sheet, numbered: Mapping[str, str]) -> Iterator[str]:
    """Give the transfers of a sheet; one that is out of all proportion to its budget bears a note.

    Args:
        graph: the graph of the sheet.
        sheet: the sheet.
        numbered: the IRIs of bodies that sheets give a corporate number.
    """
    payees = _Payees(graph, numbered)
    sole = _sole_payees(sheet.payments)
    ministry = f"<{ministry_iri(sheet.ministry)}>"
    most = _BEYOND * max((abs(amount.yen) for amount in sheet.amounts), default=0)
    for payment in sheet.payments:
        if payment.yen or payment.payee or payment.corporate_number or payment.other_number:
            node = f"<{ID}transfer/{_slug(graph, payment)}>"
            body, description = payees.body(payment)
            payer, of_payer = _payer(payment, ministry, sole, payees)
            yield description + of_payer
            yield _transfer(graph, payment, node, payer, body)
            if most and payment.yen > most:
                yield from (graph.literal(node, NOTE, note, tag) for tag, note in _DOUBT.items())


def _payer(payment: Payment, ministry: str, sole: dict[str, Payment], payees: "_Payees") -> tuple[str, str]:
    """Give who pays, and the lines that describe it where this is the first that is said of it.

    That is the ministry, or the one body of the block that pays; empty where it is not known.
    """
    if payment.payer_block == _FIRST_PAYER:
        return ministry, ""
    if payment.payer_block in sole:
        return payees.body(sole[payment.payer_block])
    return "", ""


def _transfer(graph: SheetGraph, payment: Payment, node: str, payer: str, payee: str) -> str:
    end = graph.end
    number = payment.corporate_number or payment.other_number
    printed = " ".join(filter(None, (payment.payee, number, payment.printed)))
    return (
        f"{node} {_TRANSFER}{end}"
        f"{node} {PROGRAMME} {graph.programme}{end}"
        + (f"{node} {_PAYER} {payer}{end}" if payer else "")
        + (graph.literal(node, _PAYER_BLOCK, payment.payer_block) if payment.payer_block else "")
        + (f"{node} {_PAYEE} {payee}{end}" if payee else "")
        + (f'{node} {AMOUNT} "{payment.yen}{INTEGER}{end}' if payment.yen else "")
        + f'{node} {FISCAL_YEAR} "{payment.fiscal_year}{INTEGER}{end}'
        f'{node} {AS_PRINTED} "{escaped(printed)}"{end}'
        f'{node} {_BLOCK} "{escaped(payment.block)}"{end}'
        + (f'{node} {DESCRIPTION} "{escaped(payment.task)}"@ja{end}' if payment.task else "")
        + f'{node} {LOCATOR} "{escaped(payment.place)}"{end}'
        f"{graph.grounds(node)}"
    )


class _Payees:
    """The payees of one sheet; one that is known by its name alone is described where it is first met."""

    def __init__(self, graph: SheetGraph, numbered: Mapping[str, str]) -> None:
        self._graph = graph
        self._numbered = numbered
        self._named: dict[str, str] = {}

    def body(self, payment: Payment) -> tuple[str, str]:
        """Give the IRI of a payee, and the lines that describe it where only this sheet knows it, once."""
        number, name = payment.corporate_number, payment.payee
        if number is not None:
            known = bodies().by_number.get(number) or self._numbered.get(number)
            return f"<{known or f'{ID}organization/houjin-{number}'}>", ""
        if name is None:
            return "", ""
        curated = bodies().by_name.get("".join(name.split()))
        if curated is not None:
            return f"<{curated}>", ""
        known = self._named.get(name)
        if known is not None:
            return known, ""
        iri = f"<{ID}organization/{_slug(self._graph, payment)}>"
        self._named[name] = iri
        return iri, f"{iri} {_ORGANIZATION}{self._graph.end}" + self._graph.literal(iri, LABEL, name, "@ja")


def _slug(graph: SheetGraph, payment: Payment) -> str:
    """Name a payment in an IRI: sheet, block, number; a block that ends in a digit is set apart from the number."""
    block = payment.block
    safe = block if _SAFE.fullmatch(block) else hashlib.sha256(block.encode()).hexdigest()[:8]
    joint = "" if block.isascii() and block.isalpha() else "-"
    return f"{graph.key}-{safe}{joint}{payment.number}"


def _sole_payees(payments: Iterable[Payment]) -> dict[str, Payment]:
    """Give the blocks that have one payee: only there is it known who pays on."""
    blocks: dict[str, list[Payment]] = {}
    for payment in payments:
        blocks.setdefault(payment.block, []).append(payment)
    return {block: those[0] for block, those in blocks.items() if len(those) == 1}
