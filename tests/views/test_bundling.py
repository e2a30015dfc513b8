"""What a picture draws as one mark, and what it leaves for later, against real sheets that repeat themselves."""

from collections import Counter
from typing import Any

import pytest

import stigraph
from stigraph.page.bundles import bundled
from stigraph.views import drift, indicators, lineage, money, neighbourhood
from stigraph.views.model import View

_TRANSPORT, _TESTS = "総合交通体系整備推進費", "特定感染症検査等事業費"


def _bundles(view: View) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node, data in view.nodes(data=True):
        if "bundle" in data:
            found.setdefault(data["bundle"], []).append(node)
    return found


def _of(graph: Any, type_: str) -> list[str]:
    return [node for node, data in graph.nodes(data=True) if data["type"] == type_]


def _drawn_later(view: View) -> set[str]:
    return {node for node, data in view.nodes(data=True) if data["weight"] < view.graph["drawn_from"]}


def test_passages_in_the_same_words_are_one_mark_with_the_years(repeating: stigraph.Store) -> None:
    view = lineage(repeating, _TRANSPORT)
    drawn = bundled(view)
    assert (len(_of(view, "sti:Statement")), len(_of(drawn, "sti:Statement"))) == (27, 5)
    quotes = {item["quote"] for node in _of(view, "sti:Statement") for item in view.nodes[node]["evidence"]}
    marked = [{item["quote"] for item in drawn.nodes[node]["evidence"]} for node in _of(drawn, "sti:Statement")]
    assert all(len(said) == 1 for said in marked)
    assert set.union(*marked) == quotes
    captions = {labels["ja"] for labels in view.graph["bundles"].values()}
    assert captions == {
        "国土形成計画、交通政策基本計画（2015〜2016年度、2枚）",
        "国土形成計画、交通政策基本計画（2017〜2023年度、7枚）",
        "国土形成計画（全国計画）（平成27年8月策定）（2017〜2023年度、7枚）",
    }
    assert drawn.graph["sentence"]["en"].endswith(
        " Passages in the same words are drawn together (25 as 3; choose a mark for its places)."
    )


def test_no_evidence_is_lost(repeating: stigraph.Store) -> None:
    for view in (lineage(repeating, _TRANSPORT), money(repeating, _TRANSPORT), neighbourhood(repeating, _TESTS)):
        drawn = bundled(view)
        for graph, other in ((view, drawn), (drawn, view)):
            shown, known = ({_key(i) for _, d in g.nodes(data=True) for i in d["evidence"]} for g in (graph, other))
            assert shown == known
            shown, known = ({_key(i) for *_, d in g.edges(data=True) for i in d["evidence"]} for g in (graph, other))
            assert shown == known


def _key(item: dict[str, Any]) -> tuple[Any, ...]:
    return (item["statement"], item["document"], item["locator"], item["quote"])


def test_an_amount_that_several_sheets_print_alike_is_one_mark(
    repeating: stigraph.Store, repeating_records: list[dict[str, Any]]
) -> None:
    printed = Counter(
        (row["年度"], row["当初予算"])
        for sheet in repeating_records
        if sheet["事業名"] == _TRANSPORT
        for row in sheet["予算"]
        if row.get("当初予算") is not None
    )
    view = money(repeating, _TRANSPORT)
    marks = Counter(labels["en"] for labels in view.graph["bundles"].values())
    told = {text: count for text, count in marks.items() if " initial budget " in text}
    wanted = {
        f"FY{year} initial budget {million:g} million yen ×{count}": 1
        for (year, million), count in printed.items()
        if count > 1
    }
    assert told == wanted
    assert len(wanted) > 5


