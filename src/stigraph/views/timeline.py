"""Columns along real dates: which column a dated thing stands in, and what is written over it."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, NamedTuple, TypeVar

from stigraph.views.model import Labels

__all__ = ["UNDATED", "Timeline", "heading", "timeline"]

UNDATED: Labels = {"ja": "日付の記載なし", "en": "no date given"}
"""What stands over the things whose date no document gives."""

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_YEAR, _MONTH, _DAY = len("2021"), len("2021-03"), len("2021-03-26")
_Key = TypeVar("_Key", bound=Hashable)


class Timeline(NamedTuple, Generic[_Key]):
    """The column of each thing, oldest 0, and the headings of the columns."""

    column: Mapping[_Key, int]
    layers: list[Labels]


def heading(when: str | int) -> Labels:
    """Write a date (a text, as precise as it is) or a fiscal year (a number) for people.

    >>> heading("2021-03"), heading(2021)
    ({'ja': '2021年3月', 'en': 'March 2021'}, {'ja': '2021年度', 'en': 'FY2021'})
    >>> heading("2015")["ja"], heading("2021-03-26")["en"]
    ('2015年', '26 March 2021')
    """
    if isinstance(when, int):
        return {"ja": f"{when}年度", "en": f"FY{when}"}
    year, *rest = (int(part) for part in when.split("-"))
    ja = f"{year}年" + "".join(f"{part}{unit}" for part, unit in zip(rest, "月日", strict=False))
    en = " ".join([*(str(day) for day in rest[1:]), *(_MONTHS[month - 1] for month in rest[:1]), str(year)])
    return {"ja": ja, "en": en}


def timeline(moments: Mapping[_Key, str | int | None], *, apart: Iterable[tuple[_Key, _Key]] = ()) -> Timeline[_Key]:
    """Give a column to each thing, the oldest at the left; what has no date stands left of all, under `UNDATED`.

    Args:
        moments: for each thing a date (``2021-03-26``, ``2021-03`` or ``2021``), a fiscal year (``2021`` as a number;
            it begins in April), or None.
        apart: pairs of things that are not to share a column: a year that holds both is drawn by its months, and a
            month that holds both by its days.

    >>> years = timeline({"strategy": "2021-06-18", "plan": "2021-03-26", "page": 2023, "law": None})
    >>> [layer["en"] for layer in years.layers], years.column["plan"] == years.column["strategy"]
    (['no date given', '2021', 'FY2023'], True)
    >>> [layer["en"] for layer in timeline({1: "2021-06-18", 2: "2021-03-26"}, apart=[(1, 2)]).layers]
    ['March 2021', 'June 2021']
    """
    finer = _finer({key: when for key, when in moments.items() if isinstance(when, str)}, list(apart))
    units = {
        key: when[: finer.get(when[:_YEAR], _YEAR)] if isinstance(when, str) else when for key, when in moments.items()
    }
    ordered = sorted(set(units.values()), key=_order)
    places = {unit: column for column, unit in enumerate(ordered)}
    layers = [UNDATED if unit is None else heading(unit) for unit in ordered]
    return Timeline({key: places[unit] for key, unit in units.items()}, layers)


def _finer(dates: Mapping[_Key, str], apart: Iterable[tuple[_Key, _Key]]) -> dict[str, int]:
    """Say for each year that cannot be one column how much of its dates is to be told apart."""
    finer: dict[str, int] = {}
    for one, other in apart:
        first, second = dates.get(one), dates.get(other)
        if first is None or second is None or first[:_YEAR] != second[:_YEAR]:
            continue
        needed = _MONTH if first[:_MONTH] != second[:_MONTH] else _DAY
        finer[first[:_YEAR]] = max(needed, finer.get(first[:_YEAR], _YEAR))
    return finer


def _order(unit: str | int | None) -> tuple[str, bool]:
    """Sort what has no date first; a fiscal year stands where its April is."""
    if isinstance(unit, int):
        return f"{unit:04}-04", True
    return unit or "", False
