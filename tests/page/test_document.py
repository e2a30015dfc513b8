"""The page as text: what it carries is what the graph carries, nothing in it can run, and it is written whole."""

import json
import re
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from copy import deepcopy
from hashlib import sha256
from html.parser import HTMLParser
from itertools import combinations
from math import dist
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import stigraph
from stigraph import views
from stigraph.errors import StoreError, UsageError
from stigraph.page import Page, page, picture
from stigraph.page.colours import looks_of_classes, looks_of_relations

_ONTOLOGY = Path(__file__).parents[2] / "ontology" / "stigraph.ttl"
_EVIL = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]></template><img src=x onerror=alert(1)>",
    "\u2028\u2029",
    "\x00\x1b\x7f",
    "a\ud800b",
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(1)",
    "\u202eevil\u202c",
    "x" * 100_000,
]


class _Reader(HTMLParser):
    """Collects the elements of a page and the text of its scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in {"script", "style"}:
            self.texts.append((tag, dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            tag, attributes, text = self.texts[-1]
            self.texts[-1] = (tag, attributes, text + data)

    def block(self, name: str) -> Any:
        (text,) = (text for _, attributes, text in self.texts if attributes.get("id") == name)
        return json.loads(text)


def _read(made: Page) -> tuple[dict[str, Any], dict[str, Any]]:
    reader = _Reader(made.html)
    return reader.block("graph"), reader.block("details")


def _hashes(texts: Iterator[str]) -> list[str]:
    return [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts]


@pytest.fixture(scope="module")
def graph(store: stigraph.Store) -> views.View:
    return views.neighbourhood(store, "SICORP")


@pytest.fixture(scope="module")
def made(graph: views.View) -> Page:
    return page(graph)


def test_policy_names_exactly_the_scripts_and_styles_of_the_page(made: Page) -> None:
    reader = _Reader(made.html)
    (policy,) = (a["content"] for tag, a in reader.tags if a.get("http-equiv") == "Content-Security-Policy")
    told = dict(part.strip().split(" ", 1) for part in (policy or "").split(";"))
    run = _hashes(text for tag, a, text in reader.texts if tag == "script" and "type" not in a)
    styles = _hashes(text for tag, _, text in reader.texts if tag == "style")
    assert told["script-src"].split() == run
    assert told["style-src"].split() == styles
    assert told["default-src"] == told["base-uri"] == told["form-action"] == "'none'"
    assert len(run) == 2


def test_page_has_no_handler_no_style_attribute_and_asks_for_nothing(made: Page) -> None:
    reader = _Reader(made.html)
    assert not [a for _, a in reader.tags if any(name == "style" or name.startswith("on") for name in a)]
    assert not [a for _, a in reader.tags if "src" in a or (a.get("href") or "#")[0] != "#"]
    assert not re.search(r"@import|url\((?!\"?data:)", "".join(t for tag, _, t in reader.texts if tag == "style"))


def test_picture_block_says_what_the_graph_says(made: Page, graph: views.View) -> None:
    block, _ = _read(made)
    nodes, edges = block["nodes"], block["edges"]
    assert sorted(nodes["id"]) == sorted(graph)
    assert nodes["id"][block["root"]] == graph.graph["root"]
    for iri, kind, ja, en in zip(nodes["id"], nodes["class"], nodes["ja"], nodes["en"], strict=True):
        told = graph.nodes[iri]
        assert block["classes"][kind]["id"] == told["type"]
        assert ja == (told["labels"].get("ja") or told["labels"].get("en") or told["label"])
        assert en in ("", told["labels"].get("en"))
    steps = {
        (nodes["id"][source], nodes["id"][target], block["relations"][relation]["id"])
        for source, target, relation in zip(edges["from"], edges["to"], edges["relation"], strict=True)
    }
    assert steps == set(graph.edges(keys=True))
    inferred = [edge for turn, edge in enumerate(graph.edges(data=True)) if turn in set(edges["inferred"])]
    assert inferred
    assert all(item["basis"] != "Stated" for *_, data in inferred for item in data["evidence"])


def test_details_carry_every_passage_fact_and_name(made: Page, graph: views.View) -> None:
    block, details = _read(made)
    documents = [document["id"] for document in details["documents"]]
    ids = block["nodes"]["id"]
    for turn, (*_, data) in enumerate(graph.edges(data=True)):
        told = [details["passages"][place] for place in details["edgePassages"].get(str(turn), [])]
        assert [row[3] for row in told] == list(dict.fromkeys(item["quote"] for item in data["evidence"])) or len(
            told
        ) == len({json.dumps(item) for item in data["evidence"]})
        assert {row[2] for row in told} == {item["locator"] for item in data["evidence"]}
        known = {item["document"] for item in data["evidence"]} & set(documents)
        assert {documents[row[1]] for row in told if row[1] is not None} == known
    root = str(ids.index(graph.graph["root"]))
    assert "JST SICORP" in details["names"][root]
    facts = [(details["words"][row[0]]["id"], row[1]) for row in details["facts"][root]]
    told_facts = graph.nodes[graph.graph["root"]]["facts"]
    assert len(facts) == len(told_facts)
    assert {name for name, _ in facts} == {fact["property"] for fact in told_facts}
    assert all(str(link).startswith("http") for row in details["passages"] if (link := row[7]))


def test_measures_fill_the_table(graph: views.View) -> None:
    measured = deepcopy(graph)
    measured.graph["measures"] = [{"id": "community", "label": {"ja": "コミュニティ", "en": "Community"}}]
    for turn, node in enumerate(measured):
        measured.nodes[node]["measures"] = {"community": turn % 3}
    block, details = _read(page(measured))
    numbers = {iri: row[0] for iri, row in zip(block["nodes"]["id"], details["measures"]["rows"], strict=True)}
    assert numbers == {iri: turn % 3 for turn, iri in enumerate(measured)}
    assert details["measures"]["columns"][0]["label"]["en"] == "Community"


def test_charts_of_a_view_become_figures(graph: views.View) -> None:
    drawn = deepcopy(graph)
    point = {"x": "2024", "y": 1.0, "printed": "1", "document": None, "locator": None}
    series = [{"role": "actual", "label": {"ja": "実績", "en": "actual"}, "points": [point]}]
    chart = {
        "about": graph.graph["root"],
        "kind": "lines",
        "title": {"ja": "指標", "en": "Indicator"},
        "series": series,
    }
    drawn.graph["charts"] = [chart, {**chart, "about": None}]
    made = page(drawn)
    block, details = _read(made)
    assert [entry["node"] for entry in details["charts"]] == [block["root"], None]
    assert {a.get("id") for tag, a in _Reader(made.html).tags if tag == "template"} == {"figure-0", "figure-1"}


@pytest.mark.parametrize("evil", _EVIL, ids=lambda text: ascii(text[:20]))
def test_no_text_of_the_data_leaves_its_place(evil: str) -> None:
    plain = _Reader(page(_everywhere("plain")).html)
    made = page(_everywhere(evil))
    reader = _Reader(made.html)
    assert [tag for tag, _ in reader.tags] == [tag for tag, _ in plain.tags]
    assert [set(a) for _, a in reader.tags] == [set(a) for _, a in plain.tags]
    block, details = reader.block("graph"), reader.block("details")
    assert len(block["nodes"]["id"]) == 2
    assert details["documents"][0]["link"] is None
    made.html.encode()
    assert not re.search("[\x00-\x08\x0e-\x1f\x7f]", made.html)


def _everywhere(text: str) -> nx.MultiDiGraph:
    """A graph that has a text in every place where a text can be."""
    both = {"ja": text, "en": text}
    shown = {"statement": text, "document": text, "locator": text, "quote": text, "citedAs": text, "basis": text}
    fact = {"property": text, "value": text, "thing": None, "lang": text, "document": text, "locator": text}
    point = {"x": text, "y": 1.0, "printed": text, "document": text, "locator": text}
    chart = {"about": text, "kind": text, "title": both, "unit": both, "axis": both,
             "series": [{"role": text, "label": both, "points": [point]}]}  # fmt: skip
    graph = nx.MultiDiGraph(
        view=text, root=text, title=both, sentence=both, arrangement="layered", layers=[both], sources=[text],
        words={text: both}, links={text: text}, charts=[chart], measures=[{"id": text, "label": both}],
    )  # fmt: skip
    passage = shown | {"note": text}
    told = {"type": text, "label": text, "labels": both, "names": [text], "facts": [fact], "evidence": [passage]}
    graph.add_node(text, flags=[text], color=text, shape=text, title=text, measures={text: text}, **told)
    graph.add_node("other", **told)
    graph.add_edge(text, "other", key=text, predicate=text, evidence=[shown], caption=both)
    return graph


def test_any_values_make_a_sensible_page() -> None:
    graph = nx.MultiGraph(title=3, layers=None, words=[1], charts="no", root=["unhashable"], arrangement="layered")
    graph.add_node(1, label=None, type=7, weight=float("nan"), layer="x", flags="abc", names=5, facts={}, evidence=3)
    graph.add_node("1", label=float("nan"), labels="no mapping", weight=float("inf"))
    graph.add_node((2, "b"), labels={"fr": "plan"}, year=2024)
    graph.add_node("https://example.org/things/last")
    graph.add_edge(1, "1", predicate=None, evidence=[None, 3, {}], caption=12)
    graph.add_edge(1, 1)
    block, details = _read(page(graph))
    nodes = dict(zip(block["nodes"]["id"], block["nodes"]["ja"], strict=True))
    assert nodes == {
        "1": "1", "1 (2)": "no mapping", "(2, 'b')": "plan", "https://example.org/things/last": "last"
    }  # fmt: skip
    assert block["title"] == {"ja": "3", "en": "3"}
    assert block["arrangement"] == "force"
    words = [word["en"] for word in details["words"]]
    assert [(words[row[0]], row[1]) for rows in details["facts"].values() for row in rows] == [("year", "2024")]


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph])
def test_every_kind_of_graph_keeps_its_nodes_and_edges(kind: type) -> None:
    graph = kind([(1, 2), (2, 3), (3, 1), (1, 2)])
    before = deepcopy(graph)
    block, _ = _read(page(graph))
    assert sorted(block["nodes"]["id"]) == ["1", "2", "3"]
    assert len(block["edges"]["from"]) == graph.number_of_edges()
    assert block["directed"] == graph.is_directed()
    assert nx.utils.graphs_equal(graph, before)


@pytest.mark.parametrize(("graph", "count"), [(nx.Graph(), 0), (nx.empty_graph(1), 1)])
def test_no_node_and_one_node(graph: nx.Graph, count: int) -> None:
    block, details = _read(page(graph))
    assert len(block["nodes"]["id"]) == block["first"] == count
    assert details["passages"] == []


def test_other_languages_are_refused() -> None:
    with pytest.raises(UsageError, match="A page opens in ja or en, not in “fr”"):
        page(nx.Graph(), lang="fr")
    with pytest.raises(UsageError, match="not in “fr”"):
        picture(nx.Graph(), "fr")


def test_what_matters_comes_first() -> None:
    graph = nx.star_graph(4999)
    graph.nodes[7]["weight"] = 5
    block, _ = _read(page(graph))
    assert block["nodes"]["id"][:2] == ["7", "0"]
    assert block["first"] == 1500
    dense, _ = _read(page(nx.complete_graph(400)))
    assert 60 <= dense["first"] <= 110


def test_page_is_the_same_every_time(graph: views.View, made: Page) -> None:
    assert page(graph).html == made.html
    assert page(graph, lang="en").html != made.html


def test_page_is_written_whole_or_not_at_all(made: Page, tmp_path: Path) -> None:
    target = tmp_path / "計画.html"
    made.write(target)
    assert target.read_bytes() == made.html.encode()
    assert list(tmp_path.iterdir()) == [target]
    missing = tmp_path / "no" / "page.html"
    with pytest.raises(StoreError, match=r"page\.html cannot be written: No such file or directory\."):
        made.write(missing)
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(StoreError, match=r"folder\.html cannot be written"):
        made.write(tmp_path / "folder.html")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder.html", "計画.html"]


def test_notebook_shows_the_page_in_a_frame_that_reaches_nothing(made: Page, graph: views.View) -> None:
    ((tag, frame),) = _Reader(made._repr_html_()).tags
    assert tag == "iframe"
    assert frame["srcdoc"] == made.html
    assert set((frame["sandbox"] or "").split()) == {"allow-scripts", "allow-downloads", "allow-popups"}
    assert graph._repr_html_() == made._repr_html_()


def test_pyvis_and_numpy_are_loaded_only_to_make_a_page() -> None:
    code = "import sys; from stigraph.page import page; print(sorted({'pyvis', 'IPython', 'numpy'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def _vocabulary_classes() -> list[str]:
    return re.findall(r"^((?:sti|org|qb|skos):\w+) a owl:Class", _ONTOLOGY.read_text(encoding="utf-8"), re.MULTILINE)


def test_every_class_of_the_vocabulary_has_a_look_of_its_own() -> None:
    names = _vocabulary_classes()
    looks = looks_of_classes(names)
    assert len(names) > 35
    assert len({(look.shape, look.light) for look in looks.values()}) == len(names)
    assert looks == {name: looks_of_classes([name])[name] for name in names}


def test_colours_stand_out_and_differ_for_every_eye() -> None:
    looks = looks_of_classes(_vocabulary_classes())
    for look in looks.values():
        assert _contrast(look.light, "#f7f7f4") >= 3
        assert _contrast(look.dark, "#1e2327") >= 3
    for (name, one), (other_name, other) in combinations(looks.items(), 2):
        if one.shape == other.shape:
            assert _difference(one.light, other.light) > 0.1, (name, other_name)
            assert _difference(one.dark, other.dark) > 0.1, (name, other_name)


def test_unknown_classes_and_relations_have_looks_too() -> None:
    looks = looks_of_classes(["sti:Plan", "b", "a"])
    assert looks["a"] != looks["b"]
    assert looks == looks_of_classes(["a", "b", "sti:Plan"])
    colours = looks_of_relations(["x", "y", "^sti:agency"])
    assert colours["x"] != colours["y"]


def _linear(colour: str) -> list[float]:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _contrast(one: str, other: str) -> float:
    """The contrast of WCAG 2.2."""
    dark, light = sorted(
        sum(w * part for w, part in zip((0.2126, 0.7152, 0.0722), _linear(c), strict=True)) for c in (one, other)
    )
    return (light + 0.05) / (dark + 0.05)


_EYES: dict[str, list[list[float]]] = {
    "all": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "no green": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "no red": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
}


def _difference(one: str, other: str) -> float:
    """How far two colours are in Oklab for the eye that tells them least (Machado, Oliveira and Fernandes 2009)."""
    return min(dist(_oklab(one, eye), _oklab(other, eye)) for eye in _EYES.values())


def _oklab(colour: str, eye: list[list[float]]) -> list[float]:
    seen = [max(sum(w * part for w, part in zip(row, _linear(colour), strict=True)), 0.0) for row in eye]
    lms = [
        sum(w * part for w, part in zip(row, seen, strict=True)) ** (1 / 3)
        for row in (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        )
    ]
    rows = (
        (0.2104542553, 0.793617785, -0.0040720468),
        (1.9779984951, -2.428592205, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.808675766),
    )
    return [sum(w * part for w, part in zip(row, lms, strict=True)) for row in rows]
