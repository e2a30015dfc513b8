"""Columns of a file, which are bound by name because they drift from year to year."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from stigraph.ingest.rs_system.kinds import Kind

__all__ = ["Binding", "bind", "heading"]

_DASHES = str.maketrans(dict.fromkeys("ー－―‐−–—ｰ-", "-"))
_BLANK = re.compile(r"\s+")
_FISCAL_YEAR = re.compile(r"\d{4}")


class Binding(NamedTuple):
    """Where the columns of one file stand.

    Attributes:
        positions: column name, as this module has it, to its position.
        years: the columns named by a year, in their order.
        missing: columns that the file ought to have and has not.
        unknown: headings, as printed, that are none of its columns, and those that stand a second time.
        width: how many columns there are.
    """

    positions: Mapping[str, int]
    years: tuple[tuple[int, int], ...]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    width: int


def heading(text: str) -> str:
    """Give the form in which headings are compared: no blanks or line breaks, one width, one dash.

    >>> heading("翌年度への 繰越し(合計）") == heading("翌年度への繰越し（合計）")
    True
    """
    return _BLANK.sub("", unicodedata.normalize("NFKC", text)).translate(_DASHES).casefold()


def bind(kind: Kind, headings: Sequence[str]) -> Binding:
    """Find the columns of a file by their headings.

    >>> from stigraph.ingest.rs_system.kinds import FILES
    >>> bound = bind(FILES["5-2"], ["予算事業ＩＤ", "担当組織からの\\n支出", "支出先の支出先ブロック", "摘要"])
    >>> bound.positions["担当組織からの支出"], bound.unknown, bound.missing[:2]
    (1, ('摘要',), ('シート種別', '事業年度'))
    """
    known = {heading(name): name for name in (*kind.needed, *kind.columns, *kind.optional)}
    positions: dict[str, int] = {}
    years: dict[int, int] = {}
    unknown = []
    for position, printed in enumerate(headings):
        folded = heading(printed)
        name = known.get(folded)
        if name is not None and name not in positions:
            positions[name] = position
        elif kind.by_year and _FISCAL_YEAR.fullmatch(folded) and int(folded) not in years:
            years[int(folded)] = position
        elif folded:
            unknown.append(printed)
    missing = [name for name in (*kind.needed, *kind.columns) if name not in positions]
    if kind.by_year and not years:
        missing.append("2007 …")
    return Binding(positions, tuple(sorted(years.items())), tuple(missing), tuple(unknown), len(headings))
