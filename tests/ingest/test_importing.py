"""Sheets imported into a store, through the command line, and read back by every reading command."""

import json
import lzma
import os
import random
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from tests.conftest import Run

import stigraph
from stigraph.errors import DataError
from stigraph.ingest.importing import import_review_sheets, import_rs_system

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
ID = "https://w3id.org/stigraph/id/"
YEARS = (2019, 2020, 2021)
MINISTRY = "文部科学省"
TAKEN = 60

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is not here")


def _records(year: int) -> Iterator[dict[str, Any]]:
    """The sheets of one ministry in one year: each year those of the first numbers, so that programmes go on."""
    with lzma.open(CORPUS / f"review-sheets-{year}.ndjson.xz", "rt", encoding="utf-8") as lines:
        found = (json.loads(line) for line in lines if MINISTRY in line)
        ours = [record for record in found if record["府省庁"] == MINISTRY]
    yield from ours[:TAKEN]
    curated = ("世界トップレベル研究拠点", "光・量子飛躍フラッグシップ")
    yield from (record for record in ours[TAKEN:] if record["事業名"].startswith(curated))


@pytest.fixture(scope="module")
def records() -> Mapping[int, list[dict[str, Any]]]:
    return {year: list(_records(year)) for year in YEARS}


@pytest.fixture(scope="module")
def files(records: Mapping[int, list[dict[str, Any]]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sheets")
    for year, found in records.items():
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in found)
        (folder / f"{year}.ndjson").write_text(lines, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def store(files: Path, tmp_path_factory: pytest.TempPathFactory) -> stigraph.Store:
    folder = tmp_path_factory.mktemp("imported") / "store"
    report = import_review_sheets([files], store=folder, workers=2)
    assert report.refusals == []
    return stigraph.open_store(folder)


def _text(term: object) -> str:
    """Return the IRI or the text of a term of an answer."""
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term.value


def _initial_by_year(records: Mapping[int, list[dict[str, Any]]]) -> Counter[tuple[int, int]]:
    """Sum the initial budgets in yen by year of the sheet and year of the budget."""
    sums: Counter[tuple[int, int]] = Counter()
    for year, found in records.items():
        for record in found:
            for line in record["予算"]:
                sums[year, line["年度"]] += round((line.get("当初予算") or 0) * 1_000_000)
    return +sums


def test_the_sums_of_the_files_are_those_of_the_graph(
    store: stigraph.Store, records: Mapping[int, list[dict[str, Any]]]
) -> None:
    rows = stigraph.query(
        store,
        "SELECT ?of ?year (SUM(?amount) AS ?sum) WHERE { GRAPH ?source { ?source sti:fiscalYear ?of ."
        " ?line a sti:BudgetLine ; sti:phase sti:Initial ; sti:fiscalYear ?year ; sti:amount ?amount }"
        ' FILTER(CONTAINS(STR(?source), "/rs")) }'
        " GROUP BY ?of ?year",
    ).rows
    told = {(int(_text(of)), int(_text(year))): int(_text(total)) for of, year, total in rows}
    expected = _initial_by_year(records)
    assert {place: total for place, total in told.items() if place in expected} == dict(expected)


def test_every_sheet_is_a_source_and_every_triple_is_in_its_graph(
    store: stigraph.Store, records: Mapping[int, list[dict[str, Any]]]
) -> None:
    assert store.sheets_by_year() == {year: len(found) for year, found in records.items()}
    strangers = stigraph.query(
        store,
        'ASK { GRAPH ?g { ?line prov:wasDerivedFrom ?source } FILTER(CONTAINS(STR(?g), "/rs")) FILTER(?g != ?source) }',
    )
    assert strangers.answer is False


def test_a_plain_pattern_sees_every_triple_once(store: stigraph.Store) -> None:
    line = f"<{ID}budget/{_a_line(store)}>"
    rows = stigraph.query(store, f"SELECT ?p ?o WHERE {{ {line} ?p ?o }}").rows
    assert len(rows) == len(set(rows_key(rows))) >= 8


def rows_key(rows: Any) -> list[str]:
    return [str(row) for row in rows]


def _a_line(store: stigraph.Store) -> str:
    row = stigraph.query(
        store, 'SELECT ?b WHERE { ?b a sti:BudgetLine FILTER(CONTAINS(STR(?b), "/rs2021")) } ORDER BY ?b LIMIT 1'
    ).rows[0][0]
    return _text(row).rsplit("/", 1)[1]


def test_what_sparql_says_of_a_thing_the_index_says_too(store: stigraph.Store) -> None:
    """Every fact of things of each kind, read from the records beside the index and by SPARQL."""
    for kind in ("BudgetLine", "Transfer", "Observation", "Statement", "Indicator", "Programme", "Source"):
        rows = stigraph.query(
            store,
            f'SELECT ?x WHERE {{ GRAPH ?g {{ ?x a sti:{kind} }} FILTER(CONTAINS(STR(?g), "/rs20")) }}'
            " ORDER BY ?x LIMIT 400",
        ).rows
        iris = sorted({_text(row[0]) for row in rows})
        for iri in random.Random(1).sample(iris, min(5, len(iris))):
            number = store.number(iri)
            assert number is not None, iri
            assert store.thing(number).iri == iri
            _same_facts(store, iri, number)


def _same_facts(store: stigraph.Store, iri: str, number: int) -> None:
    rows = stigraph.query(
        store, f"SELECT ?g ?p ?o WHERE {{ GRAPH ?g {{ <{iri}> ?p ?o }} FILTER(?p != rdf:type) }}"
    ).rows
    asked = {(_text(g), _text(p), _text(o)) for g, p, o in rows}
    facts = [fact for fact in store.facts_of([number]) if fact.predicate != "rdf:type"]
    things = store.things({fact.object for fact in facts if fact.object is not None} | {fact.source for fact in facts})
    from stigraph.vocab import expand

    told = {
        (
            things[fact.source].iri,
            expand(fact.predicate),
            things[fact.object].iri if fact.object is not None else fact.value,
        )
        for fact in facts
    }
    assert told == asked, iri
    for fact in store.facts_about([number]):
        assert fact.object == number


def test_a_programme_goes_on_over_the_years_and_is_the_curated_one(store: stigraph.Store) -> None:
    rows = stigraph.query(
        store, "SELECT DISTINCT ?year WHERE { ?s sti:about programme:wpi ; a sti:Source ; sti:fiscalYear ?year }"
    ).rows
    assert sorted(int(_text(row[0])) for row in rows) == list(YEARS)
    several = stigraph.query(
        store,
        "SELECT ?p (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s sti:about ?p ; a sti:Source . ?p a sti:Programme }"
        " GROUP BY ?p HAVING(COUNT(DISTINCT ?s) = 3)",
    ).rows
    assert len(several) > TAKEN // 2


def test_a_curated_programme_is_found_by_the_name_that_every_sheet_prints(store: stigraph.Store) -> None:
    """All sheets print one name, which is not quite the curated label: it is an alias, said by each sheet."""
    rows = stigraph.query(
        store,
        "SELECT ?name (COUNT(?sheet) AS ?sheets) WHERE { GRAPH ?sheet { ?sheet sti:about programme:q-leap ."
        " programme:q-leap skos:altLabel ?name } } GROUP BY ?name",
    ).rows
    assert [(_text(name), _text(sheets)) for name, sheets in rows] == [
        ("光・量子飛躍フラッグシッププログラム（Q-LEAP)", "3")
    ]


def test_the_wpi_series_is_that_of_the_published_sheets(store: stigraph.Store) -> None:
    rows = stigraph.query(
        store,
        "SELECT ?y ?a WHERE { ?b sti:programme programme:wpi ; sti:phase sti:Initial ; sti:fiscalYear ?y ;"
        " sti:amount ?a ; prov:wasDerivedFrom/sti:fiscalYear ?y }",
    ).rows
    series = {int(_text(year)): int(_text(amount)) for year, amount in rows}
    assert {year: series[year] // 1_000_000 for year in YEARS} == {2019: 6_750, 2020: 5_871, 2021: 6_100}


def test_the_reading_commands_read_sheets(run: Run, store: stigraph.Store) -> None:
    folder = str(Path(store.folder).parents[1])
    sheet = next(iter(_records(2021)))
    found = run("search", sheet["事業名"], "--type", "Programme", "--store", folder)
    assert sheet["事業名"] in found.stdout
    shown = run("show", "programme:wpi", "--store", folder, "--lang", "ja")
    assert "rs2021-mext-" in shown.stdout
    assert "予算[2020].当初予算" in shown.stdout
    counted = json.loads(run("stats", "--format", "json", "--store", folder).stdout)
    assert {key: value for entry in counted for key, value in entry["sheets"].items()} == {
        str(year): count for year, count in store.sheets_by_year().items()
    }
    assert run("lineage", "SICORP", "--store", folder).stdout == run("lineage", "SICORP").stdout


def test_importing_again_replaces_and_changes_nothing_else(
    files: Path, store: stigraph.Store, tmp_path: Path, records: Mapping[int, list[dict[str, Any]]]
) -> None:
    folder = tmp_path / "store"
    shutil.copytree(Path(store.folder).parents[1], folder)
    before = Path(stigraph.open_store(folder).folder).name
    again = import_review_sheets([files / "2020.ndjson"], store=folder, workers=1)
    assert (again.replaced.total(), again.total) == (len(records[2020]), sum(map(len, records.values())))
    assert Path(stigraph.open_store(folder).folder).name == before
    changed = dict(records[2020][0])
    changed["事業目的"] = "書き直された目的。"
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(changed, ensure_ascii=False), encoding="utf-8")
    assert import_review_sheets([path], store=folder, workers=1).replaced == {(2020, MINISTRY): 1}
    hits = [hit.thing.type for hit in stigraph.search(stigraph.open_store(folder), "書き直された目的")]
    assert hits == ["sti:Statement"]


def test_a_build_keeps_what_was_imported(store: stigraph.Store, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    shutil.copytree(Path(store.folder).parents[1], folder)
    stigraph.build(folder, force=True)
    assert stigraph.open_store(folder).sheets_by_year() == store.sheets_by_year()


def test_a_bad_record_is_reported_and_the_rest_comes_in(files: Path, run: Run, tmp_path: Path) -> None:
    lines = (files / "2021.ndjson").read_text(encoding="utf-8").splitlines()[:3]
    path = tmp_path / "mixed.ndjson"
    path.write_text("\n".join([lines[0], "{", "[1]", '{"公開年度": "x"}', *lines[1:]]) + "\n", encoding="utf-8")
    done = run(
        *["import", "review-sheets", str(path), "--store", str(tmp_path / "store")],
        *["--report", str(tmp_path / "report.csv"), "--workers", "1"],
    )
    assert done.returncode == 0, done.stderr
    assert "FY2021           3         3         0         0         0" in done.stdout
    assert "line 2" in done.stdout
    assert len((tmp_path / "report.csv").read_text(encoding="utf-8").splitlines()) == 4


def test_nothing_but_bad_records_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "bad.ndjson"
    path.write_text("{}\n", encoding="utf-8")
    with pytest.raises(DataError, match="no sheet could be read"):
        import_review_sheets([path], store=tmp_path / "store", workers=1)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Executor]:
    """A Dask cluster of two processes of their own on this machine, as an executor."""
    reason = "distributed is not installed: pip install distributed"
    distributed = pytest.importorskip("distributed", reason=reason)
    local = {"n_workers": 2, "threads_per_worker": 1, "processes": True}
    with (
        distributed.LocalCluster(**local, dashboard_address=None, local_directory=str(tmp_path / "dask")) as cluster,
        distributed.Client(cluster) as client,
    ):
        assert len(set(client.run(os.getpid).values()) - {os.getpid()}) == 2
        yield client.get_executor()


def _quads(snapshot: Path) -> list[bytes]:
    written = ox.Store.read_only(str(snapshot / "sparql")).dump(format=ox.RdfFormat.N_QUADS)
    assert written
    return sorted(written.splitlines())


def test_a_cluster_makes_the_same_snapshot(
    cluster: Executor, files: Path, store: stigraph.Store, tmp_path: Path
) -> None:
    """The processes of a Dask cluster read, link and write the sheets; what comes of it is the same to the byte."""
    report = import_review_sheets([files], store=tmp_path / "store", executor=cluster)
    made, ours = Path(stigraph.open_store(tmp_path / "store").folder), Path(store.folder)
    assert made.name == ours.name
    for name in ("index.sqlite", "manifest.json"):
        assert (made / name).read_bytes() == (ours / name).read_bytes(), name
    assert _quads(made) == _quads(ours)
    assert {year: report.entered[year, MINISTRY] for year in YEARS} == dict(store.sheets_by_year())
    (tmp_path / "broken.xz").write_bytes(b"no such thing")
    with pytest.raises(DataError, match=r"broken\.xz: this file cannot be read"):
        import_review_sheets([tmp_path / "broken.xz"], store=tmp_path / "store", executor=cluster)


def test_the_rs_system_comes_in_beside(store: stigraph.Store, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    shutil.copytree(Path(store.folder).parents[1], folder)
    report = import_rs_system([CORPUS / "rs-sample" / "2024", CORPUS / "rs-sample" / "2025"], store=folder, workers=2)
    assert {year for year, _ in report.entered} == {2024, 2025}
    opened = stigraph.open_store(folder)
    years = opened.sheets_by_year()
    assert years[2024] == 4
    assert years[2025] == 6
    assert years[2021] == store.sheets_by_year()[2021]
