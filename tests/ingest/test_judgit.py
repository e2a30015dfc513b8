"""A record of the JUDGIT! data set comes in whole, or is refused with the field and the reason."""

from __future__ import annotations

import copy
import math
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from stigraph.ingest.judgit import sheet_of
from stigraph.ingest.model import Amount, Sheet, Value
from stigraph.ingest.payees import body_name, named_payee, other_number
from stigraph.ingest.reading import Record, records
from stigraph.ingest.refusals import Refusal

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
NEEDS_CORPUS = pytest.mark.skipif(not CORPUS.is_dir(), reason="the review sheets (../shared/corpus) are not here")
GOOD: dict[str, Any] = {
    "ID": 1,
    "事業ID": 2,
    "公開年度": 2019,
    "事業名": "架空の研究事業",
    "開始年度": 2010,
    "終了年度": None,
    "府省庁": "文部科学省",
    "担当部局庁": "研究振興局",
    "担当課室": "基礎研究推進室",
    "作成責任者": "架空　太郎",
    "会計区分": ["一般会計"],
    "事業目的": "第５期科学技術基本計画に基づき、研究を進める。",
    "事業概要": "拠点を\r\n支援する。",
    "実施方法": ["補助", "補助"],
    "主要施策": None,
    "予算": [
        {
            "年度": 2018,
            "当初予算": 320.43,
            "補正予算": -5.0,
            "前年度から繰越し": 0.0,
            "翌年度へ繰越し": -12.0,
            "予備費等": 0.0,
            "予算計": 303.43,
            "執行額": 300.0,
        },
        {"年度": 2020, "要求額": 400.0},
    ],
    "支出先": [
        {
            "年度": 2018,
            "グループ": "A",
            "番号": 1,
            "支出先名": "国立研究開発法人科学技術振興機構",
            "法人番号": "４０３０００５０１２５７０",
            "業務概要": "研究の管理",
            "支出額": 200.0,
        },
        {
            "年度": 2018,
            "グループ": "B",
            "番号": 1,
            "支出先名": "架空大学　教授　架空　花子",
            "法人番号": None,
            "業務概要": "研究",
            "支出額": 0.5,
        },
        {
            "年度": 2018,
            "グループ": "B",
            "番号": 2,
            "支出先名": "架空　次郎",
            "法人番号": None,
            "業務概要": "講演",
            "支出額": 0.1,
        },
        {
            "年度": 2018,
            "グループ": "B",
            "番号": 3,
            "支出先名": "個人A",
            "法人番号": "3216549878642",
            "業務概要": "旅費",
            "支出額": 0.0,
        },
    ],
    "アウトカム": [
        {
            "成果目標": "世界水準の成果",
            "成果指標": "論文数",
            "単位": "本",
            "目標値": "１，２００",
            "目標最終年度": 2022,
            "成果実績": [{"年度": 2018, "成果実績": 94.0, "目標値": None}],
        }
    ],
    "アウトプット": [
        {"活動指標": "拠点数", "単位": "件", "活動実績": [{"年度": 2018, "活動実績": 0.0, "当初見込み": 3.0}]}
    ],
    "定量的な目標が設定できない理由": None,
    "url": "https://www.mext.go.jp/a.xlsx",
    "関連する過去のレビューシート": [
        {"府省庁": "文部科学省", "事業番号1": "新30", "事業番号2": "0007", "事業番号3": None, "年度": 24}
    ],
    "事業番号": "0210",
}


def read(fields: dict[str, Any]) -> Sheet | Refusal:
    """Read a record made up here."""
    return sheet_of(Record("a.ndjson", "line 7", fields, "f" * 64))


def sheet(fields: dict[str, Any]) -> Sheet:
    """Read a record that fits."""
    found = read(fields)
    assert isinstance(found, Sheet), found
    return found


