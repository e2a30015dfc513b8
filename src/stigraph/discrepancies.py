"""What the sources disagree on, with both places."""

from collections.abc import Mapping
from typing import NamedTuple

from stigraph.store.reading import Fact, Store, Term, Thing
from stigraph.vocab import slug

__all__ = ["Discrepancy", "Side", "discrepancies"]

_WORDS = ("sti:quote", "sti:asPrinted", "sti:citedAs", "sti:locator")


class Side(NamedTuple):
    """One of the places: the node that carries it, its source, locator, and what is printed there."""

    node: Thing
    source: Thing | None
    locator: str | None
    printed: str | None


class Discrepancy(NamedTuple):
    """Two or more places that disagree about a thing; ``descriptions`` by language says how."""

    thing: Thing
    subjects: tuple[Thing, ...]
    sides: tuple[Side, ...]
    locator: str | None
    basis: str | None
    descriptions: Mapping[str, str]


def discrepancies(store: Store) -> list[Discrepancy]:
    """List every discrepancy that the graph records, by IRI.

    >>> from stigraph.store import open_store
    >>> "d000-plan-6-name" in {slug(found.thing.iri) for found in discrepancies(open_store())}
    True
    """
    found = store.of_type("sti:Discrepancy")
    facts = _grouped(store, [thing.number for thing in found])
    between = {
        fact.object for known in facts.values() for fact in known if fact.predicate == "sti:between" and fact.object
    }
    carried = _grouped(store, between)
    objects = {
        fact.object for known in (*facts.values(), *carried.values()) for fact in known if fact.object is not None
    }
    things = store.things(between | objects)
    return [_discrepancy(thing, facts[thing.number], carried, things) for thing in found]


def _grouped(store: Store, numbers: "set[Term] | list[Term]") -> dict[Term, list[Fact]]:
    grouped: dict[Term, list[Fact]] = {number: [] for number in numbers}
    for fact in store.facts_of(numbers):
        grouped[fact.subject].append(fact)
    return grouped


def _discrepancy(
    thing: Thing, facts: list[Fact], carried: Mapping[Term, list[Fact]], things: Mapping[Term, Thing]
) -> Discrepancy:
    texts = {fact.predicate: fact.value for fact in facts if fact.value is not None}
    basis = next((slug(things[f.object].iri) for f in facts if f.predicate == "sti:basis" and f.object), None)
    return Discrepancy(
        thing,
        tuple(things[fact.object] for fact in facts if fact.predicate == "sti:subject" and fact.object),
        tuple(
            _side(things[fact.object], carried[fact.object], things)
            for fact in facts
            if fact.predicate == "sti:between" and fact.object
        ),
        texts.get("sti:locator"),
        basis,
        {
            (fact.tag or "")[1:]: fact.value or ""
            for fact in facts
            if fact.predicate == "dcterms:description" and fact.value
        },
    )


def _side(node: Thing, facts: list[Fact], things: Mapping[Term, Thing]) -> Side:
    texts = {fact.predicate: fact.value for fact in facts if fact.predicate in _WORDS}
    source = next((things[f.object] for f in facts if f.predicate == "prov:wasDerivedFrom" and f.object), None)
    printed = texts.get("sti:quote") or texts.get("sti:asPrinted") or texts.get("sti:citedAs")
    return Side(node, source, texts.get("sti:locator"), printed)
