"""The site as a whole: every thing has its page, every link leads somewhere, nothing comes from elsewhere."""

import filecmp
import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.site.reading import Parsed, links_of

import stigraph
from stigraph.site.addresses import Addresses, safe_name
from stigraph.site.reading import CARRIERS, Corpus

# Listed here and not taken from `stigraph.classes`: a class that is lost there shall be missed.
_PAGED = {
    "programme": ["sti:Programme"],
    "project": ["sti:Project"],
    "document": [
        "sti:Plan",
        "sti:Strategy",
        "sti:Recommendation",
        "sti:Law",
        "sti:Communique",
        "sti:Guideline",
        "sti:Report",
        "sti:PolicyDocument",
    ],
    "organization": [
        "sti:Ministry",
        "sti:FundingAgency",
        "sti:Council",
        "sti:ResearchInstitution",
        "sti:Company",
        "sti:InternationalOrganization",
        "sti:Organization",
    ],
    "partner": ["sti:Country", "sti:CountryGroup", "sti:CooperationFramework"],
    "indicator": ["sti:Indicator"],
    "objective": ["sti:Objective"],
    "source": ["sti:Source"],
}


def _pages(site: Path) -> Iterator[Path]:
    """List the pages of both languages and the choice between them; the interactive ones have tests of their own."""
    yield site / "index.html"
    for lang in ("ja", "en"):
        yield from sorted((site / lang).rglob("*.html"))


@pytest.fixture(scope="module")
def anchors_and_links(site: Path) -> dict[Path, tuple[list[tuple[str, str]], set[str]]]:
    return {path: links_of(path.read_text(encoding="utf-8")) for path in _pages(site)}


@pytest.mark.parametrize("family", sorted(_PAGED))
def test_every_thing_has_a_page_in_both_languages(family: str, site: Path, store: stigraph.Store) -> None:
    things = store.of_type(*_PAGED[family])
    assert things
    for thing in things:
        name = thing.iri.rsplit("/", 1)[1]
        for lang in ("ja", "en"):
            text = (site / lang / family / f"{name}.html").read_text(encoding="utf-8")
            assert f"<code>{thing.iri}</code>" in text
            assert html.escape(thing.label(lang), quote=False).replace("'", "&#39;") in text or '"' in thing.label(lang)


def test_both_languages_have_the_same_pages(site: Path) -> None:
    ja, en = ({path.relative_to(site / lang) for path in (site / lang).rglob("*")} for lang in ("ja", "en"))
    assert ja == en
    assert len(ja) > 700


def test_every_link_leads_to_a_file_and_an_anchor(
    site: Path, anchors_and_links: dict[Path, tuple[list[tuple[str, str]], set[str]]]
) -> None:
    broken = set()
    for page, (links, _) in anchors_and_links.items():
        for _, address in links:
            if address.startswith(("http://", "https://")):
                continue
            path, _, anchor = html.unescape(address).partition("#")
            target = Path(os.path.normpath(page.parent / path)) if path else page
            known = anchors_and_links[target][1] if target in anchors_and_links else None
            if not target.is_file() or (anchor and known is not None and anchor not in known):
                broken.add(f"{page.relative_to(site)} -> {address}")
    assert not broken


def test_every_anchor_is_one(anchors_and_links: dict[Path, tuple[list[tuple[str, str]], set[str]]]) -> None:
    for page in anchors_and_links:
        ids = re.findall(r'\sid="([^"]*)"', page.read_text(encoding="utf-8"))
        assert len(ids) == len(set(ids)), page


def test_nothing_comes_from_elsewhere(
    site: Path, anchors_and_links: dict[Path, tuple[list[tuple[str, str]], set[str]]]
) -> None:
    for page, (links, _) in anchors_and_links.items():
        text = page.read_text(encoding="utf-8")
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
        assert policy, page
        assert policy[1].startswith("default-src 'none'; ")
        assert "http" not in policy[1]
        assert "unsafe" not in policy[1]
        assert all(not address.startswith(("http", "//")) for name, address in links if name != "href"), page
        assert not re.search(r"<(link|img|iframe|object|embed|base|form)[^>]*(https?:)?//", text), page
        assert not re.search(r"<[^>]*\s(style|on\w+)=", text), page
    for asset in (site / "assets").iterdir():
        if asset.name != "index.js":
            assert "http" not in asset.read_text(encoding="utf-8"), asset


