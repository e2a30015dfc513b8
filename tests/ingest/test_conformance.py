"""What is imported conforms to the shapes: a few real sheets of every year, and the samples of the RS system."""

import json
import lzma
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.namespace import SH

from stigraph.ingest import judgit, rs_system
from stigraph.ingest.identity import programme_iri
from stigraph.ingest.model import Review, Sheet
from stigraph.ingest.quads import sheet_quads
from stigraph.ingest.reading import Record
from stigraph.ingest.shared import Names, catalogue_quads, programme_quads
from stigraph.resources import data_folder, ontology_folder

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
YEARS = range(2015, 2024)
PLACES = (1200,)

# Made, since the samples have no file 4-1.
REVIEWS = (Review("現状通り", "4-1.所見", "Finding"), Review("見直した。", "4-1.反映状況", "Measure"))

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is not here")


def _sheets() -> Iterator[Sheet]:
    for year in YEARS:
        with lzma.open(CORPUS / f"review-sheets-{year}.ndjson.xz", "rt", encoding="utf-8") as lines:
            taken = [line for number, line in enumerate(islice(lines, max(PLACES) + 1)) if number in PLACES]
        for line in taken:
            sheet = judgit.sheet_of(Record("", "", json.loads(line), "0" * 64))
            assert isinstance(sheet, Sheet)
            yield sheet
    samples = (found for found in rs_system.read([CORPUS / "rs-sample"]) if isinstance(found, Sheet))
    yield from (sheet._replace(reviews=REVIEWS) for sheet in samples)


@pytest.fixture(scope="module")
def told() -> set[ox.Triple]:
    """What the sheets say, with what they share."""
    names, quads, sheets = Names(), b"", list(_sheets())
    for sheet in sheets:
        names.add(sheet)
    for sheet in sheets:
        programme, numbered = programme_iri(sheet), names.numbered()
        quads += sheet_quads(sheet, programme, label=sheet.name, numbered=numbered).encode()
        quads += programme_quads(programme, sheet.name)
    parsed = ox.parse(quads + b"".join(catalogue_quads(names)), format=ox.RdfFormat.N_QUADS)
    return {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in parsed}


@pytest.fixture(scope="module")
def curated(told: set[ox.Triple]) -> set[ox.Triple]:
    """What the catalogue says of the curated things that sheets speak of."""
    named = {triple.object for triple in told}
    files = sorted(Path(data_folder(), "catalogue").glob("*.ttl"))
    triples = {triple for file in files for triple in _triples(file)}
    return {triple for triple in triples if triple.subject in named}


def _triples(file: Path) -> Iterator[ox.Triple]:
    return (ox.Triple(*quad[:3]) for quad in map(tuple, ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)))


def _graph(triples: set[ox.Triple]) -> Graph:
    return Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")


def test_the_sheets_tried_say_all_that_sheets_can_say(told: set[ox.Triple]) -> None:
    """The shapes are tried on each kind of thing that an import makes."""
    kinds = ("-activity", "-step", "-one-stage", "-part", "-purpose", "-outline", "-issues", "-finding", "-response")
    subjects = {triple.subject.value for triple in told if isinstance(triple.subject, ox.NamedNode)}
    assert {kind for kind in kinds if any(subject.endswith(kind) for subject in subjects)} == set(kinds)


def test_sheets_of_every_year_conform(told: set[ox.Triple], curated: set[ox.Triple]) -> None:
    pyshacl = pytest.importorskip("pyshacl", reason="pyshacl is not installed: pip install 'stigraph[validate]'")
    terms = {triple for name in ("stigraph", "concepts") for triple in _triples(Path(ontology_folder(), f"{name}.ttl"))}
    shapes = Graph().parse(Path(ontology_folder(), "shapes.ttl"))
    _, report, _ = pyshacl.validate(_graph(told | curated | terms), shacl_graph=shapes, inplace=True)
    ours = {str(triple.subject.value) for triple in told if not isinstance(triple.subject, ox.Triple)}
    faults = [
        (str(report.value(result, SH.focusNode)), str(report.value(result, SH.resultMessage)))
        for result in report.objects(None, SH.result)
        if str(report.value(result, SH.focusNode)) in ours and report.value(result, SH.resultSeverity) != SH.Info
    ]
    assert len(told) > 5_000
    assert faults == []
