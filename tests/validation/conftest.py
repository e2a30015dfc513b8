"""A small folder of data without any fault, into which faults are planted."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

BASE = Path(__file__).parent / "base"

Plant = Callable[[str, str, str], Path]


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A copy of the folder without a fault."""
    return Path(shutil.copytree(BASE, tmp_path / "data"))


@pytest.fixture
def plant(sound: Path) -> Plant:
    """Replace a passage of a file, which must be there exactly once, and give the folder."""

    def replace(file: str, find: str, by: str) -> Path:
        text = (sound / file).read_text(encoding="utf-8")
        assert text.count(find) == 1, f"{find!r} stands {text.count(find)} times in {file}; plant the fault elsewhere."
        (sound / file).write_text(text.replace(find, by), encoding="utf-8")
        return sound

    return replace
