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

    >>> print(may_hold("量子"))
    CONTAINS(STR(?v), "量") && CONTAINS(STR(?v), "子")
    """
    text = f"STR({variable})"
    conditions = dict.fromkeys(condition for piece in _PIECES.findall(key) for condition in _conditions(piece, text))
    return " && ".join(conditions) or "true"


def may_equal(key: str, variable: str = "?v") -> str:
    """Write the condition under which a text may be a folded key and nothing more.

    >>> print(may_equal("量子"))
    CONTAINS(STR(?v), "量") && CONTAINS(STR(?v), "子") && STRLEN(STR(?v)) <= 48
    """
    return f"{may_hold(key, variable)} && STRLEN(STR({variable})) <= {4 * len(key) + 40}"


def shared_pairs(key: str, variable: str = "?v") -> str:
    """Write how many of the pairs of characters of a key a text holds as they stand.

    >>> print(shared_pairs("量子技"))
    IF(CONTAINS(LCASE(STR(?v)), "量子"), 1, 0) + IF(CONTAINS(LCASE(STR(?v)), "子技"), 1, 0)
    """
    pairs = sorted({key[start : start + 2] for start in range(max(1, len(key) - 1))})
    return " + ".join(f"IF(CONTAINS(LCASE(STR({variable})), {text_term(pair)}), 1, 0)" for pair in pairs)


def _conditions(piece: str, text: str) -> Iterator[str]:
    if piece[0].isascii():
        yield _number(piece, text) if piece.isdecimal() else _letters(piece, text)
        return
    for character in dict.fromkeys(piece[:_MOST_CHARACTERS]):
        spellings = sorted({character, *_origins().get(character, "")})
        either = " || ".join(f"CONTAINS({text}, {text_term(spelling)})" for spelling in spellings)
        # A numeral in kanji may have been any kind of digit, and a mark of length a dash.
        if character not in _KANJI_DIGITS and character not in "十ー":
            yield either if len(spellings) == 1 else f"({either})"


def _letters(piece: str, text: str) -> str:
    """Latin letters in any case with anything between, or the first of them in full width or as a part of a sign."""
    pattern = _GAP.join(piece)
    others = sorted(set(_origins().get(piece[0], "")) - {piece[0], piece[0].upper()})
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
    yield from sorted(set(_origins().get(piece[0], "")) - {piece[0]})
    if len(piece) <= 2:
        yield from sorted({_KANJI_DIGITS[int(piece[0])], _KANJI_DIGITS[int(piece[-1])], "十"})
        yield "元"
    year = int(piece[:4]) if len(piece) >= 4 else 0
    yield from (era for era, first in _ERAS.items() if first <= year <= first + _LONGEST_ERA)


@cache
def _origins() -> dict[str, str]:
    """Give for each folded character the others that fold to it, alone or as a part of what they fold to."""
    origins: dict[str, str] = {}
    for code in range(0x80, 0x10000):
        character = chr(code)
        if unicodedata.normalize("NFKC", character) == character and character.casefold() == character:
            if not unicodedata.combining(character) and fold(character) in ("", character):
                continue
        for part in fold(character):
            if part != character:
                origins[part] = origins.get(part, "") + character
    for voiced in range(0x3040, 0x3100):
        plain = unicodedata.normalize("NFD", chr(voiced))[0]
        if plain != chr(voiced):
            origins[chr(voiced)] = origins.get(chr(voiced), "") + plain + origins.get(plain, "")
    return origins


