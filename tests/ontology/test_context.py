"""The JSON-LD context knows every term, and data written with it comes back the same."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.compare import isomorphic

ONTOLOGY = Path(__file__).resolve().parents[2] / "ontology"
NS = "https://w3id.org/stigraph/ns#"
GOOD = Path(__file__).resolve().parent / "good.trig"


@pytest.fixture(scope="module")
def context() -> dict[str, Any]:
    """Return the entries of the context."""
    loaded = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))
    entries: dict[str, Any] = loaded["@context"]
    return entries


def target(entries: dict[str, Any], key: str) -> str:
    """Return the IRI that a key of the context stands for."""
    entry = entries[key]
    iri = str(entry["@id"] if isinstance(entry, dict) else entry)
    prefix, _, name = iri.partition(":")
    return str(entries[prefix]) + name if prefix in entries and not name.startswith("//") else iri


def test_context_covers_every_term(context: dict[str, Any], terms: Graph, concepts: Graph) -> None:
    """Each class, property, scheme and concept has a key, and no key leads to a term that is not there."""
    keyed = {iri for key in context if (iri := target(context, key)).startswith(NS)} - {NS}
    defined = {str(s) for s in (terms + concepts).subjects() if isinstance(s, URIRef) and str(s).startswith(NS)}
    assert keyed == defined


def test_context_has_a_prefix_for_each_kind(context: dict[str, Any]) -> None:
    """The prefixes are those of the Turtle files."""
    turtle = dict(re.findall(r"^@prefix (\w+): <(.+)> \.$", GOOD.read_text(encoding="utf-8"), re.MULTILINE))
    for prefix, iri in turtle.items():
        if prefix != "xsd":
            assert target(context, prefix) == iri, prefix
    assert context["@version"] == 1.1


def test_document_written_with_short_names(context: dict[str, Any]) -> None:
    """Short names, concept names and language maps mean what the Turtle says."""
    document = {
        "@context": context,
        "id": "budget:d001-sicorp-2023-initial",
        "type": "BudgetLine",
        "prefLabel": {"ja": "予算額", "en": "budget"},
        "sti:programme": "programme:sicorp",
        "phase": "Initial",
        "amount": 1073000000,
        "isEstimate": True,
        "asPrinted": "1,073百万円",
        "locator": "L358",
        "wasDerivedFrom": "source:mext-international-briefing-2023",
        "basis": "Stated",
    }
    found = Graph().parse(data=json.dumps(document), format="json-ld")
    wanted = Graph().parse(
        format="turtle",
        data="""
        @prefix sti: <https://w3id.org/stigraph/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix prov: <http://www.w3.org/ns/prov#> .
        @prefix source: <https://w3id.org/stigraph/id/source/> .
        <https://w3id.org/stigraph/id/budget/d001-sicorp-2023-initial> a sti:BudgetLine ;
          skos:prefLabel "予算額"@ja , "budget"@en ;
          sti:programme <https://w3id.org/stigraph/id/programme/sicorp> ;
          sti:phase sti:Initial ; sti:amount 1073000000 ; sti:isEstimate true ;
          sti:asPrinted "1,073百万円" ; sti:locator "L358" ; sti:basis sti:Stated ;
          prov:wasDerivedFrom source:mext-international-briefing-2023 .
        """,
    )
    assert isomorphic(found, wanted)


def test_good_example_comes_back(context: dict[str, Any], good: Graph) -> None:
    """Turtle to JSON-LD and back loses nothing."""
    good.bind("sti", Namespace(NS))
    written = good.serialize(format="json-ld", context=context)
    assert isomorphic(Graph().parse(data=written, format="json-ld"), good)
