"""The view of what changed between documents, against SPARQL, the data files and the print."""

import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.views.asking import source_texts, text_of

import stigraph
from stigraph.errors import NameNotFoundError, NoAnswerError, UsageError
from stigraph.japanese import squeeze
from stigraph.passages import lines_at
from stigraph.views.drift import drift
from stigraph.views.model import View
from stigraph.views.wording import difference
from stigraph.vocab import ID

ROOT = Path(__file__).resolve().parents[2]
DRAFT, BUDGET, BRIEFING = (
    ID + "source/mext-international-" + name for name in ("draft-budget-fy2021", "budget-fy2021", "briefing-2023")
)
SHEET, MONITORING = (ID + "source/" + name for name in ("aspire-review-sheet-fy2023", "basic-plan-6-monitoring-2024"))
EVERY = ["SICORP", "SATREPS", "ASPIRE", "WPI", "programme/sakura-science", "programme/overseas-fellowships", "kakenhi"]


def _column(store: stigraph.Store, query: str) -> set[str]:
    return {text_of(row[0]) for row in stigraph.query(store, query).rows}


def _said(store: stigraph.Store, programme: str, path: str, source: str) -> set[str]:
    """Give what one document says, by SPARQL over its graph."""
    return _column(store, f"SELECT ?x WHERE {{ GRAPH <{source}> {{ programme:{programme} {path} ?x }} }}")


def _changes(view: View, property_: str, kind: str | None = None) -> list[dict[str, Any]]:
    found = [change for change in view.graph["changes"] if change["property"] == property_]
    return [change for change in found if kind in (None, change["kind"])]


def _things(view: View, property_: str, kind: str) -> set[str]:
    return {change["thing"] for change in _changes(view, property_, kind)}


@pytest.mark.parametrize(
    ("name", "slug", "between"),
    [
        ("SICORP", "sicorp", ("002", "004")),
        ("SICORP", "sicorp", ("004", "001")),
        ("SATREPS", "satreps", ("002", "004")),
        ("SATREPS", "satreps", ("004", "001")),
    ],
)
def test_partners_and_citations_are_added_kept_and_gone_as_the_graphs_say(
    store: stigraph.Store, name: str, slug: str, between: tuple[str, str]
) -> None:
    view = drift(store, name, between=between)
    first, second = ({"001": BRIEFING, "002": DRAFT, "004": BUDGET}[code] for code in between)
    for property_, path in (("sti:partner", "sti:partner"), ("sti:cites", "sti:cites/sti:statedIn")):
        before, after = _said(store, slug, path, first), _said(store, slug, path, second)
        assert before and after
        assert _things(view, property_, "added") == after - before
        assert _things(view, property_, "removed") == before - after
        assert _things(view, property_, "kept") == before & after
        for thing in after - before:
            assert "added" in view.nodes[thing]["flags"] and not view.has_edge(first, thing)
        for thing in before & after:
            assert view.edges[first, thing, property_]["evidence"] and view.edges[second, thing, property_]["evidence"]


def test_the_briefing_rests_on_the_sixth_plan_where_the_budget_of_2021_could_not(store: stigraph.Store) -> None:
    view = drift(store, "SICORP", between=("004", "001"))
    plan, advice = ID + "document/basic-plan-6", ID + "document/plan-6-recommendation-2019"
    assert "added" in view.nodes[plan]["flags"] and "removed" in view.nodes[advice]["flags"]
    places = {item["locator"] for item in view.edges[BRIEFING, plan, "sti:cites"]["evidence"]}
    assert places == {"L370-L373", "L543-L545", "L547-L550"}
    (change,) = [change for change in _changes(view, "sti:cites", "removed") if change["thing"] == advice]
    assert change["before"]["locator"] == "L9-L11" and change["after"] is None
    assert "第6期科学技術基本計画にむけた提言" in change["before"]["text"]["ja"]