def changed(change: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    """Return the good record with a change."""
    fields = copy.deepcopy(GOOD)
    change(fields)
    return fields


def test_every_field_comes_in() -> None:
    """Names as printed, amounts in yen, nothing of 0, what is carried out without its minus."""
    good = sheet(GOOD)
    assert good.key == (2019, "文部科学省", "0210")
    assert (good.name, good.start, good.end) == ("架空の研究事業", 2010, None)
    assert (good.bureau, good.division, good.accounts, good.methods) == (
        "研究振興局",
        "基礎研究推進室",
        ("一般会計",),
        ("補助",),
    )
    assert good.outline == "拠点を\n支援する。"
    assert good.areas == () and good.plans == () and good.sha256 == "f" * 64
    assert good.amounts == (
        Amount(2018, "Initial", 320430000, "320.43百万円", None, "予算[2018].当初予算"),
        Amount(2018, "Supplementary", -5000000, "-5百万円", None, "予算[2018].補正予算"),
        Amount(2018, "CarriedOut", 12000000, "-12百万円", None, "予算[2018].翌年度へ繰越し"),
        Amount(2018, "Total", 303430000, "303.43百万円", None, "予算[2018].予算計"),
        Amount(2018, "Executed", 300000000, "300百万円", None, "予算[2018].執行額"),
        Amount(2020, "Request", 400000000, "400百万円", None, "予算[2020].要求額"),
    )
    assert good.measures[0].values == (
        Value(2018, "Actual", "94", None, "アウトカム[1].成果実績[2018].成果実績"),
        Value(2022, "Target", "1200", None, "アウトカム[1].目標値"),
    )
    assert [value.kind for value in good.measures[1].values] == ["Actual", "Forecast"]
    assert [(one.fiscal_year, one.ministry, one.number) for one in good.earlier] == [(2012, "文部科学省", "新30-0007")]


def test_no_person_comes_in() -> None:
    """Bodies keep their name, persons are paid without one, and nobody's name is anywhere in the sheet."""
    good = sheet(GOOD)
    assert [(one.payee, one.corporate_number, one.yen) for one in good.payments] == [
        ("国立研究開発法人科学技術振興機構", "4030005012570", 200000000),
        ("架空大学", None, 500000),
        (None, None, 100000),
        (None, None, 0),
    ]
    assert not [name for name in ("太郎", "花子", "次郎") if name in repr(good)]


def setting(path: str, value: object) -> Callable[[dict[str, Any]], None]:
    """Return what sets one field, by its path with dots."""

    def change(fields: dict[str, Any]) -> None:
        place: Any = fields
        *parents, last = path.split(".")
        for part in parents:
            place = place[int(part)] if part.isdecimal() else place[part]
        place[int(last) if last.isdecimal() else last] = value

    return change


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("公開年度", None, "公開年度: missing"),
        ("公開年度", "2019", '公開年度: a text where a whole number should be ("2019")'),
        ("公開年度", 2019.5, "公開年度: a number where a whole number should be"),
        ("公開年度", True, "公開年度: true or false"),
        ("公開年度", 19, "公開年度: 19 is no year"),
        ("公開年度", 10**400, "公開年度"),
        ("開始年度", 2309, "開始年度: 2309 is no year between 1868 and 2100"),
        ("開始年度", -1, "開始年度"),
        ("終了年度", [2020], "終了年度: a list"),
        ("府省庁", "", "府省庁: missing"),
        ("府省庁", "山田太郎", "府省庁: no ministry"),
        ("府省庁", {"名": 1}, "府省庁: an object"),
        ("事業名", None, "事業名: missing"),
        ("事業名", 12, "事業名: a number where a text should be"),
        ("事業名", "a\ud800", "事業名: half of a character"),
        ("事業名", "あ" * 100_001, "事業名: longer than"),
        ("事業番号", None, "事業番号: no number"),
        ("事業番号", "なし", "事業番号: no number"),
        ("会計区分", "一般会計", "会計区分: a text where a list should be"),
        ("会計区分", ["False"], '会計区分: no account is called "False"'),
        ("会計区分", [False], "会計区分[1]: true or false"),
        ("予算", {"2018": 1}, "予算: an object where a list should be"),
        ("予算", [1], "予算[1]: a number where an object should be"),
        ("予算.0.年度", None, "予算[1].年度: missing"),
        ("予算.1.年度", 2018, "予算[2018]: the year stands twice"),
        ("予算.0.当初予算", "320", "予算[2018].当初予算: a text where a number should be"),
        ("予算.0.当初予算", -1.0, "予算[2018].当初予算: -1百万円 is below zero"),
        ("予算.0.当初予算", math.nan, "予算[2018].当初予算: nan is no number"),
        ("予算.0.当初予算", math.inf, "予算[2018].当初予算: inf is no number"),
        ("予算.0.当初予算", 1e12, "more than there can be"),
        ("予算.0.当初予算", 10**30, "more than there can be"),
        ("予算.0.執行額", False, "予算[2018].執行額: true or false"),
        ("支出先.0.支出額", "200", "支出先[A1].支出額: a text"),
        ("支出先.0.番号", "1", "支出先[1].番号: a text"),
        ("支出先.0.グループ", None, "支出先[1].グループ: missing"),
        ("支出先.2.番号", 1, "支出先[B1]: the payee's number stands twice"),
        ("支出先.0.法人番号", 4030005012570, "支出先[A1].法人番号: a number where a text should be"),
        ("アウトカム.0.成果実績.0.成果実績", "94", "アウトカム[1].成果実績[2018].成果実績: a text"),
        ("アウトカム.0.成果実績.0.年度", 94, "アウトカム[1].成果実績[1].年度: 94 is no year"),
        ("アウトカム.0.目標値", 1200, "アウトカム[1].目標値: a number where a text should be"),
        ("アウトプット.0.活動実績", "なし", "アウトプット[1].活動実績: a text where a list should be"),
        ("関連する過去のレビューシート", [None], "関連する過去のレビューシート[1]: null"),
    ],
)
def test_what_does_not_fit_is_refused_whole(path: str, value: object, reason: str) -> None:
    """With file, place, field and reason."""
    refusal = read(changed(setting(path, value)))
    assert isinstance(refusal, Refusal)
    assert (refusal.path, refusal.place) == ("a.ndjson", "line 7")
    assert refusal.reason.startswith(reason) or (reason in refusal.reason), refusal.reason


