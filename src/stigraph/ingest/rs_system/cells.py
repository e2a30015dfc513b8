"""What one cell says: text, a year, an amount, a mark; and how a cell that says nothing looks."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from stigraph.ingest.model import DASHES

__all__ = ["NONE_NAMED", "Misfit", "Row", "decimal_number", "fiscal_year", "marked", "said", "yen"]

NONE_NAMED = frozenset({"なし", "無し", "無", "該当なし", "該当無し", "特になし"})
"""What is written where there is nothing to name."""

_CONTROLS = {code: " " for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"}
_TRUE = frozenset({"1", "true", "○", "〇", "有"})
_YEAR = re.compile(r"(\d{4})(?:\.0+)?(?:年度?)?")
_LARGEST = 10**18


class Misfit(Exception):
    """A record that does not fit; ``file``, ``line`` and ``column`` say where."""

    def __init__(self, file: str, line: int, column: str, reason: str) -> None:
        super().__init__(reason)
        self.file = file
        self.line = line
        self.column = column
        self.reason = reason


def said(cell: str) -> str | None:
    """Give what a cell says, without the blanks around it; None where it is empty or holds a dash for "none".

    Control characters are no print; a line break stays one.

    >>> said(" 275973410 "), said("--"), said("ー")
    ('275973410', None, None)
    """
    text = cell.strip()
    if not text or DASHES.issuperset(text):
        return None
    if text.isprintable():
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS).strip() or None


class Row(NamedTuple):
    """One row of a file: its cells by the names of the columns.

    Attributes:
        file: the path of the file.
        line: the line it begins on, from 1.
        cells: as they stand.
        positions: name of a column to its position.
        fault: what is wrong with the row as a whole, else None.
    """

    file: str
    line: int
    cells: list[str]
    positions: Mapping[str, int]
    fault: str | None = None

    def get(self, column: str) -> str | None:
        """Give what a cell says; None also where the file has no such column."""
        position = self.positions.get(column)
        return None if position is None else said(self.cells[position])

    def misfit(self, column: str, reason: str) -> Misfit:
        """Make the error that says what is wrong in a cell of this row."""
        return Misfit(self.file, self.line, column, reason)


def decimal_number(text: str) -> Decimal | None:
    """Read a number as it is printed; None where the text is something else.

    >>> decimal_number("３,０００"), decimal_number("△12.5"), decimal_number("80％以上")
    (Decimal('3000'), Decimal('-12.5'), None)
    """
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace("−", "-").strip()
    if plain[:1] in {"△", "▲"}:
        plain = "-" + plain[1:]
    if "_" in plain:
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def yen(row: Row, column: str) -> tuple[int, str] | None:
    """Give an amount and how it is printed; None where the cell says nothing.

    A zero says nothing either: the database fills with it what was never entered.
    """
    text = row.get(column)
    if text is None:
        return None
    number = decimal_number(text)
    if number is None or abs(number) > _LARGEST:
        raise row.misfit(column, f"“{text}” is not an amount")
    if number != number.to_integral_value():
        raise row.misfit(column, f"“{text}” is not a whole number of yen")
    return (int(number), f"{text}円") if number else None


def fiscal_year(row: Row, column: str) -> int | None:
    """Give a fiscal year; None where the cell says nothing."""
    text = row.get(column)
    if text is None:
        return None
    match = _YEAR.fullmatch(unicodedata.normalize("NFKC", text))
    if match is None:
        raise row.misfit(column, f"“{text}” is not a year")
    return int(match[1])


def marked(text: str | None) -> bool:
    """Tell whether a box is ticked.

    >>> marked("TRUE"), marked("１"), marked("FALSE"), marked(None)
    (True, True, False, False)
    """
    return text is not None and unicodedata.normalize("NFKC", text).casefold() in _TRUE
