"""A store behind a SPARQL endpoint, with the reading methods of a store on disk."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import Any

from stigraph.errors import StoreError
from stigraph.japanese import fold
from stigraph.remote.adding import query_of
from stigraph.remote.endpoint import BLANK, IRI, Endpoint, Row, batches, iri_term, is_iri
from stigraph.remote.linking import links_from, links_to
from stigraph.remote.ranking import Text, by_name, by_relevance
from stigraph.remote.sheets import BY_MINISTRY, BY_YEAR, NO_SHEET, PROGRAMMES_BY_MINISTRY, condition_of, speaking_of
from stigraph.remote.spelling import may_equal, may_hold, shared_pairs
from stigraph.store.reading import Adding, Fact, Link, Store, Sum, Term, Thing
from stigraph.store.rules import DATES, LABELS, UNNAMED, WORDS, is_source, telling
from stigraph.vocab import ONTOLOGY, STI, curie, expand

__all__ = ["RemoteStore"]

_TYPE = "rdf:type"
_DESCRIBING = (_TYPE, *LABELS)
_MOST_TEXTS = 20_000
_UNKNOWN = ""
_ANY = "*"


class RemoteStore(Store):
    """One endpoint, read by SPARQL over HTTP. Use `stigraph.open_store` with its address.

    Terms get their numbers here, as they are met. What was read once is kept for as long as the store is.

    Example:
        >>> import stigraph                                              # doctest: +SKIP
        >>> store = stigraph.open_store("https://example.org/sparql")    # doctest: +SKIP
        >>> stigraph.resolve(store, "SICORP").iri                        # doctest: +SKIP
        'https://w3id.org/stigraph/id/programme/sicorp'
    """

    def __init__(self, url: str) -> None:
        self.endpoint = Endpoint(url)
        self.folder = self.endpoint.connection.shown
        self._numbers: dict[str, Term] = {}
        self._iris: list[str] = [_UNKNOWN]
        self._absent: set[str] = set()
        self._facts: dict[Term, list[Fact]] = {}
        self._described: dict[Term, list[Fact]] = {}
        self._pointing: dict[Term, dict[str, list[Fact]]] = {}
        self._only = ""
        if not self.endpoint.ask(f"GRAPH ?g {{ ?s a {iri_term(STI + 'Source')} }}"):
            raise StoreError(f"{self.folder} holds nothing of stigraph; send it a store with `stigraph push` first.")

    @cached_property
    def sparql(self) -> Any:
        """Something to ask queries of, in the manner of a pyoxigraph store."""
        from stigraph.remote.queries import RemoteSparql

        return RemoteSparql(self.endpoint)

    def number(self, iri: str) -> Term | None:
        """Find the number of an IRI, or None when the graph does not know it."""
        known = self._numbers.get(iri)
        if known is not None or iri in self._absent or not is_iri(iri):
            return known
        term = iri_term(iri)
        places = (f"{term} ?p ?o", f"?s ?p {term}", f"?s {term} ?o")
        parts = [f"{{ GRAPH ?g {{ {place} }} }}" for place in places] + [f"{{ GRAPH {term} {{ ?s ?p ?o }} }}"]
        if self.endpoint.ask(" UNION ".join(parts)):
            return self._take(iri)
        self._absent.add(iri)
        return None

    def numbers(self) -> list[Term]:
        """Give the number of everything there is; all of it is read."""
        facts = list(
            self._told(self.endpoint.select(f"SELECT ?s ?p ?o ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} {self._only} }}"))
        )
        every = range(1, len(self._iris))
        self._facts = {number: [] for number in every}
        self._pointing = {number: {_ANY: []} for number in every}
        for fact in facts:
            self._facts[fact.subject].append(fact)
            if fact.object is not None:
                self._pointing[fact.object][_ANY].append(fact)
        return sorted(every, key=self._iris.__getitem__)

    def _take(self, iri: str) -> Term:
        """Give an IRI that was met its number."""
        number = self._numbers.get(iri)
        if number is None:
            number = self._numbers[iri] = len(self._iris)
            self._iris.append(iri)
        return number

    def things(self, numbers: Iterable[Term]) -> dict[Term, Thing]:
        """Look up many things at once."""
        described = self._describe(numbers)
        return {number: self._thing(number, facts) for number, facts in described.items()}

    def _thing(self, number: Term, facts: Iterable[Fact]) -> Thing:
        types = {curie(self._iris[fact.object]) for fact in facts if fact.predicate == _TYPE and fact.object}
        if not types:
            return Thing(number, self._iris[number], "", None, None)
        labels: dict[str, str] = {}
        for name in ("rdfs:label", "skos:prefLabel"):
            told = sorted((fact.value or "", fact.tag or "") for fact in facts if fact.predicate == name)
            labels.update({tag: value for value, tag in reversed(told)})
        return Thing(number, self._iris[number], telling(types), labels.get("@ja"), labels.get("@en"))

    def _describe(self, numbers: Iterable[Term]) -> dict[Term, list[Fact]]:
        """Read the classes and names of things."""
        wanted = dict.fromkeys(sorted(numbers))
        missing = [number for number in wanted if number not in self._described]
        read = list(self._read("?s", [number for number in missing if number not in self._facts], _DESCRIBING))
        for number in missing:
            known = self._facts.get(number, ())
            self._described[number] = [fact for fact in known if fact.predicate in _DESCRIBING]
        for fact in read:
            self._described[fact.subject].append(fact)
        return {number: self._described[number] for number in wanted}

    def facts_of(self, numbers: Iterable[Term], predicates: Sequence[str] = ()) -> Iterator[Fact]:
        """Yield what every source says of these subjects; only of these properties (as CURIEs) where some are named."""
        wanted = set(numbers)
        missing = wanted - self._facts.keys()
        if predicates:
            kept = [fact for number in wanted - missing for fact in self._facts[number] if fact.predicate in predicates]
            return iter(self._in_order([*kept, *self._read("?s", missing, predicates)]))
        read = list(self._read("?s", missing))
        self._facts.update({number: [] for number in missing})
        for fact in read:
            self._facts[fact.subject].append(fact)
        return iter(self._in_order(fact for number in wanted for fact in self._facts[number]))

    def facts_about(self, numbers: Iterable[Term], predicates: Sequence[str] = ()) -> Iterator[Fact]:
        """Yield the facts that have these things as their object; only with these properties where some are named."""
        wanted, asked = set(numbers), set(predicates) or {_ANY}
        missing = {
            number
            for number in wanted
            if not ({_ANY} <= self._pointing.setdefault(number, {}).keys() or asked <= self._pointing[number].keys())
        }
        read = list(self._read("?o", missing, predicates))
        for number in missing:
            self._pointing[number].update({name: [] for name in asked})
        for fact in read:
            self._pointing[fact.object or 0][fact.predicate if predicates else _ANY].append(fact)
        return iter(
            self._in_order(
                fact
                for number in wanted
                for name, facts in self._pointing[number].items()
                if (name == _ANY if _ANY in self._pointing[number] else name in asked)
                for fact in facts
                if not predicates or fact.predicate in asked
            )
        )

    def _read(self, side: str, numbers: Iterable[Term], predicates: Sequence[str] = ()) -> Iterator[Fact]:
        """Ask for the facts with these things as ``?s`` or ``?o``."""
        only = " ".join(iri_term(iri) for name in predicates if (iri := expand(name)) and is_iri(iri))
        asked = (f"VALUES ?p {{ {only} }} " if predicates else "") + f"GRAPH ?g {{ ?s ?p ?o }} {self._only}"
        for values in batches(self._iris[number] for number in numbers):
            rows = self.endpoint.select(f"SELECT ?s ?p ?o ?g WHERE {{ VALUES {side} {{ {values} }} {asked} }}")
            yield from self._told(rows)

    def _told(self, rows: Iterable[Row]) -> Iterator[Fact]:
        """Read rows of ?s ?p ?o ?g as facts, those of graphs that are not ours left out."""
        for row in rows:
            if not is_source(row["g"].value):
                continue
            value = row["o"]
            literal = value.tag not in (IRI, BLANK)
            self._take(row["p"].value)
            yield Fact(
                self._take(row["s"].value),
                curie(row["p"].value),
                None if literal else self._take(value.value),
                value.value if literal else None,
                value.tag if literal else None,
                self._take(row["g"].value),
            )

    def _in_order(self, facts: Iterable[Fact]) -> list[Fact]:
        """Sort facts by source, subject, property and value, as a store on disk keeps them."""

        def order(fact: Fact) -> tuple[str, str, str, str, str]:
            value = self._iris[fact.object] if fact.object is not None else fact.value
            predicate = expand(fact.predicate) or fact.predicate
            return self._iris[fact.source], self._iris[fact.subject], predicate, value or "", fact.tag or ""

        return sorted(facts, key=order)

    def links_from(self, numbers: Iterable[Term]) -> Iterator[Link]:
        """Yield the steps that lead from these things towards policy."""
        return iter(links_from(self, set(numbers)))

    def links_to(self, numbers: Iterable[Term]) -> Iterator[Link]:
        """Yield the steps that lead from elsewhere to these things."""
        return iter(links_to(self, set(numbers)))

    def reaching(self, number: Term, types: Collection[str] = ()) -> None:
        """Keep no list: steps are asked for one by one."""

    def names_of(self, numbers: Iterable[Term]) -> Iterator[tuple[Term, str]]:
        """Yield every name of these things: labels first, then codes, then other names, the short ones first."""
        rows = {
            (LABELS[fact.predicate], len(fact.value), fact.value, number, fact.tag or "")
            for number, facts in self._describe(numbers).items()
            if not self._is_carrier(facts)
            for fact in self._names(facts)
            if fact.value is not None
        }
        return ((number, text) for _, _, text, number, _ in sorted(rows))

    def codes_of(self, numbers: Iterable[Term]) -> Iterator[tuple[Term, str]]:
        """Yield the codes (``skos:notation``) of things that bear names."""
        facts = self.facts_of(numbers, ["skos:notation"])
        codes = {(len(fact.value), fact.value, fact.subject) for fact in facts if fact.value is not None}
        return ((number, code) for _, code, number in sorted(codes))

    def _names(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        ontology = self._numbers.get(ONTOLOGY)
        return (
            fact for fact in facts if fact.predicate in LABELS and fact.source != ontology and fact.value is not None
        )

    def _is_carrier(self, facts: Iterable[Fact]) -> bool:
        return any(
            fact.predicate == _TYPE and fact.object is not None and curie(self._iris[fact.object]) in UNNAMED
            for fact in facts
        )

    def spans(self, numbers: Iterable[Term]) -> dict[Term, tuple[str, str]]:
        """Give the first and last day that the printed date of each document or source may mean."""
        budget_line = self._numbers.get(STI + "BudgetLine")
        dates: dict[Term, dict[str, str]] = {}
        lines = set()
        for fact in self.facts_of(numbers):
            if fact.predicate == _TYPE:
                lines |= {fact.subject} if fact.object == budget_line else set()
            elif fact.predicate in DATES and fact.value is not None:
                told = dates.setdefault(fact.subject, {})
                both = sorted((told.get(fact.predicate, ""), fact.value))
                told[fact.predicate] = max(both, key=len)
        return {
            number: [span(told[name]) for name, span in DATES.items() if name in told][-1]
            for number, told in sorted(dates.items())
            if number not in lines
        }

    def of_type(self, *types: str) -> list[Thing]:
        """List the things of some classes, by IRI."""
        wanted = " ".join(iri_term(iri) for name in types if (iri := expand(name)) and is_iri(iri))
        pattern = f"VALUES ?o {{ {wanted} }} GRAPH ?g {{ ?s {iri_term(expand(_TYPE) or '')} ?o }} {self._only}"
        rows = self.endpoint.select(f"SELECT DISTINCT ?s WHERE {{ {pattern} }}")
        things = self.things(self._take(row["s"].value) for row in rows if row["s"].tag == IRI)
        return sorted((thing for thing in things.values() if thing.type in types), key=lambda thing: thing.iri)

    def named(self, key: str) -> list[Term]:
        """List the things that bear a name with this folded form."""
        if not key:
            return []
        found = {number for number, value in self._texts(list(LABELS), may_equal(key)) if fold(value) == key}
        described = self._describe(found)
        return [
            number
            for number in sorted(found, key=self._iris.__getitem__)
            if not self._is_carrier(described[number])
            and any(fold(fact.value or "") == key for fact in self._names(described[number]))
        ]

    def _texts(self, predicates: Sequence[str], condition: str) -> Iterator[tuple[Term, str]]:
        """Yield things and those of their texts that meet a condition."""
        values = " ".join(iri_term(expand(name) or "") for name in predicates)
        pattern = f"VALUES ?p {{ {values} }} GRAPH ?g {{ ?s ?p ?v }} FILTER({condition})"
        for row in self.endpoint.select(f"SELECT DISTINCT ?s ?v WHERE {{ {pattern} }}", most=_MOST_TEXTS):
            if row["s"].tag == IRI and row["v"].tag not in (IRI, BLANK):
                yield self._take(row["s"].value), row["v"].value

    def alike(self, key: str, limit: int) -> list[tuple[Term, str]]:
        """List things with the folded form of a name that shares pairs of characters with a key, most shared first."""
        values = " ".join(iri_term(expand(name) or "") for name in LABELS)
        query = (
            f"SELECT ?s ?v ((MAX({shared_pairs(key)})) AS ?n) WHERE {{ VALUES ?p {{ {values} }} "
            f"GRAPH ?g {{ ?s ?p ?v }} }} GROUP BY ?s ?v ORDER BY DESC(?n) LIMIT {limit}"
        )
        rows = [row for row in self.endpoint.first(query) if row["s"].tag == IRI]
        numbers = [self._take(row["s"].value) for row in rows]
        described = self._describe(numbers)
        return [
            (number, fold(row["v"].value))
            for number, row in zip(numbers, rows, strict=True)
            if not self._is_carrier(described[number]) and any(True for _ in self._names(described[number]))
        ]

    def holding(self, keys: Sequence[str], types: Collection[str] = ()) -> Iterator[tuple[Term, str | None]]:
        """Yield the things whose names and passages hold all these folded keys, each with the name that holds them all.

        The shortest names come first, then what only passages hold, the most telling first.
        """
        predicates = [*LABELS, *WORDS]
        found = [
            {number for number, value in self._texts(predicates, may_hold(key)) if key in fold(value)} for key in keys
        ]
        numbers = set.intersection(*found)
        described = self._describe(numbers)
        ontology = self._numbers.get(ONTOLOGY)
        texts: dict[Term, Text] = {number: Text(self._iris[number], set(), set()) for number in numbers}
        for number in numbers:
            texts[number].names.update(fold(fact.value or "") for fact in self._names(described[number]))
        for fact in self.facts_of(numbers, WORDS):
            if fact.source != ontology and fact.value is not None:
                texts[fact.subject].words.add(fold(fact.value))
        return iter(by_name(by_relevance(texts, keys), self.names_of(numbers), keys, self.iri_of))

    def objects(self, predicate: str) -> set[Term]:
        """Give every thing that a property (as CURIE) leads to."""
        pattern = f"GRAPH ?g {{ ?s {iri_term(expand(predicate) or '')} ?o }}"
        rows = self.endpoint.select(f"SELECT DISTINCT ?o WHERE {{ {pattern} }}")
        return {self._take(row["o"].value) for row in rows if row["o"].tag == IRI}

    def counts(self, predicate: str | None = None) -> Mapping[Term, int]:
        """Count by source how much it says, all in all or with one property (as CURIE); sheets are left out."""
        asked = iri_term(expand(predicate) or "") if predicate else "?p"
        rows = self.endpoint.select(
            f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ GRAPH ?g {{ ?s {asked} ?o }} {NO_SHEET} }} GROUP BY ?g"
        )
        return {self._take(row["g"].value): int(row["n"].value) for row in rows if is_source(row["g"].value)}

    @cached_property
    def sheets(self) -> None:
        """No records apart: at an endpoint each sheet is a named graph."""
        return None

    def add_up(self, asked: Adding) -> list[Sum]:
        """Add up what all sheets say."""
        rows = self.endpoint.select(query_of(asked, self._iris))
        found = [
            Sum(
                tuple(
                    self._take(row[name].value) if row[name].tag == IRI else int(row[name].value) for name in asked.by
                ),
                int(row["yen"].value),
                int(row["lines"].value),
            )
            for row in rows
            if "yen" in row
        ]
        return sorted(found)

    def sheets_of(self, numbers: Iterable[Term], *, citing: bool = False) -> list[int]:
        """List the review sheets that say anything of these things, by the numbers of their graphs, the newest first.

        Args:
            numbers: some things.
            citing: only those sheets by which a programme cites a passage.
        """
        found = speaking_of(self.endpoint, [self._iris[number] for number in numbers], citing=citing)
        return [self._take(graph) for graph in found]

    def excerpt(self, sheets: Collection[int] | None = None) -> "RemoteStore":
        """Give this store as it would be with these of its sheets alone; without any, what curated documents say.

        Args:
            sheets: some of what `sheets_of` gives; with them goes the graph of what sheets share.
        """
        part = copy(self)
        part._facts, part._described, part._pointing = {}, {}, {}
        part._only = condition_of(None if sheets is None else [self._iris[number] for number in sheets])
        return part

    def sheets_by_year(self) -> Mapping[int, int]:
        """Count the review sheets by fiscal year."""
        return {int(row["year"].value): int(row["n"].value) for row in self.endpoint.select(BY_YEAR)}

    def sheets_by_ministry(self) -> Mapping[tuple[int, Term], int]:
        """Count the review sheets by fiscal year and by ministry."""
        return {
            (int(row["year"].value), self._take(row["ministry"].value)): int(row["n"].value)
            for row in self.endpoint.select(BY_MINISTRY)
        }

    def programmes_by_ministry(self) -> Mapping[Term, tuple[int, int]]:
        """Count the programmes of each ministry, and those of them that cite a passage; empty without sheets."""
        if not self.sheets_by_year():
            return {}
        return {
            self._take(row["ministry"].value): (int(row["n"].value), int(row["cited"].value))
            for row in self.endpoint.select(PROGRAMMES_BY_MINISTRY)
        }

    def subjects_by_object(self, predicate: str) -> list[tuple[Term, str, int]]:
        """Count by source and by thing that a property (as CURIE) leads to what it leads from; sheets are left out."""
        rows = self.endpoint.select(
            "SELECT ?g ?o (COUNT(DISTINCT ?s) AS ?n) "
            f"WHERE {{ GRAPH ?g {{ ?s {iri_term(expand(predicate) or '')} ?o }} {NO_SHEET} }} GROUP BY ?g ?o"
        )
        found = [
            (self._take(row["g"].value), row["o"].value, int(row["n"].value))
            for row in rows
            if is_source(row["g"].value) and row["o"].tag == IRI
        ]
        return sorted(found, key=lambda item: (self._iris[item[0]], item[1]))

    def number_of_name(self, name: str) -> Term | None:
        """Give the number of a property (as CURIE) that was met."""
        return self._numbers.get(expand(name) or name)

    def iri_of(self, number: Term) -> str:
        """Give the IRI of a number."""
        return self._iris[number]
