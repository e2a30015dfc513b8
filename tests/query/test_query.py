"""Asking SPARQL: what is refused, what comes back, in which forms, and how the command line says so."""

import csv
import json
import re
import sqlite3
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from subprocess import CompletedProcess
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from stigraph import Store
from stigraph.cli.query import command
from stigraph.errors import NameNotFoundError, QueryError, StoreError, UsageError
from stigraph.japanese import display_width
from stigraph.query import FORMATS, QueryResult, named_queries, named_query, query
from stigraph.query.guard import check_query
from stigraph.query.results import Value
from stigraph.vocab import ID, STI

_PLANS = 'SELECT ?plan ?label { ?plan a sti:Plan ; skos:prefLabel ?label FILTER(lang(?label) = "ja") } ORDER BY ?plan'
_CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
_SICORP = f"{ID}programme/sicorp"
_PLAN_5, _PLAN_6 = f"{ID}document/basic-plan-5", f"{ID}document/basic-plan-6"

# --- The guard --------------------------------------------------------------------------------------------------------

_UPDATES = [
    "INSERT DATA { <a:a> <a:b> <a:c> }",
    "delete where { ?s ?p ?o }",
    "PREFIX select: <http://example.org/> DELETE DATA { select:a select:b 'SELECT' }",
    "BASE <http://example.org/> LOAD <data.ttl>",
    "WITH <http://example.org/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "# SELECT\nCLEAR ALL",
    "DROP GRAPH <http://example.org/SELECT>",
    "CREATE GRAPH <http://example.org/g>",
    "COPY DEFAULT TO <http://example.org/g>",
    "MOVE DEFAULT TO <http://example.org/g>",
    "ADD DEFAULT TO <http://example.org/g>",
]
_SERVICES = [
    "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
    "SELECT * { service silent ?where { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER(?o<2)SERVICE<http://example.org/>{ ?s ?q ?r } FILTER(?o>0) }",
    "SELECT * { ?s ?p 'it''s' . SERVICE <http://example.org/> { } }",
    "# don't\nSELECT * { SERVICE <http://example.org/> { } }",
    "ASK { ?s?p?o.SERVICE<http://example.org/>{ } }",
]
_HARMLESS = [
    'SELECT * { ?s ?p "SERVICE and DELETE" }',
    "SELECT * { ?s ?p 'it\\'s a SERVICE' }",
    'SELECT * { ?s ?p """a "quoted" SERVICE""" }',
    "SELECT * { ?s ?p '''DELETE '' SERVICE''' }",
    'SELECT * { ?s ?p "x"@service }',
    "SELECT * { ?s <http://example.org/SERVICE#DELETE> ?o }",
    "SELECT * { ?s ?p ?o } # SERVICE, DELETE",
    "# INSERT\nSELECT * { ?s ?p ?o }",
    "SELECT ?service $delete { ?service ?p $delete }",
    "PREFIX service: <http://example.org/> PREFIX add: <http://example.org/> SELECT * { service:SERVICE add:drop ?o }",
    "PREFIX e: <http://example.org/> SELECT * { e:a\\,SERVICE e:b ?o }",
    "SELECT (COUNT(*) AS ?clear) { ?s ?p ?o FILTER(1 < 2 && 2 > 1) }",
    "SELECT * { _:service ?p ?o }",
]


@pytest.mark.parametrize("text", _UPDATES)
def test_update_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match=r"This is an update \([A-Z]+\)"):
        check_query(text)


@pytest.mark.parametrize("text", _SERVICES)
def test_service_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="SERVICE would send the query"):
        check_query(text)


@pytest.mark.parametrize("text", _HARMLESS)
def test_keyword_that_is_no_keyword_passes(store: Store, text: str) -> None:
    check_query(text)
    query(store, text.replace(" }", " } LIMIT 1", 1) if text.endswith("}") else text, timeout=60)


@pytest.mark.parametrize("text", ["", "   ", "# SELECT", "sicorp", "PREFIX a: <http://example.org/>"])
def test_what_is_no_query_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="not a SPARQL query"):
        check_query(text)


@given(st.text(st.characters(exclude_characters='"\\\n\r', exclude_categories=["Cs"])))
def test_nothing_inside_a_string_is_a_keyword(text: str) -> None:
    check_query(f'SELECT * {{ ?s ?p "SERVICE DELETE {text} SERVICE" }}')


