"""Budget and execution: a line for each amount, those of accounts as parts of the total they stand beside."""

from collections import Counter
from collections.abc import Iterator, Sequence

from stigraph.ingest.model import Amount
from stigraph.ingest.quads.graph import SheetGraph
from stigraph.ingest.terms import (
    AMOUNT,
    AS_PRINTED,
    FISCAL_YEAR,
    INTEGER,
    LOCATOR,
    PART_OF,
    PROGRAMME,
    A,
    escaped,
    sti,
)
from stigraph.vocab import ID, STI

__all__ = ["amount_lines"]

_PHASE_SLUGS = {"CarriedIn": "carried-in", "CarriedOut": "carried-out"}
_BUDGET_LINE = f"{A} {sti('BudgetLine')}"
_PHASE = f"{sti('phase')} <{STI}"
_ACCOUNT = sti("account")


def amount_lines(graph: SheetGraph, amounts: Sequence[Amount]) -> Iterator[str]:
    """Give the budget lines of a sheet, totals before the accounts that are parts of them."""
    used: Counter[tuple[int, str]] = Counter()
    nodes: dict[str, str] = {}
    totals = {(amount.fiscal_year, amount.phase) for amount in amounts if amount.account is None}
    for amount in sorted(amounts, key=lambda one: one.account is not None):
        if amount.within is not None:
            whole = nodes[amount.within]
            yield _amount(graph, amount, f"{whole}-part", whole)
            continue
        cell = amount.fiscal_year, amount.phase
        used[cell] += 1
        phase = _PHASE_SLUGS.get(amount.phase) or amount.phase.lower()
        stem = f"{ID}budget/{graph.key}-{amount.fiscal_year}-{phase}"
        node = f"{stem}-{used[cell]}" if used[cell] > 1 else stem
        nodes[amount.place] = node
        part = node != stem and amount.account is not None and cell in totals
        yield _amount(graph, amount, node, stem if part else None)


def _amount(graph: SheetGraph, amount: Amount, iri: str, whole: str | None) -> str:
    end = graph.end
    node = f"<{iri}>"
    more = ""
    if amount.account is not None:
        more = graph.literal(node, _ACCOUNT, amount.account, "@ja")
    if whole is not None:
        more += f"{node} {PART_OF} <{whole}>{end}"
    return (
        f"{node} {_BUDGET_LINE}{end}"
        f"{node} {PROGRAMME} {graph.programme}{end}"
        f'{node} {FISCAL_YEAR} "{amount.fiscal_year}{INTEGER}{end}'
        f"{node} {_PHASE}{amount.phase}>{end}"
        f'{node} {AMOUNT} "{amount.yen}{INTEGER}{end}'
        f'{node} {AS_PRINTED} "{escaped(amount.printed)}"{end}'
        f"{more}"
        f'{node} {LOCATOR} "{escaped(amount.place)}"{end}'
        f"{graph.grounds(node)}"
    )
