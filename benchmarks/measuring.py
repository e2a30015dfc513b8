"""Timing processes and calls side by side, and printing what came out: for the benchmarks of reading and growth."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from stigraph.store.layout import Layout

__all__ = [
    "Cold",
    "build_curated",
    "cold",
    "interleaved",
    "list_table",
    "opened_store",
    "snapshot_of",
    "stigraph_command",
    "timed",
    "warm",
]

_MAIN = "from stigraph.cli import main; main()"
_LAUNCHER = """
import os, sys, time
start = time.perf_counter()
process = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(process, 0)
with open(sys.argv[1], "w") as report:
    report.write(f"{time.perf_counter() - start} {used.ru_maxrss}")
sys.exit(os.waitstatus_to_exitcode(status))
"""


_TURN = 0.02
"""How many seconds a turn of warm calls lasts at least."""


class Cold(NamedTuple):
    """What one new process took: seconds, and the most memory that it held, in MB."""

    seconds: float
    memory: float


def stigraph_command(*arguments: str, store: Path) -> list[str]:
    """Give a command line of stigraph that reads a store, run by this interpreter."""
    return [sys.executable, "-c", _MAIN, *arguments, "--store", str(store)]


def cold(command: Sequence[str], *, answer_no: bool = False) -> Cold:
    """Run a command in a new process, which must succeed (or answer no, exit 1, where that is allowed).

    A small process starts it and measures: what a process starts is said to have held at least as much as itself.
    """
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.NamedTemporaryFile("r") as report:
        launcher = [sys.executable, "-S", "-c", _LAUNCHER, report.name, *command]
        run = subprocess.run(
            launcher, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
        )
        if run.returncode not in ((0, 1) if answer_no else (0,)):
            raise SystemExit(f"{' '.join(command)}: exit {run.returncode}. {run.stderr}")
        seconds, memory = report.read().split()
    return Cold(float(seconds), float(memory) / (1e6 if sys.platform == "darwin" else 1e3))


def interleaved(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, Cold]:
    """Give the median seconds and the most memory of commands that take turns; a first round warms the disk's cache."""
    runs: dict[str, list[Cold]] = {name: [] for name in commands}
    for counted in [False, *[True] * rounds]:
        for name, command in commands.items():
            run = cold(command)
            if counted:
                runs[name].append(run)
    return {
        name: Cold(statistics.median(run.seconds for run in found), max(run.memory for run in found))
        for name, found in runs.items()
    }


def timed(call: Callable[[], object], times: int = 1) -> float:
    """Time a call that is made so many times in a row; gives seconds for one."""
    start = time.perf_counter()
    for _ in range(times):
        call()
    return (time.perf_counter() - start) / times


def warm(calls: Mapping[str, Callable[[], object]], rounds: int, patience: float = 3.0) -> dict[str, float]:
    """Give the median seconds of calls that take turns; what takes longer than ``patience`` seconds is run once.

    A short call is made many times in its turn: once, right after a long one, it would mostly measure how long the
    processor takes to fetch from memory what the long one put out of its caches.
    """
    firsts = {name: timed(call) for name, call in calls.items()}
    turns = {name: calls[name] for name, first in firsts.items() if first <= patience}
    repeats = {name: max(1, round(_TURN / firsts[name])) for name in turns}
    times: dict[str, list[float]] = {name: [] for name in turns}
    for _ in range(rounds):
        for name, call in turns.items():
            times[name].append(timed(call, repeats[name]))
    return {name: statistics.median(times[name]) if name in times else first for name, first in firsts.items()}


def list_table(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a Markdown table, each row as it comes; numbers are right-aligned and shortened."""
    print(f"\n**{title}**\n")
    print("| " + " | ".join(head) + " |")
    print("|---" + "|--:" * (len(head) - 1) + "|")
    for row in rows:
        print("| " + " | ".join(map(_short, row)) + " |", flush=True)


def _short(cell: object) -> str:
    if not isinstance(cell, float):
        return str(cell)
    return f"{cell:,.0f}" if abs(cell) >= 100 else f"{cell:.3g}" if abs(cell) < 1 else f"{cell:.2f}"


def snapshot_of(store: Path) -> Path:
    """Give the folder of the snapshot that a store has in use."""
    layout = Layout(str(store))
    current = layout.current()
    if current is None:
        raise SystemExit(f"{store} is not a store of stigraph; make one with `stigraph build --store {store}`.")
    return Path(layout.snapshot(current[0]))


def opened_store(store: Path) -> ox.Store:
    """Open the SPARQL side of a store as one would with pyoxigraph alone."""
    return ox.Store.read_only(str(snapshot_of(store) / "sparql"))


@contextmanager
def build_curated() -> Iterator[Path]:
    """Build the curated graph alone, into a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder, "curated")
        subprocess.run(stigraph_command("build", store=store), stdout=subprocess.DEVNULL, check=True)
        yield store
