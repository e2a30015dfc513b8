"""Readers beside writers, builders at once, builders killed, full disks, broken stores."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from tests.store.disks import small_disk

import stigraph
from stigraph.errors import StoreError
from stigraph.resources import data_folder

Run = Callable[..., CompletedProcess[str]]
RunIn = Callable[..., CompletedProcess[str]]

_SLOW_BUILD = """
import sys, time
import stigraph.store.index
def write_index(*arguments):
    print("in the middle", flush=True)
    time.sleep(600)
stigraph.store.index.write_index = write_index
import stigraph
stigraph.build(sys.argv[1], data=sys.argv[2])
"""


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def _change(data: Path, label: str) -> None:
    path = data / "catalogue" / "programmes.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace('"Tiny"', f'"{label}"'), encoding="utf-8")


def test_a_reader_goes_on_reading_what_it_opened(tiny: Path, tmp_path: Path) -> None:
    stigraph.build(tmp_path / "store", data=tiny)
    old = stigraph.open_store(tmp_path / "store")
    assert stigraph.resolve(old, "Tiny").en == "Tiny"
    _change(tiny, "Grown")
    stigraph.build(tmp_path / "store", data=tiny)
    ask = 'ASK { programme:tiny skos:prefLabel "Tiny"@en }'
    assert stigraph.resolve(old, "Tiny").en == "Tiny"
    assert stigraph.query(old, ask).answer is True, "SPARQL is opened only now"
    new = stigraph.open_store(tmp_path / "store")
    assert stigraph.resolve(new, "Grown").en == "Grown"
    assert stigraph.query(new, ask).answer is False


def test_two_processes_that_build_at_once_leave_one_snapshot(
    tmp_path: Path, clean_environment: Mapping[str, str]
) -> None:
    shutil.copytree(data_folder(), tmp_path / "data")
    folders = ["--data", str(tmp_path / "data"), "--store", str(tmp_path / "store")]
    command = [sys.executable, "-c", "from stigraph.cli import main; main()", "build", *folders]
    builders = [
        subprocess.Popen(command, env=clean_environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    outcomes = [builder.communicate(timeout=120) for builder in builders]
    assert [builder.returncode for builder in builders] == [0, 0, 0], outcomes
    assert len({printed for printed, _ in outcomes}) == 1
    assert len(_names(tmp_path / "store" / "snapshots")) == 1
    assert _names(tmp_path / "store") == ["current", "lock", "snapshots"]


def _kill_in_the_middle(store: Path, data: Path, environment: Mapping[str, str]) -> None:
    builder = subprocess.Popen(
        [sys.executable, "-c", _SLOW_BUILD, str(store), str(data)], env=environment, stdout=subprocess.PIPE
    )
    assert builder.stdout is not None
    assert builder.stdout.readline() == b"in the middle\n"
    builder.send_signal(signal.SIGKILL)
    builder.wait(timeout=30)
    builder.stdout.close()


def test_a_killed_build_leaves_the_last_good_store(
    tiny: Path, tmp_path: Path, clean_environment: Mapping[str, str]
) -> None:
    store = tmp_path / "store"
    good = stigraph.build(store, data=tiny).name
    _change(tiny, "Grown")
    _kill_in_the_middle(store, tiny, clean_environment)
    left = _names(store / "snapshots")
    assert good in left
    assert any(name.startswith("draft-") for name in left)
    assert stigraph.resolve(stigraph.open_store(store), "Tiny").en == "Tiny"
    grown = stigraph.build(store, data=tiny).name
    assert _names(store / "snapshots") == sorted([good, grown])
    assert stigraph.resolve(stigraph.open_store(store), "Grown").en == "Grown"


def test_after_a_killed_first_build_the_next_start_works(
    tiny: Path, tmp_path: Path, clean_environment: Mapping[str, str], run: Run
) -> None:
    store = tmp_path / "store"
    _kill_in_the_middle(store, tiny, clean_environment)
    assert any(name.startswith("draft-") for name in _names(store / "snapshots"))
    done = run("lineage", "SICORP", "--store", str(store))
    assert (done.returncode, done.stderr) == (0, "")
    assert len(_names(store / "snapshots")) == 1
    assert not _names(store / "snapshots")[0].startswith("draft-")


def test_the_first_use_builds_and_the_second_does_not(run: Run, tmp_path: Path) -> None:
    env = {"STIGRAPH_STORE": str(tmp_path / "new" / "store")}
    first = run("search", "SICORP", env=env)
    assert first.returncode == 0, first.stderr
    (snapshot,) = (tmp_path / "new" / "store" / "snapshots").iterdir()
    written = (snapshot / "index.sqlite").stat().st_mtime_ns
    assert run("search", "SICORP", env=env).stdout == first.stdout
    assert (snapshot / "index.sqlite").stat().st_mtime_ns == written


def test_without_a_named_store_it_is_in_the_users_cache(checkout: Path, run_in: RunIn, tmp_path: Path) -> None:
    assert run_in(checkout, "search", "第5期基本計画").returncode == 0
    (store,) = (tmp_path / "cache" / "stigraph").iterdir()
    assert _names(store) == ["current", "lock", "snapshots"]


def test_the_default_store_follows_the_data(checkout: Path, run_in: RunIn) -> None:
    assert run_in(checkout, "search", "新しい名前").returncode == 1
    documents = checkout / "data" / "catalogue" / "documents.ttl"
    original = documents.read_text(encoding="utf-8")
    documents.write_text(original.replace('"第5期科学技術基本計画"', '"新しい名前の計画"', 1), encoding="utf-8")
    changed = run_in(checkout, "search", "新しい名前", "--lang", "ja")
    assert changed.returncode == 0
    assert "document:basic-plan-5" in changed.stdout
    documents.write_text(original + "\nbroken", encoding="utf-8")
    broken = run_in(checkout, "search", "新しい名前")
    assert (broken.returncode, broken.stdout) == (2, "")
    assert f"{documents}:" in broken.stderr
    documents.write_text(original, encoding="utf-8")
    assert run_in(checkout, "search", "新しい名前").returncode == 1
    new_source = checkout / "data" / "sources" / "added.ttl"
    new_source.write_text(
        '<https://w3id.org/stigraph/id/programme/added> <http://www.w3.org/2004/02/skos/core#prefLabel> "追加"@ja .\n',
        encoding="utf-8",
    )
    assert run_in(checkout, "search", "追加").returncode == 0
    new_source.unlink()
    assert run_in(checkout, "search", "第5期科学技術基本計画").returncode == 0


def test_a_store_that_was_named_is_left_alone(checkout: Path, run_in: RunIn, tmp_path: Path) -> None:
    named = ["--store", str(tmp_path / "named")]
    assert run_in(checkout, "search", "第5期基本計画", *named).returncode == 0
    documents = checkout / "data" / "catalogue" / "documents.ttl"
    documents.write_text("broken", encoding="utf-8")
    assert run_in(checkout, "search", "第5期基本計画", *named).returncode == 0


def _is_one_sentence(done: CompletedProcess[str]) -> bool:
    return done.stderr.startswith("stigraph: ") and done.stderr.count("\n") == 1 and "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [["lineage", "SICORP"], ["build"]], ids=["lineage", "build"])
def test_where_no_store_can_be_it_says_so(run: Run, hopeless: str, command: list[str]) -> None:
    done = run(*command, "--store", hopeless)
    assert (done.returncode, done.stdout) == (2, "")
    assert _is_one_sentence(done), done.stderr
    assert hopeless in done.stderr
    if hopeless.endswith("file"):
        assert Path(hopeless).read_text(encoding="utf-8") == "mine\n"


_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
del sys.argv[1]
from stigraph.cli import main
main()
"""


