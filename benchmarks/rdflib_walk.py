"""The peer of ``stigraph lineage``: parse the curated Turtle with rdflib and walk from a programme to policy."""

import sys
from pathlib import Path

from rdflib import Graph, Namespace
from rdflib.namespace import SKOS
from rdflib.term import Node

STI = Namespace("https://w3id.org/stigraph/ns#")
DATA = Path(__file__).resolve().parents[1] / "data"


def walk(graph: Graph, start: Node) -> list[tuple[Node, Node, Node]]:
    """Collect the steps from a programme over its passages to documents and what these carry out."""
    steps: list[tuple[Node, Node, Node]] = []
    frontier, seen = [start], {start}
    while frontier:
        here = frontier.pop()
        for predicate in (STI.cites, STI.statedIn, STI.implements):
            for target in graph.objects(here, predicate):
                steps.append((here, predicate, target))
                if target not in seen:
                    seen.add(target)
                    frontier.append(target)
    return steps


def main() -> None:
    """Print the steps with the passages."""
    graph = Graph()
    for path in sorted(DATA.glob("*/*.ttl")):
        graph.parse(path, format="turtle")
    name = sys.argv[1]
    start = next(s for s, label in graph.subject_objects(SKOS.altLabel) if str(label) == name)
    for source, _, target in walk(graph, start):
        print(source, target, graph.value(target, STI.quote), graph.value(target, STI.locator))


if __name__ == "__main__":
    main()
