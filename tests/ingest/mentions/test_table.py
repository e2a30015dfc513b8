"""The table of plans: every row is printed in a sheet, at the place that it names."""

from __future__ import annotations

import json
import lzma
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from stigraph.ingest.identity import sheet_slug
from stigraph.ingest.mentions.documents import documents, label_of
from stigraph.ingest.mentions.quads import decision_kind, plan_quads
from stigraph.ingest.mentions.table import Edition, read_editions, read_series
from stigraph.japanese import fold
from stigraph.vocab import ID, STI

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"
NEEDS_CORPUS = pytest.mark.skipif(not CORPUS.is_dir(), reason="the review sheets (../shared/corpus) are not here")
ERAS = {"平成": 1988, "令和": 2018, "H": 1988, "R": 2018}
DATE = re.compile(r"(?:(平成|令和|H|R)(元|\d{1,2})[年.]|(\d{4})年)(?:(\d{1,2})月?)?(?:[.]?(\d{1,2})日?)?")
QUOTED = re.compile(r"(rs\d{4}-[a-z0-9-]+ 事業(?:目的|概要)) prints 「(.+?)」(?= (?:for|where)|,)")
"""A place and its words, in the reason for a series."""

NEAR = 90
"""So many characters after or before a title, at most, its day of decision is printed."""


def printed_days(text: str) -> list[str]:
    """Read the days in a text, written here anew so that the test does not lean on what it tests."""
    found = []
    for era, year, gregorian, month, day in DATE.findall(text):
        number = int(gregorian) if gregorian else ERAS[era] + (1 if year == "元" else int(year))
        found.append("-".join([str(number), *(f"{int(part):02}" for part in (month, day) if part)]))
    return found


