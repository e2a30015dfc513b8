"""Draw candidates for the labelled pairs of review sheets, without asking the linker.

``python scripts/linking_pairs.py FOLDER`` reads the nine files of the years 2015 to 2023 in the folder. Each group
printed is one sheet and the sheets of a later year that a reader should look at. The strata: sheets drawn at random
from every ministry, equal series of amounts or equal purposes under two names, earlier-sheet fields, gap years, moves
between ministries, names that stand twice in one year, names that differ little, and sums of two sheets.

``python scripts/linking_pairs.py FOLDER --fresh`` draws the 150 pairs of the third sample: none of their sheets is in
a pair labelled before, the pair is settled by the draw, and there are four more strata: sheets with past amounts whose
name the year before does not know, names that other offices bear too, numbers given again, and names two years apart.
"""

import argparse
import csv
import json
import lzma
import random
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

Record = dict[str, Any]
YEARS = range(2015, 2024)
SEED = 5
FRESH_SEED = 1905
PAIRS = Path(__file__).resolve().parent.parent / "tests" / "ingest" / "linking" / "pairs.csv"


def plain(text: str | None) -> str:
    """Give the letters and numbers of a text, one width."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text or "").casefold()))


def likeness(left: str, right: str) -> float:
    """Share of the pairs of letters two texts have in common."""
    one, two = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (left, right))
    return len(one & two) / len(one | two) if one and two else 0.0


def series(record: Record) -> dict[tuple[int, str], float]:
    """Amounts that are not zero, by year and column."""
    return {
        (budget["年度"], column): amount
        for budget in record["予算"]
        for column, amount in budget.items()
        if column in {"当初予算", "補正予算", "執行額", "予算計", "翌年度へ繰越し"} and amount
    }


def shared(one: Record, two: Record) -> tuple[int, int]:
    """Count the different amounts two sheets agree on, and the initial and executed amounts they disagree on."""
    left, right = one["_series"], two["_series"]
    both = left.keys() & right.keys()
    agree = {left[cell] for cell in both if abs(left[cell] - right[cell]) <= 0.51}
    differ = sum(1 for cell in both if cell[1] in {"当初予算", "執行額"} and abs(left[cell] - right[cell]) > 0.51)
    return len(agree), differ


def read(folder: Path) -> dict[int, list[Record]]:
    """Read the sheets by year, each with what comparing needs."""
    years: dict[int, list[Record]] = {}
    for year in YEARS:
        with lzma.open(folder / f"review-sheets-{year}.ndjson.xz", "rt", encoding="utf-8") as lines:
            years[year] = [json.loads(line) for line in lines]
        for record in years[year]:
            record["_name"] = plain(record["事業名"])
            record["_purpose"] = plain(record["事業目的"])[:400]
            record["_series"] = series(record)
            for field in ("アウトカム", "アウトプット", "支出先"):
                record.pop(field)
    return years


def nearest(record: Record, pool: Iterable[Record], count: int) -> list[Record]:
    """The sheets of the pool that are most like the record in name, purpose or amounts."""

    def rank(other: Record) -> float:
        agree, differ = shared(record, other)
        ministry: bool = record["府省庁"] == other["府省庁"]
        return (
            likeness(record["_name"], other["_name"])
            + likeness(record["_purpose"], other["_purpose"])
            + min(agree, 5) / 5
            - min(differ, 4) / 8
            + 0.2 * ministry
        )

    return sorted(pool, key=rank, reverse=True)[:count]


def describe(record: Record, head: Record | None = None) -> str:
    """One sheet in two lines; of the purpose only the likeness where it is nearly that of the head."""
    purpose = (record["事業目的"] or "").replace("\n", "")[:110]
    outline = (record["事業概要"] or "").replace("\n", "")[:80]
    mark = ""
    if head:
        alike = likeness(head["_purpose"], record["_purpose"])
        agree, differ = shared(head, record)
        mark = f"[purpose {alike:.2f} agree {agree} differ {differ}] "
        if alike > 0.9:
            purpose, outline = "", ""
    amounts = " ".join(
        f"{b['年度'] % 100}:{b.get('当初予算', b.get('要求額')) or 0:g}/{b.get('執行額') or 0:g}"
        for b in record["予算"]
    )
    numbers = [
        (e["年度"], "-".join(filter(None, (e["事業番号1"], e["事業番号2"]))))
        for e in record["関連する過去のレビューシート"]
    ]
    name = record["事業名"].replace("\n", "")
    return (
        f"{record['公開年度']} {record['府省庁']} {record['事業番号']} 「{name}」 {record['担当部局庁']}/"
        f"{(record['担当課室'] or '')[:16]} {record['開始年度']}-{record['終了年度'] or ''} {numbers or ''}\n"
        f"      {mark}{amounts} {purpose} ‖ {outline}"
    )


def show(stratum: str, head: Record, others: list[Record]) -> None:
    """Print one group."""
    print(f"## {stratum} {describe(head)}")
    for number, other in enumerate(others, start=1):
        print(f"  {number}> {describe(other, head)}")


def at_random(years: dict[int, list[Record]], dice: random.Random) -> Iterator[tuple[Record, list[Record]]]:
    """Four sheets of each ministry and the three sheets of the next year nearest to each."""
    ministries = sorted({record["府省庁"] for year in YEARS for record in years[year]})
    for ministry in ministries:
        pool = [r for year in list(YEARS)[:-1] for r in years[year] if r["府省庁"] == ministry]
        if not pool:
            pool = [r for r in years[2023] if r["府省庁"] == ministry]
        for record in dice.sample(pool, min(4, len(pool))):
            step = 1 if record["公開年度"] < 2023 else -1
            yield record, nearest(record, years[record["公開年度"] + step], 3)


def pairs_of(
    years: dict[int, list[Record]], step: int, key: Callable[[Record], Iterable[Any]]
) -> Iterator[tuple[Record, Record]]:
    """Pairs of a year and the one ``step`` later that share a key."""
    for year in list(YEARS)[:-step]:
        held = defaultdict(list)
        for record in years[year]:
            for value in key(record):
                held[value].append(record)
        for record in years[year + step]:
            for value in key(record):
                yield from ((other, record) for other in held[value])


def by_amounts(record: Record) -> list[tuple[Any, ...]]:
    """The executed amounts of the sheet's years as one key, if there are two of them."""
    year = record["公開年度"]
    found = []
    for last in (year - 1, year - 2):
        cells = [record["_series"].get((fiscal, "執行額")) for fiscal in (last - 1, last)]
        if all(cell and cell >= 20 for cell in cells) and cells[0] != cells[1]:
            found.append((last, *cells))
    return found