@given(
    st.sampled_from(_SERVICES + _UPDATES), st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]))
)
def test_comment_hides_nothing(text: str, comment: str) -> None:
    with pytest.raises(QueryError):
        check_query(f"# {comment}\n{text}")


def test_store_is_as_before_after_a_refused_update(store: Store) -> None:
    before = query(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows
    with pytest.raises(QueryError):
        query(store, "DELETE WHERE { ?s ?p ?o }")
    assert query(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows == before


# --- What is broken, bound, out of time -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT * { ?s ?p ?o", r'at line 1, column 20: expected .*"\}"'),
        ("SELECT ?x\nWHERE", "at line 2, column 6"),
        ("ASK { nosuchprefix:a ?p ?o }", "line 1, column 21: Prefix not found"),
        ("SELECT ?s { ?s ?p }", "at line 1"),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }", "The SELECT contains a variable that is unbound"),
    ],
)
def test_broken_query_is_explained(store: Store, text: str, words: str) -> None:
    with pytest.raises(QueryError, match=f"^The query is not SPARQL: .*{words}") as caught:
        query(store, text)
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message
    assert "..=" not in message, "classes of characters help no one"


def test_binding_enters_as_a_term(store: Store) -> None:
    text = "SELECT ?document ?plan { ?document sti:implements ?plan } ORDER BY ?document"
    result = query(store, text, bindings={"plan": _PLAN_5})
    assert {row[1] for row in result.rows} == {ox.NamedNode(_PLAN_5)}
    assert ox.NamedNode(f"{ID}document/integrated-innovation-strategy-2020") in {row[0] for row in result.rows}
    everything = query(store, text)
    assert len(everything.rows) > len(result.rows)


def test_binding_reaches_ask_and_construct(store: Store) -> None:
    ask = "ASK { programme:sicorp sti:cites/sti:statedIn/sti:implements ?plan }"
    assert query(store, ask, bindings={"plan": _PLAN_5}).answer is True
    assert query(store, ask, bindings={"plan": f"{ID}document/basic-plan-7"}).answer is False
    built = query(store, "CONSTRUCT WHERE { ?d sti:implements ?plan }", bindings={"plan": _PLAN_5}).triples
    assert built
    assert {triple.object for triple in built} == {ox.NamedNode(_PLAN_5)}


