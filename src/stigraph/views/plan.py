"""What traces to this plan or strategy: by which kind of evidence, through which body, and what is left behind?"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from stigraph.classes import DOCUMENTS
from stigraph.errors import UsageError
from stigraph.lineage.model import Edge, Lineage
from stigraph.lineage.walk import lineage
from stigraph.names import resolve
from stigraph.store.reading import Store, Term, Thing
from stigraph.views.bundling import bundle_passages
from stigraph.views.drafting import Draft
from stigraph.views.extent import SHEETS_READ, extent_of
from stigraph.views.layering import arrange
from stigraph.views.lineage import draft_of, limits
from stigraph.views.marks import FLAGS, caption_by_basis, replaced, weight_of
from stigraph.views.model import Chart, Labels, Point, Series, View
from stigraph.vocab import STI, curie

__all__ = ["plan"]

_CITERS = ("sti:Programme", "sti:Project")
_LEFT_OUT = ("sti:Indicator",)
_ON_PAGES = ("passages on ", " pages")
_KINDS_WORD: Labels = {"ja": "根拠となる記述の種類", "en": "Passages by kind"}


class _Picture(NamedTuple):
    """The answers that the picture is made of, and what they are about."""

    root: Thing
    answer: Lineage
    earlier: Sequence[Lineage]
    superseded: frozenset[str]
    later: Mapping[Term, Sequence[Term]]


def plan(
    store: Store,
    thing: str,
    *,
    as_of: str | None = None,
    sources: Sequence[str] = (),
    kinds: Sequence[str] = (),
    sheets: int = SHEETS_READ,
) -> View:
    """Show what traces to a plan, a strategy, another policy document or an objective, and what no longer does.

    The document stands with its objectives and with what carries it out, the passages that programmes and projects
    cite from them (each link says of which kind), those programmes and projects, and the bodies that run or answer for
    them. A part without a body of its own is shown with the programme it is part of. What cites only an edition
    that this one follows stands beside it and is flagged ``only-superseded``, as is what cites only a yearly strategy
    that a later one has followed; objectives and strategies that nothing traces to are flagged ``orphan``.

    Args:
        store: an open store.
        thing: a policy document or objective, by any name `stigraph.names.resolve` understands.
        as_of: only what was public and decided by this day, month or year counts.
        sources: names of source documents; only what they say counts.
        kinds: kinds of statement; only these count.
        sheets: read at most so many of the review sheets that speak of it, the newest first; where sources are named,
            all of them are read.

    Raises:
        NameNotFoundError, AmbiguousNameError: by the name.
        UsageError: the thing is neither a policy document nor an objective, or an option is wrong.

    >>> from stigraph.store import open_store
    >>> graph = plan(open_store(), "5th Basic Plan")
    >>> graph.nodes[graph.graph["root"]]["flags"]
    ['superseded']
    """
    root = resolve(store, thing)
    if root.type not in (*DOCUMENTS, "sti:Objective"):
        raise UsageError(
            f"“{root.label('en')}” ({curie(root.iri)}) is a {curie(root.type)}, which nothing traces to as a plan; "
            "give a plan, a strategy, another policy document or an objective (or use the lineage view)."
        )
    extent = extent_of(store, root, sheets if not sources else None)
    store = extent.store
    options: dict[str, Any] = {"as_of": as_of, "sources": sources, "kinds": kinds}
    picture = _look(store, root, options)
    draft = _drafted(store, picture)
    _add_bodies(store, draft)
    _add_editions(store, draft, picture)
    _flag(store, draft, picture)
    draft.node(root.number, weight=weight_of(root.type, root=True))
    return extent.tell(_finished(draft, picture, _place(store, draft), limits(store, **options)))


def _look(store: Store, root: Thing, options: Mapping[str, Any]) -> _Picture:
    answer = lineage(store, root.iri, down=True, **options)
    earlier = [lineage(store, thing.iri, down=True, **options) for thing in _editions_before(store, root)]
    later = replaced(store, as_of=_by(options["as_of"]))
    superseded = frozenset(thing.iri for thing in store.things(later).values())
    return _Picture(root, answer, earlier, superseded, later)


def _by(as_of: str | None) -> str | None:
    """Give the last day that a day, month or year may mean, as a text that sorts after all its days."""
    return as_of and as_of + "-99"


def _editions_before(store: Store, root: Thing) -> list[Thing]:
    """List the document that this one follows, the one that that followed, and so on."""
    found: dict[Term, None] = {}
    frontier = {root.number}
    while frontier:
        facts = store.facts_of(frontier, ["dcterms:replaces"])
        frontier = {fact.object for fact in facts if fact.object is not None} - found.keys() - {root.number}
        found.update(dict.fromkeys(sorted(frontier)))
    things = store.things(found)
    return [things[number] for number in found]


def _drafted(store: Store, picture: _Picture) -> Draft:
    """Keep of each answer the passages that are cited; of an earlier edition only what does not trace to this one."""
    tracing = {node.id for node in picture.answer.nodes.values() if node.type in _CITERS}
    answers = [_kept(picture.answer, frozenset())]
    answers += [_kept(answer, frozenset(tracing | {picture.root.iri})) for answer in picture.earlier]
    return draft_of(store, [answer for answer in answers if answer is answers[0] or answer.edges])


def _kept(answer: Lineage, without: frozenset[str]) -> Lineage:
    """Cut an answer to the links that a programme, project or document makes, and to the frame of the document."""
    cited = {e.target for e in answer.edges if e.predicate == "sti:cites" and e.source not in without}
    citing = {e.source for e in answer.edges if e.predicate in {"sti:cites", "sti:contributesTo"}} - without
    kept = {iri for iri, node in answer.nodes.items() if iri in cited or node.type not in (*_LEFT_OUT, "sti:Statement")}
    kept -= {iri for iri in kept if answer.nodes[iri].type in _CITERS and iri not in citing}
    if without:
        edges = [edge for edge in answer.edges if edge.source in kept and edge.target in kept]
        used = _reached(edges, citing)
        kept = used & kept
    return answer._replace(
        nodes={iri: node for iri, node in answer.nodes.items() if iri in kept},
        edges=[edge for edge in answer.edges if edge.source in kept and edge.target in kept],
    )


def _add_bodies(store: Store, draft: Draft) -> None:
    """Add who runs and who answers for each programme; a part without a body brings the whole that has one."""
    types = store.things(draft.nodes)
    citing = [number for number, thing in types.items() if thing.type in _CITERS]
    asked, seen = set(citing), set(citing)
    while asked:
        facts = list(store.facts_of(asked, ["sti:agency", "sti:ministry"]))
        for fact in facts:
            assert fact.object is not None
            draft.follow(fact, backwards=True)
            draft.node(fact.object, weight=weight_of(store.thing(fact.object).type))
        asked -= {fact.subject for fact in facts}
        wholes = [fact for fact in store.facts_of(asked, ["dcterms:isPartOf"]) if fact.object is not None]
        for fact in wholes:
            draft.follow(fact)
        asked = {fact.object for fact in wholes if fact.object is not None} - seen
        seen |= asked
        for thing in store.things(asked).values():
            draft.node(thing.number, weight=weight_of(thing.type))


def _add_editions(store: Store, draft: Draft, picture: _Picture) -> None:
    """Add what supersedes the root, and tie the editions that are in the picture to each other."""
    after = picture.later.get(picture.root.number, ())
    shown = set(draft.nodes)
    for fact in store.facts_of(shown.union(after), ["dcterms:replaces"]):
        if fact.object in shown:
            draft.follow(fact)
            draft.node(fact.subject, weight=weight_of(store.thing(fact.subject).type))


def _flag(store: Store, draft: Draft, picture: _Picture) -> None:
    numbers = {thing.iri: thing.number for thing in store.things(draft.nodes).values()}
    flagged = {"superseded": picture.superseded, "orphan": _orphans(picture), "only-superseded": _left_behind(picture)}
    for flag, iris in flagged.items():
        for iri in iris & numbers.keys():
            draft.node(numbers[iri], flags=[flag])


def _orphans(picture: _Picture) -> set[str]:
    """Find the objectives, and what carries the document out, that no programme or project leads to."""
    answer = picture.answer
    framing = {iri for iri, node in answer.nodes.items() if node.type == "sti:Objective"} | {answer.root}
    framing |= {edge.source for edge in answer.edges if edge.predicate == "sti:implements"}
    return framing - _reached(answer.edges, [iri for iri, node in answer.nodes.items() if node.type in _CITERS])


def _left_behind(picture: _Picture) -> set[str]:
    """Find the programmes and projects that lead to the root only past an edition that a later one has followed."""
    followed = picture.superseded - {picture.root.iri}
    current = [edge for edge in picture.answer.edges if not followed & {edge.source, edge.target}]
    leading = _reached(current, [picture.root.iri], backwards=True)
    answers = (picture.answer, *picture.earlier)
    return {iri for answer in answers for iri, node in answer.nodes.items() if node.type in _CITERS} - leading


def _reached(edges: Iterable[Edge], start: Iterable[str], *, backwards: bool = False) -> set[str]:
    """Collect what these things lead to, themselves included; backwards, what leads to them."""
    leading: dict[str, list[str]] = {}
    for edge in edges:
        source, target = (edge.target, edge.source) if backwards else (edge.source, edge.target)
        leading.setdefault(source, []).append(target)
    reached, frontier = set[str](), set(start)
    while frontier:
        reached |= frontier
        frontier = {target for source in frontier for target in leading.get(source, ())} - reached
    return reached


def _place(store: Store, draft: Draft) -> list[Labels]:
    types = {number: thing.type for number, thing in store.things(draft.nodes).items()}
    column, layers = arrange(store, types, [(step.source, step.target) for step in draft.steps])
    for number, layer in column.items():
        draft.node(number, layer=layer)
    return layers


def _finished(draft: Draft, picture: _Picture, layers: Sequence[Labels], limited: Labels) -> View:
    root = picture.root
    view = draft.finish(
        "plan",
        title={"ja": f"{root.label('ja')}にたどり着くもの", "en": f"What traces to {root.label('en')}"},
        sentence={"ja": "", "en": ""},
        root=root,
        arrangement="layered",
        layers=layers,
        words=FLAGS,
    )
    for _, target, predicate, data in view.edges(data=True, keys=True):
        if predicate == "sti:cites":
            data["caption"] = _caption(view, view.nodes[target])
    view.graph["sentence"] = _sentence(view, picture, limited)
    view.graph["charts"] = _charts(view, picture)
    return bundle_passages(caption_by_basis(view))


def _caption(view: View, statement: Mapping[str, Any]) -> Labels:
    """Give the kind of a passage, and in brackets what it rests on where the page does not state it."""
    words = view.graph["words"]
    kind = words.get(STI + statement.get("kind", ""), {})
    basis = words.get(f"sti:{statement.get('basis')}", {}) if statement.get("basis") != "Stated" else {}
    return {lang: f"{text} ({basis[lang]})" if lang in basis else text for lang, text in kind.items()}


def _sentence(view: View, picture: _Picture, limited: Labels) -> Labels:
    """Say how many trace to the root by how many passages of which kinds, through whom, and what is left behind."""
    counts = _counts(view, picture.answer)
    ja = [f"「{picture.root.label('ja')}」には事業{counts['programmes']}件・課題{counts['projects']}件が"]
    en = [f"{_many(counts['programmes'], 'programme')} and {_many(counts['projects'], 'project')} trace to "]
    ja[0] += f"記述{counts['passages']}か所でたどり着く" if counts["passages"] else "たどり着く"
    en[0] += picture.root.label("en") + (f" by {_many(counts['passages'], 'passage')}" if counts["passages"] else "")
    kinds = _kinds(view, _cited(view, picture.answer))
    ja[0] += f"（{kinds['ja']}）" if kinds["ja"] else ""
    en[0] += f" ({kinds['en']})" if kinds["en"] else ""
    for key, (form_ja, form_en) in _TOLD.items():
        if counts[key]:
            ja.append(form_ja.format(counts[key], objectives=counts["objectives"]))
            en.append(form_en.format(counts[key], objectives=counts["objectives"]))
    for follower in _followers(view, picture):
        ja.append(f"後継は「{follower['ja']}」")
        en.append(f"it is followed by {follower['en']}")
    return {"ja": "、".join(ja) + f"{limited['ja']}。", "en": "; ".join(en) + f"{limited['en']}."}


_TOLD: Mapping[str, tuple[str, str]] = {
    "bodies": ("図の事業の所管・実施機関は{}", "bodies that run or answer for the programmes shown: {}"),
    "empty": (
        "目標{objectives}件のうち{}件にはたどり着く事業がない",
        "objectives none reaches: {} of {objectives}",
    ),
    "unused": (
        "これを具体化する文書のうち{}件にはたどり着く事業がない",
        "documents that carry it out and that none reaches: {}",
    ),
    "behind": ("後継のある文書にしか結び付かない事業・課題は{}件", "linked only to a superseded document: {}"),
}


def _counts(view: View, answer: Lineage) -> dict[str, int]:
    nodes = view.nodes.items()
    inside = [data for iri, data in nodes if iri in answer.nodes]
    orphans = [data["type"] for iri, data in nodes if "orphan" in data["flags"] and iri != answer.root]
    return {
        "programmes": sum(data["type"] == "sti:Programme" for data in inside),
        "projects": sum(data["type"] == "sti:Project" for data in inside),
        "passages": len(_cited(view, answer)),
        "bodies": len({source for source, _, key in view.edges(keys=True) if key.startswith("^")}),
        "objectives": sum(data["type"] == "sti:Objective" for data in inside),
        "empty": orphans.count("sti:Objective"),
        "unused": len(orphans) - orphans.count("sti:Objective"),
        "behind": sum("only-superseded" in data["flags"] for _, data in nodes),
    }


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _kinds(view: View, passages: Iterable[str]) -> Labels:
    """Count passages by kind, the most frequent first."""
    kinds = Counter(view.nodes[iri].get("kind", "") for iri in sorted(passages)).most_common()
    words = view.graph["words"]
    return {
        lang: separator.join(f"{words[STI + kind][lang]}{gap}{count}" for kind, count in kinds)
        for lang, separator, gap in (("ja", "、", ""), ("en", ", ", " "))
    }


def _followers(view: View, picture: _Picture) -> list[Labels]:
    edges = view.in_edges(picture.root.iri, keys=True)
    return [view.nodes[source]["labels"] for source, _, key in edges if key == "dcterms:replaces"]


def _cited(view: View, answer: Lineage) -> set[str]:
    """Collect the passages of an answer that a programme or project cites."""
    return {
        edge.target
        for edge in answer.edges
        if edge.predicate == "sti:cites" and edge.target in view and answer.nodes[edge.source].type in _CITERS
    }


def _charts(view: View, picture: _Picture) -> list[Chart]:
    """Count the cited passages by the page's year and by kind."""
    counts: dict[str, Counter[str]] = {}
    for iri in sorted(_cited(view, picture.answer)):
        data = view.nodes[iri]
        year = view.graph["layers"][data["layer"]]["en"].removeprefix(_ON_PAGES[0]).removesuffix(_ON_PAGES[1])
        counts.setdefault(data["kind"], Counter())[year] += 1
    series: list[Series] = [
        {"role": kind, "label": view.graph["words"][STI + kind], "points": _points(years)}
        for kind, years in sorted(counts.items())
    ]
    if not series:
        return []
    unit: Labels = {"ja": "か所", "en": "passages"}
    axis: Labels = {"ja": "資料の年度", "en": "fiscal year of the page"}
    about = picture.root.iri
    return [{"about": about, "kind": "bars", "title": _KINDS_WORD, "unit": unit, "axis": axis, "series": series}]


def _points(years: Mapping[str, int]) -> list[Point]:
    return [
        {"x": year, "y": float(count), "printed": str(count), "document": None, "locator": None}
        for year, count in sorted(years.items())
    ]
