"""On which policy the programmes of the source texts stand: what the pages say, and what they do not."""

import csv
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import stigraph
from stigraph.classes import DOCUMENTS
from stigraph.errors import NameNotFoundError, StigraphError, UsageError
from stigraph.lineage import Edge, Lineage
from stigraph.lineage.formats import write
from stigraph.names import resolve
from stigraph.vocab import ID

_HERE = Path(__file__).parent
_DOCUMENT = ID + "document/"
_POLICY = ("sti:Plan", "sti:Strategy", "sti:Recommendation", "sti:Law", "sti:Communique", "sti:Guideline", "sti:Report")


def _rows() -> list[dict[str, str]]:
    with (_HERE / "reaches.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _documents(answer: Lineage) -> set[str]:
    return {iri.removeprefix(_DOCUMENT) for iri in answer.nodes if iri.startswith(_DOCUMENT)}


def _edges(answer: Lineage, target: str, predicate: str) -> list[Edge]:
    return [edge for edge in answer.edges if edge.target == target and edge.predicate == predicate]


@pytest.mark.parametrize("row", _rows(), ids=lambda row: f"{row['name']}-{row['sources']}")
def test_a_programme_reaches_what_its_pages_cite(store: stigraph.Store, row: dict[str, str]) -> None:
    answer = stigraph.lineage(store, row["name"], sources=row["sources"].split())
    reached = _documents(answer)
    assert set(row["reaches"].split()) <= reached, row["why"]
    assert not set(row["never"].split()) & reached, row["why"]
    accepted = {resolve(store, name).iri for name in (*row["sources"].split(), "source/background")}
    assert {shown.document for edge in answer.edges for shown in edge.evidence} <= accepted


@pytest.mark.parametrize("row", _rows(), ids=lambda row: f"{row['name']}-{row['sources']}")
def test_the_policy_is_reached_by_the_programme_from_the_other_side(store: stigraph.Store, row: dict[str, str]) -> None:
    programme = resolve(store, row["name"]).iri
    for slug in row["reaches"].split():
        assert programme in stigraph.lineage(store, "document/" + slug, down=True, sources=row["sources"].split()).nodes
    for slug in row["never"].split():
        below = stigraph.lineage(store, "document/" + slug, down=True, sources=row["sources"].split())
        assert programme not in below.nodes


def test_the_recommendation_is_prepared_for_the_plan_and_does_not_lead_to_it(store: stigraph.Store) -> None:
    answer = stigraph.lineage(store, "SICORP", sources=["002"])
    advice = answer.nodes[_DOCUMENT + "plan-6-recommendation-2019"]
    assert advice.type == "sti:Recommendation"
    assert advice.facts["preparedFor"] == _DOCUMENT + "basic-plan-6"
    assert advice.facts["date"] == "2019-06"
    assert advice.facts["inTimeOf"] == _DOCUMENT + "basic-plan-5"
    assert not [edge for edge in answer.edges if edge.source == advice.id]
    assert answer.word(advice.facts["preparedFor"], "ja") == "第6期科学技術・イノベーション基本計画"


def test_the_steps_of_sicorp_with_their_words(store: stigraph.Store) -> None:
    answer = stigraph.lineage(store, "SICORP", sources=["002"])
    (stated,) = _edges(answer, _DOCUMENT + "integrated-innovation-strategy-2020", "sti:statedIn")
    (shown,) = stated.evidence
    assert shown.statement == stated.source
    assert resolve(store, shown.document).iri == resolve(store, "002").iri
    assert (shown.locator, shown.basis) == ("L85", "Stated")
    assert shown.cited_as == "令和2年7月、統合イノベーション戦略2020"
    assert shown.quote is not None
    assert shown.quote.startswith("日本の大学・国研・資金配分機関における国際共同研究は国内共同研究に比べ、")
    assert "オファーがあつても" in shown.quote, "as printed"
    (carried,) = _edges(answer, _DOCUMENT + "basic-plan-5", "sti:implements")
    assert carried.source == _DOCUMENT + "integrated-innovation-strategy-2020"
    assert [shown.document for shown in carried.evidence] == [ID + "source/background"]
    assert [shown.basis for shown in carried.evidence] == ["BackgroundKnowledge"]
    assert all(shown.quote for shown in carried.evidence)


def test_aspire_stands_on_the_sixth_plan_by_declaration_and_by_finding(store: stigraph.Store) -> None:
    answer = stigraph.lineage(store, "ASPIRE", sources=["000"])
    shown = {
        (answer.nodes[edge.source].facts["kind"], edge.evidence[0].locator): edge.evidence[0].cited_as
        for edge in _edges(answer, _DOCUMENT + "basic-plan-6", "sti:statedIn")
    }
    assert shown == {
        ("Declaration", "L98-L101"): "第6期科学技術基本計画（令和3年3月26日閣議決定）",
        ("Finding", "L466"): "第6期科学技術・イノベーション基本計画等",
    }


@pytest.mark.parametrize(
    ("kinds", "wanted"),
    [
        (["Declaration"], {"basic-plan-6", "basic-policy-2023", "growth-strategy-follow-up-2023"}),
        (["Finding"], {"basic-plan-6"}),
        (["finding"], {"basic-plan-6"}),
        (["Quotation"], set()),
        (["Finding", "Declaration"], {"basic-plan-6", "basic-policy-2023", "growth-strategy-follow-up-2023"}),
    ],
)
def test_kinds(store: stigraph.Store, kinds: list[str], wanted: set[str]) -> None:
    answer = stigraph.lineage(store, "ASPIRE", sources=["000"], kinds=kinds)
    assert _documents(answer) == wanted
    kept = {node.facts["kind"].lower() for node in answer.nodes.values() if node.type == "sti:Statement"}
    assert kept <= {kind.lower() for kind in kinds}


@pytest.mark.parametrize(
    ("as_of", "reached", "absent"),
    [
        ("2021", {"integrated-innovation-strategy-2020", "basic-plan-5"}, {"basic-plan-6"}),
        ("2022-03-31", {"integrated-innovation-strategy-2020", "basic-plan-5"}, {"basic-plan-6"}),
        ("2022-12", {"integrated-innovation-strategy-2020", "basic-plan-5"}, {"basic-plan-6"}),
        ("2024-03", {"integrated-innovation-strategy-2020", "basic-plan-5", "basic-plan-6"}, {"basic-plan-7"}),
        ("2019", set(), {"integrated-innovation-strategy-2020", "basic-plan-5", "basic-plan-6"}),
    ],
)
def test_only_what_was_known_on_a_day_counts(
    store: stigraph.Store, as_of: str, reached: set[str], absent: set[str]
) -> None:
    documents = _documents(stigraph.lineage(store, "SICORP", as_of=as_of))
    assert reached <= documents
    assert not absent & documents


@pytest.mark.parametrize(
    ("name", "plan", "as_of", "successor"),
    [
        ("第5期基本計画", "basic-plan-5", None, "basic-plan-6"),
        ("第5期基本計画", "basic-plan-5", "2021-03-25", None),
        ("第5期基本計画", "basic-plan-5", "2021-03-26", "basic-plan-6"),
        ("第5期基本計画", "basic-plan-5", "2021-02", None),
        ("第5期基本計画", "basic-plan-5", "2021", "basic-plan-6"),
        ("第6期基本計画", "basic-plan-6", None, "basic-plan-7"),
        ("第6期基本計画", "basic-plan-6", "2026-03-26", None),
        ("第6期基本計画", "basic-plan-6", "2026-03-27", "basic-plan-7"),
        ("第7期基本計画", "basic-plan-7", None, None),
        ("統合イノベーション戦略2020", "basic-plan-5", "2020-08", None),
        ("統合イノベーション戦略2022", "basic-plan-6", None, "basic-plan-7"),
    ],
)
def test_a_plan_is_superseded_from_a_day_and_the_links_stay(
    store: stigraph.Store, name: str, plan: str, as_of: str | None, successor: str | None
) -> None:
    answer = stigraph.lineage(store, name, as_of=as_of)
    node = answer.nodes[_DOCUMENT + plan]
    assert node.facts.get("supersededBy") == (successor and _DOCUMENT + successor)
    assert ("supersededOn" in node.facts) == (successor is not None)
    if successor:
        assert node.facts["supersededOn"] == {"basic-plan-6": "2021-03-26", "basic-plan-7": "2026-03-27"}[successor]


def test_the_years_of_the_plans(store: stigraph.Store) -> None:
    years = {
        number: stigraph.lineage(store, f"第{number}期基本計画").nodes[f"{_DOCUMENT}basic-plan-{number}"].facts["years"]
        for number in (5, 6, 7)
    }
    assert years == {5: "FY2016–2020", 6: "FY2021–2025", 7: "FY2026–2030"}


@pytest.mark.parametrize(("hops", "kinds"), [(1, {"statement", "objective"}), (2, {"document"}), (3, {"document"})])
def test_max_hops(store: stigraph.Store, hops: int, kinds: set[str]) -> None:
    answers = [
        stigraph.lineage(store, "SICORP", sources=["002"], max_hops=number) for number in (hops, hops - 1) if number
    ]
    nodes = [set(answer.nodes) for answer in answers]
    added = nodes[0] - nodes[1] if len(nodes) > 1 else nodes[0] - {answers[0].root}
    assert {iri.removeprefix(ID).split("/")[0] for iri in added} == kinds
    assert (_DOCUMENT + "basic-plan-5" in nodes[0]) == (hops >= 3)


def test_a_source_is_named_in_any_way(store: stigraph.Store) -> None:
    source = resolve(store, "002")
    slug = source.iri.rsplit("/", maxsplit=1)[-1]
    names = ["002", "００２", source.iri, f"source:{slug}", f"source/{slug}", source.ja, source.en]
    answers = [stigraph.lineage(store, "SICORP", sources=[name]) for name in names if name]
    assert len(answers) == 7
    assert all(answer == answers[0] for answer in answers)
    assert answers[0] != stigraph.lineage(store, "SICORP")


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"as_of": "2022-13"}, UsageError, "“2022-13” is not a date; write 2022-04-01, 2022-04 or 2022."),
        ({"as_of": "2022-04-32"}, UsageError, "is not a date"),
        ({"as_of": "2022-02-30"}, UsageError, "is not a date"),
        ({"as_of": "2022-00"}, UsageError, "is not a date"),
        ({"as_of": "22-04"}, UsageError, "is not a date"),
        ({"as_of": "2022/04"}, UsageError, "is not a date"),
        ({"as_of": "2022-4"}, UsageError, "is not a date"),
        ({"as_of": "令和4年"}, UsageError, "is not a date"),
        ({"as_of": "２０２２"}, UsageError, "is not a date"),
        ({"as_of": "2022\n"}, UsageError, "is not a date"),
        ({"as_of": ""}, UsageError, "is not a date"),
        ({"kinds": ["Quotaton"]}, UsageError, "“Quotaton” is not a kind of statement; the kinds are "),
        ({"kinds": ["Programme"]}, UsageError, "is not a kind"),
        ({"sources": ["005"]}, NameNotFoundError, "“005”"),
        ({"sources": ["SICORP"]}, UsageError, "“SICORP” is not a source document; the sources are "),
        ({"sources": ["第6期基本計画"]}, UsageError, "is not a source document"),
        ({"max_hops": 0}, UsageError, "at least 1"),
        ({"max_hops": -1}, UsageError, "at least 1"),
    ],
    ids=str,
)
def test_what_cannot_be_asked_is_said(
    store: stigraph.Store, options: Mapping[str, Any], error: type[StigraphError], says: str
) -> None:
    with pytest.raises(error) as caught:
        stigraph.lineage(store, "SICORP", **options)
    assert says in str(caught.value)