@pytest.mark.parametrize(
    ("variable", "iri", "message"),
    [
        ("nosuch", _PLAN_5, r"\?nosuch cannot be set: the query has no such column"),
        ("plan", "no iri", r"\?plan cannot be set to <no iri>"),
        ("plan", "http://example.org/> } INSERT DATA { <a:a> <a:a> <a:a", r"\?plan cannot be set to"),
        ("two words", _PLAN_5, r"\?two words cannot be set"),
    ],
)
def test_binding_that_does_not_fit_is_explained(store: Store, variable: str, iri: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        query(store, "SELECT ?d ?plan { ?d sti:implements ?plan }", bindings={variable: iri})


def test_binding_of_what_is_not_a_column_is_an_error_and_not_ignored(store: Store) -> None:
    with pytest.raises(QueryError, match="Name it after SELECT"):
        query(store, "SELECT ?d { ?d sti:implements ?plan }", bindings={"plan": _PLAN_5})


def test_unreadable_store_says_so_itself(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "snapshot"
    folder.mkdir()
    (folder / "manifest.json").write_text((Path(store.folder) / "manifest.json").read_text(encoding="utf-8"))
    with (
        sqlite3.connect(Path(store.folder) / "index.sqlite") as index,
        sqlite3.connect(folder / "index.sqlite") as copy,
    ):
        index.backup(copy)
    (folder / "sparql").write_text("not a store")
    with pytest.raises(StoreError, match="sparql"):
        query(Store(str(folder)), "ASK { ?s ?p ?o }")


@pytest.mark.parametrize(
    "text",
    ["SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"],
)
def test_query_with_too_many_rows_is_given_up(store: Store, text: str) -> None:
    start = time.monotonic()
    with pytest.raises(QueryError, match=r"more than 0\.5 seconds"):
        query(store, text, timeout=0.5)
    assert time.monotonic() - start < 10


def test_query_that_never_gives_a_row_is_given_up(run: Callable[..., CompletedProcess[str]]) -> None:
    """In a process of its own: the engine cannot be stopped before its first row."""
    start = time.monotonic()
    done = run("query", _CROSS, "--timeout", "0.5")
    assert done.returncode == 2
    assert "more than 0.5 seconds" in done.stderr
    assert "Traceback" not in done.stderr
    assert time.monotonic() - start < 20


def test_time_that_is_enough_changes_nothing(store: Store) -> None:
    assert query(store, _PLANS, timeout=60) == query(store, _PLANS)


# --- The union and its graphs -----------------------------------------------------------------------------------------


def test_default_graph_holds_every_triple_once(store: Store) -> None:
    """Two documents say that Hungary is of the V4; a plain pattern finds it once, GRAPH twice."""
    plain = query(store, "SELECT ?m { partner:v4 sti:hasMember ?m } ORDER BY ?m")
    assert [row[0].value for row in plain.rows if isinstance(row[0], ox.NamedNode)] == [
        f"{ID}partner/{country}" for country in ("cz", "hu", "pl", "sk")
    ]
    said = query(store, "SELECT ?g { GRAPH ?g { partner:v4 sti:hasMember partner:hu } } ORDER BY ?g")
    assert len(said.rows) >= 2
    assert len({row[0] for row in said.rows}) == len(said.rows)


def test_default_graph_is_the_union(store: Store) -> None:
    both = "SELECT (COUNT(*) AS ?n) { %s }"
    union = query(store, both % "SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } FILTER(!isBlank(?s)) }", timeout=60)
    plain = query(store, both % "?s ?p ?o FILTER(!isBlank(?s))", timeout=60)
    assert plain.rows == union.rows


def test_sums_are_not_doubled(store: Store) -> None:
    total = "SELECT (SUM(?amount) AS ?sum) { budget:d002-sicorp-2021-draft sti:amount ?amount }"
    assert query(store, total).write("csv").split() == ["sum", "1078000000"]


def test_graph_says_which_document_says_so(store: Store) -> None:
    text = "SELECT ?source { GRAPH ?source { programme:sicorp sti:partner partner:za } } ORDER BY ?source"
    sources = [str(row[0].value) for row in query(store, text).rows if isinstance(row[0], ox.NamedNode)]
    assert f"{ID}source/mext-international-draft-budget-fy2021" in sources
    assert f"{ID}source/mext-international-budget-fy2021" in sources
    assert f"{ID}source/aspire-review-sheet-fy2023" not in sources


def test_prefixes_need_not_be_declared_and_may_be(store: Store) -> None:
    declared = f"PREFIX s: <{STI}> PREFIX p: <{ID}programme/> ASK {{ p:sicorp s:cites ?statement }}"
    assert query(store, declared).answer is True
    assert query(store, "ASK { programme:sicorp sti:cites ?statement }").answer is True


# --- Formats ----------------------------------------------------------------------------------------------------------

_iris = st.sampled_from([_SICORP, _PLAN_5, "http://example.org/%E8%A8%88%E7%94%BB", "http://example.org/計画"])
_texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=20)
_terms: st.SearchStrategy[Value | None] = st.one_of(
    st.none(),
    _iris.map(ox.NamedNode),
    _texts.map(ox.Literal),
    st.builds(lambda text, lang: ox.Literal(text, language=lang), _texts, st.sampled_from(["ja", "en"])),
    st.integers(-(10**12), 10**12).map(ox.Literal),
    st.booleans().map(ox.Literal),
)
_results = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(_terms, min_size=width, max_size=width), max_size=5).map(
        lambda rows: QueryResult([f"v{number}" for number in range(width)], rows)
    )
)


def _parsed(text: str, form: ox.QueryResultsFormat) -> list[list[object]]:
    solutions = ox.parse_query_results(text, format=form)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return [[solution[name] for name in names] for solution in solutions]


@given(_results)
def test_standard_forms_give_the_rows_back(result: QueryResult) -> None:
    rows = [list(row) for row in result.rows]
    assert _parsed(result.write("json"), ox.QueryResultsFormat.JSON) == rows
    assert _parsed(result.write("xml"), ox.QueryResultsFormat.XML) == rows
    assert _parsed(result.write("tsv"), ox.QueryResultsFormat.TSV) == rows


@given(_results)
def test_csv_gives_the_values_back(result: QueryResult) -> None:
    table = list(csv.reader(result.write("csv").splitlines(keepends=True)))
    expected = [[("" if term is None else getattr(term, "value", "")) for term in row] for row in result.rows]
    if len(result.variables) == 1:  # an empty line is no row to the csv module
        table, expected = [row for row in table if row], [row for row in expected if row != [""]]
        table = [row for row in table if row != [""]]
    assert table == [list(result.variables), *expected]