@pytest.mark.parametrize("field", sorted(set(GOOD) - {"公開年度", "事業名", "府省庁", "事業番号"}))
def test_a_missing_field_is_a_blank_one(field: str) -> None:
    """Older and newer years of the data set lack fields; none but those that name the sheet are needed."""
    assert sheet(changed(lambda fields: fields.pop(field))).key == (2019, "文部科学省", "0210")


@pytest.mark.parametrize(
    ("published", "told", "meant"),
    [
        (2018, 4010, 2022),  # 2022 + 1988: rs2018-mext-0021, whose sheet of FY2020 has 2022
        (2021, 4048, 2030),  # 2030 + 2018: rs2021-env-20-0035, whose sheet of FY2020 has 2030
        (2019, 1991, 2021),  # 令和3: rs2019-mlit-0078, whose sheets of FY2018 and FY2020 have 2021
        (2019, 2008, 2038),  # 令和20: rs2019-mlit-0414, whose sheets of FY2018 and FY2020 have 2038
        (2018, 2000, 2000),
        (2019, 2014, 2014),
        (2018, 9999, None),
    ],
)
def test_last_target_year_of_a_mistaken_era(published: int, told: int, meant: int | None) -> None:
    """The year is the one meant, with what the data have beside it; one that no calendar has is left out."""
    fields = changed(setting("アウトカム.0.目標最終年度", told)) | {"公開年度": published}
    printed = None if meant == told else f"目標最終年度 {told}"
    assert sheet(fields).measures[0].values[-1] == Value(meant, "Target", "1200", None, "アウトカム[1].目標値", printed)


