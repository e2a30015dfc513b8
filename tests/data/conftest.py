"""The curated files, read once."""

from pathlib import Path

import pytest
from rdflib import Graph

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"

Curated = dict[Path, Graph]


@pytest.fixture(scope="session")
def curated() -> Curated:
    """The graph of each curated file, by its path from the top of the checkout."""
    paths = sorted((ROOT / "data").glob("*/*.ttl"))
    assert paths, "data/ holds no files"
    return {path.relative_to(ROOT): Graph().parse(path, format="turtle") for path in paths}


@pytest.fixture(scope="session")
def catalogue(curated: Curated) -> Curated:
    return {path: graph for path, graph in curated.items() if path.parent.name == "catalogue"}


@pytest.fixture(scope="session")
def sources(curated: Curated) -> Curated:
    return {path: graph for path, graph in curated.items() if path.parent.name == "sources"}
