"""Whether a plan that is named is there: the next one, one still being made, and a part of another word are not."""

import re

from stigraph.ingest.mentions.dates import dates_of_making

__all__ = ["is_named_only"]

_MAKING = re.compile(
    r"^[」』]?(?:\([^()]*\))?(?:等)?(?:\s?(?:を|の|が|に係る|に向けた)?(?:新たに)?(?:策定|作成|立案|検討|見直し|改定|改訂|審議|案の?作成|取りまとめ|とりまとめ|変更|素案|(?:閣議)?決定に(?:向|む)け)|案(?:の|を|に)|に(?:向|む)けた(?:検討|提言))"
)
# What is said of a plan that was made, though the words are those of making one.
_MADE = re.compile(
    r"^[」』]?(?:\([^()]*\))*\s?(?:[をが](?:新たに)?(?:策定|作成|改定|改訂|変更|取りまとめ|とりまとめ)(?:したところ|した。|しており|された|され、)|の(?:策定|改定|改訂|変更)(?:に基づ|を踏まえ|を受け))"
)
_GOES_ON = re.compile(r"(?<![」』)])(?![等及並又若上中内下第平令以外版期])[一-鿿ァ-ヶ]")
_CONTEXT = 60


def is_named_only(plain: str, start: int, end: int) -> bool:
    """Tell whether a name is no plan that is there: the next one, one still being made, or part of another word."""
    after = plain[end : end + _CONTEXT]
    making = _MAKING.match(after) and not _MADE.match(after) and not dates_of_making(plain, start, end)
    return bool(plain.endswith("次期", 0, start) or making or _GOES_ON.match(plain, end))
