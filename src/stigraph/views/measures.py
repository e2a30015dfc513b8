"""What people measure of a network: degree, betweenness, PageRank, communities."""

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from typing import Any

import networkx as nx

from stigraph.errors import MissingExtraError
from stigraph.views.model import Labels, View

__all__ = ["MEASURES", "measure"]

_SEED = 1
_EXACT = 1000
_SAMPLED = 200

MEASURES: Mapping[str, Labels] = {
    "inDegree": {"ja": "入次数", "en": "In-degree"},
    "outDegree": {"ja": "出次数", "en": "Out-degree"},
    "betweenness": {"ja": "媒介中心性", "en": "Betweenness"},
    "pageRank": {"ja": "PageRank", "en": "PageRank"},
    "community": {"ja": "コミュニティ", "en": "Community"},
}


def measure(view: View) -> View:
    """Add to each node its ``measures``, and to the graph what they are called; give the same view.

    Parallel edges count once for each relation in the degrees, once in all in the others. Edges point from programmes
    towards policy, so PageRank gathers at what much stands on. Betweenness is that of Freeman, normalised; above 1,000
    nodes it is estimated from 200 of them (Brandes and Pich 2007), always the same. Communities are those of the
    Louvain method (Blondel et al. 2008), without direction, numbered from the largest.

    Raises:
        MissingExtraError: SciPy, which networkx needs for PageRank, is not installed.

    >>> from stigraph import views
    >>> from stigraph.store import open_store
    >>> graph = measure(views.neighbourhood(open_store(), "SICORP"))
    >>> graph.nodes[graph.graph["root"]]["measures"]["community"]
    1
    """
    if not find_spec("scipy"):
        raise MissingExtraError("measures", "Measuring a network")
    simple = nx.DiGraph(view)
    found: dict[str, Mapping[Any, float]] = {
        "inDegree": dict(view.in_degree()),
        "outDegree": dict(view.out_degree()),
        "betweenness": _betweenness(simple),
        "pageRank": nx.pagerank(simple, weight=None) if len(simple) else {},
        "community": _communities(simple),
    }
    for node, data in view.nodes(data=True):
        data["measures"] = {name: _rounded(values[node]) for name, values in found.items()}
    view.graph["measures"] = [{"id": name, "label": label} for name, label in MEASURES.items()]
    return view


def _betweenness(graph: nx.DiGraph) -> Mapping[Any, float]:
    sample = _SAMPLED if len(graph) > _EXACT else None
    values: Mapping[Any, float] = nx.betweenness_centrality(graph, k=sample, seed=_SEED)
    return values


def _communities(graph: nx.DiGraph) -> Mapping[Any, float]:
    order: Callable[[Any], str] = str
    parts = nx.community.louvain_communities(graph.to_undirected(), weight=None, seed=_SEED) if len(graph) else []
    parts = sorted(parts, key=lambda part: (-len(part), min(map(order, part))))
    return {node: number for number, part in enumerate(parts, 1) for node in part}


def _rounded(value: float) -> float:
    return value if isinstance(value, int) else round(value, 6)
