"""What each document says of a programme, set out so that documents can be compared."""

from collections.abc import Hashable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from stigraph.japanese import fold
from stigraph.lineage.model import Evidence
from stigraph.store.reading import Fact, Store, Term, Thing
from stigraph.views.amounts import PHASES, facts_by_subject, in_yen
from stigraph.views.evidence import evidence_of, passages_of
from stigraph.views.model import Labels
from stigraph.vocab import BACKGROUND, CATALOGUE, SHEETS, expand, slug

__all__ = ["SIZES", "Account", "Matter", "Values", "accounts_of", "in_order", "matters_of"]

SIZES = ("sti:minSupport", "sti:maxSupport", "sti:supportPeriod", "sti:target", "sti:startFiscalYear")
"""What a page of its own prints of a programme; a passing mention prints none of these."""

_LITERALS = (*SIZES, "sti:endFiscalYear", "skos:notation")
_LISTED = ("sti:ministry", "sti:agency", "sti:partner", "sti:contributesTo", "dcterms:isPartOf", "sti:succeeds")
_MONEY = ("sti:minSupport", "sti:maxSupport")


class Account(NamedTuple):
    """What one document says on one matter: the words, what is compared, and the places."""

    text: Labels
    key: Hashable
    evidence: tuple[Evidence, ...]

    def agrees(self, other: "Account") -> bool:
        """Say whether another document says the same; how it words the groups of a value does not matter."""
        if isinstance(self.key, Values) and isinstance(other.key, Values):
            return self.key.values == other.key.values
        return self.key == other.key


class Values(NamedTuple):
    """What is compared of an indicator: its values with year and kind, and which groups they are of."""

    values: frozenset[Hashable]
    groups: frozenset[str]

    def of_others(self, other: "Values") -> bool:
        """Say whether the two name groups, and not one in common: then they do not count the same."""
        return bool(self.groups and other.groups) and not self.groups & other.groups


class Matter(NamedTuple):
    """Something that documents may say of a programme: a partner, a size, an indicator's value; and who says what.

    ``node`` is the thing it is about (for a text or a number the property itself), ``listed`` tells that a document
    gives a list of such things, so that it means something when one is not among them.
    """

    node: Term
    predicate: str
    listed: bool
    said: Mapping[Term, Account]


def matters_of(store: Store, programme: Term) -> list[Matter]:
    """Set out what the documents say of a programme: documents cited, things it is tied to, sizes, parts, indicators.

    >>> from stigraph.names import resolve
    >>> from stigraph.store import open_store
    >>> store = open_store()
    >>> periods = [matter for matter in matters_of(store, resolve(store, "SICORP").number)
    ...            if matter.predicate == "sti:supportPeriod"]
    >>> sorted({account.text["ja"] for account in periods[0].said.values()})
    ['3年間', '3年間（タイプにより異なる）']
    """
    layers = {store.number(iri) for iri in (CATALOGUE, SHEETS, BACKGROUND)}
    reader = _Reader(store, programme, layers)
    return [*reader.cited(), *reader.listed(), *reader.literals(), *reader.parts(), *reader.indicators()]


def accounts_of(store: Store, programme: Term) -> dict[Term, dict[str, list[Term]]]:
    """Give for each document its own nodes on a programme: ``lines``, ``transfers`` and ``passages``."""
    layers = {store.number(iri) for iri in (CATALOGUE, SHEETS, BACKGROUND)}
    pointing = list(store.facts_about([programme], ["sti:programme", "sti:about"]))
    pointing += list(store.facts_of([programme], ["sti:cites"]))
    carriers = {
        (fact.object if fact.predicate == "sti:cites" else fact.subject): fact.source
        for fact in pointing
        if fact.source not in layers
    }
    kinds = {"sti:BudgetLine": "lines", "sti:Transfer": "transfers", "sti:Statement": "passages"}
    found: dict[Term, dict[str, list[Term]]] = {}
    for thing in sorted(store.things(n for n in carriers if n is not None).values(), key=lambda thing: thing.iri):
        if thing.type in kinds:
            own = found.setdefault(carriers[thing.number], {name: [] for name in kinds.values()})
            own[kinds[thing.type]].append(thing.number)
    return found


def in_order(store: Store, sources: Iterable[Term]) -> list[Term]:
    """Put documents in the order of their dates.

    Of two that give the same year alone, the one whose latest amount stands further on in the course of the budget is
    the later: the budget follows its draft.
    """
    wanted = list(sources)
    spans, things = store.spans(wanted), store.things(wanted)
    lines = facts_by_subject(store, [line.number for line in store.of_type("sti:BudgetLine")])
    phases = store.things({f.object for said in lines.values() for f in said["sti:phase"] if f.object is not None})
    latest: dict[Term, tuple[int, int]] = {}
    for said in lines.values():
        year, phase = said["sti:fiscalYear"][0], said["sti:phase"][0]
        stage = PHASES.index(slug(phases[phase.object].iri)) if phase.object is not None else 0
        latest[year.source] = max(latest.get(year.source, (0, 0)), (int(year.value or 0), stage))
    return sorted(
        wanted, key=lambda number: (spans.get(number, ("9999",))[0], latest.get(number, (0, 0)), things[number].iri)
    )


