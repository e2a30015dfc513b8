"""Write the page of a graph with stigraph or one of its peers, in a process of its own, and say how long it took.

Prints seconds to import and seconds to write as JSON. Each peer is used as its documentation begins: pyvis reads a
networkx graph and writes HTML, gravis and ipysigma do the same. They get the labels and the quotations, stigraph gets
everything. ``--hostile`` puts script into every text.
"""

import argparse
import json
import time
from collections.abc import Callable
from typing import Any

import networkx as nx

from page_graphs import policy_graph

__all__ = ["TOOLS", "main"]

_PAYLOADS = (
    '<img src=x onerror="window.__ran=1">',
    "</script><script>window.__ran=1</script>",
    "\"'><svg onload=window.__ran=1>",
    '<a href="javascript:window.__ran=1">href</a><img src=x onerror="window.__ran=1">',
)


def _stigraph(graph: "nx.MultiDiGraph", path: str) -> Callable[[], None]:
    import numpy  # noqa: F401  # imported before the clock starts
    import pyvis.network  # noqa: F401  # imported before the clock starts

    from stigraph.page import page

    return lambda: page(graph).write(path)


def _pyvis(graph: "nx.MultiDiGraph", path: str) -> Callable[[], None]:
    from pyvis.network import Network

    plain = _plain(graph, "title")

    def write() -> None:
        network = Network(cdn_resources="in_line")
        network.from_nx(plain)
        network.write_html(path)

    return write


def _gravis(graph: "nx.MultiDiGraph", path: str) -> Callable[[], None]:
    import gravis

    plain = _plain(graph, "hover")
    return lambda: gravis.vis(plain, node_label_data_source="label").export_html(path, overwrite=True)


def _ipysigma(graph: "nx.MultiDiGraph", path: str) -> Callable[[], None]:
    from ipysigma import Sigma

    plain = _plain(graph, "title")
    return lambda: Sigma.write_html(plain, path, fullscreen=True)


TOOLS: dict[str, Callable[["nx.MultiDiGraph", str], Callable[[], None]]] = {
    "stigraph": _stigraph,
    "pyvis": _pyvis,
    "gravis": _gravis,
    "ipysigma": _ipysigma,
}


def _plain(graph: "nx.MultiDiGraph", hover: str) -> "nx.DiGraph":
    """Give what the peers can show: labels, classes and the first quotation of an edge."""
    plain = nx.DiGraph()
    for node, data in graph.nodes(data=True):
        plain.add_node(node, **{"label": data["label"], "group": data["type"], hover: data["labels"]["en"]})
    for source, target, data in graph.edges(data=True):
        plain.add_edge(source, target, **{hover: data["evidence"][0]["quote"]})
    return plain


def _poisoned(graph: "nx.MultiDiGraph") -> "nx.MultiDiGraph":
    """Put a script into every text."""
    for turn, (_, data) in enumerate(graph.nodes(data=True)):
        payload = _PAYLOADS[turn % len(_PAYLOADS)]
        data |= {"label": payload, "labels": {"ja": payload, "en": payload}, "names": [payload], "type": payload}
    for turn, (*_, data) in enumerate(graph.edges(data=True)):
        data["evidence"][0]["quote"] = _PAYLOADS[turn % len(_PAYLOADS)]
    return nx.relabel_nodes(graph, {node: f"{node}{_PAYLOADS[k % len(_PAYLOADS)]}" for k, node in enumerate(graph)})


def main() -> None:
    """Write one page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("tool", choices=TOOLS)
    parser.add_argument("nodes", type=int)
    parser.add_argument("path")
    parser.add_argument("--hostile", action="store_true")
    asked = parser.parse_args()
    graph = policy_graph(asked.nodes, 2 * asked.nodes)
    if asked.hostile:
        graph = _poisoned(graph)
    start = time.perf_counter()
    write: Any = TOOLS[asked.tool](graph, asked.path)
    loaded = time.perf_counter()
    write()
    print(json.dumps({"import": loaded - start, "write": time.perf_counter() - loaded}))


if __name__ == "__main__":
    main()
