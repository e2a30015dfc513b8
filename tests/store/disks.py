"""Disks that are too small."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

__all__ = ["small_disk"]


@contextmanager
def small_disk(kilobytes: int) -> Iterator[Path]:
    """Mount a file system of its own; skips the test where that is not allowed."""
    folder = Path(tempfile.mkdtemp(prefix="stigraph-disk-"))
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    mounted = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if not (mounted and unmount and mounted.returncode == 0):
        folder.rmdir()
        pytest.skip("only one who may mount a small disk can fill it")
    try:
        yield folder
    finally:
        subprocess.run([unmount, str(folder)], check=True)
        folder.rmdir()