def plain(text: str) -> str:
    """Return a text in one width and without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@cache
def texts() -> dict[str, str]:
    """Return the texts at the places that the table names, by place."""
    wanted = {place for edition in read_editions() for place in edition.places}
    wanted |= {place for series in read_series() for place, _ in QUOTED.findall(series.reason)}
    years = {place[2:6] for place in wanted}
    return dict(one for year in sorted(years) for one in _texts_of(year, wanted))


def _texts_of(year: str, wanted: set[str]) -> Iterator[tuple[str, str]]:
    with lzma.open(CORPUS / f"review-sheets-{year}.ndjson.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            number = "-".join(filter(None, (row["事業番号1"], row["事業番号2"], row["事業番号3"])))
            key = sheet_slug(row["公開年度"], row["府省庁"], row.get("事業番号") or number)
            yield from (
                (f"{key} {field}", row[field] or "") for field in ("事業目的", "事業概要") if f"{key} {field}" in wanted
            )


def _parts_near(text: str, names: list[str]) -> list[str]:
    """Return the parts of a text around each place where one of the names stands."""
    form = re.sub(r"[「」『』・\-－ー―()〔〕~〜～、,]", "", plain(text))
    found = []
    for name in names:
        bare = re.sub(r"[「」『』・\-－ー―()〔〕~〜～、,]", "", plain(name))
        found += [form[max(0, one.start() - NEAR) : one.end() + NEAR] for one in re.finditer(re.escape(bare), form)]
    return found


def names_of(edition: Edition) -> list[str]:
    """Return the names under which a place may print an edition."""
    return list(next(series.names for series in read_series() if series.names[0] == edition.series))


@NEEDS_CORPUS
@pytest.mark.parametrize("edition", read_editions(), ids=[edition.slug for edition in read_editions()])
def test_every_row_is_printed_where_it_says(edition: Edition) -> None:
    """Title, day of decision, decider, number and revisions."""
    first = _parts_near(texts()[edition.places[0]], [edition.title, _in_kanji(edition.title)])
    assert first, "the title is not printed there"
    for day in edition.decided:
        assert any(day in printed_days(part) for part in first), f"{day} is not printed with the title"
    if edition.decided_by:
        decider = re.sub(r"[・、()]", "", plain(edition.decided_by)).replace("ー", "")
        assert any(decider in part for part in first)
    everywhere = [part for place in edition.places for part in _parts_near(texts()[place], names_of(edition))]
    for day in edition.revised:
        assert any(day in printed_days(part) for part in everywhere), f"{day} is not printed with a name"
    if edition.number:
        numbers = {fold(edition.number), fold(_in_roman(edition.number))}
        assert any(number in fold(part) for part in [*everywhere, *first] for number in numbers)


@NEEDS_CORPUS
def test_the_words_that_a_reason_quotes_are_printed() -> None:
    """In the sheet and field that it names."""
    quoted = [one for series in read_series() for one in QUOTED.findall(series.reason)]
    assert len(quoted) >= 8
    for place, words in quoted:
        assert plain(words) in plain(texts()[place]), place


def _in_kanji(title: str) -> str:
    """Write the number of an edition in kanji, as other sheets print it."""
    return re.sub(r"第(\d)(?=[期次])", lambda match: f"第{'一二三四五六七八九'[int(match[1]) - 1]}", title)


def _in_roman(number: str) -> str:
    """Write the number of an edition in Roman numerals, as some sheets print it."""
    return re.sub(r"\d", lambda match: "ⅠⅡⅢⅣⅤⅥⅦⅧⅨ"[int(match[0]) - 1] if match[0] != "0" else "0", number)


def test_form_of_the_table() -> None:
    """Slugs and labels are unique, successions exist and go back in time, dates are ISO, no curated plan is twice."""
    editions = {edition.slug: edition for edition in read_editions()}
    assert len(editions) == len(read_editions()) > 200
    labels = [label_of(edition) for edition in editions.values()]
    assert len(set(labels)) == len(labels)
    curated = {one.iri for those in documents().by_family.values() for one in those}
    for edition in editions.values():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", edition.slug)
        assert all(re.fullmatch(r"\d{4}(-\d\d){0,2}", day) for day in (*edition.decided, *edition.revised))
        assert not edition.follows or ID + "document/" + edition.follows in curated
        earlier = editions.get(edition.follows)
        if earlier and earlier.decided and edition.decided:
            assert earlier.decided[0] < edition.decided[0]
        assert edition.decided or edition.note, "a row without a day says why"


def test_no_name_means_two_series() -> None:
    """Each name of a series is that of no other."""
    names = sorted(fold(name) for series in read_series() for name in series.names)
    assert not [one for one, other in pairwise(sorted(set(names))) if one == other]
    for series in read_series():
        for name in series.names:
            assert documents().series[fold(name)] is series


def test_documents_as_quads() -> None:
    """Each document comes with its class, labels, day, decider, place and what it follows."""
    lines = b"".join(plan_quads()).decode().splitlines()
    told = {tuple(line.split(" ", 2)[:2]): line.split(" ", 2)[2] for line in lines}
    node = f"<{ID}document/energy-basic-plan-4>"
    assert {subject for subject, _ in told} == {f"<{ID}document/{edition.slug}>" for edition in read_editions()}
    assert "/source/rs20" in told[node, "<http://www.w3.org/ns/prov#wasDerivedFrom>"]
    assert told[node, f"<{STI}decidedOn>"].startswith('"2014-04-11"^^<http://www.w3.org/2001/XMLSchema#date>')
    assert f"<{STI}CabinetDecision>" in told[node, f"<{STI}decisionKind>"]
    assert "energy-basic-plan-3" in told[node, "<http://purl.org/dc/terms/replaces>"]
    assert all(line.endswith("<https://w3id.org/stigraph/id/source/review-sheet-catalogue> .") for line in lines)
    assert f"<{STI}Plan>" in told[node, "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"]
    assert decision_kind("内閣総理大臣決定") == "MinisterialDecision"
