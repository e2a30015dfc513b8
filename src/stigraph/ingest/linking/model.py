"""What linking reads and what it gives: light records in, programmes and their relations out."""

import re
import unicodedata
import zlib
from collections.abc import Mapping
from typing import NamedTuple

from stigraph.ingest.model import Sheet

__all__ = ["Key", "Links", "Record", "Relation", "record_of", "sentences_of"]

Key = tuple[int, str, str]
"""What names a sheet: the fiscal year of its publication, its ministry and its number."""

_SHORTEST_SENTENCE = 8
_SENTENCE_END = re.compile(r"[。\n]+")


class Record(NamedTuple):
    """What linking needs to know of one sheet.

    Attributes:
        year, ministry, number, name, bureau, start, end: as in `stigraph.ingest.model.Sheet`.
        project: 予算事業ID, stable over the years; None where the database has none.
        earlier: the sheets it names as earlier ones: fiscal year of publication, ministry, number; None = not said.
        amounts: yen by fiscal year and phase, without zeros.
        sentences: the sentences of purpose and outline as numbers; see `sentences_of`.
    """

    year: int
    ministry: str
    number: str
    name: str
    bureau: str | None
    start: int | None
    end: int | None
    project: str | None
    earlier: tuple[tuple[int | None, str | None, str], ...]
    amounts: Mapping[tuple[int, str], int]
    sentences: frozenset[int]

    @property
    def key(self) -> Key:
        """Give what names the sheet."""
        return self.year, self.ministry, self.number


class Relation(NamedTuple):
    """A step from one programme to another: the later one succeeds the earlier one in whole or part.

    Attributes:
        kind: ``merged`` (the earlier one was taken up into the later one), ``split`` (the later one was part of the
            earlier one) or ``moved`` (the same work goes on under another ministry as a programme of its own).
        earlier, later: what names the sheets at the two sides of the step.
        reason: ``amounts`` (past amounts of one are the sum of the others), ``named`` (the later sheet names the
            earlier one) or ``text`` (equal name or equal purpose).
    """

    kind: str
    earlier: Key
    later: Key
    reason: str


class Links(NamedTuple):
    """Sheets linked into programmes.

    Attributes:
        programmes: for each programme its sheets, in order of year, one a year at most. Sorted by first sheet.
        relations: steps between programmes, sorted.
    """

    programmes: tuple[tuple[Key, ...], ...]
    relations: tuple[Relation, ...]

    def by_sheet(self) -> dict[Key, int]:
        """Give for each sheet the place of its programme in `programmes`."""
        return {key: place for place, keys in enumerate(self.programmes) for key in keys}


def sentences_of(*texts: str | None) -> frozenset[int]:
    """Give the sentences of some texts as numbers: equal numbers, equal sentences whatever the width and the spaces.

    >>> sentences_of("研究開発を支援する。") == sentences_of(" 研究開発を 支援する", None)
    True
    >>> len(sentences_of("国際共同研究を推進する。国際頭脳循環を促進する。"))
    2
    """
    found = set()
    for text in filter(None, texts):
        for sentence in _SENTENCE_END.split(unicodedata.normalize("NFKC", text)):
            plain = "".join(sentence.split())
            if len(plain) >= _SHORTEST_SENTENCE:
                found.add(zlib.crc32(plain.encode("utf-8", "surrogatepass")))
    return frozenset(found)


def record_of(sheet: Sheet) -> Record:
    """Take from a sheet what linking needs; of an amount its total, else the sum of its accounts."""
    totals: dict[tuple[int, str], int] = {}
    accounts: dict[tuple[int, str], int] = {}
    for amount in sheet.amounts:
        found = totals if amount.account is None else accounts
        cell = amount.fiscal_year, amount.phase
        found[cell] = found.get(cell, 0) + amount.yen
    return Record(
        year=sheet.year,
        ministry=sheet.ministry,
        number=sheet.number,
        name=sheet.name,
        bureau=sheet.bureau,
        start=sheet.start,
        end=sheet.end,
        project=sheet.project,
        earlier=tuple((entry.fiscal_year, entry.ministry, entry.number) for entry in sheet.earlier),
        amounts={cell: yen for cell, yen in (accounts | totals).items() if yen},
        sentences=sentences_of(sheet.purpose, sheet.outline),
    )
