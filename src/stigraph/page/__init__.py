"""A view as one HTML file that works offline."""

from typing import Any

import networkx as nx

__all__ = ["Page", "page"]


class Page:
    """The page of a graph."""

    def __init__(self, html: str) -> None:
        self.html = html

    def _repr_html_(self) -> str:
        return self.html


def page(graph: "nx.Graph", *, lang: str = "ja") -> Page:
    """Make the page of a graph."""
    raise NotImplementedError
