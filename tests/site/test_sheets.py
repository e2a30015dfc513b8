"""The site of a store with review sheets: that of the curated graph, with the sheets of each programme named."""

from pathlib import Path

import pytest
from tests.sheets import MANY

import stigraph
from stigraph.site.writing import _Site
from stigraph.vocab import ID


@pytest.fixture(scope="module")
def pages(sheets_store: stigraph.Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home pages and those of two programmes; the whole site would take as long as that of the curated graph."""
    folder = tmp_path_factory.mktemp("government")
    site = _Site(sheets_store, folder, None)
    for lang in ("ja", "en"):
        site._home(lang)
        for name in ("wpi", "sicorp"):
            site._thing(site.corpus.by_iri[f"{ID}programme/{name}"], lang)
    return folder


def test_it_has_the_pages_of_the_curated_site(
    sheets_store: stigraph.Store, store: stigraph.Store, tmp_path: Path
) -> None:
    whole, curated = _Site(sheets_store, tmp_path, None), _Site(store, tmp_path, None)
    assert [thing.iri for thing in whole.corpus.paged] == [thing.iri for thing in curated.corpus.paged]
    assert whole.addresses.pages == curated.addresses.pages


def test_the_home_page_says_what_has_no_page(pages: Path, site: Path) -> None:
    said = f"The store holds {2 * MANY + 2} review sheets besides."
    assert said in (pages / "en" / "index.html").read_text(encoding="utf-8")
    assert f"行政事業レビューシート{2 * MANY + 2}枚" in (pages / "ja" / "index.html").read_text(encoding="utf-8")
    assert "review sheets besides" not in (site / "en" / "index.html").read_text(encoding="utf-8")


def test_a_programme_names_its_sheets(pages: Path, site: Path) -> None:
    page = (pages / "ja" / "programme" / "wpi.html").read_text(encoding="utf-8")
    section = page.split('<section aria-labelledby="sheets">')[1].split("</section>")[0]
    assert "令和2年度行政事業レビューシート（世界トップレベル研究拠点プログラム）" in section
    assert 'href="https://www.example.go.jp/2021/218.xlsx"' in section
    assert section.index("2020-文科-20-0218") < section.index("2021-文科-20-0218")
    for lang in ("ja", "en"):
        other = Path(lang, "programme", "sicorp.html")
        assert (pages / other).read_bytes() == (site / other).read_bytes()
