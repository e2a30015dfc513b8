"""A snapshot of which only some sheets are read, or none: as large as what is asked, not as the store."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain

from stigraph.store.reading import Fact, Link, Store, Term, Thing
from stigraph.store.sheets import Sheets
from stigraph.vocab import SHEETS, expand

__all__ = ["Excerpt"]

_TYPED = """
SELECT t.id, t.iri, g.type, g.ja, g.en FROM thing g JOIN term t ON t.id = g.id
WHERE g.type IN ({types}) AND g.id IN (SELECT subject FROM fact WHERE object IN ({classes}) AND source <> {catalogue})
ORDER BY t.iri
"""


class Excerpt(Store):
    """What the curated documents and some of the sheets of a snapshot say. Use `Store.excerpt`.

    Everything has the number that it has in the whole snapshot.
    """

    def __init__(self, store: Store, sheets: Collection[int] | None) -> None:
        self.folder = store.folder
        self.index = store.index
        self.chosen = frozenset(sheets or ())
        self.shares = sheets is not None
        self._spoken: dict[Term, bool] = {}

    @cached_property
    def sheets(self) -> Sheets | None:
        """The chosen sheets, None where there are none."""
        return Sheets(self.index, self.chosen) if self.chosen else None

    def _speaks(self, source: Term) -> bool:
        """Tell whether a source is read: another sheet is not, nor is, without any sheet, what names their bodies."""
        spoken = self._spoken.get(source)
        if spoken is None:
            row = self.index.execute("SELECT id FROM sheet WHERE source = ?", [source]).fetchone()
            spoken = row[0] in self.chosen if row else self.shares or source != self.number(SHEETS)
            self._spoken[source] = spoken
        return spoken

    def excerpt(self, sheets: Collection[int] | None = None) -> Store:
        """Give this snapshot as it would be with these of the chosen sheets alone."""
        return Excerpt(self, None if sheets is None else self.chosen & set(sheets))

    def facts_of(self, numbers: Iterable[Term], predicates: Sequence[str] = ()) -> Iterator[Fact]:
        """Yield what the sources that are read say of these subjects."""
        return (fact for fact in super().facts_of(numbers, predicates) if self._speaks(fact.source))

    def facts_about(self, numbers: Iterable[Term], predicates: Sequence[str] = ()) -> Iterator[Fact]:
        """Yield the facts of the sources that are read that have these things as their object."""
        return (fact for fact in super().facts_about(numbers, predicates) if self._speaks(fact.source))

    def _links(self, column: str, numbers: Iterable[Term]) -> Iterator[Link]:
        return (link for link in super()._links(column, numbers) if self._speaks(link.origin))

    def reaching(self, number: Term, types: Collection[str] = ()) -> None:
        """Keep no list: it would be of all sheets."""

    def of_type(self, *types: str) -> list[Thing]:
        """List the things of some classes that the sources that are read describe, by IRI."""
        classes = [number for name in types if (number := self.number(expand(name) or "")) is not None]
        query = _TYPED.format(
            types=",".join("?" * len(types)),
            classes=",".join(map(str, classes)),
            # Of what sheets share, bodies are too many to be listed; documents are few.
            catalogue=0 if self.shares and "sti:Organization" not in types else self.number(SHEETS) or 0,
        )
        found = {row[0]: Thing(*row) for row in self.index.execute(query, types)}
        if self.sheets is None:
            return list(found.values())
        shared = self.things(self.sheets.described() - found.keys()).values()
        found |= {thing.number: thing for thing in shared if thing.type in types}
        return self.sheets.of_type(types) + sorted(found.values(), key=lambda thing: thing.iri)

    def numbers(self) -> list[Term]:
        """Give the number of everything that the curated documents speak of."""
        rows = self.index.execute("SELECT subject, predicate, object, source FROM fact")
        told = chain.from_iterable(row for row in rows if self._speaks(row[3]))
        return sorted({number for number in told if number is not None})
