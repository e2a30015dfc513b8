"""Imports that are killed or interrupted: the store has the old or the new content, and nothing is left over.

``STIGRAPH_KILLS=50 STIGRAPH_KILLED_SHEETS=1000 pytest tests/ingest/test_interrupted.py`` kills fifty imports of a
thousand sheets each into a store that holds another thousand.
"""

import json
import lzma
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pytest

from stigraph.ingest.importing import import_review_sheets

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
KILLS = int(os.environ.get("STIGRAPH_KILLS", "3"))
SHEETS = int(os.environ.get("STIGRAPH_KILLED_SHEETS", "40"))
AT_THE_SWAP = 5
"""Each fifth kill comes when the new snapshot has its name and the pointer does not name it yet, or only just."""
MAIN = "from stigraph.cli import main; main()"
GONE_WITHIN = 60.0

_CONTENT = """
import hashlib, json, sqlite3, sys
import stigraph
store = stigraph.open_store(sys.argv[1])
def rows(query):
    return [[term.value for term in row] for row in stigraph.query(store, query).rows]
kept = sqlite3.connect(f"file:{store.folder}/sheets.sqlite?mode=ro", uri=True)
keys = [key for key, in kept.execute("SELECT key FROM sheet ORDER BY key")]
print(json.dumps({
    "by SPARQL": rows("SELECT ?year (COUNT(*) AS ?n) WHERE { ?s a sti:Source ; sti:fiscalYear ?year ;"
                      " sti:ministry ?m } GROUP BY ?year ORDER BY ?year"),
    "triples": rows("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"),
    "curated": stigraph.query(store, "ASK { programme:sicorp a sti:Programme }").answer,
    "by index": sorted(store.sheets_by_year().items()),
    "found": len(list(stigraph.search(store, "整備", limit=100_000))),
    "listed": [len(keys), hashlib.sha256(" ".join(keys).encode()).hexdigest()],
}))
"""

pytestmark = [
    pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is not here"),
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only /proc tells which processes are left"),
]


class Stores(NamedTuple):
    """A store as it was, as it will be, the sheets between them, and how long that import takes."""

    old: Path
    new: Path
    sheets: Path
    seconds: float


Start = Callable[[Path, Path], "subprocess.Popen[bytes]"]


