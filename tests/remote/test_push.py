"""Sending a store: graph by graph, never what is there already, on from where it stopped."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

import pytest

import stigraph
from stigraph.query import query
from stigraph.remote import push
from stigraph.remote.endpoint import Endpoint

SOURCE = "https://w3id.org/stigraph/id/source/"
Handler = BaseHTTPRequestHandler


def write_data(folder: Path, **years: int) -> Path:
    """Write data of one source a name, which gives a programme the year in which it began."""
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    for path in (folder / "sources").iterdir():
        path.unlink()
    for name, year in years.items():
        (folder / "sources" / f"{name}.ttl").write_text(
            "PREFIX sti: <https://w3id.org/stigraph/ns#>\nPREFIX id: <https://w3id.org/stigraph/id/>\n"
            "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
            f'<{SOURCE}{name}> a sti:Source ; skos:prefLabel "文書 {name}"@ja .\n'
            '<https://w3id.org/stigraph/id/programme/shared> a sti:Programme ; skos:prefLabel "共有"@ja ;\n'
            f"  sti:startFiscalYear {year} .\n"
        )
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Callable[..., stigraph.Store]:
    """Build and open a store of some sources."""

    def build(**years: int) -> stigraph.Store:
        stigraph.build(tmp_path / "small", data=write_data(tmp_path / "data", **years))
        return stigraph.open_store(tmp_path / "small")

    return build


class Graphs:
    """A graph store in memory that knows PUT, POST and DELETE, and no queries; it may be told to fail."""

    def __init__(self, reply: Any, pause: float = 0) -> None:
        self.reply = reply
        self.pause = pause
        self.held: dict[str, bytes] = {}
        self.sent: list[str] = []
        self.fail_after: int | None = None

    def __call__(self, handler: Handler, body: bytes) -> None:
        name = parse_qs(urlsplit(handler.path).query, keep_blank_values=True).get("graph", ["default"])[0]
        time.sleep(self.pause)
        if self.fail_after is not None and len(self.sent) >= self.fail_after:
            self.reply(handler, 507, "text/plain", "disk full")
            return
        self.sent.append(name)
        if handler.command == "DELETE":
            self.held.pop(name, None)
        else:
            self.held[name] = body
        self.reply(handler, 204, "text/plain", "")


def test_a_push_goes_on_where_it_stopped(
    odd_server: Any, answer_with: Any, small: Callable[..., stigraph.Store], tmp_path: Path
) -> None:
    store, graphs = small(a=2001, b=2002, c=2003), Graphs(answer_with)
    url, record = odd_server(graphs).url.replace("/sparql", "/graphs"), tmp_path / "record"
    graphs.fail_after = 2
    with pytest.raises(stigraph.StigraphError, match=r"could not answer a graph \(HTTP 507 Insufficient Storage: disk"):
        push(store, url, record=record)
    assert [name.rsplit("/", 1)[-1] for name in graphs.sent] == ["a", "b"]
    graphs.fail_after = None
    seen: list[tuple[int, int]] = []
    done = push(store, url, record=record, progress=lambda *step: seen.append(step))
    assert (done.sent, done.equal) == (2, 2) and [name.rsplit("/", 1)[-1] for name in graphs.sent[2:]] == ["c", "ns"]
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert graphs.held[f"{SOURCE}b"].count(b"\n") == 5 and b'"2002"' in graphs.held[f"{SOURCE}b"]
    again = push(store, url, record=record)
    assert (again.sent, again.equal, len(graphs.sent)) == (0, 4, 4)


def test_only_what_changed_is_sent_again(
    odd_server: Any, answer_with: Any, small: Callable[..., stigraph.Store], tmp_path: Path
) -> None:
    graphs = Graphs(answer_with)
    url, record = odd_server(graphs).url.replace("/sparql", "/graphs"), tmp_path / "record"
    push(small(a=2001, b=2002), url, record=record)
    with record.open("a", encoding="utf-8") as torn:
        torn.write('["https://w3id.org/sti')
    done = push(small(b=2012, c=2003), url, record=record, update=True)
    assert sorted(name.rsplit("/", 1)[-1] for name in graphs.sent[3:]) == ["b", "c"]
    assert (done.sent, done.equal, done.left, done.removed) == (2, 1, 1, 0) and f"{SOURCE}a" in graphs.held
    done = push(small(b=2012, c=2003), url, record=record, remove=True)
    assert (done.sent, done.left, done.removed) == (0, 0, 1) and f"{SOURCE}a" not in graphs.held


def test_a_killed_push_leaves_whole_graphs_and_goes_on(
    odd_server: Any,
    answer_with: Any,
    small: Callable[..., stigraph.Store],
    tmp_path: Path,
    clean_environment: Mapping[str, str],
    run: Callable[..., Any],
) -> None:
    small(**{f"s{number}": 2000 + number for number in range(12)})
    graphs = Graphs(answer_with, pause=0.1)
    url = odd_server(graphs).url.replace("/sparql", "/graphs")
    command = [sys.executable, "-c", "from stigraph.cli import main; main()"]
    arguments = ["push", url, "--store", str(tmp_path / "small")]
    environment = dict(clean_environment) | {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    with subprocess.Popen([*command, *arguments], env=environment, stderr=subprocess.DEVNULL) as process:
        while len(graphs.sent) < 4:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    time.sleep(0.3)
    before = len(graphs.sent)
    assert 4 <= before < 13
    finished = run(*arguments, env={"XDG_CACHE_HOME": str(tmp_path / "cache")})
    assert finished.returncode == 0, finished.stderr
    # The graph that was on its way when the push was killed may be sent twice.
    assert len(graphs.held) == 13 and len(graphs.sent) - 13 in (0, 1)
    assert all(body.count(b"\n") == 5 for name, body in graphs.held.items() if name.startswith(SOURCE))


def test_what_a_server_lost_is_sent_again(
    start_oxigraph: Callable[..., Any], small: Callable[..., stigraph.Store], tmp_path: Path
) -> None:
    server, store, record = start_oxigraph(), small(a=2001, b=2002), tmp_path / "record"
    first = push(store, server.queries, record=record)
    assert (first.sent, first.default) == (3, len(query(store, "SELECT * { ?s ?p ?o }").rows))
    with urlopen(Request(f"{server.graphs}?graph={SOURCE}a", method="DELETE"), timeout=10):
        pass
    with urlopen(Request(f"{server.graphs}?default", method="DELETE"), timeout=10):
        pass
    trusting = push(store, server.graphs, record=record, update=True)
    assert (trusting.sent, trusting.equal, trusting.default) == (0, 3, 0)
    again = push(store, server.graphs, record=record)
    assert (again.sent, again.equal, again.default) == (1, 2, first.default)


def test_plain_patterns_are_over_all_documents_and_count_once(
    start_oxigraph: Callable[..., Any], small: Callable[..., stigraph.Store], tmp_path: Path
) -> None:
    server, store = start_oxigraph(), small(a=2001, b=2001)
    asked = "SELECT (COUNT(*) AS ?n) { programme:shared ?p ?o }"
    push(store, server.graphs, record=tmp_path / "record")
    remote = stigraph.open_store(server.queries)
    assert query(remote, asked).write("csv") == query(store, asked).write("csv") == "n\r\n3\r\n"
    changed = small(a=2001, b=2009)
    done = push(changed, server.graphs, record=tmp_path / "record", update=True)
    assert done.sent == 1 and done.default
    elsewhere = push(small(a=2001, b=2010), server.graphs, record=tmp_path / "record of another machine")
    assert (elsewhere.sent, elsewhere.default) == (3, done.default)
    assert query(remote, "ASK { programme:shared sti:startFiscalYear 2010 }").answer is True
    assert query(remote, "ASK { programme:shared sti:startFiscalYear 2009 }").answer is False
    assert query(remote, "ASK { GRAPH <urn:stigraph:probe> { ?s ?p ?o } }").answer is False
    assert query(remote, asked).write("csv") == query(changed, asked).write("csv") == "n\r\n4\r\n"


def test_a_server_that_joins_its_graphs_needs_no_default_graph(
    start_oxigraph: Callable[..., Any], small: Callable[..., stigraph.Store], tmp_path: Path
) -> None:
    server, store = start_oxigraph("--union-default-graph"), small(a=2001)
    done = push(store, server.graphs, record=tmp_path / "record")
    assert (done.sent, done.default) == (2, None)
    again = push(store, server.graphs, record=tmp_path / "record")
    assert (again.equal, again.default) == (2, None)
    remote = stigraph.open_store(server.queries)
    assert query(remote, "ASK { programme:shared sti:startFiscalYear 2001 }").answer is True


def test_without_a_default_graph_oxigraph_is_asked_to_join_its_graphs(
    start_oxigraph: Callable[..., Any], small: Callable[..., stigraph.Store], tmp_path: Path
) -> None:
    server, store = start_oxigraph(), small(a=2001)
    push(store, server.graphs, record=tmp_path / "record")
    with urlopen(Request(f"{server.graphs}?default", method="DELETE"), timeout=10):
        pass
    remote = stigraph.open_store(server.queries)
    assert query(remote, "ASK { programme:shared sti:startFiscalYear 2001 }").answer is True


def test_virtuoso_is_told_user_and_password(
    virtuoso: Any, small: Callable[..., stigraph.Store], tmp_path: Path
) -> None:
    store = small(only_here=2001)
    with pytest.raises(stigraph.StigraphError, match="wants a user and a password"):
        push(store, virtuoso.graphs.replace("dba:dba@", ""), record=tmp_path / "record")
    with pytest.raises(stigraph.StigraphError, match="does not accept this user and password"):
        push(store, virtuoso.graphs.replace("dba:dba@", "dba:wrong@"), record=tmp_path / "record")
    place = Endpoint(virtuoso.queries)
    assert not place.ask(f"GRAPH <{SOURCE}only_here> {{ ?s ?p ?o }}")


def test_the_command_says_what_was_sent(
    start_oxigraph: Callable[..., Any], small: Callable[..., stigraph.Store], tmp_path: Path, run: Callable[..., Any]
) -> None:
    small(a=2001)
    server, environment = start_oxigraph(), {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    done = run("push", server.graphs, "--store", str(tmp_path / "small"), env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Sent 2 graphs (") and "triples to the default graph" in done.stdout
    again = run("push", server.graphs, "--store", str(tmp_path / "small"), env=environment)
    assert again.stdout == "Sent 0 graphs (0 triples); 2 were there and equal.\n"
    refused = run("push", server.graphs, "--store", server.queries, env=environment)
    assert refused.returncode == 2 and "push sends a store on this disk" in refused.stderr
    down = run("push", "http://u:hidden@127.0.0.1:1/store", "--store", str(tmp_path / "small"), env=environment)
    assert down.returncode == 2 and "cannot be reached" in down.stderr and "hidden" not in down.stderr
