"""The review sheets at an endpoint, each a named graph of its own: which there are, and which are read."""

from collections.abc import Collection, Iterator

from stigraph.remote.endpoint import Endpoint, batches, iri_term
from stigraph.vocab import ID, SHEETS, expand

__all__ = ["BY_MINISTRY", "BY_YEAR", "NO_SHEET", "PROGRAMMES_BY_MINISTRY", "condition_of", "is_sheet", "speaking_of"]

_START = ID + "source/rs"
_IS_SHEET = f'STRSTARTS(STR(?g), "{_START}")'
NO_SHEET = f"FILTER(!{_IS_SHEET})"
"""Keeps of the graphs ``?g`` those that are no sheets."""


def _of(name: str) -> str:
    return iri_term(expand(name) or "")


BY_YEAR = (
    f"SELECT ?year (COUNT(DISTINCT ?g) AS ?n) WHERE {{ GRAPH ?g {{ ?g {_of('sti:fiscalYear')} ?year }} "
    f"FILTER({_IS_SHEET}) }} GROUP BY ?year"
)
BY_MINISTRY = (
    f"SELECT ?year ?ministry (COUNT(DISTINCT ?g) AS ?n) WHERE {{ GRAPH ?g {{ ?g {_of('sti:fiscalYear')} ?year ; "
    f"{_of('sti:ministry')} ?ministry }} FILTER({_IS_SHEET}) }} GROUP BY ?year ?ministry"
)
PROGRAMMES_BY_MINISTRY = (
    f"SELECT ?ministry (COUNT(DISTINCT ?p) AS ?n) (COUNT(DISTINCT ?citing) AS ?cited) WHERE {{ "
    f"GRAPH ?g {{ ?p {_of('sti:ministry')} ?ministry }} GRAPH ?h {{ ?p a {_of('sti:Programme')} }} "
    f"OPTIONAL {{ GRAPH ?k {{ ?p {_of('sti:cites')} ?passage }} BIND(?p AS ?citing) }} }} GROUP BY ?ministry"
)


def is_sheet(iri: str) -> bool:
    """Tell whether a source is a review sheet.

    >>> is_sheet(f"{ID}source/rs2021-mext-20-0218"), is_sheet(f"{ID}source/background")
    (True, False)
    """
    return iri.startswith(_START)


def condition_of(sheets: Collection[str] | None) -> str:
    """Write the condition that a graph ``?g`` is read, where of the sheets only these are.

    Args:
        sheets: the IRIs of the graphs; None for no sheet and not the graph of what they share either.
    """
    if sheets is None:
        return f"FILTER(!{_IS_SHEET} && ?g != {iri_term(SHEETS)})"
    return f"FILTER(!{_IS_SHEET} || ?g IN ({', '.join(map(iri_term, sorted(sheets)))}))"


def speaking_of(endpoint: Endpoint, iris: Collection[str], *, citing: bool) -> list[str]:
    """List the graphs of the sheets that speak of these things (``citing``: and cite a passage), the newest first."""
    cites = f"GRAPH ?g {{ ?programme {_of('sti:cites')} ?passage }}" if citing else ""
    found = {graph for values in batches(iris) for graph in _graphs(endpoint, values, cites)}
    return sorted(found, key=lambda graph: (-int(graph[len(_START) :][:4]), graph))


def _graphs(endpoint: Endpoint, values: str, cites: str) -> Iterator[str]:
    for place in ("?x ?p ?o", "?s ?p ?x"):
        pattern = f"VALUES ?x {{ {values} }} GRAPH ?g {{ {place} }} FILTER({_IS_SHEET}) {cites}"
        for row in endpoint.select(f"SELECT DISTINCT ?g WHERE {{ {pattern} }}"):
            yield row["g"].value
