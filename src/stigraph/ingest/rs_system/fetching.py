"""The ZIPs of a year, from the address they are published at to a folder.

A download that breaks off is taken up where it ended, within one call and in the next. A file is in the folder under
its name only when it is whole: it is a ZIP whose contents agree with their checksums, and it holds the CSV it is called
after. The server answers a file it does not have with a web page and "200 OK", so a page is told from a file by what it
is, not by its status.
"""

import errno
import http.client
import os
import re
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from stigraph.errors import StigraphError, UsageError
from stigraph.ingest.rs_system.kinds import FILES, file_name

__all__ = ["PUBLISHED", "DownloadError", "fetch"]

PUBLISHED = "https://rssystem.go.jp/files"
"""Where the files are published: ``PUBLISHED/2025/rs/1-1_RS_2025_….zip``."""

_FIRST_YEAR = 2024
_CHUNK = 1 << 16
_ZIP_BEGINS = (b"PK\x03\x04", b"PK\x05\x06")
_RANGE = re.compile(r"bytes (?:(?P<start>\d+)-\d+|\*)/(?P<total>\d+|\*)")
_DROPS = (http.client.HTTPException, OSError)

Progress = Callable[[str, int, int | None], None]
"""Told of each file how many bytes are there and how many it will have, if the server says."""


class DownloadError(StigraphError):
    """A file cannot be fetched. ``address`` says which."""

    def __init__(self, address: str, message: str) -> None:
        super().__init__(f"{urllib.parse.unquote(address)}: {message}")
        self.address = address


class _Dropped(Exception):
    """The connection ended before the file did, or the server is busy; trying again may help."""


class _Manner(NamedTuple):
    """How a download goes about it: see `fetch`."""

    attempts: int
    timeout: float
    pause: float
    progress: Progress | None


class _Answer(NamedTuple):
    """What the server begins to send: from which byte, how long the whole is, and what names this version of it."""

    response: http.client.HTTPResponse
    start: int
    total: int | None
    version: str


class _Part(NamedTuple):
    """A file on its way: its bytes so far, and beside them which version of the file they are of."""

    path: Path

    @property
    def note(self) -> Path:
        return self.path.with_name(self.path.name + ".version")

    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def version(self) -> str:
        return self.note.read_text(encoding="utf-8") if self.note.exists() else ""

    def drop(self) -> None:
        self.path.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)


def _request(address: str, part: _Part) -> urllib.request.Request:
    """Ask for a file, or for what is still missing of it if it is the version that was begun."""
    request = urllib.request.Request(address, headers={"User-Agent": "stigraph", "Accept-Encoding": "identity"})
    if part.size() and part.version():
        request.add_header("Range", f"bytes={part.size()}-")
        request.add_header("If-Range", part.version())
    return request


def _version(headers: http.client.HTTPMessage) -> str:
    """Give what names a version of a file: its tag unless that is a weak one, else its date."""
    tag = headers.get("ETag", "")
    return tag if tag.startswith('"') else headers.get("Last-Modified", "")


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() else None


def _begun(response: http.client.HTTPResponse, part: _Part) -> _Answer:
    """Read the head of an answer: the whole file, or the rest of it."""
    length = _number(response.headers.get("Content-Length"))
    if response.status != http.client.PARTIAL_CONTENT:
        return _Answer(response, 0, length, _version(response.headers))
    match = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if match is None or _number(match["start"]) != part.size():
        part.drop()
        raise _Dropped("the server sent another part than was asked for")
    return _Answer(response, part.size(), _number(match["total"]), part.version())


def _refused(error: urllib.error.HTTPError, part: _Part, address: str) -> Exception:
    """Say what an answer that is no file means."""
    if error.code == http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
        part.drop()
        return _Dropped("the server has no such part of the file")
    if error.code == http.client.NOT_FOUND:
        return DownloadError(address, "the server has no such file (404); is the year published, and the base right?")
    if error.code >= 500 or error.code == http.client.TOO_MANY_REQUESTS:
        return _Dropped(f"the server answers {error.code} {error.reason}")
    return DownloadError(address, f"the server refuses it ({error.code} {error.reason}).")


@contextmanager
def _asked(address: str, part: _Part, timeout: float) -> Iterator[_Answer]:
    try:
        response = urllib.request.urlopen(_request(address, part), timeout=timeout)
    except urllib.error.HTTPError as error:
        with error:
            raise _refused(error, part, address) from error
    except urllib.error.URLError as error:
        raise _Dropped(f"the server cannot be reached ({error.reason})") from error
    except _DROPS as error:
        raise _Dropped(f"the connection broke ({error or type(error).__name__})") from error
    with response:
        yield _begun(response, part)


def _chunks(response: http.client.HTTPResponse) -> Iterator[bytes]:
    while True:
        try:
            chunk = response.read(_CHUNK)
        except _DROPS as error:
            raise _Dropped(f"the connection broke ({error or type(error).__name__})") from error
        if not chunk:
            return
        yield chunk