def test_sizes_and_values_give_before_and_after_with_both_places(store: stigraph.Store) -> None:
    view = drift(store, "SICORP", between=("001", "mext-international-budget-fy2021"))
    assert view.graph["changes"] == drift(store, "SICORP", between=("004", "001")).graph["changes"]
    node = "https://w3id.org/stigraph/ns#supportPeriod"
    assert view.nodes[node]["labels"] == {
        "ja": "支援期間：3年間 → 3年間（タイプにより異なる）",
        "en": "support period: 3 years → 3 years (differs by type)",
    }
    assert [(fact["value"], fact["document"], fact["locator"]) for fact in view.nodes[node]["facts"]] == [
        ("3年間", BUDGET, "L29"),
        ("3年間（タイプにより異なる）", BRIEFING, "L429"),
    ]
    assert view.nodes[node]["flags"] == ["changed"]
    consortium = ID + "programme/sicorp-consortium"
    assert "［30→20］百万円" in view.nodes[consortium]["labels"]["ja"]
    assert "［50→30］百万円" in view.nodes[consortium]["labels"]["ja"]
    projects, ties = (ID + "indicator/" + name for name in ("sicorp-projects", "sicorp-joint-call-countries"))
    assert view.nodes[projects]["labels"]["en"].endswith(": 70 (2020) → 113 (2022)")
    assert view.nodes[ties]["labels"]["ja"].endswith("：39 → 41")
    assert "kept" in view.nodes["https://w3id.org/stigraph/ns#maxSupport"]["flags"]
    for target in (node, consortium, projects):
        assert {source for source, _ in view.in_edges(target)} >= {BUDGET, BRIEFING}


def test_translations_that_differ_are_no_change(store: stigraph.Store) -> None:
    texts = {
        source: _said(store, "sicorp", "sti:target", source) - _said(store, "satreps", "sti:partner", source)
        for source in (BUDGET, BRIEFING)
    }
    assert texts[BUDGET] != texts[BRIEFING]
    (change,) = _changes(drift(store, "SICORP", between=("004", "001")), "sti:target")
    assert change["kind"] == "kept"


def test_the_draft_becomes_the_budget_and_a_share_is_not_the_whole(store: stigraph.Store) -> None:
    view = drift(store, "SICORP", between=("002", "004"))
    draft, budget = (ID + "budget/" + name for name in ("d002-sicorp-2021-draft", "d004-sicorp-2021-initial"))
    edge = view.edges[draft, budget, "view:compared"]
    assert edge["caption"]["en"] == (
        "FY2021 draft 1,078 million yen → FY2021 initial budget 1,078 million yen (estimate)"
    )
    assert {item["document"] for item in edge["evidence"]} == {DRAFT, BUDGET}
    assert view.nodes[draft]["flags"] == view.nodes[budget]["flags"] == ["next-phase"]
    (kept,) = _changes(view, "^sti:programme", "kept")
    assert "2020年度 当初予算 1,078百万円" in kept["before"]["text"]["ja"]
    later = drift(store, "SICORP", between=("004", "001"))
    shares = {ID + "budget/" + name for name in ("d001-sicorp-2022-initial", "d001-sicorp-2022-initial-amed")}
    assert _things(later, "^sti:programme", "scope-differs") == shares
    assert not _changes(later, "^sti:programme", "changed")


def test_the_next_year_and_a_rounded_print(store: stigraph.Store) -> None:
    (step,) = _changes(
        drift(store, "programme/overseas-fellowships", between=("004", "001")), "^sti:programme", "next-year"
    )
    assert step["before"]["text"]["ja"] == "2021年度 当初予算 2,422百万円"
    assert step["after"]["text"]["ja"] == "2022年度 当初予算 2,422百万円"
    view = drift(store, "ASPIRE", between=("001", "000"))
    assert not _changes(view, "^sti:programme", "changed") and not _changes(view, "sti:Transfer", "changed")
    (near,) = _changes(view, "sti:Transfer", "spelling")
    assert near["before"]["text"]["ja"].endswith("61億円（基金の補助金）") and near["after"]["document"] == SHEET
    (gift,) = _changes(drift(store, "WPI", between=("004", "001")), "sti:Transfer", "changed")
    assert gift["thing"] == ID + "transfer/d001-l1101-kavli" and gift["before"]["locator"] == "L541-L546"


