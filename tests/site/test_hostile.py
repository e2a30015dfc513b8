"""Hostile names, passages, places and addresses come out as text."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.site.reading import Parsed, parse

import stigraph
from stigraph.site import write_site

_PAYLOADS = [f"alert({number})" for number in range(1, 20)]
_ALLOWED = {"application/ld+json", ""}


@pytest.fixture
def hostile(planted: Callable[[Path], stigraph.Store], tmp_path: Path) -> Path:
    data = tmp_path / "hostile"
    shutil.copytree(Path(__file__).parent / "hostile", data)
    return write_site(planted(data), tmp_path / "site")


def _pages(site: Path) -> dict[Path, Parsed]:
    return {
        path.relative_to(site): parse(path.read_text(encoding="utf-8"))
        for lang in ("ja", "en")
        for path in sorted((site / lang).rglob("*.html"))
    }


def test_every_page_is_inert(hostile: Path) -> None:
    pages = _pages(hostile)
    seen = set()
    for path, parsed in pages.items():
        for element in parsed.elements:
            attributes = element.attributes
            assert element.name not in {"img", "iframe", "object", "embed", "style", "base", "form"}, (path, element)
            assert not [name for name in attributes if name.startswith("on") or name == "style"], (path, element)
            if element.name == "script":
                assert attributes.get("type", "") in _ALLOWED
                assert attributes.get("src", "site.js").endswith("site.js")
            for name in ("href", "src"):
                scheme = re.match(r"\s*([a-z]+):", attributes.get(name, ""), re.IGNORECASE)
                assert scheme is None or scheme[1] in {"http", "https"}, (path, attributes)
        seen |= {payload for payload in _PAYLOADS if payload in parsed.text}
        if len(path.parts) == 3:
            assert len(parsed.linked_data) >= 2
    # Two are addresses that are no link, and so are not shown.
    assert seen == {f"alert({number})" for number in range(1, 20)} - {"alert(10)"}


def test_no_name_leaves_the_folder_or_meets_another(hostile: Path) -> None:
    files = [path.relative_to(hostile) for path in hostile.rglob("*") if path.is_file()]
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9._/-]*", path.as_posix()) for path in files)
    assert len({path.as_posix().casefold() for path in files}) == len(files)
    assert len(list((hostile / "en" / "programme").iterdir())) == 6
    stems = {path.stem for path in files}
    assert not stems & {"con", "nul", "etc"}


def test_nothing_runs_in_a_browser(hostile: Path, chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    told: list[str] = []
    page.on("dialog", lambda dialog: told.append(dialog.message))
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: told.append(request.url) if not request.url.startswith("file:") else None)
    for path in sorted((hostile / "en").rglob("*.html")):
        page.goto(path.as_uri())
    page.fill("#search", "alert")
    page.wait_for_selector("#found [role=option]")
    assert page.locator("#found script, #found img, #found svg").count() == 0
    assert told == []
    context.close()
