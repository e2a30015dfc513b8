"""How fast a page is written and pictured, beside pyvis, gravis and ipysigma on the same graphs: ``make bench-page``.

Every cell is a new process: one writes the page, one opens it in headless Chromium. Writing is measured in alternating
rounds and the median is given; the time to import is given apart. A cell that takes longer than a minute is stopped.
Needs the extra ``stigraph[bench]`` and Debian's chromium.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TOOLS = ("stigraph", "pyvis", "gravis", "ipysigma")
SIZES = (100, 1000, 5000, 20000)
HOSTILE_NODES = 40


def told_by(script: str, *arguments: str, limit: float) -> dict[str, Any]:
    """Run a script that prints JSON; what it could not do within the limit it did not do."""
    command = [sys.executable, str(HERE / script), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=True)
    except subprocess.TimeoutExpired:
        return {"stopped": f"not within {limit:.0f} s"}
    except subprocess.CalledProcessError as error:
        return {"stopped": (error.stderr or "").strip().rpartition("\n")[2][:100]}
    found: dict[str, Any] = json.loads(done.stdout.strip().rpartition("\n")[2])
    return found


def written(tool: str, nodes: int, path: Path, rounds: int, limit: float) -> dict[str, Any]:
    """Write the page of one graph with one tool, several times."""
    runs = []
    for _ in range(rounds):
        run = told_by("page_peers.py", tool, str(nodes), str(path), limit=limit)
        if "stopped" in run:
            return run
        runs.append(run)
    size = path.stat().st_size / 1e6
    return {key: statistics.median(run[key] for run in runs) for key in ("import", "write")} | {"megabytes": size}


def cell(tool: str, nodes: int, folder: Path, asked: argparse.Namespace) -> dict[str, Any]:
    """Measure one tool on one graph."""
    path = folder / f"{tool}-{nodes}.html"
    found = written(tool, nodes, path, asked.rounds, asked.limit)
    if "stopped" in found or asked.no_browser:
        return found
    seen = told_by("page_browser.py", str(path), "--limit", str(asked.limit), limit=asked.limit + 30)
    return found | seen


def ran(tool: str, folder: Path, limit: float) -> str:
    """Say whether a script in the data ran."""
    path = folder / f"{tool}-hostile.html"
    made = told_by("page_peers.py", tool, str(HOSTILE_NODES), str(path), "--hostile", limit=limit)
    if "stopped" in made:
        return str(made["stopped"])
    seen = told_by("page_browser.py", str(path), "--limit", "15", "--no-pan", limit=limit)
    return "RAN" if seen.get("ran") else "did not run"


def number(found: dict[str, Any], key: str, form: str = ".2f") -> str:
    """Write a measure, or – where there is none."""
    value = found.get(key)
    return "–" if value is None else f"{value:{form}}"


_COLUMNS = {
    "import": ("import s", ".2f"),
    "write": ("write s", ".3f"),
    "faster": ("pyvis ÷", ".1f"),
    "megabytes": ("MB", ".2f"),
    "picture": ("picture s", ".2f"),
    "redraws": ("redraws/s", ".0f"),
    "requests": ("requests", "d"),
}


def print_table(table: dict[tuple[str, int], dict[str, Any]]) -> None:
    """Print every measure, and pyvis's time to write over each tool's."""
    print(f"{'':<10} {'nodes':>6}", *(f"{head:>10}" for head, _ in _COLUMNS.values()))
    for (tool, nodes), found in table.items():
        pyvis = table.get(("pyvis", nodes), {}).get("write")
        if pyvis and "write" in found:
            found["faster"] = pyvis / found["write"]
        told = (f"{number(found, key, form):>10}" for key, (_, form) in _COLUMNS.items())
        print(f"{tool:<10} {nodes:>6}", *told, "", found.get("stopped", ""))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=float, default=60.0, help="seconds that a cell may take")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--tools", nargs="+", choices=TOOLS, default=TOOLS)
    parser.add_argument("--no-browser", action="store_true", help="only write")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = {(tool, nodes): cell(tool, nodes, folder, asked) for nodes in asked.sizes for tool in asked.tools}
        print_table(table)
        if not asked.no_browser:
            for tool in asked.tools:
                print(f"{tool:<10} hostile labels: {ran(tool, folder, asked.limit)}")


if __name__ == "__main__":
    main()
