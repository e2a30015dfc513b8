"""Each quality query finds the fault planted for it, and nothing in the good example."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

ONTOLOGY = Path(__file__).resolve().parents[2] / "ontology"
HERE = Path(__file__).resolve().parent
QUERIES = sorted((ONTOLOGY / "qc").glob("*.rq"))
ID = "https://w3id.org/stigraph/id/"
NS = ox.NamedNode("https://w3id.org/stigraph/ns")
HEADER = ("id", "severity", "title-en", "title-ja", "cure")


def store_of(*paths: Path) -> ox.Store:
    """Return a store of the ontology (in a graph of its own) and some TriG files."""
    store = ox.Store()
    for name in ("stigraph.ttl", "concepts.ttl", "alignments.ttl", "shapes.ttl"):
        store.load(path=str(ONTOLOGY / name), format=ox.RdfFormat.TURTLE, to_graph=NS)
    for path in paths:
        store.load(path=str(path), format=ox.RdfFormat.TRIG)
    return store


def faults(store: ox.Store, query: Path) -> dict[str, str]:
    """Run a query over the union of all graphs and return the detail for each faulty node."""
    solutions = store.query(query.read_text(encoding="utf-8"), use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    assert [variable.value for variable in solutions.variables] == ["node", "detail"]
    found: dict[str, str] = {}
    for solution in solutions:
        node, detail = solution["node"], solution["detail"]
        assert isinstance(detail, ox.Literal), f"no detail for {node}"
        found[str(node).strip("<>")] = detail.value
    return found


@pytest.fixture(scope="module")
def clean() -> ox.Store:
    """Return the good example with the ontology."""
    return store_of(HERE / "good.trig")


@pytest.mark.parametrize("query", QUERIES, ids=lambda path: str(path.stem))
def test_header(query: Path) -> None:
    """id (the file's name), severity, both titles and a cure stand at the head, in this order."""
    lines = re.findall(r"^# ([a-z-]+): (.+)$", query.read_text(encoding="utf-8"), re.MULTILINE)
    assert [key for key, _ in lines[:5]] == list(HEADER)
    head = dict(lines[:5])
    assert head["id"] == query.stem
    assert head["severity"] in {"error", "warning", "info"}
    assert re.search("[ぁ-んァ-ヶ一-龠]", head["title-ja"])


@pytest.mark.parametrize("query", QUERIES, ids=lambda path: str(path.stem))
def test_silent_on_the_good_example(query: Path, clean: ox.Store) -> None:
    """No false alarm."""
    assert faults(clean, query) == {}


@pytest.mark.parametrize("query", QUERIES, ids=lambda path: str(path.stem))
def test_finds_the_planted_fault(query: Path) -> None:
    """The planted nodes are found, and no others."""
    planted = HERE / "qc" / f"{query.stem}.trig"
    match = re.search(r"^# expect: (.+)$", planted.read_text(encoding="utf-8"), re.MULTILINE)
    assert match, f"{planted} has no # expect: line"
    want = {ID + name.replace(":", "/", 1) for name in match[1].split()}
    assert set(faults(store_of(HERE / "good.trig", planted), query)) == want


def test_every_planted_fault_has_a_query() -> None:
    """No planted fault is left over from a query that was renamed."""
    assert {path.stem for path in (HERE / "qc").glob("*.trig")} == {path.stem for path in QUERIES}


@pytest.mark.parametrize("query", QUERIES, ids=lambda path: str(path.stem))
def test_no_slow_path(query: Path) -> None:
    """No path of any length over data, which Oxigraph walks slowly; lists of the ontology are short."""
    body = re.sub(r"#.*", "", query.read_text(encoding="utf-8")).replace("rdf:rest*/rdf:first", "")
    assert not re.search(r"[a-z]+:\w+\)?[*+](?=\s|/)|\^[a-z(]", body)
