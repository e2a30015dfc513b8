"""In the first view nothing is cut and nothing lies on another's label, on a desk and on a telephone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize
from tests.page.boxes import Box, overlapping
from tests.page.conftest import OpenPage
from tests.page.reading import settle
from tests.page.real_views import REAL_VIEWS
from tests.page.watching import NARROW, WIDE


def _boxes(page: Page, hook: str, name: str) -> list[Box]:
    told = page.evaluate(f"() => stigraph.{hook}()")
    return [Box(one[name], one["x"], one["y"], one["x"] + one["w"], one["y"] + one["h"]) for one in told]


def _labels(page: Page) -> list[Box]:
    return _boxes(page, "labels", "node")


def _symbols(page: Page) -> list[Box]:
    """Squares that lie within each symbol, whatever its shape."""
    inner = 0.5
    return [
        Box(one["node"], *(one[axis] + sign * inner * one["r"] for sign in (-1, 1) for axis in "xy"))
        for one in page.evaluate("() => stigraph.symbols()")
    ]


_CONTROLS = """
network => ['#status', '#everything', '#zoom'].map(name => document.querySelector(name))
    .filter(control => control.checkVisibility())
    .map(control => [control, control.getBoundingClientRect(), network.getBoundingClientRect()])
    .map(([control, box, frame]) => [`#${control.id}`, box.left - frame.left, box.top - frame.top,
                                     box.right - frame.left, box.bottom - frame.top])
"""


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", REAL_VIEWS)
def test_first_view(
    name: str,
    viewport: ViewportSize,
    open_page: OpenPage,
    real_view: Callable[[str], Any],
) -> None:
    page = open_page(real_view(name), viewport=viewport).page
    settle(page)
    labels, symbols = _labels(page), _symbols(page)
    size = page.evaluate(
        "() => { const b = document.querySelector('#network'); return [b.clientWidth, b.clientHeight]; }"
    )
    assert real_view(name).graph["root"] in {None, *(label.name for label in labels)}
    assert len(labels) >= min(len(symbols), 4)
    assert overlapping(labels) == []
    controls = [Box(*told) for told in page.locator("#network").evaluate(_CONTROLS)]
    assert [(one.name, other.name) for one in labels for other in controls if one.overlaps(other)] == []
    headings = _boxes(page, "headings", "text")
    assert overlapping(headings) == []
    assert [heading for heading in headings if not heading.within(*size)] == []
    covered = [(one.name, other.name) for one in labels for other in symbols if one.overlaps(other)]
    assert [(label, symbol) for label, symbol in covered if label != symbol] == []
    assert [box for box in (*labels, *symbols) if not box.within(*size)] == []
    _nothing_sticks_out(page)


_STICKING_OUT = """
() => [...document.querySelectorAll('body *')]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest('svg, #table, .visually-hidden, canvas'))
    .map(e => [e, e.getBoundingClientRect()])
    .filter(([e, box]) => box.width > 1 && box.height > 1 && box.right > innerWidth + 1)
    .map(([e, box]) => `${e.localName}#${e.id}.${e.className} ${Math.round(box.right)}`)
"""


def _nothing_sticks_out(page: Page) -> None:
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert page.evaluate(_STICKING_OUT) == []


_CUT = """
() => [...document.querySelectorAll('button, label, h1, h2, .label, .count, #status, th')]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && e.clientWidth > 1)
    .filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible'
        && getComputedStyle(e).textOverflow !== 'ellipsis')
    .map(e => `${e.localName}#${e.id} ${e.textContent.trim().slice(0, 40)}`)
"""


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW, ViewportSize(width=320, height=640)], ids=["wide", "narrow", "320"])
def test_no_tab_scrolls_sideways_or_cuts_a_word(
    lang: str, viewport: ViewportSize, open_page: OpenPage, real_view: Callable[[str], Any]
) -> None:
    page = open_page(real_view("neighbourhood"), f"#lang={lang}", viewport=viewport).page
    assert page.get_attribute("html", "data-lang") == lang
    for tab in ("picture", "table", "list"):
        page.click(f"#tab-{tab}")
        settle(page)
        _nothing_sticks_out(page)
        assert page.evaluate(_CUT) == []
    page.locator("#list-content button[data-node]").first.click()
    page.wait_for_selector("#panel:visible")
    _nothing_sticks_out(page)


def test_narrow_legend_opens_and_closes(open_page: OpenPage, real_view: Callable[[str], Any]) -> None:
    page = open_page(real_view("neighbourhood"), viewport=NARROW).page
    assert not page.is_visible("#legend [data-class]")
    page.click("#legend-button")
    assert page.locator("#legend [data-class]").first.is_visible()
    _nothing_sticks_out(page)
    page.click("#legend-close")
    page.wait_for_selector("#legend [data-class]", state="hidden")


def test_zoom_and_fit(open_page: OpenPage, real_view: Callable[[str], Any]) -> None:
    page = open_page(real_view("neighbourhood")).page
    scale = "() => stigraph.network.getScale()"
    first = page.evaluate(scale)
    page.click("#zoom-in")
    page.wait_for_function("first => stigraph.network.getScale() > first * 1.1", arg=first)
    settle(page)
    assert overlapping(_labels(page)) == []
    page.click("#fit")
    page.wait_for_function("first => Math.abs(stigraph.network.getScale() / first - 1) < 0.05", arg=first)
