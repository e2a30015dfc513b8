"""Who answers for, runs and pays for the programmes, against SPARQL over the same store."""

from collections.abc import Iterator
from typing import Any

import pytest

import stigraph
from stigraph import views
from stigraph.errors import NameNotFoundError, UsageError
from stigraph.query import query
from stigraph.vocab import ID

PROGRAMME, BODY, SOURCE = ID + "programme/", ID + "organization/", ID + "source/"


@pytest.fixture(scope="module")
def view(store: stigraph.Store) -> views.View:
    return views.agencies(store)


def pairs(view: views.View, predicate: str) -> set[tuple[str, str]]:
    return {(source, target) for source, target, key in view.edges(keys=True) if key == predicate}


def asked(store: stigraph.Store, pattern: str) -> set[tuple[str, str]]:
    rows = query(store, f"SELECT DISTINCT ?a ?b {{ {pattern} }}").rows
    return {(str(a).strip("<>"), str(b).strip("<>")) for a, b in rows}


def captions(view: views.View) -> Iterator[dict[str, str]]:
    yield from (data["caption"] for *_, data in view.edges(data=True) if "caption" in data)


@pytest.mark.parametrize(
    ("predicate", "pattern"),
    [
        ("sti:ministry", "?a a sti:Programme ; sti:ministry ?b"),
        ("sti:agency", "?a a sti:Programme ; sti:agency ?b"),
        ("sti:amount", "?line a sti:BudgetLine ; sti:programme ?a ; sti:agency ?b"),
        ("sti:payer", "?transfer a sti:Transfer ; sti:programme ?a ; sti:payer ?b"),
        ("sti:payee", "?transfer a sti:Transfer ; sti:programme ?a ; sti:payee ?b"),
    ],
)
def test_every_link_of_the_store_is_drawn_and_no_other(
    store: stigraph.Store, view: views.View, predicate: str, pattern: str
) -> None:
    assert pairs(view, predicate) == asked(store, pattern) != set()


def test_the_relations_tell_answering_running_and_paying_apart(view: views.View) -> None:
    satreps = PROGRAMME + "satreps"
    told = {(target.removeprefix(BODY), key) for _, target, key in view.out_edges(satreps, keys=True)}
    assert told == {
        ("mext", "sti:ministry"),
        ("mofa", "sti:ministry"),
        ("jst", "sti:agency"),
        ("amed", "sti:agency"),
        ("jica", "sti:agency"),
        ("jst", "sti:amount"),
        ("amed", "sti:amount"),
        ("mext", "sti:payer"),
        ("japan-government", "sti:payer"),
        ("jst", "sti:payee"),
    }
    words = {key: view.graph["words"][key]["en"] for _, key in told}
    assert len(set(words.values())) == len(words)


def test_a_share_of_a_budget_is_captioned_by_year_phase_and_print(view: views.View) -> None:
    edge = view.edges[PROGRAMME + "sicorp", BODY + "jst", "sti:amount"]
    assert edge["caption"] == {
        "ja": "2022年度 当初予算 1,160百万円（推計）、2023年度 当初予算 1,073百万円（推計）",
        "en": "FY2022 initial budget: 1,160 million yen (estimate); "
        "FY2023 initial budget: 1,073 million yen (estimate)",
    }
    assert {item["document"] for item in edge["evidence"]} == {SOURCE + "mext-international-briefing-2023"}
    assert {item["quote"] for item in edge["evidence"]} == {"1,160百万円", "1,073百万円"}


def test_the_same_money_printed_twice_is_said_once_and_what_differs_stands_beside_it(view: views.View) -> None:
    caption = view.edges[PROGRAMME + "aspire", BODY + "mext", "sti:payer"]["caption"]["ja"]
    assert caption.count("科学技術振興機構へ 2022年度 44,000百万円") == 1
    assert "440億円" not in caption  # the briefing's rounding of the same amount
    assert "日本医療研究開発機構へ 2022年度 61億円" in caption
    assert "日本医療研究開発機構へ 2022年度 6,050百万円" in caption


def test_a_transfer_without_an_amount_says_so(view: views.View) -> None:
    caption = view.edges[PROGRAMME + "overseas-fellowships", BODY + "jsps", "sti:payee"]["caption"]
    assert caption["en"] == "from MEXT: no amount recorded; from Government of Japan: no amount recorded"
    assert "金額の記録なし" in caption["ja"]


def test_an_approximate_amount_keeps_its_about(view: views.View) -> None:
    caption = view.edges[PROGRAMME + "wpi", BODY + "kavli-ipmu", "sti:payee"]["caption"]
    assert caption["ja"] == "カブリ財団から 22.5億円、カブリ財団から 約14億円"


def test_every_edge_has_evidence_and_every_caption_both_languages(view: views.View) -> None:
    assert all(data["evidence"] for *_, data in view.edges(data=True))
    printed = {"sti:ministry", "sti:agency", "sti:amount", "sti:payer", "sti:payee"}
    assert all(
        any(item["locator"] for item in data["evidence"])
        for *_, key, data in view.edges(keys=True, data=True)
        if key in printed
    )
    assert all(caption["ja"] and caption["en"] for caption in captions(view))


