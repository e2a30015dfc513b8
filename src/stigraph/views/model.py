"""What a view is made of: a networkx graph that knows which question it answers."""

from collections.abc import Mapping
from typing import Any, TypedDict

import networkx as nx

__all__ = ["Chart", "Labels", "Point", "Series", "View", "label_of"]

Labels = Mapping[str, str]
"""A text by language: ``{"ja": …, "en": …}``."""


class Point(TypedDict):
    """One value of a series: ``x`` as printed on the axis, ``y`` as a number, and where it is printed."""

    x: str
    y: float
    printed: str
    document: str | None
    locator: str | None


class Series(TypedDict):
    """Values of one kind: a budget phase, the actual values of an indicator, its targets."""

    role: str
    label: Labels
    points: list[Point]


class Chart(TypedDict):
    """What a chart shows better than a graph: amounts by year and phase, an indicator against its target.

    ``about`` is the IRI of the node that it belongs to, None for the whole view; ``kind`` is ``bars`` or ``lines``.
    """

    about: str | None
    kind: str
    title: Labels
    unit: Labels
    axis: Labels
    series: list[Series]


class View(nx.MultiDiGraph):  # type: ignore[misc]  # networkx comes without types
    """A networkx graph that answers one question about the store.

    Nodes are IRIs, edges are keyed by their predicate as CURIE. What they carry:

    * graph: ``view`` (its name), ``root`` (an IRI or None), ``title`` and ``sentence`` (by language), ``arrangement``
      (``layered`` or ``force``), ``layers`` (headings of the columns, by language), ``sources`` (IRIs of the documents
      that its evidence names), ``words`` (labels by language of every class, relation, document and concept it names),
      ``links`` (web addresses of documents by IRI), ``charts`` (a list of `Chart`). Of a view that would be too dense:
      ``drawn_from`` (the weight from which nodes are drawn at once, the others when asked for), ``bundles`` (captions,
      by language, of what is drawn as one mark, by the node that stands for it) and ``bundling`` (the sentence on it).
    * node: ``type`` (a CURIE), ``label`` and ``labels``, ``names`` (every name it bears), ``facts`` (what the documents
      say of it), ``evidence`` (the passage of a node that is one), ``flags`` (``superseded``, ``orphan`` … named in
      ``words``), ``layer`` (the column) where the view is layered, ``weight`` (how much it matters; 1 if not said),
      ``bundle`` (the node that stands for it and others in a picture).
    * edge: ``predicate``, ``evidence`` (who shows it, and where), ``caption`` (by language) and ``weight`` at times.

    It is a `networkx.MultiDiGraph` in every other way; in a notebook it shows itself as a page.
    """

    def _repr_html_(self) -> str:
        """Show the page of the view in a notebook."""
        from stigraph.page import page

        return page(self)._repr_html_()


def label_of(attributes: Mapping[str, Any], lang: str) -> str:
    """Give the label of a node in a language, else in another, else an empty text."""
    labels: Labels = attributes.get("labels") or {}
    return labels.get(lang) or next(iter(labels.values()), "") or str(attributes.get("label") or "")
