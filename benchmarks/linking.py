"""Link all review sheets of FY2015 to FY2023 and report: ``python benchmarks/linking.py FOLDER [--sample FILE]``.

FOLDER holds the nine files ``review-sheets-YYYY.ndjson.xz``. Printed are the programmes and their lengths, the steps
between them, precision and recall on the pairs labelled by hand, the curated joins, the time and the memory. With
``--sample`` the records that the tests need are written to a file: the labelled sheets, the programmes they are in,
those joined to curated ones, and all sheets of their years that could be taken for them.
"""

import argparse
import json
import lzma
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from stigraph.ingest.judgit import sheet_of
from stigraph.ingest.linking import Key, Links, Record, join_curated, link, record_of
from stigraph.ingest.linking.names import likeness, read_name
from stigraph.ingest.linking.scoring import read_pairs, score
from stigraph.ingest.model import Sheet
from stigraph.ingest.reading import Record as RawRecord
from stigraph.ingest.reading import records as raw_records

PAIRS = Path(__file__).resolve().parent.parent / "tests" / "ingest" / "linking" / "pairs.csv"
YEARS = range(2015, 2024)


def records(folder: Path) -> Iterator[Record]:
    """Read the nine files as the import does."""
    for year in YEARS:
        for found in raw_records([folder / f"review-sheets-{year}.ndjson.xz"]):
            sheet = sheet_of(found) if isinstance(found, RawRecord) else found
            if isinstance(sheet, Sheet):
                yield record_of(sheet)


def mistakable(wanted: set[Key], every: list[Record]) -> set[Key]:
    """The sheets of a ministry, in the year of a wanted sheet or beside it, that are like it in name or text."""
    groups: dict[tuple[int, str], list[Record]] = defaultdict(list)
    held = {one.key: one for one in every}
    for one in every:
        groups[one.year, one.ministry].append(one)
    found = set()
    for key in wanted:
        sheet = held[key]
        pairs = read_name(sheet.name, sheet.ministry).pairs
        for year in (sheet.year - 1, sheet.year, sheet.year + 1):
            for other in groups[year, sheet.ministry]:
                near = likeness(pairs, read_name(other.name, other.ministry).pairs) >= 0.5
                if near or len(sheet.sentences & other.sentences) >= 2:
                    found.add(other.key)
    return found


def write_sample(path: Path, links: Links, every: list[Record]) -> None:
    """Write the records that the tests need."""
    labelled = {key for pair in read_pairs(PAIRS) for key in (pair.earlier, pair.later)}
    places = links.by_sheet()
    programmes = {places[key] for key in labelled} | set(join_curated(links))
    for relation in links.relations:
        if {places[relation.earlier], places[relation.later]} & programmes:
            programmes |= {places[relation.earlier], places[relation.later]}
    wanted = {key for place in programmes for key in links.programmes[place]} | mistakable(labelled, every)
    with lzma.open(path, "wt", encoding="utf-8", preset=9) as file:
        for one in sorted((one for one in every if one.key in wanted), key=lambda one: one.key):
            amounts = [[fiscal_year, phase, yen] for (fiscal_year, phase), yen in sorted(one.amounts.items())]
            row = [*one[:7], one.earlier, amounts, sorted(one.sentences)]
            file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(f"{len(wanted):,} records written to {path}")


def main() -> None:
    """Link and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=Path)
    arguments = parser.parse_args()
    every = list(records(arguments.folder))
    start = time.process_time()
    links = link(every)
    seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{len(every):,} sheets, {len(links.programmes):,} programmes, {seconds:.1f} s on one core, {memory} MiB")
    lengths = Counter(len(programme) for programme in links.programmes)
    print("programmes by number of sheets:", ", ".join(f"{size}: {lengths[size]:,}" for size in sorted(lengths)))
    names = {one.key: read_name(one.name, one.ministry).key for one in every}
    renamed = sum(len({names[key] for key in programme}) > 1 for programme in links.programmes)
    print(f"programmes that bear more than one name: {renamed:,}")
    for (kind, reason), count in sorted(Counter((one.kind, one.reason) for one in links.relations).items()):
        print(f"{kind} by {reason}: {count}")
    pairs = read_pairs(PAIRS)
    for part in ("tuning", "unseen", "fresh", "all"):
        chosen = [pair for pair in pairs if part in (pair.part, "all")]
        result = score(links, chosen)
        print(f"{part}: {len(chosen)} pairs, precision {result.precision:.3f}, recall {result.recall:.3f}", result[:4])
        if part == "all":
            print(*result.faults, sep="\n")
    joins = [join for found in join_curated(links).values() for join in found]
    print("curated joins:", dict(Counter(join.relation for join in joins)))
    if arguments.sample:
        write_sample(arguments.sample, links, every)


if __name__ == "__main__":
    main()