def test_a_passing_mention_is_no_change(store: stigraph.Store) -> None:
    view = drift(store, "SICORP", between=("001", "003"))
    kinds = Counter(change["kind"] for change in view.graph["changes"])
    assert set(kinds) <= {"kept", "not-mentioned"} and kinds["not-mentioned"] > 30
    germany = ID + "partner/de"
    assert view.nodes[germany]["flags"] == ["not-mentioned"]
    assert view.nodes[ID + "document/basic-plan-6"]["flags"] == ["kept"]
    assert "0 no longer listed" in view.graph["sentence"]["en"]


def test_wording_is_compared_character_by_character(store: stigraph.Store) -> None:
    view = drift(store, "SICORP", between=("002", "004"))
    before, after = ID + "statement/d002-l120", ID + "statement/d004-l99"
    assert view.edges[before, after, "view:compared"]["caption"]["ja"] == "［＋戦略的］"
    told = [fact for fact in view.nodes[after]["facts"] if fact["property"] == "view:compared"]
    assert [(fact["value"], fact["thing"], fact["locator"]) for fact in told] == [
        ("欧米先進国との分野の擦り合わせを経る［＋戦略的］jointcallの構築", before, "L99-L106")
    ]
    assert _things(view, "sti:quote", "changed") == {after}
    slips = _things(view, "sti:quote", "spelling")
    assert ID + "statement/d004-l16" in slips and ID + "statement/d004-l16" not in view
    assert _things(view, "sti:quote", "shorter") == {ID + "statement/d004-l66"}


def test_passages_of_one_document_are_shown_on_request_only(store: stigraph.Store) -> None:
    brief, full = (drift(store, "SICORP", between=("004", "001"), passages=choice) for choice in (False, True))
    alone = _things(brief, "sti:quote", "not-mentioned")
    assert f"passages: {len(alone)}) is not counted as a change" in brief.graph["sentence"]["en"]
    assert alone and not alone & set(brief) and alone <= set(full)
    about = _column(
        store,
        f"""SELECT ?s WHERE {{ {{ ?s sti:about programme:sicorp }} UNION {{ programme:sicorp sti:cites ?s }}
          ?s a sti:Statement ; sti:quote ?quote ; prov:wasDerivedFrom ?source
          VALUES ?source {{ <{BUDGET}> <{BRIEFING}> }} }}""",
    )
    assert {node for node, data in full.nodes(data=True) if data["type"] == "sti:Statement"} == about


@pytest.mark.parametrize("name", EVERY)
def test_known_discrepancies_between_the_documents_are_shown(store: stigraph.Store, name: str) -> None:
    view = drift(store, name)
    root, documents = view.graph["root"], {n for n, data in view.nodes(data=True) if data["type"] == "sti:Source"}
    rows = stigraph.query(
        store,
        f"""SELECT ?d ?source WHERE {{ ?d a sti:Discrepancy ; sti:subject <{root}> ; sti:between ?side .
          ?side prov:wasDerivedFrom ?source }}""",
    ).rows
    sources: dict[str, set[str]] = {}
    for found, source in rows:
        sources.setdefault(text_of(found), set()).add(text_of(source))
    expected = {found for found, many in sources.items() if len(many & documents) > 1}
    shown = {node for node, data in view.nodes(data=True) if data["type"] == "sti:Discrepancy"}
    assert expected <= shown
    assert all(view.nodes[node]["flags"] == ["disagree"] and view.out_degree(node) > 1 for node in shown)
    assert all(key == "sti:between" for *_, key in view.out_edges(shown, keys=True))


