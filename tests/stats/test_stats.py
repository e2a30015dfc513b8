"""The counts of `stigraph stats` are those of the graph and of the coverage table."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

from tests.sheets import MANY

import stigraph
from stigraph.coverage import read_coverage
from stigraph.stats import summarize
from stigraph.vocab import slug

Run = Callable[..., "CompletedProcess[str]"]


def test_counts_agree_with_sparql(store: stigraph.Store) -> None:
    for count in summarize(store):
        statements = stigraph.query(
            store, f"SELECT (COUNT(?s) AS ?n) {{ GRAPH <{count.source.iri}> {{ ?s a sti:Statement }} }}"
        )
        assert str(statements.rows[0][0]).startswith(f'"{count.nodes.get("sti:Statement", 0)}"')
        triples = stigraph.query(store, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{count.source.iri}> {{ ?s ?p ?o }} }}")
        assert str(triples.rows[0][0]).startswith(f'"{count.triples}"')


def test_background_states_nothing(store: stigraph.Store) -> None:
    background = {slug(count.source.iri): count for count in summarize(store)}["background"]
    assert set(background.bases) == {"BackgroundKnowledge"}
    assert background.citations == 0


def test_coverage_counts_every_line_once(run: Run) -> None:
    result = run("stats", "--coverage", "--format", "json")
    assert result.returncode == 0, result.stderr
    content = json.loads(result.stdout)
    lines = {row["document"]: row["recorded"] + row["open"] + row["left_out"] for row in content["lines"]}
    last = {passage.document: passage.last for passage in read_coverage()}
    assert lines == last
    assert {slug(source["source"]) for source in content["sources"]} >= {"background", "catalogue"}


def test_csv_has_both_tables(run: Run) -> None:
    result = run("stats", "--coverage", "--format", "csv")
    rows = list(csv.reader(io.StringIO(result.stdout)))
    assert rows[0] == ["source", "counted", "name", "count"]
    assert {row[1] for row in rows[1:]} == {"triples", "citations", "class", "basis", "lines"}


def test_review_sheets_are_counted_by_ministry_and_year(run: Run, sheets_folder: Path) -> None:
    asked = ("stats", "--store", str(sheets_folder), "--lang", "en", "--format")
    counted = json.loads(run(*asked, "json").stdout)
    catalogue = next(entry for entry in counted if entry["source"].endswith("/review-sheet-catalogue"))
    told = {slug(row["ministry"]): row["sheets"] for row in catalogue["ministries"]}
    assert told == {"mhlw": {"2020": MANY, "2021": MANY}, "mext": {"2020": 1, "2021": 1}}
    assert not any(entry["ministries"] for entry in counted if entry is not catalogue)
    rows = list(csv.DictReader(io.StringIO(run(*asked, "csv").stdout)))
    sheets = {row["name"]: int(row["count"]) for row in rows if row["counted"] == "sheets"}
    assert sheets == {
        "2020": MANY + 1,
        "2021": MANY + 1,
        "2020 mhlw": MANY,
        "2021 mhlw": MANY,
        "2020 mext": 1,
        "2021 mext": 1,
    }
    table = [line.split() for line in run(*asked, "text").stdout.rpartition("review sheets\n")[2].splitlines()]
    assert table[0] == ["FY2020", "FY2021", "all"]
    assert table[1][-3:] == [str(MANY), str(MANY), str(2 * MANY)]
    assert table[2][-3:] == ["1", "1", "2"]
    assert table[3] == ["all", str(MANY + 1), str(MANY + 1), str(2 * MANY + 2)]
