"""Writing the SQLite side of a snapshot: things, names, facts, dates, and what they are found by."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pyoxigraph as ox

from stigraph.japanese import bigrams, fold
from stigraph.store.layout import FORMAT
from stigraph.store.links import drop_what_runs_back_in_time, write_links, write_reach
from stigraph.store.rules import DATES, LABELS, UNNAMED, WORDS, telling
from stigraph.store.sheet_rows import ADD_UP, NAME, SCRATCH, WORD, Entry, write_entries
from stigraph.vocab import ONTOLOGY, PREFIXES, STI, curie, expand

__all__ = ["write_index"]

_SCHEMA = """
CREATE TABLE term (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE);
CREATE TABLE thing (id INTEGER PRIMARY KEY, type TEXT NOT NULL, ja TEXT, en TEXT);
CREATE TABLE fact (subject INTEGER, predicate INTEGER, object INTEGER, value TEXT, tag TEXT, source INTEGER);
CREATE TABLE property (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE name (key TEXT, thing INTEGER, text TEXT, lang TEXT, rank INTEGER);
CREATE TABLE dated (thing INTEGER PRIMARY KEY, earliest TEXT, latest TEXT);
CREATE TABLE link (source INTEGER, target INTEGER, predicate TEXT, carrier INTEGER, origin INTEGER);
CREATE TABLE reach (target INTEGER, type TEXT, source INTEGER, PRIMARY KEY (target, type, source)) WITHOUT ROWID;
CREATE TABLE sheet (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, source INTEGER, body BLOB);
CREATE TABLE occurs (term INTEGER, far INTEGER, sheet INTEGER, PRIMARY KEY (term, far, sheet)) WITHOUT ROWID;
CREATE TABLE budget_total (
  published INTEGER, ministry INTEGER, year INTEGER, phase TEXT, yen INTEGER, lines INTEGER
);
CREATE TABLE payment_total (
  published INTEGER, ministry INTEGER, year INTEGER, payee INTEGER, yen INTEGER, lines INTEGER
);
CREATE VIRTUAL TABLE called USING fts5(key, content="", columnsize=0, tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE gram USING fts5(names, words, tokenize="unicode61 remove_diacritics 0");
"""
_INDEXES = """
CREATE INDEX fact_subject ON fact (subject);
CREATE INDEX fact_object ON fact (object) WHERE object IS NOT NULL;
CREATE INDEX thing_type ON thing (type);
CREATE INDEX name_key ON name (key);
CREATE INDEX name_thing ON name (thing);
CREATE INDEX link_source ON link (source);
CREATE INDEX link_target ON link (target);
CREATE INDEX sheet_source ON sheet (source, key);
CREATE INDEX payment_payee ON payment_total (payee);
ANALYZE;
"""
_IRI = ""
_RDF_TYPE = PREFIXES["rdf"] + "type"
_SKOS = PREFIXES["skos"]


def write_index(path: Path, graphs: Mapping[str, Sequence[ox.Triple]], entries: Iterable[Entry] = ()) -> None:
    """Write the SQLite file of a snapshot: the triples of each named graph as rows, and documents kept as records."""
    database = sqlite3.connect(path, isolation_level=None)
    try:
        _run(database, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;" + _SCHEMA)
        database.execute(f"PRAGMA user_version = {FORMAT}")
        _run(database, SCRATCH)
        terms = _write_facts(database, graphs)
        _write_things(database, terms)
        _write_names(database, terms)
        _write_dates(database, terms)
        write_links(database, terms)
        write_entries(database, terms, entries)
        _settle_names(database, terms)
        _write_properties(database)
        _run(database, ADD_UP)
        _write_called(database)
        _write_grams(database)
        drop_what_runs_back_in_time(database)
        write_reach(database)
        _run(database, _INDEXES + "COMMIT; VACUUM;")
    finally:
        database.close()


_LABEL_THINGS = """
UPDATE thing SET ja = (
  SELECT max(f.value) FROM fact f WHERE f.subject = thing.id AND f.predicate = :label AND f.tag = '@ja'
) WHERE ja IS NULL AND id IN (SELECT subject FROM fact WHERE predicate = :label)
"""
_MERGE_NAMES = """
CREATE TEMP TABLE named AS SELECT DISTINCT key, thing, text, lang, rank FROM name;
DELETE FROM name;
INSERT INTO name SELECT key, thing, text, lang, rank FROM named JOIN term ON term.id = thing
ORDER BY length(key), key, iri, rank, length(text), text, lang;
DROP TABLE named
"""


def _settle_names(database: sqlite3.Connection, terms: Mapping[str, int]) -> None:
    """Label what the graph of shared things alone gives a name, and keep each name of a thing once, the short first."""
    database.execute("CREATE INDEX fact_label ON fact (predicate, subject)")
    database.execute(_LABEL_THINGS, {"label": terms.get(_SKOS + "prefLabel")})
    database.execute("DROP INDEX fact_label")
    _run(database, _MERGE_NAMES)


def _run(database: sqlite3.Connection, script: str) -> None:
    for command in script.split(";"):
        database.execute(command)


def _write_facts(database: sqlite3.Connection, graphs: Mapping[str, Sequence[ox.Triple]]) -> dict[str, int]:
    terms: dict[str, int] = {}

    def number(iri: str) -> int:
        return terms.setdefault(iri, len(terms) + 1)

    rows: list[tuple[int, int, int | None, str | None, str | None, int]] = []
    for graph in sorted(graphs):
        source = number(graph)
        for subject, predicate, value, tag in sorted(set(map(_plain, graphs[graph]))):
            object_ = number(value) if tag == _IRI else None
            literal = (None, None) if tag == _IRI else (value, tag)
            rows.append((number(subject), number(predicate), object_, *literal, source))
    database.executemany("INSERT INTO term (iri, id) VALUES (?, ?)", terms.items())
    database.executemany("INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?)", rows)
    return terms


def _plain(triple: ox.Triple) -> tuple[str, str, str, str]:
    """Give subject, predicate, object and what the object is: an IRI, ``@language`` or a datatype."""
    subject, value = triple.subject, triple.object
    if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
        raise TypeError("triple terms are not used in the graph")
    if isinstance(value, ox.Literal):
        tag = "@" + value.language if value.language else curie(value.datatype.value)
    else:
        tag = _IRI
    return subject.value, triple.predicate.value, value.value, tag


def _write_things(database: sqlite3.Connection, terms: Mapping[str, int]) -> None:
    iri = {number: text for text, number in terms.items()}
    types: dict[int, list[str]] = {}
    for subject, value in database.execute(
        "SELECT DISTINCT subject, object FROM fact WHERE predicate = ?", [terms.get(_RDF_TYPE)]
    ):
        types.setdefault(subject, []).append(iri[value])
    labels: dict[tuple[int, str], str] = {}
    for label in (PREFIXES["rdfs"] + "label", _SKOS + "prefLabel"):
        for subject, value, tag in database.execute(
            "SELECT subject, value, tag FROM fact WHERE predicate = ? AND value IS NOT NULL ORDER BY value DESC",
            [terms.get(label)],
        ):
            labels[subject, tag] = value
    database.executemany(
        "INSERT INTO thing VALUES (?, ?, ?, ?)",
        (
            (subject, telling(map(curie, found)), labels.get((subject, "@ja")), labels.get((subject, "@en")))
            for subject, found in sorted(types.items())
        ),
    )


def _write_properties(database: sqlite3.Connection) -> None:
    """Write the properties of facts as CURIEs."""
    database.create_function("curie", 1, curie, deterministic=True)
    database.execute(
        "INSERT INTO property SELECT id, curie(iri) FROM term WHERE id IN (SELECT DISTINCT predicate FROM fact)"
    )


def _known(terms: Mapping[str, int], names: Iterable[str]) -> dict[int, str]:
    """Give the numbers of those names (as CURIEs) that the graph uses, in their order."""
    return {terms[iri]: name for name in names if (iri := expand(name) or "") in terms}


def _write_names(database: sqlite3.Connection, terms: Mapping[str, int]) -> None:
    unnamed = set(_known(terms, UNNAMED))
    carriers = {
        subject
        for subject, value in database.execute(
            "SELECT subject, object FROM fact WHERE predicate = ?", [terms.get(_RDF_TYPE)]
        )
        if value in unnamed
    }
    ontology = terms.get(ONTOLOGY)
    rows: set[tuple[str, int, str, str, int]] = set()
    found: set[tuple[int, int, str]] = set()
    ranks = {number: LABELS[name] for number, name in _known(terms, LABELS).items()}
    texts = set(_known(terms, WORDS))
    for subject, predicate, value, tag, source in database.execute(
        "SELECT subject, predicate, value, tag, source FROM fact WHERE value IS NOT NULL"
    ):
        if source == ontology:
            continue
        if predicate in ranks:
            found.add((subject, NAME, fold(value)))
            if subject not in carriers:
                rows.add((fold(value), subject, value, tag if tag.startswith("@") else "", ranks[predicate]))
        elif predicate in texts:
            found.add((subject, WORD, fold(value)))
    database.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?)", sorted(rows))
    database.executemany("INSERT INTO found VALUES (?, ?, ?)", sorted(found))


def _write_grams(database: sqlite3.Connection) -> None:
    """Write what things are found by: the pairs of characters of their names, and of what is said besides."""
    rows = database.execute("SELECT DISTINCT thing, part, key FROM found ORDER BY thing, part, key")
    database.executemany(
        "INSERT INTO gram (rowid, names, words) VALUES (?, ?, ?)",
        (
            (thing, *(_grams(key for _, one, key in keys if one == part) for part in (NAME, WORD)))
            for thing, keys in ((thing, list(keys)) for thing, keys in groupby(rows, key=itemgetter(0)))
        ),
    )


def _write_called(database: sqlite3.Connection) -> None:
    """Write by which pairs of characters names are found, in the order of the names."""
    names = database.execute("SELECT rowid, key FROM name ORDER BY rowid")
    database.executemany("INSERT INTO called (rowid, key) VALUES (?, ?)", ((row, _grams([key])) for row, key in names))


def _grams(keys: Iterable[str]) -> str:
    # The last character of each name stands alone too: for those who search for it, and so that a phrase, which is
    # made of pairs, never runs from one name into the next.
    return " ".join(" ".join([*bigrams(key), key[-1:]]) for key in sorted(keys))


def _write_dates(database: sqlite3.Connection, terms: Mapping[str, int]) -> None:
    spans: dict[int, tuple[str, str]] = {}
    budget_line = terms.get(STI + "BudgetLine", -1)
    for predicate, name in _known(terms, DATES).items():
        for subject, value in database.execute(
            "SELECT subject, value FROM fact f WHERE predicate = ? AND value IS NOT NULL AND NOT EXISTS "
            "(SELECT 1 FROM fact t WHERE t.subject = f.subject AND t.object = ?) ORDER BY length(value), value DESC",
            [predicate, budget_line],
        ):
            spans[subject] = DATES[name](value)
    database.executemany("INSERT INTO dated VALUES (?, ?, ?)", sorted((key, *span) for key, span in spans.items()))
