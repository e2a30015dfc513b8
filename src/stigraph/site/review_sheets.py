"""The review sheets of a store, as a site tells of them: named on the pages of their programmes, without pages."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from stigraph.store.reading import Store, Thing

__all__ = ["ReviewSheet", "ReviewSheets"]


class ReviewSheet(NamedTuple):
    """One sheet: the source that it is, its number as printed, and its address on the web where it is known."""

    source: Thing
    number: str
    url: str | None


class ReviewSheets:
    """The sheets that speak of programmes, read once.

    A site shows what the curated documents say. Fifty thousand sheets with their ten thousand programmes and a hundred
    thousand bodies and indicators would be some million files that no one reads; `stigraph lineage`, `view`, `show` and
    `query` answer for them.

    >>> from stigraph.store import open_store
    >>> ReviewSheets(open_store(), []).count
    0
    """

    def __init__(self, store: Store, programmes: Sequence[Thing]) -> None:
        self.count = sum(store.sheets_by_year().values())
        self._of = _by_programme(store, programmes) if self.count else {}

    def of(self, programme: Thing) -> Sequence[ReviewSheet]:
        """List the sheets of a programme, the oldest first."""
        return self._of.get(programme.iri, ())


def _by_programme(store: Store, programmes: Sequence[Thing]) -> Mapping[str, Sequence[ReviewSheet]]:
    asked = {programme.number: programme.iri for programme in programmes}
    about = list(store.facts_about(asked, ["sti:about"]))
    sources = {
        n: thing for n, thing in store.things({fact.subject for fact in about}).items() if thing.type == "sti:Source"
    }
    numbers: dict[int, str] = {}
    links: dict[int, int] = {}
    for fact in store.facts_of(sources, ["skos:notation", "dcterms:references"]):
        if fact.value is not None:
            numbers.setdefault(fact.subject, fact.value)
        elif fact.object is not None:
            links.setdefault(fact.subject, fact.object)
    addresses = store.things(links.values())
    found: dict[str, list[ReviewSheet]] = {}
    for fact in about:
        if fact.subject in sources and fact.object is not None:
            url = addresses[links[fact.subject]].iri if fact.subject in links else None
            sheet = ReviewSheet(sources[fact.subject], numbers.get(fact.subject, ""), url)
            found.setdefault(asked[fact.object], []).append(sheet)
    return {iri: sorted(sheets, key=lambda sheet: sheet.source.iri) for iri, sheets in found.items()}
