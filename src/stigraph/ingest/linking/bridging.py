"""Programmes that bear another name for a year: a chain of sheets that ends and one that begins, plainly of one name.

The sheets that meet say too little of each other, but the one before or after them bears the name of the other side.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import product

from stigraph.ingest.linking.evidence import Entry, weigh

__all__ = ["bridge"]

Chain = list[Entry]
Names = Counter[tuple[int, str, str]]

_ACROSS = 6.0
_BETWEEN = 2.5


def bridge(chains: Sequence[Chain]) -> list[Chain]:
    """Join chains over a year under another name, where each of the two has one such neighbour only."""
    names: Names = Counter(_named(entry) for chain in chains for entry in chain)
    beginning: dict[tuple[int, str, str], set[int]] = defaultdict(set)
    for place, chain in enumerate(chains):
        for entry in chain[:2]:
            beginning[chain[0].record.year, entry.record.ministry, entry.name.key].add(place)
    found = [
        (one, two)
        for one, chain in enumerate(chains)
        for two in sorted(_neighbours(chain, beginning))
        if _one_programme(chain, chains[two], names)
    ]
    ended, begun = Counter(one for one, _ in found), Counter(two for _, two in found)
    after = {one: two for one, two in found if ended[one] == begun[two] == 1}
    return list(_joined(chains, after))


def _joined(chains: Sequence[Chain], after: dict[int, int]) -> Iterator[Chain]:
    taken = set(after.values())
    for place, chain in enumerate(chains):
        if place in taken:
            continue
        whole, end = list(chain), place
        while end in after:
            end = after[end]
            whole += chains[end]
        yield whole


def _named(entry: Entry) -> tuple[int, str, str]:
    return entry.record.year, entry.record.ministry, entry.name.key


def _neighbours(chain: Chain, beginning: dict[tuple[int, str, str], set[int]]) -> set[int]:
    year = chain[-1].record.year + 1
    keys = {(year, entry.record.ministry, entry.name.key) for entry in chain[-2:]}
    return set().union(*(beginning.get(key, set()) for key in keys))


def _one_programme(one: Chain, two: Chain, names: Names) -> bool:
    """Say whether a name leads across the place where the chains meet, and nothing there speaks against it."""
    meeting = _points(one[-1], two[0], unique=False)
    if meeting[0] < _BETWEEN or meeting[1] > 1:
        return False
    for left, right in product(one[-2:], two[:2]):
        across = left.name.key == right.name.key and (left is not one[-1] or right is not two[0])
        if across and names[_named(left)] == names[_named(right)] == 1:
            points, conflicts = _points(left, right, unique=True)
            if points >= _ACROSS and conflicts <= 1:
                return True
    return False


def _points(one: Entry, two: Entry, *, unique: bool) -> tuple[float, int]:
    weighing = weigh(one, two, unique=unique, named=False, common=Counter())
    return weighing.points, weighing.conflicts
