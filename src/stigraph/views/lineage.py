"""On what does this stand, or what stands on it, and who says so?"""

from collections.abc import Mapping, Sequence
from typing import Any

from stigraph.classes import BODIES, DOCUMENTS, PARTNERS
from stigraph.lineage.model import Lineage, Node
from stigraph.lineage.walk import lineage as walk
from stigraph.names import resolve
from stigraph.store.reading import Store, Term
from stigraph.views.bundling import bundle_passages
from stigraph.views.drafting import Draft
from stigraph.views.extent import SHEETS_READ, extent_of
from stigraph.views.layering import arrange
from stigraph.views.marks import FLAGS, caption_by_basis, weight_of
from stigraph.views.model import Labels, View

__all__ = ["draft_of", "limits", "lineage"]

_MANY, _DRAWN_FROM = 250, 1.5
_BEGINNING: Labels = {
    "ja": "図は、事業に引かれていない記述{0}件を除いて始まり、それらは後から加えられる。",
    "en": " The picture begins without the {0} passages that no programme cites; they can be added.",
}
"""Where so many things stand on a document, the passages that only speak of it wait to be asked for."""
_COUNTED: Sequence[tuple[tuple[str, ...], str, str, str]] = [
    (DOCUMENTS, "政策文書{}件", "policy document", "policy documents"),
    (("sti:Objective",), "目標{}件", "objective", "objectives"),
    (("sti:Programme",), "事業{}件", "programme", "programmes"),
    (("sti:Project",), "課題{}件", "project", "projects"),
    (("sti:Indicator",), "指標{}件", "indicator", "indicators"),
]


def lineage(
    store: Store,
    thing: str,
    *,
    down: bool = False,
    as_of: str | None = None,
    sources: Sequence[str] = (),
    kinds: Sequence[str] = (),
    max_hops: int | None = None,
    parts: bool = False,
    sheets: int = SHEETS_READ,
) -> View:
    """Show on what a thing stands, or with ``down`` what stands on it, along real dates, each step with its evidence.

    Columns run from old policy at the left to programmes at the right: documents by the date of decision, objectives
    beside the document that sets them, passages by the page that prints them. Nodes carry, beside what every view
    tells, the keys of ``stigraph lineage --format json`` (``date``, ``quote``, ``kind``, ``supersededBy`` …).

    Args:
        store: an open store.
        thing: anything `stigraph.names.resolve` understands.
        down: ask what stands on it.
        as_of: only what was public and decided by this day, month or year counts.
        sources: names of source documents; only what they say counts.
        kinds: kinds of statement (``Quotation``, ``Listing`` …); only these count.
        max_hops: at most so many steps.
        parts: count what is said of the whole for its parts too.
        sheets: read at most so many of the review sheets that speak of the thing, the newest first; where sources are
            named, all of them are read.

    Raises:
        NameNotFoundError, AmbiguousNameError, UsageError: as `stigraph.lineage.lineage`.

    >>> from stigraph.store import open_store
    >>> graph = lineage(open_store(), "SICORP", sources=["002"])
    >>> [layer["en"] for layer in graph.graph["layers"] if layer["en"].isdecimal()]
    ['2016', '2019', '2020']
    """
    options: dict[str, Any] = {"as_of": as_of, "sources": sources, "kinds": kinds, "parts": parts}
    root = resolve(store, thing)
    extent = extent_of(store, root, sheets if not sources else None, citing=root.type in BODIES)
    store = extent.store
    answer = walk(store, root.iri, down=down, max_hops=max_hops, **options)
    draft = draft_of(store, [answer])
    steps = [(step.source, step.target) for step in draft.steps]
    types = {number: found.type for number, found in store.things(draft.nodes).items()}
    column, layers = arrange(store, types, steps)
    for number, layer in column.items():
        draft.node(number, layer=layer)
    draft.node(root.number, weight=weight_of(root.type, root=True))
    view = draft.finish(
        "lineage",
        title=_title(answer),
        sentence=_sentence(answer, limits(store, as_of=as_of, sources=sources, kinds=kinds)),
        root=root,
        arrangement="layered",
        layers=layers,
        words=FLAGS,
    )
    if len(view) > _MANY and (later := sum(data["weight"] < _DRAWN_FROM for _, data in view.nodes(data=True))):
        view.graph["drawn_from"] = _DRAWN_FROM
        view.graph["sentence"] = {
            lang: text + _BEGINNING[lang].format(later) for lang, text in view.graph["sentence"].items()
        }
    return extent.tell(bundle_passages(caption_by_basis(view)))


