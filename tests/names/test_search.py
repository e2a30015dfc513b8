"""Searching by part of a name, passage or description."""

import csv
import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

import stigraph
from stigraph.japanese import fold
from stigraph.names import search
from stigraph.store.reading import Thing
from stigraph.vocab import ID

_HERE = Path(__file__).parent
Run = Callable[..., CompletedProcess[str]]


def _rows() -> list[dict[str, str]]:
    with (_HERE / "search.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _found(store: stigraph.Store, text: str, limit: int = 1000) -> list[str]:
    return [hit.thing.iri.removeprefix(ID) for hit in search(store, text, limit=limit)]


@pytest.mark.parametrize("row", _rows(), ids=lambda row: f"{row['text']}→{row['found']}")
def test_search_finds(store: stigraph.Store, row: dict[str, str]) -> None:
    found = _found(store, row["text"])
    assert row["found"] in found if row["found"] else found == [], row["why"]


def test_every_hit_of_a_name_holds_the_words(store: stigraph.Store) -> None:
    for text in ("量子", "防災", "国際 研究", "Strategy"):
        hits = search(store, text, limit=1000)
        assert hits
        for hit in hits:
            if hit.matched is not None:
                assert all(fold(word) in fold(hit.matched) for word in text.split())


def test_two_characters_find_everything_that_has_them(store: stigraph.Store) -> None:
    rows = store.index.execute("SELECT DISTINCT thing FROM name WHERE key LIKE '%量子%'")
    named = {store.thing(row[0]).iri for row in rows}
    hits = search(store, "量子", limit=10_000)
    assert named
    assert named <= {hit.thing.iri for hit in hits}
    ranked = [hit.matched is None for hit in hits]
    assert ranked == sorted(ranked), "those named so come first"


def test_width_and_case_do_not_matter(store: stigraph.Store) -> None:
    assert _found(store, "ＳＩＣＯＲＰ") == _found(store, "sicorp") == _found(store, "SICORP")
    assert _found(store, "SICORP")[0] == "programme/sicorp"


def test_types_are_a_filter(store: stigraph.Store) -> None:
    every = search(store, "国際", limit=10_000)
    programmes = search(store, "国際", types=["sti:Programme"], limit=10_000)
    both = search(store, "国際", types=["sti:Programme", "sti:Statement"], limit=10_000)
    assert {hit.thing.type for hit in programmes} == {"sti:Programme"}
    assert {hit.thing.type for hit in both} == {"sti:Programme", "sti:Statement"}
    assert {hit.thing.iri for hit in programmes} == {
        hit.thing.iri for hit in every if hit.thing.type == "sti:Programme"
    }


def test_limit_keeps_the_best(store: stigraph.Store) -> None:
    assert _found(store, "国際", limit=3) == _found(store, "国際")[:3]


def test_a_search_for_what_everything_bears_looks_up_only_what_it_shows(
    planted: Callable[[Path], stigraph.Store], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(_HERE / "data", tmp_path / "data")
    with (tmp_path / "data" / "catalogue" / "things.ttl").open("a", encoding="utf-8") as catalogue:
        for number in range(6000):
            label = "光の事業" if number == 5999 else f"光の事業{'そ' * (number % 7 + 1)}{number}"
            catalogue.write(f'programme:p{number:04} a sti:Programme ; skos:prefLabel "{label}"@ja .\n')
    store = planted(tmp_path / "data")
    asked: list[int] = []
    look_up = store.things

    def count(numbers: Iterable[int]) -> dict[int, Thing]:
        found = look_up(numbers)
        asked.append(len(found))
        return found

    monkeypatch.setattr(store, "things", count)
    assert _found(store, "光の事業", limit=3) == ["programme/p5999", "programme/p0000", "programme/p0007"]
    assert asked == [3]
    assert len(_found(store, "事業", limit=10_000)) == 6002


def test_a_phrase_does_not_run_from_one_name_into_the_next(planted: Callable[[Path], stigraph.Store]) -> None:
    store = planted(_HERE / "data")
    assert _found(store, "量子技術") == []
    assert _found(store, "量子技") == []
    assert _found(store, "子技術") == ["programme/left"]
    assert _found(store, "基礎量子") == ["programme/left"]
    assert _found(store, "防災") == ["programme/left"]
    assert _found(store, "𠮷野") == ["programme/right"]


@pytest.mark.parametrize("text", ["", " ", "　", "・", "\"'", "()", "*"])
def test_nothing_to_look_for_finds_nothing(store: stigraph.Store, text: str) -> None:
    assert search(store, text) == []


def test_one_character_finds_what_holds_it_and_nothing_else(store: stigraph.Store) -> None:
    for character in ("量", "z", "7", "技", "鮮"):
        rows = store.index.execute("SELECT DISTINCT thing FROM name WHERE key LIKE ?", [f"%{character}%"])
        hits = search(store, character, limit=10_000)
        assert {row[0] for row in rows} <= {hit.thing.number for hit in hits}
        for hit in hits:
            facts = [fact.value for fact in store.facts_of([hit.thing.number]) if fact.value]
            assert any(character in fold(value) for value in facts), (character, hit)


@pytest.mark.parametrize(
    "text",
    [
        "量子 OR 防災",
        "NEAR(量子 防災)",
        "量子*",
        '"量子"',
        "names : 量子",
        "量子 NOT 技術",
        "^量子",
        "{量子}",
        "量子+技術",
        "-量子",
    ],
)
def test_operators_of_the_index_are_only_words(store: stigraph.Store, text: str) -> None:
    words = [fold(word) for word in text.split() if fold(word)]
    for hit in search(store, text, limit=10_000):
        values = [fold(fact.value) for fact in store.facts_of([hit.thing.number]) if fact.value]
        assert all(any(word in value for value in values) for word in words), hit.thing.iri


def test_on_the_command_line(run: Run) -> None:
    table = run("search", "ＳＡＴＲＥＰＳ", "--type", "Programme", "--limit", "1", "--lang", "ja")
    assert table.returncode == 0
    assert table.stdout.split() == [
        "地球規模課題対応国際科学技術協力プログラム",
        "Programme",
        "programme:satreps",
        "=",
        "SATREPS",
    ]
    rows = json.loads(run("search", "satreps", "--format", "json").stdout)
    lines = [json.loads(line) for line in run("search", "satreps", "--format", "jsonl").stdout.splitlines()]
    table_rows = list(csv.DictReader(run("search", "satreps", "--format", "csv").stdout.splitlines()))
    assert rows == lines
    assert rows[0] == {
        "id": ID + "programme/satreps",
        "type": "sti:Programme",
        "ja": "地球規模課題対応国際科学技術協力プログラム",
        "en": "Science and Technology Research Partnership for Sustainable Development (SATREPS)",
        "matched": "SATREPS",
    }
    assert [row["id"] for row in table_rows] == [row["id"] for row in rows]
    absent = run("search", "qqqxxx")
    assert (absent.returncode, absent.stdout) == (1, "")
    assert "qqqxxx" in absent.stderr


def test_a_class_that_no_sheet_names_finds_none_of_its_things(sheets_store: stigraph.Store) -> None:
    assert {hit.thing.type for hit in search(sheets_store, "架空の概要", types=["sti:Statement"])} == {"sti:Statement"}
    for kind in ("sti:BudgetLine", "sti:Transfer", "sti:Observation"):
        assert search(sheets_store, "架空の概要", types=[kind]) == []
