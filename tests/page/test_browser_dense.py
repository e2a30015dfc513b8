"""A dense picture begins with what matters and draws the rest when asked; a passage is read once, with every place."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page
from tests.page.conftest import OpenPage
from tests.page.reading import drawn, select, settle
from tests.page.watching import NARROW

import stigraph
from stigraph.page.bundles import bundled
from stigraph.views import drift, lineage


@pytest.fixture(scope="module")
def changes(repeating: stigraph.Store) -> Any:
    return drift(repeating, "総合交通体系整備推進費")


@pytest.fixture(scope="module")
def grounds(repeating: stigraph.Store) -> Any:
    return lineage(repeating, "総合交通体系整備推進費")


def _first(graph: Any) -> set[str]:
    return {node for node, data in graph.nodes(data=True) if data["weight"] >= graph.graph["drawn_from"]}


def test_the_rest_is_drawn_when_asked_for_and_can_be_taken_back(open_page: OpenPage, changes: Any) -> None:
    page = open_page(changes).page
    first, left = _first(changes), len(changes) - len(_first(changes))
    assert drawn(page) == first
    assert page.inner_text("#whole") == f"残り{left}件も描く"
    page.focus("#whole")
    page.keyboard.press("Enter")
    settle(page)
    assert drawn(page) == set(changes)
    assert not page.is_visible("#whole")
    assert page.evaluate("() => document.activeElement.id") == "network"
    page.click("#back")
    settle(page)
    assert drawn(page) == first
    assert page.is_visible("#whole")


def test_the_address_remembers_that_all_is_drawn(open_page: OpenPage, changes: Any) -> None:
    page = open_page(changes, locale="en-GB").page
    page.click("#language-en")
    assert page.inner_text("#whole").startswith("Draw the other ")
    page.click("#whole")
    settle(page)
    again = open_page(changes, fragment="#" + page.url.split("#")[1]).page
    assert drawn(again) == set(changes)


def test_the_button_fits_a_telephone(open_page: OpenPage, changes: Any) -> None:
    page = open_page(changes, viewport=NARROW).page
    button, zoom = (page.locator(name).bounding_box() for name in ("#whole", "#zoom"))
    assert button and zoom
    assert button["x"] >= 0
    assert button["x"] + button["width"] <= zoom["x"]
    assert button["y"] + button["height"] <= NARROW["height"]


def test_a_passage_of_seven_sheets_is_read_once_with_all_places(open_page: OpenPage, grounds: Any) -> None:
    page = open_page(grounds).page
    mark = next(node for node, labels in grounds.graph["bundles"].items() if "、7枚" in labels["ja"])
    select(page, mark)
    passages = page.locator("#panel-passages li.passage")
    assert passages.count() == 1
    told = passages.first.inner_text()
    shown = bundled(grounds).nodes[mark]["evidence"]
    assert len({item["document"] for item in shown}) == 7
    for item in shown:
        assert grounds.graph["words"][item["document"]]["ja"] in told
        assert item["locator"] in told
        assert item["citedAs"] in told
        assert item["notes"].get("ja", "") in told
    assert passages.first.locator("blockquote").count() == 1


def test_paper_prints_each_wording_once(open_page: OpenPage, grounds: Any) -> None:
    page = open_page(grounds).page
    page.emulate_media(media="print")
    settle(page)
    quotes = _quotes(page)
    wordings = {item["quote"] for _, data in grounds.nodes(data=True) for item in data["evidence"] if item["quote"]}
    assert sorted(quotes) == sorted(wordings)
    told = page.text_content("#print-sheet") or ""
    for item in (item for _, data in grounds.nodes(data=True) for item in data["evidence"]):
        assert grounds.graph["words"][item["document"]]["ja"] in told


def _quotes(page: Page) -> list[str]:
    return [quote.strip("「」") for quote in page.locator("#print-sheet blockquote").all_text_contents()]
