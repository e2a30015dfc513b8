"""`search` beside a SPARQL CONTAINS over the same fields."""

from functools import partial
from pathlib import Path

import pyoxigraph as ox

from measuring import list_table, opened_store, warm
from stigraph.names import search
from stigraph.store import open_store
from stigraph.vocab import ID, PREFIXES

__all__ = ["contained", "measure_names"]

_TEXTS = (
    "量子",
    "研究",
    "国際",
    "AI",
    "SICORP",
    "人材育成",
    "科学技術",
    "防災",
    "半導体",
    "大学院生",
    "気候変動",
    "ムーンショット",
)
_RARE = ("SICORP", "ムーンショット")
_KINDS = tuple(ID + kind for kind in ("programme/", "statement/", "document/", "organization/"))
_CONTAINS = """SELECT DISTINCT ?thing {
  VALUES ?field { skos:prefLabel skos:altLabel skos:notation dcterms:description sti:quote }
  ?thing ?field ?text FILTER(CONTAINS(LCASE(STR(?text)), "%s"))
}"""


def contained(store: ox.Store, text: str) -> set[str]:
    """Ask for what holds a text, whatever its case."""
    found = store.query(_CONTAINS % text.lower(), prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    return {row["thing"].value for row in found}


def measure_names(path: Path, rounds: int) -> None:
    """Print for each text how long both take; what CONTAINS finds of a rare text, search finds too."""
    store, peer = open_store(path), opened_store(path)
    rows = []
    for text in _TEXTS:
        found = warm(
            {"ours": partial(search, store, text), "theirs": partial(contained, peer, text)}, rounds, patience=1.0
        )
        rows.append((text, found["ours"], found["theirs"], found["theirs"] / found["ours"]))
    for text in _RARE:
        # Sheets and what they have of their own bear names too, but are found by their passages and numbers.
        theirs = {iri for iri in contained(peer, text) if iri.startswith(_KINDS)}
        ours = {hit.thing.iri for hit in search(store, text, limit=10**6)}
        if not theirs <= ours:
            raise SystemExit(f"search {text} lacks {sorted(theirs - ours)[:5]}")
    list_table(
        "`search` beside SPARQL CONTAINS",
        ["text", "search (s)", "CONTAINS (s)", "CONTAINS / search (≥ 20)"],
        rows,
    )
