"""`stigraph import`."""

import csv
import io
import signal
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stigraph.cli.options import emit, store_option
from stigraph.errors import StoreError, UsageError

if TYPE_CHECKING:
    from stigraph.ingest.importing import Report

_Shown = Callable[[str, int, int | None], None]

__all__ = ["command"]

_SHOWN = 10
_COUNTED = ("read", "entered", "replaced", "repeated", "refused")


@click.group("import")
def command() -> None:
    """Import databases of administrative review sheets into the store.

    The sheets of one programme are linked over the years, and joined to the curated programmes. Importing a sheet again
    replaces what it said before; an interrupted import changes nothing.

    \b
    Example:
      stigraph import review-sheets --help
    """


def _file_option(name: str, text: str) -> Callable[..., Any]:
    return click.option(name, type=click.Path(dir_okay=False, allow_dash=True), metavar="FILE", help=text)


def _shared(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        store_option,
        _file_option(
            "--report", "Write every record that was refused or came twice, and every remark, with the reason, as CSV."
        ),
        _file_option("--summary", "Write what came in by fiscal year and ministry, as CSV."),
        click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Processes; default: one a core."),
    ):
        function = option(function)
    return function


@command.command("review-sheets")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@_shared
def review_sheets(
    paths: tuple[str, ...], workers: int | None, report: str | None, summary: str | None, store: str | None
) -> None:
    """Import sheets of FY2015-2023 in the form of the JUDGIT! data set.

    PATHS are files (.ndjson, .json, also .xz or .gz, .zip) and folders of them.

    \b
    Example:
      stigraph import review-sheets ../shared/corpus/review-sheets-2021.ndjson.xz
    """
    from stigraph.ingest.importing import import_review_sheets

    _run(lambda progress: import_review_sheets(paths, store=store, workers=workers, progress=progress), report, summary)


@command.command("rs-system")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--fetch", "year", type=click.IntRange(min=2024), metavar="YEAR", help="Download the files of a year.")
@click.option("--base", metavar="URL", help="Where to download from, instead of the published place.")
@click.option("--into", type=click.Path(file_okay=False), metavar="DIR", help="Where downloads are kept.")
@_shared
def rs_system(
    paths: tuple[str, ...],
    year: int | None,
    base: str | None,
    into: str | None,
    workers: int | None,
    report: str | None,
    summary: str | None,
    store: str | None,
) -> None:
    """Import the CSV files of the RS system (FY2024 on), or the ZIPs that they come in.

    \b
    Example:
      stigraph import rs-system ../shared/corpus/rs-sample/2024
    """
    from stigraph.ingest import rs_system as database
    from stigraph.ingest.importing import import_rs_system

    if (year is None) == (not paths):
        raise UsageError("Name files or folders of the RS system, or --fetch YEAR; one of the two.")

    def work(progress: "_Shown") -> "Report":
        found: Sequence[str | Path] = paths
        if year is not None:
            found = database.fetch(
                year, Path(into or f"rs-system-{year}"), base or database.PUBLISHED, progress=progress
            )
        return import_rs_system(found, store=store, workers=workers, progress=progress)

    _run(work, report, summary)


def _run(work: "Callable[[_Shown], Report]", report: str | None, summary: str | None) -> None:
    try:
        with _ended_like_interrupted(), _Bars() as bars:
            done = work(bars.show)
    except KeyboardInterrupt:
        raise StoreError(
            "The import was interrupted; the store is whole. `stigraph stats` says what it holds; import again what is "
            "not yet in it."
        ) from None
    click.echo(_overview(done), err="-" in {report, summary})
    for path, write in ((report, _refusals), (summary, _by_ministry)):
        if path is not None:
            emit(write(done), path)


@contextmanager
def _ended_like_interrupted() -> Iterator[None]:
    """Have the signals that ask a process to end clean up as Ctrl-C does."""

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    named = (getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP"))
    changed = [number for number in named if number and signal.getsignal(number) == signal.SIG_DFL]
    try:
        for number in changed:
            signal.signal(number, interrupt)
        yield
    finally:
        for number in changed:
            signal.signal(number, signal.SIG_DFL)


class _Bars(ExitStack):
    """A bar for each phase of an import, one below the other, on a terminal; nothing elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self._task = ""

    def show(self, task: str, done: int, total: int | None) -> None:
        """Say how far a phase is: ``done`` files, sheets or bytes of ``total``."""
        if not sys.stderr.isatty() or not total:
            return
        if task != self._task:
            self.close()
            steps: Iterable[int] | None = None
            label = f"{task[:1].upper()}{task[1:]:<8}"
            bar = click.progressbar(steps, length=total, label=label, file=sys.stderr, show_pos=True)
            self._task, self._bar = task, self.enter_context(bar)
        self._bar.update(done - self._bar.pos)


def _overview(report: "Report") -> str:
    """Give a table by year, and the first of what did not come in."""
    years = sorted({year for year, _ in report.read}, key=lambda year: (year is None, year))
    lines = [_line("", _COUNTED)]
    lines += [_line("unknown" if year is None else f"FY{year}", _counts(report, [year])) for year in years]
    if len(years) > 1:
        lines.append(_line("all", _counts(report, years)))
    lines.append(f"The store holds {report.total:,} sheets.")
    for refusal in report.refusals[:_SHOWN]:
        lines.append(f"  {' '.join(filter(None, refusal[:2]))}: {refusal.reason}")
    if len(report.refusals) > _SHOWN:
        lines.append(f"  … and {len(report.refusals) - _SHOWN:,} more; --report FILE writes them all.")
    return "\n".join(lines)


def _line(name: str, cells: Sequence[int | str]) -> str:
    return f"{name:<8}" + "".join(f"{cell if isinstance(cell, str) else f'{cell:,}':>10}" for cell in cells)


def _counts(report: "Report", years: Collection[int | None]) -> list[int]:
    counters = (getattr(report, name) for name in _COUNTED)
    return [sum(count for (year, _), count in counter.items() if year in years) for counter in counters]


def _by_ministry(report: "Report") -> str:
    groups = sorted(report.read, key=lambda group: (group[0] is None, group[0], group[1] or ""))
    rows = ([*group, *(getattr(report, name)[group] for name in _COUNTED)] for group in groups)
    return _csv(["year", "ministry", *_COUNTED], rows)


def _refusals(report: "Report") -> str:
    rows = ((refusal.kind, *refusal[:-1]) for refusal in report.refusals)
    return _csv(["kind", "file", "place", "reason", "year", "ministry", "number"], rows)


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    buffer = io.StringIO()
    table = csv.writer(buffer, lineterminator="\n")
    table.writerow(head)
    table.writerows(rows)
    return buffer.getvalue()
