"""A graph as one HTML file that works offline."""

import gc
import os
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from stigraph.files import write_whole
from stigraph.page.blocks import details_block, graph_block
from stigraph.page.bundles import bundled
from stigraph.page.charts import figure
from stigraph.page.content import Content, content_of
from stigraph.page.layout import arrange
from stigraph.page.text import json_block, known_language

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Page", "page"]

_ASSETS = os.path.join(os.path.dirname(__file__), "assets")
_FRAME_HEIGHT = 720
_FRAME_MAY = "allow-scripts allow-downloads allow-popups"


class Page:
    """The page of a graph. In a notebook it shows itself."""

    def __init__(self, html: str) -> None:
        self.html = html

    def write(self, path: "str | os.PathLike[str]") -> None:
        """Write the page to a file, whole or not at all.

        Raises:
            StoreError: the file cannot be written.
        """
        write_whole(path, self.html.encode())

    def _repr_html_(self) -> str:
        """Show the page in a notebook: in a frame of its own, where its scripts reach nothing of the notebook."""
        return (
            f'<iframe srcdoc="{escape(self.html)}" width="100%" height="{_FRAME_HEIGHT}" '
            f'sandbox="{_FRAME_MAY}" title="stigraph"></iframe>'
        )


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keep the collector of cycles away: a page is very many lists without one, and it would visit them all."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_without_collector()
def page(graph: "nx.Graph", *, lang: str = "ja") -> Page:
    """Make the page of a graph: of a view, or of any networkx graph.

    Args:
        graph: what to show; it is not changed.
        lang: the language in which the page opens, ``ja`` or ``en``.

    Raises:
        UsageError: it is another language.

    >>> import networkx as nx
    >>> made = page(nx.path_graph(3), lang="en")
    >>> made.html.startswith("<!DOCTYPE html>"), "</html>" in made.html
    (True, True)
    """
    from stigraph.page.network import StigraphNetwork, vis_script

    content = content_of(bundled(graph))
    block = graph_block(content, arrange(content), known_language(lang))
    vis, app, css = vis_script(), _app_script(), _style()
    network = StigraphNetwork(*_items(block), directed=content.directed)
    html = network.generate_html(
        lang=lang,
        title=content.title,
        sentence=content.sentence,
        csp=_policy([vis, app], [css]),
        css=css,
        figures=[_numbered(k, chart, content) for k, chart in enumerate(content.charts)],
        graph=json_block(block),
        vis=vis,
        app=app,
        details=json_block(details_block(content)),
    )
    return Page(html)


def _numbered(number: int, chart: Mapping[str, Any], content: Content) -> dict[str, Any]:
    return {"number": number, "markup": figure(chart, content.word, name=f"figure-{number}")}


def _items(block: Mapping[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Give what is drawn first as vis-network takes it."""
    nodes, edges, first = block["nodes"], block["edges"], block["first"]
    columns = zip(nodes["id"][:first], nodes["ja"], nodes["x"], nodes["y"], nodes["size"], strict=False)
    drawn = [{"id": id_, "label": label, "x": x, "y": y, "size": size} for id_, label, x, y, size in columns]
    ids = nodes["id"]
    ends = zip(edges["from"], edges["to"], strict=True)
    lines = [{"from": ids[start], "to": ids[end]} for start, end in ends if start < first and end < first]
    return drawn, lines


def _policy(scripts: list[Markup], styles: list[Markup]) -> str:
    """Write the Content-Security-Policy: only what this page carries runs, and nothing is requested from anywhere."""
    run, seen = (" ".join(map(_hash, parts)) for parts in (scripts, styles))
    return (
        f"default-src 'none'; script-src {run}; style-src {seen}; img-src data: blob:; base-uri 'none'; "
        "form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _style() -> Markup:
    return Markup(_asset("page.css").replace("</style", "<\\/style"))


@cache
def _app_script() -> Markup:
    """Join the scripts of the page in the order of their names, in one closed function."""
    names = sorted(name for name in os.listdir(os.path.join(_ASSETS, "app")) if name.endswith(".js"))
    parts = "\n".join(_asset(os.path.join("app", name)) for name in names)
    return Markup(f'(() => {{\n"use strict";\n{parts}\n}})();'.replace("</script", "<\\/script"))


def _asset(name: str) -> str:
    with open(os.path.join(_ASSETS, name), encoding="utf-8") as file:
        return file.read()
