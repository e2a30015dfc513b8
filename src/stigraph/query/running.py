"""Running a query, within a time."""

import re
import threading
from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import NoReturn, TypeVar

import pyoxigraph as ox

from stigraph.errors import QueryError
from stigraph.query.guard import check_query
from stigraph.query.results import QueryResult
from stigraph.store.reading import Store
from stigraph.vocab import PREFIXES

__all__ = ["query"]

_Item = TypeVar("_Item")
# The engine binds only what a SELECT names, and says so in these words.
_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?")
_WORDS = re.compile(r'"[^"]*"|[^,"]+')
_CHARACTERS = re.compile(r"\[(?:'(?:[^'\\]|\\.|\\u\{\w+\})*'|[^\]'])*\]")
_NOT_PROJECTED = re.compile(r"does not contains? variable \?(\w+)")


def query(
    store: Store, text: str, *, bindings: Mapping[str, str] | None = None, timeout: float | None = None
) -> QueryResult:
    """Ask SPARQL of a store: SELECT, ASK, CONSTRUCT or DESCRIBE.

    The prefixes of the vocabulary (``sti:``, ``skos:``, ``programme:`` …) need not be declared.

    Args:
        store: an open store.
        text: the query.
        bindings: IRIs for variables of the query, ``{"programme": "https://…/programme/sicorp"}``; they enter as
            terms, never as text. A SELECT must name each of them among its columns.
        timeout: seconds after which to give up; the query then has a thread of its own. The engine cannot be stopped
            between two rows of an answer: the thread ends with the next row, or with the process.

    Raises:
        QueryError: the query is broken, refused (an update, SERVICE) or out of time, or a binding fits none of it.

    >>> from stigraph.store import open_store
    >>> query(open_store(), "ASK { programme:sicorp sti:cites ?statement }").answer
    True
    """
    check_query(text)
    terms = _terms(bindings or {})
    opened = store.sparql  # here and not where it is evaluated: a store that cannot be read is an error of its own
    outcome = _outcome(opened, text, terms) if timeout is None else _within(timeout, opened, text, terms)
    if isinstance(outcome, BaseException):
        _raise(outcome)
    return outcome


def _outcome(
    store: ox.Store, text: str, terms: Mapping[ox.Variable, ox.NamedNode], stopped: threading.Event | None = None
) -> QueryResult | BaseException:
    try:
        return _evaluate(store, text, terms, stopped)
    except BaseException as error:
        return error  # the caller raises it again, in the thread that asked


def _within(
    timeout: float, store: ox.Store, text: str, terms: Mapping[ox.Variable, ox.NamedNode]
) -> QueryResult | BaseException:
    """Evaluate in a thread that is left alone when the time is over."""
    stopped = threading.Event()
    outcome: list[QueryResult | BaseException] = []
    thread = threading.Thread(target=lambda: outcome.append(_outcome(store, text, terms, stopped)), daemon=True)
    thread.start()
    thread.join(timeout)
    stopped.set()
    if not outcome:
        raise QueryError(f"The query took more than {timeout:g} seconds; narrow it, or allow more with --timeout.")
    return outcome[0]


def _terms(bindings: Mapping[str, str]) -> dict[ox.Variable, ox.NamedNode]:
    terms = {}
    for name, iri in bindings.items():
        try:
            terms[ox.Variable(name)] = ox.NamedNode(iri)
        except ValueError as error:
            raise QueryError(f"?{name} cannot be set to <{iri}>: {error}.") from error
    return terms


def _raise(error: BaseException) -> NoReturn:
    """Say what the engine says as a sentence for the one who asked; anything unforeseen stays what it is."""
    unnamed = _NOT_PROJECTED.search(str(error))
    if isinstance(error, SyntaxError):
        raise QueryError(f"The query is not SPARQL: {_readable(error.msg)}.") from error
    if unnamed:
        raise QueryError(f"?{unnamed[1]} cannot be set: the query has no such column. Name it after SELECT.") from error
    if isinstance(error, ValueError | OSError | RuntimeError):
        raise QueryError(f"The query cannot be answered: {error}.") from error
    raise error


def _readable(message: str) -> str:
    """Shorten the parser's message to the place and what it expected there, without the classes of characters.

    >>> _readable("error at 1:20: expected one of OPTIONAL, '}', [_], ['0' ..= '9']")
    "at line 1, column 20: expected OPTIONAL or '}'"
    >>> _readable("error at 1:15: expected one of OPTIONAL, Prefix not found, ['%']")
    'at line 1, column 15: Prefix not found'
    """
    place = _PLACE.match(message)
    if not place:
        return " ".join(message.split())
    words = [word.strip() for word in _WORDS.findall(_CHARACTERS.sub("", message[place.end() :])) if word.strip()]
    sentences = [word for word in words if " " in word]
    told = sentences[0] if sentences else f"expected {' or '.join(words)}"
    return f"at line {place[1]}, column {place[2]}: {told}"


def _evaluate(
    store: ox.Store, text: str, terms: Mapping[ox.Variable, ox.NamedNode], stopped: threading.Event | None
) -> QueryResult:
    """Collect the whole answer, or what there is of it when the caller gives up."""
    result = store.query(text, prefixes=PREFIXES, substitutions=dict(terms))
    if isinstance(result, ox.QueryBoolean):
        return QueryResult(answer=bool(result))
    if isinstance(result, ox.QueryTriples):
        return QueryResult(triples=sorted({triple for triple in _until(stopped, result)}, key=str))
    names = [variable.value for variable in result.variables]
    return QueryResult(names, list(map(list, _until(stopped, result))))


def _until(stopped: threading.Event | None, items: Iterable[_Item]) -> Iterable[_Item]:
    return items if stopped is None else takewhile(lambda _: not stopped.is_set(), items)
