"""Sheets as N-Quads: what is written is what the sheet says, well formed, and the same from run to run."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from stigraph.ingest.identity import programme_iri
from stigraph.ingest.judgit import sheet_of
from stigraph.ingest.model import Amount, EarlierSheet, Measure, Payment, PlanNamed, Sheet, Step, Value
from stigraph.ingest.quads import sheet_quads
from stigraph.ingest.reading import Record, records
from stigraph.ingest.shared import Names, catalogue_quads, programme_quads
from stigraph.store.entries import entry_of
from stigraph.vocab import ID, PREFIXES, STI, curie

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
NEEDS_CORPUS = pytest.mark.skipif(not CORPUS.is_dir(), reason="the review sheets (../shared/corpus) are not here")
SHEET = Sheet(
    database="judgit",
    year=2019,
    ministry="厚生労働省",
    number="新31-0007",
    project=None,
    name='「架空」の"研究"\n事業\\',
    start=2010,
    end=None,
    bureau="健康局\n総務課",
    division=None,
    accounts=("一般会計",),
    methods=("補助", "交付"),
    areas=(),
    purpose="第５期科学技術基本計画に基づき、\n研究を進める。",
    outline=None,
    no_target_reason="調査のため。",
    url="https://www.mhlw.go.jp/a b.pdf",
    amounts=(
        Amount(2018, "CarriedOut", 12_000_000, "-12百万円", None, "予算[2018].翌年度へ繰越し"),
        Amount(2019, "Initial", 320_430_000, "320.43百万円", None, "予算[2019].当初予算"),
        Amount(2019, "Initial", 300_000_000, "300000000円", "一般会計", "2-1[2019, 一般会計].当初予算"),
    ),
    measures=(
        Measure(
            "outcome",
            "健康の増進",
            "受診率",
            "％",
            (
                Value(2018, "Actual", "94.5", None, "アウトカム[1]"),
                Value(2022, "Target", "98", None, "アウトカム[1].目標値", "目標最終年度 1992"),
            ),
            "アウトカム[1]",
            "Higher",
        ),
        Measure(
            "outcome",
            "健康の増進",
            "健康の増進",
            None,
            (Value(None, "Target", None, "前年度以上", "アウトカム[2].目標値"),),
            "",
        ),
        Measure(
            "output",
            None,
            "件数",
            "件",
            (Value(2018, "Target", "1", None, "a"), Value(2018, "Target", "2", None, "b")),
            "",
        ),
    ),
    payments=(
        Payment(
            2018,
            "A",
            1,
            "担当組織",
            "国立研究開発法人科学技術振興機構",
            "4030005012570",
            "管理",
            200_000_000,
            "200百万円",
            "支出先[A1]",
        ),
        Payment(2018, "B", 1, "A", "架空協会", None, None, 500_000, "0.5百万円", "支出先[B1]"),
        Payment(2018, "B", 2, "A", None, "8050001016181", None, 0, "0百万円", "支出先[B2]"),
        Payment(2018, "C", 1, "B", None, None, "旅費", 100_000, "0.1百万円", "支出先[C1]"),
        Payment(2018, "C", 2, "B", "架空協会", None, None, 100_000, "0.1百万円", "支出先[C2]"),
        Payment(2018, "C", 3, "B", None, None, "なし", 0, "0百万円", "支出先[C3]"),
    ),
    earlier=(EarlierSheet(2018, "厚生労働省", "0006"), EarlierSheet(None, None, "2017-6")),
    plans=(PlanNamed("施策", "感染症対策", "1-3[番号 1].施策"),),
    sha256="ab" * 32,
    issues="受診者が\n減っている。",
)
PROGRAMME = ID + "programme/rs-2019-mhlw-new31-0007"
GRAPH = ID + "source/rs2019-mhlw-new31-0007"


def parsed(quads: bytes | str) -> list[ox.Quad]:
    """Return the quads of N-Quads, by a parser that takes nothing ill-formed."""
    return list(ox.parse(quads, format=ox.RdfFormat.N_QUADS))


def facts(quads: bytes | str, subject: str) -> dict[str, list[str]]:
    """Return what is said of a thing: property to values, in CURIEs."""
    found: dict[str, list[str]] = {}
    for quad in parsed(quads):
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value == ID + subject:
            value = quad.object.value if isinstance(quad.object, ox.NamedNode | ox.Literal) else ""
            found.setdefault(curie(quad.predicate.value), []).append(curie(value))
    return found


def test_iri_of_the_programme() -> None:
    """That of a programme known only from sheets comes from its first sheet."""
    assert programme_iri(SHEET) == PROGRAMME


def test_all_in_the_graph_of_the_sheet() -> None:
    """Every quad is in the named graph of the sheet, and no quad stands twice."""
    quads = parsed(sheet_quads(SHEET, PROGRAMME))
    assert {quad.graph_name for quad in quads} == {ox.NamedNode(GRAPH)}
    assert len(set(quads)) == len(quads)


def test_source() -> None:
    """What the head of the sheet says, with quotes, line breaks and backslashes as they are."""
    said = facts(sheet_quads(SHEET, PROGRAMME), "source/rs2019-mhlw-new31-0007")
    assert said == {
        "rdf:type": ["sti:Source"],
        "skos:prefLabel": ['令和元年度行政事業レビューシート（「架空」の"研究" 事業\\）'],
        "skos:notation": ["新31-0007"],
        "sti:fiscalYear": ["2019"],
        "dcterms:license": ["https://creativecommons.org/licenses/by/4.0/"],
        "sti:about": ["programme:rs-2019-mhlw-new31-0007"],
        "sti:ministry": ["organization:mhlw"],
        "sti:sha256": ["ab" * 32],
        "sti:bureau": ["健康局 総務課"],
        "sti:account": ["一般会計"],
        "sti:implementationMethod": ["補助", "交付"],
        "sti:earlierSheet": ["source:rs2018-mhlw-0006"],
        "sti:earlierNumber": ["2017-6"],
    }


def test_programme_and_its_name() -> None:
    """The name on the sheet is the label, or an alias where the programme is called otherwise, or nothing new."""
    name = '「架空」の"研究" 事業\\'
    assert facts(sheet_quads(SHEET, PROGRAMME), "programme/rs-2019-mhlw-new31-0007")["skos:prefLabel"] == [name]
    other = facts(sheet_quads(SHEET, PROGRAMME, label="別の名"), "programme/rs-2019-mhlw-new31-0007")
    assert other["skos:altLabel"] == [name] and "skos:prefLabel" not in other
    same = facts(sheet_quads(SHEET, PROGRAMME, label=name), "programme/rs-2019-mhlw-new31-0007")
    assert not {"skos:altLabel", "skos:prefLabel"} & set(same)
    assert same["sti:startFiscalYear"] == ["2010"] and "sti:endFiscalYear" not in same
    assert same["sti:contributesTo"] == ["objective:rs2019-mhlw-new31-0007-policy-1"]
    assert programme_quads(PROGRAMME, name).decode().count("review-sheet-catalogue") == 1


def test_budget_lines() -> None:
    """Amount as meant and as printed, with place, ground and document; an account's share is part of the whole."""
    quads = sheet_quads(SHEET, PROGRAMME)
    assert facts(quads, "budget/rs2019-mhlw-new31-0007-2018-carried-out") == {
        "rdf:type": ["sti:BudgetLine"],
        "sti:programme": ["programme:rs-2019-mhlw-new31-0007"],
        "sti:fiscalYear": ["2018"],
        "sti:phase": ["sti:CarriedOut"],
        "sti:amount": ["12000000"],
        "sti:asPrinted": ["-12百万円"],
        "sti:locator": ["予算[2018].翌年度へ繰越し"],
        "sti:basis": ["sti:Stated"],
        "prov:wasDerivedFrom": ["source:rs2019-mhlw-new31-0007"],
    }
    part = facts(quads, "budget/rs2019-mhlw-new31-0007-2019-initial-2")
    assert part["dcterms:isPartOf"] == ["budget:rs2019-mhlw-new31-0007-2019-initial"]
    assert part["sti:account"] == ["一般会計"] and part["sti:amount"] == ["300000000"]


