"""What the tests of the ontology share: its files, read once, and the example in which all is in order."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Dataset, Graph

ONTOLOGY = Path(__file__).resolve().parents[2] / "ontology"
HERE = Path(__file__).resolve().parent


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark of the tests that start a Java program known."""
    config.addinivalue_line("markers", "java: starts a Java program (the HermiT reasoner)")


@pytest.fixture(scope="session")
def terms() -> Graph:
    """Return the classes, properties and schemes."""
    return Graph().parse(ONTOLOGY / "stigraph.ttl")


@pytest.fixture(scope="session")
def concepts() -> Graph:
    """Return the concepts."""
    return Graph().parse(ONTOLOGY / "concepts.ttl")


@pytest.fixture(scope="session")
def alignments() -> Graph:
    """Return the mappings to other vocabularies."""
    return Graph().parse(ONTOLOGY / "alignments.ttl")


@pytest.fixture(scope="session")
def shapes() -> Graph:
    """Return the SHACL shapes."""
    return Graph().parse(ONTOLOGY / "shapes.ttl")


@pytest.fixture(scope="session")
def good() -> Graph:
    """Return the good example, its named graphs put together."""
    dataset = Dataset()
    dataset.parse(HERE / "good.trig", format="trig")
    union = Graph()
    for subject, predicate, object_, _ in dataset.quads():
        union.add((subject, predicate, object_))
    return union
