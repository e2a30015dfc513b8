"""A view for other programs: read back by the libraries that read such files."""

import csv
import io
import json
from xml.etree import ElementTree

import networkx as nx
import pytest

import stigraph
from stigraph import views
from stigraph.errors import UsageError
from stigraph.views.exports import FORMATS, write
from stigraph.views.measures import measure

SICORP = "https://w3id.org/stigraph/id/programme/sicorp"
JST = "https://w3id.org/stigraph/id/organization/jst"


@pytest.fixture(scope="module")
def view(store: stigraph.Store) -> views.View:
    return measure(views.neighbourhood(store, "SICORP"))


def test_graphml_comes_back_whole(view: views.View) -> None:
    read = nx.parse_graphml(write(view, "graphml"), force_multigraph=True)
    assert set(read.nodes) == set(view.nodes)
    assert sorted(read.edges(keys=True)) == sorted(view.edges(keys=True))
    assert read.nodes[SICORP]["label"] == "戦略的国際共同研究プログラム"
    assert read.nodes[SICORP]["label_en"].endswith("(SICORP)")
    assert read.nodes[SICORP]["pageRank"] == view.nodes[SICORP]["measures"]["pageRank"]
    assert (
        json.loads(read.edges[SICORP, JST, "sti:agency"]["evidence"])
        == view.edges[SICORP, JST, "sti:agency"]["evidence"]
    )


def test_gexf_comes_back_whole_and_bears_no_date_of_writing(view: views.View) -> None:
    text = write(view, "gexf", lang="en")
    read = nx.read_gexf(io.BytesIO(text.encode()), version="1.2draft")
    assert set(read.nodes) == set(view.nodes)
    assert read.number_of_edges() == view.number_of_edges()
    assert read.nodes[SICORP]["label"].endswith("(SICORP)")
    assert "lastmodified" not in text


def test_json_is_node_link_data(view: views.View) -> None:
    content = json.loads(write(view, "json", lang="en"))
    assert content["root"] == SICORP
    read = nx.node_link_graph(content, edges="edges")
    assert set(read.edges(keys=True)) == set(view.edges(keys=True))
    assert read.nodes[JST]["label"] == "Japan Science and Technology Agency"


def test_csv_has_a_row_for_each_piece_of_evidence_and_for_what_stands_alone(view: views.View) -> None:
    lone = view.copy()
    lone.add_node("x", type="sti:Programme", labels={"ja": "独り"}, evidence=[], flags=[], facts=[])
    rows = list(csv.DictReader(io.StringIO(write(lone, "csv"))))
    assert len(rows) == 1 + sum(max(1, len(data["evidence"])) for *_, data in view.edges(data=True))
    assert rows[-1]["source_label"] == "独り"
    agency = next(row for row in rows if (row["source"], row["target"]) == (SICORP, JST))
    shown = view.edges[SICORP, JST, "sti:agency"]["evidence"][0]
    assert (agency["quote"], agency["locator"]) == (shown["quote"], shown["locator"])


@pytest.mark.parametrize(("lang", "told"), [("ja", "列の順が失われている"), ("en", "Column order lost")])
def test_notes_are_in_the_language_that_was_asked_for(view: views.View, lang: str, told: str) -> None:
    noted = view.copy()
    shown = {"note": "列の順が失われている", "notes": {"ja": "列の順が失われている", "en": "Column order lost"}}
    noted.add_edge(SICORP, JST, key="sti:payer", predicate="sti:payer", evidence=[shown])
    assert told in {row["note"] for row in csv.DictReader(io.StringIO(write(noted, "csv", lang=lang)))}


def test_mermaid_and_dot_name_every_node(view: views.View) -> None:
    mermaid, dot = write(view, "mermaid").splitlines(), write(view, "dot").splitlines()
    assert sum("-->" in line for line in mermaid) == sum("->" in line for line in dot) == view.number_of_edges()
    assert sum("shape=" in line for line in dot) == view.number_of_nodes()


@pytest.mark.parametrize("form", list(FORMATS))
def test_the_same_bytes_each_time(store: stigraph.Store, view: views.View, form: str) -> None:
    assert write(measure(views.neighbourhood(store, "SICORP")), form) == write(view, form)


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_what_xml_cannot_hold_is_replaced(form: str) -> None:
    view = views.View()
    view.add_node("a\x00<&>\ufffe", type="x", label="\x1b]0;", labels={"ja": "\ud800"}, evidence=[], flags=[], facts=[])
    root = ElementTree.fromstring(write(view, form))
    assert any("\ufffd" in value for element in root.iter() for value in element.attrib.values())


def test_an_unknown_format_is_refused(view: views.View) -> None:
    with pytest.raises(UsageError, match="graphml, gexf, json, dot, mermaid, csv"):
        write(view, "xlsx")
