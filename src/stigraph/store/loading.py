"""Loading quads into Oxigraph, piece by piece, and compacting what was loaded."""

import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from stigraph.ingest.encoding import Encoded
    from stigraph.store.sheet_rows import Entry

__all__ = ["Loading"]

_LOADERS = 2
_LOWEST_PRIORITY = 19


class Loading:
    """A new Oxigraph store that is being filled.

    Many pieces leave many files behind, which RocksDB merges in threads of its own, again and again while more come
    in: with all review sheets it wrote six times the size of the store. Here its threads wait until nothing else has
    work, and a process of its own (`stigraph.store.compacting`) merges everything once, while the caller goes on.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._store: ox.Store | None = ox.Store(str(folder))
        self._compacting: subprocess.Popen[str] | None = None

    def close(self) -> None:
        """End what is still at work."""
        self._store = None
        if self._compacting:
            self._compacting.kill()
            self._compacting.wait()

    def add(self, graphs: Mapping[str, Sequence[ox.Triple]]) -> None:
        """Add named graphs, and their triples to the default graph.

        The default graph holds every triple once: Oxigraph's own union of named graphs would answer a plain pattern
        once for each graph that holds the triple, and sums and counts would be wrong.
        """
        assert self._store is not None
        self._store.bulk_extend(
            ox.Quad(triple.subject, triple.predicate, triple.object, name)
            for graph, triples in graphs.items()
            for name in (ox.NamedNode(graph), ox.DefaultGraph())
            for triple in triples
        )

    def load(self, pieces: "Iterable[Encoded]") -> "Iterator[Entry]":
        """Load pieces, yield their entries, and begin to compact; few pieces wait at a time."""
        store = self._store
        assert store is not None
        _defer_compaction()
        with ThreadPoolExecutor(_LOADERS) as loaders:
            loading: deque[Future[None]] = deque()
            for piece in pieces:
                if len(loading) == _LOADERS:
                    loading.popleft().result()
                loading.append(loaders.submit(store.bulk_load, input=piece.quads, format=ox.RdfFormat.N_QUADS))
                yield from piece.entries
            for future in loading:
                future.result()
        # A store can be open once: here it is closed by giving up the last reference to it.
        del store
        self._store = None
        self._compacting = _compact(self._folder)

    def finish(self) -> int:
        """Wait until the store is compact and on the disk; give the number of its triples.

        Raises:
            OSError: where it cannot be written.
        """
        if self._compacting is None:
            assert self._store is not None
            self._store.optimize()
            self._store.flush()
            return len(self._store)
        with self._compacting as process:
            assert process.stdout is not None
            told = process.stdout.read().strip().rpartition("\n")[2]
            process.wait()
        if process.returncode:
            raise OSError(told or "the store could not be compacted")
        return int(told)


def _defer_compaction() -> None:
    """Give the threads in which RocksDB merges files the lowest priority, for good; does nothing but on Linux."""
    for name in Path("/proc/self/task").glob("*/comm"):
        with suppress(OSError):  # another thread may end meanwhile
            if name.read_text().startswith("rocksdb:low"):
                os.setpriority(os.PRIO_PROCESS, int(name.parent.name), _LOWEST_PRIORITY)


def _compact(folder: Path) -> "subprocess.Popen[str]":
    paths = (path or os.getcwd() for path in sys.path)
    return subprocess.Popen(
        [sys.executable, "-m", "stigraph.store.compacting", str(folder)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
