"""Charts as inline SVG that any reader can use, with the numbers as a table beneath.

Colours are attributes that a style sheet may replace by the classes ``s0``, ``s1`` … of the series; nothing else of the
look is fixed, so a chart follows the theme of the page around it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10
from typing import Any, NamedTuple

from markupsafe import Markup

from stigraph.japanese import clip, display_width
from stigraph.page.text import bilingual, labels, mappings, name_of, number, shown

__all__ = ["figure"]

Words = Callable[[str], Mapping[str, str]]

_WIDTH, _HEIGHT = 380.0, 260.0
_RIGHT, _TOP, _BOTTOM = 10.0, 22.0, 30.0
_WIDEST = 14
"""The columns of type that a label of an axis may take."""
_COLUMN, _LINE = 7.2, 13.0
"""The width of half a square of type and the height of a line, at the size that texts of a chart have."""
_COLOURS = ("#0067a8", "#b86e00", "#007a5e", "#8e3a80", "#5f6773", "#c2410c", "#3b3fa6", "#7a6a00")
_DASHES = {"target": "6 4"}
_MOST_YEARS = 80
_YEN = {"円", "yen", "jpy", "¥"}
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


class _Point(NamedTuple):
    x: str
    y: float
    printed: str
    document: str
    locator: str


class _Series(NamedTuple):
    role: str
    label: dict[str, str]
    points: list[_Point]


class _Box(NamedTuple):
    """A rectangle of the picture: its left, upper, right and lower side."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)


