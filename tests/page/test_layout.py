"""Where nodes stand: the same at every build, apart from each other, and in the columns they belong to."""

import os
import random
import subprocess
import sys
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stigraph
from stigraph import views
from stigraph.page.content import Content, content_of
from stigraph.page.layout import Placement, arrange
from stigraph.page.layout.layered import crossings
from stigraph.page.layout.sizes import label_box

Box = tuple[float, float, float, float]

_PRINT = """
import networkx as nx
from stigraph.page.content import content_of
from stigraph.page.layout import arrange
for graph in (nx.barabasi_albert_graph(900, 2, seed=1), nx.karate_club_graph(), nx.path_graph(400)):
    placement = arrange(content_of(graph))
    print(placement.x, placement.y)
"""


def _boxes(content: Content, placement: Placement) -> list[Box]:
    """What each symbol and its label cover: the label beneath in a network, at the right in columns."""
    boxes: list[Box] = []
    for node, x, y, size in zip(content.nodes, placement.x, placement.y, placement.sizes, strict=True):
        width, height = label_box(node)
        if content.arrangement == "layered":
            half = max(size, height / 2)
            boxes.append((x - size, y - half, x + size + 6 + width, y + half))
        else:
            half = max(size, width / 2)
            boxes.append((x - half, y - size, x + half, y + size + 4 + height))
    return boxes


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] - 1 and other[0] < one[2] - 1 and one[1] < other[3] - 1 and other[1] < one[3] - 1


