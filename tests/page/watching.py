"""A page in a real browser that remembers everything a page must not do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request, ViewportSize

__all__ = ["NARROW", "WIDE", "Watched", "watched"]

WIDE = ViewportSize(width=1440, height=900)
NARROW = ViewportSize(width=390, height=844)
PATIENCE = 20_000
"""Milliseconds after which a click, a wait or a page that has not come is a fault."""

_REPORT_VIOLATIONS = """
    document.addEventListener('securitypolicyviolation', event =>
        __violated(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


class Watched:
    """A page opened from a file in a context of its own.

    ``faults`` collects every request that is not for the file itself, every console error and warning, error of a
    script, breach of the Content-Security-Policy, dialog, other page opened, and call of ``__ran``, the function that
    hostile strings call. `check` demands that there are none.
    """

    def __init__(self, context: BrowserContext) -> None:
        self.faults: list[str] = []
        self.opened: set[str] = set()
        self.context = context
        context.set_default_timeout(PATIENCE)
        context.expose_binding("__ran", lambda source, *what: self.faults.append(f"a hostile string ran: {what}"))
        context.expose_binding("__violated", lambda source, what: self.faults.append(f"policy violated: {what}"))
        context.add_init_script(_REPORT_VIOLATIONS)
        context.on("request", self._on_request)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.faults.append(f"error of a script: {error.error}"))
        context.on("dialog", self._on_dialog)
        self.page: Page = context.new_page()
        self.page.on("crash", lambda _: self.faults.append("the page crashed"))
        self.page.on("popup", lambda other: self.faults.append(f"another page opened: {other.url}"))
        self.page.on("websocket", lambda socket: self.faults.append(f"socket opened: {socket.url}"))

    def open(self, file: Path, fragment: str = "") -> None:
        """Open the page of a graph and wait until the graph can be used."""
        self.visit(file, fragment)
        self.ready()

    def visit(self, file: Path, fragment: str = "") -> None:
        """Open any file, which may then be requested."""
        address = file.resolve().as_uri()
        self.opened.add(address)
        self.page.goto(address + fragment, wait_until="load")

    def ready(self) -> None:
        """Wait until the graph can be used."""
        self.page.evaluate("async () => { await window.stigraph.ready; }")

    def check(self) -> None:
        """Demand that the page did nothing it must not do, up to now."""
        self.page.evaluate("() => new Promise(done => setTimeout(done))")
        faults, self.faults = self.faults, []
        assert not faults, "\n".join(faults)

    def _on_request(self, request: Request) -> None:
        if request.url.split("#")[0] not in self.opened and not request.url.startswith(("data:", "blob:")):
            self.faults.append(f"requested: {request.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning", "assert"):
            self.faults.append(f"console {message.type}: {message.text}")

    def _on_dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()


@contextmanager
def watched(browser: Browser, **options: Any) -> Iterator[Watched]:
    """Open a context without network (``options`` as `Browser.new_context` has them); at the end, all must be well."""
    given: dict[str, Any] = {"viewport": WIDE, "locale": "ja-JP", "offline": True}
    context = browser.new_context(**(given | options))
    try:
        page = Watched(context)
        yield page
        page.check()
    finally:
        context.close()
