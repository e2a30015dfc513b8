"""What a view reads of a store with review sheets, and that its sentence says what it leaves out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
from pyoxigraph import Literal
from tests.conftest import Run
from tests.sheets import MANY, PAYEES

import stigraph
from stigraph import views

ID = "https://w3id.org/stigraph/id/"
MINISTRY = "厚生労働省"
LEFT_OUT = re.compile(r"Of the (\d+) review sheets that speak of .*, the newest (\d+) are read")


def _programmes(view: views.View) -> set[str]:
    return {data["label"] for _, data in view.nodes(data=True) if data["type"] == "sti:Programme"}


@pytest.mark.parametrize("name", ["agencies", "partners", "indicators", "citations"])
def test_a_view_of_everything_is_that_of_the_curated_documents(
    name: str, store: stigraph.Store, sheets_store: stigraph.Store
) -> None:
    curated, whole = getattr(views, name)(store), getattr(views, name)(sheets_store)
    assert set(whole.nodes) == set(curated.nodes)
    assert set(whole.edges(keys=True)) == set(curated.edges(keys=True))
    assert whole.graph["sentence"]["en"].removeprefix(curated.graph["sentence"]["en"]).strip() == (
        f"What only the {2 * MANY + 2} review sheets say is left out; name a programme or a body to see it."
    )
    assert f"{2 * MANY + 2}枚だけが述べることは除く" in whole.graph["sentence"]["ja"]


@pytest.mark.parametrize("name", ["agencies", "money", "neighbourhood"])
def test_a_ministry_is_read_from_its_newest_sheets(name: str, sheets_store: stigraph.Store) -> None:
    view = getattr(views, name)(sheets_store, MINISTRY, sheets=3)
    assert _programmes(view) == {f"架空の医療事業{number}" for number in (1, 2, 3)}
    told = LEFT_OUT.search(view.graph["sentence"]["en"])
    assert told is not None
    assert told.groups() == (str(2 * MANY), "3")
    assert f"{2 * MANY}枚のうち、新しい3枚だけを読んだ" in view.graph["sentence"]["ja"]


def test_every_sheet_is_read_where_that_is_asked(sheets_store: stigraph.Store) -> None:
    view = views.agencies(sheets_store, MINISTRY, sheets=1000)
    assert _programmes(view) == {f"架空の医療事業{number}" for number in range(1, MANY + 1)}
    assert not LEFT_OUT.search(view.graph["sentence"]["en"])


def test_the_lineage_of_a_ministry_reads_the_sheets_that_cite(sheets_store: stigraph.Store) -> None:
    citing = stigraph.query(
        sheets_store,
        "SELECT DISTINCT ?label { ?p sti:ministry organization:mhlw ; sti:cites ?s ; skos:prefLabel ?label }",
    )
    view = views.lineage(sheets_store, MINISTRY)
    assert _programmes(view) == {label.value for (label,) in citing.rows if isinstance(label, Literal)} != set()
    sixth = views.lineage(sheets_store, "第6期基本計画", down=True)
    assert _programmes(view) <= _programmes(sixth)


def test_a_curated_programme_is_read_with_its_sheets(store: stigraph.Store, sheets_store: stigraph.Store) -> None:
    curated, whole = views.money(store, "WPI"), views.money(sheets_store, "WPI")
    more = {iri.rsplit("/")[-1] for iri in set(whole.nodes) - set(curated.nodes)}
    keys = ("rs2020-mext-20-0218", "rs2021-mext-20-0218")
    assert {slug for slug in more if slug.startswith(keys[1])} == {
        *(f"{keys[1]}-{year}-{phase}" for year, phase in ((2020, "initial"), (2020, "executed"), (2022, "request"))),
        *(f"{keys[1]}-A{place}" for place in range(1, PAYEES + 1)),
    }
    assert "left out" not in whole.graph["sentence"]["en"]
    pages = views.drift(sheets_store, "WPI", between=keys)
    kinds = {change["kind"] for change in pages.graph["changes"] if change["property"] == "^sti:programme"}
    assert kinds == {"next-year", "not-mentioned"}
    assert all(pages.nodes[f"{ID}source/{key}"]["type"] == "sti:Source" for key in keys)


def test_what_a_sheet_does_not_name_is_called_by_what_it_says(sheets_store: stigraph.Store) -> None:
    money = views.money(sheets_store, "WPI")
    assert money.nodes[ID + "transfer/rs2021-mext-20-0218-A4"]["labels"] == {
        "ja": "株式会社架空218の4 40百万円 2020年度",
        "en": "株式会社架空218の4 40 million yen FY2020",
    }
    around = views.neighbourhood(sheets_store, "WPI")
    assert around.nodes[ID + "budget/rs2021-mext-20-0218-2020-initial"]["labels"] == {
        "ja": "2020年度 当初予算 318百万円",
        "en": "FY2020 initial budget 318 million yen",
    }
    assert around.nodes[ID + "statement/rs2021-mext-20-0218-outline"]["label"] == "架空の概要218。"
    cited = views.lineage(sheets_store, "架空の医療事業1").nodes[ID + "statement/rs2021-mhlw-20-0001-plan-1"]
    assert cited["label"] == "第６期科学技術・イノベーション基本計画（令和３年３月26日閣議決定）"
    target = views.indicators(sheets_store, "WPI").nodes[ID + "observation/rs2021-mext-20-0218-outcome-1-2020-target"]
    assert target["label"] == "2020年度 目標 8"


def test_the_money_of_a_body_shows_the_newest_and_the_largest(sheets_store: stigraph.Store) -> None:
    view = views.money(sheets_store, MINISTRY, sheets=2, most=3)
    drawn = {iri.rsplit("/")[-1] for iri, data in view.nodes(data=True) if data["type"] == "sti:Transfer"}
    assert drawn == {"rs2021-mhlw-20-0001-A4", "rs2021-mhlw-20-0002-A4", "rs2021-mhlw-20-0001-A3"}
    lines = [iri for iri, data in view.nodes(data=True) if data["type"] == "sti:BudgetLine"]
    assert len(lines) == 3 and sum("2022-request" in iri for iri in lines) == 2
    assert "print 6 amounts for the 2 programmes" in view.graph["sentence"]["en"]
    assert (
        f"Not drawn: 3 amounts of earlier years and the {2 * PAYEES - 3} smaller transfers (--most draws more)."
        in (view.graph["sentence"]["en"])
    )
    assert not any("no-amount" in view.nodes[node]["flags"] for node in view if "/programme/" in node)


def test_gaps_count_by_ministry_what_sheets_alone_speak_of(store: stigraph.Store, sheets_store: stigraph.Store) -> None:
    curated, whole = views.gaps(store), views.gaps(sheets_store)
    added = set(whole.nodes) - set(curated.nodes)
    assert {whole.nodes[iri]["type"] for iri in added} == {"sti:Ministry"}
    citing = len(_programmes(views.lineage(sheets_store, MINISTRY)))
    node = whole.nodes[ID + "organization/mhlw"]
    assert node["labels"]["ja"].endswith(f"：引用なし {MANY - citing}／{MANY}")
    assert node["flags"] == ["programmes-cite-nothing"]
    assert whole.graph["layers"][node["layer"]]["en"] == "all programmes, by ministry"
    assert "counted by ministry, not drawn" in whole.graph["sentence"]["en"]


def test_steps_further_than_one_stay_within_the_sheets_of_the_thing(sheets_store: stigraph.Store) -> None:
    view = views.neighbourhood(sheets_store, "WPI", hops=2)
    assert not any("mhlw" in iri for iri in view)
    assert nx.number_of_nodes(view) > 50


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["agencies", MINISTRY, "--sheets", "2"], "the newest 2 are read (--sheets reads more)"),
        (["money", MINISTRY, "--sheets", "2", "--most", "1"], "--most draws more"),
        (["gaps"], "counted by ministry"),
    ],
)
def test_the_command_takes_the_options_and_says_what_is_left_out(
    arguments: list[str], said: str, run: Run, sheets_folder: Any
) -> None:
    done = run("view", *arguments, "--format", "json", "--lang", "en", "--store", str(sheets_folder))
    assert done.returncode == 0, done.stderr
    assert said in done.stdout


def test_an_option_of_another_view_is_refused(run: Callable[..., Any]) -> None:
    done = run("view", "gaps", "--sheets", "2")
    assert done.returncode == 2
    assert "--sheets is no option of the view gaps" in done.stderr
