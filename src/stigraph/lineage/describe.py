"""What the reader of a path wants to know of each thing on it."""

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from stigraph.lineage.model import Node
from stigraph.store.reading import Fact, Store, Term, Thing
from stigraph.vocab import STI, slug

__all__ = ["Printed", "describe", "mentioned_by", "plain_node", "read_printed"]

_PRINTED = {
    "sti:quote": "quote",
    "sti:citedAs": "citedAs",
    "sti:locator": "locator",
}
_CODED = {"sti:statementKind": "kind", "sti:decisionKind": "decision", "sti:basis": "basis"}
_THINGS = {"sti:decidedBy": "decidedBy", "sti:preparedFor": "preparedFor", "prov:wasDerivedFrom": "source"}
_TELLING = ("sti:decidedOn", *_PRINTED, *_CODED, *_THINGS)
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
_CHAINING = ("sti:firstFiscalYear", "sti:lastFiscalYear", "sti:decidedOn", "dcterms:replaces")
_REFERRING = ("decidedBy", "preparedFor", "supersededBy", "inTimeOf", "source")


class _Plan:
    """One of the plans that follow each other, with the fiscal years it is for."""

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self.decided = ""
        self.first = self.last = 0
        self.replaced_by: set[Term] = set()


class Printed(NamedTuple):
    """What is printed of documents and of what carries evidence, and the IRIs of all that is named there."""

    facts: Mapping[Term, Sequence[Fact]]
    iris: Mapping[Term, str]


def read_printed(store: Store, things: Iterable[Thing], carriers: Set[Term]) -> Printed:
    """Read what is printed of documents and passages, and of the carriers of evidence."""
    numbers = {thing.number for thing in things if thing.type not in _ACTING} | carriers
    facts: dict[Term, list[Fact]] = {number: [] for number in numbers}
    for fact in (*store.facts_of(numbers, _TELLING), *store.facts_of(carriers, _SHOWING)):
        facts[fact.subject].append(fact)
    named = {fact.object for told in facts.values() for fact in told if fact.object is not None}
    return Printed(facts, {number: thing.iri for number, thing in store.things(named | carriers).items()})


def describe(store: Store, things: Sequence[Thing], printed: Printed, *, as_of: str | None) -> list[Node]:
    """Give the node of each thing, in order; with ``as_of`` only what was decided by that day supersedes."""
    codes: dict[Term, str] = {}
    for number, code in store.codes_of(thing.number for thing in things):
        codes.setdefault(number, code)
    chain = _chain(store)
    nodes = []
    for thing in things:
        told = _told(printed.facts.get(thing.number, ()), printed.iris)
        told |= {"notation": codes[thing.number]} if thing.number in codes else {}
        told |= _place_in_time(thing, told.get("date"), chain, as_of)
        nodes.append(plain_node(thing, told))
    return nodes


def mentioned_by(nodes: Iterable[Node]) -> set[str]:
    """Collect the IRIs of classes, concepts and other things that nodes name."""
    named = set()
    for node in nodes:
        named |= {node.facts[key] for key in _REFERRING if key in node.facts}
        named |= {STI + node.facts[key] for key in _CODED.values() if key in node.facts}
        named.add(STI + slug(node.type.replace(":", "#")))
    return named


def plain_node(thing: Thing, facts: Mapping[str, str] | None = None) -> Node:
    """Give the node of a thing by its labels alone, or with facts already told."""
    labels = {lang: label for lang, label in (("ja", thing.ja), ("en", thing.en)) if label}
    return Node(thing.iri, thing.type, labels, facts or {})


def _told(facts: Iterable[Fact], iris: Mapping[Term, str]) -> dict[str, str]:
    told: dict[str, str] = {}
    for fact in facts:
        if fact.predicate == "sti:decidedOn" and len(fact.value or "") > len(told.get("date", "")):
            told["date"] = fact.value or ""
        elif fact.predicate in _PRINTED and fact.value:
            told.setdefault(_PRINTED[fact.predicate], fact.value)
        elif fact.predicate in _CODED and fact.object is not None:
            told.setdefault(_CODED[fact.predicate], slug(iris[fact.object]))
        elif fact.predicate in _THINGS and fact.object is not None:
            told.setdefault(_THINGS[fact.predicate], iris[fact.object])
    return told


def _chain(store: Store) -> dict[Term, _Plan]:
    """Collect the documents that replace each other and say for which fiscal years they are."""
    plans = {thing.number: _Plan(thing.iri) for thing in store.of_type("sti:Plan")}
    for fact in store.facts_of(plans, _CHAINING):
        plan = plans[fact.subject]
        if fact.predicate == "sti:firstFiscalYear":
            plan.first = int(fact.value or 0)
        elif fact.predicate == "sti:lastFiscalYear":
            plan.last = int(fact.value or 0)
        elif fact.predicate == "sti:decidedOn" and len(fact.value or "") > len(plan.decided):
            plan.decided = fact.value or ""
        elif fact.predicate == "dcterms:replaces" and fact.object in plans:
            plans[fact.object].replaced_by.add(fact.subject)
    followers = {number for plan in plans.values() for number in plan.replaced_by}
    return {number: plan for number, plan in plans.items() if plan.replaced_by or number in followers}


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
