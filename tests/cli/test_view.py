"""`stigraph view` and `stigraph query --view`, run as a user runs them."""

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pytest
from tests.conftest import Run

SICORP = "https://w3id.org/stigraph/id/programme/sicorp"


def test_a_page_is_written_beside_the_user(run: Run, tmp_path: Path) -> None:
    done = run("view", "lineage", "SICORP", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["stigraph-lineage.html"]
    page = (tmp_path / "stigraph-lineage.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "戦略的国際共同研究プログラム" in page
    assert done.stdout.startswith("stigraph-lineage.html: 21 things")


def test_the_page_goes_to_the_file_that_is_named_or_to_standard_output(run: Run, tmp_path: Path) -> None:
    named = run("view", "neighbourhood", "SICORP", "-o", str(tmp_path / "a.html"))
    printed = run("view", "neighbourhood", "SICORP", "-o", "-")
    assert named.stdout.startswith(str(tmp_path / "a.html"))
    assert printed.stdout == (tmp_path / "a.html").read_text(encoding="utf-8")


def test_other_formats_are_printed(run: Run) -> None:
    content = json.loads(run("view", "lineage", "SICORP", "--format", "json").stdout)
    asked = json.loads(run("lineage", "SICORP", "--format", "json").stdout)
    assert content["root"] == SICORP
    assert {(edge["source"], edge["target"]) for edge in asked["edges"]} <= {
        (edge["source"], edge["target"]) for edge in content["edges"]
    }
    rows = list(csv.DictReader(io.StringIO(run("view", "lineage", "SICORP", "--format", "csv").stdout)))
    assert any(row["locator"] == "L370-L373" for row in rows)
    assert run("view", "lineage", "SICORP", "--format", "mermaid").stdout.startswith("flowchart LR\n")


def test_measures_are_in_the_files(run: Run) -> None:
    done = run("view", "neighbourhood", "SICORP", "--measures", "--format", "graphml")
    graph = nx.parse_graphml(done.stdout, force_multigraph=True)
    assert graph.nodes[SICORP]["betweenness"] > 0


def test_the_views_take_their_options(run: Run) -> None:
    near = json.loads(run("view", "neighbourhood", "SICORP", "--format", "json").stdout)
    far = json.loads(run("view", "neighbourhood", "SICORP", "--hops", "2", "--format", "json").stdout)
    assert len(far["nodes"]) > len(near["nodes"])
    down = json.loads(run("view", "lineage", "第6期基本計画", "--down", "--format", "json").stdout)
    assert SICORP in {node["id"] for node in down["nodes"]}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["lineage"], 2, "stigraph: Say of what: stigraph view lineage THING, like stigraph view lineage SICORP.\n"),
        (["gaps", "SICORP"], 2, "stigraph: The view gaps is of the whole graph; it takes no THING.\n"),
        (
            ["plan", "6th Basic Plan", "--hops", "2"],
            2,
            "stigraph: --hops is no option of the view plan, but of neighbourhood.\n",
        ),
        (
            ["money", "SICORP", "--source", "002"],
            2,
            "stigraph: --source is no option of the view money, but of lineage, plan.\n",
        ),
        (
            ["lineage", "SICORP", "--format", "csv", "--open"],
            2,
            "stigraph: --open shows a page; it goes with --format html.\n",
        ),
    ],
)
def test_a_question_that_cannot_be_asked_is_one_sentence(
    run: Run, tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    done = run("view", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", said)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_name_offers_the_nearest(run: Run, tmp_path: Path) -> None:
    done = run("view", "lineage", "SICROP", cwd=tmp_path)
    assert done.returncode == 1
    assert "programme:sicorp" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_one_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run("view", "lineage", "SICORP", "-o", str(tmp_path / "file" / "a.html"))
    assert done.returncode == 2
    assert done.stderr.startswith("stigraph: ")
    assert done.stderr.count("\n") == 1


def test_a_result_is_drawn(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "result.html"
    done = run("query", "programmes-citing-plan", "--view", str(path))
    assert (done.returncode, done.stderr) == (0, "")
    page = path.read_text(encoding="utf-8")
    assert "第6期" in page
    assert SICORP in page


@pytest.mark.parametrize("extra", [["-o", "x"], ["--format", "csv"]])
def test_a_result_is_drawn_or_printed(run: Run, tmp_path: Path, extra: list[str]) -> None:
    done = run("query", "ASK {}", "--view", str(tmp_path / "a.html"), *extra, cwd=tmp_path)
    assert done.returncode == 2
    assert "--view FILE draws the result instead of printing it" in done.stderr
    assert list(tmp_path.iterdir()) == []
