"""In a notebook a view shows itself in a frame that reaches nothing around it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser
from tests.page.hostile import HOSTILE, hostile_graph
from tests.page.reading import downloaded, rows_of_csv
from tests.page.watching import Watched, watched

from stigraph.page import page as page_of

_NOTEBOOK = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Notebook</title></head><body>
<script>window.secret = 'of the notebook'; window.stigraph = {{ready: Promise.resolve()}};</script>
<div id="output">{output}</div></body></html>"""


def _open(shown: Watched, folder: Path, graph: Any) -> Any:
    file = folder / "notebook.html"
    file.write_text(_NOTEBOOK.format(output=page_of(graph)._repr_html_()), encoding="utf-8")
    shown.opened.add("about:srcdoc")
    shown.open(file)
    frame = shown.page.frames[1]
    frame.evaluate("async () => { await window.stigraph.ready; }")
    return frame


def test_it_works_in_its_frame(chromium: Browser, tmp_path: Path, real_view: Callable[[str], Any]) -> None:
    graph = real_view("neighbourhood")
    with watched(chromium) as shown:
        frame = _open(shown, tmp_path, graph)
        assert frame.evaluate("() => stigraph.nodes.length") == len(graph)
        frame.click("#tab-list")
        frame.locator("#list-content button[data-node]").first.click()
        assert frame.is_visible("#panel-title")
        frame.click("#back")
        frame.click("#tab-table")
        content = downloaded(shown.page, frame.locator("#table-csv"), tmp_path / "nodes.csv")
        assert len(rows_of_csv(content)) == len(graph)


def test_it_reaches_nothing_around_it(chromium: Browser, tmp_path: Path) -> None:
    with watched(chromium) as shown:
        frame = _open(shown, tmp_path, hostile_graph([hostile.text for hostile in HOSTILE[:60]]))
        assert frame.evaluate("() => { try { return parent.secret; } catch (error) { return error.name; } }") == (
            "SecurityError"
        )
        assert shown.page.locator("#output > *").count() == 1
