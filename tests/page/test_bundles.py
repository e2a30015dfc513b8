"""What says the same is drawn as one mark, and a dense picture begins with what matters."""

import json
import re
from typing import Any

import networkx as nx
import pytest

from stigraph.page import page as page_of
from stigraph.page.bundles import bundled


def _graph() -> nx.MultiDiGraph:
    """A programme that cites one plan by three passages, two of them in the same words, and a lone passage."""
    graph = nx.MultiDiGraph(
        root="p",
        arrangement="layered",
        layers=[{"en": str(number)} for number in range(5)],
        sentence={"ja": "文。", "en": "Told."},
        bundles={"s1": {"ja": "同文", "en": "Same words"}},
        bundling={"ja": "{0}件は{1}個", "en": " {0} are {1}"},
    )
    graph.add_node("p", type="sti:Programme", layer=4, labels={"en": "Programme"})
    graph.add_node("plan", type="sti:Plan", layer=0, labels={"en": "Plan"})
    for number, words in ((1, "same"), (2, "same"), (3, "other")):
        node = f"s{number}"
        graph.add_node(
            node,
            type="sti:Statement",
            layer=number,
            labels={"en": words},
            flags=[node],
            evidence=[{"document": f"d{number}", "locator": f"L{number}", "quote": words}],
            facts=[{"property": "a", "value": "shared"}, {"property": "b", "value": node}],
        )
        graph.add_edge("p", node, key="sti:cites", predicate="sti:cites", evidence=[{"locator": f"L{number}"}])
        graph.add_edge(node, "plan", key="sti:statedIn", predicate="sti:statedIn", evidence=[{"locator": f"L{number}"}])
    for node in ("s1", "s2"):
        graph.nodes[node]["bundle"] = "s1"
    return graph


def test_one_mark_tells_what_all_its_parts_tell() -> None:
    drawn = bundled(_graph())
    assert list(drawn) == ["p", "plan", "s1", "s3"]
    mark = drawn.nodes["s1"]
    assert (mark["labels"]["en"], mark["flags"]) == ("Same words", ["s1", "s2"])
    assert [item["locator"] for item in mark["evidence"]] == ["L1", "L2"]
    assert [fact["value"] for fact in mark["facts"]] == ["shared", "s1", "s2"]
    assert [item["locator"] for item in drawn.edges["p", "s1", "sti:cites"]["evidence"]] == ["L1", "L2"]
    assert [item["locator"] for item in drawn.edges["s1", "plan", "sti:statedIn"]["evidence"]] == ["L1", "L2"]
    assert drawn.number_of_edges() == 4


def test_columns_that_are_empty_close_and_the_sentence_says_what_was_bundled() -> None:
    drawn = bundled(_graph())
    assert [layer["en"] for layer in drawn.graph["layers"]] == ["0", "1", "3", "4"]
    assert [drawn.nodes[node]["layer"] for node in ("plan", "s1", "s3", "p")] == [0, 1, 2, 3]
    assert drawn.graph["sentence"] == {"ja": "文。2件は1個", "en": "Told. 2 are 1"}


def test_parts_with_other_labels_are_listed_with_their_places() -> None:
    graph = _graph()
    graph.nodes["s2"]["labels"] = {"en": "same again"}
    graph.nodes["s2"]["label"] = "same again"
    told = [fact for fact in bundled(graph).nodes["s1"]["facts"] if fact["property"] == "view:bundled"]
    assert [(fact["document"], fact["locator"]) for fact in told] == [("d1", "L1"), ("d2", "L2")]


def test_the_graph_that_was_given_stays_as_it_was() -> None:
    graph, same = _graph(), _graph()
    page_of(graph)
    assert dict(graph.nodes(data=True)) == dict(same.nodes(data=True))
    assert list(graph.edges(keys=True, data=True)) == list(same.edges(keys=True, data=True))
    assert graph.graph == same.graph


def test_what_is_drawn_together_stays_so() -> None:
    once = bundled(_graph())
    assert bundled(once) is once


@pytest.mark.parametrize("bundles", [None, {}, "s1", ["s1"], {"elsewhere": {"en": "x"}}])
def test_other_graphs_are_drawn_as_they_are(bundles: Any) -> None:
    graph = _graph()
    graph.graph["bundles"] = bundles
    assert set(bundled(graph)) == set(graph)


def _block(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="graph">(.*?)</script>', html, re.DOTALL)
    assert found
    block: dict[str, Any] = json.loads(found[1])
    return block


@pytest.mark.parametrize(("least", "first"), [(None, 30), (5.0, 25), (29.0, 1), (99.0, 30), ("many", 30)])
def test_the_picture_begins_with_what_weighs_enough(least: Any, first: int) -> None:
    graph = nx.path_graph(30, create_using=nx.MultiDiGraph)
    for node, data in graph.nodes(data=True):
        data["weight"] = float(node)
    if least is not None:
        graph.graph["drawn_from"] = least
    block = _block(page_of(graph).html)
    assert (block["first"], len(block["nodes"]["id"])) == (first, 30)
