"""How large symbols and labels are drawn."""

from collections.abc import Mapping, Sequence
from math import log2

from stigraph.japanese import display_width, wrap
from stigraph.page.content import Content, Node

__all__ = [
    "LABEL_COLUMNS",
    "LABEL_LINES",
    "LINE_HEIGHT",
    "PIXELS_A_COLUMN",
    "display_columns",
    "label_box",
    "labels_beneath",
    "sizes_of",
]

LABEL_COLUMNS, LABEL_LINES = 22, 3
LINE_HEIGHT, PIXELS_A_COLUMN = 16, 6.8
_SMALLEST, _LARGEST = 9, 26


def sizes_of(content: Content) -> Sequence[int]:
    """Give the radius of each symbol: by its degree, the root's the largest."""
    sizes = [round(min(_SMALLEST + 2.2 * log2(1 + degree), _LARGEST)) for degree in content.degrees]
    if content.root is not None:
        sizes[content.root] = _LARGEST
    return sizes


def labels_beneath(content: Content) -> bool:
    """Tell whether labels stand beneath the symbols; in a layered picture they stand at the right."""
    return content.arrangement != "layered"


def label_box(node: Node) -> tuple[float, float]:
    """Give the width and height that a label takes, in the language where it takes more.

    >>> label_box(Node("a", "", "計画", "plan of something", (), 0, 1.0, {}))
    (115.6, 16)
    """
    boxes = [_box(text) for text in (node.ja, node.en)]
    return max(width for width, _ in boxes), max(height for _, height in boxes)


def display_columns(text: Mapping[str, str]) -> int:
    """Count the columns that a heading takes, in the language where it takes more, cut as it is drawn."""
    return min(max(map(display_width, text.values())), LABEL_COLUMNS + 4)


def _box(text: str) -> tuple[float, int]:
    text = text[: LABEL_COLUMNS * 4]
    columns = display_width(text)
    if columns <= LABEL_COLUMNS and "\n" not in text:
        return round(columns * PIXELS_A_COLUMN, 1), LINE_HEIGHT if columns else 0
    lines = list(wrap(text, LABEL_COLUMNS))[:LABEL_LINES]
    return round(max(map(display_width, lines), default=0) * PIXELS_A_COLUMN, 1), LINE_HEIGHT * len(lines)
