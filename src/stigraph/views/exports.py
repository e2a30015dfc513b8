"""A view written for other programs: GraphML, GEXF, node-link JSON, DOT, Mermaid, CSV."""

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

import networkx as nx

from stigraph.diagrams import Arrow, Box, dot, mermaid
from stigraph.errors import UsageError
from stigraph.evidence_table import EvidenceRow, evidence_table
from stigraph.views.model import View, label_of
from stigraph.vocab import curie, slug

__all__ = ["FORMATS", "write"]

# What XML 1.0 cannot hold (section 2.2 of the recommendation).
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LANGUAGES = ("ja", "en")
_GEXF = "{http://www.gexf.net/1.2draft}"
_NO_EVIDENCE: Mapping[str, Any] = {}


def write(view: View, form: str, *, lang: str = "ja") -> str:
    """Write a view in one of `FORMATS`.

    GraphML and GEXF carry labels, class, flags, measures and caption as attributes, evidence as JSON; DOT and Mermaid
    the labels in one language; CSV the evidence of every edge, and a row of its own for a node without edges.

    Raises:
        UsageError: there is no such format.

    >>> from stigraph import views
    >>> from stigraph.store import open_store
    >>> write(views.neighbourhood(open_store(), "SICORP"), "mermaid").splitlines()[0]
    'flowchart LR'
    """
    if form not in FORMATS:
        raise UsageError(f"“{form}” is not a format of a view; the formats are {', '.join(FORMATS)}.")
    return FORMATS[form](view, lang)


def _json(view: View, lang: str) -> str:
    graph = {key: value for key, value in view.graph.items() if key != "root"}
    content = {
        "directed": True,
        "multigraph": True,
        "graph": graph,
        "root": view.graph.get("root"),
        "nodes": [{"id": node, **data, "label": label_of(data, lang)} for node, data in view.nodes(data=True)],
        "edges": [
            {"source": source, "target": target, "key": key, **data}
            for source, target, key, data in view.edges(keys=True, data=True)
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _csv(view: View, lang: str) -> str:
    return evidence_table(_rows(view, lang))


def _rows(view: View, lang: str) -> Iterator[EvidenceRow]:
    label = {node: label_of(data, lang) for node, data in view.nodes(data=True)}
    for source, target, data in view.edges(data=True):
        for shown in data["evidence"] or [_NO_EVIDENCE]:
            yield EvidenceRow(source, label[source], data["predicate"], target, label[target], _in(lang, shown))
    for node in nx.isolates(view):
        for shown in view.nodes[node]["evidence"] or [_NO_EVIDENCE]:
            yield EvidenceRow(node, label[node], "", "", "", _in(lang, shown))


def _in(lang: str, shown: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**shown, "note": shown.get("notes", {}).get(lang) or shown.get("note")}


def _boxes(view: View, lang: str) -> list[Box]:
    return [Box(curie(node), label_of(data, lang), data["type"]) for node, data in view.nodes(data=True)]


def _arrows(view: View, lang: str) -> list[Arrow]:
    return [
        Arrow(curie(source), curie(target), _caption(view, data, lang))
        for source, target, data in view.edges(data=True)
    ]


def _caption(view: View, data: Mapping[str, Any], lang: str) -> str:
    if caption := data.get("caption"):
        return str(caption.get(lang) or next(iter(caption.values()), ""))
    predicate = data["predicate"]
    words = view.graph["words"].get(predicate.removeprefix("^"), {})
    return str(words.get(lang) or slug(predicate.replace(":", "#")))


def _flat(view: View) -> nx.MultiDiGraph:
    """Copy a view with nothing but texts and numbers on its nodes and edges."""
    flat = nx.MultiDiGraph()
    for node, data in view.nodes(data=True):
        flat.add_node(_xml(node))
        flat.nodes[_xml(node)].update(_flat_node(data))
    for source, target, key, data in view.edges(keys=True, data=True):
        ends = _xml(source), _xml(target), _xml(key)
        flat.add_edge(*ends)
        flat.edges[ends].update(_flat_edge(data))
    return flat


def _flat_node(data: Mapping[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = {
        "label": label_of(data, "ja"),
        "type": data["type"],
        "flags": " ".join(data["flags"]),
        "evidence": json.dumps(data["evidence"], ensure_ascii=False),
        "facts": json.dumps(data["facts"], ensure_ascii=False),
        **_by_language("label", data["labels"]),
        **{name: float(value) for name, value in data.get("measures", {}).items()},
    }
    if "layer" in data:
        content["layer"] = data["layer"]
    return {name: _xml(value) for name, value in content.items()}


def _flat_edge(data: Mapping[str, Any]) -> dict[str, Any]:
    content = {
        "predicate": data["predicate"],
        "evidence": json.dumps(data["evidence"], ensure_ascii=False),
        **_by_language("caption", data.get("caption", {})),
    }
    if "weight" in data:
        content["weight"] = float(data["weight"])
    return {name: _xml(value) for name, value in content.items()}


def _by_language(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    return {f"{name}_{lang}": texts[lang] for lang in _LANGUAGES if texts.get(lang)}


def _xml(value: Any) -> Any:
    return _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value


def _graphml(view: View, lang: str) -> str:
    buffer = io.BytesIO()
    nx.write_graphml_xml(_flat(view), buffer, encoding="utf-8", prettyprint=True)
    return buffer.getvalue().decode() + "\n"


def _gexf(view: View, lang: str) -> str:
    """Write GEXF without the day it was written, which networkx puts in."""
    flat = _flat(view)
    for _, data in flat.nodes(data=True):
        data["label"] = data.get(f"label_{lang}", data["label"])
    buffer = io.BytesIO()
    nx.write_gexf(flat, buffer, encoding="utf-8", prettyprint=True, version="1.2draft")
    ElementTree.register_namespace("", _GEXF[1:-1])
    root = ElementTree.fromstring(buffer.getvalue())
    for meta in root.findall(f"{_GEXF}meta"):
        root.remove(meta)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


FORMATS: Mapping[str, Callable[[View, str], str]] = {
    "graphml": _graphml,
    "gexf": _gexf,
    "json": _json,
    "dot": lambda view, lang: dot(_boxes(view, lang), _arrows(view, lang)),
    "mermaid": lambda view, lang: mermaid(_boxes(view, lang), _arrows(view, lang)),
    "csv": _csv,
}
