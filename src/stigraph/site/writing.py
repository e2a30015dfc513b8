"""Writing a site: every page into a new folder beside, swapped in whole at the end."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

from stigraph.errors import StoreError, UsageError
from stigraph.site.addresses import Addresses
from stigraph.site.drawings import Drawings, Overview
from stigraph.site.lists import LISTS, Lister
from stigraph.site.reading import Corpus
from stigraph.site.rendering import Renderer, json_text
from stigraph.site.review_sheets import ReviewSheets
from stigraph.site.schema_org import describe_site
from stigraph.site.searching import write_index
from stigraph.site.sources import Sources
from stigraph.site.things import Study, content_of
from stigraph.site.turtle import to_turtle
from stigraph.site.words import LANGUAGES, WORDS
from stigraph.store.reading import Store, Thing

__all__ = ["MARKER", "write_site"]

MARKER = "stigraph-site.txt"
"""The file by which a folder is known to be a site that may be replaced."""

_MARKED = "This folder is a site written by `stigraph site`; the next run replaces it whole.\n"
_LEADS = {"gaps.html": "gaps_lead", "vocabulary.html": "vocabulary_lead"}
Progress = Callable[[int, int], None]


def write_site(
    store: Store,
    folder: str | os.PathLike[str],
    *,
    base_url: str | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> Path:
    """Write the whole graph as static pages in Japanese and English that open from disk, and give their folder.

    What only review sheets say has no pages: a programme that a curated document speaks of names its sheets.

    The pages are written into a new folder beside and put in place at the end: whoever reads the site sees the old one
    or the new one, never half of either. What is written is the same, byte for byte, from run to run.

    Args:
        store: an open store.
        folder: where the site goes; an earlier site there is replaced.
        base_url: the address the site is published at, for canonical links; without it every link is relative.
        force: replace a folder that holds other things.
        progress: is called after each page with how many are done and how many there are.

    Raises:
        UsageError: the base address is not one of the web.
        StoreError: the folder holds other things, or cannot be written.

    >>> from stigraph.store import open_store
    >>> write_site(open_store(), "policy-site")  # doctest: +SKIP
    PosixPath('/home/me/policy-site')
    >>> write_site(open_store(), os.path.expanduser("~"))
    Traceback (most recent call last):
    stigraph.errors.StoreError: ... holds your home folder; name a folder of its own for the site.
    """
    target = Path(os.path.abspath(folder))
    _refuse_other_folder(target, force=force)
    draft = target.with_name(f".{target.name}.{os.getpid()}.draft")
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        site = _Site(store, draft, _checked(base_url))
        pages = list(site.pages())
        for done, write in enumerate(pages, start=1):
            write()
            if progress:
                progress(done, len(pages))
        _swap(draft, target)
    except OSError as error:
        raise StoreError(f"{target} cannot be written: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return target


def _checked(base_url: str | None) -> str | None:
    if base_url is None:
        return None
    if not base_url.startswith(("http://", "https://")):
        raise UsageError(f"“{base_url}” is not an address of the web; write https://example.org/site/.")
    return base_url.rstrip("/") + "/"


def _refuse_other_folder(target: Path, *, force: bool) -> None:
    if not os.path.lexists(target):
        return
    if not target.is_dir():
        raise StoreError(f"{target} is a file; name a folder for the site.")
    if Path(os.path.expanduser("~")).is_relative_to(target):
        raise StoreError(f"{target} holds your home folder; name a folder of its own for the site.")
    present = os.listdir(target)
    if present and MARKER not in present and not force:
        raise StoreError(
            f"{target} holds other things than a stigraph site; name a new or empty folder, or add --force to replace "
            "everything in it."
        )


def _swap(draft: Path, target: Path) -> None:
    """Put the new folder in the place of the old one; the old one goes only when the new one stands."""
    old = target.with_name(f".{target.name}.{os.getpid()}.old")
    shutil.rmtree(old, ignore_errors=True)
    if os.path.lexists(target):
        os.rename(target, old)
    try:
        os.rename(draft, target)
    except OSError:
        if old.exists():
            os.rename(old, target)
        raise
    shutil.rmtree(old, ignore_errors=True)


class _Site:
    """The pages of one run, each a function that writes it."""

    def __init__(self, store: Store, folder: Path, base_url: str | None) -> None:
        self.folder = folder
        self.base_url = base_url
        self.corpus = Corpus(store.excerpt())
        self.review_sheets = ReviewSheets(store, self.corpus.of("sti:Programme"))
        self.addresses = Addresses(self.corpus)
        self.renderer = Renderer(self.corpus, self.addresses, base_url=base_url)
        self.study = Study(self.corpus)
        self.sources = Sources(self.corpus)
        self.drawings = Drawings(self.corpus, self.addresses)
        self.listers = {
            lang: Lister(self.renderer, self.study, self.sources, self.drawings, lang) for lang in LANGUAGES
        }

    def pages(self) -> Iterator[Callable[[], None]]:
        """Yield what writes each page."""
        yield self._shared
        for view in self.drawings.overviews():
            yield partial(self._view, view)
        for thing in self.corpus.paged:
            yield partial(self._data, thing)
        for lang in LANGUAGES:
            for thing in self.corpus.paged:
                yield partial(self._thing, thing, lang)
            for name in LISTS:
                yield partial(self._list, name, lang)
            yield partial(self._discrepancies, lang)
            yield partial(self._home, lang)

    def _view(self, view: Overview) -> None:
        self._write(view.path, view.html())

    def _data(self, thing: Thing) -> None:
        stem = self.addresses.pages[thing.iri].removesuffix(".html")
        self._write(f"data/{stem}.ttl", to_turtle(self.corpus, thing))

    def _write(self, path: str, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")

    def _shared(self) -> None:
        """Write what belongs to no language: the choice between them, style, search, the marker."""
        words = {"ja": WORDS["ja"], "en": WORDS["en"], "base_url": self.base_url}
        self._write("index.html", self.renderer.plain("choice.html", words))
        self._write(MARKER, _MARKED)
        assets = files("stigraph.site").joinpath("assets")
        for name in ("site.css", "site.js"):
            self._write(f"assets/{name}", assets.joinpath(name).read_text(encoding="utf-8"))
        self._write("assets/index.js", write_index(self.corpus, self.addresses))

    def _page(self, template: str, lang: str, path: str, content: Mapping[str, Any]) -> None:
        self._write(f"{lang}/{path}", self.renderer.page(template, lang, path, content))

    def _thing(self, thing: Thing, lang: str) -> None:
        path = self.addresses.pages[thing.iri]
        if thing.type == "sti:Source":
            self._page("source.html", lang, path, self.sources.content(self.renderer, thing, lang))
        else:
            content = content_of(self.renderer, self.study, self.drawings, thing, lang)
            content["sheets"] = self.review_sheets.of(thing)
            self._page("thing.html", lang, path, content)

    def _list(self, name: str, lang: str) -> None:
        words = WORDS[lang]
        lead = words[_LEADS[name]] if name in _LEADS else None
        sections = self.listers[lang].sections(name)
        self._page(
            "list.html",
            lang,
            name,
            {
                "title": words[LISTS[name][0]],
                "lead": lead,
                "description": lead,
                "sections": sections,
                "groups": [(group, list(found)) for group, found in groupby(sections, lambda section: section.group)],
                "path": name,
                "crumbs": [("index.html", words["home"])],
            },
        )

    def _discrepancies(self, lang: str) -> None:
        words, found = WORDS[lang], self.study.discrepancies
        self._page(
            "discrepancies.html",
            lang,
            "discrepancies.html",
            {
                "title": words["discrepancies"],
                "lead": words["discrepancies_lead"],
                "description": words["discrepancies_lead"],
                "found": found,
                "anchors": {item.thing.iri: self.addresses.anchor(item.thing) for item in found},
                "path": "discrepancies.html",
                "crumbs": [("index.html", words["home"])],
            },
        )

    def _home(self, lang: str) -> None:
        lister = self.listers[lang]
        self._page(
            "home.html",
            lang,
            "index.html",
            {
                "title": WORDS[lang]["title"],
                "description": WORDS[lang]["lead"],
                "counts": lister.counts(),
                "sheets": self.review_sheets.count,
                "cards": lister.cards(),
                "gaps": lister.sections("gaps.html"),
                "discrepancies": self.study.discrepancies[:6],
                "views": [(view.path, view.title) for view in self.drawings.overviews()],
                "path": "index.html",
                "jsonld": json_text(describe_site(self.corpus, lang, url=self.base_url)),
            },
        )
