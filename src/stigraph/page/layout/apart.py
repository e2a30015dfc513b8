"""Moving apart what would lie on each other, as little as is needed."""

import numpy as np
import numpy.typing as npt

__all__ = ["circles_apart", "rectangles_apart"]

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

_ROUNDS, _GROW_EVERY, _GROWTH = 400, 8, 1.03
_LARGE, _MOST_LARGE = 2.5, 64
_LOOK_EVERY, _SLOWLY, _WIDE = 6, 36, 1.2


def rectangles_apart(points: Numbers, boxes: Numbers) -> Numbers:
    """Move points until their boxes (left, top, right, bottom, from the point) are apart.

    >>> import numpy as np
    >>> box = np.tile([-10.0, -5.0, 10.0, 5.0], (2, 1))
    >>> moved = rectangles_apart(np.array([[0.0, 0.0], [4.0, 1.0]]), box)
    >>> bool(abs(moved[1] - moved[0]).max() >= 10)
    True
    """
    half = (boxes[:, 2:] - boxes[:, :2]) / 2
    middle = (boxes[:, 2:] + boxes[:, :2]) / 2
    area = (4 * half.prod(axis=1)).sum()
    span = np.ptp(points, axis=0)
    scale = np.sqrt(1.3 * area / max(float(span.prod()), 1e-9)) if span.min() > 1e-6 else 2 * half.max()
    centres = points * min(scale, 40 * half.max() / max(float(span.max()), 1e-9)) + middle
    reach = half[:, None] + half[None]
    for turn in range(1, _ROUNDS):
        apart = centres[:, None] - centres[None]
        over = reach - np.abs(apart)
        np.einsum("iij->ij", over)[:] = -1
        both = (over > 0.01).all(axis=2)
        if not both.any():
            break
        centres = centres + _pushed(apart, over, both, reach)
        if turn % _GROW_EVERY == 0:
            centres *= _GROWTH
    placed: Numbers = centres - middle
    return placed


def _pushed(apart: Numbers, over: Numbers, both: npt.NDArray[np.bool_], reach: Numbers) -> Numbers:
    """Push each pair that overlaps along the side of which the lesser part is in the way; half of it by each."""
    n = len(apart)
    along_x = over[..., 0] * reach[..., 1] <= over[..., 1] * reach[..., 0]
    later = np.sign(np.arange(n)[:, None] - np.arange(n)[None])
    sides = np.where(apart == 0, later[..., None], np.sign(apart))
    wanted = np.where(both[..., None], over * sides, 0.0) * 0.5
    wanted[..., 0] *= along_x
    wanted[..., 1] *= ~along_x
    crowd = np.maximum(both.sum(axis=1), 1)[:, None]
    pushed: Numbers = wanted.sum(axis=1) / np.sqrt(crowd)
    return pushed


def circles_apart(points: Numbers, radii: Numbers, rounds: int = 150) -> Numbers:
    """Scale points to the room their circles need, then move apart the circles that still overlap.

    >>> import numpy as np
    >>> moved = circles_apart(np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 3.0]]), np.full(3, 5.0))
    >>> bool(np.hypot(*(moved[1] - moved[0])) > 9.4)
    True
    """
    middle = np.median(points, axis=0)
    spread = np.sqrt(((points - middle) ** 2).sum(axis=1).mean()) or 1.0
    points = (points - middle) / spread * np.sqrt((radii**2).sum()) * 1.05
    for turn in range(rounds):
        if turn % _LOOK_EVERY == 0:
            points *= _GROWTH ** (1 + turn // _SLOWLY) if turn else 1.0
            first, second = _near(points, radii)
        apart = points[first] - points[second]
        length = np.sqrt((apart**2).sum(axis=1))
        over = radii[first] + radii[second] - length
        hit = over > 0.5
        if not hit.any():
            if turn % _LOOK_EVERY == 0:
                break
            continue
        one, other = first[hit], second[hit]
        push = apart[hit] * (over[hit] / np.maximum(length[hit], 1e-3) * 0.55)[:, None]
        share = (radii[other] ** 2 / (radii[one] ** 2 + radii[other] ** 2))[:, None]
        for axis in (0, 1):
            points[:, axis] += np.bincount(one, (push * share)[:, axis], len(points))
            points[:, axis] -= np.bincount(other, (push * (1 - share))[:, axis], len(points))
    return points


def _near(points: Numbers, radii: Numbers) -> tuple[Places, Places]:
    """Pair what may overlap: large circles with everything, small ones with those in their cell and the next."""
    ordered = np.argsort(-radii, kind="stable")
    many = min(_MOST_LARGE, int((radii > _LARGE * np.median(radii)).sum()))
    large, small = ordered[:many], ordered[many:]
    rank = np.empty(len(points), dtype=np.int64)
    rank[ordered] = np.arange(len(points))
    near = [_around(points, radii, circle, rank) for circle in large]
    if len(small) > 1:
        near += _neighbours(points, small, 2 * float(radii[small].max()))
    first = np.concatenate([a for a, _ in near]) if near else small[:0]
    second = np.concatenate([b for _, b in near]) if near else small[:0]
    reach = _WIDE * (radii[first] + radii[second])
    close = (np.abs(points[first] - points[second]) < reach[:, None]).all(axis=1)
    return first[close], second[close]


def _around(points: Numbers, radii: Numbers, circle: int, rank: Places) -> tuple[Places, Places]:
    """Pair a large circle with those after it that are close to it in one direction."""
    beside = np.abs(points[:, 0] - points[circle, 0]) < _WIDE * (radii + radii[circle])
    found = np.flatnonzero(beside & (rank > rank[circle]))
    return np.full(len(found), circle), found


def _neighbours(points: Numbers, members: Places, cell: float) -> list[tuple[Places, Places]]:
    """Pair members of the same square cell, and of each with the four that follow it: one beside, three beneath."""
    where = ((points[members] - points[members].min(axis=0)) / cell).astype(np.int64) + 1
    width = int(where[:, 1].max()) + 2
    key = where[:, 0] * width + where[:, 1]
    order = np.argsort(key, kind="stable")
    members, key = members[order], key[order]
    pairs = []
    turns = np.arange(len(key))
    beneath = np.searchsorted(key, key + width - 1, "left")
    for start, last in ((turns + 1, 1), (beneath, width + 1)):
        end = np.searchsorted(key, key + last, "right")
        count = np.maximum(end - start, 0)
        first = np.repeat(turns, count)
        offset = np.arange(len(first)) - np.repeat(np.cumsum(count) - count, count)
        pairs.append((members[first], members[start[first] + offset]))
    return pairs
