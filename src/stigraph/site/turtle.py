"""The small file of data beside a page."""

from collections.abc import Iterable

import pyoxigraph as ox

from stigraph.site.reading import CARRIERS, Corpus
from stigraph.store.reading import Fact, Thing
from stigraph.vocab import PREFIXES, expand

__all__ = ["to_turtle"]

# One prefix for each namespace: which of two that fit is taken would be chance.
_PREFIXES = {name: iri for name, iri in PREFIXES.items() if name != "id"}


def to_turtle(corpus: Corpus, thing: Thing) -> str:
    """Write what is said of a thing, and the statements, records and values that show it or speak of it.

    Every such carrier names its source and locator, so that the evidence is in the file although it is plain Turtle.
    """
    facts = list(corpus.facts.get(thing.number, ()))
    carriers = {fact.object for fact in facts if fact.predicate == "sti:cites" and fact.object is not None}
    for fact in corpus.pointing.get(thing.number, ()):
        if corpus.things[fact.subject].type in CARRIERS and fact.predicate != "prov:wasDerivedFrom":
            carriers.add(fact.subject)
        else:
            facts += [fact] if fact.predicate != "prov:wasDerivedFrom" else []
    for number in carriers:
        facts += corpus.facts.get(number, ())
    triples = {_triple(corpus, fact) for fact in facts}
    ordered = sorted(triples, key=lambda triple: tuple(map(str, triple)))
    return _serialized(ordered)


def _serialized(triples: Iterable[ox.Triple]) -> str:
    data = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES)
    lines = data.decode("utf-8").splitlines() if data else []
    body = [line for line in lines if not line.startswith("@prefix ")]
    text = "\n".join(body) + "\n"
    # The library writes prefixes in no order, used or not.
    used = [f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(_PREFIXES.items()) if f"{name}:" in text]
    return "".join(used) + text


def _triple(corpus: Corpus, fact: Fact) -> ox.Triple:
    value: ox.NamedNode | ox.Literal
    if fact.object is not None:
        value = ox.NamedNode(corpus.things[fact.object].iri)
    elif fact.tag and fact.tag.startswith("@"):
        value = ox.Literal(fact.value or "", language=fact.tag[1:])
    else:
        value = ox.Literal(fact.value or "", datatype=ox.NamedNode(expand(fact.tag or "xsd:string") or ""))
    predicate = expand(fact.predicate) or fact.predicate
    return ox.Triple(ox.NamedNode(corpus.things[fact.subject].iri), ox.NamedNode(predicate), value)
