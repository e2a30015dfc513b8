"""Every quoted word is at the place the graph gives; and a wrong place is noticed."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from stigraph.errors import StoreError
from stigraph.passages import check_passages, lines_at

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
TEXT = "一\n国際的な責務と<b>総合的な</b>\n安全保障 &amp; 開発\n（令和2年7月、**戦略2020**）\n1,078百万円\n"
PAGE = """PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sti: <https://w3id.org/stigraph/ns#>
PREFIX budget: <https://w3id.org/stigraph/id/budget/>
PREFIX source: <https://w3id.org/stigraph/id/source/>
PREFIX statement: <https://w3id.org/stigraph/id/statement/>
source:page a sti:Source ; skos:notation "900" ; sti:sha256 "DIGEST" .
statement:a sti:quote "責務と総合的な安全保障 & 開発"@ja ; sti:citedAs "令和2年7月、戦略2020" ;
  sti:locator "L2-L3; L4" ; prov:wasDerivedFrom source:page .
budget:b sti:asPrinted "1,078百万円" ; sti:locator "L5" ; prov:wasDerivedFrom source:page .
"""
SOURCE = "https://w3id.org/stigraph/id/source/page"


def test_every_passage_of_the_curated_data_is_at_its_place(record_property: Callable[[str, object], None]) -> None:
    if not SEEDS.is_dir():
        pytest.skip(f"the source texts are not at {SEEDS}; they stay outside the project")
    check = check_passages(SEEDS, ROOT / "data")
    print(f"{check.count} passages looked up: {check.checked}")
    record_property("passages", check.count)
    assert not check.misses, "\n".join(map(str, check.misses))
    assert not check.changed, f"the texts of {check.changed} are not those the graph was read from"
    assert not check.without_text, f"no text for {check.without_text}"
    assert check.count > 1500
    assert len(check.checked) == 5
    assert all(kinds["quote"] > 10 and kinds["asPrinted"] > 10 for kinds in check.checked.values())


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A text, and a folder of data with three passages of it."""
    texts, data = tmp_path / "texts", tmp_path / "data"
    texts.mkdir()
    (data / "sources").mkdir(parents=True)
    (texts / "any-name.txt").write_text(TEXT, encoding="utf-8", newline="")
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    (data / "sources/page.ttl").write_text(PAGE.replace("DIGEST", digest), encoding="utf-8")
    return texts, data


def test_layout_and_markup_do_not_matter_and_the_name_of_the_file_neither(folders: tuple[Path, Path]) -> None:
    check = check_passages(*folders)
    assert check.misses == () and check.changed == []
    assert check.checked == {SOURCE: {"quote": 1, "citedAs": 1, "asPrinted": 1}}


@pytest.mark.parametrize(
    ("find", "replace", "kinds"),
    [
        ('"L5"', '"L4"', ["asPrinted"]),
        ('"L2-L3; L4"', '"L3; L4"', ["quote"]),
        ('"L2-L3; L4"', '"L2-L3"', ["citedAs"]),
        ('"L2-L3; L4"', '"2行目"', ["quote", "citedAs"]),
        ('"L5"', '"L5-L99"', ["asPrinted"]),
        ('"L5"', '"L5-L4"', ["asPrinted"]),
        ("1,078百万円", "１,078百万円", ["asPrinted"]),
        ("総合的な安全", "総合的安全", ["quote"]),
        ('"1,078百万円"', '""', ["asPrinted"]),
    ],
)
def test_a_wrong_place_or_word_is_reported(
    folders: tuple[Path, Path], find: str, replace: str, kinds: list[str]
) -> None:
    page = folders[1] / "sources/page.ttl"
    text = page.read_text(encoding="utf-8")
    assert text.count(find) == 1
    page.write_text(text.replace(find, replace), encoding="utf-8")
    check = check_passages(*folders)
    assert [miss.kind for miss in check.misses] == kinds
    assert check.count == 3


def test_a_miss_says_where_the_passage_is_instead(folders: tuple[Path, Path]) -> None:
    page = folders[1] / "sources/page.ttl"
    page.write_text(page.read_text(encoding="utf-8").replace('"L2-L3; L4"', '"L1; L4"'), encoding="utf-8")
    (miss,) = check_passages(*folders).misses
    assert (miss.source, miss.path, miss.locator, miss.elsewhere) == (SOURCE, folders[0] / "any-name.txt", "L1; L4", 2)
    assert "statement:a sti:quote is not at L1; L4; it begins on L2: 責務と" in str(miss)


def test_another_text_of_the_same_code_is_used_and_said(folders: tuple[Path, Path]) -> None:
    texts, data = folders
    (texts / "any-name.txt").rename(texts / "900_other.txt")
    (texts / "900_other.txt").write_text(TEXT.replace("1,078", "1,079"), encoding="utf-8", newline="")
    check = check_passages(texts, data)
    assert check.changed == [SOURCE]
    assert [miss.kind for miss in check.misses] == ["asPrinted"]


def test_a_source_without_text_is_said(folders: tuple[Path, Path]) -> None:
    (folders[0] / "any-name.txt").write_text("another text", encoding="utf-8")
    check = check_passages(*folders)
    assert (check.count, check.without_text) == (0, {SOURCE: 3})


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path, folders: tuple[Path, Path]) -> None:
    with pytest.raises(StoreError, match="is not a folder"):
        check_passages(tmp_path / "nowhere", folders[1])
    with pytest.raises(StoreError, match=r"holds no sources/\*\.ttl"):
        check_passages(folders[0], tmp_path / "nowhere")


@pytest.mark.parametrize("locator", ["", "L0", "L4", "L2-L1", "l1", "L1,L2", "L1;", "L1 L2"])
def test_a_malformed_locator_names_no_lines(locator: str) -> None:
    assert lines_at(locator, ["a", "b", "c"]) is None
