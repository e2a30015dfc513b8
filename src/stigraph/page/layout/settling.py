"""From links to places: a start from distances in the graph, then forces until they balance."""

from collections import deque
from functools import cache

import numpy as np
import numpy.typing as npt

__all__ = ["settled", "settled_exactly", "started"]

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

_PIVOTS = 12
_GOLDEN = np.pi * (3 - np.sqrt(5))


def started(n: int, edges: Places) -> Numbers:
    """Place nodes by their distances to a few that lie far from each other (pivot MDS, Brandes and Pich 2006)."""
    near: list[list[int]] = [[] for _ in range(n)]
    for source, target in edges.tolist():
        near[source].append(target)
        near[target].append(source)
    rows: list[Numbers] = []
    closest = np.full(n, np.inf)
    pivot = max(range(n), key=lambda node: len(near[node]))
    for _ in range(min(_PIVOTS, n)):
        steps = np.array(_steps_from(pivot, near), dtype=np.float64)
        rows.append(steps)
        closest = np.minimum(closest, steps)
        pivot = int(np.argmax(closest))
    squares = np.stack(rows, axis=1) ** 2
    centred = squares - squares.mean(axis=0) - squares.mean(axis=1, keepdims=True) + squares.mean()
    points = np.stack([_projected(centred, []), np.zeros(n)], axis=1)
    points[:, 1] = _projected(centred, [points[:, 0]])
    spread = np.abs(points).max() or 1.0
    turn = np.arange(n) * _GOLDEN
    lifted = np.sqrt(np.arange(n) / n)[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])
    placed: Numbers = points / spread + 0.15 * lifted
    return placed


def _steps_from(start: int, near: list[list[int]]) -> list[int]:
    steps = [-1] * len(near)
    steps[start] = 0
    queue = deque([start])
    while queue:
        node = queue.popleft()
        further = steps[node] + 1
        for other in near[node]:
            if steps[other] < 0:
                steps[other] = further
                queue.append(other)
    return steps


def _projected(rows: Numbers, without: list[Numbers]) -> Numbers:
    """Project rows on the direction in which they vary most, other than those already taken."""
    for taken in without:
        length = (taken**2).sum()
        if length > 0:
            rows = rows - np.outer(taken, (rows * taken[:, None]).sum(axis=0)) / length
    products = np.einsum("ij,ik->jk", rows, rows)
    direction = np.cos(np.arange(len(products)) + 0.5)
    for _ in range(30):
        direction = np.einsum("ij,j->i", products, direction)
        direction /= np.sqrt((direction**2).sum()) or 1.0
    projected: Numbers = np.einsum("ij,j->i", rows, direction)
    return projected


def settled_exactly(points: Numbers, edges: Places, rounds: int = 150) -> Numbers:
    """Let every node push every other away and links pull (Fruchterman and Reingold 1991), each move smaller."""
    n = len(points)
    points = points * np.sqrt(n)
    for turn in range(rounds):
        apart = points[:, None] - points[None]
        move = (apart / ((apart**2).sum(axis=2) + 0.01)[..., None]).sum(axis=1)
        move += _pulls(points, edges)
        points = points + _at_most(move, 0.4 * np.sqrt(n) * (1 - turn / rounds) ** 1.5 * 0.3)
    return points


def settled(points: Numbers, edges: Places, room: Numbers, rounds: int = 40) -> Numbers:
    """Do the same for many nodes, each pushing by the room it takes; pushes are summed on a grid.

    Each node spreads its weight on the corners of its cell; the field of all corners is a convolution, which the fast
    Fourier transform gives at once for the whole grid.
    """
    n = len(points)
    weights = (room / room.mean()) ** 1.5
    points = points * np.sqrt(n) * 1.5
    for turn in range(rounds):
        grid = 64 if turn < rounds * 0.7 or n < 6000 else 128
        move = weights[:, None] * _pushes(points, weights, grid)
        move += _pulls(points, edges)
        points = points + _at_most(move, 0.12 * np.sqrt(n) * (1 - turn / rounds) ** 1.5)
    return points


def _pulls(points: Numbers, edges: Places) -> Numbers:
    """Sum what links do to their ends: the longer, the stronger."""
    n, (sources, targets) = len(points), edges.T
    apart = points[sources] - points[targets]
    apart *= np.sqrt((apart**2).sum(axis=1))[:, None]
    pulls = np.empty((n, 2))
    for axis in (0, 1):
        pulls[:, axis] = np.bincount(targets, apart[:, axis], n) - np.bincount(sources, apart[:, axis], n)
    return pulls


def _pushes(points: Numbers, weights: Numbers, grid: int) -> Numbers:
    low = points.min(axis=0)
    cell = float((points.max(axis=0) - low).max()) / (grid - 1.001) or 1.0
    inside = (points - low) / cell
    corner = inside.astype(np.int64)
    part = inside - corner
    shares = [
        (1 - part[:, 0]) * (1 - part[:, 1]),
        part[:, 0] * (1 - part[:, 1]),
        (1 - part[:, 0]) * part[:, 1],
        part[:, 0] * part[:, 1],
    ]
    first = corner[:, 0] * grid + corner[:, 1]
    corners = [first, first + grid, first + 1, first + grid + 1]
    spread = np.bincount(
        np.concatenate(corners), np.concatenate([share * weights for share in shares]), minlength=grid * grid
    )
    there = np.fft.rfft2(spread.reshape(grid, grid), (2 * grid, 2 * grid))
    fields = [np.fft.irfft2(there * kernel, (2 * grid, 2 * grid))[:grid, :grid].ravel() for kernel in _kernels(grid)]
    pushes: Numbers = np.zeros((len(points), 2))
    for axis, field in enumerate(fields):
        for share, at in zip(shares, corners, strict=True):
            pushes[:, axis] += share * field[at]
    pushes /= cell
    return pushes


@cache
def _kernels(grid: int) -> tuple[npt.NDArray[np.complex128], npt.NDArray[np.complex128]]:
    """Give the transforms of the push of one corner on all others: away from it, as one over the distance."""
    steps = np.fft.fftfreq(2 * grid, 1 / (2 * grid))
    dx, dy = np.meshgrid(steps, steps, indexing="ij")
    away = dx**2 + dy**2 + 0.25
    return np.fft.rfft2(dx / away), np.fft.rfft2(dy / away)


def _at_most(move: Numbers, longest: float) -> Numbers:
    length = np.sqrt((move**2).sum(axis=1, keepdims=True))
    shortened: Numbers = move * np.minimum(1.0, longest / np.maximum(length, 1e-12))
    return shortened
