"""What an answer about lineage is made of."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from stigraph.vocab import STI, slug

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Edge", "Evidence", "Lineage", "Node"]


class Node(NamedTuple):
    """A thing on a path.

    Attributes:
        id: the IRI.
        type: the class as a CURIE, ``sti:Programme``.
        labels: by language, ``{"ja": …, "en": …}``.
        facts: what the reader of a path wants to know of it: ``date``, ``decision``, ``quote``, ``citedAs``, ``kind``,
            ``supersededBy``, ``preparedFor``, ``inTimeOf`` … Keys are absent where nothing is known.
    """

    id: str
    type: str
    labels: Mapping[str, str]
    facts: Mapping[str, str]

    def label(self, lang: str = "ja") -> str:
        """Give the label in a language, else in the other, else the end of the IRI."""
        return self.labels.get(lang) or next(iter(self.labels.values()), slug(self.id))


class Evidence(NamedTuple):
    """Who shows an edge, and where.

    Attributes:
        statement: IRI of the statement (or record) that shows it; None where only the source is known.
        document: IRI of the source that says so; a named graph of the store.
        locator: lines in the text of the source, ``L370-L373``; in the background source, the place in its reference.
        quote: the passage, or what is printed at the place; for background knowledge the public reference.
        cited_as: the citation as printed.
        basis: ``Stated``, ``Inferred``, ``BackgroundKnowledge`` or ``Extracted``.
        notes: why, where the page alone does not settle it; as pairs of language and text.
    """

    statement: str | None
    document: str
    locator: str | None = None
    quote: str | None = None
    cited_as: str | None = None
    basis: str | None = None
    notes: tuple[tuple[str, str], ...] = ()

    def note(self, lang: str = "ja") -> str | None:
        """Give the note in a language, else in the other, None where there is none."""
        notes = dict(self.notes)
        return notes.get(lang) or next(iter(notes.values()), None)

    def to_json(self) -> dict[str, Any]:
        """Give it with the keys that `stigraph lineage --format json` prints."""
        return {
            "statement": self.statement,
            "document": self.document,
            "locator": self.locator,
            "quote": self.quote,
            "citedAs": self.cited_as,
            "basis": self.basis,
            "note": self.note(),
            "notes": dict(self.notes),
        }


class Edge(NamedTuple):
    """A step from the programme's side towards policy, with the evidence of it.

    ``predicate`` is a CURIE; ``^sti:agency`` is the inverse of `sti:agency` as SPARQL writes it.
    """

    source: str
    target: str
    predicate: str
    evidence: Sequence[Evidence]


class Lineage(NamedTuple):
    """The answer: what was asked for, in which direction, and every path as nodes and edges.

    ``mentioned`` describes the sources that the evidence names and the other things that the facts of nodes name.
    """

    root: str
    direction: str
    nodes: Mapping[str, Node]
    edges: Sequence[Edge]
    mentioned: Mapping[str, Node]

    def graph(self) -> "nx.MultiDiGraph":
        """Give the answer as a networkx graph; nodes and edges carry their attributes.

        >>> import stigraph
        >>> answer = stigraph.lineage(stigraph.open_store(), "SICORP")
        >>> graph = answer.graph()
        >>> graph.number_of_nodes() == len(answer.nodes)
        True
        """
        import networkx as nx

        graph = nx.MultiDiGraph(root=self.root)
        content = self.to_json()
        for node in content["nodes"]:
            graph.add_node(node.pop("id"), **node)
        for edge in content["edges"]:
            graph.add_edge(edge.pop("source"), edge.pop("target"), key=edge.pop("key"), **edge)
        return graph

    def to_json(self) -> dict[str, Any]:
        """Give the answer as networkx node-link data, as `stigraph lineage --format json` prints it."""
        return {
            "directed": True,
            "multigraph": True,
            "graph": {
                "direction": self.direction,
                "labels": {iri: dict(node.labels) for iri, node in self.mentioned.items()},
            },
            "root": self.root,
            "nodes": [_node_json(node) for node in self.nodes.values()],
            "edges": [_edge_json(edge) for edge in self.edges],
        }

    def word(self, name: str, lang: str = "ja") -> str:
        """Give the label of anything the answer names: an IRI, a class (``sti:Plan``) or a concept (``Quotation``)."""
        iri = name if name.startswith("http") else STI + name.removeprefix("sti:")
        node = self.nodes.get(iri) or self.mentioned.get(iri)
        return node.label(lang) if node else slug(iri)

    def of_type(self, *types: str) -> list[Node]:
        """List the nodes of some classes (as CURIEs), the root left out."""
        return [node for node in self.nodes.values() if node.type in types and node.id != self.root]


def _node_json(node: Node) -> dict[str, Any]:
    return {
        "id": node.id,
        "type": node.type,
        "label": node.label("ja"),
        "labels": dict(node.labels),
        **node.facts,
    }


def _edge_json(edge: Edge) -> dict[str, Any]:
    return {
        "source": edge.source,
        "target": edge.target,
        "key": edge.predicate,
        "predicate": edge.predicate,
        "evidence": [item.to_json() for item in edge.evidence],
    }
