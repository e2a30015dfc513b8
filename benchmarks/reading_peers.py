"""Three questions to what people would use instead: rdflib, pyoxigraph in memory, maplib, networkx, Jena's TDB2."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from measuring import list_table, opened_store, warm
from reading_paths import LINEAGE_PATH
from stigraph.lineage import reached
from stigraph.names import resolve
from stigraph.query import query
from stigraph.store import Store, open_store
from stigraph.vocab import ID, PREFIXES

__all__ = ["SUM_BY_PROGRAMME", "Figures", "ask_peer", "measure_peers", "write_triples"]

Figures = dict[str, tuple[float, int | None]]
"""Seconds (of memory: MB) by what was measured, and how many answers there were."""

_PLAN = "document/basic-plan-6"
_NAME = "SICORP"
_PATIENCE = 120
_JAVA = Path("/usr/share/java")
_JARS = (
    "jena-(arq|base|cmds|core|dboe-base|dboe-index|dboe-storage|dboe-trans-data|dboe-transaction|iri|rdfconnection"
    "|shacl|shex|tdb2)|slf4j-api|slf4j-nop|commons-(cli|codec|compress|csv|io|lang3)|thrift|gson|protobuf|jsonld-java"
    "|jackson-(core|databind|annotations)|httpclient|httpcore|dexx.collection|guava"
)
_PROLOGUE = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("sti", "skos", "dcterms", "prov"))
SUM_BY_PROGRAMME = """SELECT ?ministry ?year (SUM(?amount) AS ?total) {
  ?line sti:phase sti:Initial ; sti:programme ?programme ; sti:fiscalYear ?year ; sti:amount ?amount .
  ?programme sti:ministry ?ministry
} GROUP BY ?ministry ?year"""
_QUESTIONS = {
    "lineage": f"{_PROLOGUE}SELECT DISTINCT ?p {{ ?p {LINEAGE_PATH} <{ID}{_PLAN}> . ?p a sti:Programme }}",
    "look-up": f'{_PROLOGUE}SELECT DISTINCT ?s {{ VALUES ?l {{ "{_NAME}" "{_NAME}"@ja "{_NAME}"@en }} '
    "?s skos:prefLabel|skos:altLabel ?l }",
    "sum": _PROLOGUE + SUM_BY_PROGRAMME,
    "plan": ID + _PLAN,
    "name": _NAME,
}
_FIGURES = ("load", "lineage", "look-up", "sum", "memory")


def write_triples(store: ox.Store, graphs: Iterable[str], target: Path) -> None:
    """Write named graphs of a store as N-Triples, for peers that know no graphs."""
    with target.open("wb") as file:
        for graph in graphs:
            store.dump(file, format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph))


def _graphs(store: ox.Store, year: str | None) -> list[str]:
    """Name the graphs of the curated documents, and those of the sheets of one year with what sheets share."""
    names = [graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)]
    sheets = re.compile(rf"{re.escape(ID)}source/(rs\d{{4}}-|review-sheet-catalogue)")
    wanted = f"{ID}source/rs{year}-", f"{ID}source/review-sheet-catalogue"
    return sorted(name for name in names if not sheets.match(name) or (year and name.startswith(wanted)))


def ask_peer(
    peer: str, triples: Path, python: str, questions: Mapping[str, str] = _QUESTIONS, patience: float = _PATIENCE
) -> Figures | str:
    """Have a peer load and answer in a process of its own; give its figures, or a sentence why there are none."""
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder, "questions.json")
        asked.write_text(json.dumps(dict(questions)), encoding="utf-8")
        command = [python, str(Path(__file__).with_name("peer_run.py")), peer, str(triples), str(asked)]
        output, errors = Path(folder, "output"), Path(folder, "errors")
        with output.open("w") as out, errors.open("w") as err:
            try:
                status = subprocess.run(command, stdout=out, stderr=err, timeout=patience, check=False).returncode
            except subprocess.TimeoutExpired:
                status = 0
        told = errors.read_text().strip().splitlines()
        if status and "ModuleNotFoundError" in "".join(told[-1:]):
            return f"not installed: pip install {peer}"
        lines = [json.loads(line) for line in output.read_text().splitlines() if line.startswith("{")]
    return {line["name"]: (line["figure"], line["count"]) for line in lines}


def _jena_classes(folder: Path) -> str | None:
    """Give the class path of Debian's Jena, None where it is not installed.

    The package keeps Xerces' messages where its classes do not look for them; they are laid out anew.
    """
    if not shutil.which("java") or not (_JAVA / "jena-tdb2.jar").exists():
        return None
    with zipfile.ZipFile(_JAVA / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith("org/apache/jena/ext/xerces/") and name.endswith(".properties"):
                target = folder / name.removeprefix("org/apache/jena/ext/")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    jars = [str(path) for path in sorted(_JAVA.glob("*.jar")) if re.fullmatch(rf"({_JARS})\.jar", path.name)]
    return ":".join([str(folder), *jars])


def _ask_jena(triples: Path) -> Figures | str:
    """Load into a TDB2 store and ask the warm engine: the last of several repeats in one process."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        classes = _jena_classes(folder / "resources")
        if classes is None:
            return "not installed: apt-get install libapache-jena-java"
        java, location = ["java", "-cp", classes], ["--loc", str(folder / "tdb2")]
        start = time.perf_counter()
        try:
            subprocess.run(
                [*java, "tdb2.tdbloader", *location, str(triples)], capture_output=True, timeout=_PATIENCE, check=True
            )
            figures: Figures = {"load": (time.perf_counter() - start, None)}
            for question in ("lineage", "look-up", "sum"):
                text = folder / "question.rq"
                text.write_text(_QUESTIONS[question], encoding="utf-8")
                options = ["--time", "--repeat=3,3", "--results=count", "--query", str(text)]
                run = subprocess.run(
                    [*java, "tdb2.tdbquery", *location, *options],
                    capture_output=True,
                    text=True,
                    timeout=_PATIENCE,
                    check=True,
                )
                times = sorted(map(float, re.findall(r"^Time: ([\d.]+) sec", run.stdout + run.stderr, re.MULTILINE)))
                count = re.search(r"Count = (\d+)", run.stdout)
                figures[question] = times[len(times) // 2], int(count[1]) if count else None
        except subprocess.TimeoutExpired:
            return figures if "figures" in locals() else f"does not load within {_PATIENCE} s"
    return figures


def _ask_stigraph(store: Store, rounds: int) -> Figures:
    plan = store.thing(store.number(ID + _PLAN) or 0).iri
    calls: dict[str, Callable[[], object]] = {
        "lineage": partial(reached, store, plan, ["sti:Programme"], down=True),
        "look-up": partial(resolve, store, _NAME),
        "sum": partial(query, store, SUM_BY_PROGRAMME),
    }
    found = warm(calls, rounds)
    programmes = len(reached(store, plan, ["sti:Programme"], down=True))
    counts = {"lineage": programmes, "look-up": 1, "sum": len(query(store, SUM_BY_PROGRAMME).rows or ())}
    return {name: (seconds, counts[name]) for name, seconds in found.items()}


def _cells(peer: str, found: Figures | str, ours: Figures) -> list[object]:
    if isinstance(found, str):
        return [peer, found, "", "", "", ""]
    cells: list[object] = [peer]
    for name in _FIGURES:
        if name not in found:
            cells.append("—" if name == "memory" or peer == "stigraph" else f"not within {_PATIENCE} s")
            continue
        figure, count = found[name]
        against = f" (×{figure / ours[name][0]:,.2g}; {count})" if name in ours and peer != "stigraph" else ""
        cells.append(f"{figure:,.4g}{against or (f' ({count})' if count is not None else '')}")
    return cells


def measure_peers(path: Path, curated: Path, year: str, rounds: int, python: str) -> None:
    """Print what each peer takes for the curated graph and for one year of sheets beside it."""
    store = opened_store(path)
    for title, there, graphs in (
        ("the curated graph", curated, _graphs(store, None)),
        (
            f"the curated graph and the sheets of FY{year}; stigraph answers from the whole store",
            path,
            _graphs(store, year),
        ),
    ):
        with tempfile.TemporaryDirectory() as folder:
            triples = Path(folder, "graph.nt")
            write_triples(store, graphs, triples)
            with triples.open("rb") as file:
                size = sum(1 for _ in file)
            ours = _ask_stigraph(open_store(there), rounds)
            rows = [_cells("stigraph", ours, ours)]
            rows += [_cells(peer, ask_peer(peer, triples, sys.executable), ours) for peer in ("pyoxigraph", "rdflib")]
            rows += [_cells("networkx", ask_peer("networkx", triples, sys.executable), ours)]
            rows += [_cells("maplib", ask_peer("maplib", triples, python), ours)]
            rows += [_cells("Jena TDB2", _ask_jena(triples), ours)]
        list_table(
            f"Peers on {title} ({size:,} lines of N-Triples): seconds (times stigraph's; answers)",
            ["peer", "load (s)", "lineage", "look-up", "sum", "memory (MB)"],
            rows,
        )
