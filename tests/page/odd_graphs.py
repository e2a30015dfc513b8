"""Graphs that are out of the ordinary, and what their pages must say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import networkx as nx

__all__ = ["LONG", "ODD_GRAPHS", "Odd"]

_ARABIC = "الاتفاقية العلمية"
_HEBREW = "הסכם מדעי"
LONG = "長い名前の計画" * 285 + "以上です。"


class Odd(NamedTuple):
    """A graph, how many nodes and links its page says it has, and texts that its list view must show."""

    make: Callable[[], Any]
    nodes: int
    links: int
    texts: tuple[str, ...] = ()


def _titled(graph: Any, **attributes: Any) -> Any:
    graph.graph.update(title={"ja": "題", "en": "Title"}, sentence={"ja": "文。", "en": "Sentence."}, **attributes)
    return graph


def _nothing() -> Any:
    return _titled(nx.MultiDiGraph(), view="result")


def _one() -> Any:
    graph = _titled(nx.MultiDiGraph())
    graph.add_node("https://example.org/only", type="sti:Plan", labels={"ja": "唯一の計画", "en": "The only plan"})
    return graph


def _without_labels() -> Any:
    graph = nx.MultiDiGraph()
    graph.add_edge("https://example.org/thing/first", "https://example.org/thing/second", key="sti:cites")
    return graph


def _cycle() -> Any:
    return nx.relabel_nodes(nx.cycle_graph(3, create_using=nx.DiGraph), {0: "zero", 1: "one", 2: "two"})


def _self_loop() -> Any:
    graph = nx.DiGraph()
    graph.add_edge("itself", "itself")
    return graph


def _parallel() -> Any:
    graph = nx.MultiDiGraph()
    for number in range(4):
        predicate = f"relation-{number}"
        graph.add_edge("here", "there", key=predicate, predicate=predicate)
    graph.add_edge("there", "here", key="back", predicate="back")
    return graph


def _star() -> Any:
    graph = nx.star_graph(5000)
    return nx.relabel_nodes(graph, {0: "hub"})


def _long_label() -> Any:
    graph = nx.DiGraph()
    graph.add_node("long", labels={"ja": LONG, "en": "word " * 400})
    graph.add_edge("long", "short")
    return graph


def _right_to_left() -> Any:
    graph = nx.DiGraph()
    graph.add_node("a", label=_ARABIC, names=[_HEBREW])
    graph.add_node("b", label=_HEBREW)
    graph.add_edge("a", "b", label=_ARABIC)
    return graph


def _unseen_labels() -> Any:
    graph = nx.DiGraph()
    graph.add_edge("named by its id", "and so is this")
    graph.add_node("named by its id", label="   ", labels={"ja": "\u3000", "en": "\u200b\u200c"})
    graph.add_node("and so is this", label="\n\n\n")
    return graph


def _numbers() -> Any:
    return nx.path_graph(4)


def _tuples() -> Any:
    return nx.grid_2d_graph(2, 3)


def _mixed_identifiers() -> Any:
    graph = nx.DiGraph()
    graph.add_edges_from([(1, "1"), ("1", 1.5), (1.5, frozenset({1})), (frozenset({1}), ("1",))])
    return graph


def _weights_and_odd_values() -> Any:
    graph = nx.Graph()
    graph.add_node("a", weight=float("nan"), label=None, labels=None, type=None, names=None, facts=None)
    graph.add_node("b", weight=float("inf"), label=7, size="large", x="left", flags=None, evidence=None)
    graph.add_edge("a", "b", weight=-1, predicate=None, caption=None, evidence=None)
    return graph


ODD_GRAPHS: Mapping[str, Odd] = {
    "no nodes": Odd(_nothing, 0, 0),
    "one node": Odd(_one, 1, 0, ("唯一の計画",)),
    "no labels": Odd(_without_labels, 2, 1, ("first", "second", "cites")),
    "labels that nobody sees": Odd(_unseen_labels, 2, 1, ("named by its id", "and so is this")),
    "a cycle": Odd(_cycle, 3, 3, ("zero", "one", "two")),
    "a loop": Odd(_self_loop, 1, 1, ("itself",)),
    "parallel edges": Odd(_parallel, 2, 5, ("here", "there", "relation-0", "relation-3", "back")),
    "5,000 edges at one node": Odd(_star, 5001, 5000, ("hub",)),
    "a label of 2,000 characters": Odd(_long_label, 2, 1, (LONG, "short")),
    "right to left": Odd(_right_to_left, 2, 1, (_ARABIC, _HEBREW)),
    "numbers for names": Odd(_numbers, 4, 3, ("0", "1", "2", "3")),
    "tuples for names": Odd(_tuples, 6, 7, ("(0, 0)", "(1, 2)")),
    "identifiers that look the same": Odd(_mixed_identifiers, 5, 4, ("1", "1.5", "frozenset({1})")),
    "values of other kinds": Odd(_weights_and_odd_values, 2, 1, ("a", "7")),
}
