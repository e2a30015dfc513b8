"""How fast review sheets come in, beside `oxigraph load` on the same statements.

Usage: ``python benchmarks/importing.py FOLDER``. The import reads the files, checks and links the sheets and writes a
whole snapshot: the store for SPARQL, where every statement stands in the graph of its sheet and once in the default
graph, and the index. The peer loads ready N-Quads of the graphs of the sheets alone, which is the least that a store of
them can cost. Needs the package ``oxigraph``.
"""

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from stigraph.ingest.encoding import link_sheets
from stigraph.ingest.identity import sheet_key
from stigraph.ingest.kept import KeptSheets
from stigraph.ingest.quads import sheet_quads
from stigraph.store import open_store

_STIGRAPH = "from stigraph.cli import main; main()"


def timed(command: list[str]) -> tuple[float, float]:
    """Run a command; give its seconds and the most memory that any process of this run has had, in MB."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    return time.perf_counter() - start, most


def write_quads(sheets: Path, target: Path) -> None:
    """Write what the sheets say as N-Quads, in the graphs of the sheets alone."""
    kept = KeptSheets(sheets)
    keys = kept.keys()
    with ProcessPoolExecutor(1) as executor:
        programmes = link_sheets(sheets, executor, lambda task, done, total: None)
    with target.open("wb") as file:
        file.write(programmes.shared)
        for sheet in kept.between(keys[0], keys[-1]):
            iri, label = programmes.of_sheet[sheet_key(sheet)]
            file.write(sheet_quads(sheet, iri, label=label).encode())
    kept.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", nargs="+")
    asked = parser.parse_args()
    peer = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours, memory = timed(
            [sys.executable, "-c", _STIGRAPH, "import", "review-sheets", *asked.paths, "--store", str(folder / "store")]
        )
        sheets = Path(open_store(folder / "store").folder, "sheets.sqlite")
        print(f"stigraph import  {ours:8.1f} s {memory:8.0f} MB")
        if peer is None:
            print("oxigraph is not installed: pip install oxigraph")
            return
        write_quads(sheets, folder / "sheets.nq")
        shutil.rmtree(folder / "store")
        load = [peer, "load", "--location", str(folder / "peer"), "--file", str(folder / "sheets.nq")]
        theirs, _ = timed(load)
        size = (folder / "sheets.nq").stat().st_size / 1e9
        print(f"oxigraph load    {theirs:8.1f} s   ({size:.2f} GB of N-Quads)")
        print(f"ratio            {ours / theirs:8.2f}")


if __name__ == "__main__":
    main()
