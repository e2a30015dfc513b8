"""Charts say the same as picture, as table and to a screen reader, in both languages."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import Any

import pytest

import stigraph
from stigraph import views
from stigraph.page import figure

_SVG = "{http://www.w3.org/2000/svg}"
_YEN = {"ja": "円", "en": "yen"}
_PERCENT = {"ja": "%", "en": "%"}


def _point(x: str, y: Any, printed: str = "") -> dict[str, Any]:
    return {"x": x, "y": y, "printed": printed or str(y), "document": "https://example.org/d/brief", "locator": "L7"}


def _chart(kind: str, unit: dict[str, str], **series: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "about": None,
        "kind": kind,
        "title": {"ja": "予算額の推移", "en": "Budget over the years"},
        "unit": unit,
        "axis": {"ja": "年度", "en": "Fiscal year"},
        "series": [
            {"role": role, "label": {"ja": f"{role}系列", "en": f"{role} series"}, "points": points}
            for role, points in series.items()
        ],
    }


def _tree(markup: str) -> ET.Element:
    """The figure as XML: it is well-formed, which HTML alone would not tell."""
    return ET.fromstring(str(markup).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '))


def _rows(tree: ET.Element) -> list[list[str]]:
    return [["".join(cell.itertext()) for cell in row] for row in tree.iter("tr")]


def _texts(tree: ET.Element, kind: str, lang: str) -> list[str]:
    told = []
    for text in tree.iter(f"{_SVG}text"):
        if text.get("class") == kind:
            spans = [span for span in text if span.get("lang") == lang]
            told.append("".join((spans[0] if spans else text).itertext()))
    return told


def test_bars_show_amounts_in_the_words_of_each_language() -> None:
    tree = _tree(figure(_chart("bars", _YEN, initial=[_point("2020", 1_080_000_000), _point("2021", 96_000_000)])))
    assert _texts(tree, "value", "ja") == ["10.8億", "96百万"]
    assert _texts(tree, "value", "en") == ["¥1.08 bn", "¥96 million"]
    assert "10億円" in _texts(tree, "tick", "ja")
    assert "¥1 bn" in _texts(tree, "tick", "en")


def test_heights_of_bars_are_the_amounts() -> None:
    amounts = {"2019": 3.0, "2020": 12.0, "2021": 6.0}
    tree = _tree(figure(_chart("bars", _YEN, a=[_point(x, y) for x, y in amounts.items()])))
    (picture,) = (svg for svg in tree.iter(f"{_SVG}svg") if svg.get("role") == "img")
    heights = [float(bar.get("height") or 0) for bar in picture.iter(f"{_SVG}rect")]
    assert [round(height / heights[0], 1) for height in heights] == [1.0, 4.0, 2.0]


def test_phases_of_a_year_stand_side_by_side() -> None:
    series = {"request": [_point("2024", 5.0)], "initial": [_point("2024", 4.0)], "settled": [_point("2023", 3.0)]}
    tree = _tree(figure(_chart("bars", _YEN, **series)))
    bars = [bar for bar in tree.iter(f"{_SVG}rect") if float(bar.get("height") or 0) > 12]
    spans = sorted((float(bar.get("x") or 0), float(bar.get("width") or 0)) for bar in bars)
    assert len(spans) == 3
    assert all(left + width <= right for (left, width), (right, _) in pairwise(spans))


def test_years_without_a_value_are_a_gap() -> None:
    actual = [_point(str(year), float(year - 2000)) for year in (2016, 2017, 2018, 2021, 2022)]
    tree = _tree(figure(_chart("lines", _PERCENT, actual=actual, target=[_point("2020", 30.0), _point("2023", 40.0)])))
    (line,) = (path for path in tree.iter(f"{_SVG}path") if "s0" in (path.get("class") or ""))
    assert (line.get("d") or "").count("M") == 3
    assert not [path for path in tree.iter(f"{_SVG}path") if "s1" in (path.get("class") or "")]
    assert _texts(tree, "tick", "ja")[-8:] == [str(year) for year in range(2016, 2024)]
    assert len(list(tree.iter(f"{_SVG}circle"))) == 5


def test_table_holds_every_number_with_its_place() -> None:
    chart = _chart("lines", _PERCENT, actual=[_point("2018", 12.5, "12.5"), _point("2016", 11.0, "11.0％")])
    tree = _tree(figure(chart, lambda iri: {"ja": "説明資料", "en": "the brief"}))
    head, *rows = _rows(tree)
    assert head[0] == "年度Fiscal year"
    assert [row[0] for row in rows] == ["2016", "2018"]
    assert rows[0][3:] == ["11.0％", "説明資料the brief", "L7"]
    assert rows[1][1:4] == ["actual系列actual series", "12.5%12.5%", "12.5"]


def test_picture_has_a_name_and_a_description_and_no_style() -> None:
    markup = figure(_chart("bars", _YEN, initial=[_point("2020", 5.0), _point("2022", 6.0)]), name="figure-3")
    tree = _tree(markup)
    (picture,) = (svg for svg in tree.iter(f"{_SVG}svg") if svg.get("role") == "img")
    (caption,) = tree.iter("figcaption")
    assert picture.get("aria-labelledby") == caption.get("id") == "figure-3-caption"
    assert [title.text for title in picture.iter(f"{_SVG}title")] == ["予算額の推移", "Budget over the years"]
    (_, english) = (description.text for description in picture.iter(f"{_SVG}desc"))
    assert english == "initial series: 2 values from 2020 to 2022 (unit: yen)."
    assert "style=" not in markup
    assert not re.search(r"\son\w+=", markup)


@pytest.mark.parametrize("points", [[], [_point("2020", None)], [_point("2020", float("nan"))], [None]])
def test_a_chart_without_values_says_so(points: list[Any]) -> None:
    tree = _tree(figure(_chart("bars", _YEN, initial=points)))
    assert "値がありません。" in "".join(tree.itertext())
    assert not [svg for svg in tree.iter(f"{_SVG}svg") if svg.get("role") == "img"]


@pytest.mark.parametrize("values", [[0.0, 0.0], [-5.0, 5.0], [-3.0, -1.0], [1e-9, 2e-9], [1e18, 3e18], [7.0]])
@pytest.mark.parametrize("kind", ["bars", "lines"])
def test_every_range_of_values_stays_inside_the_picture(kind: str, values: list[float]) -> None:
    tree = _tree(figure(_chart(kind, _PERCENT, a=[_point(str(2000 + k), y) for k, y in enumerate(values)])))
    (picture,) = (svg for svg in tree.iter(f"{_SVG}svg") if svg.get("role") == "img")
    heights = [float(v) for e in picture.iter() for key, v in e.attrib.items() if key in {"y", "y1", "cy"}]
    assert heights
    assert all(0 <= height <= 300 for height in heights)


def test_hostile_texts_stay_texts() -> None:
    evil = "</text></svg><script>alert(1)</script>"
    chart = _chart("bars", {"ja": evil, "en": evil}, **{evil: [_point(evil, 1.0, evil)]})
    tree = _tree(figure({**chart, "title": {"ja": evil}, "kind": evil}))
    assert not list(tree.iter("script"))
    assert not list(tree.iter(f"{_SVG}script"))
    assert evil in _rows(tree)[1][3]


def test_charts_of_the_store_show_all_their_numbers(store: stigraph.Store) -> None:
    charts = [*views.money(store, "SICORP").graph["charts"], *views.indicators(store, "6th Basic Plan").graph["charts"]]
    assert len(charts) > 20
    for chart in charts:
        rows = _rows(_tree(figure(chart)))
        points = [point for series in chart["series"] for point in series["points"]]
        assert sorted(row[3] for row in rows[1:]) == sorted(point["printed"] for point in points)
