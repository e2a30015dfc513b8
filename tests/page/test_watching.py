"""What a page must not do is seen when it does it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.page.watching import Watched, watched

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>t</title>{head}</head><body>
<script>window.stigraph = {{ready: Promise.resolve()}};</script>{body}</body></html>"""
_POLICY = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'">"""


def _seen(browser: Browser, folder: Path, body: str, head: str = "") -> str:
    file = folder / "page.html"
    file.write_text(_PAGE.format(head=head, body=body), encoding="utf-8")
    with pytest.raises(AssertionError) as failure, watched(browser) as shown:
        shown.open(file)
    return str(failure.value)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<img src='http://hostile.invalid/a.png' alt=''>", "requested: http://hostile.invalid/a.png"),
        ("<script>fetch('https://hostile.invalid/').catch(() => 0)</script>", "requested: https://hostile.invalid/"),
        ("<script src='beside.js'></script>", "beside.js"),
        ("<script>console.error('so wrong')</script>", "console error: so wrong"),
        ("<script>console.warn('take care')</script>", "console warning: take care"),
        ("<script>setTimeout(() => { throw new Error('fell over'); })</script>", "fell over"),
        ("<script>Promise.reject(new Error('nobody listens'))</script>", "nobody listens"),
        ("<script>setTimeout(() => alert('look'))</script>", "dialog: look"),
        ("<script>window.open('about:blank')</script>", "another page opened"),
        ("<img src=x: onerror=__ran(1) alt=''>", "a hostile string ran"),
        ("<iframe srcdoc='&lt;script>__ran(2)&lt;/script>'></iframe>", "a hostile string ran"),
    ],
)
def test_it_is_seen(body: str, told: str, chromium: Browser, tmp_path: Path) -> None:
    assert told in _seen(chromium, tmp_path, body)


def test_a_breach_of_the_policy_is_seen(chromium: Browser, tmp_path: Path) -> None:
    told = _seen(chromium, tmp_path, "<img src='data:image/png;base64,AAAA' alt=''><p style='color:red'>x</p>", _POLICY)
    assert "policy violated: img-src data" in told
    assert "policy violated: style-src-attr inline" in told


def test_a_page_that_does_nothing_of_it_passes(chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(_PAGE.format(head="", body="<p>quiet</p>"), encoding="utf-8")
    with watched(chromium) as shown:
        assert isinstance(shown, Watched)
        shown.open(file)
