"""The graph on disk: immutable snapshots, one writer, many readers.

A store folder holds ``snapshots/NAME`` (a pyoxigraph store for SPARQL, one SQLite file for `search`, `show` and
`lineage`, a manifest) and ``current``, which names the snapshot in use. A build writes a new snapshot and swaps
``current`` by rename, so that a reader never sees half a build and a killed build leaves the last good one.
"""

import os
from typing import TYPE_CHECKING

from stigraph.store.opening import open_store
from stigraph.store.reading import Store, Thing

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Store", "Thing", "build", "open_store"]


def build(
    store: "str | os.PathLike[str] | None" = None,
    *,
    data: "str | os.PathLike[str] | None" = None,
    force: bool = False,
) -> "Path":
    """Build a snapshot of the curated graph and make it the one in use.

    Args:
        store: the store folder; the default is that of this installation.
        data: a folder like ``data/``; the default is the one installed.
        force: build even if a snapshot of the same contents is there.

    Returns:
        The folder of the snapshot.

    Raises:
        DataError: a data file is wrong; the message names file and line. The store stays as it was.
        StoreError: the folder cannot be written, or the disk is full. The store stays as it was.
    """
    from stigraph.store.building import build as build_snapshot

    return build_snapshot(store, data=data, force=force)
