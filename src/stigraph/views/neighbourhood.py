"""What is around this?"""

from stigraph.errors import UsageError
from stigraph.names import resolve
from stigraph.store.reading import Fact, Store, Term
from stigraph.views.drafting import Draft
from stigraph.views.model import View
from stigraph.vocab import ONTOLOGY

__all__ = ["neighbourhood"]

_BOOKKEEPING = frozenset(
    {"rdf:type", "prov:wasDerivedFrom", "sti:basis", "sti:records", "sti:recordsValue", "sti:subject", "sti:phase"}
)


def neighbourhood(store: Store, thing: str, *, hops: int = 1) -> View:
    """Show anything and what is so many steps around it, whatever the relation and its direction.

    Args:
        store: an open store.
        thing: anything `stigraph.names.resolve` understands.
        hops: how many steps, 1 or more.

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
    draft = Draft(store)
    draft.node(root.number)
    frontier, seen = {root.number}, {root.number}
    for _ in range(hops):
        facts = _steps(store, frontier)
        for fact in facts:
            draft.follow(fact)
        reached: set[Term] = {number for fact in facts for number in (fact.subject, fact.object) if number}
        frontier, seen = reached - seen, seen | reached
    return draft.finish(
        "neighbourhood",
        root=root,
        title={"ja": f"{root.label('ja')}の周辺", "en": f"Around {root.label('en')}"},
        sentence={
            "ja": f"「{root.label('ja')}」と、そこから{hops}歩以内で結ばれるものすべて。",
            "en": f"{root.label('en')} and everything within {hops} step{'s' if hops > 1 else ''} of it.",
        },
    )


def _steps(store: Store, numbers: set[Term]) -> list[Fact]:
    """Give the facts that tie these things to others, each once, in the order of the store."""
    vocabulary = {number for number in [store.number(ONTOLOGY)] if number is not None}
    facts = {fact: None for fact in (*store.facts_of(numbers), *store.facts_about(numbers))}
    linking = [
        fact
        for fact in facts
        if fact.object is not None and fact.predicate not in _BOOKKEEPING and fact.source not in vocabulary
    ]
    typed = store.things({number for fact in linking for number in (fact.subject, fact.object) if number is not None})
    return [
        fact for fact in linking if fact.object is not None and all(typed[n].type for n in (fact.subject, fact.object))
    ]
