"""Every term is named, defined and shown in both languages, and says where it comes from."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS

ONTOLOGY = Path(__file__).resolve().parents[2] / "ontology"
NS = "https://w3id.org/stigraph/ns"
ONTOLOGY_IRI = URIRef(NS)
KINDS = (
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
    SKOS.ConceptScheme,
    SKOS.Concept,
)
FIXED = (Path(__file__).resolve().parent / "fixed_terms.txt").read_text(encoding="utf-8").split()


def own_terms(graph: Graph) -> list[URIRef]:
    """Return the terms of stigraph that a graph declares, in order."""
    declared = {s for kind in KINDS for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef)}
    return sorted(term for term in declared if term.startswith(NS + "#"))


ALL = own_terms(Graph().parse(ONTOLOGY / "stigraph.ttl").parse(ONTOLOGY / "concepts.ttl"))


@pytest.fixture(scope="module")
def both(terms: Graph, concepts: Graph) -> Graph:
    """Return terms and concepts together."""
    return terms + concepts


@pytest.mark.parametrize("term", ALL, ids=lambda term: str(term).rsplit("#", 1)[1])
def test_term_is_documented(term: URIRef, both: Graph) -> None:
    """A label and a definition in each language, an example, an origin, and the ontology it belongs to."""
    for property_ in (RDFS.label, SKOS.definition):
        languages = sorted(str(value.language) for value in both.objects(term, property_) if isinstance(value, Literal))
        assert languages == ["en", "ja"], f"{term} needs one {property_} in @ja and one in @en, has {languages}"
    for property_ in (SKOS.example, DCTERMS.source):
        assert both.value(term, property_, any=True), f"{term} has no {property_}"
    assert set(both.objects(term, RDFS.isDefinedBy)) == {ONTOLOGY_IRI}


@pytest.mark.parametrize("term", ALL, ids=lambda term: str(term).rsplit("#", 1)[1])
def test_term_has_one_kind(term: URIRef, both: Graph) -> None:
    """OWL 2 DL: no IRI is two kinds of property, or class and property."""
    kinds = set(both.objects(term, RDF.type)) & set(KINDS)
    assert len(kinds) == 1, f"{term} is declared as {sorted(map(str, kinds))}"


@pytest.mark.parametrize("name", FIXED)
def test_fixed_name_is_defined(name: str) -> None:
    """The names that outside queries rely on are all there."""
    assert URIRef(f"{NS}#{name}") in ALL


def test_one_version(terms: Graph) -> None:
    """One ontology, one version constant, and no version in any IRI."""
    assert list(terms.subjects(RDF.type, OWL.Ontology)) == [ONTOLOGY_IRI]
    assert [str(version) for version in terms.objects(None, OWL.versionInfo)] == ["0.1.0"]
    assert not [term for term in ALL if re.search(r"[0-9]+\.[0-9]", term)]


def test_every_property_used_is_declared(terms: Graph, concepts: Graph, good: Graph) -> None:
    """OWL 2 DL: each property and class of ontology and data is declared, external ones too."""
    built_in = (str(RDF), str(RDFS), str(OWL))
    declared = {s for kind in KINDS for s in terms.subjects(RDF.type, kind)}
    everything = terms + concepts + good
    used = {p for _, p, _ in everything} | set(everything.objects(None, RDF.type))
    assert {str(term) for term in used - declared if not str(term).startswith(built_in)} == set()


def test_domains_and_ranges_are_declared_classes(terms: Graph) -> None:
    """What a domain or range names is a class of the ontology, a datatype, or a union of classes."""
    classes = set(terms.subjects(RDF.type, OWL.Class))
    for property_ in (RDFS.domain, RDFS.range):
        for subject, value in terms.subject_objects(property_):
            datatype = str(value).startswith(("http://www.w3.org/2001/XMLSchema#", str(RDF)))
            assert value in classes or datatype, f"{subject} {property_} {value}"


def test_annotation_properties_claim_nothing(terms: Graph) -> None:
    """An annotation property has no characteristic, domain or range that a reasoner would read."""
    for property_ in terms.subjects(RDF.type, OWL.AnnotationProperty):
        assert terms.value(property_, RDFS.domain) is None, property_
        assert terms.value(property_, RDFS.range) is None, property_
        assert (property_, RDF.type, OWL.FunctionalProperty) not in terms, property_


def test_deprecations_table(both: Graph) -> None:
    """Each deprecated term has a row that names a defined replacement; each row's term is marked."""
    with (ONTOLOGY / "deprecations.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == ["term", "since", "replaced_by", "why"]
    marked = {str(term).rsplit("#", 1)[1] for term in both.subjects(OWL.deprecated, Literal(True))}
    assert {row[0].removeprefix("sti:") for row in rows[1:]} == marked
    for _, since, replaced_by, why in rows[1:]:
        assert since and why
        assert not replaced_by or URIRef(f"{NS}#{replaced_by.removeprefix('sti:')}") in ALL
