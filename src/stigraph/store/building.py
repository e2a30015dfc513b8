"""Building a snapshot from the text RDF."""

import hashlib
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from stigraph import __version__
from stigraph.errors import StoreError
from stigraph.resources import data_folder, input_files, ontology_folder
from stigraph.store.layout import FORMAT, Layout, default_folder, stat_stamp

if TYPE_CHECKING:
    import pyoxigraph as ox

    from stigraph.ingest.encoding import Encoded

__all__ = ["build"]

_SNAPSHOT = re.compile(r"[0-9a-f]{16}")
_DRAFT = re.compile(r"draft-\d+")


_SHEETS = "sheets.sqlite"
_TABLES = Path(__file__).resolve().parents[1] / "ingest"
Progress = Callable[[str, int, int], None]


def build(
    store: str | os.PathLike[str] | None = None,
    *,
    data: str | os.PathLike[str] | None = None,
    force: bool = False,
    update: Callable[[Path], None] | None = None,
    executor: Executor | None = None,
    progress: Progress = lambda task, done, total: None,
) -> Path:
    """Do what `stigraph.store.build` says.

    What was imported into the store stays in it. ``update`` may change the file of its sheets
    (`stigraph.ingest.kept.KeptSheets`), a copy, before the new snapshot is written; ``executor`` works on them.
    """
    folder = os.fspath(data or data_folder())
    files = _existing(input_files(folder, ontology_folder()), folder)
    layout = Layout(os.fspath(store or default_folder(folder)))
    layout.refuse_other_folder()
    try:
        with layout.writing():
            return _build_locked(layout, files, _Work(update, executor, progress), force=force)
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


class _Work(NamedTuple):
    """How the sheets of a store are changed and worked on."""

    update: Callable[[Path], None] | None
    executor: Executor | None
    progress: Progress


def _build_locked(layout: Layout, files: Sequence[Path], work: _Work, *, force: bool) -> Path:
    stamp = stat_stamp([str(path) for path in files])
    previous = layout.current()
    _remove_leftovers(layout, keep=set())
    draft = Path(layout.snapshot(f"draft-{os.getpid()}"))
    try:
        draft.mkdir(parents=True)
        sheets = _sheets(layout, previous, draft, work.update)
        name = _content_name(files, sheets)
        target = Path(layout.snapshot(name))
        if force or not target.is_dir():
            _write_snapshot(draft, target, files, sheets, work)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    layout.point_to(name, stamp)
    _remove_leftovers(layout, keep={name} | ({previous[0]} if previous else set()))
    return target


def _sheets(
    layout: Layout, previous: tuple[str, str] | None, draft: Path, update: Callable[[Path], None] | None
) -> Path | None:
    """Copy the sheets of the snapshot in use into the draft, and change them there; None where there are none."""
    sheets = draft / _SHEETS
    old = Path(layout.snapshot(previous[0]), _SHEETS) if previous else None
    if old and old.exists():
        shutil.copyfile(old, sheets)
    if update:
        update(sheets)
    return sheets if sheets.exists() else None


def _content_name(files: Sequence[Path], sheets: Path | None) -> str:
    digest = hashlib.sha256(f"format {FORMAT}, version {__version__}\n".encode())
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.parent.name}/{path.name} {len(content)}\n".encode())
        digest.update(content)
    if sheets:
        from stigraph.ingest.kept import KeptSheets

        digest.update(KeptSheets(sheets).digest().encode())
        for table in sorted(_TABLES.glob("**/*.csv")):
            digest.update(table.read_bytes())
    return digest.hexdigest()[:16]


def _write_snapshot(draft: Path, target: Path, files: Sequence[Path], sheets: Path | None, work: _Work) -> None:
    counts = _fill(draft, files, sheets, work)
    manifest = {"format": FORMAT, "name": target.name, **counts}
    (draft / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    if target.exists():
        shutil.rmtree(target)
    os.rename(draft, target)


def _fill(draft: Path, files: Sequence[Path], sheets: Path | None, work: _Work) -> dict[str, int]:
    import pyoxigraph as ox

    from stigraph.store.index import write_index
    from stigraph.store.inputs import read_inputs
    from stigraph.store.loading import Loading

    graphs: dict[str, list[ox.Triple]] = {}
    for graph, triples in read_inputs(files):
        graphs.setdefault(graph, []).extend(triples)
    with ExitStack() as stack:
        pieces = _imported(stack, draft, sheets, graphs, work) if sheets else None
        loading = stack.enter_context(closing(Loading(draft / "sparql")))
        loading.add(graphs)
        write_index(draft / "index.sqlite", graphs, () if pieces is None else loading.load(pieces))
        return {"triples": loading.finish(), "graphs": len(graphs)}


def _imported(
    stack: ExitStack, draft: Path, sheets: Path, graphs: "dict[str, list[ox.Triple]]", work: _Work
) -> "Iterable[Encoded]":
    """Link the sheets into programmes, add what they share as a graph, and give the sheets as pieces."""
    from stigraph.ingest.encoding import encode, link_sheets
    from stigraph.ingest.workers import processes

    executor = work.executor or stack.enter_context(processes(1))
    programmes = link_sheets(sheets, executor, work.progress)
    import pyoxigraph as ox

    for quad in ox.parse(programmes.shared, format=ox.RdfFormat.N_QUADS):
        triple = ox.Triple(quad.subject, quad.predicate, quad.object)
        graphs.setdefault(quad.graph_name.value, []).append(triple)
    return encode(sheets, programmes, executor, work.progress)


def _remove_leftovers(layout: Layout, keep: set[str]) -> None:
    """Remove drafts of killed builds and, once a new snapshot is in use, those before the last.

    What does not bear a name that a build gives is not ours to remove.
    """
    for folder in Path(layout.snapshots).glob("*"):
        outdated = keep and folder.name not in keep and _SNAPSHOT.fullmatch(folder.name)
        if outdated or _DRAFT.fullmatch(folder.name):
            shutil.rmtree(folder, ignore_errors=True)
