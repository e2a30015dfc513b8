"""Things written one a line."""

import csv
import io
import json
from collections.abc import Sequence

from stigraph.errors import UsageError
from stigraph.japanese import display_width
from stigraph.store import Thing
from stigraph.vocab import curie

__all__ = ["write_list"]

_KEYS = ("id", "type", "ja", "en")


def write_list(things: Sequence[Thing], form: str, lang: str) -> str:
    """Write things as ``text``, ``json`` or ``csv``.

    Raises:
        UsageError: the form is another.
    """
    rows = [dict(zip(_KEYS, (thing.iri, thing.type, thing.ja, thing.en), strict=True)) for thing in things]
    if form == "json":
        return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    if form == "csv":
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, _KEYS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return buffer.getvalue()
    if form != "text":
        raise UsageError(f"A list is written as text, json or csv, not as {form}.")
    names = [curie(thing.iri) for thing in things]
    widest = max(map(display_width, names), default=0)
    return "".join(
        f"{name}{' ' * (widest - display_width(name))}  {thing.label(lang)}\n"
        for name, thing in zip(names, things, strict=True)
    )