def test_transfers() -> None:
    """Curated bodies by their number; others by theirs or by the sheet; nobody where nobody is named."""
    quads = sheet_quads(SHEET, PROGRAMME)
    key = "transfer/rs2019-mhlw-new31-0007-"
    first = facts(quads, key + "A1")
    assert first["sti:payee"] == ["organization:jst"] and first["sti:payer"] == ["organization:mhlw"]
    assert first["sti:asPrinted"] == ["国立研究開発法人科学技術振興機構 4030005012570 200百万円"]
    assert first["dcterms:description"] == ["管理"] and first["sti:block"] == ["A"]
    second = facts(quads, key + "B1")
    assert second["sti:payee"] == ["organization:rs2019-mhlw-new31-0007-B1"] and second["sti:payer"] == [
        "organization:jst"
    ]
    third = facts(quads, key + "B2")
    assert third["sti:payee"] == ["organization:houjin-8050001016181"] or "yatoro" in third["sti:payee"][0]
    assert "sti:amount" not in third and third["sti:asPrinted"] == ["8050001016181 0百万円"]
    fourth = facts(quads, key + "C1")
    assert "sti:payee" not in fourth and "sti:payer" not in fourth and fourth["sti:payerBlock"] == ["B"]
    assert facts(quads, key + "C2")["sti:payee"] == ["organization:rs2019-mhlw-new31-0007-B1"]
    assert facts(quads, key + "C3") == {}
    assert facts(quads, "organization/rs2019-mhlw-new31-0007-B1")["skos:prefLabel"] == ["架空協会"]


