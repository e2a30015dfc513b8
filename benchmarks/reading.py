"""How fast a store is read, beside what people would use instead; prints Markdown tables of seconds and ratios.

Usage: ``python benchmarks/reading.py STORE [PART…] [--rounds N] [--year 2021] [--maplib-python PATH]``. STORE holds
review sheets (`stigraph import`). The parts are ``cold``, ``paths``, ``names``, ``engine``, ``named``, ``memory``,
``sums`` and ``peers``; all of them when none is named. Peers that are not installed are passed over with a sentence:
``pip install rdflib maplib`` (another interpreter that has maplib: ``--maplib-python``), Debian's
``libapache-jena-java``.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from measuring import build_curated, snapshot_of
from reading_cold import measure_cold, measure_memory
from reading_engine import measure_engine, measure_named_queries
from reading_names import measure_names
from reading_paths import measure_paths
from reading_peers import measure_peers
from reading_sums import measure_sums


def main() -> None:
    """Measure the parts that are asked for, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("parts", nargs="*", metavar="PART")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--year", default="2021", help="whose sheets the peers get")
    parser.add_argument("--maplib-python", default=sys.executable, help="an interpreter that has maplib")
    asked = parser.parse_args()
    store, rounds = asked.store, asked.rounds
    with build_curated() as curated:
        parts: dict[str, Callable[[], None]] = {
            "cold": lambda: measure_cold(store, curated, rounds),
            "paths": lambda: measure_paths(store, rounds),
            "names": lambda: measure_names(store, rounds),
            "engine": lambda: measure_engine(store, rounds),
            "named": lambda: measure_named_queries(store, rounds),
            "memory": lambda: measure_memory(store),
            "sums": lambda: measure_sums(store, rounds, asked.maplib_python),
            "peers": lambda: measure_peers(store, curated, asked.year, rounds, asked.maplib_python),
        }
        if unknown := set(asked.parts) - set(parts):
            parser.error(f"{', '.join(sorted(unknown))} is no part; the parts are {', '.join(parts)}")
        print((snapshot_of(store) / "manifest.json").read_text(encoding="utf-8"))
        for name in asked.parts or parts:
            parts[name]()


if __name__ == "__main__":
    main()