class _Reader:
    """Reads the matters of one programme; the places of all facts are looked up together where they are needed."""

    def __init__(self, store: Store, programme: Term, layers: set[Term | None]) -> None:
        self.store = store
        self.programme = programme
        self.layers = layers

    def _of_documents(self, facts: Iterable[Fact]) -> list[Fact]:
        return [fact for fact in facts if fact.source not in self.layers]

    def _matters(
        self, facts: Iterable[tuple[Term, str, Fact]], texts: Mapping[Fact, Labels], *, listed: bool
    ) -> list[Matter]:
        """Make one matter of the facts on one node and property; to be said is all that is compared."""
        grouped: dict[tuple[Term, str], dict[Term, list[Fact]]] = {}
        for node, predicate, fact in facts:
            grouped.setdefault((node, predicate), {}).setdefault(fact.source, []).append(fact)
        evidence = evidence_of(
            self.store, [fact for said in grouped.values() for many in said.values() for fact in many]
        )
        return [
            Matter(
                node,
                predicate,
                listed,
                {
                    source: Account(_joined(texts[fact] for fact in many), True, _places(many, evidence))
                    for source, many in said.items()
                },
            )
            for (node, predicate), said in grouped.items()
        ]

    def cited(self) -> list[Matter]:
        """The documents that the programme's page cites, with the citation as printed."""
        facts = self._of_documents(self.store.facts_of([self.programme], ["sti:cites"]))
        said = facts_by_subject(self.store, [fact.object for fact in facts if fact.object is not None])
        things = self.store.things(
            {f.object for part in said.values() for f in part.get("sti:statedIn", ()) if f.object}
        )
        found, texts = [], {}
        for fact in facts:
            statement = said.get(fact.object or 0, {})
            for stated in statement.get("sti:statedIn", ()):
                if stated.object is not None:
                    thing = things[stated.object]
                    printed = next((f.value for f in statement.get("sti:citedAs", ())), None)
                    texts[fact] = {"ja": printed or thing.label("ja"), "en": thing.label("en")}
                    found.append((stated.object, "sti:cites", fact))
        return self._matters(found, texts, listed=True)

    def listed(self) -> list[Matter]:
        """The bodies, partners, objectives and umbrellas that a document ties to the programme."""
        facts = self._of_documents(self.store.facts_of([self.programme], _LISTED))
        things = self.store.things({fact.object for fact in facts if fact.object is not None})
        texts = {fact: _labels(things[fact.object]) for fact in facts if fact.object is not None}
        found = [(fact.object, fact.predicate, fact) for fact in facts if fact.object is not None]
        return self._matters(found, texts, listed=True)

    def literals(self) -> list[Matter]:
        """Sizes, years, periods and codes; the node is the property."""
        facts = self._of_documents(self.store.facts_of([self.programme], _LITERALS))
        evidence = evidence_of(self.store, facts)
        grouped: dict[str, dict[Term, list[Fact]]] = {}
        for fact in facts:
            grouped.setdefault(fact.predicate, {}).setdefault(fact.source, []).append(fact)
        found = []
        for predicate, said in grouped.items():
            node = self.store.number(_expanded(predicate))
            assert node is not None
            accounts = {source: _literal(predicate, many, evidence) for source, many in said.items()}
            found.append(Matter(node, predicate, False, accounts))
        return found

    def parts(self) -> list[Matter]:
        """The programmes that a document gives as parts, with the sizes it prints of each."""
        facts = self._of_documents(self.store.facts_about([self.programme], ["dcterms:isPartOf"]))
        things = self.store.things({fact.subject for fact in facts})
        facts = [fact for fact in facts if things[fact.subject].type == "sti:Programme"]
        sizes = self._of_documents(self.store.facts_of({fact.subject for fact in facts}, _LITERALS))
        names = self._property_names()
        evidence = evidence_of(self.store, [*facts, *sizes])
        found: dict[Term, dict[Term, Account]] = {}
        for fact in facts:
            own = [size for size in sizes if size.subject == fact.subject and size.source == fact.source]
            text = _sizes(own, names)
            key = text["ja"] or things[fact.subject].iri
            found.setdefault(fact.subject, {})[fact.source] = Account(
                text if text["ja"] else _labels(things[fact.subject]), key, _places([fact, *own], evidence)
            )
        return [Matter(node, "^dcterms:isPartOf", True, said) for node, said in found.items()]

    def _property_names(self) -> dict[str, Labels]:
        numbers = {name: self.store.number(_expanded(name)) for name in _LITERALS}
        things = self.store.things(number for number in numbers.values() if number is not None)
        return {name: _labels(things[number]) for name, number in numbers.items() if number is not None}

    def indicators(self) -> list[Matter]:
        """The values of the programme's indicators."""
        indicators = {fact.subject for fact in self.store.facts_about([self.programme], ["sti:measures"])}
        observed = list(self.store.facts_about(indicators, ["sti:indicator"]))
        said = facts_by_subject(self.store, [fact.subject for fact in observed])
        passages = passages_of(self.store, said)
        grouped: dict[Term, dict[Term, list[Term]]] = {}
        for fact in self._of_documents(observed):
            if fact.object is not None:
                grouped.setdefault(fact.object, {}).setdefault(fact.source, []).append(fact.subject)
        return [
            Matter(
                indicator,
                "^sti:measures",
                False,
                {
                    source: Account(
                        _values([said[number] for number in numbers]),
                        _compared([said[number] for number in numbers]),
                        tuple(passages[number][source] for number in numbers if source in passages.get(number, ())),
                    )
                    for source, numbers in sources.items()
                },
            )
            for indicator, sources in grouped.items()
        ]


