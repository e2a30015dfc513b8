"""No hostile string runs, requests anything or breaks the page, wherever data can reach."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page
from tests.page.conftest import OpenPage
from tests.page.hostile import HOSTILE, Hostile, hostile_graph, places
from tests.page.watching import Watched, watched

from stigraph.page import page as page_of
from stigraph.page.static import picture

_TOGETHER = 60
_GROUPS = [HOSTILE[start : start + _TOGETHER] for start in range(0, len(HOSTILE), _TOGETHER)]
_HEADINGS = 20
_INLINED = re.compile(r"<(script|style)>.*?</\1>", re.DOTALL)
_FORMULA = re.compile(r"^[=+\-@＝＋－＠\t\r\n]")

_LOOKS = {"class", "clip-path", "fill", "filter", "marker-end", "mask", "stroke", "transform"}

_SKELETON = """
(htmls) => htmls.map(html => {
    const told = [];
    const walk = node => {
        for (const child of node.children) {
            told.push(child.tagName + ' ' + child.getAttributeNames().sort().join(' '));
            if (child.localName === 'template') walk(child.content);
            walk(child);
            told.push('/');
        }
    };
    walk(new DOMParser().parseFromString(html, 'text/html'));
    return told.join('\\n');
})
"""

_CENSUS = """
() => {
    const elements = [...document.querySelectorAll('*')];
    const count = name => elements.filter(element => element.localName === name).length;
    return {
        handlers: elements.flatMap(element => element.getAttributeNames().filter(name => name.startsWith('on'))),
        foreign: ['iframe', 'object', 'embed', 'base', 'link', 'form', 'frame', 'audio', 'video', 'foreignobject',
                  'foreignObject', 'animate', 'set', 'use', 'math', 'portal', 'applet'].filter(name => count(name)),
        scripts: count('script'),
        styles: count('style'),
        metas: count('meta'),
        images: [...document.images].map(image => image.src.slice(0, 60)),
        links: [...document.links].map(link => [link.href, link.rel, link.target]),
        global: Object.getOwnPropertyNames(Object.prototype).sort().join(' '),
        polluted: [({}).polluted, [].polluted, Function.prototype.polluted].filter(value => value !== undefined),
    };
}
"""

_OPEN_EVERY_NODE = """
async () => {
    const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    const told = [];
    for (const button of document.querySelectorAll('#list-content [data-item] > button')) {
        button.click();
        await frame();
        told.push([button.dataset.node, document.querySelector('#panel').textContent]);
    }
    return told;
}
"""


@pytest.fixture(scope="module")
def census(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the document of a harmless page consists of."""
    file = tmp_path_factory.mktemp("harmless") / "page.html"
    file.write_text(page_of(hostile_graph(["harmless", "other"])).html, encoding="utf-8")
    with watched(chromium) as shown:
        shown.open(file)
        return _census(shown.page)


def _census(page: Page) -> dict[str, Any]:
    taken: dict[str, Any] = page.evaluate(_CENSUS)
    return taken


def _check_census(page: Page, harmless: dict[str, Any]) -> None:
    """Demand that the document holds nothing that a harmless page does not hold, and links to the web only."""
    taken = _census(page)
    assert taken["handlers"] == []
    assert taken["foreign"] == harmless["foreign"] == []
    assert taken["polluted"] == []
    assert [taken[name] for name in ("scripts", "styles", "metas", "global")] == [
        harmless[name] for name in ("scripts", "styles", "metas", "global")
    ]
    assert [source for source in taken["images"] if not source.startswith(("data:image/", "blob:"))] == []
    for address, relation, target in taken["links"]:
        assert address.startswith(("http://", "https://", "file:", "#")), address
        if not address.startswith("file:"):
            assert (set(relation.split()), target) == ({"noopener", "noreferrer"}, "_blank")


def test_there_are_enough_of_them() -> None:
    assert len({hostile.text for hostile in HOSTILE}) == len(HOSTILE) >= 200
    assert len(places()) >= 50


