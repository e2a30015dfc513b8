"""A source is the text it says it is."""

import hashlib

import pytest
from rdflib import RDF, SKOS, URIRef
from tests.data.conftest import SEEDS, Curated

from stigraph.vocab import ID, STI, curie

LAYERS = {"background", "catalogue"}


def test_every_file_of_a_document_describes_the_source_it_is_named_after(sources: Curated) -> None:
    faults = [
        f"{path}: source:{path.stem} is not described in it; the name of the file is the slug of the source."
        for path, graph in sources.items()
        if path.stem not in LAYERS
        and (URIRef(f"{ID}source/{path.stem}"), RDF.type, URIRef(STI + "Source")) not in graph
    ]
    assert not faults, "\n".join(faults)


def test_the_digest_of_a_source_is_that_of_its_text(sources: Curated) -> None:
    if not SEEDS.is_dir():
        pytest.skip(f"the source texts are not at {SEEDS}; they stay outside the project")
    texts = {path.name.split("_")[0]: path for path in SEEDS.glob("*.txt")}
    checked, faults = 0, []
    for path, graph in sources.items():
        for source, digest in graph.subject_objects(URIRef(STI + "sha256")):
            code = str(graph.value(source, SKOS.notation))
            actual = hashlib.sha256(texts[code].read_bytes()).hexdigest() if code in texts else "no text of that code"
            checked += 1
            if str(digest) != actual:
                faults.append(
                    f"{path}: {curie(str(source))} has sti:sha256 {digest}; that of {code}_*.txt is {actual}."
                )
    assert not faults, "\n".join(faults)
    assert checked == len(texts), f"{len(texts)} texts, but {checked} sources with a digest"
