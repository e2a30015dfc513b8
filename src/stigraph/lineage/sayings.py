"""Passages that say the same at several places, taken together: one wording, and where it stands."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from stigraph.lineage.model import Node
from stigraph.vocab import ID

__all__ = ["Place", "Saying", "same_words", "sayings_of", "sheet_year", "years_told"]

_SHEET = re.escape(ID) + r"source/rs(\d{4})-"
_RANGE = {"ja": ("〜", "、", "{}年度"), "en": ("–", ", ", "FY{}")}


class Place(NamedTuple):
    """Where a passage is printed: the IRI of the source, the lines or field in it, and on what it rests."""

    source: str
    locator: str
    basis: str


class Saying(NamedTuple):
    """A passage, under how many names it cites its document, and every place where it is printed in the same words.

    ``first`` is the statement at the first place; ``ids`` are the IRIs of all statements.
    """

    first: Node
    cited: tuple[str, ...]
    places: tuple[Place, ...]
    ids: tuple[str, ...]


def same_words(text: str) -> str:
    """Give the form under which two passages are the same words: width and white space no longer matter.

    >>> same_words("第６期 基本計画") == same_words("第6期基本計画")
    True
    """
    return "".join(unicodedata.normalize("NFKC", text).split())


def sayings_of(passages: Iterable[Node]) -> list[Saying]:
    """Take statements together that are the same words of the same kind and cite under the same names, in their order.

    A sentence that names several documents is a statement for each of them: at one place they are one saying that
    cites under several names.

    >>> first = Node("id:1", "sti:Statement", {}, {"quote": "計画に基づき", "source": "id:2015", "locator": "目的"})
    >>> second = first._replace(id="id:2", facts={**first.facts, "source": "id:2016"})
    >>> [[place.source for place in saying.places] for saying in sayings_of([first, second])]
    [['id:2015', 'id:2016']]
    """
    at_one_place: dict[tuple[object, ...], list[Node]] = {}
    for passage in passages:
        at_one_place.setdefault((_wording(passage), _place(passage)), []).append(passage)
    groups: dict[tuple[object, ...], list[list[Node]]] = {}
    for (wording, _), together in at_one_place.items():
        groups.setdefault((wording, tuple(map(same_words, _cited(together)))), []).append(together)
    return [
        Saying(
            group[0][0],
            _cited(group[0]),
            tuple(_place(together[0]) for together in group),
            tuple(passage.id for together in group for passage in together),
        )
        for group in groups.values()
    ]


def _wording(passage: Node) -> tuple[object, ...]:
    if "quote" not in passage.facts:
        return (passage.id,)
    return (same_words(passage.facts["quote"]), passage.facts.get("kind"), passage.labels.get("en"))


def _place(passage: Node) -> Place:
    facts = passage.facts
    return Place(facts.get("source", ""), facts.get("locator", ""), facts.get("basis", ""))


def _cited(passages: Iterable[Node]) -> tuple[str, ...]:
    names = {same_words(name): name for passage in passages if (name := passage.facts.get("citedAs"))}
    return tuple(names.values())


def sheet_year(source: str) -> int | None:
    """Give the fiscal year of a review sheet by the IRI of the source; None for any other source.

    >>> sheet_year(f"{ID}source/rs2021-mext-20-0218"), sheet_year(f"{ID}source/background")
    (2021, None)
    """
    found = re.match(_SHEET, source)
    return int(found[1]) if found else None


def years_told(years: Iterable[int], lang: str) -> str:
    """Write fiscal years with their gaps.

    >>> years_told([2015, 2016, 2017, 2019], "en"), years_told([2015, 2016], "ja")
    ('FY2015–2017, 2019', '2015〜2016年度')
    """
    to, then, form = _RANGE[lang]
    ordered = sorted(set(years))
    starts = ordered[:1] + [year for before, year in pairwise(ordered) if year != before + 1]
    ends = [before for before, year in pairwise(ordered) if year != before + 1] + ordered[-1:]
    spans = [str(start) if start == end else f"{start}{to}{end}" for start, end in zip(starts, ends, strict=True)]
    return form.format(then.join(spans))
