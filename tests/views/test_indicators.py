"""Objectives, indicators, values, targets and assessments, against SPARQL over the same store."""

import json
from pathlib import Path

import pytest

import stigraph
from stigraph import views
from stigraph.errors import NameNotFoundError, UsageError
from stigraph.query import query
from stigraph.views.indicators import indicator_chart
from stigraph.vocab import ID, STI

OBJECTIVE, INDICATOR, PROGRAMME, DOCUMENT = (
    ID + kind for kind in ("objective/", "indicator/", "programme/", "document/")
)


@pytest.fixture(scope="module")
def view(store: stigraph.Store) -> views.View:
    return views.indicators(store)


def pairs(view: views.View, predicate: str) -> set[tuple[str, str]]:
    return {(source, target) for source, target, key in view.edges(keys=True) if key == predicate}


def asked(store: stigraph.Store, select: str) -> set[str]:
    return {str(row[0]).strip("<>") for row in query(store, f"SELECT DISTINCT ?a {{ {select} }}").rows}


def asked_pairs(store: stigraph.Store, pattern: str) -> set[tuple[str, str]]:
    rows = query(store, f"SELECT DISTINCT ?a ?b {{ {pattern} }}").rows
    return {(str(a).strip("<>"), str(b).strip("<>")) for a, b in rows}


def flagged(view: views.View, flag: str, type_: str) -> set[str]:
    return {node for node, data in view.nodes(data=True) if data["type"] == type_ and flag in data["flags"]}


def test_every_objective_indicator_target_and_assessment_is_a_node(store: stigraph.Store, view: views.View) -> None:
    for pattern in (
        "?a a sti:Objective",
        "?a a sti:Indicator",
        "?a a sti:Assessment",
        "?a a sti:Observation ; sti:valueKind sti:Target",
    ):
        found = asked(store, pattern)
        assert found and found <= set(view)
    observations = {node for node, data in view.nodes(data=True) if data["type"] == "sti:Observation"}
    assert observations == asked(store, "?a a sti:Observation ; sti:valueKind sti:Target")


@pytest.mark.parametrize(
    ("predicate", "pattern"),
    [
        ("sti:measures", "?a a sti:Indicator ; sti:measures ?b"),
        (
            "sti:indicator",
            "?a sti:indicator ?b FILTER EXISTS { { ?a a sti:Assessment } UNION { ?a sti:valueKind sti:Target } }",
        ),
        ("dcterms:isPartOf", "?a a ?class ; dcterms:isPartOf ?b FILTER(?class IN (sti:Objective, sti:Indicator))"),
    ],
)
def test_every_link_of_the_store_is_drawn(
    store: stigraph.Store, view: views.View, predicate: str, pattern: str
) -> None:
    expected = asked_pairs(store, pattern)
    found = pairs(view, predicate)
    assert expected <= found
    if predicate != "dcterms:isPartOf":
        assert found == expected


def test_objectives_that_nothing_measures(store: stigraph.Store, view: views.View) -> None:
    bare = asked(
        store, "?a a sti:Objective FILTER NOT EXISTS { ?i sti:measures ?measured . ?measured dcterms:isPartOf* ?a }"
    )
    assert flagged(view, "no-indicator", "sti:Objective") == bare
    assert len(bare) == 40
    assert OBJECTIVE + "lc-state-relations" in bare
    parts = flagged(view, "indicators-in-parts", "sti:Objective")
    assert parts == {
        OBJECTIVE + f"analysis-{name}" for name in ("1-future-vision", "2-standards", "3-science-diplomacy")
    }
    through = flagged(view, "through-programmes", "sti:Objective")
    assert OBJECTIVE + "wpi-mission-science" in through <= bare
    assert OBJECTIVE + "lc-state-relations" not in through


def test_indicators_without_data(store: stigraph.Store, view: views.View) -> None:
    empty = asked(
        store, "?a a sti:Indicator FILTER NOT EXISTS { ?o sti:indicator/dcterms:isPartOf* ?a ; a sti:Observation }"
    )
    assert flagged(view, "no-data", "sti:Indicator") == empty
    assert {node.removeprefix(INDICATOR) for node in empty} == {
        "i-1067",
        "i-1071",
        "add-1-3-quantum",
        "add-3-3-researchers-sent",
        "add-3-3-researchers-received",
        "i-1070-cooperation-arrangements",
    }
    own = asked(store, "?o a sti:Observation ; sti:indicator ?a")
    everything = asked(store, "?a a sti:Indicator")
    assert flagged(view, "values-in-parts", "sti:Indicator") == everything - own - empty