def test_indicators_and_observations() -> None:
    """A goal once, its indicators, their values; two values of one year and kind are two nodes."""
    quads = sheet_quads(SHEET, PROGRAMME)
    assert facts(quads, "objective/rs2019-mhlw-new31-0007-goal-1")["skos:prefLabel"] == ["健康の増進"]
    indicator = facts(quads, "indicator/rs2019-mhlw-new31-0007-outcome-1")
    assert indicator["sti:measures"] == ["programme:rs-2019-mhlw-new31-0007", "objective:rs2019-mhlw-new31-0007-goal-1"]
    assert indicator["sti:unit"] == ["％"] and indicator["sti:betterWhen"] == ["sti:Higher"]
    assert "sti:betterWhen" not in facts(quads, "indicator/rs2019-mhlw-new31-0007-outcome-2")
    actual = facts(quads, "observation/rs2019-mhlw-new31-0007-outcome-1-2018-actual")
    assert actual["sti:value"] == ["94.5"] and actual["sti:valueKind"] == ["sti:Actual"]
    assert actual["sti:year"] == ["2018"] and actual["sti:yearKind"] == ["sti:FiscalYear"]
    assert actual["sti:basis"] == ["sti:Stated"] and "sti:asPrinted" not in actual
    target = facts(quads, "observation/rs2019-mhlw-new31-0007-outcome-1-2022-target")
    assert target["sti:year"] == ["2022"] and target["sti:asPrinted"] == ["目標最終年度 1992"]
    assert target["sti:basis"] == ["sti:Inferred"] and len(target["skos:note"]) == 2
    words = facts(quads, "observation/rs2019-mhlw-new31-0007-outcome-2-undated-target")
    assert words["sti:textValue"] == ["前年度以上"] and "sti:year" not in words
    assert facts(quads, "observation/rs2019-mhlw-new31-0007-output-1-2018-target-2")["sti:value"] == ["2"]