def test_many_rows_are_lines_under_one_head() -> None:
    values = [f"行{number}\nの続き" if number % 100 == 0 else f"行{number}" for number in range(250)]
    result = QueryResult(["text", "number"], [[ox.Literal(text), ox.Literal(7)] for text in values])
    table = list(csv.reader(result.write("csv").splitlines(keepends=True)))
    assert table == [["text", "number"], *([text, "7"] for text in values)]
    assert _parsed(result.write("tsv"), ox.QueryResultsFormat.TSV) == result.rows


@given(_results)
def test_table_and_markdown_have_a_line_for_each_row(result: QueryResult) -> None:
    assert len(result.write("table").splitlines()) == len(result.rows) + 3
    assert len(result.write("md").splitlines()) == len(result.rows) + 2


def test_json_has_the_structure_of_the_standard(store: Store) -> None:
    text = """
      SELECT ?s ?label ?year ?none {
        ?s skos:prefLabel ?label ; sti:startFiscalYear ?year .
        FILTER(?s = programme:sicorp && lang(?label) = 'ja')
        OPTIONAL { ?s sti:nothing ?none }
      }"""
    answer = json.loads(query(store, text).write("json"))
    assert answer == {
        "head": {"vars": ["s", "label", "year", "none"]},
        "results": {
            "bindings": [
                {
                    "s": {"type": "uri", "value": _SICORP},
                    "label": {"type": "literal", "value": "戦略的国際共同研究プログラム", "xml:lang": "ja"},
                    "year": {
                        "type": "literal",
                        "value": "2009",
                        "datatype": "http://www.w3.org/2001/XMLSchema#integer",
                    },
                }
            ]
        },
    }


def test_standard_forms_of_one_answer_agree(store: Store) -> None:
    result = query(store, _PLANS)
    rows = [list(row) for row in result.rows]
    assert rows
    assert _parsed(result.write("json"), ox.QueryResultsFormat.JSON) == rows
    assert _parsed(result.write("tsv"), ox.QueryResultsFormat.TSV) == rows
    assert _parsed(result.write("xml"), ox.QueryResultsFormat.XML) == rows
    assert ElementTree.fromstring(result.write("xml")).tag.endswith("sparql")


def test_rdflib_reads_our_json(store: Store) -> None:
    result = query(store, _PLANS)
    read = rdflib.query.Result.parse(BytesIO(result.write("json").encode()), format="json")
    assert [str(binding[rdflib.Variable("label")]) for binding in read.bindings] == [
        row[1].value for row in result.rows if isinstance(row[1], ox.Literal)
    ]


@pytest.mark.parametrize(
    ("form", "written"),
    [
        (None, "true\n"),
        ("table", "true\n"),
        ("csv", "true\n"),
        ("tsv", "true\n"),
        ("md", "true\n"),
        ("json", '{\n  "head": {},\n  "boolean": true\n}\n'),
    ],
)
def test_ask_is_one_word(store: Store, form: str | None, written: str) -> None:
    assert query(store, "ASK { programme:sicorp a sti:Programme }").write(form) == written


def test_ask_is_no_when_it_is_no(store: Store) -> None:
    result = query(store, "ASK { programme:sicorp a sti:Plan }")
    assert result.answer is False
    assert result.write() == "false\n"
    for form in ("json", "xml"):
        standard = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML}[form]
        assert not ox.parse_query_results(result.write(form), format=standard)


@pytest.mark.parametrize(
    "text",
    [
        "CONSTRUCT WHERE { ?d sti:implements ?plan }",
        "CONSTRUCT { ?s sti:quote ?q } WHERE { ?s sti:quote ?q } LIMIT 20",
        "DESCRIBE programme:sicorp",
        "DESCRIBE <https://w3id.org/stigraph/id/statement/d002-l85>",
    ],
)
def test_graph_forms_parse_back_to_the_same_graph(store: Store, text: str) -> None:
    result = query(store, text)
    assert result.triples
    turtle = rdflib.Graph().parse(data=result.write("turtle"), format="turtle")
    ntriples = rdflib.Graph().parse(data=result.write("ntriples"), format="nt")
    assert len(turtle) == len(result.triples)
    assert isomorphic(turtle, ntriples)
    assert result.write() == result.write("turtle")
    assert "sti:" in result.write("turtle")
    listed = json.loads(result.write("json"))
    assert listed["head"]["vars"] == ["subject", "predicate", "object"]
    assert len(listed["results"]["bindings"]) == len(result.triples)


