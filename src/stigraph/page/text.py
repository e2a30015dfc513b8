"""Every value a graph may hold, as text that can be shown."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from stigraph.errors import UsageError
from stigraph.vocab import slug

__all__ = ["bilingual", "json_block", "known_language", "labels", "mappings", "name_of", "number", "shown"]

_LONGEST = 20_000
_UNSHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def shown(value: Any) -> str:
    """Make a text of any value: nothing for None and NaN, not longer than can be read.

    Control characters and lone surrogates, which no page can hold, are replaced.

    >>> shown(None), shown(3), shown("a\\x00b\\ud800"), shown(float("nan"))
    ('', '3', 'a�b�', '')
    """
    if type(value) is str and len(value) <= _LONGEST and value.isprintable():
        return value
    if not isinstance(value, str):
        if value is None or (isinstance(value, float) and math.isnan(value)):
            return ""
        value = str(value)
    if len(value) > _LONGEST:
        value = value[:_LONGEST] + "…"
    return value if value.isprintable() else _UNSHOWN.sub("\ufffd", value)


def number(value: Any, otherwise: float) -> float:
    """Read a finite number, or give the other.

    >>> number("2.5", 1), number(None, 1), number("many", 1), number(float("inf"), 1)
    (2.5, 1, 1, 1)
    """
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        return otherwise
    return found if math.isfinite(found) else otherwise


def labels(value: Any, otherwise: str = "") -> dict[str, str]:
    """Read a text by language from a mapping, a plain text or nothing; both languages are always there.

    >>> labels({"en": "plan"})
    {'ja': 'plan', 'en': 'plan'}
    >>> labels(None, "sti:Plan")
    {'ja': 'sti:Plan', 'en': 'sti:Plan'}
    """
    if type(value) is dict:
        ja, en = shown(value.get("ja")), shown(value.get("en"))
        if ja and en:
            return {"ja": ja, "en": en}
    if isinstance(value, Mapping):
        told = {lang: shown(text) for lang, text in value.items()}
        any_text = next(filter(None, told.values()), "") or otherwise
        return {"ja": told.get("ja") or any_text, "en": told.get("en") or any_text}
    text = shown(value) or otherwise
    return {"ja": text, "en": text}


def known_language(lang: str) -> str:
    """Give the language back if pages are written in it.

    Raises:
        UsageError: it is neither ``ja`` nor ``en``.
    """
    if lang not in {"ja", "en"}:
        raise UsageError(f"A page opens in ja or en, not in “{shown(lang)[:20]}”.")
    return lang


def mappings(value: Any) -> Sequence[Mapping[str, Any]]:
    """Give the mappings of a list, and nothing of anything else.

    >>> mappings([{"a": 1}, None, 3]), mappings("text")
    ([{'a': 1}], ())
    """
    if not isinstance(value, (list, tuple)):
        return ()
    return [item for item in value if type(item) is dict or isinstance(item, Mapping)]


def name_of(identifier: str) -> str:
    """Give what an identifier is called where it has no label: the end of an IRI, or itself.

    >>> name_of("https://w3id.org/stigraph/id/programme/sicorp"), name_of("a/b")
    ('sicorp', 'a/b')
    """
    return slug(identifier) or identifier if identifier.startswith(("http://", "https://")) else identifier


def json_block(content: Any) -> Markup:
    """Write JSON that may stand between the tags of a script: no character in it can end the element.

    >>> json_block({"a": "</script>"})
    Markup('{"a":"\\\\u003c/script\\\\u003e"}')
    """
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character, escaped in _ESCAPES.items():
        text = text.replace(character, escaped)
    return Markup(text)


def bilingual(text: Mapping[str, str], tag: str = "span") -> Markup:
    """Write a text in both languages; the style sheet shows the one that is chosen.

    >>> bilingual({"ja": "計画", "en": "plan"})
    Markup('<span class="ja" lang="ja">計画</span><span class="en" lang="en">plan</span>')
    """
    pattern = Markup('<{0} class="ja" lang="ja">{1}</{0}><{0} class="en" lang="en">{2}</{0}>')
    return pattern.format(Markup(tag), text["ja"], text["en"])
