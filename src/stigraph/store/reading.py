"""Reading a snapshot: facts and links from SQLite, SPARQL from pyoxigraph only when it is asked for."""

import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from stigraph.errors import StoreError
from stigraph.japanese import bigrams
from stigraph.store.layout import FORMAT
from stigraph.store.rows import FIRST_OF_SHEETS, in_records
from stigraph.vocab import expand, slug

if TYPE_CHECKING:
    import pyoxigraph

    from stigraph.store.sheets import Sheets

__all__ = ["CLASSES_OF_SHEETS", "Adding", "Fact", "Link", "Store", "Sum", "Term", "Thing"]

Term = int
"""The number of a term inside one snapshot."""


class Thing(NamedTuple):
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


class Fact(NamedTuple):
    """One triple and the source that says it.

    ``tag`` is ``@ja``, a datatype as CURIE, or None when the object is a thing.
    """

    subject: Term
    predicate: str
    object: Term | None
    value: str | None
    tag: str | None
    source: Term


class Link(NamedTuple):
    """One step of lineage from the programme's side towards policy.

    ``carrier`` is the statement or record that shows it, ``origin`` the source that says so.
    """

    source: Term
    target: Term
    predicate: str
    carrier: Term | None
    origin: Term


class Sum(NamedTuple):
    """What lines of one kind come to: by what they were added up (None: not said), yen, and how many lines."""

    keys: tuple[int | None, ...]
    yen: int
    lines: int


class Adding(NamedTuple):
    """What is to be added up over all sheets.

    Attributes:
        payments: payments to known payees; else budget lines that are not a part of another.
        by: columns among ``ministry``, ``payee`` (terms), ``year`` and ``published`` (fiscal years).
        phase: of budget lines (as CURIE).
        lag: how many years after the year of the amount its sheet was published; None for any.
        only: the values of columns that are meant.
    """

    payments: bool
    by: Sequence[str]
    phase: str | None
    lag: int | None
    only: Mapping[str, int]


_FACT = (
    "SELECT f.subject, p.name, f.object, f.value, f.tag, f.source "
    "FROM fact f JOIN property p ON p.id = f.predicate WHERE "
)
_THING = "SELECT t.id, t.iri, coalesce(g.type, ''), g.ja, g.en FROM term t LEFT JOIN thing g ON g.id = t.id WHERE "
# Names have their numbers in the order of their length, in which they are found.
_CALLED = """
SELECT n.thing, n.text FROM called c JOIN name n ON n.rowid = c.rowid
WHERE called MATCH ?{every} AND {only} ORDER BY c.rowid
"""
_HOLDING = "SELECT f.rowid FROM gram f WHERE gram MATCH ? AND {only} ORDER BY bm25(gram, 10.0, 1.0), f.rowid"
_BATCH = 500
_CODE = 1  # the rank of a code among names, as `stigraph.store.rules.LABELS` has it
_NO_SHEET = "source NOT IN (SELECT source FROM sheet)"
CLASSES_OF_SHEETS = frozenset({"sti:Statement", "sti:BudgetLine", "sti:Transfer", "sti:Observation"})
"""The classes of what one sheet has of its own."""

_FOUND_BY_WORDS = "sti:Statement"
"""The one class of these that is found by its words: the others have none."""


