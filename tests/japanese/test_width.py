"""Columns of a terminal: widths, clipping and wrapping."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stigraph.japanese import clip, display_width, wrap

_TEXT = st.text(
    alphabet=st.sampled_from([*"国際共同研究、。」）・ーゃ「（ー基本計画", *"abcdefgh (),.%-", *"２Ａ…—│"]),
    max_size=120,
)


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("SICORP", 6), ("基本計画", 8), ("ｱｲ", 2), ("が", 2), ("…", 2), ("Ａ", 2), ("a\u0301", 1), ("𠮷", 2)],
)
def test_display_width(text: str, width: int) -> None:
    assert display_width(text) == width


@given(_TEXT, st.integers(2, 60))
def test_clip_keeps_within_the_columns_and_says_that_it_cut(text: str, columns: int) -> None:
    clipped = clip(text, columns)
    assert display_width(clipped) <= columns
    if clipped != text:
        assert clipped.endswith("…")
        assert text.startswith(clipped[:-1])


@given(_TEXT, st.integers(4, 60))
def test_wrap_loses_nothing(text: str, columns: int) -> None:
    assert "".join("".join(wrap(text, columns)).split()) == "".join(text.split())


@given(_TEXT, st.integers(4, 60))
def test_wrap_keeps_within_the_columns_but_for_one_hanging_character(text: str, columns: int) -> None:
    for line in wrap(text, columns):
        assert display_width(line) <= columns or (
            display_width(line[:-1]) <= columns and line[-1] in "、。」）・ーゃ),.%"
        ), line


def test_no_line_begins_with_a_stop_or_a_closing_bracket() -> None:
    lines = list(wrap("国際共同研究を推進する。「総合知」、イノベーション。" * 4, 20))
    assert all(line[0] not in "。、」ョー" for line in lines)


def test_a_long_word_is_broken_and_words_are_not() -> None:
    assert list(wrap("Strategic International Collaborative", 16)) == ["Strategic", "International", "Collaborative"]
    assert list(wrap("https://example.org/abcdefghij", 10)) == ["https://ex", "ample.org/", "abcdefghij"]


def test_line_breaks_in_a_text_do_not_break_lines() -> None:
    assert list(wrap("第6期\n基本\t計画", 40)) == ["第6期 基本 計画"]


def test_a_word_is_not_broken_where_a_line_ends_early_for_closing_marks() -> None:
    assert list(wrap("2023年度に始まり（L596）、報告書", 22)) == ["2023年度に始まり（", "L596）、報告書"]


def test_no_line_after_the_first_begins_with_a_space() -> None:
    lines = list(wrap("  国際\n  共同研究  を推進  する", 8))
    assert lines == ["  国際", "共同研究", "を推進", "する"]
