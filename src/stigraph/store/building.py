"""Building a snapshot from the text RDF."""

import hashlib
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from stigraph import __version__
from stigraph.errors import StoreError
from stigraph.resources import data_folder, input_files, ontology_folder
from stigraph.store.layout import FORMAT, Layout, default_folder, stat_stamp

__all__ = ["build"]

_SNAPSHOT = re.compile(r"[0-9a-f]{16}")
_DRAFT = re.compile(r"draft-\d+")


def build(
    store: str | os.PathLike[str] | None = None,
    *,
    data: str | os.PathLike[str] | None = None,
    force: bool = False,
) -> Path:
    """Do what `stigraph.store.build` says."""
    folder = os.fspath(data or data_folder())
    files = _existing(input_files(folder, ontology_folder()), folder)
    layout = Layout(os.fspath(store or default_folder(folder)))
    layout.refuse_other_folder()
    try:
        with layout.writing():
            return _build_locked(layout, files, force=force)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f"The store {layout.folder} cannot be written ({error}); "
            "free some space or name another folder with --store or STIGRAPH_STORE."
        ) from error


def _existing(files: Sequence[str], data: str) -> list[Path]:
    paths = list(map(Path, files))
    missing = [path for path in paths if not path.is_file()]
    if missing:
        raise StoreError(f"{missing[0]} is missing; the ontology must be complete to build a store.")
    if not any(path.is_relative_to(data) for path in paths):
        raise StoreError(f"{data} holds no catalogue/*.ttl and no sources/*.ttl; name a folder like data/.")
    return paths


def _build_locked(layout: Layout, files: Sequence[Path], *, force: bool) -> Path:
    stamp = stat_stamp([str(path) for path in files])
    name = _content_name(files)
    target = Path(layout.snapshot(name))
    if force or not target.is_dir():
        _remove_leftovers(layout, keep=set())
        _write_snapshot(layout, files, name)
    previous = layout.current()
    layout.point_to(name, stamp)
    _remove_leftovers(layout, keep={name} | ({previous[0]} if previous else set()))
    return target


def _content_name(files: Sequence[Path]) -> str:
    digest = hashlib.sha256(f"format {FORMAT}, version {__version__}\n".encode())
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.parent.name}/{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def _write_snapshot(layout: Layout, files: Sequence[Path], name: str) -> None:
    draft = Path(layout.snapshot(f"draft-{os.getpid()}"))
    target = Path(layout.snapshot(name))
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
    """Remove drafts of killed builds and, once a new snapshot is in use, those before the last.

    What does not bear a name that a build gives is not ours to remove.
    """
    for folder in Path(layout.snapshots).glob("*"):
        outdated = keep and folder.name not in keep and _SNAPSHOT.fullmatch(folder.name)
        if outdated or _DRAFT.fullmatch(folder.name):
            shutil.rmtree(folder, ignore_errors=True)
