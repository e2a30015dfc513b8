"""`stigraph site`."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import click

from stigraph.cli.options import store_option
from stigraph.store import open_store

__all__ = ["command"]

_PATIENCE = 1.0


@click.command("site")
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    type=click.Path(),
    metavar="DIR",
    help="The folder of the site; an earlier site there is replaced.",
)
@click.option("--base-url", metavar="URL", help="The address it is published at, for canonical links.")
@click.option("--force", is_flag=True, help="Replace a folder that holds other things.")
@store_option
def command(folder: str, base_url: str | None, force: bool, store: str | None) -> None:
    """Write the whole graph as a site of static pages in Japanese and English.

    It opens from disk, without a server or a network: a home page with search over everything, and a page for every
    programme, policy document, body, partner, indicator, objective and source. The folder appears whole at the end.

    Review sheets have no pages, nor have the programmes that only they speak of: a programme that a curated document
    speaks of names its sheets, and the home page says how many there are.

    \b
    Example:
      stigraph site -o site
    """
    from stigraph.site import write_site

    opened = open_store(store)
    with _bar() as progress:
        written = write_site(opened, folder, base_url=base_url, force=force, progress=progress)
    click.echo(f"Wrote {written}; open {written / 'index.html'} in a browser.")
    if sheets := sum(opened.sheets_by_year().values()):
        click.echo(f"The {sheets:,} review sheets of the store have no pages of their own; programmes name theirs.")


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """Give what shows a progress bar on a terminal once a second has gone by, and shows nothing elsewhere."""
    begun = time.monotonic()
    with ExitStack() as stack:
        bars: list[Any] = []

        def progress(done: int, pages: int) -> None:
            if not bars and sys.stderr.isatty() and time.monotonic() - begun > _PATIENCE:
                bars.append(stack.enter_context(click.progressbar(length=pages, label="Pages", file=sys.stderr)))
            if bars:
                bars[0].update(done - bars[0].pos)

        yield progress