def test_statements() -> None:
    """The purpose as printed, and the plan it names, cited by the programme."""
    quads = sheet_quads(SHEET, PROGRAMME)
    purpose = facts(quads, "statement/rs2019-mhlw-new31-0007-purpose")
    assert purpose["sti:quote"] == ["第５期科学技術基本計画に基づき、\n研究を進める。"]
    assert purpose["sti:statementKind"] == ["sti:Aim"] and purpose["sti:basis"] == ["sti:Stated"]
    plan = facts(quads, "statement/rs2019-mhlw-new31-0007-plan-1")
    assert plan["sti:statedIn"] == ["document:basic-plan-5"] and plan["sti:basis"] == ["sti:Extracted"]
    assert plan["sti:citedAs"] == ["第５期科学技術基本計画"] and plan["sti:locator"] == ["事業目的[0-16]"]
    programme = facts(quads, "programme/rs-2019-mhlw-new31-0007")
    assert programme["sti:cites"] == ["statement:rs2019-mhlw-new31-0007-plan-1"]
    assert facts(quads, "statement/rs2019-mhlw-new31-0007-no-target")["sti:quote"] == ["調査のため。"]
    issues = facts(quads, "statement/rs2019-mhlw-new31-0007-issues")
    assert issues["sti:quote"] == ["受診者が\n減っている。"] and issues["sti:statementKind"] == ["sti:Background"]
    assert issues["sti:locator"] == ["現状・課題"] and issues["sti:basis"] == ["sti:Stated"]


def test_a_part_of_a_request_is_not_added_to_it() -> None:
    """要望額 is part of what its account asks for, beside which it stands; the index counts the total alone."""
    place = "2-1[2019, 一般会計]"
    amounts = (
        Amount(2020, "Request", 30, "30円", None, "2-1[2019].翌年度要求額（合計）"),
        Amount(2020, "Request", 30, "30円", "一般会計", f"{place}.翌年度要求額"),
        Amount(2020, "Request", 20, "要望額 20円", "一般会計", f"{place}.要望額", f"{place}.翌年度要求額"),
    )
    quads = sheet_quads(SHEET._replace(amounts=amounts), PROGRAMME)
    stem = "budget/rs2019-mhlw-new31-0007-2020-request"
    part = facts(quads, f"{stem}-2-part")
    assert part["sti:amount"] == ["20"] and part["sti:asPrinted"] == ["要望額 20円"]
    assert part["sti:phase"] == ["sti:Request"] and part["sti:fiscalYear"] == ["2020"]
    assert part["sti:account"] == ["一般会計"] and part["sti:locator"] == [f"{place}.要望額"]
    assert part["sti:basis"] == ["sti:Stated"]
    assert part["dcterms:isPartOf"] == [curie(f"{ID}{stem}-2")]
    assert facts(quads, f"{stem}-2")["dcterms:isPartOf"] == [curie(ID + stem)]
    entry = entry_of("rs2019-mhlw-new31-0007", GRAPH, quads.replace(f" <{GRAPH}> .\n", " .\n"), ("2019", "2020"))
    assert entry.budgets == [(2020, 30, "sti:Request")]


def test_steps_to_the_outcomes() -> None:
    """What is done stands under the goal it leads to, and so does the reason why one goal leads to the next."""
    steps = (
        Step("検診を行う。", "3-1[アクティビティ 1]", None, ("健康の増進",)),
        Step("早く見つかる。", "3-2[1 → 2].後続", "受診の増加", ("健康の増進",)),
        Step("増える。", "3-2[2 → 3].後続", "", ("受診の増加",)),
    )
    counted = Measure("output", "受診の増加", "受診の増加", "件", (), "")
    sheet = SHEET._replace(steps=steps, measures=(*SHEET.measures, counted), one_stage_reason="一段のため。")
    quads = sheet_quads(sheet, PROGRAMME)
    stem = "statement/rs2019-mhlw-new31-0007"
    programme, goal = curie(PROGRAMME), "objective:rs2019-mhlw-new31-0007-goal-1"
    indicator = "indicator:rs2019-mhlw-new31-0007-output-2"
    activity, step, other = (facts(quads, f"{stem}-{name}") for name in ("1-activity", "2-step", "3-step"))
    assert activity["sti:quote"] == ["検診を行う。"] and activity["sti:statementKind"] == ["sti:Measure"]
    assert activity["sti:underObjective"] == [goal] and activity["sti:about"] == [programme]
    assert activity["sti:locator"] == ["3-1[アクティビティ 1]"] and activity["sti:basis"] == ["sti:Stated"]
    assert step["sti:quote"] == ["早く見つかる。"] and step["sti:statementKind"] == ["sti:Background"]
    assert step["sti:underObjective"] == [goal] and step["sti:about"] == [programme, indicator]
    assert other["sti:about"] == [programme, indicator] and "sti:underObjective" not in other
    reason = facts(quads, f"{stem}-one-stage")
    assert reason["sti:quote"] == ["一段のため。"] and reason["sti:statementKind"] == ["sti:Background"]