def test_graph_forms_come_in_one_order(store: Store) -> None:
    text = "CONSTRUCT WHERE { ?d sti:implements ?plan }"
    assert query(store, text).write("ntriples") == query(store, text).write("ntriples")
    lines = query(store, text).write("ntriples").splitlines()
    assert len(lines) == len(set(lines))


def test_empty_answers_are_written(store: Store) -> None:
    select = query(store, "SELECT ?s { ?s a sti:Nothing }")
    assert select.write("table").endswith("(0 rows)\n")
    assert json.loads(select.write("json"))["results"]["bindings"] == []
    assert select.write("csv").split() == ["s"]
    graph = query(store, "CONSTRUCT { ?s a sti:Plan } WHERE { ?s a sti:Nothing }")
    assert len(rdflib.Graph().parse(data=graph.write("turtle"), format="turtle")) == 0
    assert graph.write("ntriples") == ""


@pytest.mark.parametrize("form", ["turtle", "ntriples"])
def test_rows_have_no_graph_form(store: Store, form: str) -> None:
    for text in (_PLANS, "ASK { ?s ?p ?o }"):
        with pytest.raises(UsageError, match="no triples to write"):
            query(store, text).write(form)


def test_unknown_format_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match=", ".join(FORMATS)):
        query(store, _PLANS).write("excel")


def test_markdown_escapes_what_would_break_a_row() -> None:
    written = QueryResult(["v"], [[ox.Literal("a|b\\c\n<b>d</b>")]]).write("md")
    assert written == "| v |\n| --- |\n| a\\|b\\\\c &lt;b>d&lt;/b> |\n"


def test_table_columns_line_up_in_japanese() -> None:
    rows: list[list[Value | None]] = [
        [ox.Literal("第6期基本計画"), ox.Literal("x")],
        [ox.Literal("SICORP"), ox.Literal("y")],
        [None, ox.Literal("z")],
    ]
    header, ruler, *lines, count = QueryResult(["name", "mark"], rows).write("table").splitlines()
    assert ruler.split() == ["-" * 13, "----"]
    assert [display_width(line[: line.rindex(mark)]) for line, mark in zip(lines, "xyz", strict=True)] == [15, 15, 15]
    assert header.startswith("name ")
    assert count == "(3 rows)"


def test_table_clips_and_keeps_to_one_line(store: Store) -> None:
    written = query(store, "SELECT ?quote { ?s sti:quote ?quote }").write("table")
    assert all(display_width(line) <= 60 for line in written.splitlines())
    assert "…" in written
    assert "(1 row)" in QueryResult(["v"], [[ox.Literal("a\nb")]]).write("table")


def test_table_shortens_iris(store: Store) -> None:
    assert "document:basic-plan-6" in query(store, _PLANS).write("table")


# --- The named queries ------------------------------------------------------------------------------------------------


def test_named_query_is_found_or_the_nearest_are_told() -> None:
    assert named_query("discrepancies").name == "discrepancies"
    with pytest.raises(NameNotFoundError) as caught:
        named_query("discrepancy")
    assert "discrepancies" in [name for _, name in caught.value.nearest]


# --- The command line -------------------------------------------------------------------------------------------------


