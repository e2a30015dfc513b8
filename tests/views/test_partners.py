"""Which programmes work with whom and when, against SPARQL over the same store."""

import pytest

import stigraph
from stigraph import views
from stigraph.errors import NameNotFoundError, UsageError
from stigraph.query import query
from stigraph.vocab import ID

PROGRAMME, PROJECT, PARTNER, BODY = (ID + kind for kind in ("programme/", "project/", "partner/", "organization/"))
JAPAN = PARTNER + "jp"


@pytest.fixture(scope="module")
def view(store: stigraph.Store) -> views.View:
    return views.partners(store)


def pairs(view: views.View, predicate: str) -> set[tuple[str, str]]:
    return {(source, target) for source, target, key in view.edges(keys=True) if key == predicate}


def asked(store: stigraph.Store, pattern: str) -> set[tuple[str, ...]]:
    rows = query(store, f"SELECT DISTINCT ?a ?b {{ {pattern} }}").rows
    return {(str(a).strip("<>"), str(b).strip("<>")) for a, b in rows}


@pytest.mark.parametrize("predicate", ["sti:partner", "sti:hasMember"])
def test_every_link_of_the_store_is_drawn_and_no_other(store: stigraph.Store, view: views.View, predicate: str) -> None:
    expected = {pair for pair in asked(store, f"?a {predicate} ?b") if pair[1] != JAPAN}
    assert pairs(view, predicate) == expected != set()


def test_the_parties_of_every_agreement_and_of_meetings_with_someone_from_abroad_are_drawn(
    store: stigraph.Store, view: views.View
) -> None:
    agreements = asked(store, "?a a sti:Agreement ; sti:party ?b")
    meetings = asked(
        store,
        """?a a sti:Event ; sti:party ?b . FILTER EXISTS {
        ?a sti:party ?abroad . ?abroad a ?class . FILTER(?abroad != partner:jp)
        FILTER(?class IN (sti:Country, sti:CountryGroup, sti:CooperationFramework, sti:InternationalOrganization)) }""",
    )
    assert pairs(view, "sti:party") == {pair for pair in agreements | meetings if pair[1] != JAPAN}
    headquarters = ID + "event/d002-l33"
    assert headquarters not in view  # a body of the Japanese state alone


def test_years_of_a_programme_are_the_fiscal_years_of_the_documents_that_print_the_link(
    store: stigraph.Store, view: views.View
) -> None:
    rows = query(
        store,
        """SELECT ?a ?b (GROUP_CONCAT(DISTINCT STR(?year); separator=" ") AS ?years) {
        GRAPH ?source { ?a sti:partner ?b } ?source sti:fiscalYear ?year . ?a a ?class
        FILTER(?class IN (sti:Programme, sti:Project)) } GROUP BY ?a ?b""",
    ).rows
    assert len(rows) > 80
    for a, b, years in rows:
        edge = view.edges[str(a).strip("<>"), str(b).strip("<>"), "sti:partner"]
        expected = sorted(map(int, str(years).strip('"').split()))
        assert edge["years"] == expected
        assert edge["caption"]["en"] == ", ".join(f"FY{year}" for year in expected)
        assert edge["caption"]["ja"] == "、".join(f"{year}年度" for year in expected)


@pytest.mark.parametrize(
    ("programme", "partner", "years"),
    [
        ("sicorp", "us", [2021]),
        ("sicorp", "de", [2021, 2023]),
        ("sicorp", "sg", [2023]),
        ("satreps", "th", [2021, 2023]),
        ("aspire", "g7", [2023]),
    ],
)
def test_known_links_and_their_years(view: views.View, programme: str, partner: str, years: list[int]) -> None:
    assert view.edges[PROGRAMME + programme, PARTNER + partner, "sti:partner"]["years"] == years


def test_a_result_tells_its_own_year_and_a_meeting_its_date(view: views.View) -> None:
    perovskite = view.edges[ID + "result/d001-l526", PARTNER + "fr", "sti:partner"]
    assert (perovskite["years"], perovskite["caption"]["en"]) == ([2021], "2021")
    assert not view.has_edge(PROGRAMME + "foreign-postdoctoral-fellowships", PARTNER + "br")
    summit = view.edges[ID + "event/d002-l171", PARTNER + "v4", "sti:party"]
    assert (summit["years"], summit["caption"]) == ([2018], {"ja": "2018年", "en": "2018"})


