"""What the tests of the site share: the site of the real graph, written once, and the browser."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.site.reading import Parsed, parse

import stigraph
from stigraph.site import write_site
from stigraph.site.reading import Corpus
from stigraph.store.layout import Layout


@pytest.fixture(scope="session")
def site(store: stigraph.Store, shared_folder: Path) -> Path:
    """The site of the real graph, written by the worker that needs it first; the others wait for it and take it."""
    folder = shared_folder / "site"
    with Layout(os.fspath(shared_folder / "site-lock")).writing():
        if not folder.exists():
            write_site(store, folder)
    return folder


@pytest.fixture(scope="session")
def corpus(store: stigraph.Store) -> Corpus:
    return Corpus(store)


@pytest.fixture(scope="session")
def page(site: Path) -> Callable[[str], Parsed]:
    """Read one page by its path inside the site, once."""
    known: dict[str, Parsed] = {}

    def read(path: str) -> Parsed:
        if path not in known:
            known[path] = parse((site / path).read_text(encoding="utf-8"))
        return known[path]

    return read