def test_a_dash_is_no_actual_value(store: stigraph.Store, view: views.View) -> None:
    actual = asked(
        store,
        """?o sti:indicator ?a ; sti:valueKind sti:Actual .
        OPTIONAL { ?o sti:value ?number } OPTIONAL { ?o sti:textValue ?text }
        FILTER(BOUND(?number) || !REGEX(STR(?text), "^[-－—―]+$"))""",
    )
    any_value = asked(store, "?o a sti:Observation ; sti:indicator ?a")
    found = flagged(view, "no-actual", "sti:Indicator")
    assert found == any_value - actual
    assert INDICATOR + "aspire-international-coauthored-papers" in found


@pytest.mark.parametrize(
    ("flag", "concept", "count"),
    [
        ("on-track", "OnTrack", 2),
        ("at-risk", "AtRisk", 5),
        ("no-target", "NoTarget", 5),
        ("attainment-unknown", "Unknown", 5),
    ],
)
def test_judgements_are_those_of_the_documents(
    store: stigraph.Store, view: views.View, flag: str, concept: str, count: int
) -> None:
    judged = asked(store, f"?x a sti:Assessment ; sti:indicator ?a ; sti:attainment sti:{concept}")
    assert flagged(view, flag, "sti:Indicator") == judged
    assert len(judged) == count
    assert flagged(view, flag, "sti:Assessment") == asked(store, f"?a a sti:Assessment ; sti:attainment sti:{concept}")


def test_captions_say_the_judgement_and_the_target(view: views.View) -> None:
    by_source = {
        source: data["caption"] for source, _, key, data in view.edges(keys=True, data=True) if "caption" in data
    }
    assert by_source[ID + "assessment/d003-l285-c"] == {"ja": "課題あり・横ばい", "en": "at risk, flat"}
    assert by_source[ID + "assessment/d003-l284"] == {
        "ja": "達成状況不明・変化不明",
        "en": "attainment unknown, trend unknown",
    }
    assert by_source[ID + "observation/d003-l1160-un-target-2025"] == {
        "ja": "2025年 1,000名",
        "en": "2025: 1,000 people",
    }
    assert by_source[ID + "observation/d003-l1894-kpi-02-2-target"] == {
        "ja": "2023年度 1,500万シーン以上",
        "en": "FY2023: at least 15,000,000 scenes",
    }
    assert by_source[ID + "observation/d004-l740-incoming-international-students"]["en"] == "2020: 300,000 people"


def test_every_value_is_among_the_facts_of_its_indicator(store: stigraph.Store, view: views.View) -> None:
    rows = query(
        store,
        """SELECT ?o ?i ?kind ?source ?locator { ?o a sti:Observation ; sti:indicator ?i ; sti:valueKind ?kind ;
        prov:wasDerivedFrom ?source ; sti:locator ?locator }""",
    ).rows
    expected = {tuple(str(term).strip('<>"') for term in row if term is not None) for row in rows}
    found = {
        (fact["thing"], node, STI + fact["property"].removeprefix("sti:"), fact["document"], fact["locator"])
        for node, data in view.nodes(data=True)
        if data["type"] == "sti:Indicator"
        for fact in data["facts"]
        if fact["property"] in {"sti:Actual", "sti:Target", "sti:Forecast", "sti:Baseline"}
    }
    assert found == expected
    assert len(found) == 713
    words = view.graph["words"]
    assert words["sti:Actual"]["ja"] == "実績"
    assert words[ID + "observation/d003-l1166-un-d2-2022"] == {
        "ja": "ランク：D2 2022年 25名",
        "en": "grade: D2 2022: 25 people",
    }
    assert all(thing in words and document in words for thing, *_, document, _ in found)
    assert {document for *_, document, _ in found} <= set(view.graph["sources"])


def test_columns_run_from_the_plan_to_the_judgement(view: views.View) -> None:
    headings = [layer["en"] for layer in view.graph["layers"]]
    assert view.graph["arrangement"] == "layered"
    assert headings[0] == "plans and policy documents" and headings[-1] == "targets and assessments"
    layer = {node: data["layer"] for node, data in view.nodes(data=True)}
    chain = [
        DOCUMENT + "basic-plan-6",
        OBJECTIVE + "basic-plan-6-part-6",
        OBJECTIVE + "analysis-1-future-vision",
        OBJECTIVE + "lc-mission-oriented-rd",
        INDICATOR + "i-1065",
        INDICATOR + "i-1065-food-self-sufficiency-calorie",
        ID + "observation/d003-l211-food-calorie-target-2030",
    ]
    assert [layer[node] for node in chain] == sorted({layer[node] for node in chain})
    assert set(layer.values()) == set(range(len(headings)))


