"""An answer as text, JSON, CSV, Markdown, Mermaid and DOT."""

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import networkx as nx
import pytest

import stigraph
from stigraph.japanese import display_width
from stigraph.lineage import Lineage, Node
from stigraph.lineage.formats import FORMATS, write
from stigraph.lineage.sayings import same_words
from stigraph.vocab import ID

_HERE = Path(__file__).parent
_HANGING = "、。，．）」』】〕〉》！？・ーゃゅょっャュョッ%,.)]"
Run = Callable[..., CompletedProcess[str]]


@pytest.fixture(params=["up", "down", "body", "partner", "none"])
def answer(request: pytest.FixtureRequest, store: stigraph.Store) -> Lineage:
    return {
        "up": lambda: stigraph.lineage(store, "SICORP"),
        "down": lambda: stigraph.lineage(store, "第6期基本計画", down=True),
        "body": lambda: stigraph.lineage(store, "JST", sources=["002", "004"]),
        "partner": lambda: stigraph.lineage(store, "ドイツ", down=True),
        "none": lambda: stigraph.lineage(store, "ドイツ"),
    }[request.param]()


@pytest.fixture
def hostile(planted: Callable[[Path], stigraph.Store]) -> Lineage:
    """An answer whose labels and quotes hold what the formats use as marks."""
    return stigraph.lineage(planted(_HERE / "data" / "hostile"), "programme:hostile")


def test_json_is_node_link_data_with_the_keys_of_the_contract(answer: Lineage) -> None:
    content = json.loads(write(answer, "json"))
    assert content["root"] == answer.root
    assert [node["id"] for node in content["nodes"]] == list(answer.nodes)
    for node in content["nodes"]:
        known = answer.nodes[node["id"]]
        assert (node["type"], node["label"], node["labels"]) == (known.type, known.label("ja"), dict(known.labels))
    assert len(content["edges"]) == len(answer.edges)
    for edge, known_edge in zip(content["edges"], answer.edges, strict=True):
        assert (edge["source"], edge["target"], edge["predicate"]) == known_edge[:3]
        assert [
            (shown["statement"], shown["document"], shown["locator"], shown["quote"]) for shown in edge["evidence"]
        ] == [shown[:4] for shown in known_edge.evidence]


def test_json_makes_the_graph_in_networkx(answer: Lineage) -> None:
    content = json.loads(write(answer, "json"))
    read = nx.node_link_graph(content, edges="edges")
    assert isinstance(read, nx.MultiDiGraph)
    graph = answer.graph()
    assert dict(read.nodes(data=True)) == dict(graph.nodes(data=True))
    assert {(u, v, key): data for u, v, key, data in read.edges(keys=True, data=True)} == {
        (u, v, key): data for u, v, key, data in graph.edges(keys=True, data=True)
    }


def test_labels_are_in_the_language_asked_for(store: stigraph.Store) -> None:
    answer = stigraph.lineage(store, "SATREPS", sources=["002"])
    for lang, label in (
        ("ja", "地球規模課題対応国際科学技術協力プログラム"),
        ("en", "Science and Technology Research Partnership for Sustainable Development (SATREPS)"),
    ):
        content = json.loads(write(answer, "json", lang=lang))
        assert next(node["label"] for node in content["nodes"] if node["id"] == answer.root) == label
        assert label in write(answer, "text", lang=lang)


def test_csv_has_one_row_for_each_piece_of_evidence(answer: Lineage) -> None:
    rows = list(csv.DictReader(io.StringIO(write(answer, "csv"), newline="")))
    wanted = [
        (edge.source, edge.predicate, edge.target, shown.statement or "", shown.document, shown.quote or "")
        for edge in answer.edges
        for shown in edge.evidence
    ]
    keys = ("source", "predicate", "target", "statement", "document", "quote")
    assert [tuple(row[key] for key in keys) for row in rows] == wanted
    assert all(row["source_label"] == answer.nodes[row["source"]].label("ja") for row in rows)


def _words(text: str) -> str:
    return "".join(character for character in text if character not in " \n　│├└─")


@pytest.mark.parametrize("width", [80, 100, 120])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_text_fits_and_holds_every_passage(answer: Lineage, width: int, lang: str) -> None:
    text = write(answer, "text", lang=lang, width=width)
    for line in text.splitlines():
        hangs = line[-1:] in _HANGING and display_width(line[:-1]) <= width
        assert display_width(line) <= width or hangs, line
        assert line == line.rstrip()
    words = _words(text)
    for node in answer.nodes.values():
        if node.type == "sti:Statement" and (answer.direction == "up" or _is_cited(answer, node.id)):
            assert same_words(_words(node.facts["quote"])) in same_words(words)
            assert node.facts["locator"].replace(" ", "") in words
        elif node.type in {"sti:Programme", "sti:Plan", "sti:Strategy", "sti:Recommendation"}:
            assert _words(node.label(lang)) in words


def _is_cited(answer: Lineage, iri: str) -> bool:
    return any(edge.target == iri and edge.predicate == "sti:cites" for edge in answer.edges)


def test_every_programme_fits_eighty_columns(store: stigraph.Store) -> None:
    for thing in store.of_type("sti:Programme"):
        for line in write(stigraph.lineage(store, thing.iri), "text", lang="en", width=80).splitlines():
            assert display_width(line) <= 80 or (line[-1] in _HANGING and display_width(line[:-1]) <= 80), line


