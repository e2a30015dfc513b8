"""What a reader reads is what the graph says: details, passages, list, table, words in both languages."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.page.conftest import OpenPage
from tests.page.reading import downloaded, in_language, rows_of_csv, select, settle, show_all_rows, table_rows

from stigraph.page import page as page_of
from stigraph.store import Store
from stigraph.views import neighbourhood
from stigraph.views.measures import measure

_ID = "https://w3id.org/stigraph/id/"
_SICORP = _ID + "programme/sicorp"


def _label(graph: Any, iri: str, lang: str = "ja") -> str:
    if iri in graph:
        return in_language(graph.nodes[iri]["labels"], lang)
    return in_language(graph.graph["words"][iri], lang)


def _squeezed(text: str | None) -> str:
    return re.sub(r"\s+", "", text or "")


def test_heading_sentence_and_documents(page: Page, graph: Any) -> None:
    for lang in ("ja", "en"):
        page.click(f"#language-{lang}")
        assert page.inner_text("#title").strip() == graph.graph["title"][lang]
        assert page.inner_text("#sentence").strip() == graph.graph["sentence"][lang]
        assert page.title().startswith(graph.graph["title"][lang])
        assert page.get_attribute("html", "lang") == lang
        told = page.inner_text("#documents")
        if len(graph.graph["sources"]) <= 3:
            assert [s for s in graph.graph["sources"] if _label(graph, s, lang) not in told] == []
    page.click("#about-button")
    told = page.inner_text("#panel")
    assert [source for source in graph.graph["sources"] if _label(graph, source, "en") not in told] == []


def test_a_page_may_open_in_english(open_page: OpenPage, graph: Any, tmp_path: Path) -> None:
    file = tmp_path / "english.html"
    page_of(graph, lang="en").write(file)
    page = open_page(file, locale="en-GB").page
    assert page.title() == graph.graph["title"]["en"]
    assert (page.get_attribute("html", "lang"), page.get_attribute("html", "data-lang")) == ("en", "en")
    assert page.inner_text("#title").strip() == graph.graph["title"]["en"]
    assert page.get_attribute("#language-en", "aria-pressed") == "true"


def test_passage_of_a_statement_is_told_to_the_letter(page: Page, graph: Any) -> None:
    statements = [node for node, data in graph.nodes(data=True) if data["type"] == "sti:Statement"]
    for node in sorted(statements)[::6]:
        select(page, node)
        told = [_passage(item) for item in page.locator("#panel-passages li.passage").all()]
        expected = [_expected(graph, item) for item in graph.nodes[node]["evidence"]]
        assert [passage["quote"] for passage in told] == [passage["quote"] for passage in expected]
        for passage, wanted in zip(told, expected, strict=True):
            assert wanted["document"] in passage["text"]
            assert wanted["locator"] in passage["text"]
            assert wanted["note"] in passage["text"]


def _passage(item: Any) -> dict[str, str]:
    quote = item.locator("blockquote")
    return {
        "quote": _squeezed(quote.text_content()).strip("「」") if quote.count() else "",
        "text": _squeezed(item.text_content()),
    }


def _expected(graph: Any, item: Any) -> dict[str, str]:
    return {
        "quote": _squeezed(item["quote"]).strip("「」"),
        "document": _squeezed(_label(graph, item["document"])),
        "locator": _squeezed(item["locator"]),
        "note": _squeezed((item.get("notes") or {}).get("ja") or item["note"]),
    }


def test_passage_of_a_citation_stands_with_the_edge(page: Page, graph: Any) -> None:
    source, target, data = next(
        edge for edge in graph.edges(data=True) if edge[2]["predicate"] == "sti:cites" and edge[0] == _SICORP
    )
    select(page, source)
    page.locator(
        f'#panel-relations [data-relation="sti:cites"] li:has(button[data-node="{target}"]) [data-edge]'
    ).click()
    page.wait_for_selector("#panel[data-kind=edge]:visible")
    text = _squeezed(page.text_content("#panel"))
    for item in data["evidence"]:
        wanted = _expected(graph, item)
        assert wanted["quote"] in text
        assert wanted["document"] in text
        assert wanted["locator"] in text
    ends = [button.get_attribute("data-node") for button in page.locator("#panel-ends button[data-node]").all()]
    assert ends == [source, target]


def test_facts_names_and_relations_of_a_programme(page: Page, graph: Any) -> None:
    select(page, _SICORP)
    data = graph.nodes[_SICORP]
    names = _squeezed(page.text_content("#panel-names"))
    shown = {data["labels"]["ja"], data["labels"]["en"]}
    assert [name for name in data["names"] if name not in shown and _squeezed(name) not in names] == []
    assert _SICORP in (page.text_content("#panel-iri") or "")
    show_all_rows(page.locator("#panel-relations"))
    show_all_rows(page.locator("#panel-facts"))
    facts = _squeezed(page.text_content("#panel-facts"))
    for fact in data["facts"]:
        assert _squeezed(graph.graph["words"][fact["property"]]["ja"]) in facts
        assert _squeezed(_label(graph, fact["thing"]) if fact["thing"] else fact["value"]) in facts, fact
        if fact["locator"]:
            assert _squeezed(fact["locator"]) in facts
    ends = [
        (
            section.get_attribute("data-direction"),
            section.get_attribute("data-relation"),
            button.get_attribute("data-node"),
        )
        for section in page.locator("#panel-relations section[data-relation]").all()
        for button in section.locator("button[data-node]").all()
    ]
    expected = [("out", key, target) for _, target, key in graph.out_edges(_SICORP, keys=True)]
    expected += [("in", key, source) for source, _, key in graph.in_edges(_SICORP, keys=True)]
    assert Counter(ends) == Counter(expected)


def _told_of(section: Any) -> tuple[str | None, str | None]:
    return section.get_attribute("data-direction"), section.get_attribute("data-relation")


def test_links_lead_to_the_document_of_the_passage(page: Page, graph: Any) -> None:
    links = graph.graph["links"]
    select(page, _SICORP)
    for link in page.locator("#panel a[href]").all():
        assert link.get_attribute("href") in {*links.values(), _SICORP, *graph}
        assert link.get_attribute("target") == "_blank"


def test_list_holds_every_node_and_every_relation(page: Page, graph: Any) -> None:
    page.click("#tab-list")
    page.wait_for_function("number => document.querySelectorAll('[data-item]').length >= number", arg=len(graph))
    show_all_rows(page.locator("#list-content"))
    told = page.evaluate(
        """() => [...document.querySelectorAll('#list-content [data-item]')].map(item => [
            item.dataset.item,
            item.querySelector(':scope > button').textContent,
            [...item.querySelectorAll(':scope > ul button[data-node]')].map(button => button.dataset.node)])"""
    )
    assert {node for node, *_ in told} == set(graph)
    assert len(told) == len(graph)
    around: dict[str, Counter[str]] = {node: Counter() for node in graph}
    for source, target in graph.edges():
        around[source][target] += 1
        around[target][source] += 1
    assert [node for node, _, others in told if Counter(others) != around[node]] == []
    assert [node for node, label, _ in told if graph.nodes[node]["labels"]["ja"] not in label] == []
    headings = [heading.inner_text() for heading in page.locator("#list-content h2").all()]
    classes = {graph.graph["words"][data["type"]]["ja"] for _, data in graph.nodes(data=True)}
    assert len(headings) == len(classes)
    assert [label for label in classes if not any(label in heading for heading in headings)] == []


def test_table_sorts(page: Page, graph: Any) -> None:
    page.click("#tab-table")
    buttons = page.locator("#rows th button[data-column]")
    for place in range(min(buttons.count(), 3)):
        buttons.nth(place).click()
        assert page.locator("#rows th[aria-sort=ascending]").count() == 1
        rising = [row[place] for row in table_rows(page)]
        buttons.nth(place).click()
        assert page.locator("#rows th[aria-sort=descending]").count() == 1
        falling = [row[place] for row in table_rows(page)]
        assert rising != falling
        assert Counter(rising) == Counter(falling) or len(graph) > len(rising)


def test_table_filter(page: Page, graph: Any) -> None:
    page.click("#tab-table")
    page.fill("#table-filter", "ｓｉｃｏｒｐ")
    settle(page)
    rows = table_rows(page)
    assert 0 < len(rows) < len(graph)
    assert str(len(rows)) in page.inner_text("#table-count")
    page.fill("#table-filter", "no such thing")
    settle(page)
    assert page.locator("#rows tbody tr[data-node]").count() == 0


def test_csv_of_nodes_is_the_graph(page: Page, graph: Any, tmp_path: Path) -> None:
    page.click("#tab-table")
    page.click("#table-nodes-button")
    content = downloaded(page, "#table-csv", tmp_path / "nodes.csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = rows_of_csv(content)
    cells = [set(row.values()) for row in rows]
    assert len(rows) == len(graph)
    for node, data in graph.nodes(data=True):
        row = next(cell for cell in cells if node in cell)
        assert {data["labels"]["ja"]} <= row
        assert {graph.graph["words"][data["type"]]["ja"]} <= row


def test_measures_stand_in_the_table(open_page: OpenPage, store: Store, tmp_path: Path) -> None:
    graph = measure(neighbourhood(store, "SICORP"))
    page = open_page(graph).page
    page.click("#tab-table")
    heads = [head.strip() for head in page.locator("#rows th").all_inner_texts()]
    names = [one["label"]["ja"] for one in graph.graph["measures"]]
    assert [name for name in names if not any(head.startswith(name) for head in heads)] == []
    rows = rows_of_csv(downloaded(page, "#table-csv", tmp_path / "nodes.csv"))
    for row in rows:
        node = next(value for value in row.values() if value in graph)
        for one in graph.graph["measures"]:
            told, value = row[one["label"]["ja"]], graph.nodes[node]["measures"][one["id"]]
            assert float(told) == pytest.approx(value, abs=1e-5)
    button = page.locator("#rows th button[data-column=pageRank]")
    button.click()
    first = page.locator("#rows tbody tr").first.get_attribute("data-node")
    assert first == max(graph, key=lambda node: graph.nodes[node]["measures"]["pageRank"])


def test_csv_of_links_is_the_graph(page: Page, graph: Any, tmp_path: Path) -> None:
    """A row for each passage of a link, and one for a link without."""
    page.click("#tab-table")
    page.click("#table-links-button")
    rows = rows_of_csv(downloaded(page, "#table-csv", tmp_path / "links.csv"))
    expected = [
        (_label(graph, source), graph.graph["words"][key]["ja"], _label(graph, target), item["quote"] or "")
        for source, target, key, data in graph.edges(keys=True, data=True)
        for item in _distinct(data["evidence"])
    ]
    assert len(rows) == len(expected)
    columns = list(rows[0])[:3]
    told = Counter(tuple(row[column] for column in columns) for row in rows)
    assert told == Counter(row[:3] for row in expected)
    quotes = Counter(value.lstrip("'") for row in rows for value in row.values() if len(value) > 20)
    assert [row[3] for row in expected if len(row[3]) > 20 and row[3] not in quotes] == []


def _distinct(evidence: list[dict[str, Any]]) -> list[dict[str, Any]]:
    keys = ("statement", "document", "locator", "quote", "citedAs", "basis", "note")
    return list({tuple(item[key] for key in keys): item for item in evidence}.values()) or [{"quote": None}]


def test_table_of_links_in_english(page: Page, graph: Any) -> None:
    page.click("#language-en")
    page.click("#tab-table")
    page.click("#table-links-button")
    settle(page)
    words = graph.graph["words"]
    english = {words[key]["en"] for *_, key in graph.edges(keys=True)}
    rows = table_rows(page)
    assert rows
    assert [row for row in rows if not english & set(row)] == []


def test_language_changes_every_word_of_the_interface(page: Page) -> None:
    japanese = re.compile(r"[ぁ-んァ-ヶ一-龠]")
    words = "button, label, th, h2, summary, option, #status, #help, [placeholder]"
    read = """elements => elements
        .filter(e => e.checkVisibility() && !e.closest('[lang=ja], #list-content, .label'))
        .map(e => [e.innerText, e.placeholder, e.title, e.getAttribute('aria-label')].map(t => t ?? '').join(' '))"""
    page.click("#language-en")
    assert page.get_attribute("#language-en", "aria-pressed") == "true"
    english = page.locator(words).evaluate_all(read)
    assert [text for text in english if japanese.search(text.replace("日本語", ""))] == []
    page.click("#language-ja")
    assert page.locator(words).evaluate_all(read) != english
    assert japanese.search(page.inner_text("#status"))


def test_japanese_text_says_that_it_is_japanese(page: Page, graph: Any) -> None:
    """Han characters are drawn in their Japanese forms in the English interface too."""
    page.click("#language-en")
    select(page, _SICORP)
    untold = page.evaluate(
        """() => {
            const found = [];
            const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) {
                const element = walk.currentNode.parentElement;
                if (/[ぁ-んァ-ヶ一-龠]/.test(walk.currentNode.data) && element.checkVisibility()
                    && element.closest('[lang]').lang !== 'ja') found.push(walk.currentNode.data.trim());
            }
            return found;
        }"""
    )
    assert untold == []


def test_theme(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    read = "() => getComputedStyle(document.body).backgroundColor"
    seen = {}
    for _ in range(3):
        seen[page.get_attribute("html", "data-theme")] = page.evaluate(read)
        page.click("#theme")
    assert set(seen) == {"auto", "light", "dark"}
    assert seen["auto"] == seen["light"] != seen["dark"]
    page.emulate_media(color_scheme="dark")
    settle(page)
    assert page.evaluate(read) == seen["dark"]
