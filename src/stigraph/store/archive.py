"""What many small documents say, kept beside the index: one compressed record for each document.

A snapshot of the curated graph keeps every triple as a row. Ten thousand review sheets say millions of things that are
only ever read one sheet at a time, so each sheet is one row: its terms and its facts, compressed. What sheets share
(programmes, bodies, indicators) has a number of its own in the index; what belongs to one sheet alone (a budget line, a
transfer, an observation, a statement) has a number made of the sheet's and its place in it.
"""

import zlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from stigraph.vocab import ID

__all__ = ["ArchivedFact", "Record", "is_local", "local_number", "pack", "sheet_of", "unpack"]

_LOCAL_KINDS = ("statement", "budget", "transfer", "observation")
_LOCAL_PREFIXES = tuple(f"{ID}{kind}/rs" for kind in _LOCAL_KINDS)
_SHIFT = 32
_FIELD, _BREAK = "\x1f", "\x1e"


class ArchivedFact(NamedTuple):
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
    """
    return iri.startswith(_LOCAL_PREFIXES)


def local_number(sheet: int, position: int) -> int:
    """Give the number of the thing at a position of a sheet."""
    return sheet << _SHIFT | position


def sheet_of(number: int) -> tuple[int, int]:
    """Give the sheet (0 for none) and the position that a number is made of.

    >>> sheet_of(local_number(7, 3))
    (7, 3)
    """
    return number >> _SHIFT, number & ((1 << _SHIFT) - 1)


def pack(facts: Iterable[ArchivedFact]) -> bytes:
    """Write the facts of one document as one compressed record; equal facts give equal bytes.

    >>> record = unpack(pack([ArchivedFact("s", "p", "", "a\\nb", "@ja"), ArchivedFact("s", "p", "o", None, None)]))
    >>> record.terms, record.own, record.facts
    (['o', 'p', 's'], 0, [(2, 1, None, 'a\\nb', '@ja'), (2, 1, 0, None, None)])
    """
    facts = list(facts)
    named = {term for fact in facts for term in (fact.subject, fact.predicate, fact.object) if term}
    terms = sorted(named, key=lambda iri: (not is_local(iri), iri))
    place = {term: str(position) for position, term in enumerate(terms)}
    place[""] = ""
    lines = [_FIELD.join(terms)]
    lines += (
        _FIELD.join(
            (
                place[fact.subject],
                place[fact.predicate],
                place[fact.object],
                fact.tag or "",
                (fact.value or "").replace("\n", _BREAK),
            )
        )
        for fact in facts
    )
    return zlib.compress("\n".join(lines).encode("utf-8", "surrogatepass"), 6)


def unpack(body: bytes) -> Record:
    """Read what `pack` wrote."""
    head, *lines = zlib.decompress(body).decode("utf-8", "surrogatepass").split("\n")
    terms = head.split(_FIELD) if head else []
    own = sum(map(is_local, terms))
    return Record(terms, own, list(map(_fact, lines)))


def _fact(line: str) -> tuple[int, int, int | None, str | None, str | None]:
    subject, predicate, object_, tag, value = line.split(_FIELD, 4)
    if object_:
        return int(subject), int(predicate), int(object_), None, None
    return int(subject), int(predicate), None, value.replace(_BREAK, "\n"), tag
