"""The network of pyvis with our own page around it."""

import os
from functools import cache
from typing import Any

import pyvis
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from pyvis.network import Network

__all__ = ["StigraphNetwork", "vis_script"]

_ASSETS = os.path.join(os.path.dirname(__file__), "assets")
_VIS = os.path.join(os.path.dirname(pyvis.__file__), "lib", "vis-9.1.2", "vis-network.min.js")


class StigraphNetwork(Network):  # type: ignore[misc]  # pyvis comes without types
    """A pyvis network that is written with the template of this package.

    Of pyvis are its nodes and edges, as lists of what vis-network draws, and the vis-network that it carries. Not its
    template, which calls other servers and runs what labels contain, and not its physics: every position is given.
    """

    def __init__(self, nodes: list[dict[str, Any]], edges: list[dict[str, Any]], *, directed: bool = True) -> None:
        super().__init__(directed=directed, cdn_resources="in_line")
        self.nodes, self.edges = nodes, edges
        self.node_ids = [node["id"] for node in nodes]
        self.node_map = {node["id"]: node for node in nodes}
        self.toggle_physics(False)
        self.path, self.template_dir = "page.html", _ASSETS
        self.templateEnv = _environment()

    def generate_html(self, **context: Any) -> str:
        """Write the page with what the template asks for."""
        self.html = self.templateEnv.get_template(self.path).render(context)
        return self.html


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_ASSETS),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def vis_script() -> Markup:
    """Read the vis-network of pyvis; no text in it may end the element that it stands in."""
    with open(_VIS, encoding="utf-8") as file:
        return Markup(file.read().replace("</script", "<\\/script").replace("<!--", "<\\!--"))
