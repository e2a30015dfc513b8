"""A graph as it is drawn: what says the same is one mark, which tells all that its parts tell."""

from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx

__all__ = ["bundled"]

_JOINED = ("evidence", "names", "flags")
_BUNDLED = "view:bundled"
_TOLD = {"ja": "まとめて描いたもの", "en": "drawn together"}


def bundled(graph: "nx.Graph") -> "nx.Graph":
    """Draw together the nodes that a view bundles; a graph without bundles comes back as it is, and none is changed.

    The first of a bundle stands for all: with the caption of the bundle, and all their evidence, names, flags, facts
    and charts; where their labels differ, each is listed with its place. Columns that no node stands in any more are
    left out.

    >>> graph = nx.MultiDiGraph(bundles={"a": {"ja": "同文 ×2", "en": "same ×2"}})
    >>> graph.add_node("a", bundle="a", evidence=[{"locator": "L1"}])
    >>> graph.add_node("b", bundle="a", evidence=[{"locator": "L2"}])
    >>> [(node, data["labels"]["en"], len(data["evidence"])) for node, data in bundled(graph).nodes(data=True)]
    [('a', 'same ×2', 2)]
    """
    captions = graph.graph.get("bundles")
    if not isinstance(captions, Mapping) or not captions:
        return graph
    stands_for = {
        node: data["bundle"]
        for node, data in graph.nodes(data=True)
        if isinstance(data.get("bundle"), str) and data["bundle"] in captions and data["bundle"] in graph
    }
    if not stands_for:
        return graph
    members: dict[Any, list[Any]] = {}
    for node in graph:
        members.setdefault(stands_for.get(node, node), []).append(node)
    drawn = nx.MultiDiGraph(**graph.graph)
    for node, parts in members.items():
        data = _merged([graph.nodes[part] for part in parts], captions[node]) if len(parts) > 1 else graph.nodes[node]
        drawn.add_node(node, **{name: value for name, value in data.items() if name != "bundle"})
    for source, target, key, data in graph.edges(keys=True, data=True):
        ends = stands_for.get(source, source), stands_for.get(target, target)
        if ends[0] != ends[1] or source == target:
            _add_edge(drawn, (*ends, key), data)
    drawn.graph["charts"] = [
        {**chart, "about": stands_for.get(chart.get("about"), chart.get("about"))}
        for chart in graph.graph.get("charts") or ()
    ]
    _close_columns(drawn)
    _tell(drawn, len(stands_for), len(graph) - len(drawn))
    return drawn


def _merged(parts: list[Mapping[str, Any]], caption: Mapping[str, str]) -> dict[str, Any]:
    first = parts[0]
    merged = {name: value for name, value in first.items() if all(part.get(name) == value for part in parts)}
    merged |= {name: _union(part.get(name) or () for part in parts) for name in _JOINED}
    merged["layer"] = min(part.get("layer", 0) for part in parts)
    merged["weight"] = max(part.get("weight", 1.0) for part in parts)
    merged["facts"] = _facts(parts)
    if len({str(part.get("labels")) for part in parts}) > 1:
        merged["facts"] = [_part(part) for part in parts] + merged["facts"]
    return merged | {"type": first.get("type"), "labels": dict(caption), "label": caption.get("ja")}


def _union(lists: Iterable[Iterable[Any]]) -> list[Any]:
    found: list[Any] = []
    for items in lists:
        found += [item for item in items if item not in found]
    return found


def _facts(parts: list[Mapping[str, Any]]) -> list[Any]:
    """Give what is said of the parts, what is said of several once, with the place where it is said of the first."""
    facts: dict[tuple[Any, ...], Any] = {}
    for part in parts:
        for fact in part.get("facts") or ():
            facts.setdefault((fact.get("property"), fact.get("value"), fact.get("lang")), fact)
    return list(facts.values())


def _part(part: Mapping[str, Any]) -> dict[str, Any]:
    shown: Mapping[str, Any] = next(iter(part.get("evidence") or ()), {})
    return {
        "property": _BUNDLED,
        "value": part.get("label"),
        "thing": None,
        "lang": None,
        "document": shown.get("document"),
        "locator": shown.get("locator"),
    }


def _add_edge(drawn: "nx.MultiDiGraph", ends: tuple[Any, Any, Any], data: Mapping[str, Any]) -> None:
    """Add an edge, or its evidence to the one that is there."""
    if not drawn.has_edge(*ends):
        drawn.add_edge(*ends[:2], key=ends[2], **data)
        return
    held = drawn.edges[ends]
    held["evidence"] = _union((held.get("evidence") or (), data.get("evidence") or ()))
    if held.get("caption") != data.get("caption"):
        held.pop("caption", None)


def _close_columns(drawn: "nx.MultiDiGraph") -> None:
    layers = drawn.graph.get("layers") or []
    used = sorted({data["layer"] for _, data in drawn.nodes(data=True) if "layer" in data})
    if not layers or len(used) == len(layers):
        return
    drawn.graph["layers"] = [layers[layer] for layer in used]
    for node, data in drawn.nodes(data=True):
        drawn.nodes[node]["layer"] = used.index(data["layer"])


def _tell(drawn: "nx.MultiDiGraph", parts: int, saved: int) -> None:
    """Add to the sentence what was drawn together."""
    sentence, reason = drawn.graph.get("sentence"), drawn.graph.get("bundling")
    if isinstance(sentence, Mapping) and isinstance(reason, Mapping):
        told = {lang: text.format(parts, parts - saved) for lang, text in reason.items()}
        drawn.graph["sentence"] = {lang: f"{text}{told.get(lang, '')}" for lang, text in sentence.items()}
    drawn.graph["words"] = {**(drawn.graph.get("words") or {}), _BUNDLED: _TOLD}