def test_what_has_no_year_takes_that_of_its_document_and_is_flagged(store: stigraph.Store, view: views.View) -> None:
    agreement = ID + "agreement/d001-l1400"
    assert view.edges[agreement, PARTNER + "us", "sti:party"]["caption"]["en"] == "FY2023"
    undated = asked(
        store,
        """?a a ?b . FILTER(?b IN (sti:Result, sti:Event, sti:Agreement))
        FILTER NOT EXISTS { ?a sti:year|sti:startsOn|sti:endsOn ?year }""",
    )
    flagged = {node for node, data in view.nodes(data=True) if "no-year" in data["flags"]}
    assert flagged == {a for a, _ in undated} & set(view)
    assert agreement in flagged


def test_a_member_is_reached_through_its_group_and_never_directly(view: views.View) -> None:
    slovakia = PARTNER + "sk"
    assert set(view.predecessors(slovakia)) == {PARTNER + "v4"}
    assert view.has_edge(PROGRAMME + "sicorp", PARTNER + "v4", "sti:partner")
    assert not view.has_edge(PROGRAMME + "sicorp", slovakia)
    flagged = {node.removeprefix(PARTNER) for node, data in view.nodes(data=True) if "through-group" in data["flags"]}
    assert flagged == {"cz", "sk"}  # Hungary and Poland also meet Japan by themselves


def test_groups_have_no_members_that_no_page_names(view: views.View) -> None:
    assert not [target for _, target, key in view.out_edges(PARTNER + "asean", keys=True) if key == "sti:hasMember"]
    assert JAPAN not in view


def test_every_link_has_evidence_at_a_place_and_its_years(view: views.View) -> None:
    for _, _, key, data in view.edges(keys=True, data=True):
        assert any(item["locator"] for item in data["evidence"]), key
        if not key.startswith("^"):
            assert data["years"] and data["caption"]["ja"] and data["caption"]["en"]


def test_labels_are_in_both_languages(view: views.View) -> None:
    assert all({"ja", "en"} <= set(data["labels"]) for _, data in view.nodes(data=True))
    assert view.nodes[BODY + "ukri"]["labels"]["en"] == "UK Research and Innovation"


def test_the_sentence_counts_what_is_drawn(view: views.View) -> None:
    types = [data["type"] for _, data in view.nodes(data=True)]
    links = sum(len(pairs(view, key)) for key in ("sti:partner", "sti:party", "sti:hasMember"))
    sentence = view.graph["sentence"]["en"]
    assert f"{types.count('sti:Programme')} programmes, {types.count('sti:Project')} projects" in sentence
    assert f"{types.count('sti:Country')} countries, {types.count('sti:CountryGroup')} groups" in sentence
    assert f"{types.count('sti:Result')} entries of results, {types.count('sti:Event')} entries of meetings" in sentence
    assert f"{links} links" in sentence and f"{links}のつながり" in view.graph["sentence"]["ja"]
    assert (types.count("sti:Country"), types.count("sti:CountryGroup"), links) == (31, 16, 176)


def test_programmes_and_partners_come_before_meetings_and_bodies(view: views.View) -> None:
    weight = {node: data["weight"] for node, data in view.nodes(data=True)}
    assert max(weight, key=lambda node: float(weight[node])) == PROGRAMME + "sicorp"
    around = [weight[node] for node in weight if node.startswith((BODY, ID + "event/", ID + "agreement/"))]
    assert max(around) < min(weight[node] for node in weight if node.startswith((PROGRAMME, PROJECT, PARTNER)))


def test_years_keep_the_links_of_those_years_and_their_evidence(store: stigraph.Store, view: views.View) -> None:
    early = views.partners(store, "SICORP", years=(2021, 2021))
    assert early.has_edge(PROGRAMME + "sicorp", PARTNER + "us", "sti:partner")
    assert PARTNER + "sg" not in early
    germany = early.edges[PROGRAMME + "sicorp", PARTNER + "de", "sti:partner"]
    assert germany["years"] == [2021]
    assert {item["document"].rsplit("/")[-1] for item in germany["evidence"]} == {
        "mext-international-budget-fy2021",
        "mext-international-draft-budget-fy2021",
    }
    both = views.partners(store, years=(2000, 2030))
    assert set(both.edges(keys=True)) == set(view.edges(keys=True))
    meetings = views.partners(store, years=(2018, 2018))
    assert {data["years"][0] for *_, data in meetings.edges(data=True) if "years" in data} == {2018}


