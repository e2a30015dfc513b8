"""Reading the Turtle files of the ontology and the curated graph, and refusing what is plainly wrong in them.

A file of ``data/catalogue/`` belongs to the graph of the catalogue, ``data/sources/NAME.ttl`` to the graph of the
source NAME, a file of ``ontology/`` to the graph of the ontology.
"""

import difflib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from stigraph.errors import DataError, StoreError
from stigraph.vocab import CATALOGUE, ID, ONTOLOGY, STI, curie

__all__ = [
    "check_terms",
    "defined_terms",
    "graph_of",
    "ill_typed",
    "line_of",
    "nearest_term",
    "parse_file",
    "read_file",
    "read_inputs",
    "unknown_terms",
]

_MOST_SYNTAX_ERRORS = 50

_XSD = "http://www.w3.org/2001/XMLSchema#"
_TIMEZONE = r"(Z|[+-]\d\d:\d\d)?"
_LEXICAL = {
    _XSD + "integer": re.compile(r"[+-]?\d+"),
    _XSD + "decimal": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)"),
    _XSD + "boolean": re.compile(r"true|false|0|1"),
    _XSD + "gYear": re.compile(rf"-?\d{{4,}}{_TIMEZONE}"),
    _XSD + "gYearMonth": re.compile(rf"-?\d{{4,}}-(0[1-9]|1[0-2]){_TIMEZONE}"),
    _XSD + "date": re.compile(rf"-?\d{{4,}}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]){_TIMEZONE}"),
}


def graph_of(path: Path) -> str:
    """Give the IRI of the named graph a file belongs to.

    >>> graph_of(Path("data/sources/background.ttl"))
    'https://w3id.org/stigraph/id/source/background'
    """
    if path.parent.name == "sources":
        return f"{ID}source/{path.stem}"
    return CATALOGUE if path.parent.name == "catalogue" else ONTOLOGY


def read_file(path: Path) -> list[ox.Triple]:
    """Parse one Turtle file.

    Raises:
        DataError: with file and line, where the file is not Turtle or a literal is not of its type.
        StoreError: the file cannot be read.
    """
    triples, broken = parse_file(path)
    for error in broken:
        raise DataError(f"not Turtle: {error.msg}.", path, error.lineno) from error
    for triple, literal in ill_typed(triples):
        place = f"{curie(_text(triple.subject))} {curie(triple.predicate.value)}"
        raise DataError(
            f"“{literal.value}” is not a {curie(literal.datatype.value)} (at {place}); write the value in that type.",
            path,
            line_of(path, f'"{literal.value}"'),
        )
    return triples


def parse_file(path: Path) -> tuple[list[ox.Triple], list[SyntaxError]]:
    """Parse one Turtle file to its end; give the triples and every place (``lineno``) where it is not Turtle.

    Raises:
        StoreError: the file cannot be read.
    """
    triples: list[ox.Triple] = []
    broken: list[SyntaxError] = []
    try:
        quads = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        while len(broken) < _MOST_SYNTAX_ERRORS:
            try:
                triples += (ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
                break
            except SyntaxError as error:
                # The parser goes on behind the broken statement when it is asked for the next triple.
                broken.append(error)
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise StoreError(f"{path} cannot be read: {error}.") from error
    return list(_numbered(path.stem, triples)), broken


def _numbered(stem: str, triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Name blank nodes by file and order, where the parser draws random names: equal files make equal snapshots."""
    names: dict[ox.BlankNode, ox.BlankNode] = {}

    def name(blank: ox.BlankNode) -> ox.BlankNode:
        return names.setdefault(blank, ox.BlankNode(f"{stem}-{len(names) + 1}"))

    for triple in triples:
        subject, value = triple.subject, triple.object
        yield ox.Triple(
            name(subject) if isinstance(subject, ox.BlankNode) else subject,
            triple.predicate,
            name(value) if isinstance(value, ox.BlankNode) else value,
        )


def ill_typed(triples: Iterable[ox.Triple]) -> Iterator[tuple[ox.Triple, ox.Literal]]:
    """Yield each triple whose object is a literal that its datatype does not allow, and that literal."""
    for triple in triples:
        value = triple.object
        if isinstance(value, ox.Literal):
            pattern = _LEXICAL.get(value.datatype.value)
            if pattern and not pattern.fullmatch(value.value):
                yield triple, value


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return "" if isinstance(term, ox.Triple) else term.value


def line_of(path: Path, text: str) -> int | None:
    """Find the first line of a file that holds a text (from 1), or None."""
    with path.open(encoding="utf-8") as lines:
        return next((number for number, line in enumerate(lines, start=1) if text in line), None)


def defined_terms(triples: Iterable[ox.Triple]) -> set[str]:
    """Collect the terms of the vocabulary that the ontology defines: what has a type and lies in its namespace."""
    return {_text(triple.subject) for triple in triples if _text(triple.subject).startswith(STI)}


def check_terms(path: Path, triples: Iterable[ox.Triple], defined: set[str]) -> None:
    """Refuse a term of our namespace that the ontology does not define.

    Raises:
        DataError: with file, line, and the nearest term that is defined.
    """
    for _, term in unknown_terms(triples, defined):
        name = curie(term)
        near = nearest_term(term, defined)
        hint = f"; is {near} meant?" if near else "; define it in ontology/ first."
        raise DataError(f"{name} is not a term of the ontology{hint}", path, line_of(path, name))


def unknown_terms(triples: Iterable[ox.Triple], defined: set[str]) -> Iterator[tuple[ox.Triple, str]]:
    """Yield each triple with a term of our namespace that the ontology does not define, and the term's IRI."""
    for triple in triples:
        for term in (triple.predicate, triple.object):
            if isinstance(term, ox.NamedNode) and term.value.startswith(STI) and term.value not in defined:
                yield triple, term.value


def nearest_term(term: str, defined: set[str]) -> str | None:
    """Give the defined term that is spelt most like this one, as a CURIE; None when none is near."""
    near = difflib.get_close_matches(curie(term), [curie(known) for known in sorted(defined)], n=1)
    return near[0] if near else None


def read_inputs(files: Iterable[Path]) -> Iterator[tuple[str, list[ox.Triple]]]:
    """Parse and check every input file in turn; yield the IRI of its graph and its triples.

    The files of the ontology come first, since they say which terms there are.
    """
    defined: set[str] = set()
    for path in files:
        graph = graph_of(path)
        triples = read_file(path)
        if not triples:
            raise DataError("holds no statement; restore what was in it, or remove the file.", path)
        if graph == ONTOLOGY:
            defined |= defined_terms(triples)
        else:
            check_terms(path, triples, defined)
        yield graph, triples
