"""Plans that sheets name: found with their passage, resolved to the right edition, or left open."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from stigraph.ingest.judgit import sheet_of
from stigraph.ingest.mentions import Mention, every_mention_of, mentions_in, mentions_of
from stigraph.ingest.mentions.table import read_editions
from stigraph.ingest.model import PlanNamed, Sheet
from stigraph.ingest.reading import Record, records
from stigraph.vocab import ID

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"
NEEDS_CORPUS = pytest.mark.skipif(not CORPUS.is_dir(), reason="the review sheets (../shared/corpus) are not here")


def found(text: str, year: int = 2022) -> list[tuple[str, str | None]]:
    """Return what a text names: as cited, and the slug of the document."""
    return [
        (one.cited_as, one.document and one.document.removeprefix(ID + "document/"))
        for one in mentions_in(text, "事業目的", year)
    ]


@pytest.mark.parametrize(
    ("text", "year", "cited", "document"),
    [
        ("第５期科学技術基本計画に基づき進める。", 2018, "第５期科学技術基本計画", "basic-plan-5"),
        ("第五期科学技術基本計画に基づき進める。", 2018, "第五期科学技術基本計画", "basic-plan-5"),
        (
            "第６期科学技術・イノベーション基本計画（令和３年３月26日閣議決定）を踏まえ",
            2021,
            "第６期科学技術・イノベーション基本計画（令和３年３月26日閣議決定）",
            "basic-plan-6",
        ),
        ("「第6期科学技術基本計画」を踏まえ", 2022, "第6期科学技術基本計画", "basic-plan-6"),
        ("第6期科学技術イノベーション基本計画において", 2022, "第6期科学技術イノベーション基本計画", "basic-plan-6"),
        (
            "科学技術基本計画（平成28年1月22日閣議決定）に基づき",
            2018,
            "科学技術基本計画（平成28年1月22日閣議決定）",
            "basic-plan-5",
        ),
        ("平成28年1月22日に閣議決定された「科学技術基本計画」に基づき", 2018, "科学技術基本計画", "basic-plan-5"),
        (
            "「統合イノベーション戦略2020」（令和２年７月17日閣議決定）等",
            2021,
            "「統合イノベーション戦略2020」（令和２年７月17日閣議決定）",
            "integrated-innovation-strategy-2020",
        ),
        (
            "統合イノベーション戦略２０１９に基づき",
            2019,
            "統合イノベーション戦略２０１９",
            "integrated-innovation-strategy-2019",
        ),
        (
            "統合イノベーション戦略（令和2年7月17日閣議決定）に基づき",
            2021,
            "統合イノベーション戦略（令和2年7月17日閣議決定）",
            "integrated-innovation-strategy-2020",
        ),
        (
            "科学技術イノベーション総合戦略2017に基づき",
            2018,
            "科学技術イノベーション総合戦略2017",
            "comprehensive-strategy-2017",
        ),
        (
            "「成長戦略フォローアップ」（令和2年7月17日閣議決定）において",
            2021,
            "「成長戦略フォローアップ」（令和2年7月17日閣議決定）",
            "growth-strategy-follow-up-2020",
        ),
        ("経済財政運営と改革の基本方針2023に基づき", 2023, "経済財政運営と改革の基本方針2023", "basic-policy-2023"),
        ("骨太の方針2023に基づき", 2023, "骨太の方針2023", "basic-policy-2023"),
        (
            "第4期地理空間情報活用推進基本計画に基づき",
            2022,
            "第4期地理空間情報活用推進基本計画",
            "geospatial-basic-plan-4",
        ),
        (
            "「持続可能な開発のための2030アジェンダ」を踏まえ",
            2018,
            "持続可能な開発のための2030アジェンダ",
            "sdgs-2030-agenda",
        ),
        ("留学生30万人計画の実現に向け", 2016, "留学生30万人計画", "plan-300000-international-students"),
        (
            "新産業創出等研究開発基本計画（令和４年８月26日内閣総理大臣決定）に基づき",
            2023,
            "新産業創出等研究開発基本計画（令和４年８月26日内閣総理大臣決定）",
            "fukushima-new-industry-rd-plan",
        ),
        ("第６次エネルギー基本計画を踏まえ", 2022, "第６次エネルギー基本計画", "energy-basic-plan-6"),
        ("2018年7月に策定された「エネルギー基本計画」では", 2019, "エネルギー基本計画", "energy-basic-plan-5"),
        ("『日本再興戦略』改訂2015に基づき", 2016, "『日本再興戦略』改訂2015", "japan-revitalization-strategy-2015"),
        ("「日本再興戦略」2016に基づき", 2016, "「日本再興戦略」2016", "japan-revitalization-strategy-2016"),
        (
            "中期防衛力整備計画（平成26年度～平成30年度）（平成25年12月17日閣議決定）に基づき",
            2019,
            "中期防衛力整備計画（平成26年度～平成30年度）（平成25年12月17日閣議決定）",
            "medium-term-defence-2014",
        ),
        (
            "平成31年度以降に係る防衛計画の大綱に基づき",
            2020,
            "平成31年度以降に係る防衛計画の大綱",
            "defence-guidelines-2019",
        ),
        ("「生物多様性国家戦略2012-2020」に基づき", 2016, "生物多様性国家戦略2012-2020", "biodiversity-strategy-2012"),
        (
            "国土形成計画（全国計画）（平成27年8月閣議決定）に基づき",
            2016,
            "国土形成計画（全国計画）（平成27年8月閣議決定）",
            "national-spatial-plan-2",
        ),
        (
            "健康・医療戦略（平成26年7月22日閣議決定、平成29年2月17日一部変更）に基づき",
            2018,
            "健康・医療戦略（平成26年7月22日閣議決定、平成29年2月17日一部変更）",
            "health-medical-strategy-1",
        ),
        (
            "子供の読書活動の推進に関する基本的な計画（第四次）に基づき",
            2020,
            "子供の読書活動の推進に関する基本的な計画（第四次）",
            "children-reading-plan-4",
        ),
        (
            "第Ⅲ期の公的統計の整備に関する基本的な計画に基づき",
            2020,
            "第Ⅲ期の公的統計の整備に関する基本的な計画",
            "official-statistics-plan-3",
        ),
        (
            "「日本再興戦略-JAPAN is BACK-」（平成25年6月14日閣議決定）において",
            2016,
            "日本再興戦略-JAPAN is BACK-」（平成25年6月14日閣議決定）",
            "japan-revitalization-strategy-2013",
        ),
        ("「第五次環境基本計画」、その他に基づき", 2019, "第五次環境基本計画", "environment-basic-plan-5"),
        (
            "宇宙基本計画（平成28年4月閣議決定）地域を問わず進める。",
            2018,
            "宇宙基本計画（平成28年4月閣議決定）",
            "space-basic-plan-2016",
        ),
        (
            "第3次食育推進基本計画の進捗状況を調べる。",
            2018,
            "第3次食育推進基本計画",
            "food-education-plan-3",
        ),
        (
            "「行政改革の重要方針」（総人件費改革）（平成17年12月24日閣議決定）に基づき",
            2018,
            "「行政改革の重要方針」（総人件費改革）（平成17年12月24日閣議決定）",
            "administrative-reform-policy-2005",
        ),
        (
            "平成15年７月（平成16年６月改定）に連絡会議により決定された「電子政府構築計画」に基づき",
            2018,
            "電子政府構築計画",
            "electronic-government-building-plan",
        ),
        (
            "平成25年11月にインフラ長寿命化基本計画を策定し、対策を進める。",
            2018,
            "インフラ長寿命化基本計画",
            "infrastructure-life-plan",
        ),
        (
            "平成13年12月19日の閣議決定「特殊法人等整理合理化計画」において",
            2018,
            "特殊法人等整理合理化計画",
            "special-corporations-plan-2001",
        ),
        ("我が国開発協力大綱に掲げる南南協力を進める。", 2018, "開発協力大綱", "development-cooperation-charter-2015"),
        (
            "国際観光旅客税の使途に関する基本方針等について（令和２年12月21日観光戦略実行推進会議決定）に基づき",
            2021,
            "国際観光旅客税の使途に関する基本方針等について（令和２年12月21日観光戦略実行推進会議決定）",
            "tourist-tax-policy-2020",
        ),
    ],
)
def test_resolved_by_what_is_printed(text: str, year: int, cited: str, document: str) -> None:
    """By number, year or date, in whatever width, numeral and spelling."""
    assert found(text, year) == [(cited, document)]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("第３期科学技術基本計画に基づき進める。", 2018),
        ("第５期科学技術基本計画に基づき進める。", 2015),
        ("第６期科学技術・イノベーション基本計画に基づき進める。", 2020),
        ("統合イノベーション戦略2021に基づき進める。", 2018),
        ("科学技術基本計画に基づき進める。", 2018),
        ("科学技術基本計画（平成18年3月28日閣議決定）に基づき進める。", 2018),
        ("第５期科学技術基本計画（令和３年３月26日閣議決定）に基づき進める。", 2022),
        ("統合イノベーション戦略に基づき進める。", 2021),
        ("科学技術イノベーション総合戦略に基づき進める。", 2017),
        ("骨太の方針2019に基づき進める。", 2018),
        ("経済財政運営と改革の基本方針に基づき進める。", 2023),
        ("知的財産推進計画2017に基づき進める。", 2018),
        ("国土強靱化基本計画に基づき進める。", 2019),
        ("日本再興戦略に基づき進める。", 2017),
        ("日本再興戦略2017（平成29年6月9日閣議決定）に基づき進める。", 2018),
        ("「エネルギー基本計画」（令和3年10月22日閣議決定）に基づき進める。", 2020),
        ("「エネルギー基本計画」（平成15年10月7日閣議決定）に基づき進める。", 2022),
        ("中期防衛力整備計画（平成17年度～平成21年度）に基づき進める。", 2018),
        ("健康・医療戦略に基づき進める。", 2018),
        ("スポーツ基本計画に基づき進める。", 2018),
    ],
)
def test_kept_open(text: str, year: int) -> None:
    """Found and cited as printed, and no document: not in the catalogue, of no edition, or later than the sheet."""
    (mention,) = mentions_in(text, "事業目的", year)
    assert mention.document is None and mention.note and mention.basis == "Extracted"
    assert mention.cited_as in text


@pytest.mark.parametrize(
    ("text", "year", "document"),
    [
        ("統合イノベーション戦略に基づき進める。", 2018, "integrated-innovation-strategy-2018"),
        ("科学技術・イノベーション基本計画に基づき進める。", 2022, "basic-plan-6"),
        ("明日の日本を支える観光ビジョンに基づき進める。", 2020, "tourism-vision-2016"),
        ("スポーツ基本計画に基づき進める。", 2016, "sport-basic-plan-1"),
        ("未来投資戦略に基づき進める。", 2017, "future-investment-strategy-2017"),
        ("第５期科学技術基本計画が始まった。第５期基本計画に基づき進める。", 2018, "basic-plan-5"),
    ],
)
def test_the_only_one_is_inferred(text: str, year: int, document: str) -> None:
    """Where the year of the sheet, or the text before, leaves one document, it is said to be inferred, and why."""
    mention = list(mentions_in(text, "事業目的", year))[-1]
    assert mention.document == ID + "document/" + document
    assert mention.basis == "Inferred" and mention.note


@pytest.mark.parametrize(
    "text",
    [
        "各大学の中期計画に基づき支援する。",
        "市町村が策定する地方版総合戦略を支援する。",
        "一般事業主行動計画の届出を受ける。",
        "基本計画及び行動計画に基づく。",
        "第６期科学技術基本計画の策定に向けた検討を行う。",
        "次期エネルギー基本計画（令和6年度決定予定）を見据える。",
        "統合イノベーション戦略推進会議を開く。",
        "戦略的に計画を進める方針である。",
        "業務・システム最適化計画に基づく。",
        "本プログラムは、研究計画の提出を求める。",
        "地方版まち・ひと・しごと創生総合戦略の進捗を調べる。",
        "令和6年度に「エネルギー基本計画」を策定予定である。",
        "第４期地理空間情報活用推進基本計画の閣議決定に向け検討する。",
        "「災害対策基本法等の一部を改正する法律案」（令和３年３月５日閣議決定）を提出する。",
    ],
)
def test_what_is_no_named_plan(text: str) -> None:
    """Plans of everybody, plans still being made, councils and common words."""
    assert found(text) == []


def in_sheet(purpose: str, outline: str, year: int = 2022) -> list[tuple[str, str, str]]:
    """Return what a sheet names anywhere: as cited, the slug of the document, and on what it rests."""
    sheet = sheet_with((), purpose, year)._replace(outline=outline)
    return [(one.cited_as, (one.document or "").rpartition("/")[2], one.basis) for one in every_mention_of(sheet)]


def test_the_edition_printed_elsewhere_in_the_sheet() -> None:
    """It says what the bare name means, before it and after it; so does the short name that the sheet makes."""
    assert in_sheet("規制改革実施計画に基づく。", "「規制改革実施計画」（平成28年６月２日閣議決定）を踏まえる。") == [
        ("規制改革実施計画", "regulatory-reform-plan-2016", "Inferred"),
        ("「規制改革実施計画」（平成28年６月２日閣議決定）", "regulatory-reform-plan-2016", "Extracted"),
    ]
    assert in_sheet("第６次エネルギー基本計画に基づく。", "エネルギー基本計画を踏まえる。")[1] == (
        "エネルギー基本計画",
        "energy-basic-plan-6",
        "Inferred",
    )
    name = "「原子力災害からの福島復興の加速のための基本指針」（平成28年12月20日閣議決定）"
    assert in_sheet(f"{name}（以下、「福島復興指針」）に基づく。", "「福島復興指針」を踏まえる。")[1] == (
        "福島復興指針",
        "fukushima-acceleration-guidelines-2016",
        "Inferred",
    )


@pytest.mark.parametrize(
    ("purpose", "outline"),
    [
        ("第５次エネルギー基本計画と第６次エネルギー基本計画に基づく。", "エネルギー基本計画を踏まえる。"),
        ("第６次エネルギー基本計画に基づく。次期エネルギー基本計画の検討を行う。", "エネルギー基本計画を踏まえる。"),
        ("第６次エネルギー基本計画に基づく。", "従来のエネルギー基本計画を踏まえる。"),
        ("エネルギー基本計画（平成15年10月7日閣議決定）に基づく。", "エネルギー基本計画を踏まえる。"),
        ("国土形成計画（全国計画）（平成27年8月閣議決定）に基づく。", "国土形成計画（広域地方計画）を踏まえる。"),
    ],
)
def test_a_bare_name_stays_open(purpose: str, outline: str) -> None:
    """Of two editions, of the next or an earlier one, of one not in the catalogue, of another part: none is guessed."""
    assert in_sheet(purpose, outline)[-1][1] == ""


def test_decided_whatever_it_is_called() -> None:
    """A title in brackets that the cabinet or a council decided is a document, open where the catalogue has it not."""
    assert found("「今後の復興関連予算に関する基本的な考え方」平成24年11月27日復興推進会議決定）に基づく。") == [
        ("「今後の復興関連予算に関する基本的な考え方」平成24年11月27日復興推進会議決定", None)
    ]
    assert found("「国内における毒ガス弾等に関する今後の対応方針について」（平成15年12月16日閣議決定）等") == [
        ("「国内における毒ガス弾等に関する今後の対応方針について」（平成15年12月16日閣議決定）", None)
    ]
    assert found("「新しい通知について」（平成15年12月16日課長通知）等") == []


def test_passage() -> None:
    """The quote is the sentence; of a long one the clauses around the name; its place is exact."""
    text = "前の文。本事業は、第５期科学技術基本計画に基づき、研究を進める。後の文。"
    (mention,) = mentions_in(text, "事業概要", 2018)
    assert mention.quote == "本事業は、第５期科学技術基本計画に基づき、研究を進める。"
    assert mention.locator == "事業概要[4-32]" and text[4:32] == mention.quote
    long = "あ" * 150 + "、" + "第５期科学技術基本計画に基づき研究を進めることとし、" + "い" * 150 + "。"
    (mention,) = mentions_in(long, "事業概要", 2018)
    assert mention.quote == "第５期科学技術基本計画に基づき研究を進めることとし"


def test_kinds() -> None:
    """A sheet stands on a plan, or only speaks of it."""
    assert [one.kind for one in mentions_in("第５期科学技術基本計画に基づき進める。", "a", 2018)] == ["Declaration"]
    assert [one.kind for one in mentions_in("第５期科学技術基本計画は五か年。", "a", 2018)] == ["Background"]


def test_several_in_one_sentence() -> None:
    """Each is a statement of its own."""
    text = "「日本再興戦略」改訂2015（平成27年6月30日閣議決定）及び第５期科学技術基本計画、エネルギー基本計画に基づく。"
    assert found(text, 2018) == [
        ("「日本再興戦略」改訂2015（平成27年6月30日閣議決定）", "japan-revitalization-strategy-2015"),
        ("第５期科学技術基本計画", "basic-plan-5"),
        ("エネルギー基本計画", None),
    ]


def sheet_with(plans: tuple[PlanNamed, ...], purpose: str | None = None, year: int = 2024) -> Sheet:
    """Return a sheet that says little else."""
    blank = {field: None for field in Sheet._fields}
    return Sheet(**(blank | {"year": year, "plans": plans, "purpose": purpose}))  # type: ignore[arg-type]  # mixed


def test_fields_that_name_plans() -> None:
    """Each entry is a declaration; laws are found by name without article; policies are no documents; none twice."""
    plans = (
        PlanNamed(
            "計画通知名",
            "第6期科学技術・イノベーション基本計画（令和3年3月26日閣議決定）、統合イノベーション戦略2023",
            "1-3[番号 1].計画通知名",
        ),
        PlanNamed(
            "計画通知名", "・まち・ひと・しごと創生基本方針2021\n・国際通知（平成30年）", "1-3[番号 2].計画通知名"
        ),
        PlanNamed("根拠法令", "福島復興再生特別措置法（平成二十四年法律第二十五号）第九十一条", "1-3[番号 1].法令名"),
        PlanNamed("施策", "7-3 国際化", "1-3[番号 1].施策"),
    )
    mentions = mentions_of(sheet_with(plans, "第6期科学技術・イノベーション基本計画に基づく。"))
    assert [(one.cited_as, (one.document or "-").rpartition("/")[2]) for one in mentions] == [
        ("第6期科学技術・イノベーション基本計画（令和3年3月26日閣議決定）", "basic-plan-6"),
        ("統合イノベーション戦略2023", "integrated-innovation-strategy-2023"),
        ("まち・ひと・しごと創生基本方針2021", "-"),
        ("国際通知（平成30年）", "-"),
        ("福島復興再生特別措置法（平成二十四年法律第二十五号）第九十一条", "fukushima-special-measures-act"),
    ]
    assert {(one.kind, one.basis) for one in mentions} == {("Declaration", "Extracted")}
    assert mentions[0].locator == "1-3[番号 1].計画通知名"


def test_entries_of_a_field_with_two_names() -> None:
    """A short name in brackets is the same plan; of two plans neither is taken, and the reason says so."""
    plans = (
        PlanNamed("計画通知名", "経済財政運営と改革の基本方針2022（骨太方針）", "a"),
        PlanNamed("計画通知名", "第5期科学技術基本計画及び統合イノベーション戦略2020", "b"),
    )
    found = [((one.document or "-").rpartition("/")[2], one.note) for one in mentions_of(sheet_with(plans))]
    assert found == [("basic-policy-2022", None), ("-", "一つの項目に複数の名が記されている。")]


def test_a_field_says_what_a_bare_name_means() -> None:
    """The edition in 計画通知名 is that of the bare name in the purpose; two editions there leave it open."""
    sixth, fifth = (
        PlanNamed("計画通知名", f"第{number}次エネルギー基本計画", f"1-3[番号 {number}].計画通知名")
        for number in (6, 5)
    )
    bare = every_mention_of(sheet_with((sixth,), "エネルギー基本計画に基づく。"))[-1]
    assert bare.document == ID + "document/energy-basic-plan-6" and bare.basis == "Inferred"
    assert every_mention_of(sheet_with((sixth, fifth), "エネルギー基本計画に基づく。"))[-1].document is None


@cache
def real_mentions() -> list[tuple[Sheet, Mention]]:
    """Return the mentions of FY2018 and FY2022 with their sheets."""
    collected = []
    for year in (2018, 2022):
        for record in records([CORPUS / f"review-sheets-{year}.ndjson.xz"]):
            sheet = sheet_of(record) if isinstance(record, Record) else None
            if isinstance(sheet, Sheet):
                collected += [(sheet, mention) for mention in mentions_of(sheet)]
    return collected


@NEEDS_CORPUS
def test_real_quotes_are_verbatim() -> None:
    """Each quote stands where it is said to, and holds the name as cited."""
    assert len(real_mentions()) > 700
    for sheet, mention in real_mentions():
        text = {"事業目的": sheet.purpose, "事業概要": sheet.outline}[mention.field] or ""
        assert text[mention.start : mention.end] == mention.quote
        assert mention.cited_as in mention.quote


@NEEDS_CORPUS
def test_no_real_sheet_cites_the_future() -> None:
    """No sheet is resolved to what was decided after its year; editions never mix."""
    documents = Counter((sheet.year, mention.document) for sheet, mention in real_mentions() if mention.document)
    decided = {edition.slug: min(edition.decided, default="") for edition in read_editions()}
    for year, document in documents:
        assert decided.get(document.rpartition("/")[2], "")[:4] <= str(year)
    assert not [one for one in documents if one[0] == 2018 and one[1].endswith(("/basic-plan-6", "strategy-2019"))]
    assert documents[2018, ID + "document/basic-plan-5"] >= 3 and documents[2022, ID + "document/basic-plan-6"] >= 3
    for _, mention in real_mentions():
        if mention.document and mention.document.endswith("/basic-plan-6"):
            assert "5期" not in mention.cited_as and "５期" not in mention.cited_as


@NEEDS_CORPUS
def test_a_real_sheet() -> None:
    """What the disaster prevention sheet of the science ministry and others name is found by name."""
    cited = Counter(mention.cited_as for _, mention in real_mentions())
    for name in ("防衛計画の大綱", "エネルギー基本計画", "明日の日本を支える観光ビジョン", "食料・農業・農村基本計画"):
        assert cited[name] >= 3, name
