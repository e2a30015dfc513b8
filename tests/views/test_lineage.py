"""The view of what a thing stands on: the answer of `stigraph.lineage`, along real dates."""

import pytest

import stigraph
from stigraph.errors import NameNotFoundError, UsageError
from stigraph.views.lineage import lineage
from stigraph.views.model import View
from stigraph.vocab import ID

_SICORP = ID + "programme/sicorp"
_PLAN_5, _PLAN_6 = ID + "document/basic-plan-5", ID + "document/basic-plan-6"
_ASKED = [
    ("SICORP", False),
    ("JST", False),
    ("programme/sicorp-joint-laboratory", False),
    ("indicator/i-1060", False),
    ("document/international-expansion-strategy-2022", False),
    ("statement/d001-l370", True),
    ("document/basic-plan-6", True),
    ("document/basic-plan-7", True),
    ("document/fukushima-special-measures-act", True),
    ("ASEAN", True),
]


def _heading(view: View, iri: str) -> str:
    heading: str = view.graph["layers"][view.nodes[iri]["layer"]]["en"]
    return heading


@pytest.mark.parametrize(("name", "down"), _ASKED)
def test_the_view_says_what_the_answer_says(store: stigraph.Store, name: str, down: bool) -> None:
    answer = stigraph.lineage(store, name, down=down).to_json()
    view = lineage(store, name, down=down)
    told = {iri: dict(data) for iri, data in view.nodes(data=True)}
    for node in answer["nodes"]:
        shown = told.pop(node.pop("id"))
        assert {key: shown[key] for key in node} == node
    assert not told
    edges = {(edge["source"], edge["target"], edge["key"]): edge["evidence"] for edge in answer["edges"]}
    shown_edges = {(source, target, key): data for source, target, key, data in view.edges(keys=True, data=True)}
    assert shown_edges.keys() == edges.keys()
    for edge, evidence in edges.items():
        assert all(item in evidence for item in shown_edges[edge]["evidence"]), edge
        assert all(item in shown_edges[edge]["evidence"] for item in evidence), edge


@pytest.mark.parametrize(("name", "down"), _ASKED)
def test_every_step_leads_to_an_older_column(store: stigraph.Store, name: str, down: bool) -> None:
    view = lineage(store, name, down=down)
    for source, target in view.edges():
        assert view.nodes[target]["layer"] < view.nodes[source]["layer"], (source, target)
    assert {data["layer"] for _, data in view.nodes(data=True)} == set(range(len(view.graph["layers"])))


def test_sicorp_stands_on_two_plans_one_by_way_of_the_strategy_of_2020(store: stigraph.Store) -> None:
    view = lineage(store, "SICORP")
    assert view.graph["root"] == _SICORP
    assert _heading(view, _PLAN_5) == "2016"
    assert _heading(view, _PLAN_6) == "2021"
    assert _heading(view, ID + "document/integrated-innovation-strategy-2020") == "2020"
    assert _heading(view, ID + "statement/d001-l370") == "passages on FY2023 pages"
    assert _heading(view, _SICORP) == "programmes and projects"
    assert view.nodes[_PLAN_5]["flags"] == ["superseded"]
    assert view.nodes[_PLAN_5]["supersededBy"] == _PLAN_6
    assert view.nodes[ID + "document/plan-6-recommendation-2019"]["flags"] == ["advice"]
    assert view.nodes[ID + "document/plan-6-recommendation-2019"]["inTimeOf"] == _PLAN_5


def test_what_no_page_states_says_so_on_the_edge(store: stigraph.Store) -> None:
    view = lineage(store, "SICORP")
    carried = view.edges[ID + "document/integrated-innovation-strategy-2020", _PLAN_5, "sti:implements"]
    assert carried["caption"] == {"ja": "背景知識", "en": "background knowledge"}
    assert {item["basis"] for item in carried["evidence"]} == {"BackgroundKnowledge"}
    assert "caption" not in view.edges[_SICORP, ID + "statement/d001-l370", "sti:cites"]


def test_the_sentence_counts_what_is_seen(store: stigraph.Store) -> None:
    sentence = lineage(store, "SICORP").graph["sentence"]
    assert sentence["en"].endswith(
        "stands on 5 policy documents, 5 objectives, by 10 cited passages on the pages of 4 sources."
    )
    assert sentence["ja"].endswith("が拠るのは政策文書5件、目標5件。引かれている記述は4資料の10か所。")
    narrow = lineage(store, "SICORP", sources=["002"], kinds=["quotation"], as_of="2021").graph["sentence"]
    assert "as of 2021; only quotation; only MEXT draft budget for FY2021" in narrow["en"]
    assert lineage(store, "7th Basic Plan", down=True).graph["sentence"]["en"].startswith("No passage is found for")


def test_a_plan_is_superseded_only_from_the_day_of_the_next(store: stigraph.Store) -> None:
    assert lineage(store, "6th Basic Plan", down=True).nodes[_PLAN_6]["flags"] == ["superseded"]
    assert lineage(store, "6th Basic Plan", down=True, as_of="2025").nodes[_PLAN_6]["flags"] == []


def test_passages_that_no_programme_cites_stand_apart(store: stigraph.Store) -> None:
    view = lineage(store, "6th Basic Plan", down=True)
    cited = {target for _, target, key in view.edges(keys=True) if key == "sti:cites"}
    for iri, data in view.nodes(data=True):
        if data["type"] == "sti:Statement":
            assert (_heading(view, iri) == "passages that no programme cites") == (iri not in cited)
            assert data["weight"] == (2.0 if iri in cited else 1.0)


def test_the_root_weighs_most_then_plans_then_programmes_then_passages(store: stigraph.Store) -> None:
    view = lineage(store, "SICORP")
    weights = [view.nodes[iri]["weight"] for iri in (_SICORP, _PLAN_5, ID + "statement/d001-l370")]
    assert weights == sorted(weights, reverse=True)
    assert weights[1] > lineage(store, "JST").nodes[_SICORP]["weight"] > weights[2]


def test_what_cannot_be_asked_is_refused(store: stigraph.Store) -> None:
    with pytest.raises(NameNotFoundError):
        lineage(store, "no such programme")
    with pytest.raises(UsageError, match="not a date"):
        lineage(store, "SICORP", as_of="2021-13")
    with pytest.raises(UsageError, match="not a kind of statement"):
        lineage(store, "SICORP", kinds=["Rumour"])
