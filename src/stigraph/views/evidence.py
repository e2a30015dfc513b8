"""Who shows a fact, and where."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from stigraph.lineage.describe import notes_of
from stigraph.lineage.model import Evidence
from stigraph.store.reading import Fact, Store, Term
from stigraph.vocab import curie, slug

__all__ = ["evidence_of", "passages_of"]

_PRINTED = ("sti:quote", "sti:asPrinted", "dcterms:bibliographicCitation")
_RECORD_PARTS = ("sti:subject", "sti:records", "sti:recordsValue")


def evidence_of(store: Store, facts: Iterable[Fact]) -> dict[Fact, list[Evidence]]:
    """Say for each fact who shows it and where.

    A fact of a node that has a place of its own (a statement, a budget line …) is shown by that node; a citation by the
    statement that is cited; any other by the records of its subject that name its property, and where they name values,
    its value. Where no place is known, the source alone is given.
    """
    facts = list(facts)
    recorded = _records_of(store, {fact.subject for fact in facts})
    carriers = {fact.subject for fact in facts} | {fact.object for fact in facts if fact.object is not None}
    carriers |= {record.number for records in recorded.values() for record in records}
    passages = passages_of(store, carriers)
    sources = store.things({fact.source for fact in facts})
    found = {}
    for fact in facts:
        shown = list(_carriers(fact, recorded, passages))
        origin = sources[fact.source].iri
        found[fact] = [passages[number][fact.source] for number in shown] or [Evidence(None, origin)]
    return found


class _Record(NamedTuple):
    number: Term
    source: Term
    properties: frozenset[str]
    values: frozenset[Term]


def _records_of(store: Store, subjects: Iterable[Term]) -> dict[Term, list[_Record]]:
    about = list(store.facts_about(subjects, ["sti:subject"]))
    parts: dict[tuple[Term, str], set[Term]] = {}
    for fact in store.facts_of({fact.subject for fact in about}, _RECORD_PARTS):
        if fact.object is not None:
            parts.setdefault((fact.subject, fact.predicate), set()).add(fact.object)
    named = store.things(
        {number for (_, part), numbers in parts.items() if part == "sti:records" for number in numbers}
    )
    records: dict[Term, list[_Record]] = {}
    for fact in about:
        assert fact.object is not None
        properties = frozenset(curie(named[number].iri) for number in parts.get((fact.subject, "sti:records"), ()))
        values = frozenset(parts.get((fact.subject, "sti:recordsValue"), ()))
        records.setdefault(fact.object, []).append(_Record(fact.subject, fact.source, properties, values))
    return records


def passages_of(store: Store, numbers: Iterable[Term]) -> dict[Term, dict[Term, Evidence]]:
    """Read each node that has a place in a source (a statement, a record, a budget line) as evidence, by source."""
    told: dict[tuple[Term, Term], dict[str, str]] = {}
    facts = list(store.facts_of(numbers))
    things = store.things(
        {fact.subject for fact in facts} | {fact.source for fact in facts} | {f.object for f in facts if f.object}
    )
    for fact in facts:
        text = slug(things[fact.object].iri) if fact.object is not None else fact.value
        told.setdefault((fact.subject, fact.source), {}).setdefault(fact.predicate, text or "")
    notes = notes_of(facts)
    passages: dict[Term, dict[Term, Evidence]] = {}
    for (node, source), values in told.items():
        if "sti:locator" in values:
            passages.setdefault(node, {})[source] = Evidence(
                statement=things[node].iri,
                document=things[source].iri,
                locator=values["sti:locator"],
                quote=next((values[name] for name in _PRINTED if name in values), None),
                cited_as=values.get("sti:citedAs"),
                basis=values.get("sti:basis"),
                notes=notes.get(node, ()),
            )
    return passages


def _carriers(
    fact: Fact, recorded: Mapping[Term, list[_Record]], passages: Mapping[Term, Mapping[Term, Evidence]]
) -> Iterator[Term]:
    if fact.source in passages.get(fact.subject, ()):
        yield fact.subject
        return
    if fact.predicate == "sti:cites" and fact.object is not None and fact.source in passages.get(fact.object, ()):
        yield fact.object
        return
    for record in recorded.get(fact.subject, ()):
        if record.source == fact.source and _names(record, fact) and fact.source in passages.get(record.number, ()):
            yield record.number


def _names(record: _Record, fact: Fact) -> bool:
    return fact.predicate in record.properties and (not record.values or fact.object in record.values)
