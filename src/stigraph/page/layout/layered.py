"""Columns from left to right, in the order of the layers, with few crossings and room for every label.

The steps of Sugiyama, Tagawa and Toda (1981): links that pass over columns get a place in each of these; columns are
sorted by the middle of their neighbours, forwards and backwards, and the order with the fewest crossings is kept; then
every node moves as near to the height of its neighbours as the order and the labels allow, which is an isotonic
regression for each column.
"""

from bisect import bisect_right, insort
from collections.abc import Iterator, Sequence
from itertools import pairwise

from stigraph.page.content import Content
from stigraph.page.layout import Placement
from stigraph.page.layout.sizes import PIXELS_A_COLUMN, display_columns, label_box

__all__ = ["crossings", "layered"]

_ROW_GAP, _LABEL_GAP = 14, 6
_BETWEEN, _WITHIN = 110, 36
_WIDER = 1.5
_WORK, _MOST_SWEEPS, _MOST_PASSING = 400_000, 24, 4_000
_ALIGNINGS = 8

Column = list[int]


def layered(content: Content, sizes: Sequence[int]) -> Placement:
    """Place the nodes of a layered graph; a column that is too high is broken into several beside each other."""
    boxes = [label_box(node) for node in content.nodes]
    heights = [max(box[1], 2 * size) + _ROW_GAP for box, size in zip(boxes, sizes, strict=True)]
    columns = _Columns(content)
    columns.sort()
    real = [[node for node in column if node < len(sizes)] for column in columns.members]
    widths = [max((2 * sizes[n] + _LABEL_GAP + boxes[n][0] for n in column), default=0.0) for column in real]
    headings = [display_columns(layer) * PIXELS_A_COLUMN for layer in content.layers]
    rows = _broken(real, widths, headings, heights)
    x, starts = [0.0] * len(sizes), []
    left = 0.0
    for column, width, heading, count in zip(real, widths, headings, rows, strict=True):
        starts.append(round(left))
        for turn, node in enumerate(column):
            x[node] = left + (turn % count) * (width + _WITHIN)
        left += max(count * (width + _WITHIN) - _WITHIN, heading) + _BETWEEN
    y = _aligned(real, rows, heights, columns.near)
    return Placement([round(value) for value in x], [round(value) for value in y], sizes, starts)


