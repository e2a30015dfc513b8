"""Which sheets of a later year may follow which, and the one-to-one choice among them."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from stigraph.ingest.linking.evidence import NEEDED, Entry, Weighing, weigh
from stigraph.ingest.linking.model import Record

__all__ = ["Match", "assign", "earlier_numbers", "weighed_pairs"]

_CROWD = 12
_HELD = 6
_START_OF_NAME = 5
_END_OF_NAME = 6


class Match(NamedTuple):
    """Two sheets that may be of one programme, by their places in the two years, and the evidence."""

    one: int
    two: int
    weighing: Weighing


def earlier_numbers(record: Record) -> Iterator[tuple[str, str]]:
    """Yield ministry and number of the sheets of the year before that a record names.

    The first number that a sheet of 2018 gives is that of 2017, whatever year stands beside it (the year in which the
    programme was first reviewed). Numbers of the Ministry of Defense carry a ``-0``.
    """
    for place, (year, ministry, number) in enumerate(record.earlier):
        if number and (year == record.year - 1 or (place == 0 and record.year == 2018)):
            yield ministry or record.ministry, number.removesuffix("-0")


def _amount_keys(entry: Entry, year: int) -> Iterator[Hashable]:
    def million(fiscal_year: int, phase: str) -> int:
        return round(entry.amounts.get((fiscal_year, phase), 0) / 1_000_000)

    for fiscal_year in (year - 1, year - 2):
        initial, executed = million(fiscal_year, "Initial"), million(fiscal_year, "Executed")
        before = million(fiscal_year - 1, "Executed")
        if initial and executed and initial + executed > 20:
            yield "spent", fiscal_year, initial, executed
        if before and executed and before + executed > 20:
            yield "years", fiscal_year, before, executed
        if initial and executed and entry.record.start:
            yield "small", entry.record.ministry, entry.record.start, fiscal_year, initial, executed
    initial = million(year, "Initial")
    executed = million(year - 1, "Executed")
    if initial > 20 and executed > 20:
        yield "now", initial, executed
    for fiscal_year in (year, year - 1):
        supplementary = million(fiscal_year, "Supplementary")
        if supplementary > 20:
            yield "supplementary", entry.record.ministry, fiscal_year, supplementary
    if initial > 20:
        yield "initial", entry.record.ministry, initial


def _name_keys(entry: Entry) -> Iterator[Hashable]:
    name = entry.name
    yield "name", name.key
    yield "stem", entry.record.ministry, name.stem
    for former in name.former:
        yield "name", former
    yield "start", entry.record.ministry, name.key[:_START_OF_NAME]
    yield "end", entry.record.ministry, name.stem[-_END_OF_NAME:]


def _keys(entry: Entry, year: int) -> Iterator[Hashable]:
    yield from _name_keys(entry)
    yield from _amount_keys(entry, year)
    if entry.record.project:
        yield "project", entry.record.project
    yield from entry.record.sentences


def _limit(key: Hashable) -> int:
    kind = key[0] if isinstance(key, tuple) else None
    return {"name": 10**6, "stem": 40, "start": 40, "end": 40, "project": 10**6, None: _HELD}.get(kind, _CROWD)


def _named(before: Sequence[Entry], after: Sequence[Entry]) -> list[set[int]]:
    """Give for each later sheet the places of the earlier ones it names."""
    numbers = {(entry.record.ministry, entry.record.number): place for place, entry in enumerate(before)}
    return [{numbers[number] for number in earlier_numbers(entry.record) if number in numbers} for entry in after]


def _candidates(
    before: Sequence[Entry], after: Sequence[Entry], step: int, named: Sequence[set[int]]
) -> Iterator[tuple[int, int]]:
    """Yield places of sheets that share a key or of which the later one names the earlier one."""
    year = after[0].record.year - step
    held: dict[Hashable, list[int]] = defaultdict(list)
    for place, entry in enumerate(before):
        for key in _keys(entry, year):
            held[key].append(place)
    for place, entry in enumerate(after):
        found = set(named[place])
        for key in _keys(entry, year):
            others = held.get(key, ())
            if others and len(others) <= _limit(key):
                found.update(others)
        yield from ((other, place) for other in sorted(found))


def _granted(one: Entry, two: Entry) -> bool:
    """Say whether a sheet that only asks for money may be followed by one of another name that alone names it."""
    start = two.record.start
    return not one.amounts and start is not None and start == one.record.start


def _acceptable(one: Entry, two: Entry, weighing: Weighing, named: bool) -> bool:
    """Say whether the points come from evidence that can carry a link, not from likeness alone."""
    if weighing.points < NEEDED:
        return False
    same_start = one.record.start == two.record.start
    if one.record.ministry != two.record.ministry and weighing.amounts < 3.0:
        return weighing.same_name and same_start
    near = weighing.like >= 0.25 or weighing.sentences >= 0.2 or (bool(one.bureau) and one.bureau == two.bureau)
    whole = weighing.whole and (
        weighing.like >= 0.5 or (one.record.start is not None and same_start and (weighing.amounts >= 6.0 or near))
    )
    clear = weighing.conflicts == 0 and one.name.numbers == two.name.numbers
    settled = near and same_start and weighing.conflicts == 0
    spoken = weighing.like >= 0.3 or weighing.sentences >= 0.2 or weighing.whole
    return (
        weighing.same_name
        or whole
        or (weighing.amounts >= 3.0 and near)
        or (settled and weighing.amounts >= 2.0)
        or (settled and weighing.amounts >= 1.0 and (weighing.sentences >= 0.8 or weighing.like >= 0.75))
        or (clear and weighing.amounts >= 1.0 and weighing.like >= 0.85)
        or (clear and weighing.sentences >= 0.5 and weighing.like >= 0.5)
        or (named and weighing.conflicts == 0 and spoken)
        or (named and weighing.like >= 0.6 and weighing.sentences >= 0.5)
    )


def weighed_pairs(before: Sequence[Entry], after: Sequence[Entry], step: int) -> list[Match]:
    """Weigh all pairs of sheets of two years that share something, and keep those that may be of one programme."""
    if not before or not after:
        return []
    common = Counter(sentence for entry in (*before, *after) for sentence in entry.record.sentences)
    names_before = Counter((entry.record.ministry, entry.name.key) for entry in before)
    names_after = Counter((entry.record.ministry, entry.name.key) for entry in after)
    named = _named(before, after) if step == 1 else [set() for _ in after]
    namers = Counter(place for places in named for place in places)
    matches = []
    for one, two in _candidates(before, after, step, named):
        left, right = before[one], after[two]
        names = one in named[two]
        stable = bool(left.record.project) and left.record.project == right.record.project
        unique = (
            names_before[left.record.ministry, left.name.key] == 1
            and names_after[right.record.ministry, right.name.key] == 1
        )
        weighing = weigh(left, right, unique=unique, named=names, common=common)
        granted = names and namers[one] == len(named[two]) == 1 and _granted(left, right)
        if stable:
            weighing = weighing._replace(points=weighing.points + 100)
        elif granted:
            weighing = weighing._replace(points=weighing.points + 1.5)
        if stable or (granted and weighing.points >= NEEDED) or _acceptable(left, right, weighing, names):
            matches.append(Match(one, two, weighing))
    return matches


def assign(matches: Iterable[Match]) -> list[Match]:
    """Choose one to one: the best pair first, then the best of what is left."""
    taken_one: set[int] = set()
    taken_two: set[int] = set()
    chosen = []
    for match in sorted(matches, key=lambda match: (-match.weighing.points, match.one, match.two)):
        if match.one not in taken_one and match.two not in taken_two:
            taken_one.add(match.one)
            taken_two.add(match.two)
            chosen.append(match)
    return chosen
