"""How two passages differ, word by word in Latin script and character by character in Japanese."""

import re
import unicodedata
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import NamedTuple, TypeVar

from stigraph.japanese import fold, squeeze

__all__ = ["Difference", "alike", "difference", "matches"]

_TOKEN = re.compile(r"[A-Za-z]+|\d+|.", re.DOTALL)
_LEAST_LIKENESS = 0.6
_SHORTEST_STAY = 2
_SLIPS = 2
_Key = TypeVar("_Key", int, str)


class Difference(NamedTuple):
    """Two passages as one text: ``［＋added］``, ``［－taken out］``, ``［before→after］``.

    ``spelling`` is True where they differ in spelling only: width, punctuation, or at most two characters (not digits)
    printed or read otherwise, as 國際 for 国際. ``cut`` is True where one is the other without its beginning or end,
    so that the page may say less, or less of it was taken as a passage.
    """

    marked: str
    spelling: bool
    cut: bool


def alike(before: str, after: str) -> bool:
    """Say whether two passages have the same words; white space, line breaks and width do not matter.

    >>> alike("27か国70件（令和2年度）", "27か国70件(令和２年度)")
    True
    """
    return _plain(before) == _plain(after)


def difference(before: str, after: str) -> Difference:
    """Write two passages as one, with what was added, taken out and replaced.

    >>> difference("擦り合わせを経るjoint callの構築", "擦り合わせを経る戦略的joint callの構築").marked
    '擦り合わせを経る［＋戦略的］jointcallの構築'
    >>> difference("これまで39か国", "これまで41か国")
    Difference(marked='これまで［39→41］か国', spelling=False, cut=False)
    >>> difference("國際協力", "国際協力").spelling, difference("協力を推進。強化を図る。", "協力を推進。").cut
    (True, True)
    """
    steps = _steps(_TOKEN.findall(_plain(before)), _TOKEN.findall(_plain(after)))
    changed = [(old, new) for same, old, new in steps if not same]
    slips = sum(len(old) for old, _ in changed)
    spelling = slips <= _SLIPS and all(
        len(old) == len(new) and not re.search(r"[\dA-Za-z]", old + new) for old, new in changed
    )
    cut = all(
        same or (place in (0, len(steps) - 1) and not (old and new)) for place, (same, old, new) in enumerate(steps)
    )
    marked = "".join(_mark(*step) for step in steps)
    return Difference(marked, spelling or fold(before) == fold(after), cut and len(steps) > 1)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", squeeze(text))


def _steps(before: list[str], after: list[str]) -> list[tuple[bool, str, str]]:
    """List what stays and what differs; what stays for one character only between two changes goes with them."""
    steps: list[tuple[bool, str, str]] = []
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for place, (tag, start, end, first, last) in enumerate(codes):
        old, new = "".join(before[start:end]), "".join(after[first:last])
        inner = 0 < place < len(codes) - 1
        same = tag == "equal" and not (inner and len(old) < _SHORTEST_STAY)
        if steps and not same and not steps[-1][0]:
            steps[-1] = (False, steps[-1][1] + old, steps[-1][2] + new)
        else:
            steps.append((same, old, new))
    return steps


def _mark(same: bool, old: str, new: str) -> str:
    if same:
        return old
    if old and new:
        return f"［{old}→{new}］"
    return f"［＋{new}］" if new else f"［－{old}］"


def matches(before: Mapping[_Key, str], after: Mapping[_Key, str]) -> list[tuple[_Key, _Key]]:
    """Find which passage of one page stands for which of another, each once, the likest pairs first.

    >>> matches({1: "joint callの構築", 2: "現27か国と協力中"}, {3: "現在14か国と協力中", 4: "成果の展開"})
    [(2, 3)]
    """
    plain = {key: _plain(text) for texts in (before, after) for key, text in texts.items()}
    scored = []
    for new in after:
        matcher = SequenceMatcher(b=plain[new], autojunk=False)
        for old in before:
            matcher.set_seq1(plain[old])
            if matcher.real_quick_ratio() >= _LEAST_LIKENESS and matcher.quick_ratio() >= _LEAST_LIKENESS:
                scored.append((-matcher.ratio(), old, new))
    found: dict[_Key, _Key] = {}
    for score, old, new in sorted(scored):
        if -score >= _LEAST_LIKENESS and old not in found and new not in found.values():
            found[old] = new
    return list(found.items())