def _broken(
    columns: Sequence[Column], widths: Sequence[float], headings: Sequence[float], heights: Sequence[float]
) -> list[int]:
    """Say into how many each column is broken, so that the picture is not higher than it is wide by far."""
    tall = [sum(heights[node] for node in column) for column in columns]

    def counts(limit: float) -> list[int]:
        return [
            max(1, min(len(column), -(-int(height) // int(limit))))
            for column, height in zip(columns, tall, strict=True)
        ]

    limit = max([*tall, 1.0])
    while limit > 200:
        told = counts(limit)
        spans = zip(told, widths, headings, strict=True)
        width = sum(max(count * (w + _WITHIN), heading) + _BETWEEN for count, w, heading in spans)
        if width * 1.05 >= limit * _WIDER:
            break
        limit *= 0.92
    return counts(limit)


class _Columns:
    """The order of each column; numbers from the count of nodes on are links that pass."""

    def __init__(self, content: Content) -> None:
        n = len(content.nodes)
        self.members: list[Column] = [[] for _ in content.layers]
        for place, node in enumerate(content.nodes):
            self.members[node.layer].append(place)
        ends = {(e.source, e.target) for e in content.edges if e.source != e.target}
        pairs = sorted({(min(pair), max(pair)) for pair in ends})
        self.near: list[list[int]] = [[] for _ in range(n)]
        self.layer = [node.layer for node in content.nodes]
        passing = sum(max(abs(self.layer[a] - self.layer[b]) - 1, 0) for a, b in pairs)
        for a, b in pairs:
            self.near[a].append(b)
            self.near[b].append(a)
        self.steps: list[list[int]] = [[] for _ in range(n)]
        for a, b in pairs:
            self._lead(*sorted((a, b), key=self.layer.__getitem__), through=passing <= _MOST_PASSING)
        self.links = sum(map(len, self.steps)) // 2

    def _lead(self, start: int, end: int, *, through: bool) -> None:
        """Lead a link from column to column."""
        before = start
        for layer in range(self.layer[start] + 1, self.layer[end]) if through else ():
            passing = len(self.layer)
            self.layer.append(layer)
            self.steps.append([])
            self.members[layer].append(passing)
            self._step(before, passing)
            before = passing
        self._step(before, end)

    def _step(self, a: int, b: int) -> None:
        self.steps[a].append(b)
        self.steps[b].append(a)

    def sort(self) -> None:
        """Sweep forwards and backwards, and keep the best order."""
        best, fewest = [list(column) for column in self.members], self._crossings()
        sweeps = max(4, min(_MOST_SWEEPS, _WORK // (self.links + 1)))
        for sweep in range(sweeps):
            if fewest == 0:
                break
            forwards = sweep % 2 == 0
            self._sweep(forwards=forwards, all_sides=sweep % 4 >= 2)
            found = self._crossings()
            if found < fewest:
                best, fewest = [list(column) for column in self.members], found
        self.members = best

    def _sweep(self, *, forwards: bool, all_sides: bool) -> None:
        places = [0.0] * len(self.layer)
        for column in self.members:
            for turn, node in enumerate(column):
                places[node] = (turn + 0.5) / len(column)
        layers = range(len(self.members)) if forwards else range(len(self.members) - 1, -1, -1)
        for layer in layers:
            column = self.members[layer]
            wanted = {node: self._middle(node, places, forwards, all_sides) for node in column}
            column.sort(key=lambda node: (wanted[node], places[node]))
            for turn, node in enumerate(column):
                places[node] = (turn + 0.5) / len(column)

    def _middle(self, node: int, places: Sequence[float], forwards: bool, all_sides: bool) -> float:
        here = self.layer[node]
        sides = [
            places[other]
            for other in self.steps[node]
            if all_sides or self.layer[other] == here or (self.layer[other] < here) == forwards
        ]
        return sum(sides) / len(sides) if sides else places[node]

    def _crossings(self) -> int:
        turns = {node: turn for column in self.members for turn, node in enumerate(column)}
        total = 0
        for layer, column in enumerate(self.members):
            pairs = [
                (turns[node], turns[other])
                for node in column
                for other in self.steps[node]
                if self.layer[other] == layer + 1
            ]
            total += crossings(pairs)
        return total


def crossings(links: Sequence[tuple[int, int]]) -> int:
    """Count how often links between two columns cross.

    >>> crossings([(0, 1), (1, 0)]), crossings([(0, 0), (1, 1), (0, 1)])
    (1, 0)
    """
    seen: list[int] = []
    total = 0
    for _, end in sorted(links):
        total += len(seen) - bisect_right(seen, end)
        insort(seen, end)
    return total


def _aligned(
    columns: Sequence[Column], rows: Sequence[int], heights: Sequence[float], near: Sequence[Sequence[int]]
) -> list[float]:
    """Find heights near those of the neighbours, in the order of each column and with room for the labels."""
    y = [0.0] * len(heights)
    stacks = [column[turn::count] for column, count in zip(columns, rows, strict=True) for turn in range(count)]
    for stack in stacks:
        for node, told in zip(stack, _piled(stack, [0.0] * len(stack), heights), strict=True):
            y[node] = told
    for turn in range(_ALIGNINGS):
        for stack in stacks if turn % 2 == 0 else reversed(stacks):
            wanted = [sum(y[o] for o in near[node]) / len(near[node]) if near[node] else y[node] for node in stack]
            for node, told in zip(stack, _piled(stack, wanted, heights), strict=True):
                y[node] = told
    return y


def _piled(stack: Column, wanted: Sequence[float], heights: Sequence[float]) -> Iterator[float]:
    """Place a pile as near to the heights wanted as may be: pool those that would overlap (isotonic regression)."""
    offsets = [0.0]
    for above, beneath in pairwise(stack):
        offsets.append(offsets[-1] + (heights[above] + heights[beneath]) / 2)
    pools: list[tuple[float, int]] = []
    for place, offset in enumerate(offsets[: len(stack)]):
        total, count = wanted[place] - offset, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / count:
            more, members = pools.pop()
            total, count = total + more, count + members
        pools.append((total, count))
    level = (total / count for total, count in pools for _ in range(count))
    return (base + offset for base, offset in zip(level, offsets, strict=False))
