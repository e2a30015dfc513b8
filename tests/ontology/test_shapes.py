"""The shapes pass what is right, and say of each wrong example the one thing that is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from rdflib import OWL, RDF, Graph, Literal, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

HERE = Path(__file__).resolve().parent
BAD = sorted((HERE / "bad").glob("*.ttl"))
ID = "https://w3id.org/stigraph/id/"
STI = "https://w3id.org/stigraph/ns#"


@dataclass(frozen=True, slots=True)
class Expected:
    """What the head of a bad example says: the faulty node, the severity, a part of the message."""

    node: URIRef
    severity: Node
    message: str


def expected(path: Path) -> Expected:
    """Read the head of a bad example."""
    head = dict(re.findall(r"^# (node|severity|message): (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE))
    return Expected(URIRef(ID + head["node"].replace(":", "/", 1)), SH[head["severity"]], head["message"])


def report(data: Graph, shapes: Graph, terms: Graph) -> Graph:
    """Validate data together with the terms, and return the report."""
    pyshacl = pytest.importorskip("pyshacl", reason="pyshacl is not installed: pip install 'stigraph[validate]'")
    _, found, _ = pyshacl.validate(data + terms, shacl_graph=shapes)
    assert isinstance(found, Graph)
    return found


@pytest.fixture(scope="module")
def bad_report(good: Graph, shapes: Graph, terms: Graph) -> Graph:
    """Validate all bad examples at once, next to the good one; their nodes have names of their own."""
    data = Graph() + good
    for path in BAD:
        data.parse(path)
    return report(data, shapes, terms)


def test_good_example_conforms(good: Graph, shapes: Graph, terms: Graph) -> None:
    """Not even advice is due on the good example."""
    found = report(good, shapes, terms)
    assert [str(message) for message in found.objects(None, SH.resultMessage)] == []


def test_good_example_has_one_of_each_class(good: Graph, terms: Graph) -> None:
    """No shape is passed for want of anything to look at."""
    abstract = {STI + name for name in ("Fact", "PolicyDocument", "Organization", "Partner")}
    classes = {str(c) for c in terms.subjects(RDF.type, OWL.Class) if str(c).startswith(STI)} - abstract
    assert classes - {str(c) for c in good.objects(None, RDF.type)} == set()


@pytest.mark.parametrize("path", BAD, ids=lambda path: str(path.stem))
def test_bad_example_is_caught(path: Path, bad_report: Graph) -> None:
    """One result on the node, of the expected severity, with the expected words, in both languages."""
    want = expected(path)
    results = list(bad_report.subjects(SH.focusNode, want.node))
    messages = {m for r in results for m in bad_report.objects(r, SH.resultMessage) if isinstance(m, Literal)}
    english = {str(message) for message in messages if message.language == "en"}
    assert any(want.message in message for message in english), f"not caught; found {sorted(english)}"
    assert len(english) == 1, f"more than expected: {sorted(english)}"
    assert [message.language for message in messages].count("ja") == 1
    assert {bad_report.value(r, SH.resultSeverity) for r in results} == {want.severity}


def test_bad_examples_do_not_share_nodes() -> None:
    """Examples are validated together, so that each needs a node of its own."""
    nodes = [expected(path).node for path in BAD]
    assert len(nodes) == len(set(nodes))


def test_every_constraint_speaks_both_languages(shapes: Graph) -> None:
    """Each constraint, on a property or a node, has one message in each language and a severity."""
    spoken = set(shapes.subjects(SH.message))
    assert set(shapes.objects(None, SH.property)) - spoken <= inner_shapes(shapes)
    for shape in spoken:
        languages = [str(m.language) for m in shapes.objects(shape, SH.message) if isinstance(m, Literal)]
        assert sorted(languages) == ["en", "ja"]
        assert shapes.value(shape, SH.severity) in {SH.Violation, SH.Warning, SH.Info}


def inner_shapes(shapes: Graph) -> set[Node]:
    """Return the property shapes inside sh:or and sh:not, whose outer shape speaks for them."""
    named = {shape for shape in shapes.subjects(RDF.type, SH.NodeShape)}
    return {p for s, p in shapes.subject_objects(SH.property) if s not in named}


def test_every_class_has_a_shape(shapes: Graph, terms: Graph) -> None:
    """Each class of the ontology is the target of a shape (sti:Fact by its subclasses)."""
    classes = {c for c in terms.subjects(RDF.type, OWL.Class) if str(c).startswith(STI)}
    assert classes - set(shapes.objects(None, SH.targetClass)) == {URIRef(STI + "Fact")}


def test_shapes_name_defined_terms_only(shapes: Graph, terms: Graph, concepts: Graph) -> None:
    """A misspelt term in a shape would never fire."""
    used = {str(t) for triple in shapes for t in triple if isinstance(t, URIRef) and str(t).startswith(STI)}
    assert used - {str(s) for s in (terms + concepts).subjects()} == set()


def test_every_message_has_a_bad_example(shapes: Graph) -> None:
    """A constraint without an example that breaks it may never fire."""
    fragments = [expected(path).message for path in BAD]
    messages = {str(m) for m in shapes.objects(None, SH.message) if isinstance(m, Literal) and m.language == "en"}
    assert {message for message in messages if not any(f in message for f in fragments)} == set()
