"""Running a query, within a time."""

import threading
from collections.abc import Mapping

import pyoxigraph as ox

from stigraph.errors import QueryError
from stigraph.query.guard import check_query
from stigraph.query.results import QueryResult
from stigraph.store.reading import Store
from stigraph.vocab import PREFIXES

__all__ = ["query"]


def query(
    store: Store, text: str, *, bindings: Mapping[str, str] | None = None, timeout: float | None = None
) -> QueryResult:
    """Ask SPARQL of a store: SELECT, ASK, CONSTRUCT or DESCRIBE.

    The prefixes of the vocabulary (``sti:``, ``skos:``, ``programme:`` …) need not be declared.

    Args:
        store: an open store.
        text: the query.
        bindings: IRIs for variables of the query, ``{"programme": "https://…/programme/sicorp"}``; they enter as
            terms, never as text.
        timeout: seconds after which to give up. The engine cannot be stopped from outside: its thread ends with the
            process, or when the query is done.

    Raises:
        QueryError: the query is broken, refused (an update, SERVICE) or out of time.

    >>> from stigraph.store import open_store
    >>> query(open_store(), "ASK { programme:sicorp sti:cites ?statement }").answer
    True
    """
    check_query(text)
    terms = {ox.Variable(name): ox.NamedNode(iri) for name, iri in (bindings or {}).items()}
    outcome: list[QueryResult | Exception] = []

    def work() -> None:
        try:
            outcome.append(_evaluate(store.sparql, text, terms))
        except (SyntaxError, ValueError, OSError, RuntimeError, QueryError) as error:
            outcome.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(timeout)
    if not outcome:
        raise QueryError(f"The query took more than {timeout:g} seconds; narrow it, or allow more with --timeout.")
    if isinstance(outcome[0], SyntaxError):
        raise QueryError(f"The query is not SPARQL: {outcome[0].msg}.") from outcome[0]
    if isinstance(outcome[0], Exception):
        raise QueryError(f"The query cannot be answered: {outcome[0]}.") from outcome[0]
    return outcome[0]


def _evaluate(store: ox.Store, text: str, terms: Mapping[ox.Variable, ox.NamedNode]) -> QueryResult:
    result = store.query(text, prefixes=PREFIXES, substitutions=dict(terms))
    if isinstance(result, ox.QueryBoolean):
        return QueryResult(answer=bool(result))
    if isinstance(result, ox.QueryTriples):
        return QueryResult(triples=sorted(set(result), key=str))
    names = [variable.value for variable in result.variables]
    return QueryResult(names, [[solution[name] for name in names] for solution in result])
