"""The words of the site itself in Japanese and English (``words.toml``); those of the vocabulary are the ontology's."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files

__all__ = ["FAMILY_WORDS", "LANGUAGES", "PROPERTY_WORDS", "WORDS", "inverse_word"]

LANGUAGES = ("ja", "en")
_FILE = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))

WORDS: Mapping[str, Mapping[str, str]] = {
    lang: {key: pair[lang] for key, pair in _FILE["words"].items()} for lang in LANGUAGES
}

PROPERTY_WORDS: Mapping[str, Mapping[str, str]] = _FILE["properties"]
"""Words for properties of other vocabularies, as they read beside a value."""

FAMILY_WORDS: Mapping[str, tuple[str, str]] = {
    "programme": ("programmes.html", "programmes_short"),
    "project": ("programmes.html", "programmes_short"),
    "document": ("documents.html", "documents_short"),
    "organization": ("organizations.html", "organizations_by_class"),
    "partner": ("partners.html", "partners_short"),
    "indicator": ("indicators.html", "indicators_short"),
    "objective": ("objectives.html", "objectives_short"),
    "source": ("sources.html", "sources_short"),
}
"""For each kind of page: the list it belongs to, and the word for that list."""


def inverse_word(predicate: str, kind: str, lang: str) -> str | None:
    """Name what points at a thing by a property, from the side of the thing; None where there is no word for it.

    >>> inverse_word("sti:agency", "sti:Programme", "en")
    'Programmes it runs'
    """
    pair: Mapping[str, str] | None = _FILE["inverse"].get(predicate, {}).get(kind)
    return pair[lang] if pair else None
