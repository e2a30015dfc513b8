"""Every concept stands in a scheme, and the lists elsewhere are the schemes."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH, SKOS

ONTOLOGY = Path(__file__).resolve().parents[2] / "ontology"
STI = Namespace("https://w3id.org/stigraph/ns#")
CONCEPTS = sorted(
    concept
    for concept in Graph().parse(ONTOLOGY / "concepts.ttl").subjects(RDF.type, SKOS.Concept)
    if isinstance(concept, URIRef)
)
SCHEME_OF = {
    STI.statementKind: STI.StatementKindScheme,
    STI.phase: STI.PhaseScheme,
    STI.decisionKind: STI.DecisionKindScheme,
    STI.indicatorClass: STI.IndicatorClassScheme,
    STI.valueKind: STI.ValueKindScheme,
    STI.yearKind: STI.YearKindScheme,
    STI.attainment: STI.AttainmentScheme,
    STI.trend: STI.TrendScheme,
    STI.betterWhen: STI.DirectionScheme,
    STI.basis: STI.BasisScheme,
}


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: str(concept).rsplit("#", 1)[1])
def test_concept_stands_in_a_scheme(concept: URIRef, concepts: Graph, terms: Graph) -> None:
    """In a declared scheme, at its top or under a wider concept, and named once in each language."""
    schemes = set(concepts.objects(concept, SKOS.inScheme))
    assert schemes and all((scheme, RDF.type, SKOS.ConceptScheme) in terms for scheme in schemes)
    if not list(concepts.objects(concept, SKOS.broader)):
        assert set(concepts.objects(concept, SKOS.topConceptOf)) == schemes
    preferred = set(concepts.objects(concept, SKOS.prefLabel))
    assert sorted(str(label.language) for label in preferred if isinstance(label, Literal)) == ["en", "ja"]
    assert set(concepts.objects(concept, RDFS.label)) == preferred, "rdfs:label repeats skos:prefLabel"
    assert not preferred & set(concepts.objects(concept, SKOS.altLabel)), "SKOS: a label is preferred or alternative"


def test_unknown_is_attainment_and_trend(concepts: Graph) -> None:
    """The page prints 不明 for both."""
    assert set(concepts.objects(STI.Unknown, SKOS.inScheme)) == {STI.AttainmentScheme, STI.TrendScheme}


def test_a_printed_form_means_one_concept_of_a_scheme(concepts: Graph) -> None:
    """Within a scheme no form, preferred or alternative, stands for two concepts."""
    meaning: dict[tuple[object, str], set[object]] = {}
    for concept, scheme in concepts.subject_objects(SKOS.inScheme):
        for label in chain(concepts.objects(concept, SKOS.prefLabel), concepts.objects(concept, SKOS.altLabel)):
            meaning.setdefault((scheme, str(label)), set()).add(concept)
    assert {key: found for key, found in meaning.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    ("printed", "concept"),
    [
        ("当初予算", STI.Initial),
        ("概算要求", STI.Request),
        ("執行額", STI.Executed),
        ("達成見込み", STI.OnTrack),
        ("課題あり", STI.AtRisk),
        ("主要指標", STI.HeadlineIndicator),
        ("閣議決定", STI.CabinetDecision),
        ("停滞", STI.Flat),
        ("予算額(案)", STI.Draft),
        ("補正予算額", STI.Supplementary),
    ],
)
def test_printed_form_is_known(printed: str, concept: URIRef, concepts: Graph) -> None:
    """Forms that the pages print lead to their concept."""
    label = Literal(printed, lang="ja")
    assert {*concepts.subjects(SKOS.prefLabel, label), *concepts.subjects(SKOS.altLabel, label)} == {concept}


def test_no_two_concepts_are_one(concepts: Graph) -> None:
    """The list of distinct individuals is complete, so that functional properties have teeth."""
    axiom = concepts.value(predicate=RDF.type, object=OWL.AllDifferent)
    assert axiom is not None
    members = concepts.value(axiom, OWL.distinctMembers)
    assert members is not None
    assert sorted(map(str, Collection(concepts, members))) == list(map(str, CONCEPTS))


@pytest.mark.parametrize("property_", SCHEME_OF, ids=lambda property_: str(property_).rsplit("#", 1)[1])
def test_shapes_repeat_the_scheme(property_: URIRef, concepts: Graph, shapes: Graph) -> None:
    """sh:in of the main shape of a property lists the concepts of its scheme, neither more nor fewer."""
    scheme = {concept for concept in concepts.subjects(SKOS.inScheme, SCHEME_OF[property_])}
    lists = [
        set(Collection(shapes, values))
        for shape in shapes.subjects(SH.path, property_)
        for values in shapes.objects(shape, SH["in"])
    ]
    assert scheme in lists, f"no sh:in for {property_} equals its scheme"


@pytest.mark.parametrize(("variable", "root"), [("documentClass", "PolicyDocument"), ("factClass", "Fact")])
def test_queries_list_all_subclasses(variable: str, root: str, terms: Graph) -> None:
    """Class lists in the quality queries (quicker than walking up) hold every subclass."""
    expected = {str(c).rsplit("#", 1)[1] for c in terms.subjects(RDFS.subClassOf, STI[root])}
    if root != "Fact":
        expected.add(root)
    found = [
        set(re.findall(r"sti:(\w+)", match))
        for path in (ONTOLOGY / "qc").glob("*.rq")
        for match in re.findall(rf"VALUES \?{variable} {{([^}}]*)}}", path.read_text(encoding="utf-8"))
    ]
    assert found and all(names == expected for names in found)


def test_named_classes_in_queries(terms: Graph) -> None:
    """The list of catalogued classes holds every class that is no fact."""
    facts = {STI.Fact, *terms.subjects(RDFS.subClassOf, STI.Fact)}
    own = {c for c in terms.subjects(RDF.type, OWL.Class) if str(c).startswith(str(STI))}
    expected = {str(c).rsplit("#", 1)[1] for c in own - facts}
    for name in ("missing-label", "shared-label"):
        match = re.search(r"VALUES \?class {([^}]*)}", (ONTOLOGY / "qc" / f"{name}.rq").read_text(encoding="utf-8"))
        assert match and set(re.findall(r"sti:(\w+)", match[1])) == expected