def test_what_is_carried_out_without_a_minus() -> None:
    """rs2023-meti-22-0178 prints 3022222.837 for FY2022, which comes in again in FY2023: it is carried out too."""
    fields = changed(setting("予算.0.翌年度へ繰越し", 3022222.837))
    assert [amount for amount in sheet(fields).amounts if amount.phase == "CarriedOut"] == [
        Amount(2018, "CarriedOut", 3022222837000, "3022222.837百万円", None, "予算[2018].翌年度へ繰越し")
    ]


def test_a_dash_says_nothing() -> None:
    """An outcome of dashes is none, a dash no unit, no reason and no task."""
    dashed: dict[str, Any] = {
        "成果目標": "\u3000\u3000-",
        "成果指標": "\u3000 ‐",
        "単位": "－",
        "目標値": None,
        "成果実績": [],
    }
    fields = changed(lambda one: one["アウトカム"].insert(0, dashed))
    fields |= {"定量的な目標が設定できない理由": "‐", "担当課室": "-"}
    fields["アウトプット"][0]["単位"] = "ー"
    fields["支出先"][0]["業務概要"] = "－"
    read_again = sheet(fields)
    assert [(one.indicator, one.unit, one.place) for one in read_again.measures] == [
        ("論文数", "本", "アウトカム[2]"),
        ("拠点数", None, "アウトプット[1]"),
    ]
    assert (read_again.no_target_reason, read_again.division, read_again.payments[0].task) == (None, None, None)


def test_target_in_words() -> None:
    """What is no number stays as it is printed."""
    value = sheet(changed(setting("アウトカム.0.目標値", "前年度以上"))).measures[0].values[-1]
    assert (value.number, value.text) == (None, "前年度以上")


def test_number_from_its_parts() -> None:
    """Where the number is not put together, its parts are."""
    fields = changed(lambda one: one.pop("事業番号"))
    assert sheet(fields | {"事業番号1": "新31", "事業番号2": "0007", "事業番号3": "1"}).number == "新31-0007-1"


