"""A view in the making: which things and steps it has; what they carry is read from the store in bulk at the end."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from stigraph.lineage.model import Evidence
from stigraph.store.reading import Fact, Store, Term, Thing
from stigraph.views.evidence import evidence_of, passages_of
from stigraph.views.model import Chart, Labels, View
from stigraph.views.naming import named_by_facts
from stigraph.vocab import CATALOGUE, SHEETS, STI, expand

__all__ = ["Draft"]

_NAMING = frozenset({"skos:prefLabel", "skos:altLabel", "skos:notation", "rdfs:label", "rdf:type"})
_PLACING = frozenset({"sti:locator", "prov:wasDerivedFrom", "sti:basis", "sti:quote"})


class _Step(NamedTuple):
    """One edge: its ends, its relation, the facts whose places show it, evidence known already, and the rest."""

    source: Term
    target: Term
    predicate: str
    facts: tuple[Fact, ...]
    evidence: tuple[Evidence, ...]
    attributes: Mapping[str, Any]


class Draft:
    """Collects the nodes and edges of a view by their numbers in the store.

    >>> from stigraph.names import resolve
    >>> from stigraph.store import open_store
    >>> store = open_store()
    >>> draft, sicorp = Draft(store), resolve(store, "SICORP")
    >>> for fact in store.facts_of([sicorp.number], ["sti:agency"]):
    ...     draft.follow(fact)
    >>> title = {"ja": "SICORPの実施機関", "en": "Who runs SICORP"}
    >>> graph = draft.finish("agencies", title=title, sentence=title, root=sicorp)
    >>> sorted(data["labels"]["en"] for _, data in graph.nodes(data=True))[-1]
    'Strategic International Collaborative Research Program (SICORP)'
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.nodes: dict[Term, dict[str, Any]] = {}
        self.steps: list[_Step] = []

    def node(self, number: Term, *, flags: Iterable[str] = (), **attributes: Any) -> None:
        """Add a thing, or say more of one that is there."""
        known = self.nodes.setdefault(number, {"flags": []})
        known["flags"] += [flag for flag in flags if flag not in known["flags"]]
        known.update(attributes)

    def edge(
        self,
        source: Term,
        target: Term,
        predicate: str,
        *,
        facts: Iterable[Fact] = (),
        evidence: Iterable[Evidence] = (),
        **attributes: Any,
    ) -> None:
        """Add a step between two things; the places of ``facts`` become its evidence, beside ``evidence``."""
        self.node(source)
        self.node(target)
        self.steps.append(_Step(source, target, predicate, tuple(facts), tuple(evidence), attributes))

    def follow(self, fact: Fact, *, backwards: bool = False, **attributes: Any) -> None:
        """Add the step that a fact is, from its subject to its object; backwards it is ``^predicate``."""
        if fact.object is None:
            raise ValueError(f"{fact.predicate} leads to a text, not to a thing")
        ends = (fact.object, fact.subject) if backwards else (fact.subject, fact.object)
        name = f"^{fact.predicate}" if backwards else fact.predicate
        self.edge(*ends, name, facts=[fact], **attributes)

    def finish(
        self,
        name: str,
        *,
        title: Labels,
        sentence: Labels,
        root: Thing | None = None,
        arrangement: str = "force",
        layers: Sequence[Labels] = (),
        charts: Sequence[Chart] = (),
        words: Mapping[str, Labels] | None = None,
    ) -> View:
        """Read what the nodes and edges carry, and give the view.

        Steps of one relation between the same two things become one edge that carries the evidence of all.
        """
        if root is not None:
            self.node(root.number)
        reading = _Reading(self.store, self.nodes, self.steps)
        view = View()
        for number in self.nodes:
            view.add_node(reading.things[number].iri, **reading.node(number))
        for (source, target, predicate), steps in _grouped(self.steps).items():
            ends = (reading.things[source].iri, reading.things[target].iri)
            view.add_edge(*ends, key=predicate, **reading.edge(predicate, steps))
        view.graph.update(
            view=name,
            root=root.iri if root else None,
            title=title,
            sentence=sentence,
            arrangement=arrangement,
            layers=list(layers),
            sources=_sources(view),
            words=reading.words(view) | dict(words or {}),
            links=reading.links(view),
            charts=list(charts),
        )
        return view


def _grouped(steps: Iterable[_Step]) -> dict[tuple[Term, Term, str], list[_Step]]:
    grouped: dict[tuple[Term, Term, str], list[_Step]] = {}
    for step in steps:
        grouped.setdefault((step.source, step.target, step.predicate), []).append(step)
    return grouped


def _sources(view: View) -> list[str]:
    shown = [item for _, data in view.nodes(data=True) for item in data["evidence"]]
    shown += [item for *_, data in view.edges(data=True) for item in data["evidence"]]
    return sorted({item["document"] for item in shown} - {CATALOGUE, SHEETS})


