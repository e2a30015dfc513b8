"""The view of what is missing between policy and programmes."""

from tests.views.asking import ask, flagged, text_of

import stigraph
from stigraph.query.library import named_query
from stigraph.views.gaps import gaps
from stigraph.vocab import ID


def test_silent_programmes_are_those_that_sparql_finds(store: stigraph.Store) -> None:
    view = gaps(store)
    silent = ask(store, named_query("programmes-citing-nothing").text)
    above = "EXISTS { ?p dcterms:isPartOf+ ?whole . ?whole sti:cites ?x }"
    below = "EXISTS { ?part dcterms:isPartOf+ ?p . ?part sti:cites ?y }"
    without = "SELECT ?p {{ ?p a sti:Programme . FILTER NOT EXISTS {{ ?p sti:cites ?s }} FILTER({}) }}"
    nothing = ask(store, without.format(f"!{above} && !{below}"))
    whole = ask(store, without.format(above))
    parts = ask(store, without.format(f"!{above} && {below}"))
    assert flagged(view, "cites-nothing") == nothing
    assert flagged(view, "only-through-the-whole") == whole
    assert flagged(view, "only-through-its-parts") == parts
    assert nothing | whole | parts == silent
    assert (len(nothing), len(whole), len(parts)) == (18, 55, 3)
    for iri in whole:
        assert any(key == "dcterms:isPartOf" for *_, key in view.out_edges(iri, keys=True))


def test_uncited_passages_are_policy_and_not_cited(store: stigraph.Store) -> None:
    view = gaps(store)
    expected = ask(
        store,
        """SELECT DISTINCT ?s { ?s sti:statedIn ?d ; sti:statementKind ?k .
        FILTER(?k NOT IN (sti:Background, sti:Finding))
        FILTER NOT EXISTS { ?d sti:monitors ?plan }
        FILTER NOT EXISTS { ?c sti:cites ?s . ?c a ?type VALUES ?type { sti:Programme sti:Project } } }""",
    )
    assert flagged(view, "uncited") == expected
    assert len(expected) == 148
    assert ID + "document/basic-plan-6-monitoring-2024" not in view


def test_links_by_inference_are_those_of_the_named_query(store: stigraph.Store) -> None:
    view = gaps(store)
    rows = stigraph.query(store, named_query("links-by-inference-only").text).rows
    expected = {(text_of(row[0]), text_of(row[3])) for row in rows}
    inferred = {
        (source, target)
        for source, target, key, data in view.edges(keys=True, data=True)
        if key == "sti:cites" and {item["basis"] for item in data["evidence"]} == {"Inferred"}
    }
    programmes = {(source, target) for source, target in inferred if view.nodes[source]["type"] == "sti:Programme"}
    assert programmes == expected
    assert {source for source, _ in inferred} == flagged(view, "by-inference")


def test_only_superseded_means_that_no_plan_in_force_is_reached(store: stigraph.Store) -> None:
    reaching = """SELECT DISTINCT ?c {{ {{ ?c a sti:Programme }} UNION {{ ?c a sti:Project }}
        ?c sti:cites/(sti:statedIn|(sti:underObjective/dcterms:isPartOf+))/sti:implements* ?plan . ?plan a sti:Plan .
        FILTER {} {{ ?later dcterms:replaces ?plan {} }} }}"""
    for as_of, when, count in ((None, "", 65), ("2024", "FILTER(?later != document:basic-plan-7)", 1)):
        view = gaps(store, as_of=as_of)
        old = ask(store, reaching.format("EXISTS", when))
        current = ask(store, reaching.format("NOT EXISTS", when))
        citing = {iri for iri in flagged(view, "only-superseded") if "/document/" not in iri}
        assert citing == old - current
        assert len(citing) == count


def test_strategies_of_a_superseded_plan_are_flagged(store: stigraph.Store) -> None:
    documents = {iri for iri in flagged(gaps(store, as_of="2024"), "only-superseded") if "/document/" in iri}
    assert documents == ask(store, "SELECT ?d { ?d sti:implements document:basic-plan-5 }")


def test_only_real_things_stand_in_the_picture_each_in_a_column_of_its_kind(store: stigraph.Store) -> None:
    view = gaps(store)
    for iri, data in view.nodes(data=True):
        assert store.number(iri) is not None
        assert data["flags"] or view.degree(iri)
    for source, target in view.edges():
        assert view.nodes[target]["layer"] < view.nodes[source]["layer"], (source, target)


def test_the_sentence_gives_the_count_of_each_gap(store: stigraph.Store) -> None:
    view = gaps(store)
    for flag in (
        "cites-nothing",
        "only-through-the-whole",
        "only-through-its-parts",
        "uncited",
        "by-inference",
        "only-superseded",
    ):
        count = len(flagged(view, flag))
        assert f"({count})" in view.graph["sentence"]["en"], flag
        assert str(count) in view.graph["sentence"]["ja"], flag
        assert view.graph["words"][flag]["ja"]
