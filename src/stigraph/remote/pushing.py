"""Sending a store to a server by the SPARQL 1.1 Graph Store HTTP Protocol, graph by graph."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from stigraph.errors import StoreError
from stigraph.remote.connection import Connection
from stigraph.remote.endpoint import IRI, Endpoint, batches, iri_term
from stigraph.store.reading import Store
from stigraph.store.rules import is_source

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Pushed", "Record", "addresses", "push", "record_path"]

_PIECE = 20_000
_DEFAULT = "default"
_PROBE = "urn:stigraph:probe"
_TYPE = "application/n-triples"
# The last part of the path of the two addresses of a server: graph store, queries.
_PAIRS = (
    ("store", "query"),  # Oxigraph
    ("sparql-graph-crud-auth", "sparql"),  # Virtuoso
    ("sparql-graph-crud", "sparql"),
    ("data", "sparql"),  # Fuseki
    ("statements", ""),
)
_READING = {"query": "store"}


@dataclass(slots=True)
class Pushed:
    """What a push did.

    Attributes:
        sent: graphs that were sent, and ``triples`` how many triples they hold.
        equal: graphs that were there and equal.
        default: triples sent to the default graph too; None where the server takes all graphs together by itself.
        left: graphs sent by an earlier push that are no longer in the store and still there.
        removed: such graphs that were taken away.
    """

    sent: int = 0
    triples: int = 0
    equal: int = 0
    default: int | None = None
    left: int = 0
    removed: int = 0


class Record:
    """What was sent to one server, line by line, so that a push that was interrupted goes on where it was."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.graphs: dict[str, tuple[str, int]] = {}
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            text = ""
        except OSError as error:
            raise _unwritable(path, error) from error
        self.torn = bool(text) and not text.endswith("\n")
        for line in text.splitlines():
            try:
                graph, digest, count = json.loads(line)
            except ValueError:
                continue  # the line that was being written when the last push was killed
            if digest:
                self.graphs[graph] = (digest, count)
            else:
                self.graphs.pop(graph, None)

    def note(self, graph: str, digest: str, count: int) -> None:
        """Write down that a graph is there with these contents; with no digest, that it is no longer."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as lines:
                lines.write("\n" * self.torn + json.dumps([graph, digest, count]) + "\n")
        except OSError as error:
            raise _unwritable(self.path, error) from error
        self.torn = False
        if digest:
            self.graphs[graph] = (digest, count)
        else:
            self.graphs.pop(graph, None)


def _unwritable(path: Path, error: OSError) -> StoreError:
    return StoreError(f"{path}, the record of what was sent, cannot be used: {error.strerror}.")


def record_path(url: str) -> Path:
    """Give the file of the record for a server, in the user's cache."""
    from platformdirs import user_cache_dir

    shown = Connection(url).url
    return Path(user_cache_dir("stigraph")) / "pushed" / f"{hashlib.sha256(shown.encode()).hexdigest()[:16]}.jsonl"


def addresses(url: str) -> tuple[str, str | None]:
    """Give the graph store address and the query address of a server, from either; None where it cannot be told.

    >>> addresses("http://localhost:7878/query")
    ('http://localhost:7878/store', 'http://localhost:7878/query')
    >>> addresses("http://dba@localhost:8890/sparql-graph-crud-auth")[1]
    'http://dba@localhost:8890/sparql'
    """
    parts = urlsplit(url)
    folder, _, last = parts.path.rstrip("/").rpartition("/")

    def at(name: str) -> str:
        return parts._replace(path=f"{folder}/{name}", query="", fragment="").geturl()

    if last in _READING:
        return at(_READING[last]), url
    if last == "sparql":
        return at("data" if folder else "sparql-graph-crud-auth"), url
    return url, next((at(asked) for store, asked in _PAIRS if last == store and asked), None)


