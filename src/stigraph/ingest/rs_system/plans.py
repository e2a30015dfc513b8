"""File 1-3 and the KPI columns of 3-1: the policies, laws and plans that a sheet names.

On one row of 1-3 stand three lists that have nothing to do with each other: policies, laws and plans, each with a
number of its own. Each is read down its own columns.
"""

import unicodedata
from collections.abc import Iterator, Sequence

from stigraph.ingest.model import PlanNamed
from stigraph.ingest.rs_system.cells import NONE_NAMED, Row

__all__ = ["plans_named"]

_KPI = "事業に関連するKPIが定められている閣議決定等の名称"


def _article(part: str | None, ending: str) -> str:
    """Write an article or paragraph that is given as a bare figure the way laws are cited: 2 → 第2項."""
    if part is None:
        return ""
    figure = unicodedata.normalize("NFKC", part)
    return f"第{figure}{ending}" if figure.isdecimal() else part


def _law(row: Row) -> str | None:
    name = row.get("法令名")
    if name is None:
        return None
    number = row.get("法令番号")
    return (
        name
        + (f"（{number}）" if number else "")
        + _article(row.get("条"), "条")
        + _article(row.get("項"), "項")
        + _article(row.get("号・号の細分"), "号")
    )


def _listed(rows: Sequence[Row], numbered: str, kind: str, column: str) -> Iterator[PlanNamed]:
    """Give one of the lists: what stands in its column, by the number beside it."""
    for count, row in enumerate(rows, 1):
        text = _law(row) if column == "法令名" else row.get(column)
        if text is not None and text not in NONE_NAMED:
            yield PlanNamed(kind, text, f"1-3[{numbered} {row.get(numbered) or count}].{column}")


def plans_named(policies: Sequence[Row], indicators: Sequence[Row]) -> tuple[PlanNamed, ...]:
    """Give the policies, laws and plans of a sheet, from its rows of 1-3 and of 3-1."""
    named = [
        *_listed(policies, "番号（政策・施策）", "政策", "政策"),
        *_listed(policies, "番号（政策・施策）", "施策", "施策"),
        *_listed(policies, "番号（根拠法令）", "根拠法令", "法令名"),
        *_listed(policies, "番号（関係する計画・通知等）", "計画通知名", "計画通知名"),
    ]
    decisions: dict[str, PlanNamed] = {}
    for row in indicators:
        text = row.get(_KPI)
        if text is not None and text not in NONE_NAMED:
            decisions.setdefault(text, PlanNamed("閣議決定等", text, f"3-1.{_KPI}"))
    return (*named, *decisions.values())
