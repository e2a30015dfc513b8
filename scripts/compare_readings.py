"""Count what a second reading shared with the first: ``compare_readings.py BEFORE AFTER``.

BEFORE and AFTER are revisions of the project; ``:/words`` is the last one whose message begins so.

A fact node (statement, budget line, observation, record …) is *shared* when its triples are the same in both,
*corrected* when they differ, *added* or *dropped* when only one revision has it.
"""

import subprocess
import sys
from collections import Counter
from pathlib import Path

from rdflib import Graph
from rdflib.namespace import PROV
from rdflib.term import Node

ROOT = Path(__file__).resolve().parents[1]
WIDTHS = {"shared": 8, "corrected": 11, "added": 7, "dropped": 9}


def resolved(revision: str) -> str:
    """Give the full name of a revision."""
    command = ["git", "rev-parse", "--verify", revision]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8").stdout.strip()


def fact_nodes(revision: str, path: str) -> dict[Node, frozenset[tuple[Node, Node]]]:
    """Give the fact nodes of a data file at a revision, each with its properties and values."""
    command = ["git", "show", f"{revision}:{path}"]
    text = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8").stdout
    graph = Graph().parse(data=text, format="turtle")
    return {node: frozenset(graph.predicate_objects(node)) for node in graph.subjects(PROV.wasDerivedFrom, None)}


def compare(before: str, after: str, path: str) -> Counter[str]:
    """Count the shared, corrected, added and dropped nodes of one file."""
    old, new = fact_nodes(before, path), fact_nodes(after, path)
    both = old.keys() & new.keys()
    return Counter(
        shared=sum(old[node] == new[node] for node in both),
        corrected=sum(old[node] != new[node] for node in both),
        added=len(new.keys() - old.keys()),
        dropped=len(old.keys() - new.keys()),
    )


def main() -> None:
    """Print a table, one row for each source document."""
    before, after = map(resolved, sys.argv[1:3])
    print(f"{'source':<42}" + "".join(f"{kind:>{width}}" for kind, width in WIDTHS.items()))
    for path in sorted((ROOT / "data" / "sources").glob("*.ttl")):
        counts = compare(before, after, path.relative_to(ROOT).as_posix())
        row = "".join(f"{counts[kind]:>{width}}" for kind, width in WIDTHS.items())
        print(f"{path.stem:<42}{row}")


if __name__ == "__main__":
    main()
