"""How cost grows with the store, from 10^4 to 10^7 triples; prints a Markdown table and draws a plot as SVG.

Usage: ``python benchmarks/growth.py FOLDER [--rounds N] [--most TRIPLES] [--plot growth.svg]``. FOLDER holds review
sheets as JSON Lines (``*.ndjson``, ``.ndjson.xz``). The smallest store is the catalogue with one source
document, the next the whole curated graph, 10^5; the others are made by importing as many sheets as they need. The
triples are counted by the store: each stands in the graph of its document and once in the default graph, and both
count. Beside stigraph stand the SPARQL queries that one would ask Oxigraph instead, over the same store.
"""

import argparse
import itertools
import json
import lzma
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from growth_plot import draw
from measuring import build_curated, cold, interleaved, list_table, opened_store, snapshot_of, stigraph_command, warm
from reading_names import contained
from reading_paths import plain_join
from stigraph.lineage import reached
from stigraph.names import search
from stigraph.query import query
from stigraph.resources import data_folder
from stigraph.store import open_store
from stigraph.totals import add_up

_SIZES = (10**6, 10**7)
_TRIAL = 200
_SMALL = "aspire-review-sheet-fy2023.ttl"
_PLAN = "第6期科学技術・イノベーション基本計画"
_WORD = "国際"
_COMMANDS = {
    "lineage": ("lineage", "ASPIRE"),
    "search": ("search", "国際"),
    "show": ("show", "wpi"),
    "lineage down": ("lineage", _PLAN, "--down"),
}
_LOOKUP = "SELECT ?label { programme:aspire skos:prefLabel ?label }"
_SUM = """SELECT ?year (SUM(?amount) AS ?total) {
  ?line sti:phase sti:Initial ; sti:fiscalYear ?year ; sti:amount ?amount } GROUP BY ?year"""


class Point(NamedTuple):
    """What a store of one size costs; seconds where no unit is said; ``calls`` are warm."""

    triples: int
    sheets: int
    build: float
    build_memory: float
    disk: float
    reading: dict[str, float]
    calls: dict[str, float]


def _lines(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.ndjson*")):
        opened = lzma.open if path.suffix == ".xz" else open
        with opened(path, "rt", encoding="utf-8") as file:
            yield from file


def _triples(store: Path) -> int:
    manifest = json.loads((snapshot_of(store) / "manifest.json").read_text(encoding="utf-8"))
    return int(manifest["triples"])


def _import(folder: Path, count: int, scratch: Path) -> tuple[Path, float, float]:
    """Import the first sheets into a new store; give it, the seconds and the memory (MB) that took."""
    sheets, store = scratch / "sheets.ndjson", scratch / "store"
    with sheets.open("w", encoding="utf-8") as file:
        file.writelines(itertools.islice(_lines(folder), count))
    run = cold(stigraph_command("import", "review-sheets", str(sheets), store=store), answer_no=True)
    sheets.unlink()
    return store, run.seconds, run.memory


def _measure(store: Path, sheets: int, build: float, memory: float, rounds: int) -> Point:
    size = sum(path.stat().st_size for path in snapshot_of(store).rglob("*") if path.is_file())
    colds = interleaved({name: stigraph_command(*words, store=store) for name, words in _COMMANDS.items()}, rounds)
    opened, peer = open_store(store), opened_store(store)
    calls: dict[str, Callable[[], object]] = {
        "list down": lambda: reached(opened, _PLAN, ["sti:Programme"], down=True),
        "path join in Oxigraph": lambda: plain_join(peer, opened, _PLAN),
        "search": lambda: search(opened, _WORD),
        "CONTAINS in Oxigraph": lambda: contained(peer, _WORD),
        "look-up by query": lambda: query(opened, _LOOKUP),
        "sum by query": lambda: query(opened, _SUM),
    }
    if sheets:
        calls["sum by totals"] = lambda: add_up(opened)
    found = warm(calls, rounds, patience=1.0)
    return Point(
        _triples(store),
        sheets,
        build,
        memory,
        size / 1e6,
        {name: run.seconds for name, run in colds.items()},
        found,
    )


def _build_small(scratch: Path) -> tuple[Path, float, float]:
    """Build the catalogue with one source document; give the store, the seconds and the memory (MB) that took."""
    data, store = scratch / "data", scratch / "small"
    shutil.copytree(Path(data_folder(), "catalogue"), data / "catalogue")
    (data / "sources").mkdir()
    shutil.copy(Path(data_folder(), "sources", _SMALL), data / "sources")
    run = cold(stigraph_command("build", "--data", str(data), store=store))
    return store, run.seconds, run.memory


def _points(folder: Path, sizes: Sequence[int], rounds: int) -> Iterator[Point]:
    with build_curated() as curated, tempfile.TemporaryDirectory() as scratch:
        small, seconds, memory = _build_small(Path(scratch))
        yield _measure(small, 0, seconds, memory, rounds)
        again = cold(stigraph_command("build", "--force", store=curated))
        smallest = _triples(curated)
        yield _measure(curated, 0, again.seconds, again.memory, rounds)
        store, _, _ = _import(folder, _TRIAL, Path(scratch))
        each = (_triples(store) - smallest) / _TRIAL
    for size in sizes:
        count = max(1, round((size - smallest) / each))
        with tempfile.TemporaryDirectory() as scratch:
            store, seconds, memory = _import(folder, count, Path(scratch))
            point = _measure(store, count, seconds, memory, rounds)
            each = (point.triples - smallest) / count
            yield point


_WARM = (
    "list down",
    "path join in Oxigraph",
    "search",
    "CONTAINS in Oxigraph",
    "look-up by query",
    "sum by query",
    "sum by totals",
)

_PLOTTED_COLD = ("lineage",)
_PLOTTED_WARM = ("list down", "path join in Oxigraph", "search", "CONTAINS in Oxigraph")


def _row(point: Point) -> list[object]:
    million = point.build / (point.triples / 1e6)
    reading = [point.reading[name] for name in _COMMANDS]
    size = [f"{point.triples:,}", f"{point.sheets:,}"]
    calls = [point.calls.get(name, "—") for name in _WARM]
    return [*size, point.build, million, point.build_memory, point.disk, *reading, *calls]


def main() -> None:
    """Build, measure, print the table and draw the plot."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--most", type=int, default=max(_SIZES), help="the largest size to build, in triples")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw the plot here")
    asked = parser.parse_args()
    points = []
    for point in _points(asked.folder, [size for size in _SIZES if size <= asked.most], asked.rounds):
        print(f"{point.triples:,} triples of {point.sheets:,} sheets: {point.build:.1f} s", file=sys.stderr)
        points.append(point)
    head = ["triples", "sheets", "build (s)", "s per million", "build memory (MB)", "disk (MB)"]
    colds = [f"cold {name} (s)" for name in _COMMANDS]
    list_table("How cost grows", [*head, *colds, *(f"{name} (s)" for name in _WARM)], map(_row, points))
    if asked.plot:
        series = {"build": [point.build for point in points]}
        series |= {f"cold {name}": [point.reading[name] for point in points] for name in _PLOTTED_COLD}
        series |= {name: [point.calls[name] for point in points] for name in _PLOTTED_WARM}
        asked.plot.write_text(draw([point.triples for point in points], series), encoding="utf-8")


if __name__ == "__main__":
    main()