def test_the_message_about_a_kind_lists_those_that_are_used(store: stigraph.Store) -> None:
    with pytest.raises(UsageError) as caught:
        stigraph.lineage(store, "SICORP", kinds=["x"])
    assert all(kind in str(caught.value) for kind in ("Quotation", "Declaration", "Listing", "Finding"))


def test_a_part_without_passages_is_asked_of_its_whole(store: stigraph.Store) -> None:
    part = stigraph.lineage(store, "コアチーム共同研究タイプ", sources=["004"])
    assert (part.root, ID + "programme/sicorp", "dcterms:isPartOf") in {
        (edge.source, edge.target, edge.predicate) for edge in part.edges
    }
    assert _documents(stigraph.lineage(store, "SICORP", sources=["004"])) == _documents(part)


def test_parts_are_counted_with_their_whole_only_on_request(store: stigraph.Store) -> None:
    types = {
        ID + f"programme/sicorp-{name}" for name in ("consortium", "core-team", "acceleration", "joint-laboratory")
    }
    alone = stigraph.lineage(store, "第5期基本計画", down=True, sources=["004"])
    with_parts = stigraph.lineage(store, "第5期基本計画", down=True, sources=["004"], parts=True)
    assert not types & set(alone.nodes)
    assert types <= set(with_parts.nodes)
    assert set(alone.nodes) <= set(with_parts.nodes)


