"""Plans and strategies that a review sheet names: in its purpose and outline, and in the fields for it.

A mention becomes a statement with the passage and the name as printed. `recognising` finds the name, `resolving` says
which of the `documents` it means, by what is printed: the number of the edition (第5期), the year in the name
(統合イノベーション戦略2020), or the date of its decision (平成28年1月22日閣議決定); `within_sheet` resolves a bare
name by what the same sheet prints elsewhere. Everything else stays unresolved, with the name as it was cited: never the
nearest guess. Time runs one way: no sheet cites what was decided after it.
"""

from collections.abc import Iterator

from stigraph.ingest.mentions.documents import Document, Documents, documents
from stigraph.ingest.mentions.existing import is_named_only
from stigraph.ingest.mentions.fields import mentions_in_field
from stigraph.ingest.mentions.model import Mention, Named
from stigraph.ingest.mentions.passages import kind_of, passage
from stigraph.ingest.mentions.recognising import PLAIN, names_in
from stigraph.ingest.mentions.resolving import resolve
from stigraph.ingest.mentions.within_sheet import CONTEXT, Found, settled
from stigraph.ingest.model import PlanNamed, Sheet
from stigraph.japanese import fold

__all__ = ["Document", "Documents", "Mention", "documents", "every_mention_of", "mentions_in", "mentions_of"]


def mentions_of(sheet: Sheet) -> list[Mention]:
    """Find the plans a sheet names: each entry of its fields for them, then each document of purpose and outline once.

    Two entries may be of one document: 第九十一条 and 第九十七条 of a law. Where a document is named with and without
    its edition, the mention with the edition is kept.
    """
    every = every_mention_of(sheet)
    printed = {one.document for one in every if one.document and one.basis == "Extracted"}
    kept = [one for one in every if one.basis == "Extracted" or one.document not in printed]
    entries = {_named(one) for one in kept if one.start is None}
    found: dict[str, Mention] = {}
    for one in kept:
        if one.start is None:
            found.setdefault(f"entry {one.cited_as}", one)
        elif _named(one) not in entries:
            found.setdefault(_named(one), one)
    return list(found.values())


def _named(mention: Mention) -> str:
    return mention.document or fold(mention.cited_as)


def every_mention_of(sheet: Sheet) -> list[Mention]:
    """Find every place where a sheet names a plan, in the order of `mentions_of`."""
    found = [one for plan in sheet.plans for one in _found_in_field(plan, sheet.year)]
    for field, text in (("事業目的", sheet.purpose), ("事業概要", sheet.outline)):
        found += _found_in(text or "", field, sheet.year)
    return settled(found)


def mentions_in(text: str, field: str, year: int) -> Iterator[Mention]:
    """Find the plans that a text names, in the order in which they stand.

    >>> text = "本事業は、第５期科学技術基本計画（平成28年1月22日閣議決定）に基づき、基礎研究を推進する。"
    >>> [(found.cited_as, found.document.rpartition("/")[2]) for found in mentions_in(text, "事業目的", 2018)]
    [('第５期科学技術基本計画（平成28年1月22日閣議決定）', 'basic-plan-5')]
    >>> [found.document for found in mentions_in(text.replace("５", "３"), "事業目的", 2018)]
    [None]
    """
    yield from settled(list(_found_in(text, field, year)))


def _found_in_field(plan: PlanNamed, year: int) -> Iterator[Found]:
    for mention in mentions_in_field(plan, year):
        names = list(names_in(mention.cited_as.translate(PLAIN)))
        entry = Named(0, len(mention.cited_as), mention.cited_as, None, "", None, "", ())
        yield Found(names[0] if len(names) == 1 else entry, mention, "", "", True)


def _found_in(text: str, field: str, year: int) -> Iterator[Found]:
    plain = text.translate(PLAIN)
    for named in names_in(plain):
        start, end = passage(plain, named.start, named.end)
        document, basis, note = resolve(named, year)
        cited = text[named.start : named.end]
        kind = kind_of(plain, named.end)
        mention = Mention(field, start, end, text[start:end], cited, document, basis, kind, note, named.edition_printed)
        before, after = plain[max(0, named.start - CONTEXT) : named.start], plain[named.end : named.end + CONTEXT]
        yield Found(named, mention, before, after, not is_named_only(plain, named.start, named.end))
