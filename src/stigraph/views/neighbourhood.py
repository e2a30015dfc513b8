"""What is around this?"""

from collections.abc import Iterable, Mapping

from stigraph.errors import UsageError
from stigraph.names import resolve
from stigraph.store.reading import Fact, Store, Term, Thing
from stigraph.views.bundling import bundle_passages
from stigraph.views.drafting import Draft
from stigraph.views.extent import SHEETS_READ, extent_of
from stigraph.views.marks import caption_by_basis, weight_of
from stigraph.views.model import Labels, View
from stigraph.vocab import ONTOLOGY

__all__ = ["neighbourhood"]

_BOOKKEEPING = frozenset({"rdf:type", "prov:wasDerivedFrom", "sti:records", "sti:recordsValue", "sti:subject"})
_RECORD = "sti:Record"
_FIGURES = frozenset({"sti:BudgetLine", "sti:Transfer", "sti:Observation"})
_FIGURE_WEIGHT, _DRAWN_FROM = 0.01, 0.02
_MANY = 150
_LATER: Labels = {
    "ja": "図は金額・移転・指標値{0}件を除いて始まり、それらは後から加えられる。",
    "en": " The picture begins without the {0} amounts, transfers and values of indicators; they can be added.",
}
"""Where so many things are around one, its figures (money and values have views of their own) wait to be asked for."""


def neighbourhood(store: Store, thing: str, *, hops: int = 1, sheets: int = SHEETS_READ) -> View:
    """Show anything and what is so many steps around it, whatever the relation and its direction.

    Things that are there are shown with every step between them, those between two things at the rim too. Concepts
    and classes of the vocabulary are no step unless one is the thing itself (they would tie everything to everything),
    nor is the source of a fact, nor the record of where it is printed. What is nearer weighs more.

    Args:
        store: an open store.
        thing: anything `stigraph.names.resolve` understands.
        hops: how many steps, 1 or more.
        sheets: read at most so many of the review sheets that speak of the thing, the newest first.

    Raises:
        NameNotFoundError, AmbiguousNameError: by the name.
        UsageError: hops is less than 1.

    >>> from stigraph.store import open_store
    >>> graph = neighbourhood(open_store(), "SICORP")
    >>> graph.has_edge(graph.graph["root"], "https://w3id.org/stigraph/id/organization/jst")
    True
    """
    if hops < 1:
        raise UsageError("The number of hops must be at least 1.")
    root = resolve(store, thing)
    extent = extent_of(store, root, sheets)
    store = extent.store
    distance: dict[Term, int] = {root.number: 0}
    facts: dict[Fact, None] = {}
    frontier = {root.number}
    for hop in range(1, hops + 1):
        facts |= dict.fromkeys(_steps(store, root, frontier))
        reached = {number for fact in facts for number in (fact.subject, fact.object) if number is not None}
        frontier = reached - distance.keys()
        distance |= dict.fromkeys(sorted(frontier), hop)
        if not frontier:
            break
    between = [fact for fact in _steps(store, root, frontier) if fact.object in distance and fact.subject in distance]
    facts |= dict.fromkeys(between)
    return extent.tell(_drawn(store, root, distance, facts, hops))


def _steps(store: Store, root: Thing, numbers: Iterable[Term]) -> list[Fact]:
    """Give the facts that tie these things to others, each once, in the order of the store."""
    numbers = set(numbers)
    vocabulary = {number for number in [store.number(ONTOLOGY)] if number is not None}
    facts = dict.fromkeys((*store.facts_of(numbers), *store.facts_about(numbers)))
    linking = [
        fact
        for fact in facts
        if fact.object is not None
        and fact.object != fact.subject
        and (fact.source not in vocabulary or root.type.startswith("owl:"))
    ]
    things = store.things({number for fact in linking for number in (fact.subject, fact.object) if number is not None})
    return [fact for fact in linking if _is_step(fact, root, things)]


def _is_step(fact: Fact, root: Thing, things: Mapping[Term, Thing]) -> bool:
    if fact.object is None:
        return False
    ends = [things[number] for number in (fact.subject, fact.object)]
    if not all(end.number == root.number or _is_shown(end) for end in ends):
        return False
    touches_root = root.number in (fact.subject, fact.object)
    is_discrepancy = fact.predicate == "sti:subject" and ends[0].type == "sti:Discrepancy"
    return touches_root or is_discrepancy or fact.predicate not in _BOOKKEEPING


def _is_shown(thing: Thing) -> bool:
    """Say whether something is a thing of the graph: known by a class, neither vocabulary nor a record."""
    return bool(thing.type) and not thing.type.startswith("owl:") and thing.type != _RECORD


def _drawn(store: Store, root: Thing, distance: Mapping[Term, int], facts: Iterable[Fact], hops: int) -> View:
    draft = Draft(store)
    for number, thing in store.things(distance).items():
        is_root = number == root.number
        weight = _FIGURE_WEIGHT if thing.type in _FIGURES and not is_root else weight_of(thing.type, root=is_root)
        draft.node(number, weight=weight / max(1, distance[number]))
    for fact in facts:
        draft.follow(fact)
    count = len(distance) - 1
    steps = "1 step" if hops == 1 else f"{hops} steps"
    view = draft.finish(
        "neighbourhood",
        root=root,
        title={"ja": f"{root.label('ja')}の周辺", "en": f"Around {root.label('en')}"},
        sentence={
            "ja": f"「{root.label('ja')}」と、そこから{hops}歩以内で結ばれる{count}件、その間の関係。",
            "en": f"{root.label('en')}, what is within {steps} of it ({count}), and how these are tied to each other.",
        },
    )
    figures = sum(data["type"] in _FIGURES and iri != root.iri for iri, data in view.nodes(data=True))
    if count > _MANY and figures:
        view.graph["drawn_from"] = _DRAWN_FROM
        view.graph["sentence"] = {
            lang: text + _LATER[lang].format(figures) for lang, text in view.graph["sentence"].items()
        }
    return bundle_passages(caption_by_basis(view)) if count > _MANY else caption_by_basis(view)
