"""What a node without a name of its own is called: by what it says.

The curated graph names its budget lines, transfers and observations; review sheets print millions and name none.
"""

from collections.abc import Mapping, Sequence

from stigraph.japanese import clip
from stigraph.store.reading import Fact, Term, Thing
from stigraph.views.amounts import in_yen
from stigraph.views.model import Labels

__all__ = ["named_by_facts"]

_QUOTE_COLUMNS = 80
_NO_PAYEE: Labels = {"ja": "支払先の記載なし", "en": "payee not named"}
_LANGUAGES = ("ja", "en")


def named_by_facts(kind: str, facts: Sequence[Fact], things: Mapping[Term, Thing]) -> dict[str, str]:
    """Name a budget line, a transfer, an observation or a statement by language; nothing else is named.

    Args:
        kind: the class, as a CURIE.
        facts: what is said of the node.
        things: the things that the facts lead to.

    >>> facts = [Fact(1, "sti:fiscalYear", None, "2021", "xsd:integer", 9), Fact(1, "sti:phase", 2, None, None, 9),
    ...          Fact(1, "sti:amount", None, "6100000000", "xsd:integer", 9)]
    >>> named_by_facts("sti:BudgetLine", facts, {2: Thing(2, "…#Initial", "", "当初予算", "initial budget")})
    {'ja': '2021年度 当初予算 6,100百万円', 'en': 'FY2021 initial budget 6,100 million yen'}
    """
    said: dict[str, Fact] = {}
    for fact in facts:
        said.setdefault(fact.predicate, fact)
    writer = {
        "sti:BudgetLine": _budget_line,
        "sti:Transfer": _transfer,
        "sti:Observation": _observation,
        "sti:Statement": _statement,
    }.get(kind)
    return {} if writer is None else {lang: text for lang in _LANGUAGES if (text := writer(said, things, lang))}


def _text(said: Mapping[str, Fact], name: str) -> str:
    return (said[name].value or "") if name in said else ""


def _thing(said: Mapping[str, Fact], name: str, things: Mapping[Term, Thing], lang: str) -> str:
    end = said[name].object if name in said else None
    return things[end].label(lang) if end is not None else ""


def _year(year: str, lang: str) -> str:
    return year and (f"{year}年度" if lang == "ja" else f"FY{year}")


def _money(said: Mapping[str, Fact], lang: str) -> str:
    amount = _text(said, "sti:amount")
    return in_yen(int(amount))[lang] if amount else ""


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _budget_line(said: Mapping[str, Fact], things: Mapping[Term, Thing], lang: str) -> str:
    account = _text(said, "sti:account")
    year = _year(_text(said, "sti:fiscalYear"), lang)
    return _joined(year, _thing(said, "sti:phase", things, lang), _money(said, lang), account and f"({account})")


def _transfer(said: Mapping[str, Fact], things: Mapping[Term, Thing], lang: str) -> str:
    payee = _thing(said, "sti:payee", things, lang) or _NO_PAYEE[lang]
    return _joined(payee, _money(said, lang), _year(_text(said, "sti:fiscalYear"), lang))


def _observation(said: Mapping[str, Fact], things: Mapping[Term, Thing], lang: str) -> str:
    value = _text(said, "sti:value") or _text(said, "sti:textValue")
    kind = _thing(said, "sti:valueKind", things, lang)
    return _joined(_year(_text(said, "sti:year"), lang), kind, value + _text(said, "sti:unit"))


def _statement(said: Mapping[str, Fact], things: Mapping[Term, Thing], lang: str) -> str:
    # A text that names several plans is a passage for each of them: what is cited tells them apart.
    return clip(_text(said, "sti:citedAs") or _text(said, "sti:quote"), _QUOTE_COLUMNS) if lang == "ja" else ""