@pytest.mark.parametrize(
    ("body", "predicate", "programmes"),
    [
        ("JST", "^sti:agency", {"sicorp", "satreps"}),
        ("JICA", "^sti:agency", {"satreps"}),
        ("外務省", "^sti:ministry", {"satreps"}),
        ("文部科学省", "^sti:ministry", {"satreps"}),
    ],
)
def test_a_body_answers_by_its_programmes(
    store: stigraph.Store, body: str, predicate: str, programmes: set[str]
) -> None:
    answer = stigraph.lineage(store, body, sources=["004"])
    run = {edge.target for edge in answer.edges if edge.source == answer.root and edge.predicate == predicate}
    assert {ID + "programme/" + name for name in programmes} <= run
    assert {edge.predicate for edge in answer.edges if edge.source == answer.root} == {predicate}
    assert {"integrated-innovation-strategy-2020", "basic-plan-5"} <= _documents(answer)
    assert "basic-plan-6" not in _documents(answer)


@pytest.mark.parametrize(
    ("partner", "source", "found"),
    [
        ("ドイツ", "004", {"programme/sicorp", "project/sicorp-de-nanoelectronics"}),
        ("Germany", "002", {"project/sicorp-de-nanoelectronics"}),
        ("フランス", "004", {"project/sicorp-fr-molecular-technology"}),
        ("タイ", "004", {"project/satreps-th-non-food-biomass-fuels"}),
        ("V4", "004", {"project/sicorp-v4-advanced-materials"}),
        ("e-ASIA JRP", "004", {"programme/sicorp"}),
    ],
)
def test_a_partner_answers_by_the_programmes_that_work_with_it(
    store: stigraph.Store, partner: str, source: str, found: set[str]
) -> None:
    answer = stigraph.lineage(store, partner, down=True, sources=[source])
    assert {ID + slug for slug in found} <= set(answer.nodes)
    assert {edge.target for edge in answer.edges if edge.predicate == "sti:partner"} >= {answer.root}
    assert not _documents(answer)
    assert not [node for node in answer.nodes.values() if node.type in _POLICY]


