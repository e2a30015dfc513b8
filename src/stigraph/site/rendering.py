"""Turning content into HTML: the templates, and the pen that writes the links of one page."""

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from stigraph.lineage import Evidence, Node
from stigraph.site.addresses import Addresses
from stigraph.site.entries import Value, web_links
from stigraph.site.reading import Corpus
from stigraph.site.words import LANGUAGES, WORDS
from stigraph.store.reading import Thing
from stigraph.vocab import slug

__all__ = ["Pen", "Renderer", "json_text"]

_SCHEME = re.compile(r"https?://(www\.)?")
_FOR_JSON = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def json_text(content: Any) -> Markup:
    """Write JSON that can stand inside an HTML page.

    >>> json_text({"a": "</script>"})
    Markup('{"a":"\\\\u003c/script\\\\u003e"}')
    """
    import json

    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Markup(well_formed(text).translate(_FOR_JSON))


def well_formed(text: str) -> str:
    """Replace halves of surrogate pairs, which no file in UTF-8 can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class Pen:
    """Writes the links of one page in one language.

    >>> from stigraph.store import open_store
    >>> corpus = Corpus(open_store())
    >>> pen = Pen(corpus, Addresses(corpus), "en", "programme/satreps.html")
    >>> pen.link(corpus.by_iri["https://w3id.org/stigraph/id/partner/in"])
    Markup('<a href="../partner/in.html">India</a>')
    """

    def __init__(self, corpus: Corpus, addresses: Addresses, lang: str, path: str) -> None:
        self.corpus = corpus
        self.addresses = addresses
        self.lang = lang
        self.path = path
        self.up = "../" * path.count("/")

    def href(self, target: str) -> str:
        """Give the relative address of a path inside the folder of the language."""
        page, mark, anchor = target.partition("#")
        return f"#{anchor}" if mark and page == self.path else self.up + target

    def root(self, target: str) -> str:
        """Give the relative address of a path inside the site."""
        return f"{self.up}../{target}"

    def twin(self) -> str:
        """Give the relative address of the same page in the other language."""
        return self.root(f"{'en' if self.lang == 'ja' else 'ja'}/{self.path}")

    def label(self, thing: Thing | Node) -> Markup:
        """Write the label of a thing, marked where it is in the other language."""
        text = well_formed(thing.label(self.lang))
        known = {"ja": thing.ja, "en": thing.en} if isinstance(thing, Thing) else dict(thing.labels)
        other = "en" if self.lang == "ja" else "ja"
        if not known.get(self.lang) and known.get(other):
            return Markup('<span lang="{}">{}</span>').format(other, text)
        return escape(text)

    def link(self, thing: Thing | Node) -> Markup:
        """Write a link to the page or place of a thing; its label alone where it has none."""
        iri = thing.iri if isinstance(thing, Thing) else thing.id
        target = self.addresses.of.get(iri)
        if target is None:
            return (
                self.external(iri)
                if iri.startswith(("http://", "https://")) and not _labelled(thing)
                else self.label(thing)
            )
        if target == self.path:
            return Markup("<b>{}</b>").format(self.label(thing))
        return Markup('<a href="{}">{}</a>').format(self.href(target), self.label(thing))

    def ref(self, iri: str) -> Markup:
        """Write a link to what an IRI names."""
        thing = self.corpus.by_iri.get(iri)
        return self.link(thing) if thing else escape(slug(iri))

    def external(self, url: str, text: str | None = None) -> Markup:
        """Write a link that leaves the site; anything but http and https is text."""
        shown = well_formed(text or _SCHEME.sub("", url))
        if not url.startswith(("http://", "https://")):
            return escape(shown)
        return Markup('<a class="out" href="{}" rel="noopener noreferrer">{}</a>').format(well_formed(url), shown)

    def value(self, value: Value) -> Markup:
        """Write a value: a link, or a text with its language."""
        if value.thing:
            return self.link(value.thing)
        text = well_formed(value.text)
        if value.lang and value.lang != self.lang:
            return Markup('<span lang="{}">{}</span>').format(value.lang, text)
        if value.text.startswith(("http://", "https://")):
            return self.external(value.text)
        return escape(text)

    def lines(self, locator: str | None) -> str:
        """Give a locator as people read it.

        >>> Pen.lines(None, "L1759;L1739-L1747")
        'L1759; L1739–L1747'
        """
        return (locator or "").replace(";", "; ").replace("-L", "–L")

    def place(self, evidence: Evidence, *, source: bool = True) -> Markup:
        """Write where something is printed: the document and the lines, as a link to the passage."""
        home = self.corpus.by_iri.get(evidence.document)
        name = home.label(self.lang) if home else slug(evidence.document)
        text = " ".join(filter(None, (name if source else "", self.lines(evidence.locator)))) or name
        target = self.addresses.of.get(evidence.statement or evidence.document)
        if target is None:
            return escape(well_formed(text))
        return Markup('<a class="place" href="{}">{}</a>').format(self.href(target), well_formed(text))

    def basis(self, evidence: Evidence) -> Markup:
        """Write how far the passage itself says it: stated, inferred, background knowledge."""
        if not evidence.basis:
            return Markup("")
        return Markup('<span class="basis basis-{}">{}</span>').format(
            evidence.basis.lower(), self.corpus.word(f"sti:{evidence.basis}", self.lang)
        )

    def note(self, evidence: Evidence) -> Markup:
        """Write why the page alone does not settle it, marked where it is in the other language."""
        text = evidence.note(self.lang)
        if not text:
            return Markup("")
        spoken = next((lang for lang, told in evidence.notes if told == text and lang), self.lang)
        return Markup('<span class="note" lang="{}">{}</span>').format(spoken, well_formed(text))

    def web(self, iri: str | None) -> tuple[str, ...]:
        """List the public addresses that a record names."""
        thing = self.corpus.by_iri.get(iri or "")
        return web_links(self.corpus, thing) if thing else ()

    def word(self, name: str) -> str:
        """Give the label of a class, property or concept."""
        return self.corpus.word(name, self.lang)

    def count(self, key: str, number: int) -> str:
        """Say how many: ``3 passages``."""
        words = WORDS[self.lang]
        return words[f"{key}_1" if number == 1 and f"{key}_1" in words else f"{key}_n"].format(f"{number:,}")


def _labelled(thing: Thing | Node) -> bool:
    return bool(thing.labels) if isinstance(thing, Node) else bool(thing.ja or thing.en)


class Renderer:
    """The templates, compiled once, and what every page shares."""

    def __init__(self, corpus: Corpus, addresses: Addresses, *, base_url: str | None) -> None:
        self.corpus = corpus
        self.addresses = addresses
        self.base_url = base_url
        self.environment = Environment(
            loader=PackageLoader("stigraph.site"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.filters["wellformed"] = well_formed

    def page(self, template: str, lang: str, path: str, content: Mapping[str, Any]) -> str:
        """Render one page of the folder of a language."""
        pen = Pen(self.corpus, self.addresses, lang, path)
        own = f"{self.base_url}{lang}/{path}" if self.base_url else None
        twins = {other: f"{self.base_url}{other}/{path}" for other in LANGUAGES} if self.base_url else {}
        rendered = self.environment.get_template(template).render(
            content,
            pen=pen,
            lang=lang,
            w=WORDS[lang],
            other=WORDS["en" if lang == "ja" else "ja"],
            own=own,
            twins=twins,
        )
        return well_formed(rendered)

    def plain(self, template: str, content: Mapping[str, Any]) -> str:
        """Render a file that belongs to no language."""
        return well_formed(self.environment.get_template(template).render(content))
