"""Finding the snapshot to read, and having it built where that is needed."""

import os
from typing import TYPE_CHECKING

from stigraph.resources import data_folder, input_files, ontology_folder
from stigraph.store.layout import Layout, default_folder, stat_stamp

if TYPE_CHECKING:
    from stigraph.store.reading import Store

__all__ = ["open_store"]


def open_store(path: "str | os.PathLike[str] | None" = None) -> "Store":
    """Open a store read-only, building its first snapshot from the curated data where there is none.

    Args:
        path: a store folder, or the address of a SPARQL 1.1 endpoint (``https://…``); the default is the store of this
            installation, which follows the curated data. A folder that is named is built once and then left alone.

    Raises:
        StoreError: the folder cannot be read or written, is no store, or is of another version; or the endpoint does
            not answer.
        DataError: the curated data cannot be built.

    >>> store = open_store()
    >>> [thing.en for thing in store.of_type("sti:Plan") if "Basic Plan" in (thing.en or "")][:1]
    ['Fifth Science and Technology Basic Plan']
    """
    from stigraph.store.reading import Store

    place = os.fspath(path) if path is not None else os.environ.get("STIGRAPH_STORE", "")
    if place.lower().startswith(("http://", "https://")):
        from stigraph.remote import RemoteStore

        return RemoteStore(place)
    return Store(_current_snapshot(None if path is None else os.fspath(path)))


def _current_snapshot(path: str | None) -> str:
    data = data_folder()
    layout = Layout(path or default_folder(data))
    current = layout.current()
    if current and (path is not None or current[1] == stat_stamp(input_files(data, ontology_folder()))):
        return layout.snapshot(current[0])
    from stigraph.store.building import build

    return os.fspath(build(layout.folder))