def renamed(years: dict[int, list[Record]]) -> Iterator[tuple[Record, Record]]:
    """Equal amounts, other name."""
    return ((a, b) for a, b in pairs_of(years, 1, by_amounts) if a["_name"] != b["_name"])


def one_purpose(years: dict[int, list[Record]]) -> Iterator[tuple[Record, Record]]:
    """Equal purpose, other name."""
    return (
        (a, b)
        for a, b in pairs_of(years, 1, lambda r: [r["_purpose"]] if len(r["_purpose"]) > 30 else [])
        if a["_name"] != b["_name"]
    )


def moved(years: dict[int, list[Record]]) -> Iterator[tuple[Record, Record]]:
    """Equal name or purpose in another ministry."""
    return (
        (a, b)
        for a, b in pairs_of(years, 1, lambda r: [r["_name"], r["_purpose"] or "-"])
        if a["府省庁"] != b["府省庁"] and len(a["_purpose"]) > 30 and "復興庁" not in (a["府省庁"],)
    )


def gaps(years: dict[int, list[Record]]) -> Iterator[tuple[Record, Record]]:
    """Equal name two years apart and not between."""
    names = {year: {(r["府省庁"], r["_name"]) for r in years[year]} for year in YEARS}
    return (
        (a, b)
        for a, b in pairs_of(years, 2, lambda r: [(r["府省庁"], r["_name"])])
        if (a["府省庁"], a["_name"]) not in names[a["公開年度"] + 1]
    )