def test_every_page_leads_to_its_twin(site: Path) -> None:
    for path in _pages(site):
        if path.parent == site:
            continue
        text = path.read_text(encoding="utf-8")
        lang, other = ("ja", "en") if path.is_relative_to(site / "ja") else ("en", "ja")
        twin = site / other / path.relative_to(site / lang)
        link = re.search(rf'<a class="twin" href="([^"]*)" hreflang="{other}"', text)
        alternates = dict(re.findall(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">', text))
        assert link, path
        assert Path(os.path.normpath(path.parent / link[1])) == twin
        assert Path(os.path.normpath(path.parent / alternates[other])) == twin
        assert Path(os.path.normpath(path.parent / alternates[lang])) == path
        assert f'<html lang="{lang}"' in text


def test_the_first_page_offers_both_languages(page: Callable[[str], Parsed]) -> None:
    links = {link.attributes["hreflang"]: link.attributes["href"] for link in page("index.html").all("a")}
    assert links == {"ja": "ja/index.html", "en": "en/index.html"}


def test_every_carrier_of_a_fact_has_an_anchor_on_its_source(site: Path, corpus: Corpus) -> None:
    addresses = Addresses(corpus)
    anchors = {
        f"{path.relative_to(site / 'en')}#{anchor}"
        for path in [*(site / "en" / "source").iterdir(), site / "en" / "discrepancies.html"]
        for anchor in links_of(path.read_text(encoding="utf-8"))[1]
    }
    carriers = corpus.of(*CARRIERS)
    assert len(carriers) > 3000
    assert {addresses.of[thing.iri] for thing in carriers} <= anchors
    for thing in carriers:
        if thing.type != "sti:Discrepancy":
            source = corpus.objects(thing.number, "prov:wasDerivedFrom")[0].iri.rsplit("/", 1)[1]
            assert addresses.of[thing.iri].startswith(f"source/{source}.html#")


def test_file_names_are_safe_on_every_system(site: Path) -> None:
    names = [path.relative_to(site) for path in site.rglob("*")]
    assert len({str(name).casefold() for name in names}) == len(names)
    assert [name for name in names if not all(re.fullmatch(r"[a-z0-9][a-z0-9._-]*", part) for part in name.parts)] == []
    assert max(len(str(name)) for name in names) < 150


@pytest.mark.parametrize("name", ["con", "nul.x", "Sicorp", "../up", "日本", "", "a" * 200, "x.", "a b", "com1"])
def test_an_unsafe_name_is_spelt_safely(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*-[0-9a-f]{10}", safe_name(name))
    assert safe_name(name) != safe_name(name + "x")


def test_the_index_of_the_search_holds_every_name(site: Path, store: stigraph.Store) -> None:
    script = (site / "assets" / "index.js").read_text(encoding="utf-8")
    assert script.startswith("window.stigraphIndex=")
    assert not re.search(r"[<>&\u2028\u2029]", script)
    index = json.loads(script.removeprefix("window.stigraphIndex=").removesuffix(";\n"))
    spelt = set()
    for row in index["things"]:
        kind, path, *names = row
        assert 0 <= kind < len(index["classes"])
        assert (site / "ja" / path.partition("#")[0]).is_file()
        spelt |= {name for name in names[:2] if name} | set(names[2] if len(names) > 2 else [])
    named = store.index.execute(
        "SELECT n.text FROM name n JOIN thing g ON g.id = n.thing WHERE g.type LIKE 'sti:%'"
    ).fetchall()
    assert len(named) > 2000
    assert {name for (name,) in named} <= spelt


def test_the_data_beside_a_page_is_turtle_that_holds_its_evidence(site: Path) -> None:
    import pyoxigraph as ox

    file = site / "data" / "programme" / "sicorp.ttl"
    triples = {str(triple) for triple in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE)}
    assert any("programme/sicorp>" in one and "ns#cites>" in one and "statement/d001-l370>" in one for one in triples)
    assert any("statement/d001-l370>" in one and "ns#locator>" in one and '"L370-L373"' in one for one in triples)


def test_the_same_bytes_in_another_run(site: Path, store_folder: Path, tmp_path: Path) -> None:
    program = (
        "import sys, stigraph; from stigraph.site import write_site; "
        "write_site(stigraph.open_store(sys.argv[1]), sys.argv[2])"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "4711"}
    again = tmp_path / "again"
    subprocess.run([sys.executable, "-c", program, store_folder, again], check=True, env=environment)
    first, second = ({path.relative_to(folder) for path in folder.rglob("*")} for folder in (site, again))
    assert first == second
    files = [str(path) for path in sorted(first) if (site / path).is_file()]
    _, different, errors = filecmp.cmpfiles(site, again, files, shallow=False)
    assert (different, errors) == ([], [])
