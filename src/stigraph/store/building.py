"""Building a snapshot from the text RDF."""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from stigraph.errors import StoreError
from stigraph.resources import data_folder, input_files, ontology_folder
from stigraph.store.layout import FORMAT, Layout, default_folder, stat_stamp

__all__ = ["build", "ensure_built"]


def build(store: Path | None = None, *, data: Path | None = None, force: bool = False) -> Path:
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
    data = data or data_folder()
    files = _existing(input_files(data, ontology_folder()), data)
    layout = Layout(store or default_folder(data))
    try:
        with layout.writing():
            return _build_locked(layout, files, force=force)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f"The store {layout.folder} cannot be written ({error}); "
            "free some space or name another folder with --store or STIGRAPH_STORE."
        ) from error


def ensure_built(store: Path | None) -> tuple[Layout, str]:
    """Give the store and the name of its snapshot in use, building it first where that is needed.

    The store of this installation follows the data; a store that was named is built once and then left alone.
    """
    data = data_folder()
    layout = Layout(store or default_folder(data))
    current = layout.current()
    if current and (store is not None or current[1] == stat_stamp(input_files(data, ontology_folder()))):
        return layout, current[0]
    if store is not None and store.exists() and not _may_hold_store(store):
        raise StoreError(f"{store} is not a stigraph store; name an empty or new folder, or one made by `stigraph build`.")
    return layout, build(store).name


def _may_hold_store(folder: Path) -> bool:
    if not folder.is_dir():
        return False
    present = {path.name for path in folder.iterdir()}
    return not present or bool(present & {"current", "snapshots", "lock"})


def _existing(files: Sequence[Path], data: Path) -> Sequence[Path]:
    missing = [path for path in files if not path.is_file()]
    if missing:
        raise StoreError(f"{missing[0]} is missing; the ontology must be complete to build a store.")
    if not any(path.is_relative_to(data) for path in files):
        raise StoreError(f"{data} holds no catalogue/*.ttl and no sources/*.ttl; name a folder like data/.")
    return files


def _build_locked(layout: Layout, files: Sequence[Path], *, force: bool) -> Path:
    stamp = stat_stamp(files)
    name = _content_name(files)
    target = layout.snapshot(name)
    if force or not target.is_dir():
        _remove_leftovers(layout, keep=set())
        _write_snapshot(layout, files, name)
    previous = layout.current()
    layout.point_to(name, stamp)
    _remove_leftovers(layout, keep={name} | ({previous[0]} if previous else set()))
    return target


def _content_name(files: Sequence[Path]) -> str:
    digest = hashlib.sha256(f"format {FORMAT}\n".encode())
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.parent.name}/{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def _write_snapshot(layout: Layout, files: Sequence[Path], name: str) -> None:
    draft = layout.folder / "snapshots" / f"draft-{os.getpid()}"
    target = layout.snapshot(name)
    try:
        draft.mkdir(parents=True)
        counts = _fill(draft, files)
        manifest = {"format": FORMAT, "name": name, **counts}
        (draft / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
        if target.exists():
            shutil.rmtree(target)
        os.rename(draft, target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _fill(draft: Path, files: Sequence[Path]) -> dict[str, int]:
    import pyoxigraph as ox

    from stigraph.store.index import write_index
    from stigraph.store.inputs import read_inputs

    graphs: dict[str, list[ox.Triple]] = {}
    for graph, triples in read_inputs(files):
        graphs.setdefault(graph, []).extend(triples)
    # The default graph holds every triple once: Oxigraph's own union of named graphs would answer a plain pattern
    # once for each graph that holds the triple, and sums and counts would be wrong.
    store = ox.Store(str(draft / "sparql"))
    store.bulk_extend(
        ox.Quad(triple.subject, triple.predicate, triple.object, name)
        for graph, triples in graphs.items()
        for name in (ox.NamedNode(graph), ox.DefaultGraph())
        for triple in triples
    )
    store.optimize()
    store.flush()
    write_index(draft / "index.sqlite", graphs)
    return {"triples": len(store), "graphs": len(graphs)}


def _remove_leftovers(layout: Layout, keep: set[str]) -> None:
    """Remove drafts of killed builds and, once a new snapshot is in use, those before the last."""
    for folder in (layout.folder / "snapshots").glob("*"):
        if folder.name.startswith("draft-") or (keep and folder.name not in keep):
            shutil.rmtree(folder, ignore_errors=True)