def draft_of(store: Store, answers: Sequence[Lineage]) -> Draft:
    """Begin a view with the nodes and edges of answers about lineage, each once, flagged and weighed."""
    draft = Draft(store)
    numbers: dict[str, Term] = {}
    for answer in answers:
        for iri, node in answer.nodes.items():
            number = store.number(iri)
            assert number is not None
            numbers[iri] = number
            draft.node(number, flags=_flags(node), weight=weight_of(node.type), **node.facts)
        cited = {edge.target for edge in answer.edges if edge.predicate == "sti:cites"}
        for iri in cited:
            draft.node(numbers[iri], weight=2 * weight_of("sti:Statement"))
    steps = {(edge.source, edge.target, edge.predicate): edge for answer in answers for edge in answer.edges}
    for (source, target, predicate), edge in steps.items():
        draft.edge(numbers[source], numbers[target], predicate, evidence=edge.evidence)
    return draft


def limits(store: Store, *, as_of: str | None = None, sources: Sequence[str] = (), kinds: Sequence[str] = ()) -> Labels:
    """Say in brackets what was left out of account, so that a sentence with counts stays true.

    >>> from stigraph.store import open_store
    >>> limits(open_store(), as_of="2022", kinds=["Quotation"])["en"]
    ' (as of 2022; only quotation)'
    """
    said: dict[str, list[str]] = {"ja": [], "en": []}
    if as_of:
        said["ja"].append(f"{as_of}時点")
        said["en"].append(f"as of {as_of}")
    named = [resolve(store, f"sti:{kind[:1].upper()}{kind[1:]}") for kind in kinds]
    named += [resolve(store, source) for source in sources]
    for found in named:
        said["ja"].append(f"{found.label('ja')}のみ")
        said["en"].append(f"only {found.label('en')}")
    ja, en = "、".join(said["ja"]), "; ".join(said["en"])
    return {"ja": f"（{ja}）" if ja else "", "en": f" ({en})" if en else ""}


def _flags(node: Node) -> list[str]:
    superseded = ["superseded"] if "supersededBy" in node.facts else []
    return superseded + (["advice"] if node.type == "sti:Recommendation" else [])


def _title(answer: Lineage) -> Labels:
    root = answer.nodes[answer.root]
    if answer.direction == "down":
        return {"ja": f"{root.label('ja')}に拠るもの", "en": f"What stands on {root.label('en')}"}
    return {"ja": f"{root.label('ja')}の拠り所", "en": f"On what {root.label('en')} stands"}


def _sentence(answer: Lineage, limited: Mapping[str, str]) -> Labels:
    """Count what is seen by class, the passages and the sources that print them."""
    root = answer.nodes[answer.root]
    counted = [(len(answer.of_type(*types)), form, one, many) for types, form, one, many in _COUNTED]
    ja = "、".join(form.format(count) for count, form, _, _ in counted if count)
    en = ", ".join(f"{count} {one if count == 1 else many}" for count, _, one, many in counted if count)
    cited = {edge.target for edge in answer.edges if edge.predicate == "sti:cites"} - {root.id}
    if not (ja or cited):
        return {
            "ja": f"「{root.label('ja')}」について根拠となる記述は見つからない{limited['ja']}。",
            "en": f"No passage is found for {root.label('en')}{limited['en']}.",
        }
    pages = {answer.nodes[iri].facts.get("source") for iri in cited}
    if not ja:
        ja, en = "文書の定まらない記述だけ", "no document that the pages settle"
    by_ja = f"。引かれている記述は{len(pages)}資料の{len(cited)}か所" if cited else ""
    places = f"{len(cited)} cited passage{'s' if len(cited) > 1 else ''} on the pages of {len(pages)} source"
    by_en = f", by {places}{'s' if len(pages) > 1 else ''}" if cited else ""
    lead_ja, lead_en = _lead(root, answer.direction)
    return {
        "ja": f"{lead_ja}{ja}{by_ja}{limited['ja']}。",
        "en": f"{lead_en} {en}{by_en}{limited['en']}.",
    }


def _lead(root: Node, direction: str) -> tuple[str, str]:
    if direction == "up":
        return f"「{root.label('ja')}」が拠るのは", f"{root.label('en')} stands on"
    if root.type in PARTNERS:
        return f"「{root.label('ja')}」と協力するのは", f"With {root.label('en')} work"
    return f"「{root.label('ja')}」に拠るのは", f"On {root.label('en')} stand"
