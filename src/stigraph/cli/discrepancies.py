"""`stigraph discrepancies`."""

import json
from collections.abc import Iterator, Sequence

import click

from stigraph.cli.options import emit, format_option, lang_option, output_option, store_option, terminal_width
from stigraph.discrepancies import Discrepancy, Side, discrepancies
from stigraph.japanese import wrap
from stigraph.store import open_store
from stigraph.vocab import curie, slug

__all__ = ["command"]


@click.command("discrepancies")
@format_option(["text", "json"], "text")
@lang_option
@output_option
@store_option
def command(form: str, lang: str, output: str | None, store: str | None) -> None:
    """List what the sources disagree on, with the passages of both places; the graph keeps both.

    \b
    Example:
      stigraph discrepancies --lang en
    """
    found = discrepancies(open_store(store))
    emit(_json(found) if form == "json" else _text(found, lang, terminal_width()), output)


def _text(found: Sequence[Discrepancy], lang: str, width: int) -> str:
    lines = [line for discrepancy in found for line in (*_paragraph(discrepancy, lang, width), "")]
    return "\n".join([*lines, f"{len(found)} discrepancies"]) + "\n"


def _paragraph(found: Discrepancy, lang: str, width: int) -> Iterator[str]:
    yield from wrap(f"{found.thing.label(lang)} ({', '.join(thing.label(lang) for thing in found.subjects)})", width)
    description = found.descriptions.get(lang) or next(iter(found.descriptions.values()), "")
    yield from (f"  {piece}" for piece in wrap(description, width - 2))
    for side in found.sides:
        pieces = list(wrap(_place(side, lang), width - 6))
        yield f"  - {pieces[0]}"
        yield from (f"    {piece}" for piece in pieces[1:])


def _place(side: Side, lang: str) -> str:
    printed = f"「{side.printed}」" if side.printed else side.node.label(lang)
    return " ".join(filter(None, (printed, side.source.label(lang) if side.source else "", side.locator)))


def _json(found: Sequence[Discrepancy]) -> str:
    content = [
        {
            "id": discrepancy.thing.iri,
            "labels": {"ja": discrepancy.thing.ja, "en": discrepancy.thing.en},
            "subjects": [thing.iri for thing in discrepancy.subjects],
            "locator": discrepancy.locator,
            "basis": discrepancy.basis,
            "descriptions": dict(discrepancy.descriptions),
            "between": [
                {
                    "id": curie(side.node.iri),
                    "source": slug(side.source.iri) if side.source else None,
                    "locator": side.locator,
                    "printed": side.printed,
                }
                for side in discrepancy.sides
            ],
        }
        for discrepancy in found
    ]
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
