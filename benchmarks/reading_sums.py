"""Sums over all sheets: in the store and in maplib, which keeps columns in memory."""

import tempfile
from pathlib import Path

import pyoxigraph as ox
from measuring import list_table, opened_store, warm
from reading_peers import ask_peer, write_triples

from stigraph.query import query
from stigraph.store import open_store
from stigraph.vocab import PREFIXES

__all__ = ["measure_sums"]

_SUMS = {
    "initial budget by ministry and year": """SELECT ?ministry ?year (SUM(?amount) AS ?total) {
  ?line sti:phase sti:Initial ; sti:fiscalYear ?year ; sti:amount ?amount ; prov:wasDerivedFrom ?sheet .
  ?sheet sti:ministry ?ministry FILTER NOT EXISTS { ?line sti:account ?account }
} GROUP BY ?ministry ?year""",
    "executed amount by year": """SELECT ?year (SUM(?amount) AS ?total) {
  ?line sti:phase sti:Executed ; sti:fiscalYear ?year ; sti:amount ?amount
} GROUP BY ?year""",
    "payments by payee": """SELECT ?payee (SUM(?amount) AS ?total) (COUNT(?amount) AS ?n) {
  ?transfer sti:payee ?payee ; sti:amount ?amount
} GROUP BY ?payee""",
}


def measure_sums(path: Path, rounds: int, python: str) -> None:
    """Print what sums over all sheets take: SPARQL in the store, and maplib with everything loaded."""
    store, peer = open_store(path), opened_store(path)
    questions = {
        name: "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items()) + text
        for name, text in _SUMS.items()
    }
    ours = {name: warm({"": lambda text=text: query(store, text)}, rounds, patience=1.0)[""] for name, text in _SUMS.items()}
    with tempfile.TemporaryDirectory() as folder:
        triples = Path(folder, "store.nt")
        peer.dump(triples, format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        theirs = ask_peer("maplib", triples, python, questions)
    if isinstance(theirs, str):
        print(f"maplib: {theirs}")
        return
    rows = []
    for name, seconds in ours.items():
        there, count = theirs.get(name, (float("nan"), None))
        rows.append((name, count, seconds, there, seconds / there))
    load, memory = theirs["load"][0], theirs.get("memory", (float("nan"), None))[0]
    list_table(
        f"Sums over all sheets (maplib loads for {load:,.0f} s and holds {memory:,.0f} MB)",
        ["sum", "rows", "SPARQL in the store (s)", "maplib (s)", "ratio (≤ 3)"],
        rows,
    )
