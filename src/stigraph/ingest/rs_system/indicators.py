"""File 3-1: outcomes and outputs with their values.

An indicator has four rows (year of the target, target, actual, attainment), wide by year. Its number says which it is
only together with its kind and, for an outcome, its period. Activities have no indicator (`steps` reads them), and
attainment is a quotient of the other two, which is not entered.
"""

from collections.abc import Iterator, Mapping, Sequence

from stigraph.ingest.model import Measure, Value
from stigraph.ingest.rs_system.cells import Row, decimal_number, marked, said

__all__ = ["measures_of", "reason_for_no_target"]

_KIND = "種別（アクティビティ・アウトプット・アウトカム）"
_NUMBER = "アクティビティ・アウトプット・アウトカムの番号"
_PERIOD = "アウトカムの期間"
_GOAL = "アクティビティ／活動目標／成果目標"
_INDICATOR = "活動指標／成果指標"
_ROW = "目標年度／目標値／実績値／達成率"
_IN_WORDS = "定性的なアウトカムに関する成果実績"
_NO_TARGET = "定性的なアウトカム目標を設定している理由"
_BETTER = "改善の上向き／下向き"

_KINDS: Mapping[str, str] = {"アウトカム": "outcome", "アウトプット": "output"}
_DIRECTIONS: Mapping[str, str] = {"上がると良い指標": "Higher", "下がると良い指標": "Lower"}
_TARGET_YEAR, _TARGET, _ACTUAL = "目標年度", "目標値", "実績値"
_VALUES: Mapping[str, str] = {_TARGET: "Target", _ACTUAL: "Actual"}

_Years = Sequence[tuple[int, int]]
_Lines = dict[str, Row]


def _line(row: Row) -> str:
    """Name one of the four rows: 2.目標値 is 目標値."""
    printed = row.get(_ROW) or ""
    return printed.partition(".")[2] or printed


def _indicators(rows: Sequence[Row]) -> Iterator[tuple[str, _Lines]]:
    """Give the rows of each indicator by their names, with the place it has in the file."""
    found: dict[tuple[str | None, ...], list[_Lines]] = {}
    for row in rows:
        if row.get(_KIND) not in _KINDS:
            continue
        own = found.setdefault(tuple(row.get(name) for name in (_KIND, _PERIOD, _NUMBER, _GOAL, _INDICATOR)), [{}])
        if _line(row) in own[-1]:
            own.append({})
        own[-1][_line(row)] = row
    seen: dict[str, int] = {}
    for (kind, period, number, *_), several in found.items():
        for lines in several:
            key = " ".join(part for part in (kind, period, number) if part)
            seen[key] = seen.get(key, 0) + 1
            yield f"3-1[{key}]" if seen[key] == 1 else f"3-1[{key} ({seen[key]})]", lines


def _values(lines: _Lines, years: _Years, place: str) -> Iterator[Value]:
    aimed_at = lines.get(_TARGET_YEAR)
    for name, kind in _VALUES.items():
        row = lines.get(name)
        for year, position in years if row is not None else ():
            assert row is not None
            text = said(row.cells[position])
            if text is None:
                continue
            number = decimal_number(text)
            where = f"{place}.{name}[{year}]"
            if kind == "Target" and aimed_at is not None and marked(said(aimed_at.cells[position])):
                where = f"{where}; {place}.{_TARGET_YEAR}[{year}]"
            yield Value(
                year, kind, None if number is None else f"{number:f}", None if number is not None else text, where
            )


def _measure(place: str, lines: _Lines, years: _Years) -> Measure | None:
    row = next(iter(lines.values()))
    goal = row.get(_GOAL)
    indicator = row.get(_INDICATOR) or goal
    if indicator is None:
        return None
    values = list(_values(lines, years, place))
    in_words = row.get(_IN_WORDS)
    if in_words is not None:
        values.append(Value(None, "Actual", None, in_words, f"{place}.{_IN_WORDS}"))
    better = _DIRECTIONS.get(row.get(_BETTER) or "")
    return Measure(_KINDS[row.get(_KIND) or ""], goal, indicator, row.get("単位"), tuple(values), place, better)


def measures_of(rows: Sequence[Row], years: _Years) -> tuple[Measure, ...]:
    """Give the outcomes and outputs of a sheet, in the order of the file."""
    measures = (_measure(place, lines, years) for place, lines in _indicators(rows))
    return tuple(measure for measure in measures if measure is not None)


def reason_for_no_target(rows: Sequence[Row]) -> str | None:
    """Give why an outcome has no target in figures; several reasons stand one below the other."""
    reasons = dict.fromkeys(row.get(_NO_TARGET) for row in rows)
    return "\n".join(reason for reason in reasons if reason) or None
