"""Downloads from a real server on this machine that knows Range, breaks off, lies about lengths and sends pages."""

import os
import re
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from stigraph.errors import StigraphError, UsageError
from stigraph.ingest.rs_system import FILES, PUBLISHED, DownloadError, fetch, file_name

Zipped = Callable[..., bytes]
FIRST = file_name("1-1", 2025, "zip")
LAST = file_name("6-1", 2025, "zip")


class Shop(ThreadingHTTPServer):
    """A server with files by name, and the ways in which it misbehaves, by name too.

    ``drop``: send at most so many bytes in an answer, then close; ``lie``: add so much to the Content-Length;
    ``status``: answer so, so many times; ``page``: send a web page with 200; ``deaf``: know nothing of Range.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Counter)
        self.files: dict[str, bytes] = {}
        self.tags: dict[str, str] = {}
        self.drop: dict[str, int] = {}
        self.lie: dict[str, int] = {}
        self.status: dict[str, list[int]] = {}
        self.page: set[str] = set()
        self.deaf = False
        self.asked: list[tuple[str, str | None]] = []

    def handle_error(self, request: object, client_address: object) -> None:
        pass

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/files"


class Counter(BaseHTTPRequestHandler):
    """Serve one answer for each connection."""

    server: Shop

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        shop, path = self.server, urllib.parse.unquote(self.path)
        name = path.rpartition("/")[2]
        shop.asked.append((name, self.headers.get("Range")))
        if shop.status.get(name):
            self.send_error(shop.status[name].pop(0))
        elif name in shop.page:
            self._send(200, b"<!DOCTYPE html><title>RS</title>", 0, name, "text/html")
        elif path == f"/files/2025/rs/{name}" and name in shop.files:
            self._file(name, shop.files[name])
        else:
            self.send_error(404)

    def _file(self, name: str, content: bytes) -> None:
        shop = self.server
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        tag = shop.tags.get(name, '"1"')
        if asked is None or shop.deaf or self.headers.get("If-Range") != tag:
            self._send(200, content, 0, name)
        elif int(asked[1]) >= len(content):
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{len(content)}")
            self.end_headers()
        else:
            self._send(206, content, int(asked[1]), name)

    def _send(self, status: int, content: bytes, start: int, name: str, kind: str = "application/zip") -> None:
        shop, body = self.server, content[start:]
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) + shop.lie.get(name, 0)))
        self.send_header("ETag", shop.tags.get(name, '"1"'))
        if status == 206:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.end_headers()
        self.wfile.write(body[: shop.drop.get(name, len(body))])


@pytest.fixture
def shop(zipped: Zipped) -> Iterator[Shop]:
    server = Shop()
    for number in FILES:
        csv = f"\ufeff事業年度\r\n{number}\r\n".encode() + os.urandom(40_000 if number == "1-1" else 50)
        server.files[file_name(number, 2025, "zip")] = zipped(file_name(number, 2025), csv)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def failure(shop: Shop, folder: Path, attempts: int = 5, again: bool = False) -> str:
    with pytest.raises(DownloadError) as caught:
        fetch(2025, folder, shop.base, pause=0, timeout=5, attempts=attempts, again=again)
    message = str(caught.value)
    assert isinstance(caught.value, StigraphError)
    assert caught.value.exit_code == 2
    assert "\n" not in message
    return message


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_all_fifteen_come_whole(shop: Shop, tmp_path: Path) -> None:
    seen: dict[str, tuple[int, int | None]] = {}

    def progress(name: str, there: int, total: int | None) -> None:
        seen[name] = (there, total)

    paths = fetch(2025, tmp_path / "new" / "2025", f"{shop.base}/", pause=0, progress=progress)
    assert [path.name for path in paths] == [file_name(number, 2025, "zip") for number in FILES]
    assert {path.name: path.read_bytes() for path in paths} == shop.files
    assert names(paths[0].parent) == sorted(shop.files)
    assert seen == {name: (len(content), len(content)) for name, content in shop.files.items()}


def test_the_address_of_the_ministries_is_the_default() -> None:
    assert PUBLISHED == "https://rssystem.go.jp/files"


def test_what_is_there_is_kept_and_again_fetches_it_anew(shop: Shop, tmp_path: Path) -> None:
    fetch(2025, tmp_path, shop.base, pause=0)
    shop.asked.clear()
    fetch(2025, tmp_path, shop.base, pause=0)
    assert shop.asked == []
    (tmp_path / FIRST).write_bytes(shop.files[FIRST][:-9])
    fetch(2025, tmp_path, shop.base, pause=0)
    assert shop.asked == [(FIRST, None)]
    fetch(2025, tmp_path, shop.base, pause=0, again=True)
    assert len(shop.asked) == 1 + len(FILES)


def test_a_connection_that_breaks_again_and_again_is_taken_up(shop: Shop, tmp_path: Path) -> None:
    shop.drop[FIRST] = 9_000
    fetch(2025, tmp_path, shop.base, pause=0, attempts=2)
    assert (tmp_path / FIRST).read_bytes() == shop.files[FIRST]
    ranges = [asked for name, asked in shop.asked if name == FIRST]
    assert ranges == [None, "bytes=9000-", "bytes=18000-", "bytes=27000-", "bytes=36000-"]


def test_a_download_that_was_given_up_goes_on_in_the_next_call(shop: Shop, tmp_path: Path) -> None:
    shop.drop[FIRST] = 9_000
    shop.deaf = True
    assert "the connection ended after 9,000 of" in failure(shop, tmp_path, attempts=3)
    assert [asked for _, asked in shop.asked] == [None, "bytes=9000-", "bytes=9000-"]
    assert names(tmp_path) == [f"{FIRST}.part", f"{FIRST}.part.version"]
    shop.deaf = False
    shop.drop.clear()
    shop.asked.clear()
    fetch(2025, tmp_path, shop.base, pause=0)
    assert shop.asked[0] == (FIRST, "bytes=9000-")
    assert (tmp_path / FIRST).read_bytes() == shop.files[FIRST]
    assert names(tmp_path) == sorted(shop.files)


def test_another_version_is_not_glued_to_the_first(shop: Shop, zipped: Zipped, tmp_path: Path) -> None:
    shop.drop[FIRST] = 9_000
    shop.deaf = True
    failure(shop, tmp_path, attempts=1)
    shop.deaf = False
    shop.drop.clear()
    shop.files[FIRST] = zipped(file_name("1-1", 2025), os.urandom(30_000))
    shop.tags[FIRST] = '"2"'
    fetch(2025, tmp_path, shop.base, pause=0)
    assert (tmp_path / FIRST).read_bytes() == shop.files[FIRST]


def test_a_length_that_is_too_long(shop: Shop, tmp_path: Path) -> None:
    shop.lie[FIRST] = 500
    fetch(2025, tmp_path, shop.base, pause=0)
    assert (tmp_path / FIRST).read_bytes() == shop.files[FIRST]


def test_a_length_that_is_too_short(shop: Shop, tmp_path: Path) -> None:
    shop.lie[FIRST] = -500
    message = failure(shop, tmp_path, attempts=2)
    assert "it is not a whole ZIP" in message
    assert message.endswith("tried 2 times, try again later.")
    assert names(tmp_path) == []


def test_a_file_that_is_truncated_at_the_source(shop: Shop, tmp_path: Path) -> None:
    shop.files[FIRST] = shop.files[FIRST][:-30]
    assert "it is not a whole ZIP" in failure(shop, tmp_path, attempts=2)


def test_a_damaged_zip(shop: Shop, tmp_path: Path) -> None:
    damaged = bytearray(shop.files[FIRST])
    damaged[2_000] ^= 0xFF
    shop.files[FIRST] = bytes(damaged)
    assert "1-1_RS_2025_基本情報_組織情報" in failure(shop, tmp_path, attempts=1)
    assert names(tmp_path) == []


def test_a_zip_of_something_else(shop: Shop, tmp_path: Path) -> None:
    shop.files[FIRST] = shop.files[LAST]
    assert f"it holds {file_name('6-1', 2025)} and not 1-1_RS_2025….csv" in failure(shop, tmp_path, attempts=1)


def test_a_web_page_with_200_is_no_file(shop: Shop, tmp_path: Path) -> None:
    shop.page.add(FIRST)
    message = failure(shop, tmp_path)
    reason = "the server sends a web page, not a ZIP; is the year published, and the base right?"
    assert message == f"{shop.base}/2025/rs/{FIRST}: {reason}"
    assert len(shop.asked) == 1
    assert names(tmp_path) == []


def test_404_keeps_what_came_before(shop: Shop, tmp_path: Path) -> None:
    del shop.files[LAST]
    assert "6-1_RS_2025_その他備考.zip: the server has no such file (404)" in failure(shop, tmp_path)
    assert names(tmp_path) == sorted(shop.files)
    assert len(shop.asked) == len(FILES)


def test_a_server_that_is_busy_for_a_while(shop: Shop, tmp_path: Path) -> None:
    shop.status[FIRST] = [503, 429, 500]
    fetch(2025, tmp_path, shop.base, pause=0, attempts=4)
    shop.status[FIRST] = [503, 503]
    message = failure(shop, tmp_path, attempts=2, again=True)
    assert "the server answers 503 Service Unavailable; tried 2 times, try again later." in message
    assert (tmp_path / FIRST).read_bytes() == shop.files[FIRST]
    shop.status[FIRST] = [403]
    assert "the server refuses it (403 Forbidden)." in failure(shop, tmp_path, again=True)


def test_a_server_that_is_down(shop: Shop, tmp_path: Path) -> None:
    shop.shutdown()
    shop.server_close()
    assert "the server cannot be reached (" in failure(shop, tmp_path, attempts=2)


def test_a_server_that_says_nothing(tmp_path: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as silent:
        # it listens, and never answers
        base = f"http://127.0.0.1:{silent.server_address[1]}"
        with pytest.raises(DownloadError, match="timed out"):
            fetch(2025, tmp_path, base, attempts=1, timeout=0.2)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk(shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = tmp_path / f"{FIRST}.part"
    part.symlink_to("/dev/full")
    monkeypatch.setattr(os, "unlink", lambda *_, **__: None)
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)
    assert failure(shop, tmp_path).endswith(f"it cannot be written to {tmp_path} (the disk is full).")


def test_a_folder_that_cannot_be(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be made"):
        fetch(2025, tmp_path / "file" / "2025", shop.base)


def test_what_cannot_be_asked(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="begins with FY2024"):
        fetch(2023, tmp_path)
    with pytest.raises(UsageError, match="is not a web address"):
        fetch(2025, tmp_path, "file:///etc")
