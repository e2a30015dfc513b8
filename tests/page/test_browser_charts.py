"""A chart stands with what it is about: every value drawn, its number in a table, nothing cut, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page
from tests.page.boxes import Box, overlapping
from tests.page.conftest import OpenPage
from tests.page.reading import select

_TEXTS = """
svg => {
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')].map(text => [text, text.getBoundingClientRect()])
        .filter(([text, box]) => box.width > 0)
        .map(([text, box]) => [text.textContent, box.left - frame.left, box.top - frame.top,
                               box.right - frame.left, box.bottom - frame.top]);
    return [[frame.width, frame.height], texts];
}
"""


@pytest.fixture
def graph(real_view: Callable[[str], Any]) -> Any:
    return real_view("money")


@pytest.fixture
def page(open_page: OpenPage, graph: Any) -> Page:
    page = open_page(graph).page
    select(page, graph.graph["root"])
    return page


def _figures(page: Page) -> list[Locator]:
    return page.locator("#panel-charts figure").all()


def test_every_point_is_drawn_and_told(page: Page, graph: Any) -> None:
    charts = [chart for chart in graph.graph["charts"] if chart["about"] == graph.graph["root"]]
    figures = _figures(page)
    assert charts
    assert len(figures) == len(charts)
    for figure, chart in zip(figures, charts, strict=True):
        points = [point for series in chart["series"] for point in series["points"]]
        assert figure.locator("figcaption .ja").inner_text().strip() == chart["title"]["ja"]
        assert figure.locator("svg .bar, svg .point, svg circle.dot").count() >= len(points)
        rows = figure.locator("table tbody tr").all_inner_texts()
        for series in chart["series"]:
            for point in series["points"]:
                told = [row for row in rows if point["printed"] in row and point["locator"] in row]
                assert told, point
                assert any(point["x"] in row for row in told)
        documents = {graph.graph["words"][point["document"]]["ja"] for point in points}
        assert [label for label in documents if not any(label in row for row in rows)] == []


def test_texts_of_a_chart_lie_apart_and_inside(page: Page) -> None:
    for lang in ("ja", "en"):
        page.click(f"#language-{lang}")
        for figure in _figures(page):
            size, texts = figure.locator("svg.chart-picture").evaluate(_TEXTS)
            boxes = [Box(*text) for text in texts]
            assert len(boxes) > 5
            assert [box for box in boxes if not box.within(*size)] == []
            assert overlapping(boxes) == []


def test_a_chart_has_a_name_and_changes_its_language(page: Page, graph: Any) -> None:
    title = graph.graph["charts"][0]["title"]
    assert page.get_by_role("img", name=title["ja"]).count() >= 1
    page.click("#language-en")
    assert page.locator("#panel-charts figcaption").first.inner_text().strip() == title["en"]
    assert not page.locator("#panel-charts .ja").first.is_visible()


def test_ids_in_the_document_are_unique(page: Page) -> None:
    page.click("#about-button")
    ids = page.evaluate("() => [...document.querySelectorAll('[id]')].map(element => element.id)")
    assert sorted(ids) == sorted(set(ids))
