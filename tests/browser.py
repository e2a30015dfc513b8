"""Where Chromium is, and how the tests start it."""

import os
import shutil

__all__ = ["CHROMIUM_ARGUMENTS", "find_chromium"]

CHROMIUM_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str | None:
    """Say where Chromium is: what STIGRAPH_CHROMIUM names, else the first of its usual names on the PATH."""
    named = os.environ.get("STIGRAPH_CHROMIUM")
    usual = ("chromium", "chromium-browser", "google-chrome")
    return named or next(filter(None, map(shutil.which, usual)), None)
