"""Reading the documents that are kept as records."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from stigraph.store.archive import CITED, Record, local_number, sheet_of, unpack
from stigraph.store.reading import CLASSES_OF_SHEETS, Fact, Term, Thing
from stigraph.store.rows import FIRST_OF_SHEETS, in_records
from stigraph.vocab import ID, PREFIXES, STI, curie

__all__ = ["Sheets"]

_KEPT = 256
_BATCH = 500
_TYPE = PREFIXES["rdf"] + "type"
_LABEL = PREFIXES["skos"] + "prefLabel"
# The IRI of the source of a sheet ends in the key of the sheet.
_OF_SOURCE = f"JOIN sheet s ON s.key = substr(t.iri, {len(ID + 'source/') + 1})"
_SAYING = (
    "SELECT s.id FROM (SELECT DISTINCT source FROM fact f WHERE {where}) f "
    f"JOIN term t ON t.id = f.source {_OF_SOURCE}"
)
_CITING = (
    "SELECT s.id FROM (SELECT DISTINCT origin FROM link WHERE predicate = 'sti:cites') l "
    f"JOIN term t ON t.id = l.origin {_OF_SOURCE}"
)


class _Sheet(NamedTuple):
    """One record: its sheet and source, its terms by place, and the places of the terms that have a number."""

    number: int
    source: Term
    record: Record
    places: Mapping[str, int]

    def own(self) -> dict[str, Term]:
        """Give the numbers of the things of its own, by IRI."""
        return {self.record.terms[place]: local_number(self.number, place) for place in range(self.record.own)}


class Sheets:
    """The records of a snapshot, read one document at a time.

    Args:
        index: the SQLite file of the snapshot.
        only: the sheets that are read, None for all of them.
    """

    def __init__(self, index: sqlite3.Connection, only: Collection[int] | None = None) -> None:
        self._index = index
        self._only = None if only is None else frozenset(only)
        self._sheet = lru_cache(_KEPT)(self._read)
        self._vocabulary: dict[str, Term] = {}

    def number(self, iri: str) -> Term | None:
        """Find the number of a thing that a sheet has of its own: its IRI begins with the key of the sheet."""
        _, slash, local = iri.removeprefix(ID).partition("/")
        if not slash or not iri.startswith(ID):
            return None
        parts = local.split("-")
        keys = ["-".join(parts[:length]) for length in range(3, len(parts))]
        marks = ",".join("?" * len(keys))
        for (number,) in self._index.execute(f"SELECT id FROM sheet WHERE key IN ({marks})", keys):
            sheet = self._sheet(number)
            place = sheet.places.get(iri, sheet.record.own)
            if place < sheet.record.own:
                return local_number(number, place)
        return None

    def things(self, numbers: Iterable[Term]) -> Iterator[Thing]:
        """Describe things that sheets have of their own."""
        for sheet, wanted in _by_sheet(numbers).items():
            yield from self._described(sheet, wanted)

    def facts_of(self, numbers: Iterable[Term], predicates: Sequence[str] = ()) -> Iterator[Fact]:
        """Yield what sheets say of these subjects, but for what the index has as rows."""
        wanted = in_records(numbers, predicates, far=False)
        for sheet, places in self._places(wanted, far=False):
            yield from self._facts(sheet, [row for row in sheet.record.facts if row[0] in places], predicates)

    def facts_about(self, numbers: Iterable[Term], predicates: Sequence[str] = ()) -> Iterator[Fact]:
        """Yield the facts of sheets that have these things as their object, but for what the index has as rows."""
        wanted = in_records(numbers, predicates, far=True)
        for sheet, places in self._places(wanted, far=True):
            yield from self._facts(sheet, [row for row in sheet.record.facts if row[2] in places], predicates)

    def speaking_of(self, numbers: Iterable[Term], *, citing: bool = False) -> list[int]:
        """List the sheets that say anything of these things (``citing``: and cite a passage), the newest first."""
        numbers = set(numbers)
        found = set(self._holding(numbers, far=True)) | set(self._holding(numbers, far=False))
        marks = ",".join(map(str, sorted(numbers)))
        told = self._index.execute(_SAYING.format(where=f"f.subject IN ({marks}) AND f.object IS NOT NULL")).fetchall()
        told += self._index.execute(_SAYING.format(where=f"f.object IN ({marks})")).fetchall()
        found.update(row[0] for row in told)
        if citing:
            found.intersection_update(row[0] for row in self._index.execute(_CITING))
        kept = sorted(found if self._only is None else found & self._only)
        keys = dict(self._index.execute(f"SELECT id, key FROM sheet WHERE id IN ({','.join(map(str, kept))})"))
        return sorted(kept, key=lambda sheet: (-_year(keys[sheet]), keys[sheet]))

    def of_type(self, types: Iterable[str]) -> list[Thing]:
        """List the things of some classes that sheets have of their own; reads every sheet."""
        wanted = CLASSES_OF_SHEETS & set(types)
        if not wanted:
            return []
        sheets = [row[0] for row in self._index.execute("SELECT id FROM sheet ORDER BY id")]
        sheets = [sheet for sheet in sheets if self._only is None or sheet in self._only]
        found = (thing for sheet in sheets for thing in self._described(sheet, self._sheet(sheet).own().values()))
        return [thing for thing in found if thing.type in wanted]

    def described(self) -> set[Term]:
        """Give the shared things (programmes, indicators …) that the sheets describe; reads every sheet."""
        iris: set[str] = set()
        for number in sorted(self._only or ()):
            record = self._sheet(number).record
            iris.update(
                record.terms[row[0]] for row in record.facts if row[0] >= record.own and record.terms[row[1]] == _TYPE
            )
        return {number for _, number in self._numbers(iris)}

    def _holding(self, numbers: set[Term], *, far: bool) -> list[int]:
        """List the sheets that say something of these things, or something that leads to them, in order."""
        sheets = {sheet_of(number)[0] for number in numbers if number >= FIRST_OF_SHEETS}
        shared = sorted(number for number in numbers if number < FIRST_OF_SHEETS)
        for start in range(0, len(shared), _BATCH):
            batch = shared[start : start + _BATCH]
            marks = ",".join("?" * len(batch))
            query = f"SELECT sheet FROM occurs WHERE far = {far:d} AND term IN ({marks})"
            sheets.update(row[0] for row in self._index.execute(query, batch))
        return sorted(sheets if self._only is None else sheets & self._only)

    def _described(self, number: int, wanted: Iterable[Term]) -> Iterator[Thing]:
        sheet = self._sheet(number)
        terms = sheet.record.terms
        places = {place for one in wanted if (place := sheet_of(one)[1]) < sheet.record.own}
        types: dict[int, str] = {}
        labels: dict[tuple[int, str], str] = {}
        for subject, predicate, object_, value, tag in sheet.record.facts:
            if subject in places:
                if object_ is not None and terms[predicate] == _TYPE:
                    types.setdefault(subject, curie(terms[object_]))
                elif value is not None and terms[predicate] == _LABEL:
                    labels[subject, tag or ""] = value
        for place in sorted(places):
            named = labels.get((place, "@ja")), labels.get((place, "@en"))
            yield Thing(local_number(number, place), terms[place], types.get(place, ""), *named)

    def _read(self, number: int) -> _Sheet:
        source, body = self._index.execute("SELECT source, body FROM sheet WHERE id = ?", [number]).fetchone()
        record = unpack(body)
        return _Sheet(number, source, record, {iri: place for place, iri in enumerate(record.terms)})

    def _facts(
        self,
        sheet: _Sheet,
        rows: Sequence[tuple[int, int, int | None, str | None, str | None]],
        predicates: Sequence[str],
    ) -> Iterator[Fact]:
        """Give rows of a record as facts, but for those between shared things, which the index has as rows."""
        record = sheet.record
        names = {place: curie(record.terms[place]) for place in {row[1] for row in rows}}
        kept = [
            row
            for row in rows
            if (not predicates or names[row[1]] in predicates)
            and (row[0] < record.own or not _is_in_rows(record, row[0], row[2]))
        ]
        ends = {end for row in kept for end in (row[0], row[2]) if end is not None}
        numbers = {place: local_number(sheet.number, place) for place in ends if place < record.own}
        shared = {record.terms[place]: place for place in ends if place >= record.own}
        numbers |= {shared[iri]: number for iri, number in self._numbers(shared)}
        for subject, predicate, object_, value, tag in kept:
            end = None if object_ is None else numbers[object_]
            yield Fact(numbers[subject], names[predicate], end, value, tag, sheet.source)

    def _numbers(self, iris: Iterable[str]) -> Iterator[tuple[str, Term]]:
        """Find the numbers of what sheets share; those of the vocabulary are kept at hand."""
        unknown = []
        for iri in iris:
            if iri in self._vocabulary:
                yield iri, self._vocabulary[iri]
            else:
                unknown.append(iri)
        for start in range(0, len(unknown), _BATCH):
            batch = unknown[start : start + _BATCH]
            marks = ",".join("?" * len(batch))
            for number, iri in self._index.execute(f"SELECT id, iri FROM term WHERE iri IN ({marks})", batch):
                if iri.startswith(STI):
                    self._vocabulary[iri] = number
                yield iri, number

    def _places(self, numbers: Iterable[Term], *, far: bool) -> Iterator[tuple[_Sheet, set[int]]]:
        """Yield the sheets that say something of these things, or something that leads to them, and their places."""
        numbers = set(numbers)
        shared = self._iris(number for number in numbers if number < FIRST_OF_SHEETS)
        own = _by_sheet(number for number in numbers if number >= FIRST_OF_SHEETS)
        for number in self._holding(numbers, far=far):
            sheet = self._sheet(number)
            places = {sheet_of(one)[1] for one in own.get(number, ())}
            yield sheet, places | {place for iri, place in sheet.places.items() if shared and iri in shared}

    def _iris(self, numbers: Iterable[Term]) -> set[str]:
        """Give the IRIs of things that sheets share."""
        found: set[str] = set()
        ordered = sorted(numbers)
        for start in range(0, len(ordered), _BATCH):
            batch = ordered[start : start + _BATCH]
            marks = ",".join("?" * len(batch))
            found.update(row[0] for row in self._index.execute(f"SELECT iri FROM term WHERE id IN ({marks})", batch))
        return found


def _is_in_rows(record: Record, subject: int, object_: int | None) -> bool:
    """Tell whether the index has what a sheet says of a shared thing: of a cited statement all, else what is shared."""
    return record.terms[subject].startswith(CITED) if object_ is None else object_ >= record.own


def _year(key: str) -> int:
    """Give the fiscal year of a sheet by its key.

    >>> _year("rs2021-mext-20-0123")
    2021
    """
    return int(key[2:6])


def _by_sheet(numbers: Iterable[Term]) -> dict[int, list[Term]]:
    sheets: dict[int, list[Term]] = {}
    for number in numbers:
        sheets.setdefault(sheet_of(number)[0], []).append(number)
    return sheets
