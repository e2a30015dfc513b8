"""Records of the JUDGIT! data set (FY2015-2023) as review sheets.

A record comes in whole or not at all: a field of the wrong type, a number that cannot be one, a year outside the
calendar refuses it, with the field and the reason. What is blank in the sheets the data set fills with 0: an amount of
0 is therefore not one, and neither is a dash a text. Amounts are in million yen. The field that names a person
(作成責任者) is never read, and payees keep a name only where it is that of a body.
"""

import math
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NoReturn

from stigraph.ingest.identity import is_ministry
from stigraph.ingest.model import DASHES, Amount, EarlierSheet, Measure, Payment, Sheet, Value
from stigraph.ingest.payees import named_payee, other_number
from stigraph.ingest.reading import Record
from stigraph.ingest.refusals import Refusal

__all__ = ["LARGEST_MILLIONS", "sheet_of"]

LARGEST_MILLIONS = 10**9
_FIRST_YEAR, _LAST_YEAR = 1868, 2100
_FIRST_SHEETS = 2010
_LONGEST = 100_000
_MANY = 10_000
_UNIT = "百万円"
_MILLION = 1_000_000
_HEISEI, _REIWA = 1988, 2018
_FIRST_IN_REIWA = 2019
_TAKEN_FOR_HEISEI = range(_HEISEI + 1, 2010)
_BUDGET = (
    ("当初予算", "Initial", True),
    ("補正予算", "Supplementary", False),
    ("前年度から繰越し", "CarriedIn", False),
    ("翌年度へ繰越し", "CarriedOut", False),
    ("予備費等", "Reserve", False),
    ("予算計", "Total", False),
    ("執行額", "Executed", True),
    ("要求額", "Request", True),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class _Misfit(Exception):
    """What does not fit: the field, and why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")


def sheet_of(record: Record) -> Sheet | Refusal:
    """Read a record as a review sheet, or say why it is none.

    >>> sheet_of(Record("a.ndjson", "line 1", {"公開年度": "2019"}, "")).reason
    '公開年度: a text where a whole number should be ("2019").'
    """
    try:
        return _sheet(record.fields, record.sha256)
    except _Misfit as misfit:
        return Refusal(record.path, record.place, str(misfit), *_named(record.fields))


def _named(fields: Mapping[str, Any]) -> tuple[int | None, str | None, str | None]:
    """Give year, ministry and number of a record that is refused, as far as they can be told."""
    year, ministry, number = (fields.get(name) for name in ("公開年度", "府省庁", "事業番号"))
    return (
        year if type(year) is int and _FIRST_SHEETS <= year <= _LAST_YEAR else None,
        ministry if isinstance(ministry, str) and is_ministry(ministry) else None,
        _shown(number).strip('"') if isinstance(number, str) and number.strip() else None,
    )


def _sheet(fields: Mapping[str, Any], sha256: str) -> Sheet:
    year = _year(fields, "公開年度", first=_FIRST_SHEETS)
    if year is None:
        _refuse("公開年度", "missing.")
    ministry = _needed(fields, "府省庁")
    if not is_ministry(ministry):
        _refuse("府省庁", f"no ministry is called {_shown(ministry)}.")
    start, end = _year(fields, "開始年度"), _year(fields, "終了年度")
    return Sheet(
        database="judgit",
        year=year,
        ministry=ministry,
        number=_number_of(fields),
        project=None,
        name=_needed(fields, "事業名"),
        start=start,
        end=end,
        bureau=_text(fields, "担当部局庁"),
        division=_text(fields, "担当課室"),
        accounts=_accounts(fields),
        methods=_texts(fields, "実施方法"),
        areas=_texts(fields, "主要施策"),
        purpose=_text(fields, "事業目的"),
        outline=_text(fields, "事業概要"),
        no_target_reason=_text(fields, "定量的な目標が設定できない理由"),
        url=_address(fields),
        amounts=_amounts(fields),
        measures=(*_outcomes(fields, year), *_outputs(fields)),
        payments=_payments(fields),
        earlier=_earlier(fields),
        plans=(),
        sha256=sha256 or None,
    )


# What a field holds


def _refuse(field: str, reason: str) -> NoReturn:
    raise _Misfit(field, reason)


def _shown(value: object) -> str:
    text = f'"{value}"' if isinstance(value, str) else repr(value)
    return (text if len(text) <= 40 else text[:39] + "…").encode("utf-8", "replace").decode()


_KINDS = {str: "a text", bool: "true or false", list: "a list", dict: "an object", type(None): "null"}


def _wrong(field: str, wanted: str, value: object) -> NoReturn:
    kind = _KINDS.get(type(value), "a number")
    _refuse(field, f"{kind} where {wanted} should be ({_shown(value)}).")


def _clean(field: str, value: object) -> str | None:
    """Give a text as printed, None where there is none or a dash for none; control characters are no print."""
    if value is None:
        return None
    if not isinstance(value, str):
        _wrong(field, "a text", value)
    if len(value) > _LONGEST:
        _refuse(field, f"longer than {_LONGEST:,} characters.")
    if not value.isprintable():
        try:
            value.encode()
        except UnicodeEncodeError:
            _refuse(field, "half of a character (a lone surrogate).")
        if _CONTROL.search(value):
            value = _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    value = value.strip()
    return None if DASHES.issuperset(value) else value


def _text(fields: Mapping[str, Any], field: str) -> str | None:
    return _clean(field, fields.get(field))


def _needed(fields: Mapping[str, Any], field: str) -> str:
    text = _clean(field, fields.get(field))
    return _refuse(field, "missing.") if text is None else text


def _list(fields: Mapping[str, Any], field: str, place: str | None = None) -> list[Any]:
    value = fields.get(field)
    if value is None:
        return []
    if not isinstance(value, list):
        _wrong(place or field, "a list", value)
    if len(value) > _MANY:
        _refuse(place or field, f"more than {_MANY:,} entries.")
    return value


def _objects(fields: Mapping[str, Any], field: str, place: str | None = None) -> list[dict[str, Any]]:
    found = _list(fields, field, place)
    for position, entry in enumerate(found, start=1):
        if not isinstance(entry, dict):
            _wrong(f"{place or field}[{position}]", "an object", entry)
    return found


def _texts(fields: Mapping[str, Any], field: str) -> tuple[str, ...]:
    found = (_clean(f"{field}[{position}]", entry) for position, entry in enumerate(_list(fields, field), start=1))
    return tuple(dict.fromkeys(text for text in found if text))


def _accounts(fields: Mapping[str, Any]) -> tuple[str, ...]:
    accounts = _texts(fields, "会計区分")
    for account in accounts:
        if not any(word in account for word in ("会計", "勘定", "予算")):
            _refuse("会計区分", f"no account is called {_shown(account)}.")
    return accounts


def _whole(field: str, value: object) -> int | None:
    if value is None:
        return None
    if type(value) is int:
        return value
    if type(value) is float and math.isfinite(value) and value.is_integer():
        return int(value)
    return _wrong(field, "a whole number", value)


def _year(fields: Mapping[str, Any], field: str, *, first: int = _FIRST_YEAR, place: str | None = None) -> int | None:
    value = _whole(place or field, fields.get(field))
    if value is not None and not first <= value <= _LAST_YEAR:
        _refuse(place or field, f"{_shown(value)} is no year between {first} and {_LAST_YEAR}.")
    return value


def _number(place: str, value: object) -> float | int | None:
    if value is None:
        return None
    if type(value) is not float and type(value) is not int:
        _wrong(place, "a number", value)
    if type(value) is float and not math.isfinite(value):
        _refuse(place, f"{value} is no number.")
    return value


def _million_yen(place: str, value: object) -> tuple[int, str] | None:
    """Read an amount: in yen, and as printed. None for nothing, and for 0 (less than half a yen)."""
    number = _number(place, value)
    if not number:
        return None
    if abs(number) > LARGEST_MILLIONS:
        _refuse(place, f"{_shown(value)} million yen is more than there can be.")
    if number == int(number):
        return int(number) * _MILLION, f"{int(number)}{_UNIT}"
    exact = Decimal(repr(number))
    yen = int((exact * _MILLION).to_integral_value())
    return (yen, f"{exact:f}{_UNIT}") if yen else None


def _number_of(fields: Mapping[str, Any]) -> str:
    """Read the number of the sheet; where only its parts are given, put them together as the data set does."""
    number = _text(fields, "事業番号")
    if number is None:
        parts = (_text(fields, f"事業番号{position}") for position in range(1, 6))
        number = "-".join(part for part in parts if part)
    if not any(character.isdecimal() for character in number):
        _refuse("事業番号", f"no number of a sheet ({_shown(number)}).")
    return number


def _address(fields: Mapping[str, Any]) -> str | None:
    url = _text(fields, "url")
    if url is not None and not (url.startswith(("http://", "https://")) and url.isascii()):
        return None
    return url


# The parts of a sheet


def _amounts(fields: Mapping[str, Any]) -> tuple[Amount, ...]:
    found: list[Amount] = []
    years = set()
    for position, entry in enumerate(_objects(fields, "予算"), start=1):
        year = _year(entry, "年度", place=f"予算[{position}].年度")
        if year is None:
            _refuse(f"予算[{position}].年度", "missing.")
        if year in years:
            _refuse(f"予算[{year}]", "the year stands twice.")
        years.add(year)
        for name, phase, never_negative in _BUDGET:
            value = entry.get(name)
            if value == 0.0 and type(value) is float:
                continue
            place = f"予算[{year}].{name}"
            read = _million_yen(place, value)
            if read is None:
                continue
            yen, printed = read
            if yen < 0 and never_negative:
                _refuse(place, f"{printed} is below zero.")
            found.append(Amount(year, phase, abs(yen) if phase == "CarriedOut" else yen, printed, None, place))
    return tuple(found)


def _payments(fields: Mapping[str, Any]) -> tuple[Payment, ...]:
    found = []
    seen = set()
    for position, entry in enumerate(_objects(fields, "支出先"), start=1):
        block = _clean(f"支出先[{position}].グループ", entry.get("グループ")) or _refuse(
            f"支出先[{position}].グループ", "missing."
        )
        number = _whole(f"支出先[{position}].番号", entry.get("番号"))
        if number is None or not 0 <= number <= _MANY:
            _refuse(f"支出先[{position}].番号", f"no number of a payee ({_shown(entry.get('番号'))}).")
        place = f"支出先[{block}{number}]"
        if (block, number) in seen:
            _refuse(place, "the payee's number stands twice.")
        seen.add((block, number))
        found.append(_payment(entry, block, number, place))
    return tuple(found)


def _payment(entry: Mapping[str, Any], block: str, number: int, place: str) -> Payment:
    year = _year(entry, "年度", place=f"{place}.年度")
    if year is None:
        _refuse(f"{place}.年度", "missing.")
    read = _million_yen(f"{place}.支出額", entry.get("支出額"))
    yen, printed = read or (0, f"0{_UNIT}")
    printed_name = _clean(f"{place}.支出先名", entry.get("支出先名"))
    printed_number = _clean(f"{place}.法人番号", entry.get("法人番号"))
    name, corporate = named_payee(printed_name, printed_number)
    other = None if corporate else other_number(printed_name, printed_number, name=name)
    task = _clean(f"{place}.業務概要", entry.get("業務概要"))
    return Payment(year, block, number, None, name, corporate, task, yen, printed, place, other)


def _decimal(number: float) -> str:
    """Write a number as a decimal: without exponent, as short as it is."""
    return str(int(number)) if number == int(number) else format(Decimal(repr(number)), "f")


def _values(entry: Mapping[str, Any], field: str, kinds: tuple[tuple[str, str], ...], place: str) -> list[Value]:
    found = []
    for position, row in enumerate(_objects(entry, field, f"{place}.{field}"), start=1):
        year = _year(row, "年度", place=f"{place}.{field}[{position}].年度")
        for name, kind in kinds:
            here = f"{place}.{field}[{year or position}].{name}"
            number = _number(here, row.get(name))
            if number is not None:
                found.append(Value(year, kind, _decimal(number), None, here))
    return found


def _last_target(entry: Mapping[str, Any], place: str, sheet: int) -> list[Value]:
    """Read the target of the last year, which the data set misreads in some three hundred places (`_last_year`)."""
    printed = _clean(f"{place}.目標値", entry.get("目標値"))
    told = _whole(f"{place}.目標最終年度", entry.get("目標最終年度"))
    if printed is None:
        return []
    year = _last_year(told, sheet)
    number = _printed_number(printed)
    text = None if number else printed
    return [Value(year, "Target", number, text, f"{place}.目標値", None if year == told else f"目標最終年度 {told}")]


def _last_year(told: int | None, sheet: int) -> int | None:
    """Give the year that the last year of a target means in a sheet of a year; None for one that no calendar has.

    The data set took the year as one of an era. Where a year of our calendar was printed, the era was added to it
    (4010 is 2022; from FY2020 4048 is 2030). In the sheets of FY2019, the first of Reiwa, a year of Reiwa was taken for
    one of Heisei: 1989 is 2019. The sheets of the years before and after print the same targets with these years.

    >>> _last_year(4010, 2018), _last_year(4048, 2021), _last_year(1995, 2019), _last_year(2014, 2019)
    (2022, 2030, 2025, 2014)
    """
    if told is None:
        return None
    if sheet == _FIRST_IN_REIWA and told in _TAKEN_FOR_HEISEI:
        return told - _HEISEI + _REIWA
    if told <= _LAST_YEAR:
        return told if told >= _FIRST_YEAR else None
    meant = told - (_HEISEI if sheet <= _FIRST_IN_REIWA else _REIWA)
    return meant if _FIRST_SHEETS <= meant <= _LAST_YEAR else None


def _printed_number(printed: str) -> str | None:
    """Read a number that is printed as a text, in whatever width.

    >>> _printed_number("９８．５"), _printed_number("1,200"), _printed_number("前年度以上")
    ('98.5', '1200', None)
    """
    plain = unicodedata.normalize("NFKC", printed).replace(",", "").strip()
    whole, dot, part = plain.removeprefix("-").partition(".")
    if not (whole.isascii() and whole.isdecimal() and (not dot or (part.isascii() and part.isdecimal()))):
        return None
    return format(Decimal(plain), "f")


def _outcomes(fields: Mapping[str, Any], sheet: int) -> list[Measure]:
    found = []
    for position, entry in enumerate(_objects(fields, "アウトカム"), start=1):
        place = f"アウトカム[{position}]"
        goal = _clean(f"{place}.成果目標", entry.get("成果目標"))
        indicator = _clean(f"{place}.成果指標", entry.get("成果指標"))
        values = _values(entry, "成果実績", (("成果実績", "Actual"), ("目標値", "Target")), place)
        values += _last_target(entry, place, sheet)
        name = indicator or goal
        if name is not None:
            unit = _clean(f"{place}.単位", entry.get("単位"))
            found.append(Measure("outcome", goal, name, unit, tuple(values), place))
    return found


def _outputs(fields: Mapping[str, Any]) -> list[Measure]:
    found = []
    for position, entry in enumerate(_objects(fields, "アウトプット"), start=1):
        place = f"アウトプット[{position}]"
        indicator = _clean(f"{place}.活動指標", entry.get("活動指標"))
        values = _values(entry, "活動実績", (("活動実績", "Actual"), ("当初見込み", "Forecast")), place)
        if indicator is not None:
            unit = _clean(f"{place}.単位", entry.get("単位"))
            found.append(Measure("output", None, indicator, unit, tuple(values), place))
    return found


def _earlier(fields: Mapping[str, Any]) -> tuple[EarlierSheet, ...]:
    found = []
    for position, entry in enumerate(_objects(fields, "関連する過去のレビューシート"), start=1):
        place = f"関連する過去のレビューシート[{position}]"
        year = _whole(f"{place}.年度", entry.get("年度"))
        if year is not None and 1 <= year <= 31:
            year += _HEISEI
        if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
            year = None
        parts = [_clean(f"{place}.事業番号{part}", entry.get(f"事業番号{part}")) for part in (1, 2, 3)]
        number = "-".join(part for part in parts if part)
        if any(character.isdecimal() for character in number.replace("新", "", 1)):
            found.append(EarlierSheet(year, _clean(f"{place}.府省庁", entry.get("府省庁")), number))
    return tuple(found)
