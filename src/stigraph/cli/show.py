"""`stigraph show`."""

from typing import Any

import click

from stigraph.cli.options import emit, format_option, lang_option, output_option, store_option, terminal_width
from stigraph.japanese import wrap
from stigraph.names import resolve
from stigraph.show import SHEETS_SHOWN, Claim, Mention, Portrait, portray
from stigraph.store import open_store
from stigraph.vocab import curie, slug

__all__ = ["command"]

_PRINTED = ("sti:quote", "sti:asPrinted", "sti:locator", "sti:basis")
"""What is written of each statement or budget line."""


@click.command("show")
@click.argument("name")
@click.option(
    "--sheets",
    type=click.IntRange(min=1),
    default=SHEETS_SHOWN,
    show_default=True,
    metavar="N",
    help="Read at most so many of the review sheets that speak of it, the newest first.",
)
@format_option(["text", "json"], "text")
@lang_option
@output_option
@store_option
def command(name: str, sheets: int, form: str, lang: str, output: str | None, store: str | None) -> None:
    """Everything about one thing: its names, what each document says of it, and where it is printed.

    \b
    Example:
      stigraph show SATREPS --lang en
    """
    opened = open_store(store)
    properties = () if form == "json" else _PRINTED
    portrait = portray(opened, resolve(opened, name), sheets=sheets, properties=properties)
    emit(_json(portrait) if form == "json" else _text(portrait, lang, terminal_width()), output)


def _text(portrait: Portrait, lang: str, width: int) -> str:
    thing = portrait.thing
    lines = [thing.label(lang), f"  {thing.type}  {curie(thing.iri)}"]
    lines += [
        f"  {slug(name.replace(':', '#'))}: {value} {tag if tag.startswith('@') else ''}".rstrip()
        for name, value, tag in portrait.names
    ]
    for iri, source in portrait.sources.items():
        lines += ["", f"[{slug(iri)}] {source.label(lang)}"]
        for claim in portrait.claims.get(iri, ()):
            lines += _folded(_claim_line(claim, lang), width)
        for mention in portrait.mentions.get(iri, ()):
            lines += _folded(_mention_line(mention, lang), width)
    if portrait.left_out:
        lines += ["", _left_out(portrait.left_out, lang)]
    return "\n".join(lines) + "\n"


def _left_out(sheets: int, lang: str) -> str:
    if lang == "ja":
        return (
            f"このほか{sheets:,}枚の行政事業レビューシート（より古いもの）がこれに触れている（--sheets で増やせる）。"
        )
    return f"{sheets:,} more review sheets, older ones, speak of it (--sheets reads more)."


def _folded(line: str, width: int) -> list[str]:
    pieces = list(wrap(line, width - 6))
    return [f"  {pieces[0]}", *(f"      {piece}" for piece in pieces[1:])]


def _claim_line(claim: Claim, lang: str) -> str:
    value = claim.thing.label(lang) if claim.thing else claim.value
    tag = f" {claim.tag}" if claim.tag and claim.tag.startswith("@") else ""
    places = "; ".join(
        " ".join(filter(None, (locator, f"「{printed}」" if printed else "", f"({basis})")))
        for locator, printed, basis in claim.places
    )
    return f"{slug(claim.predicate.replace(':', '#'))}: {value}{tag}" + (f" — {places}" if places else "")


def _mention_line(mention: Mention, lang: str) -> str:
    facts = mention.facts
    words = facts.get("quote") or facts.get("asPrinted")
    shown = f"「{words}」" if words else ""
    label = mention.thing.label(lang)
    basis = f"({slug(facts['basis'])})" if "basis" in facts else ""
    details = " ".join(filter(None, (shown, facts.get("locator"), basis)))
    return f"← {slug(mention.predicate.replace(':', '#'))} {mention.thing.type.removeprefix('sti:')}: {label} " + (
        f"— {details}" if details else f"<{curie(mention.thing.iri)}>"
    )


def _json(portrait: Portrait) -> str:
    import json

    return json.dumps(_plain(portrait), ensure_ascii=False, indent=2) + "\n"


def _plain(portrait: Portrait) -> dict[str, Any]:
    thing = portrait.thing
    return {
        "id": thing.iri,
        "type": thing.type,
        "labels": {"ja": thing.ja, "en": thing.en},
        "sheetsLeftOut": portrait.left_out,
        "names": [{"property": name, "value": value, "tag": tag} for name, value, tag in portrait.names],
        "sources": [
            {
                "source": iri,
                "claims": [
                    {
                        "property": claim.predicate,
                        "value": claim.value,
                        "label": claim.thing.label() if claim.thing else None,
                        "tag": claim.tag,
                        "places": [
                            {"locator": locator, "asPrinted": printed, "basis": basis}
                            for locator, printed, basis in claim.places
                        ],
                    }
                    for claim in portrait.claims.get(iri, ())
                ],
                "mentions": [
                    {
                        "property": mention.predicate,
                        "id": mention.thing.iri,
                        "type": mention.thing.type,
                        **mention.facts,
                    }
                    for mention in portrait.mentions.get(iri, ())
                ],
            }
            for iri in portrait.sources
        ],
    }
