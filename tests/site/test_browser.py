"""The site in a browser, opened from disk: search by keyboard, no request but to its own files, accessible."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

_SEARCHES = [
    ("ja", "ｓｉｃｏｒｐ", "programme/sicorp.html"),
    ("en", "SICORP", "programme/sicorp.html"),
    ("ja", "第六期科学技術基本計画", "document/basic-plan-6.html"),
    ("en", "sixth basic plan", "document/basic-plan-6.html"),
    ("ja", "どいつ", "partner/de.html"),
    ("ja", "ﾄﾞｲﾂ", "partner/de.html"),
    ("en", "I-1060", "indicator/i-1060.html"),
    ("ja", "4030005012570", "organization/jst.html"),
    ("ja", "国際的なネットワークを戦略的に構築", "source/mext-international-briefing-2023.html#statement-d001-l370"),
]


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    """A page that must ask for nothing but files of the site, and have nothing to complain of."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: told.append(request.url) if not request.url.startswith("file:") else None)
    yield page
    context.close()
    assert told == []


@pytest.mark.parametrize(("lang", "typed", "target"), _SEARCHES)
def test_search_by_keyboard(lang: str, typed: str, target: str, site: Path, tab: Page) -> None:
    tab.goto((site / lang / "index.html").as_uri())
    tab.keyboard.press("/")
    tab.keyboard.insert_text(typed)
    first = tab.locator("#found [role=option]").first
    first.wait_for()
    assert first.get_attribute("data-path") == target
    assert first.locator(".found-class").inner_text()
    tab.keyboard.press("ArrowDown")
    assert first.get_attribute("aria-selected") == "true"
    assert tab.get_attribute("#search", "aria-activedescendant") == first.get_attribute("id")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**/{lang}/{target}")


def test_search_that_finds_nothing_says_so_and_closes(site: Path, tab: Page) -> None:
    tab.goto((site / "en" / "programme" / "sicorp.html").as_uri())
    tab.fill("#search", "zzzzzz")
    tab.wait_for_selector("#found .found-note")
    assert "Nothing found" in tab.inner_text("#search-said")
    tab.press("#search", "Escape")
    assert tab.is_hidden("#found")


_LOOKED_AT = [
    (1440, "light", ["ja/index.html", "en/programme/sicorp.html", "ja/document/basic-plan-6.html", "ja/gaps.html"]),
    (390, "dark", ["en/index.html", "ja/programme/sicorp.html", "en/organization/jst.html", "ja/partner/in.html"]),
    (390, "light", ["en/indicator/add-3-3-foreign-researcher-share.html", "ja/source/aspire-review-sheet-fy2023.html"]),
    (1440, "dark", ["ja/discrepancies.html", "en/vocabulary.html", "ja/objective/basic-plan-6-part-6.html"]),
]


@pytest.mark.parametrize(("width", "theme", "paths"), _LOOKED_AT)
def test_no_fault_of_accessibility_and_nothing_wider_than_the_page(
    width: int, theme: Literal["light", "dark"], paths: list[str], site: Path, chromium: Browser
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 844}, color_scheme=theme)
    page = context.new_page()
    faults = {}
    for path in paths:
        page.goto((site / path).as_uri())
        violations = Axe().run(page).response["violations"]
        found = [f"{one['impact']} {one['id']} {one['nodes'][0]['html'][:120]}" for one in violations]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append("wider than the page")
        faults[path] = found
    context.close()
    assert {path: found for path, found in faults.items() if found} == {}


def test_a_place_leads_to_its_passage(site: Path, tab: Page) -> None:
    tab.goto((site / "ja" / "programme" / "sicorp.html").as_uri())
    tab.click("a.place >> nth=0")
    tab.wait_for_url("**/source/*.html#statement-*")
    box = tab.locator(":target").bounding_box()
    assert box
    assert 0 <= box["y"] < 300


def test_it_reads_without_script(site: Path, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "ja" / "index.html").as_uri())
    assert page.is_hidden("#search")
    assert page.is_visible(".hero noscript p")
    page.click("text=English")
    page.click("a:text-is('Policy documents') >> nth=0")
    page.click("a:text-is('Sixth Science, Technology and Innovation Basic Plan')")
    assert page.inner_text("h1") == "Sixth Science, Technology and Innovation Basic Plan"
    context.close()