def test_markup_is_that_of_a_harmless_page(chromium: Browser) -> None:
    """Each string alone in every place at once gives the very elements and attributes that plain words give."""
    plain = _without_inlined(page_of(hostile_graph(["harmless"])).html)
    pages = [_without_inlined(page_of(hostile_graph([hostile.text])).html) for hostile in HOSTILE]
    tab = chromium.new_page()
    expected, *found = tab.evaluate(_SKELETON, [plain, *pages])
    tab.close()
    assert "TEMPLATE id" in expected
    changed = [hostile.text for hostile, skeleton in zip(HOSTILE, found, strict=True) if skeleton != expected]
    assert changed == []


def _without_inlined(html: str) -> str:
    """Take out the scripts and the style, which are the same in every page."""
    return _INLINED.sub("", html)


@pytest.mark.parametrize("group", _GROUPS, ids=lambda group: group[0].kind)
def test_every_tab_and_every_node(group: list[Hostile], open_page: OpenPage, census: dict[str, Any]) -> None:
    shown = open_page(hostile_graph([hostile.text for hostile in group]))
    page = shown.page
    assert page.evaluate("() => stigraph.nodes.length") == len(group)
    page.click("#tab-list")
    listed = page.inner_text("#list-content") and page.text_content("#list-content")
    panels = dict(page.evaluate(_OPEN_EVERY_NODE))
    assert len(panels) == len(group)
    for hostile in group:
        assert hostile.printed in (listed or ""), hostile
        assert panels[hostile.printed].count(hostile.printed) >= 8, hostile
    page.click("#tab-table")
    for button in ("#table-links-button", "#table-nodes-button"):
        page.click(button)
        table = page.text_content("#rows") or ""
        assert [hostile for hostile in group if hostile.printed not in table] == []
    page.click("#language-en")
    page.click("#tab-picture")
    page.click("#about-button")
    _check_census(page, census)


@pytest.mark.parametrize("group", _GROUPS, ids=lambda group: group[0].kind)
def test_search_box_and_address(group: list[Hostile], open_page: OpenPage, census: dict[str, Any]) -> None:
    shown = open_page(hostile_graph([hostile.text for hostile in group], layered=True))
    page = shown.page
    page.evaluate(_SEARCH, [hostile.printed for hostile in group])
    page.keyboard.press("Escape")
    page.evaluate(_ADDRESS, [hostile.printed for hostile in group])
    shown.ready()
    _check_census(page, census)
    page.click("#tab-list")
    page.click("#list-content button[data-node] >> nth=0")
    assert page.is_visible("#panel-title")


_SEARCH = """
async texts => {
    const box = document.querySelector('#search');
    box.focus();
    for (const text of texts) {
        box.value = text;
        box.dispatchEvent(new InputEvent('input', {bubbles: true}));
        await new Promise(done => setTimeout(() => setTimeout(done)));
    }
}
"""

_ADDRESS = """
async texts => {
    const moment = () => new Promise(done => setTimeout(done));
    const keys = ['node', 'edge', 'classes', 'relations', 'flags', 'hidden', 'grown', 'only', 'lang', 'tab', 'view',
                  'key', '__proto__', 'constructor'];
    for (const text of texts) {
        location.hash = text;
        await moment();
        location.hash = [...keys.map(key => key + '=' + encodeURIComponent(text)), 'node=' + text].join('&');
        await moment();
    }
}
"""


@pytest.mark.parametrize("start", range(0, len(HOSTILE), _HEADINGS))
def test_title_and_sentence(start: int, open_page: OpenPage, census: dict[str, Any]) -> None:
    """What a graph has once: many strings in it at a time, each of them behind and before another."""
    group = HOSTILE[start : start + _HEADINGS]
    heading = " | ".join(hostile.text for hostile in group)
    printed = " | ".join(hostile.printed for hostile in group)
    page = open_page(hostile_graph([group[0].text, group[-1].text], heading=heading)).page
    assert page.text_content("#title .ja, #title:not(:has(.ja))") == printed
    assert page.text_content("#sentence .ja, #sentence:not(:has(.ja))") == printed
    assert _words(page.title()) == _words(printed)
    _check_census(page, census)


