"""`stigraph lineage`."""

from collections.abc import Sequence

import click

from stigraph.cli.options import emit, format_option, lang_option, output_option, store_option, terminal_width
from stigraph.lineage import Asked, lineage, reached
from stigraph.lineage.formats import FORMATS, write
from stigraph.store import Store, open_store

__all__ = ["command"]


@click.command("lineage")
@click.argument("name")
@click.option("--down", is_flag=True, help="Ask what stands on it, instead of on what it stands.")
@click.option(
    "--as-of",
    metavar="DATE",
    help="Count only what was public and decided by then (2022-04-01, 2022-04, 2022).",
)
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="DOC",
    help="Count only what this source document says; repeatable.",
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND",
    help="Count only this kind of statement (Quotation, Listing …); repeatable.",
)
@click.option("--max-hops", type=click.IntRange(min=1), metavar="N", help="At most so many steps.")
@click.option("--parts", is_flag=True, help="Count what is said of the whole for its parts too.")
@click.option(
    "--every-place",
    is_flag=True,
    help="As text or md: name every review sheet that prints a passage in the same words, not only the first and last.",
)
@click.option(
    "--list",
    "classes",
    multiple=True,
    metavar="CLASS",
    help="Only list the things of this class (Programme, Project, Plan …) that it leads to, without the passages; "
    "repeatable. Written as text, json or csv.",
)
@format_option(list(FORMATS), "text")
@lang_option
@output_option
@store_option
def command(
    name: str,
    down: bool,
    as_of: str | None,
    sources: tuple[str, ...],
    kinds: tuple[str, ...],
    max_hops: int | None,
    parts: bool,
    every_place: bool,
    classes: tuple[str, ...],
    form: str,
    lang: str,
    output: str | None,
    store: str | None,
) -> None:
    """On which policy does NAME stand, and who says so?

    NAME is a programme, project, statement, indicator, objective, document, agency or ministry, by abbreviation, label
    (Japanese or English), former name, code or IRI. With --down, NAME is a plan, strategy, objective, statement,
    country, group or framework. Exit 1 when no passage is found.

    \b
    Example:
      stigraph lineage "第6期基本計画" --down --kind Quotation --lang en
    """
    asked = Asked(down=down, as_of=as_of, sources=sources, kinds=kinds, max_hops=max_hops, parts=parts)
    opened = open_store(store)
    if classes:
        found = _list(opened, name, [_curie(told) for told in classes], asked, (form, lang, output))
    else:
        answer = lineage(opened, name, **asked)
        emit(write(answer, form, lang=lang, width=terminal_width(), every_place=every_place), output)
        found = bool(answer.edges)
    if not found:
        click.get_current_context().exit(1)


def _curie(name: str) -> str:
    return name if ":" in name else f"sti:{name}"


def _list(store: Store, name: str, classes: Sequence[str], asked: Asked, manner: tuple[str, str, str | None]) -> bool:
    from stigraph.cli.listing import write_list

    form, lang, output = manner
    things = reached(store, name, classes, **asked)
    emit(write_list(things, form, lang), output)
    if not things:
        classes_there = sorted({thing.type.removeprefix("sti:") for thing in reached(store, name, **asked)})
        told = f"it leads to things of {', '.join(classes_there)}." if classes_there else "it leads to nothing."
        click.echo(f"stigraph: nothing of {', '.join(classes)}; {told}", err=True)
    return bool(things)