def test_few_transfers_stay_apart_and_of_many_those_to_one_payee_are_one_mark(
    repeating: stigraph.Store, repeating_records: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    payee = "株式会社サンビーム"
    paid = [
        row["年度"]
        for sheet in repeating_records
        for row in sheet["支出先"]
        if row["支出先名"] == payee and row["法人番号"]
    ]
    assert paid == [2015, 2016, 2017, 2018, 2019, 2020, 2022]
    few = money(repeating, _TRANSPORT)
    assert not [node for node in _of(few, "sti:Transfer") if "bundle" in few.nodes[node]]
    monkeypatch.setattr("stigraph.views.payments._MANY", len(_of(few, "sti:Transfer")) - 1)
    many = money(repeating, _TRANSPORT)
    bundles = [parts for node, parts in _bundles(many).items() if many.nodes[node]["type"] == "sti:Transfer"]
    assert [len(parts) for parts in bundles] == [len(paid)]
    drawn = bundled(many)
    assert drawn.nodes[bundles[0][0]]["labels"]["ja"] == f"{payee} 2015〜2020、2022年度 移転7件"
    listed = [fact["value"] for fact in drawn.nodes[bundles[0][0]]["facts"] if fact["property"] == "view:bundled"]
    assert listed == [many.nodes[part]["label"] for part in bundles[0]]


def test_drift_of_many_sheets_begins_with_what_changed(repeating: stigraph.Store) -> None:
    view = drift(repeating, _TRANSPORT)
    later = _drawn_later(view)
    assert len(view) > 120
    for node, data in view.nodes(data=True):
        if data["type"] in ("sti:BudgetLine", "sti:Statement"):
            changed = {"changed", "added", "removed", "next-phase", "next-year", "shorter"} & set(data["flags"])
            assert (node in later) == (not changed), (node, data["flags"])
    assert not later & set(_of(view, "sti:Source"))
    assert later.issuperset(_of(view, "sti:Transfer"))
    assert "begins with what changed" in view.graph["sentence"]["en"]
    assert "変わったものから始まり" in view.graph["sentence"]["ja"]


def test_a_neighbourhood_of_many_things_begins_without_figures(repeating: stigraph.Store) -> None:
    view = neighbourhood(repeating, _TRANSPORT)
    figures = {*_of(view, "sti:BudgetLine"), *_of(view, "sti:Transfer"), *_of(view, "sti:Observation")}
    assert _drawn_later(view) == figures
    assert f"without the {len(figures)} amounts" in view.graph["sentence"]["en"]


@pytest.mark.parametrize("make", [drift, neighbourhood, money])
def test_a_small_picture_holds_nothing_back(store: stigraph.Store, make: Any) -> None:
    assert "drawn_from" not in make(store, "SICORP").graph


def test_an_indicator_of_many_years_is_one_mark_with_all_its_values(
    repeating: stigraph.Store, repeating_records: list[dict[str, Any]]
) -> None:
    """The number of case studies is an output of the sheets of FY2015 to FY2019; that of FY2020 counts it otherwise."""
    name = "国土形成計画の実現に向けた総合交通体系の整備に関する先進事例調査分析数"
    years = [
        sheet["公開年度"]
        for sheet in repeating_records
        for row in sheet["アウトプット"]
        if sheet["事業名"] == _TRANSPORT and row["活動指標"] == name
    ]
    assert years == [*range(2015, 2020)]
    view = indicators(repeating, _TRANSPORT)
    drawn = bundled(view)
    caption = f"{name}（2015〜2019年度、5枚）"
    marks = [node for node in _of(drawn, "sti:Indicator") if drawn.nodes[node]["label"] == caption]
    assert len(marks) == 1
    parts = _bundles(view)[marks[0]]
    assert len(parts) == len(years)
    assert drawn.nodes[marks[0]]["labels"]["en"].endswith(" (FY2015–2019, 5 sheets)")
    values = {fact["value"] for part in parts for fact in view.nodes[part]["facts"]}
    assert {fact["value"] for fact in drawn.nodes[marks[0]]["facts"]} >= values
    assert not {chart["about"] for chart in drawn.graph["charts"]} - set(drawn)