def test_where_the_outline_can_be_read() -> None:
    """The address stands on the outline, not on the sheet, whose references are its own addresses."""
    sheet = SHEET._replace(outline="検診。", pages=("https://example.go.jp/a.html", "https://example.go.jp/<b>"))
    quads = sheet_quads(sheet, PROGRAMME)
    outline = facts(quads, "statement/rs2019-mhlw-new31-0007-outline")
    assert outline["dcterms:references"] == ["https://example.go.jp/a.html"]
    assert "dcterms:references" not in facts(quads, "source/rs2019-mhlw-new31-0007")


def test_what_is_no_corporate_number_names_no_body() -> None:
    """It is kept with what the payment prints; the payee is known by its name."""
    paid = SHEET.payments[1]._replace(other_number="4010400000000")
    nameless = paid._replace(number=2, payee=None, yen=0, printed="0百万円")
    quads = sheet_quads(SHEET._replace(payments=(paid, nameless)), PROGRAMME)
    first, second = (facts(quads, f"transfer/rs2019-mhlw-new31-0007-B{number}") for number in (1, 2))
    assert first["sti:asPrinted"] == ["架空協会 4010400000000 0.5百万円"]
    assert first["sti:payee"] == ["organization:rs2019-mhlw-new31-0007-B1"]
    assert second["sti:asPrinted"] == ["4010400000000 0百万円"] and "sti:payee" not in second
    assert "houjin-" not in quads


def test_a_payer_that_is_listed_after_whom_it_pays_has_its_name() -> None:
    """Block C pays D, and stands after it."""
    paid = SHEET.payments[1]._replace(block="D", payer_block="C", payee="架空社団")
    payer = paid._replace(block="C", payer_block=None, payee="架空財団")
    quads = sheet_quads(SHEET._replace(payments=(paid, payer)), PROGRAMME)
    stem = "organization:rs2019-mhlw-new31-0007-"
    first, second = (facts(quads, f"transfer/rs2019-mhlw-new31-0007-{name}{paid.number}") for name in "DC")
    assert first["sti:payer"] == second["sti:payee"] == [f"{stem}C{paid.number}"]
    body = facts(quads, f"organization/rs2019-mhlw-new31-0007-C{paid.number}")
    assert body == {"rdf:type": ["sti:Organization"], "skos:prefLabel": ["架空財団"]}


def test_a_measure_is_part_of_the_policy_on_its_row() -> None:
    """政策 and 施策 of one row belong together; a measure without a policy beside it stands alone."""
    plans = (
        PlanNamed("政策", "Ⅰ 基本法制", "1-3[番号（政策・施策） 1].政策"),
        PlanNamed("政策", "Ⅱ 人権の擁護", "1-3[番号（政策・施策） 2].政策"),
        PlanNamed("施策", "（４） 法教育", "1-3[番号（政策・施策） 1].施策"),
        PlanNamed("施策", "（１） 啓発", "1-3[番号（政策・施策） 2].施策"),
        PlanNamed("施策", "（９） 調査", "1-3[番号（政策・施策） 3].施策"),
    )
    quads = sheet_quads(SHEET._replace(plans=plans), PROGRAMME)
    stem = "objective/rs2019-mhlw-new31-0007-policy-"
    found = {facts(quads, f"{stem}{n}")["skos:prefLabel"][0]: facts(quads, f"{stem}{n}") for n in range(1, 6)}
    wholes = {name: said.get("dcterms:isPartOf") for name, said in found.items()}
    assert wholes == {
        "Ⅰ 基本法制": None,
        "Ⅱ 人権の擁護": None,
        "（４） 法教育": ["objective:rs2019-mhlw-new31-0007-policy-1"],
        "（１） 啓発": ["objective:rs2019-mhlw-new31-0007-policy-2"],
        "（９） 調査": None,
    }


