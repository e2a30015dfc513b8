"""How fast review sheets come in, and in how much memory, beside `oxigraph load` on the same N-Quads.

Usage: ``python benchmarks/importing.py FOLDER``. The import reads the files, checks and links the sheets and writes a
whole snapshot: the store for SPARQL, where every statement stands in the graph of its sheet and once in the default
graph, and the index. The peer loads ready N-Quads: those that the import loads, and, as the least that a store of the
sheets can cost, those of the graphs of the sheets alone. Needs the package ``oxigraph``, Linux, and some twenty
gigabytes for all sheets.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from stigraph.ingest.encoding import encode, link_sheets
from stigraph.ingest.workers import processes
from stigraph.store import open_store

_STIGRAPH = "from stigraph.cli import main; main()"
_EVERY = 0.5


def timed(command: list[str]) -> tuple[float, float]:
    """Run a command; give its seconds, and the most memory that it and its workers had at one time, in MiB.

    Memory is what is theirs and their share of what they have in common (PSS).
    """
    start = time.perf_counter()
    most = 0.0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, sum(map(memory_of, family(process.pid))))
            time.sleep(_EVERY)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return seconds, most


def family(process: int) -> list[int]:
    """Give a process and those it has started."""
    children: list[int] = []
    try:
        for thread in os.listdir(f"/proc/{process}/task"):
            children += map(int, Path(f"/proc/{process}/task/{thread}/children").read_text().split())
    except OSError:
        return []
    return [process, *(one for child in children for one in family(child))]


def memory_of(process: int) -> float:
    """Give the memory of a process in MiB, 0 when it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def write_quads(sheets: Path, both: Path, named: Path) -> None:
    """Write what the sheets say as N-Quads: as the import loads them, and in the graphs of the sheets alone."""
    with processes() as executor, both.open("wb") as all_quads, named.open("wb") as named_quads:
        programmes = link_sheets(sheets, executor, lambda task, done, total: None)
        for file in (all_quads, named_quads):
            file.write(programmes.shared)
        for piece in encode(sheets, programmes, executor, lambda task, done, total: None):
            all_quads.write(piece.quads)
            named_quads.writelines(line for line in piece.quads.splitlines(keepends=True) if _is_named(line))


def _is_named(line: bytes) -> bool:
    """Tell whether a line that `sheet_quads` wrote names a graph: after a literal, or as a fourth IRI."""
    rest = line.split(b" ", 2)[2]
    return b"> <" in rest if rest[:1] == b"<" else rest.endswith(b"> .\n") and b" <" in rest[rest.rfind(b'"') :]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--keep", type=Path, metavar="STORE", help="Leave the imported store here.")
    asked = parser.parse_args()
    peer = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = asked.keep or folder / "store"
        ours, memory = timed(
            [sys.executable, "-c", _STIGRAPH, "import", "review-sheets", *asked.paths, "--store", str(store)]
        )
        snapshot = Path(open_store(store).folder)
        disk = sum(file.stat().st_size for file in snapshot.rglob("*") if file.is_file()) / 1e9
        print(f"stigraph import                {ours:8.1f} s {memory:8.0f} MiB {disk:6.2f} GB of disk", flush=True)
        if peer is None:
            print("oxigraph is not installed: pip install oxigraph")
            return
        files = folder / "both.nq", folder / "named.nq"
        write_quads(snapshot / "sheets.sqlite", *files)
        for title, file in zip(("the same N-Quads", "graphs of sheets alone"), files, strict=True):
            place = folder / file.stem
            theirs, memory = timed([peer, "load", "--location", str(place), "--file", str(file)])
            size = file.stat().st_size / 1e9
            print(f"oxigraph load                  {theirs:8.1f} s {memory:8.0f} MiB ({title}, {size:.2f} GB)")
            print(f"ratio                          {ours / theirs:8.2f}", flush=True)
            shutil.rmtree(place)
            file.unlink()


if __name__ == "__main__":
    main()
