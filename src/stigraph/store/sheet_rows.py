"""Writing what the index keeps of documents that are stored as records."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from stigraph.japanese import fold
from stigraph.store.archive import local_number

__all__ = ["ADD_UP", "NAME", "SCRATCH", "WORD", "Entry", "write_entries"]

NAME, WORD = 0, 1
"""By what a thing is found."""

SCRATCH = """
CREATE TEMP TABLE found (thing INTEGER, part INTEGER, key TEXT);
CREATE TEMP TABLE budget (published INTEGER, ministry INTEGER, year INTEGER, phase TEXT, yen INTEGER);
CREATE TEMP TABLE payment (published INTEGER, ministry INTEGER, year INTEGER, payee INTEGER, yen INTEGER)
"""
"""Tables that are filled as entries are written: what the indexes of search and the sums are made of."""

ADD_UP = """
INSERT INTO budget_total
SELECT published, ministry, year, phase, sum(yen), count(*) FROM budget GROUP BY 1, 2, 3, 4;
INSERT INTO payment_total
SELECT published, ministry, year, payee, sum(yen), count(*) FROM payment GROUP BY 1, 2, 3, 4
"""
"""The sums of the amounts that entries gave."""


class Entry(NamedTuple):
    """What the index keeps of one document that is stored as a record; numbers come when it is written.

    Attributes:
        key: the start of the IRIs of its own things (``rs2021-mext-0123``).
        source: the IRI of its named graph.
        body: the record, as `stigraph.store.archive.pack` writes it.
        own: the IRIs of its own things, in the order of the record.
        things: IRI, class (as CURIE), Japanese and English label of what it shares with others.
        names: IRI, text, language (``@ja``, or empty) and rank of each name of a shared thing.
        words: IRI and text of what is searched besides names.
        shared: subject, predicate and object of the facts between shared things.
        told: subject, predicate, text and tag of what it says of the statements that name plans.
        links: source, target, predicate and carrier (or None) of its steps of lineage.
        occurring: the shared things that its other facts speak of, and whether as their object.
        span: the first and last day that the date of the document may mean; it begins in the year of publication.
        ministry: the IRI of the ministry whose programme it is on, or None.
        budgets: fiscal year, yen and phase (as CURIE) of its budget lines.
        payments: fiscal year, yen and the IRI of the payee of its payments.
    """

    key: str
    source: str
    body: bytes
    own: Sequence[str]
    things: Sequence[tuple[str, str, str | None, str | None]]
    names: Sequence[tuple[str, str, str, int]]
    words: Sequence[tuple[str, str]]
    shared: Sequence[tuple[str, str, str]]
    told: Sequence[tuple[str, str, str, str]]
    links: Sequence[tuple[str, str, str, str | None]]
    occurring: Sequence[tuple[str, bool]]
    span: tuple[str, str]
    ministry: str | None
    budgets: Sequence[tuple[int, int, str]]
    payments: Sequence[tuple[int, int, str]]


def write_entries(database: sqlite3.Connection, terms: dict[str, int], entries: Iterable[Entry]) -> None:
    """Write documents in their order: a later one gives the label and the words of what it shares with earlier ones."""
    for sheet, entry in enumerate(entries, start=1):
        numbers = {iri: local_number(sheet, place) for place, iri in enumerate(entry.own)}
        _write_entry(database, sheet, entry, _Numbers(database, terms, numbers))


class _Numbers:
    """The numbers of things: those of one sheet, those known already, new ones for what is met first."""

    def __init__(self, database: sqlite3.Connection, terms: dict[str, int], own: Mapping[str, int]) -> None:
        self._database = database
        self._terms = terms
        self._own = own

    def __getitem__(self, iri: str) -> int:
        number = self._own.get(iri) or self._terms.get(iri)
        if number is None:
            number = self._terms[iri] = len(self._terms) + 1
            self._database.execute("INSERT INTO term (id, iri) VALUES (?, ?)", [number, iri])
        return number


def _write_entry(database: sqlite3.Connection, sheet: int, entry: Entry, numbers: _Numbers) -> None:
    source = numbers[entry.source]
    database.execute("INSERT INTO sheet VALUES (?, ?, ?, ?)", [sheet, entry.key, source, entry.body])
    database.executemany(
        "INSERT INTO thing VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "ja = coalesce(excluded.ja, ja), en = coalesce(excluded.en, en)",
        ((numbers[iri], *described) for iri, *described in entry.things),
    )
    named = [(fold(text), numbers[iri], text, lang, rank) for iri, text, lang, rank in entry.names]
    database.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?)", named)
    database.executemany("INSERT INTO found VALUES (?, ?, ?)", ((thing, NAME, key) for key, thing, *_ in named))
    database.executemany(
        "INSERT INTO found VALUES (?, ?, ?)", ((numbers[iri], WORD, fold(text)) for iri, text in entry.words)
    )
    database.executemany(
        "INSERT INTO fact VALUES (?, ?, ?, NULL, NULL, ?)",
        ((numbers[subject], numbers[predicate], numbers[value], source) for subject, predicate, value in entry.shared),
    )
    database.executemany(
        "INSERT INTO fact VALUES (?, ?, NULL, ?, ?, ?)",
        ((numbers[subject], numbers[predicate], text, tag, source) for subject, predicate, text, tag in entry.told),
    )
    database.executemany(
        "INSERT INTO link VALUES (?, ?, ?, ?, ?)",
        (
            (numbers[near], numbers[far], predicate, None if carrier is None else numbers[carrier], source)
            for near, far, predicate, carrier in entry.links
        ),
    )
    occurring = ((numbers[iri], far, sheet) for iri, far in entry.occurring)
    database.executemany("INSERT INTO occurs VALUES (?, ?, ?)", occurring)
    database.execute("INSERT INTO dated VALUES (?, ?, ?)", [source, *entry.span])
    published = int(entry.span[0][:4])
    ministry = numbers[entry.ministry] if entry.ministry else None
    database.executemany(
        "INSERT INTO budget VALUES (?, ?, ?, ?, ?)",
        ((published, ministry, year, phase, yen) for year, yen, phase in entry.budgets),
    )
    database.executemany(
        "INSERT INTO payment VALUES (?, ?, ?, ?, ?)",
        ((published, ministry, year, numbers[payee], yen) for year, yen, payee in entry.payments),
    )
