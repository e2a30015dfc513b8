"""The plans that review sheets cite: two tables, every row of which was read in the sheets.

``series.csv`` names the series of plans: ``name``, ``also`` (other names, joined by ``|``), ``until`` (the year up to
which ``plans.csv`` and the curated catalogue hold every edition; blank where they may not) and the ``reason`` for it.

``plans.csv`` has a row for each edition: ``slug`` of its IRI, ``class``, ``title`` as printed, ``title_en`` (our
translation), ``number`` (第5次) and ``year`` in the name, ``decided`` and ``revised`` (ISO days, as precise as printed;
several joined by ``|``), ``decided_by`` as printed, ``series``, ``follows`` (slug of the edition before it), ``places``
(sheet and field that print it, joined by ``|``; the first prints title and day of decision) and ``note``.
"""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from stigraph.errors import DataError

__all__ = ["CLASSES", "Edition", "Series", "read_editions", "read_series"]

CLASSES = frozenset({"Plan", "Strategy", "Guideline", "PolicyDocument"})
"""The classes of the vocabulary that a row may have."""

_FOLDER = Path(__file__).parent


class Series(NamedTuple):
    """A series of plans: its names, the first of which is the name of the series."""

    names: tuple[str, ...]
    until: int | None
    reason: str


class Edition(NamedTuple):
    """An edition of a plan; see the columns above."""

    slug: str
    kind: str
    title: str
    title_en: str
    number: str
    year: str
    decided: tuple[str, ...]
    revised: tuple[str, ...]
    decided_by: str
    series: str
    follows: str
    places: tuple[str, ...]
    note: str


@cache
def read_series() -> tuple[Series, ...]:
    """Read the series.

    >>> next(series.until for series in read_series() if series.names[0] == "明日の日本を支える観光ビジョン")
    2023

    Raises:
        DataError: with file and line, where a row is not of the form above.
    """
    return tuple(_series(_FOLDER / "series.csv"))


def _series(path: Path) -> Iterator[Series]:
    for line, (name, also, until, reason) in _rows(path, "name,also,until,reason"):
        if not name or bool(until) != bool(reason) or not (until or "0").isdecimal():
            raise DataError("a series has a name, and a reason where it is complete until a year.", path, line)
        yield Series((name, *_parts(also)), int(until) if until else None, reason)


@cache
def read_editions() -> tuple[Edition, ...]:
    """Read the editions.

    >>> next(edition.decided for edition in read_editions() if edition.slug == "energy-basic-plan-6")
    ('2021-10-22',)

    Raises:
        DataError: with file and line, where a row is not of the form above.
    """
    return tuple(_editions(_FOLDER / "plans.csv"))


def _editions(path: Path) -> Iterator[Edition]:
    header = "slug,class,title,title_en,number,year,decided,revised,decided_by,series,follows,places,note"
    known = {series.names[0] for series in read_series()}
    for line, row in _rows(path, header):
        slug, kind, title, title_en, number, year, decided, revised, by, series, follows, places, note = row
        if not (slug and title and title_en and places) or kind not in CLASSES or series not in known:
            raise DataError(
                "an edition has slug, class, title, title_en, a series of series.csv and places.", path, line
            )
        yield Edition(
            slug, kind, title, title_en, number, year, _parts(decided), _parts(revised), by, series, follows,
            _parts(places), note,
        )  # fmt: skip


def _parts(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split("|")))


def _rows(path: Path, header: str) -> Iterator[tuple[int, list[str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            if next(reader, None) != header.split(","):
                raise DataError(f"the first line must be {header}.", path, 1)
            for row in reader:
                if len(row) != header.count(",") + 1:
                    raise DataError(f"a row has {header.count(',') + 1} cells.", path, reader.line_num)
                yield reader.line_num, row
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"cannot be read: {error}.", path) from None
