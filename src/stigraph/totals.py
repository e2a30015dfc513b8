"""What the programmes of the whole government come to: the amounts of all review sheets, added up.

A review sheet says what several years came to, and several sheets speak of one year, so a plain sum counts money again
and again. Each amount is taken from one sheet only: what is planned for a year from the sheet of that year, what is
requested from that of the year before, what became of it from that of the year after (the form of the sheets: the
latest execution that a sheet gives is that of the year before). Lines by account that are parts of another line are
left out.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from stigraph.errors import NoAnswerError, UsageError
from stigraph.names import resolve
from stigraph.store.reading import Adding, Store, Sum, Thing

__all__ = ["DIMENSIONS", "PHASES", "Total", "add_up"]

DIMENSIONS = ("ministry", "payee", "year", "published")
_THINGS = frozenset({"ministry", "payee"})
PHASES: Mapping[str, int] = {
    "Request": -1,
    "Initial": 0,
    "Supplementary": 1,
    "CarriedIn": 1,
    "CarriedOut": 1,
    "Reserve": 1,
    "Total": 1,
    "Executed": 1,
}
"""The phases of a budget, and how many years after its year the sheet is published that each is taken from."""


class Total(NamedTuple):
    """A sum.

    Attributes:
        keys: what was added up: a thing for a ministry or a payee (None where the sheet names none), a fiscal year.
        yen: the sum, in yen.
        lines: how many budget lines or payments it is the sum of.
    """

    keys: tuple[Thing | int | None, ...]
    yen: int
    lines: int


def add_up(
    store: Store,
    by: Iterable[str] = ("ministry", "year"),
    *,
    phase: str = "Initial",
    ministry: str | None = None,
    payee: str | None = None,
    year: int | None = None,
    published: int | None = None,
) -> list[Total]:
    """Add up the amounts of all review sheets, the largest first.

    Budgets of one phase; or, where payees are asked for, what each was paid. A body that pays on what it was paid is
    a payee like those it pays, so that payments to different payees hold the same money: they are listed, and never to
    be added.

    Args:
        store: where to look.
        by: one or more of `DIMENSIONS`.
        phase: one of `PHASES`; of budgets only.
        ministry, payee: the name of the only one that is meant.
        year: the only fiscal year that is meant (April to March).
        published: take all years from the sheets of this fiscal year instead of one sheet for each year.

    Raises:
        UsageError: a dimension or phase is none, or none is given.
        NameNotFoundError, AmbiguousNameError: the name is nothing's, or several things'.
        NoAnswerError: the store holds no review sheets, or none of them says anything of this.
    """
    by = tuple(dict.fromkeys(by))
    if not by or not set(by) <= set(DIMENSIONS):
        raise UsageError(f"Amounts are added up by one or more of {', '.join(DIMENSIONS)}.")
    if phase not in PHASES:
        raise UsageError(f"“{phase}” is not a phase; the phases are {', '.join(PHASES)}.")
    payments = "payee" in by or payee is not None
    names = {"ministry": ministry, "payee": payee}
    only = {column: resolve(store, name).number for column, name in names.items() if name is not None}
    only |= {column: value for column, value in (("year", year), ("published", published)) if value is not None}
    lag = None if payments or published is not None else PHASES[phase]
    found = store.add_up(Adding(payments, by, None if payments else f"sti:{phase}", lag, only))
    if not found:
        raise NoAnswerError(
            "No review sheet says anything of this; `stigraph stats` lists the sheets that the store holds, and "
            "`stigraph import review-sheets` imports more."
        )
    return _named(store, by, found)


def _named(store: Store, by: tuple[str, ...], found: Iterable[Sum]) -> list[Total]:
    found = list(found)
    is_thing = [column in _THINGS for column in by]
    numbers = {key for one in found for key, thing in zip(one.keys, is_thing, strict=True) if thing and key is not None}
    things = store.things(numbers)
    totals = [
        Total(
            tuple(
                things[key] if thing and key is not None else key for key, thing in zip(one.keys, is_thing, strict=True)
            ),
            one.yen,
            one.lines,
        )
        for one in found
    ]
    return sorted(totals, key=lambda total: (-total.yen, *map(_order, total.keys)))


def _order(key: Thing | int | None) -> str:
    return key.iri if isinstance(key, Thing) else str(key)
