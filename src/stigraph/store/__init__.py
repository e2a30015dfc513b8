"""The graph on disk: immutable snapshots, one writer, many readers.

A store folder holds ``snapshots/NAME`` (a pyoxigraph store for SPARQL, one SQLite file for `search`, `show` and
`lineage`, a manifest) and ``current``, which names the snapshot in use. A build writes a new snapshot and swaps
``current`` by rename, so that a reader never sees half a build and a killed build leaves the last good one.
"""

from stigraph.store.building import build
from stigraph.store.reading import Store, Term, Thing, open_store

__all__ = ["Store", "Term", "Thing", "build", "open_store"]
