"""Review sheets made up for tests: a ministry with more sheets than a view reads, and a curated programme with two."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

__all__ = ["MANY", "PAYEES", "made_sheets"]

MANY = 45
"""How many sheets of the ministry there are in each of the two years."""

PAYEES = 4
"""How many payees each sheet has."""

_CITING = 3


def made_sheets() -> Iterator[dict[str, Any]]:
    """Yield the records: 90 of 厚生労働省 (FY2020 and FY2021) and two of WPI."""
    for year in (2020, 2021):
        for number in range(1, MANY + 1):
            yield _sheet(year, "厚生労働省", "厚労", number, f"架空の医療事業{number}", cites=number <= _CITING)
        yield _sheet(year, "文部科学省", "文科", 218, "世界トップレベル研究拠点プログラム", start=2007)


def _sheet(
    year: int, ministry: str, short: str, number: int, name: str, *, start: int = 2015, cites: bool = False
) -> dict[str, Any]:
    basis = "第６期科学技術・イノベーション基本計画（令和３年３月26日閣議決定）に基づき、" if cites else ""
    return {
        "ID": None,
        "事業ID": None,
        "url": f"https://www.example.go.jp/{year}/{number}.xlsx",
        "公開年度": year,
        "事業名": name,
        "開始年度": start,
        "終了年度": None,
        "府省庁": ministry,
        "事業番号1": str(year),
        "事業番号2": short,
        "事業番号3": "20",
        "事業番号4": f"{number:04}",
        "事業番号5": None,
        "事業番号": f"{year}-{short}-20-{number:04}",
        "担当部局庁": "架空局",
        "担当課室": "架空課",
        "会計区分": ["一般会計"],
        "事業目的": f"{basis}架空の目的{number}を果たす。",
        "事業概要": f"架空の概要{number}。",
        "実施方法": ["補助"],
        "主要施策": None,
        "予算": [
            {"年度": year - 1, "当初予算": 100.0 + number, "執行額": 90.0 + number},
            {"年度": year + 1, "要求額": 9.0},
        ],
        "支出先": [
            {
                "年度": year - 1,
                "グループ": "A",
                "番号": place,
                "支出先名": ministry if (number, place) == (MANY, PAYEES) else f"株式会社架空{number}の{place}",
                "法人番号": None,
                "業務概要": "事務",
                "支出額": float(10 * place),
            }
            for place in range(1, PAYEES + 1)
        ],
        "アウトカム": [
            {
                "成果目標": f"架空の目標{number}",
                "成果指標": f"架空の成果{number}",
                "単位": "件",
                "目標値": None,
                "目標最終年度": None,
                "成果実績": [{"年度": year - 1, "成果実績": 5.0, "目標値": 8.0}],
            }
        ],
        "アウトプット": [],
        "関連する過去のレビューシート": [],
    }
