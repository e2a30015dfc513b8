"""The whole validation: read, then shapes, then quality queries."""

import os
from pathlib import Path

from stigraph.errors import StoreError
from stigraph.resources import data_folder, input_files, ontology_folder
from stigraph.validation.report import Finding, Report

__all__ = ["validate"]

_CLASSES = {"stigraph.ttl", "concepts.ttl"}


def validate(data: str | os.PathLike[str] | None = None, *, shapes: bool = True, quality: bool = True) -> Report:
    """Check a folder of data files, and say of each fault what is wrong, where, and what to do.

    Where a file is not Turtle the shapes and the quality queries are left out: everything that speaks of what could
    not be read would seem wrong.

    Args:
        data: a folder like ``data/``; the default is the one installed.
        shapes: hold the data against ``ontology/shapes.ttl`` (needs the extra ``validate``).
        quality: ask the queries of ``ontology/qc/``.

    Raises:
        DataError: the shapes or a quality query are themselves broken.
        MissingExtraError: pySHACL is not installed.
        StoreError: the folder holds no data files, or one cannot be read.

    >>> validate(shapes=False, quality=False).conforms
    True
    """
    from stigraph.validation.places import Places
    from stigraph.validation.quality import check_quality, read_queries
    from stigraph.validation.reading import read_all
    from stigraph.validation.shapes import check_shapes, load_pyshacl

    if shapes:
        load_pyshacl()
    ontology = Path(ontology_folder())
    reading = read_all(_files(data, ontology))
    triples = sum(len(file.triples) for file in reading.files)
    if reading.broken:
        skipped = [name for name, wanted in (("shapes", shapes), ("quality", quality)) if wanted]
        return Report.of(reading.findings, len(reading.files), triples, skipped)
    findings: list[Finding] = list(reading.findings)
    places = Places(reading.files)
    if shapes:
        shaped = [file for file in reading.files if file.path.parent != ontology or file.path.name in _CLASSES]
        findings += check_shapes(shaped, ontology / "shapes.ttl", places)
    if quality:
        findings += check_quality(reading.files, read_queries(ontology / "qc"), places)
    return Report.of(findings, len(reading.files), triples)


def _files(data: str | os.PathLike[str] | None, ontology: Path) -> list[Path]:
    folder = Path(data or data_folder())
    paths = list(map(Path, input_files(os.fspath(folder), os.fspath(ontology))))
    if not any(path.is_relative_to(folder) for path in paths):
        raise StoreError(f"{folder} holds no catalogue/*.ttl and no sources/*.ttl; name a folder like data/.")
    return paths
