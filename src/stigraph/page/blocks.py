"""The two blocks of data in a page: what the picture needs at once, and what is read when someone asks for it."""

from collections.abc import Callable, Iterable, Mapping
from math import inf
from typing import Any

from stigraph.page.colours import looks_of_classes, looks_of_relations
from stigraph.page.content import Content, Edge, Node
from stigraph.page.layout import Placement
from stigraph.page.text import labels, mappings, number, shown
from stigraph.vocab import CATALOGUE

__all__ = ["details_block", "edge_is_inferred", "graph_block"]

_FIRST_NODES, _FIRST_EDGES, _FEWEST = 1500, 5000, 60
_CONTRACT = frozenset(
    {"type", "label", "labels", "names", "facts", "evidence", "flags", "layer", "weight", "measures", "bundle"}
)
_SAFE = ("http://", "https://")


class _Order(dict[str, int]):
    """Numbers names in the order in which they are first asked for."""

    def __missing__(self, name: str) -> int:
        place = self[name] = len(self)
        return place


def graph_block(content: Content, placement: Placement, lang: str) -> dict[str, Any]:
    """Give what the picture needs."""
    classes, relations, flags = _Order(), _Order(), _Order()
    node_classes = [classes[node.type] for node in content.nodes]
    edge_relations = [relations[edge.relation] for edge in content.edges]
    flagged = {place: [flags[flag] for flag in node.flags] for place, node in enumerate(content.nodes) if node.flags}
    columns = zip(content.layers, placement.columns, strict=True) if placement.columns else ()
    return {
        "view": content.view,
        "lang": lang,
        "title": content.title,
        "sentence": content.sentence,
        "arrangement": content.arrangement,
        "directed": content.directed,
        "documents": [content.word(source) for source in content.sources],
        "layers": [{"x": x, "label": label} for label, x in columns],
        "classes": _class_looks(content, classes),
        "relations": _relation_looks(content, relations),
        "flags": [{"id": flag, "label": content.word(flag)} for flag in flags],
        "nodes": {
            "id": [node.id for node in content.nodes],
            "class": node_classes,
            "ja": [node.ja for node in content.nodes],
            "en": [node.en for node in content.nodes],
            "x": placement.x,
            "y": placement.y,
            "size": placement.sizes,
            "flags": flagged,
        },
        "edges": {
            "from": [edge.source for edge in content.edges],
            "to": [edge.target for edge in content.edges],
            "relation": edge_relations,
            "caption": {place: edge.caption for place, edge in enumerate(content.edges) if edge.caption},
            "inferred": [place for place, edge in enumerate(content.edges) if edge_is_inferred(edge)],
        },
        "first": _first(content),
        "root": content.root,
    }


def _first(content: Content) -> int:
    """Say how many nodes are drawn at once: as many as are still quick, with the edges between them."""
    later = [0] * len(content.nodes)
    for edge in content.edges:
        later[max(edge.source, edge.target)] += 1
    drawn = 0
    for place, more in enumerate(later[: min(_FIRST_NODES, content.first)]):
        drawn += more
        if drawn > _FIRST_EDGES and place >= _FEWEST:
            return place
    return min(_FIRST_NODES, content.first)


def _class_looks(content: Content, classes: Iterable[str]) -> list[dict[str, Any]]:
    classes = list(classes)
    looks = looks_of_classes(classes)
    return [
        {
            "id": name,
            "label": content.word(name),
            "shape": looks[name].shape,
            "color": looks[name].light,
            "dark": looks[name].dark,
        }
        for name in classes
    ]


def _relation_looks(content: Content, relations: Iterable[str]) -> list[dict[str, Any]]:
    relations = list(relations)
    looks = looks_of_relations(relations)
    return [
        {"id": name, "label": content.word(name), "color": looks[name][0], "dark": looks[name][1], "dashes": False}
        for name in relations
    ]


def edge_is_inferred(edge: Edge) -> bool:
    """Tell whether nothing that is printed says so: every basis that is given is another than ``Stated``."""
    bases = {item.get("basis") for item in edge.evidence} - {None}
    return bool(bases) and "Stated" not in bases


def details_block(content: Content) -> dict[str, Any]:
    """Give what the details panel, the search by other names and the table need."""
    return _Details(content).block()


