"""The view of what traces to a plan."""

import pytest
from tests.views.asking import ask, flagged, text_of

import stigraph
from stigraph.errors import NameNotFoundError, UsageError
from stigraph.names import resolve
from stigraph.views.plan import plan
from stigraph.vocab import ID

_PLANS = ["document/basic-plan-5", "document/basic-plan-6", "document/integrated-innovation-strategy-2022"]
_CITERS = ("sti:Programme", "sti:Project")
_TRACING = """
SELECT DISTINCT ?{0} WHERE {{
  ?statement (sti:statedIn|(sti:underObjective/dcterms:isPartOf+))/sti:implements* {1} .
  ?citer sti:cites ?statement . {{ ?citer a sti:Programme }} UNION {{ ?citer a sti:Project }}
}}"""


@pytest.mark.parametrize("name", _PLANS)
def test_programmes_and_passages_are_those_that_sparql_finds(store: stigraph.Store, name: str) -> None:
    view = plan(store, name)
    iri = f"<{ID}{name}>"
    citers = ask(store, _TRACING.format("citer", iri))
    passages = ask(store, _TRACING.format("statement", iri))
    sentence = view.graph["sentence"]["en"]
    programmes = sum(view.nodes[citer]["type"] == "sti:Programme" for citer in citers)
    assert sentence.startswith(f"{programmes} programmes and {len(citers) - programmes} project")
    assert f"by {len(passages)} passages" in sentence
    assert all(set(view.successors(citer)) & passages for citer in citers)
    bodies = {source for source, _, key in view.edges(keys=True) if key in ("^sti:agency", "^sti:ministry")}
    assert f"programmes shown: {len(bodies)}" in sentence


@pytest.mark.parametrize("name", _PLANS)
def test_what_cites_an_edition_that_was_followed_alone_is_left_behind(store: stigraph.Store, name: str) -> None:
    view = plan(store, name)
    root = view.graph["root"]
    way = "" if root == ID + "document/basic-plan-6" else "FILTER(false)"
    current = ask(
        store,
        f"""SELECT DISTINCT ?citer {{ ?citer sti:cites ?s .
        {{ ?s sti:statedIn <{root}> }} UNION {{ ?s sti:underObjective/dcterms:isPartOf+ <{root}> {way} }}
        UNION {{ ?s sti:statedIn ?d . ?d sti:implements+ <{root}>
                FILTER NOT EXISTS {{ ?later dcterms:replaces ?d }} }} }}""",
    )
    citers = {iri for iri, data in view.nodes(data=True) if data["type"] in _CITERS}
    citing = {source for source, _, key in view.edges(keys=True) if key == "sti:cites" and source in citers}
    assert flagged(view, "only-superseded") == citing - current


def test_objectives_that_nothing_traces_to_are_orphans(store: stigraph.Store) -> None:
    plan_6 = f"<{ID}document/basic-plan-6>"
    objectives = ask(store, f"SELECT ?o {{ ?o dcterms:isPartOf+ {plan_6} ; a sti:Objective }}")
    reached = ask(
        store,
        f"""SELECT DISTINCT ?o {{ ?o dcterms:isPartOf+ {plan_6} ; a sti:Objective . ?below dcterms:isPartOf* ?o .
        {{ ?s sti:underObjective ?below . ?citer sti:cites ?s . ?citer a ?type }}
        UNION {{ ?citer sti:contributesTo ?below ; a ?type }}
        VALUES ?type {{ sti:Programme sti:Project }} }}""",
    )
    view = plan(store, "6th Basic Plan")
    orphans = {iri for iri in flagged(view, "orphan") if view.nodes[iri]["type"] == "sti:Objective"}
    assert objectives == {iri for iri, data in view.nodes(data=True) if data["type"] == "sti:Objective"}
    assert orphans == objectives - reached
    assert f"objectives none reaches: {len(orphans)} of {len(objectives)}" in view.graph["sentence"]["en"]
    assert (len(orphans), len(objectives)) == (14, 30)
    unused = {iri.rsplit("/")[-1] for iri in flagged(view, "orphan") - orphans}
    assert unused == {f"integrated-innovation-strategy-{year}" for year in (2021, 2023, 2024, 2025)}


def test_lowest_orphans_are_those_of_the_named_query(store: stigraph.Store) -> None:
    from stigraph.query.library import named_query

    found = _ask_named(store, named_query("objectives-without-programme").text)
    view = plan(store, "6th Basic Plan")
    wholes = {target for _, target, key in view.edges(keys=True) if key == "dcterms:isPartOf"}
    lowest = {iri for iri in flagged(view, "orphan") if view.nodes[iri]["type"] == "sti:Objective"} - wholes
    # The query asks for programmes alone; this picture counts projects too.
    assert lowest <= found


