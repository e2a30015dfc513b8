"""Importing review sheets into a store: read, kept, linked over the years, written as one new snapshot."""

import os
import sqlite3
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from stigraph.errors import DataError, StoreError
from stigraph.ingest import judgit, reading, rs_system
from stigraph.ingest.encoding import Progress
from stigraph.ingest.kept import KeptSheet, KeptSheets, keep
from stigraph.ingest.model import Sheet
from stigraph.ingest.refusals import REMARK, REPEATED, Refusal
from stigraph.ingest.workers import processes

__all__ = ["Group", "Report", "import_review_sheets", "import_rs_system"]

Group = tuple[int | None, str | None]
"""Fiscal year of publication and ministry; None where a record does not tell."""

_AHEAD = 8
_PIECE = 8 * 1024 * 1024
_MOST_FILES = 500


@dataclass
class Report:
    """What came in and what did not.

    Every record that was read was entered, refused, or came again further on.

    Attributes:
        read: records by fiscal year of publication and ministry.
        entered: sheets that came in.
        replaced: those of them that took the place of what an earlier import had brought.
        repeated: sheets that came again in the same import, and were taken from there.
        refused: records that are no sheet.
        refusals: each record that was refused or repeated, and every remark about a file.
        total: how many sheets the store holds now.
    """

    read: Counter[Group] = field(default_factory=Counter)
    entered: Counter[Group] = field(default_factory=Counter)
    replaced: Counter[Group] = field(default_factory=Counter)
    repeated: Counter[Group] = field(default_factory=Counter)
    refused: Counter[Group] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)
    total: int = 0

    def refuse(self, refusal: Refusal) -> None:
        """Take down what did not come in, or a remark."""
        self.refusals.append(refusal)
        if refusal.kind != REMARK:
            group = refusal.year, refusal.ministry
            self.read[group] += 1
            (self.repeated if refusal.kind == REPEATED else self.refused)[group] += 1


class _Found(NamedTuple):
    """A sheet, the file and the place it was found at."""

    sheet: KeptSheet
    path: str
    place: str


_Read = tuple[list[_Found], list[Refusal]]


def _quiet(task: str, done: int, total: int) -> None:
    return None


def import_review_sheets(
    paths: Iterable[str | os.PathLike[str]],
    *,
    store: str | os.PathLike[str] | None = None,
    executor: Executor | None = None,
    workers: int | None = None,
    progress: Progress = _quiet,
) -> Report:
    """Import the review sheets of the JUDGIT! data set (FY2015-2023) into a store.

    A sheet that is in the store already is replaced. What does not fit is refused whole and reported; nothing of the
    store changes until everything is written, and then all at once.

    Args:
        paths: files (``.ndjson``, ``.json``, each also ``.xz`` or ``.gz``, or a ``.zip`` of them) and folders.
        store: the store folder; the default is that of this installation.
        executor: works on pieces; any of `concurrent.futures`, or one like it (Dask's ``client.get_executor()``), whose
            workers see the same files, the store among them. The default is a pool of processes on this machine.
        workers: how many processes the default pool has; by default one for each core.
        progress: called with what is being done, how many are done, and how many there are.

    Raises:
        DataError: a path is not there, or a file is no such file or breaks off.
        StoreError: the store cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     sheets = Path(folder, "2019.ndjson")
    ...     sheet = '{"公開年度": 2019, "府省庁": "文部科学省", "事業番号": "0001", "事業名": "研究の推進"}'
    ...     _ = sheets.write_text(sheet + "\\n{}\\n", encoding="utf-8")
    ...     report = import_review_sheets([sheets], store=Path(folder, "store"), workers=1)
    >>> report.entered, report.total, report.refusals[0].place, report.refusals[0].reason
    (Counter({(2019, '文部科学省'): 1}), 1, 'line 2', '公開年度: missing.')
    """
    paths = list(paths)
    units: Sequence[Any] = list(_pieces(reading.files_of(paths)))
    return _import(paths, units, _read_judgit, store, executor, workers, progress)


def import_rs_system(
    paths: Iterable[str | os.PathLike[str]],
    *,
    store: str | os.PathLike[str] | None = None,
    executor: Executor | None = None,
    workers: int | None = None,
    progress: Progress = _quiet,
) -> Report:
    """Import the CSV files of the RS system (FY2024 on), or the ZIPs they come in; as `import_review_sheets`."""
    paths = list(paths)
    units: Sequence[Any] = [[files] for files in rs_system.files_of(paths)]
    return _import(paths, units, _read_rs_system, store, executor, workers, progress)