def test_the_monitoring_of_wpi_brings_the_recorded_disagreement(store: stigraph.Store) -> None:
    view = drift(store, "WPI")
    assert view.has_edge(ID + "discrepancy/d003-wpi-budget-2023", ID + "budget/d001-wpi-2023-initial", "sti:between")
    (step,) = [
        change
        for change in _changes(view, "^sti:programme", "next-phase")
        if change["thing"] == ID + "budget/d003-wpi-2023-budgeted-l1867"
    ]
    assert "7,088百万円" in step["before"]["text"]["ja"] and "8,123百万円" in step["after"]["text"]["ja"]
    centres = _changes(view, "^sti:measures", "scope-differs")
    assert ID + "indicator/wpi-centre-staff" in {change["thing"] for change in centres}


def test_documents_stand_in_the_order_of_their_dates(store: stigraph.Store) -> None:
    sicorp, aspire = drift(store, "SICORP"), drift(store, "ASPIRE")
    for view, expected in ((sicorp, [DRAFT, BUDGET, BRIEFING, MONITORING]), (aspire, [BRIEFING, SHEET, MONITORING])):
        layers = {n: data["layer"] for n, data in view.nodes(data=True) if data["type"] == "sti:Source"}
        assert sorted(layers, key=layers.__getitem__) == expected
        assert {tuple(change["documents"]) for change in view.graph["changes"]} == set(pairwise(expected))
    headings = [heading["en"] for heading in sicorp.graph["layers"]]
    dates = [heading for heading in headings if heading.startswith(("FY", "February"))]
    assert headings[0] == "Programme" and dates == ["FY2021", "FY2021", "FY2023", "February 2024"]
    assert headings[2:6] == ["From the earlier", "Changed", "Kept", "From the later"]


def test_what_happened_to_a_thing_says_on_which_side_it_stands(store: stigraph.Store) -> None:
    view = drift(store, "SICORP", between=("004", "001"))
    headings = [heading["en"] for heading in view.graph["layers"]]
    assert headings == ["Programme", "FY2021", "From the earlier", "Changed", "Kept", "From the later", "FY2023"]
    sides = {"removed": 2, "changed": 3, "kept": 4, "added": 5}
    for _, data in view.nodes(data=True):
        for flag in set(data["flags"]) & set(sides):
            assert data["layer"] == sides[flag]
    for name, side in (("d004-sicorp-2021-initial", 2), ("d001-sicorp-2022-initial", 5)):
        assert view.nodes[ID + "budget/" + name]["layer"] == side


@pytest.mark.parametrize("name", EVERY)
def test_the_sentence_counts_what_the_view_holds(store: stigraph.Store, name: str) -> None:
    view = drift(store, name)
    things = Counter(change["kind"] for change in view.graph["changes"] if change["property"] != "sti:quote")
    words = Counter(change["kind"] for change in view.graph["changes"] if change["property"] == "sti:quote")
    sentence = view.graph["sentence"]["en"]
    assert f"{things['added']} added, {things['removed']} no longer listed, {things['changed']} changed" in sentence
    assert f"{things['kept']} kept, " in sentence and f"passages reworded: {words['changed']};" in sentence
    assert f"追加{things['added']}件、後の一覧にないもの{things['removed']}件" in view.graph["sentence"]["ja"]


