"""Importing review sheets into a store: read, kept, linked over the years, written as one new snapshot."""

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stigraph.errors import DataError
from stigraph.ingest import judgit, reading, rs_system
from stigraph.ingest.encoding import Progress
from stigraph.ingest.kept import KeptSheet, KeptSheets, keep
from stigraph.ingest.model import Sheet
from stigraph.ingest.refusals import Refusal

__all__ = ["Report", "import_review_sheets", "import_rs_system"]

_Read = tuple[list[KeptSheet], list[Refusal]]


@dataclass
class Report:
    """What came in and what did not.

    Attributes:
        entered: sheets by fiscal year of publication and ministry.
        replaced: how many of them had been imported before.
        refusals: every record that did not fit, and every remark about a file.
        total: how many sheets the store holds now.
    """

    entered: Counter[tuple[int, str]] = field(default_factory=Counter)
    replaced: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    total: int = 0


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
            workers see the same files. The default is a pool of processes on this machine.
        workers: how many processes the default pool has; by default one for each core.
        progress: called with what is being done, how many are done, and how many there are.

    Raises:
        DataError: a path is not there, or a file is no such file or breaks off.
        StoreError: the store cannot be written.
    """
    paths = list(paths)
    units: Sequence[Any] = reading.files_of(paths)
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
    units: Sequence[Any] = rs_system.files_of(paths)
    return _import(paths, units, _read_rs_system, store, executor, workers, progress)


def _read_judgit(path: Path) -> _Read:
    return _apart(found if isinstance(found, Refusal) else judgit.sheet_of(found) for found in reading.records_of(path))


def _read_rs_system(files: Any) -> _Read:
    return _apart(rs_system.read_year(files))


def _apart(found: Iterable[Sheet | Refusal]) -> _Read:
    rows, refusals = [], []
    for one in found:
        if isinstance(one, Refusal):
            refusals.append(one)
        else:
            rows.append(keep(one))
    return rows, refusals


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
    with ExitStack() as stack:
        work = executor or stack.enter_context(ProcessPoolExecutor(workers or os.cpu_count()))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="stigraph-")))
        incoming = KeptSheets(folder / "incoming.sqlite")
        stack.callback(incoming.close)
        for rows in _reading(work, read, units, report, progress):
            twice = incoming.add(rows)
            report.entered.update((row.year, row.ministry) for row in rows)
            if twice:
                report.refusals.append(Refusal("", "", f"{twice} sheets came in twice; the last of each was taken."))
        if not len(incoming):
            raise _nothing_read(report, Path(paths[0] if paths else "."))

        def update(path: Path) -> None:
            kept = KeptSheets(path)
            try:
                report.replaced = kept.add(incoming.all())
                report.total = len(kept)
            finally:
                kept.close()

        build(store, update=update, executor=work, progress=progress)
    return report


def _nothing_read(report: Report, path: Path) -> DataError:
    """Say that nothing came in, and the first reason why."""
    if not report.refusals:
        return DataError("no sheet could be read: there is no record in it.", path)
    first = report.refusals[0]
    return DataError(
        f"no sheet could be read; first, {first.place or 'there'}: {first.reason}", Path(first.path or path)
    )


def _reading(
    executor: Executor, read: Callable[[Any], _Read], units: Sequence[Any], report: Report, progress: Progress
) -> Iterator[list[KeptSheet]]:
    futures = [executor.submit(read, unit) for unit in units]
    try:
        for done, future in enumerate(futures, start=1):
            rows, refusals = future.result()
            report.refusals += refusals
            progress("reading", done, len(units))
            yield rows
    finally:
        for future in futures:
            future.cancel()
