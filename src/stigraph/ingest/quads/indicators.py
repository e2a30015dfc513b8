"""Goals, indicators and their values, each indicator under the goal that it measures."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from stigraph.ingest.model import Measure, Value
from stigraph.ingest.quads.graph import SheetGraph
from stigraph.ingest.terms import (
    AS_PRINTED,
    BASIS,
    DECIMAL,
    INTEGER,
    LABEL,
    LOCATOR,
    NOTE,
    A,
    escaped,
    one_line,
    sti,
)
from stigraph.vocab import ID, STI

__all__ = ["Indicator", "aims_of", "indicator_lines", "indicators_of"]

_OTHER_YEAR = {
    "@ja": "データの年度は元号の取り違えによるもので、改めた。",
    "@en": "The year in the data comes from a mistaken era; it is corrected here.",
}
_OBJECTIVE = f"{A} {sti('Objective')}"
_INDICATOR_TYPE = f"{A} {sti('Indicator')}"
_OBSERVATION = f"{A} {sti('Observation')}"
_INDICATOR_CLASS = f"{sti('indicatorClass')} {sti('ProgrammeIndicator')}"
_MEASURES = sti("measures")
_UNIT = sti("unit")
_INDICATOR = sti("indicator")
_VALUE = sti("value")
_TEXT_VALUE = sti("textValue")
_YEAR = sti("year")
_YEAR_KIND = f"{sti('yearKind')} {sti('FiscalYear')}"
_VALUE_KIND = f"{sti('valueKind')} <{STI}"


class Indicator(NamedTuple):
    """A measure of a sheet with its name in IRIs and, where it has one in other words, the goal that it measures."""

    measure: Measure
    stem: str
    goal: str | None

    @property
    def node(self) -> str:
        """Give the indicator as N-Quads writes it."""
        return f"<{ID}indicator/{self.stem}>"


def indicators_of(graph: SheetGraph, measures: Iterable[Measure]) -> list[Indicator]:
    """Name the indicators of a sheet, and its goals: one for each text that is not that of its indicator."""
    count: Counter[str] = Counter()
    goals: dict[str, str] = {}
    found = []
    for measure in measures:
        count[measure.kind] += 1
        goal = None
        if measure.goal is not None and measure.goal != measure.indicator:
            goal = goals.setdefault(measure.goal, f"<{ID}objective/{graph.key}-goal-{len(goals) + 1}>")
        found.append(Indicator(measure, f"{graph.key}-{measure.kind}-{count[measure.kind]}", goal))
    return found


def aims_of(indicators: Iterable[Indicator]) -> dict[str, str]:
    """Give the node that stands for each goal in words: an objective, or the indicator that alone tells it."""
    aims: dict[str, str] = {}
    for indicator in indicators:
        if indicator.measure.goal is not None:
            aims.setdefault(indicator.measure.goal, indicator.goal or indicator.node)
    return aims


def indicator_lines(graph: SheetGraph, indicators: Sequence[Indicator]) -> Iterator[str]:
    """Give the goals, indicators and values of a sheet, each goal where it is first met."""
    told: set[str] = set()
    for indicator in indicators:
        goal, text = indicator.goal, indicator.measure.goal
        if goal is not None and text is not None and goal not in told:
            told.add(goal)
            yield f"{goal} {_OBJECTIVE}{graph.end}"
            yield graph.literal(goal, LABEL, one_line(text), "@ja")
        yield _indicator(graph, indicator.measure, indicator.node, goal)
        yield from _values(graph, indicator)


def _indicator(graph: SheetGraph, measure: Measure, node: str, goal: str | None) -> str:
    end = graph.end
    return (
        f"{node} {_INDICATOR_TYPE}{end}"
        + graph.literal(node, LABEL, one_line(measure.indicator), "@ja")
        + f"{node} {_INDICATOR_CLASS}{end}"
        + f"{node} {_MEASURES} {graph.programme}{end}"
        + (f"{node} {_MEASURES} {goal}{end}" if goal else "")
        + (graph.literal(node, _UNIT, one_line(measure.unit)) if measure.unit else "")
        + (f"{node} {sti('betterWhen')} {sti(measure.better)}{end}" if measure.better else "")
    )


def _values(graph: SheetGraph, indicator: Indicator) -> Iterator[str]:
    used: Counter[str] = Counter()
    of = indicator.node
    for value in indicator.measure.values:
        name = f"{indicator.stem}-{value.fiscal_year or 'undated'}-{value.kind.lower()}"
        used[name] += 1
        node = f"<{ID}observation/{name}{f'-{used[name]}' if used[name] > 1 else ''}>"
        yield _observation(graph, value, node, of)


def _observation(graph: SheetGraph, value: Value, node: str, indicator: str) -> str:
    end = graph.end
    return (
        f"{node} {_OBSERVATION}{end}"
        f"{node} {_INDICATOR} {indicator}{end}"
        + (f'{node} {_VALUE} "{value.number}{DECIMAL}{end}' if value.number is not None else "")
        + (f'{node} {_TEXT_VALUE} "{escaped(value.text)}"@ja{end}' if value.text is not None else "")
        + (
            f'{node} {_YEAR} "{value.fiscal_year}{INTEGER}{end}{node} {_YEAR_KIND}{end}'
            if value.fiscal_year is not None
            else ""
        )
        + (_corrected(graph, node, value.printed_year) if value.printed_year else f"{node} {graph.stated}")
        + f"{node} {_VALUE_KIND}{value.kind}>{end}"
        f'{node} {LOCATOR} "{escaped(value.place)}"{end}'
        f"{node} {graph.derived}"
    )


def _corrected(graph: SheetGraph, node: str, printed: str) -> str:
    """Say that the year of a value is not the one the sheet has, and which that is."""
    return (
        f"{node} {BASIS} {sti('Inferred')}{graph.end}"
        + graph.literal(node, AS_PRINTED, printed)
        + "".join(graph.literal(node, NOTE, note, tag) for tag, note in _OTHER_YEAR.items())
    )
