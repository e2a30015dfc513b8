"""Degree, betweenness, PageRank and communities, against networkx on the same graph."""

import networkx as nx
import pytest

import stigraph
from stigraph import views
from stigraph.views.measures import MEASURES, measure


@pytest.fixture(scope="module")
def view(store: stigraph.Store) -> views.View:
    return measure(views.neighbourhood(store, "SICORP", hops=2))


def test_every_node_has_every_measure(view: views.View) -> None:
    assert [measure["id"] for measure in view.graph["measures"]] == list(MEASURES)
    assert all(set(data["measures"]) == set(MEASURES) for _, data in view.nodes(data=True))


def test_degrees_count_every_relation(view: views.View) -> None:
    root = view.graph["root"]
    assert view.nodes[root]["measures"]["outDegree"] == len(list(view.out_edges(root, keys=True)))
    assert sum(data["measures"]["inDegree"] for _, data in view.nodes(data=True)) == view.number_of_edges()


def test_pagerank_sums_to_one_and_betweenness_lies_between_zero_and_one(view: views.View) -> None:
    assert sum(data["measures"]["pageRank"] for _, data in view.nodes(data=True)) == pytest.approx(1, abs=1e-3)
    assert all(0 <= data["measures"]["betweenness"] <= 1 for _, data in view.nodes(data=True))


def test_communities_are_numbered_from_the_largest(view: views.View) -> None:
    sizes: dict[int, int] = {}
    for _, data in view.nodes(data=True):
        sizes[data["measures"]["community"]] = sizes.get(data["measures"]["community"], 0) + 1
    assert list(range(1, len(sizes) + 1)) == sorted(sizes)
    assert [sizes[number] for number in sorted(sizes)] == sorted(sizes.values(), reverse=True)


def test_a_hub_is_what_betweenness_and_pagerank_say() -> None:
    star = views.View(nx.star_graph(5).to_directed())
    measured = measure(star.reverse())
    values = {node: data["measures"] for node, data in measured.nodes(data=True)}
    assert max(values, key=lambda node: values[node]["betweenness"]) == 0
    assert max(values, key=lambda node: values[node]["pageRank"]) == 0


def test_an_empty_view_is_measured_too() -> None:
    assert measure(views.View()).graph["measures"]