@pytest.fixture
def ask(store_folder: Path) -> Callable[..., Result]:
    """Run ``stigraph query`` in this process; errors of ours come as `Result.exception`."""

    def invoke(*arguments: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(command, [*arguments, "--store", str(store_folder)], input=stdin)

    return invoke


def _error(result: Result, kind: type[Exception]) -> str:
    assert isinstance(result.exception, kind), result.output
    return str(result.exception)


def test_query_text(ask: Callable[..., Result]) -> None:
    result = ask("ASK{programme:sicorp a sti:Programme}")
    assert (result.exit_code, result.stdout) == (0, "true\n")


def test_query_without_spaces_is_no_name(ask: Callable[..., Result]) -> None:
    result = ask("DESCRIBE<https://w3id.org/stigraph/id/programme/sicorp>")
    assert result.exit_code == 0
    assert "sti:cites" in result.stdout


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_standard_input(ask: Callable[..., Result], mark: str) -> None:
    result = ask("-", "--format", "csv", stdin=f'{mark}SELECT ?p {{ ?p skos:prefLabel "第5期科学技術基本計画"@ja }}')
    assert (result.exit_code, result.stdout.split()) == (0, ["p", _PLAN_5])


def test_standard_input_that_is_no_text(ask: Callable[..., Result]) -> None:
    assert "Standard input cannot be read as UTF-8" in _error(ask("-", stdin=b"\xff\xfe\x00"), QueryError)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_query_from_a_file(ask: Callable[..., Result], tmp_path: Path, mark: str) -> None:
    path = tmp_path / "問い.rq"
    path.write_text(mark + _PLANS, encoding="utf-8")
    assert "第6期科学技術・イノベーション基本計画" in ask("--file", str(path)).stdout


def test_file_that_cannot_be_read(ask: Callable[..., Result], tmp_path: Path) -> None:
    assert "cannot be read" in _error(ask("--file", str(tmp_path / "nowhere.rq")), QueryError)
    (tmp_path / "latin.rq").write_bytes("SELECT * { ?s ?p '第6期' }".encode("shift_jis"))
    assert "UTF-8" in _error(ask("--file", str(tmp_path / "latin.rq")), QueryError)


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "Where do two places disagree"), ("ja", "二つの箇所が食い違っている")]
)
def test_list_gives_each_query_its_question_and_settings(ask: Callable[..., Result], lang: str, words: str) -> None:
    result = ask("--list", "--lang", lang)
    assert result.exit_code == 0
    assert set(named_queries()) <= set(result.stdout.split())
    assert words in result.stdout
    assert "    --set plan=document:basic-plan-6\n" in result.stdout


def test_settings_take_names_and_abbreviations(ask: Callable[..., Result]) -> None:
    text = ask("programmes-citing-plan", "--set", "plan=第五期科学技術基本計画", "--format", "csv").stdout
    assert "integrated-innovation-strategy-2020" in text
    assert _PLAN_6 not in text
    short = ask("programmes-citing-plan", "--set", "?plan=document:basic-plan-5", "--format", "csv").stdout
    assert short == text


@pytest.mark.parametrize("setting", ["plan", "plan=", "=SICORP", ""])
def test_setting_that_is_none_is_refused(ask: Callable[..., Result], setting: str) -> None:
    assert "is not VAR=NAME" in _error(ask("programmes-citing-plan", "--set", setting), UsageError)


def test_setting_of_what_the_query_does_not_name(ask: Callable[..., Result]) -> None:
    assert "?nosuch cannot be set" in _error(ask("discrepancies", "--set", "nosuch=SICORP"), QueryError)


def test_setting_to_an_unknown_name(ask: Callable[..., Result]) -> None:
    _error(ask("policy-basis-of-programme", "--set", "programme=第6期という名の事業"), NameNotFoundError)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written_by_the_command(ask: Callable[..., Result], form: str) -> None:
    result = ask("evidence-of-plan", "--format", form)
    assert result.exit_code == 0
    assert "basic-plan-5" in result.stdout


def test_output_file_is_written_whole(ask: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "out.ttl"
    result = ask("evidence-of-plan", "-o", str(path))
    assert (result.exit_code, result.stdout) == (0, "")
    assert len(rdflib.Graph().parse(path, format="turtle")) > 10
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.ttl"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["no-such-query-as-this"], 1, r"Nothing is called “no-such-query-as-this”\. The nearest names are:"),
        (["discrepancie"], 1, "discrepancies"),
        ([_PLANS, "--file", "query.rq"], 2, "one of them"),
        ([], 2, "one of them"),
        ([_PLANS, "--format", "turtle"], 2, "no triples to write as turtle"),
        ([_PLANS, "--format", "excel"], 2, "excel"),
        ([_PLANS, "-o", "/no/such/folder/out.csv"], 2, "/no/such/folder/out.csv cannot be written"),
        ([_PLANS, "-o", "/dev/null/out.csv"], 2, "cannot be written"),
        (["SELECT * { ?s ?p"], 2, "The query is not SPARQL"),
        (["DELETE WHERE { ?s ?p ?o }"], 2, "This is an update"),
        (["SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"], 2, "SERVICE would send"),
        ([_PLANS, "--timeout", "0"], 2, "timeout"),
        ([_PLANS, "--set", "plan=no such thing at all"], 1, "Nothing is called"),
    ],
)
def test_exit_codes_and_messages(
    run: Callable[..., CompletedProcess[str]], arguments: Sequence[str], code: int, words: str
) -> None:
    done = run("query", *arguments)
    assert done.returncode == code
    assert re.search(words, done.stderr)
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
