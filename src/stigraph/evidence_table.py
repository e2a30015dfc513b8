"""The steps of a graph as a CSV table, one row for each piece of evidence."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

__all__ = ["EvidenceRow", "evidence_table"]

_ENDS = ("source", "source_label", "predicate", "target", "target_label")
_SHOWN = {
    "statement": "statement",
    "document": "document",
    "locator": "locator",
    "basis": "basis",
    "quote": "quote",
    "cited_as": "citedAs",
    "note": "note",
}


class EvidenceRow(NamedTuple):
    """A step and one piece of evidence of it, with the keys of `stigraph lineage --format json`."""

    source: str
    source_label: str
    predicate: str
    target: str
    target_label: str
    evidence: Mapping[str, Any]


def evidence_table(rows: Iterable[EvidenceRow]) -> str:
    r"""Write CSV (RFC 4180 with line feeds).

    >>> evidence_table([EvidenceRow("a", "A", "sti:cites", "b", "B", {"locator": "L1"})]).splitlines()[1]
    'a,A,sti:cites,b,B,,,L1,,,,'
    """
    cells = ([*row[:-1], *(row.evidence.get(key) or "" for key in _SHOWN.values())] for row in rows)
    return "".join(map(_line, [[*_ENDS, *_SHOWN], *cells]))


def _line(cells: Iterable[str]) -> str:
    """Write one row; the writer quotes a lone carriage return only if that is part of what ends its lines."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().removesuffix("\r\n") + "\n"
