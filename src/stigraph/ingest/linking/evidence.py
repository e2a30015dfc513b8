"""What speaks for and against two sheets being of one programme.

The evidence is weighed in points; a link needs `NEEDED` of them. No single likeness is enough: the points of a like
name, of equal sentences or of a few small equal amounts stay below it each.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from stigraph.ingest.linking.model import Record
from stigraph.ingest.linking.names import Name, likeness, read_name

__all__ = ["NEEDED", "Agreement", "Entry", "Weighing", "agree", "close", "read_entry", "weigh"]

NEEDED = 5.0
_MILLION = 1_000_000
_PAST = ("Initial", "Supplementary", "CarriedIn", "CarriedOut", "Reserve", "Total", "Executed")
_TELLING = ("Initial", "Executed")


class Entry(NamedTuple):
    """A record made ready for comparing: its name read, its past amounts in one mapping."""

    record: Record
    name: Name
    bureau: str
    amounts: dict[tuple[int, str], int]


class Weighing(NamedTuple):
    """The evidence on two sheets: points and the parts they come from."""

    points: float
    same_name: bool
    like: float
    amounts: float
    conflicts: int
    sentences: float
    whole: bool


def read_entry(record: Record) -> Entry:
    """Make a record ready for comparing."""
    bureau = "".join((record.bureau or "").split())
    amounts = {cell: yen for cell, yen in record.amounts.items() if cell[1] in _PAST}
    return Entry(record, read_name(record.name, record.ministry), bureau, amounts)


def close(one: int, two: int) -> bool:
    """Say whether two amounts in yen are one, printed finer or coarser: in million yen, rounded or cut off."""
    apart = abs(one - two)
    return apart <= _MILLION // 2 or (apart < _MILLION and (one % _MILLION == 0 or two % _MILLION == 0))


def _worth(yen: int) -> float:
    digits = len(str(abs(yen) // _MILLION)) if abs(yen) >= _MILLION else 0
    return (0.2, 0.4, 1.0, 2.0, 3.0)[min(digits, 4)]


class Agreement(NamedTuple):
    """What two sheets print for the same years.

    Attributes:
        worth: points for the amounts that agree, each different one counted once.
        cells: how many amounts agree.
        conflicts: how many initial and executed amounts differ.
        gone, new: how many of these the first and the second sheet alone print.
    """

    worth: float
    cells: int
    conflicts: int
    gone: int
    new: int

    @property
    def whole(self) -> bool:
        """Say whether all amounts of several years agree and none is printed by one sheet alone."""
        return self.cells >= 5 and self.conflicts + self.gone + self.new == 0


def agree(one: Entry, two: Entry) -> Agreement:
    """Weigh the amounts of the years that both sheets cover: each prints three years before its own and its own."""
    equal: set[int] = set()
    worth = 0.0
    cells = conflicts = gone = new = 0
    first = max(one.record.year, two.record.year) - 3
    last = min(one.record.year, two.record.year)
    for cell, yen in one.amounts.items():
        if not first <= cell[0] <= last:
            continue
        other = two.amounts.get(cell)
        if other is None:
            gone += cell[1] in _TELLING
        elif close(yen, other):
            cells += cell[1] in _TELLING
            size = round(yen / _MILLION)
            if size not in equal:
                equal.add(size)
                worth += _worth(yen)
        elif cell[1] in _TELLING:
            conflicts += 1
    for cell in two.amounts:
        if cell not in one.amounts and cell[1] in _TELLING and first <= cell[0] < last:
            new += 1
    return Agreement(worth, cells, conflicts, gone, new)


def _same_text(one: Entry, two: Entry, common: Counter[int]) -> float:
    left, right = one.record.sentences, two.record.sentences
    shared = left & right
    if not shared:
        return 0.0

    def worth(sentences: Iterable[int]) -> float:
        return sum(1.0 if common[sentence] <= 3 else 0.25 for sentence in sentences)

    return worth(shared) / min(worth(left), worth(right))


def _same_name(one: Name, two: Name, unique: bool) -> float:
    """Points for one name, for a former name that is given, for one name but for its ending; else 0."""
    if one.key == two.key:
        return 6.0 if unique else 3.5
    if one.key in two.former or two.key in one.former:
        return 5.0
    if one.numbers == two.numbers and one.stem == two.stem and one.brackets == two.brackets:
        return 4.5 if unique else 3.0
    return 0.0


def _like_name(one: Name, two: Name, like: float) -> float:
    """Points for and against two names that are not one."""
    if one.numbers != two.numbers:
        return -4.0 if like > 0.6 and one.numbers and two.numbers else -1.5
    if one.stem == two.stem:
        if one.brackets and two.brackets:
            return 0.0 if one.brackets & two.brackets else -2.0
        return 2.5
    steps = ((0.85, 2.0), (0.65, 1.0), (0.4, 0.0), (0.2, -1.0))
    return next((points for least, points in steps if like >= least), -2.0)


def _time_points(one: Record, two: Record) -> float:
    points = 0.0
    if one.start is not None and two.start is not None:
        apart = abs(one.start - two.start)
        points += (1.5 if two.start >= 2012 else 1.0) if apart == 0 else 0.0 if apart == 1 else -1.2
        if one.end is not None and two.start > one.end:
            points -= 3.0
    return points


def _amount_points(amounts: Agreement, one_name: bool) -> float:
    """Points for amounts that all agree, less those for conflicts and for amounts one sheet alone prints."""
    if amounts.whole:
        return 2.5
    if one_name and amounts.worth <= 2:
        points = -min(float(amounts.conflicts), 3.0)
    else:
        points = -min(1.5 * amounts.conflicts, 7.0)
    if amounts.worth > 2:
        return points - min(0.5 * (amounts.gone + amounts.new), 1.5)
    return points - min(2.5 * amounts.gone + amounts.new, 5.0)


def weigh(one: Entry, two: Entry, *, unique: bool, named: bool, common: Counter[int]) -> Weighing:
    """Weigh the evidence that ``two`` is a later sheet of the programme of ``one``.

    Args:
        one: the earlier sheet.
        two: the later sheet.
        unique: whether the name stands once in its ministry in each of both years.
        named: whether the later sheet names the earlier one.
        common: in how many sheets of the two years each sentence stands.
    """
    earlier, later = one.record, two.record
    like = likeness(one.name.pairs, two.name.pairs)
    name = _same_name(one.name, two.name, unique)
    same_name = name > 0
    if not same_name:
        name = _like_name(one.name, two.name, like)
    amounts = agree(one, two)
    text = _same_text(one, two, common)
    if name < 0 and amounts.conflicts == 0:
        if amounts.whole and one.name.core == two.name.core:
            name = 2.0
        elif one.bureau == two.bureau and (amounts.worth >= 4 or (text >= 0.8 and amounts.worth >= 1)):
            name = 0.0
    points = (
        name + min(amounts.worth, 8.0) + _time_points(earlier, later) + _amount_points(amounts, same_name and unique)
    )
    points += 3.0 if text >= 0.8 else 2.0 if text >= 0.5 else 1.0 if text >= 0.2 else 0.0
    points += 2.0 if named else 0.0
    request = earlier.amounts.get((later.year, "Request"))
    if request and close(request, later.amounts.get((later.year, "Initial"), 0)):
        points += min(_worth(request), 1.5)
    if earlier.ministry != later.ministry:
        whole = same_name and text >= 0.8 and earlier.start == later.start and later.start is not None
        points -= 1.0 if whole else 3.0
    elif one.bureau and one.bureau == two.bureau:
        points += 1.0
    elif one.bureau and two.bureau and one.bureau[:3] == two.bureau[:3]:
        points += 0.7
    points -= later.year - earlier.year - 1
    return Weighing(points, same_name, like, amounts.worth, amounts.conflicts, text, amounts.whole)