def test_same_bytes() -> None:
    """The same sheet gives the same bytes, and nothing but ASCII stands in an IRI."""
    quads = sheet_quads(SHEET, PROGRAMME)
    assert quads == sheet_quads(SHEET, PROGRAMME)
    for quad in parsed(quads):
        for term in (quad.subject, quad.predicate, quad.object):
            assert not isinstance(term, ox.NamedNode) or term.value.isascii()


def test_catalogue() -> None:
    """A body is called as most sheets call it; what the curated catalogue has is not said again."""
    names, others = Names(), Names()
    shop = SHEET.payments[0]._replace(corporate_number="1010002015390")
    for printed in ("（有）友愛書房", "有限会社友愛書房", "有限会社友愛書房"):
        names.add(SHEET._replace(payments=(*SHEET.payments, shop._replace(payee=printed))))
    others.add(SHEET._replace(payments=(shop._replace(payee=None, corporate_number="5010005007398"),)))
    names.merge(others)
    quads = b"".join(catalogue_quads(names))
    body = facts(quads, "organization/houjin-1010002015390")
    assert body["skos:prefLabel"] == ["有限会社友愛書房"] and body["skos:altLabel"] == ["（有）友愛書房"]
    assert body["skos:notation"] == ["1010002015390"]
    nameless = facts(quads, "organization/houjin-5010005007398")
    assert nameless["skos:prefLabel"] == ["法人番号5010005007398", "Corporate number 5010005007398"]
    catalogue = facts(quads, "source/review-sheet-catalogue")
    assert catalogue["skos:prefLabel"] == ["行政事業レビューシートの目録", "Catalogue of administrative review sheets"]
    assert len(catalogue["dcterms:description"]) == 2
    ministry = facts(quads, "organization/mhlw")
    assert ministry["rdf:type"] == ["sti:Ministry"]
    assert ministry["skos:prefLabel"] == ["厚生労働省", "Ministry of Health, Labour and Welfare"]
    assert facts(quads, "organization/jst") == {} and facts(quads, "organization/houjin-4030005012570") == {}
    assert {quad.graph_name for quad in parsed(quads)} == {ox.NamedNode(ID + "source/review-sheet-catalogue")}


def test_a_payment_beyond_the_budget_is_noted() -> None:
    """Ten times the largest amount of any year is still believed; the payment stays as it is printed."""
    most = max(abs(amount.yen) for amount in SHEET.amounts)
    paid = SHEET.payments[0]
    sheet = SHEET._replace(payments=(paid._replace(yen=10 * most), paid._replace(number=2, yen=10 * most + 1)))
    quads = sheet_quads(sheet, PROGRAMME)
    first, second = (facts(quads, f"transfer/rs2019-mhlw-new31-0007-A{number}") for number in (1, 2))
    assert "skos:note" not in first and second["sti:amount"] == [str(10 * most + 1)]
    assert len(second["skos:note"]) == 2 and "10倍を超える" in second["skos:note"][0]
    entry = entry_of("rs2019-mhlw-new31-0007", GRAPH, quads.replace(f" <{GRAPH}> .\n", " .\n"), ("2019", "2020"))
    assert [yen for _, yen, _ in entry.payments] == [10 * most]


