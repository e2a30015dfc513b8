"""Fields of a sheet that name plans: each entry of such a field is a mention."""

import re
from collections.abc import Iterator

from stigraph.ingest.mentions.documents import documents
from stigraph.ingest.mentions.model import Mention, Named
from stigraph.ingest.mentions.recognising import PLAIN, names_in
from stigraph.ingest.mentions.resolving import LATER, NOT_THERE, Resolved, resolve
from stigraph.ingest.model import PlanNamed
from stigraph.japanese import fold

__all__ = ["mentions_in_field"]

_ENTRIES = re.compile(r"[\n；;]+|(?<=[)）])[、，,]\s?(?=[^()（）])")
_ARTICLE = re.compile(
    r"\s*(?:(?:第?[\d０-９一二三四五六七八九十百千]+[条項号](?:の[\d０-９一二三四五六七八九十]+)*\s*)+|\([^()]*\)|（[^（）]*）)$"
)
_LIST_MARK = re.compile(r"^(?:[・･○●◎◆■□※\-－]|[①-⑳]|[(（]?\d{1,2}[)）.．]\s?(?!\d))\s*")
_POLICIES = frozenset({"政策", "施策"})
_SHORTEST = 3
_BOTH = 2
_SEVERAL = "一つの項目に複数の名が記されている。"


def mentions_in_field(plan: PlanNamed, year: int) -> Iterator[Mention]:
    """Read a field that names plans: each entry is a statement, resolved where its name is."""
    if plan.kind in _POLICIES:
        return
    for printed in _ENTRIES.split(plan.text):
        entry = _LIST_MARK.sub("", printed.strip())
        if len(entry) >= _SHORTEST:
            found, dated = _resolve_entry(entry, year)
            yield Mention(
                plan.place, None, None, entry, entry, found.document, found.basis, "Declaration", found.note, dated
            )


def _resolve_entry(entry: str, year: int) -> tuple[Resolved, bool]:
    plain = entry.translate(PLAIN)
    named = list(names_in(plain))
    if len(named) == 1 or (named and _is_alias(plain, named)):
        return resolve(named[0], year), named[0].edition_printed
    if named:
        return Resolved(None, note=_SEVERAL), False
    name = entry
    while (shorter := _ARTICLE.sub("", name)) != name:
        name = shorter
    document = documents().by_name.get(fold(name))
    if document is None:
        return Resolved(None, note=NOT_THERE), False
    return Resolved(None, note=LATER) if document.decided_after(year) else Resolved(document.iri), False


def _is_alias(plain: str, named: list[Named]) -> bool:
    """Tell whether the second of two names is in brackets what the first is also called: 骨太方針."""
    first, second = named[0], named[1]
    between, after = plain[first.end : second.start].strip(), plain[second.end :].strip()
    return len(named) == _BOTH and between == "(" and after == ")"
