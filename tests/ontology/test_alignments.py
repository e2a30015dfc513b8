"""Each mapping says why it holds, and names only terms that are declared."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.namespace import ORG, PROV, QB, SKOS, DefinedNamespace
from rdflib.term import Node

ONTOLOGY = Path(__file__).resolve().parents[2] / "ontology"
STI = "https://w3id.org/stigraph/ns#"
RELATIONS = (
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    SKOS.closeMatch,
    SKOS.broadMatch,
    SKOS.relatedMatch,
    SKOS.exactMatch,
)


def mappings(graph: Graph) -> list[tuple[Node, Node, Node]]:
    """Return the mappings from stigraph's terms to those of others, in order."""
    return sorted(triple for relation in RELATIONS for triple in graph.triples((None, relation, None)))


ALL = mappings(Graph().parse(ONTOLOGY / "alignments.ttl"))


@pytest.mark.parametrize(("subject", "relation", "target"), ALL)
def test_mapping_is_justified(
    subject: Node, relation: Node, target: Node, alignments: Graph, terms: Graph, concepts: Graph
) -> None:
    """One axiom with a reason in each language; both ends are declared, and the near end is ours."""
    axioms = [
        axiom
        for axiom in alignments.subjects(OWL.annotatedTarget, target)
        if (axiom, OWL.annotatedSource, subject) in alignments
        and (axiom, OWL.annotatedProperty, relation) in alignments
    ]
    assert len(axioms) == 1
    reasons = [value for value in alignments.objects(axioms[0], RDFS.comment) if isinstance(value, Literal)]
    assert sorted(str(reason.language) for reason in reasons) == ["en", "ja"]
    assert str(subject).startswith(STI)
    assert (subject, RDF.type, None) in terms + concepts
    assert (target, RDF.type, None) in alignments


def test_no_axiom_without_mapping(alignments: Graph) -> None:
    """Every annotated axiom is stated too."""
    for axiom in alignments.subjects(RDF.type, OWL.Axiom):
        triple = [alignments.value(axiom, p) for p in (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)]
        assert tuple(triple) in ALL


@pytest.mark.parametrize("name", ["prov", "org", "qb"])
def test_w3c_terms_exist(name: str, alignments: Graph, terms: Graph) -> None:
    """The terms of PROV, ORG and Data Cube are in the lists that rdflib took from their recommendations."""
    namespace: type[DefinedNamespace] = {"prov": PROV, "org": ORG, "qb": QB}[name]
    used = {
        str(term).removeprefix(str(namespace))
        for triple in alignments + terms
        for term in triple
        if isinstance(term, URIRef) and str(term).startswith(str(namespace))
    }
    assert used
    for local_name in used:
        assert local_name in namespace, local_name