def test_a_ministry_that_is_paid_is_the_ministry() -> None:
    """A number printed with the name of a ministry is its number; a curated body keeps the number it has."""
    names = Names()
    names.add(SHEET)
    names.ministries = {"外務省"}
    names.payees["9000012040001"] = Counter({"外務省": 3, "外務省本省": 1})
    names.payees["1000012160006"] = Counter({"外務省": 1})
    names.payees["4030005012570"] = Counter({"外務省": 9})
    assert names.numbered() == {"9000012040001": ID + "organization/mofa"}
    shared = b"".join(catalogue_quads(names))
    assert facts(shared, "organization/mofa")["skos:notation"] == ["9000012040001"]
    assert facts(shared, "organization/houjin-9000012040001") == {}
    assert facts(shared, "organization/houjin-1000012160006")["skos:prefLabel"] == ["外務省"]


@cache
def real_quads() -> tuple[list[Sheet], str]:
    """Return the sheets of FY2019 and their quads."""
    found = (sheet_of(one) for one in records([CORPUS / "review-sheets-2019.ndjson.xz"]) if isinstance(one, Record))
    sheets = [one for one in found if isinstance(one, Sheet)]
    return sheets, "".join(sheet_quads(sheet, programme_iri(sheet)) for sheet in sheets)


@NEEDS_CORPUS
def test_real_quads_count_what_the_sheets_say() -> None:
    """Every line parses; each class and the sum of initial budgets come out as they are in the sheets."""
    sheets, quads = real_quads()
    kinds = Counter[str]()
    amounts: dict[str, int] = {}
    initial = set()
    subjects_of_type: dict[str, str] = {}
    for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS):
        predicate = curie(quad.predicate.value)
        subject = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
        value = quad.object.value if isinstance(quad.object, ox.NamedNode | ox.Literal) else ""
        if predicate == "rdf:type":
            kinds[curie(value)] += 1
            if value in {STI + "BudgetLine", STI + "Transfer", STI + "Observation", STI + "Statement"}:
                assert subject not in subjects_of_type, f"{subject} is two things"
                subjects_of_type[subject] = value
        elif predicate == "sti:amount":
            amounts[subject] = int(value)
        elif predicate == "sti:phase" and value == STI + "Initial" and "-2019-initial" in subject:
            initial.add(subject)
    assert kinds["sti:Source"] == kinds["sti:Programme"] == len(sheets) == 5197
    assert kinds["sti:BudgetLine"] == sum(len(sheet.amounts) for sheet in sheets)
    assert kinds["sti:Observation"] == sum(len(one.values) for sheet in sheets for one in sheet.measures)
    payments = [one for sheet in sheets for one in sheet.payments]
    known = [one for one in payments if one.yen or one.payee or one.corporate_number or one.other_number]
    assert kinds["sti:Transfer"] == len(known)
    from_sheets = sum(
        one.yen for sheet in sheets for one in sheet.amounts if (one.fiscal_year, one.phase) == (2019, "Initial")
    )
    assert sum(amounts[line] for line in initial) == from_sheets > 10**14


@NEEDS_CORPUS
def test_real_quads_use_declared_terms_only() -> None:
    """Each property and class is one that the ontology declares."""
    declared = {
        quad.subject.value
        for name in ("stigraph", "concepts")
        for quad in ox.parse(path=str(ROOT / "ontology" / f"{name}.ttl"), format=ox.RdfFormat.TURTLE)
        if isinstance(quad.subject, ox.NamedNode) and quad.predicate.value == PREFIXES["rdf"] + "type"
    }
    _, quads = real_quads()
    used = set()
    for quad in ox.parse(quads[: quads.rfind("\n", 0, 60_000_000) + 1], format=ox.RdfFormat.N_QUADS):
        used.add(quad.predicate.value)
        if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(STI):
            used.add(quad.object.value)
    assert {term for term in used if term not in declared} == {PREFIXES["rdf"] + "type"}


@NEEDS_CORPUS
def test_real_names_hold_no_person_of_the_record() -> None:
    """The field of the official who answers for a sheet is in no quad even where a record has it."""
    (record, *_) = (one for one in records([CORPUS / "review-sheets-2019.ndjson.xz"]) if isinstance(one, Record))
    sheet = sheet_of(record._replace(fields=record.fields | {"作成責任者": "架空　太郎"}))
    assert isinstance(sheet, Sheet)
    assert "架空" not in sheet_quads(sheet, programme_iri(sheet))
