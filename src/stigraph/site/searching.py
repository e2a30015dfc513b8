"""The index that the search of a site reads: every named thing, and every passage."""

from collections.abc import Iterator
from typing import Any

from stigraph.site.addresses import Addresses
from stigraph.site.reading import Corpus
from stigraph.site.rendering import json_text
from stigraph.store.reading import Thing

__all__ = ["write_index"]

_FIRST = (
    "sti:Plan",
    "sti:Programme",
    "sti:Strategy",
    "sti:Ministry",
    "sti:FundingAgency",
    "sti:Country",
    "sti:Source",
)


def write_index(corpus: Corpus, addresses: Addresses) -> str:
    """Write the index as a script that leaves it in ``window.stigraphIndex``; a page loads it when search begins.

    It holds ``classes`` (labels in both languages) and ``things``: class, path, labels, other names and codes, words
    of the passage. Things people ask for most come first, passages last.
    """
    classes: dict[str, int] = {}
    rows = [_row(corpus, addresses, thing, classes) for thing in _indexed(corpus, addresses)]
    content = {
        "classes": [[corpus.word(name, "ja"), corpus.word(name, "en")] for name in classes],
        "things": rows,
    }
    return f"window.stigraphIndex={json_text(content)};\n"


def _indexed(corpus: Corpus, addresses: Addresses) -> Iterator[Thing]:
    known = [thing for thing in corpus.things.values() if thing.iri in addresses.of and thing.type.startswith("sti:")]
    return iter(sorted(known, key=lambda thing: (*_rank(corpus, thing), thing.iri)))


def _rank(corpus: Corpus, thing: Thing) -> tuple[bool, int]:
    return not corpus.family(thing), _FIRST.index(thing.type) if thing.type in _FIRST else len(_FIRST)


def _row(corpus: Corpus, addresses: Addresses, thing: Thing, classes: dict[str, int]) -> list[Any]:
    kind = classes.setdefault(thing.type, len(classes))
    names = [
        fact.value
        for predicate in ("skos:prefLabel", "skos:altLabel", "skos:notation")
        for fact in corpus.values(thing.number, predicate)
        if fact.value and fact.value not in (thing.ja, thing.en)
    ]
    printed = corpus.text(thing.number, "sti:quote") or corpus.text(thing.number, "sti:asPrinted")
    printed = printed or corpus.text(thing.number, "sti:citedAs")
    row: list[Any] = [
        kind,
        addresses.of[thing.iri],
        thing.ja or "",
        thing.en or "",
        list(dict.fromkeys(names)),
        printed or "",
    ]
    if not (thing.ja or thing.en):
        row[2] = printed or thing.label()
    while row and not row[-1]:
        row.pop()
    return row