def _expanded(name: str) -> str:
    return expand(name) or name


def _labels(thing: Thing) -> Labels:
    return {"ja": thing.label("ja"), "en": thing.label("en")}


def _joined(texts: Iterable[Labels]) -> Labels:
    kept = list(texts)
    return {lang: "／".join(dict.fromkeys(text[lang] for text in kept)) for lang in ("ja", "en")}


def _places(facts: Iterable[Fact], evidence: Mapping[Fact, list[Evidence]]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(item for fact in facts for item in evidence[fact]))


def _literal(predicate: str, facts: list[Fact], evidence: Mapping[Fact, list[Evidence]]) -> Account:
    text = _value(predicate, facts)
    return Account(text, text["ja"], _places(facts, evidence))


def _value(predicate: str, facts: Iterable[Fact]) -> Labels:
    """Write what one document gives as the value of a property; translations count for the reader only."""
    told: dict[str, list[str]] = {"ja": [], "en": []}
    for fact in facts:
        value = fact.value or ""
        langs = [fact.tag[1:]] if fact.tag in ("@ja", "@en") else ["ja", "en"]
        for lang in langs:
            told[lang].append(in_yen(int(value))[lang] if predicate in _MONEY else value)
    joined = {lang: "／".join(sorted(set(texts))) for lang, texts in told.items()}
    return {"ja": joined["ja"] or joined["en"], "en": joined["en"] or joined["ja"]}


def _sizes(facts: list[Fact], names: Mapping[str, Labels]) -> Labels:
    by_property = {name: [fact for fact in facts if fact.predicate == name] for name in _LITERALS}
    told = {name: _value(name, many) for name, many in by_property.items() if many}
    return {
        "ja": "、".join(f"{names[name]['ja']} {text['ja']}" for name, text in told.items()),
        "en": ", ".join(f"{names[name]['en']} {text['en']}" for name, text in told.items()),
    }


def _compared(observations: Iterable[Mapping[str, list[Fact]]]) -> Values:
    observed = list(observations)
    groups = [fold(fact.value or "") for said in observed for fact in said.get("sti:group", ()) if fact.tag == "@ja"]
    return Values(frozenset(map(_observed, observed)), frozenset(groups))


def _observed(said: Mapping[str, list[Fact]]) -> Hashable:
    """Give what is compared of an observation: value, year and kind; how its group is worded is not."""
    value = said.get("sti:value") or [fact for fact in said.get("sti:textValue", ()) if fact.tag == "@ja"]
    kept = [*value, *said.get("sti:year", ()), *said.get("sti:valueKind", ())]
    return tuple((fact.predicate, fact.object, fact.value) for fact in kept)


def _values(observations: Iterable[Mapping[str, list[Fact]]]) -> Labels:
    """Write the values that one document gives of an indicator: the number and its year, else the words."""
    texts = sorted({tuple(_observation(said, lang) for lang in ("ja", "en")) for said in observations})
    return {"ja": "／".join(dict.fromkeys(t[0] for t in texts)), "en": "; ".join(dict.fromkeys(t[1] for t in texts))}


def _observation(said: Mapping[str, list[Fact]], lang: str) -> str:
    def first(name: str) -> str:
        fitting = [
            fact.value or "" for fact in said.get(name, ()) if fact.tag in (None, f"@{lang}") or fact.tag[0] != "@"
        ]
        return next(iter(fitting), "")

    number = f"{Decimal(first('sti:value')).normalize():,f}" if "sti:value" in said else ""
    value = first("sti:textValue") or number or first("sti:asPrinted")
    group, year = first("sti:group"), first("sti:year")
    if lang == "ja":
        return f"{group}：{value}" * bool(group) + value * (not group) + f"（{year}年）" * bool(year)
    return f"{group}: {value}" * bool(group) + value * (not group) + f" ({year})" * bool(year)
