"""Opening a snapshot, read-only: facts and links from SQLite, SPARQL from pyoxigraph only when it is asked for."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from stigraph.errors import StoreError
from stigraph.store.building import ensure_built
from stigraph.store.layout import FORMAT
from stigraph.vocab import curie, slug

if TYPE_CHECKING:
    import pyoxigraph

__all__ = ["Fact", "Link", "Store", "Term", "Thing", "open_store"]

Term = int
"""The number of a term inside one snapshot."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something the graph speaks of: its IRI, its class as a CURIE (``sti:Programme``), its labels."""

    number: Term
    iri: str
    type: str
    ja: str | None
    en: str | None

    def label(self, lang: str = "ja") -> str:
        """Give the label in a language, else in the other, else the end of the IRI."""
        first, second = (self.en, self.ja) if lang == "en" else (self.ja, self.en)
        return first or second or slug(self.iri)


@dataclass(frozen=True, slots=True)
class Fact:
    """One triple and the source that says it. ``tag`` is ``@ja``, a datatype as CURIE, or None when the object is a thing."""

    subject: Term
    predicate: str
    object: Term | None
    value: str | None
    tag: str | None
    source: Term


@dataclass(frozen=True, slots=True)
class Link:
    """One step of lineage from the programme's side towards policy.

    ``carrier`` is the statement or record that shows it, ``origin`` the source that says so.
    """

    source: Term
    target: Term
    predicate: str
    carrier: Term | None
    origin: Term


_FACT = (
    "SELECT f.subject, p.iri, f.object, f.value, f.tag, f.source FROM fact f JOIN term p ON p.id = f.predicate WHERE "
)
_THING = "SELECT t.id, t.iri, coalesce(g.type, ''), g.ja, g.en FROM term t LEFT JOIN thing g ON g.id = t.id WHERE "
_BATCH = 500


class Store:
    """One snapshot, opened read-only. Use `open_store`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self.manifest: dict[str, object] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise StoreError(f"The snapshot {folder} cannot be read; run `stigraph build --force`.") from error
        if self.manifest.get("format") != FORMAT:
            raise StoreError(
                f"The store {folder.parent.parent} is of format {self.manifest.get('format')}, this stigraph reads format "
                f"{FORMAT}; run `stigraph build --force` with the same --store."
            )
        self.index = self._open_index()

    def _open_index(self) -> sqlite3.Connection:
        path = self.folder / "index.sqlite"
        try:
            index = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            index.execute("SELECT 1 FROM thing LIMIT 1")
        except sqlite3.Error as error:
            raise StoreError(f"{path} cannot be read ({error}); run `stigraph build --force`.") from error
        return index

    @cached_property
    def sparql(self) -> "pyoxigraph.Store":
        """The pyoxigraph store: the default graph is the union, ``GRAPH ?source`` gives the document."""
        import pyoxigraph

        try:
            return pyoxigraph.Store.read_only(str(self.folder / "sparql"))
        except OSError as error:
            raise StoreError(f"{self.folder / 'sparql'} cannot be read ({error}); run `stigraph build --force`.") from error

    def number(self, iri: str) -> Term | None:
        """Find the number of an IRI, or None when the graph does not know it."""
        row = self.index.execute("SELECT id FROM term WHERE iri = ?", [iri]).fetchone()
        return row[0] if row else None

    def things(self, numbers: Iterable[Term]) -> dict[Term, Thing]:
        """Look up many things at once."""
        found = (
            Thing(*row)
            for marks, batch in _batches(numbers)
            for row in self.index.execute(f"{_THING} t.id IN ({marks})", batch)
        )
        return {thing.number: thing for thing in found}

    def thing(self, number: Term) -> Thing:
        """Look up one thing."""
        return self.things([number])[number]

    def facts_of(self, numbers: Iterable[Term]) -> Iterator[Fact]:
        """Yield what every source says of these subjects."""
        for marks, batch in _batches(numbers):
            for row in self.index.execute(f"{_FACT} f.subject IN ({marks}) ORDER BY f.rowid", batch):
                yield Fact(row[0], curie(row[1]), *row[2:])

    def facts_about(self, numbers: Iterable[Term]) -> Iterator[Fact]:
        """Yield the facts that have these things as their object."""
        for marks, batch in _batches(numbers):
            for row in self.index.execute(f"{_FACT} f.object IN ({marks}) ORDER BY f.rowid", batch):
                yield Fact(row[0], curie(row[1]), *row[2:])

    def links_from(self, numbers: Iterable[Term]) -> Iterator[Link]:
        """Yield the steps that lead from these things towards policy."""
        return self._links("source", numbers)

    def links_to(self, numbers: Iterable[Term]) -> Iterator[Link]:
        """Yield the steps that lead from elsewhere to these things."""
        return self._links("target", numbers)

    def _links(self, column: str, numbers: Iterable[Term]) -> Iterator[Link]:
        for marks, batch in _batches(numbers):
            for row in self.index.execute(f"SELECT * FROM link WHERE {column} IN ({marks}) ORDER BY rowid", batch):
                yield Link(*row)

    def names_of(self, numbers: Iterable[Term]) -> Iterator[tuple[Term, str]]:
        """Yield every name of these things: labels first, then codes, then other names, the short ones first."""
        for marks, batch in _batches(numbers):
            yield from self.index.execute(
                f"SELECT thing, text FROM name WHERE thing IN ({marks}) ORDER BY rank, length(text), text", batch
            )

    def spans(self, numbers: Iterable[Term]) -> dict[Term, tuple[str, str]]:
        """Give the first and last day that the printed date of each document or source may mean."""
        return {
            row[0]: (row[1], row[2])
            for marks, batch in _batches(numbers)
            for row in self.index.execute(f"SELECT * FROM dated WHERE thing IN ({marks})", batch)
        }

    def of_type(self, *types: str) -> list[Thing]:
        """List the things of some classes, by IRI."""
        marks = ",".join("?" * len(types))
        return [Thing(*row) for row in self.index.execute(f"{_THING} g.type IN ({marks}) ORDER BY t.iri", types)]


def _batches(numbers: Iterable[Term]) -> Iterator[tuple[str, Sequence[Term]]]:
    ordered = sorted(set(numbers))
    for start in range(0, len(ordered), _BATCH):
        batch = ordered[start : start + _BATCH]
        yield ",".join("?" * len(batch)), batch


def open_store(path: Path | str | None = None) -> Store:
    """Open a store read-only, building its first snapshot from the curated data where there is none.

    Args:
        path: a store folder; the default is the store of this installation, which follows the curated data.

    Raises:
        StoreError: the folder cannot be read or written, is no store, or is of another version.
        DataError: the curated data cannot be built.

    >>> store = open_store()
    >>> [thing.en for thing in store.of_type("sti:Plan") if "Basic Plan" in (thing.en or "")][:1]
    ['Fifth Science and Technology Basic Plan']
    """
    if isinstance(path, str):
        if path.startswith(("http://", "https://")):
            raise StoreError("A SPARQL endpoint cannot be a store yet; name a folder made by `stigraph build`.")
        path = Path(path)
    layout, name = ensure_built(path)
    return Store(layout.snapshot(name))
