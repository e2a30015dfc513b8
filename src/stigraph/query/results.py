"""What a query gave, and how it is written."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from stigraph.errors import UsageError
from stigraph.japanese import clip
from stigraph.tables import markdown_table, text_table
from stigraph.vocab import PREFIXES, curie

__all__ = ["FORMATS", "QueryResult", "Value"]

Value = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_WIDEST_COLUMN = 60
_ROWS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The rows of a SELECT, the answer of an ASK, or the triples of a CONSTRUCT or DESCRIBE.

    Attributes:
        variables: the names of the columns, without ``?``; empty for the other forms.
        rows: pyoxigraph terms, None where a variable is unbound.
        answer: of an ASK, else None.
        triples: of a CONSTRUCT or DESCRIBE, in one order, else None.
        standard: the W3C serialisations of a SELECT or ASK by media subtype (``json``, ``xml``, ``csv``, ``tsv``).
    """

    variables: Sequence[str] = ()
    rows: Sequence[Sequence[Value | None]] = ()
    answer: bool | None = None
    triples: Sequence[ox.Triple] | None = None

    def write(self, form: str | None = None) -> str:
        """Write the result in one of `FORMATS`; None is a table, or Turtle for triples.

        Raises:
            UsageError: the result has no such form (a SELECT as Turtle).
        """
        if form is None:
            form = "table" if self.triples is None else "turtle"
        if form not in FORMATS:
            raise UsageError(f"“{form}” is not a format; the formats are {', '.join(FORMATS)}.")
        if self.triples is not None:
            return self._write_triples(self.triples, form)
        if form in _GRAPH_FORMATS:
            raise UsageError(
                f"A SELECT or ASK has no triples to write as {form}; use table, json, csv, tsv, xml or md."
            )
        return _TABLE_FORMATS[form](self)

    def _write_triples(self, triples: Sequence[ox.Triple], form: str) -> str:
        if form in _GRAPH_FORMATS:
            prefixes = PREFIXES if form == "turtle" else None
            written = ox.serialize(triples, format=_GRAPH_FORMATS[form], prefixes=prefixes)
            return (written or b"").decode()
        rows = [(triple.subject, triple.predicate, triple.object) for triple in triples]
        return _TABLE_FORMATS[form](QueryResult(("subject", "predicate", "object"), rows))


def _standard(result: QueryResult) -> dict[str, object]:
    """Give the W3C SPARQL 1.1 Query Results JSON structure."""
    if result.answer is not None:
        return {"head": {}, "boolean": result.answer}
    bindings = [
        {name: _json_term(value) for name, value in zip(result.variables, row, strict=True) if value is not None}
        for row in result.rows
    ]
    return {"head": {"vars": list(result.variables)}, "results": {"bindings": bindings}}


def _json_term(term: Value) -> dict[str, object]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        raise UsageError("Triple terms cannot be written as SPARQL 1.1 results.")
    content: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language:
        content["xml:lang"] = term.language
    elif term.datatype.value != PREFIXES["xsd"] + "string":
        content["datatype"] = term.datatype.value
    return content


def _as_json(result: QueryResult) -> str:
    return json.dumps(_standard(result), ensure_ascii=False, indent=2) + "\n"


def _rewritten(result: QueryResult, form: ox.QueryResultsFormat) -> str:
    """Let pyoxigraph write the standard forms, from the JSON one."""
    parsed = ox.parse_query_results(json.dumps(_standard(result)), format=ox.QueryResultsFormat.JSON)
    written = parsed.serialize(format=form) or b""
    return written.decode() + ("\n" if not written.endswith(b"\n") else "")


def _by_lines(result: QueryResult, form: ox.QueryResultsFormat) -> Iterator[str]:
    """Write CSV or TSV some rows at a time: the JSON between takes many times the memory of the lines."""
    for start in range(0, max(len(result.rows), 1), _ROWS_AT_ONCE):
        rows = result.rows[start : start + _ROWS_AT_ONCE]
        lines = _rewritten(QueryResult(result.variables, rows), form)
        yield lines.partition("\n")[2] if start else lines  # the names of the columns once


def _boolean_or(write: Callable[[QueryResult], str]) -> Callable[[QueryResult], str]:
    """CSV and TSV know no boolean result in the standard; everyone writes the word."""
    return lambda result: write(result) if result.answer is None else f"{str(result.answer).lower()}\n"


def _plain(term: Value | None) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return curie(term.value)
    return str(term) if isinstance(term, ox.Triple) else term.value


def _as_table(result: QueryResult) -> str:
    rows = [[clip(_plain(term), _WIDEST_COLUMN) for term in row] for row in result.rows]
    return text_table(result.variables, rows) + f"({len(rows)} row{'' if len(rows) == 1 else 's'})\n"


def _as_markdown(result: QueryResult) -> str:
    if result.answer is not None:
        return f"{str(result.answer).lower()}\n"
    return markdown_table(result.variables, [[_plain(term) for term in row] for row in result.rows])


_GRAPH_FORMATS: Mapping[str, ox.RdfFormat] = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
}
_TABLE_FORMATS: Mapping[str, Callable[[QueryResult], str]] = {
    "table": _boolean_or(_as_table),
    "json": _as_json,
    "csv": _boolean_or(lambda result: "".join(_by_lines(result, ox.QueryResultsFormat.CSV))),
    "tsv": _boolean_or(lambda result: "".join(_by_lines(result, ox.QueryResultsFormat.TSV))),
    "xml": lambda result: _rewritten(result, ox.QueryResultsFormat.XML),
    "md": _as_markdown,
}
FORMATS = (*_TABLE_FORMATS, *_GRAPH_FORMATS)
