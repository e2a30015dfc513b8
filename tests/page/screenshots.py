"""Write a picture of every view of the real graph: ``python tests/page/screenshots.py FOLDER [VIEW …]``.

Each view is shown on a desk (1440 × 900) and a telephone (390 × 844), light and dark; the first view as it opens, and
with the details of its root, its list and its table on the desk in the light.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.browser import CHROMIUM_ARGUMENTS, find_chromium
from tests.page.real_views import REAL_VIEWS
from tests.page.watching import NARROW, WIDE, Watched, watched

from stigraph import open_store
from stigraph.page import page as page_of

_SIZES = {"wide": WIDE, "narrow": NARROW}
_THEMES = ("light", "dark")


def main(folder: Path, names: list[str]) -> None:
    """Write the pages and their pictures to a folder."""
    store = open_store()
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_ARGUMENTS)
        for name in names or REAL_VIEWS:
            file = folder / f"{name}.html"
            graph = REAL_VIEWS[name](store)
            page_of(graph).write(file)
            _photograph(browser, file, graph.graph.get("root"))
        browser.close()


def _photograph(browser: Browser, file: Path, root: str | None) -> None:
    for size, viewport in _SIZES.items():
        for theme in _THEMES:
            with watched(browser, viewport=viewport, color_scheme=theme) as shown:
                shown.open(file)
                _take(shown, file, f"{size}-{theme}")
                if (size, theme) == ("wide", "light"):
                    _take_the_rest(shown, file, root)
                print(file.stem, size, theme, *shown.faults)
                shown.faults.clear()


def _take_the_rest(shown: Watched, file: Path, root: str | None) -> None:
    for tab in ("list", "table"):
        shown.page.click(f"#tab-{tab}")
        _take(shown, file, tab)
    shown.page.click("#tab-list")
    shown.page.locator(f'#list-content button[data-node="{root}"]' if root else "#list-content button").first.click()
    shown.page.click("#tab-picture")
    _take(shown, file, "details")


def _take(shown: Watched, file: Path, what: str) -> None:
    shown.page.wait_for_timeout(300)
    shown.page.screenshot(path=file.with_name(f"{file.stem}-{what}.png"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
