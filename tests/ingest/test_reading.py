"""Records out of every kind of file; a bad record is refused by place, a bad file is one clear error."""

from __future__ import annotations

import gzip
import json
import lzma
import os
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from stigraph.errors import DataError, StigraphError
from stigraph.ingest import reading
from stigraph.ingest.reading import Record, files_of, records, records_of
from stigraph.ingest.refusals import Refusal

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
NEEDS_CORPUS = pytest.mark.skipif(not CORPUS.is_dir(), reason="the review sheets (../shared/corpus) are not here")
SHEETS = [{"公開年度": 2019, "事業番号": f"{number:04}"} for number in range(1, 4)]
LINES = "".join(json.dumps(sheet, ensure_ascii=False) + "\n" for sheet in SHEETS).encode()
ARRAY = json.dumps(SHEETS, ensure_ascii=False, indent=2).encode()


def numbers(*paths: Path) -> list[str]:
    """Return the numbers of the sheets read, and of a refusal its place and reason."""
    return [
        found.fields["事業番号"] if isinstance(found, Record) else f"{found.place}: {found.reason}"
        for found in records(paths)
    ]


def write(path: Path, content: bytes) -> Path:
    """Write a file, packed as its name says."""
    if path.suffix == ".xz":
        content = lzma.compress(content)
    elif path.suffix == ".gz":
        content = gzip.compress(content)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("name", ["a.ndjson", "a.jsonl", "a.ndjson.xz", "a.NDJSON.gz", "a.ndjson.gz", "a.xz"])
def test_lines(tmp_path: Path, name: str) -> None:
    """One object a line, packed or not."""
    assert numbers(write(tmp_path / name, LINES)) == ["0001", "0002", "0003"]


@pytest.mark.parametrize("name", ["a.json", "a.json.xz", "a.json.gz"])
def test_documents(tmp_path: Path, name: str) -> None:
    """One array, one object, or lines under the name of a document."""
    assert numbers(write(tmp_path / name, ARRAY)) == ["0001", "0002", "0003"]
    assert numbers(write(tmp_path / name, json.dumps(SHEETS[0]).encode())) == ["0001"]
    assert numbers(write(tmp_path / name, LINES)) == ["0001", "0002", "0003"]


def test_archive(tmp_path: Path) -> None:
    """The members of an archive in the order of their names; other members are passed over."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("b/2.json", json.dumps(SHEETS[1]))
        archive.writestr("README.md", "# nothing")
        archive.writestr("a.ndjson.xz", lzma.compress(LINES))
    assert numbers(path) == ["0001", "0002", "0003", "0002"]
    assert [found.path for found in records([path])][-1] == f"{path}/b/2.json"


def test_folders_of_the_data_set(tmp_path: Path) -> None:
    """Year, ministry, one file a sheet; in the order of the names, each file once, hidden and other files left out."""
    for year, ministry, number in [
        ("2016", "文部科学省", "0001"),
        ("2015", "環境省", "0002"),
        ("2015", "内閣府", "新27-0003"),
    ]:
        write(tmp_path / "data" / year / ministry / f"{number}.json", json.dumps({"事業番号": number}).encode())
    write(tmp_path / "data" / ".git" / "x.json", b"{}")
    write(tmp_path / "data" / "README.md", b"#")
    assert numbers(tmp_path) == ["新27-0003", "0002", "0001"]
    assert numbers(tmp_path, tmp_path / "data" / "2016") == ["新27-0003", "0002", "0001"]


def test_archive_of_folders(tmp_path: Path) -> None:
    """The folders of the data set, packed, with what macOS adds, beside a packed file of lines."""
    with zipfile.ZipFile(tmp_path / "sheets.zip", "w") as archive:
        archive.mkdir("sheets")
        archive.writestr("sheets/2016/文部科学省/0002.json", json.dumps(SHEETS[1]))
        archive.writestr("sheets/2015/文部科学省/0003.json", json.dumps(SHEETS[2]))
        archive.writestr("sheets/all/lines.ndjson.gz", gzip.compress(LINES))
        archive.writestr("__MACOSX/sheets/2015/._0003.json", b"\x00\x05\x16\x07")
        archive.writestr("sheets/.cache/0009.json", b"{}")
    assert numbers(tmp_path) == ["0003", "0002", "0001", "0002", "0003"]


def test_bom_and_blank_lines(tmp_path: Path) -> None:
    """A byte order mark, blank lines and CRLF are no fault."""
    content = b"\xef\xbb\xbf" + LINES.replace(b"\n", b"\r\n\r\n")
    assert numbers(write(tmp_path / "a.ndjson", content)) == ["0001", "0002", "0003"]
    assert numbers(write(tmp_path / "b.json", b"\xef\xbb\xbf" + ARRAY)) == ["0001", "0002", "0003"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "breaks off"),
        (b'{"a": "\xe5\x86', "not UTF-8"),
        (b'{"a": "x', "breaks off"),
        (b"[1, 2]", "a list"),
        (b'"a"', "a text"),
        (b"12", "a number"),
        (b"null", "null"),
        (b"true", "true or false"),
        (b'{"a": NaN}', "NaN is no number"),
        (b'{"a": -Infinity}', "-Infinity is no number"),
        (b'{"a": 1} {"b": 2}', "something follows"),
        (b"{'a': 1}", "Expecting property name"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a": ' + b"9" * 5000 + b"}", "not JSON"),
        (b"\x00\x01", "not JSON"),
    ],
)
def test_a_bad_line_never_stops_the_rest(tmp_path: Path, line: bytes, reason: str) -> None:
    """It is refused by its line, and the lines before and after it come in."""
    first, rest = LINES.split(b"\n", 1)
    path = write(tmp_path / "a.ndjson", first + b"\n" + line + b"\n" + rest)
    found = list(records([path]))
    assert [type(one) for one in found] == [Record, Refusal, Record, Record]
    refusal = found[1]
    assert isinstance(refusal, Refusal)
    assert refusal.path == str(path) and refusal.place == "line 2" and reason in refusal.reason


def test_truncated_last_line(tmp_path: Path) -> None:
    """What was cut off in the middle of a line loses that line alone."""
    assert numbers(write(tmp_path / "a.ndjson", LINES[:-10])) == [
        "0001",
        "0002",
        "line 3: not JSON: it breaks off before its end.",
    ]


def test_bad_elements_of_an_array(tmp_path: Path) -> None:
    """Elements that are no objects are refused by their number; a broken document is refused whole."""
    path = write(tmp_path / "a.json", json.dumps([SHEETS[0], 3, None, SHEETS[1]]).encode())
    assert [found.place for found in records([path])] == ["element 1", "element 2", "element 3", "element 4"]
    assert [isinstance(found, Record) for found in records([path])] == [True, False, False, True]
    assert numbers(write(tmp_path / "a.json", ARRAY[:-5])) == [": not JSON: it breaks off before its end."]


def test_too_long_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line beyond any sheet is passed over without being held."""
    monkeypatch.setattr(reading, "LONGEST_LINE", 200)
    content = LINES + b'{"a": "' + b"x" * 5000 + b'"}\n' + LINES
    found = numbers(write(tmp_path / "a.ndjson", content))
    assert len(found) == 7 and found[3].startswith("line 4: the line is longer")