@pytest.mark.parametrize("room", [0, 4_096, 100_000, 1_000_000])
def test_no_room_for_the_files_leaves_the_store_as_it_was(
    tiny: Path, tmp_path: Path, clean_environment: Mapping[str, str], room: int
) -> None:
    pytest.importorskip("resource", reason="limits on the size of files are a thing of Unix")
    store = tmp_path / "store"
    good = stigraph.build(store, data=tiny).name
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(room), "build", "--store", str(store)],
        env=clean_environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert _is_one_sentence(done), done.stderr
    assert "cannot be written" in done.stderr
    assert _names(store / "snapshots") == [good]
    assert stigraph.resolve(stigraph.open_store(store), "Tiny").en == "Tiny"


@pytest.mark.parametrize("kilobytes", [256, 1_024, 4_096])
def test_a_full_disk_is_one_sentence_and_nothing_half_written(run: Run, kilobytes: int) -> None:
    with small_disk(kilobytes) as disk:
        done = run("lineage", "SICORP", "--store", str(disk / "store"))
        assert (done.returncode, done.stdout) == (2, ""), done.stderr
        assert _is_one_sentence(done), done.stderr
        assert "cannot be written" in done.stderr
        assert _names(disk / "store" / "snapshots") == []
        assert "current" not in _names(disk / "store")