def named_earlier(years: dict[int, list[Record]]) -> Iterator[tuple[Record, Record]]:
    """The earlier-sheet field points at a sheet of another name."""
    sheets = {(year, r["府省庁"], r["事業番号"]): r for year in YEARS for r in years[year]}
    for year in (2019, 2020):
        for record in years[year]:
            for entry in record["関連する過去のレビューシート"]:
                number = "-".join(filter(None, (entry["事業番号1"], entry["事業番号2"], entry["事業番号3"])))
                other = sheets.get((year - 1, entry["府省庁"], number.removesuffix("-0")))
                if other and other["_name"] != record["_name"]:
                    yield other, record


def named_together(years: dict[int, list[Record]]) -> Iterator[tuple[Record, Record]]:
    """Two sheets name one earlier sheet, or one sheet names two."""
    found = list(named_earlier(years))
    whole = [(a, b) for a, b in found if len(b["関連する過去のレビューシート"]) > 1]
    times = Counter((a["府省庁"], a["事業番号"], a["公開年度"]) for a, _ in found)
    return ((a, b) for a, b in found if (a, b) in whole or times[a["府省庁"], a["事業番号"], a["公開年度"]] > 1)


def sums(years: dict[int, list[Record]]) -> Iterator[tuple[Record, list[Record]]]:
    """A sheet whose executed amounts are those of two sheets of one bureau the year before (or after)."""
    for year in list(YEARS)[:-1]:
        for before, after in ((year, year + 1), (year + 1, year)):
            bureaux = defaultdict(list)
            for record in years[before]:
                if record["_series"].get((year - 1, "執行額")) and record["_series"].get((year - 2, "執行額")):
                    bureaux[record["府省庁"], record["担当部局庁"]].append(record)
            for whole in years[after]:
                cells = [whole["_series"].get((fiscal, "執行額"), 0) for fiscal in (year - 2, year - 1)]
                if min(cells) < 20:
                    continue
                part_of = bureaux[whole["府省庁"], whole["担当部局庁"]]
                for i, one in enumerate(part_of):
                    for two in part_of[i + 1 :]:
                        total = [
                            one["_series"][fiscal, "執行額"] + two["_series"][fiscal, "執行額"]
                            for fiscal in (year - 2, year - 1)
                        ]
                        if all(abs(a - b) <= 1 for a, b in zip(total, cells, strict=True)):
                            yield whole, [one, two]


def twins(years: dict[int, list[Record]]) -> Iterator[tuple[Record, list[Record]]]:
    """A name that stands twice in one ministry and year, with all of that name in the next year."""
    for year in list(YEARS)[:-1]:
        count = Counter((r["府省庁"], r["_name"]) for r in years[year])
        for record in years[year]:
            if count[record["府省庁"], record["_name"]] > 1:
                yield record, [r for r in years[year + 1] if r["_name"] == record["_name"]][:3]


def variants(years: dict[int, list[Record]]) -> Iterator[tuple[Record, Record]]:
    """Names of one bureau that differ in little: a number, a place, a bracket."""
    for a, b in pairs_of(years, 1, lambda r: [(r["府省庁"], r["担当部局庁"], r["_name"][:6])]):
        if a["_name"] != b["_name"] and SequenceMatcher(None, a["_name"], b["_name"], False).ratio() > 0.8:
            yield a, b


