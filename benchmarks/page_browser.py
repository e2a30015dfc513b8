"""Open one page in headless Chromium and print, as JSON, what a reader waits for.

* ``picture``: seconds from opening to the first frame on which at least ten shapes were drawn; for stigraph also not
  before its script has run to the end.
* ``redraws``: frames a second that were drawn while the picture is dragged for two seconds.
* ``requests``: addresses asked for other than the file. They are answered at once: vis-network with the file of pyvis,
  everything else with nothing, so that no peer waits for a network.
* ``ran``: whether a script of the data ran; with ``--no-pan`` after pointing all over the picture.
"""

import argparse
import json
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page, Route, sync_playwright

__all__ = ["main", "measure"]

CHROMIUM = "/usr/bin/chromium"
_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_WATCH = """
(() => {
  const seen = window.__seen = { shapes: 0, picture: null, frames: 0, ready: false };
  let fresh = 0;
  const watch = (kind, names) => {
    for (const name of names) {
      const draw = kind.prototype[name];
      kind.prototype[name] = function (...rest) { fresh += 1; return draw.apply(this, rest); };
    }
  };
  watch(CanvasRenderingContext2D, ["fill", "drawImage", "fillRect"]);
  watch(WebGLRenderingContext, ["drawArrays", "drawElements"]);
  watch(WebGL2RenderingContext, ["drawArrays", "drawElements", "drawArraysInstanced", "drawElementsInstanced"]);
  const ready = () => !document.getElementById("details") || (window.stigraph && window.stigraph.ready);
  if (window.stigraph) window.stigraph.ready.then(() => { seen.ready = true; });
  const frame = () => {
    if (fresh) { seen.frames += 1; seen.shapes += fresh; fresh = 0; }
    const enough = seen.shapes >= 10 || document.querySelectorAll("svg circle, svg path").length > 60;
    if (seen.picture === null && enough && ready()) seen.picture = performance.now() / 1000;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})();
"""


def _answer(route: Route, vis: str) -> None:
    address = route.request.url
    if address.startswith("file:"):
        route.continue_()
    else:
        kind = "text/css" if address.endswith(".css") else "text/javascript"
        body = vis if "vis-network" in address and kind == "text/javascript" else ""
        route.fulfill(body=body, content_type=kind, headers={"Access-Control-Allow-Origin": "*"})


def _redraws(page: Page, seconds: float = 2.0) -> float:
    """Drag the picture to and fro and count the frames that were drawn."""
    page.mouse.move(1150, 400)
    page.mouse.down()
    before, start, turn = page.evaluate("window.__seen.frames"), time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        turn += 1
        page.mouse.move(1150 - 4 * (turn % 60), 400 - 3 * (turn % 60))
    after, taken = page.evaluate("window.__seen.frames"), time.perf_counter() - start
    page.mouse.up()
    return float(after - before) / taken


def _pictured(page: Page, limit: float) -> float:
    """Wait for the picture by asking now and then: the policy of a page may forbid what the driver waits with."""
    start = time.perf_counter()
    while time.perf_counter() - start < limit:
        seen = page.evaluate("window.__seen && window.__seen.picture")
        if seen is not None:
            return float(seen)
        page.wait_for_timeout(50)
    raise Error(f"no picture within {limit:.0f} s")


def _hover(page: Page) -> None:
    """Point at one place after the other, so that whatever appears there appears."""
    page.wait_for_timeout(1500)
    for y in range(60, 440, 30):
        for x in range(200, 1300, 30):
            page.mouse.move(x, y)
    page.wait_for_timeout(600)


def measure(path: str, limit: float, *, pan: bool = True) -> dict[str, Any]:
    """Open a page and measure it for so many seconds at most."""
    import pyvis

    vis = (Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js").read_text(encoding="utf-8")
    asked: list[str] = []
    found: dict[str, Any] = {"picture": None, "redraws": None, "ran": False}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(limit * 1000)
        page.add_init_script(_WATCH)
        page.route("**/*", lambda route: _answer(route, vis))
        page.on("request", lambda request: None if request.url.startswith("file:") else asked.append(request.url))
        try:
            page.goto(Path(path).absolute().as_uri(), wait_until="commit")
            found["picture"] = _pictured(page, limit)
            page.wait_for_timeout(800)
            if pan:
                found["redraws"] = _redraws(page)
            else:
                _hover(page)
        except Error as error:
            found["stopped"] = str(error).splitlines()[0]
        if found["picture"] is not None or not pan:
            found["ran"] = bool(page.evaluate("window.__ran === 1"))
        browser.close()
    return found | {"requests": len(asked)}


def main() -> None:
    """Measure one page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("path")
    parser.add_argument("--limit", type=float, default=60.0)
    parser.add_argument("--no-pan", action="store_true")
    asked = parser.parse_args()
    print(json.dumps(measure(asked.path, asked.limit, pan=not asked.no_pan)))


if __name__ == "__main__":
    main()
