"""The quality queries of ``ontology/qc/``: each SELECTs ``?node`` and ``?detail`` under a header that explains it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from stigraph.errors import DataError
from stigraph.validation.places import InputFile, Places
from stigraph.validation.report import SEVERITIES, Finding
from stigraph.vocab import PREFIXES, curie

__all__ = ["QualityQuery", "check_quality", "read_queries"]

_HEADER = re.compile(r"^# (id|severity|title-en|title-ja|cure|cure-ja): (.+)$", re.MULTILINE)
_IRI = re.compile(r"https?://[^\s,;()（）「」。、]+")


@dataclass(frozen=True, slots=True)
class QualityQuery:
    """One query: its file, the text, and what its header says (``id``, ``severity``, ``title-en``, ``cure`` …)."""

    path: Path
    text: str
    header: dict[str, str]


def read_queries(folder: Path) -> list[QualityQuery]:
    """Read the queries of a folder, by name.

    Raises:
        DataError: a header lacks a line, or names a severity there is not.
    """
    return [_read(path) for path in sorted(folder.glob("*.rq"))]


def _read(path: Path) -> QualityQuery:
    text = path.read_text(encoding="utf-8")
    header = dict(_HEADER.findall(text))
    for key in ("id", "severity", "title-en", "title-ja", "cure"):
        if key not in header:
            raise DataError(f"the header has no line “# {key}: …”; add it.", path)
    if header["severity"] not in SEVERITIES:
        raise DataError(f"“{header['severity']}” is not a severity; write {', '.join(SEVERITIES)}.", path)
    return QualityQuery(path, text, header)


def check_quality(files: Iterable[InputFile], queries: Sequence[QualityQuery], places: Places) -> Iterator[Finding]:
    """Ask every query of all files together; each row is a finding.

    Raises:
        DataError: a query is not SPARQL, or does not select ``?node`` and ``?detail``.
    """
    store = _loaded(files)
    for query in queries:
        for node, detail in _rows(store, query):
            yield _finding(query, node, detail, places)


def _loaded(files: Iterable[InputFile]) -> ox.Store:
    """Load each triple into the graph of its file and, once, into the default graph, as a snapshot has it."""
    store = ox.Store()
    store.bulk_extend(
        ox.Quad(triple.subject, triple.predicate, triple.object, name)
        for file in files
        for name in (ox.NamedNode(file.graph), ox.DefaultGraph())
        for triple in file.triples
    )
    return store


def _rows(store: ox.Store, query: QualityQuery) -> Iterator[tuple[str, str]]:
    try:
        solutions = store.query(query.text, prefixes=PREFIXES)
    except SyntaxError as error:
        raise DataError(f"not SPARQL: {error.msg}.", query.path, error.lineno) from error
    if not isinstance(solutions, ox.QuerySolutions) or not {"node", "detail"} <= {
        variable.value for variable in solutions.variables
    }:
        raise DataError("a quality query selects ?node and ?detail; rewrite it.", query.path)
    for solution in solutions:
        yield _text(solution["node"]), _text(solution["detail"])


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.BlankNode | ox.Literal) else ""


def _finding(query: QualityQuery, node: str, detail: str, places: Places) -> Finding:
    header = query.header
    shown = _IRI.sub(lambda match: curie(match[0]), detail)
    place = places.locate(node, _IRI.findall(detail))
    return Finding(
        header["severity"],
        header["id"],
        f"{header['title-ja']}（{shown}）。{header.get('cure-ja', '')}",
        f"{header['title-en']} ({shown}). {header['cure']}",
        node=node,
        path=place.path if place else None,
        line=place.line if place else None,
        graph=place.graph if place else None,
    )
