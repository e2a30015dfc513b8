"""Columns of a terminal: a Japanese character takes two."""

import unicodedata
from collections.abc import Iterator
from functools import cache

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

    No line begins with a closing bracket, a full stop or a small kana (JIS X 4051, 行頭禁則), which may hang one
    character over the edge.

    >>> list(wrap("国際的な責務と総合的な安全保障", 16))
    ['国際的な責務と総', '合的な安全保障']
    """
    line, used = "", 0
    for piece in _pieces(text):
        width = display_width(piece)
        if line.strip() and used + width > columns and piece[0] not in _NO_LINE_START:
            yield line.rstrip()
            line, used = "", 0
            piece = piece.lstrip()  # noqa: PLW2901 - a line does not begin with a space
            width = display_width(piece)
        line += piece
        used += width
    if line.strip():
        yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    word = ""
    for character in text:
        if character != " " and _columns(character) == 1:
            word += character
            continue
        if word:
            yield word
            word = ""
        yield character
    if word:
        yield word