def test_a_folder_of_something_else_is_refused_and_untouched(run: Run, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter-1.tex").write_text("\\section{}", encoding="utf-8")
    done = run("lineage", "SICORP", "--store", str(tmp_path / "thesis"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"stigraph: {tmp_path / 'thesis'} is not a stigraph store;")
    assert _names(tmp_path / "thesis") == ["chapter-1.tex"]


def test_a_build_does_not_write_into_a_folder_of_something_else(run: Run, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter-1.tex").write_text("\\section{}", encoding="utf-8")
    done = run("build", "--store", str(tmp_path / "thesis"))
    assert done.returncode == 2
    assert _names(tmp_path / "thesis") == ["chapter-1.tex"]


def test_a_store_of_another_version_says_how_to_get_one_of_this(run: Run, tmp_path: Path) -> None:
    store = ["--store", str(tmp_path / "store")]
    assert run("build", *store).returncode == 0
    (index,) = (tmp_path / "store").glob("snapshots/*/index.sqlite")
    database = sqlite3.connect(index)
    database.execute("PRAGMA user_version = 999")
    database.commit()
    database.close()
    old = run("lineage", "SICORP", *store)
    assert (old.returncode, old.stdout) == (2, "")
    assert "is of format 999" in old.stderr
    assert "stigraph build --force" in old.stderr
    assert run("build", "--force", *store).returncode == 0
    assert run("lineage", "SICORP", *store).returncode == 0


@pytest.mark.parametrize("left", [0.0, 0.001, 0.3, 0.6, 0.99], ids="{:.1%}".format)
def test_a_cut_index_is_refused_with_the_remedy(run: Run, store_folder: Path, tmp_path: Path, left: float) -> None:
    shutil.copytree(store_folder, tmp_path / "store")
    (index,) = (tmp_path / "store").glob("snapshots/*/index.sqlite")
    os.truncate(index, int(index.stat().st_size * left))
    for command in (["lineage", "SICORP"], ["search", "量子"], ["show", "WPI"]):
        done = run(*command, "--store", str(tmp_path / "store"))
        assert (done.returncode, done.stdout) == (2, "")
        assert _is_one_sentence(done), done.stderr
        assert "stigraph build --force" in done.stderr


@pytest.mark.parametrize("name", ["index.sqlite", "sparql"])
def test_a_missing_part_is_refused_with_the_remedy(store_folder: Path, tmp_path: Path, name: str) -> None:
    shutil.copytree(store_folder, tmp_path / "store")
    (part,) = (tmp_path / "store").glob(f"snapshots/*/{name}")
    part.rename(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match="stigraph build --force"):
        stigraph.query(stigraph.open_store(tmp_path / "store"), "ASK { ?s ?p ?o }")


def test_a_pointer_to_nothing_is_mended(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert run("build", "--store", str(store)).returncode == 0
    shutil.rmtree(store / "snapshots")
    assert run("lineage", "SICORP", "--store", str(store)).returncode == 0
    (store / "current").write_bytes(b"\xff\xfe")
    done = run("lineage", "SICORP", "--store", str(store))
    assert done.returncode == 2
    assert _is_one_sentence(done)


def test_an_endpoint_that_is_not_there_is_said_in_words() -> None:
    with pytest.raises(StoreError, match="cannot be reached"):
        stigraph.open_store("http://127.0.0.1:9/sparql").of_type("sti:Plan")
