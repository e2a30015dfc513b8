"""Plans and strategies that a review sheet names: in its purpose and outline, and in the fields for it.

A mention becomes a statement with the passage and the name as printed. `recognising` finds the name, `resolving` says
which of the `documents` it means, by what is printed: the number of the edition (第5期), the year in the name
(統合イノベーション戦略2020), or the date of its decision (平成28年1月22日閣議決定). Everything else stays unresolved,
with the name as it was cited: never the nearest guess. Time runs one way: no sheet cites what was decided after it.
"""

from collections.abc import Iterator

from stigraph.ingest.mentions.documents import Document, Documents, documents
from stigraph.ingest.mentions.fields import mentions_in_field
from stigraph.ingest.mentions.model import Mention
from stigraph.ingest.mentions.passages import kind_of, passage
from stigraph.ingest.mentions.recognising import PLAIN, is_named_only, names_in
from stigraph.ingest.mentions.resolving import resolve
from stigraph.ingest.model import Sheet
from stigraph.japanese import fold

__all__ = ["Document", "Documents", "Mention", "documents", "mentions_in", "mentions_of"]


def mentions_of(sheet: Sheet) -> list[Mention]:
    """Find the plans a sheet names: each entry of its fields for them, then each document of purpose and outline once.

    Two entries of a field may be of one document: 第九十一条 and 第九十七条 of a law.
    """
    found: list[Mention] = []
    entries: set[str] = set()
    for plan in sheet.plans:
        for mention in mentions_in_field(plan, sheet.year):
            if mention.cited_as not in entries:
                entries.add(mention.cited_as)
                found.append(mention)
    seen = {_named(mention) for mention in found}
    for field, text in (("事業目的", sheet.purpose), ("事業概要", sheet.outline)):
        for mention in mentions_in(text, field, sheet.year) if text else ():
            if _named(mention) not in seen:
                seen.add(_named(mention))
                found.append(mention)
    return found


def _named(mention: Mention) -> str:
    return mention.document or fold(mention.cited_as)


def mentions_in(text: str, field: str, year: int) -> Iterator[Mention]:
    """Find the plans that a text names, in the order in which they stand.

    >>> text = "本事業は、第５期科学技術基本計画（平成28年1月22日閣議決定）に基づき、基礎研究を推進する。"
    >>> [(found.cited_as, found.document.rpartition("/")[2]) for found in mentions_in(text, "事業目的", 2018)]
    [('第５期科学技術基本計画（平成28年1月22日閣議決定）', 'basic-plan-5')]
    >>> [found.document for found in mentions_in(text.replace("５", "３"), "事業目的", 2018)]
    [None]
    """
    plain = text.translate(PLAIN)
    for named in names_in(plain):
        if is_named_only(plain, named.start, named.end):
            continue
        start, end = passage(plain, named.start, named.end)
        document, basis, note = resolve(named, year)
        cited = text[named.start : named.end]
        kind = kind_of(plain, named.end)
        yield Mention(field, start, end, text[start:end], cited, document, basis, kind, note, named.edition_printed)
