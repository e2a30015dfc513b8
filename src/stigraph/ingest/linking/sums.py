"""The search for sheets whose past amounts are together those of another."""

import math
from collections.abc import Mapping, Sequence
from operator import sub

from stigraph.ingest.linking.evidence import Entry
from stigraph.ingest.linking.names import likeness

__all__ = ["MILLION", "Cells", "Sum", "akin", "amounts_between", "head", "shared_text"]

MILLION = 1_000_000
_LEAST_PART = 5 * MILLION
_POOL = 24
_MOST_PARTS = 8
_LONGEST_SEARCH = 4000
_SCARCE = 0.8
_UNLIKELY = 3.0

Cells = Mapping[tuple[int, str], int]


def amounts_between(entry: Entry, later: int) -> Cells:
    """Give the amounts that a sheet of the year ``later`` and one of the year before it both print."""
    return {
        cell: yen
        for cell, yen in entry.amounts.items()
        if (cell[1] == "Initial" and later - 3 <= cell[0] < later)
        or (cell[1] == "Executed" and later - 3 <= cell[0] < later - 1)
    }


def shared_text(one: Entry, two: Entry) -> float:
    """Give the share of the sentences of the shorter text that both have, from 0 to 1."""
    shared = one.record.sentences & two.record.sentences
    return len(shared) / (min(len(one.record.sentences), len(two.record.sentences)) or 1)


def akin(one: Entry, two: Entry) -> bool:
    """Say whether two sheets are alike in text or name."""
    return shared_text(one, two) >= 0.3 or likeness(one.name.pairs, two.name.pairs) >= 0.4


def head(bureau: str) -> str:
    """Give the beginning of a bureau's name."""
    return bureau[:2]


class Sum:
    """The search for parts that together are a whole, amount by amount.

    One amount may be off by a twentieth. Two different ones at least must be right, three if one is off, four if there
    are more than three parts; fewer are enough where the parts are all like the whole in name or text.

    Amounts stand in tuples, in the order of those of the whole.
    """

    def __init__(self, whole: Entry, principal: Entry | None, pool: Sequence[tuple[Entry, Cells]], later: int) -> None:
        self.whole = whole
        target = dict(amounts_between(whole, later))
        self.principal = principal is not None
        for cell, yen in amounts_between(principal, later).items() if principal is not None else ():
            target[cell] = target.get(cell, 0) - yen
        self.target = tuple(target.values())
        self.slack = tuple(whole.amounts.get(cell, 0) / 20 for cell in target)
        fitting = [
            (part, tuple(cells.get(cell, 0) for cell in target))
            for part, cells in pool
            if cells and self._may_be(part, cells, target)
        ]
        self.parts = sorted(
            fitting, key=lambda part: (-shared_text(whole, part[0]), -likeness(whole.name.pairs, part[0].name.pairs))
        )
        self.left = 0

    def _may_be(self, part: Entry, cells: Cells, target: Cells) -> bool:
        fits = all(yen <= target.get(cell, 0) + MILLION for cell, yen in cells.items())
        if not fits or max(cells.values()) < _LEAST_PART:
            return False
        return head(part.bureau) == head(self.whole.bureau) or akin(self.whole, part)

    def find(self) -> tuple[Entry, ...]:
        """Give the parts beside the principal one, or nothing."""
        if not self.target or min(self.target) < -MILLION:
            return ()
        every = self.parts[:_POOL]
        for parts in ([part for part in every if akin(self.whole, part[0])], every):
            self.parts = parts
            for count in range(1 if self.principal else 2, min(_MOST_PARTS, len(parts)) + 1):
                self.left = _LONGEST_SEARCH
                if found := self._search(0, (), self.target, count):
                    return found
        return ()

    def _search(
        self, place: int, chosen: tuple[Entry, ...], rest: tuple[int, ...], count: int
    ) -> tuple[Entry, ...] | None:
        if len(chosen) == count:
            return chosen if self._whole(chosen, rest) else None
        room = MILLION * (count + 1)
        for here in range(place, len(self.parts) - (count - len(chosen)) + 1):
            self.left -= 1
            if self.left < 0:
                return None
            part, cells = self.parts[here]
            less = tuple(map(sub, rest, cells))
            fits = min(less) >= -room or all(
                yen >= -max(room, slack) for yen, cell, slack in zip(less, cells, self.slack, strict=True) if cell
            )
            if fits and (found := self._search(here + 1, (*chosen, part), less, count)):
                return found
        return None

    def _whole(self, chosen: tuple[Entry, ...], rest: tuple[int, ...]) -> bool:
        room = MILLION * (len(chosen) + self.principal)
        exact: set[int] = set()
        right = off = 0
        for target, yen, slack in zip(self.target, rest, self.slack, strict=True):
            if abs(yen) <= room:
                right += 1
                exact.add(round((target - yen) / MILLION))
            elif abs(yen) <= slack:
                off += 1
            else:
                return False
        if off > 1 or max(self.target) < 3 * room:
            return False
        enough = len(exact) >= 2 + off and right >= (4 if len(chosen) > 3 else 2)
        strangers = sum(not akin(self.whole, part) for part in chosen)
        if strangers == 0:
            return enough or (bool(exact) and len(chosen) <= 3)
        return enough and self._beyond_chance(chosen, exact, room, strangers)

    def _beyond_chance(self, chosen: tuple[Entry, ...], exact: set[int], room: int, strangers: int) -> bool:
        """Weigh the digits of the amounts that are right against the number of ways to choose as many parts."""
        digits = sum(math.log10(max(amount * MILLION / (2 * room), 1)) for amount in exact)
        surplus = digits - math.log10(math.comb(len(self.parts), len(chosen)))
        if self.principal:
            return surplus >= _SCARCE + 2 * (strangers - 1)
        starts = [entry.record.start for entry in (self.whole, *chosen)]
        known = [start for start in starts[1:] if start is not None]
        oldest = len(known) == len(chosen) and min(known) == starts[0]
        return surplus >= (strangers / 2 if oldest else _UNLIKELY)
