"""Where the ontology and the curated data are: beside the package in a wheel, at the top of a checkout."""

from functools import cache
from pathlib import Path

from stigraph.errors import StoreError

__all__ = ["data_folder", "input_files", "ontology_folder"]

_PACKAGE = Path(__file__).resolve().parent


@cache
def _folder(name: str) -> Path:
    for candidate in (_PACKAGE / f"_{name}", _PACKAGE.parents[1] / name):
        if candidate.is_dir():
            return candidate
    raise StoreError(f"The folder {name}/ is missing from this installation; install stigraph again.")


def data_folder() -> Path:
    """Give the folder of the curated graph."""
    return _folder("data")


def ontology_folder() -> Path:
    """Give the folder of the vocabulary."""
    return _folder("ontology")


def input_files(data: Path, ontology: Path) -> list[Path]:
    """List every file a snapshot is built from, in one order.

    The ontology first, then the catalogue (what things are called), then one file for each source document.
    """
    return [
        *(ontology / f"{stem}.ttl" for stem in ("stigraph", "concepts", "alignments")),
        *sorted((data / "catalogue").glob("*.ttl")),
        *sorted((data / "sources").glob("*.ttl")),
    ]
