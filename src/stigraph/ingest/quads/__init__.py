"""A review sheet as N-Quads: what one sheet says, in the named graph of that sheet.

Written as text, template by template, without an RDF library: forty-seven thousand sheets say some twenty million
triples. The same sheet always gives the same bytes. What sheets share and no single one of them says (the name by which
a body is called) stands in a graph of its own (`stigraph.ingest.shared`).

A module for each kind of thing that is said: the sheet and its programme (`source`), `budgets`, `payments`,
`indicators` with their goals and values, the texts (`statements`), and the `policies`; all of them write into the
`graph` of the sheet.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from stigraph.ingest.mentions import Mention, mentions_of
from stigraph.ingest.model import Sheet
from stigraph.ingest.quads.budgets import amount_lines
from stigraph.ingest.quads.graph import graph_of
from stigraph.ingest.quads.indicators import aims_of, indicator_lines, indicators_of
from stigraph.ingest.quads.payments import payment_lines
from stigraph.ingest.quads.policies import policy_lines
from stigraph.ingest.quads.source import programme_lines, source_lines
from stigraph.ingest.quads.statements import mention_lines, review_lines, step_lines, text_lines

__all__ = ["sheet_quads"]


def sheet_quads(
    sheet: Sheet,
    programme: str,
    *,
    label: str | None = None,
    mentions: Sequence[Mention] | None = None,
    numbered: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Give what a sheet says as N-Quads, all in the graph of the sheet.

    Args:
        sheet: the sheet.
        programme: the IRI of the programme it is of.
        label: what the programme is called elsewhere; the name on the sheet is then an alias where it is another.
            Without it the name on the sheet is the label of the programme.
        mentions: the plans it names; found in it where they are not given.
        numbered: the IRIs of bodies that sheets give a corporate number (`Names.numbered`).

    Returns:
        Lines of N-Quads, in an order that depends on the sheet alone.
    """
    found = mentions_of(sheet) if mentions is None else mentions
    return "".join(_lines(sheet, programme, label, found, numbered))


def _lines(
    sheet: Sheet, programme: str, label: str | None, mentions: Sequence[Mention], numbered: Mapping[str, str]
) -> Iterator[str]:
    graph = graph_of(sheet, programme)
    indicators = indicators_of(graph, sheet.measures)
    yield from source_lines(graph, sheet)
    yield from programme_lines(graph, sheet, label)
    yield from amount_lines(graph, sheet.amounts)
    yield from payment_lines(graph, sheet, numbered)
    yield from indicator_lines(graph, indicators)
    yield from text_lines(graph, sheet)
    yield from step_lines(graph, sheet.steps, aims_of(indicators))
    yield from review_lines(graph, sheet.reviews)
    yield from policy_lines(graph, sheet.plans)
    yield from mention_lines(graph, mentions)