def _save(answer: _Answer, part: _Part, address: str, progress: Progress | None) -> None:
    """Write what the server sends behind what is there; the first bytes must be those of a ZIP."""
    if answer.start == 0:
        part.drop()
    with open(part.path, "ab") as file:
        if answer.start == 0 and answer.version:
            part.note.write_text(answer.version, encoding="utf-8")
        size = answer.start
        for chunk in _chunks(answer.response):
            if size == 0 and not chunk.startswith(_ZIP_BEGINS):
                part.drop()
                page = chunk.lstrip()[:1] == b"<" or "html" in answer.response.headers.get("Content-Type", "")
                what = "a web page" if page else "something else"
                raise DownloadError(
                    address, f"the server sends {what}, not a ZIP; is the year published, and the base right?"
                )
            file.write(chunk)
            size += len(chunk)
            if progress is not None:
                progress(part.path.name.removesuffix(".part"), size, answer.total)
        file.flush()
        os.fsync(file.fileno())
    if answer.total is not None and size < answer.total:
        raise _Dropped(f"the connection ended after {size:,} of {answer.total:,} bytes")


def _fault(path: Path, begins: str) -> str | None:
    """Say what is wrong with a ZIP; None if it is whole and holds the CSV it is called after."""
    try:
        with zipfile.ZipFile(path) as archive:
            broken = archive.testzip()
            names = [name.rpartition("/")[2] for name in archive.namelist() if name.lower().endswith(".csv")]
    # zipfile raises NotImplementedError for a compression that it does not know.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        return f"it is not a whole ZIP ({error})"
    if broken is not None:
        return f"{broken} in it is damaged"
    if not any(name.startswith(begins) for name in names):
        return f"it holds {', '.join(names) or 'no CSV'} and not {begins}….csv"
    return None


def _download(address: str, part: _Part, begins: str, manner: _Manner) -> None:
    """Fetch a file into its part until it is whole; an attempt that brings nothing new counts towards giving up."""
    failures, farthest = 0, part.size()
    while part.size() == 0 or _fault(part.path, begins) is not None:
        try:
            with _asked(address, part, manner.timeout) as answer:
                _save(answer, part, address, manner.progress)
            fault = _fault(part.path, begins)
            if fault is not None:
                part.drop()
                raise _Dropped(fault)
        except _Dropped as dropped:
            failures = 1 if part.size() > farthest else failures + 1
            farthest = max(farthest, part.size())
            if failures >= manner.attempts:
                raise DownloadError(address, f"{dropped}; tried {failures} times, try again later.") from dropped
            time.sleep(manner.pause * 2 ** (failures - 1))


def _fetch_one(address: str, target: Path, begins: str, manner: _Manner) -> None:
    part = _Part(target.with_name(target.name + ".part"))
    try:
        _download(address, part, begins, manner)
        os.replace(part.path, target)
        part.note.unlink(missing_ok=True)
    except OSError as error:
        what = "the disk is full" if error.errno in {errno.ENOSPC, errno.EDQUOT} else error.strerror or str(error)
        raise DownloadError(address, f"it cannot be written to {target.parent} ({what}).") from error


def fetch(
    year: int,
    folder: str | os.PathLike[str],
    base: str = PUBLISHED,
    *,
    again: bool = False,
    attempts: int = 5,
    timeout: float = 60.0,
    pause: float = 1.0,
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Download the fifteen ZIPs of a year into a folder and give their paths.

    A ZIP that is there and whole is kept, so that a fetch that was stopped goes on where it stopped.

    Args:
        year: 事業年度, 2024 or later.
        folder: where they go; made if it is not there.
        base: the address the years stand under; the published one unless you have a copy elsewhere.
        again: download also what is there; the files of a year are corrected now and then.
        attempts: how many times in a row nothing new may come of a file before it is given up.
        timeout: seconds to wait for the server to say something.
        pause: seconds before the second attempt; each further one waits twice as long.
        progress: called with the file's name, the bytes that are there and the bytes there will be.

    Raises:
        UsageError: the year is before the RS system, or the base is not a web address.
        DownloadError: a file cannot be fetched; those fetched before it stay.
    """
    if year < _FIRST_YEAR:
        raise UsageError(f"The RS system begins with FY{_FIRST_YEAR}; there are no files of {year}.")
    if urllib.parse.urlsplit(base).scheme not in {"http", "https"}:
        raise UsageError(f"“{base}” is not a web address; it has to begin with https:// or http://.")
    into = Path(folder)
    try:
        into.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"The folder {into} cannot be made ({error.strerror}).") from error
    manner = _Manner(max(attempts, 1), timeout, pause, progress)
    targets = []
    for number in FILES:
        name = file_name(number, year, "zip")
        begins = f"{number}_RS_{year}"
        target = into / name
        if again or not target.exists() or _fault(target, begins) is not None:
            _fetch_one(f"{base.rstrip('/')}/{year}/rs/{urllib.parse.quote(name)}", target, begins, manner)
        targets.append(target)
    return tuple(targets)
