"""What a query gives, as a graph."""

import pytest

import stigraph
from stigraph.query import query
from stigraph.views import View
from stigraph.views.result import result

ID = "https://w3id.org/stigraph/id/"


def drawn(store: stigraph.Store, text: str) -> View:
    return result(store, query(store, text))


def test_the_triples_of_a_construct_are_the_edges_and_carry_the_evidence_of_the_store(store: stigraph.Store) -> None:
    text = "CONSTRUCT WHERE { programme:sicorp sti:cites ?s . ?s sti:statedIn ?d }"
    view = drawn(store, text)
    triples = query(store, text).triples
    assert triples is not None
    assert {(source, target, key) for source, target, key in view.edges(keys=True)} == {
        (triple.subject.value, triple.object.value, "sti:" + triple.predicate.value.rsplit("#")[-1])  # type: ignore[union-attr]
        for triple in triples
    }
    shown = view.edges[ID + "programme/sicorp", ID + "statement/d001-l370", "sti:cites"]["evidence"]
    assert [(item["locator"], item["document"]) for item in shown] == [
        ("L370-L373", ID + "source/mext-international-briefing-2023")
    ]
    assert view.nodes[ID + "programme/sicorp"]["labels"]["ja"] == "戦略的国際共同研究プログラム"
    assert "SICORP" in view.nodes[ID + "programme/sicorp"]["names"]


def test_a_made_up_triple_of_a_construct_has_no_evidence(store: stigraph.Store) -> None:
    view = drawn(store, "CONSTRUCT { ?p sti:traces ?d } WHERE { ?p sti:cites/sti:statedIn ?d }")
    assert {data["predicate"] for *_, data in view.edges(data=True)} == {"sti:traces"}
    assert all(data["evidence"] == [] for *_, data in view.edges(data=True))


def test_rows_tie_each_thing_to_the_next_and_tell_texts_of_the_thing_before(store: stigraph.Store) -> None:
    view = drawn(
        store,
        "SELECT ?p ?y ?a WHERE { VALUES ?p {programme:sicorp} ?p sti:startFiscalYear ?y ; sti:agency ?a } ORDER BY ?a",
    )
    sicorp = ID + "programme/sicorp"
    assert set(view.edges(keys=True)) == {
        (sicorp, ID + "organization/amed", "p → a"),
        (sicorp, ID + "organization/jst", "p → a"),
    }
    assert view.nodes[sicorp]["facts"][0]["property"] == "y"
    assert view.nodes[sicorp]["facts"][0]["value"] == "2009"
    assert view.edges[sicorp, ID + "organization/jst", "p → a"]["evidence"], "the store has it as a fact"


def test_columns_called_s_p_o_are_triples(store: stigraph.Store) -> None:
    view = drawn(store, "SELECT ?s ?p ?o WHERE { VALUES ?s {programme:sicorp} VALUES ?p {sti:agency} ?s ?p ?o }")
    assert {key for *_, key in view.edges(keys=True)} == {"sti:agency"}


def test_texts_alone_are_nodes(store: stigraph.Store) -> None:
    view = drawn(store, 'SELECT ?kind ?n WHERE { VALUES (?kind ?n) { ("甲" 1) ("乙" 2) } }')
    assert sorted(data["label"] for _, data in view.nodes(data=True)) == ["乙", "甲"]
    assert [fact["value"] for _, data in sorted(view.nodes(data=True)) for fact in data["facts"]] == ["2", "1"]


def test_things_that_the_store_does_not_know_bear_the_end_of_their_iri_or_their_label(store: stigraph.Store) -> None:
    view = drawn(
        store,
        "CONSTRUCT { <http://example.org/a> <http://example.org/p> [] . <http://example.org/a> a sti:Plan ."
        ' <http://example.org/b/> rdfs:label "B"@en } WHERE {}',
    )
    assert view.nodes["http://example.org/a"]["label"] == "a"
    assert view.nodes["http://example.org/a"]["type"] == "sti:Plan"
    assert view.nodes["http://example.org/b/"]["labels"] == {"en": "B"}
    assert view.number_of_edges() == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ASK { programme:sicorp a sti:Programme }", "The answer is yes; there is nothing to draw."),
        ("ASK { programme:sicorp a sti:Plan }", "The answer is no; there is nothing to draw."),
        ("SELECT ?x WHERE { ?x a sti:Nothing }", "Nothing matches the query, so there is nothing to draw."),
        ("SELECT ?x WHERE { VALUES ?x {programme:sicorp} }", "1 thing and 0 links in 1 row of a query's result."),
    ],
)
def test_the_sentence_says_what_is_seen(store: stigraph.Store, text: str, said: str) -> None:
    assert drawn(store, text).graph["sentence"]["en"] == said


def test_unbound_cells_are_left_out(store: stigraph.Store) -> None:
    view = drawn(store, "SELECT ?p ?x ?d WHERE { VALUES ?p {programme:sicorp} OPTIONAL { ?p sti:nothing ?x, ?d } }")
    assert list(view.nodes) == [ID + "programme/sicorp"]
