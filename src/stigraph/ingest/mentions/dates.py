"""The note after a name: when the plan was decided, of which edition or period it is."""

import re
from typing import NamedTuple

from stigraph.japanese.eras import KANJI_NUMBER, gregorian_year, kanji_number

__all__ = [
    "NUMBER",
    "Note",
    "dates_before",
    "dates_of_making",
    "edition_of",
    "iso_dates",
    "note_after",
    "note_of",
    "says_decided",
]

_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
NUMBER = rf"第\s?(\d{{1,2}}|{KANJI_NUMBER}|[{_ROMAN}])\s?([期次])"
"""The edition of a plan: 第5期, 第二次, 第Ⅲ期."""

_CLOSING = ("」", "』")
_BRACKET = re.compile(r"[」』]?\s?\(([^()]{2,60}(?:\([^()]{0,20}\)[^()]{0,20})?)\)")
_UNBRACKETED = re.compile(
    r"[」』]\s?((?:平成|令和)\s?(?:元|\d{1,2})年\d{1,2}月(?:\d{1,2}日)?[^()、。「」『』]{0,25}決定)(?=[)、。及や]|に)"
)
_EDITION_NOTE = re.compile(rf"{NUMBER}(?:基本方針|計画)?$")
_YEAR_NOTE = re.compile(r"(?:(平成|令和)(元|\d{1,2})年度?|(20\d\d)年?度?)改[訂定]版$")
_PERIOD_NOTE = re.compile(r"[^()]*年度?\s?[~～〜\-－]\s?[^()]*年度?")
_WHOLE = "全国計画"
_DECIDED_BEFORE = re.compile(
    r"((?:平成|令和|[HR])\s?(?:元|\d{1,2})[年.]\s?(?:\d{1,2}月?\s?(?:\d{1,2}日)?)?|20\d\d年\s?(?:\d{1,2}月\s?(?:\d{1,2}日)?)?)"
    r"\s?(?:\([^()]{2,20}\))?(?:に|付で?|付けで?)?\s?(?:新たに)?(?:[^、。「」『』()]{2,30}(?:により|において|が|で))?"
    r"(?:閣議決定|決定|策定|改定|改訂|公表|とりまとめ|取りまとめ)(?:等|が)?(?:され|し|なされ)(?:た|ている)?\s?(?:最新の|新たな)?"
    r"、?(?:第[\d一二三四五六七八九十]+[期次])?[「『]*$"
)
_DECISION_BEFORE = re.compile(r"((?:平成|令和)\s?(?:元|\d{1,2})年\d{1,2}月(?:\d{1,2}日)?)の?閣議決定[「『]$")
_BEFORE = 80
_THEN = re.compile(
    r"((?:平成|令和|[HR])\s?(?:元|\d{1,2})[年.]\s?\d{1,2}月?\s?(?:\d{1,2}日)?|20\d\d年\s?\d{1,2}月\s?(?:\d{1,2}日)?)"
    r"に(?:は、?)?"
    r"(?:[^、。「」『』()]{2,30}が)?[「『]*$"
)
_MADE = re.compile(
    r"[」』]?(?:\([^()]*\))?を(?:新たに)?(?:策定|決定|改定|改訂|公表|取りまとめ|とりまとめ)(?!予定|する|に|予|へ|を)"
)
_DECISION = re.compile(r"決定|策定|改定|改訂|答申|報告|とりまとめ|取りまとめ|公表|制定|了解|決議|採択|建議")
_ERA_DATE = re.compile(
    rf"(明治|大正|昭和|平成|令和|[MTSHR])\s?(元|\d{{1,2}}|{KANJI_NUMBER})"
    r"(?:年度?|\.)\s?(?:(\d{1,2})(?:月|\.|(?<=\.\d)(?!\d)|(?<=\.\d\d)(?!\d))\s?(?:(\d{1,2})日?)?)?"
)
_DATE = re.compile(r"((?:19|20)\d\d)(?:年度?|[./])\s?(?:(\d{1,2})(?:月|[./])\s?(?:(\d{1,2})日?)?)?")
_ERAS = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}


class Note(NamedTuple):
    """What the brackets after a name say; ``end`` is where they end, and ``text`` all that stands in them."""

    end: int
    text: str
    number: int | None
    counter: str
    year: str | None
    period: str
    dates: tuple[str, ...]