@dataclass(frozen=True)
class _Frame:
    """Where categories and values stand: the room of the axis at the left is what its longest label needs."""

    xs: Sequence[str]
    ticks: Sequence[float]
    unit: Mapping[str, str]

    @property
    def left(self) -> float:
        return 12 + max(_wide(_clipped(_amount(tick, self.unit))) for tick in self.ticks)

    @property
    def room(self) -> float:
        return (_WIDTH - self.left - _RIGHT) / len(self.xs)

    def centre(self, x: str) -> float:
        return self.left + (self.xs.index(x) + 0.5) * self.room

    def y(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return _HEIGHT - _BOTTOM - (value - low) / (high - low) * (_HEIGHT - _TOP - _BOTTOM)

    @property
    def zero(self) -> float:
        return self.y(min(max(0.0, self.ticks[0]), self.ticks[-1]))


def _clipped(text: Mapping[str, str]) -> dict[str, str]:
    return {lang: clip(told, _WIDEST) for lang, told in text.items()}


def _wide(text: Mapping[str, str]) -> float:
    """Give the room that a text needs in the language in which it is longer."""
    return max(map(display_width, text.values())) * _COLUMN


def figure(chart: Mapping[str, Any], word: Words | None = None, *, name: str = "chart") -> Markup:
    """Draw a chart (`stigraph.views.Chart`) in both languages, with its numbers, documents and places as a table.

    Args:
        chart: what to draw; ``kind`` is ``bars`` or ``lines``.
        word: gives the label of a document by its IRI; without it the end of the IRI is shown.
        name: what the ids in the figure begin with; two figures of one page need two names.

    >>> point = {"x": "2024", "y": 1_080_000_000, "printed": "1,080", "document": None, "locator": "L7"}
    >>> series = {"role": "initial", "label": {"ja": "当初予算", "en": "initial budget"}, "points": [point]}
    >>> title = {"ja": "予算額", "en": "Budget"}
    >>> made = figure({"kind": "bars", "title": title, "unit": {"ja": "円", "en": "yen"}, "series": [series]})
    >>> "10.8億円" in made, "¥1.08 bn" in made, "<td>1,080</td>" in made
    (True, True, True)
    """
    series = list(_series(chart))
    unit = labels(chart.get("unit"))
    title = labels(chart.get("title"), "–")
    xs = _categories(series)
    caption = Markup('<figcaption id="{}-caption">{}</figcaption>').format(name, bilingual(title))
    told = _drawing(chart, series, xs, unit, title, name) if xs else Markup("")
    table = _table(series, xs, labels(chart.get("axis")), word or _unnamed, unit)
    return Markup('<figure class="chart">{}{}{}{}</figure>').format(caption, told, _legend(series), table)


def _unnamed(iri: str) -> Mapping[str, str]:
    return labels(None, name_of(iri))


def _series(chart: Mapping[str, Any]) -> Iterator[_Series]:
    for item in mappings(chart.get("series")):
        points = [
            _Point(
                shown(point.get("x")),
                number(point.get("y"), 0.0),
                shown(point.get("printed")),
                shown(point.get("document")),
                shown(point.get("locator")),
            )
            for point in mappings(item.get("points"))
            if number(point.get("y"), -1.0) == number(point.get("y"), 1.0)
        ]
        yield _Series(shown(item.get("role")), labels(item.get("label"), shown(item.get("role")) or "–"), points)


def _categories(series: Sequence[_Series]) -> list[str]:
    """List what stands on the axis: every year from the first to the last where all are years, so that gaps show."""
    told = list(dict.fromkeys(point.x for item in series for point in item.points))
    years = [int(x) for x in told if _YEAR.fullmatch(x)]
    if told and len(years) == len(told) and max(years) - min(years) < _MOST_YEARS:
        return [str(year) for year in range(min(years), max(years) + 1)]

    def order(x: str) -> tuple[float, str]:
        found = _YEAR.search(x) or _NUMBER.search(x)
        return (float(found[0]) if found else float("inf"), x)

    return sorted(told, key=order)


def _drawing(
    chart: Mapping[str, Any],
    series: Sequence[_Series],
    xs: Sequence[str],
    unit: Mapping[str, str],
    title: Mapping[str, str],
    name: str,
) -> Markup:
    lines = chart.get("kind") == "lines"
    frame = _Frame(xs, _ticks([point.y for item in series for point in item.points], from_zero=not lines), unit)
    marks = _line_marks(series, frame) if lines else _bar_marks(series, frame)
    parts = [*_axes(frame), *marks]
    summary = _summary(series, xs, unit)
    head = Markup('<title lang="{0}">{1}</title><desc lang="{0}">{2}</desc>')
    return Markup(
        '<svg class="chart-picture" role="img" viewBox="0 0 {:.0f} {:.0f}" aria-labelledby="{}-caption" '
        'font-size="12" fill="currentColor">{}{}</svg>'
    ).format(
        _WIDTH,
        _HEIGHT,
        name,
        Markup("").join(head.format(lang, title[lang], summary[lang]) for lang in ("ja", "en")),
        Markup("").join(parts),
    )


def _summary(series: Sequence[_Series], xs: Sequence[str], unit: Mapping[str, str]) -> dict[str, str]:
    """Say in a sentence what the picture shows."""
    count = sum(len(item.points) for item in series)
    named = {lang: mark.join(item.label[lang] for item in series) for lang, mark in (("ja", "、"), ("en", ", "))}
    return {
        "ja": f"{named['ja']}。{xs[0]}から{xs[-1]}まで、{count}個の値（単位：{unit['ja'] or 'なし'}）。",
        "en": f"{named['en']}: {count} values from {xs[0]} to {xs[-1]} (unit: {unit['en'] or 'none'}).",
    }


def _ticks(values: Sequence[float], *, from_zero: bool) -> list[float]:
    """Give round numbers that span the values, five or so."""
    low, high = min(values), max(values)
    if from_zero or 0 <= low <= 0.6 * high:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = (low - abs(low) * 0.1 - 1, high + abs(high) * 0.1 + 1) if low else (0.0, 1.0)
    rough = (high - low) / 5
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [place * step for place in range(first, max(last, first + 1) + 1)]


def _axes(frame: _Frame) -> Iterator[Markup]:
    line = Markup('<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}" stroke="currentColor" stroke-opacity="{}"/>')
    for tick in frame.ticks:
        y = frame.y(tick)
        yield line.format(_at(frame.left), _WIDTH - _RIGHT, _at(y), _at(y), "0.6" if tick == 0 else "0.15")
        yield _text(frame.left - 6, y + 4, _clipped(_amount(tick, frame.unit)), "tick", "end")
    told = [_clipped({"ja": x, "en": x}) for x in frame.xs]
    every = ceil((max(map(_wide, told)) + 6) / frame.room)
    for x, text in list(zip(frame.xs, told, strict=True))[::every]:
        yield _text(frame.centre(x), _HEIGHT - _BOTTOM + 18, text, "tick", "middle")


def _bar_marks(series: Sequence[_Series], frame: _Frame) -> Iterator[Markup]:
    """Draw the bars of a year side by side, then the amounts above them that find room."""
    standing = {
        x: [(turn, point) for turn, item in enumerate(series) for point in item.points if point.x == x]
        for x in frame.xs
    }
    width = min(frame.room * 0.84 / max(map(len, standing.values())), 40.0)
    bars: list[tuple[_Box, int, float]] = []
    for x, points in standing.items():
        start = frame.centre(x) - len(points) * width / 2
        for place, (turn, point) in enumerate(points):
            y, left = frame.y(point.y), start + (place + 0.04) * width
            top, bottom = min(y, frame.zero), max(y, frame.zero)
            bars.append((_Box(left, top, left + width * 0.92, max(bottom, top + 0.5)), turn, point.y))
    rect = Markup('<rect class="bar s{0}" x="{1}" y="{2}" width="{3}" height="{4}" fill="{5}"/>')
    for box, turn, _ in bars:
        size = _at(box.right - box.left), _at(box.bottom - box.top)
        yield rect.format(turn % 8, _at(box.left), _at(box.top), *size, _COLOURS[turn % len(_COLOURS)])
    yield from _values(bars, frame)


def _values(bars: Sequence[tuple[_Box, int, float]], frame: _Frame) -> Iterator[Markup]:
    """Write the amount above a bar where it meets no bar, no other amount and no edge; the table has them all."""
    taken = [box for box, _, _ in bars]
    for bar, _, value in bars:
        text, middle = _short(value, frame.unit), (bar.left + bar.right) / 2
        half = _wide(text) / 2
        box = _Box(middle - half, bar.top - 4 - _LINE, middle + half, bar.top - 3)
        inside = frame.left - 4 <= box.left and box.right <= _WIDTH and box.top >= 0
        if inside and not any(map(box.meets, taken)):
            taken.append(box)
            yield _text(middle, bar.top - 5, text, "value", "middle")


def _line_marks(series: Sequence[_Series], frame: _Frame) -> Iterator[Markup]:
    """Draw a line through values of years that follow each other, and a mark at each; targets dashed and hollow."""
    line = Markup('<path class="line s{}" d="{}" fill="none" stroke="{}" stroke-width="2" stroke-dasharray="{}"/>')
    for turn, item in enumerate(series):
        colour, dashes = _COLOURS[turn % len(_COLOURS)], _DASHES.get(item.role, "none")
        points = sorted((frame.xs.index(point.x), frame.centre(point.x), frame.y(point.y)) for point in item.points)
        steps = [(a, b) for a, b in pairwise(points) if b[0] - a[0] == 1]
        way = "".join(f"M{_at(xa)} {_at(ya)}L{_at(xb)} {_at(yb)}" for (_, xa, ya), (_, xb, yb) in steps)
        if way:
            yield line.format(turn % 8, way, colour, dashes)
        for _, x, y in points:
            yield _mark(x, y, turn, hollow=item.role in _DASHES)


def _mark(x: float, y: float, turn: int, *, hollow: bool) -> Markup:
    colour = _COLOURS[turn % len(_COLOURS)]
    if hollow:
        return Markup(
            '<rect class="mark hollow s{}" x="{}" y="{}" width="8" height="8" '
            'fill="none" stroke="{}" stroke-width="2"/>'
        ).format(turn % 8, _at(x - 4), _at(y - 4), colour)
    return Markup('<circle class="mark s{}" cx="{}" cy="{}" r="4.5" fill="{}"/>').format(
        turn % 8, _at(x), _at(y), colour
    )


def _legend(series: Sequence[_Series]) -> Markup:
    """Name the series beside their colours."""
    key = Markup('<li><svg class="key" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">{}</svg> {}</li>')
    marks = [
        _mark(7, 7, turn, hollow=True)
        if item.role in _DASHES
        else Markup('<rect class="bar s{}" x="2" y="2" width="10" height="10" fill="{}"/>').format(
            turn % 8, _COLOURS[turn % len(_COLOURS)]
        )
        for turn, item in enumerate(series)
    ]
    rows = [key.format(mark, bilingual(item.label)) for mark, item in zip(marks, series, strict=True)]
    return Markup('<ul class="series">{}</ul>').format(Markup("").join(rows)) if rows else Markup("")


def _table(
    series: Sequence[_Series], xs: Sequence[str], axis: Mapping[str, str], word: Words, unit: Mapping[str, str]
) -> Markup:
    if not xs:
        return bilingual({"ja": "値がありません。", "en": "There are no values."})
    heads = [
        axis if axis["ja"] else {"ja": "年", "en": "Year"},
        {"ja": "系列", "en": "Series"},
        {"ja": "値", "en": "Value"},
        {"ja": "印刷表記", "en": "As printed"},
        {"ja": "文書", "en": "Document"},
        {"ja": "箇所", "en": "Place"},
    ]
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(bilingual(text)) for text in heads)
    order = {x: place for place, x in enumerate(xs)}
    rows = [(order[point.x], turn, item, point) for turn, item in enumerate(series) for point in item.points]
    told = [_row(item, point, word, unit) for _, _, item, point in sorted(rows, key=lambda row: row[:2])]
    body = Markup("").join(told)
    return Markup('<table class="numbers"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(head, body)


def _row(item: _Series, point: _Point, word: Words, unit: Mapping[str, str]) -> Markup:
    return Markup(
        '<tr><th scope="row">{}</th><td>{}</td><td class="number">{}</td><td>{}</td><td>{}</td><td>{}</td></tr>'
    ).format(
        point.x,
        bilingual(item.label),
        bilingual(_amount(point.y, unit)),
        point.printed,
        bilingual(labels(word(point.document))) if point.document else "",
        point.locator,
    )


def _text(x: float, y: float, text: Mapping[str, str], kind: str, anchor: str) -> Markup:
    place = Markup('<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>')
    told = text["ja"] if text["ja"] == text["en"] else bilingual(text, "tspan")
    return place.format(kind, _at(x), _at(y), anchor, told)


def _at(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _amount(value: float, unit: Mapping[str, str]) -> dict[str, str]:
    """Write a value with its unit: yen as 億円 or 百万円 and as billions or millions, others as they are."""
    if _is_yen(unit):
        return {"ja": _yen_ja(value), "en": _yen_en(value)}
    text = _digits(value)
    ja, en = unit["ja"], unit["en"]
    return {"ja": text + ja, "en": text + (en if en in {"%", "％"} else f" {en}" if en else "")}


def _short(value: float, unit: Mapping[str, str]) -> dict[str, str]:
    """Write a value as briefly as it can stand above a bar."""
    if _is_yen(unit):
        return {"ja": _yen_ja(value).removesuffix("円"), "en": _yen_en(value)}
    return {"ja": _digits(value), "en": _digits(value)}


def _is_yen(unit: Mapping[str, str]) -> bool:
    return unit["ja"].casefold() in _YEN or unit["en"].casefold() in _YEN


def _yen_ja(value: float) -> str:
    for size, word in ((1e12, "兆円"), (1e8, "億円"), (1e6, "百万円"), (1e4, "万円")):
        if abs(value) >= size:
            return _digits(value / size) + word
    return _digits(value) + "円"


def _yen_en(value: float) -> str:
    sign = "−" if value < 0 else ""
    for size, word in ((1e12, " tn"), (1e9, " bn"), (1e6, " million")):
        if abs(value) >= size:
            return f"{sign}¥{_digits(abs(value) / size)}{word}"
    return f"{sign}¥{_digits(abs(value))}"


def _digits(value: float) -> str:
    """Write a number with at most four digits that matter, more only where it is whole; thousands apart by commas."""
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    if not 1e-4 <= abs(value) < 1e15:
        return f"{value:.3g}"
    places = max(0, 3 - floor(log10(abs(value))))
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
