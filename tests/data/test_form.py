"""The form of the data files."""

import subprocess
import sys

from rdflib import Literal
from tests.data.conftest import ROOT, Curated

from stigraph.vocab import curie

# Where packages are downloaded from; a data file has no business with any of them.
REGISTRIES = (
    "pypi.org",
    "pythonhosted.org",
    "anaconda.org",
    "registry.npmjs.org",
    "npmjs.com",
    "yarnpkg.com",
    "crates.io",
    "proxy.golang.org",
    "pkg.go.dev",
    "repo.maven.apache.org",
    "repo1.maven.org",
    "rubygems.org",
    "hub.docker.com",
    "huggingface.co",
)


def test_every_file_is_in_canonical_form(curated: Curated) -> None:
    done = subprocess.run(
        [sys.executable, "scripts/format_data.py", "--check", *map(str, curated)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_literal_holds_the_address_of_a_package_registry(curated: Curated) -> None:
    found = [
        f"{path}: {curie(str(subject))} {curie(str(predicate))} holds an address of {registry}; take it out."
        for path, graph in curated.items()
        for subject, predicate, value in graph
        if isinstance(value, Literal)
        for registry in REGISTRIES
        if registry in value.lower()
    ]
    assert not found, "\n".join(found)
