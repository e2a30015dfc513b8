"""Which documents are cited by which, how often, and by which passages?"""

from collections.abc import Iterable

from stigraph.classes import DOCUMENTS
from stigraph.errors import UsageError
from stigraph.names import resolve
from stigraph.store.reading import Fact, Store, Term, Thing
from stigraph.views.drafting import Draft
from stigraph.views.extent import SHEETS_READ, extent_of
from stigraph.views.layering import dates_of
from stigraph.views.marks import FLAGS, caption_by_basis, replaced, weight_of, work_of
from stigraph.views.model import Labels, View
from stigraph.views.timeline import timeline
from stigraph.vocab import curie

__all__ = ["citations"]

_Pair = tuple[Term, Term, str]


def citations(store: Store, thing: str | None = None, *, sheets: int = SHEETS_READ) -> View:
    """Show which documents cite which: the pages the graph was read from, and policy documents that rest on others.

    An edge ``sti:cites`` holds the passages by which one prints the words of the other or rests on it, an edge
    ``dcterms:source`` the indicators whose figures a page takes from a report; the weight is their number. The words
    that a page states as its own are no citation, nor is a mention. Columns run along dates, what is cited at the left.

    Args:
        store: an open store.
        thing: a source or policy document; what it cites and what cites it is shown. All curated ones by default.
        sheets: read at most so many of the review sheets that speak of the thing, the newest first.

    Raises:
        NameNotFoundError, AmbiguousNameError: by the name.
        UsageError: the thing is no document.

    >>> from stigraph.store import open_store
    >>> graph = citations(open_store(), "SDGs Action Plan 2020")
    >>> [data["caption"]["en"] for *_, data in graph.edges(data=True)]
    ['1 passage', '1 passage']
    """
    root = resolve(store, thing) if thing is not None else None
    if root and root.type not in (*DOCUMENTS, "sti:Source"):
        raise UsageError(
            f"“{root.label('en')}” ({curie(root.iri)}) is a {curie(root.type)}; "
            "give a source or a policy document, or nothing for all of them."
        )
    extent = extent_of(store, root, sheets)
    store = extent.store
    pairs = _pairs(store)
    if root:
        twins = {root.number} | {twin for pair in work_of(store).items() if root.number in pair for twin in pair}
        pairs = {pair: facts for pair, facts in pairs.items() if twins & set(pair[:2])}
    draft = Draft(store)
    for (source, target, predicate), facts in pairs.items():
        count = len({fact.subject for fact in facts})
        draft.edge(source, target, predicate, facts=facts, weight=float(count), caption=_caption(count, predicate))
    if root:
        draft.node(root.number)
    return extent.tell(_finished(store, draft, root, pairs))


def _pairs(store: Store) -> dict[_Pair, list[Fact]]:
    """Collect the facts that show each citation: where a passage is stated, where an indicator comes from."""
    works = work_of(store)
    documents = [thing.number for thing in store.of_type(*DOCUMENTS)]
    shown = [f for f in store.facts_about(documents) if f.predicate in {"sti:statedIn", "dcterms:source"}]
    pairs: dict[_Pair, list[Fact]] = {}
    stated: dict[Term, list[Fact]] = {}
    for fact in shown:
        assert fact.object is not None
        predicate = "sti:cites" if fact.predicate == "sti:statedIn" else fact.predicate
        if fact.predicate == "sti:statedIn":
            stated.setdefault(fact.subject, []).append(fact)
        if works.get(fact.source) != fact.object:
            pairs.setdefault((fact.source, fact.object, predicate), []).append(fact)
    for citing in store.facts_of(documents, ["sti:cites"]):
        for fact in stated.get(citing.object or -1, ()):
            assert fact.object is not None
            pairs.setdefault((citing.subject, fact.object, "sti:cites"), []).append(fact)
    return dict(sorted(pairs.items()))


def _caption(count: int, predicate: str) -> Labels:
    if predicate == "sti:cites":
        return {"ja": f"{count}箇所", "en": f"{count} passage{'s' if count > 1 else ''}"}
    return {"ja": f"指標{count}件", "en": f"{count} indicator{'s' if count > 1 else ''}"}


def _finished(store: Store, draft: Draft, root: Thing | None, pairs: dict[_Pair, list[Fact]]) -> View:
    documents = store.things(draft.nodes)
    layers = _place(store, draft, documents.values(), pairs)
    later = replaced(store)
    for number, thing in documents.items():
        weight = weight_of(thing.type, root=root is not None and number == root.number)
        flags = ["superseded"] if number in later else []
        draft.node(number, weight=weight, flags=flags + (["advice"] if thing.type == "sti:Recommendation" else []))
    view = draft.finish(
        "citations",
        title=_title(root),
        sentence=_sentence(pairs, root),
        root=root,
        arrangement="layered",
        layers=layers,
        words={**FLAGS, "dcterms:source": {"ja": "指標の出典", "en": "takes indicators from"}},
    )
    return caption_by_basis(view)


def _place(store: Store, draft: Draft, documents: Iterable[Thing], pairs: Iterable[_Pair]) -> list[Labels]:
    numbers = [thing.number for thing in documents]
    times = timeline(dates_of(store, numbers), apart=[pair[:2] for pair in pairs])
    for number in numbers:
        draft.node(number, layer=times.column[number])
    return times.layers


def _title(root: Thing | None) -> Labels:
    if root is None:
        return {"ja": "文書の引用関係", "en": "Which documents cite which"}
    return {"ja": f"{root.label('ja')}の引用関係", "en": f"What {root.label('en')} cites and what cites it"}


def _sentence(pairs: dict[_Pair, list[Fact]], root: Thing | None) -> Labels:
    """Count the documents that cite, those cited, the passages and the indicators."""
    citing, cited = ({pair[end] for pair in pairs} for end in (0, 1))
    counts = {
        predicate: len({fact.subject for pair, facts in pairs.items() if pair[2] == predicate for fact in facts})
        for predicate in ("sti:cites", "dcterms:source")
    }
    about_ja = f"「{root.label('ja')}」について、" if root else ""
    about_en = f"Around {root.label('en')}, " if root else ""
    if not pairs:
        return {"ja": f"{about_ja}引用は見つからない。", "en": f"{about_en}no citation is found."}
    ja = f"{about_ja}{len(citing)}の資料・文書が{len(cited)}の文書を、記述{counts['sti:cites']}か所"
    en = f"{about_en}documents that cite: {len(citing)}, documents cited: {len(cited)}, passages: {counts['sti:cites']}"
    if counts["dcterms:source"]:
        ja += f"と指標{counts['dcterms:source']}件の出典"
        en += f", indicators whose figures come from them: {counts['dcterms:source']}"
    return {"ja": f"{ja}で引いている。", "en": f"{en[0].upper()}{en[1:]}."}
