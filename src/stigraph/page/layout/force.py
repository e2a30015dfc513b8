"""Networks by forces: what is linked stands together, what is not keeps away.

Parts that nothing links are laid out each for itself and put side by side. In a large part the ends of branches are
taken off first and put around what they hang on afterwards; what remains is started from distances in the graph, then
settled by forces. Nothing is drawn by lot, so a graph has the same picture at every build.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from stigraph.page.content import Content
from stigraph.page.layout import Placement
from stigraph.page.layout.apart import circles_apart, rectangles_apart
from stigraph.page.layout.packing import packed
from stigraph.page.layout.settling import settled, settled_exactly, started
from stigraph.page.layout.sizes import label_box

__all__ = ["force"]

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

LABELLED = 300
_GOLDEN = np.pi * (3 - np.sqrt(5))
_LABEL_GAP, _LEAF_ROOM, _GAP = 8.0, 15.0, 5.0
_WIDER, _INNER = 1.4, 0.85


def force(content: Content, sizes: Sequence[int]) -> Placement:
    """Place the nodes of a network; up to 300 of them so that no label lies on another."""
    n = len(content.nodes)
    radii = np.array(sizes, dtype=np.float64)
    edges = _simple([(edge.source, edge.target) for edge in content.edges])
    labelled = n <= LABELLED
    boxes = (
        _boxes(content, radii)
        if labelled
        else np.column_stack([-radii, -radii, radii, radii]) - [_GAP, _GAP, -_GAP, -_GAP]
    )
    points = np.zeros((n, 2))
    parts = _parts(n, edges)
    for members, inner in parts:
        if len(members) > 1:
            points[members] = _labelled(inner, boxes[members]) if labelled else _dense(inner, radii[members])
    points = packed(points, boxes, [members for members, _ in parts])
    whole = np.rint(points).astype(int)
    return Placement(whole[:, 0].tolist(), whole[:, 1].tolist(), sizes)


def _simple(ends: Sequence[tuple[int, int]]) -> Places:
    """Give each pair of different ends once, whatever the direction."""
    pairs = np.array(ends, dtype=np.int64).reshape(-1, 2)
    pairs = np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1)
    base = int(pairs.max(initial=0)) + 1
    return np.column_stack(np.divmod(np.unique(pairs[:, 0] * base + pairs[:, 1]), base))


def _boxes(content: Content, radii: Numbers) -> Numbers:
    """Give what each symbol and the label beneath it cover, from its own place: left, top, right, bottom."""
    labels = np.array([label_box(node) for node in content.nodes]).reshape(-1, 2)
    half = np.maximum(radii, labels[:, 0] / 2) + _LABEL_GAP
    return np.column_stack([-half, -radii - _LABEL_GAP, half, radii + 4 + labels[:, 1] + _LABEL_GAP])


def _parts(n: int, edges: Places) -> list[tuple[Places, Places]]:
    """Split a graph into what hangs together, the largest first: the members of each, and its edges numbered within."""
    root = np.arange(n)
    while len(edges):
        lowest = np.minimum(root[edges[:, 0]], root[edges[:, 1]])
        before = root.copy()
        np.minimum.at(root, root[edges[:, 0]], lowest)
        np.minimum.at(root, root[edges[:, 1]], lowest)
        root = root[root]
        if np.array_equal(root, before):
            break
    order = np.argsort(root, kind="stable")
    starts = np.flatnonzero(np.diff(root[order], prepend=-1))
    members = np.split(order, starts[1:]) if n else []
    within = np.empty(n, dtype=np.int64)
    for part in members:
        within[part] = np.arange(len(part))
    by_part = np.argsort(root[edges[:, 0]], kind="stable")
    bounds = np.searchsorted(root[edges[by_part, 0]], root[order][starts])
    inner = np.split(within[edges[by_part]], bounds[1:]) if n else []
    parts = list(zip(members, inner, strict=True))
    return sorted(parts, key=lambda part: (-len(part[0]), part[0][0]))


def _labelled(edges: Places, boxes: Numbers) -> Numbers:
    """Lay out a small part exactly, with room for every label."""
    points = settled_exactly(started(len(boxes), edges), edges)
    points = _lying(points) * [_WIDER, 1.0]
    return rectangles_apart(points, boxes)


def _dense(edges: Places, radii: Numbers) -> Numbers:
    """Lay out a large part: its core by forces, the ends of branches around what they hang on."""
    n = len(radii)
    degrees = np.bincount(edges.ravel(), minlength=n)
    leaf = degrees == 1
    if leaf.all():
        leaf = np.arange(n) > 0
    hub = np.full(n, -1)
    hub[edges[:, 0]] = np.where(leaf[edges[:, 0]], edges[:, 1], -1)
    backwards = leaf[edges[:, 1]]
    hub[edges[backwards, 1]] = edges[backwards, 0]
    fans = _Fans(hub, leaf, radii)
    core = np.flatnonzero(~leaf)
    place = np.full(n, -1)
    place[core] = np.arange(len(core))
    inner = place[edges]
    inner = inner[(inner >= 0).all(axis=1)]
    points = np.zeros((n, 2))
    if len(core) > 1:
        room = fans.reach[core] + _GAP
        placed = _drawn_in(_lying(settled(started(len(core), inner), inner, room)))
        points[core] = circles_apart(placed * [_WIDER, 1.0], room)
    return fans.put(points)


def _lying(points: Numbers) -> Numbers:
    """Turn points so that they are wider than high."""
    centred = points - points.mean(axis=0)
    xx, yy = (centred**2).sum(axis=0)
    xy = (centred[:, 0] * centred[:, 1]).sum()
    turn = 0.5 * np.arctan2(2 * xy, xx - yy)
    cos, sin = np.cos(turn), np.sin(turn)
    return np.column_stack([centred[:, 0] * cos + centred[:, 1] * sin, centred[:, 1] * cos - centred[:, 0] * sin])


def _drawn_in(points: Numbers) -> Numbers:
    """Draw in what lies far outside, so that a few nodes do not make all others small."""
    length = np.maximum(np.sqrt((points**2).sum(axis=1)), 1e-9)
    usual = float(np.quantile(length, _INNER)) or 1.0
    nearer = np.where(length > usual, usual * (1 + 0.5 * np.log(np.maximum(length, usual) / usual)), length)
    drawn: Numbers = points * (nearer / length)[:, None]
    return drawn


class _Fans:
    """The ends of branches, each in its turn around what it hangs on, as the seeds of a sunflower stand."""

    def __init__(self, hub: Places, leaf: npt.NDArray[np.bool_], radii: Numbers) -> None:
        leaves = np.flatnonzero(leaf)
        self.leaves = leaves[np.argsort(hub[leaves], kind="stable")]
        self.hubs = hub[self.leaves]
        firsts = np.flatnonzero(np.diff(self.hubs, prepend=-1))
        counts = np.diff(firsts, append=len(self.hubs))
        turn = np.arange(len(self.hubs)) - np.repeat(firsts, counts)
        widest = np.zeros(len(radii))
        np.maximum.at(widest, self.hubs, radii[self.leaves])
        inner = radii[self.hubs] + widest[self.hubs] + _GAP
        room = widest[self.hubs] + _GAP
        few = np.repeat(counts, counts) <= np.pi * inner / room
        even = 2 * np.pi * turn / np.repeat(counts, counts)
        self.distance = np.where(few, inner, np.sqrt(inner**2 + turn * (2 * room) ** 2 * 0.36))
        self.angle = np.where(few, even, turn * _GOLDEN)
        self.reach = radii.copy()
        np.maximum.at(self.reach, self.hubs, self.distance + widest[self.hubs])

    def put(self, points: Numbers) -> Numbers:
        """Put the ends around the places of what they hang on."""
        around = np.column_stack([np.cos(self.angle), np.sin(self.angle)]) * self.distance[:, None]
        points[self.leaves] = points[self.hubs] + around
        return points
