"""Where policy, passages and programmes stand in a picture that runs from old policy at the left to programmes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import networkx as nx

from stigraph.classes import DOCUMENTS, PARTNERS
from stigraph.store.reading import Store, Term
from stigraph.views.model import Labels
from stigraph.views.timeline import UNDATED, timeline

__all__ = ["arrange", "dates_of", "depths"]

_RUNNING: Sequence[tuple[tuple[str, ...], Labels]] = [
    (("sti:Programme", "sti:Project"), {"ja": "事業・課題", "en": "programmes and projects"}),
    (("sti:Indicator",), {"ja": "指標", "en": "indicators"}),
]
_BODIES: Labels = {"ja": "所管・実施機関", "en": "ministries and agencies"}
_PARTNER: Labels = {"ja": "相手国・枠組み", "en": "partners"}
_OBJECTIVES: Labels = {"ja": "その目標・項目", "en": "its objectives"}
_PART: Labels = {"ja": "その一部", "en": "parts of them"}
_UNCITED: Labels = {"ja": "事業に引かれていない記述", "en": "passages that no programme cites"}
_UNPLACED: Labels = {"ja": "目標", "en": "objectives"}


class _Place(NamedTuple):
    """A column by its order: the zone, the column of the zone, and how far from the things that stand in it first."""

    zone: int
    column: int
    depth: int


class _Columns:
    """The things of a picture by class, and the steps between them."""

    def __init__(self, store: Store, types: Mapping[Term, str], steps: Iterable[tuple[Term, Term]]) -> None:
        self.store = store
        self.types = types
        self.steps = list(steps)
        self.places: dict[Term, _Place] = {}
        self.headings: dict[_Place, Labels] = {}

    def of(self, *types: str) -> list[Term]:
        return [number for number, type_ in self.types.items() if type_ in types]

    def put(self, number: Term, place: _Place, heading: Labels) -> None:
        self.places[number] = place
        self.headings.setdefault(place, heading)

    def within(self, numbers: Iterable[Term]) -> list[tuple[Term, Term]]:
        known = set(numbers)
        return [step for step in self.steps if known.issuperset(step)]


def depths(numbers: Iterable[Term], steps: Iterable[tuple[Term, Term]]) -> dict[Term, int]:
    """Count for each thing the longest way over steps between these things to one from which none leads on.

    >>> depths([1, 2, 3, 4], [(3, 2), (2, 1), (3, 1)])
    {1: 0, 4: 0, 2: 1, 3: 2}
    """
    known = set(numbers)
    graph = nx.DiGraph((target, source) for source, target in steps if known.issuperset((source, target)))
    graph.add_nodes_from(sorted(known))
    whole = nx.condensation(graph)
    found = {
        number: depth
        for depth, circles in enumerate(nx.topological_generations(whole))
        for circle in circles
        for number in whole.nodes[circle]["members"]
    }
    return dict(sorted(found.items(), key=lambda item: (item[1], item[0])))


def arrange(
    store: Store, types: Mapping[Term, str], steps: Iterable[tuple[Term, Term]]
) -> tuple[dict[Term, int], list[Labels]]:
    """Give each thing a column: policy by its date, passages by their page, then programmes, then bodies.

    Args:
        store: an open store.
        types: the class of each thing, as a CURIE.
        steps: the edges, from the programme's side towards policy.

    >>> from stigraph.names import resolve
    >>> from stigraph.store import open_store
    >>> store = open_store()
    >>> plan, sicorp = resolve(store, "5th Basic Plan"), resolve(store, "SICORP")
    >>> [layer["en"] for layer in arrange(store, {thing.number: thing.type for thing in (plan, sicorp)}, [])[1]]
    ['2016', 'programmes and projects']
    """
    columns = _Columns(store, types, steps)
    _place_policy(columns)
    _place_passages(columns)
    _place_others(columns)
    ordered = {place: layer for layer, place in enumerate(sorted(columns.headings))}
    layers = [columns.headings[place] for place in ordered]
    return {number: ordered[place] for number, place in columns.places.items()}, layers


def dates_of(store: Store, documents: Iterable[Term]) -> dict[Term, str | int | None]:
    """Give the finest date that is printed for each document; for a source its day of issue or its fiscal year."""
    dates: dict[Term, str | int | None] = dict.fromkeys(documents)
    for fact in store.facts_of(dates, ["sti:decidedOn", "sti:fiscalYear"]):
        known, value = dates[fact.subject], fact.value or ""
        if fact.predicate == "sti:fiscalYear":
            dates[fact.subject] = int(value)
        elif not isinstance(known, int) and len(value) > len(known or ""):
            dates[fact.subject] = value
    return dates


def _place_policy(columns: _Columns) -> None:
    """Put documents along their dates; an objective right of what it is part of."""
    documents, objectives = columns.of(*DOCUMENTS), columns.of("sti:Objective")
    times = timeline(dates_of(columns.store, documents), apart=columns.within(documents))
    for number in documents:
        column = times.column[number]
        columns.put(number, _Place(1, column, 0), times.layers[column])
    homes = _homes(columns, documents, objectives)
    below = depths(objectives, columns.steps)
    for number in objectives:
        home = homes.get(number)
        if home is None:
            columns.put(number, _Place(0, 1, below[number]), _UNPLACED if not below[number] else _PART)
        else:
            column = times.column[home]
            heading = _PART if below[number] else _objectives(times.layers[column])
            columns.put(number, _Place(1, column, 1 + below[number]), heading)


def _objectives(date: Labels) -> Labels:
    if date == UNDATED:
        return _OBJECTIVES
    return {"ja": f"{date['ja']}の文書の目標・項目", "en": f"objectives of {date['en']}"}


def _homes(columns: _Columns, documents: Iterable[Term], objectives: Iterable[Term]) -> dict[Term, Term]:
    """Find the document of each objective, by the steps upward."""
    homes = {number: number for number in documents}
    part_of = columns.within([*documents, *objectives])
    for _ in range(len(part_of)):
        found = {source: homes[target] for source, target in part_of if source not in homes and target in homes}
        if not found:
            break
        homes |= found
    return homes


def _place_passages(columns: _Columns) -> None:
    """Put a passage in the column of its page; one that documents alone cite, beside the oldest of them."""
    passages = columns.of("sti:Statement")
    origins = {
        fact.subject: fact.object
        for fact in columns.store.facts_of(passages, ["prov:wasDerivedFrom"])
        if fact.object is not None
    }
    years = dates_of(columns.store, set(origins.values()))
    times = timeline({number: years.get(origins.get(number, -1)) for number in passages})
    citers: dict[Term, list[Term]] = {}
    for source, target in columns.steps:
        if columns.types[target] == "sti:Statement":
            citers.setdefault(target, []).append(source)
    for number in passages:
        column = times.column[number]
        by = citers.get(number, [])
        if by and all(columns.types[citer] in DOCUMENTS for citer in by):
            first = min(columns.places[citer] for citer in by)
            columns.put(number, first._replace(depth=-1), _quoted(columns.headings[first]))
        elif by or not citers:
            columns.put(number, _Place(2, column, 0), _printed(times.layers[column]))
        else:
            columns.put(number, _Place(2, column, -1), _UNCITED)


def _quoted(date: Labels) -> Labels:
    return {"ja": f"{date['ja']}の文書が引く記述", "en": f"cited by documents of {date['en']}"}


def _printed(date: Labels) -> Labels:
    if date == UNDATED:
        return {"ja": "記述", "en": "passages"}
    return {"ja": f"{date['ja']}の資料の記述", "en": f"passages on {date['en']} pages"}


def _place_others(columns: _Columns) -> None:
    """Put partners left of all, programmes, indicators and bodies at the right."""
    for number in columns.of(*PARTNERS):
        columns.put(number, _Place(0, 0, 0), _PARTNER)
    for zone, (types, heading) in enumerate(_RUNNING, start=3):
        for number, depth in depths(columns.of(*types), columns.steps).items():
            columns.put(number, _Place(zone, 0, depth), _PART if depth else heading)
    for number in columns.types:
        if number not in columns.places:
            columns.put(number, _Place(9, 0, 0), _BODIES)
