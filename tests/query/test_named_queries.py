"""Every named query answers its question; the answers were read in the source texts (see expected/)."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal
from tests.sheets import MANY

from stigraph import Store, resolve
from stigraph.query import NamedQuery, QueryResult, named_queries, query
from stigraph.vocab import ID, curie, expand

_FILES = [
    tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "expected").glob("*.toml"))
]
_EXPECTED: dict[str, Any] = {
    "abbreviations": {short: long for file in _FILES for short, long in file.get("abbreviations", {}).items()},
    "case": [case for file in _FILES for case in file["case"]],
}
_CASES: list[dict[str, Any]] = _EXPECTED["case"]
_ABBREVIATIONS: dict[str, str] = _EXPECTED["abbreviations"]
_KEYS = {
    "query",
    "read",
    "set",
    "where",
    "columns",
    "exact",
    "contains",
    "absent",
    "answer",
}
_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")

# In Oxigraph an inverse path that repeats is 300–2,800 times slower than the same path bound at its other end.
_SLOW_FORMS = re.compile(r"\^\s*\(?[\w:|/^\s]*\)?[*+]|\([^()]*\^[^()]*\)[*+]")

every_query = pytest.mark.parametrize("named", named_queries().values(), ids=list(named_queries()))

Row = tuple[str, ...]


def _long(value: str) -> str:
    return _ABBREVIATIONS.get(value, value)


def _result_rows(result: QueryResult) -> list[dict[str, str]]:
    rows: Sequence[Sequence[Any]]
    columns: Sequence[str]
    if result.triples is None:
        columns, rows = result.variables, result.rows
    else:
        columns = ("subject", "predicate", "object")
        rows = [(triple.subject, triple.predicate, triple.object) for triple in result.triples]
    return [
        {name: "" if term is None else curie(term.value) for name, term in zip(columns, row, strict=True)}
        for row in rows
    ]


def _ask(store: Store, named: NamedQuery, settings: Mapping[str, str]) -> QueryResult:
    bound = {name: expand(_long(value)) or value for name, value in settings.items()}
    return query(store, named.text, bindings={**named.parameters, **bound}, timeout=60)


def _like(expected: str, actual: str) -> bool:
    expected = _long(expected)
    return expected in ("*", actual) or (expected.startswith("~") and expected[1:] in actual)


def _matching(expected: Sequence[str], rows: Sequence[Row]) -> Row | None:
    return next((row for row in rows if all(map(_like, expected, row))), None)


def _missing(expected: Sequence[Sequence[str]], rows: Sequence[Row]) -> tuple[list[Sequence[str]], list[Row]]:
    """Give the expected rows that are not there, each row of the answer serving once, and the rows left over."""
    left, missing = list(rows), []
    for wanted in expected:
        found = _matching(wanted, left)
        if found is None:
            missing.append(wanted)
        else:
            left.remove(found)
    return missing, left


@pytest.mark.parametrize("case", _CASES, ids=[f"{number}-{case['query']}" for number, case in enumerate(_CASES)])
def test_answer_is_what_the_texts_say(store: Store, case: dict[str, Any]) -> None:
    assert set(case) <= _KEYS, "a key that no one reads"
    named = named_queries()[case["query"]]
    settings = case.get("set", {})
    assert set(settings) <= set(named.parameters), "only declared parameters are set"
    result = _ask(store, named, settings)
    if "answer" in case:
        assert result.answer is case["answer"]
        return
    where = case.get("where", {})
    kept = [row for row in _result_rows(result) if all(_like(value, row[name]) for name, value in where.items())]
    rows = [tuple(row[name] for name in case["columns"]) for row in kept]
    missing, left = _missing(case.get("exact", case.get("contains", [])), rows)
    assert not missing, f"not in the answer, though read at {case['read']}"
    assert not ("exact" in case and left), f"in the answer, but not read at {case['read']}"
    wrong = [row for row in rows for denied in case.get("absent", []) if all(map(_like, denied, row))]
    assert not wrong, f"must not be in the answer: {case['read']}"


def test_every_query_has_an_expected_answer() -> None:
    assert {case["query"] for case in _CASES} == set(named_queries())


def test_every_case_says_where_it_was_read() -> None:
    assert all(case["read"] for case in _CASES)


@every_query
def test_question_stands_in_both_languages(named: NamedQuery) -> None:
    assert set(named.questions) == {"en", "ja"}
    assert named.questions["en"].isascii() or "…" in named.questions["en"]
    assert _JAPANESE.search(named.questions["ja"])
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", named.name)


@every_query
def test_default_answer_is_not_empty(store: Store, named: NamedQuery) -> None:
    result = _ask(store, named, {})
    assert result.answer is not None or result.rows or result.triples


@every_query
def test_parameters_are_things_of_the_graph_and_variables_of_the_query(store: Store, named: NamedQuery) -> None:
    for variable, iri in named.parameters.items():
        assert store.number(iri) is not None, f"the default {iri} is not in the graph"
        assert re.search(rf"\?{variable}\b", named.text)


@every_query
def test_parameter_that_is_nothing_gives_nothing(store: Store, named: NamedQuery) -> None:
    """A binding really reaches the pattern: with a thing that is not there, nothing is found."""
    if not named.parameters:
        pytest.skip("takes no parameter")
    nothing = dict.fromkeys(named.parameters, "https://example.org/nothing")
    result = _ask(store, named, nothing)
    assert not result.answer
    assert not result.rows
    assert not result.triples


@every_query
def test_answer_comes_in_one_order(store: Store, named: NamedQuery) -> None:
    """Every SELECT orders its rows, and by enough columns that no two different rows tie."""
    first, second = _ask(store, named, {}), _ask(store, named, {})
    assert first == second
    if "SELECT" in named.text.split("{")[0]:
        assert re.search(r"^ORDER BY ", named.text, re.MULTILINE)


@every_query
def test_slow_forms_are_avoided(named: NamedQuery) -> None:
    text = re.sub(r"^#.*$", "", named.text, flags=re.MULTILINE)
    assert not _SLOW_FORMS.search(text)


@pytest.mark.parametrize("text", ["?plan ^sti:implements* ?d", "?x (^sti:a)+ ?y", "?x (sti:a|^sti:b)* ?y"])
def test_slow_forms_are_recognised(text: str) -> None:
    assert _SLOW_FORMS.search(text)


@pytest.mark.parametrize("text", ["?d sti:implements* ?plan", "?x ^sti:a ?y", "?x sti:a/sti:b* ?y"])
def test_good_forms_pass(text: str) -> None:
    assert not _SLOW_FORMS.search(text)


@every_query
def test_no_link_to_a_plan_goes_through_advice(named: NamedQuery) -> None:
    """Advice prepared for a plan is not that plan: whoever is traced through a statement never meets preparedFor."""
    assert not ("sti:preparedFor" in named.text and "sti:cites" in named.text)


@every_query
def test_no_name_in_english_is_needed(named: NamedQuery) -> None:
    """What only review sheets know has a Japanese name alone; to ask for an English one would leave it out."""
    needed = re.sub(r"OPTIONAL \{(?: GRAPH \?source \{)?[^{}]*\}", "", named.text)
    assert '= "en"' not in needed


@every_query
def test_curated_documents_alone_are_asked_only_where_the_question_says_so(named: NamedQuery) -> None:
    alone = "source:catalogue" in named.text and "ministry" not in named.parameters
    assert alone == ("not of imported review sheets" in named.questions["en"])
    assert alone == ("レビューシートを除き" in named.questions["ja"])


def _column(store: Store, name: str, column: str, **bound: str) -> set[str]:
    named = named_queries()[name]
    found = query(store, named.text, bindings={**named.parameters, **bound})
    place = list(found.variables).index(column)
    return {value.value for row in found.rows if isinstance(value := row[place], Literal)}


def test_programmes_that_only_sheets_know_are_listed(sheets_store: Store) -> None:
    """They have no English name."""
    citing = {"架空の医療事業1", "架空の医療事業2", "架空の医療事業3"}
    plan = _column(sheets_store, "programmes-citing-plan", "label")
    assert citing <= plan and "架空の医療事業4" not in plan
    assert "World Premier International Research Center Initiative (WPI)" in plan
    of_ministry = {"ministry": resolve(sheets_store, "厚生労働省").iri}
    nothing = _column(sheets_store, "programmes-citing-nothing", "label_ja", **of_ministry)
    assert "架空の医療事業4" in nothing and not citing & nothing
    programme = resolve(sheets_store, "架空の医療事業1").iri
    basis = _column(sheets_store, "policy-basis-of-programme", "label_ja", programme=programme)
    assert basis == {"第6期科学技術・イノベーション基本計画"}


def test_money_that_only_sheets_know_is_listed(sheets_store: Store) -> None:
    programme = resolve(sheets_store, "架空の医療事業2").iri
    source = ID + "source/rs2021-mhlw-20-0002"
    of_programme = partial(_column, sheets_store, programme=programme)
    assert of_programme("payees-by-amount", "received") == {"10000000", "20000000", "30000000", "40000000"}
    assert of_programme("payees-by-amount", "label_ja") == {f"株式会社架空2の{place}" for place in range(1, 5)}
    assert of_programme("execution-of-budgets", "percent") == {"90.2"}  # 92 of 102 million yen
    of_sheet = partial(_column, sheets_store, source=source)
    assert of_sheet("executed-and-requested-budgets", "difference") == {"-83000000"}  # 9 and 92 million yen
    requests = partial(_column, sheets_store, "budget-requests", "label_ja")
    everyone = {f"架空の医療事業{number}" for number in range(1, MANY + 1)}
    assert everyone <= requests(ministry=ID + "organization/mhlw")
    assert not everyone & requests(), "the sheets of another ministry"
    curated = "先端国際共同研究推進事業"
    assert curated in requests() and curated in requests(ministry=ID + "organization/mhlw")


def test_indicators_that_only_sheets_know_are_listed(sheets_store: Store) -> None:
    programme = resolve(sheets_store, "架空の医療事業2").iri
    values = partial(_column, sheets_store, "values-by-programme", activity=programme)
    assert values("label_ja") == {"架空の成果2"}
    assert (values("value"), values("unit")) == ({"5", "8"}, {"件"})
    indicator = ID + "indicator/rs2021-mhlw-20-0002-outcome-1"
    assert _column(sheets_store, "distance-to-target", "missing", indicator=indicator) == {"3"}
    assert _column(sheets_store, "values-of-indicator", "unit", indicator=indicator) == {"件"}


def test_sheets_are_counted_together_as_a_row_without_a_source(sheets_store: Store) -> None:
    named = named_queries()["statements-per-source"]
    rows = _result_rows(query(sheets_store, named.text))
    together = [row for row in rows if not row["source"]]
    # Two years of a purpose and an outline for each programme, and of the plan that the purpose of three names.
    assert [row["statements"] for row in together] == [str(2 * 2 * (MANY + 1) + 2 * 3)]
