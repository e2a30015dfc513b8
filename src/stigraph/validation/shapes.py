"""The shapes of the ontology, by pySHACL."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from stigraph.errors import DataError, MissingExtraError
from stigraph.validation.places import InputFile, Places
from stigraph.validation.report import Finding
from stigraph.vocab import curie

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["check_shapes", "load_pyshacl"]

_SHAPES = "https://w3id.org/stigraph/shapes#"
_SEVERITIES = {"Violation": "error", "Warning": "warning", "Info": "info"}


def load_pyshacl() -> ModuleType:
    """Import pySHACL.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        return import_module("pyshacl")
    except ImportError as error:
        raise MissingExtraError("validate", "Checking the shapes") from error


def check_shapes(files: Sequence[InputFile], shapes: Path, places: Places) -> Iterator[Finding]:
    """Hold the union of all files against the shapes; subclasses count, nothing is inferred.

    pySHACL is told to take the graph as it is (``inplace``: no copy), without meta-SHACL and the advanced features,
    which the shapes do not use.

    Raises:
        DataError: the shapes themselves are broken.
        MissingExtraError: pySHACL is not installed.
    """
    from rdflib import Graph

    pyshacl = load_pyshacl()
    shape_graph = Graph().parse(shapes, format="turtle")
    with _no_complaints_of_rdflib():
        graph = _union(files)
        _, report, text = pyshacl.validate(
            graph, shacl_graph=shape_graph, inference="none", inplace=True, meta_shacl=False, advanced=False, js=False
        )
    if not isinstance(report, Graph):
        raise DataError(f"pySHACL cannot use the shapes: {text}", shapes)
    yield from _findings(report, shape_graph, places)


@contextmanager
def _no_complaints_of_rdflib() -> Iterator[None]:
    """Keep rdflib from printing a traceback for each ill-typed literal; they are findings already."""
    logger = logging.getLogger("rdflib.term")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def _union(files: Iterable[InputFile]) -> "Graph":
    import pyoxigraph as ox
    from rdflib import Graph

    triples = {triple for file in files for triple in file.triples}
    return Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")


def _findings(report: "Graph", shapes: "Graph", places: Places) -> Iterator[Finding]:
    from rdflib import SH

    for result in report.objects(None, SH.result):
        node = str(report.value(result, SH.focusNode))
        path = _iri(report.value(result, SH.resultPath))
        value = report.value(result, SH.value)
        messages = {getattr(text, "language", None): str(text) for text in report.objects(result, SH.resultMessage)}
        plain = messages.get(None) or next(iter(messages.values()), "")
        shown = None if value is None or str(value) == node else str(value)
        place = places.locate(node, [hint for hint in (path, shown) if hint])
        yield Finding(
            _SEVERITIES[str(report.value(result, SH.resultSeverity)).removeprefix(str(SH))],
            _rule(report.value(result, SH.sourceShape), path, shapes),
            messages.get("ja", plain),
            messages.get("en", plain),
            node=node,
            property=path,
            value=shown,
            path=place.path if place else None,
            line=place.line if place else None,
            graph=place.graph if place else None,
        )


def _iri(term: "Node | None") -> str | None:
    from rdflib import URIRef

    return str(term) if isinstance(term, URIRef) else None


def _rule(shape: "Node | None", path: str | None, shapes: "Graph") -> str:
    """Name a shape; one without an IRI is called after the shape it belongs to and its path."""
    from rdflib import SH

    name = _iri(shape)
    owner = name or _iri(shapes.value(None, SH.property, shape)) or "?"
    short = "shape:" + owner.removeprefix(_SHAPES)
    return short if name or not path else f"{short}/{curie(path)}"
