"""SPARQL 1.1 Protocol: a query goes out, rows come back."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from stigraph.errors import StoreError
from stigraph.remote.connection import Answer, Connection
from stigraph.vocab import PREFIXES, curie

__all__ = ["BLANK", "IRI", "Endpoint", "Row", "Word", "batches", "iri_term", "is_iri", "text_term"]

IRI, BLANK = "", "_"
_RESULTS = "application/sparql-results+json"
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_BATCH = 200
# The two spellings of a truth value are one value, and some servers keep only the other than the one that was sent.
_TRUTH = {"1": "true", "0": "false"}


class Word(NamedTuple):
    """One term of an answer; ``tag`` is ``@language``, a datatype as CURIE, or `IRI` or `BLANK`."""

    value: str
    tag: str


Row = Mapping[str, Word]


def is_iri(text: str) -> bool:
    """Say whether a text can be written between ``<`` and ``>``.

    >>> is_iri("https://example.org/a"), is_iri("https://example.org/> { } #")
    (True, False)
    """
    return bool(_ABSOLUTE.match(text)) and not _NOT_IN_IRI.search(text)


def iri_term(iri: str) -> str:
    """Write an IRI for a query."""
    if not is_iri(iri):
        raise ValueError(f"{iri!r} is not an IRI")
    return f"<{iri}>"


def text_term(text: str) -> str:
    r"""Write a text for a query.

    >>> print(text_term('say "a\\b"'))
    "say \"a\\b\""
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


def batches(iris: Iterable[str]) -> Iterator[str]:
    """Write IRIs for VALUES, some hundred at a time; what cannot be written as one is left out.

    >>> list(batches(["https://example.org/b", "https://example.org/a"]))
    ['<https://example.org/a> <https://example.org/b>']
    """
    ordered = sorted({iri for iri in iris if is_iri(iri)})
    for start in range(0, len(ordered), _BATCH):
        yield " ".join(map(iri_term, ordered[start : start + _BATCH]))


class Endpoint:
    """The query address of a server."""

    def __init__(self, url: str, *, timeout: float | None = None) -> None:
        self.connection = Connection(url, timeout=timeout)

    def send(self, query: str, accept: str, parameters: Mapping[str, str] | None = None) -> Answer:
        """Send one query as a form and give whatever comes back."""
        form = urlencode({"query": query, **(parameters or {})}).encode()
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        return self.connection.send("POST", self.connection.url, body=form, headers=headers)

    def results(self, query: str, parameters: Mapping[str, str] | None = None) -> tuple[dict[str, Any], int | None]:
        """Give the JSON results of a SELECT or ASK in their standard form, and at how many rows the server cut them.

        Raises:
            StoreError: there is no answer, or something else than results.
        """
        return self.read_results(self.send(query, _RESULTS, parameters))

    def read_results(self, answer: Answer) -> tuple[dict[str, Any], int | None]:
        """Read the results out of an answer."""
        connection = self.connection
        if answer.status != 200:
            raise connection.refusal(answer, "a query")
        if "json" not in answer.kind:
            raise StoreError(
                f"{connection.shown} answers with {answer.kind or 'something unnamed'} instead of SPARQL results; "
                "give the address of its SPARQL endpoint."
            )
        try:
            content = json.loads(answer.body)
        except ValueError as error:
            raise connection.broken_off() from error
        if not _is_results(content):
            raise StoreError(f"{connection.shown} answers with JSON that is no SPARQL results; check the address.")
        if answer.headers.get("X-SQL-State"):
            raise StoreError(
                f"{connection.shown} ran out of its time and gave only a part of the answer; ask for less."
            )
        cut = answer.headers.get("X-SPARQL-MaxRows", "")
        return _standard(content), int(cut) if cut.isdecimal() else None

    def ask(self, pattern: str, parameters: Mapping[str, str] | None = None) -> bool:
        """Say whether a pattern is there."""
        content, _ = self.results(f"ASK {{ {pattern} }}", parameters)
        return bool(content.get("boolean"))

    def first(self, query: str) -> list[Row]:
        """Give the rows of a SELECT with an order and a limit of its own, or as many as the server gives."""
        return _rows(self.results(query)[0])

    def select(self, query: str, *, most: int | None = None) -> list[Row]:
        """Give every row of a SELECT, or the first so many; page by page where the server cuts answers.

        A query that comes with ``most`` or may be cut has no order and no limit of its own.
        """
        content, cut = self.results(f"{query} LIMIT {most}" if most else query)
        rows = _rows(content)
        if not cut or len(rows) == most:
            return rows
        # The order is made inside, where servers that refuse to sort long answers do not look.
        order = " ".join(f"?{name}" for name in content["head"]["vars"])
        rows = []
        while True:
            content, _ = self.results(
                f"SELECT * WHERE {{ {{ {query} ORDER BY {order} }} }} LIMIT {cut} OFFSET {len(rows)}"
            )
            page = _rows(content)
            rows += page
            if len(page) < cut or (most and len(rows) >= most):
                return rows[:most]


def _is_results(content: object) -> bool:
    if not isinstance(content, dict):
        return False
    if isinstance(content.get("boolean"), bool):
        return True
    results, head = content.get("results"), content.get("head")
    return (
        isinstance(results, dict)
        and isinstance(results.get("bindings"), list)
        and isinstance(head, dict)
        and isinstance(head.get("vars"), list)
    )


def _standard(content: dict[str, Any]) -> dict[str, Any]:
    """Rewrite what Virtuoso writes in its own way: typed literals, and the answer of an ASK as a row."""
    if "boolean" in content:
        return content
    bindings = content["results"]["bindings"]
    if content["head"]["vars"] == ["__ASK_RETVAL"]:
        return {"head": {}, "boolean": any(row["__ASK_RETVAL"]["value"] != "0" for row in bindings)}
    for row in bindings:
        for term in row.values():
            if term.get("type") == "typed-literal":
                term["type"] = "literal"
            if term.get("datatype") == PREFIXES["xsd"] + "boolean":
                term["value"] = _TRUTH.get(term["value"], term["value"])
    return {"head": {"vars": content["head"]["vars"]}, "results": {"bindings": bindings}}


def _rows(content: Mapping[str, Any]) -> list[Row]:
    bindings: Sequence[Mapping[str, Mapping[str, str]]] = content["results"]["bindings"]
    return [{name: _word(term) for name, term in row.items()} for row in bindings]


def _word(term: Mapping[str, str]) -> Word:
    if term["type"] == "uri":
        return Word(term["value"], IRI)
    if term["type"] == "bnode":
        return Word(term["value"], BLANK)
    if "xml:lang" in term:
        return Word(term["value"], "@" + term["xml:lang"].lower())
    return Word(term["value"], curie(term["datatype"]) if "datatype" in term else "xsd:string")
