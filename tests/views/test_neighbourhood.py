"""The view of what is around a thing."""

import pytest
from tests.views.asking import text_of

import stigraph
from stigraph.errors import AmbiguousNameError, NameNotFoundError, UsageError
from stigraph.views.neighbourhood import neighbourhood
from stigraph.vocab import ID

_SICORP = ID + "programme/sicorp"


def test_all_that_sparql_finds_beside_sicorp_is_around_it(store: stigraph.Store) -> None:
    rows = stigraph.query(
        store,
        """SELECT DISTINCT ?x {
          { programme:sicorp ?p ?x } UNION { ?x ?p programme:sicorp }
          ?x a ?type . FILTER(?type != sti:Record) FILTER(STRSTARTS(STR(?x), STR(id:)))
          FILTER(?p NOT IN (rdf:type, prov:wasDerivedFrom, sti:records, sti:recordsValue))
        }""",
    ).rows
    view = neighbourhood(store, "SICORP")
    assert set(view) - {_SICORP} == {text_of(row[0]) for row in rows}
    assert f"({len(rows)})" in view.graph["sentence"]["en"]


def test_things_at_the_rim_show_how_they_are_tied_to_each_other(store: stigraph.Store) -> None:
    view = neighbourhood(store, "SICORP")
    part, jst = ID + "programme/sicorp-joint-laboratory", ID + "organization/jst"
    assert view.has_edge(part, _SICORP, "dcterms:isPartOf")
    rim = [(source, target, key) for source, target, key in view.edges(keys=True) if _SICORP not in (source, target)]
    assert rim
    for source, target, key in rim:
        numbers = [store.number(iri) for iri in (source, target)]
        facts = store.facts_of([number for number in numbers[:1] if number is not None], [key])
        assert numbers[1] in {fact.object for fact in facts}
    assert jst in view


def test_each_step_reaches_further(store: stigraph.Store) -> None:
    near, far = (neighbourhood(store, "SICORP", hops=hops) for hops in (1, 2))
    assert set(near) < set(far)
    assert set(near.edges(keys=True)) < set(far.edges(keys=True))
    assert all(set(far.to_undirected()[iri]) & set(near) for iri in set(far) - set(near))
    assert "2 steps" in far.graph["sentence"]["en"]
    assert "2歩" in far.graph["sentence"]["ja"]


def test_the_nearer_weighs_more(store: stigraph.Store) -> None:
    view = neighbourhood(store, "SICORP", hops=2)
    assert max(view, key=lambda iri: view.nodes[iri]["weight"]) == _SICORP
    near = neighbourhood(store, "SICORP")
    by_type: dict[str, list[list[float]]] = {}
    for iri, data in view.nodes(data=True):
        if iri != _SICORP:
            by_type.setdefault(data["type"], [[], []])[iri not in near].append(data["weight"])
    assert all(min(first) > max(second) for first, second in by_type.values() if first and second)


def test_neither_concepts_nor_records_tie_everything_to_everything(store: stigraph.Store) -> None:
    view = neighbourhood(store, "SICORP", hops=3)
    types = {data["type"] for _, data in view.nodes(data=True)}
    assert not {"sti:Record", "sti:Source"} & types
    assert not {type_ for type_ in types if type_.startswith("owl:")}


def test_a_discrepancy_is_beside_what_it_is_about(store: stigraph.Store) -> None:
    rows = stigraph.query(store, "SELECT ?d { ?d a sti:Discrepancy ; sti:subject document:basic-plan-6 }").rows
    view = neighbourhood(store, "6th Basic Plan")
    assert rows
    assert all(view.has_edge(text_of(row[0]), view.graph["root"], "sti:subject") for row in rows)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sti:Quotation", "SELECT ?s { ?s sti:statementKind sti:Quotation }"),
        ("sti:Programme", "SELECT ?s { ?s a sti:Programme }"),
        (
            "source/aspire-review-sheet-fy2023",
            "SELECT ?s { ?s prov:wasDerivedFrom <https://w3id.org/stigraph/id/source/aspire-review-sheet-fy2023> ; "
            "a ?t FILTER(?t != sti:Record) FILTER(STRSTARTS(STR(?t), STR(sti:))) }",
        ),
    ],
)
def test_a_concept_a_class_and_a_source_have_what_bears_them_around(
    store: stigraph.Store, name: str, text: str
) -> None:
    name = name.replace("sti:", "https://w3id.org/stigraph/ns#")
    view = neighbourhood(store, name)
    found = {text_of(row[0]) for row in stigraph.query(store, text).rows}
    assert found <= set(view)
    assert len(view) <= len(found) + 1


def test_what_cannot_be_asked_is_refused(store: stigraph.Store) -> None:
    with pytest.raises(UsageError, match="at least 1"):
        neighbourhood(store, "SICORP", hops=0)
    with pytest.raises((NameNotFoundError, AmbiguousNameError)):
        neighbourhood(store, "no such thing")
