"""The legend counts and filters classes, relations and marks; "n of N" tells what is left."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page
from tests.page.conftest import OpenPage
from tests.page.reading import drawn, drawn_edges, settle


def _counts(page: Page, kind: str) -> dict[str, int]:
    entries = page.locator(f"#legend [data-{kind}]").all()
    return {str(e.get_attribute(f"data-{kind}")): _number(e.locator(".count").inner_text()) for e in entries}


def _number(text: str) -> int:
    return int(re.findall(r"\d[\d,]*", text)[-1].replace(",", ""))


def _status(page: Page) -> tuple[int, int]:
    """Read how many nodes of how many are shown."""
    settle(page)
    told = re.search(r"([\d,]+)件中([\d,]+)件", page.inner_text("#status"))
    assert told
    total, shown = (int(number.replace(",", "")) for number in told.groups())
    return shown, total


def test_counts_are_those_of_the_graph(page: Page, graph: Any) -> None:
    assert _counts(page, "class") == Counter(data["type"] for _, data in graph.nodes(data=True))
    assert _counts(page, "relation") == Counter(key for *_, key in graph.edges(keys=True))
    assert _status(page) == (len(graph), len(graph))


def test_labels_are_those_of_the_words(page: Page, graph: Any) -> None:
    for lang in ("ja", "en"):
        page.click(f"#language-{lang}")
        for kind in ("class", "relation"):
            for entry in page.locator(f"#legend [data-{kind}]").all():
                word = graph.graph["words"][str(entry.get_attribute(f"data-{kind}"))]
                assert entry.locator(".label").inner_text().strip() == word[lang]


def test_a_class_is_taken_away_and_comes_back(page: Page, graph: Any) -> None:
    statements = {node for node, data in graph.nodes(data=True) if data["type"] == "sti:Statement"}
    page.click('#legend [data-class="sti:Statement"] input')
    assert drawn(page) == set(graph) - statements
    assert _status(page) == (len(graph) - len(statements), len(graph))
    page.click('#legend [data-class="sti:Statement"] input')
    assert drawn(page) == set(graph)


def test_only_one_class_and_all_again(page: Page, graph: Any) -> None:
    countries = {node for node, data in graph.nodes(data=True) if data["type"] == "sti:Country"}
    page.hover('#legend [data-class="sti:Country"]')
    page.click('#legend [data-class="sti:Country"] button.only')
    assert drawn(page) == countries
    page.click("#classes-all")
    assert drawn(page) == set(graph)


def test_a_relation_is_taken_away(page: Page, graph: Any) -> None:
    about = sum(key == "sti:about" for *_, key in graph.edges(keys=True))
    assert drawn_edges(page) == graph.number_of_edges()
    page.click('#legend [data-relation="sti:about"] input')
    settle(page)
    assert drawn_edges(page) == graph.number_of_edges() - about
    page.click("#relations-all")
    settle(page)
    assert drawn_edges(page) == graph.number_of_edges()


def test_marks_are_counted_and_filtered(open_page: OpenPage, real_view: Callable[[str], Any]) -> None:
    graph = real_view("gaps")
    page = open_page(graph).page
    counted = Counter(flag for _, data in graph.nodes(data=True) for flag in data["flags"])
    without = sum(not data["flags"] for _, data in graph.nodes(data=True))
    assert {flag: number for flag, number in _counts(page, "flag").items() if flag} == counted
    assert _counts(page, "flag").get("", 0) == without
    flag = counted.most_common(1)[0][0]
    page.hover(f'#legend [data-flag="{flag}"]')
    page.click(f'#legend [data-flag="{flag}"] button.only')
    assert drawn(page) == {node for node, data in graph.nodes(data=True) if flag in data["flags"]}
    page.click("#flags-all")
    assert drawn(page) == set(graph)
    word = graph.graph["words"][flag]["ja"]
    assert page.inner_text(f'#legend [data-flag="{flag}"] .label').strip() == word


def test_nothing_left_is_said_and_undone(page: Page, graph: Any) -> None:
    for box in page.locator("#legend [data-class] input").all():
        box.uncheck()
    assert drawn(page) == set()
    assert page.inner_text("#nothing").strip()
    page.click("#nothing-all")
    assert drawn(page) == set(graph)
    assert not page.is_visible("#nothing")


def test_by_keyboard(page: Page, graph: Any) -> None:
    page.focus('#legend [data-class="sti:Statement"] input')
    page.keyboard.press("Space")
    settle(page)
    assert len(drawn(page)) == sum(data["type"] != "sti:Statement" for _, data in graph.nodes(data=True))


def test_colour_and_shape_both_differ(page: Page, graph: Any) -> None:
    looks = page.evaluate(
        "() => JSON.parse(document.getElementById('graph').textContent).classes.map(c => [c.shape, c.color, c.dark])"
    )
    assert len({tuple(look) for look in looks}) == len(looks)
    assert len({look[0] for look in looks}) >= min(len(looks), 6)
