"""HTTP to one server: credentials, time, one retry, and every failure as one sentence."""

import http.client
import os
import socket
import ssl
from base64 import b64encode
from collections.abc import Callable, Mapping
from email.message import Message
from http import HTTPStatus
from io import BytesIO
from typing import Any, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPHandler,
    HTTPPasswordMgrWithDefaultRealm,
    HTTPSHandler,
    Request,
    build_opener,
    parse_http_list,
    parse_keqv_list,
)
from urllib.response import addinfourl

from stigraph import __version__
from stigraph.errors import StoreError, UsageError

__all__ = ["Answer", "Connection"]

_SECONDS = 60.0
_BROKEN_OFF = (ConnectionResetError, BrokenPipeError, ConnectionAbortedError, http.client.RemoteDisconnected)
_LONGEST_REASON = 200


class Answer(NamedTuple):
    """What a server sent back."""

    status: int
    headers: Message
    body: bytes

    @property
    def kind(self) -> str:
        """The media type, without its parameters."""
        return (self.headers.get("Content-Type") or "").partition(";")[0].strip().lower()

    @property
    def reason(self) -> str:
        """The first line of an error that the server explains in plain text, else nothing."""
        if self.kind != "text/plain":
            return ""
        line = next(iter(self.body.decode("utf-8", errors="replace").strip().splitlines()), "")
        line = " ".join(line.split()).rstrip(".")
        return line if len(line) <= _LONGEST_REASON else line[: _LONGEST_REASON - 1] + "…"


class Connection:
    """One web address, with the user and password that its URL may hold; neither is ever part of a message.

    >>> Connection("https://reader:secret@example.org/sparql").shown
    'https://example.org/sparql'
    """

    def __init__(self, url: str, *, timeout: float | None = None) -> None:
        parts = _split(url)
        host = parts.netloc.rpartition("@")[2]
        self.url = parts._replace(netloc=host).geturl()
        self.shown = parts._replace(netloc=host, query="", fragment="").geturl()
        self.timeout = timeout or _timeout()
        self.has_credentials = parts.username is not None
        passwords = HTTPPasswordMgrWithDefaultRealm()
        if parts.username is not None:
            place = parts._replace(netloc=host, path="/", query="", fragment="").geturl()
            passwords.add_password(None, place, unquote(parts.username), unquote(parts.password or ""))
        self._opener = build_opener(_Kept(), _KeptSecure(), _Digest(passwords), _Basic(passwords))

    def send(self, method: str, url: str, *, body: bytes | None = None, headers: Mapping[str, str]) -> Answer:
        """Send one request, again if the connection breaks; an HTTP error is an answer like any other.

        Raises:
            StoreError: there was no answer, or only a part of one.
        """
        try:
            try:
                return self._once(method, url, body, headers)
            except _BROKEN_OFF:
                return self._once(method, url, body, headers)
        except TimeoutError as error:
            raise StoreError(
                f"{self.shown} has not answered within {self.timeout:g} seconds; try later, ask for less, "
                "or set STIGRAPH_TIMEOUT to more seconds."
            ) from error
        except http.client.IncompleteRead as error:
            raise self.broken_off() from error
        except _BROKEN_OFF as error:
            raise StoreError(f"{self.shown} closed the connection without an answer, twice; try later.") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise StoreError(
                f"{self.shown} cannot be reached ({_cause(error)}); check the address and whether the server runs."
            ) from error

    def _once(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        request = Request(url, data=body, method=method, headers={"User-Agent": f"stigraph/{__version__}", **headers})
        try:
            with self._opener.open(request, timeout=self.timeout) as response:
                return Answer(response.status, response.headers, response.read())
        except HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read())
        except URLError as error:
            if isinstance(error.reason, OSError):
                raise error.reason from error
            raise

    def broken_off(self) -> StoreError:
        """Give the error for an answer that ends too early."""
        return StoreError(f"{self.shown} broke off in the middle of its answer; try again.")

    def refusal(self, answer: Answer, wish: str) -> StoreError:
        """Give the error for an answer that is an HTTP error; ``wish`` says what was asked for (“a query”)."""
        hint = {
            301: "has moved; use its new address",
            302: "has moved; use its new address",
            307: "has moved; use its new address",
            308: "has moved; use its new address",
            401: (
                "does not accept this user and password"
                if self.has_credentials
                else "wants a user and a password; write them into the address, https://USER:PASSWORD@…"
            ),
            403: f"refuses {wish}; ask those who run it for the right",
            404: "is not there; check the address",
            405: f"does not take {wish}; check the address, another one of that server may",
            413: f"finds {wish} too large",
            415: f"does not understand the form of {wish}",
            429: "is asked too often; try later",
            503: "is too busy or being looked after; try later",
        }.get(answer.status, f"could not answer {wish}")
        reason = f": {answer.reason}" if answer.reason and answer.status not in (401, 403, 404) else ""
        return StoreError(f"{self.shown} {hint} (HTTP {answer.status} {_phrase(answer.status)}{reason}).")


