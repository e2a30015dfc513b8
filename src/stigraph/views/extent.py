"""How much of a store that holds review sheets a view reads, and the sentence that says so.

The whole government prints some fifty thousand sheets; no one can read a picture of them all. A view of one thing reads
the newest sheets that speak of it, a view of everything reads what the curated documents say.
"""

from collections.abc import Sequence
from typing import NamedTuple

from stigraph.classes import BODIES, DOCUMENTS
from stigraph.store.reading import Store, Term, Thing
from stigraph.views.model import Labels, View

__all__ = ["SHEETS_READ", "Extent", "extent_of"]

SHEETS_READ = 40
"""How many sheets a view reads if it is not told."""

_ACTORS = ("sti:Programme", "sti:Project")
_BELONGING = {
    **dict.fromkeys(_ACTORS, ("dcterms:isPartOf",)),
    **dict.fromkeys((*DOCUMENTS, "sti:Objective"), ("dcterms:isPartOf", "sti:implements")),
    **dict.fromkeys(BODIES, ("org:subOrganizationOf",)),
}
"""The relations by which something belongs to a thing of a class, and is asked for with it."""


class Extent(NamedTuple):
    """What a view reads: the store as far as it is read, and how many sheets that is, and is not.

    ``about`` is the thing that the sheets speak of, None for a view of everything; ``citing`` says that only those
    sheets count by which a programme cites a passage.
    """

    store: Store
    about: Thing | None
    read: int
    left_out: int
    citing: bool = False

    @property
    def sentence(self) -> Labels | None:
        """Say what was left out, and how to ask for it; None where everything was read."""
        if not self.left_out:
            return None
        if self.about is None:
            return {
                "ja": f"行政事業レビューシート{self.left_out:,}枚だけが述べることは除く（事業や府省を名指せば描く）。",
                "en": f"What only the {self.left_out:,} review sheets say is left out; name a programme or a body "
                "to see it.",
            }
        total = self.read + self.left_out
        cite = {"ja": "触れて文書を引く", "en": " and cite a passage"} if self.citing else {"ja": "触れる", "en": ""}
        return {
            "ja": f"「{self.about.label('ja')}」やそれに属するものに{cite['ja']}行政事業レビューシート"
            f"{total:,}枚のうち、新しい{self.read:,}枚だけを読んだ（--sheets で増やせる）。",
            "en": f"Of the {total:,} review sheets that speak of {self.about.label('en')} or of what belongs to it"
            f"{cite['en']}, the newest {self.read:,} are read (--sheets reads more).",
        }

    def tell(self, view: View) -> View:
        """Add to the sentence of a view what was left out."""
        if told := self.sentence:
            space = {"ja": "", "en": " "}
            view.graph["sentence"] = {
                lang: f"{text}{space[lang]}{told[lang]}" for lang, text in view.graph["sentence"].items()
            }
        return view


def extent_of(store: Store, root: Thing | None, sheets: int | None, *, citing: bool = False) -> Extent:
    """Give what a view of one thing (None: of everything) reads.

    Args:
        store: an open store.
        root: what the view is of.
        sheets: at most so many review sheets, the newest first; None for all.
        citing: only those sheets by which a programme cites a passage.

    >>> from stigraph.names import resolve
    >>> from stigraph.store import open_store
    >>> store = open_store()
    >>> extent_of(store, resolve(store, "SICORP"), 10).left_out
    0
    """
    if root is None:
        return Extent(store.excerpt(), None, 0, sum(store.sheets_by_year().values()))
    if sheets is None:
        return Extent(store, root, 0, 0)
    speaking = store.sheets_of(_family(store, root), citing=citing)
    kept = speaking[:sheets]
    return Extent(store.excerpt(kept), root, len(kept), len(speaking) - len(kept), citing)


def _family(store: Store, root: Thing) -> set[Term]:
    """Give a thing and what belongs to it; with a programme or project also what it belongs to."""
    relations = _BELONGING.get(root.type, ())
    family = _reached(store, root.number, relations, up=False)
    return family | _reached(store, root.number, relations, up=True) if root.type in _ACTORS else family


def _reached(store: Store, start: Term, relations: Sequence[str], *, up: bool) -> set[Term]:
    found, frontier = {start}, {start}
    while frontier and relations:
        facts = store.facts_of(frontier, relations) if up else store.facts_about(frontier, relations)
        frontier = {end for fact in facts if (end := fact.object if up else fact.subject) is not None} - found
        found |= frontier
    return found
