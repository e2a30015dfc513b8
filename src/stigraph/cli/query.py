"""`stigraph query`."""

import sys
from pathlib import Path
from threading import TIMEOUT_MAX

import click

from stigraph.cli.options import emit, format_option, lang_option, output_option, store_option
from stigraph.cli.view import deliver, open_option
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
@click.option(
    "--view",
    "page",
    type=click.Path(dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Draw the result as an HTML page instead of printing it.",
)
@open_option
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
    page: str | None,
    opened: bool,
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
    if page is not None and (output is not None or form != "auto"):
        raise UsageError("--view FILE draws the result instead of printing it; it goes without -o and --format.")
    if page is None and opened:
        raise UsageError("--open shows a page; it goes with --view FILE.")
    asked = _find(text, path)
    reading = open_store(store)
    bindings = {**asked.parameters, **_bindings(reading, settings)}
    # In a thread of its own, even where no time is set: the engine does not hear Ctrl-C, this thread does.
    found = query(reading, asked.text, bindings=bindings, timeout=timeout or TIMEOUT_MAX)
    if page is not None:
        from stigraph.views.result import result

        deliver(result(reading, found, title=asked.questions), form="html", lang=lang, output=page, opened=opened)
        return
    emit(found.write(None if form == "auto" else form), output)


def _listed(named: NamedQuery, lang: str) -> str:
    settings = "".join(f"    --set {variable}={curie(iri)}\n" for variable, iri in named.parameters.items())
    return f"{named.name}\n    {named.questions[lang]}\n{settings}"


def _find(text: str | None, path: Path | None) -> NamedQuery:
    """Give what was asked for; a query that has no name has no question and no defaults either."""
    if (text is None) == (path is None):
        raise UsageError(
            "Give a query, the name of one (see --list), - for standard input, or --file FILE; one of them."
        )
    if path is not None:
        try:
            return _unnamed(path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"{path} cannot be read as UTF-8 text: {error}.") from error
    assert text is not None
    if text == "-":
        try:
            return _unnamed(sys.stdin.buffer.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise QueryError(f"Standard input cannot be read as UTF-8 text: {error}.") from error
    if any(character.isspace() or character in "{<" for character in text.strip()):
        return _unnamed(text)
    return named_query(text.strip())


def _unnamed(text: str) -> NamedQuery:
    return NamedQuery("", {}, {}, text)


def _bindings(store: Store, settings: tuple[str, ...]) -> dict[str, str]:
    bindings = {}
    for setting in settings:
        variable, equals, name = setting.partition("=")
        if not (variable and equals and name):
            raise UsageError(f"“{setting}” is not VAR=NAME, like programme=SICORP.")
        bindings[variable.removeprefix("?")] = resolve(store, name).iri
    return bindings
