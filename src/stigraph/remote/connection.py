"""HTTP to one server: credentials, time, one retry, and every failure as one sentence."""

import http.client
import os
import socket
import ssl
from collections.abc import Mapping
from email.message import Message
from http import HTTPStatus
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import (
    AbstractDigestAuthHandler,
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    Request,
    build_opener,
    parse_http_list,
    parse_keqv_list,
)

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
        self._opener = build_opener(_Digest(passwords), HTTPBasicAuthHandler(passwords))

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


class _Digest(HTTPDigestAuthHandler):
    """Digest authentication that does not wait to be asked a second time, so that a graph is not sent twice."""

    challenge: dict[str, str] | None = None

    def http_error_auth_reqed(self, auth_header: str, host: str, req: Request, headers: Message) -> None:
        scheme, _, rest = (headers.get(auth_header) or "").partition(" ")
        if scheme.lower() == "digest":
            self.challenge = parse_keqv_list(list(filter(None, parse_http_list(rest))))
        return AbstractDigestAuthHandler.http_error_auth_reqed(self, auth_header, host, req, headers)

    def http_request(self, request: Request) -> Request:
        """Answer the last challenge in advance."""
        if self.challenge and not request.has_header(self.auth_header):
            authorization = self.get_authorization(request, self.challenge)
            if authorization:
                request.add_unredirected_header(self.auth_header, f"Digest {authorization}")
        return request

    https_request = http_request


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
