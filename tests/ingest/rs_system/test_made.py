"""Files made for one test each: what is published otherwise than expected, and what is wrong."""

import random
import tracemalloc
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from stigraph.errors import DataError, UsageError
from stigraph.ingest.model import Sheet
from stigraph.ingest.refusals import REMARK, Refusal
from stigraph.ingest.rs_system import FILES, file_name, files_of, read

Write = Callable[..., Path]
Columns = Callable[[str], list[str]]
Zipped = Callable[..., bytes]
OF_7 = (2024, "文部科学省", "7")


def remark(path: str, place: str, reason: str) -> Refusal:
    """What is said of a file, not of a sheet."""
    return Refusal(path, place, reason, kind=REMARK)


def split(items: Iterable[Sheet | Refusal]) -> tuple[list[Sheet], list[Refusal]]:
    """Set the sheets apart from the refusals, leaving out those that say that a file is missing."""
    found = list(items)
    refusals = [item for item in found if isinstance(item, Refusal) and "the file is missing" not in item.reason]
    return [item for item in found if isinstance(item, Sheet)], refusals


def test_byte_order_mark_crlf_and_quoted_line_breaks(write: Write, tmp_path: Path) -> None:
    write("1-1", [{"予算事業ID": 7, "事業名": '「二行"の\r\n事業」'}])
    write("1-2", [{"予算事業ID": 7, "事業の目的": "一行目、\r\n二行目\r三行目", "事業の概要": "\u3000ー "}])
    (sheet,), refusals = split(read([tmp_path]))
    assert sheet.name == '「二行"の\n事業」'
    assert sheet.purpose == "一行目、\n二行目\n三行目"
    assert sheet.outline is None
    assert refusals == []


def test_headings_of_another_width_and_with_breaks(write: Write, tmp_path: Path) -> None:
    path = write("1-1", [{"予算事業ID": 7}])
    text = path.read_bytes().decode("utf-8-sig")
    path.write_text(text.replace("予算事業ID", '"予算 事業\r\nＩＤ"', 1), encoding="utf-8")
    path = write(
        "2-1", [{"予算事業ID": 7, "予算年度": 2023, "当初予算（合計）": "1,000", "翌年度への繰越し(合計）": 5}]
    )
    text = path.read_bytes().decode("utf-8-sig")
    path.write_text(text.replace("（合計）", "(合計)").replace("(合計）", "（ 合計 ）"), encoding="utf-8")
    (sheet,), refusals = split(read([tmp_path]))
    assert [(amount.phase, amount.yen) for amount in sheet.amounts] == [("Initial", 1000), ("CarriedOut", 5)]
    assert refusals == []


def test_columns_in_another_order(write: Write, columns: Columns, tmp_path: Path) -> None:
    write("1-1", [{"予算事業ID": 7}], columns("1-1")[::-1])
    write("1-3", [{"予算事業ID": 7, "計画通知名": "第６期基本計画"}], columns("1-3")[::-1])
    (sheet,), _ = split(read([tmp_path]))
    assert (sheet.number, sheet.ministry) == ("7", "文部科学省")
    assert [plan.text for plan in sheet.plans] == ["第６期基本計画"]


def test_a_missing_and_an_unknown_column_are_named(write: Write, columns: Columns, tmp_path: Path) -> None:
    write("1-1", [{"予算事業ID": 7}])
    headings = [name for name in columns("1-2") if name != "事業の目的"]
    path = write("1-2", [{"予算事業ID": 7, "事業の概要": "概要"}], [*headings, "新しい\n欄", "備考"])
    (sheet,), refusals = split(read([tmp_path]))
    assert (sheet.purpose, sheet.outline) == (None, "概要")
    assert refusals == [
        remark(str(path), "columns", "the column 事業の目的 is missing; what it holds stays empty"),
        remark(str(path), "columns", "unknown columns, not read: 新しい 欄, 備考"),
    ]


def test_a_file_without_its_key_is_left_out_and_said(write: Write, columns: Columns, tmp_path: Path) -> None:
    write("1-1", [{"予算事業ID": 7}])
    path = write("2-1", [{"予算事業ID": 7}], [name for name in columns("2-1") if name != "予算年度"])
    (sheet,), refusals = split(read([tmp_path]))
    assert sheet.amounts == ()
    assert refusals == [remark(str(path), "columns", "the column 予算年度 is missing; the file cannot be read")]
    path = write("1-1", [], ["予算事業ID", "所管府省庁"])
    with pytest.raises(DataError, match="the column 事業名 is missing"):
        list(read([tmp_path]))