def _touching(placement: Placement) -> int:
    """Count symbols that touch, by a grid of cells that are wider than any two symbols."""
    cells: dict[tuple[int, int], list[int]] = {}
    for node, (x, y) in enumerate(zip(placement.x, placement.y, strict=True)):
        for cell in {((x + dx) // 60, (y + dy) // 60) for dx in (-30, 30) for dy in (-30, 30)}:
            cells.setdefault(cell, []).append(node)
    pairs = {pair for members in cells.values() for pair in combinations(members, 2)}
    xs, ys, sizes = placement.x, placement.y, placement.sizes
    return sum((xs[a] - xs[b]) ** 2 + (ys[a] - ys[b]) ** 2 < (sizes[a] + sizes[b]) ** 2 for a, b in pairs)


def _drawn(graph: nx.Graph) -> tuple[Content, Placement]:
    content = content_of(graph)
    return content, arrange(content)


def _layered(layers: list[int], edges: list[tuple[int, int]]) -> nx.DiGraph:
    names = [{"ja": f"{k}層", "en": f"layer {k}"} for k in range(max(layers) + 1)]
    graph = nx.DiGraph(arrangement="layered", layers=names)
    for node, layer in enumerate(layers):
        graph.add_node(node, layer=layer, label=f"第{node}の計画")
    graph.add_edges_from(edges)
    return graph


def _real(store: stigraph.Store, name: str) -> nx.MultiDiGraph:
    thing = {"plan": "6th Basic Plan"}.get(name, "SICORP")
    takes_none = {"citations", "agencies", "gaps"}
    view: nx.MultiDiGraph = getattr(views, name)(store, *([] if name in takes_none else [thing]))
    return view


@pytest.mark.parametrize("name", ["neighbourhood", "agencies", "lineage", "money", "citations", "plan"])
def test_no_label_of_a_view_lies_on_another(store: stigraph.Store, name: str) -> None:
    content, placement = _drawn(_real(store, name))
    named = zip(_boxes(content, placement), [node.ja for node in content.nodes], strict=True)
    assert [(a, b) for (one, a), (other, b) in combinations(named, 2) if _overlap(one, other)] == []


def test_places_are_the_same_in_every_process() -> None:
    told = [
        subprocess.run(
            [sys.executable, "-c", _PRINT],
            env={**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads},
            capture_output=True,
            check=True,
        ).stdout
        for seed, threads in (("1", "1"), ("2", "2"))
    ]
    assert told[0] == told[1]
    assert len(told[0]) > 5000


@pytest.mark.parametrize(
    "graph",
    [
        nx.barabasi_albert_graph(2000, 2, seed=3),
        nx.star_graph(5000),
        nx.path_graph(3000),
        nx.cycle_graph(500),
        nx.empty_graph(2500),
        nx.disjoint_union_all([nx.complete_graph(3)] * 200),
        nx.random_labeled_tree(1500, seed=2),
        nx.complete_bipartite_graph(4, 600),
    ],
    ids=["scale-free", "star", "path", "cycle", "no edges", "triangles", "tree", "bipartite"],
)
def test_no_symbol_of_a_large_network_touches_another(graph: nx.Graph) -> None:
    _, placement = _drawn(graph)
    assert _touching(placement) == 0


def test_large_network_is_wider_than_high() -> None:
    _, placement = _drawn(nx.barabasi_albert_graph(2000, 2, seed=3))
    width, height = (max(side) - min(side) for side in (placement.x, placement.y))
    assert 1.1 < width / height < 2


def test_what_is_linked_stands_nearer_than_what_is_not() -> None:
    graph = nx.connected_caveman_graph(20, 8)
    content, placement = _drawn(graph)
    place = {node.id: (x, y) for node, x, y in zip(content.nodes, placement.x, placement.y, strict=True)}

    def distance(a: int, b: int) -> float:
        (ax, ay), (bx, by) = place[str(a)], place[str(b)]
        return float(((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5)

    linked = [distance(*edge) for edge in graph.edges]
    draw = random.Random(1)
    others = [distance(*draw.sample(range(160), 2)) for _ in range(400)]
    assert sum(linked) / len(linked) < 0.35 * sum(others) / len(others)


@given(st.integers(0, 12), st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=30))
def test_every_small_network_has_places_of_its_own(nodes: int, edges: list[tuple[int, int]]) -> None:
    graph = nx.empty_graph(nodes)
    graph.add_edges_from((a, b) for a, b in edges if a < nodes and b < nodes)
    content, placement = _drawn(graph)
    assert len(set(zip(placement.x, placement.y, strict=True))) == nodes
    boxes = _boxes(content, placement)
    assert not any(_overlap(one, other) for one, other in combinations(boxes, 2))


@given(st.lists(st.integers(0, 5), min_size=1, max_size=25), st.data())
def test_columns_stand_in_the_order_of_the_layers(layers: list[int], data: st.DataObject) -> None:
    ends = st.integers(0, len(layers) - 1)
    content, placement = _drawn(_layered(layers, data.draw(st.lists(st.tuples(ends, ends), max_size=40))))
    columns = placement.columns
    assert list(columns) == sorted(set(columns))
    bounds = [*columns[1:], float("inf")]
    for node, x in zip(content.nodes, placement.x, strict=True):
        assert columns[node.layer] <= x < bounds[node.layer]
    boxes = _boxes(content, placement)
    assert not any(_overlap(one, other) for one, other in combinations(boxes, 2))


def test_a_tree_of_columns_has_no_crossing() -> None:
    leaves = list(range(7, 15))
    random.Random(5).shuffle(leaves)
    parents = [(0, 1), (0, 2), (1, 3), (1, 4), (2, 5), (2, 6)]
    edges = parents + [(3 + turn // 2, leaf) for turn, leaf in enumerate(leaves)]
    content, placement = _drawn(_layered([0, 1, 1, 2, 2, 2, 2, *[3] * 8], edges))
    y = {int(node.id): height for node, height in zip(content.nodes, placement.y, strict=True)}
    order = {node: sorted(y.values()).index(y[node]) for node in y}
    for layer in ({0}, {1, 2}, {3, 4, 5, 6}):
        assert crossings([(order[a], order[b]) for a, b in edges if a in layer]) == 0


def test_crossings_are_counted_as_by_hand() -> None:
    links = [(0, 2), (1, 1), (2, 0), (2, 2), (0, 0)]
    by_hand = sum((a - c) * (b - d) < 0 for (a, b), (c, d) in combinations(links, 2))
    assert crossings(links) == by_hand == 3


def test_a_column_that_is_too_high_is_broken() -> None:
    content, placement = _drawn(_layered([0, *[1] * 300, 2], [(0, node) for node in range(1, 301)]))
    width, height = (max(side) - min(side) for side in (placement.x, placement.y))
    assert 0.8 < width / height < 2.5
    assert len({x for node, x in zip(content.nodes, placement.x, strict=True) if node.layer == 1}) > 2