def note_after(plain: str, end: int) -> Note | None:
    """Read the one or two brackets after a name that say edition, period or decision; None where there is none.

    After 」 a bracket that says none of these is passed over where the next one tells of the decision.

    >>> note_after("計画（第三次）".translate({0xFF08: "(", 0xFF09: ")"}), 2)[2:4]
    (3, '次')
    >>> note_after("「重要方針」(総人件費改革)(平成17年12月24日閣議決定)", 5).dates
    ('2005-12-24',)
    """
    texts: list[str] = []
    bare = _UNBRACKETED.match(plain, end)
    if bare is not None:
        return note_of([bare[1]], bare.end())
    first = _BRACKET.match(plain, end) if plain[end : end + 1] in _CLOSING else None
    if first is not None and not _is_note(first[1]):
        second = _BRACKET.match(plain, first.end())
        end = first.end() if second is not None and _DECISION.search(second[1]) else end
    while len(texts) < 2 and (match := _BRACKET.match(plain, end)) is not None and _is_note(match[1]):
        texts.append(match[1])
        end = match.end()
    return note_of(texts, end) if texts else None


def _is_note(text: str) -> bool:
    return bool(
        text == _WHOLE
        or _DECISION.search(text)
        or _ERA_DATE.search(text)
        or _DATE.search(text)
        or _PERIOD_NOTE.fullmatch(text)
    ) or bool(_EDITION_NOTE.match(text) or _YEAR_NOTE.match(text))


def note_of(texts: list[str], end: int) -> Note:
    """Read the texts of brackets, from their first to their last."""
    number, counter, year, period = None, "", None, ""
    dates: list[str] = []
    for text in texts:
        if (match := _EDITION_NOTE.match(text)) is not None:
            number, counter = edition_of(match)
        elif (match := _YEAR_NOTE.match(text)) is not None:
            year = match[3] or str(gregorian_year(match[1], match[2]))
        elif _PERIOD_NOTE.fullmatch(text):
            period = text
        else:
            dates += iso_dates(text)
    return Note(end, " ".join(texts), number, counter, year, period, tuple(dates))


def says_decided(note: Note | None) -> bool:
    """Tell whether a note says that the plan was decided."""
    return note is not None and _DECISION.search(note.text) is not None


def edition_of(match: re.Match[str] | None) -> tuple[int | None, str]:
    """Give number and counter of a match of `NUMBER`."""
    if match is None:
        return None, ""
    digits = match[1]
    if digits in _ROMAN:
        return _ROMAN.index(digits) + 1, match[2]
    return (int(digits) if digits.isdecimal() else kanji_number(digits)), match[2]


def dates_before(plain: str, start: int) -> tuple[str, ...]:
    """Read the date that stands before a name: 平成28年1月22日に閣議決定された「…」."""
    first = max(0, start - _BEFORE)
    match = _DECIDED_BEFORE.search(plain, first, start) or _DECISION_BEFORE.search(plain, first, start)
    return iso_dates(match[1]) if match else ()


def dates_of_making(plain: str, start: int, end: int) -> tuple[str, ...]:
    """Read the day on which a name is said to have been made: 平成26年5月に「…」を策定した.

    >>> text = "平成26年5月に行動計画を策定した。"
    >>> dates_of_making(text, 8, 12), dates_of_making(text.replace("した", "予定"), 8, 12)
    (('2014-05',), ())
    """
    then = _THEN.search(plain, max(0, start - _BEFORE), start)
    return iso_dates(then[1]) if then and _MADE.match(plain, end) else ()


def iso_dates(note: str) -> tuple[str, ...]:
    """Read the dates of a note as ISO dates, as precise as they are printed; a span of fiscal years is none.

    >>> iso_dates("平成28年1月22日閣議決定"), iso_dates("R3.3.26"), iso_dates("令和元年6月"), iso_dates("2018年6月15日")
    (('2016-01-22',), ('2021-03-26',), ('2019-06',), ('2018-06-15',))
    """
    found = [
        (match.start(), str(gregorian_year(_ERAS.get(match[1], match[1]), match[2])), match[3], match[4])
        for match in _ERA_DATE.finditer(note)
    ]
    found += [(match.start(), match[1], match[2], match[3]) for match in _DATE.finditer(note)]
    return tuple(
        "-".join([year, *(f"{int(part):02}" for part in parts if part)])
        for _, year, *parts in sorted(found, key=lambda one: one[0])
    )