def _words(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize("group", _GROUPS, ids=lambda group: group[0].kind)
def test_downloads(
    group: list[Hostile], open_page: OpenPage, chromium: Browser, tmp_path: Path, census: dict[str, Any]
) -> None:
    shown = open_page(hostile_graph([hostile.text for hostile in group], layered=True), accept_downloads=True)
    page = shown.page
    page.click("#list-content button[data-node] >> nth=0") if page.is_visible("#list-content") else None
    drawing = _download(shown, "svg", tmp_path)
    _check_drawing(drawing.read_bytes())
    with watched(chromium) as viewer:
        viewer.visit(drawing)
        assert viewer.page.evaluate("() => document.documentElement.localName") == "svg"
    table = _download(shown, "csv", tmp_path).read_text(encoding="utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row]
    assert [cell for cell in cells if _FORMULA.match(cell) and not _is_number(cell)] == []
    for hostile in group:
        assert any(hostile.printed in cell for cell in cells), hostile


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None


def _download(shown: Watched, kind: str, folder: Path) -> Path:
    shown.page.click("#download-button")
    with shown.page.expect_download() as started:
        shown.page.click(f"#download-{kind}")
    file = folder / f"downloaded.{kind}"
    started.value.save_as(file)
    return file


def _check_drawing(drawing: bytes, *, links: bool = False) -> None:
    """Demand that a drawing is well-formed XML without scripts, handlers, styles that load, or unexpected links."""
    for element in ElementTree.fromstring(drawing).iter():
        space, _, name = element.tag.rpartition("}")
        assert space in ("", "{http://www.w3.org/2000/svg"), element.tag
        assert name.lower() not in {"script", "foreignobject", "iframe", "image", "use", "animate", "set"}
        assert links or name != "a"
        for attribute, value in element.attrib.items():
            assert not attribute.lower().startswith("on"), attribute
            assert name == "a" or "href" not in attribute.lower(), attribute
            assert attribute != "style"
            assert attribute not in _LOOKS or re.fullmatch(r"[#\w.,()\s-]*", value.replace("url(#", "")), value


@pytest.mark.parametrize(
    "planted",
    [
        "<script>1</script>",
        "<g onclick='__ran(1)'/>",
        "<a href='http://hostile.invalid/'/>",
        "<image href='x'/>",
        "<rect fill='url(http://hostile.invalid/)'/>",
        "<rect style='fill:red'/>",
        "<x:p xmlns:x='http://www.w3.org/1999/xhtml'/>",
    ],
)
def test_a_planted_fault_in_a_drawing_is_seen(planted: str) -> None:
    with pytest.raises(AssertionError):
        _check_drawing(f"<svg xmlns='http://www.w3.org/2000/svg'>{planted}</svg>".encode())


def test_planted_elements_and_links_are_seen(open_page: OpenPage, census: dict[str, Any]) -> None:
    shown = open_page(hostile_graph(["harmless", "other"]))
    page = shown.page
    for markup in ("<b onclick=''>x</b>", "<iframe></iframe>", "<meta>", "<a href='javascript:1'>x</a>"):
        page.evaluate("markup => { document.querySelector('#notice').innerHTML = markup; }", markup)
        with pytest.raises(AssertionError):
            _check_census(page, census)
        page.evaluate("() => document.querySelector('#notice').replaceChildren()")
    _check_census(page, census)
    assert any("policy violated: script-src-attr" in fault for fault in shown.faults)
    shown.faults.clear()


def test_static_pictures(chromium: Browser, tmp_path: Path) -> None:
    """The pictures that need no script: well-formed, and their links lead to the web or beside the page."""
    texts = [[hostile.text for hostile in group] for group in _GROUPS]
    drawings = [picture(hostile_graph(text), link=str, name=f"p{place}") for place, text in enumerate(texts)]
    for drawing in drawings:
        _check_drawing(drawing.encode(), links=True)
    file = tmp_path / "pictures.html"
    script = "<script>window.stigraph = {ready: Promise.resolve()}</script>"
    file.write_text(f"<!doctype html><meta charset=utf-8>{script}{''.join(drawings)}", encoding="utf-8")
    with watched(chromium) as shown:
        shown.open(file)
        read = "links => links.map(link => URL.parse(link.href.baseVal, location)?.protocol ?? 'none')"
        told = shown.page.locator("svg a").evaluate_all(read)
        assert {"http:"} <= set(told) <= {"http:", "https:", "file:", "none"}
        assert _census(shown.page)["handlers"] == []


def test_print_sheet(open_page: OpenPage, census: dict[str, Any]) -> None:
    for group in _GROUPS[:2]:
        page = open_page(hostile_graph([hostile.text for hostile in group])).page
        page.pdf()
        _check_census(page, census)
