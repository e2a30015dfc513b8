"""`fold` makes spellings equal and keeps numbers apart; `squeeze` keeps every character; `bigrams`."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stigraph.japanese import bigrams, fold, squeeze

_HERE = Path(__file__).parent


def _rows(name: str) -> list[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", _rows("equal.csv"), ids=lambda row: f"{row['left']}={row['right']}")
def test_spellings_of_one_name_are_equal(row: dict[str, str]) -> None:
    assert fold(row["left"]) == fold(row["right"]), row["why"]


@pytest.mark.parametrize("row", _rows("different.csv"), ids=lambda row: f"{row['left']}≠{row['right']}")
def test_two_names_stay_apart(row: dict[str, str]) -> None:
    assert fold(row["left"]) != fold(row["right"]), row["why"]


@pytest.mark.parametrize("row", _rows("folded.csv"), ids=lambda row: row["text"])
def test_folded_form(row: dict[str, str]) -> None:
    assert fold(row["text"]) == row["folded"]


_NUMBERS = st.sampled_from(
    [
        *[
            "第６期",
            "第六期",
            "第 5 期",
            "5期",
            "第二次",
            "第十回",
            "令和元年",
            "令和 ２ 年度",
            "平成三十年",
            "2020年度",
            "２０２１",
        ],
        *[" 6th ", " Fifth ", " FY2021 ", "①", "７", ""],
    ]
)
_WORDS = st.sampled_from(
    [
        *["計画", "基本", "イノベーション", "イノベ－ション", "ｲﾉﾍﾞ", "⽂部", "⻑い", "が", "𠮷", "㈱", "一", "ー"],
        *["SICORP ", " ＷＰＩ ", " and "],
    ]
)
_SEPARATORS = st.sampled_from([*" 　・、（）()/／-", ""])
names = st.lists(st.tuples(_WORDS, _SEPARATORS, _NUMBERS, _SEPARATORS).map("".join), max_size=5).map("".join)


@given(names)
def test_fold_is_idempotent(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text(max_size=40))
def test_fold_takes_any_text_and_leaves_letters_and_digits(text: str) -> None:
    folded = fold(text)
    assert not folded or folded.isalnum()


@given(names)
def test_width_and_case_never_matter(name: str) -> None:
    wide = "".join(chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else character for character in name)
    assert fold(wide) == fold(name)
    assert fold(name.upper()) == fold(name.lower())


@given(st.integers(1, 99), st.integers(1, 99))
def test_plans_of_two_numbers_are_never_one(left: int, right: int) -> None:
    assert (fold(f"第{left}期基本計画") == fold(f"第{right}期基本計画")) == (left == right)


@given(st.integers(1950, 2049), st.integers(1950, 2049))
def test_years_are_never_one(left: int, right: int) -> None:
    assert (fold(f"統合イノベーション戦略{left}年度") == fold(f"統合イノベーション戦略{right}")) == (left == right)


@given(st.text(max_size=60))
def test_squeeze_keeps_every_character_but_layout(text: str) -> None:
    plain = "".join(character for character in text if character not in "<>*&\\_;")
    wanted = "".join(plain.replace("\ufeff", "").split())
    assert squeeze(plain) == wanted


def test_squeeze_takes_out_the_markup_of_an_extraction_and_keeps_print() -> None:
    printed = "- **相手国との合意に基づく国際\n 共同研究**を「強力に」推進する。R&amp;D 支援\\_機関"
    assert squeeze(printed) == "-相手国との合意に基づく国際共同研究を「強力に」推進する。R&D支援_機関"
    assert squeeze("第３階層※") == "第３階層※"
    assert squeeze("値 < 5 かつ 値 > 3") == "値<5かつ値>3"


@given(st.text(alphabet="量子技術計画abc1", max_size=20))
def test_bigrams_rebuild_the_text(key: str) -> None:
    grams = list(bigrams(key))
    if len(key) < 2:
        assert grams == list(key)
    else:
        assert grams[0] + "".join(gram[-1] for gram in grams[1:]) == key
        assert all(len(gram) == 2 for gram in grams)