def _ask_named(store: stigraph.Store, text: str) -> set[str]:
    result = stigraph.query(store, text, bindings={"plan": ID + "document/basic-plan-6"})
    return {text_of(row[0]) for row in result.rows}


def test_bodies_stand_right_of_the_programmes_they_run(store: stigraph.Store) -> None:
    view = plan(store, "5th Basic Plan")
    jst, sicorp = ID + "organization/jst", ID + "programme/sicorp"
    assert view.has_edge(jst, sicorp, "^sti:agency")
    assert view.nodes[jst]["layer"] > view.nodes[sicorp]["layer"]
    assert view.edges[jst, sicorp, "^sti:agency"]["evidence"]


def test_a_part_without_a_body_is_shown_with_its_whole(store: stigraph.Store) -> None:
    view = plan(store, "objective/analysis-3-science-diplomacy")
    project, satreps = ID + "project/jica-2023-ghana-schistosomiasis", ID + "programme/satreps"
    assert view.has_edge(project, satreps, "dcterms:isPartOf")
    assert view.has_edge(ID + "organization/jst", satreps, "^sti:agency")


def test_links_say_of_which_kind_their_passage_is(store: stigraph.Store) -> None:
    view = plan(store, "6th Basic Plan")
    aspire = ID + "programme/aspire"
    kinds = {
        view.nodes[passage]["locator"]: data["caption"]["en"] for _, passage, data in view.out_edges(aspire, data=True)
    }
    assert (kinds["L98-L101"], kinds["L466"]) == ("declaration", "finding")
    captions = [data["caption"] for *_, key, data in view.edges(keys=True, data=True) if key == "sti:cites"]
    assert all(caption["ja"] and caption["en"] for caption in captions)
    chart = view.graph["charts"][0]
    counted = {series["role"]: sum(point["y"] for point in series["points"]) for series in chart["series"]}
    assert counted == {"Listing": 74, "Quotation": 7, "Declaration": 5, "Finding": 1}
    assert "(listing 74, quotation 7, declaration 5, finding 1)" in view.graph["sentence"]["en"]


def test_a_new_plan_shows_what_is_tied_to_the_old_ones_alone(store: stigraph.Store) -> None:
    view = plan(store, "7th Basic Plan")
    old = ask(store, _TRACING.format("citer", f"<{ID}document/basic-plan-6>"))
    old |= ask(store, _TRACING.format("citer", f"<{ID}document/basic-plan-5>"))
    assert flagged(view, "only-superseded") == old
    assert view.nodes[ID + "document/basic-plan-7"]["flags"] == ["orphan"]
    assert view.has_edge(ID + "document/basic-plan-7", ID + "document/basic-plan-6", "dcterms:replaces")


def test_kakenhi_is_tied_to_the_sixth_plan_by_an_older_edition_only(store: stigraph.Store) -> None:
    assert flagged(plan(store, "6th Basic Plan"), "only-superseded") == {ID + "programme/kakenhi"}


def test_the_plan_is_not_superseded_before_the_next_is_decided(store: stigraph.Store) -> None:
    now, then = (plan(store, "6th Basic Plan", as_of=day) for day in (None, "2026-03-26"))
    plan_6, plan_7 = ID + "document/basic-plan-6", ID + "document/basic-plan-7"
    assert plan_7 in now
    assert plan_7 not in then
    assert "superseded" in now.nodes[plan_6]["flags"]
    assert then.nodes[plan_6]["flags"] == []
    assert now.graph["sentence"]["en"].endswith(
        "it is followed by Seventh Science, Technology and Innovation Basic Plan."
    )


def test_a_recommendation_for_the_plan_is_no_way_to_it(store: stigraph.Store) -> None:
    assert ID + "document/plan-6-recommendation-2019" not in plan(store, "6th Basic Plan")


@pytest.mark.parametrize("name", [*_PLANS, "document/basic-plan-7", "objective/mext-international-chapter-fy2021"])
def test_every_step_leads_to_an_older_column(store: stigraph.Store, name: str) -> None:
    view = plan(store, name)
    for source, target in view.edges():
        assert view.nodes[target]["layer"] < view.nodes[source]["layer"], (source, target)


def test_what_is_no_plan_is_refused(store: stigraph.Store) -> None:
    with pytest.raises(UsageError, match="give a plan, a strategy"):
        plan(store, "SICORP")
    with pytest.raises(NameNotFoundError):
        plan(store, "第99期計画")
    assert resolve(store, "SICORP").type == "sti:Programme"
