"""Where everything is inside a site: the page or the anchor that an IRI leads to."""

import hashlib
import re
from collections.abc import Mapping

from stigraph.site.reading import Corpus
from stigraph.store.reading import Thing
from stigraph.vocab import ID, STI, slug

__all__ = ["Addresses", "safe_name"]

_SAFE = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9_-])?")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def safe_name(name: str, whole: str | None = None) -> str:
    """Give a file name or anchor that every file system and browser takes.

    A slug of small ASCII letters, digits, dots and hyphens stays as it is; anything else is spelt with what it has of
    these and a digest of ``whole`` (the name itself where none is given), so that no two names meet.

    >>> safe_name("sicorp"), safe_name("Aux")
    ('sicorp', 'ux-6e1fde7a55')
    """
    if _SAFE.fullmatch(name) and not _RESERVED.fullmatch(name):
        return name
    kept = re.sub(r"[^a-z0-9]+", "-", name).strip("-")[:60]
    digest = hashlib.sha256((whole or name).encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{kept or 'x'}-{digest}"


class Addresses:
    """The path of each thing inside the folder of a language: ``programme/sicorp.html``, ``source/….html#…``.

    >>> from stigraph.store import open_store
    >>> addresses = Addresses(Corpus(open_store()))
    >>> addresses.of["https://w3id.org/stigraph/id/programme/sicorp"]
    'programme/sicorp.html'
    """

    def __init__(self, corpus: Corpus) -> None:
        self.pages: dict[str, str] = {}
        for thing in corpus.paged:
            family = corpus.family(thing)
            assert family
            self.pages[thing.iri] = f"{family}/{_stem(thing, family)}.html"
        anchors = {thing.iri: self._anchored(corpus, thing) for thing in corpus.carriers}
        terms = {thing.iri: f"vocabulary.html#{safe_anchor(slug(thing.iri))}" for thing in corpus.vocabulary}
        self.of: Mapping[str, str] = terms | anchors | self.pages

    def _anchored(self, corpus: Corpus, thing: Thing) -> str:
        name = self.anchor(thing)
        if thing.type == "sti:Discrepancy":
            return f"discrepancies.html#{name}"
        home = self.pages.get(corpus.home(thing).iri, "vocabulary.html")
        return f"{home}#{name}"

    @staticmethod
    def anchor(thing: Thing) -> str:
        """Give the anchor of a carrier on the page of its source: ``statement-d004-…``."""
        kind, _, name = thing.iri.removeprefix(ID).partition("/")
        if thing.iri.startswith(ID) and name:
            return f"{safe_name(kind)}-{safe_name(name, thing.iri)}"
        return safe_name(thing.iri)


def safe_anchor(name: str) -> str:
    """Give an anchor that keeps the spelling of a term of the vocabulary."""
    return name if re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", name) else safe_name(name, STI + name)


def _stem(thing: Thing, family: str) -> str:
    prefix = f"{ID}{family}/"
    if thing.iri.startswith(prefix):
        return safe_name(thing.iri[len(prefix) :], thing.iri)
    return safe_name(thing.iri)
