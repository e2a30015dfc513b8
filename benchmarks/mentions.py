"""Find the plans that all review sheets name and report: ``python benchmarks/mentions.py FOLDER [--top N]``.

FOLDER holds the files ``review-sheets-YYYY.ndjson.xz``. Printed are the mentions and the share resolved to a document,
with and without an edition printed beside the name, by year and by plan; why the others are open; what the labels read
by hand say (`tests/ingest/mentions/labels.csv`, and `blind.csv` beside it, of sheets drawn by chance: how much of what
they name is recognised, and tied to the right document); and the time it took, in seconds of processor time.
"""

import argparse
import csv
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from stigraph.ingest.identity import sheet_key
from stigraph.ingest.judgit import sheet_of
from stigraph.ingest.mentions import Mention, documents, every_mention_of, mentions_of
from stigraph.ingest.model import Sheet
from stigraph.ingest.reading import Record, records

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "ingest" / "mentions"
SETTLED = {"number", "year", "date", "title", "other field", "abbreviation"}


def labels(name: str) -> list[dict[str, str]]:
    """Read a file of labels."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def find(folder: Path, drawn: set[str]) -> tuple[list[tuple[Sheet, Mention]], dict[str, Sheet], float]:
    """Return every mention with its sheet, the drawn sheets, and the seconds spent on finding mentions."""
    found, kept, spent = [], {}, 0.0
    for record in records([folder]):
        sheet = sheet_of(record) if isinstance(record, Record) else None
        if isinstance(sheet, Sheet):
            start = time.process_time()
            mentions = mentions_of(sheet)
            spent += time.process_time() - start
            found += [(sheet, mention) for mention in mentions]
            if sheet_key(sheet) in drawn:
                kept[sheet_key(sheet)] = sheet
    return found, kept, spent


def share(name: str, mentions: Iterable[Mention]) -> None:
    """Print how many mentions there are and how many are resolved."""
    those = list(mentions)
    resolved = sum(mention.document is not None for mention in those)
    print(f"{name:24} {len(those):6} {resolved:6} {resolved / max(len(those), 1):7.1%}")


def score(found: Iterable[tuple[Sheet, Mention]]) -> None:
    """Print precision and recall on the labels."""
    answers = {(sheet_key(sheet), one.field, one.cited_as): one.document or "" for sheet, one in found}
    rows = labels("labels.csv")
    pairs = [
        (row["expected"], answers.get((row["sheet"], row["field"], row["cited"]), "").rpartition("/")[2])
        for row in rows
    ]
    right = sum(bool(answer) and answer == expected for expected, answer in pairs)
    given, due = sum(bool(answer) for _, answer in pairs), sum(bool(expected) for expected, _ in pairs)
    print(
        f"{len(rows)} labels: precision {right / given:.3f} ({right}/{given}), recall {right / due:.3f} ({right}/{due})"
    )


def covers(mention: Mention, row: dict[str, str], text: str) -> bool:
    """Tell whether a mention covers a label, in part at least, wherever the text prints it."""
    start = (mention.start or 0) + mention.quote.index(mention.cited_as)
    end = start + len(mention.cited_as)
    places = [one.start() for one in re.finditer(re.escape(row["cited"]), text)]
    return mention.field == row["field"] and any(one < end and start < one + len(row["cited"]) for one in places)


def count(sheet: Sheet, rows: list[dict[str, str]]) -> Counter[str]:
    """Count what a drawn sheet names, what is found in it, and what of that is right."""
    texts = {"事業目的": sheet.purpose or "", "事業概要": sheet.outline or ""}
    mentions = every_mention_of(sheet)
    counts = Counter(found=len(mentions))
    counts["right name"] = sum(any(covers(one, row, texts[row["field"]]) for row in rows) for one in mentions)
    for row in rows:
        mention = next((one for one in mentions if covers(one, row, texts[row["field"]])), None)
        answer = (mention.document or "").rpartition("/")[2] if mention else ""
        due = bool(row["expected"]) and row["settled_by"] in SETTLED
        right = bool(answer) and answer == row["expected"]
        counts += Counter({row["kind"]: 1, f"{row['kind']} seen": mention is not None})
        counts += Counter({"tied": bool(answer), "right tie": right, "due": due, "due and tied": due and right})
    return counts


def score_drawn(draw: str, sheets: dict[str, Sheet]) -> None:
    """Print how much of what the drawn sheets name is recognised, and how much of that is tied rightly."""
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in labels("blind.csv"):
        if row["draw"] == draw:
            rows[row["sheet"]] += [row] if row["cited"] else []
    got = sum((count(sheets[key], named) for key, named in rows.items()), Counter[str]())
    print(f"draw {draw}, {len(rows)} sheets: recognised policy {got['policy seen']}/{got['policy']}, ", end="")
    print(f"operational {got['operational seen']}/{got['operational']}; ", end="")
    print(f"precision {got['right name']}/{got['found']}; tied: precision {got['right tie']}/{got['tied']}, ", end="")
    print(f"of what the sheet settles {got['due and tied']}/{got['due']}")


def main() -> None:
    """Report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--top", type=int, default=20)
    arguments = parser.parse_args()
    found, drawn, spent = find(arguments.folder, {row["sheet"] for row in labels("blind.csv")})
    mentions = [mention for _, mention in found]
    print(f"{'':24} {'found':>6} {'resolved':>7}")
    share("all", mentions)
    share("with edition", (mention for mention in mentions if mention.dated))
    share("without edition", (mention for mention in mentions if not mention.dated))
    for year in sorted({sheet.year for sheet, _ in found}):
        share(f"FY{year}", (mention for sheet, mention in found if sheet.year == year))
    print("\nplan, mentions, ministries")
    for iri, count in Counter(mention.document for mention in mentions if mention.document).most_common(arguments.top):
        ministries = {sheet.ministry for sheet, mention in found if mention.document == iri}
        print(f"{count:6} {len(ministries):3}  {documents().by_iri[iri].label}")
    print("\nwhy open")
    for reason, count in Counter(mention.note for mention in mentions if not mention.document).most_common():
        print(f"{count:6}  {reason}")
    score(found)
    for draw in ("1", "2"):
        score_drawn(draw, drawn)
    print(f"{spent:.2f} s for {len(mentions)} mentions")


if __name__ == "__main__":
    main()
