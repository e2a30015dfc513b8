"""The links that lineage walks, made from the facts around the things at hand, by the rules of the index on disk."""

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from stigraph.remote.sheets import is_sheet
from stigraph.store.reading import Fact, Link, Term

if TYPE_CHECKING:
    from stigraph.remote.store import RemoteStore

__all__ = ["links_from", "links_to"]

_PART = "dcterms:isPartOf"
# In this order they are walked. The statement itself is the evidence of the first three; a record of the others.
_CITES = "sti:cites"
_STATED = ("sti:statedIn", "sti:underObjective")
_UPWARD = ("sti:implements", "sti:contributesTo", "sti:measures", "sti:partner", "sti:hasMember", _PART)
_FROM_BODY = ("sti:agency", "sti:ministry")
_RECORDED = "sti:subject"
_FORWARD = (_CITES, *_STATED, *_UPWARD)
_ORDER = {name: place for place, name in enumerate((*_FORWARD, *(f"^{name}" for name in _FROM_BODY)))}
# A page leads to a document only if that was there before the page; a document carries out only an earlier one.
_NOT_LATER_THAN_PAGE = frozenset({*_STATED, "sti:contributesTo", "sti:measures"})
_NOT_LATER_THAN_ITSELF = "sti:implements"
_RUN_BY_AGENCY = ("sti:Programme", "sti:Project")


def links_from(store: "RemoteStore", numbers: set[Term]) -> list[Link]:
    """Make the links that lead from these things; a sheet of a ministry is none of its programmes."""
    about = store.facts_about(numbers, (*_FROM_BODY, _RECORDED))
    bodies = [fact for fact in about if fact.predicate in _FROM_BODY and not is_sheet(store.iri_of(fact.subject))]
    return _links(store, _told(store, numbers, _FORWARD), bodies)


def links_to(store: "RemoteStore", numbers: set[Term]) -> list[Link]:
    """Make the links that lead to these things."""
    about = list(store.facts_about(numbers, (*_FORWARD, _RECORDED)))
    bodies = [fact for fact in _told(store, numbers, _FROM_BODY) if not is_sheet(store.iri_of(fact.subject))]
    return _links(store, [fact for fact in about if fact.predicate in _FORWARD], bodies)


def _told(store: "RemoteStore", numbers: set[Term], predicates: Collection[str]) -> list[Fact]:
    """Give the facts of things that lead to other things by these properties.

    Everything is read of them at once, since whoever walks here asks next what these things are.
    """
    return [fact for fact in store.facts_of(numbers) if fact.predicate in predicates and fact.object is not None]


def _links(store: "RemoteStore", forward: list[Fact], bodies: list[Fact]) -> list[Link]:
    carriers = _carriers(store, [fact for fact in (*forward, *bodies) if fact.predicate in (*_UPWARD, *_FROM_BODY)])
    made = [
        *(link for fact in forward for link in _forward(fact, carriers)),
        *(
            Link(fact.object, fact.subject, f"^{fact.predicate}", carrier, fact.source)
            for fact in bodies
            if fact.object is not None
            for carrier in carriers[fact]
        ),
    ]
    kept = _without_future(store, _without_others_of_agency(store, made))

    def order(link: Link) -> tuple[int, str, str, str, str]:
        iri = store.iri_of
        near, origin, far, carrier = iri(link.source), iri(link.origin), iri(link.target), iri(link.carrier or 0)
        return _ORDER[link.predicate], near, origin, far, carrier

    return sorted(kept, key=order)


def _forward(fact: Fact, carriers: dict[Fact, list[Term | None]]) -> Iterator[Link]:
    assert fact.object is not None
    if fact.predicate == _CITES:
        yield Link(fact.subject, fact.object, fact.predicate, fact.object, fact.source)
    elif fact.predicate in _STATED:
        yield Link(fact.subject, fact.object, fact.predicate, fact.subject, fact.source)
    else:
        for carrier in carriers[fact]:
            yield Link(fact.subject, fact.object, fact.predicate, carrier, fact.source)


def _carriers(store: "RemoteStore", facts: Iterable[Fact]) -> dict[Fact, list[Term | None]]:
    """Say for each fact which records of its subject show it; else the subject itself where it has a place; else None.

    A record shows the properties it names, and where it names values, only these.
    """
    facts = list(facts)
    subjects = {fact.subject for fact in facts}
    about = list(store.facts_about(subjects, [_RECORDED]))
    properties: dict[Term, set[Term]] = {}
    values: dict[Term, set[Term]] = {}
    for fact in _told(store, {fact.subject for fact in about}, ("sti:records", "sti:recordsValue")):
        kept = properties if fact.predicate == "sti:records" else values
        kept.setdefault(fact.subject, set()).add(fact.object or 0)
    placed = {(fact.subject, fact.source) for fact in store.facts_of(subjects) if fact.predicate == "sti:locator"}
    records: dict[tuple[Term | None, Term], list[Term]] = {}
    for fact in about:
        records.setdefault((fact.object, fact.source), []).append(fact.subject)
    found: dict[Fact, list[Term | None]] = {}
    for fact in facts:
        predicate = store.number_of_name(fact.predicate)
        shown: list[Term | None] = [
            record
            for record in records.get((fact.subject, fact.source), ())
            if predicate in properties.get(record, ()) and (record not in values or fact.object in values[record])
        ]
        own = fact.subject if (fact.subject, fact.source) in placed else None
        found[fact] = shown or [own]
    return found


def _without_others_of_agency(store: "RemoteStore", links: list[Link]) -> list[Link]:
    things = store.things({link.target for link in links if link.predicate == "^sti:agency"})
    return [link for link in links if link.predicate != "^sti:agency" or things[link.target].type in _RUN_BY_AGENCY]


def _without_future(store: "RemoteStore", links: list[Link]) -> list[Link]:
    """Leave out links to a document, or a part of one, that was decided only after the page that names it."""
    timed = [
        link for link in links if link.predicate in _NOT_LATER_THAN_PAGE or link.predicate == _NOT_LATER_THAN_ITSELF
    ]
    earlier = {link: link.source if link.predicate == _NOT_LATER_THAN_ITSELF else link.origin for link in timed}
    store.facts_of({*earlier.values(), *(link.target for link in timed)})  # both in one request
    wholes = _wholes(store, {link.target for link in timed})
    spans = store.spans({*earlier.values(), *(whole for found in wholes.values() for whole in found)})

    def is_later(link: Link) -> bool:
        since = min((spans[whole][0] for whole in wholes[link.target] if whole in spans), default="")
        own = spans.get(earlier[link])
        return bool(since and own and since > own[1])

    future = {link for link in timed if is_later(link)}
    return [link for link in links if link not in future]


def _wholes(store: "RemoteStore", numbers: set[Term]) -> dict[Term, set[Term]]:
    """Give for each thing itself and everything it is a part of, however far."""
    whole_of: dict[Term, set[Term]] = {}
    frontier = numbers
    while frontier:
        whole_of.update({number: set() for number in frontier})
        for fact in _told(store, frontier, [_PART]):
            whole_of[fact.subject].add(fact.object or 0)
        frontier = {whole for number in frontier for whole in whole_of[number]} - whole_of.keys()
    found = {}
    for number in numbers:
        seen, new = {number}, {number}
        while new:
            new = {whole for known in new for whole in whole_of[known]} - seen
            seen |= new
        found[number] = seen
    return found
