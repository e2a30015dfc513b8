"""The coverage table decides on every line of every document."""

import re
from pathlib import Path

import pytest

from stigraph import Store
from stigraph.coverage import Passage, count_lines, read_coverage
from stigraph.errors import DataError
from stigraph.vocab import expand

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
DOCUMENTS = ("000", "001", "002", "003", "004")


@pytest.fixture(scope="module")
def table() -> list[Passage]:
    return read_coverage()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_rows_follow_each_other_without_a_gap(document: str, table: list[Passage]) -> None:
    expected = 1
    for passage in (row for row in table if row.document == document):
        assert passage.first == expected, f"{document}: a row should begin at L{expected}, not L{passage.first}"
        assert passage.last >= passage.first, f"{document}: L{passage.first}-L{passage.last} runs backwards"
        expected = passage.last + 1
    assert expected > 300


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_rows_reach_the_end_of_the_text(document: str, table: list[Passage]) -> None:
    if not SEEDS.is_dir():
        pytest.skip("the source texts (../shared/seeds) are not on this machine")
    text = next(SEEDS.glob(f"{document}_*.txt")).read_text(encoding="utf-8")
    last = max(passage.last for passage in table if passage.document == document)
    lines = text.split("\n")
    rest = [line for line in lines[last:] if line.strip()]
    assert rest == [], f"{document}: nothing is decided on what follows L{last}"
    assert last <= len(lines), f"{document}: L{last} is behind the end of the text"


def test_every_node_is_in_the_graph_and_of_that_document(table: list[Passage], store: Store) -> None:
    missing = [
        f"{passage.document} L{passage.first}: {node}"
        for passage in table
        for node in passage.nodes
        if store.number(expand(node) or "") is None
    ]
    assert missing == []
    strange = [
        f"{passage.document} L{passage.first}: {node}"
        for passage in table
        for node in passage.nodes
        if (code := re.match(r"(?:statement|budget|observation|record|transfer|result):d(\d{3})-", node))
        and code[1] != passage.document
    ]
    assert strange == []


def test_what_is_open_is_counted(table: list[Passage]) -> None:
    counts = {count.document: count for count in count_lines(table)}
    assert set(counts) == set(DOCUMENTS)
    assert all(count.recorded > count.left_out for count in counts.values()), counts
    assert sum(count.open for count in counts.values()) == 0, "say in the closing of a document why a passage is open"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("document,lines\n", "coverage.csv:1: the first line must be"),
        ("document,lines,holds,nodes,reason\n000,12,x,,blank\n", "coverage.csv:2: a row is"),
        ("document,lines,holds,nodes,reason\n000,L1-L2,x,,\n", "coverage.csv:2: a row names the nodes"),
    ],
)
def test_a_broken_table_names_the_line(content: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "coverage.csv").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=re.escape(message)):
        read_coverage(tmp_path)