def test_missing_files_are_named_with_what_is_lost(write: Write, tmp_path: Path) -> None:
    path = write("1-1", [{"予算事業ID": 7}])
    items = list(read([path]))
    refusals = [item for item in items if isinstance(item, Refusal)]
    assert len(refusals) == 14
    assert (
        remark(str(tmp_path / file_name("5-1", 2024)), "", "the file is missing; the sheets come in without payments")
        in refusals
    )
    assert [item.number for item in items if isinstance(item, Sheet)] == ["7"]


def test_without_1_1_there_is_nothing(write: Write) -> None:
    path = write("2-1", [{"予算事業ID": 7, "予算年度": 2024}])
    with pytest.raises(DataError, match=r"1-1_RS_2024_基本情報_組織情報\.csv is missing"):
        list(read([path]))


@pytest.mark.parametrize(
    ("number", "row", "line", "column", "reason"),
    [
        ("2-1", {"予算年度": 2024, "執行額（合計）": "約三億"}, 2, "執行額（合計）", "“約三億” is not an amount"),
        ("2-1", {"予算年度": 2024, "執行額": "1.5"}, 2, "執行額", "“1.5” is not a whole number of yen"),
        ("2-1", {"予算年度": ""}, 2, "予算年度", "the row does not say its year"),
        ("1-2", {"事業開始年度": "令和"}, 2, "事業開始年度", "“令和” is not a year"),
        ("5-1", {"支出先ブロック番号": "A", "支出先名": "市", "金額": "x"}, 2, "金額", "“x” is not an amount"),
        ("1-3", {"事業年度": 2023}, 2, "", "the row is of 事業年度 2023, the file of 2024"),
        ("1-3", {"シート種別": "基金シート"}, 2, "", "it is a 基金シート, not a レビューシート"),
    ],
)  # fmt: skip
def test_one_bad_row_refuses_its_project_and_no_other(
    write: Write, tmp_path: Path, number: str, row: dict[str, object], line: int, column: str, reason: str
) -> None:
    write("1-1", [{"予算事業ID": 7}, {"予算事業ID": 8}])
    good = {"予算事業ID": 8, "予算年度": 2024, "支出先ブロック番号": "A", "支出先名": "Ｂ市"}
    path = write(number, [{"予算事業ID": 7, **row}, good])
    (sheet,), (refusal,) = split(read([tmp_path]))
    assert sheet.number == "8"
    place = f"予算事業ID 7, line {line}"
    assert refusal == Refusal(str(path), f"{place}, {column}" if column else place, reason, *OF_7)


def test_a_torn_row_refuses_its_project(write: Write, tmp_path: Path) -> None:
    write("1-1", [{"予算事業ID": 7}, {"予算事業ID": 8}])
    path = write(
        "2-1", [{"予算事業ID": 7, "予算年度": 2024, "主な増減理由": "一\n二"}, {"予算事業ID": 8, "予算年度": 2024}]
    )
    with path.open("ab") as file:
        file.write(b"7,2024\r\n\r\n")
    (sheet,), (refusal,) = split(read([tmp_path]))
    assert sheet.number == "8"
    assert refusal == Refusal(str(path), "予算事業ID 7, line 5", "the row has 2 cells, the head of the file 44", *OF_7)


def test_rows_of_no_project_are_said(write: Write, tmp_path: Path) -> None:
    write("1-1", [{"予算事業ID": 7}])
    rows = [{"予算事業ID": each, "予算年度": 2024, "執行額": 1} for each in (3, 3, 7, 9)]
    path = write("2-1", [*rows, {"予算事業ID": "", "予算年度": 2024, "執行額": 5}])
    (sheet,), refusals = split(read([tmp_path]))
    assert len(sheet.amounts) == 1
    assert refusals == [
        remark(str(path), "line 6, 予算事業ID", "the row has no project ID"),
        remark(str(path), "予算事業ID 3, line 2", "there is no such project in 1-1"),
        remark(str(path), "予算事業ID 9, line 5", "there is no such project in 1-1"),
    ]


def test_a_sheet_without_a_name(write: Write, tmp_path: Path) -> None:
    path = write("1-1", [{"予算事業ID": 7, "事業名": "－"}, {"予算事業ID": 8, "所管府省庁": "", "府省庁": ""}])
    sheets, refusals = split(read([tmp_path]))
    assert sheets == []
    assert refusals == [
        Refusal(str(path), "予算事業ID 7, line 2, 事業名", "the cell is empty", *OF_7),
        Refusal(str(path), "予算事業ID 8, line 3, 所管府省庁", "the cell is empty", 2024, None, "8"),
    ]


