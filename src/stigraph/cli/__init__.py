"""The command line: each command parses, makes one call, prints. Exit 0 done, 1 the answer is no, 2 could not do it."""

import gc
import sys
from importlib import import_module
from io import TextIOWrapper

import click

from stigraph import __version__
from stigraph.errors import StigraphError

__all__ = ["COMMANDS", "command_line", "main"]

_NEW_OBJECTS = 100_000
"""How many new objects make it worth looking for garbage: more than a look-up makes."""

COMMANDS = {
    "build": "Build the store from the curated data.",
    "discrepancies": "What the sources disagree on, with both passages.",
    "import": "Import databases of review sheets into the store.",
    "lineage": "On what does this stand, or what stands on it; with the passages.",
    "push": "Send the store to a server, graph by graph.",
    "query": "Ask SPARQL.",
    "search": "Find things by name, passage or description.",
    "show": "Everything about one thing, by document, with the places.",
    "stats": "Count what the graph holds, by document and class.",
    "totals": "Add up the amounts of all review sheets, by ministry, year, payee.",
    "validate": "Check data against the shapes and the quality queries.",
    "site": "Write a browsable site of the whole graph.",
    "verify": "Look up every passage in the texts of the sources.",
    "view": "Draw a view as a page that works offline, or write it as GraphML, GEXF …",
}


class _Commands(click.Group):
    """The commands, each loaded only when it is used, so that a look-up starts quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name them all."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"stigraph.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="stigraph")
def command_line() -> None:
    """On which policy does a programme stand, and who says so?

    stigraph answers from a graph in which every link between a Japanese science and technology programme and a policy
    document is a passage that can be read at the place it names.

    \b
    Example:
      stigraph lineage SICORP
    """


def main() -> None:
    """Run the command line; an error is one sentence on standard error, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal of another encoding than UTF-8 gets \u6226 for what it has no character for.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    gc.set_threshold(_NEW_OBJECTS)
    try:
        command_line(prog_name="stigraph")
    except StigraphError as error:
        click.echo(f"stigraph: {error}", err=True)
        sys.exit(error.exit_code)
    finally:
        # On the way out nothing is searched for garbage: a tenth of the time of a look-up.
        gc.freeze()
