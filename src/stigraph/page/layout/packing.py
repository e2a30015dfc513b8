"""Putting the parts of a picture side by side."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["packed"]

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

_WIDER, _GAP = 1.5, 24.0


def packed(points: Numbers, boxes: Numbers, parts: Sequence[Places]) -> Numbers:
    """Put parts in rows, the highest first, so that the whole is about one and a half times as wide as high.

    >>> import numpy as np
    >>> box = np.tile([-10.0, -10.0, 10.0, 10.0], (2, 1))
    >>> packed(np.zeros((2, 2)), box, [np.array([0]), np.array([1])]).tolist()
    [[0.0, -22.0], [0.0, 22.0]]
    """
    if not parts:
        return points
    low = np.array([(points[part] + boxes[part, :2]).min(axis=0) for part in parts])
    high = np.array([(points[part] + boxes[part, 2:]).max(axis=0) for part in parts])
    extent = high - low + _GAP
    order = sorted(range(len(parts)), key=lambda place: (-extent[place, 1], place))
    width = max(float(np.sqrt(_WIDER * extent.prod(axis=1).sum())), float(extent[:, 0].max()))
    moved = points.copy()
    corner, row = np.zeros(2), 0.0
    for place in order:
        if corner[0] > 0 and corner[0] + extent[place, 0] > width * 1.02:
            corner = np.array([0.0, corner[1] + row])
            row = 0.0
        moved[parts[place]] += corner - low[place]
        corner += np.array([extent[place, 0], 0.0])
        row = max(row, float(extent[place, 1]))
    middle = ((moved + boxes[:, :2]).min(axis=0) + (moved + boxes[:, 2:]).max(axis=0)) / 2
    moved -= middle
    return moved
