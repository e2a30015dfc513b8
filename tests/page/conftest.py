"""What the tests of the page share: Chromium, started once a worker, and pages opened in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from playwright.sync_api import Browser, Page
from tests.page.real_views import REAL_VIEWS
from tests.page.watching import Watched, watched

from stigraph.page import page as page_of
from stigraph.store import Store

OpenPage = Callable[..., Watched]
"""``open_page(graph or file, fragment="#…", viewport=…, …)``, with what `Browser.new_context` takes."""


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark of the tests that open pages known."""
    config.addinivalue_line("markers", "browser: opens pages in Chromium")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that asks for the browser."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Any], Path]:
    """Write the page of a graph and say where it is; the same graph is written once."""
    folder = tmp_path_factory.mktemp("pages")
    known: dict[int, tuple[Any, Path]] = {}

    def write(graph: Any) -> Path:
        if id(graph) not in known:
            file = folder / f"page-{len(known)}.html"
            file.write_text(page_of(graph).html, encoding="utf-8", newline="")
            known[id(graph)] = (graph, file)
        return known[id(graph)][1]

    return write


@pytest.fixture(scope="session")
def real_view(store: Store) -> Callable[[str], Any]:
    """Give a view of the real graph by its name in `REAL_VIEWS`; made once."""
    known: dict[str, nx.MultiDiGraph] = {}

    def make(name: str) -> nx.MultiDiGraph:
        if name not in known:
            known[name] = REAL_VIEWS[name](store)
        return known[name]

    return make


@pytest.fixture
def open_page(chromium: Browser, written: Callable[[Any], Path]) -> Iterator[OpenPage]:
    """Open pages, each in a context of its own; when the test is over, none of them may have done anything it must not.

    A real view is opened by its file: ``open_page(written(real_view("plan")))``, any graph by itself.
    """
    with ExitStack() as stack:

        def open_graph(graph: Any, fragment: str = "", **options: Any) -> Watched:
            shown = stack.enter_context(watched(chromium, **options))
            shown.open(graph if isinstance(graph, Path) else written(graph), fragment)
            return shown

        yield open_graph


@pytest.fixture
def graph(real_view: Callable[[str], Any]) -> Any:
    """What most tests look at; a file that looks at another view says so by a fixture of its own."""
    return real_view("neighbourhood")


@pytest.fixture
def page(open_page: OpenPage, graph: Any) -> Page:
    return open_page(graph).page