def draw(dice: random.Random, found: Iterable[Any], count: int) -> list[Any]:
    """Draw ``count``, no more than a quarter of them from one ministry."""
    every = list(found)
    dice.shuffle(every)
    taken: list[Any] = []
    held: Counter[str] = Counter()
    seen: set[int] = set()
    for item in every:
        ministry = item[0]["府省庁"]
        if held[ministry] < max(1, count // 4) and id(item[0]) not in seen:
            taken.append(item)
            held[ministry] += 1
            seen.add(id(item[0]))
        if len(taken) == count:
            break
    return taken


def orphans(years: dict[int, list[Record]]) -> Iterator[tuple[Record, Record]]:
    """A sheet that has spent money for two years under a name the year before does not know, and what is nearest."""
    for year in list(YEARS)[1:]:
        names = {(record["府省庁"], record["_name"]) for record in years[year - 1]}
        for record in years[year]:
            spent = all(record["_series"].get((year - step, "執行額")) for step in (2, 3))
            if spent and (record["府省庁"], record["_name"]) not in names:
                yield record, record


def homonyms(years: dict[int, list[Record]]) -> Iterator[tuple[Record, Record]]:
    """Equal name under another ministry or bureau."""
    return (
        (a, b)
        for a, b in pairs_of(years, 1, lambda r: [r["_name"]])
        if (a["府省庁"], a["担当部局庁"]) != (b["府省庁"], b["担当部局庁"])
    )


def numbers(years: dict[int, list[Record]]) -> Iterator[tuple[Record, Record]]:
    """The number of the year before, given to another name."""
    return ((a, b) for a, b in pairs_of(years, 1, lambda r: [(r["府省庁"], r["事業番号"])]) if a["_name"] != b["_name"])


def likely_numbers(years: dict[int, list[Record]]) -> Iterator[tuple[Record, Record]]:
    """The number of the year before, given to another name of the same office."""
    return ((a, b) for a, b in numbers(years) if a["担当課室"] == b["担当課室"])


def fresh(years: dict[int, list[Record]], dice: random.Random) -> Iterator[tuple[str, Record, Record]]:
    """Draw the third sample: stratum, earlier sheet, later sheet; no sheet that was labelled before."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["part"] != "fresh"]
    used = {
        (int(row[f"{side}year"]), row[f"{side}ministry"], row[f"{side}number"])
        for row in rows
        for side in ("", "later_")
    }
    new = {year: [r for r in years[year] if (year, r["府省庁"], r["事業番号"]) not in used] for year in YEARS}
    everything = [record for year in list(YEARS)[:-1] for record in new[year]]
    plain_pairs = (
        (record, nearest(record, new[record["公開年度"] + 1], 1)[0]) for record in dice.sample(everything, 30)
    )
    yield from (("random", *pair) for pair in plain_pairs)
    for record, _ in draw(dice, orphans(new), 24):
        yield "orphan", nearest(record, new[record["公開年度"] - 1], 1)[0], record
    strata: list[tuple[str, Iterable[tuple[Record, Record]], int]] = [
        ("renamed", renamed(new), 14),
        ("purpose", one_purpose(new), 10),
        ("earlier", named_earlier(new), 8),
        ("together", named_together(new), 8),
        ("gap", gaps(new), 10),
        ("moved", moved(new), 8),
        ("homonym", homonyms(new), 10),
        ("number", numbers(new), 4),
        ("office", likely_numbers(new), 6),
        ("variant", variants(new), 10),
    ]
    for stratum, found, count in strata:
        yield from ((stratum, *pair) for pair in draw(dice, found, count))
    for stratum, groups in (("sum", sums(new)), ("twin", twins(new))):
        for head, others in draw(dice, groups, 4):
            for other in others[:1]:
                one, two = sorted((head, other), key=lambda record: record["公開年度"])
                yield stratum, one, two


def first_samples(years: dict[int, list[Record]], dice: random.Random) -> None:
    """Print the groups from which the first 300 pairs were chosen."""
    for head, others in at_random(years, dice):
        show("random", head, others)
    strata: list[tuple[str, Iterable[tuple[Record, Record]], int]] = [
        ("renamed", renamed(years), 30),
        ("purpose", one_purpose(years), 20),
        ("earlier", named_earlier(years), 20),
        ("together", named_together(years), 24),
        ("gap", gaps(years), 22),
        ("moved", moved(years), 20),
        ("variant", variants(years), 36),
    ]
    for stratum, found, count in strata:
        for head, other in draw(dice, found, count):
            show(stratum, head, [other])
    for stratum, groups, count in (("sum", sums(years), 14), ("twin", twins(years), 14)):
        for head, others in draw(dice, groups, count):
            show(stratum, head, others)


def main() -> None:
    """Print all groups."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fresh", action="store_true")
    arguments = parser.parse_args()
    years = read(arguments.folder)
    if arguments.fresh:
        for stratum, one, two in fresh(years, random.Random(FRESH_SEED)):
            show(stratum, one, [two])
    else:
        first_samples(years, random.Random(SEED))


if __name__ == "__main__":
    main()