def test_every_edge_has_evidence_at_a_place(view: views.View) -> None:
    assert all(any(item["locator"] for item in data["evidence"]) for *_, data in view.edges(data=True))


def test_flags_and_labels_are_in_both_languages(view: views.View) -> None:
    words = view.graph["words"]
    flags = {flag for _, data in view.nodes(data=True) for flag in data["flags"]}
    assert all(words[flag]["ja"] and words[flag]["en"] for flag in flags)
    assert all({"ja", "en"} <= set(data["labels"]) for _, data in view.nodes(data=True))


def test_the_sentence_counts_what_is_drawn(view: views.View) -> None:
    assert view.graph["sentence"] == {
        "ja": "目標56（測る指標のないもの40）、指標211（値のないもの6）、値713（目標値50）、"
        "評価48（達成見込みの指標2、課題ありの指標5）。",
        "en": "Shown: 56 objectives (40 without an indicator), 211 indicators (6 without a value), "
        "713 values (targets: 50), 48 assessments (indicators on track: 2, at risk: 5).",
    }


def test_a_plan_brings_its_objectives_and_their_indicators(store: stigraph.Store, view: views.View) -> None:
    plan = views.indicators(store, "6th Basic Plan")
    assert plan.graph["root"] == DOCUMENT + "basic-plan-6"
    objectives = asked(store, "?a dcterms:isPartOf+ document:basic-plan-6 ; a sti:Objective")
    assert objectives <= set(plan)
    measuring = asked(store, "?a a sti:Indicator ; sti:measures/dcterms:isPartOf+ document:basic-plan-6")
    assert measuring <= set(plan) and len(measuring) > 90
    assert INDICATOR + "aspire-projects" not in plan and OBJECTIVE + "wpi-mission-science" not in plan
    assert set(plan.edges(keys=True)) <= set(view.edges(keys=True))


def test_an_objective_brings_the_programmes_that_contribute_to_it(store: stigraph.Store) -> None:
    science = views.indicators(store, "objective:wpi-mission-science")
    assert science.has_edge(PROGRAMME + "wpi", OBJECTIVE + "wpi-mission-science", "sti:contributesTo")
    assert science.has_edge(INDICATOR + "wpi-centre-pis", PROGRAMME + "wpi", "sti:measures")
    assert OBJECTIVE + "wpi-mission-fusion" not in science


def test_a_programme_brings_its_indicators_targets_and_objectives(store: stigraph.Store) -> None:
    aspire = views.indicators(store, "ASPIRE")
    assert aspire.has_edge(PROGRAMME + "aspire", OBJECTIVE + "mext-measure-7-3", "sti:contributesTo")
    assert {node for node in aspire if node.startswith(INDICATOR)} == asked(
        store, "?a a sti:Indicator ; sti:measures programme:aspire"
    )
    assert ID + "observation/d000-l207-coauthored-papers-2029-target" in aspire
    bare = views.indicators(store, "programme:ristex")
    assert bare.nodes[PROGRAMME + "ristex"]["flags"] == ["no-indicator"]


def test_a_part_stands_under_its_indicator_and_up_to_the_plan(store: stigraph.Store) -> None:
    food = views.indicators(store, "indicator:i-1065-food-self-sufficiency-calorie")
    assert food.has_edge(food.graph["root"], INDICATOR + "i-1065", "dcterms:isPartOf")
    assert DOCUMENT + "basic-plan-6" in food
    assert INDICATOR + "i-1065-traffic-deaths" not in food
    assert [chart["about"] for chart in food.graph["charts"]] == [food.graph["root"]]


def test_what_cannot_be_asked_is_refused(store: stigraph.Store) -> None:
    with pytest.raises(UsageError, match=r"indicators.*an objective, a programme.*JST|indicators.*Japan Science"):
        views.indicators(store, "JST")
    with pytest.raises(UsageError, match="of an indicator"):
        indicator_chart(store, "SICORP")
    with pytest.raises(NameNotFoundError):
        views.indicators(store, "I-9999")


def test_the_chart_draws_every_number_that_has_a_date(store: stigraph.Store, view: views.View) -> None:
    rows = query(
        store,
        """SELECT ?i ?value ?printed { ?o sti:indicator ?i ; sti:value ?value ; sti:asPrinted ?printed
        FILTER EXISTS { ?o sti:year|sti:asOf ?when } }""",
    ).rows
    expected: dict[str, list[float]] = {}
    for indicator, value, _ in set(map(tuple, rows)):
        expected.setdefault(str(indicator).strip("<>"), []).append(float(getattr(value, "value", "nan")))
    charts = {chart["about"]: chart for chart in view.graph["charts"]}
    counted = query(
        store,
        """SELECT ?i (COUNT(DISTINCT ?o) AS ?n) { ?o sti:indicator ?i ; sti:value ?value
        FILTER EXISTS { ?o sti:year|sti:asOf ?when } } GROUP BY ?i HAVING(COUNT(DISTINCT ?o) > 1)""",
    ).rows
    assert set(charts) == {str(row[0]).strip("<>") for row in counted}
    for indicator, count in counted:
        points = [p for s in charts[str(indicator).strip("<>")]["series"] for p in s["points"]]
        assert len(points) == int(getattr(count, "value", 0))
        assert {point["y"] for point in points} == set(expected[str(indicator).strip("<>")])
        assert all(point["printed"] and point["document"] and point["locator"] for point in points)