class _Details:
    """Numbers documents, words and passages, so that each is written once."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.documents, self.words = _Order(), _Order()
        self.passages: dict[tuple[Any, ...], int] = {}
        self.nodes = {node.id: place for place, node in enumerate(content.nodes)}

    def block(self) -> dict[str, Any]:
        """Number everything, then list what was numbered."""
        content = self.content
        facts = self._by_place(self._facts)
        node_passages = self._by_place(lambda node: self._interned(mappings(node.attributes.get("evidence"))))
        edge_passages = {p: self._interned(edge.evidence) for p, edge in enumerate(content.edges) if edge.evidence}
        names = self._by_place(_other_names)
        return {
            "documents": [
                {"id": iri, **content.word(iri), "link": _link(content.links.get(iri))} for iri in self.documents
            ],
            "words": [{"id": name, **content.word(name)} for name in self.words],
            "names": names,
            "facts": facts,
            "passages": list(self.passages),
            "nodePassages": node_passages,
            "edgePassages": edge_passages,
            "measures": _measures(content),
            "charts": [
                {"node": self.nodes.get(shown(chart.get("about"))), "title": labels(chart.get("title"))}
                for chart in content.charts
            ],
        }

    def _by_place(self, read: Callable[[Node], list[Any]]) -> dict[int, list[Any]]:
        return {place: told for place, node in enumerate(self.content.nodes) if (told := read(node))}

    def _facts(self, node: Node) -> list[Any]:
        rows = [self._fact(item) for item in mappings(node.attributes.get("facts"))]
        rest = node.attributes.keys() - _CONTRACT
        for name in [name for name in node.attributes if name in rest]:
            rows.append([self.words[shown(name)], shown(node.attributes[name]), None, None, None, None, None])
        return rows

    def _fact(self, item: Mapping[str, Any]) -> list[Any]:
        thing = item.get("thing")
        place = self.nodes.get(thing) if isinstance(thing, str) else None
        return [
            self.words[shown(item.get("property"))],
            "" if thing else shown(item.get("value")),
            place,
            self.words[shown(thing)] if thing and place is None else None,
            self._document(item.get("document")),
            _text_or_none(item.get("locator")),
            _text_or_none(item.get("lang")),
        ]

    def _document(self, iri: Any) -> int | None:
        return self.documents[shown(iri)] if iri and iri != CATALOGUE else None

    def _interned(self, evidence: Iterable[Mapping[str, Any]]) -> list[int]:
        places: dict[int, None] = {}
        for item in evidence:
            places[self.passages.setdefault(self._passage(item), len(self.passages))] = None
        return list(places)

    def _passage(self, item: Mapping[str, Any]) -> tuple[Any, ...]:
        basis, statement, document = item.get("basis"), item.get("statement"), item.get("document")
        links = self.content.links
        return (
            _text_or_none(statement),
            self._document(document),
            _text_or_none(item.get("locator")),
            _text_or_none(item.get("quote")),
            _text_or_none(item.get("citedAs")),
            self.words[f"sti:{shown(basis)}"] if basis else None,
            _text_or_none(item.get("note")),
            _link(links.get(statement) if isinstance(statement, str) else None),
        )


def _other_names(node: Node) -> list[str]:
    told = node.attributes.get("names")
    names = map(shown, told) if isinstance(told, (list, tuple)) else ()
    return [name for name in dict.fromkeys(names) if name and name not in (node.ja, node.en)]


def _text_or_none(value: Any) -> str | None:
    return None if value is None else shown(value) or None


def _link(value: Any) -> str | None:
    text = shown(value)
    return text if text.startswith(_SAFE) else None


def _measures(content: Content) -> dict[str, Any] | None:
    """Give a row of numbers for each node; what has no number has none."""
    if not content.measures:
        return None
    columns = [shown(measure.get("id")) for measure in content.measures]
    rows = [
        [_figure(_mapping(node.attributes.get("measures")).get(name)) for name in columns] for node in content.nodes
    ]
    named = [labels(measure.get("label"), name) for measure, name in zip(content.measures, columns, strict=True)]
    return {"columns": [{"id": n, "label": label} for n, label in zip(columns, named, strict=True)], "rows": rows}


def _figure(value: Any) -> float | None:
    told = number(value, inf)
    if told == inf:
        return None
    return int(told) if told.is_integer() else told


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
