"""How much of what the graph holds, by source document."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from stigraph.store.reading import Store, Thing
from stigraph.vocab import ONTOLOGY, SHEETS, curie, slug

__all__ = ["SourceCount", "summarize"]


class SourceCount(NamedTuple):
    """What one source contributes.

    Attributes:
        source: the source; the ontology for the vocabulary itself.
        triples: what it says, counted in its own graph.
        nodes: how many nodes of each class (as CURIE) it describes.
        bases: how many of its fact nodes are ``Stated``, ``Inferred``, ``BackgroundKnowledge``, ``Extracted``.
        citations: how many links from a programme, project or document to a passage.
        sheets: of the catalogue of review sheets, how many there are by fiscal year; else empty.
        ministries: likewise by ministry and fiscal year, the ministries with most sheets first.
    """

    source: Thing
    triples: int
    nodes: Mapping[str, int]
    bases: Mapping[str, int]
    citations: int
    sheets: Mapping[int, int]
    ministries: Mapping[Thing, Mapping[int, int]]


def summarize(store: Store) -> list[SourceCount]:
    """Count what each source contributes, sources by IRI, the vocabulary left out.

    >>> from stigraph.store import open_store
    >>> counts = {slug(count.source.iri): count for count in summarize(open_store())}
    >>> counts["mext-international-draft-budget-fy2021"].nodes["sti:Source"]
    1
    """
    totals = store.counts()
    sources = [thing for thing in store.things(totals).values() if thing.iri != ONTOLOGY]
    nodes = _by_object(store, "rdf:type", curie)
    bases = _by_object(store, "sti:basis", slug)
    citations = store.counts("sti:cites")
    return [
        SourceCount(
            source,
            totals[source.number],
            nodes.get(source.number, {}),
            bases.get(source.number, {}),
            citations.get(source.number, 0),
            store.sheets_by_year() if source.iri == SHEETS else {},
            _ministries(store) if source.iri == SHEETS else {},
        )
        for source in sorted(sources, key=lambda thing: thing.iri)
    ]


def _ministries(store: Store) -> dict[Thing, dict[int, int]]:
    counts: dict[int, dict[int, int]] = {}
    for (year, ministry), count in sorted(store.sheets_by_ministry().items()):
        counts.setdefault(ministry, {})[year] = count
    things = store.things(counts)
    most_first = sorted(counts, key=lambda ministry: (-sum(counts[ministry].values()), things[ministry].iri))
    return {things[ministry]: counts[ministry] for ministry in most_first}


def _by_object(store: Store, predicate: str, name: Callable[[str], str]) -> dict[int, dict[str, int]]:
    counts: dict[int, dict[str, int]] = {}
    for source, iri, count in store.subjects_by_object(predicate):
        counts.setdefault(source, {})[name(iri)] = count
    return counts
