"""The whole graph in memory, read once: what a site shows is looked up here."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from stigraph.classes import BODIES, DOCUMENTS, PARTNERS
from stigraph.lineage.model import Evidence
from stigraph.site.words import PROPERTY_WORDS
from stigraph.store.reading import Fact, Store, Term, Thing
from stigraph.views.evidence import evidence_of, passages_of
from stigraph.vocab import ONTOLOGY, STI, expand, slug

__all__ = ["CARRIERS", "FAMILIES", "Corpus"]

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "programme": ("sti:Programme",),
    "project": ("sti:Project",),
    "document": DOCUMENTS,
    "organization": BODIES,
    "partner": PARTNERS,
    "indicator": ("sti:Indicator",),
    "objective": ("sti:Objective",),
    "source": ("sti:Source",),
}
"""The kinds of thing that have a page of their own, by the folder their pages are in."""

CARRIERS = (
    "sti:Statement",
    "sti:Record",
    "sti:BudgetLine",
    "sti:Observation",
    "sti:Assessment",
    "sti:Transfer",
    "sti:Result",
    "sti:Event",
    "sti:Agreement",
    "sti:Discrepancy",
)
"""The classes that carry a fact: they have an anchor on the page of their source."""


class Corpus:
    """What every source says, by subject and by object.

    >>> from stigraph.store import open_store
    >>> corpus = Corpus(open_store())
    >>> sicorp = corpus.by_iri["https://w3id.org/stigraph/id/programme/sicorp"]
    >>> corpus.text(sicorp.number, "sti:startFiscalYear")
    '2009'
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        numbers = store.numbers()
        self.things: Mapping[Term, Thing] = store.things(numbers)
        self.by_iri = {thing.iri: thing for thing in self.things.values()}
        self.facts: dict[Term, list[Fact]] = {}
        self.pointing: dict[Term, list[Fact]] = {}
        for fact in store.facts_of(numbers):
            self.facts.setdefault(fact.subject, []).append(fact)
            if fact.object is not None:
                self.pointing.setdefault(fact.object, []).append(fact)
        self._families = {name: family for family, names in FAMILIES.items() for name in names}

    def family(self, thing: Thing) -> str | None:
        """Give the folder of the page of a thing; None where it has none."""
        return self._families.get(thing.type)

    def of(self, *types: str) -> list[Thing]:
        """List the things of some classes, by IRI."""
        return sorted((thing for thing in self.things.values() if thing.type in types), key=lambda thing: thing.iri)

    @cached_property
    def paged(self) -> list[Thing]:
        """Everything that has a page, by IRI."""
        return self.of(*self._families)

    @cached_property
    def carriers(self) -> list[Thing]:
        """Everything that carries a fact, by IRI."""
        return self.of(*CARRIERS)

    @cached_property
    def evidence(self) -> Mapping[Fact, list[Evidence]]:
        """Say who shows each fact of what has a page, and where; likewise the facts that point at it."""
        facts = [fact for thing in self.paged for fact in self.facts.get(thing.number, ())]
        facts += [
            fact
            for thing in self.paged
            for fact in self.pointing.get(thing.number, ())
            if self.family(self.things[fact.subject])
        ]
        return evidence_of(self.store, dict.fromkeys(facts))

    @cached_property
    def passages(self) -> Mapping[Term, Mapping[Term, Evidence]]:
        """Read every carrier as evidence, by its source."""
        return passages_of(self.store, [thing.number for thing in self.carriers])

    def passage(self, thing: Thing) -> Evidence:
        """Read one carrier as evidence."""
        found = self.passages.get(thing.number)
        return next(iter(found.values())) if found else Evidence(thing.iri, self.home(thing).iri)

    def home(self, thing: Thing) -> Thing:
        """Give the source that a carrier was read from."""
        told = self.objects(thing.number, "prov:wasDerivedFrom")
        return told[0] if told else self.things[self.facts[thing.number][0].source]

    def values(self, number: Term, predicate: str) -> list[Fact]:
        """List the facts of a thing with one property."""
        return [fact for fact in self.facts.get(number, ()) if fact.predicate == predicate]

    def objects(self, number: Term, predicate: str) -> list[Thing]:
        """List the things that a property leads to, each once."""
        found = {fact.object: None for fact in self.values(number, predicate) if fact.object is not None}
        return [self.things[number] for number in found]

    def subjects(self, number: Term, predicate: str) -> list[Thing]:
        """List the things that lead here by a property, each once, by IRI."""
        found = {fact.subject for fact in self.pointing.get(number, ()) if fact.predicate == predicate}
        return sorted((self.things[number] for number in found), key=lambda thing: thing.iri)

    def text(self, number: Term, predicate: str, lang: str | None = None) -> str | None:
        """Give the text of a property, in the language where there is one."""
        found = [fact for fact in self.values(number, predicate) if fact.value is not None]
        best = [fact for fact in found if fact.tag == f"@{lang}"] or found
        return best[0].value if best else None

    def concept(self, number: Term, predicate: str) -> Thing | None:
        """Give the one concept that a property names (``sti:Stated``, ``sti:Quotation`` …)."""
        found = self.objects(number, predicate)
        return found[0] if found else None

    def word(self, name: str, lang: str) -> str:
        """Give the label of a class, property or concept, by CURIE or the end of its IRI."""
        if name in PROPERTY_WORDS:
            return PROPERTY_WORDS[name][lang]
        iri = expand(name) if ":" in name else STI + name
        thing = self.by_iri.get(iri or name)
        return thing.label(lang) if thing and (thing.ja or thing.en) else slug(iri or name)

    @cached_property
    def vocabulary(self) -> list[Thing]:
        """List the classes, properties and concepts of the ontology, by IRI."""
        ontology = self.by_iri.get(ONTOLOGY)
        if ontology is None:
            return []
        return sorted(
            (
                thing
                for thing in self.things.values()
                if thing.iri.startswith(STI) and (thing.ja or thing.en) and self.facts.get(thing.number)
            ),
            key=lambda thing: thing.iri,
        )

    def date(self, thing: Thing) -> str:
        """Give the date a document was decided on, as precisely as any source says; empty where none does."""
        dates = [fact.value or "" for fact in self.values(thing.number, "sti:decidedOn")]
        return max(dates, key=lambda date: (len(date), date), default="")

    def by_label(self, things: Iterable[Thing], lang: str) -> list[Thing]:
        """Sort things by label, then IRI."""
        return sorted(things, key=lambda thing: (thing.label(lang).casefold(), thing.iri))
