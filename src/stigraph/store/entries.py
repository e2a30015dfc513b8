"""From what one document says to what the index keeps of it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from stigraph.store.archive import CITED, Triple, is_local, pack, triples_in
from stigraph.store.sheet_rows import Entry
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

_PHASE, _PAYEE, _PART_OF = STI + "phase", STI + "payee", PREFIXES["dcterms"] + "isPartOf"
_AMOUNT, _YEAR, _NOTE = STI + "amount", STI + "fiscalYear", PREFIXES["skos"] + "note"
_Ends = tuple[str, str, str]


def entry_of(key: str, source: str, text: str, span: tuple[str, str]) -> Entry:
    r"""Read from the triples of a document what the index keeps of it.

    Args:
        key: the start of the IRIs of its own things (``rs2021-mext-0123``).
        source: the IRI of its named graph.
        text: everything that it says, as lines of N-Triples; of each thing of its own it gives the class.
        span: the first and last day that its date may mean.

    >>> programme, statement = ID + "programme/rs-2021-mext-1", ID + "statement/rs2021-mext-1-plan-1"
    >>> text = f"<{programme}> <{STI}cites> <{statement}> .\n"
    >>> entry = entry_of("rs2021-mext-1", ID + "source/rs2021-mext-1", text, ("2021-04-01", "2022-03-31"))
    >>> entry.links == [(programme, statement, "sti:cites", statement)], entry.own
    (True, [])
    """
    own, shared = _parted(text)
    between = [(one.subject, one.predicate, one.object) for one in shared if one.object]
    money = _Money(own)
    return Entry(
        key=key,
        source=source,
        body=pack(text),
        own=sorted({end for ends in (*own.ends, *between) for end in (ends[0], ends[2]) if is_local(end)}),
        things=_things(shared),
        names=_names(shared),
        words=[(one.subject, one.value) for one in (*_described(shared), *own.passages) if one.value],
        shared=[ends for ends in between if not is_local(ends[2]) and ends[1] != _TYPE],
        told=[
            (one.subject, one.predicate, one.value or "", one.tag or "")
            for one in shared
            if not one.object and one.subject.startswith(CITED)
        ],
        links=[*_links(between), *_links(own.ends)],
        occurring=sorted(_occurring(own.ends, shared)),
        span=span,
        ministry=next((far for near, step, far in between if _BACKWARDS.get(step) == "^sti:ministry"), None),
        budgets=money.budgets(),
        payments=money.payments(),
    )


class _Own(NamedTuple):
    """What a document says of things of its own, most of all that it says: only this is looked at.

    Attributes:
        ends: subject, predicate and object of the triples between two things.
        passages: what is quoted.
        numbers: amounts and fiscal years, by predicate and subject.
        noted: the things that bear a note.
    """

    ends: list[_Ends]
    passages: list[Triple]
    numbers: dict[str, dict[str, int]]
    noted: set[str]


def _parted(text: str) -> tuple[_Own, list[Triple]]:
    """Part the lines of a document by whose they are; what it says of shared things is read whole."""
    own = _Own([], [], {_AMOUNT: {}, _YEAR: {}}, set())
    shared = []
    for line in text.split("\n")[:-1]:
        near, step, far = line.split(" ", 2)
        subject, predicate = near[1:-1], step[1:-1]
        if not is_local(subject):
            shared.append(line)
        elif far.startswith("<"):
            own.ends.append((subject, predicate, far[1:-3]))
        elif predicate in own.numbers:
            own.numbers[predicate][subject] = int(far.split('"', 2)[1])
        elif predicate == _QUOTE:
            own.passages.extend(triples_in(line))
        elif predicate == _NOTE:
            own.noted.add(subject)
    return own, triples_in("\n".join(shared))


class _Money:
    """The amounts of one document."""

    def __init__(self, own: _Own) -> None:
        self._ends: dict[str, dict[str, str]] = {_PHASE: {}, _PAYEE: {}, _PART_OF: {}}
        for subject, predicate, object_ in own.ends:
            if predicate in self._ends:
                self._ends[predicate][subject] = object_
        self._years, self._amounts = own.numbers[_YEAR], own.numbers[_AMOUNT]
        self._doubtful = own.noted

    def budgets(self) -> list[tuple[int, int, str]]:
        """Give fiscal year, yen and phase of each budget line that is not a part of another."""
        phases, parts = self._ends[_PHASE], self._ends[_PART_OF]
        return [(*self._dated(line), curie(phase)) for line, phase in phases.items() if line not in parts]

    def payments(self) -> list[tuple[int, int, str]]:
        """Give fiscal year, yen and payee of each payment of a printed amount to a known body, but for noted ones."""
        return [
            (*self._dated(transfer), payee)
            for transfer, payee in self._ends[_PAYEE].items()
            if transfer in self._amounts and transfer not in self._doubtful
        ]

    def _dated(self, node: str) -> tuple[int, int]:
        return self._years[node], self._amounts[node]


def _described(shared: Iterable[Triple]) -> Iterator[Triple]:
    return (one for one in shared if one.predicate in {_QUOTE, _DESCRIPTION})


def _things(shared: Iterable[Triple]) -> list[tuple[str, str, str | None, str | None]]:
    types: dict[str, str] = {}
    labels: dict[tuple[str, str | None], str | None] = {}
    for one in shared:
        if one.predicate == _TYPE:
            types[one.subject] = curie(one.object)
        elif one.predicate == _LABEL:
            labels[one.subject, one.tag] = one.value
    return [(iri, kind, labels.get((iri, "@ja")), labels.get((iri, "@en"))) for iri, kind in sorted(types.items())]


def _names(shared: Sequence[Triple]) -> list[tuple[str, str, str, int]]:
    """Give the names by which things are found; a sheet bears the name of its programme, and is found by its number."""
    sources = {one.subject for one in shared if one.predicate == _TYPE and curie(one.object) == _SOURCE}
    return [
        (one.subject, one.value or "", one.tag if one.tag and one.tag.startswith("@") else "", _RANKS[one.predicate])
        for one in shared
        if one.predicate in _RANKS and not (one.predicate == _LABEL and one.subject in sources)
    ]


def _links(ends: Iterable[_Ends]) -> Iterator[tuple[str, str, str, str | None]]:
    for subject, predicate, object_ in ends:
        if predicate in _BACKWARDS:
            if subject.startswith(ID + "programme/"):
                yield object_, subject, _BACKWARDS[predicate], None
        elif predicate in _STEPS:
            carrier = next((end for end in (object_, subject) if end.startswith(ID + "statement/")), None)
            yield subject, object_, _STEPS[predicate], carrier


def _occurring(own: Iterable[_Ends], shared: Iterable[Triple]) -> set[tuple[str, bool]]:
    """Collect the shared things that facts kept in the record alone speak of, and whether as their object."""
    ends = {(object_, True) for _, _, object_ in own}
    ends.update(
        (one.subject, False)
        for one in shared
        if is_local(one.object) or not (one.object or one.subject.startswith(CITED))
    )
    return {(iri, far) for iri, far in ends if iri.startswith(ID) and not is_local(iri)}
