"""What is missing between policy and programmes, and what hangs by a thread?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from stigraph.classes import DOCUMENTS
from stigraph.store.reading import Fact, Store, Term, Thing
from stigraph.views.drafting import Draft
from stigraph.views.layering import depths
from stigraph.views.marks import FLAGS, caption_by_basis, replaced, weight_of
from stigraph.views.model import Labels, View
from stigraph.vocab import slug

__all__ = ["gaps"]

_CITERS = ("sti:Programme", "sti:Project")
_REASONS = frozenset({"Background", "Finding"})
_STATED = "Stated"
_CARRYING: Labels = {"ja": "それを具体化する文書", "en": "documents that carry them out"}
_PART: Labels = {"ja": "その一部", "en": "parts of them"}
_LAYERS: Sequence[Labels] = [
    {"ja": "政策文書・目標", "en": "policy documents and objectives"},
    {"ja": "事業に引かれていない記述", "en": "passages that no programme cites"},
    {"ja": "その一部だけが引いている事業", "en": "programmes only whose parts cite"},
    {
        "ja": "結び付きの弱い事業・課題と、一部だけが問題の事業",
        "en": "programmes and projects that cite, weakly or for their parts",
    },
    {"ja": "何も引いていない事業", "en": "programmes that cite nothing"},
    {"ja": "上位の事業だけが引いている事業", "en": "programmes only whose whole cites"},
    {"ja": "府省ごとの全事業", "en": "all programmes, by ministry"},
]
_FRAME, _PASSAGES, _UMBRELLAS, _CITING, _SILENT, _PARTS, _MINISTRIES = range(len(_LAYERS))
_OF_MINISTRY = "programmes-cite-nothing"
_WORDS: Mapping[str, Labels] = {
    **FLAGS,
    _OF_MINISTRY: {
        "ja": "何も引いていない事業のある府省（数のみ）",
        "en": "ministry with programmes that cite nothing",
    },
}
_SAID: Mapping[str, tuple[str, str]] = {
    "cites-nothing": ("何も引いていない事業{}件", "programmes that cite nothing {}"),
    "only-through-the-whole": ("上位の事業だけが引いている事業{}件", "programmes only whose whole cites {}"),
    "only-through-its-parts": ("その一部だけが引いている事業{}件", "programmes only whose parts cite {}"),
    "uncited": ("どの事業にも引かれていない政策の記述{}か所", "policy passages that no programme cites {}"),
    "by-inference": (
        "推論だけによる結び付きのある事業・課題{}件",
        "programmes and projects with a link by inference alone {}",
    ),
    "only-superseded": (
        "後継のある計画にしか結び付かない事業・課題・文書{}件",
        "programmes, projects and documents whose only plan is superseded {}",
    ),
}


class _Ties(NamedTuple):
    """What programmes and projects cite, where that is stated, and what they are part of."""

    citers: Mapping[Term, Thing]
    cited: Mapping[Term, set[Term]]
    stated: Mapping[Term, list[Fact]]
    parts: Sequence[Fact]
    above: Mapping[Term, set[Term]]


def gaps(store: Store, *, as_of: str | None = None) -> View:
    """Show programmes that cite nothing, policy that no programme cites, and links that are weak.

    Every node is a thing of the graph, flagged with what is amiss:

    * ``cites-nothing``: a programme that cites no passage, nor does any programme it is part of, nor any part of it.
    * ``only-through-the-whole``: a programme (a SIP topic, a type of support) that cites nothing itself but is part of
      one that does; ``only-through-its-parts``: the other way round.
    * ``uncited``: a passage of a policy document that no programme or project cites. What is only told as background
      or finding, and what a report says of a plan it monitors, is not policy to be taken up, and not counted.
    * ``by-inference``: a programme or project that a page ties to some document by inference alone; the edge to that
      document holds the passages.
    * ``programmes-cite-nothing``: in a store with review sheets, a ministry with the number of its programmes that cite
      nothing; those that sheets alone speak of are counted, not drawn.
    * ``only-superseded``: a programme, project or strategy that leads to plans that later ones have followed, and to
      no other plan; the edge leads to the plan.

    Projects stand under a programme, so one without passages of its own is no gap.

    Args:
        store: an open store.
        as_of: count as superseded only what was so by this day, month or year.

    >>> from stigraph.store import open_store
    >>> graph = gaps(open_store())
    >>> graph.nodes["https://w3id.org/stigraph/id/programme/sip-3-01"]["flags"]
    ['only-through-the-whole']
    """
    ministries = store.programmes_by_ministry()
    store = store.excerpt()
    ties = _ties(store)
    draft = Draft(store)
    _add_silent(store, draft, ties)
    _add_uncited(store, draft, ties)
    _add_inferred(store, draft, ties)
    later = replaced(store, as_of=as_of and as_of + "-99")
    _add_superseded(store, draft, ties, later.keys())
    _add_ministries(draft, ministries)
    for number, thing in store.things(draft.nodes).items():
        marks = ["superseded"] if number in later else []
        marks += ["advice"] if thing.type == "sti:Recommendation" else []
        draft.node(number, flags=marks, weight=weight_of(thing.type))
    layers = _place(store, draft)
    view = draft.finish(
        "gaps",
        title={"ja": "政策と事業の間の欠落", "en": "Gaps between policy and programmes"},
        sentence=_sentence(draft, as_of, ministries),
        arrangement="layered",
        layers=layers,
        words=_WORDS,
    )
    return caption_by_basis(view)


def _ties(store: Store) -> _Ties:
    citers = {thing.number: thing for thing in store.of_type(*_CITERS)}
    cited: dict[Term, set[Term]] = {}
    for fact in store.facts_of(citers, ["sti:cites"]):
        if fact.object is not None:
            cited.setdefault(fact.subject, set()).add(fact.object)
    stated: dict[Term, list[Fact]] = {}
    for fact in store.facts_about(thing.number for thing in store.of_type(*DOCUMENTS)):
        if fact.predicate == "sti:statedIn":
            stated.setdefault(fact.subject, []).append(fact)
    parts = [fact for fact in store.facts_of(citers, ["dcterms:isPartOf"]) if fact.object in citers]
    wholes: dict[Term, set[Term]] = {}
    for fact in parts:
        assert fact.object is not None
        wholes.setdefault(fact.subject, set()).add(fact.object)
    return _Ties(citers, cited, stated, parts, {number: _closure(wholes, number) for number in citers})


def _closure(leading: Mapping[Term, set[Term]], start: Term) -> set[Term]:
    """Collect what a thing leads to, itself left out."""
    reached, frontier = set[Term](), set(leading.get(start, ()))
    while frontier:
        reached |= frontier
        frontier = {target for source in frontier for target in leading.get(source, ())} - reached
    return reached - {start}


def _add_silent(store: Store, draft: Draft, ties: _Ties) -> None:
    """Add the programmes that cite nothing, the whole or part that does, and the objectives they contribute to."""
    below = {whole for number in ties.cited for whole in ties.above[number]}
    silent = [n for n, thing in ties.citers.items() if thing.type == "sti:Programme" and n not in ties.cited]
    for number in silent:
        if ties.above[number] & ties.cited.keys():
            flag = "only-through-the-whole"
        else:
            flag = "only-through-its-parts" if number in below else "cites-nothing"
        draft.node(number, flags=[flag])
    shown = set(silent)
    for fact in ties.parts:
        citing_part = fact.object in shown and fact.subject in ties.cited
        if fact.subject in shown or citing_part:
            draft.follow(fact)
    for fact in store.facts_of(silent, ["sti:contributesTo"]):
        draft.follow(fact)


def _add_uncited(store: Store, draft: Draft, ties: _Ties) -> None:
    taken = {statement for statements in ties.cited.values() for statement in statements}
    monitoring = {fact.subject for fact in store.facts_of(_objects(ties.stated), ["sti:monitors"])}
    kinds = {
        fact.subject: slug(store.thing(fact.object).iri)
        for fact in store.facts_of(ties.stated, ["sti:statementKind"])
        if fact.object is not None
    }
    for statement, facts in ties.stated.items():
        if statement in taken or kinds.get(statement) in _REASONS or _objects({statement: facts}) <= monitoring:
            continue
        draft.node(statement, flags=["uncited"])
        for fact in facts:
            draft.follow(fact)


def _objects(facts: Mapping[Term, Iterable[Fact]]) -> set[Term]:
    return {fact.object for group in facts.values() for fact in group if fact.object is not None}


def _add_inferred(store: Store, draft: Draft, ties: _Ties) -> None:
    """Add each link between a programme or project and a document that no page states."""
    bases: dict[Term, set[str]] = {}
    for fact in store.facts_of(ties.stated, ["sti:basis"]):
        if fact.object is not None:
            bases.setdefault(fact.subject, set()).add(slug(store.thing(fact.object).iri))
    for citer, document, facts in _links(ties):
        if all(_STATED not in bases.get(fact.subject, ()) for fact in facts):
            draft.node(citer, flags=["by-inference"])
            draft.edge(citer, document, "sti:cites", facts=facts, weight=float(len(facts)), caption=_passages(facts))


def _links(ties: _Ties) -> Iterator[tuple[Term, Term, list[Fact]]]:
    for citer, statements in ties.cited.items():
        by_document: dict[Term, list[Fact]] = {}
        for statement in sorted(statements):
            for fact in ties.stated.get(statement, ()):
                assert fact.object is not None
                by_document.setdefault(fact.object, []).append(fact)
        for document, facts in by_document.items():
            yield citer, document, facts


def _passages(facts: Sequence[Fact]) -> Labels:
    count = len({fact.subject for fact in facts})
    return {"ja": f"{count}箇所", "en": f"{count} passage{'s' if count > 1 else ''}"}


def _add_superseded(store: Store, draft: Draft, ties: _Ties, later: Iterable[Term]) -> None:
    """Add what leads to plans that later ones have followed and to no other, with the links to them."""
    documents = {thing.number: thing for thing in store.of_type(*DOCUMENTS)}
    carrying: dict[Term, set[Term]] = {}
    carried = [fact for fact in store.facts_of(documents, ["sti:implements"]) if fact.object is not None]
    for fact in carried:
        assert fact.object is not None
        carrying.setdefault(fact.subject, set()).add(fact.object)
    plans = {
        number: {plan for plan in {number} | _closure(carrying, number) if documents[plan].type == "sti:Plan"}
        for number in documents
    }
    followed = set(later)
    for fact in carried:
        if plans[fact.subject] and plans[fact.subject] <= followed and documents[fact.subject].type != "sti:Plan":
            draft.node(fact.subject, flags=["only-superseded"])
            draft.follow(fact)
    links: dict[Term, list[tuple[Term, list[Fact]]]] = {}
    for citer, document, facts in _links(ties):
        if plans[document]:
            links.setdefault(citer, []).append((document, facts))
    for citer, group in links.items():
        if set().union(*(plans[document] for document, _ in group)) <= followed:
            draft.node(citer, flags=["only-superseded"])
            for document, facts in group:
                draft.edge(citer, document, "sti:cites", facts=facts, caption=_passages(facts))


def _add_ministries(draft: Draft, ministries: Mapping[Term, tuple[int, int]]) -> None:
    """Add each ministry with the number of its programmes that cite nothing."""
    things = draft.store.things(ministries)
    for number, (every, citing) in ministries.items():
        if citing < every:
            name = things[number]
            labels = {
                "ja": f"{name.label('ja')}：引用なし {every - citing:,}／{every:,}",
                "en": f"{name.label('en')}: {every - citing:,} of {every:,} cite nothing",
            }
            draft.node(number, flags=[_OF_MINISTRY], label=labels["ja"], labels=labels)


def _place(store: Store, draft: Draft) -> list[Labels]:
    """Give each kind of gap its column; what is part of another thing of its column, or carries it out, the next."""
    groups: dict[int, list[Term]] = {}
    for number, thing in store.things(draft.nodes).items():
        groups.setdefault(_group(thing, draft.nodes[number]["flags"]), []).append(number)
    steps = [(step.source, step.target) for step in draft.steps]
    places = {
        number: (group, depth) for group, numbers in groups.items() for number, depth in depths(numbers, steps).items()
    }
    ordered = {place: layer for layer, place in enumerate(sorted(set(places.values())))}
    for number, place in places.items():
        draft.node(number, layer=ordered[place])
    further = {_FRAME: _CARRYING}
    return [further.get(group, _PART) if depth else _LAYERS[group] for group, depth in ordered]


def _group(thing: Thing, flags: Iterable[str]) -> int:
    if thing.type == "sti:Statement":
        return _PASSAGES
    if _OF_MINISTRY in flags:
        return _MINISTRIES
    if thing.type not in _CITERS:
        return _FRAME
    columns = {"only-through-the-whole": _PARTS, "only-through-its-parts": _UMBRELLAS, "cites-nothing": _SILENT}
    return next((columns[flag] for flag in flags if flag in columns), _CITING)


def _sentence(draft: Draft, as_of: str | None, ministries: Mapping[Term, tuple[int, int]]) -> Labels:
    counts = Counter(flag for known in draft.nodes.values() for flag in known["flags"])
    told = [(forms, counts[flag]) for flag, forms in _SAID.items()]
    ja = "、".join(ja.format(count) for (ja, _), count in told)
    en = ", ".join(en.format(f"({count})") for (_, en), count in told)
    by_ja, by_en = (f"（{as_of}時点）", f" (superseded as of {as_of})") if as_of else ("", "")
    counted_ja = "行政事業レビューシートだけに出る事業は描かず、府省ごとに数える。" if ministries else ""
    counted_en = (
        " Programmes that only review sheets speak of are counted by ministry, not drawn." if ministries else ""
    )
    return {"ja": f"{ja}を示す{by_ja}。{counted_ja}", "en": f"Shown are {en}{by_en}.{counted_en}"}