def test_a_chart_parts_actual_values_from_targets(store: stigraph.Store) -> None:
    chart = indicator_chart(store, "indicator:i-1065-food-self-sufficiency-calorie")
    assert chart is not None
    assert (chart["kind"], chart["unit"]["en"]) == ("lines", "%")
    assert chart["axis"] == {"ja": "年度（FY、4月から）", "en": "fiscal year (FY, from April)"}
    told = [(series["role"], [(p["x"], p["y"]) for p in series["points"]]) for series in chart["series"]]
    assert told == [("actual", [("FY2017", 38.0), ("FY2022", 38.0)]), ("target", [("FY2030", 45.0)])]


def test_a_chart_parts_groups_and_says_calendar_years(store: stigraph.Store) -> None:
    chart = indicator_chart(store, "indicator:add-3-8-un-japanese-staff")
    assert chart is not None
    assert chart["axis"]["en"] == "calendar year"
    series = {series["label"]["en"]: series for series in chart["series"]}
    assert [(p["x"], p["y"]) for p in series["actual: grade: D2"]["points"]] == [
        ("2020", 21),
        ("2021", 21),
        ("2022", 25),
    ]
    assert series["actual: grade: D2"]["points"][0]["printed"] == "D2 21 21 25"
    assert [(p["x"], p["y"]) for p in series["target value"]["points"]] == [("2025", 1000)]


def test_two_documents_that_print_one_year_are_two_series(store: stigraph.Store) -> None:
    chart = indicator_chart(store, "indicator:sicorp-projects")
    assert chart is not None
    by_document = [{p["document"] for p in series["points"]} for series in chart["series"]]
    assert all(len(documents) == 1 for documents in by_document)
    labels = [series["label"]["en"] for series in chart["series"]]
    assert len(set(labels)) == len(labels) == 3
    assert sum("draft budget for FY2021" in label for label in labels) == 1


def test_one_number_is_no_chart(store: stigraph.Store) -> None:
    assert indicator_chart(store, "indicator:aspire-international-coauthored-papers") is None
    assert indicator_chart(store, "indicator:i-1067") is None


def test_text_values_stay_out_of_the_chart(store: stigraph.Store, view: views.View) -> None:
    gis = INDICATOR + "g-space-kpi-07-1"
    assert gis not in {chart["about"] for chart in view.graph["charts"]}
    told = [
        view.graph["words"][fact["thing"]]["ja"]
        for fact in view.nodes[gis]["facts"]
        if fact["property"] == "sti:Target"
    ]
    assert told == ["2022年度 策定"]


def test_an_objective_added_to_the_data_without_indicator_is_flagged(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "catalogue").mkdir(parents=True)
    (data / "catalogue" / "all.ttl").write_text(PLANTED, encoding="utf-8")
    stigraph.build(tmp_path / "store", data=data)
    planted = views.indicators(stigraph.open_store(tmp_path / "store"))
    assert planted.nodes[OBJECTIVE + "bare"]["flags"] == ["no-indicator"]
    assert planted.nodes[OBJECTIVE + "measured"]["flags"] == ["no-data"]
    assert json.dumps(planted.graph, ensure_ascii=False)


PLANTED = """
@prefix sti: <https://w3id.org/stigraph/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix objective: <https://w3id.org/stigraph/id/objective/> .
@prefix indicator: <https://w3id.org/stigraph/id/indicator/> .
objective:bare a sti:Objective ; skos:prefLabel "空"@ja , "Bare"@en .
objective:measured a sti:Objective ; skos:prefLabel "測"@ja , "Measured"@en .
indicator:one a sti:Indicator ; skos:prefLabel "一"@ja , "One"@en ; sti:measures objective:measured .
"""


def test_the_view_is_the_same_every_time(store: stigraph.Store, view: views.View) -> None:
    again = views.indicators(store)
    assert list(again.nodes(data=True)) == list(view.nodes(data=True))
    assert list(again.edges(keys=True, data=True)) == list(view.edges(keys=True, data=True))
    assert again.graph == view.graph
