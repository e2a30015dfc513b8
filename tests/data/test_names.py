"""A name that people type means one thing; where it means two, shared_names.csv says why."""

import csv
from collections.abc import Iterable
from pathlib import Path

from rdflib import RDF, SKOS, Graph, Literal, URIRef
from tests.data.conftest import Curated

from stigraph.japanese import fold
from stigraph.vocab import STI, curie

# What the command line takes a name for; facts (events, results, statements …) are asked for by other words.
TYPED = {
    URIRef(STI + name)
    for name in (
        *("PolicyDocument", "Plan", "Strategy", "Recommendation", "Law", "Communique", "Guideline", "Report"),
        *("Objective", "Programme", "Project", "Indicator"),
        *("Organization", "Ministry", "FundingAgency", "Council", "ResearchInstitution", "Company"),
        *("InternationalOrganization", "Partner", "Country", "CountryGroup", "CooperationFramework"),
    )
}
NAMING = (SKOS.prefLabel, SKOS.altLabel, SKOS.notation)


def shared_names(graphs: Iterable[Graph]) -> dict[str, dict[str, set[str]]]:
    """Give each key that more than one thing answers to, and the names by which each does."""
    union = Graph()
    for graph in graphs:
        union += graph
    keys: dict[str, dict[str, set[str]]] = {}
    for thing in set(union.subjects(RDF.type)):
        if TYPED & set(union.objects(thing, RDF.type)):
            for name in (value for naming in NAMING for value in union.objects(thing, naming)):
                keys.setdefault(fold(str(name)), {}).setdefault(curie(str(thing)), set()).add(str(name))
    return {key: bearers for key, bearers in keys.items() if len(bearers) > 1}


def allowed() -> dict[str, set[str]]:
    with (Path(__file__).parent / "shared_names.csv").open(encoding="utf-8", newline="") as rows:
        listed = list(csv.DictReader(rows))
    assert all(row["reason"] for row in listed), "each row of shared_names.csv gives its reason"
    return {row["key"]: set(row["things"].split()) for row in listed}


def test_no_name_means_two_things_without_a_reason(curated: Curated) -> None:
    known = allowed()
    faults = [
        f"“{key}”: "
        + ", ".join(f"{thing} ({'; '.join(sorted(names))})" for thing, names in sorted(bearers.items()))
        + ". Merge them if they are one thing, take the name from one of them, or give the reason in shared_names.csv."
        for key, bearers in sorted(shared_names(curated.values()).items())
        if set(bearers) != known.get(key)
    ]
    assert not faults, "\n".join(faults)


def test_every_reason_is_still_needed(curated: Curated) -> None:
    shared = shared_names(curated.values())
    idle = [key for key, things in allowed().items() if set(shared.get(key, {})) != things]
    assert not idle, f"shared_names.csv lists names that are no longer shared so; remove or correct the rows {idle}"


def test_a_shared_name_is_noticed_across_spellings() -> None:
    graph = Graph()
    for number, name in enumerate(("第６期基本計画", "第六期 基本計画", "第5期基本計画")):
        thing = URIRef(f"https://w3id.org/stigraph/id/document/d{number}")
        graph.add((thing, RDF.type, URIRef(STI + "Plan")))
        graph.add((thing, SKOS.prefLabel, Literal(name, lang="ja")))
    assert [set(bearers) for bearers in shared_names([graph]).values()] == [{"document:d0", "document:d1"}]
