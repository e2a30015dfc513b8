"""`stigraph query`."""

import sys
from pathlib import Path

import click

from stigraph.cli.options import emit, format_option, lang_option, output_option, store_option
from stigraph.errors import QueryError, UsageError
from stigraph.names import resolve
from stigraph.query import FORMATS, NamedQuery, named_queries, named_query, query
from stigraph.store import Store, open_store
from stigraph.vocab import curie

__all__ = ["command"]


@click.command("query")
@click.argument("text", required=False)
@click.option(
    "-f",
    "--file",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Read the query from a file.",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="VAR=NAME",
    help="Bind a variable that the query names after SELECT to the thing of this name; repeatable.",
)
@click.option(
    "--list", "listing", is_flag=True, help="List the named queries, with what may be set and its default, and stop."
)
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="Give up after so long."
)
@format_option(["auto", *FORMATS], "auto")
@lang_option
@output_option
@store_option
def command(
    text: str | None,
    path: Path | None,
    settings: tuple[str, ...],
    listing: bool,
    timeout: float | None,
    form: str,
    lang: str,
    output: str | None,
    store: str | None,
) -> None:
    """Ask SPARQL: TEXT is a query, the name of a named query, or - for standard input.

    Plain patterns are answered over all documents; GRAPH ?source { … } says which document it is that says so. The
    prefixes of the vocabulary need not be declared. Updates and SERVICE are refused.

    \b
    Example:
      stigraph query programmes-citing-plan --set plan=第5期科学技術基本計画 --format csv
    """
    if listing:
        emit("".join(_listed(named, lang) for named in named_queries().values()), output)
        return
    sparql, defaults = _find(text, path)
    opened = open_store(store)
    bindings = {**defaults, **_bindings(opened, settings)}
    result = query(opened, sparql, bindings=bindings, timeout=timeout)
    emit(result.write(None if form == "auto" else form), output)


def _listed(named: NamedQuery, lang: str) -> str:
    settings = "".join(f"    --set {variable}={curie(iri)}\n" for variable, iri in named.parameters.items())
    return f"{named.name}\n    {named.questions[lang]}\n{settings}"


def _find(text: str | None, path: Path | None) -> tuple[str, dict[str, str]]:
    """Give the SPARQL text that was asked for, and the default bindings of a named query."""
    if (text is None) == (path is None):
        raise UsageError(
            "Give a query, the name of one (see --list), - for standard input, or --file FILE; one of them."
        )
    if path is not None:
        try:
            return path.read_text(encoding="utf-8-sig"), {}
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"{path} cannot be read as UTF-8 text: {error}.") from error
    assert text is not None
    if text == "-":
        try:
            return sys.stdin.buffer.read().decode("utf-8-sig"), {}
        except UnicodeDecodeError as error:
            raise QueryError(f"Standard input cannot be read as UTF-8 text: {error}.") from error
    if any(character.isspace() or character in "{<" for character in text.strip()):
        return text, {}
    named = named_query(text.strip())
    return named.text, dict(named.parameters)


def _bindings(store: Store, settings: tuple[str, ...]) -> dict[str, str]:
    bindings = {}
    for setting in settings:
        variable, equals, name = setting.partition("=")
        if not (variable and equals and name):
            raise UsageError(f"“{setting}” is not VAR=NAME, like programme=SICORP.")
        bindings[variable.removeprefix("?")] = resolve(store, name).iri
    return bindings