def _excerpt(year: int, folder: Path) -> Path:
    path = folder / f"{year}.ndjson"
    with lzma.open(CORPUS / f"review-sheets-{year}.ndjson.xz", "rt", encoding="utf-8") as lines:
        path.write_text("".join(islice(lines, SHEETS)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for temporary files of the imports, which has to be empty after each."""
    return tmp_path_factory.mktemp("scratch")


@pytest.fixture(scope="module")
def start(clean_environment: Mapping[str, str], scratch: Path) -> Start:
    """Start an import in a session of its own."""

    def started(sheets: Path, store: Path) -> "subprocess.Popen[bytes]":
        arguments = ["import", "review-sheets", str(sheets), "--store", str(store), "--workers", "2"]
        return subprocess.Popen(
            [sys.executable, "-c", MAIN, *arguments],
            env={**clean_environment, "TMPDIR": str(scratch)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    return started


@pytest.fixture(scope="module")
def stores(start: Start, tmp_path_factory: pytest.TempPathFactory) -> Stores:
    folder = tmp_path_factory.mktemp("stores")
    old, new = folder / "old", folder / "new"
    import_review_sheets([_excerpt(2020, folder)], store=old, workers=1)
    shutil.copytree(old, new)
    sheets = _excerpt(2021, folder)
    begun = time.monotonic()
    process = start(sheets, new)
    _, errors = process.communicate()
    assert process.returncode == 0, errors
    return Stores(old, new, sheets, time.monotonic() - begun)


def _left(session: int) -> list[int]:
    """The processes of a session that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, *numbers = stat.read_text(encoding="utf-8", errors="replace").rpartition(") ")[2].split()[:4]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(numbers[2]) == session and state != "Z":
            found.append(int(stat.parent.name))
    return found


def _assert_no_process_is_left(session: int) -> None:
    deadline = time.monotonic() + GONE_WITHIN
    while _left(session) and time.monotonic() < deadline:
        time.sleep(0.02)
    left = _left(session)
    for number in left:
        os.kill(number, signal.SIGKILL)
    assert left == [], "workers have outlived the import"


def _content(store: Path, environment: Mapping[str, str]) -> object:
    """What another process reads in a store."""
    done = subprocess.run(
        [sys.executable, "-c", _CONTENT, str(store)], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def _snapshots(store: Path) -> set[str]:
    return {path.name for path in (store / "snapshots").iterdir()}


def _wait_for_the_swap(store: Path, before: set[str], process: "subprocess.Popen[bytes]") -> None:
    """Wait until a snapshot has its name, which is one step before the pointer names it."""
    while process.poll() is None:
        if any(len(name) == 16 for name in _snapshots(store) - before):
            return


def _moments(seconds: float) -> Iterator[float | None]:
    """When to kill, in seconds from the start, spread over the whole import and a little more; None for the swap."""
    chance = random.Random(20)
    for kill in range(KILLS):
        yield None if kill % AT_THE_SWAP == 1 else seconds * 1.05 * (kill + chance.random()) / KILLS


def test_killed_at_any_moment_the_store_is_the_old_or_the_new(
    stores: Stores, start: Start, clean_environment: Mapping[str, str], tmp_path: Path, scratch: Path
) -> None:
    old, new = (_content(store, clean_environment) for store in (stores.old, stores.new))
    assert old != new
    outcomes = []
    for moment in _moments(stores.seconds):
        store = tmp_path / "store"
        shutil.copytree(stores.old, store)
        before = _snapshots(store)
        process = start(stores.sheets, store)
        if moment is None:
            _wait_for_the_swap(store, before, process)
        else:
            time.sleep(moment)
        process.kill()
        process.communicate()
        _assert_no_process_is_left(process.pid)
        found = _content(store, clean_environment)
        assert found in (old, new), moment
        subprocess.run(
            [sys.executable, "-c", MAIN, "build", "--store", str(store)],
            env=clean_environment,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        assert _content(store, clean_environment) == found
        assert not any(name.startswith("draft-") for name in _snapshots(store))
        assert sorted(path.name for path in store.iterdir()) == ["current", "lock", "snapshots"]
        assert list(scratch.iterdir()) == []
        shutil.rmtree(store)
        outcomes.append("old" if found == old else "new")
    print(f"{KILLS} imports of {SHEETS} sheets killed within {stores.seconds:.1f} s: {', '.join(outcomes)}")


@pytest.mark.parametrize(("name", "part"), [("SIGINT", 0.4), ("SIGTERM", 0.6), ("SIGINT", 0.8)])
def test_a_first_import_that_is_interrupted_leaves_nothing(
    stores: Stores, start: Start, tmp_path: Path, scratch: Path, name: str, part: float
) -> None:
    process = start(stores.sheets, tmp_path / "store")
    time.sleep(stores.seconds * part)
    os.killpg(process.pid, getattr(signal, name))
    output, errors = process.communicate()
    _assert_no_process_is_left(process.pid)
    assert list(scratch.iterdir()) == []
    if process.returncode == 0:
        return
    assert (process.returncode, output) == (2, b""), errors.decode()
    assert errors.decode().replace("\n", "", 1).count("\n") == 0, errors.decode()
    assert not (tmp_path / "store").exists()


def test_a_worker_that_is_killed_is_said_in_one_sentence(stores: Stores, start: Start, tmp_path: Path) -> None:
    process = start(stores.sheets, tmp_path / "store")
    while process.poll() is None and not (workers := set(_left(process.pid)) - {process.pid}):
        time.sleep(0.01)
    os.kill(max(workers), signal.SIGKILL)
    output, errors = process.communicate()
    _assert_no_process_is_left(process.pid)
    assert (process.returncode, output) == (2, b""), errors.decode()
    assert errors.decode().startswith("stigraph: A process that worked on the sheets has ended, ")
    assert errors.count(b"\n") == 1
    assert not (tmp_path / "store").exists()
