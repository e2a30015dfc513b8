"""Sums over all sheets: in the store and in maplib, which keeps columns in memory."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from measuring import list_table, opened_store, warm
from reading_peers import ask_peer
from stigraph.query import query
from stigraph.store import Store, open_store
from stigraph.totals import add_up
from stigraph.vocab import PREFIXES

__all__ = ["measure_sums"]

_SUMS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "initial budget by ministry and year": (
        """SELECT ?ministry ?year (SUM(?amount) AS ?total) {
  ?line sti:phase sti:Initial ; sti:fiscalYear ?year ; sti:amount ?amount ; prov:wasDerivedFrom ?sheet .
  ?sheet sti:ministry ?ministry ; sti:fiscalYear ?year .
  FILTER NOT EXISTS { ?line sti:account ?account }
} GROUP BY ?ministry ?year""",
        ("ministry", "year"),
        "Initial",
    ),
    "executed amount by year": (
        """SELECT ?year (SUM(?amount) AS ?total) {
  ?line sti:phase sti:Executed ; sti:fiscalYear ?year ; sti:amount ?amount ; prov:wasDerivedFrom ?sheet .
  ?sheet sti:ministry ?ministry ; sti:fiscalYear ?next .
  FILTER(?next = ?year + 1)
  FILTER NOT EXISTS { ?line sti:account ?account }
} GROUP BY ?year""",
        ("year",),
        "Executed",
    ),
}
_PATIENCE = 1800.0
"""How long maplib may take to load all sheets and to answer, in seconds."""


def _agree(store: Store, name: str, text: str, by: tuple[str, ...], phase: str) -> None:
    """Say where the roll-ups and the sum by SPARQL differ."""
    rows = query(store, text).rows or ()
    by_sparql = sorted(int(row[-1].value) for row in rows if isinstance(row[-1], ox.Literal))
    by_rollups = sorted(total.yen for total in add_up(store, by, phase=phase))
    if by_sparql != by_rollups:
        print(f"{name}: {sum(by_rollups):,} yen by roll-ups, {sum(by_sparql):,} by SPARQL")


def measure_sums(path: Path, rounds: int, python: str) -> None:
    """Print what sums over all sheets take: by the roll-ups, by SPARQL, and in maplib with everything loaded."""
    store, peer = open_store(path), opened_store(path)
    prologue = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    found = {}
    for name, (text, by, phase) in _SUMS.items():
        _agree(store, name, text, by, phase)
        calls: dict[str, Callable[[], object]] = {
            "rolled": partial(add_up, store, by, phase=phase),
            "sparql": partial(query, store, text),
        }
        found[name] = warm(calls, rounds, patience=1.0)
    with tempfile.TemporaryDirectory() as folder:
        triples = Path(folder, "store.nt")
        peer.dump(triples, format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        questions = {name: prologue + text for name, (text, *_) in _SUMS.items()}
        theirs = ask_peer("maplib", triples, python, questions, _PATIENCE)
    told = (
        theirs if isinstance(theirs, str) else "; ".join(f"{key}: {figure:,.4g}" for key, (figure, _) in theirs.items())
    )
    print(f"maplib: {told}")
    rows = []
    for name, times in found.items():
        there = theirs[name][0] if not isinstance(theirs, str) and name in theirs else float("nan")
        rows.append((name, times["rolled"], times["sparql"], there, times["rolled"] / there))
    list_table(
        "Sums over all sheets",
        ["sum", "roll-ups (s)", "SPARQL in the store (s)", "maplib, loaded (s)", "roll-ups / maplib (≤ 3)"],
        rows,
    )
