"""A plot of seconds against triples with two logarithmic axes, as SVG, in a few lines and with no library."""

import math
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

__all__ = ["draw"]

_WIDTH, _HEIGHT, _MARGIN, _LEGEND = 760, 440, 60, 190
# Okabe and Ito's colours, which are told apart with every kind of colour vision.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#000000")


def draw(sizes: Sequence[float], series: Mapping[str, Sequence[float]]) -> str:
    """Draw a line for each series: seconds by number of triples.

    >>> svg = draw([1e4, 1e5], {"lineage": [0.06, 0.06]})
    >>> svg.count("<polyline"), "lineage" in svg
    (1, True)
    """
    left, right = _decades(sizes)
    bottom, top = _decades([value for values in series.values() for value in values])

    def across(size: float) -> float:
        return _MARGIN + (math.log10(size) - left) / (right - left) * (_WIDTH - _LEGEND - _MARGIN)

    def up(seconds: float) -> float:
        return _HEIGHT - _MARGIN - (math.log10(seconds) - bottom) / (top - bottom) * (_HEIGHT - 2 * _MARGIN)

    marks = [_line(across(10**n), up(10**bottom), across(10**n), up(10**top)) for n in range(left, right + 1)]
    marks += [_line(across(10**left), up(10**n), across(10**right), up(10**n)) for n in range(bottom, top + 1)]
    marks += [_text(across(10**n), _HEIGHT - _MARGIN + 20, _power(n), "middle") for n in range(left, right + 1)]
    marks += [_text(_MARGIN - 8, up(10**n) + 4, _power(n), "end") for n in range(bottom, top + 1)]
    marks += [_text((_MARGIN + _WIDTH - _LEGEND) / 2, _HEIGHT - 12, "triples", "middle")]
    marks += [_text(_MARGIN, _MARGIN - 20, "seconds", "start")]
    for number, (name, values) in enumerate(series.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        points = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in zip(sizes, values, strict=True))
        marks.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        marks.append(_text(_WIDTH - _LEGEND + 16, up(values[-1]) + 4, name, "start", colour))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        'font-family="sans-serif" font-size="13" role="img"><title>Seconds by number of triples</title>\n'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>\n' + "\n".join(marks) + "\n</svg>\n"
    )


def _decades(values: Sequence[float]) -> tuple[int, int]:
    """Give the powers of ten around values; at least one decade apart."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def _power(exponent: int) -> str:
    return "10" + str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#ccc"/>'


def _text(x: float, y: float, text: str, anchor: str, colour: str = "#333") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'
