"""Walking through a graph: select, expand, hide, surroundings, back and forward, the address, the keyboard."""

from __future__ import annotations

import re
from typing import Any

import networkx as nx
import pytest
from playwright.sync_api import Page
from tests.page.conftest import OpenPage
from tests.page.reading import drawn, found, select, selected, settle

_ID = "https://w3id.org/stigraph/id/"
_SICORP, _JST = _ID + "programme/sicorp", _ID + "organization/jst"


@pytest.fixture(scope="module")
def branches() -> nx.DiGraph:
    """A hub with 100 branches, each with 19 leaves that matter less than all branches."""
    graph = nx.DiGraph()
    graph.add_node("hub", label="hub", weight=9.0)
    for branch in range(100):
        graph.add_node(f"branch {branch}", label=f"branch {branch}", weight=5.0)
        graph.add_edge("hub", f"branch {branch}")
        for leaf in range(19):
            graph.add_node(f"leaf {branch}.{leaf}", label=f"leaf {branch}.{leaf}", weight=1.0 - branch / 1000)
            graph.add_edge(f"branch {branch}", f"leaf {branch}.{leaf}")
    return graph


def _around(graph: Any, node: str) -> set[str]:
    return {node, *graph.predecessors(node), *graph.successors(node)}


def _numbers(text: str) -> list[int]:
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", text)]


def _click_picture(page: Page, node: str) -> None:
    point = page.evaluate("node => stigraph.position(node)", node)
    page.mouse.click(point["x"], point["y"])
    settle(page)


def test_a_click_on_a_node_opens_it_and_one_beside_closes(page: Page) -> None:
    _click_picture(page, _SICORP)
    page.wait_for_selector("#panel[data-kind=node]:visible")
    assert selected(page) == {"kind": "node", "id": _SICORP}
    assert "戦略的国際共同研究プログラム" in page.inner_text("#panel-title")
    page.click("#panel-close")
    assert not page.is_visible("#panel")
    assert selected(page) is None


def test_the_most_important_are_drawn_first(open_page: OpenPage, branches: nx.DiGraph) -> None:
    page = open_page(branches).page
    shown = drawn(page)
    assert "2,001件中1,500件" in page.inner_text("#status")
    page.click("#language-en")
    assert _numbers(page.inner_text("#status"))[:2] == [1500, 2001]
    assert len(shown) == 1500
    assert {"hub", *(f"branch {number}" for number in range(100))} <= shown


def test_expand_draws_what_is_around_and_back_takes_it_away(open_page: OpenPage, branches: nx.DiGraph) -> None:
    page = open_page(branches).page
    assert "leaf 99.3" not in drawn(page)
    assert found(page, "branch 99")[0] == "branch 99"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel:visible")
    page.click("#expand")
    settle(page)
    assert _around(branches, "branch 99") <= drawn(page)
    assert "2,001件中1,519件" in page.inner_text("#status")
    page.click("#back")
    settle(page)
    assert "leaf 99.3" not in drawn(page)
    page.click("#forward")
    settle(page)
    assert "leaf 99.3" in drawn(page)


def test_what_is_not_drawn_is_found_and_then_drawn(open_page: OpenPage, branches: nx.DiGraph) -> None:
    page = open_page(branches).page
    assert found(page, "leaf 98.7")[0] == "leaf 98.7"
    page.click("#results [role=option] >> nth=0")
    page.wait_for_selector("#panel:visible")
    assert "leaf 98.7" in drawn(page)
    assert page.inner_text("#panel-title").strip() == "leaf 98.7"


def test_hide_surroundings_everything(page: Page, graph: Any) -> None:
    select(page, _JST)
    page.click("#tab-picture")
    page.click("#surroundings")
    settle(page)
    assert drawn(page) == _around(graph, _JST)
    assert page.is_visible("#everything")
    page.click("#hide")
    settle(page)
    assert _JST not in drawn(page)
    page.click("#everything")
    settle(page)
    assert drawn(page) == set(graph)


def test_back_and_forward(page: Page, graph: Any) -> None:
    assert page.is_disabled("#back")
    assert page.is_disabled("#forward")
    select(page, _JST)
    page.locator(f'#panel-relations button[data-node="{_SICORP}"]').first.click()
    page.wait_for_function("id => stigraph.selected()?.id === id", arg=_SICORP)
    page.click("#back")
    page.wait_for_function("id => stigraph.selected()?.id === id", arg=_JST)
    page.click("#forward")
    page.wait_for_function("id => stigraph.selected()?.id === id", arg=_SICORP)
    page.keyboard.press("Alt+ArrowLeft")
    page.wait_for_function("id => stigraph.selected()?.id === id", arg=_JST)


