"""What a sheet says in words: purpose and outline, steps to the outcomes, findings of reviews, plans it names."""

from collections.abc import Iterable, Iterator, Mapping

from stigraph.ingest.mentions import Mention
from stigraph.ingest.model import Review, Sheet, Step
from stigraph.ingest.quads.graph import SheetGraph
from stigraph.ingest.terms import ABOUT, BASIS, LOCATOR, NOTE, A, escaped, sti
from stigraph.vocab import ID, STI

__all__ = ["mention_lines", "review_lines", "step_lines", "text_lines"]

_STATEMENT = f"{A} {sti('Statement')}"
_STATEMENT_KIND = f"{sti('statementKind')} <{STI}"
_QUOTE = sti("quote")
_UNDER = sti("underObjective")
_CITED_AS = sti("citedAs")
_STATED_IN = sti("statedIn")
_CITES = sti("cites")
_BASIS = f"{BASIS} <{STI}"


def text_lines(graph: SheetGraph, sheet: Sheet) -> Iterator[str]:
    """Give the texts that a sheet has in fields of their own, each as one statement."""
    for name, kind, text, place in (
        ("purpose", "Aim", sheet.purpose, "事業目的"),
        ("outline", "Measure", sheet.outline, "事業概要"),
        ("issues", "Background", sheet.issues, "現状・課題"),
        ("no-target", "Background", sheet.no_target_reason, "定量的な目標が設定できない理由"),
        ("one-stage", "Background", sheet.one_stage_reason, "アウトカムを複数段階で設定できない理由"),
    ):
        if text:
            node = f"<{ID}statement/{graph.key}-{name}>"
            yield _statement(graph, node, kind, text, place) + graph.grounds(node)
            if name == "outline":
                yield from (graph.reference(node, page) for page in sheet.pages)


def step_lines(graph: SheetGraph, steps: Iterable[Step], aims: Mapping[str, str]) -> Iterator[str]:
    """Say what is done (a measure) and why one goal leads to the next (background), under the goal it leads to.

    Args:
        graph: the graph of the sheet.
        steps: its steps.
        aims: the nodes of its goals by their words (`stigraph.ingest.quads.indicators.aims_of`).
    """
    for number, step in enumerate(steps, start=1):
        name, kind = ("activity", "Measure") if step.origin is None else ("step", "Background")
        node = f"<{ID}statement/{graph.key}-{number}-{name}>"
        yield _statement(graph, node, kind, step.text, step.place) + graph.grounds(node)
        yield from _ends_of(graph, step, node, aims)


def _ends_of(graph: SheetGraph, step: Step, node: str, aims: Mapping[str, str]) -> Iterator[str]:
    """Tie a step to its goals; a goal that is told by its indicator alone is what the step speaks of."""
    for goal in step.goals:
        aim = aims.get(goal)
        if aim is not None:
            yield f"{node} {_UNDER if '/objective/' in aim else ABOUT} {aim}{graph.end}"
    origin = aims.get(step.origin or "")
    if origin is not None:
        yield f"{node} {ABOUT} {origin}{graph.end}"


def review_lines(graph: SheetGraph, reviews: Iterable[Review]) -> Iterator[str]:
    """Say what reviews found, and what is done about it (a measure)."""
    for number, review in enumerate(reviews, start=1):
        name = "finding" if review.kind == "Finding" else "response"
        node = f"<{ID}statement/{graph.key}-{number}-{name}>"
        yield _statement(graph, node, review.kind, review.text, review.place) + graph.grounds(node)


def mention_lines(graph: SheetGraph, mentions: Iterable[Mention]) -> Iterator[str]:
    """Give the plans that a sheet names, each as a statement by which the programme may cite it."""
    end = graph.end
    for number, mention in enumerate(mentions, start=1):
        node = f"<{ID}statement/{graph.key}-plan-{number}>"
        yield (
            _statement(graph, node, mention.kind, mention.quote, mention.locator)
            + graph.literal(node, _CITED_AS, mention.cited_as)
            + (f"{node} {_STATED_IN} <{mention.document}>{end}" if mention.document else "")
            + (graph.literal(node, NOTE, mention.note, "@ja") if mention.note else "")
            + f"{node} {_BASIS}{mention.basis}>{end}"
            + f"{node} {graph.derived}"
            + (f"{graph.programme} {_CITES} {node}{end}" if mention.kind == "Declaration" else "")
        )


def _statement(graph: SheetGraph, node: str, kind: str, quote: str, place: str) -> str:
    end = graph.end
    return (
        f"{node} {_STATEMENT}{end}"
        f"{node} {_STATEMENT_KIND}{kind}>{end}"
        f'{node} {_QUOTE} "{escaped(quote)}"@ja{end}'
        f"{node} {ABOUT} {graph.programme}{end}"
        f'{node} {LOCATOR} "{escaped(place)}"{end}'
    )
