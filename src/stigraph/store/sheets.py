"""Reading the documents that are kept as records."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from stigraph.store.archive import local_number, sheet_of, unpack
from stigraph.store.reading import CLASSES_OF_SHEETS, FIRST_OF_SHEETS, Fact, Term, Thing
from stigraph.vocab import ID, curie

__all__ = ["Sheets"]

_KEPT = 256
_BATCH = 500
_TYPE = "rdf:type"
_LABEL = "skos:prefLabel"


class _Sheet(NamedTuple):
    """One record, with the numbers that its terms have in this snapshot."""

    own: dict[str, Term]
    facts: list[Fact]


class Sheets:
    """The records of a snapshot, read one document at a time."""

    def __init__(self, index: sqlite3.Connection) -> None:
        self._index = index
        self._sheet = lru_cache(_KEPT)(self._read)

    def number(self, iri: str) -> Term | None:
        """Find the number of a thing that a sheet has of its own: its IRI begins with the key of the sheet."""
        _, slash, local = iri.removeprefix(ID).partition("/")
        if not slash or not iri.startswith(ID):
            return None
        parts = local.split("-")
        keys = ["-".join(parts[:length]) for length in range(3, len(parts))]
        marks = ",".join("?" * len(keys))
        for (sheet,) in self._index.execute(f"SELECT id FROM sheet WHERE key IN ({marks})", keys):
            if iri in (own := self._sheet(sheet).own):
                return own[iri]
        return None

    def things(self, numbers: Iterable[Term]) -> Iterator[Thing]:
        """Describe things that sheets have of their own."""
        for sheet, wanted in _by_sheet(numbers).items():
            yield from self._described(sheet, wanted)

    def facts_of(self, numbers: Iterable[Term], predicates: Sequence[str] = ()) -> Iterator[Fact]:
        """Yield what sheets say of these subjects, but for what the index has as rows."""
        wanted = set(numbers)
        for sheet in self._holding(wanted, far=False):
            for fact in self._sheet(sheet).facts:
                if fact.subject in wanted and (not predicates or fact.predicate in predicates):
                    yield fact

    def facts_about(self, numbers: Iterable[Term]) -> Iterator[Fact]:
        """Yield the facts of sheets that have these things as their object."""
        wanted = set(numbers)
        for sheet in self._holding(wanted, far=True):
            yield from (fact for fact in self._sheet(sheet).facts if fact.object in wanted)

    def of_type(self, types: Iterable[str]) -> list[Thing]:
        """List the things of some classes that sheets have of their own; reads every sheet."""
        wanted = CLASSES_OF_SHEETS & set(types)
        if not wanted:
            return []
        sheets = [row[0] for row in self._index.execute("SELECT id FROM sheet ORDER BY id")]
        found = (thing for sheet in sheets for thing in self._described(sheet, self._sheet(sheet).own.values()))
        return [thing for thing in found if thing.type in wanted]

    def _holding(self, numbers: set[Term], *, far: bool) -> list[int]:
        """List the sheets that say something of these things, or something that leads to them, in order."""
        sheets = {sheet_of(number)[0] for number in numbers if number >= FIRST_OF_SHEETS}
        shared = sorted(number for number in numbers if number < FIRST_OF_SHEETS)
        for start in range(0, len(shared), _BATCH):
            batch = shared[start : start + _BATCH]
            marks = ",".join("?" * len(batch))
            query = f"SELECT sheet FROM occurs WHERE far = {far:d} AND term IN ({marks})"
            sheets.update(row[0] for row in self._index.execute(query, batch))
        return sorted(sheets)

    def _described(self, sheet: int, numbers: Iterable[Term]) -> Iterator[Thing]:
        record = self._sheet(sheet)
        iris = {number: iri for iri, number in record.own.items()}
        types: dict[Term, str] = {}
        labels: dict[tuple[Term, str], str] = {}
        for fact in record.facts:
            if fact.predicate == _TYPE and fact.object is not None:
                types.setdefault(fact.subject, self._iri(fact.object))
            elif fact.predicate == _LABEL and fact.value is not None:
                labels[fact.subject, fact.tag or ""] = fact.value
        for number in numbers:
            if number in iris:
                kind = curie(types[number]) if number in types else ""
                yield Thing(number, iris[number], kind, labels.get((number, "@ja")), labels.get((number, "@en")))

    def _iri(self, number: Term) -> str:
        row = self._index.execute("SELECT iri FROM term WHERE id = ?", [number]).fetchone()
        return str(row[0])

    def _read(self, sheet: int) -> _Sheet:
        source, body = self._index.execute("SELECT source, body FROM sheet WHERE id = ?", [sheet]).fetchone()
        record = unpack(body)
        numbers: dict[int, Term] = {place: local_number(sheet, place) for place in range(record.own)}
        shared = {iri: place for place, iri in enumerate(record.terms) if place >= record.own}
        for number, iri in self._numbers(list(shared)):
            numbers[shared[iri]] = number
        predicates = [curie(iri) for iri in record.terms]
        facts = [
            Fact(
                numbers[subject],
                predicates[predicate],
                None if object_ is None else numbers[object_],
                value,
                tag,
                source,
            )
            for subject, predicate, object_, value, tag in record.facts
            if object_ is None or subject < record.own or object_ < record.own
        ]
        return _Sheet({record.terms[place]: numbers[place] for place in range(record.own)}, facts)

    def _numbers(self, iris: list[str]) -> Iterator[tuple[Term, str]]:
        for start in range(0, len(iris), _BATCH):
            batch = iris[start : start + _BATCH]
            marks = ",".join("?" * len(batch))
            yield from self._index.execute(f"SELECT id, iri FROM term WHERE iri IN ({marks})", batch)


def _by_sheet(numbers: Iterable[Term]) -> dict[int, list[Term]]:
    sheets: dict[int, list[Term]] = {}
    for number in numbers:
        sheets.setdefault(sheet_of(number)[0], []).append(number)
    return sheets