def test_bodies_stand_in_the_bodies_they_belong_to(store: stigraph.Store, view: views.View) -> None:
    inside = pairs(view, "org:subOrganizationOf")
    assert (BODY + "nistep", BODY + "mext") in inside
    assert (BODY + "international-strategy-committee", BODY + "council-science-technology") in inside
    assert inside == asked(store, "?a org:subOrganizationOf ?b") - {(BODY + "undp", BODY + "un")}


def test_flags_mark_what_no_document_names_and_what_is_shared(store: stigraph.Store, view: views.View) -> None:
    flags = {node: data["flags"] for node, data in view.nodes(data=True)}
    assert flags[PROGRAMME + "satreps"] == ["several-ministries", "several-agencies"]
    assert flags[PROGRAMME + "wpi"] == ["no-agency"]
    assert flags[PROGRAMME + "sip-3-01"] == []  # SIP answers for its topic, and the topic has an agency
    bare = asked(
        store,
        """?a a sti:Programme . BIND(?a AS ?b)
        FILTER NOT EXISTS { ?a (dcterms:isPartOf*|^dcterms:isPartOf*)/sti:ministry ?ministry }""",
    )
    assert {node for node, marks in flags.items() if "no-ministry" in marks} == {a for a, _ in bare} & set(view)
    assert all(flag in view.graph["words"] for marks in flags.values() for flag in marks)


def test_the_sentence_counts_what_is_drawn(view: views.View) -> None:
    programmes = {node for node, data in view.nodes(data=True) if data["type"] == "sti:Programme"}
    counts = [len(pairs(view, key)) for key in ("sti:ministry", "sti:agency", "sti:amount")]
    money = len(pairs(view, "sti:payer")) + len(pairs(view, "sti:payee"))
    assert f"134事業のうち{len(programmes)}事業" in view.graph["sentence"]["ja"]
    assert "所管{}件、実施{}件、予算のうち機関の分{}件".format(*counts) in view.graph["sentence"]["ja"]
    assert f"who pays or is paid ({money})" in view.graph["sentence"]["en"]
    assert (len(programmes), counts, money) == (32, [10, 30, 6], 26)


def test_a_body_brings_its_programmes_and_their_other_bodies(store: stigraph.Store, view: views.View) -> None:
    narrow = views.agencies(store, "ＪＳＴ")
    assert narrow.graph["root"] == BODY + "jst"
    jst = {
        a for a, b in asked(store, "?a a sti:Programme ; (sti:agency|^sti:programme/sti:payee) ?b") if b == BODY + "jst"
    }
    assert jst <= set(narrow)
    assert {node for node, data in narrow.nodes(data=True) if data["type"] == "sti:Programme"} == jst | {
        PROGRAMME + "sip-3"
    }
    assert narrow.has_edge(PROGRAMME + "satreps", BODY + "jica", "sti:agency")
    assert narrow.has_edge(BODY + "crds", BODY + "jst", "org:subOrganizationOf")
    assert BODY + "nii" not in narrow
    assert set(narrow.edges(keys=True)) <= set(view.edges(keys=True))


def test_a_programme_brings_what_it_is_part_of_and_its_parts(store: stigraph.Store) -> None:
    narrow = views.agencies(store, "programme:sip-3")
    assert pairs(narrow, "sti:ministry") == {(PROGRAMME + "sip-3", BODY + "cao")}
    assert len(pairs(narrow, "sti:agency")) == len(pairs(narrow, "dcterms:isPartOf")) == 12
    part = views.agencies(store, "programme:sip-3-06")
    assert (PROGRAMME + "sip-3", BODY + "cao") in pairs(part, "sti:ministry")
    assert PROGRAMME + "sip-3-01" not in part


def test_the_root_weighs_most_and_much_used_bodies_more(view: views.View, store: stigraph.Store) -> None:
    narrow = views.agencies(store, "SICORP")
    assert max(narrow.nodes, key=lambda node: float(narrow.nodes[node]["weight"])) == PROGRAMME + "sicorp"
    weight: dict[str, Any] = {node: data["weight"] for node, data in view.nodes(data=True)}
    assert weight[BODY + "jst"] > weight[BODY + "nedo"]


def test_a_body_that_no_document_ties_to_a_programme_stands_alone(store: stigraph.Store) -> None:
    alone = views.agencies(store, "UKRI")
    assert list(alone) == [BODY + "ukri"]
    assert alone.graph["sentence"]["en"].startswith("No document names who answers for")


def test_what_cannot_be_asked_is_refused(store: stigraph.Store) -> None:
    with pytest.raises(UsageError, match=r"agencies.*an organization or a programme.*Germany.*country"):
        views.agencies(store, "Germany")
    with pytest.raises(NameNotFoundError):
        views.agencies(store, "no such agency")


def test_the_view_is_the_same_every_time(store: stigraph.Store, view: views.View) -> None:
    again = views.agencies(store)
    assert list(again.nodes(data=True)) == list(view.nodes(data=True))
    assert list(again.edges(keys=True, data=True)) == list(view.edges(keys=True, data=True))
    assert again.graph == view.graph