def test_a_group_is_not_expanded_to_members_the_page_does_not_name(store: stigraph.Store) -> None:
    for group in ("ASEAN", "欧米等先進国", "e-ASIA JRP"):
        answer = stigraph.lineage(store, group, down=True)
        assert {edge.target for edge in answer.edges if edge.predicate == "sti:partner"} == {answer.root}


def test_edges_point_from_the_programme_towards_policy_in_both_directions(store: stigraph.Store) -> None:
    up = stigraph.lineage(store, "SICORP", sources=["002"])
    down = stigraph.lineage(store, "統合イノベーション戦略2020", down=True, sources=["002"])
    shared = {(edge.source, edge.target, edge.predicate): edge.evidence for edge in up.edges}
    again = {(edge.source, edge.target, edge.predicate): edge.evidence for edge in down.edges}
    both = shared.keys() & again.keys()
    assert {predicate for _, _, predicate in both} == {"sti:cites", "sti:statedIn"}
    assert all(shared[key] == again[key] for key in both)
    assert (up.direction, down.direction) == ("up", "down")


def test_time_runs_one_way(planted: Callable[[Path], stigraph.Store]) -> None:
    store = planted(_HERE / "data" / "time")
    early = stigraph.lineage(store, "Early programme")
    assert _documents(early) == {"plan-2016", "advice-2019"}
    assert early.nodes[_DOCUMENT + "advice-2019"].facts["preparedFor"] == _DOCUMENT + "plan-2021"
    late = stigraph.lineage(store, "Late programme")
    assert _documents(late) == {"strategy-2020", "plan-2016", "plan-2021"}
    assert {edge.source for edge in late.edges if edge.target == _DOCUMENT + "plan-2021"} == {
        ID + "objective/goal-of-2021"
    }
    below = stigraph.lineage(store, "Plan of 2021", down=True)
    assert ID + "programme/late" in below.nodes
    assert ID + "programme/early" not in below.nodes
    assert ID + "document/plan-2016" not in below.nodes
    assert ID + "programme/early" not in stigraph.lineage(store, "Strategy of 2020", down=True).nodes


def test_a_cited_passage_stays_although_its_document_cannot_be_followed(
    planted: Callable[[Path], stigraph.Store],
) -> None:
    answer = stigraph.lineage(planted(_HERE / "data" / "time"), "Early programme")
    assert ID + "statement/later" in answer.nodes
    assert not [edge for edge in answer.edges if edge.source == ID + "statement/later"]


