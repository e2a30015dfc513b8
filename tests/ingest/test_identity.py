"""Keys of sheets: ASCII, unique over the whole corpus, and made of year, ministry and number."""

from __future__ import annotations

import json
import lzma
import re
from pathlib import Path

import pytest

from stigraph.ingest.identity import (
    bodies,
    corporate_number,
    duplicate_keys,
    is_ministry,
    ministry_iri,
    ministry_slug,
    number_slug,
    sheet_slug,
)

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
NEEDS_CORPUS = pytest.mark.skipif(not CORPUS.is_dir(), reason="the review sheets (../shared/corpus) are not here")
ID = "https://w3id.org/stigraph/id/"


def real_keys() -> list[tuple[int, str, str]]:
    """Return year, ministry and number of every real sheet."""
    found = []
    for path in sorted(CORPUS.glob("review-sheets-*.ndjson.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for sheet in map(json.loads, lines):
                found.append((sheet["公開年度"], sheet["府省庁"], sheet["事業番号"]))
    return found


@NEEDS_CORPUS
def test_keys_are_unique_over_all_sheets() -> None:
    """47,597 sheets have 47,597 keys, each safe in an IRI; and every ministry has a slug of its own."""
    sheets = real_keys()
    assert len(sheets) == 47597
    assert duplicate_keys(sheets) == {}
    keys = {sheet_slug(*sheet) for sheet in sheets}
    assert len(keys) == 47597
    assert all(re.fullmatch(r"rs20\d\d-[a-z]+-[a-z0-9]+(-[a-z0-9]+)*", key) for key in keys)
    ministries = {ministry for _, ministry, _ in sheets}
    assert len({ministry_slug(ministry) for ministry in ministries}) == len(ministries) == 23
    assert not [ministry for ministry in ministries if ministry_slug(ministry).startswith("ministry-")]


@pytest.mark.parametrize(
    ("year", "ministry", "number", "key"),
    [
        (2019, "文部科学省", "0210", "rs2019-mext-0210"),
        (2015, "国土交通省", "新27-0047-1", "rs2015-mlit-new27-0047-1"),
        (2021, "カジノ管理委員会", "2021-カジノ-20-0001", "rs2021-jcrc-20-0001"),
        (2022, "国土交通省", "2022-国交-0117", "rs2022-mlit-0117"),
        (2021, "国土交通省", "2021-国交-20-0437", "rs2021-mlit-20-0437"),
        (2021, "国土交通省", "2021-経産-20-0437", "rs2021-mlit-meti-20-0437"),
        (2019, "文部科学省", "０２１０", "rs2019-mext-0210"),
        (2024, "内閣府", "001234", "rs2024-cao-001234"),
    ],
)
def test_key(year: int, ministry: str, number: str, key: str) -> None:
    """The printed number without what the key has already; another ministry's mark stays."""
    assert sheet_slug(year, ministry, number) == key


def test_what_no_iri_can_hold_gets_a_fingerprint() -> None:
    """Two numbers that differ in such characters only have two slugs."""
    slugs = {number_slug(number, 2019, "環境省") for number in ("甲1", "乙1", "1", "<1>", "")}
    assert len(slugs) == 5 and all(re.fullmatch(r"[a-z0-9-]+", slug) for slug in slugs)


def test_ministries() -> None:
    """Curated ministries keep their IRI; others get one from their slug; a new one from its letters."""
    assert ministry_iri("文部科学省") == ID + "organization/mext"
    assert ministry_iri("総務省") == ID + "organization/mic"
    assert ministry_iri("内閣官房") == ID + "organization/cas"
    assert ministry_iri("厚生労働省") == ID + "organization/mhlw"
    assert re.fullmatch(r"ministry-[0-9a-f]{8}", ministry_slug("防災庁"))
    assert is_ministry("原子力規制委員会") and not is_ministry("山田太郎") and not is_ministry("文部科学省 山田")


def test_corporate_numbers() -> None:
    """Thirteen digits, in whatever width, of which the first is the check digit of the others."""
    assert corporate_number("4030005012570") == "4030005012570"
    assert corporate_number("４０３０００５０１２５７０") == "4030005012570"
    assert corporate_number("9010005023796") == "9010005023796"
    for wrong in ("4030005012571", "403000501257", "40300050125700", "0", "", "3216549878642", "403000501257O", None):
        assert corporate_number(wrong) is None, wrong


def test_a_number_rounded_by_a_spreadsheet_is_none() -> None:
    """Six zeros at the end: 4.0104E+12 and 5.00002E+12, whose digits check by chance; 長野県 has five."""
    assert corporate_number("4010400000000") is None
    assert corporate_number("5000020000000") is None
    assert corporate_number("1000020200000") == "1000020200000"


def test_curated_bodies() -> None:
    """JST and AMED are found by number and by name."""
    assert bodies().by_number["4030005012570"] == ID + "organization/jst"
    assert bodies().by_name["国立研究開発法人日本医療研究開発機構"] == ID + "organization/amed"
