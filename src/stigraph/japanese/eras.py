"""Era years (元号) and kanji numerals.

The first years of the eras are those of the Era Name Act and its Cabinet Orders: 昭和 1926, 平成 1989, 令和 2019.
"""

import re

__all__ = ["KANJI_NUMBER", "gregorian_year", "kanji_number", "replace_era_years"]

_FIRST_YEAR = {
    "明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019,
    "M": 1868, "T": 1912, "S": 1926, "H": 1989, "R": 2019,
}  # fmt: skip
_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
KANJI_NUMBER = r"(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[〇一二三四五六七八九]{1,2})"
_ERA_YEAR = rf"(明治|大正|昭和|平成|令和)\s*(元|\d{{1,2}}|{KANJI_NUMBER})\s*年"


def kanji_number(text: str) -> int:
    """Read a number under 100 in kanji, one that `KANJI_NUMBER` matches.

    >>> kanji_number("二十三"), kanji_number("十"), kanji_number("六"), kanji_number("二〇")
    (23, 10, 6, 20)
    """
    if "十" not in text:
        return int("".join(str(_DIGITS[character]) for character in text))
    tens, _, ones = text.partition("十")
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def gregorian_year(era: str, year: str) -> int:
    """Turn an era year into a Gregorian year; for 年度 it is the year in which the fiscal year begins in April.

    >>> gregorian_year("平成", "21"), gregorian_year("令和", "元"), gregorian_year("R", "4")
    (2009, 2019, 2022)
    """
    if year == "元":
        number = 1
    elif year.isdecimal():
        number = int(year)
    else:
        number = kanji_number(year)
    return _FIRST_YEAR[era] + number - 1


def replace_era_years(text: str) -> str:
    """Write every era year of a text as a Gregorian one.

    >>> replace_era_years("令和元年12月、平成 21 年度")
    '2019年12月、2009年度'
    """
    return re.sub(_ERA_YEAR, lambda match: f"{gregorian_year(match[1], match[2])}年", text)
