"""Graphs out of the ordinary: each opens, and says something sensible in the picture, the list and the table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.page.conftest import OpenPage
from tests.page.odd_graphs import LONG, ODD_GRAPHS
from tests.page.reading import downloaded, rows_of_csv, settle


def _numbers(text: str) -> list[int]:
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", text)]


@pytest.mark.parametrize("name", ODD_GRAPHS)
def test_opens_and_tells(name: str, open_page: OpenPage, tmp_path: Path) -> None:
    odd = ODD_GRAPHS[name]
    page = open_page(odd.make()).page
    for lang in ("en", "ja"):
        page.click(f"#language-{lang}")
        assert page.inner_text("#title").strip()
        if odd.nodes:
            assert odd.nodes in _numbers(page.inner_text("#status"))
        else:
            assert page.inner_text("#nothing").strip()
    page.click("#tab-list")
    settle(page)
    told = page.text_content("#list-content") or ""
    assert [text for text in odd.texts if text not in told] == []
    assert told.strip()
    page.click("#tab-table")
    rows = rows_of_csv(downloaded(page, "#table-csv", tmp_path / "nodes.csv"))
    assert len(rows) == odd.nodes
    page.click("#table-links-button")
    rows = rows_of_csv(downloaded(page, "#table-csv", tmp_path / "links.csv"))
    assert len(rows) == odd.links


def test_a_page_of_nothing_says_so_in_both_languages(open_page: OpenPage) -> None:
    page = open_page(ODD_GRAPHS["no nodes"].make()).page
    assert re.search(r"ありません|何もない|ない", page.inner_text("#nothing"))
    page.click("#language-en")
    assert re.search(r"\b(no|nothing)\b", page.inner_text("#nothing"), re.IGNORECASE)
    assert not page.is_visible("#nothing-all")


def test_a_loop_and_parallel_edges_are_all_drawn(open_page: OpenPage) -> None:
    for name in ("a loop", "parallel edges", "a cycle"):
        odd = ODD_GRAPHS[name]
        page = open_page(odd.make()).page
        assert page.evaluate("() => stigraph.edges.length") == odd.links
    page = open_page(ODD_GRAPHS["parallel edges"].make()).page
    curves = page.evaluate("() => stigraph.edges.get().map(e => JSON.stringify([e.from, e.to, e.smooth ?? null]))")
    assert len(set(curves)) == len(curves), "parallel edges lie on one another"


def test_a_hub_of_5000_is_usable(open_page: OpenPage) -> None:
    page = open_page(ODD_GRAPHS["5,000 edges at one node"].make()).page
    page.click("#tab-list")
    page.locator('#list-content button[data-node="hub"]').first.click()
    page.wait_for_selector("#panel[data-kind=node]:visible")
    assert 5000 in _numbers(page.inner_text("#panel-relations"))
    assert page.locator("#panel-relations button[data-node]").count() < 5000


def test_a_long_label_is_clipped_in_the_picture_and_whole_in_the_details(open_page: OpenPage) -> None:
    page = open_page(ODD_GRAPHS["a label of 2,000 characters"].make()).page
    texts = [label["text"] for label in page.evaluate("() => stigraph.labels()")]
    assert texts
    assert all(len(text) < 120 for text in texts)
    page.click("#tab-list")
    page.locator('#list-content button[data-node="long"]').first.click()
    page.wait_for_selector("#panel[data-kind=node]:visible")
    assert (page.text_content("#panel-title") or "").strip() == LONG
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_text_from_right_to_left_stays_in_its_place(open_page: OpenPage) -> None:
    page = open_page(ODD_GRAPHS["right to left"].make()).page
    page.click("#tab-list")
    page.locator('#list-content button[data-node="a"]').first.click()
    page.wait_for_selector("#panel[data-kind=node]:visible")
    assert page.evaluate("() => getComputedStyle(document.querySelector('#panel-title')).unicodeBidi") in (
        "plaintext",
        "isolate",
    )
