"""The options that several commands share, with the same names and manners everywhere."""

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from stigraph.errors import StoreError

__all__ = ["emit", "format_option", "lang_option", "output_option", "store_option", "terminal_width"]

_Function = TypeVar("_Function", bound=Callable[..., Any])
_WIDEST = 120


def store_option(function: _Function) -> _Function:
    """Add ``--store``."""
    return click.option(
        "--store",
        metavar="PATH",
        help="Store folder; default: the store of this installation (or $STIGRAPH_STORE), built on first use.",
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
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Write to a file instead of standard output; - is standard output.",
    )(function)


def format_option(formats: Sequence[str], default: str) -> Callable[[_Function], _Function]:
    """Add ``--format`` with these choices."""
    return click.option(
        "--format", "form", type=click.Choice(list(formats)), default=default, show_default=True, help="Output format."
    )


def terminal_width() -> int:
    """Give the columns to write text in: those of the terminal, at most 120; 100 where there is none."""
    return min(shutil.get_terminal_size((100, 24)).columns, _WIDEST)


def emit(text: str, output: Path | None) -> None:
    """Print a result, or write it to a file whole or not at all."""
    if output is None or str(output) == "-":
        click.echo(text, nl=False)
        return
    draft = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8", newline="")
        os.replace(draft, output)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise StoreError(f"{output} cannot be written: {error.strerror}.") from error