@pytest.mark.parametrize(
    "name",
    [
        "個人A",
        "個人Ｂ",
        "職員C",
        "委員Ａ",
        "山田太郎",
        "山田　太郎",
        "中村",
        "木村",
        "高市",
        "Jane Smith",
        "マイケル・ジョンソン",
        "A社",
        "株式会社A",
        "（株）Ｂ",
        "山田太郎法律事務所",
        "やまだ行政書士事務所",
        "東大教授",
        "出張者Ａ",
        "個人Ａほか49名代理人Ａ漁業協同組合代表理事組合長",
        "有識者（５名）",
        "資金前渡官吏",
        "非公表",
        "Dr. Abraham Lincoln",
        "渡辺花子(国立医薬品食品衛生研究所)",
        "鈴木クリニック",
        "山田研究室",
        "同上",
        "",
        "　",
        "株式会社",
        "民間事業者等",
        "共同企業体",
        "○○労働局",
        "協同組合　中紀環境科学",
        "㈱ 栗 林 商 会",
        "特例認定NPO 法人H2",
        "(株)不動産会社A",
        "協同組合（Ｂ）",
        "中小企業者等（A社）",
        "農業法人（232法人）",
        "海外調査会社",
    ],
)
def test_names_that_are_dropped(name: str) -> None:
    """Persons, those who may be persons, and names that name nobody."""
    assert body_name(name) is None


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("（株）パスコ", "（株）パスコ"),
        ("株式会社ＩＨＩ", "株式会社ＩＨＩ"),
        ("国連環境計画", "国連環境計画"),
        ("東京都水道局", "東京都水道局"),
        ("麹町税務署", "麹町税務署"),
        ("神奈川県", "神奈川県"),
        ("大町市", "大町市"),
        ("（秋田県）大館市", None),
        ("埼玉県知事", "埼玉県"),
        ("さつま町長", "さつま町"),
        ("学校法人酪農学園　理事長　架空太郎", "学校法人酪農学園"),
        ("函館アイヌ協会(会長　架空太郎)", "函館アイヌ協会"),
        ("こころのホスピタル架空病院副院長　架空太郎", "こころのホスピタル架空病院"),
        ("浜詰区区長", "浜詰区"),
        ("公益社団法人全国工業高等学校長協会", "公益社団法人全国工業高等学校長協会"),
        ("海外貨物検査株式会社", "海外貨物検査株式会社"),
        ("国立療養所長島愛生園", "国立療養所長島愛生園"),
        ("日本赤十字社長崎原爆病院職員組合", "日本赤十字社長崎原爆病院職員組合"),
        ("AI病害発生予測コンソーシアム（秋田県立大学 ）", "AI病害発生予測コンソーシアム"),
        ("青森県合同輸血療法委員会 架空　太郎", "青森県合同輸血療法委員会"),
        ("東京大学\n架空　太郎", "東京大学"),
        ("株式会社Ｄｏｔｓ　ｆｏｒ", "株式会社Ｄｏｔｓ ｆｏｒ"),
        ("株式会社　アストジェイ", "株式会社 アストジェイ"),
        ("①株式会社アクシオ", "株式会社アクシオ"),
        ("富士通㈱  ※", "富士通㈱"),
        ("弁護士法人架空", "弁護士法人架空"),
        ("Universitas Gadjah Mada", "Universitas Gadjah Mada"),
        ("Dechert LLP", "Dechert LLP"),
        (
            "緊急消防援助隊北海道東北ブロック合同訓練推進協議会　会長　架空　太郎",
            "緊急消防援助隊北海道東北ブロック合同訓練推進協議会",
        ),
    ],
)
def test_names_that_are_kept(printed: str, kept: str | None) -> None:
    """Bodies, without list marks, titles and the persons who bear them; in doubt nothing."""
    assert body_name(printed) == kept


@pytest.mark.parametrize(
    ("name", "number", "kept"),
    [
        ("株式会社電通", "4010400000000", "4010400000000"),  # FY2017 経済産業省 0405, rounded
        ("富士通（株）", "1020001071471", "1020001071471"),  # a digit is wrong
        ("（株）ニコン", "501001008763", "501001008763"),  # a digit is missing
        ("（株）大紀アルミニウム工業所", "58548", "58548"),  # a number of something else
        (
            "富士通株式会社\n東京センチュリー(株)",
            "1020001071491\n6010401015821",
            "1020001071491 6010401015821",
        ),
        ("中日本航空（株", "3180001031926", "3180001031926"),  # thirteen digits are no person's
        ("国立研究開発法人科学技術振興機構", "４０３０００５０１２５７０", None),  # it is one
        ("個人A", "3216549878642", None),
        ("日本工機", "901040122427", None),  # twelve digits, and the name does not show a body
        ("日本工機", "9010 4012 2427", None),
        ("株式会社電通", None, None),
    ],
)
def test_what_is_no_corporate_number_is_kept_as_printed(name: str, number: str | None, kept: str | None) -> None:
    assert other_number(name, number, name=named_payee(name, number)[0]) == kept


def test_a_payment_with_a_rounded_number_is_of_the_name_beside_it() -> None:
    fields = copy.deepcopy(GOOD)
    fields["支出先"][0] |= {"支出先名": "株式会社電通", "法人番号": "4010400000000"}
    sheet = sheet_of(Record("", "", fields, ""))
    assert isinstance(sheet, Sheet)
    payment = sheet.payments[0]
    assert (payment.payee, payment.corporate_number, payment.other_number) == ("株式会社電通", None, "4010400000000")


