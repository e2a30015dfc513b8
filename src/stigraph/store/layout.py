"""The folder of a store: where its snapshots are, which is in use, and who may write."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from stigraph.errors import StoreError

__all__ = ["FORMAT", "Layout", "default_folder", "stat_stamp"]

FORMAT = 1
"""The version of what is written to disk; a snapshot of another version is not read."""

_LOCK_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths inside one store folder."""

    folder: Path

    @property
    def pointer(self) -> Path:
        """The file whose first line names the snapshot in use and whose second stamps the inputs it was built from."""
        return self.folder / "current"

    def snapshot(self, name: str) -> Path:
        """Give the folder of one snapshot."""
        return self.folder / "snapshots" / name

    def current(self) -> tuple[str, str] | None:
        """Read which snapshot is in use, and the stamp of its inputs; None when there is none yet."""
        try:
            name, _, stamp = self.pointer.read_text(encoding="utf-8").partition("\n")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"The store {self.folder} cannot be read: {error.strerror}.") from error
        if not name or not self.snapshot(name).is_dir():
            return None
        return name, stamp.strip()

    def point_to(self, name: str, stamp: str) -> None:
        """Make a snapshot the one in use, in one step."""
        draft = self.folder / f"current.{os.getpid()}"
        draft.write_text(f"{name}\n{stamp}\n", encoding="utf-8")
        os.replace(draft, self.pointer)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the one right to write; it ends with the process that holds it, however that ends."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(self.folder / "lock", timeout=_LOCK_SECONDS, isolation_level=None)
        try:
            lock.execute("BEGIN EXCLUSIVE")
            yield
        finally:
            lock.close()


def stat_stamp(paths: Sequence[Path]) -> str:
    """Stamp files by name, size and time of change: equal stamps mean there is nothing to rebuild.

    A miss costs one comparison of contents, never a wrong answer.
    """
    parts = []
    for path in paths:
        stat = path.stat()
        parts.append(f"{path.name}:{stat.st_size}:{stat.st_mtime_ns}")
    import zlib

    return f"{zlib.crc32(';'.join(parts).encode()):08x}-{len(parts)}"


def default_folder(data: Path) -> Path:
    """Give the store folder of this installation: ``$STIGRAPH_STORE``, else one in the user's cache."""
    chosen = os.environ.get("STIGRAPH_STORE")
    if chosen:
        return Path(chosen)
    import zlib

    from platformdirs import user_cache_path

    return user_cache_path("stigraph") / f"store-{zlib.crc32(str(data).encode()):08x}"