@pytest.mark.parametrize("name", ["a.ndjson.xz", "a.ndjson.gz", "a.zip"])
@pytest.mark.parametrize("damage", ["cut", "noise", "empty"])
def test_a_bad_file_is_one_clear_error(tmp_path: Path, name: str, damage: str) -> None:
    """It names the file, and is the project's own error."""
    content = b"\n".join(
        json.dumps({"事業番号": str(number), "x": os.urandom(30).hex()}).encode() for number in range(999)
    )
    path = tmp_path / name
    if name.endswith(".zip"):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.ndjson", content)
    else:
        write(path, content)
    whole = path.read_bytes()
    middle = len(whole) // 2
    path.write_bytes(
        {"cut": whole[:middle], "noise": whole[:middle] + b"\xff" * 99 + whole[middle + 99 :], "empty": b""}[damage]
    )
    if damage == "empty" and name.endswith(".gz"):
        assert list(records([path])) == []
        return
    with pytest.raises(StigraphError, match=name.replace(".", r"\.")) as caught:
        list(records([path]))
    assert isinstance(caught.value, DataError) and caught.value.exit_code == 2


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    """What is not there, of no known kind, an empty folder, an archive without sheets."""
    with pytest.raises(DataError, match="no such file"):
        files_of([tmp_path / "missing.ndjson"])
    with pytest.raises(DataError, match="no kind of file"):
        files_of([write(tmp_path / "a.pdf", b"")])
    with pytest.raises(DataError, match="holds no file"):
        files_of([write(tmp_path / "empty" / "a.txt", b"").parent])
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "")
    with pytest.raises(DataError, match="holds no file"):
        list(records([tmp_path / "a.zip"]))


def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    """It is one clear error, whoever runs the test."""
    path = write(tmp_path / "a.ndjson", LINES)
    path.chmod(0)
    mine = os.geteuid()
    try:
        os.seteuid(65534 if mine == 0 else mine)
        with pytest.raises(DataError, match=r"cannot be read \(Permission denied\)"):
            list(records_of(path))
    finally:
        os.seteuid(mine)


def test_too_large_a_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One JSON text is read whole, and is therefore not to be of any size."""
    monkeypatch.setattr(reading, "LARGEST_DOCUMENT", 200)
    with pytest.raises(DataError, match=r"a\.json: one JSON text of more than .* write it as \.ndjson"):
        list(records([write(tmp_path / "a.json", json.dumps([{"a": "x" * 300}]).encode())]))


def test_lines_are_streamed(tmp_path: Path) -> None:
    """Forty million bytes of lines go by in a fraction of their size."""
    line = json.dumps({"事業概要": "概要" * 1000}).encode() + b"\n"
    path = write(tmp_path / "a.ndjson.xz", line * 3000)
    tracemalloc.start()
    assert sum(1 for _ in records([path])) == 3000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12_000_000 < len(line) * 3000


def test_fingerprint_is_that_of_the_line(tmp_path: Path) -> None:
    """The same line has the same fingerprint wherever it stands; another has another."""
    one = list(records([write(tmp_path / "a.ndjson", LINES)]))
    two = list(records([write(tmp_path / "b.ndjson.xz", b"\n\n" + LINES)]))
    prints = [[found.sha256 for found in those if isinstance(found, Record)] for those in (one, two)]
    assert prints[0] == prints[1] and len(set(prints[0])) == 3


@NEEDS_CORPUS
def test_real_sheets() -> None:
    """The file of FY2015 holds 5,365 sheets, all of them JSON objects."""
    found = list(records([CORPUS / "review-sheets-2015.ndjson.xz"]))
    assert len(found) == 5365 and all(isinstance(one, Record) for one in found)
    first = found[0]
    assert isinstance(first, Record) and first.fields["公開年度"] == 2015 and first.place == "line 1"
