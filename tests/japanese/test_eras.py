"""Era years there and back."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stigraph.japanese import gregorian_year, replace_era_years
from stigraph.japanese.eras import kanji_number

_SPANS = {"明治": (1868, 45), "大正": (1912, 15), "昭和": (1926, 64), "平成": (1989, 31), "令和": (2019, 50)}
_DIGITS = "〇一二三四五六七八九"


def _rows() -> list[dict[str, str]]:
    with (Path(__file__).parent / "eras.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["era"] + row["year"])
def test_gregorian_year(row: dict[str, str]) -> None:
    assert gregorian_year(row["era"], row["year"]) == int(row["gregorian"])


def _kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


@given(st.integers(1, 99))
def test_kanji_numbers_there_and_back(number: int) -> None:
    assert kanji_number(_kanji(number)) == number


@given(st.sampled_from(sorted(_SPANS)), st.data())
def test_era_years_there_and_back(era: str, data: st.DataObject) -> None:
    first, last = _SPANS[era]
    number = data.draw(st.integers(1, last))
    gregorian = first + number - 1
    writings = [str(number), _kanji(number)] + (["元"] if number == 1 else [])
    for writing in writings:
        assert replace_era_years(f"（{era}{writing}年度～）") == f"（{gregorian}年度～）"
    assert gregorian - _SPANS[era][0] + 1 == number


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("令和元年12月、平成 21 年度", "2019年12月、2009年度"),
        ("平成27年9月に採択、平成28年5月に設置", "2015年9月に採択、2016年5月に設置"),
        ("令和3～7年度", "令和3～7年度"),
        ("令和の時代", "令和の時代"),
        ("昭和通り", "昭和通り"),
        ("平成十十年", "平成十十年"),
        ("令和" + "9" * 5000 + "年", "令和" + "9" * 5000 + "年"),
    ],
)
def test_only_era_years_are_replaced(text: str, wanted: str) -> None:
    assert replace_era_years(text) == wanted
