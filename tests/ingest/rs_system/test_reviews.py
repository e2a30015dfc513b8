"""File 4-1, what reviews found: made files with exactly the columns that are published; no sample has the file."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox

from stigraph.ingest.kept import KeptSheets, keep
from stigraph.ingest.model import Review, Sheet
from stigraph.ingest.quads import sheet_quads
from stigraph.ingest.refusals import REMARK, Refusal
from stigraph.ingest.rs_system import file_name, read
from stigraph.store.archive import is_local
from stigraph.vocab import ID, curie

Write = Callable[..., Path]

# The head of the file as it is published, in its order.
_HEAD = """
シート種別 事業年度 予算事業ID 事業名 府省庁の建制順 政策所管府省庁 府省庁 局・庁 部 課 室 班 係
事業所管部局による点検・改善ー点検結果
事業所管部局による点検・改善ー改善の方向性
事業所管部局による点検・改善－目標年度における効果測定に関する評価
外部有識者による点検ー最終実施年度 外部有識者による点検ー点検対象 外部有識者による点検ー対象の理由
外部有識者による点検ー所見
公開プロセス結果概要
行政事業レビュー推進チームの所見 行政事業レビュー推進チームの所見の詳細
所見を踏まえた改善点／概算要求における反映状況 所見を踏まえた改善点／概算要求における反映状況の詳細
反映額（一般会計） 反映額（特別会計）－会計 反映額（特別会計）－勘定 反映額（特別会計）－反映額
過去に受けた指摘事項－区分 過去に受けた指摘事項－取りまとめ年度
過去に受けた指摘事項－取りまとめ内容 過去に受けた指摘事項－対応状況
その他の指摘事項－調査等の名称 その他の指摘事項－指摘年度 その他の指摘事項－指摘内容 その他の指摘事項－対応状況
"""
HEADINGS = _HEAD.split()
FOUND, BETTER = "事業所管部局による点検・改善ー点検結果", "事業所管部局による点検・改善ー改善の方向性"
EFFECT = "事業所管部局による点検・改善－目標年度における効果測定に関する評価"
EXPERTS = "外部有識者による点検ー所見"
TEAM, REFLECTED = "行政事業レビュー推進チームの所見", "所見を踏まえた改善点／概算要求における反映状況"
PAST, PAST_DONE = "過去に受けた指摘事項－取りまとめ内容", "過去に受けた指摘事項－対応状況"
PAST_KIND, PAST_YEAR = "過去に受けた指摘事項－区分", "過去に受けた指摘事項－取りまとめ年度"
OTHER, OTHER_DONE = "その他の指摘事項－指摘内容", "その他の指摘事項－対応状況"
OTHER_NAME, OTHER_YEAR = "その他の指摘事項－調査等の名称", "その他の指摘事項－指摘年度"

# A project with two rows: only what is said of earlier findings differs.
BOTH = {
    "予算事業ID": 7,
    FOUND: "予定どおり\n進んだ。",
    BETTER: "周知を広げる。",
    EFFECT: "目標を達した。",
    "外部有識者による点検ー最終実施年度": 2022,
    "外部有識者による点検ー点検対象": "対象",
    "外部有識者による点検ー対象の理由": "最終年度のため",
    EXPERTS: "成果を測るべきだ。",
    "公開プロセス結果概要": "公開プロセスの概要。",
    TEAM: "事業内容の一部改善",
    f"{TEAM}の詳細": "指標を見直すこと。",
    REFLECTED: "執行等改善",
    f"{REFLECTED}の詳細": "指標を見直した。",
    "反映額（一般会計）": 5,
}
ROWS: list[dict[str, object]] = [
    {
        **BOTH,
        PAST_KIND: "公開プロセス",
        PAST_YEAR: 2021,
        PAST: "要件が広い。",
        PAST_DONE: "絞った。",
        OTHER_NAME: "会計検査院\n決算検査報告",
        OTHER_YEAR: 2020,
        OTHER: "過大な積算。",
        OTHER_DONE: "改めた。",
    },
    {**BOTH, PAST_KIND: "秋のレビュー", PAST_YEAR: 2022, PAST: "要件が広い。", PAST_DONE: "さらに絞った。"},
]
REVIEWS = (
    Review("予定どおり\n進んだ。", f"4-1.{FOUND}", "Finding"),
    Review("周知を広げる。", f"4-1.{BETTER}", "Measure"),
    Review("目標を達した。", f"4-1.{EFFECT}", "Finding"),
    Review("成果を測るべきだ。", f"4-1.{EXPERTS}", "Finding"),
    Review("事業内容の一部改善", f"4-1.{TEAM}", "Finding"),
    Review("指標を見直すこと。", f"4-1.{TEAM}の詳細", "Finding"),
    Review("執行等改善", f"4-1.{REFLECTED}", "Measure"),
    Review("指標を見直した。", f"4-1.{REFLECTED}の詳細", "Measure"),
    Review("要件が広い。", f"4-1[2021 公開プロセス].{PAST}; 4-1[2022 秋のレビュー].{PAST}", "Finding"),
    Review("絞った。", f"4-1[2021 公開プロセス].{PAST_DONE}", "Measure"),
    Review("さらに絞った。", f"4-1[2022 秋のレビュー].{PAST_DONE}", "Measure"),
    Review("過大な積算。", f"4-1[2020 会計検査院 決算検査報告].{OTHER}", "Finding"),
    Review("改めた。", f"4-1[2020 会計検査院 決算検査報告].{OTHER_DONE}", "Measure"),
)


def sheets_and_remarks(folder: Path) -> tuple[list[Sheet], list[Refusal]]:
    """The sheets of a folder, and what is said of its files but that one is missing."""
    items = list(read([folder]))
    remarks = [item for item in items if isinstance(item, Refusal) and "the file is missing" not in item.reason]
    return [item for item in items if isinstance(item, Sheet)], remarks


def of_one_project(write: Write, rows: list[dict[str, object]]) -> Sheet:
    """The sheet of project 7 with these rows of 4-1."""
    write("1-1", [{"予算事業ID": 7}])
    path = write("4-1", [{"予算事業ID": 7, **row} for row in rows], HEADINGS)
    (sheet,), remarks = sheets_and_remarks(path.parent)
    assert remarks == []
    return sheet


def statements(quads: str) -> Iterator[dict[str, list[str]]]:
    """What is said of each statement, in the order in which they are written."""
    said: dict[str, dict[str, list[str]]] = {}
    for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            value = quad.object.value
            told = curie(value) if isinstance(quad.object, ox.NamedNode) else value
            subject = said.setdefault(quad.subject.value, {"iri": [quad.subject.value]})
            subject.setdefault(curie(quad.predicate.value), []).append(told)
    return (one for one in said.values() if one.get("rdf:type") == ["sti:Statement"])


def test_what_was_found_and_what_is_done_about_it(write: Write) -> None:
    """Two rows that differ in their last columns alone say each text once, with each of its places."""
    assert of_one_project(write, ROWS).reviews == REVIEWS


def test_they_are_statements_of_the_programme(write: Write) -> None:
    sheet = of_one_project(write, ROWS)
    programme, stem = f"{ID}programme/wpi", f"{ID}statement/rs2024-mext-7"
    written = list(statements(sheet_quads(sheet, programme)))
    names = {"Finding": "finding", "Measure": "response"}
    assert written == [
        {
            "iri": [f"{stem}-{number}-{names[review.kind]}"],
            "rdf:type": ["sti:Statement"],
            "sti:statementKind": [f"sti:{review.kind}"],
            "sti:quote": [review.text],
            "sti:about": ["programme:wpi"],
            "sti:locator": [review.place],
            "sti:basis": ["sti:Stated"],
            "prov:wasDerivedFrom": ["source:rs2024-mext-7"],
        }
        for number, review in enumerate(REVIEWS, start=1)
    ]
    assert all(is_local(one["iri"][0]) for one in written)


def test_a_kept_sheet_has_them_too(write: Write) -> None:
    sheet = of_one_project(write, ROWS)
    kept = KeptSheets(None)
    kept.add([keep(sheet)])
    (key,) = kept.keys()
    assert list(kept.between(key, key)) == [sheet]
    kept.close()


def test_what_says_nothing_is_no_finding(write: Write) -> None:
    """Dashes and words for none; what other columns say of the review is not read as one."""
    row = {FOUND: "ー", BETTER: "", EXPERTS: "特になし", PAST: "該当なし", PAST_DONE: "－", TEAM: "現状通り"}
    sheet = of_one_project(write, [{**row, "外部有識者による点検ー点検対象": "対象", "反映額（一般会計）": 3}])
    assert sheet.reviews == (Review("現状通り", f"4-1.{TEAM}", "Finding"),)


def test_words_of_a_finding_and_of_its_answer_are_two(write: Write) -> None:
    """現状通り is found, and 現状通り is done: one text, two statements; the same kind in two columns is one."""
    sheet = of_one_project(write, [{TEAM: "現状通り", f"{TEAM}の詳細": "現状通り", REFLECTED: "現状通り"}])
    assert sheet.reviews == (
        Review("現状通り", f"4-1.{TEAM}; 4-1.{TEAM}の詳細", "Finding"),
        Review("現状通り", f"4-1.{REFLECTED}", "Measure"),
    )


def test_earlier_findings_without_year_and_kind_are_told_by_their_rows(write: Write) -> None:
    sheet = of_one_project(write, [{PAST: "一つ目。"}, {PAST: "二つ目。", PAST_YEAR: 2023}, {PAST: "三つ目。"}])
    assert [(review.text, review.place) for review in sheet.reviews] == [
        ("一つ目。", f"4-1[1].{PAST}"),
        ("二つ目。", f"4-1[2023].{PAST}"),
        ("三つ目。", f"4-1[3].{PAST}"),
    ]


def test_headings_drift_and_a_missing_column_is_named(write: Write, tmp_path: Path) -> None:
    write("1-1", [{"予算事業ID": 7}])
    path = write("4-1", [{"予算事業ID": 7, FOUND: "良好。", TEAM: "現状通り"}], [h for h in HEADINGS if h != EXPERTS])
    text = path.read_bytes().decode("utf-8-sig")
    path.write_text(text.replace(FOUND, FOUND.replace("ー点", "－ 点")), encoding="utf-8")
    (sheet,), remarks = sheets_and_remarks(tmp_path)
    assert [review.text for review in sheet.reviews] == ["良好。", "現状通り"]
    assert remarks == [
        Refusal(str(path), "columns", f"the column {EXPERTS} is missing; what it holds stays empty", kind=REMARK)
    ]


def test_without_the_file_the_sheets_come_in(write: Write, tmp_path: Path) -> None:
    write("1-1", [{"予算事業ID": 7}])
    items = list(read([tmp_path]))
    assert [item.reviews for item in items if isinstance(item, Sheet)] == [()]
    reason = "the file is missing; the sheets come in without what reviews found and what is done about it"
    assert Refusal(str(tmp_path / file_name("4-1", 2024)), "", reason, kind=REMARK) in items


def test_rows_of_no_project_and_bad_rows(write: Write, tmp_path: Path) -> None:
    """As in the other files: the first are said, the second refuse their project."""
    write("1-1", [{"予算事業ID": 7}, {"予算事業ID": 8}])
    rows = [{"予算事業ID": 3, FOUND: "x"}, {"予算事業ID": 7, "事業年度": 2023}, {"予算事業ID": 8, FOUND: "良好。"}]
    path = write("4-1", rows, HEADINGS)
    (sheet,), remarks = sheets_and_remarks(tmp_path)
    assert (sheet.number, [review.text for review in sheet.reviews]) == ("8", ["良好。"])
    assert remarks == [
        Refusal(str(path), "予算事業ID 3, line 2", "there is no such project in 1-1", kind=REMARK),
        Refusal(
            str(path),
            "予算事業ID 7, line 3",
            "the row is of 事業年度 2023, the file of 2024",
            2024,
            "文部科学省",
            "7",
        ),
    ]
