"""What the sources disagree on is found with both places."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from stigraph import Store
from stigraph.discrepancies import discrepancies
from stigraph.vocab import slug

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
Run = Callable[..., "CompletedProcess[str]"]


def test_the_two_names_of_the_sixth_plan(store: Store) -> None:
    found = {slug(one.thing.iri): one for one in discrepancies(store)}["d000-plan-6-name"]
    assert [slug(thing.iri) for thing in found.subjects] == ["basic-plan-6"]
    places = {side.locator: side.printed for side in found.sides}
    assert "第6期科学技術基本計画" in (places["L98-L101"] or "")
    assert any("第6期科学技術・イノベーション基本計画" in (printed or "") for printed in places.values())


def test_every_discrepancy_has_two_places_and_both_languages(store: Store) -> None:
    for found in discrepancies(store):
        assert len(found.sides) >= 2, f"{found.thing.iri}: name both places with sti:between"
        assert set(found.descriptions) >= {"ja", "en"}, f"{found.thing.iri}: describe it in both languages"
        assert found.subjects, f"{found.thing.iri}: say what it is about with sti:subject"


def test_command_prints_both_passages(run: Run) -> None:
    result = run("discrepancies", "--format", "json")
    assert result.returncode == 0, result.stderr
    listed = {slug(one["id"]): one for one in json.loads(result.stdout)}
    sources = {side["source"] for side in listed["d004-sakura-science-name"]["between"]}
    assert sources == {"mext-international-draft-budget-fy2021", "mext-international-budget-fy2021"}


def test_verify_finds_every_passage(run: Run) -> None:
    if not SEEDS.is_dir():
        pytest.skip("the source texts (../shared/seeds) are not on this machine")
    result = run("verify", "--texts", str(SEEDS), "--format", "json")
    assert result.returncode == 0, result.stdout
    content = json.loads(result.stdout)
    assert content["misses"] == []
    assert content["count"] > 1500


def test_verify_names_what_is_not_at_its_place(run: Run, tmp_path: Path) -> None:
    if not SEEDS.is_dir():
        pytest.skip("the source texts (../shared/seeds) are not on this machine")
    text = next(SEEDS.glob("000_*.txt")).read_text(encoding="utf-8")
    (tmp_path / "000_moved.txt").write_text("\n" + text, encoding="utf-8")
    result = run("verify", "--texts", str(tmp_path))
    assert result.returncode == 1
    assert "statement:d000-l101 sti:quote is not at" in result.stdout
    assert "ANOTHER EDITION" in result.stdout


def test_verify_without_texts_is_a_no(run: Run, tmp_path: Path) -> None:
    result = run("verify", "--texts", str(tmp_path))
    assert result.returncode == 1
    assert "0 passages looked up" in result.stdout
