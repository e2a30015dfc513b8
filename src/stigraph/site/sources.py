"""The page of a source: what was read from it, in the order of its lines, each with an anchor."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from stigraph.site.entries import Entry, entry, first_line, web_links
from stigraph.site.reading import Corpus
from stigraph.site.rendering import Renderer, json_text
from stigraph.site.schema_org import describe_page
from stigraph.site.words import WORDS
from stigraph.store.reading import Thing
from stigraph.vocab import BACKGROUND, CATALOGUE

__all__ = ["Lines", "Sources"]

_JUMP_EVERY = 100


class Read(NamedTuple):
    """One entry, its anchor, and what cites it."""

    anchor: str
    entry: Entry
    cited_by: Sequence[Thing]


class Lines(NamedTuple):
    """The entries whose place begins at one line (0 where the place is not a line)."""

    start: int
    entries: Sequence[Read]


class Sources:
    """What was read from each source."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.read: dict[str, list[Thing]] = {}
        for thing in corpus.carriers:
            if thing.type != "sti:Discrepancy":
                self.read.setdefault(corpus.home(thing).iri, []).append(thing)

    def counts(self, source: Thing) -> Mapping[str, int]:
        """Count what was read from a source, by class."""
        counts: dict[str, int] = {}
        for thing in self.read.get(source.iri, ()):
            counts[thing.type] = counts.get(thing.type, 0) + 1
        return dict(sorted(counts.items()))

    def content(self, renderer: Renderer, source: Thing, lang: str) -> dict[str, Any]:
        """Collect what the page of a source shows in one language."""
        corpus, path = self.corpus, renderer.addresses.pages[source.iri]
        lines = self._lines(renderer, source, lang)
        url = f"{renderer.base_url}{lang}/{path}" if renderer.base_url else None
        return {
            "thing": source,
            "title": source.label(lang),
            "crumbs": [("index.html", WORDS[lang]["home"]), ("sources.html", WORDS[lang]["sources_short"])],
            "kind": corpus.word(source.type, lang),
            "description": corpus.text(source.number, "dcterms:description", lang),
            "printed_title": corpus.text(source.number, "dcterms:title"),
            "issued": corpus.text(source.number, "dcterms:issued"),
            "digest": corpus.text(source.number, "sti:sha256"),
            "web": web_links(corpus, source),
            "counts": self.counts(source),
            "lines": lines,
            "jumps": _jumps(lines),
            "layer": source.iri in (BACKGROUND, CATALOGUE),
            "data": f"data/{path.removesuffix('.html')}.ttl",
            "path": path,
            "jsonld": json_text(describe_page(corpus, source, lang, url=url)),
        }

    def _lines(self, renderer: Renderer, source: Thing, lang: str) -> list[Lines]:
        groups: dict[int, list[Read]] = {}
        for thing in self.read.get(source.iri, ()):
            found = entry(self.corpus, thing, lang)
            citing = self.corpus.subjects(thing.number, "sti:cites") if thing.type == "sti:Statement" else []
            read = Read(renderer.addresses.anchor(thing), found, citing)
            groups.setdefault(first_line(found.evidence.locator), []).append(read)
        return [Lines(start, sorted(group, key=_in_line)) for start, group in sorted(groups.items())]


def _in_line(read: Read) -> tuple[bool, bool, str, str]:
    kind = read.entry.thing.type
    return kind == "sti:Record", kind != "sti:Statement", read.entry.evidence.locator or "", read.entry.thing.iri


def _jumps(lines: Sequence[Lines]) -> list[int]:
    """List the lines to jump to: the first of every hundred."""
    firsts: dict[int, int] = {}
    for group in lines:
        if group.start:
            firsts.setdefault(group.start // _JUMP_EVERY, group.start)
    return list(firsts.values()) if len(firsts) > 1 else []
