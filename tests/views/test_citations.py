"""The view of which documents cite which."""

import pytest
from tests.views.asking import text_of

import stigraph
from stigraph.errors import NameNotFoundError, UsageError
from stigraph.views.citations import citations
from stigraph.views.model import View
from stigraph.vocab import ID

_SOURCE, _DOCUMENT = ID + "source/", ID + "document/"
_OWN = f"FILTER(STRAFTER(STR(?source), '{_SOURCE}') != STRAFTER(STR(?document), '{_DOCUMENT}'))"
_PAGES = f"""SELECT ?source ?document (COUNT(DISTINCT ?s) AS ?n) WHERE {{
  GRAPH ?source {{ ?s sti:statedIn ?document }} {_OWN} }} GROUP BY ?source ?document"""
_WORKS = """SELECT ?source ?document (COUNT(DISTINCT ?s) AS ?n) WHERE {
  ?source sti:cites ?s . ?s sti:statedIn ?document . FILTER(STRSTARTS(STR(?source), STR(document:)))
} GROUP BY ?source ?document"""
_FIGURES = f"""SELECT ?source ?document (COUNT(DISTINCT ?i) AS ?n) WHERE {{
  GRAPH ?source {{ ?i dcterms:source ?document }} ?i a sti:Indicator .
  FILTER(STRSTARTS(STR(?document), '{_DOCUMENT}')) {_OWN} }} GROUP BY ?source ?document"""


def _ask(store: stigraph.Store, *texts: str) -> dict[tuple[str, str], float]:
    rows = [row for text in texts for row in stigraph.query(store, text).rows]
    return {(text_of(row[0]), text_of(row[1])): float(text_of(row[2])) for row in rows}


def _weights(view: View, predicate: str) -> dict[tuple[str, str], float]:
    edges = view.edges(keys=True, data=True)
    return {(source, target): data["weight"] for source, target, key, data in edges if key == predicate}


def test_passages_are_counted_as_sparql_counts_them(store: stigraph.Store) -> None:
    view = citations(store)
    assert _weights(view, "sti:cites") == _ask(store, _PAGES, _WORKS)
    assert _weights(view, "dcterms:source") == _ask(store, _FIGURES)
    assert len(_ask(store, _WORKS)) == 3


def test_the_sentence_counts_documents_and_passages(store: stigraph.Store) -> None:
    view = citations(store)
    citing, cited = {source for source, _ in view.edges()}, {target for _, target in view.edges()}
    passages = {
        item["statement"] for *_, key, data in view.edges(keys=True, data=True) if key == "sti:cites"
        for item in data["evidence"]
    }  # fmt: skip
    sentence = view.graph["sentence"]
    assert sentence["en"] == (
        f"Documents that cite: {len(citing)}, documents cited: {len(cited)}, passages: {len(passages)}, "
        "indicators whose figures come from them: 65."
    )
    assert (len(citing), len(cited), len(passages)) == (8, 54, 306)
    assert sentence["ja"] == "8の資料・文書が54の文書を、記述306か所と指標65件の出典で引いている。"


def test_each_passage_of_an_edge_is_its_evidence(store: stigraph.Store) -> None:
    view = citations(store)
    edge = view.edges[_SOURCE + "aspire-review-sheet-fy2023", _DOCUMENT + "basic-plan-6", "sti:cites"]
    assert edge["caption"] == {"ja": "2箇所", "en": "2 passages"}
    assert {item["locator"] for item in edge["evidence"]} == {"L98-L101", "L466"}
    for *_, key, data in view.edges(keys=True, data=True):
        if key == "sti:cites":
            assert len({item["statement"] for item in data["evidence"]}) == data["weight"]
            assert all(item["quote"] for item in data["evidence"])


def test_a_page_does_not_cite_itself(store: stigraph.Store) -> None:
    view = citations(store)
    assert not view.has_edge(_SOURCE + "basic-plan-6-monitoring-2024", _DOCUMENT + "basic-plan-6-monitoring-2024")


def test_what_is_cited_stands_left_of_what_cites(store: stigraph.Store) -> None:
    view = citations(store)
    assert all(view.nodes[target]["layer"] < view.nodes[source]["layer"] for source, target in view.edges())


@pytest.mark.parametrize("name", ["6th Basic Plan", "004", "document/comprehensive-knowledge-interim-2022"])
def test_one_document_is_shown_in_both_roles(store: stigraph.Store, name: str) -> None:
    whole, view = citations(store), citations(store, name)
    root = view.graph["root"]
    wanted = {edge for edge in whole.edges(keys=True) if root in edge}
    assert set(view.edges(keys=True)) == wanted
    assert wanted
    assert max(view, key=lambda iri: view.nodes[iri]["weight"]) == root


def test_a_document_that_nothing_cites_stands_alone(store: stigraph.Store) -> None:
    view = citations(store, "7th Basic Plan")
    assert list(view) == [_DOCUMENT + "basic-plan-7"]
    assert view.graph["sentence"]["en"].endswith("no citation is found.")


def test_what_is_no_document_is_refused(store: stigraph.Store) -> None:
    with pytest.raises(UsageError, match="give a source or a policy document"):
        citations(store, "SICORP")
    with pytest.raises(NameNotFoundError):
        citations(store, "no such document")
