"""Compare sums of the initial budgets of review sheets: added up from the files, by SPARQL, and by `stigraph totals`.

Usage: ``python scripts/check_sheet_totals.py FOLDER STORE REPORT``: the imported files of the JUDGIT! data set
(``review-sheets-YYYY.ndjson.xz``), the store, and what ``import --report`` wrote: refused records are left out of the
sums. A sum is that of the sheets of one year and ministry for that same year. Ends with 1 where sums differ, and prints
each of those.
"""

import csv
import json
import lzma
import sys
from collections import Counter
from pathlib import Path

import pyoxigraph as ox

from stigraph import Store, add_up, open_store, query, resolve
from stigraph.store import Thing

Sums = Counter[tuple[int, str]]

_SPARQL = """
SELECT ?year ?ministry (SUM(?amount) AS ?sum) WHERE {
  GRAPH ?sheet {
    ?line sti:phase sti:Initial ; sti:fiscalYear ?year ; sti:programme ?programme ; sti:amount ?amount .
    ?sheet sti:fiscalYear ?year .
    ?programme sti:ministry ?ministry .
    FILTER NOT EXISTS { ?line dcterms:isPartOf ?whole }
  }
  FILTER(CONTAINS(STR(?sheet), "/source/rs"))
} GROUP BY ?year ?ministry
"""


def from_files(folder: Path, refused: set[tuple[str, str]]) -> Sums:
    """Add up what the records say, in yen."""
    sums: Sums = Counter()
    for path in sorted(folder.glob("*.ndjson.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for number, record in enumerate(map(json.loads, lines), start=1):
                if (path.name, f"line {number}") in refused:
                    continue
                for line in record["予算"]:
                    if line["年度"] == record["公開年度"]:
                        sums[record["公開年度"], record["府省庁"]] += round((line["当初予算"] or 0) * 1_000_000)
    return +sums


def from_sparql(store: Store) -> Sums:
    """Add up the budget lines of the graphs of sheets."""
    sums: Sums = Counter()
    for year, ministry, total in query(store, _SPARQL).rows:
        assert isinstance(year, ox.Literal) and isinstance(ministry, ox.NamedNode) and isinstance(total, ox.Literal)
        sums[int(year.value), resolve(store, ministry.value).label("ja")] += int(total.value)
    return +sums


def from_totals(store: Store) -> Sums:
    """Take the sums that are kept with the snapshot."""
    sums: Sums = Counter()
    for total in add_up(store, ("year", "ministry")):
        year, ministry = total.keys
        if isinstance(year, int) and isinstance(ministry, Thing):
            sums[year, ministry.label("ja")] = total.yen
    return sums


def main() -> None:
    """Compare and print."""
    folder, place, report = sys.argv[1:]
    with open(report, encoding="utf-8", newline="") as rows:
        refused = {(Path(row["file"]).name, row["place"]) for row in csv.DictReader(rows)}
    store = open_store(place)
    files, sparql, totals = from_files(Path(folder), refused), from_sparql(store), from_totals(store)
    different = sorted(pair for pair in {*files, *sparql, *totals} if not files[pair] == sparql[pair] == totals[pair])
    for pair in different:
        print(*pair, f"files {files[pair]:,}", f"SPARQL {sparql[pair]:,}", f"totals {totals[pair]:,}", sep="\t")
    equal = len(files) - len(different)
    print(f"{len(files)} sums by year and ministry, {equal} equal three times; {len(refused)} records refused")
    sys.exit(bool(different))


if __name__ == "__main__":
    main()
