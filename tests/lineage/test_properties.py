"""What holds for every answer over the whole curated graph."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import stigraph
from stigraph.lineage import Lineage

_PROGRAMMES = ("sti:Programme", "sti:Project")
_DOCUMENTS = (
    *("sti:PolicyDocument", "sti:Plan", "sti:Strategy", "sti:Recommendation", "sti:Law", "sti:Communique"),
    *("sti:Guideline", "sti:Report"),
)
_STEPS = {
    *("sti:cites", "sti:statedIn", "sti:underObjective", "sti:contributesTo", "sti:implements", "sti:measures"),
    *("dcterms:isPartOf", "^sti:agency", "^sti:ministry"),
}


@pytest.fixture(scope="module")
def ups(store: stigraph.Store) -> Mapping[str, Lineage]:
    """The answer of every programme, project, statement, objective, indicator and document, upwards."""
    things = store.of_type(*_PROGRAMMES, "sti:Statement", "sti:Objective", "sti:Indicator", *_DOCUMENTS)
    return {thing.iri: stigraph.lineage(store, thing.iri) for thing in things}


@pytest.fixture(scope="module")
def downs(store: stigraph.Store) -> Mapping[str, Lineage]:
    """The answer of every document and objective, downwards."""
    things = store.of_type(*_DOCUMENTS, "sti:Objective")
    return {thing.iri: stigraph.lineage(store, thing.iri, down=True) for thing in things}


def _asked_of_its_whole(answer: Lineage) -> bool:
    first = {edge.predicate for edge in answer.edges if edge.source == answer.root}
    return first == {"dcterms:isPartOf"} and answer.nodes[answer.root].type != "sti:Objective"


def test_there_is_enough_to_speak_of_every_answer(ups: Mapping[str, Lineage], downs: Mapping[str, Lineage]) -> None:
    assert sum(bool(answer.edges) for answer in ups.values()) > 300
    assert sum(bool(answer.edges) for answer in downs.values()) > 50


def test_nothing_is_its_own_ancestor(ups: Mapping[str, Lineage], downs: Mapping[str, Lineage]) -> None:
    whole = nx.DiGraph()
    for answer in (*ups.values(), *downs.values()):
        assert answer.root not in {edge.target if answer.direction == "up" else edge.source for edge in answer.edges}
        whole.add_edges_from((edge.source, edge.target) for edge in answer.edges)
    assert nx.is_directed_acyclic_graph(whole)


def test_up_is_the_reverse_of_down(ups: Mapping[str, Lineage], downs: Mapping[str, Lineage]) -> None:
    for iri, answer in ups.items():
        if _asked_of_its_whole(answer):
            continue
        for target in answer.nodes.keys() & downs.keys():
            assert iri in downs[target].nodes, f"{iri} reaches {target}, which does not know of it"
    for iri, answer in downs.items():
        for source in answer.nodes.keys() & ups.keys():
            assert iri in ups[source].nodes, f"{iri} is said to carry {source}, which does not reach it"


def test_an_answer_holds_its_root_and_the_ends_of_its_edges_and_nothing_else(
    ups: Mapping[str, Lineage], downs: Mapping[str, Lineage]
) -> None:
    for answer in (*ups.values(), *downs.values()):
        ends = {end for edge in answer.edges for end in (edge.source, edge.target)}
        assert set(answer.nodes) == ends | {answer.root}
        graph = nx.DiGraph([(edge.source, edge.target) for edge in answer.edges])
        graph.add_node(answer.root)
        reached = nx.descendants(graph, answer.root) if answer.direction == "up" else nx.ancestors(graph, answer.root)
        assert set(answer.nodes) == reached | {answer.root}


def test_the_steps_are_those_of_lineage(ups: Mapping[str, Lineage], downs: Mapping[str, Lineage]) -> None:
    taken = {edge.predicate for answer in (*ups.values(), *downs.values()) for edge in answer.edges}
    assert taken <= _STEPS


def test_no_programme_reaches_a_document_but_by_a_passage_or_an_objective(ups: Mapping[str, Lineage]) -> None:
    for answer in ups.values():
        for edge in answer.edges:
            if answer.nodes[edge.source].type in _PROGRAMMES:
                assert answer.nodes[edge.target].type in {"sti:Statement", "sti:Objective", *_PROGRAMMES}, edge


def test_every_edge_says_who_shows_it_and_where(
    store: stigraph.Store, ups: Mapping[str, Lineage], downs: Mapping[str, Lineage]
) -> None:
    sources = {thing.iri for thing in store.of_type("sti:Source")}
    wanting = set()
    for answer in (*ups.values(), *downs.values()):
        for edge in answer.edges:
            assert edge.evidence, edge
            for shown in edge.evidence:
                assert shown.document in sources
                if not (shown.statement and shown.locator and shown.basis and shown.quote):
                    wanting.add((edge.source, edge.predicate, edge.target, shown))
                assert shown.basis in {None, "Stated", "Inferred", "BackgroundKnowledge", "Extracted"}
                if shown.basis == "Inferred" and edge.predicate == "sti:implements":
                    assert shown.notes, edge
    assert wanting == set()


def test_the_evidence_of_a_citation_is_the_statement_itself(ups: Mapping[str, Lineage]) -> None:
    for answer in ups.values():
        for edge in answer.edges:
            if edge.predicate == "sti:cites":
                assert {shown.statement for shown in edge.evidence} == {edge.target}
                assert {shown.quote for shown in edge.evidence} == {answer.nodes[edge.target].facts["quote"]}
            elif edge.predicate in {"sti:statedIn", "sti:underObjective"}:
                assert {shown.statement for shown in edge.evidence} == {edge.source}


def test_a_document_never_carries_out_one_that_came_after_it(store: stigraph.Store, ups: Mapping[str, Lineage]) -> None:
    for answer in ups.values():
        for edge in answer.edges:
            if edge.predicate == "sti:implements":
                earlier, later = (answer.nodes[end].facts.get("date") for end in (edge.target, edge.source))
                assert not (earlier and later) or earlier <= later, edge


def test_what_the_evidence_names_can_be_named(ups: Mapping[str, Lineage]) -> None:
    for answer in ups.values():
        named = {shown.document for edge in answer.edges for shown in edge.evidence}
        named |= {
            node.facts[key]
            for node in answer.nodes.values()
            for key in ("preparedFor", "supersededBy")
            if key in node.facts
        }
        for iri in named:
            for lang in ("ja", "en"):
                assert answer.word(iri, lang) != iri.rsplit("/", maxsplit=1)[-1]


_DAYS = st.dates(date(2015, 1, 1), date(2027, 12, 31)).map(str)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["SICORP", "SATREPS", "WPI", "科研費", "ASPIRE", "JST", "MEXT"]),
    days=st.tuples(_DAYS, _DAYS).map(sorted),
    hops=st.integers(1, 5),
    sources=st.lists(st.sampled_from(["000", "002", "004"]), unique=True),
    kinds=st.lists(st.sampled_from(["Quotation", "Declaration", "Finding", "Aim"]), unique=True),
)
def test_every_condition_only_takes_away(
    store: stigraph.Store, name: str, days: list[str], hops: int, sources: list[str], kinds: list[str]
) -> None:
    def steps(**conditions: Any) -> set[tuple[str, str, str]]:
        answer = stigraph.lineage(store, name, **conditions)
        return {(edge.source, edge.target, edge.predicate) for edge in answer.edges}

    every = steps()
    assert steps(as_of=days[0]) <= steps(as_of=days[1]) <= every
    assert steps(max_hops=hops) <= steps(max_hops=hops + 1) <= every
    assert steps(sources=sources) <= every
    assert steps(kinds=kinds) <= every
    assert steps(sources=sources, kinds=kinds, as_of=days[0], max_hops=hops) <= steps(sources=sources) & steps(
        kinds=kinds
    )
    assert every <= steps(parts=True)
