"""Find the plans that all review sheets name and report: ``python benchmarks/mentions.py FOLDER [--top N]``.

FOLDER holds the files ``review-sheets-YYYY.ndjson.xz``. Printed are the mentions and the share resolved to a document,
with and without an edition printed beside the name, by year and by plan; why the others are open; what the labels read
by hand say (`tests/ingest/mentions/labels.csv`); and the time it took, in seconds of processor time.
"""

import argparse
import csv
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from stigraph.ingest.identity import sheet_key
from stigraph.ingest.judgit import sheet_of
from stigraph.ingest.mentions import Mention, documents, mentions_of
from stigraph.ingest.model import Sheet
from stigraph.ingest.reading import Record, records

LABELS = Path(__file__).resolve().parent.parent / "tests" / "ingest" / "mentions" / "labels.csv"


def find(folder: Path) -> tuple[list[tuple[Sheet, Mention]], float]:
    """Return every mention with its sheet, and the seconds spent on finding them."""
    found, spent = [], 0.0
    for record in records([folder]):
        sheet = sheet_of(record) if isinstance(record, Record) else None
        if isinstance(sheet, Sheet):
            start = time.process_time()
            mentions = mentions_of(sheet)
            spent += time.process_time() - start
            found += [(sheet, mention) for mention in mentions]
    return found, spent


def share(name: str, mentions: Iterable[Mention]) -> None:
    """Print how many mentions there are and how many are resolved."""
    those = list(mentions)
    resolved = sum(mention.document is not None for mention in those)
    print(f"{name:24} {len(those):6} {resolved:6} {resolved / max(len(those), 1):7.1%}")


def score(found: Iterable[tuple[Sheet, Mention]]) -> None:
    """Print precision and recall on the labels."""
    answers = {(sheet_key(sheet), one.field, one.cited_as): one.document or "" for sheet, one in found}
    with LABELS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pairs = [
        (row["expected"], answers.get((row["sheet"], row["field"], row["cited"]), "").rpartition("/")[2])
        for row in rows
    ]
    right = sum(bool(answer) and answer == expected for expected, answer in pairs)
    given, due = sum(bool(answer) for _, answer in pairs), sum(bool(expected) for expected, _ in pairs)
    print(
        f"{len(rows)} labels: precision {right / given:.3f} ({right}/{given}), recall {right / due:.3f} ({right}/{due})"
    )


def main() -> None:
    """Report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--top", type=int, default=20)
    arguments = parser.parse_args()
    found, spent = find(arguments.folder)
    mentions = [mention for _, mention in found]
    print(f"{'':24} {'found':>6} {'resolved':>7}")
    share("all", mentions)
    share("with edition", (mention for mention in mentions if mention.dated))
    share("without edition", (mention for mention in mentions if not mention.dated))
    for year in sorted({sheet.year for sheet, _ in found}):
        share(f"FY{year}", (mention for sheet, mention in found if sheet.year == year))
    print("\nplan, mentions, ministries")
    labels = {one.iri: one.label for those in documents().by_family.values() for one in those}
    for iri, count in Counter(mention.document for mention in mentions if mention.document).most_common(arguments.top):
        ministries = {sheet.ministry for sheet, mention in found if mention.document == iri}
        print(f"{count:6} {len(ministries):3}  {labels[iri]}")
    print("\nwhy open")
    for reason, count in Counter(mention.note for mention in mentions if not mention.document).most_common():
        print(f"{count:6}  {reason}")
    score(found)
    print(f"{spent:.2f} s for {len(mentions)} mentions")


if __name__ == "__main__":
    main()
