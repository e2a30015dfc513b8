"""`stigraph push`."""

import sys
from collections.abc import Iterable
from io import StringIO

import click

from stigraph.cli.options import store_option
from stigraph.errors import UsageError
from stigraph.store import open_store

__all__ = ["command"]


@click.command("push")
@click.argument("url")
@click.option("--sparql", "asking", metavar="URL", help="Query address, where it does not follow from URL.")
@click.option("--update", is_flag=True, help="Trust the record of the last push instead of counting what is there.")
@click.option("--remove", is_flag=True, help="Take away graphs sent before that are no longer in the store.")
@store_option
def command(url: str, asking: str | None, update: bool, remove: bool, store: str | None) -> None:
    """Send the store to a server by the SPARQL 1.1 Graph Store Protocol, graph by graph.

    URL is the graph store address (Oxigraph …/store, Virtuoso …/sparql-graph-crud-auth, Fuseki …/data), with user and
    password where they are needed: https://USER:PASSWORD@…. A graph that is there and equal is not sent again, so that
    a push that was interrupted goes on where it was.

    \b
    Example:
      stigraph push http://localhost:7878/store
    """
    from stigraph.remote import RemoteStore, push

    opened = open_store(store)
    if isinstance(opened, RemoteStore):
        raise UsageError("push sends a store on this disk; name its folder with --store.")
    steps: Iterable[int] | None = None
    shown = sys.stderr if sys.stderr.isatty() else StringIO()
    with click.progressbar(steps, length=1, label="Sending", file=shown, show_pos=True) as bar:

        def progress(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        done = push(opened, url, asking=asking, update=update, remove=remove, progress=progress)
    lines = [f"Sent {done.sent:,} graphs ({done.triples:,} triples); {done.equal:,} were there and equal."]
    if done.default:
        lines.append(f"Sent {done.default:,} triples to the default graph, for queries without GRAPH.")
    if done.removed:
        lines.append(f"Took away {done.removed:,} graphs that are no longer in the store.")
    if done.left:
        lines.append(f"{done.left:,} graphs sent before are no longer in the store; take them away with --remove.")
    click.echo("\n".join(lines))
