"""What a store on disk answers, a server that holds the same graphs answers too."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import stigraph
from stigraph.lineage.formats import write
from stigraph.names import nearest, resolve, search
from stigraph.query import named_queries, query

THINGS = [
    "SICORP",
    "ＳＡＴＲＥＰＳ",
    "科研費",
    "第6期基本計画",
    "WPI",
    "ASPIRE",
    "JST",
    "世界展開力",
    "003",
    "文部科学省",
    "米国",
    "e-ASIA",
]
DOWN = ["第6期基本計画", "第５期科学技術基本計画", "統合イノベーション戦略2020", "米国"]
TEXTS = [
    "量子",
    "国際共同研究",
    "ＳＡＴＲＥＰＳ",
    "ｲﾉﾍﾞｰｼｮﾝ",
    "innovation strategy 2020",
    "第六期",
    "令和3年",
    "防",
    "国際 共同 研究",
    "qqqxxx",
]
NAMES = Path(__file__).parents[1] / "names" / "resolve.csv"
# Queries that Virtuoso 7.2 refuses or answers otherwise than the recommendation says, and why.
NOT_ON_VIRTUOSO = {
    "budgets-year-on-year": "divides integers to an integer",
    "ceiling-against-budget": "divides integers to an integer",
    "documents-by-decision": "repeats a row for each graph that holds a triple",
    "documents-citing-documents": "computes truth values as 0 and 1",
    "indicators-against-targets": "computes truth values as 0 and 1",
    "indicators-without-values": "passes over a condition within a condition",
    "initial-budgets-of-ministry": "fails inside",
    "members-of-partner-groups": "computes truth values as 0 and 1",
    "programmes-citing-nothing": "repeats a row for each graph that holds a triple",
    "programmes-of-objective": "does not follow the path",
    "quotations-on-two-pages": "computes truth values as 0 and 1",
    "recommendations-for-plan": "repeats a row for each graph that holds a triple",
    "umbrella-budgets-and-parts": "repeats a row for each graph that holds a triple",
}


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def remote(request: pytest.FixtureRequest) -> stigraph.Store:
    return stigraph.open_store(request.getfixturevalue(request.param).queries)


def number_as_server(text: str) -> str:
    """Both servers keep the value of a decimal and not how it was written: 14.0 becomes 14."""
    return text.rstrip("0").rstrip(".") if re.fullmatch(r"-?\d+\.\d+", text) else text


def settled(content: Any) -> Any:
    """Put lists in one order and numbers in one spelling."""
    if isinstance(content, dict):
        return {key: settled(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return sorted(map(settled, content), key=lambda item: json.dumps(item, ensure_ascii=False, sort_keys=True))
    return number_as_server(content) if isinstance(content, str) else content


def shown(store: stigraph.Store, name: str) -> Any:
    from stigraph.cli.show import _plain
    from stigraph.show import portray

    return _plain(portray(store, resolve(store, name)))


def traced(store: stigraph.Store, name: str, **options: Any) -> Any:
    return json.loads(write(stigraph.lineage(store, name, **options), "json"))


def counted(store: stigraph.Store) -> Any:
    from stigraph.stats import summarize

    return [
        (count.source.iri, count.triples, dict(count.nodes), dict(count.bases), count.citations)
        for count in summarize(store)
    ]


def test_every_thing_is_shown_and_traced_alike(remote: stigraph.Store, store: stigraph.Store) -> None:
    on_virtuoso = "sparql" in remote.folder
    for name in THINGS[::3] if on_virtuoso else THINGS:
        assert settled(shown(remote, name)) == settled(shown(store, name)), name
        assert settled(traced(remote, name)) == settled(traced(store, name)), name
    for name in DOWN[1:3] if on_virtuoso else DOWN:
        assert settled(traced(remote, name, down=True)) == settled(traced(store, name, down=True)), name
    narrowed: dict[str, Any] = {"sources": ["002"], "kinds": ["Quotation"], "as_of": "2022", "parts": True}
    assert settled(traced(remote, "SICORP", **narrowed)) == settled(traced(store, "SICORP", **narrowed))
    assert counted(remote) == counted(store)


def test_searches_find_the_same(remote: stigraph.Store, store: stigraph.Store) -> None:
    for text in TEXTS:
        there, here = (
            [(hit.thing.iri, hit.matched) for hit in search(place, text, limit=1000)] for place in (remote, store)
        )
        assert sorted(map(str, there)) == sorted(map(str, here)), text
        # Things that are equally near come in an order of their own; how near they are is equal all along.
        assert [len(name or "") for _, name in there] == [len(name or "") for _, name in here], text
    assert [thing.iri for thing in nearest(remote, "SICORPP")] == [thing.iri for thing in nearest(store, "SICORPP")]
    for row in csv.DictReader(NAMES.open(encoding="utf-8")):
        assert resolve(remote, row["typed"]).iri == resolve(store, row["typed"]).iri, row
    with pytest.raises(stigraph.StigraphError, match="Nothing is called “第8期基本計画”"):
        resolve(remote, "第8期基本計画")


def test_views_are_alike(remote: stigraph.Store, store: stigraph.Store) -> None:
    from stigraph import views

    made: list[Callable[[stigraph.Store], Any]] = [
        lambda place: views.plan(place, "第6期基本計画"),
        lambda place: views.money(place, "SATREPS"),
        views.gaps,
    ]
    for make in made:
        there, here = make(remote), make(store)
        assert set(there.nodes) == set(here.nodes)
        assert set(there.edges(keys=True)) == set(here.edges(keys=True))
        for node, data in here.nodes(data=True):
            assert settled(there.nodes[node]) == settled(data)


def test_named_queries_give_the_same_rows(remote: stigraph.Store, store: stigraph.Store) -> None:
    queries = list(named_queries().items())
    if "sparql" in remote.folder:
        queries = [item for item in queries[::4] if item[0] not in NOT_ON_VIRTUOSO]
    for name, named in queries:
        there, here = (
            [[cell and number_as_server(cell.value) for cell in row] for row in answer.rows]  # type: ignore[union-attr]  # no triple terms
            for answer in (query(place, named.text, bindings=named.parameters) for place in (remote, store))
        )
        assert settled(there) == settled(here), name


def test_other_forms_of_query(remote: stigraph.Store, store: stigraph.Store) -> None:
    asked = "CONSTRUCT { ?s sti:agency ?a } WHERE { ?s sti:agency ?a }"
    assert query(remote, asked).triples == query(store, asked).triples
    assert query(remote, "CONSTRUCT WHERE { programme:sicorp sti:agency ?a }").triples
    assert query(remote, "DESCRIBE programme:sicorp").triples
    assert query(remote, "ASK { programme:sicorp sti:cites ?statement }").answer is True
    assert query(remote, "ASK { programme:sicorp sti:cites programme:sicorp }").answer is False
    bound = query(
        remote,
        "SELECT ?p (COUNT(*) AS ?n) { GRAPH ?g { ?p sti:cites ?s } } GROUP BY ?p",
        bindings={"p": "https://w3id.org/stigraph/id/programme/sicorp"},
    )
    assert len(bound.rows) == 1
    with pytest.raises(stigraph.StigraphError, match="The query is not SPARQL: at line 1"):
        query(remote, "SELECT ?s { ?s a }")
    with pytest.raises(stigraph.StigraphError, match="cannot be set: the query has no such column"):
        query(remote, "SELECT ?s { ?s a ?t }", bindings={"t": "https://w3id.org/stigraph/ns#Plan"})


def test_a_site_is_written_from_an_address(oxigraph: Any, run: Callable[..., Any], store: Any, tmp_path: Path) -> None:
    written = run("site", "-o", "site", "--store", oxigraph.queries, cwd=tmp_path)
    assert (written.returncode, written.stderr) == (0, "")
    programmes = {thing.iri.rsplit("/", 1)[-1] for thing in store.of_type("sti:Programme")}
    assert {page.stem for page in (tmp_path / "site" / "ja" / "programme").glob("*.html")} - {"index"} == programmes
    sicorp = (tmp_path / "site" / "ja" / "programme" / "sicorp.html").read_text(encoding="utf-8")
    assert "国際的な責務と総合的な安全保障の観点も踏まえつつ" in sicorp and "../document/basic-plan-6.html" in sicorp


def test_virtuoso_faults_are_sentences(virtuoso: Any) -> None:
    remote = stigraph.open_store(virtuoso.queries)
    named = named_queries()["initial-budgets-of-ministry"]
    with pytest.raises(stigraph.StigraphError, match="cannot answer this query: Virtuoso"):
        query(remote, named.text, bindings=named.parameters)
    with pytest.raises(stigraph.StigraphError, match="cuts answers at 1,000 rows; ask for less"):
        query(remote, "SELECT * { ?s ?p ?o }")


def test_commands_take_an_address(oxigraph: Any, run: Callable[..., Any], store_folder: Path, tmp_path: Path) -> None:
    def both(*arguments: str) -> tuple[str, str]:
        there = run(*arguments, "--store", oxigraph.queries)
        here = run(*arguments, "--store", str(store_folder))
        assert (there.returncode, there.stderr) == (here.returncode, here.stderr) == (0, "")
        return there.stdout, here.stdout

    for arguments in (
        ("stats", "--format", "csv"),
        ("discrepancies", "--format", "json"),
        ("query", "programmes-citing-plan", "--set", "plan=第5期科学技術基本計画", "--format", "csv"),
        ("search", "国際共同研究", "--type", "Programme", "--format", "json"),
    ):
        there, here = both(*arguments)
        assert there == here and len(there) > 100
    for arguments in (("view", "plan", "第6期基本計画"), ("view", "money", "ASPIRE")):
        there, here = both(*arguments, "--format", "json")
        assert settled(json.loads(there)) == settled(json.loads(here)) and len(there) > 5000
    drawn = run("view", "lineage", "SICORP", "--store", oxigraph.queries, cwd=tmp_path)
    assert drawn.returncode == 0 and drawn.stdout.startswith("stigraph-lineage.html: ")
    page = (tmp_path / "stigraph-lineage.html").read_text(encoding="utf-8")
    assert all(text in page for text in ("戦略的国際共同研究プログラム", "document/basic-plan-6", "L375-L378"))
    chosen = run("lineage", "SICORP", "--format", "json", env={"STIGRAPH_STORE": oxigraph.queries})
    assert chosen.returncode == 0 and json.loads(chosen.stdout)["root"].endswith("programme/sicorp")
    built = run("build", "--store", oxigraph.queries)
    assert built.returncode == 2 and "send it to a server with `stigraph push`" in built.stderr
