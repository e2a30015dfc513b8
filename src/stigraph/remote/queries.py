"""A user's own query, sent to an endpoint so that it means there what it means on a store on disk.

Plain patterns are meant over all documents. Servers differ in what they take for the default graph: all named graphs
together (Virtuoso; Oxigraph with ``--union-default-graph``; Fuseki so configured), or a graph of its own, which may be
empty (Oxigraph and Fuseki as they come). `stigraph.remote.push` fills the default graph of the second kind with every
triple once; where that was not done, Oxigraph is asked query by query to take all named graphs together.
"""

import json
import re
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from stigraph.errors import QueryError, StoreError
from stigraph.query.guard import OPAQUE
from stigraph.remote.endpoint import Endpoint, iri_term
from stigraph.vocab import STI

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["RemoteSparql", "with_bindings", "with_prefixes"]

_TRIPLES = "application/n-triples, text/turtle;q=0.9"
_UNION: Mapping[str, str] = {"union-default-graph": ""}
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):", re.IGNORECASE)
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_ANYTHING = f"?s a {iri_term(STI + 'Source')}"


class RemoteSparql:
    """Asks queries in the manner of a pyoxigraph store, and gives the same kinds of answers."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint

    def query(
        self, text: str, *, prefixes: Mapping[str, str], substitutions: "Mapping[ox.Variable, ox.NamedNode]"
    ) -> "ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples":
        """Send a query.

        Raises:
            SyntaxError, ValueError: by pyoxigraph, which reads every query first.
            QueryError: the server refuses the query, cuts the answer, or does not show all documents at once.
            StoreError: the server does not answer.
        """
        import pyoxigraph as ox

        gives_triples = _gives_triples(text, prefixes, substitutions)
        bound = with_bindings(text, {variable.value: node.value for variable, node in substitutions.items()})
        written = with_prefixes(bound, prefixes)
        if gives_triples:
            return self._triples(written)
        answer = self.endpoint.send(written, "application/sparql-results+json", self._dataset(text))
        self._refuse(answer.status, answer.reason)
        content, cut = self.endpoint.read_results(answer)
        if cut is not None:
            raise QueryError(
                f"{self._place} cuts answers at {cut:,} rows; ask for less, or page by page with ORDER BY, LIMIT and "
                "OFFSET."
            )
        results = ox.parse_query_results(json.dumps(content), format=ox.QueryResultsFormat.JSON)
        assert isinstance(results, ox.QuerySolutions | ox.QueryBoolean)
        return results

    def _triples(self, text: str) -> "ox.QueryTriples":
        import pyoxigraph as ox

        answer = self.endpoint.send(text, _TRIPLES, self._dataset(text))
        self._refuse(answer.status, answer.reason)
        if answer.status != 200:
            raise self.endpoint.connection.refusal(answer, "a query")
        form = ox.RdfFormat.from_media_type(answer.kind) if answer.kind else None
        if form is None:
            raise StoreError(f"{self._place} answers with {answer.kind or 'something unnamed'} instead of triples.")
        store = ox.Store()
        try:
            store.load(answer.body, format=form)
        except (SyntaxError, ValueError) as error:
            raise self.endpoint.connection.broken_off() from error
        found = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
        assert isinstance(found, ox.QueryTriples)
        return found

    @property
    def _place(self) -> str:
        return self.endpoint.connection.shown

    def _refuse(self, status: int, reason: str) -> None:
        if status in (400, 500) and reason:
            raise QueryError(f"{self._place} cannot answer this query: {reason}.")

    def _dataset(self, text: str) -> Mapping[str, str]:
        """Give the parameters by which plain patterns are answered over all documents."""
        if self._union is None:
            if re.search(r"\b(GRAPH|FROM)\b", OPAQUE.sub(" ", text), re.IGNORECASE):
                return {}
            raise QueryError(
                f"{self._place} keeps each document apart and has an empty default graph; ask GRAPH ?source {{ … }}, "
                "or fill it with `stigraph push`."
            )
        return self._union

    @cached_property
    def _union(self) -> Mapping[str, str] | None:
        if self.endpoint.ask(_ANYTHING):
            return {}
        try:
            return _UNION if self.endpoint.ask(_ANYTHING, _UNION) else None
        except StoreError:
            return None


def _gives_triples(text: str, prefixes: Mapping[str, str], substitutions: "Mapping[ox.Variable, ox.NamedNode]") -> bool:
    """Read a query as the engine of a store on disk does, with the same errors, and say what it gives."""
    import pyoxigraph as ox

    # The answer of the engine must not outlive this thread, not even in the traceback of a later error.
    return isinstance(
        ox.Store().query(text, prefixes=dict(prefixes), substitutions=dict(substitutions)), ox.QueryTriples
    )


def with_prefixes(text: str, prefixes: Mapping[str, str]) -> str:
    """Declare the prefixes that a query does not declare itself.

    >>> with_prefixes("PREFIX b: <x:> ASK {}", {"a": "https://example.org/a#", "b": "https://example.org/b#"})
    'PREFIX a: <https://example.org/a#>\\nPREFIX b: <x:> ASK {}'
    """
    declared = set(_DECLARED.findall(text))
    lines = [f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes.items() if name not in declared]
    return "".join(lines) + text


def with_bindings(text: str, bindings: Mapping[str, str]) -> str:
    """Bind variables at the beginning of the outermost pattern.

    >>> with_bindings("SELECT ?a { ?a ?b ?c }", {"a": "https://example.org/a"})
    'SELECT ?a { VALUES (?a) { (<https://example.org/a>) } ?a ?b ?c }'
    """
    if not bindings:
        return text
    names, terms = " ".join(f"?{name}" for name in bindings), " ".join(map(iri_term, bindings.values()))
    values = f" VALUES ({names}) {{ ({terms}) }}"
    # Strings, IRIs and comments keep their length, so that places in one text are places in the other.
    bare = OPAQUE.sub(lambda found: " " * len(found[0]), text)
    form = _FORM.search(bare)
    place = bare.find("{", form.end() if form else 0)
    if form and form[1].upper() == "CONSTRUCT":
        template = place
        if re.search(r"\bWHERE\s*$", bare[form.end() : template], re.IGNORECASE):
            return text + values  # CONSTRUCT WHERE takes nothing but triples inside
        place = bare.find("{", bare.find("}", template))
    return text + values if place < 0 else text[: place + 1] + values + text[place + 1 :]
