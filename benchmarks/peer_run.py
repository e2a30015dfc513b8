"""One peer in a process of its own: it loads N-Triples and answers three questions; prints one JSON line a figure.

Usage: ``python peer_run.py rdflib|pyoxigraph|maplib|networkx FILE.nt QUESTIONS.json``. Needs that peer alone (networkx
reads by pyoxigraph); started by ``reading_peers.py``, also by another interpreter that has the peer.
"""

import json
import re
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

Answer = Callable[[], int]
_STI = "https://w3id.org/stigraph/ns#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_PART = "http://purl.org/dc/terms/isPartOf"
_UP = {_STI + name for name in ("cites", "statedIn", "underObjective", "contributesTo", "implements")}


def _count(ask: Callable[[str], Any], text: str) -> int:
    return sum(1 for _ in ask(text))


def _rdflib(path: str, questions: Mapping[str, str]) -> dict[str, Answer]:
    import rdflib

    graph = rdflib.Graph().parse(path, format="nt")
    return {name: partial(_count, graph.query, text) for name, text in questions.items()}


def _pyoxigraph(path: str, questions: Mapping[str, str]) -> dict[str, Answer]:
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_load(path=path, format=ox.RdfFormat.N_TRIPLES)
    return {name: partial(_count, store.query, text) for name, text in questions.items()}


def _maplib(path: str, questions: Mapping[str, str]) -> dict[str, Answer]:
    maplib: Any = import_module("maplib")

    model = maplib.Model()
    model.read(path, format="ntriples")
    return {name: partial(_count, lambda text: model.query(text).rows(), text) for name, text in questions.items()}


def _networkx(path: str, questions: Mapping[str, str]) -> dict[str, Answer]:
    import networkx as nx
    import pyoxigraph as ox

    graph: Any = nx.MultiDiGraph()
    for triple in ox.parse(path=path, format=ox.RdfFormat.N_TRIPLES):
        subject, predicate, value = triple.subject.value, triple.predicate.value, triple.object
        if isinstance(value, ox.Literal):
            graph.add_node(subject)
            graph.nodes[subject].setdefault(predicate, []).append(value.value)
        else:
            graph.add_edge(subject, value.value, key=predicate)
    return {
        "lineage": lambda: _climb(graph, questions["plan"]),
        "look-up": lambda: _named(graph, questions["name"]),
        "sum": lambda: _totals(graph),
    }


def _climb(graph: Any, plan: str) -> int:
    """Count the programmes from which the plan is reached; parts count for objectives alone."""
    seen, frontier = {plan}, [plan]
    while frontier:
        for source, _, step in graph.in_edges(frontier.pop(), keys=True):
            if source not in seen and (
                step in _UP or (step == _PART and graph.has_edge(source, _STI + "Objective", key=_TYPE))
            ):
                seen.add(source)
                frontier.append(source)
    return sum(graph.has_edge(node, _STI + "Programme", key=_TYPE) for node in seen)


def _named(graph: Any, name: str) -> int:
    fields = (_SKOS + "prefLabel", _SKOS + "altLabel")
    return sum(any(name in told.get(field, ()) for field in fields) for _, told in graph.nodes(data=True))


def _totals(graph: Any) -> int:
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for line, _ in graph.in_edges(_STI + "Initial"):
        told = graph.nodes[line]
        ends = {step: end for _, end, step in graph.out_edges(line, keys=True)}
        programme = ends.get(_STI + "programme")
        for _, ministry, step in graph.out_edges(programme, keys=True):
            if step == _STI + "ministry":
                for year in told.get(_STI + "fiscalYear", ()):
                    totals[ministry, year] += sum(map(int, told.get(_STI + "amount", ())))
    return len(totals)


_PEERS = {"rdflib": _rdflib, "pyoxigraph": _pyoxigraph, "maplib": _maplib, "networkx": _networkx}
_VALUES = ("plan", "name")
_MOST_ROUNDS = 5


def main() -> None:
    """Load, ask, and print each figure as soon as it is known."""
    peer, path, questions = sys.argv[1], sys.argv[2], json.loads(Path(sys.argv[3]).read_text(encoding="utf-8"))
    asked = questions if peer == "networkx" else {key: questions[key] for key in questions if key not in _VALUES}
    start = time.perf_counter()
    answers = _PEERS[peer](path, asked)
    _tell("load", time.perf_counter() - start)
    for name, answer in answers.items():
        times: list[float] = []
        count = 0
        while len(times) < _MOST_ROUNDS and sum(times) < 5:
            begin = time.perf_counter()
            count = answer()
            times.append(time.perf_counter() - begin)
        _tell(name, statistics.median(times), count)
    status = Path("/proc/self/status")
    if status.exists():  # the peak that the system reports otherwise counts what the starting process held
        peak = re.search(r"^VmHWM:\s+(\d+)", status.read_text(encoding="ascii"), re.MULTILINE)
        _tell("memory", int(peak[1]) / 1e3 if peak else float("nan"))


def _tell(name: str, figure: float, count: int | None = None) -> None:
    print(json.dumps({"name": name, "figure": figure, "count": count}), flush=True)


if __name__ == "__main__":
    main()
