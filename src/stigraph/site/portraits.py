"""What each document says of a thing, and what in it points at the thing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from stigraph.lineage import Evidence
from stigraph.site.entries import Entry, Value, entry, first_line, told
from stigraph.site.reading import CARRIERS, Corpus
from stigraph.site.words import inverse_word
from stigraph.store.reading import Fact, Thing
from stigraph.vocab import CATALOGUE

__all__ = ["Claim", "Group", "Says", "portrait"]

_NOT_CLAIMED = frozenset(
    {
        "rdf:type",
        "rdfs:label",
        "skos:prefLabel",
        "skos:altLabel",
        "skos:notation",
        "skos:exactMatch",
        "dcterms:description",
        "dcterms:references",
        "prov:wasDerivedFrom",
        "sti:sha256",
        "sti:cites",
    }
)
_NOT_MENTIONED = frozenset(
    {"rdf:type", "prov:wasDerivedFrom", "sti:subject", "sti:records", "sti:recordsValue", "sti:between", "sti:basis"}
)
_TABLES = {"sti:BudgetLine": "budget", "sti:Observation": "values", "sti:Assessment": "assessments"}
_ORDER = ("budget", "values", "assessments", "entries", "links")


@dataclass(frozen=True, slots=True)
class Claim:
    """A property and its values, each with the places that show it."""

    predicate: str
    label: str
    values: Sequence[tuple[Value, Sequence[Evidence]]]


@dataclass(slots=True)
class Group:
    """Things of one class that point here by one property: as a table, as passages, or as links."""

    title: str
    form: str
    entries: list[Entry] = field(default_factory=list)
    links: list[tuple[Thing, Sequence[Evidence]]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Count what is in it."""
        return len(self.entries) + len(self.links)


@dataclass(frozen=True, slots=True)
class Says:
    """What one document says of a thing."""

    source: Thing
    claims: Sequence[Claim]
    groups: Sequence[Group]


def portrait(corpus: Corpus, thing: Thing, lang: str, *, shown: Iterable[str] = ()) -> list[Says]:
    """Collect what every source says of a thing; passages whose IRI is in ``shown`` stand elsewhere on the page.

    >>> from stigraph.store import open_store
    >>> corpus = Corpus(open_store())
    >>> sicorp = corpus.by_iri["https://w3id.org/stigraph/id/programme/sicorp"]
    >>> len({says.source.iri for says in portrait(corpus, sicorp, "en")}) >= 3
    True
    """
    claims: dict[int, dict[str, list[Fact]]] = {}
    for fact in corpus.facts.get(thing.number, ()):
        if fact.predicate not in _NOT_CLAIMED:
            claims.setdefault(fact.source, {}).setdefault(fact.predicate, []).append(fact)
    groups = _groups(corpus, thing, lang, frozenset(shown))
    sources = sorted((corpus.things[number] for number in claims.keys() | groups.keys()), key=_catalogue_last)
    return [
        Says(
            source,
            [_claim(corpus, predicate, facts, lang) for predicate, facts in claims.get(source.number, {}).items()],
            groups.get(source.number, []),
        )
        for source in sources
    ]


def _catalogue_last(source: Thing) -> tuple[bool, str]:
    return source.iri == CATALOGUE, source.iri


def _claim(corpus: Corpus, predicate: str, facts: Sequence[Fact], lang: str) -> Claim:
    own = [fact for fact in facts if fact.tag == f"@{lang}"]
    plain = [fact for fact in facts if not (fact.tag or "").startswith("@")]
    kept = own + plain if own else facts
    values = [(told(corpus, fact, lang), _placed(corpus, fact)) for fact in kept]
    return Claim(predicate, corpus.word(predicate, lang), values)


def _placed(corpus: Corpus, fact: Fact) -> list[Evidence]:
    return [shown for shown in corpus.evidence.get(fact, ()) if shown.statement]


def _groups(corpus: Corpus, thing: Thing, lang: str, shown: frozenset[str]) -> dict[int, list[Group]]:
    found: dict[int, dict[tuple[str, str], Group]] = {}
    for fact in corpus.pointing.get(thing.number, ()):
        subject = corpus.things[fact.subject]
        hidden = subject.type in {"sti:Record", "sti:Discrepancy"} or subject.iri in shown
        if fact.predicate in _NOT_MENTIONED or hidden or not subject.type.startswith("sti:"):
            continue
        title = inverse_word(fact.predicate, subject.type, lang) or _plain_title(corpus, fact, subject, lang)
        form = _TABLES.get(subject.type, "entries" if subject.type in CARRIERS else "links")
        group = found.setdefault(fact.source, {}).setdefault((form, title), Group(title, form))
        if form == "links":
            group.links.append((subject, _placed(corpus, fact)))
        else:
            group.entries.append(entry(corpus, subject, lang, without=thing))
    return {source: _in_order(groups, lang) for source, groups in found.items()}


def _plain_title(corpus: Corpus, fact: Fact, subject: Thing, lang: str) -> str:
    kind, relation = corpus.word(subject.type, lang), corpus.word(fact.predicate, lang)
    return f"{kind}（{relation}）" if lang == "ja" else f"{kind} ({relation})"


def _in_order(groups: Mapping[tuple[str, str], Group], lang: str) -> list[Group]:
    for group in groups.values():
        group.entries.sort(key=_by_form.get(group.form, _by_place))
        group.links.sort(key=lambda link: (link[0].label(lang).casefold(), link[0].iri))
    return sorted(groups.values(), key=lambda group: (_ORDER.index(group.form), group.title))


def _by_place(found: Entry) -> tuple[int, str]:
    return first_line(found.evidence.locator), found.thing.iri


def _by_year(found: Entry) -> tuple[str, str, str, int, str]:
    year = found.first("sti:fiscalYear") or found.first("sti:year") or found.first("sti:asOf")
    return year, found.first("sti:valueKind"), found.first("sti:group"), *_by_place(found)


_by_form = {"budget": _by_year, "values": _by_year}
