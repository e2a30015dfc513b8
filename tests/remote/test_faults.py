"""A server that is down, slow, refuses or answers half: one sentence, exit 2, and no password in it."""

import json
import socket
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

import stigraph
from stigraph.query import query
from stigraph.remote.endpoint import Endpoint

YES = {"head": {}, "boolean": True}
NO = {"head": {}, "boolean": False}
Handler = BaseHTTPRequestHandler


def sentence(url: str) -> str:
    """Open a store that cannot be opened, and give what is said."""
    with pytest.raises(stigraph.StigraphError) as caught:
        stigraph.open_store(url.replace("://", "://reader:pass%40word@"))
    told = str(caught.value)
    assert caught.value.exit_code == 2
    assert "\n" not in told and told.endswith(".") and "127.0.0.1" in told
    assert not any(secret in told for secret in ("reader", "pass@", "@word", "%40"))
    return told


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "does not accept this user and password (HTTP 401 Unauthorized)"),
        (403, "refuses a query; ask those who run it for the right (HTTP 403 Forbidden)"),
        (404, "is not there; check the address (HTTP 404 Not Found)"),
        (405, "does not take a query; check the address"),
        (308, "has moved; use its new address"),
        (429, "is asked too often; try later"),
        (500, "could not answer a query (HTTP 500 Internal Server Error: out of pages)"),
        (503, "is too busy or being looked after; try later"),
    ],
)
def test_a_server_that_refuses(odd_server: Any, answer_with: Any, status: int, said: str) -> None:
    server = odd_server(lambda handler, _: answer_with(handler, status, "text/plain", "out of pages.\nat line 3"))
    assert said in sentence(server.url)


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        ("text/html; charset=utf-8", "<html>Welcome</html>", "answers with text/html instead of SPARQL results"),
        ("application/json", '{"head": {"vars": ["a"]}, "results": {"bind', "broke off in the middle of its answer"),
        ("application/json", '{"hello": "world"}', "answers with JSON that is no SPARQL results"),
        ("application/json", "[1, 2]", "answers with JSON that is no SPARQL results"),
        ("application/sparql-results+json", json.dumps(NO), "holds nothing of stigraph; send it a store"),
    ],
)
def test_a_server_that_answers_something_else(
    odd_server: Any, answer_with: Any, kind: str, body: str, said: str
) -> None:
    server = odd_server(lambda handler, _: answer_with(handler, 200, kind, body))
    assert said in sentence(server.url)


def test_a_server_that_is_down() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        told = sentence(f"http://127.0.0.1:{taken.getsockname()[1]}/sparql")
    assert "cannot be reached (connection refused); check the address and whether the server runs" in told


def test_a_host_that_does_not_exist() -> None:
    with pytest.raises(stigraph.StigraphError, match=r"nowhere\.invalid/sparql cannot be reached \("):
        stigraph.open_store("https://nowhere.invalid/sparql")


