"""What a bare name means in a sheet that elsewhere prints the edition, or that made a short name of it.

A sheet that says エネルギー基本計画 in its purpose and 第６次エネルギー基本計画 in its outline speaks of one plan. So
does one that says 「サイバーセキュリティ戦略」（以下「戦略」という。）and then 「戦略」. Where it prints two
editions, or one that the catalogue has not, or speaks of the next or an earlier one, the bare name stays open.
"""

import re
from collections import defaultdict
from typing import NamedTuple

from stigraph.ingest.mentions.documents import documents
from stigraph.ingest.mentions.model import Mention, Named
from stigraph.ingest.mentions.recognising import EDITION_AT_START
from stigraph.japanese import fold

__all__ = ["CONTEXT", "Found", "settled"]

CONTEXT = 20
"""So many characters before and after a name are looked at."""

_ANOTHER = re.compile(r"(?:従来の?|これまでの?|以前の?|前回の?|次期の?|次の|新たな|新しい|歴代の?|[前旧新次])[「『]?$")
_QUALIFIED = re.compile(r"[」』]?\s?\((?!以下)")
_SHORTENED = re.compile(r"以下[、,]?\s?[「『｢]([^「」『』｢｣]{2,30})[」』｣]")


class Found(NamedTuple):
    """A name, the mention made of it, the `CONTEXT` characters before and after it, and whether the plan is there.

    A plan that is still being made, or the next one, is not there.
    """

    named: Named
    mention: Mention
    before: str
    after: str
    there: bool


def settled(found: list[Found]) -> list[Mention]:
    """Give the mentions of the plans that are there, bare names resolved by what the sheet prints elsewhere."""
    editions: dict[str, set[str | None]] = defaultdict(set)
    for one in found:
        if not one.there or _ANOTHER.search(one.before):
            editions[_family(one.named)].add(None)
        elif one.named.edition_printed:
            editions[_family(one.named)].add(one.mention.document)
    short = _short_names(found)
    there = [one for one in found if one.there and not _repeats(one, short)]
    return [_settle(one, editions[_family(one.named)], short) for one in there]


def _family(named: Named) -> str:
    return documents().family(EDITION_AT_START.sub("", named.core))


def _short_names(found: list[Found]) -> dict[str, str | None]:
    """Give the document of each short name that the sheet makes of a name; None where that one is open."""
    short: dict[str, str | None] = {}
    for one in found:
        made = _SHORTENED.search(one.mention.cited_as + one.after)
        if made and fold(made[1]) != fold(one.named.core):
            short.setdefault(fold(made[1]), one.mention.document)
    return short


def _repeats(one: Found, short: dict[str, str | None]) -> bool:
    """Tell whether a name is short for one that is open: it says nothing more."""
    return short.get(fold(one.named.core), "") is None and not one.named.edition_printed


def _settle(one: Found, editions: set[str | None], short: dict[str, str | None]) -> Mention:
    if one.mention.document or one.named.edition_printed or _QUALIFIED.match(one.after):
        return one.mention
    named = short.get(fold(one.named.core))
    if named is None and len(editions) == 1:
        named = next(iter(editions))
    if named is None:
        return one.mention
    note = f"版は示されていないが、同じシートの別の箇所に{documents().by_iri[named].label}とある。"
    return one.mention._replace(document=named, basis="Inferred", note=note)
