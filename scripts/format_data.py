"""Write Turtle files in their one canonical form, so that a diff shows what changed and nothing else.

Usage: format_data.py [--check] FILE.ttl …   (several files given with --into OUT are merged into one)
"""

import argparse
import sys
from pathlib import Path

from rdflib import Graph

from stigraph.vocab import PREFIXES


def canonical(*paths: Path) -> str:
    """Give the canonical text of one file, or of several merged."""
    graph = Graph(bind_namespaces="none")
    for path in paths:
        graph.parse(path, format="turtle")
    tidy = Graph(bind_namespaces="none")
    for prefix, iri in PREFIXES.items():
        if prefix != "id":
            tidy.bind(prefix, iri)
    for triple in graph:
        tidy.add(triple)
    return tidy.serialize(format="longturtle").strip() + "\n"


def main() -> int:
    """Format or check the files named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if a file is not canonical")
    parser.add_argument("--into", type=Path, help="merge all files into this one")
    options = parser.parse_args()
    if options.into:
        options.into.write_text(canonical(*options.files), encoding="utf-8")
        return 0
    loose = [path for path in options.files if path.read_text(encoding="utf-8") != canonical(path)]
    for path in loose:
        if options.check:
            print(f"{path}: not in canonical form; run `make format`.")
        else:
            path.write_text(canonical(path), encoding="utf-8")
    return 1 if options.check and loose else 0


if __name__ == "__main__":
    sys.exit(main())
