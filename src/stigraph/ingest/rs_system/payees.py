"""Which payees of the RS system are named, and by which corporate number."""

import re
import unicodedata

from stigraph.ingest import identity
from stigraph.ingest.payees import body_name

__all__ = ["body", "corporate_number"]

_FILLER = "9" * 13
_REGISTERED = re.compile(r"(?:株式|有限|合同|合資|合名)会社[^\s()（）]+|[^\s()（）]+(?:株式|有限|合同|合資|合名)会社")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def corporate_number(text: str | None) -> str | None:
    """Give a 法人番号; None for the nines that fill the cell of a payee without one, though their check digit fits.

    >>> corporate_number("7010401022916 "), corporate_number("9999999999999"), corporate_number("7010401022917")
    ('7010401022916', None, None)
    """
    number = identity.corporate_number(text)
    return None if number == _FILLER else number


def body(name: str, number: str | None) -> str | None:
    """Give the name of a payee if it is that of a body; None for a person, for one who is only lettered, for a rest.

    Beside a corporate number the database prints the name that stands in the register, so that a company is kept by it
    whole, be it as short as a letter or of several words in Latin letters.

    >>> body("麹町税務署", None), body("個人Ａ", None), body("その他", None)
    ('麹町税務署', None, None)
    >>> body("株式会社ＪＡＰＡＮ　ＣＲＡＦＴ　ＳＡＫＥ　ＣＯＭＰＡＮＹ", "9011001104904")
    '株式会社ＪＡＰＡＮ ＣＲＡＦＴ ＳＡＫＥ ＣＯＭＰＡＮＹ'
    >>> body("株式会社ライズ", "4120001177301")
    '株式会社ライズ'
    """
    kept = body_name(name, numbered=number is not None)
    whole = " ".join(name.split())
    if number is None or kept == whole:
        return kept
    if kept is None:
        return whole if _REGISTERED.fullmatch(whole) else None
    cut_off = _plain(whole.removeprefix(kept))
    return whole if "会社" in kept and cut_off.isascii() else kept
