"""What became of every line of every document: ``data/coverage.csv``.

Columns: ``document`` (the code of the source), ``lines`` (``L12-L15``), ``holds`` (what the passage is), ``nodes``
(those that record it, as CURIEs with a space between) and ``reason`` (why nothing is recorded). A reason that begins
with ``not yet recorded`` marks a passage that is still open.
"""

import csv
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from stigraph.errors import DataError
from stigraph.resources import data_folder

__all__ = ["OPEN", "LineCount", "Passage", "count_lines", "read_coverage"]

OPEN = "not yet recorded"
_COLUMNS = ["document", "lines", "holds", "nodes", "reason"]


class Passage(NamedTuple):
    """One row: lines ``first`` to ``last`` (from 1) of a document, and what became of them."""

    document: str
    first: int
    last: int
    holds: str
    nodes: tuple[str, ...]
    reason: str

    @property
    def state(self) -> str:
        """Say whether the passage is ``recorded``, ``open`` or ``left out``."""
        if self.reason.startswith(OPEN):
            return "open"
        return "recorded" if self.nodes else "left out"


class LineCount(NamedTuple):
    """How many lines of a document are recorded, open, and left out for a reason."""

    document: str
    recorded: int
    open: int
    left_out: int


def read_coverage(data: str | os.PathLike[str] | None = None) -> list[Passage]:
    """Read the table.

    Raises:
        DataError: with file and line, where a row is not of the form above.
    """
    path = Path(data or data_folder()) / "coverage.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(_rows(path, csv.reader(file)))
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"cannot be read: {error}.", path) from error


def _rows(path: Path, rows: Iterator[list[str]]) -> Iterator[Passage]:
    if next(rows, None) != _COLUMNS:
        raise DataError(f"the first line must be {','.join(_COLUMNS)}.", path, 1)
    for number, row in enumerate(rows, start=2):
        ends = row[1].split("-") if len(row) == len(_COLUMNS) else []
        if not (1 <= len(ends) <= 2 and all(end[:1] == "L" and end[1:].isdecimal() for end in ends)):
            raise DataError(f"a row is {','.join(_COLUMNS)} with lines like L12-L15.", path, number)
        document, _, holds, nodes, reason = row
        if not (nodes.strip() or reason.strip()):
            raise DataError("a row names the nodes that record the passage, or the reason why none does.", path, number)
        yield Passage(document, int(ends[0][1:]), int(ends[-1][1:]), holds, tuple(nodes.split()), reason)


def count_lines(passages: Sequence[Passage]) -> list[LineCount]:
    """Count the lines of each document by what became of them.

    >>> count_lines([Passage("000", 1, 3, "heading", (), "blank"), Passage("000", 4, 4, "name", ("programme:x",), "")])
    [LineCount(document='000', recorded=1, open=0, left_out=3)]
    """
    counts: dict[str, dict[str, int]] = {}
    for passage in passages:
        states = counts.setdefault(passage.document, {"recorded": 0, "open": 0, "left out": 0})
        states[passage.state] += passage.last - passage.first + 1
    return [
        LineCount(document, states["recorded"], states["open"], states["left out"])
        for document, states in sorted(counts.items())
    ]
