"""Precision and recall of the linking on the pairs labelled by hand."""

import csv
from pathlib import Path
from typing import NamedTuple

from stigraph.ingest.linking.model import Key, Links

__all__ = ["Pair", "Score", "answer", "read_pairs", "score"]


class Pair(NamedTuple):
    """Two sheets and what a reader says of them: same, different, merged, split, moved or unclear."""

    part: str
    kind: str
    label: str
    earlier: Key
    later: Key
    names: tuple[str, str]


class Score(NamedTuple):
    """Pairs that are linked or not, against what they should be. A link is one programme or a recorded relation."""

    right: int
    wrong: int
    missed: int
    rightly_apart: int
    faults: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Share of the links made that are right."""
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of the links to be made that were made."""
        return self.right / (self.right + self.missed)


def read_pairs(path: Path) -> list[Pair]:
    """Read a table of labelled pairs.

    Its columns: ``part`` (the sample: ``tuning``, ``unseen`` or ``fresh``), ``kind``, ``label`` (``same``,
    ``different``, ``merged``, ``split``, ``moved`` or ``unclear``), ``year``, ``ministry``, ``number``, ``name`` of the
    earlier sheet, the same of the later one with ``later_`` before, and ``reason``.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Pair(
                row["part"],
                row["kind"],
                row["label"],
                (int(row["year"]), row["ministry"], row["number"]),
                (int(row["later_year"]), row["later_ministry"], row["later_number"]),
                (row["name"], row["later_name"]),
            )
            for row in csv.DictReader(file)
        ]


def answer(links: Links, places: dict[Key, int], pair: Pair) -> str:
    """Say what the linking makes of a pair: same, different, or the kind of the relation at one of its sheets."""
    one, two = places[pair.earlier], places[pair.later]
    if one == two:
        return "same"
    for relation in links.relations:
        step = places[relation.earlier], places[relation.later]
        if step == (one, two) and (relation.earlier == pair.earlier or relation.later == pair.later):
            return relation.kind
    return "different"


def score(links: Links, pairs: list[Pair]) -> Score:
    """Compare the linking with the labels.

    For merged, split and moved a programme that goes on is right as well. Unclear pairs are left out.
    """
    places = links.by_sheet()
    counts = {"right": 0, "wrong": 0, "missed": 0, "apart": 0}
    faults = []
    for pair in pairs:
        if pair.label == "unclear":
            continue
        given = answer(links, places, pair)
        if pair.label == "different":
            outcome = "apart" if given == "different" else "wrong"
        elif pair.label == "same":
            outcome = "right" if given == "same" else "missed"
        else:
            outcome = "right" if given != "different" else "missed"
        counts[outcome] += 1
        if outcome in {"wrong", "missed"}:
            faults.append(f"{pair.label}, found {given}: {pair.earlier} {pair.names[0]} / {pair.later} {pair.names[1]}")
    return Score(counts["right"], counts["wrong"], counts["missed"], counts["apart"], tuple(faults))