def test_a_server_that_is_slow(odd_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STIGRAPH_TIMEOUT", "0.3")
    server = odd_server(lambda *_: time.sleep(2))
    assert "has not answered within 0.3 seconds; try later" in sentence(server.url)


def test_a_server_that_stops_halfway(odd_server: Any, answer_with: Any) -> None:
    def respond(handler: Handler, _: bytes) -> None:
        answer_with(handler, 200, "application/sparql-results+json", '{"head": ', length=4000)
        handler.close_connection = True
        handler.connection.close()

    assert "broke off in the middle of its answer" in sentence(odd_server(respond).url)


def test_a_connection_that_breaks_is_tried_once_more(odd_server: Any, answer_json: Any) -> None:
    def drop(handler: Handler) -> None:
        handler.close_connection = True
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        handler.connection.close()

    tries: list[bytes] = []

    def respond(handler: Handler, body: bytes) -> None:
        tries.append(body)
        drop(handler) if len(tries) % 2 else answer_json(handler, YES)

    assert Endpoint(odd_server(respond).url).ask("?s ?p ?o")
    assert len(tries) == 2
    server = odd_server(lambda handler, _: drop(handler))
    assert "closed the connection without an answer, twice" in sentence(server.url)
    assert len(server.asked) == 2


def test_what_is_no_web_server() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        from threading import Thread

        def greet() -> None:
            for _ in range(2):
                connection, _address = server.accept()
                connection.sendall(b"220 mail.example ESMTP\r\n")
                connection.close()

        Thread(target=greet, daemon=True).start()
        told = sentence(f"http://127.0.0.1:{server.getsockname()[1]}/sparql")
    assert "cannot be reached" in told or "closed the connection" in told


@pytest.mark.parametrize("url", ["http://", "https:///sparql", "http://exa mple.org/", "http://u:p@[bad/x"])
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(stigraph.StigraphError, match="is not an address; write it like https://") as caught:
        stigraph.open_store(url)
    assert "u:p" not in str(caught.value)


@pytest.mark.parametrize("told", ["soon", "0", "-3", "inf", "nan"])
def test_a_time_that_is_none(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STIGRAPH_TIMEOUT", told)
    with pytest.raises(stigraph.StigraphError, match=f"STIGRAPH_TIMEOUT is “{told}”"):
        stigraph.open_store("http://127.0.0.1:1/sparql")


def test_the_command_line_says_it_too(odd_server: Any, answer_with: Any, run: Callable[..., Any]) -> None:
    server = odd_server(lambda handler, _: answer_with(handler, 403, "text/html", "<h1>No</h1>"))
    for arguments in (("lineage", "SICORP"), ("search", "量子"), ("query", "ASK {}")):
        answer = run(*arguments, "--store", server.url.replace("://", "://reader:hidden@"))
        assert answer.returncode == 2 and answer.stdout == ""
        assert answer.stderr.startswith("stigraph: http://127.0.0.1:") and answer.stderr.count("\n") == 1
        assert "hidden" not in answer.stderr


@pytest.mark.parametrize("scheme", ["Basic", "Digest"])
def test_user_and_password(odd_server: Any, answer_with: Any, answer_json: Any, scheme: str) -> None:
    challenge = 'Basic realm="r"' if scheme == "Basic" else 'Digest realm="r", nonce="n1", qop="auth", algorithm=MD5'

    def respond(handler: Handler, _: bytes) -> None:
        if handler.headers.get("Authorization", "").startswith(scheme):
            answer_json(handler, YES)
        else:
            answer_with(handler, 401, "text/html", "", WWW_Authenticate=challenge)

    server = odd_server(respond)
    endpoint = Endpoint(server.url.replace("://", "://reader:p%40ss@"))
    for _ in range(3):
        assert endpoint.ask("?s ?p ?o")
    sent = [headers.get("Authorization", "") for _, _, headers in server.asked]
    assert sent[0] == "" and all(told.startswith(scheme) for told in sent[1:])
    assert len(sent) == 4  # asked for once, given in advance from then on
    if scheme == "Basic":
        assert sent[1] == "Basic cmVhZGVyOnBAc3M="
    else:
        assert 'username="reader"' in sent[1] and "p@ss" not in "".join(sent)


def test_wants_a_password_and_gets_none(odd_server: Any, answer_with: Any) -> None:
    server = odd_server(lambda handler, _: answer_with(handler, 401, "text/plain", "", WWW_Authenticate="Basic"))
    with pytest.raises(stigraph.StigraphError, match="wants a user and a password; write them into the address"):
        stigraph.open_store(server.url)


def test_a_part_of_an_answer_is_not_an_answer(odd_server: Any, answer_with: Any, answer_json: Any) -> None:
    rows = {"head": {"vars": ["s"]}, "results": {"bindings": []}}

    def respond(handler: Handler, body: bytes) -> None:
        if b"ASK" in body:
            answer_json(handler, YES)
        else:
            answer_with(handler, 200, "application/sparql-results+json", json.dumps(rows), X_SQL_State="S1TAT")

    store = stigraph.open_store(odd_server(respond).url)
    with pytest.raises(stigraph.StigraphError, match="gave only a part of the answer"):
        query(store, "SELECT ?s { ?s ?p ?o }")


def test_an_iri_cannot_become_a_query(odd_server: Any, answer_json: Any) -> None:
    server = odd_server(lambda handler, _: answer_json(handler, YES))
    store = stigraph.open_store(server.url)
    asked = len(server.asked)
    for iri in ("https://example.org/> ?p ?o } } #", "https://example.org/a b", "https://example.org/\n", "a"):
        assert store.number(iri) is None
    assert len(server.asked) == asked


def test_plain_patterns_need_a_union(odd_server: Any, answer_json: Any) -> None:
    """A server like Fuseki as it comes: named graphs, an empty default graph, and no parameter to join them."""

    def respond(handler: Handler, body: bytes) -> None:
        if b"ASK" in body:
            answer_json(handler, YES if b"GRAPH" in body else NO)
        else:
            answer_json(handler, {"head": {"vars": ["s"]}, "results": {"bindings": []}})

    store = stigraph.open_store(odd_server(respond).url)
    with pytest.raises(stigraph.StigraphError, match=r"has an empty default graph; ask GRAPH \?source"):
        query(store, "SELECT ?s { ?s a ?o }")
    assert query(store, "SELECT ?s { GRAPH ?g { ?s a ?o } }").rows == []
