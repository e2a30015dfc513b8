"""How long a whole year of the RS system takes to come in, and in how much memory.

Usage: ``python benchmarks/rs_system_year.py SAMPLES [--projects N]``. SAMPLES is a folder of real projects in the RS
system's form (files ``2-1_RS_2025_…csv``). The year is made of them: every project many times over, each time with an
ID and a name of its own, in ZIPs, with byte order mark and CRLF as published, until there are as many as in a real
year (FY2024: 5,692 sheets, 193,340 rows of 5-1, 118,071 of 3-1). Files that the samples lack are made with a head only.
"""

import argparse
import csv
import io
import itertools
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from stigraph.ingest.rs_system import FILES, file_name

_STIGRAPH = "from stigraph.cli import main; main()"
_ID, _NAME = "予算事業ID", "事業名"
_FIRST_ID = 100_000
_KIB = 1024


def write_year(samples: Path, folder: Path, year: int, projects: int) -> dict[str, int]:
    """Write the ZIPs of a year; give the rows of each file."""
    known = _projects(samples / file_name("1-1", year))
    rows = {}
    for number, kind in FILES.items():
        sample = samples / file_name(number, year)
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\r\n")
        count = 0
        if sample.exists():
            for count, row in enumerate(_repeated(sample, known, projects)):  # noqa: B007  # read after the loop
                table.writerow(row)
        else:
            table.writerow([*kind.needed, *kind.columns])
        with zipfile.ZipFile(folder / file_name(number, year, "zip"), "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(file_name(number, year), "\ufeff" + text.getvalue())
        rows[number] = count
    return rows


def _rows(path: Path) -> tuple[list[str], list[list[str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    return head, rows


def _projects(path: Path) -> list[str]:
    head, rows = _rows(path)
    return list(dict.fromkeys(row[head.index(_ID)] for row in rows))


def _repeated(path: Path, known: Sequence[str], projects: int) -> Iterator[list[str]]:
    """Give the head, then the rows of one project after the other, over and over."""
    head, rows = _rows(path)
    yield head
    identity, name = head.index(_ID), head.index(_NAME)
    own = {project: [row for row in rows if row[identity] == project] for project in known}
    for count, project in enumerate(itertools.islice(itertools.cycle(known), projects)):
        for row in own[project]:
            made = list(row)
            made[identity], made[name] = str(_FIRST_ID + count), f"{row[name]}（第{count}号）"
            yield made


def measure(command: Sequence[str]) -> tuple[float, float, float]:
    """Run a command; give its seconds, the most memory of one of its processes and of all together, in MiB."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, start_new_session=True)
    largest = together = 0.0
    while process.poll() is None:
        sizes = [_resident(number) for number in _session(process.pid)]
        largest, together = max([largest, *sizes]), max(together, sum(sizes))
        time.sleep(0.1)
    if process.returncode:
        sys.exit(process.returncode)
    return time.perf_counter() - begun, largest / _KIB, together / _KIB


def _session(leader: int) -> Iterator[int]:
    for name in filter(str.isdecimal, os.listdir("/proc")):
        try:
            if os.getsid(int(name)) == leader:
                yield int(name)
        except OSError:
            continue


def _resident(number: int) -> int:
    """Give the memory of a process in KiB; what it shares with others in equal parts."""
    try:
        told = Path(f"/proc/{number}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:"))


def main() -> None:
    """Make the year, import it, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("samples", type=Path)
    parser.add_argument("--year", type=int, default=2025)
    parser.add_argument("--projects", type=int, default=5692)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "files")
        folder.mkdir()
        rows = write_year(asked.samples, folder, asked.year, asked.projects)
        print(f"made {asked.projects:,} projects: {', '.join(f'{key} {count:,}' for key, count in rows.items())} rows")
        store = str(Path(name, "store"))
        command = [sys.executable, "-c", _STIGRAPH, "import", "rs-system", str(folder), "--store", store]
        seconds, largest, together = measure(command)
        print(f"{seconds:.1f} s; the largest process {largest:,.0f} MiB, all together {together:,.0f} MiB")


if __name__ == "__main__":
    main()
