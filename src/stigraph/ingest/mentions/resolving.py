"""Which document a name means: by the number of the edition, the year in the name, or the day of its decision.

Where nothing of that is printed and the year of the sheet leaves one document only, it is that one, and said to be
inferred. Everything else stays open, with the reason: never the nearest guess.
"""

from typing import NamedTuple

from stigraph.ingest.mentions.documents import Document, documents
from stigraph.ingest.mentions.model import Named
from stigraph.ingest.mentions.recognising import EDITION_AT_START
from stigraph.japanese import fold

__all__ = ["LATER", "NOT_THERE", "Resolved", "resolve"]

LATER = "決定がシートの年度より後の文書なので、それを指すことはありえない。"
NOT_THERE = "目録にない文書である。"
_OTHER_DATE = "印刷された日付は、目録の文書の決定日と一致しない。"
_NO_SUCH_EDITION = "印刷された日付に決定された版は、目録にない。"
_NOT_LISTED = "印刷された版は、目録にない。"
_NO_EDITION = "版が示されておらず、どの文書か決められない。"
_SHORT_NAME = "略した名だが、同じ文章の前の箇所に科学技術基本計画の名がある。"


class Resolved(NamedTuple):
    """The IRI of the document or None, ``Extracted`` or ``Inferred``, and a note where one is due."""

    document: str | None
    basis: str = "Extracted"
    note: str | None = None


def resolve(named: Named, year: int) -> Resolved:
    """Give the document that a name means in a sheet of a year.

    >>> energy = Named(0, 8, "エネルギー基本計画", None, "", None, "", ("2021-10",))
    >>> resolve(energy, 2022).document.rpartition("/")[2], resolve(energy._replace(dates=()), 2022).document
    ('energy-basic-plan-6', None)
    """
    bare = EDITION_AT_START.sub("", named.core)
    if bare == "基本計画" and named.number is not None:
        found = resolve(named._replace(core="科学技術基本計画"), year)
        return Resolved(found.document, "Inferred", _SHORT_NAME) if found.document else found
    known = documents()
    edition = f"第{named.number}{named.counter}" if named.number is not None else ""
    printed = bool(edition or named.year or named.period)
    name = edition + bare + (named.year or "")
    document = known.by_name.get(fold(name + named.period))
    if document is None and name != bare:
        document = known.by_name.get(fold(name))
    if document is not None and (printed or fold(bare) not in known.series):
        return _checked(document, named, year)
    candidates = known.by_family.get(known.family(bare), ())
    if not candidates:
        return Resolved(None, note=NOT_THERE)
    if named.dates:
        return _by_date([one for one in candidates if not (printed and one.edition)], named, year)
    return Resolved(None, note=_NOT_LISTED) if printed else _the_only_one(candidates, bare, year)


def _checked(document: Document, named: Named, year: int) -> Resolved:
    if document.decided_after(year) or any(date[:4] > str(year) for date in named.dates):
        return Resolved(None, note=LATER)
    if named.dates and document.decided and not any(map(document.decided_on, named.dates)):
        return Resolved(None, note=_OTHER_DATE)
    return Resolved(document.iri)


def _by_date(candidates: list[Document], named: Named, year: int) -> Resolved:
    meant = [document for document in candidates if any(map(document.decided_on, named.dates))]
    return _checked(meant[0], named, year) if len(meant) == 1 else Resolved(None, note=_NO_SUCH_EDITION)


def _the_only_one(candidates: tuple[Document, ...], name: str, year: int) -> Resolved:
    """Resolve a name without edition where, when the sheet was made, only one document bore it."""
    series = documents().series.get(fold(name))
    if series is None or series.until is None or year > series.until:
        return Resolved(None, note=_NO_EDITION)
    possible = [document for document in candidates if not document.decided_after(year)]
    if len(possible) != 1:
        return Resolved(None, note=_NO_EDITION if possible else LATER)
    note = f"版は示されていないが、{year}年度のシートの時点でこの名の文書は{possible[0].label}だけである。"
    return Resolved(possible[0].iri, "Inferred", note)
