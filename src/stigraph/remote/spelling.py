"""A filter for a server that knows nothing of folding: it lets through every text that may fold to what is sought.

What comes back is folded and compared here; the filter only has to leave out most of the rest. It is made of what
every server does alike: CONTAINS with any characters, REGEX with ASCII characters alone (that of Virtuoso finds
nothing when a pattern of more than plain characters holds others).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from stigraph.japanese import fold
from stigraph.remote.endpoint import text_term

__all__ = ["may_equal", "may_hold", "shared_pairs"]

_PIECES = re.compile(r"[a-z]+|[0-9]+|[^a-z0-9]+")
_GAP = "[^0-9A-Za-z]*"
_ERAS = {"明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}
_LONGEST_ERA = 98
_KANJI_DIGITS = "〇一二三四五六七八九"
_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
_MOST_CHARACTERS = 12


def may_hold(key: str, variable: str = "?v") -> str:
    """Write the condition under which a text may hold a folded key.

    >>> print(may_hold("国際"))
    CONTAINS(STR(?v), "国") && CONTAINS(STR(?v), "際")
    """
    text = f"STR({variable})"
    conditions = dict.fromkeys(condition for piece in _PIECES.findall(key) for condition in _conditions(piece, text))
    return " && ".join(conditions) or "true"


def may_equal(key: str, variable: str = "?v") -> str:
    """Write the condition under which a text may be a folded key and nothing more.

    >>> print(may_equal("国際"))
    CONTAINS(STR(?v), "国") && CONTAINS(STR(?v), "際") && STRLEN(STR(?v)) <= 48
    """
    return f"{may_hold(key, variable)} && STRLEN(STR({variable})) <= {4 * len(key) + 40}"


def shared_pairs(key: str, variable: str = "?v") -> str:
    """Write how many of the pairs of characters of a key a text holds as they stand.

    >>> print(shared_pairs("abc"))
    IF(CONTAINS(LCASE(STR(?v)), "ab"), 1, 0) + IF(CONTAINS(LCASE(STR(?v)), "bc"), 1, 0)
    """
    pairs = sorted({key[start : start + 2] for start in range(max(1, len(key) - 1))})
    return " + ".join(f"IF(CONTAINS(LCASE(STR({variable})), {text_term(pair)}), 1, 0)" for pair in pairs)


def _conditions(piece: str, text: str) -> Iterator[str]:
    if piece[0].isascii():
        yield _number(piece, text) if piece.isdecimal() else _letters(piece, text)
        return
    for character in dict.fromkeys(piece[:_MOST_CHARACTERS]):
        spellings = sorted({character, character.upper(), *_origins().get(character, "")})
        either = " || ".join(f"CONTAINS({text}, {text_term(spelling)})" for spelling in spellings)
        # A numeral in kanji may have been any kind of digit, and a mark of length a dash.
        if character not in _KANJI_DIGITS and character not in "十ー":
            yield either if len(spellings) == 1 else f"({either})"


def _letters(piece: str, text: str) -> str:
    """Latin letters in any case with anything between, or the first of them in full width."""
    pattern = _GAP.join(piece)
    others = sorted(_origins().get(piece[0], ""))
    either = [f'REGEX({text}, "{pattern}", "i")', *(f"CONTAINS({text}, {text_term(other)})" for other in others)]
    return "(" + " || ".join(either) + ")"


def _number(piece: str, text: str) -> str:
    either = [f'REGEX({text}, "{_GAP.join(piece)}")']
    either += [f"CONTAINS({text}, {text_term(other)})" for other in _other_digits(piece)]
    if int(piece) <= len(_ORDINALS) and int(piece):
        either.append(f'REGEX({text}, "{_ORDINALS[int(piece) - 1]}", "i")')
    return "(" + " || ".join(either) + ")"


def _other_digits(piece: str) -> Iterator[str]:
    """Give what a number may be printed with instead of ASCII digits: full-width and circled digits, kanji, an era."""
    yield from sorted(_origins().get(piece[0], ""))
    if len(piece) <= 2:
        yield from sorted({_KANJI_DIGITS[int(piece[0])], _KANJI_DIGITS[int(piece[-1])], "十"})
        yield "元"
    # A short number may be a part of a year.
    year = int(piece[:4]) if len(piece) >= 4 else None
    yield from (era for era, first in _ERAS.items() if year is None or first <= year <= first + _LONGEST_ERA)


# Radicals, circled and squared signs, compatibility ideographs, full and half width.
_COMPATIBLE = (
    (0x2150, 0x2190),
    (0x2460, 0x2500),
    (0x2E80, 0x2FE0),
    (0x3280, 0x3300),
    (0xF900, 0xFB00),
    (0xFF01, 0xFFF0),
)
_VOICED = (0x3041, 0x30FF)


@cache
def _origins() -> dict[str, str]:
    """Give for each folded character the others that fold to it; signs made of several (㌔, ㈱) are left out."""
    origins: dict[str, str] = {}
    for first, end in _COMPATIBLE:
        for character in map(chr, range(first, end)):
            folded = fold(character)
            if len(folded) == 1 and folded != character:
                origins[folded] = origins.get(folded, "") + character
    for character in map(chr, range(*_VOICED)):
        plain = unicodedata.normalize("NFD", character)[0]
        if plain != character:
            origins[character] = origins.get(character, "") + plain + origins.get(plain, "")
    return origins