def test_a_corporate_number_is_enough() -> None:
    """A body with a number needs no word that shows one; a person beside it is still cut off."""
    assert body_name("トヨタ") is None
    assert body_name("トヨタ", numbered=True) == "トヨタ"
    assert body_name("岡山大学　架空　太郎", numbered=True) == "岡山大学"
    assert body_name("個人A", numbered=True) is None


@cache
def real_year(year: int) -> tuple[list[Sheet], list[Refusal]]:
    """Return the sheets and the refusals of a year."""
    found = list(records([CORPUS / f"review-sheets-{year}.ndjson.xz"]))
    read_ones = [sheet_of(one) if isinstance(one, Record) else one for one in found]
    sheets = [one for one in read_ones if isinstance(one, Sheet)]
    return sheets, [one for one in read_ones if isinstance(one, Refusal)]


def real_sheets() -> Iterator[Sheet]:
    """Yield the sheets of two years, of before and after the change of numbers."""
    for year in (2019, 2022):
        yield from real_year(year)[0]


@NEEDS_CORPUS
def test_real_years() -> None:
    """Everything of FY2022 comes in, and all but one sheet of FY2019, whose account is "False"."""
    assert len(real_year(2022)[0]) == 5394 and real_year(2022)[1] == []
    sheets, refusals = real_year(2019)
    assert len(sheets) == 5197
    assert [(one.place, one.reason) for one in refusals] == [("line 35", '会計区分: no account is called "False".')]


@NEEDS_CORPUS
@pytest.mark.parametrize(("year", "millions"), [(2019, 6750), (2022, 6100)])
def test_check_series_of_wpi(year: int, millions: int) -> None:
    """The initial budgets of the WPI programme are those of the check series."""
    (wpi,) = [one for one in real_year(year)[0] if one.name.startswith("世界トップレベル研究拠点プログラム")]
    initial = [one.yen for one in wpi.amounts if (one.fiscal_year, one.phase) == (year, "Initial")]
    assert initial == [millions * 1_000_000]


SIGNS = {"Initial": 1, "Supplementary": 1, "CarriedIn": 1, "CarriedOut": -1, "Reserve": 1}


def amounts_by_year(one: Sheet) -> dict[int, dict[str, Amount]]:
    """Return the amounts of a sheet by year and phase."""
    found: dict[int, dict[str, Amount]] = {}
    for amount in one.amounts:
        found.setdefault(amount.fiscal_year, {})[amount.phase] = amount
    return found


@NEEDS_CORPUS
def test_totals_are_the_sums_of_their_parts() -> None:
    """Total = initial + supplementary + carried in - carried out + reserve, to the rounding.

    Where what is carried out has no minus, the sheet itself adds it; that it is carried out, the next year shows.
    """
    counts = Counter[bool]()
    carried = Counter[bool]()
    for one in real_sheets():
        years = amounts_by_year(one)
        for year, parts in years.items():
            if "Total" not in parts or "CarriedOut" not in parts:
                continue
            off = sum(sign * parts[phase].yen for phase, sign in SIGNS.items() if phase in parts) - parts["Total"].yen
            out = parts["CarriedOut"]
            if not out.printed.startswith("-"):
                assert abs(off + 2 * out.yen) <= 3_000_000
                carried["CarriedIn" in (later := years[year + 1]) and later["CarriedIn"].yen == out.yen] += 1
            else:
                counts[abs(off) <= 3_000_000] += 1
    assert counts[True] > 3000 and counts[False] == 0
    assert carried == {True: 10, False: 3}


@NEEDS_CORPUS
def test_real_payees() -> None:
    """Of the payees of two years nine in ten have a name or a number, and none is called a person."""
    payments = [payment for one in real_sheets() for payment in one.payments]
    assert len(payments) > 150_000
    named = [payment for payment in payments if payment.payee]
    assert len(named) / len(payments) > 0.85
    assert not [one.payee for one in named if one.payee and one.payee.startswith(("個人A", "個人Ａ", "職員A", "委員A"))]
    assert all(one.yen != 0 or one.printed == "0百万円" for one in payments)