def test_the_address_restores_what_is_shown(open_page: OpenPage, graph: Any) -> None:
    page = open_page(graph).page
    page.click("#language-en")
    page.click('#legend [data-class="sti:Statement"] input')
    page.click('#legend [data-relation="sti:partner"] input')
    select(page, _JST)
    page.click("#hide")
    select(page, _SICORP)
    page.click("#tab-table")
    page.wait_for_function("() => location.hash.includes('tab=table') && location.hash.includes('sicorp')")
    told, address = _state(page), page.evaluate("() => location.hash")
    other = open_page(graph, fragment=address).page
    assert _state(other) == told
    assert told["selected"] == {"kind": "node", "id": _SICORP}
    assert (told["lang"], told["tab"]) == ("en", "table")
    assert _JST not in told["nodes"]
    assert other.inner_text("#panel-title") == page.inner_text("#panel-title")


def _state(page: Page) -> dict[str, Any]:
    settle(page)
    state: dict[str, Any] = page.evaluate(
        """() => ({
            nodes: stigraph.nodes.get({filter: node => !node.hidden}).map(node => node.id).sort(),
            edges: stigraph.edges.get({filter: edge => !edge.hidden}).map(edge => edge.id).sort(),
            selected: stigraph.selected(),
            lang: document.documentElement.dataset.lang,
            tab: document.documentElement.dataset.tab,
            status: document.querySelector('#status').textContent,
        })"""
    )
    return state


def test_an_address_typed_into_the_open_page(page: Page) -> None:
    page.evaluate("node => { location.hash = 'node=' + encodeURIComponent(node); }", _JST)
    page.wait_for_function("id => stigraph.selected()?.id === id", arg=_JST)
    page.wait_for_selector("#panel[data-kind=node]:visible")
    assert "科学技術振興機構" in page.inner_text("#panel-title")


def test_the_link_is_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    select(page, _JST)
    page.click("#copy-link")
    page.wait_for_selector("#notice:visible")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == page.evaluate("() => location.href")
    assert "node=" in copied


def test_wheel_and_drag_move_the_picture(page: Page) -> None:
    box = page.locator("#network").bounding_box()
    assert box
    before = page.evaluate("() => [stigraph.network.getScale(), stigraph.network.getViewPosition()]")
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] * 0.1)
    page.mouse.wheel(0, -300)
    page.wait_for_function("scale => stigraph.network.getScale() > scale", arg=before[0])
    zoomed = page.evaluate("() => stigraph.network.getViewPosition()")
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.3, steps=5)
    page.mouse.up()
    settle(page)
    assert page.evaluate("() => stigraph.network.getViewPosition()") != zoomed
    assert selected(page) is None


def test_an_address_of_another_page_opens_without_what_it_means(open_page: OpenPage, graph: Any) -> None:
    page = open_page(graph, fragment="#key=other&classes=0.1&node=https://example.org/nobody&lang=en").page
    assert drawn(page) == set(graph)
    assert page.get_attribute("html", "data-lang") == "en"


def test_keys(page: Page, graph: Any) -> None:
    page.focus("#network")
    page.keyboard.press("l")
    assert page.get_attribute("html", "data-tab") == "list"
    page.keyboard.press("t")
    assert page.get_attribute("html", "data-tab") == "table"
    page.keyboard.press("p")
    assert page.get_attribute("html", "data-tab") == "picture"
    page.keyboard.press("?")
    assert page.is_visible("#help")
    page.keyboard.press("Escape")
    assert not page.is_visible("#help")


def test_arrows_walk_from_node_to_node(page: Page, graph: Any) -> None:
    page.focus("#network")
    seen = []
    for key in ("ArrowRight", "ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown"):
        page.keyboard.press(key)
        page.wait_for_function("() => document.querySelector('#announcer').textContent !== ''")
        seen.append(page.inner_text("#announcer").strip())
    assert len(set(seen)) > 2
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel[data-kind=node]:visible")
    node = selected(page)["id"]
    assert graph.nodes[node]["labels"]["ja"] in page.inner_text("#panel-title")
    page.focus("#network")
    page.keyboard.press("h")
    settle(page)
    assert node not in drawn(page)
    page.keyboard.press("b")
    settle(page)
    assert node in drawn(page)


def test_every_control_is_reached_by_tab(page: Page) -> None:
    page.evaluate("() => document.body.focus()")
    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("() => document.activeElement.id"))
    expected = {"search", "language-en", "theme", "network", "zoom-in", "fit", "about-button", "help-button"}
    assert expected <= reached
    assert {"tab-picture", "tab-list", "tab-table"} & reached
