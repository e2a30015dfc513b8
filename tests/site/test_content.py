"""What single pages say, against the graph."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from tests.site.reading import Parsed

import stigraph
from stigraph.lineage.sayings import same_words
from stigraph.site.reading import Corpus

Page = Callable[[str], Parsed]
_ID = "https://w3id.org/stigraph/id/"


def _lines(locator: str) -> str:
    return locator.replace(";", "; ").replace("-L", "–L")


def test_sicorp_shows_its_passages_as_the_graph_has_them(page: Page, store: stigraph.Store) -> None:
    rows = stigraph.query(
        store,
        "SELECT ?statement ?quote ?locator ?source WHERE { programme:sicorp sti:cites ?statement . "
        "?statement sti:quote ?quote ; sti:locator ?locator ; prov:wasDerivedFrom ?source }",
    ).rows
    parsed = page("ja/programme/sicorp.html")
    quotes = [same_words(found.text) for found in parsed.all("blockquote")]
    grounds = [same_words(section.text) for section in parsed.all("section", "ground")]
    places = {(link.attributes["href"], link.text) for link in parsed.all("a", "place")}
    assert len(rows) >= 10
    for row in rows:
        statement, quote, locator, source = (getattr(value, "value", "") for value in row)
        assert same_words(quote) in quotes
        assert sum(ground.count(same_words(quote)) for ground in grounds) == 1
        name, home = statement.rsplit("/", 1)[1], source.rsplit("/", 1)[1]
        address = f"../source/{home}.html#statement-{name}"
        assert any(href == address and text.endswith(_lines(locator)) for href, text in places)


def test_sicorp_stands_on_these_documents_in_this_order(page: Page) -> None:
    parsed = page("en/programme/sicorp.html")
    headings = [found.text for found in parsed.all("h3")]
    named = [
        "Integrated Innovation Strategy 2022",
        "Sixth Science, Technology and Innovation Basic Plan",
        "Integrated Innovation Strategy 2020",
    ]
    assert [heading for heading in headings if heading in named] == named
    chains = [found.text for found in parsed.all("div", "chain")]
    assert any("It carries out Fifth Science and Technology Basic Plan" in chain for chain in chains)
    assert any("Superseded by Seventh Science, Technology and Innovation Basic Plan" in chain for chain in chains)


def test_advice_is_not_the_plan(page: Page) -> None:
    flags = [found.text for found in page("en/programme/sicorp.html").all("span", "flag")]
    assert "Advice towards “Sixth Science, Technology and Innovation Basic Plan”; it is not that plan." in flags


def test_the_sixth_plan_shows_every_programme_that_stands_on_it(page: Page, store: stigraph.Store) -> None:
    answer = stigraph.lineage(store, "6th Basic Plan", down=True)
    cited = {edge.source for edge in answer.edges if edge.predicate == "sti:cites"}
    expected = {f"../{iri.removeprefix(_ID)}.html" for iri in cited}
    blocks = [found for found in page("ja/document/basic-plan-6.html").all("div", "citer")]
    links = {link.attributes["href"] for link in page("ja/document/basic-plan-6.html").all("a")}
    assert len(expected) > 50
    assert expected <= links
    assert len(blocks) == len(expected) + 1
    assert "後継 第7期科学技術・イノベーション基本計画 (2026-03-27)" in page("ja/document/basic-plan-6.html").text


def test_a_source_shows_its_passages_in_the_order_of_its_lines(page: Page, corpus: Corpus) -> None:
    parsed = page("ja/source/mext-international-briefing-2023.html")
    lines = [int(found.attributes["id"][1:]) for found in parsed.all("section", "lines") if "id" in found.attributes]
    assert lines == sorted(lines)
    assert len(lines) > 100
    entries = {found.attributes["id"]: found.text for found in parsed.all("article", "entry")}
    source = corpus.by_iri[_ID + "source/mext-international-briefing-2023"]
    statements = [thing for thing in corpus.of("sti:Statement") if corpus.home(thing) == source]
    for thing in statements:
        text = entries["statement-" + thing.iri.rsplit("/", 1)[1]]
        assert " ".join((corpus.text(thing.number, "sti:quote") or "").split()) in text
        assert _lines(corpus.text(thing.number, "sti:locator") or "") in text


def test_amounts_are_in_the_table_and_in_the_chart(page: Page) -> None:
    parsed = page("ja/programme/sicorp.html")
    rows = [found.text for found in parsed.all("tr")]
    assert any("1,078百万円" in row and "1,078,000,000円" in row and "L43" in row for row in rows)
    assert len(parsed.all("figure", "chart")) >= 1
    assert any(found.has_class("chart-picture") for found in parsed.all("svg"))


def test_the_picture_of_the_lineage_leads_on(page: Page, site: Path) -> None:
    parsed = page("en/programme/sicorp.html")
    (picture,) = parsed.all("svg", "picture")
    assert picture.attributes["role"] == "group"
    text = (site / "en/programme/sicorp.html").read_text(encoding="utf-8")
    drawn = text.partition('<svg class="picture"')[2].partition("</svg>")[0]
    assert 'href="../document/basic-plan-6.html"' in drawn
    assert "statement-d001-l370" in drawn


def test_a_country_leads_to_the_programmes_that_work_with_it(page: Page, corpus: Corpus) -> None:
    india = corpus.by_iri[_ID + "partner/in"]
    programmes = [thing for thing in corpus.subjects(india.number, "sti:partner") if corpus.family(thing)]
    links = {link.attributes["href"] for link in page("en/partner/in.html").all("a")}
    assert len(programmes) >= 4
    assert {f"../{thing.iri.removeprefix(_ID)}.html" for thing in programmes} <= links


def test_discrepancies_stand_with_both_places(page: Page, store: stigraph.Store) -> None:
    from stigraph.discrepancies import discrepancies

    found = discrepancies(store)
    articles = page("ja/discrepancies.html").all("article", "discrepancy")
    assert len(articles) == len(found)
    touching = [one for one in found if any(thing.iri == _ID + "programme/sicorp" for thing in one.subjects)]
    text = page("ja/programme/sicorp.html").text
    assert len(touching) >= 2
    for one in touching:
        assert one.descriptions["ja"] in text
        assert all(_lines(side.locator or "") in text for side in one.sides)


def test_the_home_page_counts_what_the_store_holds(page: Page, store: stigraph.Store) -> None:
    numbers = page("en/index.html").one("dl", "tally").text
    assert f"{len(store.of_type('sti:Programme', 'sti:Project'))}" in numbers
    assert f"{len(store.of_type('sti:Statement')):,}" in numbers
    assert f"{len(store.of_type('sti:Discrepancy'))}" in numbers


def test_the_documents_are_listed_by_date(page: Page) -> None:
    dates = [found.text for found in page("en/documents.html").all("td") if re.fullmatch(r"\d{4}(-\d\d)*", found.text)]
    dates = [date for date in dates if len(date) > 4 or date.startswith(("19", "20"))]
    assert dates[0] == "2026-03-27"
    assert len(dates) > 30


def test_the_overviews_are_pages_of_their_own(page: Page, site: Path) -> None:
    views = {link.attributes["href"] for link in page("ja/index.html").all("a") if "/view/" in link.attributes["href"]}
    names = {view.rsplit("/", 1)[1] for view in views}
    assert {"citations.html", "agencies.html", "partners.html", "gaps.html", "plan-basic-plan-6.html"} <= names
    assert "../../view/plan-basic-plan-6.html" in {
        link.attributes["href"] for link in page("en/document/basic-plan-6.html").all("a")
    }


@pytest.mark.parametrize(
    ("path", "kind", "iri"),
    [
        ("programme/sicorp", "FundingScheme", "programme/sicorp"),
        ("document/basic-plan-6", "CreativeWork", "document/basic-plan-6"),
        ("organization/mext", "GovernmentOrganization", "organization/mext"),
        ("organization/jst", "FundingAgency", "organization/jst"),
        ("organization/riken", "ResearchOrganization", "organization/riken"),
        ("partner/in", "Country", "partner/in"),
        (
            "indicator/add-3-3-foreign-researcher-share",
            "StatisticalVariable",
            "indicator/add-3-3-foreign-researcher-share",
        ),
        ("source/mext-international-briefing-2023", "Report", "source/mext-international-briefing-2023"),
    ],
)
def test_the_head_describes_the_thing_in_schema_org(path: str, kind: str, iri: str, page: Page) -> None:
    for lang in ("ja", "en"):
        nodes = page(f"{lang}/{path}.html").linked_data
        web, entity = nodes[0], nodes[1]
        assert web["@type"] == "WebPage"
        assert web["inLanguage"] == lang
        assert web["mainEntity"] == {"@id": _ID + iri}
        assert web["isBasedOn"]
        assert entity["@type"] == kind
        assert entity["@id"] == _ID + iri
        assert {name["@language"] for name in entity["name"]} == {"ja", "en"}


def test_the_head_says_what_is_the_same_and_what_is_cited(page: Page) -> None:
    assert page("ja/organization/jst.html").linked_data[1]["sameAs"] == ["https://ror.org/00097mb19"]
    cited = {work["@id"] for work in page("ja/programme/sicorp.html").linked_data[0]["citation"]}
    assert {_ID + "document/basic-plan-6", _ID + "document/integrated-innovation-strategy-2022"} <= cited
    plan = page("ja/document/basic-plan-6.html").linked_data[1]
    assert plan["dateCreated"] == "2021-03-26"
    assert plan["temporalCoverage"] == "2021-04-01/2026-03-31"
    strategy = page("ja/document/integrated-innovation-strategy-2022.html").linked_data[1]
    assert [work["@id"] for work in strategy["isBasedOn"]] == [_ID + "document/basic-plan-6"]


def test_the_values_of_an_indicator_are_observations(page: Page, corpus: Corpus) -> None:
    indicator = corpus.by_iri[_ID + "indicator/add-3-3-foreign-researcher-share"]
    nodes = page("en/indicator/add-3-3-foreign-researcher-share.html").linked_data[2:]
    expected = {
        thing.iri: float(corpus.text(thing.number, "sti:value") or 0)
        for thing in corpus.subjects(indicator.number, "sti:indicator")
        if corpus.text(thing.number, "sti:value")
    }
    assert {node["@id"]: node["value"] for node in nodes} == expected
    assert all(node["@type"] == "Observation" and node["observationDate"] for node in nodes)


def test_every_page_can_be_read_without_eyes_and_script(page: Page) -> None:
    for path in ("ja/index.html", "en/programme/aspire.html", "ja/programmes.html", "en/gaps.html"):
        parsed = page(path)
        assert len(parsed.all("h1")) == len(parsed.all("main")) == len(parsed.all("footer")) == 1
        assert parsed.all("a", "skip")[0].attributes["href"] == "#content"
        levels = [int(found.name[1]) for found in parsed.elements if re.fullmatch("h[1-6]", found.name)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), levels
        assert all(found.attributes.get("aria-label") for found in parsed.all("nav"))
        assert "hidden" in parsed.one("div", "search").attributes
