"""Refusing what a reader's query may not do: change the graph, or send it to another server."""

import re

from stigraph.errors import QueryError

__all__ = ["OPAQUE", "check_query"]

OPAQUE = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\''
    r'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
    r"|<[^<>\"{}|^`\\\s]*>"
    r"|#[^\n]*"
    r"|[?$]\w+"
    r"|@\w+(?:-\w+)*"
    r"|[\w.-]*:(?:[\w.:%-]|\\.)*",
    re.DOTALL,
)
"""What may hold a keyword without being one: strings, IRIs, comments, variables, prefixed names."""
_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD"])
_FORMS = frozenset(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"])


def check_query(text: str) -> None:
    """Refuse an update, a SERVICE call and an empty query, each with a sentence.

    Raises:
        QueryError: the query is one of those.

    >>> check_query('SELECT * { ?service <http://example.org/SERVICE> "DELETE" }')
    >>> check_query("DELETE WHERE { ?s ?p ?o }")
    Traceback (most recent call last):
    stigraph.errors.QueryError: This is an update (DELETE); a store is only read. Change data/ and run `stigraph build`.
    """
    words = [word.upper() for word in re.findall(r"[A-Za-z]+", OPAQUE.sub(" ", text))]
    first = next((word for word in words if word in _UPDATES | _FORMS), None)
    if first in _UPDATES:
        raise QueryError(f"This is an update ({first}); a store is only read. Change data/ and run `stigraph build`.")
    if "SERVICE" in words:
        raise QueryError("SERVICE would send the query to another server; ask that server itself and join the results.")
    if first is None:
        raise QueryError("This is not a SPARQL query: it needs SELECT, ASK, CONSTRUCT or DESCRIBE.")
