"""`stigraph build`."""

import click

from stigraph.cli.options import store_option
from stigraph.store import build

__all__ = ["command"]


@click.command("build")
@click.option("--data", type=click.Path(file_okay=False), metavar="DIR", help="A folder like data/.")
@click.option("--force", is_flag=True, help="Build even if the same contents are built already.")
@store_option
def command(data: str | None, force: bool, store: str | None) -> None:
    """Build the store from the curated data and make it the one in use.

    A reader never sees half a build, two builds at once wait for each other, and a killed build leaves the last good
    store in use.

    \b
    Example:
      stigraph build
    """
    snapshot = build(store, data=data, force=force)
    click.echo(f"Built {snapshot.parent.parent} (snapshot {snapshot.name}).")