def test_an_agency_is_a_bureau_of_its_ministry(write: Write, tmp_path: Path) -> None:
    write("1-1", [{"予算事業ID": 7, "府省庁": "海上保安庁", "局・庁": "警備救難部", "課": "警備課"}])
    (sheet,), _ = split(read([tmp_path]))
    assert (sheet.ministry, sheet.bureau, sheet.division) == ("文部科学省", "海上保安庁 警備救難部", "警備課")


def test_the_number_of_an_indicator_needs_kind_and_period(write: Write, tmp_path: Path) -> None:
    write("1-1", [{"予算事業ID": 7}])
    kind, number, period = (
        "種別（アクティビティ・アウトプット・アウトカム）",
        "アクティビティ・アウトプット・アウトカムの番号",
        "アウトカムの期間",
    )
    line, goal, indicator = (
        "目標年度／目標値／実績値／達成率",
        "アクティビティ／活動目標／成果目標",
        "活動指標／成果指標",
    )

    def row(of: str, when: str, name: str, label: str, value: str) -> dict[str, object]:
        return {
            "予算事業ID": 7,
            kind: of,
            number: 1,
            period: when,
            goal: "目標",
            indicator: name,
            line: label,
            "2023": value,
        }

    write(
        "3-1",
        [
            {"予算事業ID": 7, kind: "アクティビティ", number: 1, goal: "活動"},
            row("アウトプット", "", "件数", "3.実績値", "１,２３４"),
            row("アウトカム", "1.短期", "割合", "2.目標値", "80％以上"),
            row("アウトカム", "3.長期", "割合", "2.目標値", "90"),
            row("アウトカム", "3.長期", "順位", "2.目標値", "3"),
            row("アウトカム", "3.長期", "割合", "3.実績値", "－"),
            row("アウトカム", "3.長期", "割合", "2.目標値", "95"),
        ],
    )
    (sheet,), _ = split(read([tmp_path]))
    said = [
        (measure.place, measure.indicator, [(value.number, value.text) for value in measure.values])
        for measure in sheet.measures
    ]
    assert said == [
        ("3-1[アウトプット 1]", "件数", [("1234", None)]),
        ("3-1[アウトカム 1.短期 1]", "割合", [(None, "80％以上")]),
        ("3-1[アウトカム 3.長期 1]", "割合", [("90", None)]),
        ("3-1[アウトカム 3.長期 1 (2)]", "割合", [("95", None)]),
        ("3-1[アウトカム 3.長期 1 (3)]", "順位", [("3", None)]),
    ]


@pytest.mark.parametrize(
    ("printed", "better"), [("上がると良い指標", "Higher"), ("下がると良い指標", "Lower"), ("―", None)]
)
def test_which_way_is_better(write: Write, tmp_path: Path, printed: str, better: str | None) -> None:
    write("1-1", [{"予算事業ID": 7}])
    row = {
        "予算事業ID": 7,
        "種別（アクティビティ・アウトプット・アウトカム）": "アウトカム",
        "活動指標／成果指標": "事故の件数",
        "改善の上向き／下向き": printed,
        "目標年度／目標値／実績値／達成率": "3.実績値",
        "2023": "3",
    }
    write("3-1", [row])
    (sheet,), _ = split(read([tmp_path]))
    assert [measure.better for measure in sheet.measures] == [better]


def test_payees_blocks_and_payers(write: Write, tmp_path: Path) -> None:
    write("1-1", [{"予算事業ID": 7}])
    name, total, each, task = "支出先名", "支出先の合計支出額", "金額", "契約概要"
    rows: list[dict[str, object]] = [
        {"支出先ブロック名": "Ａほか", "ブロックの合計支出額": "150 "},
        {name: "山田　太郎", total: "20 "},
        {name: "山田　太郎", each: "20 ", task: "謝金"},
        {name: "学校法人北里研究所　理事長　山田太郎", "法人番号": "5010405001703 ", total: "30 "},
        {name: "職員Ａ", "法人番号": "9999999999999 ", total: 0},
        {name: "東京都", "法人番号": "8000020130001", each: 40, task: "委託"},
        {name: "東京都", "法人番号": "8000020130001", each: 60, task: "補助"},
        {name: "その他", "その他支出先": "TRUE", total: 1},
    ]
    write("5-1", [{"予算事業ID": 7, "支出先ブロック番号": "A", **row} for row in rows])
    flows = [("", "TRUE", "A"), ("B", "FALSE", "A"), ("C", "FALSE", "A"), ("", "", "")]
    names = ("支出元の支出先ブロック", "担当組織からの支出", "支出先の支出先ブロック")
    write("5-2", [{"予算事業ID": 7, **dict(zip(names, flow, strict=True))} for flow in flows])
    (sheet,), _ = split(read([tmp_path]))
    assert {payment.payer_block for payment in sheet.payments} == {"担当組織、B、C"}
    assert [(p.number, p.payee, p.corporate_number, p.task, p.yen, p.place) for p in sheet.payments] == [
        (1, None, None, "謝金", 20, "5-1[A-1].支出先の合計支出額"),
        (2, "学校法人北里研究所", "5010405001703", None, 30, "5-1[A-2].支出先の合計支出額"),
        (3, None, None, None, 0, "5-1[A-3].支出先の合計支出額"),
        (4, "東京都", "8000020130001", "委託", 40, "5-1[A-4].金額"),
        (5, "東京都", "8000020130001", "補助", 60, "5-1[A-5].金額"),
        (6, None, None, None, 1, "5-1[A-6].支出先の合計支出額"),
    ]