class Store:
    """One snapshot, opened read-only. Use `open_store`."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.index = self._open_index(os.path.join(folder, "index.sqlite"))

    def _open_index(self, path: str) -> sqlite3.Connection:
        try:
            index = sqlite3.connect(f"file:{_uri_path(path)}?mode=ro&immutable=1", uri=True)
            (version,) = index.execute("PRAGMA user_version").fetchone()
            index.execute("SELECT 1 FROM thing LIMIT 1")
        except sqlite3.Error as error:
            raise StoreError(f"{path} cannot be read ({error}); run `stigraph build --force`.") from error
        if version != FORMAT:
            raise StoreError(
                f"The snapshot {self.folder} is of format {version}, this stigraph reads format {FORMAT}; "
                "run `stigraph build --force` with the same --store."
            )
        return index

    @cached_property
    def sparql(self) -> "pyoxigraph.Store":
        """The pyoxigraph store: the default graph is the union, ``GRAPH ?source`` gives the document."""
        import pyoxigraph

        path = os.path.join(self.folder, "sparql")
        try:
            return pyoxigraph.Store.read_only(path)
        except OSError as error:
            raise StoreError(f"{path} cannot be read ({error}); run `stigraph build --force`.") from error

    @cached_property
    def sheets(self) -> "Sheets | None":
        """The documents that are kept as records (review sheets), None where the snapshot has none."""
        if not self.index.execute("SELECT 1 FROM sheet LIMIT 1").fetchone():
            return None
        from stigraph.store.sheets import Sheets

        return Sheets(self.index)

    def sheets_of(self, numbers: Iterable[Term], *, citing: bool = False) -> list[int]:
        """List the documents kept as records (review sheets) that say anything of these things, the newest first.

        Args:
            numbers: some things.
            citing: only those sheets by which a programme cites a passage.
        """
        return [] if self.sheets is None else self.sheets.speaking_of(numbers, citing=citing)

    def excerpt(self, sheets: Collection[int] | None = None) -> "Store":
        """Give this snapshot as it would be with these of its sheets alone; without any, what curated documents say.

        Args:
            sheets: some of what `sheets_of` gives; with them goes the graph of what sheets share.
        """
        if self.sheets is None:
            return self
        from stigraph.store.excerpt import Excerpt

        return Excerpt(self, sheets)

    def number(self, iri: str) -> Term | None:
        """Find the number of an IRI, or None when the graph does not know it."""
        row = self.index.execute("SELECT id FROM term WHERE iri = ?", [iri]).fetchone()
        if row or not self.sheets:
            return row[0] if row else None
        return self.sheets.number(iri)

    def numbers(self) -> list[Term]:
        """Give the number of everything that documents share."""
        return [row[0] for row in self.index.execute("SELECT id FROM term ORDER BY id")]

    def things(self, numbers: Iterable[Term]) -> dict[Term, Thing]:
        """Look up many things at once."""
        shared, own = _apart(numbers)
        found = {
            row[0]: Thing(*row)
            for marks, batch in _batches(shared)
            for row in self.index.execute(f"{_THING} t.id IN ({marks})", batch)
        }
        if own and self.sheets:
            found |= {thing.number: thing for thing in self.sheets.things(own)}
        return found

    def thing(self, number: Term) -> Thing:
        """Look up one thing."""
        return self.things([number])[number]

    def facts_of(self, numbers: Iterable[Term], predicates: Sequence[str] = ()) -> Iterator[Fact]:
        """Yield what every source says of these subjects; only of these properties (as CURIEs) where some are named."""
        only = self._only_with(predicates)
        numbers = list(numbers)
        for marks, batch in _batches(_apart(numbers)[0]):
            yield from map(
                Fact._make, self.index.execute(f"{_FACT} f.subject IN ({marks}){only} ORDER BY f.rowid", batch)
            )
        if in_records(numbers, predicates, far=False) and self.sheets:
            yield from self.sheets.facts_of(numbers, predicates)

    def facts_about(self, numbers: Iterable[Term], predicates: Sequence[str] = ()) -> Iterator[Fact]:
        """Yield the facts that have these things as their object; only with these properties where some are named."""
        only = self._only_with(predicates)
        numbers = list(numbers)
        for marks, batch in _batches(_apart(numbers)[0]):
            yield from map(
                Fact._make, self.index.execute(f"{_FACT} f.object IN ({marks}){only} ORDER BY f.rowid", batch)
            )
        if in_records(numbers, predicates, far=True) and self.sheets:
            yield from self.sheets.facts_about(numbers, predicates)

    def _only_with(self, predicates: Sequence[str]) -> str:
        """Write the condition that a fact has one of these properties (as CURIEs), where some are named."""
        if not predicates:
            return ""
        known = [number for name in predicates if (number := self.number(expand(name) or "")) is not None]
        return f" AND f.predicate IN ({','.join(map(str, known))})"

    def links_from(self, numbers: Iterable[Term]) -> Iterator[Link]:
        """Yield the steps that lead from these things towards policy."""
        return self._links("source", numbers)

    def links_to(self, numbers: Iterable[Term]) -> Iterator[Link]:
        """Yield the steps that lead from elsewhere to these things."""
        return self._links("target", numbers)

    def _links(self, column: str, numbers: Iterable[Term]) -> Iterator[Link]:
        for marks, batch in _batches(numbers):
            query = f"SELECT * FROM link WHERE {column} IN ({marks}) ORDER BY rowid"
            yield from map(Link._make, self.index.execute(query, batch))

    def reaching(self, number: Term, types: Collection[str] = ()) -> list[Thing] | None:
        """List by IRI the things of some classes (none: any) from which steps towards policy lead to a thing.

        None where that is not kept: `links_to` gives the steps one by one.
        """
        only = f" AND type IN ({','.join('?' * len(types))})" if types else ""
        rows = self.index.execute(f"SELECT source FROM reach WHERE target = ?{only}", [number, *types])
        return sorted(self.things(row[0] for row in rows).values(), key=lambda thing: thing.iri)

    def names_of(self, numbers: Iterable[Term]) -> Iterator[tuple[Term, str]]:
        """Yield every name of these things: labels first, then codes, then other names, the short ones first."""
        for marks, batch in _batches(numbers):
            yield from self.index.execute(
                f"SELECT thing, text FROM name WHERE thing IN ({marks}) ORDER BY rank, length(text), text",
                batch,
            )

    def codes_of(self, numbers: Iterable[Term]) -> Iterator[tuple[Term, str]]:
        """Yield the codes (``skos:notation``) of things that bear names."""
        for marks, batch in _batches(numbers):
            query = (
                f"SELECT thing, text FROM name WHERE thing IN ({marks}) AND rank = ? ORDER BY rank, length(text), text"
            )
            yield from self.index.execute(query, [*batch, _CODE])

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
        kept = [] if self.sheets is None else self.sheets.of_type(types)
        return kept + [Thing(*row) for row in self.index.execute(f"{_THING} g.type IN ({marks}) ORDER BY t.iri", types)]

    def named(self, key: str) -> list[Term]:
        """List the things that bear a name with this folded form."""
        return [row[0] for row in self.index.execute("SELECT DISTINCT thing FROM name WHERE key = ?", [key])]

    def alike(self, key: str, limit: int) -> list[tuple[Term, str]]:
        """List things with the folded form of a name that shares pairs of characters with a key, most shared first."""
        grams = " OR ".join(f'"{gram}"' for gram in sorted(set(bigrams(key))))
        return self.index.execute(
            "SELECT n.thing, n.key FROM gram g JOIN name n ON n.thing = g.rowid WHERE gram MATCH ? "
            "ORDER BY g.rank LIMIT ?",
            [f"names : ({grams})", limit],
        ).fetchall()

    def holding(self, keys: Sequence[str], types: Collection[str] = ()) -> Iterator[tuple[Term, str | None]]:
        """Yield the things whose names and passages hold all these folded keys, each with the name that holds them all.

        The shortest names come first, then what only passages hold, the most telling first. Where classes are named
        (as CURIEs), other things are passed over as far as the index knows their class.
        """
        phrases = " AND ".join(map(_phrase, keys))
        seen: set[Term] = set()
        query = _CALLED.format(every=" AND instr(n.key, ?)" * len(keys), only=_only_of(types, "n.thing"))
        for number, name in self.index.execute(query, [phrases, *keys, *types]):
            if number not in seen:
                seen.add(number)
                yield number, name
        for (number,) in self.index.execute(_HOLDING.format(only=_only_of(types, "f.rowid")), [phrases, *types]):
            if number not in seen:
                yield number, None

    def objects(self, predicate: str) -> set[Term]:
        """Give every thing that a property (as CURIE) leads to."""
        asked = [self.number(expand(predicate) or "")]
        rows = self.index.execute("SELECT DISTINCT object FROM fact WHERE predicate = ? AND object IS NOT NULL", asked)
        return {row[0] for row in rows}

    def counts(self, predicate: str | None = None) -> Mapping[Term, int]:
        """Count by source how much it says, all in all or with one property (as CURIE); sheets are left out."""
        asked = [self.number(expand(predicate) or "")] if predicate else []
        only = "AND predicate = ?" if predicate else ""
        query = f"SELECT source, count(*) FROM fact WHERE {_NO_SHEET} {only} GROUP BY source"
        return dict(self.index.execute(query, asked))

    def subjects_by_object(self, predicate: str) -> list[tuple[Term, str, int]]:
        """Count by source and by thing that a property (as CURIE) leads to what it leads from; sheets are left out."""
        return self.index.execute(
            "SELECT f.source, o.iri, count(DISTINCT f.subject) FROM fact f JOIN term o ON o.id = f.object "
            f"WHERE {_NO_SHEET} AND f.predicate = ? GROUP BY f.source, o.iri ORDER BY o.iri",
            [self.number(expand(predicate) or "")],
        ).fetchall()

    def add_up(self, asked: Adding) -> list[Sum]:
        """Add up what all sheets say."""
        columns = ", ".join(asked.by)
        conditions = [f"{column} = ?" for column in asked.only]
        values: list[int | str] = [*asked.only.values()]
        if asked.phase is not None:
            conditions.append("phase = ?")
            values.append(asked.phase)
        if asked.lag is not None:
            conditions.append("published - year = ?")
            values.append(asked.lag)
        table = "payment_total" if asked.payments else "budget_total"
        query = f"SELECT {columns}, sum(yen), sum(lines) FROM {table} WHERE {' AND '.join(conditions) or 'TRUE'}"
        rows = self.index.execute(f"{query} GROUP BY {columns}", values)
        return [Sum(tuple(keys), yen, lines) for *keys, yen, lines in rows]

    def sheets_by_year(self) -> Mapping[int, int]:
        """Count the documents that are kept as records (review sheets) by fiscal year."""
        query = "SELECT substr(d.earliest, 1, 4), count(*) FROM sheet s JOIN dated d ON d.thing = s.source GROUP BY 1"
        return {int(year): count for year, count in self.index.execute(query)}

    def sheets_by_ministry(self) -> Mapping[tuple[int, Term], int]:
        """Count the documents that are kept as records (review sheets) by fiscal year and by ministry."""
        query = (
            "SELECT substr(d.earliest, 1, 4), f.object, count(DISTINCT s.id) FROM sheet s "
            "JOIN dated d ON d.thing = s.source JOIN fact f ON f.subject = s.source AND f.source = s.source "
            "WHERE f.predicate = ? GROUP BY 1, 2"
        )
        rows = self.index.execute(query, [self.number(expand("sti:ministry") or "")])
        return {(int(year), ministry): count for year, ministry, count in rows}

    def programmes_by_ministry(self) -> Mapping[Term, tuple[int, int]]:
        """Count the programmes of each ministry, and those of them that cite a passage; empty without sheets."""
        if self.sheets is None:
            return {}
        query = (
            "SELECT l.source, count(DISTINCT l.target), count(DISTINCT c.source) FROM link l "
            "LEFT JOIN (SELECT DISTINCT source FROM link WHERE predicate = 'sti:cites') c ON c.source = l.target "
            "WHERE l.predicate = '^sti:ministry' GROUP BY l.source"
        )
        return {ministry: (every, citing) for ministry, every, citing in self.index.execute(query)}


def _phrase(key: str) -> str:
    grams = list(bigrams(key))
    return f'"{grams[0]}"*' if len(key) == 1 else '"' + " ".join(grams) + '"'


def _only_of(types: Collection[str], thing: str) -> str:
    """Write the condition that a found thing may be of some classes; what one sheet has of its own is a passage."""
    if not types:
        return "TRUE"
    marks = ",".join("?" * len(types))
    known = f"EXISTS (SELECT 1 FROM thing t WHERE t.id = {thing} AND t.type IN ({marks}))"
    return f"({known} OR {thing} >= {FIRST_OF_SHEETS})" if _FOUND_BY_WORDS in types else known


def _apart(numbers: Iterable[Term]) -> tuple[list[Term], list[Term]]:
    """Tell things that documents share from those that one sheet has of its own."""
    numbers = list(numbers)
    return [n for n in numbers if n < FIRST_OF_SHEETS], [n for n in numbers if n >= FIRST_OF_SHEETS]


def _batches(numbers: Iterable[Term]) -> Iterator[tuple[str, Sequence[Term]]]:
    ordered = sorted(set(numbers))
    for start in range(0, len(ordered), _BATCH):
        batch = ordered[start : start + _BATCH]
        yield ",".join("?" * len(batch)), batch


def _uri_path(path: str) -> str:
    """Write a path for an SQLite URI, where ``%``, ``?`` and ``#`` mean something."""
    path = os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return path if os.sep == "/" else "/" + path.replace(os.sep, "/")
