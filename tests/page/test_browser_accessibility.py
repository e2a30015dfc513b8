"""axe-core finds no serious fault, and no colour alone tells anything apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize
from tests.page.conftest import OpenPage
from tests.page.reading import select, settle
from tests.page.watching import NARROW, WIDE

_GRAVE = {"serious", "critical"}


def _faults(page: Page, part: str | None = None) -> list[str]:
    settle(page)
    violations = Axe().run(page, context=part).response["violations"]
    return [
        f"{found['impact']} {found['id']}: {node['html'][:160]}: {node['failureSummary']}"
        for found in violations
        if found["impact"] in _GRAVE
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_serious_fault(
    theme: str, lang: str, viewport: ViewportSize, open_page: OpenPage, real_view: Callable[[str], Any]
) -> None:
    graph = real_view("money")
    page = open_page(graph, f"#lang={lang}", viewport=viewport, color_scheme=theme).page
    assert page.get_attribute("html", "data-lang") == lang
    found = {"picture": _faults(page)}
    for tab in ("list", "table"):
        page.click(f"#tab-{tab}")
        found[tab] = _faults(page, f"#{tab}")
    page.click("#table-links-button")
    found["links"] = _faults(page, "#table")
    select(page, graph.graph["root"])
    page.click("#tab-picture")
    found["details"] = _faults(page)
    page.click("#panel-relations [data-edge] >> nth=0")
    page.wait_for_selector("#panel[data-kind=edge]:visible")
    found["link"] = _faults(page, "#panel")
    page.fill("#search", "SICORP")
    page.wait_for_selector("#results [role=option]")
    found["search"] = _faults(page, "#finder")
    assert {place: faults for place, faults in found.items() if faults} == {}


def test_no_serious_fault_in_a_large_view(open_page: OpenPage, real_view: Callable[[str], Any]) -> None:
    page = open_page(real_view("plan")).page
    assert _faults(page) == []
    page.click("#tab-list")
    assert _faults(page) == []


def test_help_legend_and_documents(open_page: OpenPage, real_view: Callable[[str], Any]) -> None:
    page = open_page(real_view("neighbourhood"), viewport=NARROW).page
    page.click("#legend-button")
    page.wait_for_selector("#legend [data-class]:visible")
    assert _faults(page) == []
    page.click("#legend-close")
    page.click("#about-button")
    assert _faults(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.wait_for_selector("#help[open]")
    assert _faults(page) == []


def test_forced_colours_and_reduced_motion(open_page: OpenPage, real_view: Callable[[str], Any]) -> None:
    page = open_page(real_view("neighbourhood"), forced_colors="active", reduced_motion="reduce").page
    before = page.evaluate("() => stigraph.network.getScale()")
    page.click("#zoom-in")
    settle(page)
    assert page.evaluate("() => stigraph.network.getScale()") > before
    assert _faults(page) == []
