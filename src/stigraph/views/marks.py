"""What the views of policy mark alike: what matters most, what is advice, what is superseded, what rests on no page."""

from collections.abc import Iterable, Mapping

from stigraph.classes import DOCUMENTS
from stigraph.store.reading import Store, Term
from stigraph.views.model import Labels, View

__all__ = ["FLAGS", "caption_by_basis", "replaced", "weight_of", "work_of"]

FLAGS: Mapping[str, Labels] = {
    "superseded": {"ja": "後継の文書がある", "en": "superseded by a later document"},
    "advice": {"ja": "提言（決定ではない）", "en": "advice, not a decision"},
    "orphan": {"ja": "たどり着く事業がない", "en": "no programme traces to it"},
    "only-superseded": {
        "ja": "後継のある文書にしか結び付かない",
        "en": "linked only to a superseded document",
    },
    "cites-nothing": {
        "ja": "自らも、上位・下位の事業も、何も引いていない",
        "en": "cites nothing, nor does its whole or a part",
    },
    "only-through-the-whole": {"ja": "上位の事業だけが引いている", "en": "only the programme it is part of cites"},
    "only-through-its-parts": {"ja": "その一部だけが引いている", "en": "only parts of it cite"},
    "uncited": {"ja": "どの事業にも引かれていない", "en": "no programme cites it"},
    "by-inference": {"ja": "推論だけによる結び付きがある", "en": "has a link that rests on inference alone"},
}
"""What each flag says."""

_WEIGHTS = {"sti:Plan": 12.0, "sti:Strategy": 9.0, "sti:Programme": 6.0, "sti:Project": 4.0, "sti:Indicator": 3.0}
_WEIGHTS |= dict.fromkeys((name for name in DOCUMENTS if name not in _WEIGHTS), 8.0)
_WEIGHTS |= dict.fromkeys(("sti:Objective", "sti:Partner", "sti:Country"), 5.0)
_WEIGHTS |= dict.fromkeys(("sti:CountryGroup", "sti:CooperationFramework"), 5.0)
_WEIGHTS |= dict.fromkeys(("sti:Ministry", "sti:FundingAgency", "sti:Source"), 7.0)
_ROOT = 100.0


def weight_of(type_: str, *, root: bool = False) -> float:
    """Say how much a thing of a class matters in a picture: the root most, plans, strategies, programmes, passages.

    >>> weight_of("sti:Plan") > weight_of("sti:Programme") > weight_of("sti:Statement")
    True
    """
    return _ROOT if root else _WEIGHTS.get(type_, 1.0)


def replaced(store: Store, *, as_of: str | None = None) -> dict[Term, list[Term]]:
    """Give for each document that a later one follows (by a day, if one is given) what follows it.

    >>> from stigraph.names import resolve
    >>> from stigraph.store import open_store
    >>> store = open_store()
    >>> plan = resolve(store, "5th Basic Plan").number
    >>> [store.thing(later).label("en") for later in replaced(store)[plan]]
    ['Sixth Science, Technology and Innovation Basic Plan']
    >>> plan in replaced(store, as_of="2020-12-31")
    False
    """
    documents = [thing.number for thing in store.of_type(*DOCUMENTS)]
    spans = store.spans(documents)
    followers: dict[Term, list[Term]] = {}
    for fact in store.facts_of(documents, ["dcterms:replaces"]):
        there = as_of is None or spans.get(fact.subject, ("",))[0] <= as_of
        if fact.object is not None and there and fact.subject not in followers.get(fact.object, ()):
            followers.setdefault(fact.object, []).append(fact.subject)
    return followers


def work_of(store: Store) -> dict[Term, Term]:
    """Give for each source that is the text of a document of the graph that document.

    >>> from stigraph.store import open_store
    >>> store = open_store()
    >>> [store.thing(work).iri.rsplit("/")[-1] for work in work_of(store).values()]
    ['basic-plan-6-monitoring-2024']
    """
    works = {
        source.number: store.number(source.iri.replace("/source/", "/document/"))
        for source in store.of_type("sti:Source")
    }
    return {source: work for source, work in works.items() if work is not None}


def caption_by_basis(view: View) -> View:
    """Write on every edge that no page states what it rests on instead: background knowledge or inference."""
    for *_, data in view.edges(data=True):
        bases = sorted({item["basis"] for item in data["evidence"] if item["basis"]})
        if bases and "Stated" not in bases and "caption" not in data:
            data["caption"] = _joined([view.graph["words"].get(f"sti:{basis}", {}) for basis in bases])
    return view


def _joined(words: Iterable[Labels]) -> Labels:
    words = list(words)
    return {
        lang: separator.join(word[lang] for word in words if lang in word)
        for lang, separator in (("ja", "・"), ("en", ", "))
    }
