"""The folder of a store: where its snapshots are, which is in use, and who may write.

Reading commands start with this module, so it does without pathlib and everything else that is slow to import.
"""

import os
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple

from stigraph import __version__
from stigraph.errors import StoreError

__all__ = ["FORMAT", "Layout", "default_folder", "stat_stamp"]

FORMAT = 4
"""The version of what is written to disk; a snapshot of another version is not read."""

_LOCK_SECONDS = 600.0


class Layout(NamedTuple):
    """The paths inside one store folder."""

    folder: str

    @property
    def pointer(self) -> str:
        """The file whose first line names the snapshot in use and whose second stamps what it was built from."""
        return os.path.join(self.folder, "current")

    @property
    def snapshots(self) -> str:
        """The folder of all snapshots."""
        return os.path.join(self.folder, "snapshots")

    def snapshot(self, name: str) -> str:
        """Give the folder of one snapshot."""
        return os.path.join(self.snapshots, name)

    def current(self) -> tuple[str, str] | None:
        """Read which snapshot is in use, and the stamp of its inputs; None when there is none yet."""
        try:
            with open(self.pointer, encoding="utf-8") as pointer:
                name, _, stamp = pointer.read().partition("\n")
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"The store {self.folder} cannot be read: {error}.") from error
        if not name or not os.path.isdir(self.snapshot(name)):
            return None
        return name, stamp.strip()

    def point_to(self, name: str, stamp: str) -> None:
        """Make a snapshot the one in use, in one step."""
        draft = f"{self.pointer}.{os.getpid()}"
        try:
            with open(draft, "w", encoding="utf-8") as pointer:
                pointer.write(f"{name}\n{stamp}\n")
            os.replace(draft, self.pointer)
        except BaseException:
            with suppress(OSError):
                os.unlink(draft)
            raise

    def refuse_other_folder(self) -> None:
        """Refuse to write where something else than a store is.

        Raises:
            StoreError: the folder is a file, or holds other things and no store.
        """
        if self.folder.lower().startswith(("http://", "https://")):
            raise StoreError("A store is built on this disk; send it to a server with `stigraph push`.")
        if not os.path.lexists(self.folder):
            return
        try:
            present = set(os.listdir(self.folder))
        except NotADirectoryError:
            present = {self.folder}
        except OSError as error:
            raise StoreError(f"The store {self.folder} cannot be read: {error.strerror}.") from error
        if present and not present & {"current", "snapshots", "lock"}:
            raise StoreError(
                f"{self.folder} is not a stigraph store; name an empty or new folder, or one made by `stigraph build`."
            )

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the one right to write; it ends with the process that holds it, however that ends.

        What was made for a first snapshot which then did not come about is taken away again.
        """
        made = not os.path.isdir(self.folder)
        lock = self._locked()
        try:
            self._remove_pointers_in_the_making()
            yield
        finally:
            if not os.path.lexists(self.pointer):
                self._remove_all_but_snapshots(folder_too=made)
            lock.close()

    def _locked(self) -> sqlite3.Connection:
        """Wait for the lock; where its file was taken away meanwhile, for that which is there now."""
        path = os.path.join(self.folder, "lock")
        while True:
            os.makedirs(self.folder, exist_ok=True)
            with suppress(FileNotFoundError):
                # Opening and closing a file that is there would free the lock that another thread may hold.
                with suppress(FileExistsError):
                    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
                before = os.stat(path)
                lock = sqlite3.connect(path, timeout=_LOCK_SECONDS, isolation_level=None)
                if _is_had(lock, path, before):
                    return lock

    def _remove_pointers_in_the_making(self) -> None:
        """Remove what a writer that was killed while it swapped the pointer has left."""
        name = os.path.basename(self.pointer)
        for entry in os.listdir(self.folder):
            head, _, process = entry.rpartition(".")
            if head == name and process.isdecimal():
                os.unlink(os.path.join(self.folder, entry))

    def _remove_all_but_snapshots(self, *, folder_too: bool) -> None:
        """Remove what a store has without a snapshot in use; a folder that something is in stays."""
        with suppress(OSError):
            if os.path.isdir(self.snapshots):
                os.rmdir(self.snapshots)
            for name in ("lock-journal", "lock"):
                with suppress(FileNotFoundError):
                    os.unlink(os.path.join(self.folder, name))
            if folder_too:
                os.rmdir(self.folder)


def _is_had(lock: sqlite3.Connection, path: str, file: os.stat_result) -> bool:
    """Wait for a lock; False where its file was taken away meanwhile."""
    had = False
    try:
        lock.execute("BEGIN EXCLUSIVE")
        had = os.path.samestat(file, os.stat(path))
    except sqlite3.OperationalError:
        # Waiting for a file that was taken away ends so too.
        if os.path.samestat(file, os.stat(path)):
            raise
    finally:
        if not had:
            lock.close()
    return had


def stat_stamp(paths: Sequence[str]) -> str:
    """Stamp this version and files by name, size and time of change: equal stamps mean there is nothing to rebuild.

    A miss costs one comparison of contents, never a wrong answer.
    """
    from zlib import crc32

    parts = []
    for path in paths:
        stat = os.stat(path)
        parts.append(f"{os.path.basename(path)}:{stat.st_size}:{stat.st_mtime_ns}")
    return f"{__version__}-{FORMAT}-{crc32(';'.join(parts).encode()):08x}-{len(parts)}"


def default_folder(data: str) -> str:
    """Give the store folder of this installation: ``$STIGRAPH_STORE``, else one in the user's cache."""
    chosen = os.environ.get("STIGRAPH_STORE")
    if chosen:
        return chosen
    from zlib import crc32

    return os.path.join(_cache_folder(), f"store-{crc32(data.encode()):08x}")


def _cache_folder() -> str:
    """Give the user's cache folder as platformdirs does; on Linux by its rule (XDG), which starts faster."""
    if sys.platform == "linux":
        return os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "stigraph")
    from platformdirs import user_cache_dir

    return user_cache_dir("stigraph")