def test_years_run_from_the_first_to_the_last(store: stigraph.Store) -> None:
    results = views.partners(store, "SICORP", years=(2021, 2023))
    assert results.edges[ID + "result/d001-l552", PARTNER + "vn", "sti:partner"]["years"] == [2022]
    assert results.edges[PROGRAMME + "sicorp", PARTNER + "de", "sti:partner"]["years"] == [2021, 2023]
    assert ID + "result/d001-l568" not in results  # of 2019
    assert "in 2021 to 2023 (calendar or fiscal)" in results.graph["sentence"]["en"]


def test_years_without_a_link_give_a_view_that_says_so(store: stigraph.Store) -> None:
    empty = views.partners(store, years=(1950, 1950))
    assert empty.number_of_edges() == 0
    assert empty.graph["sentence"]["en"] == "No document prints a link to a partner in 1950 (calendar or fiscal)."


def test_a_country_brings_what_works_with_it_and_its_groups(store: stigraph.Store) -> None:
    hungary = views.partners(store, "ハンガリー")
    assert hungary.graph["root"] == PARTNER + "hu"
    assert hungary.has_edge(PARTNER + "v4", PARTNER + "hu", "sti:hasMember")
    assert hungary.has_edge(PROGRAMME + "sicorp", PARTNER + "v4", "sti:partner")
    assert hungary.has_edge(PROJECT + "sicorp-v4-advanced-materials", ID + "event/d002-l173", "^sti:about")
    assert PARTNER + "pl" not in hungary and PARTNER + "de" not in hungary
    britain = views.partners(store, "United Kingdom")
    assert britain.has_edge(ID + "event/d001-l1328", BODY + "dsit", "sti:party")


def test_a_group_brings_the_members_that_pages_name(store: stigraph.Store) -> None:
    v4 = views.partners(store, "V4")
    assert {target.removeprefix(PARTNER) for _, target in pairs(v4, "sti:hasMember")} == {"cz", "hu", "pl", "sk"}


def test_a_programme_brings_its_projects_results_and_partners(store: stigraph.Store, view: views.View) -> None:
    satreps = views.partners(store, "SATREPS")
    expected = asked(
        store,
        "?a (dcterms:isPartOf*) programme:satreps ; sti:partner ?b . FILTER EXISTS { ?a a ?class FILTER(?class IN "
        "(sti:Programme, sti:Project)) }",
    )
    own = {pair for pair in pairs(satreps, "sti:partner") if "/result/" not in pair[0]}
    assert own == expected
    assert len(expected) > 15
    assert satreps.has_edge(PROGRAMME + "satreps", ID + "result/d001-l686", "^sti:programme")
    assert PROGRAMME + "sicorp" not in satreps
    assert set(satreps.edges(keys=True)) <= set(view.edges(keys=True))


def test_a_project_stands_with_its_programme(store: stigraph.Store) -> None:
    project = views.partners(store, "project:sicorp-sg-artificial-cell-biosensor")
    assert set(project) == {
        PROJECT + "sicorp-sg-artificial-cell-biosensor",
        PROGRAMME + "sicorp",
        PARTNER + "sg",
        ID + "result/d001-l568",
    }


def test_a_foreign_agency_brings_its_agreements(store: stigraph.Store) -> None:
    ukri = views.partners(store, "UKRI")
    assert pairs(ukri, "sti:party") == {
        (ID + "agreement/d001-l1387", BODY + "ukri"),
        (ID + "agreement/d001-l1387", BODY + "jst"),
    }


def test_japan_is_drawn_when_it_is_asked_for(store: stigraph.Store) -> None:
    japan = views.partners(store, "Japan")
    assert japan.has_edge(ID + "agreement/d001-l1400", JAPAN, "sti:party")
    assert japan.has_edge(PARTNER + "e-asia-jrp", JAPAN, "sti:hasMember")


def test_what_cannot_be_asked_is_refused(store: stigraph.Store) -> None:
    with pytest.raises(UsageError, match=r"partners.*a country, group or framework"):
        views.partners(store, "6th Basic Plan")
    with pytest.raises(UsageError, match="2023 to 2021 run backwards"):
        views.partners(store, years=(2023, 2021))
    with pytest.raises(NameNotFoundError):
        views.partners(store, "Atlantis")


def test_the_view_is_the_same_every_time(store: stigraph.Store, view: views.View) -> None:
    again = views.partners(store)
    assert list(again.nodes(data=True)) == list(view.nodes(data=True))
    assert list(again.edges(keys=True, data=True)) == list(view.edges(keys=True, data=True))
    assert again.graph == view.graph
