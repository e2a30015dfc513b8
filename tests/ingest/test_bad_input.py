"""Bad files and bad records at the command line: one clear sentence or a place in the report, nothing half-written."""

import csv
import json
import lzma
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from tests.conftest import Run

Import = Callable[..., CompletedProcess[str]]

_LIMITED = """
import resource, sys
room = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
from stigraph.cli import main
main()
"""


def sheet(number: int, **more: Any) -> dict[str, Any]:
    """The least that a sheet has."""
    return {"公開年度": 2019, "府省庁": "文部科学省", "事業番号": f"{number:04}", "事業名": f"事業{number}", **more}


def lines(*records: Any) -> bytes:
    """Records as NDJSON."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


@pytest.fixture
def importing(run: Run, tmp_path: Path) -> Import:
    """Import files into a store that is not there yet."""

    def imported(*paths: Path, **named: Any) -> CompletedProcess[str]:
        options = [f"--{name}={value}" for name, value in named.items()]
        files = map(str, paths)
        return run(
            "import",
            "review-sheets",
            *files,
            "--store",
            str(tmp_path / "store"),
            *options,
            env={"TMPDIR": _tmp(tmp_path)},
        )

    return imported


def _tmp(tmp_path: Path) -> str:
    folder = tmp_path / "scratch"
    folder.mkdir(exist_ok=True)
    return str(folder)


def assert_one_sentence(done: CompletedProcess[str], tmp_path: Path, *parts: str) -> None:
    """It says what and where in one line, and leaves neither a store nor a file of its own."""
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert done.stderr.startswith("stigraph: ") and done.stderr.count("\n") == 1, done.stderr
    for part in parts:
        assert part in done.stderr
    assert not (tmp_path / "store").exists()
    assert not (tmp_path / "scratch").exists() or list((tmp_path / "scratch").iterdir()) == []


def _no_such_file(path: Path) -> Path:
    return path / "none.ndjson"


def _empty_folder(path: Path) -> Path:
    (path / "empty").mkdir()
    return path / "empty"


def _empty_file(path: Path) -> Path:
    (path / "empty.ndjson").touch()
    return path / "empty.ndjson"


def _no_xz(path: Path) -> Path:
    (path / "broken.xz").write_bytes(b"no such thing")
    return path / "broken.xz"


def _other_kind(path: Path) -> Path:
    (path / "sheets.txt").write_bytes(lines(sheet(1)))
    return path / "sheets.txt"


def _shift_jis(path: Path) -> Path:
    (path / "sjis.ndjson").write_bytes(lines(sheet(1), sheet(2)).decode().encode("shift_jis"))
    return path / "sjis.ndjson"


def _utf_16(path: Path) -> Path:
    (path / "utf16.json").write_bytes(lines(sheet(1)).decode().encode("utf-16"))
    return path / "utf16.json"


def _pipe(path: Path) -> Path:
    os.mkfifo(path / "pipe.ndjson")
    return path / "pipe.ndjson"


def _cut_zip(path: Path) -> Path:
    with zipfile.ZipFile(path / "whole.zip", "w") as archive:
        archive.writestr("2019.ndjson", lines(*map(sheet, range(99))))
    (path / "cut.zip").write_bytes((path / "whole.zip").read_bytes()[:900])
    return path / "cut.zip"


def _zip_of_nothing(path: Path) -> Path:
    with zipfile.ZipFile(path / "none.zip", "w") as archive:
        archive.writestr("__MACOSX/2019/._0001.json", b"\x00\x05\x16\x07")
        archive.writestr("2019/README.md", "# sheets")
    return path / "none.zip"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_no_such_file, "there is no such file or folder"),
        (_empty_folder, "this folder holds no file that can be read (.ndjson, .jsonl, .json,"),
        (_empty_file, "there is no record in it"),
        (_no_xz, "this file cannot be read (Input format not supported by decoder)"),
        (_other_kind, "this is no kind of file that can be read"),
        (_shift_jis, "no sheet could be read; first, line 1: not UTF-8 (byte 3)"),
        (_utf_16, "no sheet could be read; first, there: not UTF-8 (byte 1)"),
        (_pipe, "this is no file that can be read from its beginning to its end"),
        (_cut_zip, "this file cannot be read (File is not a zip file)"),
        (_zip_of_nothing, "this archive holds no file that can be read"),
    ],
)
def test_a_bad_file_is_one_sentence(importing: Import, tmp_path: Path, make: Callable[[Path], Path], said: str) -> None:
    path = make(tmp_path)
    assert_one_sentence(importing(path), tmp_path, f"{path}: ", said)


def test_a_file_that_breaks_off_stops_the_import_of_the_whole_ones_too(importing: Import, tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").write_bytes(lines(sheet(1)))
    packed = lzma.compress(lines(*(sheet(number, 事業概要=os.urandom(50).hex()) for number in range(500))))
    half = len(packed) // 2
    (tmp_path / "b.ndjson.xz").write_bytes(packed[:half])
    (tmp_path / "c.ndjson.xz").write_bytes(packed[:half] + bytes(99) + packed[half + 99 :])
    for name in ("b.ndjson.xz", "c.ndjson.xz"):
        done = importing(tmp_path / "a.ndjson", tmp_path / name)
        assert_one_sentence(done, tmp_path, f"{tmp_path / name}: this file cannot be read (", "fetch it again")


@pytest.mark.parametrize("room", [60_000, 1_000_000])
def test_no_room_for_the_files_is_one_sentence(clean_environment: Mapping[str, str], tmp_path: Path, room: int) -> None:
    path = tmp_path / "2019.ndjson"
    path.write_bytes(lines(*map(sheet, range(1, 500))))
    store = str(tmp_path / "store")
    done = subprocess.run(
        [*[sys.executable, "-c", _LIMITED, str(room)], *["import", "review-sheets", str(path), "--store", store]],
        env={**clean_environment, "TMPDIR": _tmp(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert_one_sentence(done, tmp_path, "free some space")


def test_every_record_is_accounted_for(importing: Import, tmp_path: Path) -> None:
    """Records that are no sheet, sheets that come twice, a record of fifty million bytes: counted, with their place."""
    huge = sheet(3, 事業概要="概" * 17_000_000)
    bad = [lines(huge), b"[1, 2]\n", b"{\n", lines(sheet(4)).decode().encode("shift_jis"), lines(sheet(5, 予算="x"))]
    (tmp_path / "a.ndjson").write_bytes(lines(sheet(1), sheet(2)) + b"".join(bad))
    (tmp_path / "b.json").write_text(
        json.dumps([sheet(1, 事業名="改めた"), sheet(6), sheet(6), None]), encoding="utf-8"
    )
    report, summary = tmp_path / "report.csv", tmp_path / "summary.csv"
    done = importing(tmp_path / "a.ndjson", tmp_path / "b.json", report=report, summary=summary)
    assert done.returncode == 0, done.stderr
    table = [line.split() for line in done.stdout.splitlines()[:5]]
    assert table == [
        ["read", "entered", "replaced", "repeated", "refused"],
        ["FY2019", "7", "3", "0", "2", "2"],
        ["unknown", "4", "0", "0", "0", "4"],
        ["all", "11", "3", "0", "2", "6"],
        ["The", "store", "holds", "3", "sheets."],
    ]
    a, b = str(tmp_path / "a.ndjson"), str(tmp_path / "b.json")
    with report.open(encoding="utf-8", newline="") as file:
        found = [tuple(row.values()) for row in csv.DictReader(file)]
    ours = ("2019", "文部科学省")
    assert found == [
        ("refused", a, "line 3", "事業概要: longer than 100,000 characters.", *ours, "0003"),
        ("refused", a, "line 4", "not a JSON object but a list.", "", "", ""),
        ("refused", a, "line 5", "not JSON: it breaks off before its end.", "", "", ""),
        ("refused", a, "line 6", "not UTF-8 (byte 3).", "", "", ""),
        ("refused", a, "line 7", '予算: a text where a list should be ("x").', *ours, "0005"),
        ("refused", b, "element 4", "not a JSON object but null.", "", "", ""),
        ("repeated", a, "line 1", f"the sheet comes again in {b} element 1, and is taken from there.", *ours, "0001"),
        (
            "repeated",
            b,
            "element 2",
            f"the sheet comes again in {b} element 3, and is taken from there.",
            *ours,
            "0006",
        ),
    ]
    assert summary.read_text(encoding="utf-8").splitlines() == [
        "year,ministry,read,entered,replaced,repeated,refused",
        "2019,文部科学省,7,3,0,2,2",
        ",,4,0,0,0,4",
    ]