def push(
    store: Store,
    url: str,
    *,
    asking: str | None = None,
    update: bool = False,
    remove: bool = False,
    record: Path | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Pushed:
    """Send a store to a server, graph by graph; what is there and equal is not sent again.

    Where the server keeps an empty default graph of its own, that is filled too, with every triple once, since plain
    patterns of a query are answered from it.

    Args:
        store: a store on disk.
        url: the address of the Graph Store Protocol of the server, or that of its queries where the one follows from
            the other (Oxigraph, Virtuoso, Fuseki).
        asking: the query address, where it does not follow.
        update: trust the record of the last push instead of counting what is there.
        remove: take away graphs that were sent before and are no longer in the store.
        record: the file of the record; the default is one in the user's cache.
        progress: called after each graph and each piece of the default graph with how many of how many are done.

    Raises:
        StoreError: the server does not take the graphs, or the record cannot be written. What was sent stays noted;
            the next push goes on from there.
    """
    place, asked = addresses(url)
    push = _Push(store, Connection(place), _endpoint(asking or asked), record)
    return push.run(update=update, remove=remove, progress=progress)


def _endpoint(url: str | None) -> Endpoint | None:
    return Endpoint(url) if url else None


class _Push:
    def __init__(self, store: Store, place: Connection, endpoint: Endpoint | None, record: Path | None) -> None:
        self.quads: Any = store.sparql
        self.place = place
        self.endpoint = endpoint
        self.record = Record(record or record_path(place.url))
        self.done = Pushed()

    def run(self, *, update: bool, remove: bool, progress: Callable[[int, int], None]) -> Pushed:
        names = sorted(graph.value for graph in self.quads.named_graphs() if hasattr(graph, "value"))
        there = dict(self.record.graphs) if update or not self.endpoint else self._counted(names)
        total = len(names)
        digests: dict[str, str] = {}
        for number, name in enumerate(names, start=1):
            digests[name] = self._send_graph(name, there)
            progress(number, total)
        self._remove(set(names), remove=remove)
        self._send_default(digests, update=update, progress=lambda done, of: progress(total + done, total + of))
        return self.done

    def _counted(self, names: Iterable[str]) -> dict[str, tuple[str, int]]:
        """Give what the record says of the graphs that have as many triples there as it says."""
        assert self.endpoint
        counts: dict[str, int] = {}
        for values in batches(name for name in names if name in self.record.graphs):
            rows = self.endpoint.select(
                f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ VALUES ?g {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
            )
            counts.update({row["g"].value: int(row["n"].value) for row in rows if "g" in row and row["g"].tag == IRI})
        return {name: told for name, told in self.record.graphs.items() if counts.get(name) == told[1]}

    def _send_graph(self, name: str, there: Mapping[str, tuple[str, int]]) -> str:
        import pyoxigraph as ox

        lines = sorted(map(_line, self.quads.quads_for_pattern(None, None, None, ox.NamedNode(name))))
        body = "".join(lines).encode()
        digest = hashlib.sha256(body).hexdigest()
        if there.get(name) == (digest, len(lines)):
            self.done.equal += 1
            return digest
        self._send("PUT", f"graph={quote(name, safe='')}", body)
        self.record.note(name, digest, len(lines))
        self.done.sent += 1
        self.done.triples += len(lines)
        return digest

    def _remove(self, names: set[str], *, remove: bool) -> None:
        for name in sorted(name for name in self.record.graphs if is_source(name) and name not in names):
            if not remove:
                self.done.left += 1
                continue
            self._send("DELETE", f"graph={quote(name, safe='')}", None)
            self.record.note(name, "", 0)
            self.done.removed += 1

    def _send_default(self, digests: Mapping[str, str], *, update: bool, progress: Callable[[int, int], None]) -> None:
        """Fill the default graph, in pieces; the first replaces what was there."""
        if not self._has_default():
            return
        digest = hashlib.sha256(json.dumps(sorted(digests.items())).encode()).hexdigest()
        triples = self._count_default()
        last = max(0, triples - 1) // _PIECE
        noted, pieces = self.record.graphs.get(_DEFAULT, ("", 0))
        start = pieces if noted == digest and (update or self._default_is_there(pieces, triples)) else 0
        self.done.default = 0
        for number, lines in enumerate(self._pieces()):
            if number >= start:
                self._send("POST" if number else "PUT", "default", "".join(lines).encode())
                self.record.note(_DEFAULT, digest, number + 1)
                self.done.default += len(lines)
            progress(number + 1, last + 1)

    def _has_default(self) -> bool:
        """Say whether the server has a default graph of its own, by a graph of one triple that comes and goes."""
        if _DEFAULT in self.record.graphs:
            return True
        if self.endpoint is None:
            return False
        probe = iri_term(_PROBE)
        self._send("PUT", f"graph={quote(_PROBE, safe='')}", f"{probe} {probe} {probe} .\n".encode())
        try:
            return not self.endpoint.ask(f"{probe} {probe} {probe}")
        finally:
            self._send("DELETE", f"graph={quote(_PROBE, safe='')}", None)

    def _default_is_there(self, pieces: int, triples: int) -> bool:
        if not self.endpoint:
            return True
        rows = self.endpoint.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
        return int(rows[0]["n"].value) >= min(pieces * _PIECE, triples)

    def _count_default(self) -> int:
        (solution,) = self.quads.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
        return int(solution["n"].value)

    def _default_quads(self) -> "Iterator[ox.Quad]":
        import pyoxigraph as ox

        quads: Iterator[ox.Quad] = self.quads.quads_for_pattern(None, None, None, ox.DefaultGraph())
        return quads

    def _pieces(self) -> Iterator[list[str]]:
        """Yield the triples of the default graph, those with blank nodes first: a name means one node in one piece."""
        piece = [_line(quad) for quad in self._default_quads() if _has_blank(quad)]
        for quad in self._default_quads():
            if _has_blank(quad):
                continue
            if len(piece) >= _PIECE:
                yield piece
                piece = []
            piece.append(_line(quad))
        yield piece

    def _send(self, method: str, which: str, body: bytes | None) -> None:
        joint = "&" if urlsplit(self.place.url).query else "?"
        headers = {"Content-Type": _TYPE} if body is not None else {}
        answer = self.place.send(method, f"{self.place.url}{joint}{which}", body=body, headers=headers)
        gone = method == "DELETE" and answer.status == 404
        if not (200 <= answer.status < 300 or gone):
            raise self.place.refusal(answer, "a graph")


def _line(quad: "ox.Quad") -> str:
    return f"{quad.triple} .\n"


def _has_blank(quad: "ox.Quad") -> bool:
    import pyoxigraph as ox

    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)
