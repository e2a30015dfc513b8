"""Quads of sheets on their way into the store."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.store.disks import small_disk

from stigraph.ingest.encoding import Encoded
from stigraph.store.loading import Loading

EX = "https://example.org/"


def _pieces(count: int) -> Iterator[Encoded]:
    for number in range(count):
        triple = f"<{EX}s{number}> <{EX}p> <{EX}o>"
        yield Encoded(f"{triple} <{EX}g{number}> .\n{triple} .\n".encode(), [])


def _filled(folder: Path) -> Loading:
    loading = Loading(folder)
    loading.add({f"{EX}curated": [ox.Triple(ox.NamedNode(EX), ox.NamedNode(f"{EX}p"), ox.Literal("curated"))]})
    assert list(loading.load(_pieces(5))) == []
    return loading


def _program(path: Path, text: str) -> str:
    path.write_text(f"#!{sys.executable}\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_pieces_stand_in_their_graphs_and_once_in_the_default_graph(tmp_path: Path) -> None:
    with closing(_filled(tmp_path / "sparql")) as loading:
        assert loading.finish() == 2 * 6
    store = ox.Store.read_only(str(tmp_path / "sparql"))
    assert set(map(str, store.named_graphs())) == {f"<{EX}curated>", *(f"<{EX}g{n}>" for n in range(5))}
    subjects = [str(quad.subject) for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())]
    assert sorted(subjects) == [f"<{EX}>", *(f"<{EX}s{number}>" for number in range(5))]


def test_without_pieces_nothing_else_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere")
    with closing(Loading(tmp_path / "sparql")) as loading:
        loading.add({f"{EX}curated": [ox.Triple(ox.NamedNode(EX), ox.NamedNode(f"{EX}p"), ox.Literal("curated"))]})
        assert loading.finish() == 2


def test_a_store_that_cannot_be_compacted_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = _program(tmp_path / "failing", "print('first'); print('No space left on device'); raise SystemExit(1)")
    monkeypatch.setattr(sys, "executable", failing)
    with (
        closing(_filled(tmp_path / "sparql")) as loading,
        pytest.raises(OSError, match=r"^No space left on device$"),
    ):
        loading.finish()


def test_what_is_left_is_compacted_by_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = tmp_path / "mark"
    waiting = f"import pathlib, time; pathlib.Path({str(mark)!r}).touch(); time.sleep(600)"
    monkeypatch.setattr(sys, "executable", _program(tmp_path / "waiting", waiting))
    loading = _filled(tmp_path / "sparql")
    process = loading._compacting
    assert process is not None and process.poll() is None
    loading.close()
    assert process.returncode is not None


def _many_files(folder: Path) -> None:
    """Write a store whose files have to be merged: each holds some of what stands between the others' triples."""
    store = ox.Store(str(folder))
    for part in range(6):
        quads = (f"<{EX}s{number * 6 + part}> <{EX}p{number % 7}> <{EX}o{number}> .\n" for number in range(20_000))
        store.bulk_load(input="".join(quads).encode(), format=ox.RdfFormat.N_QUADS)
    store.flush()


def test_a_disk_that_fills_while_files_are_merged_is_an_error() -> None:
    with small_disk(200_000) as disk:
        _many_files(disk / "sparql")
        with (disk / "filler").open("wb") as filler:
            filler.truncate()
            os.posix_fallocate(filler.fileno(), 0, shutil.disk_usage(disk).free - (256 << 10))
        with subprocess.Popen(
            [sys.executable, "-m", "stigraph.store.compacting", str(disk / "sparql")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            told = process.stdout.read()
        assert process.returncode == 1
        assert re.fullmatch(r"(Compaction too large|IO error: No space left on device.*)\n", told), told
