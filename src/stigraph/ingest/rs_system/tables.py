"""Files of a year → their rows, project by project in the order of their IDs, without holding a file in memory."""

import csv
import io
import marshal
import os
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from stigraph.errors import DataError, UsageError
from stigraph.ingest.refusals import REMARK, Refusal
from stigraph.ingest.rs_system.cells import Row
from stigraph.ingest.rs_system.columns import Binding, bind
from stigraph.ingest.rs_system.kinds import FILES, PROJECT, SHEET_KIND, YEAR, Kind, file_name

__all__ = ["File", "Rows", "Table", "YearFiles", "examine", "files_of", "opened"]

_NAME = re.compile(r"(\d-\d)_RS_(\d{4})(?!\d)")
_BATCH = 1000
_REVIEW_SHEET = "レビューシート"


class File(NamedTuple):
    """One of the fifteen files of a year: a CSV, or a member of a ZIP."""

    number: str
    year: int
    path: str
    member: str | None = None

    @property
    def label(self) -> str:
        """Give what a message calls it."""
        return self.path if self.member is None else f"{self.path}/{self.member}"


class YearFiles(NamedTuple):
    """What is there of a year.

    Attributes:
        year: 事業年度.
        files: one file for each number, in the order of the numbers.
        left_out: a second copy of a file that is there already.
    """

    year: int
    files: tuple[File, ...]
    left_out: tuple[File, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Give the names of those of the fifteen that are not there."""
        there = {file.number for file in self.files}
        return tuple(file_name(number, self.year) for number in FILES if number not in there)


class Table(NamedTuple):
    """A file that was read through once: how its columns are bound and whether its rows stand in order."""

    file: File
    binding: Binding
    in_order: bool


def _csv_files(path: Path) -> Iterator[File]:
    """Give what a path holds: a CSV is named by itself, members of a ZIP by themselves or by the ZIP."""
    outer = _NAME.match(path.name)
    if path.suffix.lower() != ".zip":
        if outer and outer[1] in FILES:
            yield File(outer[1], int(outer[2]), str(path))
        return
    try:
        with zipfile.ZipFile(path) as archive:
            members = sorted(name for name in archive.namelist() if name.lower().endswith(".csv"))
    except (zipfile.BadZipFile, OSError) as error:
        raise DataError(f"not a whole ZIP ({error}); fetch it again.", path) from error
    members = [name for name in members if "__MACOSX" not in name]
    for member in members:
        inner = _NAME.match(member.rpartition("/")[2]) or (outer if len(members) == 1 else None)
        if inner and inner[1] in FILES:
            yield File(inner[1], int(inner[2]), str(path), member)


def _found(path: Path) -> Iterator[File]:
    if not path.exists():
        raise DataError("there is no such file or folder.", path)
    if path.is_dir():
        for folder, folders, names in os.walk(path):
            folders.sort()
            for name in sorted(names):
                if name.lower().endswith((".csv", ".zip")):
                    yield from _csv_files(Path(folder, name))
        return
    files = list(_csv_files(path))
    if not files:
        expected = file_name("1-1", 2024)
        raise DataError(f"this is none of the fifteen files of a year; they are called like {expected}.", path)
    yield from files


def files_of(paths: Iterable[str | os.PathLike[str]]) -> tuple[YearFiles, ...]:
    """Find the files of the RS system in files, ZIPs and folders, year by year.

    Of two copies of a file, the one that is not in a ZIP is taken, else the first.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     Path(folder, "1-1_RS_2025_基本情報_組織情報.csv").touch()
    ...     [(files.year, len(files.missing)) for files in files_of([folder])]
    [(2025, 14)]
    """
    given = [Path(path) for path in paths]
    found = sorted({file for path in given for file in _found(path)}, key=lambda file: (file.member is not None, file))
    years: dict[int, dict[str, list[File]]] = {}
    for file in found:
        years.setdefault(file.year, {}).setdefault(file.number, []).append(file)
    if not years:
        where = ", ".join(str(path) for path in given) or "nothing"
        raise UsageError(f"No file of the RS system in {where}; they are called like {file_name('1-1', 2024)}.")
    return tuple(
        YearFiles(
            year,
            tuple(copies[0] for _, copies in sorted(numbers.items())),
            tuple(copy for _, copies in sorted(numbers.items()) for copy in copies[1:]),
        )
        for year, numbers in sorted(years.items())
    )


@contextmanager
def _text(file: File) -> Iterator[io.TextIOBase]:
    """Open a file as text without its byte order mark; what is wrong with it is an error that names it."""
    try:
        if file.member is None:
            with open(file.path, encoding="utf-8-sig", newline="") as text:
                yield text
        else:
            with (
                zipfile.ZipFile(file.path) as archive,
                archive.open(file.member) as member,
                io.TextIOWrapper(member, encoding="utf-8-sig", newline="") as text,
            ):
                yield text
    except UnicodeDecodeError as error:
        raise DataError("this is not UTF-8; save it as it is published.", Path(file.label)) from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise DataError(f"the ZIP is damaged ({error}); fetch it again.", Path(file.label)) from error
    except OSError as error:
        raise DataError(f"it cannot be read ({error.strerror or error}).", Path(file.label)) from error


def _raw_rows(file: File, text: io.TextIOBase) -> Iterator[tuple[int, list[str]]]:
    """Give each row that is not empty with the line it begins on."""
    reader = csv.reader(text, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataError(f"not whole as CSV ({error}).", Path(file.label), line) from error


def _headings(file: File, rows: Iterator[tuple[int, list[str]]]) -> list[str]:
    first = next(rows, None)
    if first is None:
        raise DataError("the file is empty.", Path(file.label))
    return first[1]


def _project(cells: list[str], position: int) -> int | None:
    text = cells[position].strip() if position < len(cells) else ""
    return int(text) if text.isdecimal() else None


def _fault(row: Row, binding: Binding, year: int) -> str | None:
    """Say what is wrong with a row as a whole."""
    surplus = len(row.cells) - binding.width
    if surplus < 0 or any(row.cells[binding.width :]):
        return f"the row has {len(row.cells)} cells, the head of the file {binding.width}"
    said_year = row.get(YEAR)
    if said_year not in {None, str(year)}:
        return f"the row is of {YEAR} {said_year}, the file of {year}"
    kind = row.get(SHEET_KIND)
    if kind not in {None, _REVIEW_SHEET}:
        return f"it is a {kind}, not a {_REVIEW_SHEET}"
    return None


def _rows(file: File, binding: Binding) -> Generator[tuple[int, Row], None, None]:
    """Give the rows of a file with their project IDs; rows without one are passed over (`examine` reports them)."""
    column = binding.positions[PROJECT]
    with _text(file) as text:
        raw = _raw_rows(file, text)
        _headings(file, raw)
        for line, cells in raw:
            project = _project(cells, column)
            if project is not None:
                yield project, _row(file, binding, line, cells)


def _row(file: File, binding: Binding, line: int, cells: list[str]) -> Row:
    row = Row(file.label, line, cells, binding.positions)
    fault = _fault(row, binding, file.year)
    return row if fault is None else row._replace(fault=fault)


def _about_columns(file: File, binding: Binding) -> Iterator[Refusal]:
    for name in binding.missing:
        yield Refusal(file.label, "columns", f"the column {name} is missing; what it holds stays empty", kind=REMARK)
    if binding.unknown:
        listed = ", ".join(" ".join(name.split()) for name in binding.unknown)
        yield Refusal(file.label, "columns", f"unknown columns, not read: {listed}", kind=REMARK)


def examine(file: File) -> tuple[Table | None, list[Refusal]]:
    """Read a file through once: whether it is whole, how its columns are bound, and what of it cannot be read.

    A damaged file is an error, so that no sheet comes in with half its payments. A file without a column it cannot do
    without is left out, and said.
    """
    kind: Kind = FILES[file.number]
    with _text(file) as text:
        raw = _raw_rows(file, text)
        binding = bind(kind, _headings(file, raw))
        lacking = [name for name in kind.needed if name not in binding.positions]
        if lacking:
            reason = f"the column {', '.join(lacking)} is missing; the file cannot be read"
            return None, [Refusal(file.label, "columns", reason, kind=REMARK)]
        refusals = list(_about_columns(file, binding))
        column, before, in_order = binding.positions[PROJECT], -1, True
        for line, cells in raw:
            project = _project(cells, column)
            if project is None:
                place = f"line {line}, {PROJECT}"
                refusals.append(Refusal(file.label, place, "the row has no project ID", kind=REMARK))
            else:
                in_order = in_order and before <= project
                before = project
    return Table(file, binding, in_order), refusals


def _sorted_on_disk(table: Table) -> Generator[tuple[int, Row], None, None]:
    """Give the rows of a file in the order of the project IDs, sorted in a file without a name."""
    connection = sqlite3.connect("", isolation_level=None)
    try:
        connection.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA temp_store=FILE; BEGIN;"
            "CREATE TABLE row (project INTEGER, line INTEGER, cells BLOB);"
        )
        rows = ((project, row.line, marshal.dumps(row.cells)) for project, row in _rows(table.file, table.binding))
        connection.executemany("INSERT INTO row VALUES (?, ?, ?)", rows)
        connection.execute("CREATE INDEX by_project ON row (project, line)")
        for project, line, cells in connection.execute("SELECT project, line, cells FROM row ORDER BY project, line"):
            yield project, _row(table.file, table.binding, line, marshal.loads(cells))
    finally:
        connection.close()


class Rows:
    """The rows of a file, to be taken project by project with rising IDs."""

    def __init__(self, table: Table, rows: Iterator[tuple[int, Row]]) -> None:
        self.table = table
        self._rows = rows
        self._next = next(rows, None)

    @property
    def project(self) -> int | None:
        """Give the project whose rows come next; None at the end."""
        return None if self._next is None else self._next[0]

    def take(self, project: int) -> list[Row]:
        """Give the rows of a project if they come next."""
        taken = []
        while self._next is not None and self._next[0] == project:
            taken.append(self._next[1])
            self._next = next(self._rows, None)
        return taken


@contextmanager
def opened(tables: Mapping[str, Table]) -> Iterator[dict[str, Rows]]:
    """Open files side by side, each in the order of the project IDs."""
    with ExitStack() as streams:
        rows = {}
        for number, table in tables.items():
            stream = _rows(table.file, table.binding) if table.in_order else _sorted_on_disk(table)
            rows[number] = Rows(table, streams.enter_context(closing(stream)))
        yield rows
