"""Sums over all sheets: against the records themselves, and alike on disk and from a server."""

import csv
import json
import lzma
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.remote.conftest import start_oxigraph

import stigraph
from stigraph.errors import NameNotFoundError, NoAnswerError, UsageError
from stigraph.ingest.importing import import_review_sheets
from stigraph.remote import push
from stigraph.store.reading import Thing
from stigraph.totals import PHASES, Total, add_up

__all__ = ["start_oxigraph"]

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
MINISTRIES = ("文部科学省", "農林水産省", "外務省")
YEARS = (2020, 2021)
TAKEN = 15
FIELDS = {"Initial": "当初予算", "Executed": "執行額"}

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is not here")


def _records(year: int) -> Iterator[dict[str, Any]]:
    with lzma.open(CORPUS / f"review-sheets-{year}.ndjson.xz", "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    for ministry in MINISTRIES:
        yield from islice((record for record in found if record["府省庁"] == ministry), TAKEN)


@pytest.fixture(scope="module")
def records() -> Mapping[int, list[dict[str, Any]]]:
    return {year: list(_records(year)) for year in YEARS}


@pytest.fixture(scope="module")
def folder(records: Mapping[int, list[dict[str, Any]]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("totals")
    for year, found in records.items():
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in found)
        (place / f"{year}.ndjson").write_text(lines, encoding="utf-8")
    import_review_sheets([place], store=place / "store", workers=2)
    return place / "store"


@pytest.fixture(scope="module")
def store(folder: Path) -> stigraph.Store:
    return stigraph.open_store(folder)


def _printed(total: Total) -> tuple[Any, ...]:
    return *(key.label() if isinstance(key, Thing) else key for key in total.keys), total.yen


@pytest.mark.parametrize("phase", FIELDS)
def test_budgets_by_ministry_and_year_are_those_of_one_sheet_each(
    store: stigraph.Store, records: Mapping[int, list[dict[str, Any]]], phase: str
) -> None:
    expected: Counter[tuple[str, int]] = Counter()
    for published, found in records.items():
        for record in found:
            for line in record["予算"]:
                if published - line["年度"] == PHASES[phase]:
                    expected[record["府省庁"], line["年度"]] += round((line.get(FIELDS[phase]) or 0) * 1_000_000)
    told = {(ministry, year): yen for ministry, year, yen in map(_printed, add_up(store, phase=phase))}
    assert told == {place: yen for place, yen in expected.items() if yen}
    assert len(told) == len(MINISTRIES) * len(YEARS)


def test_all_years_of_the_sheets_of_one_year(
    store: stigraph.Store, records: Mapping[int, list[dict[str, Any]]]
) -> None:
    expected: Counter[int] = Counter()
    for record in records[2021]:
        for line in record["予算"]:
            expected[line["年度"]] += round((line.get("当初予算") or 0) * 1_000_000)
    told = dict(map(_printed, add_up(store, ["year"], published=2021)))
    assert told == {year: yen for year, yen in expected.items() if yen}
    assert len(told) > 2


def test_payments_by_payee(store: stigraph.Store, records: Mapping[int, list[dict[str, Any]]]) -> None:
    """Of the bodies that bear a corporate number, the ten that were paid most, by that number."""
    paid: Counter[str] = Counter()
    for found in records.values():
        for record in found:
            for payment in record["支出先"] or []:
                if payment.get("法人番号") and payment.get("支出額"):
                    paid[str(payment["法人番号"])] += round(payment["支出額"] * 1_000_000)
    told = {
        total.keys[0].iri.rpartition("houjin-")[2]: total.yen
        for total in add_up(store, ["payee"])
        if isinstance(total.keys[0], Thing) and "houjin-" in total.keys[0].iri
    }
    assert len(told) > 100
    assert {number: yen for number, yen in told.items() if yen != paid[number]} == {}


ASKED: list[Callable[..., list[Total]]] = [
    add_up,
    lambda store: add_up(store, ["published", "year"], phase="Executed", published=2021),
    lambda store: add_up(store, ["year"], ministry="外務省", phase="Request"),
    lambda store: add_up(store, ["payee", "ministry"], year=2019)[:50],
]


def test_a_server_gives_the_same(store: stigraph.Store, start_oxigraph: Any, tmp_path: Path) -> None:
    server = start_oxigraph()
    push(store, server.graphs, record=tmp_path / "record")
    remote = stigraph.open_store(server.queries)
    for ask in ASKED:
        here, there = ask(store), ask(remote)
        assert [_iris(total) for total in here] == [_iris(total) for total in there]
        assert here


def _iris(total: Total) -> tuple[Any, ...]:
    return *(key.iri if isinstance(key, Thing) else key for key in total.keys), total.yen, total.lines


def test_what_cannot_be_added_up_is_a_sentence(store: stigraph.Store) -> None:
    with pytest.raises(UsageError, match="ministry, payee, year, published"):
        add_up(store, ["bureau"])
    with pytest.raises(UsageError, match="not a phase"):
        add_up(store, phase="Promised")
    with pytest.raises(NameNotFoundError, match="架空省"):
        add_up(store, ministry="架空省")
    with pytest.raises(NoAnswerError, match="No review sheet says anything of this"):
        add_up(store, year=1945)


def test_no_sheets_no_totals(run: Run) -> None:
    done = run("totals")
    assert done.returncode == 1 and "import review-sheets" in done.stderr and "Traceback" not in done.stderr


def test_the_command_writes_yen_and_shows_millions(run: Run, folder: Path, store: stigraph.Store) -> None:
    largest = add_up(store, phase="Executed")[0]
    options = "--phase", "executed", "--store", str(folder), "--lang", "ja"
    rows = list(csv.DictReader(run("totals", *options, "--format", "csv").stdout.splitlines()))
    assert (rows[0]["ministry_label"], int(rows[0]["year"]), int(rows[0]["yen"])) == _printed(largest)
    content = json.loads(run("totals", *options, "--format", "json", "-n", "1").stdout)
    assert content == [
        {"ministry": {"id": rows[0]["ministry"], "label": rows[0]["ministry_label"]}, "year": int(rows[0]["year"])}
        | {"yen": largest.yen, "lines": largest.lines}
    ]
    table = run("totals", *options).stdout.splitlines()
    assert table[0].split() == ["府省庁", "(百万円)", "2019", "2020"]
    assert f"{largest.yen / 1e6:,.0f}" in next(line for line in table if rows[0]["ministry_label"] in line).split()
    assert run("totals", *options, "--format", "md").stdout.startswith("| 府省庁 (百万円) | 2019 | 2020 |\n")