def test_without_5_2_nobody_says_who_pays(write: Write, tmp_path: Path) -> None:
    write("1-1", [{"予算事業ID": 7}])
    write("5-1", [{"予算事業ID": 7, "支出先ブロック番号": "A", "支出先名": "東京都", "支出先の合計支出額": 1}])
    (sheet,), _ = split(read([tmp_path]))
    assert [payment.payer_block for payment in sheet.payments] == [None]


def test_a_wish_beyond_what_is_asked_is_no_part_of_it(write: Write, tmp_path: Path) -> None:
    write("1-1", [{"予算事業ID": 7}])
    row = {"予算事業ID": 7, "会計区分": "一般会計", "翌年度要求額": 30}
    write("2-1", [{**row, "予算年度": 2024, "要望額": 40}, {**row, "予算年度": 2023, "要望額": 30}])
    (sheet,), _ = split(read([tmp_path]))
    assert [(amount.fiscal_year, amount.yen, amount.within) for amount in sheet.amounts] == [
        (2025, 30, None),
        (2025, 40, None),
        (2024, 30, None),
        (2024, 30, "2-1[2023, 一般会計].翌年度要求額"),
    ]


def test_addresses_among_other_words(write: Write, tmp_path: Path) -> None:
    write("1-1", [{"予算事業ID": 7}])
    write("1-2", [{"予算事業ID": 7, "事業概要URL": "概要：\nhttps://example.go.jp/a\nhttps://example.go.jp/b　例"}])
    (sheet,), _ = split(read([tmp_path]))
    assert sheet.pages == ("https://example.go.jp/a", "https://example.go.jp/b")


def test_an_earlier_number_is_kept_as_printed(write: Write, tmp_path: Path) -> None:
    write("1-1", [{"予算事業ID": 7}])
    write("1-2", [{"予算事業ID": 7, "旧事業番号": "2023-文科-22-0266", "開始年度不明": "TRUE", "事業開始年度": 1999}])
    (sheet,), _ = split(read([tmp_path]))
    assert [tuple(earlier) for earlier in sheet.earlier] == [(None, None, "2023-文科-22-0266")]
    assert sheet.start is None


def test_projects_in_any_order_come_out_the_same(write: Write, tmp_path: Path) -> None:
    """A file whose rows do not stand in order is sorted on disk; rows of one project keep theirs."""
    projects = list(range(1, 60))
    amounts = [(project, year) for project in projects for year in (2024, 2023, 2022)]
    one, other = tmp_path / "sorted", tmp_path / "shuffled"
    for folder, shuffle in ((one, False), (other, True)):
        folder.mkdir()
        order = random.Random(5).sample(projects, len(projects)) if shuffle else projects
        paths = [
            write("1-1", [{"予算事業ID": project} for project in order]),
            write(
                "2-1",
                [
                    {"予算事業ID": project, "予算年度": year, "執行額（合計）": project * year}
                    for project, year in sorted(amounts, key=lambda pair: order.index(pair[0]))
                ],
            ),
        ]
        for path in paths:
            path.rename(folder / path.name)
    expected, _ = split(read([one]))
    found, refusals = split(read([other]))
    assert found == expected
    assert refusals == []
    assert [sheet.number for sheet in found] == [str(project) for project in projects]
    assert [amount.fiscal_year for amount in found[4].amounts] == [2024, 2023, 2022]


def test_the_fingerprint_is_of_the_project_alone(write: Write, tmp_path: Path) -> None:
    write("1-1", [{"予算事業ID": 7}, {"予算事業ID": 8}])
    (first, second), _ = split(read([tmp_path]))
    assert first.sha256 != second.sha256
    write("1-1", [{"予算事業ID": 7}, {"予算事業ID": 8, "課": "新しい課"}])
    (same, changed), _ = split(read([tmp_path]))
    assert same == first
    assert changed.sha256 != second.sha256


