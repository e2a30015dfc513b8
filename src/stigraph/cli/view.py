"""`stigraph view`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from stigraph.cli.options import emit, format_option, lang_option, output_option, store_option
from stigraph.errors import UsageError
from stigraph.store import Store, open_store

if TYPE_CHECKING:
    from stigraph.views import View

__all__ = ["command", "deliver", "open_option"]

_FORMATS = ("html", "graphml", "gexf", "json", "dot", "mermaid", "csv")
# For each view: what THING is, None where there is none, and which options it takes.
_VIEWS: dict[str, tuple[str | None, tuple[str, ...]]] = {
    "lineage": ("needed", ("down", "as_of", "sources", "kinds", "max_hops", "parts", "sheets")),
    "plan": ("needed", ("as_of", "sources", "kinds", "sheets")),
    "citations": ("possible", ("sheets",)),
    "agencies": ("possible", ("sheets",)),
    "partners": ("possible", ("years", "sheets")),
    "money": ("needed", ("sheets", "most")),
    "indicators": ("possible", ("sheets",)),
    "drift": ("needed", ("between", "passages", "sheets")),
    "gaps": (None, ("as_of",)),
    "neighbourhood": ("needed", ("hops", "sheets")),
}


def open_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--open``."""
    return click.option("--open", "opened", is_flag=True, help="Show the page in the browser.")(function)


@click.command("view")
@click.argument("name", type=click.Choice(list(_VIEWS)))
@click.argument("thing", required=False)
@click.option("--down", is_flag=True, help="lineage: what stands on it, instead of on what it stands.")
@click.option("--as-of", metavar="DATE", help="lineage, plan, gaps: count only what was public and decided by then.")
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="DOC",
    help="lineage, plan: count only what this document says; repeatable.",
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND",
    help="lineage, plan: count only this kind of statement; repeatable.",
)
@click.option("--max-hops", type=click.IntRange(min=1), metavar="N", help="lineage: at most so many steps.")
@click.option("--parts", is_flag=True, help="lineage: count what is said of the whole for its parts too.")
@click.option("--hops", type=click.IntRange(min=1), metavar="N", help="neighbourhood: how many steps; default 1.")
@click.option("--years", nargs=2, type=int, metavar="FROM TO", help="partners: only links of these years.")
@click.option("--between", nargs=2, metavar="DOC DOC", help="drift: the two documents to compare.")
@click.option("--passages", is_flag=True, help="drift: also the passages that one document alone prints.")
@click.option(
    "--sheets",
    type=click.IntRange(min=1),
    metavar="N",
    help="With a THING: read at most so many of the review sheets that speak of it, the newest first; default 40.",
)
@click.option(
    "--most",
    type=click.IntRange(min=1),
    metavar="N",
    help="money: draw at most so many amounts and so many transfers; default 150.",
)
@click.option("--measures", is_flag=True, help="Add degree, betweenness, PageRank and communities.")
@open_option
@format_option(_FORMATS, "html")
@lang_option
@output_option
@store_option
def command(
    name: str,
    thing: str | None,
    measures: bool,
    opened: bool,
    form: str,
    lang: str,
    output: str | None,
    store: str | None,
    **options: Any,
) -> None:
    """Draw a view of the graph as one HTML page that works offline, or write it for another program.

    \b
    lineage THING        on what does this stand; along real dates
    plan THING           what traces to this plan or strategy, through whom
    citations [THING]    which documents are cited by which, how often
    agencies [THING]     who answers for, runs and pays for which programmes
    partners [THING]     which programmes work with which countries
    money THING          where money comes from and goes
    indicators [THING]   objectives, their indicators, values and targets
    drift THING          what changed between two documents' pages on it
    gaps                 what cites nothing, and what nothing cites
    neighbourhood THING  anything and what is around it

    A view of one thing reads the newest review sheets that speak of it, a view of everything what the curated documents
    say; where anything is left out, its sentence says so.

    Without -o the page is written to stigraph-NAME.html in this folder; the other formats go to standard output.

    \b
    Example:
      stigraph view lineage SICORP --format mermaid
    """
    _check(name, thing, options)
    view = _make(open_store(store), name, thing, options)
    if measures:
        from stigraph.views.measures import measure

        measure(view)
    deliver(view, form=form, lang=lang, output=output, opened=opened)


def _check(name: str, thing: str | None, options: dict[str, Any]) -> None:
    """Refuse a THING that is missing or too much, and an option of another view."""
    wanted, taken = _VIEWS[name]
    if wanted == "needed" and thing is None:
        raise UsageError(f"Say of what: stigraph view {name} THING, like stigraph view {name} SICORP.")
    if wanted is None and thing is not None:
        raise UsageError(f"The view {name} is of the whole graph; it takes no THING.")
    for option, value in options.items():
        if value and option not in taken:
            views = ", ".join(view for view, (_, known) in _VIEWS.items() if option in known)
            flag = option.replace("_", "-").removesuffix("s") if option in ("sources", "kinds") else option
            raise UsageError(f"--{flag.replace('_', '-')} is no option of the view {name}, but of {views}.")


def _make(store: Store, name: str, thing: str | None, options: dict[str, Any]) -> "View":
    from stigraph import views

    arguments = [] if thing is None else [thing]
    made: View = getattr(views, name)(store, *arguments, **{key: value for key, value in options.items() if value})
    return made


def deliver(view: "View", *, form: str, lang: str, output: str | None, opened: bool) -> None:
    """Write a view as a page or in a format of other programs, and show the page where that is wanted."""
    if form != "html":
        from stigraph.views.exports import write

        if opened:
            raise UsageError("--open shows a page; it goes with --format html.")
        emit(write(view, form, lang=lang), output)
        return
    from stigraph.page import page

    made = page(view, lang=lang)
    target = output or f"stigraph-{view.graph['view']}.html"
    if target == "-":
        if opened:
            raise UsageError("--open needs a file; name one with -o.")
        emit(made.html, target)
        return
    made.write(target)
    things, links = view.number_of_nodes(), view.number_of_edges()
    click.echo(f"{target}: {things:,} things, {links:,} links.")
    if opened:
        _show(target)


def _show(path: str) -> None:
    import webbrowser
    from pathlib import Path

    if not webbrowser.open(Path(path).resolve().as_uri()):
        click.echo(f"No browser was found here; open {path} in one.", err=True)
