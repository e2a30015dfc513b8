"""Programmes that went into one another: taken up, parted, or gone on under another ministry."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from stigraph.ingest.linking.assigning import earlier_numbers
from stigraph.ingest.linking.evidence import Entry
from stigraph.ingest.linking.model import Key, Record, Relation
from stigraph.ingest.linking.names import likeness
from stigraph.ingest.linking.sums import MILLION, Cells, Sum, akin, amounts_between, head, shared_text

__all__ = ["relate"]

_FEW = 6

Chain = Sequence[Entry]


class _Years:
    """The chains by the years in which they end and begin, and by their sheets.

    Beside a sheet that ends or begins a chain stand the amounts that it has in common with the year beyond.
    """

    def __init__(self, chains: Sequence[Chain]) -> None:
        self.before: dict[Key, Entry] = {}
        self.after: dict[Key, Entry] = {}
        self.ending: dict[tuple[int, str], list[tuple[Entry, Cells]]] = defaultdict(list)
        self.beginning: dict[tuple[int, str], list[tuple[Entry, Cells]]] = defaultdict(list)
        self.sheets: dict[Key, tuple[int, Entry]] = {}
        for place, chain in enumerate(chains):
            first, last = chain[0], chain[-1]
            ended, begun = last.record.year, first.record.year
            self.ending[ended, last.record.ministry].append((last, amounts_between(last, ended + 1)))
            self.beginning[begun, first.record.ministry].append((first, amounts_between(first, begun)))
            for entry in chain:
                self.sheets[entry.record.key] = (place, entry)
            for one, two in pairwise(chain):
                self.before[two.record.key] = one
                self.after[one.record.key] = two


def _same_amounts(one: Cells, two: Cells) -> bool:
    return all(abs(one.get(cell, 0) - two.get(cell, 0)) <= MILLION for cell in one.keys() | two.keys())


def _telling(cells: Cells) -> bool:
    """Say whether amounts are so many and large that no other programme prints them."""
    many = len({round(yen / MILLION) for yen in cells.values()}) >= 4
    return many and max(cells.values()) >= 100 * MILLION


def _printed_twice(entry: Entry, cells: Cells, pool: Sequence[tuple[Entry, Cells]]) -> list[Entry]:
    """Give the sheets of a pool that print the same amounts as one of their year, under its name or many amounts.

    Of sheets that only ask for money, those that ask for as much under the same name.
    """
    if not cells:
        return [part for part, own in pool if not own and _same_request(part.record, entry.record)]
    largest = max(cells, key=lambda cell: cells[cell])
    alike = [(part, own) for part, own in pool if abs(own.get(largest, 0) - cells[largest]) <= MILLION]
    return [
        part
        for part, own in alike
        if own and _same_amounts(own, cells) and (part.name.stem == entry.name.stem or _telling(own))
    ]


def _same_request(one: Record, two: Record) -> bool:
    return bool(one.amounts) and (one.amounts, one.name, one.start) == (two.amounts, two.name, two.start)


def _merged_by_amounts(entry: Entry, years: _Years) -> Iterator[Relation]:
    """The past amounts a sheet prints are the sum of what two or more sheets printed the year before.

    Where a programme was printed twice in a year, the sheet that stops is taken up by the one that goes on.
    """
    year = entry.record.year
    pool = years.ending.get((year - 1, entry.record.ministry), [])
    before = years.before.get(entry.record.key)
    if not pool or (before is not None and before.record.year != year - 1):
        return
    if before is not None and _same_amounts(printed := amounts_between(before, year), amounts_between(entry, year)):
        parts = _printed_twice(before, printed, pool)
    else:
        parts = list(Sum(entry, before, pool, year).find())
    for part in parts:
        yield Relation("merged", part.record.key, entry.record.key, "amounts")


def _split_by_amounts(entry: Entry, years: _Years) -> Iterator[Relation]:
    """What one sheet printed is the sum of what two or more print the year after."""
    year = entry.record.year + 1
    pool = years.beginning.get((year, entry.record.ministry), [])
    after = years.after.get(entry.record.key)
    if not pool or (after is not None and after.record.year != year):
        return
    if after is not None and _same_amounts(amounts_between(entry, year), amounts_between(after, year)):
        return
    for part in Sum(entry, after, pool, year).find():
        yield Relation("split", entry.record.key, part.record.key, "amounts")


def _by_number(chains: Sequence[Chain], years: _Years) -> Iterator[Relation]:
    """Steps that earlier-sheet numbers tell.

    A sheet that names several earlier ones took up those of them that end. A sheet that several later ones name gave
    part of its work to those of them that begin a programme and print past amounts that it has lost.
    """
    naming: dict[Key, list[tuple[int, Entry]]] = defaultdict(list)
    for place, chain in enumerate(chains):
        for entry in chain:
            for number in earlier_numbers(entry.record):
                naming[entry.record.year - 1, *number].append((place, entry))
    for key, namers in naming.items():
        own, other = years.sheets.get(key, (None, None))
        if own is None or other is None:
            continue
        for place, entry in namers:
            if place == own or key[1] != entry.record.ministry or not _near(other, entry):
                continue
            several = len({*earlier_numbers(entry.record)}) > 1
            if several and _ends_before(chains[own][-1], entry, chains[place]):
                yield Relation("merged", key, entry.record.key, "named")
            elif len(namers) > 1 and entry is chains[place][0] and _lost(other, years.after.get(key), entry):
                yield Relation("split", key, entry.record.key, "named")


def _lost(whole: Entry, after: Entry | None, part: Entry) -> bool:
    """Say whether the past amounts of a part were in those of the whole and are no longer in what comes after it."""
    year = part.record.year
    before, left = amounts_between(whole, year), amounts_between(after, year) if after is not None else {}
    own = amounts_between(part, year)
    return bool(own) and all(yen <= before.get(cell, 0) - left.get(cell, 0) + 2 * MILLION for cell, yen in own.items())


def _near(one: Entry, two: Entry) -> bool:
    """Say whether two sheets are of one bureau, as far as they name any, or alike."""
    heads = {head(entry.bureau) for entry in (one, two) if entry.bureau and entry.bureau != entry.record.ministry}
    return len(heads) < 2 or akin(one, two)


def _ends_before(last: Entry, entry: Entry, chain: Chain) -> bool:
    """Say whether a programme whose last sheet is ``last`` stops as ``entry`` takes it up.

    It may still print a sheet or two of what was spent; one that begins may name programmes that end with its first
    year.
    """
    year = entry.record.year
    end = last.record.end or last.record.year
    return last.record.year < year or (
        last.record.year <= year + 1 and (end < year or (entry is chain[0] and end <= year))
    )


def _moved(chains: Sequence[Chain]) -> Iterator[Relation]:
    """A programme that ends and one of another ministry that begins, of one name or one purpose."""
    newest = max((chain[-1].record.year for chain in chains), default=0)
    by_name: dict[str, list[int]] = defaultdict(list)
    by_sentence: dict[int, list[int]] = defaultdict(list)
    for place, chain in enumerate(chains):
        by_name[chain[0].name.key].append(place)
        for sentence in chain[0].record.sentences:
            by_sentence[sentence].append(place)
    for place, chain in enumerate(chains):
        last = chain[-1]
        if last.record.year == newest and (last.record.end is None or last.record.end >= newest):
            continue
        found = set(by_name.get(last.name.key, ()))
        for sentence in last.record.sentences:
            others = by_sentence.get(sentence, ())
            if len(others) <= _FEW:
                found.update(others)
        for other in sorted(found - {place}):
            if _goes_on(last, chains[other][0]):
                yield Relation("moved", last.record.key, chains[other][0].record.key, "text")


def _goes_on(last: Entry, first: Entry) -> bool:
    one, two = last.record, first.record
    if one.ministry == two.ministry or not one.year - 1 <= two.year <= one.year + 1:
        return False
    if one.start is not None and two.start is not None and one.start >= two.start and one.year >= two.year:
        return False
    if any(fiscal_year < one.year - 1 for fiscal_year, _ in first.amounts):
        return False
    text = shared_text(last, first)
    if last.name.key == first.name.key:
        return text >= 0.3
    return text >= 0.8 and likeness(last.name.pairs, first.name.pairs) >= 0.3


def relate(chains: Sequence[Chain]) -> list[Relation]:
    """Find the steps between programmes; each needs evidence of its own."""
    years = _Years(chains)
    found: dict[tuple[Key, Key], Relation] = {}
    for chain in chains:
        for entry in chain:
            for relation in (*_merged_by_amounts(entry, years), *_split_by_amounts(entry, years)):
                found.setdefault((relation.earlier, relation.later), relation)
    for relation in (*_by_number(chains, years), *_moved(chains)):
        found.setdefault((relation.earlier, relation.later), relation)
    return sorted(found.values(), key=lambda relation: (relation.earlier, relation.later))
