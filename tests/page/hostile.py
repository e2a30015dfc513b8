"""Hostile strings, and a graph that holds one in every place that data can reach.

The strings stand in ``hostile.jsonl``, one a line, with the kind of harm they try. Those that are code call ``__ran``,
which the browser tests define and which must never be called.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import networkx as nx

__all__ = ["HOSTILE", "Hostile", "hostile_graph", "places"]

_NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Hostile(NamedTuple):
    """One hostile string and the kind of harm it tries."""

    kind: str
    text: str

    @property
    def printed(self) -> str:
        """The string as a page can hold it: control characters and half surrogate pairs are no text."""
        return _NO_TEXT.sub("\ufffd", self.text)


HOSTILE = [
    Hostile(**json.loads(line))
    for line in Path(__file__).with_name("hostile.jsonl").read_text(encoding="ascii").splitlines()
]

_BOTH = {"ja": "日本語", "en": "English"}
_GRAPH: dict[str, Any] = {
    "view": "view",
    "title": _BOTH,
    "sentence": _BOTH,
    "lang": "lang",
    "name": "name",
    "heading": "heading",
    "bgcolor": "colour",
    "charts": [],
}
_PASSAGE = {
    "statement": "statement",
    "document": "document",
    "locator": "locator",
    "quote": "quote",
    "citedAs": "cited as",
    "basis": "basis",
    "note": "note",
}
_FACT = {
    "property": "property",
    "value": "value",
    "thing": "thing",
    "lang": "language",
    "document": "document",
    "locator": "locator",
}
_NODE: dict[str, Any] = {
    "type": "type",
    "label": "label",
    "labels": _BOTH,
    "names": ["name"],
    "facts": [_FACT, _FACT | {"thing": None}],
    "evidence": [_PASSAGE],
    "flags": ["flag"],
    "title": "title",
    "group": "group",
    "color": "colour",
    "shape": "shape",
    "image": "image",
    "font": "font",
    "url": "url",
    "href": "href",
    "style": "style",
    "onclick": "handler",
}
_EDGE: dict[str, Any] = {
    "predicate": "predicate",
    "caption": _BOTH,
    "evidence": [_PASSAGE],
    "label": "label",
    "title": "title",
    "color": "colour",
    "arrows": "arrows",
    "type": "type",
    "dashes": "dashes",
}
_CHART: dict[str, Any] = {
    "about": "about",
    "kind": "kind",
    "title": _BOTH,
    "unit": _BOTH,
    "axis": _BOTH,
    "series": [
        {
            "role": "role",
            "label": _BOTH,
            "points": [
                {"x": "x", "y": 1.0, "printed": "printed", "document": "document", "locator": "locator"},
                {"x": "other x", "y": 2.0, "printed": "2", "document": None, "locator": None},
            ],
        }
    ],
}
_IDENTIFIERS = ("node", "edge key", "word", "word label", "link", "source", "layer", "measure", "measure label", "root")


def _leaves(template: Any, path: str) -> Iterator[str]:
    match template:
        case dict():
            for key, value in template.items():
                yield from _leaves(value, f"{path}.{key}")
        case list():
            for value in template:
                yield from _leaves(value, path)
        case str():
            yield path


def places() -> list[str]:
    """Name every place of a graph where `hostile_graph` puts its strings."""
    parts = {"graph": _GRAPH, "node": _NODE, "edge": _EDGE, "chart": _CHART}
    named = [leaf for part, template in parts.items() for leaf in _leaves(template, part)]
    return sorted({*named, *(f"graph.{name}" for name in _IDENTIFIERS)})


def _planted(template: Any, text: str) -> Any:
    match template:
        case dict():
            return {key: _planted(value, text) for key, value in template.items()}
        case list():
            return [_planted(value, text) for value in template]
        case str():
            return text
        case _:
            return template


def hostile_graph(texts: Sequence[str], *, heading: str | None = None, layered: bool = False) -> nx.MultiDiGraph:
    """Make a graph with a node, an edge, a chart, a layer, a measure, a word and a link for each string.

    Each string stands in every place of its own node, edge and chart; ``heading`` (the first string if not given) in
    those that a graph has once.
    """
    graph = nx.MultiDiGraph()
    graph.graph.update(_planted(_GRAPH, texts[0] if heading is None else heading))
    graph.graph |= {
        "root": texts[0],
        "arrangement": "layered" if layered else texts[0],
        "layers": [{"ja": text, "en": text} for text in texts] if layered else [],
        "sources": list(texts),
        "words": {text: {"ja": text, "en": text} for text in texts},
        "links": {text: text for text in texts},
        "measures": [{"id": text, "label": {"ja": text, "en": text}} for text in texts],
        "charts": [
            _planted(_CHART, text) | ({"kind": "bars"} if place % 2 else {}) for place, text in enumerate(texts)
        ],
    }
    for place, text in enumerate(texts):
        measures = {name: float(place) for name in texts}
        graph.add_node(text, **_planted(_NODE, text), measures=measures, weight=1.0, layer=place)
    for text, other in zip(texts, [*texts[1:], texts[0]], strict=True):
        graph.add_edge(text, other, key=text, **_planted(_EDGE, text))
    return graph


def _kind(place: int) -> dict[str, str]:
    """Every other chart is drawn with bars, the rest as whatever the string makes of it."""
    return {"kind": "bars"} if place % 2 else {}
