"""Columns of a terminal: a Japanese character takes two."""

import unicodedata
from collections.abc import Iterator
from functools import cache

__all__ = ["clip", "display_width", "wrap"]

_NO_LINE_START = frozenset("、。，．）」』】〕〉》！？・ーゃゅょっャュョッ%,.)]")

_SPACES = frozenset("\n\r\t")


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
    edge, before more of them the line is broken earlier.

    >>> list(wrap("国際的な責務と総合的な安全保障", 16))
    ['国際的な責務と総', '合的な安全保障']
    """
    if display_width(text) <= columns and _SPACES.isdisjoint(text):
        if line := text.rstrip():
            yield line
        return
    line, used = "", 0
    for piece in _pieces(text, columns):
        width = display_width(piece)
        hangs = piece in _NO_LINE_START and used <= columns
        if used + width > columns and not hangs and line.strip():
            cut = _early_break(line, columns - width) if piece in _NO_LINE_START else len(line)
            yield line[:cut].rstrip()
            line = (line[cut:] + piece).lstrip()
            used = display_width(line)
        else:
            line += piece
            used += width
    if line.strip():
        yield line.rstrip()


def _early_break(line: str, columns: int) -> int:
    """Find where to break a line so that the next begins with its last character that may begin one."""
    cut = len(line) - 1
    while cut > 0 and line[cut] in _NO_LINE_START:
        cut -= 1
    fits = line[:cut].strip() and display_width(line[cut:]) <= columns
    return cut if fits else len(line)


def _pieces(text: str, columns: int) -> Iterator[str]:
    """Yield what is not broken: Latin words (but parts of one that is longer than a line), else single characters."""
    word = ""
    for printed in text:
        character = " " if printed in _SPACES else printed
        latin = character != " " and _columns(character) == 1
        if latin and (word or character not in _NO_LINE_START):
            word += character
            if len(word) < columns:
                continue
            character = ""
        if word:
            yield word
            word = ""
        if character:
            yield character
    if word:
        yield word
