"""PNG, SVG and print show what the picture shows."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from playwright.sync_api import Browser, Page
from tests.page.reading import downloaded, drawn, in_language, rows_of_csv, settle
from tests.page.watching import watched

from stigraph.lineage.sayings import same_words

_SVG = "{http://www.w3.org/2000/svg}"


def _take(page: Page, kind: str, folder: Path) -> bytes:
    page.click("#download-button")
    return downloaded(page, f"#download-{kind}", folder / f"taken.{kind}")


def test_png_is_a_picture_of_some_size(page: Page, tmp_path: Path, chromium: Browser) -> None:
    content = _take(page, "png", tmp_path)
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    assert 800 <= width <= 20_000
    assert 500 <= height <= 20_000
    assert len(content) > 10_000
    assert _colours(chromium, tmp_path / "taken.png") > 20


def _colours(browser: Browser, picture: Path) -> int:
    """Count the colours of a picture, so that an empty one is noticed."""
    tab = browser.new_page()
    tab.goto(picture.as_uri())
    number: int = tab.evaluate(
        """() => {
            const image = document.images[0];
            const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight).getContext('2d');
            canvas.drawImage(image, 0, 0);
            const data = canvas.getImageData(0, 0, image.naturalWidth, image.naturalHeight).data;
            const seen = new Set();
            for (let k = 0; k < data.length; k += 4) seen.add(data[k] << 16 | data[k + 1] << 8 | data[k + 2]);
            return seen.size;
        }"""
    )
    tab.close()
    return number


def test_svg_holds_every_node_that_is_shown(page: Page, graph: Any, tmp_path: Path, chromium: Browser) -> None:
    page.click('#legend [data-class="sti:Statement"] input')
    settle(page)
    shown = drawn(page)
    root = ElementTree.fromstring(_take(page, "svg", tmp_path))
    assert root.tag == _SVG + "svg"
    titles = [title.text or "" for title in root.iter(_SVG + "title")]
    for node, data in graph.nodes(data=True):
        told = any(in_language(data["labels"], "ja") in title for title in titles)
        assert told == (node in shown) or data["type"] == "sti:Statement", node
    assert root.get("width") and root.get("height") and root.get("viewBox")
    with watched(chromium) as viewer:
        viewer.visit(tmp_path / "taken.svg")
        boxes = viewer.page.evaluate(
            "() => [...document.querySelectorAll('text')].map(t => t.getBBox()).filter(b => b.width > 0).length"
        )
        assert boxes > 10


def test_svg_names_the_relations_and_the_classes(page: Page, graph: Any, tmp_path: Path) -> None:
    drawing = _take(page, "svg", tmp_path).decode()
    words = graph.graph["words"]
    assert graph.graph["title"]["ja"] in drawing
    classes = {words[data["type"]]["ja"] for _, data in graph.nodes(data=True)}
    assert [label for label in classes if label not in drawing] == []


def test_csv_from_the_menu_is_the_table(page: Page, graph: Any, tmp_path: Path) -> None:
    assert _nodes_in(_take(page, "csv", tmp_path), graph) == set(graph)
    page.click('#legend [data-class="sti:Statement"] input')
    page.click("#tab-table")
    page.select_option("#table-scope", "shown")
    settle(page)
    assert _nodes_in(_take(page, "csv", tmp_path), graph) == drawn(page) < set(graph)


def _nodes_in(content: bytes, graph: Any) -> set[str]:
    return {value for row in rows_of_csv(content) for value in row.values() if value in graph}


def test_printing_shows_picture_and_passages(page: Page, graph: Any) -> None:
    page.emulate_media(media="print")
    assert not page.is_visible("#search")
    assert not page.is_visible("#legend-button")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    settle(page)
    assert page.locator("#print-sheet img").count() == 1
    drawing = "() => document.querySelector('#print-sheet img').decode().then(() => true)"
    assert page.evaluate(drawing)
    told = same_words(page.text_content("#print-sheet") or "")
    quotes = {
        same_words(item["quote"]) for *_, data in graph.edges(data=True) for item in data["evidence"] if item["quote"]
    }
    assert quotes
    assert [quote for quote in quotes if quote not in told] == []
    assert page.is_visible("#title")
    assert len(page.pdf()) > 20_000
