"""What does a query of one's own give?"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pyoxigraph as ox

from stigraph.query import QueryResult
from stigraph.store.reading import Fact, Store, Term
from stigraph.views.drafting import Draft
from stigraph.views.model import Labels, View
from stigraph.vocab import PREFIXES, curie, expand, slug

__all__ = ["result"]

_LABELS = (PREFIXES["skos"] + "prefLabel", PREFIXES["rdfs"] + "label")
_TYPE = PREFIXES["rdf"] + "type"
_TRIPLE = (("s", "p", "o"), ("subject", "predicate", "object"))


_Term = ox.NamedNode | ox.BlankNode | ox.Literal


class _Picture(NamedTuple):
    """What a result says, before the store adds what it knows: nodes, steps, and texts told of a node."""

    nodes: dict[str, _Term]
    steps: dict[tuple[str, str, str], None]
    told: dict[str, list[tuple[str, ox.Literal]]]


def result(store: Store, found: QueryResult, *, title: Labels | None = None) -> View:
    """Draw what `stigraph.query` gave.

    The triples of a CONSTRUCT or DESCRIBE are the edges; a text they give is told of their subject. In the rows of a
    SELECT each thing is tied to the next thing in its row (by a predicate, where the columns are called ``?s ?p ?o`` or
    ``?subject ?predicate ?object``), and a text is told of the thing before it, or of the first thing of its row. A
    column of texts alone is drawn as nodes where no column holds a thing. What the store knows of a thing (labels,
    facts) is added, and to an edge that the store has as a fact, its evidence.

    >>> from stigraph.query import query
    >>> from stigraph.store import open_store
    >>> store = open_store()
    >>> graph = result(store, query(store, "CONSTRUCT WHERE { programme:sicorp sti:agency ?agency }"))
    >>> sorted(data["predicate"] for *_, data in graph.edges(data=True))
    ['sti:agency', 'sti:agency']
    """
    picture = _of_rows(found.variables, found.rows) if found.triples is None else _of_triples(found.triples)
    view = _known(store, picture, _sentence(found, picture), title or {"ja": "検索結果", "en": "Result of a query"})
    _add_unknown(view, picture)
    for key, texts in picture.told.items():
        view.nodes[key]["facts"] = [*map(_told, texts), *view.nodes[key]["facts"]]
    return view


def _sentence(found: QueryResult, picture: _Picture) -> Labels:
    if found.answer is not None:
        return {
            "ja": f"この問いの答えは{'「はい」' if found.answer else '「いいえ」'}で、図に描くものはない。",
            "en": f"The answer is {'yes' if found.answer else 'no'}; there is nothing to draw.",
        }
    if not picture.nodes:
        return {
            "ja": "この検索に当てはまるものはなく、図に描くものはない。",
            "en": "Nothing matches the query, so there is nothing to draw.",
        }
    count = len(found.rows) if found.triples is None else len(found.triples)
    units = ("行", "row") if found.triples is None else ("個の三つ組", "triple")
    things, steps = len(picture.nodes), len(picture.steps)
    return {
        "ja": f"検索結果{count}{units[0]}に現れるもの{things}件と、その間のつながり{steps}件。",
        "en": f"{_many(things, 'thing')} and {_many(steps, 'link')} in {_many(count, units[1])} of a query's result.",
    }


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _key(term: _Term) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _of_triples(triples: Iterable[ox.Triple]) -> _Picture:
    picture = _Picture({}, {}, {})
    for triple in triples:
        subject, value = triple.subject, triple.object
        if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
            continue
        picture.nodes.setdefault(_key(subject), subject)
        if isinstance(value, ox.Literal):
            picture.told.setdefault(_key(subject), []).append((triple.predicate.value, value))
        elif triple.predicate.value == _TYPE:
            picture.told.setdefault(_key(subject), []).append((_TYPE, ox.Literal(_key(value))))
        else:
            picture.nodes.setdefault(_key(value), value)
            picture.steps[_key(subject), _key(value), curie(triple.predicate.value)] = None
    return picture


def _of_rows(variables: Sequence[str], rows: Sequence[Sequence[Any]]) -> _Picture:
    if tuple(variables) in _TRIPLE:
        triples = [ox.Triple(*row) for row in rows if _is_triple(row)]
        if len(triples) == len(rows):
            return _of_triples(triples)
    things = any(isinstance(value, ox.NamedNode | ox.BlankNode) for row in rows for value in row)
    picture = _Picture({}, {}, {})
    for row in rows:
        cells = [
            (name, value)
            for name, value in zip(variables, row, strict=True)
            if value is not None and not isinstance(value, ox.Triple)
        ]
        _add_row(picture, cells, things=things)
    return picture


def _is_triple(row: Sequence[Any]) -> bool:
    subject, predicate, value = row
    return (
        isinstance(subject, ox.NamedNode | ox.BlankNode)
        and isinstance(predicate, ox.NamedNode)
        and isinstance(value, ox.NamedNode | ox.BlankNode | ox.Literal)
    )


def _add_row(picture: _Picture, cells: list[tuple[str, _Term]], *, things: bool) -> None:
    """Tie the things of a row in their order, and tell its texts of the thing before them."""
    drawn = [(name, value) for name, value in cells if not isinstance(value, ox.Literal)] if things else cells[:1]
    for _, value in drawn:
        picture.nodes.setdefault(_key(value), value)
    for (name, value), (next_name, next_value) in pairwise(drawn):
        picture.steps[_key(value), _key(next_value), f"{name} → {next_name}"] = None
    nearest = _key(drawn[0][1]) if drawn else None
    for name, value in cells:
        if (name, value) in drawn:
            nearest = _key(value)
        elif nearest is not None and isinstance(value, ox.Literal):
            told = picture.told.setdefault(nearest, [])
            told += [(name, value)] if (name, value) not in told else []


def _known(store: Store, picture: _Picture, sentence: Labels, title: Labels) -> View:
    """Draw what the store knows, with the evidence of every step that it has as a fact."""
    draft = Draft(store)
    numbers = {key: number for key in picture.nodes if (number := store.number(key)) is not None}
    for number in numbers.values():
        draft.node(number)
    between = _facts_between(store, numbers.values())
    for source, target, name in picture.steps:
        if source in numbers and target in numbers:
            ends = numbers[source], numbers[target]
            facts = between.get(ends, []) + ([] if expand(name) else between.get(ends[::-1], []))
            draft.edge(*ends, name, facts=[fact for fact in facts if not expand(name) or fact.predicate == name])
    return draft.finish("result", title=title, sentence=sentence)


def _facts_between(store: Store, numbers: Iterable[Term]) -> Mapping[tuple[Term, Term], list[Fact]]:
    known = set(numbers)
    facts: dict[tuple[Term, Term], list[Fact]] = {}
    for fact in store.facts_of(known):
        if fact.object in known:
            facts.setdefault((fact.subject, fact.object), []).append(fact)
    return facts


def _add_unknown(view: View, picture: _Picture) -> None:
    """Add what only the result speaks of: things of elsewhere, blank nodes, texts."""
    for key, term in picture.nodes.items():
        if key not in view:
            view.add_node(key, **_stranger(key, term, picture.told.get(key, [])))
    for source, target, name in picture.steps:
        if not view.has_edge(source, target, key=name):
            view.add_edge(source, target, key=name, predicate=name, evidence=[])


def _stranger(key: str, term: _Term, told: Iterable[tuple[str, ox.Literal]]) -> dict[str, Any]:
    labels = {value.language or "ja": value.value for name, value in told if name in _LABELS}
    if isinstance(term, ox.Literal):
        labels, kind = {term.language or "ja": term.value}, "rdfs:Literal"
    else:
        types = sorted(value.value for name, value in told if name == _TYPE)
        kind = curie(types[0]) if types else "rdfs:Resource"
    named = labels or {"ja": slug(key.rstrip("/#")) or key}
    return {
        "type": kind,
        "label": next(iter(named.values())),
        "labels": named,
        "names": [curie(key), *labels.values()],
        "facts": [],
        "evidence": [],
        "flags": [],
    }


def _told(text: tuple[str, ox.Literal]) -> dict[str, str | None]:
    name, value = text
    return {
        "property": curie(name),
        "value": value.value,
        "thing": None,
        "lang": value.language,
        "document": None,
        "locator": None,
    }
