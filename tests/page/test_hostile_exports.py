"""A view written for other programs holds hostile strings as text, whatever its format."""

from __future__ import annotations

import csv
import io
import json
import re

import networkx as nx
import pytest
from tests.page.hostile import HOSTILE, hostile_graph

from stigraph.views import View
from stigraph.views.exports import write

_HALF_PAIR = re.compile("[\ud800-\udfff]")
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@pytest.fixture(scope="module")
def view() -> View:
    """A view of every hostile string that a store can hold."""
    texts = [hostile.text for hostile in HOSTILE if not _HALF_PAIR.search(hostile.text)]
    planted = View(hostile_graph(texts))
    for _, data in planted.nodes(data=True):
        data.pop("measures")
    return planted


def _as_xml(text: str) -> str:
    return re.sub("\r\n?", "\n", _NOT_XML.sub("\ufffd", text))


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_xml_is_read_back(form: str, view: View) -> None:
    content = write(view, form).encode()
    read = nx.read_graphml(io.BytesIO(content)) if form == "graphml" else nx.read_gexf(io.BytesIO(content))
    expected = sorted(_as_xml(node) for node in view)
    assert sorted(_as_xml(node) for node in read) == expected
    assert read.number_of_edges() == view.number_of_edges()
    assert {_as_xml(data["label_en"]).strip() for _, data in read.nodes(data=True) if "label_en" in data} >= {
        "<script>__ran(1)</script>",
        "]]>",
        '<!DOCTYPE html [<!ENTITY x SYSTEM "http://hostile.invalid/e">]>&x;',
    }


def test_json_is_read_back(view: View) -> None:
    content = json.loads(write(view, "json"))
    assert [node["id"] for node in content["nodes"]] == list(view)
    assert [node["labels"]["ja"] for node in content["nodes"]] == list(view)


def test_csv_is_read_back(view: View) -> None:
    rows = list(csv.DictReader(io.StringIO(write(view, "csv"), newline="")))
    assert [row["source"] for row in rows] == [source for source, _ in view.edges()]
    assert [row["quote"] for row in rows] == [source for source, _ in view.edges()]


def test_no_string_ends_a_line_of_a_flowchart(view: View) -> None:
    lines = write(view, "mermaid").removesuffix("\n").split("\n")
    assert len(lines) == 1 + len(view) + view.number_of_edges()
    assert [line for line in lines[1:] if not re.fullmatch(_FLOWCHART_LINE, line)] == []


_FLOWCHART_LINE = r"""  n\d+(\["[^"<>`]*"\]| -->(\|"[^"<>`]*"\|)? n\d+)"""


def test_no_string_ends_a_text_of_dot(view: View) -> None:
    """Outside its quoted texts DOT holds nothing but its own words."""
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "T", write(view, "dot"), flags=re.DOTALL)
    lines = bare.removesuffix("\n").split("\n")
    assert lines[3:-1] == ["  T [label=T, shape=box];"] * len(view) + ["  T -> T [label=T];"] * view.number_of_edges()
