"""Passages that the review sheets of many years print in the same words: read once, and no place lost."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

import stigraph
from stigraph.lineage import Lineage, Node
from stigraph.lineage.formats import write
from stigraph.lineage.sayings import sayings_of, years_told
from stigraph.vocab import ID

_TRANSPORT, _TESTS = "総合交通体系整備推進費", "特定感染症検査等事業費"
_OUTLINE = "対流促進型国土の形成に寄与すべく、"
_RUBELLA = "掲げている「風しんに関する特定感染症予防指針」を踏まえ、"
_DISEASES = "「性感染症に関する特定感染症予防指針」に定められる性感染症"


@pytest.fixture(scope="module")
def transport(repeating: stigraph.Store) -> Lineage:
    return stigraph.lineage(repeating, _TRANSPORT)


def _years(records: list[dict[str, Any]], name: str, field: str, words: str) -> list[int]:
    """The fiscal years of the sheets that print these words, read from the sheets themselves."""
    return [
        sheet["公開年度"] for sheet in records if sheet["事業名"] == name and words in "".join(sheet[field].split())
    ]


def _lines(text: str) -> str:
    return "".join(character for character in text if character not in " \n│├└─")


def test_a_sentence_of_seven_years_is_printed_once_with_its_years(
    transport: Lineage, repeating_records: list[dict[str, Any]]
) -> None:
    assert _years(repeating_records, _TRANSPORT, "事業概要", _OUTLINE) == [*range(2017, 2024)]
    ja, en = (_lines(write(transport, "text", lang=lang)) for lang in ("ja", "en"))
    assert ja.count(_OUTLINE) == en.count(_OUTLINE) == 1
    told = ja.split(_OUTLINE)[1]
    assert told.index("引用表記:国土形成計画、交通政策基本計画") < told.index(
        "2017〜2023年度の行政事業レビューシート7枚"
    )
    assert f"最初：平成29年度行政事業レビューシート（{_TRANSPORT}）事業概要[0-138]" in told
    assert f"最後：令和5年度行政事業レビューシート（{_TRANSPORT}）事業概要[0-138]" in told
    assert "7reviewsheetsofFY2017–2023(declaration,extracted)" in en.split(_OUTLINE)[1]


def test_two_sheets_are_both_named(transport: Lineage) -> None:
    told = _lines(write(transport, "text")).split("また、新たな国土形成計画や")[1].split("「")[0]
    assert told.count("行政事業レビューシート") == 2
    assert "平成27年度" in told
    assert "平成28年度" in told
    assert "最初" not in told


def test_the_counts_are_of_all_passages_and_of_the_different_ones(transport: Lineage) -> None:
    quotes = [node.facts["quote"] for node in transport.of_type("sti:Statement")]
    assert (len(quotes), len(set(quotes))) == (27, 5)
    assert "記述 27（異なる文面 5）, 政策文書 1, 出典 9" in write(transport, "text")
    assert "passages: 27 (5 different), policy documents: 1, sources: 9" in write(transport, "text", lang="en")


@pytest.mark.parametrize("form", ["text", "md"])
def test_every_place_is_named_when_asked_for(transport: Lineage, form: str) -> None:
    short, full = (_lines(write(transport, form, every_place=every)) for every in (False, True))
    places = {(node.facts["source"], node.facts["locator"]) for node in transport.of_type("sti:Statement")}
    named = [f"{transport.word(source)}{locator}" for source, locator in places]
    assert all(_escaped(name, form) in full for name in named)
    assert sum(_escaped(name, form) in short for name in named) < len(named)
    assert "every-place" in short.replace("\\", "")
    assert "every-place" not in full.replace("\\", "")
    assert full.count(_OUTLINE) == 1


def _escaped(text: str, form: str) -> str:
    return text.replace("[", "\\[").replace("]", "\\]") if form == "md" else text


def test_a_change_of_a_few_characters_is_another_passage(
    repeating: stigraph.Store, repeating_records: list[dict[str, Any]]
) -> None:
    """The sheets of FY2018 on print 推進することにより where those before print 推進する事により."""
    answer = stigraph.lineage(repeating, _TESTS)
    text = _lines(write(answer, "text"))
    for words, years, told in (
        ("相談事業を推進する事により", [2015, 2016, 2017], "2015〜2017年度の行政事業レビューシート3枚"),
        ("相談事業を推進することにより", [*range(2018, 2024)], "2018〜2023年度の行政事業レビューシート6枚"),
    ):
        assert _years(repeating_records, _TESTS, "事業目的", words) == years
        assert text.count(words) == 1
        assert told in text.split(words)[1].split("「")[0]
    assert text.count(_DISEASES) == 2


def test_downwards_a_programme_says_it_once_too(repeating: stigraph.Store) -> None:
    answer = stigraph.lineage(repeating, "風しんに関する特定感染症予防指針", down=True)
    quotes = {node.facts["quote"] for node in answer.of_type("sti:Statement")}
    text = _lines(write(answer, "text", lang="en"))
    assert text.count(_lines(_RUBELLA)) == sum(_RUBELLA in quote for quote in quotes) == 3
    assert "3reviewsheetsofFY2017–2019(declaration,inferred)" in text


def test_the_tables_keep_each_sheet_apart(transport: Lineage) -> None:
    rows = list(csv.DictReader(io.StringIO(write(transport, "csv"), newline="")))
    content = json.loads(write(transport, "json"))
    for shown in (
        [row for row in rows if row["predicate"] == "sti:cites"],
        [edge for edge in content["edges"] if edge["predicate"] == "sti:cites"],
    ):
        assert len({row["target"] for row in shown}) == len(shown) == 27


def _statement(iri: str, source: str, quote: str = "計画に基づき", **facts: str) -> Node:
    said = {"quote": quote, "kind": "Declaration", "source": f"{ID}source/{source}", "locator": "目的", **facts}
    return Node(iri, "sti:Statement", {}, said)


def _cases() -> Iterator[tuple[str, Node, int]]:
    same = _statement("id:2", "rs2016-mext-1")
    yield "the next year", same, 1
    yield "other width and spaces", _statement("id:2", "rs2016-mext-1", "計画に 基づき\n"), 1
    yield "another kind", same._replace(facts={**same.facts, "kind": "Quotation"}), 2
    yield "other words", _statement("id:2", "rs2016-mext-1", "計画に基づく"), 2
    yield "cited under another name", _statement("id:2", "rs2016-mext-1", citedAs="計画2016"), 2
    yield "another gloss", same._replace(labels={"en": "On the plan"}), 2


@pytest.mark.parametrize(("what", "other", "sayings"), list(_cases()))
def test_what_counts_as_the_same(what: str, other: Node, sayings: int) -> None:
    found = sayings_of([_statement("id:1", "rs2015-mext-1"), other])
    assert len(found) == sayings, what
    assert sorted(iri for saying in found for iri in saying.ids) == ["id:1", "id:2"]


def test_years_with_gaps() -> None:
    assert years_told([2023, 2015, 2016, 2016, 2018], "en") == "FY2015–2016, 2018, 2023"
    assert years_told([2020], "ja") == "2020年度"