class _OneLine:
    """One connection that stays open: to open one for each graph costs many times what the graph costs."""

    def __init__(self) -> None:
        self.host = ""
        self.line: http.client.HTTPConnection | None = None

    def ask(self, request: Request, make: Callable[[str, float | None], http.client.HTTPConnection]) -> addinfourl:
        """Send a request and read the whole answer, so that the next may follow."""
        if self.line is None or self.host != request.host:
            self.host, self.line = request.host, make(request.host, request.timeout)
        try:
            headers = {**request.headers, **request.unredirected_hdrs}
            self.line.request(request.get_method(), request.selector, request.data, headers)
            response = self.line.getresponse()
            body = response.read()
        except BaseException:
            self.line.close()
            self.line = None
            raise
        answer = addinfourl(BytesIO(body), response.headers, request.full_url, response.status)
        answer.msg = response.reason  # type: ignore[attr-defined]  # what urllib's own handlers set
        return answer


class _Kept(HTTPHandler):
    """Plain HTTP over one connection; through a proxy as ever."""

    def __init__(self) -> None:
        super().__init__()
        self.line = _OneLine()

    def http_open(self, req: Request) -> Any:
        if req.has_proxy():
            return super().http_open(req)
        return self.line.ask(req, lambda host, timeout: http.client.HTTPConnection(host, timeout=timeout))


class _KeptSecure(HTTPSHandler):
    """HTTPS over one connection; through a proxy as ever."""

    def __init__(self) -> None:
        super().__init__()
        self.line = _OneLine()

    def https_open(self, req: Request) -> Any:
        if req.has_proxy() or getattr(req, "_tunnel_host", None):
            return super().https_open(req)
        return self.line.ask(req, lambda host, timeout: http.client.HTTPSConnection(host, timeout=timeout))


class _Basic(HTTPBasicAuthHandler):
    """Basic authentication that, once it was asked for, is given with every request."""

    asked = False

    def http_error_auth_reqed(self, authreq: str, host: str, req: Request, headers: Message) -> Any:
        if _scheme(headers, authreq) != "basic":
            return None
        self.asked = True
        return super().http_error_auth_reqed(authreq, host, req, headers)  # type: ignore[arg-type]  # stubs differ

    def http_request(self, req: Request) -> Request:
        """Give user and password in advance, to the server they are for."""
        user, password = self.passwd.find_user_password("", req.full_url)
        if self.asked and user is not None and not req.has_header(self.auth_header):
            secret = b64encode(f"{user}:{password}".encode()).decode()
            req.add_unredirected_header(self.auth_header, f"Basic {secret}")
        return req

    https_request = http_request


class _Digest(HTTPDigestAuthHandler):
    """Digest authentication that answers the last challenge in advance, so that no graph is sent twice."""

    challenge: Mapping[str, str] | None = None

    def http_error_auth_reqed(self, auth_header: str, host: str, req: Request, headers: Message) -> Any:
        if _scheme(headers, auth_header) != "digest":
            return None
        told = headers[auth_header].partition(" ")[2]
        self.challenge = parse_keqv_list(list(filter(None, parse_http_list(told))))
        return super().http_error_auth_reqed(auth_header, host, req, headers)  # type: ignore[arg-type]  # stubs differ

    def http_request(self, request: Request) -> Request:
        """Answer the last challenge."""
        if self.challenge and not request.has_header(self.auth_header):
            authorization = self.get_authorization(request, self.challenge)
            if authorization:
                request.add_unredirected_header(self.auth_header, f"Digest {authorization}")
        return request

    https_request = http_request


def _scheme(headers: Message, name: str) -> str:
    return (headers.get(name) or "").partition(" ")[0].lower()


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        valid = parts.scheme.lower() in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        valid = False
    if not valid or any(character.isspace() for character in url):
        shown = url.rpartition("@")[2].split("?")[0]
        raise UsageError(f"“{shown}” is not an address; write it like https://example.org/sparql.")
    return parts


def _timeout() -> float:
    told = os.environ.get("STIGRAPH_TIMEOUT")
    if not told:
        return _SECONDS
    try:
        seconds = float(told)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise UsageError(f"STIGRAPH_TIMEOUT is “{told}”; give it a number of seconds, like 120.")
    return seconds


def _cause(error: BaseException) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        return "no secure connection could be made"
    if isinstance(error, socket.gaierror):
        return "no such host"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return "it does not speak HTTP" if isinstance(error, http.client.HTTPException | ValueError) else str(error)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "of no known meaning"
