"""Data that is plainly wrong is refused with file, line and remedy, and the store stays as it was."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

import stigraph
from stigraph.errors import DataError, StoreError

_HERE = Path(__file__).parent
Run = Callable[..., CompletedProcess[str]]


def _rows() -> list[dict[str, str]]:
    with (_HERE / "bad.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_bad_file_has_a_row() -> None:
    assert {row["file"] for row in _rows()} == {path.name for path in (_HERE / "bad").iterdir()}


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["file"])
def test_the_message_names_file_line_and_remedy(tiny: Path, tmp_path: Path, row: dict[str, str]) -> None:
    good = stigraph.build(tmp_path / "store", data=tiny)
    bad = tiny / "sources" / row["file"]
    bad.parent.mkdir()
    shutil.copy(_HERE / "bad" / row["file"], bad)
    with pytest.raises(DataError) as caught:
        stigraph.build(tmp_path / "store", data=tiny)
    assert (caught.value.path, caught.value.line) == (bad, int(row["line"]))
    assert str(caught.value).startswith(f"{bad}:{row['line']}: ")
    assert row["says"] in str(caught.value)
    assert row["remedy"] in str(caught.value)
    assert [path.name for path in (tmp_path / "store" / "snapshots").iterdir()] == [good.name]
    assert stigraph.resolve(stigraph.open_store(tmp_path / "store"), "Tiny").en == "Tiny"


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", "事業".encode("shift_jis"), b"\x00" * 10], ids=["utf-16", "shift-jis", "nul"]
)
def test_a_file_in_another_encoding_is_named(tiny: Path, tmp_path: Path, content: bytes) -> None:
    bad = tiny / "catalogue" / "zz-bad.ttl"
    bad.write_bytes(b'<urn:a> <urn:b> "' + content + b'" . ' if content != b"\x00" * 10 else content)
    with pytest.raises((DataError, StoreError), match=r"zz-bad\.ttl"):
        stigraph.build(tmp_path / "store", data=tiny)


def test_on_the_command_line_it_is_one_sentence_and_exit_2(run: Run, tiny: Path, tmp_path: Path) -> None:
    (tiny / "sources").mkdir()
    shutil.copy(_HERE / "bad" / "misspelt-property.ttl", tiny / "sources")
    done = run("build", "--data", str(tiny), "--store", str(tmp_path / "store"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"stigraph: {tiny / 'sources' / 'misspelt-property.ttl'}:9: sti:startFiscalYaer is not a term of the ontology; "
        "is sti:startFiscalYear meant?\n"
    )


def test_an_empty_data_file_is_refused(tiny: Path, tmp_path: Path) -> None:
    empty = tiny / "sources" / "lost.ttl"
    empty.parent.mkdir()
    empty.touch()
    with pytest.raises(DataError, match="holds no statement; restore what was in it") as caught:
        stigraph.build(tmp_path / "store", data=tiny)
    assert caught.value.path == empty
