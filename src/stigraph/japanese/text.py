"""Forms of a text for comparing: never for storing."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from stigraph.japanese.eras import KANJI_NUMBER, kanji_number, replace_era_years

__all__ = ["bigrams", "fold", "squeeze"]

# The patterns are texts, compiled when they are first used: a look-up of "SICORP" needs none of them.
# Radicals that NFKC leaves alone although PDF fonts put them where the ideograph is meant
# (Unicode: EquivalentUnifiedIdeograph.txt, block CJK Radicals Supplement).
_RADICALS = str.maketrans(
    "⺠⻁⻄⻅⻆⻉⻋⻑⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻫⻬⻭⻯⻲",
    "民虎西見角貝車長門青韋頁風飛食馬骨鬼魚鳥鹵麦黄斉齊歯竜亀",
)
_DASH_AFTER_KANA = r"(?<=[ァ-ヺー])[‐‑‒–—―−-](?=[ァ-ヺー])"
_SPACE_BESIDE_JAPANESE = r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])"
_KANJI_PERIOD = rf"第({KANJI_NUMBER})(?=[期次回])"
_PERIOD = r"第?(\d+)期"
_YEAR = r"((?:19|20)\d\d)\s*(?:年度|年)"
_ORDINAL = r"\b(\d+)(?:st|nd|rd|th)\b"
_ORDINAL_WORDS = {
    word: str(number)
    for number, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"],
        start=1,
    )
}
_ORDINAL_WORD = r"\b(" + "|".join(_ORDINAL_WORDS) + r")\b"
_FISCAL_PREFIX = r"\bfy\s*(?=(?:19|20)\d\d)"
_MARKUP = r"</?[A-Za-z][^<>]{0,80}>|\*\*"
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "\\_": "_"}


def _compatible(text: str) -> str:
    return unicodedata.normalize("NFKC", text.translate(_RADICALS))


def fold(text: str) -> str:
    """Give the form under which two spellings of one name are equal.

    Width, case, radicals, spaces, punctuation, era years, 第/期/年度 and English ordinals no longer matter; numbers
    do, so that 第5期 never equals 第6期.

    >>> fold("第６期科学技術・イノベーション基本計画") == fold("第六期 科学技術イノベーション基本計画")
    True
    >>> fold("6th Basic Plan"), fold("Sixth Basic Plan"), fold("第5期基本計画")
    ('6basicplan', '6basicplan', '5基本計画')
    """
    if text.isascii() and text.isalpha():
        return text.casefold()
    form = re.sub(_DASH_AFTER_KANA, "ー", _compatible(text)).casefold()
    form = re.sub(_SPACE_BESIDE_JAPANESE, "", form)
    form = re.sub(_KANJI_PERIOD, lambda match: f"第{kanji_number(match[1])}", form)
    form = re.sub(_YEAR, r"\1", replace_era_years(form))
    form = re.sub(_PERIOD, r"\1", form)
    form = re.sub(_ORDINAL, r"\1", form, flags=re.ASCII)
    form = re.sub(_ORDINAL_WORD, lambda match: _ORDINAL_WORDS[match[1]], form, flags=re.ASCII)
    form = re.sub(_FISCAL_PREFIX, "", form, flags=re.ASCII)
    return "".join(filter(str.isalnum, form))


def squeeze(text: str) -> str:
    """Take out what the layout of a page puts into a passage: white space, line breaks, markup of the extraction.

    Two passages are the same words when their squeezed forms are equal. Unlike `fold` it keeps punctuation, width
    and every character as printed.

    >>> squeeze("国際的な責務と<b>総合的な</b>\\n 安全保障")
    '国際的な責務と総合的な安全保障'
    """
    plain = re.sub(_MARKUP, "", text)
    for escaped, character in _ENTITIES.items():
        plain = plain.replace(escaped, character)
    return "".join(plain.replace("\ufeff", "").split())


def bigrams(key: str) -> Iterator[str]:
    """Yield the overlapping pairs of characters of a folded text; one character yields itself.

    >>> list(bigrams("量子技術"))
    ['量子', '子技', '技術']
    """
    if len(key) == 1:
        yield key
    for left, right in pairwise(key):
        yield left + right
