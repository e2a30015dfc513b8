"""Search by label, alias, code and reading, whatever the width; by mouse and by keyboard."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.page.conftest import OpenPage
from tests.page.reading import drawn, found, selected

_ID = "https://w3id.org/stigraph/id/"
_SEARCHES = list(csv.DictReader(Path(__file__).with_name("searches.csv").open(encoding="utf-8", newline="")))


@pytest.fixture
def page(open_page: OpenPage, real_view: Callable[[str], Any]) -> Page:
    return open_page(real_view("neighbourhood")).page


def test_by_whatever_name(page: Page) -> None:
    first = {row["why"]: found(page, row["typed"])[:1] for row in _SEARCHES}
    assert first == {row["why"]: [_ID + row["found"]] for row in _SEARCHES}


def test_nothing_is_said_when_nothing_is_found(page: Page) -> None:
    assert found(page, "どこにもない名前") == []
    assert page.inner_text("#results-note").strip()
    page.click("#language-en")
    assert found(page, "no such name anywhere") == []
    assert page.inner_text("#results-note").strip().isascii()


def test_slash_arrows_and_enter(page: Page) -> None:
    page.focus("#network")
    page.keyboard.press("/")
    assert page.evaluate("() => document.activeElement.id") == "search"
    assert page.input_value("#search") == ""
    page.keyboard.type("協力")
    page.wait_for_selector("#results [role=option]")
    assert page.get_attribute("#search", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    first = page.get_attribute("#search", "aria-activedescendant")
    page.keyboard.press("ArrowDown")
    second = page.get_attribute("#search", "aria-activedescendant")
    assert first and second and first != second
    node = page.get_attribute(f"[id='{second}']", "data-node")
    assert page.get_attribute(f"[id='{second}']", "aria-selected") == "true"
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel:visible")
    assert selected(page) == {"kind": "node", "id": node}
    assert page.get_attribute("#search", "aria-expanded") == "false"


def test_escape_clears(page: Page) -> None:
    assert found(page, "SICORP")
    page.focus("#search")
    page.keyboard.press("Escape")
    assert not page.is_visible("#results [role=option]")


def test_a_click_on_a_result_opens_it(page: Page) -> None:
    assert found(page, "AMED")[0] == _ID + "organization/amed"
    page.click("#results [role=option] >> nth=0")
    page.wait_for_selector("#panel:visible")
    assert "日本医療研究開発機構" in page.inner_text("#panel-title")
    assert "AMED" in page.inner_text("#panel-names")
    assert _ID + "organization/amed" in drawn(page)


def test_what_is_hidden_is_found_and_shown_again(page: Page) -> None:
    page.click('#legend [data-class="sti:FundingAgency"] input')
    assert _ID + "organization/amed" not in drawn(page)
    assert found(page, "AMED")[0] == _ID + "organization/amed"
    page.click("#results [role=option] >> nth=0")
    page.wait_for_function("id => stigraph.selected()?.id === id", arg=_ID + "organization/amed")
    assert _ID + "organization/amed" in drawn(page)
