"""The options that several commands share, with the same names and manners everywhere."""

import os
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

__all__ = ["emit", "format_option", "lang_option", "output_option", "store_option", "terminal_width"]

_Function = TypeVar("_Function", bound=Callable[..., Any])
_NARROWEST, _WIDEST = 40, 120


def store_option(function: _Function) -> _Function:
    """Add ``--store``."""
    return click.option(
        "--store",
        metavar="PATH",
        help="Store folder, or address of a SPARQL endpoint; default: $STIGRAPH_STORE, or the store of this "
        "installation, built on first use.",
    )(function)


def lang_option(function: _Function) -> _Function:
    """Add ``--lang``."""
    return click.option(
        "--lang",
        type=click.Choice(["ja", "en"]),
        default=_language,
        show_default="by the locale",
        help="Language of labels and headings; passages stay in Japanese.",
    )(function)


def _language() -> str:
    locale = next(filter(None, map(os.environ.get, ("STIGRAPH_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "ja" if locale.startswith("ja") else "en"


def output_option(function: _Function) -> _Function:
    """Add ``-o``."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, allow_dash=True),
        metavar="FILE",
        help="Write to a file instead of standard output; - is standard output.",
    )(function)


def format_option(formats: Sequence[str], default: str) -> Callable[[_Function], _Function]:
    """Add ``--format`` with these choices."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(list(formats)),
        default=default,
        show_default=True,
        help="Output format.",
    )


def terminal_width() -> int:
    """Give the columns to write text in: those of the terminal, 40 to 120; 100 where there is none."""
    told = os.environ.get("COLUMNS", "")
    try:
        columns = int(told) if told.isdecimal() else os.get_terminal_size().columns
    except OSError:
        columns = 100
    return max(_NARROWEST, min(columns, _WIDEST))


def emit(text: str, output: str | None) -> None:
    """Print a result, or write it to a file whole or not at all; a device or a pipe takes it as it comes."""
    if output is None or output == "-":
        click.echo(text, nl=False)
        return
    from stigraph.files import write_whole

    write_whole(output, text.encode())
