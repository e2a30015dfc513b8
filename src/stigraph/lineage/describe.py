"""What the reader of a path wants to know of each thing on it."""

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from stigraph.lineage.model import Node
from stigraph.store.reading import Fact, Store, Term, Thing
from stigraph.vocab import STI, slug

__all__ = ["Printed", "describe", "mentioned_by", "notes_of", "plain_node", "read_printed"]

_PRINTED = {"sti:decidedOn": "date", "sti:quote": "quote", "sti:citedAs": "citedAs", "sti:locator": "locator"}
_CODED = {"sti:statementKind": "kind", "sti:decisionKind": "decision", "sti:basis": "basis"}
_THINGS = {"sti:decidedBy": "decidedBy", "sti:preparedFor": "preparedFor", "prov:wasDerivedFrom": "source"}
_TELLING = _PRINTED | _CODED | _THINGS
_SHOWING = ("sti:asPrinted", "dcterms:bibliographicCitation", "skos:note")
"""What only carriers of evidence are asked for."""

_ACTING = frozenset(
    {
        "sti:Programme",
        "sti:Project",
        "sti:Organization",
        "sti:Ministry",
        "sti:FundingAgency",
        "sti:ResearchInstitution",
        "sti:Indicator",
        "sti:Objective",
    }
)
"""Classes of what acts and is measured: of these no page prints any of what is told of documents and passages."""
_SPANNING = ("sti:firstFiscalYear", "sti:lastFiscalYear", "sti:decidedOn")
_REFERRING = frozenset({"decidedBy", "preparedFor", "supersededBy", "inTimeOf", "source"})
_CODES = frozenset(_CODED.values())


class _Plan:
    """One of the plans that follow each other, with the fiscal years it is for."""

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self.decided = ""
        self.first = self.last = 0
        self.replaced_by: set[Term] = set()


class Printed(NamedTuple):
    """What is printed of documents and of what carries evidence.

    Attributes:
        told: of each of them the first text, or the IRI of the first thing, by property (as CURIE); the longest date.
        notes: of each that has some, pairs of language and text.
        iris: the IRIs of what carries evidence.
    """

    told: Mapping[Term, Mapping[str, str]]
    notes: Mapping[Term, tuple[tuple[str, str], ...]]
    iris: Mapping[Term, str]


def read_printed(store: Store, things: Iterable[Thing], carriers: Set[Term]) -> Printed:
    """Read what is printed of documents and passages, and of the carriers of evidence."""
    iris = {thing.number: thing.iri for thing in things}
    numbers = {thing.number for thing in things if thing.type not in _ACTING} | carriers
    facts = [*store.facts_of(numbers, tuple(_TELLING)), *store.facts_of(carriers, _SHOWING)]
    named = {fact.object for fact in facts if fact.object is not None} | carriers
    iris |= {number: thing.iri for number, thing in store.things(named - iris.keys()).items()}
    told: dict[Term, dict[str, str]] = {number: {} for number in numbers}
    for subject, predicate, thing, value, _, _ in facts:
        text = (value or "") if thing is None else iris[thing]
        first = told[subject].setdefault(predicate, text)
        if predicate == "sti:decidedOn" and len(text) > len(first):
            told[subject][predicate] = text
    return Printed(told, notes_of(facts), iris)


def notes_of(facts: Iterable[Fact]) -> dict[Term, tuple[tuple[str, str], ...]]:
    """Collect the notes of each subject as pairs of language and text, one for a language."""
    notes: dict[Term, dict[str, str]] = {}
    for fact in facts:
        if fact.predicate == "skos:note" and fact.value:
            notes.setdefault(fact.subject, {}).setdefault((fact.tag or "")[1:], fact.value)
    return {subject: tuple(sorted(told.items(), reverse=True)) for subject, told in notes.items()}


def describe(store: Store, things: Sequence[Thing], printed: Printed, *, as_of: str | None) -> list[Node]:
    """Give the node of each thing, in order; with ``as_of`` only what was decided by that day supersedes."""
    codes: dict[Term, str] = {}
    for number, code in store.codes_of(thing.number for thing in things):
        codes.setdefault(number, code)
    chain = _chain(store)
    nodes = []
    for thing in things:
        told = _told(printed.told.get(thing.number, {}))
        if thing.number in codes:
            told["notation"] = codes[thing.number]
        if "date" in told or thing.number in chain:
            told |= _place_in_time(thing, told.get("date"), chain, as_of)
        nodes.append(plain_node(thing, told))
    return nodes


def mentioned_by(nodes: Iterable[Node]) -> set[str]:
    """Collect the IRIs of classes, concepts and other things that nodes name."""
    nodes = list(nodes)
    said = [(key, text) for node in nodes for key, text in node.facts.items()]
    coded = {text for key, text in said if key in _CODES} | {node.type.partition(":")[2] for node in nodes}
    return {text for key, text in said if key in _REFERRING} | {STI + word for word in coded}


def plain_node(thing: Thing, facts: Mapping[str, str] | None = None) -> Node:
    """Give the node of a thing by its labels alone, or with facts already told."""
    labels = {lang: label for lang, label in (("ja", thing.ja), ("en", thing.en)) if label}
    return Node(thing.iri, thing.type, labels, facts or {})


def _told(said: Mapping[str, str]) -> dict[str, str]:
    return {
        _TELLING[name]: slug(text) if name in _CODED else text
        for name, text in said.items()
        if text and name in _TELLING
    }


def _chain(store: Store) -> dict[Term, _Plan]:
    """Collect the documents that replace each other and say for which fiscal years they are."""
    plans = {thing.number: _Plan(thing.iri) for thing in store.of_type("sti:Plan")}
    for fact in store.facts_of(plans, ("dcterms:replaces",)):
        if fact.object in plans:
            plans[fact.object].replaced_by.add(fact.subject)
    followers = {number for plan in plans.values() for number in plan.replaced_by}
    chain = {number: plan for number, plan in plans.items() if plan.replaced_by or number in followers}
    for fact in store.facts_of(chain, _SPANNING):
        plan = chain[fact.subject]
        if fact.predicate == "sti:firstFiscalYear":
            plan.first = int(fact.value or 0)
        elif fact.predicate == "sti:lastFiscalYear":
            plan.last = int(fact.value or 0)
        elif len(fact.value or "") > len(plan.decided):
            plan.decided = fact.value or ""
    return chain


def _place_in_time(thing: Thing, date: str | None, chain: Mapping[Term, _Plan], as_of: str | None) -> dict[str, str]:
    told: dict[str, str] = {}
    own = chain.get(thing.number)
    if own:
        told["years"] = f"FY{own.first}–{own.last}" if own.first and own.last else ""
        following = [chain[number] for number in own.replaced_by]
        later = [plan for plan in following if not as_of or "" < plan.decided <= as_of]
        if later:
            next_one = min(later, key=lambda plan: (not plan.decided, plan.decided))
            told |= {"supersededBy": next_one.iri, "supersededOn": next_one.decided}
    elif date:
        year = _fiscal_year(date)
        told["inTimeOf"] = next((plan.iri for plan in chain.values() if plan.first <= year <= plan.last), "")
    return {key: value for key, value in told.items() if value}


def _fiscal_year(date: str) -> int:
    """Give the fiscal year (April to March) of a date; that of a bare year is the year itself.

    >>> _fiscal_year("2021-03-26"), _fiscal_year("2019-06"), _fiscal_year("2015")
    (2020, 2019, 2015)
    """
    year, month = int(date[:4]), date[5:7]
    return year - 1 if month and int(month) < 4 else year
