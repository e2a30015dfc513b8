"""`query` beside pyoxigraph called directly, and the named queries on a store."""

import statistics
import sys
from functools import partial
from pathlib import Path
from textwrap import dedent

import pyoxigraph as ox

from measuring import interleaved, list_table, opened_store, snapshot_of, stigraph_command, warm
from stigraph.query import named_queries, query
from stigraph.store import open_store
from stigraph.vocab import PREFIXES

__all__ = ["measure_engine", "measure_named_queries"]

_QUERIES = {
    "ask": "ASK { programme:sicorp sti:cites ?statement }",
    "label": "SELECT ?label { programme:sicorp skos:prefLabel ?label }",
    "who says": "SELECT ?p ?o ?g { GRAPH ?g { programme:sicorp ?p ?o } }",
    "plans": 'SELECT ?plan ?label { ?plan a sti:Plan ; skos:prefLabel ?label FILTER(lang(?label) = "ja") }',
    "budget of a programme": "SELECT ?y ?a { ?l sti:programme programme:wpi ; sti:fiscalYear ?y ; sti:amount ?a }",
    "path": "SELECT DISTINCT ?p { ?p sti:cites/sti:statedIn/sti:implements* document:basic-plan-6 }",
    "10,000 rows": "SELECT ?line ?amount { ?line sti:amount ?amount } LIMIT 10000",
    "count": "SELECT (COUNT(*) AS ?n) { ?line sti:phase sti:Initial }",
    "by year": "SELECT ?y (COUNT(*) AS ?n) { ?l sti:phase sti:Initial ; sti:fiscalYear ?y } GROUP BY ?y ORDER BY ?y",
    "construct": "CONSTRUCT { ?p sti:ministry ?m } WHERE { ?p sti:ministry ?m } LIMIT 1000",
}
_SCRIPT = dedent(
    """
    import sys, pyoxigraph as ox
    store = ox.Store.read_only(sys.argv[1])
    found = store.query(sys.argv[2], prefixes=dict(pair.split("=", 1) for pair in sys.argv[3:]))
    if isinstance(found, ox.QueryBoolean):
        print(bool(found))
    elif isinstance(found, ox.QueryTriples):
        print("\\n".join(map(str, found)))
    else:
        names = found.variables
        print("\\n".join("\\t".join(str(row[name]) for name in names) for row in found))
    """
)
_LONG = 5.0


def _directly(store: ox.Store, text: str) -> object:
    found = store.query(text, prefixes=PREFIXES)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    if isinstance(found, ox.QueryTriples):
        return list(found)
    names = [variable.value for variable in found.variables]
    return [[row[name] for name in names] for row in found]


def measure_engine(path: Path, rounds: int) -> None:
    """Print for ten queries what the library call and the cold command take, beside pyoxigraph alone."""
    store, peer = open_store(path), opened_store(path)
    sparql = str(snapshot_of(path) / "sparql")
    prefixes = [f"{prefix}={iri}" for prefix, iri in PREFIXES.items()]
    rows = []
    for name, text in _QUERIES.items():
        found = warm({"ours": partial(query, store, text), "theirs": partial(_directly, peer, text)}, rounds * 5)
        colds = interleaved(
            {
                "ours": stigraph_command("query", text, "--format", "tsv" if "SELECT" in text else "auto", store=path),
                "theirs": [sys.executable, "-c", _SCRIPT, sparql, text, *prefixes],
            },
            max(3, rounds // 2),
        )
        ours, theirs = found["ours"], found["theirs"]
        cold_ours, cold_theirs = colds["ours"].seconds, colds["theirs"].seconds
        rows.append((name, ours, theirs, ours / theirs, cold_ours, cold_theirs, cold_ours / cold_theirs))
    list_table(
        "`query` beside pyoxigraph called directly (≤ 1.3)",
        ["query", "library call (s)", "pyoxigraph (s)", "ratio", "cold command (s)", "cold pyoxigraph (s)", "ratio"],
        rows,
    )


def measure_named_queries(path: Path, rounds: int) -> None:
    """Print how long the named queries take with their documented values: the median, the slowest, those too slow."""
    store = open_store(path)
    times: dict[str, tuple[float, int]] = {}
    for named in named_queries().values():
        ask = partial(query, store, named.text, bindings=named.parameters)
        answer = ask()
        size = len(answer.rows or answer.triples or ())
        times[named.name] = warm({"": ask}, rounds, patience=1.0)[""], size
    seconds = [found for found, _ in times.values()]
    slowest = sorted(times, key=lambda name: -times[name][0])[:5]
    long = sum(found > _LONG for found in seconds)
    list_table(
        f"The {len(times)} named queries: median {statistics.median(seconds):.4f} s (< 0.1), {long} above 5 s (none)",
        ["slowest five", "seconds", "rows"],
        [(name, *times[name]) for name in slowest],
    )
