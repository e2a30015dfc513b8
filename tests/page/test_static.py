"""The picture without a script: everything of the view is in it, inside its frame, and leads where it should."""

import re
import xml.etree.ElementTree as ET

import networkx as nx
import pytest

import stigraph
from stigraph import views
from stigraph.page import picture

_SVG = "{http://www.w3.org/2000/svg}"


def _tree(markup: str) -> ET.Element:
    return ET.fromstring(markup.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def _labels(tree: ET.Element) -> list[str]:
    """The labels, their lines joined."""
    return ["".join(text.itertext()) for text in tree.iter(f"{_SVG}text") if text.get("class") == "label"]


@pytest.fixture(scope="module")
def lineage(store: stigraph.Store) -> views.View:
    return views.lineage(store, "SICORP")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_picture_names_everything_of_the_view(lineage: views.View, lang: str) -> None:
    tree = _tree(picture(lineage, lang))
    titles = [title.text or "" for title in tree.iter(f"{_SVG}title")]
    assert titles[0] == lineage.graph["title"][lang]
    for _, data in lineage.nodes(data=True):
        label = data["labels"].get(lang) or data["label"]
        kind = lineage.graph["words"][data["type"]][lang]
        assert f"{label} ({kind})" in titles
    assert len(_labels(tree)) == len(lineage)
    headings = [text.text or "" for text in tree.iter(f"{_SVG}text") if text.get("class") == "heading"]
    assert len(headings) == len(lineage.graph["layers"])


def test_every_link_of_the_view_is_an_arrow(lineage: views.View) -> None:
    tree = _tree(picture(lineage, "ja"))
    lines = [path for path in tree.iter(f"{_SVG}path") if path.get("class") == "edge"]
    assert len(lines) == len(set(lineage.edges(keys=True)))
    heads = {marker.get("id") for marker in tree.iter(f"{_SVG}marker")}
    assert {re.sub(r"url\(#(.*)\)", r"\1", line.get("marker-end") or "") for line in lines} <= heads
    inferred = [
        data
        for *_, data in lineage.edges(data=True)
        if data["evidence"] and all(item["basis"] not in (None, "Stated") for item in data["evidence"])
    ]
    assert len([line for line in lines if line.get("stroke-dasharray")]) == len(inferred)


def test_nodes_lead_where_the_caller_says(lineage: views.View) -> None:
    def link(iri: str) -> str | None:
        return iri.rsplit("/", 2)[-2] + "/" + iri.rsplit("/", 1)[-1] + ".html" if "/programme/" in iri else None

    tree = _tree(picture(lineage, "ja", link=link))
    told = {a.get("href") for a in tree.iter(f"{_SVG}a")}
    assert told == {f"programme/{iri.rsplit('/', 1)[-1]}.html" for iri in lineage if "/programme/" in iri}


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "java\tscript:x"]
)
def test_no_other_address_than_of_the_web_is_followed(lineage: views.View, address: str) -> None:
    assert "<a " not in picture(lineage, "ja", link=lambda _: address)


def test_everything_is_inside_the_frame(lineage: views.View) -> None:
    tree = _tree(picture(lineage, "ja"))
    left, top, width, height = map(float, (tree.get("viewBox") or "").split())
    for text in tree.iter(f"{_SVG}tspan"):
        assert left <= float(text.get("x") or 0) <= left + width
        assert top <= float(text.get("y") or 0) <= top + height
    for path in tree.iter(f"{_SVG}path"):
        if path.get("class") == "node":
            numbers = re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path.get("d") or "")
            assert all(left <= float(x) <= left + width and top <= float(y) <= top + height for x, y in numbers)


def test_only_what_matters_most_of_a_large_graph_is_drawn() -> None:
    graph = nx.star_graph(1000)
    tree = _tree(picture(graph, "en", most=50))
    assert len(_labels(tree)) == 50
    description = next(tree.iter(f"{_SVG}desc")).text or ""
    assert description == "The 50 that matter most of 1001 things and 49 links between them."
    assert "0" in _labels(tree)


def test_long_labels_are_broken_and_hostile_ones_stay_texts() -> None:
    graph = nx.DiGraph()
    graph.add_node("a", label="国際共同研究" * 300)
    graph.add_node("b", label="</text><script>alert(1)</script>\x00\ud800")
    graph.add_edge("a", "b")
    tree = _tree(picture(graph, "ja"))
    assert not list(tree.iter(f"{_SVG}script"))
    (long,) = (text for text in tree.iter(f"{_SVG}text") if "国際" in "".join(text.itertext()))
    assert len(long) == 3
    assert "".join(long.itertext()).endswith("…")


@pytest.mark.parametrize("graph", [nx.Graph(), nx.empty_graph(1), nx.MultiGraph([(1, 1), (1, 2), (1, 2)])])
def test_small_graphs_have_a_picture(graph: nx.Graph) -> None:
    tree = _tree(picture(graph, "ja"))
    assert len(_labels(tree)) == len(graph)
    assert "style=" not in picture(graph, "ja")


def test_two_pictures_of_one_page_share_no_id(lineage: views.View) -> None:
    ids = [re.findall(r'\bid="([^"]+)"', picture(lineage, "ja", name=name)) for name in ("first", "second")]
    assert ids[0]
    assert not set(ids[0]) & set(ids[1])


def test_picture_is_the_same_every_time(lineage: views.View) -> None:
    assert picture(lineage, "ja") == picture(lineage, "ja")
