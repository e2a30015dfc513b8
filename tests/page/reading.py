"""What a person does on a page and reads from it."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

__all__ = [
    "downloaded",
    "drawn",
    "drawn_edges",
    "found",
    "in_language",
    "listed",
    "rows_of_csv",
    "select",
    "selected",
    "settle",
    "show_all_rows",
    "table_rows",
]


def settle(page: Page) -> None:
    """Wait until what was asked for is drawn."""
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
    )


def drawn(page: Page) -> set[str]:
    """Say which nodes the picture shows."""
    return set(page.evaluate("() => stigraph.nodes.get({filter: node => !node.hidden}).map(node => node.id)"))


def drawn_edges(page: Page) -> int:
    """Count the edges that the picture shows."""
    number: int = page.evaluate("() => stigraph.edges.get({filter: edge => !edge.hidden}).length")
    return number


def found(page: Page, text: str) -> list[str]:
    """Type into the search box; say which nodes are offered, best first."""
    page.fill("#search", text)
    page.wait_for_selector("#results [role=option], #results-note:not(:empty)")
    settle(page)
    return [str(option.get_attribute("data-node")) for option in page.locator("#results [role=option]").all()]


def select(page: Page, node: str) -> None:
    """Open the details of a node by a click on it in the list."""
    page.click("#tab-list")
    page.locator(f'#list-content button[data-node="{node}"]').first.click()
    page.wait_for_selector("#panel[data-kind=node]:visible")


def selected(page: Page) -> Any:
    """Say which node or edge is selected."""
    return page.evaluate("() => stigraph.selected()")


def in_language(labels: Any, lang: str) -> str:
    """Give a text in a language, else in the other."""
    return str(labels.get(lang) or next(iter(labels.values()), ""))


def listed(page: Page) -> list[str]:
    """Say which nodes the list view has, in its order."""
    return [str(item.get_attribute("data-item")) for item in page.locator("#list-content li[data-item]").all()]


def show_all_rows(part: Locator) -> None:
    """Press "more" in a part of the page until nothing is left out."""
    part.evaluate(
        """part => {
            for (let turn = 0; turn < 1000; turn++) {
                const more = part.querySelectorAll('button.quiet:not([data-node], [data-edge])');
                if (!more.length) return;
                for (const button of more) button.click();
            }
        }"""
    )


def table_rows(page: Page) -> list[list[str]]:
    """Read the rows of the table that are drawn."""
    read = "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))"
    rows: list[list[str]] = page.locator("#rows tbody tr").evaluate_all(read)
    return rows


def downloaded(page: Page, button: str | Locator, file: Path) -> bytes:
    """Press a button that downloads, and give what came."""
    with page.expect_download() as started:
        page.click(button) if isinstance(button, str) else button.click()
    started.value.save_as(file)
    return file.read_bytes()


def rows_of_csv(content: bytes) -> list[dict[str, str]]:
    """Read a downloaded table."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