def test_golden_text(run: Run) -> None:
    """To renew: COLUMNS=100 stigraph lineage SICORP --source 002 --lang en -o FILE."""
    golden = (_HERE / "golden" / "sicorp-002-en.txt").read_text(encoding="utf-8")
    done = run("lineage", "SICORP", "--source", "002", "--lang", "en", env={"COLUMNS": "100"})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == golden.split()


def test_nothing_found_is_said_and_exits_1(run: Run) -> None:
    for lang, sentence in (
        ("en", "No passage is found on which it stands."),
        ("ja", "根拠となる記述は見つからない。"),
    ):
        done = run("lineage", "ドイツ", "--lang", lang)
        assert done.returncode == 1
        assert sentence in done.stdout


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_mermaid_keeps_hostile_labels_inside_their_quotes(hostile: Lineage, lang: str) -> None:
    first, *lines = write(hostile, "mermaid", lang=lang).splitlines()
    assert first == "flowchart LR"
    nodes = [line for line in lines if "-->|" not in line]
    assert len(lines) == len(nodes) + len(hostile.edges)
    captions = []
    for line in nodes:
        matched = re.fullmatch(r'  n\d+(?:\(\[|\[/|\[)"([^"<>`\n]*)"(?:\]\)|/\]|\])', line)
        assert matched, line
        captions.append(html.unescape(re.sub(r"#(\w+);", _html_code, matched[1])))
    assert captions == [_caption(node, lang) for node in hostile.nodes.values()]
    for line in lines[len(nodes) :]:
        assert re.fullmatch(r'  n\d+ -->\|"[^"<>`\n]*"\| n\d+', line), line


def _html_code(code: re.Match[str]) -> str:
    """Mermaid writes ``#35;`` and ``#quot;`` where HTML writes ``&#35;`` and ``&quot;``."""
    return f"&#{code[1]};" if code[1].isdecimal() else f"&{code[1]};"


def _caption(node: Node, lang: str) -> str:
    quoted = node.type == "sti:Statement" and lang == "ja"
    text = " ".join((f"「{node.facts['quote']}」" if quoted else node.label(lang)).splitlines())
    return text if len(text) <= 40 else text[:39] + "…"


def _dot_strings(text: str) -> Iterator[str]:
    for quoted in re.findall(r'"((?:[^"\\]|\\.)*)"', text):
        yield re.sub(r"\\(.)", r"\1", quoted)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_dot_keeps_hostile_labels_inside_their_quotes(hostile: Lineage, lang: str) -> None:
    text = write(hostile, "dot", lang=lang)
    bare = re.sub(r'"(?:[^"\\\n]|\\.)*"', "Q", text)
    lines = bare.splitlines()
    assert lines[:3] == ["digraph lineage {", "  rankdir=LR;", "  node [fontname=Q];"]
    assert lines[-1] == "}"
    nodes, edges = len(hostile.nodes), len(hostile.edges)
    assert all(re.fullmatch(r"  Q \[label=Q, shape=(oval|note|box)\];", line) for line in lines[3 : 3 + nodes])
    assert lines[3 + nodes : -1] == ["  Q -> Q [label=Q];"] * edges
    assert [_caption(node, lang) for node in hostile.nodes.values()] == [
        caption for caption in _dot_strings("\n".join(re.findall(r"\[label=(.*), shape=", text)))
    ]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_markdown_keeps_hostile_labels_as_text(hostile: Lineage, lang: str) -> None:
    text = write(hostile, "md", lang=lang)
    lines = text.splitlines()
    assert lines[0].startswith("# ")
    for line in lines[1:]:
        assert not line or re.match(r" *- |  +<br>|\S", line), line
        assert not line.startswith(("#", "|")), "a label opens a heading or a table"
    bare = re.sub(r"^ +<br>", "", text, flags=re.MULTILINE)
    assert not re.search(r"(?<!\\)[<>`*_|\[\]]", re.sub(r"\\\\", "", bare)), bare
    assert "\\<script\\>" in text


def test_text_keeps_a_label_on_its_lines(hostile: Lineage) -> None:
    lines = write(hostile, "text", lang="en", width=100).splitlines()
    assert all(line.startswith(('"]-->x', "  ", "├", "└", "│", "n9", "#")) for line in lines[:2])
    assert not any(line.startswith("# Heading") for line in lines)


def test_csv_and_json_give_hostile_text_back_whole(hostile: Lineage) -> None:
    quote = hostile.nodes[ID + "statement/hostile"].facts["quote"]
    rows = list(csv.DictReader(io.StringIO(write(hostile, "csv"), newline="")))
    assert {row["quote"] for row in rows} == {quote}
    assert {row["cited_as"] for row in rows} == {'<b>"]</b>'}
    content = json.loads(write(hostile, "json"))
    assert {shown["quote"] for edge in content["edges"] for shown in edge["evidence"]} == {quote}


@pytest.mark.parametrize("form", sorted(FORMATS))
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_format_on_the_command_line_is_what_python_gives(
    run: Run, store: stigraph.Store, tmp_path: Path, form: str, lang: str
) -> None:
    wanted = write(stigraph.lineage(store, "SATREPS", sources=["002"]), form, lang=lang, width=100)
    arguments = ["lineage", "satreps", "--source", "002", "--format", form, "--lang", lang]
    printed = run(*arguments, env={"COLUMNS": "100"})
    assert (printed.returncode, printed.stderr, printed.stdout) == (0, "", wanted)
    written = run(*arguments, "-o", str(tmp_path / "answer"), env={"COLUMNS": "100"})
    assert (written.returncode, written.stdout) == (0, "")
    assert (tmp_path / "answer").read_text(encoding="utf-8") == wanted
