"""What many small documents say, kept beside the index: one compressed record for each document.

A snapshot of the curated graph keeps every triple as a row. Fifty thousand review sheets say millions of things that
are only ever read one sheet at a time, so each sheet is one row: its triples, compressed. What sheets share
(programmes, bodies, indicators) has a number of its own in the index; what belongs to one sheet alone (a budget line, a
transfer, an observation, a statement) has a number made of the sheet's and its place in it.
"""

import re
import zlib
from collections.abc import Sequence
from typing import NamedTuple

from stigraph.vocab import ID, curie

__all__ = [
    "CITED",
    "Record",
    "Triple",
    "is_local",
    "local_number",
    "pack",
    "sheet_of",
    "triples_in",
    "unpack",
]

_FACTS = tuple(f"{ID}{kind}/rs" for kind in ("budget", "transfer", "observation"))
CITED = f"{ID}statement/rs"
"""What the IRIs of the statements of sheets begin with; those that name a plan are no sheet's alone: lineage is made of
them, and the index has all that is said of them."""

_SAYINGS = ("-purpose", "-outline", "-no-target", "-activity", "-step", "-one-stage", "-finding", "-response")
_SHIFT = 32
_LEVEL = 4
# Compiled when the first sheet is read: most answers read none.
_TRIPLE = r'(?m)^<([^>]*)> <([^>]*)> (?:<([^>]*)>|"(.*)"(?:(@\w+)|\^\^<([^>]*)>)?) \.$'
_ESCAPE = r"\\(.)"
_ESCAPED = {"n": "\n", "r": "\r"}


class Triple(NamedTuple):
    """One triple of a document; ``object`` is empty for a literal, whose ``tag`` is ``@ja`` or a datatype as CURIE."""

    subject: str
    predicate: str
    object: str
    value: str | None
    tag: str | None


class Record(NamedTuple):
    """What one document says: its terms, those of its own first, and its facts by the positions of their terms."""

    terms: Sequence[str]
    own: int
    facts: Sequence[tuple[int, int, int | None, str | None, str | None]]


def is_local(iri: str) -> bool:
    """Tell whether a thing belongs to one sheet alone.

    >>> is_local("https://w3id.org/stigraph/id/budget/rs2021-mext-0123-2020-initial")
    True
    >>> is_local("https://w3id.org/stigraph/id/programme/rs-2015-mext-0123")
    False
    >>> statement = "https://w3id.org/stigraph/id/statement/rs2021-mext-0123-"
    >>> is_local(statement + "purpose"), is_local(statement + "plan-1")
    (True, False)
    """
    return iri.startswith(_FACTS) or (iri.endswith(_SAYINGS) and iri.startswith(CITED))


def local_number(sheet: int, position: int) -> int:
    """Give the number of the thing at a position of a sheet."""
    return sheet << _SHIFT | position


def sheet_of(number: int) -> tuple[int, int]:
    """Give the sheet (0 for none) and the position that a number is made of.

    >>> sheet_of(local_number(7, 3))
    (7, 3)
    """
    return number >> _SHIFT, number & ((1 << _SHIFT) - 1)


def triples_in(text: str) -> list[Triple]:
    r"""Read the lines of N-Triples that `stigraph.ingest.quads` writes.

    >>> triples_in('<s> <p> "a\\nb"@ja .\n<s> <p> <o> .\n')[0]
    Triple(subject='s', predicate='p', object='', value='a\nb', tag='@ja')
    """
    return [
        Triple(subject, predicate, iri, None, None)
        if iri
        else Triple(subject, predicate, "", _unescaped(value), _tag(language, kind))
        for subject, predicate, iri, value, language, kind in re.findall(_TRIPLE, text)
    ]


def _unescaped(text: str) -> str:
    return re.sub(_ESCAPE, lambda match: _ESCAPED.get(match[1], match[1]), text) if "\\" in text else text


def _tag(language: str, kind: str) -> str:
    return language or (curie(kind) if kind else "xsd:string")


def pack(text: str) -> bytes:
    r"""Compress the triples of one document, given as lines of N-Triples; equal lines give equal bytes.

    >>> record = unpack(pack('<s> <p> "a\\nb"@ja .\n<s> <p> <o> .\n'))
    >>> record.terms, record.own, record.facts
    (['o', 'p', 's'], 0, [(2, 1, None, 'a\nb', '@ja'), (2, 1, 0, None, None)])
    """
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


def unpack(body: bytes) -> Record:
    """Read what `pack` wrote."""
    lines = re.findall(_TRIPLE, zlib.decompress(body).decode("utf-8", "surrogatepass"))
    named = {term for line in lines for term in line[:3] if term}
    terms = sorted(named, key=lambda iri: (not is_local(iri), iri))
    place = {term: position for position, term in enumerate(terms)}
    facts = [
        (place[subject], place[predicate], place[iri], None, None)
        if iri
        else (place[subject], place[predicate], None, _unescaped(value), _tag(language, kind))
        for subject, predicate, iri, value, language, kind in lines
    ]
    return Record(terms, sum(map(is_local, terms)), facts)
