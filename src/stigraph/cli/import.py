"""`stigraph import`."""

import csv
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stigraph.cli.options import emit, store_option
from stigraph.errors import UsageError

if TYPE_CHECKING:
    from stigraph.ingest.importing import Report

__all__ = ["command"]

_SHOWN = 10


@click.group("import")
def command() -> None:
    """Import databases of administrative review sheets into the store.

    The sheets of one programme are linked over the years, and joined to the curated programmes. Importing a sheet again
    replaces what it said before; an interrupted import changes nothing.

    \b
    Example:
      stigraph import review-sheets --help
    """


def _shared(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        store_option,
        click.option(
            "--report",
            type=click.Path(dir_okay=False, allow_dash=True),
            metavar="FILE",
            help="Write every record that was refused, with the reason, as CSV.",
        ),
        click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Processes; default: one a core."),
    ):
        function = option(function)
    return function


@command.command("review-sheets")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@_shared
def review_sheets(paths: tuple[str, ...], workers: int | None, report: str | None, store: str | None) -> None:
    """Import sheets of FY2015-2023 in the form of the JUDGIT! data set.

    PATHS are files (.ndjson, .json, also .xz or .gz, .zip) and folders of them.

    \b
    Example:
      stigraph import review-sheets ../shared/corpus/review-sheets-2021.ndjson.xz
    """
    from stigraph.ingest.importing import import_review_sheets

    _run(lambda progress: import_review_sheets(paths, store=store, workers=workers, progress=progress), report)


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
    if year is not None:
        folder = into or f"rs-system-{year}"
        paths = tuple(map(str, database.fetch(year, Path(folder), base or database.PUBLISHED)))
    _run(lambda progress: import_rs_system(paths, store=store, workers=workers, progress=progress), report)


def _run(work: "Callable[[Callable[[str, int, int], None]], Report]", path: str | None) -> None:
    done = work(_told if sys.stderr.isatty() else _quiet)
    _print(done)
    if path is not None:
        emit(_refusals(done), path)


def _quiet(task: str, done: int, total: int) -> None:
    return None


def _told(task: str, done: int, total: int) -> None:
    click.echo(f"\r{task} {done:,} of {total:,}\033[K", nl=done == total, err=True)


def _print(report: "Report") -> None:
    years = sorted({year for year, _ in report.entered})
    for year in years:
        counts = {ministry: count for (one, ministry), count in report.entered.items() if one == year}
        told = ", ".join(f"{name} {count:,}" for name, count in sorted(counts.items(), key=lambda item: -item[1]))
        click.echo(f"FY{year}: {sum(counts.values()):,} sheets ({told})")
    entered = sum(report.entered.values())
    click.echo(
        f"{entered:,} sheets came in ({report.replaced:,} of them in place of older ones), "
        f"{len(report.refusals):,} remarks; the store holds {report.total:,} sheets."
    )
    for refusal in report.refusals[:_SHOWN]:
        click.echo(f"  {refusal.path} {refusal.place}: {refusal.reason}")
    if len(report.refusals) > _SHOWN:
        click.echo(f"  … and {len(report.refusals) - _SHOWN:,} more; --report FILE writes them all.")


def _refusals(report: "Report") -> str:
    buffer = io.StringIO()
    table = csv.writer(buffer, lineterminator="\n")
    table.writerow(["file", "place", "reason"])
    table.writerows(report.refusals)
    return buffer.getvalue()