class _Reading:
    """What the store says of the nodes and edges of a draft, read in a few queries."""

    def __init__(self, store: Store, nodes: Mapping[Term, Mapping[str, Any]], steps: Iterable[_Step]) -> None:
        self.store = store
        self.attributes = nodes
        self.facts: dict[Term, list[Fact]] = {number: [] for number in nodes}
        for fact in store.facts_of(nodes):
            self.facts[fact.subject].append(fact)
        known = [fact for facts in self.facts.values() for fact in facts if fact.predicate not in _NAMING]
        self.evidence = evidence_of(store, {*known, *(fact for step in steps for fact in step.facts)})
        named = {fact.object for fact in known if fact.object is not None}
        self.things = store.things({*nodes, *named, *(fact.source for fact in known)})
        self.passages = passages_of(store, nodes)
        self.names: dict[Term, list[str]] = {number: [] for number in nodes}
        for number, text in store.names_of(nodes):
            if text not in self.names[number]:
                self.names[number].append(text)

    def node(self, number: Term) -> dict[str, Any]:
        thing = self.things[number]
        labels = {lang: text for lang, text in (("ja", thing.ja), ("en", thing.en)) if text}
        labels = labels or named_by_facts(thing.type, self.facts[number], self.things)
        return {
            "type": thing.type,
            "label": labels.get("ja") or thing.label("ja"),
            "labels": labels,
            "names": self.names[number],
            "facts": list(map(self._told, self._worth_telling(number))),
            "evidence": [item.to_json() for item in self.passages.get(number, {}).values()],
            **self.attributes[number],
        }

    def _worth_telling(self, number: Term) -> Iterator[Fact]:
        hidden = _NAMING | _PLACING
        return (fact for fact in self.facts[number] if fact.predicate not in hidden)

    def _told(self, fact: Fact) -> dict[str, str | None]:
        thing = self.things[fact.object].iri if fact.object is not None else None
        shown = self.evidence[fact][0]
        return {
            "property": fact.predicate,
            "value": thing or fact.value,
            "thing": thing,
            "lang": fact.tag[1:] if fact.tag and fact.tag.startswith("@") else None,
            "document": shown.document,
            "locator": shown.locator,
        }

    def edge(self, predicate: str, steps: Iterable[_Step]) -> dict[str, Any]:
        steps = list(steps)
        shown: dict[Evidence, None] = {}
        for step in steps:
            shown.update(dict.fromkeys(item for fact in step.facts for item in self.evidence[fact]))
            shown.update(dict.fromkeys(step.evidence))
        merged: dict[str, Any] = {}
        for step in steps:
            merged.update(step.attributes)
        return {"predicate": predicate, "evidence": [item.to_json() for item in shown], **merged}

    def words(self, view: View) -> dict[str, Labels]:
        """Label everything the view names that is not one of its nodes."""
        named: dict[str, str] = {}
        for _, data in view.nodes(data=True):
            named.setdefault(data["type"], expand(data["type"]) or data["type"])
            for fact in data["facts"]:
                named.setdefault(fact["property"], expand(fact["property"]) or fact["property"])
                if fact["thing"] and fact["thing"] not in view:
                    named.setdefault(fact["thing"], fact["thing"])
        for *_, data in view.edges(data=True):
            plain = data["predicate"].removeprefix("^")
            named.setdefault(plain, expand(plain) or plain)
        shown = [item for _, data in view.nodes(data=True) for item in data["evidence"]]
        shown += [item for *_, data in view.edges(data=True) for item in data["evidence"]]
        named |= {item["document"]: item["document"] for item in shown}
        named |= {f"sti:{item['basis']}": STI + item["basis"] for item in shown if item["basis"]}
        named |= {iri: iri for _, data in view.nodes(data=True) for fact in data["facts"] if (iri := fact["document"])}
        return self._labelled(named)

    def _labelled(self, named: Mapping[str, str]) -> dict[str, Labels]:
        numbers = {name: number for name, iri in named.items() if (number := self.store.number(iri)) is not None}
        things = self.store.things(numbers.values())
        return {
            name: {lang: text for lang, text in (("ja", things[number].ja), ("en", things[number].en)) if text}
            for name, number in sorted(numbers.items())
            if things[number].ja or things[number].en
        }

    def links(self, view: View) -> dict[str, str]:
        """Give the web address of each record that names one; what a page merely refers to is not its own address."""
        shown = [item for _, data in view.nodes(data=True) for item in data["evidence"]]
        shown += [item for *_, data in view.edges(data=True) for item in data["evidence"]]
        iris = sorted({item["statement"] for item in shown if item["statement"]})
        numbers = {number: iri for iri in iris if (number := self.store.number(iri)) is not None}
        facts = [fact for fact in self.store.facts_of(numbers, ["dcterms:references"]) if fact.object is not None]
        targets = self.store.things({fact.object for fact in facts if fact.object is not None})
        return {
            numbers[fact.subject]: targets[fact.object].iri
            for fact in facts
            if fact.object is not None and targets[fact.object].iri.startswith(("http://", "https://"))
        }
