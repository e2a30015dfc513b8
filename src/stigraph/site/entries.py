"""What one source says at one place: a statement, record, budget line, value … as a page shows it."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from stigraph.lineage import Evidence
from stigraph.site.reading import Corpus
from stigraph.store.reading import Fact, Thing

__all__ = ["Entry", "Pair", "Value", "entry", "first_line", "told", "web_links"]

_PRINTED = frozenset({"sti:quote", "sti:asPrinted", "dcterms:bibliographicCitation"})
_SHOWN_APART = frozenset(
    {
        *_PRINTED,
        "rdf:type",
        "rdfs:label",
        "skos:prefLabel",
        "skos:altLabel",
        "skos:notation",
        "skos:note",
        "dcterms:description",
        "prov:wasDerivedFrom",
        "sti:basis",
        "sti:citedAs",
        "sti:locator",
        "dcterms:references",
        "sti:yearKind",
        "sti:statementKind",
    }
)
_AMOUNTS = frozenset({"sti:amount", "sti:minSupport", "sti:maxSupport"})
_FISCAL = frozenset(
    {"sti:fiscalYear", "sti:startFiscalYear", "sti:endFiscalYear", "sti:firstFiscalYear", "sti:lastFiscalYear"}
)


class Value(NamedTuple):
    """One value: a thing, or a text and the language it is in."""

    thing: Thing | None
    text: str
    lang: str | None = None


class Pair(NamedTuple):
    """A property, its label, and its values."""

    predicate: str
    label: str
    values: tuple[Value, ...]


class Entry(NamedTuple):
    """A carrier of a fact: where it is printed, what is printed there, and what it means."""

    thing: Thing
    evidence: Evidence
    kind: str
    pairs: tuple[Pair, ...]
    description: str | None
    links: tuple[str, ...]

    def first(self, predicate: str) -> str:
        """Give the first value of a property as text; empty where there is none."""
        for pair in self.pairs:
            if pair.predicate == predicate:
                return pair.values[0].text
        return ""

    def things(self, predicate: str) -> list[Thing]:
        """List the things that a property leads to."""
        return [
            value.thing for pair in self.pairs if pair.predicate == predicate for value in pair.values if value.thing
        ]


def entry(corpus: Corpus, thing: Thing, lang: str, *, without: Thing | None = None) -> Entry:
    """Read one carrier; ``without`` leaves out what only says that it is about a thing whose page this is."""
    facts = corpus.facts.get(thing.number, [])
    kind = corpus.concept(thing.number, "sti:statementKind")
    left_out = without.number if without else None
    pairs = _pairs(corpus, (fact for fact in facts if fact.object is None or fact.object != left_out), lang)
    description = corpus.text(thing.number, "dcterms:description", lang)
    return Entry(
        thing,
        corpus.passage(thing),
        kind.label(lang) if kind else corpus.word(thing.type, lang),
        tuple(pairs),
        description if description and description != thing.label(lang) else None,
        web_links(corpus, thing),
    )


def _pairs(corpus: Corpus, facts: Iterable[Fact], lang: str) -> list[Pair]:
    grouped: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.predicate not in _SHOWN_APART:
            grouped.setdefault(fact.predicate, []).append(fact)
    return [
        Pair(
            predicate,
            corpus.word(predicate, lang),
            tuple(told(corpus, fact, lang) for fact in _one_language(found, lang)),
        )
        for predicate, found in grouped.items()
    ]


def _one_language(facts: Sequence[Fact], lang: str) -> Sequence[Fact]:
    """Keep, of texts in both languages, those of one; each value once."""
    own = [fact for fact in facts if fact.tag == f"@{lang}"]
    other = [fact for fact in facts if not (fact.tag or "").startswith("@")]
    kept = (own + other) if own else facts
    return list({(fact.object, fact.value): fact for fact in kept}.values())


def told(corpus: Corpus, fact: Fact, lang: str) -> Value:
    """Give the value of a fact as it is shown: amounts and fiscal years as people write them."""
    if fact.object is not None:
        thing = corpus.things[fact.object]
        return Value(thing, thing.label(lang))
    text = fact.value or ""
    if fact.predicate in _AMOUNTS and re.fullmatch(r"-?\d+", text):
        grouped = f"{int(text):,}"
        return Value(None, f"{grouped}円" if lang == "ja" else f"¥{grouped}")
    if fact.predicate in _FISCAL and text.isdecimal():
        return Value(None, f"{text}年度" if lang == "ja" else f"FY{text}")
    if fact.tag == "xsd:boolean":
        words = {"true": ("はい", "yes"), "false": ("いいえ", "no")}
        return Value(None, words.get(text, (text, text))[lang == "en"])
    return Value(None, text, fact.tag[1:] if fact.tag and fact.tag.startswith("@") else None)


def web_links(corpus: Corpus, thing: Thing) -> tuple[str, ...]:
    """List the public addresses that a record or source names; http and https only."""
    found = [target.iri for target in corpus.objects(thing.number, "dcterms:references")]
    return tuple(sorted(iri for iri in found if iri.startswith(("http://", "https://"))))


def first_line(locator: str | None) -> int:
    """Give the first line that a locator names; 0 where it names none.

    >>> first_line("L1759;L1739-L1747"), first_line("見出し"), first_line(None)
    (1759, 0, 0)
    """
    found = re.match(r"L(\d{1,9})", locator or "", re.ASCII)
    return int(found[1]) if found else 0