def test_a_plan_may_be_superseded_on_an_unknown_day(planted: Callable[[Path], stigraph.Store], tmp_path: Path) -> None:
    shutil.copytree(_HERE / "data" / "time", tmp_path / "data")
    background = tmp_path / "data" / "sources" / "background.ttl"
    dated = '    sti:decidedOn "2021-03-26"^^xsd:date ;\n'
    text = background.read_text(encoding="utf-8")
    assert dated in text
    background.write_text(text.replace(dated, ""), encoding="utf-8")
    store = planted(tmp_path / "data")
    answer = stigraph.lineage(store, "Plan of 2016")
    facts = answer.nodes[_DOCUMENT + "plan-2016"].facts
    assert facts["supersededBy"] == _DOCUMENT + "plan-2021" and "supersededOn" not in facts
    assert "superseded by Plan of 2021]" in write(answer, "text", lang="en")
    early = stigraph.lineage(store, "Plan of 2016", as_of="2024").nodes[_DOCUMENT + "plan-2016"].facts
    assert "supersededBy" not in early, "nobody knows whether it was decided by then"


def test_supersession_in_planted_data(planted: Callable[[Path], stigraph.Store]) -> None:
    store = planted(_HERE / "data" / "time")
    facts = {
        day: stigraph.lineage(store, "Late programme", as_of=day).nodes[_DOCUMENT + "plan-2016"].facts
        for day in ("2021-04-01", "2024")
    }
    assert all(told["supersededBy"] == _DOCUMENT + "plan-2021" for told in facts.values())
    assert (
        "supersededBy"
        not in stigraph.lineage(store, "Plan of 2016", as_of="2021-03-25").nodes[_DOCUMENT + "plan-2016"].facts
    )
    assert not stigraph.lineage(store, "Late programme", as_of="2021-03-31").edges, "the page is of FY2021"


@pytest.mark.parametrize(
    ("name", "down"), [("SICORP", False), ("JST", False), ("第6期基本計画", True), ("ASEAN", True), ("WPI", True)]
)
def test_the_list_has_what_the_paths_lead_to(store: stigraph.Store, name: str, down: bool) -> None:
    answer = stigraph.lineage(store, name, down=down)
    listed = stigraph.reached(store, name, down=down)
    assert {thing.iri for thing in listed} == set(answer.nodes) - {answer.root}
    programmes = stigraph.reached(store, name, ["sti:Programme"], down=down)
    assert [thing.iri for thing in programmes] == sorted(
        node.id for node in answer.of_type("sti:Programme") if node.id != answer.root
    )


def test_a_list_counts_only_what_is_asked_for(store: stigraph.Store) -> None:
    plans = [thing.iri for thing in stigraph.reached(store, "SICORP", ["sti:Plan"], sources=["002"])]
    assert plans == [_DOCUMENT + "basic-plan-5"]
    assert stigraph.reached(store, "SICORP", ["sti:Plan"], as_of="2015") == []
    with pytest.raises(UsageError, match="hops"):
        stigraph.reached(store, "SICORP", max_hops=0)


_LEADS_DOWN = ("sti:Programme", "sti:Objective", "sti:Statement", "sti:Indicator", *DOCUMENTS)


@pytest.mark.parametrize("folder", ["store", "sheets_store"])
def test_what_the_snapshot_lists_is_what_the_steps_lead_to(folder: str, request: pytest.FixtureRequest) -> None:
    opened: stigraph.Store = request.getfixturevalue(folder)
    for thing in opened.of_type(*_LEADS_DOWN):
        walked = stigraph.reached(opened, thing.iri, down=True, max_hops=100)
        assert stigraph.reached(opened, thing.iri, down=True) == walked, thing.iri
        assert opened.reaching(thing.number) == walked, thing.iri


def test_the_list_of_an_excerpt_is_of_its_sheets_alone(sheets_store: stigraph.Store) -> None:
    plan = _DOCUMENT + "basic-plan-6"
    below = {thing.ja for thing in stigraph.reached(sheets_store, plan, ["sti:Programme"], down=True)}
    curated = {thing.ja for thing in stigraph.reached(sheets_store.excerpt(), plan, ["sti:Programme"], down=True)}
    assert below - curated == {f"架空の医療事業{number}" for number in (1, 2, 3)}
