"""From what one document says to what the index keeps of it."""

from collections.abc import Iterable, Sequence

from stigraph.store.archive import ArchivedFact, is_local, pack
from stigraph.store.index import Entry
from stigraph.vocab import ID, PREFIXES, STI, curie

__all__ = ["entry_of"]

_TYPE = PREFIXES["rdf"] + "type"
_LABEL = PREFIXES["skos"] + "prefLabel"
_RANKS = {_LABEL: 0, PREFIXES["skos"] + "notation": 1, PREFIXES["skos"] + "altLabel": 2}
_QUOTE, _DESCRIPTION = STI + "quote", PREFIXES["dcterms"] + "description"
_STEPS = {
    STI + "cites": "sti:cites",
    STI + "statedIn": "sti:statedIn",
    STI + "measures": "sti:measures",
    STI + "contributesTo": "sti:contributesTo",
    PREFIXES["dcterms"] + "isPartOf": "dcterms:isPartOf",
}
_BACKWARDS = {STI + "ministry": "^sti:ministry", STI + "agency": "^sti:agency"}
_SOURCE = "sti:Source"


def entry_of(key: str, source: str, facts: Sequence[ArchivedFact], span: tuple[str, str]) -> Entry:
    """Read from the facts of a document what the index keeps of it.

    Args:
        key: the start of the IRIs of its own things (``rs2021-mext-0123``).
        source: the IRI of its named graph.
        facts: everything that it says.
        span: the first and last day that its date may mean.

    >>> programme, statement = ID + "programme/rs-2021-mext-1", ID + "statement/rs2021-mext-1-plan-1"
    >>> cites = ArchivedFact(programme, STI + "cites", statement, None, None)
    >>> entry = entry_of("rs2021-mext-1", ID + "source/rs2021-mext-1", [cites], ("2021-04-01", "2022-03-31"))
    >>> entry.links == [(programme, statement, "sti:cites", statement)], entry.own == [statement]
    (True, True)
    """
    shared = [fact for fact in facts if not is_local(fact.subject)]
    return Entry(
        key=key,
        source=source,
        body=pack(facts),
        own=sorted({end for fact in facts for end in (fact.subject, fact.object) if is_local(end)}),
        things=_things(shared),
        names=_names(shared),
        words=[(fact.subject, fact.value) for fact in facts if _is_searched(fact) and fact.value],
        shared=[
            (fact.subject, fact.predicate, fact.object)
            for fact in shared
            if fact.object and not is_local(fact.object) and fact.predicate != _TYPE
        ],
        links=list(_links(facts)),
        occurring=sorted(_occurring(facts)),
        span=span,
    )


def _is_searched(fact: ArchivedFact) -> bool:
    """Tell whether a text is one that things are found by: a passage, or the description of a shared thing."""
    return fact.predicate == _QUOTE or (fact.predicate == _DESCRIPTION and not is_local(fact.subject))


def _things(shared: Iterable[ArchivedFact]) -> list[tuple[str, str, str | None, str | None]]:
    types: dict[str, str] = {}
    labels: dict[tuple[str, str | None], str | None] = {}
    for fact in shared:
        if fact.predicate == _TYPE:
            types[fact.subject] = curie(fact.object)
        elif fact.predicate == _LABEL:
            labels[fact.subject, fact.tag] = fact.value
    return [(iri, kind, labels.get((iri, "@ja")), labels.get((iri, "@en"))) for iri, kind in sorted(types.items())]


def _names(shared: Sequence[ArchivedFact]) -> list[tuple[str, str, str, int]]:
    """Give the names by which things are found; a sheet bears the name of its programme, and is found by its number."""
    sources = {fact.subject for fact in shared if fact.predicate == _TYPE and curie(fact.object) == _SOURCE}
    return [
        (
            fact.subject,
            fact.value or "",
            fact.tag if fact.tag and fact.tag.startswith("@") else "",
            _RANKS[fact.predicate],
        )
        for fact in shared
        if fact.predicate in _RANKS and not (fact.predicate == _LABEL and fact.subject in sources)
    ]


def _language(tag: str | None) -> str:
    return tag if tag and tag.startswith("@") else ""


def _links(facts: Iterable[ArchivedFact]) -> Iterable[tuple[str, str, str, str | None]]:
    for fact in facts:
        if fact.predicate in _BACKWARDS:
            if fact.subject.startswith(ID + "programme/"):
                yield fact.object, fact.subject, _BACKWARDS[fact.predicate], None
        elif fact.predicate in _STEPS and fact.object:
            carrier = next((end for end in (fact.object, fact.subject) if end.startswith(ID + "statement/")), None)
            yield fact.subject, fact.object, _STEPS[fact.predicate], carrier


def _occurring(facts: Iterable[ArchivedFact]) -> set[tuple[str, bool]]:
    """Collect the shared things that facts kept in the record alone speak of, and whether as their object."""
    found: set[tuple[str, bool]] = set()
    for fact in facts:
        ends = (fact.subject, False), (fact.object, True)
        if not fact.object or any(is_local(iri) for iri, _ in ends):
            found.update((iri, far) for iri, far in ends if iri.startswith(ID) and not is_local(iri))
    return found
