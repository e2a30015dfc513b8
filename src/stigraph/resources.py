"""Where the ontology and the curated data are: beside the package in a wheel, at the top of a checkout."""

import os

from stigraph.errors import StoreError

__all__ = ["data_folder", "input_files", "ontology_folder"]

_PACKAGE = os.path.dirname(os.path.realpath(__file__))
_CHECKOUT = os.path.dirname(os.path.dirname(_PACKAGE))


def _folder(name: str) -> str:
    for candidate in (os.path.join(_PACKAGE, f"_{name}"), os.path.join(_CHECKOUT, name)):
        if os.path.isdir(candidate):
            return candidate
    raise StoreError(f"The folder {name}/ is missing from this installation; install stigraph again.")


def data_folder() -> str:
    """Give the folder of the curated graph."""
    return _folder("data")


def ontology_folder() -> str:
    """Give the folder of the vocabulary."""
    return _folder("ontology")


def input_files(data: str, ontology: str) -> list[str]:
    """List every file a snapshot is built from, in one order.

    The ontology first, then the catalogue (what things are called), then one file for each source document.
    """
    files = [os.path.join(ontology, f"{stem}.ttl") for stem in ("stigraph", "concepts", "alignments")]
    for part in ("catalogue", "sources"):
        folder = os.path.join(data, part)
        if os.path.isdir(folder):
            files += [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".ttl")]
    return files
