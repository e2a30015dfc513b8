"""What a person types, and the thing that is meant."""

import csv
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

import stigraph
from stigraph.errors import AmbiguousNameError, NameNotFoundError
from stigraph.japanese import fold
from stigraph.names import nearest, resolve
from stigraph.vocab import ID

_HERE = Path(__file__).parent
Run = Callable[..., CompletedProcess[str]]


def _rows(name: str) -> list[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", _rows("resolve.csv"), ids=lambda row: row["typed"])
def test_a_name_means_one_thing(store: stigraph.Store, row: dict[str, str]) -> None:
    assert resolve(store, row["typed"]).iri == ID + row["slug"], row["why"]
    assert resolve(store, f"  {row['typed']}　").iri == ID + row["slug"], "space around it"


@pytest.mark.parametrize("row", _rows("absent.csv"), ids=lambda row: row["typed"])
def test_a_name_of_nothing_offers_the_nearest(store: stigraph.Store, row: dict[str, str]) -> None:
    with pytest.raises(NameNotFoundError) as caught:
        resolve(store, row["typed"])
    assert caught.value.exit_code == 1
    assert row["typed"] in str(caught.value)
    assert any(row["nearest"] in iri for _, iri in caught.value.nearest), (row["why"], caught.value.nearest)
    assert all(iri in str(caught.value) for _, iri in caught.value.nearest)


@pytest.mark.parametrize("typed", ["", " ", "　", "・", "qqqxxx", "\x00", "'; DROP TABLE name; --", "%", "*", '"'])
def test_a_name_like_nothing_is_answered_with_what_to_do(store: stigraph.Store, typed: str) -> None:
    with pytest.raises(NameNotFoundError) as caught:
        resolve(store, typed)
    assert caught.value.nearest or "stigraph search" in str(caught.value)


def test_nearest_comes_best_first(store: stigraph.Store) -> None:
    assert nearest(store, "戦略的国際共同研究プログラマ")[0].iri == ID + "programme/sicorp"
    plans = [thing.iri for thing in nearest(store, "第８期科学技術・イノベーション基本計画", limit=2)]
    assert set(plans) == {ID + "document/basic-plan-6", ID + "document/basic-plan-7"}
    assert len(nearest(store, "基本計画", limit=3)) == 3


def test_every_number_of_a_plan_stays_its_own(store: stigraph.Store) -> None:
    found: dict[str, set[str]] = {}
    for number, kanji, word in ((5, "五", "Fifth"), (6, "六", "Sixth"), (7, "七", "Seventh")):
        wide = chr(ord("０") + number)
        typed = [f"第{digit}期基本計画" for digit in (number, wide, kanji)] + [
            f"{number}th Basic Plan",
            f"{word} Basic Plan",
        ]
        found[word] = {resolve(store, name).iri for name in typed}
    assert found == {
        "Fifth": {ID + "document/basic-plan-5"},
        "Sixth": {ID + "document/basic-plan-6"},
        "Seventh": {ID + "document/basic-plan-7"},
    }


def test_the_name_of_a_recommendation_is_never_the_plan(store: stigraph.Store) -> None:
    for name in store.names_of([resolve(store, "第6期科学技術基本計画にむけた提言").number]):
        assert resolve(store, name[1]).iri == ID + "document/plan-6-recommendation-2019"


def test_labels_of_programmes_and_documents_mean_themselves_or_are_told_apart(store: stigraph.Store) -> None:
    things = store.of_type("sti:Programme", "sti:Plan", "sti:Strategy", "sti:Recommendation", "sti:FundingAgency")
    assert len(things) > 50
    for thing in things:
        for label in filter(None, (thing.ja, thing.en)):
            try:
                assert resolve(store, label).iri == thing.iri
            except AmbiguousNameError as error:
                assert any(thing.iri.endswith(iri.partition(":")[2]) for _, iri in error.candidates)


def test_two_things_of_one_name_are_both_listed(planted: Callable[[Path], stigraph.Store]) -> None:
    store = planted(_HERE / "data")
    with pytest.raises(AmbiguousNameError) as caught:
        resolve(store, "ＴＷＩＮ")
    assert caught.value.exit_code == 1
    assert [iri for _, iri in caught.value.candidates] == ["programme:left", "programme:right"]
    assert "is 2 things" in str(caught.value)
    assert resolve(store, "左の事業").iri == ID + "programme/left"
    assert resolve(store, "programme:right").iri == ID + "programme/right"


def test_the_work_is_meant_and_not_the_source_that_copies_it(planted: Callable[[Path], stigraph.Store]) -> None:
    store = planted(_HERE / "data")
    assert resolve(store, "双子の報告").iri == ID + "document/twin-report"


def test_of_many_things_of_one_name_the_curated_come_first_and_twenty_are_listed(
    planted: Callable[[Path], stigraph.Store], tmp_path: Path
) -> None:
    shutil.copytree(_HERE / "data", tmp_path / "data")
    with (tmp_path / "data" / "catalogue" / "things.ttl").open("a", encoding="utf-8") as catalogue:
        for year in range(2001, 2031):
            label, other = ("TWIN", "一つ") if year == 2015 else ("一つ", "TWIN")
            catalogue.write(f'programme:rs-{year}-mext-1 a sti:Programme ; skos:prefLabel "{label}"@ja ;\n')
            catalogue.write(f'  skos:altLabel "{other}"@ja .\n')
    with pytest.raises(AmbiguousNameError) as caught:
        resolve(planted(tmp_path / "data"), "ＴＷＩＮ")
    listed = [iri for _, iri in caught.value.candidates]
    imported = [f"programme:rs-{year}-mext-1" for year in (2015, *range(2001, 2015), *range(2016, 2031))]
    assert listed == ["programme:left", "programme:right", *imported]
    said = str(caught.value).splitlines()
    assert "is 32 things" in said[0] and said[-1] == "  … and 12 more."
    assert [line.partition("<")[2].rstrip(">") for line in said[1:-1]] == listed[:20]


@pytest.mark.parametrize("command", ["lineage", "show"])
def test_on_the_command_line_not_found_and_ambiguous_exit_1(run: Run, command: str) -> None:
    absent = run(command, "第８期基本計画")
    assert (absent.returncode, absent.stdout) == (1, "")
    assert absent.stderr.startswith("stigraph: Nothing is called “第８期基本計画”. The nearest names are:")
    assert re.search(r"<document:basic-plan-[567]>", absent.stderr)
    ambiguous = run(command, "科学技術外交のあり方に関する有識者懇談会")
    assert (ambiguous.returncode, ambiguous.stdout) == (1, "")
    assert "<document:science-diplomacy-panel-report-2015>" in ambiguous.stderr
    assert "<organization:science-diplomacy-panel>" in ambiguous.stderr
    assert "2 things" in ambiguous.stderr


def test_the_name_of_a_ministry_means_the_ministry(sheets_store: stigraph.Store) -> None:
    named = sheets_store.things(sheets_store.named(fold("厚生労働省"))).values()
    assert {thing.type for thing in named} == {"sti:Ministry", "sti:Organization"}
    assert resolve(sheets_store, "厚生労働省").iri.endswith("/organization/mhlw")
