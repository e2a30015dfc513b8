"""The passage that holds a name, and whether it stands on what is named."""

import re

__all__ = ["kind_of", "passage"]

_BREAKS = "。\n"
_LONGEST_QUOTE = 160
_VERB = 8
_CONTEXT = 60
_STANDS_ON = re.compile(
    r"に基づ|にもとづ|を踏まえ|をふまえ|に位置|に沿|に即|に則|に掲げ|に示され|に定め|に盛り込|に記載|を受け|において|に明記|を推進|の実現|の達成|"
    r"を実現|を達成|に資する|に従|により|に規定|に対応|の実施|を実施|を着実|に関する|では|にも|で(?:は|、)|の一環"
)


def kind_of(plain: str, end: int) -> str:
    """Give ``Declaration`` where what follows a name says that the sheet stands on it, else ``Background``."""
    after = re.split(r"[。\n]", plain[end : end + _CONTEXT], maxsplit=1)[0]
    return "Declaration" if _STANDS_ON.search(after) else "Background"


def passage(plain: str, start: int, end: int) -> tuple[int, int]:
    """Give the sentence that holds a name; of a long one, the clauses around it."""
    first = max(plain.rfind(mark, 0, start) for mark in _BREAKS) + 1
    stops = [position for position in (plain.find(mark, end) for mark in _BREAKS) if position >= 0]
    last = min(stops) if stops else len(plain)
    if last < len(plain) and plain[last] == "。":
        last += 1
    if last - first > _LONGEST_QUOTE:
        first, last = _clauses(plain, start, end, first, last)
    while first < start and plain[first] in " \t":
        first += 1
    while last > end and plain[last - 1] in " \t":
        last -= 1
    return first, last


def _clauses(plain: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    comma = plain.rfind("、", first, max(first, start - 1))
    first = comma + 1 if comma >= 0 and start - comma > 1 else first
    if start - first > _LONGEST_QUOTE // 2:
        first = start
    comma = plain.find("、", min(end + _VERB, last), last)
    last = comma if comma >= 0 else last
    if last - end > _LONGEST_QUOTE:
        last = max(end, plain.find("、", end, last))
    return first, last
