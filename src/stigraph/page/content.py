"""What a page shows, read from any networkx graph: everything as text, in the order of its importance."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from stigraph.page.text import labels, mappings, name_of, number, shown

__all__ = ["Content", "Edge", "Node", "content_of"]

NO_CLASS = ""
LINK = "link"
_NAMELESS = {NO_CLASS: {"ja": "種別なし", "en": "no class"}, LINK: {"ja": "つながり", "en": "link"}}
_LAID = "layered"

_Row = tuple[Hashable, Hashable, Any, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Node:
    """A node as it is shown; ``attributes`` are those of the graph, unread."""

    id: str
    type: str
    ja: str
    en: str
    flags: Sequence[str]
    layer: int
    weight: float
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge as it is shown, between nodes by their place in the order."""

    source: int
    target: int
    relation: str
    caption: Mapping[str, str] | None
    evidence: Sequence[Mapping[str, Any]]
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """A graph as it is shown: nodes by importance, edges as the graph gives them, and what is said of the whole."""

    view: str
    title: Mapping[str, str]
    sentence: Mapping[str, str]
    arrangement: str
    directed: bool
    layers: Sequence[Mapping[str, str]]
    sources: Sequence[str]
    words: Mapping[str, Any]
    links: Mapping[str, Any]
    charts: Sequence[Mapping[str, Any]]
    measures: Sequence[Mapping[str, Any]]
    root: int | None
    first: int
    nodes: Sequence[Node]
    edges: Sequence[Edge]
    degrees: Sequence[int]

    def word(self, name: str) -> dict[str, str]:
        """Say what a class, relation, document or concept is called; of an inverse relation, that it is one."""
        if name in _NAMELESS and name not in self.words:
            return dict(_NAMELESS[name])
        plain = name.removeprefix("^")
        told = labels(self.words.get(plain), _last_part(plain))
        if plain == name:
            return told
        return {"ja": f"{told['ja']}（逆向き）", "en": f"{told['en']} (inverse)"}


def _last_part(name: str) -> str:
    if name.startswith(("http://", "https://")):
        return name_of(name)
    prefix, colon, local = name.partition(":")
    return local if colon and local and prefix.isalnum() else name


def content_of(graph: "nx.Graph", *, most: int | None = None) -> Content:
    """Read a graph, or only so many of its nodes, the most important; the graph is not changed.

    >>> import networkx as nx
    >>> content = content_of(nx.path_graph(3))
    >>> [node.ja for node in content.nodes], len(content.edges)
    (['1', '0', '2'], 2)
    """
    about: Mapping[Any, Any] = graph.graph
    rows = _rows(graph)
    degrees = dict.fromkeys(graph, 0)
    for source, target, *_ in rows:
        degrees[source] += 1
        degrees[target] += 1
    root = about.get("root")
    order = _by_importance(graph, degrees, root)[:most]
    places = {node: place for place, node in enumerate(order)}
    layers = [labels(layer) for layer in _listed(about.get("layers"))]
    names = _unique(map(shown, order))
    nodes = [_node(name, graph.nodes[node], len(layers)) for node, name in zip(order, names, strict=True)]
    title = labels(about.get("title") or about.get("name"))
    return Content(
        view=shown(about.get("view")),
        title=title if title["ja"] else {"ja": "グラフ", "en": "Graph"},
        sentence=labels(about.get("sentence")),
        arrangement=_LAID if about.get("arrangement") == _LAID and layers else "force",
        directed=graph.is_directed(),
        layers=layers,
        sources=[shown(source) for source in _listed(about.get("sources"))],
        words=_mapping(about.get("words")),
        links=_mapping(about.get("links")),
        charts=mappings(about.get("charts")),
        measures=mappings(about.get("measures")),
        root=places.get(root) if isinstance(root, Hashable) else None,
        first=_first(about.get("drawn_from"), nodes),
        nodes=nodes,
        edges=list(_edges(rows, places)),
        degrees=[degrees[node] for node in order],
    )


def _first(drawn_from: Any, nodes: Sequence[Node]) -> int:
    """Say with how many nodes the picture begins: with all, unless the graph says from which weight on."""
    least = number(drawn_from, 0.0)
    return sum(node.weight >= least for node in nodes) or len(nodes)


def _by_importance(graph: "nx.Graph", degrees: Mapping[Hashable, int], root: Any) -> list[Hashable]:
    """Order the nodes: the root, then by weight, by degree, and as the graph has them."""

    def rank(item: tuple[Hashable, Mapping[str, Any]]) -> tuple[bool, float, int]:
        node, attributes = item
        return node != root, -number(attributes.get("weight"), 1.0), -degrees[node]

    return [node for node, _ in sorted(graph.nodes(data=True), key=rank)]


def _unique(names: Iterable[str]) -> Iterator[str]:
    """Yield each name once as it is, and made different where it comes again."""
    turns: dict[str, int] = {}
    for name in names:
        told = name
        while told in turns:
            turns[name] += 1
            told = f"{name} ({turns[name]})"
        turns[told] = 1
        yield told


def _node(name: str, attributes: Mapping[str, Any], layers: int) -> Node:
    told = attributes.get("labels")
    called = labels(told if isinstance(told, (dict, Mapping, str)) else None)
    if not called["ja"].strip():
        called = labels(shown(attributes.get("label")).strip(), name_of(name))
    return Node(
        id=name,
        type=shown(attributes.get("type")),
        ja=called["ja"],
        en="" if called["en"] == called["ja"] else called["en"],
        flags=tuple(map(shown, _listed(attributes.get("flags")))),
        layer=min(max(int(number(attributes.get("layer"), 0)), 0), layers - 1) if layers else 0,
        weight=number(attributes.get("weight"), 1.0),
        attributes=attributes,
    )


def _rows(graph: "nx.Graph") -> list[_Row]:
    if graph.is_multigraph():
        return list(graph.edges(keys=True, data=True))
    return [(source, target, None, attributes) for source, target, attributes in graph.edges(data=True)]


def _edges(rows: Iterable[_Row], places: Mapping[Hashable, int]) -> Iterator[Edge]:
    for source, target, key, attributes in rows:
        if source not in places or target not in places:
            continue
        relation = attributes.get("predicate")
        if relation is None:
            relation = key if isinstance(key, str) else attributes.get("type", attributes.get("label", LINK))
        caption = attributes.get("caption")
        yield Edge(
            places[source],
            places[target],
            shown(relation),
            labels(caption) if caption else None,
            mappings(attributes.get("evidence")),
            attributes,
        )


def _listed(value: Any) -> Sequence[Any]:
    if isinstance(value, (list, tuple)):
        return value
    if isinstance(value, (set, frozenset)):
        return sorted(value, key=str)
    return ()


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
