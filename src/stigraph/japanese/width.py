"""Columns of a terminal: a Japanese character takes two."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate

__all__ = ["clip", "display_width", "wrap"]

_NO_LINE_START = frozenset("、。，．）」』】〕〉》！？・ーゃゅょっャュョッ%,.)]")


@cache
def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cc", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F", "A"} else 1


def display_width(text: str) -> int:
    """Count the columns a text takes.

    >>> display_width("SICORP"), display_width("基本計画")
    (6, 8)
    """
    return sum(map(_columns, text))


def clip(text: str, columns: int) -> str:
    """Cut a text to so many columns, ending in … where something was cut.

    >>> clip("第6期科学技術・イノベーション基本計画", 12)
    '第6期科学…'
    """
    if display_width(text) <= columns:
        return text
    kept, used = [], 2
    for character in text:
        used += _columns(character)
        if used > columns:
            break
        kept.append(character)
    return "".join(kept) + "…"


def wrap(text: str, columns: int) -> Iterator[str]:
    """Break a text into lines of at most so many columns: at spaces of Latin words, anywhere in Japanese.

    No line begins with a closing bracket, a full stop or a small kana (JIS X 4051, 行頭禁則): one may hang over the
    edge, before more of them the line is broken earlier. A word that is longer than a line is cut.

    >>> list(wrap("国際的な責務と総合的な安全保障", 16))
    ['国際的な責務と総', '合的な安全保障']
    """
    text = text.replace("\n", " ").replace("\r", " ").replace("\t", " ").rstrip()
    used = [*accumulate(map(_columns, text), initial=0)]
    start = 0
    while start < len(text):
        end = bisect_right(used, used[start] + columns) - 1
        cut = _break(text, used, start, end, columns) if end < len(text) else end
        if line := text[start:cut].rstrip():
            yield line
        start = cut
        while text[start:].startswith(" "):
            start += 1


def _break(text: str, used: Sequence[int], start: int, end: int, columns: int) -> int:
    """Find where to break the line from a start whose last character that fits stands before an end."""
    piece = _start_of_piece(text, start, end)
    if piece < end and text[start:piece].strip():
        return piece
    if text[end] not in _NO_LINE_START:
        return max(end, start + 1)
    hanging = end + 1
    if text[hanging : hanging + 1] not in _NO_LINE_START:
        return hanging
    earlier = end
    while earlier > start and text[earlier] in _NO_LINE_START:
        earlier -= 1
    earlier = _start_of_piece(text, start, earlier)
    fits = text[start:earlier].strip() and used[hanging + 1] - used[earlier] <= columns
    return earlier if fits else hanging


def _start_of_piece(text: str, start: int, place: int) -> int:
    """Find where what is not broken begins, a Latin word or a single character, in the line from a start."""
    first = place
    while first >= start and text[first] != " " and _columns(text[first]) < 2:
        first -= 1
    first = min(first + 1, place)
    while first < place and text[first] in _NO_LINE_START:
        first += 1
    return first
