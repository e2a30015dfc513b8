"""Real servers, started on this machine, and one that misbehaves."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple, NoReturn
from urllib.request import urlopen

import pytest

import stigraph
from stigraph.remote import push

Respond = Callable[[BaseHTTPRequestHandler, bytes], None]

_VIRTUOSO_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
DirsAllowed = .
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = .
ServerThreads = 10
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 1000
"""


class Server(NamedTuple):
    """The addresses of a running server: that of its queries, and that of its graphs."""

    name: str
    queries: str
    graphs: str


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _running(command: list[str], folder: Path, probe: str) -> Iterator[None]:
    with (folder / "log").open("w") as log, subprocess.Popen(command, cwd=folder, stdout=log, stderr=log) as process:
        try:
            deadline = time.monotonic() + 60
            while not _answers(probe):
                assert process.poll() is None and time.monotonic() < deadline, (folder / "log").read_text()
                time.sleep(0.1)
            yield
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5):
            return True
    except OSError:
        return False


def _do_without(reason: str) -> NoReturn:
    """Skip what needs a server that is not here, unless STIGRAPH_SERVER_TESTS is ``required``."""
    if os.environ.get("STIGRAPH_SERVER_TESTS") == "required":
        pytest.fail(f"{reason} STIGRAPH_SERVER_TESTS demands one.")
    pytest.skip(reason)


@contextmanager
def run_oxigraph(folder: Path, *options: str) -> Iterator[Server]:
    command = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if command is None:
        _do_without("No oxigraph server: pip install oxigraph.")
    port = free_port()
    folder.mkdir()
    place = f"http://127.0.0.1:{port}"
    with _running(
        [command, "serve", "--bind", f"127.0.0.1:{port}", *options], folder, f"{place}/query?query=ASK%7B%7D"
    ):
        yield Server("oxigraph", f"{place}/query", f"{place}/store")


@contextmanager
def run_virtuoso(folder: Path) -> Iterator[Server]:
    command = shutil.which("virtuoso-t")
    if command is None:
        _do_without("No Virtuoso: apt-get install virtuoso-opensource-7-bin.")
    port = free_port()
    folder.mkdir()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO_INI.format(port=port, sql_port=free_port()))
    place = f"http://127.0.0.1:{port}"
    probe = f"{place}/sparql?query=ASK%7B%7D"
    with _running([command, "+configfile", "virtuoso.ini", "+foreground"], folder, probe):
        yield Server("virtuoso", f"{place}/sparql", f"http://dba:dba@127.0.0.1:{port}/sparql-graph-crud-auth")


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory, store: stigraph.Store) -> Iterator[Server]:
    """An Oxigraph server that holds the curated graph."""
    folder = tmp_path_factory.mktemp("oxigraph")
    with run_oxigraph(folder / "server") as server:
        push(store, server.graphs, record=folder / "record")
        yield server


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory, store: stigraph.Store) -> Iterator[Server]:
    """A Virtuoso that holds the curated graph, and cuts every answer at a thousand rows."""
    folder = tmp_path_factory.mktemp("virtuoso")
    with run_virtuoso(folder / "server") as server:
        push(store, server.graphs, record=folder / "record")
        yield server


class Odd(NamedTuple):
    """A server that answers as a test says; ``asked`` collects method, path and headers of each request."""

    url: str
    asked: list[tuple[str, str, dict[str, str]]]


@pytest.fixture
def odd_server() -> Iterator[Callable[[Respond], Odd]]:
    """Start a server that answers every request by the function it is given."""
    running: list[ThreadingHTTPServer] = []

    def start(respond: Respond) -> Odd:
        asked: list[tuple[str, str, dict[str, str]]] = []

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                asked.append((self.command, self.path, dict(self.headers)))
                respond(self, body)

            do_GET = do_POST = do_PUT = do_DELETE = answer

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        running.append(server)
        Thread(target=server.serve_forever, daemon=True).start()
        return Odd(f"http://127.0.0.1:{server.server_port}/sparql", asked)

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def reply(
    handler: BaseHTTPRequestHandler, status: int, kind: str, text: str, length: int | None = None, **headers: str
) -> None:
    body = text.encode()
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def reply_json(handler: BaseHTTPRequestHandler, content: object) -> None:
    reply(handler, 200, "application/sparql-results+json", json.dumps(content))


@pytest.fixture(scope="session")
def answer_with() -> Callable[..., None]:
    return reply


@pytest.fixture(scope="session")
def answer_json() -> Callable[..., None]:
    return reply_json


@pytest.fixture
def start_oxigraph(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Start an empty Oxigraph server with these options."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        yield lambda *options: stack.enter_context(run_oxigraph(tmp_path / "oxigraph", *options))
