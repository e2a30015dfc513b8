"""How names of programmes are compared over the years."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from stigraph.japanese import bigrams, fold

__all__ = ["Name", "likeness", "read_name"]

_INSIDE = r"((?:[^()]|\([^()]*\))+)"
_FORMER = re.compile(
    rf"[(「『]\s*(?:旧(?:事業)?(?:名称?)?|前年度)\s*:?\s*[「『]?{_INSIDE}\)?"
    rf"|(?:旧(?:事業)?(?:名称?)?|前年度)\s*:\s*{_INSIDE}"
    r"|まで(?:の[^「」『』]*)?は?[、,]?\s*[「『]([^」』]+)[」』]|[「『]([^」』]+)[」』](?:から|に)名称変更"
    rf"|[(](?:平成|令和)(?:\d+|元)年度(?:まで|補正)?\s*:\s*{_INSIDE}"
)
_FORMER_BRACKET = re.compile(
    r"\(\s*(?:旧|前年度\s*:|[^()]*まで(?:の[^「」『』]*)?は?[、,]?\s*[「『]|[^()]*[「『][^」』]+[」』](?:から|に)名称変更"
    r"|(?:平成|令和)(?:\d+|元)年度(?:まで|補正)?\s*:).*$",
    re.DOTALL,
)
_MARKS = ("旧", "前年度", "名称変更", "まで", "年度:", "年度補正:")
_PROVISIONAL = re.compile(r"\(\s*(?:仮称?|再掲)\s*\)")
_BRACKET = re.compile(r"[(\[<【〔〈《]([^()\[\]<>【】〔〕〈〉《》]*)[)\]>】〕〉》]")
_SHARED_ACCOUNT = re.compile(r"\((?:情報通信技術調達等適正・効率化推進費|国際観光旅客税財源)\)")
_TAIL = re.compile(
    r"(?:(?:の(?:実施|推進|実現|促進))?(?:に(?:必要な|要する|係る|関する)経費|事業費?(?:等?補助金?|委託費?|交付金)?|委託費|補助金?|経費|費))$|の実施$"
)
_NUMBER = re.compile(r"\d+")
_SHORTEST = 4
_NUMERALS = str.maketrans("ⅠⅡⅢⅣⅤⅥⅦⅧⅨ", "123456789")


class Name(NamedTuple):
    """One name, read.

    Attributes:
        key: the folded name without 旧 names and （仮称）.
        stem: the core without 事業, 事業費補助金, に必要な経費 … at its end.
        core: the key without what stands in brackets.
        brackets: what stands in brackets, folded.
        former: the folded names that it says it had.
        numbers: the numbers in it.
        pairs: its pairs of letters.
    """

    key: str
    core: str
    stem: str
    brackets: frozenset[str]
    former: frozenset[str]
    numbers: frozenset[str]
    pairs: frozenset[str]


def _stem(core: str) -> str:
    stem = _TAIL.sub("", core)
    return stem if len(stem) > _SHORTEST else core


@lru_cache(maxsize=65536)
def read_name(name: str, ministry: str = "") -> Name:
    """Read a name; the name of its own ministry at its beginning is left out.

    >>> name = read_name("省エネルギー設備導入補助金（旧：エネルギー設備補助金）")
    >>> name.key, sorted(name.former)
    ('省エネルギー設備導入補助金', ['エネルギー設備補助金'])
    >>> read_name("研究（第1期）").numbers == read_name("研究（第2期）").numbers
    False
    """
    plain = unicodedata.normalize("NFKC", " ".join(name.translate(_NUMERALS).split()))
    said = _FORMER.findall(plain) if any(mark in plain for mark in _MARKS) else []
    former = {fold(text) for texts in said for text in texts if text}
    former = {text for text in former if len(text) > _SHORTEST}
    current = (_FORMER_BRACKET.sub("", plain) if former else plain) or plain
    current = _SHARED_ACCOUNT.sub("", _PROVISIONAL.sub("", current))
    if ministry and len(current) > len(ministry) + _SHORTEST:
        current = current.removeprefix(ministry)
    key = fold(current)
    brackets: set[str] = set()
    core = current
    while found := _BRACKET.findall(core):
        brackets.update(map(fold, found))
        core = _BRACKET.sub("", core)
    core = fold(core) or key
    return Name(
        key=key,
        core=core,
        stem=_stem(core),
        brackets=frozenset(filter(None, brackets)),
        former=frozenset(former),
        numbers=frozenset(_NUMBER.findall(key)),
        pairs=frozenset(bigrams(key)),
    )


def likeness(one: frozenset[str], two: frozenset[str]) -> float:
    """Give the share of pairs of letters that two names have in common, from 0 to 1."""
    return 2 * len(one & two) / ((len(one) + len(two)) or 1)
