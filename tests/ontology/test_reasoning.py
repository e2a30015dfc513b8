"""Ontology and good example are OWL 2 DL and consistent, and planted contradictions are found."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph

PREFIXES = """
@prefix sti: <https://w3id.org/stigraph/ns#> .
@prefix programme: <https://w3id.org/stigraph/id/programme/> .
@prefix document: <https://w3id.org/stigraph/id/document/> .
@prefix budget: <https://w3id.org/stigraph/id/budget/> .
@prefix partner: <https://w3id.org/stigraph/id/partner/> .
"""
CONTRADICTIONS = {
    "a programme that is a plan": "programme:sicorp a sti:Plan .",
    "the recommendation is the plan": "document:basic-plan-6 a sti:Recommendation .",
    "two phases of one amount": "budget:d001-sicorp-2023-initial sti:phase sti:Executed .",
    "a programme that cites a document": "programme:sicorp sti:cites document:basic-plan-6 .",
    "documents that implement each other": (
        "document:basic-plan-5 sti:implements document:integrated-innovation-strategy-2020 ."
    ),
    "two amounts of one line": "budget:d001-sicorp-2023-initial sti:amount 5 .",
}


def consistent(graph: Graph, folder: Path) -> bool:
    """Say whether HermiT finds a model of the graph (handed over as N-Triples, which owlready2 reads)."""
    owlready2: Any = pytest.importorskip("owlready2", reason="owlready2 is not installed: pip install 'stigraph[dev]'")
    if shutil.which("java") is None:
        pytest.skip("java is not installed: HermiT cannot run, so consistency is not checked here")
    path = folder / "all.nt"
    graph.serialize(path, format="nt", encoding="utf-8")
    world = owlready2.World()
    world.get_ontology(path.as_uri()).load()
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False
    return True


@pytest.fixture(scope="module")
def everything(terms: Graph, concepts: Graph, alignments: Graph, good: Graph) -> Graph:
    """Return ontology and good example together."""
    return terms + concepts + alignments + good


@pytest.mark.java
def test_good_example_is_consistent(everything: Graph, tmp_path: Path) -> None:
    """Ontology, concepts, alignments and data contradict each other nowhere."""
    assert consistent(everything, tmp_path)


@pytest.fixture(scope="module")
def curated(terms: Graph, concepts: Graph, alignments: Graph) -> Graph:
    """Return ontology and the whole curated graph together."""
    graph = terms + concepts + alignments
    for path in sorted((Path(__file__).resolve().parents[2] / "data").glob("*/*.ttl")):
        graph.parse(path, format="turtle")
    return graph


@pytest.mark.java
def test_curated_graph_is_consistent(curated: Graph, tmp_path: Path) -> None:
    """A reasoner finds a model of the ontology together with all curated data."""
    assert len(curated) > 20_000
    assert consistent(curated, tmp_path)


@pytest.mark.java
def test_curated_graph_is_owl_2_dl(curated: Graph, tmp_path: Path) -> None:
    """The ontology stays in OWL 2 DL together with all curated data."""
    assert profile_report(curated, tmp_path) == "in OWL 2 DL"


@pytest.mark.java
@pytest.mark.parametrize("added", CONTRADICTIONS.values(), ids=CONTRADICTIONS.keys())
def test_contradiction_is_found(added: str, everything: Graph, tmp_path: Path) -> None:
    """The check can fail: each planted contradiction is found."""
    wrong = (Graph() + everything).parse(data=PREFIXES + added, format="turtle")
    assert not consistent(wrong, tmp_path)


def profile_report(graph: Graph, folder: Path) -> str:
    """Return what the OWL API (it comes with HermiT) says of a graph: "in OWL 2 DL", or the violations."""
    owlready2: Any = pytest.importorskip("owlready2", reason="owlready2 is not installed: pip install 'stigraph[dev]'")
    java = shutil.which("java")
    modules = (
        subprocess.run([java, "--list-modules"], capture_output=True, text=True, check=True).stdout if java else ""
    )
    if java is None or "jdk.compiler" not in modules:
        pytest.skip("no Java compiler: the OWL API cannot be asked, so the OWL 2 DL profile is not checked here")
    path = folder / "all.rdf"
    graph.serialize(path, format="xml", encoding="utf-8")
    jar = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"
    program = Path(__file__).resolve().parent / "ProfileCheck.java"
    command = [java, "-cp", str(jar), str(program), str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.java
def test_ontology_and_data_are_owl_2_dl(everything: Graph, tmp_path: Path) -> None:
    """Every property is declared and of one kind, and no axiom leaves the profile."""
    assert profile_report(everything, tmp_path) == "in OWL 2 DL"


@pytest.mark.java
def test_leaving_owl_2_dl_is_noticed(everything: Graph, tmp_path: Path) -> None:
    """The check can fail: a property that is not declared is reported."""
    added = "programme:sicorp sti:undeclared programme:sip ."
    wrong = (Graph() + everything).parse(data=PREFIXES + added, format="turtle")
    assert "https://w3id.org/stigraph/ns#undeclared" in profile_report(wrong, tmp_path)
