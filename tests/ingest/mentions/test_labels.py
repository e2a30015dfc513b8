"""Mentions labelled by hand, of all years and ministries: what is resolved is right, and most of what can be is.

Expected is the slug of the document, blank where what is printed does not decide, ``other:`` and a name where it
decides for a document that is not in the catalogue.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from stigraph.ingest.mentions import mentions_in

ROWS = list(csv.DictReader((Path(__file__).parent / "labels.csv").open(encoding="utf-8", newline="")))


def answers() -> list[tuple[str, str]]:
    """Return what is expected and what is found for each label, in its quote."""
    found = []
    for row in ROWS:
        mentions = mentions_in(row["quote"], row["field"], int(row["sheet"][2:6]))
        answer = next((one.document or "" for one in mentions if one.cited_as == row["cited"]), "")
        found.append((row["expected"], answer.rpartition("/")[2]))
    return found


def test_labels_are_of_all_years_and_many_ministries() -> None:
    """Drawn from every year; each label names a quote that holds the name."""
    assert len(ROWS) == 120
    assert {row["sheet"][2:6] for row in ROWS} == set(map(str, range(2015, 2024)))
    assert len({re.split(r"\d{4}-|-", row["sheet"])[1] for row in ROWS}) >= 15
    assert all(row["cited"] in row["quote"] for row in ROWS)


def test_precision_and_recall() -> None:
    """At least 0.99 of what is resolved is right, and at least 0.85 of what can be resolved is."""
    right = sum(bool(answer) and answer == expected for expected, answer in answers())
    assert right / sum(bool(answer) for _, answer in answers()) >= 0.99
    assert right / sum(bool(expected) for expected, _ in answers()) >= 0.85