def _pieces(files: Iterable[Path]) -> Iterator[list[Path]]:
    """Put small files together, so that a folder with a file for each sheet is not as many errands."""
    piece: list[Path] = []
    size = 0
    for file in files:
        piece.append(file)
        size += file.stat().st_size
        if size >= _PIECE or len(piece) == _MOST_FILES:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _read_judgit(paths: Sequence[Path]) -> _Read:
    found: _Read = [], []
    for path in paths:
        for record in reading.records_of(path):
            sheet = record if isinstance(record, Refusal) else judgit.sheet_of(record)
            _set_apart(found, sheet, record.path, record.place)
    return found


def _read_rs_system(years: Sequence[rs_system.YearFiles]) -> _Read:
    found: _Read = [], []
    for files in years:
        for sheet in rs_system.read_year(files):
            place = "" if isinstance(sheet, Refusal) else f"予算事業ID {sheet.project}"
            _set_apart(found, sheet, files.files[0].path, place)
    return found


def _set_apart(found: _Read, sheet: Sheet | Refusal, path: str, place: str) -> None:
    if isinstance(sheet, Refusal):
        found[1].append(sheet)
    else:
        found[0].append(_Found(keep(sheet), path, place))


def _import(
    paths: Sequence[str | os.PathLike[str]],
    units: Sequence[Any],
    read: Callable[[Any], _Read],
    store: str | os.PathLike[str] | None,
    executor: Executor | None,
    workers: int | None,
    progress: Progress,
) -> Report:
    from stigraph.store.building import build

    report = Report()
    try:
        with ExitStack() as stack:
            work = executor or stack.enter_context(processes(workers))
            incoming = KeptSheets(None)
            stack.callback(incoming.close)
            _gather(incoming, _reading(work, read, units, progress), report)
            if not len(incoming):
                raise _nothing_read(report, Path(paths[0] if paths else "."))
            build(store, update=lambda path: _put(incoming, path, report), executor=work, progress=progress)
    except BrokenExecutor as error:
        raise StoreError(
            "A process that worked on the sheets has ended, as it does where memory is short; nothing was changed. "
            "Try again with fewer --workers."
        ) from error
    except sqlite3.Error as error:
        raise StoreError(
            f"The sheets cannot be gathered ({error}); nothing was changed. "
            "Free some space, or name a folder that has room as TMPDIR."
        ) from error
    return report


def _gather(incoming: KeptSheets, results: Iterable[_Read], report: Report) -> None:
    """Take in what was read; of a sheet that comes twice, the later one."""
    places: dict[str, tuple[str, str]] = {}
    for found, refusals in results:
        for refusal in refusals:
            report.refuse(refusal)
        incoming.add(one.sheet for one in found)
        for sheet, path, place in found:
            group = sheet.year, sheet.ministry
            before = places.get(sheet.key)
            if before is None:
                report.read[group] += 1
                report.entered[group] += 1
            else:
                reason = f"the sheet comes again in {' '.join(filter(None, (path, place)))}, and is taken from there."
                report.refuse(Refusal(*before, reason, *group, sheet.number, REPEATED))
            places[sheet.key] = path, place


def _put(incoming: KeptSheets, path: Path, report: Report) -> None:
    """Put what came in into the file of all sheets."""
    kept = KeptSheets(path)
    try:
        groups = incoming.groups()
        report.replaced.update(groups[key] for key in set(kept.keys()) & groups.keys())
        kept.add(incoming.all())
        report.total = len(kept)
    finally:
        kept.close()


def _nothing_read(report: Report, path: Path) -> DataError:
    """Say that nothing came in, and the first reason why."""
    if not report.refusals:
        return DataError("no sheet could be read: there is no record in it.", path)
    first = report.refusals[0]
    return DataError(
        f"no sheet could be read; first, {first.place or 'there'}: {first.reason}", Path(first.path or path)
    )


def _reading(
    executor: Executor, read: Callable[[Any], _Read], units: Sequence[Any], progress: Progress
) -> Iterator[_Read]:
    """Have files read, a few ahead of what is taken, and give what is in them in order."""
    total = sum(map(len, units))
    progress("reading", done := 0, total)
    waiting: deque[tuple[int, Future[_Read]]] = deque()
    try:
        for unit in units:
            waiting.append((len(unit), executor.submit(read, unit)))
            if len(waiting) == _AHEAD:
                count, future = waiting.popleft()
                yield future.result()
                progress("reading", done := done + count, total)
        while waiting:
            count, future = waiting.popleft()
            yield future.result()
            progress("reading", done := done + count, total)
    finally:
        for _, future in waiting:
            future.cancel()
