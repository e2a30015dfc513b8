"""Columns along real dates."""

import pytest

from stigraph.views.timeline import UNDATED, heading, timeline


@pytest.mark.parametrize(
    ("when", "ja", "en"),
    [
        (2021, "2021年度", "FY2021"),
        ("2015", "2015年", "2015"),
        ("2019-06", "2019年6月", "June 2019"),
        ("2026-03-27", "2026年3月27日", "27 March 2026"),
    ],
)
def test_a_heading_is_as_precise_as_the_date(when: str | int, ja: str, en: str) -> None:
    assert heading(when) == {"ja": ja, "en": en}


def test_years_run_from_old_to_new_and_a_fiscal_year_stands_where_its_april_is() -> None:
    columns = timeline({"a": "2022-06-03", "b": 2021, "c": "2021-03-26", "d": 2020, "e": "2021", "f": None})
    assert [layer["en"] for layer in columns.layers] == ["no date given", "FY2020", "2021", "FY2021", "2022"]
    assert columns.layers[columns.column["f"]] == UNDATED
    assert columns.column["c"] == columns.column["e"]


def test_a_year_is_split_where_two_of_its_things_must_stand_apart() -> None:
    dates = {"plan": "2021-03-26", "strategy": "2021-06-18", "report": "2021-06-30", "other": "2022-03-30"}
    whole = timeline(dates, apart=[("other", "plan")])
    assert [layer["ja"] for layer in whole.layers] == ["2021年", "2022年"]
    months = timeline(dates, apart=[("strategy", "plan")])
    assert [layer["ja"] for layer in months.layers] == ["2021年3月", "2021年6月", "2022年"]
    days = timeline(dates, apart=[("strategy", "plan"), ("report", "strategy")])
    assert [layer["en"] for layer in days.layers] == ["26 March 2021", "18 June 2021", "30 June 2021", "2022"]


def test_nothing_to_place_makes_no_column() -> None:
    assert timeline({}).layers == []