def test_zips_one_for_each_file_or_one_for_all(write: Write, zipped: Zipped, tmp_path: Path) -> None:
    sheets = write("1-1", [{"予算事業ID": 7}])
    budget = write("2-1", [{"予算事業ID": 7, "予算年度": 2023, "執行額（合計）": 5}])
    expected, _ = split(read([tmp_path]))
    apart, together = tmp_path / "apart", tmp_path / "all.zip"
    apart.mkdir()
    (apart / "1-1_RS_2024_基本情報_組織情報.zip").write_bytes(zipped("\x93\x94.csv", sheets.read_bytes()))
    (apart / "2-1_RS_2024.zip").write_bytes(zipped(f"x/{budget.name}", budget.read_bytes()))
    together.write_bytes(
        zipped(sheets.name, sheets.read_bytes(), f"__MACOSX/{budget.name}", b"", budget.name, budget.read_bytes())
    )
    assert split(read([apart]))[0] == expected
    assert split(read([together]))[0] == expected


def test_a_second_copy_is_left_out_and_said(write: Write, zipped: Zipped, tmp_path: Path) -> None:
    path = write("1-1", [{"予算事業ID": 7}])
    copy = path.with_suffix(".zip")
    copy.write_bytes(zipped(path.name, path.read_bytes()))
    sheets, refusals = split(read([tmp_path]))
    assert len(sheets) == 1
    assert refusals == [remark(f"{copy}/{path.name}", "", f"a second 1-1 of 2024; {path} is read")]


def test_years_apart(write: Write, tmp_path: Path) -> None:
    write("1-1", [{"予算事業ID": 7}], year=2025)
    write("1-1", [{"予算事業ID": 7}, {"予算事業ID": 9}], year=2024)
    assert [files.year for files in files_of([tmp_path])] == [2024, 2025]
    assert len(files_of([tmp_path])[0].missing) == len(FILES) - 1
    sheets, _ = split(read([tmp_path]))
    assert [(sheet.year, sheet.number) for sheet in sheets] == [(2024, "7"), (2024, "9"), (2025, "7")]


def test_a_damaged_file_is_an_error_before_any_sheet(write: Write, zipped: Zipped, tmp_path: Path) -> None:
    write("1-1", [{"予算事業ID": 7}])
    payments = tmp_path / file_name("5-1", 2024)
    whole = write("5-1", [{"予算事業ID": 7, "支出先名": "東京都" * 900}]).read_bytes()
    packed = zipped(payments.name, whole)

    def error() -> str:
        with pytest.raises(DataError) as caught:
            next(item for item in read([tmp_path]) if isinstance(item, Sheet))
        return str(caught.value)

    payments.write_bytes(whole.decode("utf-8-sig").encode("cp932"))
    assert "this is not UTF-8" in error()
    payments.write_bytes(b"")
    assert "the file is empty" in error()
    payments.write_bytes(whole[:-4] + b'"')
    assert "not whole as CSV" in error()
    payments.unlink()
    archive = payments.with_suffix(".zip")
    archive.write_bytes(packed[:-30])
    assert "not a whole ZIP" in error()
    broken = bytearray(packed)
    broken[packed.index(payments.name.encode()) + len(payments.name.encode()) + 20] ^= 0xFF
    archive.write_bytes(broken)
    assert "the ZIP is damaged" in error()


def test_paths_that_hold_nothing(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no such file or folder"):
        list(read([tmp_path / "nowhere"]))
    with pytest.raises(UsageError, match="No file of the RS system in"):
        list(read([tmp_path]))
    other = tmp_path / "sheets.csv"
    other.write_text("a,b\n", encoding="utf-8")
    with pytest.raises(DataError, match="none of the fifteen files of a year"):
        list(read([other]))


def test_memory_does_not_grow_with_the_file(write: Write, tmp_path: Path) -> None:
    projects = range(1, 400)
    write("1-1", [{"予算事業ID": project} for project in projects])
    rows = (
        {
            "予算事業ID": project,
            "支出先ブロック番号": "A",
            "支出先名": f"株式会社{count}",
            "契約概要": "契約" * 200,
            "金額": 1,
        }
        for count in range(10)
        for project in reversed(projects)
    )
    path = write("5-1", rows)
    assert path.stat().st_size > 4_000_000
    tracemalloc.start()
    try:
        count = sum(len(item.payments) for item in read([tmp_path]) if isinstance(item, Sheet))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 3990
    assert peak < 2_500_000
