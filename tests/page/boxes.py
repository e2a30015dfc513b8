"""Rectangles on a page, and whether they lie on one another."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

__all__ = ["Box", "overlapping"]

_SLACK = 1.5
"""Pixels by which two boxes may touch: what rounding gives."""


class Box(NamedTuple):
    """A rectangle in pixels."""

    name: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Tell whether more than the edges of the two touch."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > _SLACK and down > _SLACK

    def within(self, width: float, height: float) -> bool:
        """Tell whether it lies in a frame of this size."""
        across = self.left >= -_SLACK and self.right <= width + _SLACK
        return across and self.top >= -_SLACK and self.bottom <= height + _SLACK


def overlapping(boxes: Iterable[Box]) -> list[tuple[str, str]]:
    """Name the pairs that lie on one another."""
    return [(one.name, other.name) for one, other in combinations(boxes, 2) if one.overlaps(other)]
