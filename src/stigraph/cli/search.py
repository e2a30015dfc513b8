"""`stigraph search`."""

import json
from collections.abc import Iterator

import click

from stigraph.cli.options import emit, format_option, lang_option, output_option, store_option
from stigraph.japanese import clip, display_width
from stigraph.names import Hit, search
from stigraph.store import open_store
from stigraph.vocab import curie

__all__ = ["command"]

_NAME_COLUMNS = 64


@click.command("search")
@click.argument("text")
@click.option(
    "--type",
    "types",
    multiple=True,
    metavar="CLASS",
    help="Keep only this class (Programme, Plan …); repeatable.",
)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many.")
@format_option(["table", "json", "jsonl", "csv"], "table")
@lang_option
@output_option
@store_option
def command(
    text: str,
    types: tuple[str, ...],
    limit: int,
    form: str,
    lang: str,
    output: str | None,
    store: str | None,
) -> None:
    """Find things by a part of a name, passage or description: Japanese or English, any width.

    Exit 1 when none is found.

    \b
    Example:
      stigraph search 国際共同研究 --type Programme --limit 5
    """
    wanted = [name if ":" in name else f"sti:{name}" for name in types]
    hits = search(open_store(store), text, types=wanted, limit=limit)
    if not hits:
        click.echo(f"stigraph: nothing holds “{text}”; try fewer characters, or another spelling.", err=True)
        click.get_current_context().exit(1)
    emit(_written(hits, form, lang), output)


def _written(hits: list[Hit], form: str, lang: str) -> str:
    rows = [
        {
            "id": hit.thing.iri,
            "type": hit.thing.type,
            "ja": hit.thing.ja,
            "en": hit.thing.en,
            "matched": hit.matched,
        }
        for hit in hits
    ]
    if form == "json":
        return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    if form == "jsonl":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if form == "csv":
        return _csv(rows)
    return "".join(f"{line}\n" for line in _table(hits, lang))


def _csv(rows: list[dict[str, str | None]]) -> str:
    import csv
    import io

    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def _table(hits: list[Hit], lang: str) -> Iterator[str]:
    for hit in hits:
        label = clip(hit.thing.label(lang), _NAME_COLUMNS)
        other = f"  = {hit.matched}" if hit.matched and hit.matched not in (hit.thing.ja, hit.thing.en) else ""
        padding = " " * (_NAME_COLUMNS - display_width(label))
        yield f"{label}{padding}  {hit.thing.type.removeprefix('sti:'):<14} {curie(hit.thing.iri)}{other}"
