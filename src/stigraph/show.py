"""Everything about one thing, by document, with the places."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from stigraph.store.reading import Fact, Store, Term, Thing
from stigraph.vocab import curie, slug

__all__ = ["SHEETS_SHOWN", "Claim", "Mention", "Portrait", "portray"]

SHEETS_SHOWN = 3
"""How many review sheets are read if nothing is said."""

# Carriers of evidence are shown by what they say, not as things that point here.
_RECORD = "sti:Record"
_BOOKKEEPING = frozenset({"sti:subject", "sti:records", "sti:recordsValue", "rdf:type", "prov:wasDerivedFrom"})
_NAMES = frozenset({"skos:prefLabel", "skos:altLabel", "skos:notation"})


class Claim(NamedTuple):
    """One thing a source says: a property and its value (a text, or another thing), and where it is printed."""

    predicate: str
    value: str
    thing: Thing | None
    tag: str | None
    places: tuple[tuple[str, str | None, str], ...]
    """Locator, what is printed there, and basis, of each record that shows it; of a statement, its own."""


class Mention(NamedTuple):
    """Another node that points at the thing: a statement it cites, a budget line of it, a programme it runs."""

    predicate: str
    thing: Thing
    facts: Mapping[str, str]


class Portrait(NamedTuple):
    """What `portray` found: the names, and by source the claims and mentions."""

    thing: Thing
    names: tuple[tuple[str, str, str], ...]
    claims: Mapping[str, tuple[Claim, ...]]
    mentions: Mapping[str, tuple[Mention, ...]]
    sources: Mapping[str, Thing]
    left_out: int = 0
    """How many review sheets speak of it besides those among the sources."""


def portray(store: Store, thing: Thing, *, sheets: int = SHEETS_SHOWN, properties: Sequence[str] = ()) -> Portrait:
    """Collect what every source says of a thing, and what points at it.

    Args:
        store: an open store.
        thing: something of it.
        sheets: of the review sheets that speak of it, at most so many are read, the newest first.
        properties: what is read of each passage and budget line (as CURIEs); everything where none is named.

    >>> from stigraph.names import resolve
    >>> from stigraph.store import open_store
    >>> store = open_store()
    >>> portrait = portray(store, resolve(store, "SICORP"))
    >>> sorted({claim.value for claims in portrait.claims.values() for claim in claims
    ...         if claim.predicate == "sti:startFiscalYear"})
    ['2009']
    """
    speaking = store.sheets_of([thing.number])
    if len(speaking) > sheets:
        store = store.excerpt(speaking[:sheets])
    facts = list(store.facts_of([thing.number]))
    pointing = [fact for fact in store.facts_about([thing.number]) if fact.predicate not in ("rdf:type",)]
    subjects = {fact.subject for fact in pointing}
    sources = {fact.source for fact in facts} | {fact.source for fact in pointing}
    things = store.things(subjects | sources | {fact.object for fact in facts if fact.object is not None})
    statements = {thing.number for thing in things.values() if thing.type == "sti:Statement"}
    mentioning = [
        fact
        for fact in pointing
        if fact.predicate not in _BOOKKEEPING or things[fact.subject].type == "sti:Discrepancy"
    ]
    told = _told(store, {*statements, *(fact.subject for fact in mentioning)}, properties)
    records = _records(store, [fact.subject for fact in pointing if fact.predicate == "sti:subject"])
    claims: dict[str, list[Claim]] = {}
    for fact in facts:
        if fact.predicate not in _NAMES:
            passage = told[fact.object] if fact.object in statements else None
            claims.setdefault(things[fact.source].iri, []).append(_claim(fact, things, records, passage))
    mentions: dict[str, list[Mention]] = {}
    for fact in mentioning:
        mentions.setdefault(things[fact.source].iri, []).append(
            Mention(fact.predicate, things[fact.subject], told[fact.subject])
        )
    return Portrait(
        thing,
        tuple(
            dict.fromkeys(
                (fact.predicate, fact.value or "", fact.tag or "") for fact in facts if fact.predicate in _NAMES
            )
        ),
        {iri: tuple(found) for iri, found in claims.items()},
        {iri: tuple(found) for iri, found in mentions.items()},
        {source.iri: source for source in sorted(map(things.__getitem__, sources), key=lambda thing: thing.iri)},
        max(0, len(speaking) - sheets),
    )


class _Record(NamedTuple):
    source: Term
    properties: frozenset[str]
    values: frozenset[Term]
    place: tuple[str, str | None, str]


def _records(store: Store, numbers: Iterable[Term]) -> list[_Record]:
    by_subject: dict[Term, list[Fact]] = {}
    for fact in store.facts_of(numbers):
        by_subject.setdefault(fact.subject, []).append(fact)
    objects = store.things(fact.object for facts in by_subject.values() for fact in facts if fact.object is not None)
    return list(_read_records(by_subject.values(), objects))


def _read_records(groups: Iterable[list[Fact]], objects: Mapping[Term, Thing]) -> Iterator[_Record]:
    for facts in groups:
        texts = {fact.predicate: fact.value for fact in facts if fact.value is not None}
        basis = next((slug(objects[f.object].iri) for f in facts if f.predicate == "sti:basis" and f.object), "")
        printed = texts.get("sti:asPrinted") or texts.get("dcterms:bibliographicCitation")
        yield _Record(
            facts[0].source,
            frozenset(curie(objects[f.object].iri) for f in facts if f.predicate == "sti:records" and f.object),
            frozenset(f.object for f in facts if f.predicate == "sti:recordsValue" and f.object),
            (texts.get("sti:locator") or "", printed, basis),
        )


def _claim(
    fact: Fact, things: Mapping[Term, Thing], records: list[_Record], passage: Mapping[str, str] | None
) -> Claim:
    places = tuple(
        record.place
        for record in records
        if record.source == fact.source
        and fact.predicate in record.properties
        and (not record.values or fact.object in record.values)
    )
    thing = things[fact.object] if fact.object is not None else None
    if passage:
        places += ((passage.get("locator", ""), passage.get("quote"), slug(passage.get("basis", ""))),)
    return Claim(fact.predicate, thing.iri if thing else fact.value or "", thing, fact.tag, places)


def _told(store: Store, subjects: Set[Term], properties: Sequence[str]) -> dict[Term, dict[str, str]]:
    facts = [fact for fact in store.facts_of(subjects, properties) if fact.predicate.startswith("sti:")]
    objects = store.things(fact.object for fact in facts if fact.object is not None)
    told: dict[Term, dict[str, str]] = {number: {} for number in subjects}
    for fact in facts:
        text = objects[fact.object].iri if fact.object is not None else fact.value
        told[fact.subject].setdefault(fact.predicate.removeprefix("sti:"), text or "")
    return told