@pytest.mark.parametrize("name", EVERY)
def test_the_view_is_whole_has_its_places_and_is_the_same_every_time(store: stigraph.Store, name: str) -> None:
    view, again = drift(store, name), drift(store, name)
    assert list(view.nodes(data=True)) == list(again.nodes(data=True))
    assert list(view.edges(keys=True, data=True)) == list(again.edges(keys=True, data=True))
    assert view.graph == again.graph
    json.dumps(view.graph["changes"])
    for _, data in view.nodes(data=True):
        assert 0 <= data["layer"] < len(view.graph["layers"])
        assert all({"ja", "en"} <= set(view.graph["words"][flag]) for flag in data["flags"])
        assert data["type"] in view.graph["words"] and data["labels"]["ja"] and data["weight"] > 0
    for _, _, key, data in view.edges(keys=True, data=True):
        assert data["evidence"] and all(item["locator"] for item in data["evidence"])
        assert key.removeprefix("^") in view.graph["words"]
    for change in view.graph["changes"]:
        for side, document in zip((change["before"], change["after"]), change["documents"], strict=True):
            assert side is None or (side["document"] == document and side["locator"] and side["text"]["ja"])


def test_what_is_no_programme_or_no_document_is_refused(store: stigraph.Store) -> None:
    with pytest.raises(UsageError, match="sti:FundingAgency") as refused:
        drift(store, "JST")
    assert refused.value.exit_code == 2
    with pytest.raises(UsageError, match="no document that the graph was read from"):
        drift(store, "SICORP", between=("6th Basic Plan", "001"))
    with pytest.raises(UsageError, match="one document"):
        drift(store, "SICORP", between=("001", "source/mext-international-briefing-2023"))
    with pytest.raises(NameNotFoundError, match="no such paper"):
        drift(store, "SICORP", between=("no such paper", "001"))


def test_one_document_alone_is_an_answer_no(store: stigraph.Store) -> None:
    with pytest.raises(NoAnswerError, match="only MEXT briefing on international STI measures") as alone:
        drift(store, "WPI CORE")
    assert alone.value.exit_code == 1
    with pytest.raises(NoAnswerError, match="does not speak of Adopting") as silent:
        drift(store, "ASPIRE", between=("002", "001"))
    assert "FY2023 review sheet of ASPIRE" in str(silent.value)


def test_what_the_passages_compared_print_is_on_both_pages(store: stigraph.Store) -> None:
    texts = source_texts(store)
    looked_up = 0
    for name in EVERY:
        for change in _changes(drift(store, name), "sti:quote"):
            for side in (side for side in (change["before"], change["after"]) if side):
                lines = lines_at(side["locator"], texts[side["document"]])
                assert lines and squeeze(side["text"]["ja"]) in squeeze("\n".join(lines))
                looked_up += 1
    assert looked_up > 200


_PLAIN = st.text(alphabet="国際共同研究を推進39 41abjointcall。、第期", max_size=40)


@given(_PLAIN, _PLAIN)
def test_a_marked_difference_holds_both_wordings(before: str, after: str) -> None:
    marked = difference(before, after).marked
    old = re.sub(r"［(.*?)→(.*?)］", r"\1", re.sub(r"［＋.*?］", "", re.sub(r"［－(.*?)］", r"\1", marked)))
    new = re.sub(r"［(.*?)→(.*?)］", r"\2", re.sub(r"［－.*?］", "", re.sub(r"［＋(.*?)］", r"\1", marked)))
    assert (old, new) == (squeeze(before), squeeze(after))


@pytest.mark.parametrize(
    ("before", "after", "spelling", "cut"),
    [
        ("國際協力による", "国際協力による", True, False),
        ("第3階層※", "第３階層※", True, False),
        ("27か国と協力中", "14か国と協力中", False, False),
        ("共同公募を推進。強化を図る。", "共同公募を推進。", False, True),
        ("途上国との協力", "協力", False, True),
        ("経るjoint call", "経る戦略的joint call", False, False),
        ("A国", "B国", False, False),
    ],
)
def test_a_slip_of_the_print_and_a_shorter_extract_are_told_from_a_change(
    before: str, after: str, spelling: bool, cut: bool
) -> None:
    found = difference(before, after)
    assert (found.spelling, found.cut) == (spelling, cut)
