"""The real samples: what stands in the files, read by eye, is what the sheets say."""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from stigraph.ingest.mentions import mentions_of
from stigraph.ingest.model import Amount, Sheet
from stigraph.ingest.refusals import Refusal
from stigraph.ingest.rs_system import MINISTRY, file_name, read

Sheets = Mapping[tuple[int, str], Sheet]

# year, project | ministry | start, end | bureau | division | accounts | methods
IDENTITY = """
2024 11    | デジタル庁 | 2021 2024 | 省庁業務サービス | 政府共通プラットフォーム担当 | 一般会計 | 直接実施
2024 884   | 法務省 | - - | 大臣官房 | 司法法制部 司法法制課 司法制度第二係 | 一般会計 | 直接実施
2024 3522  | 経済産業省 | 2019 2029 | 商務情報政策局 | 情報産業課 | 特別会計 エネルギー対策 エネルギー需給勘定;一般会計 | 直接実施;補助
2024 18556 | 財務省 | 2024 - | 国税庁 | 課税部 酒税課酒類業振興・輸出促進室 | 一般会計 | 補助
2025 11    | デジタル庁 | 2021 2025 | 省庁業務サービス | 政府共通プラットフォーム担当 | 一般会計 | 直接実施
2025 884   | 法務省 | - - | 大臣官房 | 司法法制部 司法法制課 司法制度第二係 | 一般会計 | 直接実施
2025 1319  | 外務省 | 2017 - | 総合外交政策局 | 人権人道課 女性参画推進室 | 一般会計 | 直接実施
2025 3522  | 経済産業省 | 2019 2029 | 商務情報政策局 | 情報産業課 | 特別会計 エネルギー対策 エネルギー需給勘定;特別会計 エネルギー対策 先端半導体・人工知能関連技術勘定;一般会計 | 補助
2025 18556 | 財務省 | 2024 - | 国税庁 | 課税部 酒税課酒類業振興・輸出促進室 | 一般会計 | 補助
2025 21625 | 文部科学省 | 2023 - | 研究振興局 | 研究振興戦略官 | 一般会計 | 補助
"""  # noqa: E501  # a table reads by its lines

NAMES = {
    "11": "第一期政府共通プラットフォーム（情報通信技術調達等適正・効率化推進費）",
    "884": "法教育の推進",
    "1319": "女性の人権の保護・促進のための国際協力推進に係る経費"
    "（令和７年度までの予算事業名は「国連人権条約体対日理解促進プログラム関連経費」）",
    "3522": "ポスト５Ｇ情報通信システム基盤強化研究開発事業（AI基盤モデル及び先端半導体関連技術開発事業）",
    "18556": "酒類業振興支援事業",
    "21625": "新産業創出等研究開発推進事業費補助（一般会計）",
}

# The totals of each sheet: year, then phase and amount; zeros say nothing.
TOTALS = """
2024 11    | 2023 Executed 12896926000 | 2022 Executed 15821000000
2024 11    | 2021 Reserve 13916000000 Total 13916000000 Executed 13521000000
2024 884   | 2024 Initial 11169000 CarriedIn 8260000 Total 19429000 | 2025 Request 24844000
2024 884   | 2023 Initial 23737000 Supplementary 8260000 CarriedIn 8220000 Total 40217000 Executed 28433000 CarriedOut 8260000
2024 884   | 2024 Request 42023000
2024 884   | 2022 Initial 30261000 Supplementary 8220000 Total 38481000 Executed 26000000 CarriedOut 8220000
2024 884   | 2023 Request 36000000 | 2021 Initial 28854000 Total 28854000 Executed 23000000 | 2022 Request 42300000
2024 3522  | 2024 Supplementary 990178535000 Total 990178535000
2024 3522  | 2023 Supplementary 677292895000 Total 677292895000 Executed 677292895000
2024 3522  | 2022 Supplementary 485009000000 Total 485009000000 Executed 485009000000
2024 3522  | 2021 Supplementary 110003000000 Total 110003000000 Executed 110003000000
2024 18556 | 2024 Initial 601695000 Supplementary 700000000 Total 1301695000 | 2025 Request 1301732000
2025 11    | 2024 Executed 5738388000 | 2023 Executed 12896926000 | 2022 Executed 15821000000
2025 11    | 2021 Reserve 13916000000 Total 13916000000 Executed 13521000000
2025 1319  | 2025 Initial 5252000 Total 5252000 | 2026 Request 9973000
2025 1319  | 2024 Initial 3660000 Total 3660000 | 2025 Request 5252000
2025 1319  | 2023 Initial 4000000 Total 4000000 | 2024 Request 5000000 | 2023 Request 4000000
2025 3522  | 2025 Initial 161700000000 Supplementary 153656459250 Total 315356459250
2025 3522  | 2024 Supplementary 990178535000 Total 990178535000 Executed 990178535000
2025 3522  | 2023 Supplementary 677292895000 Total 677292895000 Executed 677292895000
2025 3522  | 2022 Supplementary 485009192000 Total 485009192000 Executed 485009192000
2025 3522  | 2021 Supplementary 110003000000 Total 110003000000 Executed 110003000000
2025 18556 | 2025 Initial 601732000 Supplementary 900000000 CarriedIn 700000000 Total 2201732000 | 2026 Request 1301725000
2025 18556 | 2024 Initial 601695000 Supplementary 700000000 Total 1301695000 Executed 514971680 CarriedOut 700000000
2025 18556 | 2025 Request 1301732000
2025 21625 | 2026 Request 271784000
"""  # noqa: E501  # a table reads by its lines

# kind, period and number | unit | targets | actuals; ! marks the year the target is for
MEASURES = """
2024 11    | output アウトプット 10 | 件 | 2021:25 2022:28 2023:21 2024:1 | 2021:25 2022:28 2023:20
2024 11    | output アウトプット 20 | ％ | 2021:100 2022:100 2023:100 2024:100 | 2021:100 2022:100 2023:100
2024 11    | outcome アウトカム 3.長期 11 | 件 | 2021:25 2022:28 2023:21 2024:1! | 2021:25 2022:28 2023:20
2024 11    | outcome アウトカム 3.長期 21 | ％ | 2021:99.99 2022:99.99 2023:99.99 2024:99.99! | 2021:100 2022:100 2023:100
2024 884   | output アウトプット 1 | 回 | | 2021:8 2022:6 2023:10
2024 884   | output アウトプット 2 | 回 | | 2021:63 2022:72 2023:67
2024 884   | outcome アウトカム 1.短期 1 | 件 | 2021:2500 2022:2500 2023:3000 2024:3000! | 2021:2400 2022:3532 2023:5319
2024 884   | outcome アウトカム 3.長期 1 | - | |
2024 884   | outcome アウトカム 1.短期 2 | 件 | 2021:2500 2022:2500 2023:3000 2024:3000! | 2021:2400 2022:3532 2023:5319
2024 884   | outcome アウトカム 3.長期 2 | 件 | 2021:20000 2022:20000 2023:20000 2028:20000! | 2021:44528 2022:26071 2023:13865
2024 3522  | output アウトプット 3 | 件 | 2020:12 2021:23 2022:29 2023:9 2024:15 | 2020:35 2021:22 2022:11 2023:19
2024 3522  | output アウトプット 6 | 件 | 2024:15 |
2024 3522  | outcome アウトカム 1.短期 4 | ％ | 2023:80 2024:80 2025:80 2029:80! | 2023:82
2024 3522  | outcome アウトカム 3.長期 5 | % | 2024:50 2032:50! |
2024 3522  | outcome アウトカム 1.短期 7 | % | 2022:80 2023:80 2024:80 2029:80! | 2022:100 2023:82
2024 18556 | output アウトプット 1 | 件 | 2024:103 |
2024 18556 | output アウトプット 2 | 件 | 2024:30 |
2024 18556 | outcome アウトカム 1.短期 1 | % | 2024:80! |
2024 18556 | outcome アウトカム 2.中期 1 | 百万円 | |
2024 18556 | outcome アウトカム 3.長期 1 | % | 2029:50! |
2024 18556 | outcome アウトカム 1.短期 2 | % | 2024:80! |
2024 18556 | outcome アウトカム 3.長期 2 | % | 2029:80! |
2025 11    | output アウトプット 201 | 件 | 2021:25 2022:28 2023:21 2024:1 2025:0 | 2021:25 2022:28 2023:20 2024:1 2025:0
2025 11    | output アウトプット 202 | ％ | 2021:100 2022:100 2023:100 2024:100 2025:0 | 2021:100 2022:100 2023:100 2024:100 2025:0
2025 11    | outcome アウトカム 3.長期 501 | 件 | 2021:25 2022:28 2023:21 2024:1! | 2021:25 2022:28 2023:20 2024:1
2025 11    | outcome アウトカム 3.長期 502 | ％ | 2021:99.99 2022:99.99 2023:99.99 2024:99.99! | 2021:100 2022:100 2023:100 2024:100
2025 884   | output アウトプット 201 | 回 | 2022:6 2023:10 2024:6 2025:2 | 2022:6 2023:10 2024:6
2025 884   | output アウトプット 202 | 回 | 2022:72 2023:67 2024:52 2025:52 | 2022:72 2023:67 2024:52
2025 884   | outcome アウトカム 1.短期 301 | 件 | 2022:2500 2023:3000 2024:3000 2025:3500! | 2022:3532 2023:5319 2024:6264
2025 884   | outcome アウトカム 1.短期 302 | 件 | 2022:2500 2023:3000 2024:3000 2025:3500! | 2022:3532 2023:5319 2024:6264
2025 884   | outcome アウトカム 3.長期 501 | - | |
2025 884   | outcome アウトカム 3.長期 502 | 件 | 2022:20000 2023:20000 2024:20000 2028:20000! | 2022:26071 2023:13865 2024:9941
2025 1319  | output アウトプット 1 | - | 2024:1 |
2025 1319  | outcome アウトカム 3.長期 1 | - | 2024:1! |
"""  # noqa: E501  # a table reads by its lines

# block-number | who pays | payee (- where it is not named) | corporate number | yen
PAYMENTS = """
2024 11    | A-2 | 担当組織 | 東京センチュリー株式会社 | 6010401015821 | 8909496000
2024 11    | B-1 | 担当組織 | 株式会社ＮＴＴデータ | 6010601062093 | 2105314000
2024 11    | C-1 | 担当組織 | - | - | 1346000
2024 11    | C-5 | 担当組織 | 国土交通省航空局 | 2000012100001 | 1337000
2024 11    | C-6 | 担当組織 | 東芝テクノシステム株式会社 | - | 570000
2024 11    | D-1 | A | 富士通株式会社 | 1020001071491 | 2774559000
2024 11    | E-9 | B | 株式会社ＮＴＴデータＳＭＳ | 2010601032678 | 453235000
2024 11    | F-3 | C | 日本メックス株式会社 | 6010001062545 | 10285000
2024 884   | A-2 | 担当組織 | - | - | 122000
2024 884   | A-11 | 担当組織 | 麹町税務署 | - | 129000
2024 884   | B-2 | 担当組織 | - | - | 64000
2024 884   | C-7 | 担当組織 | 株式会社バリュース | 2010001220024 | 14262000
2024 3522  | A-1 | 担当組織 | 国立研究開発法人新エネルギー・産業技術総合開発機構 | 2020005008480 | 677292895000
2025 11    | C-7 | 担当組織 | 株式会社ライズ | 4120001177301 | 107558000
2025 11    | D-3 | 担当組織 | ＫＯＥＩ ＪＡＰＡＮ株式会社 | 9020001034739 | 4344450
2025 11    | G-1 | C | 日本メックス株式会社 | 6010001062545 | 5481300
2025 11    | J-1 | I | 富士通株式会社 | 1020001071491 | 1491286000
2025 884   | A-2 | 担当組織 | - | - | 63000
2025 884   | A-11 | 担当組織 | 麹町税務署 | 7000012050002 | 53000
2025 3522  | A-1 | 担当組織 | 国立研究開発法人新エネルギー・産業技術総合開発機構 | 2020005008480 | 990178535000
2025 18556 | A-1 | 担当組織 | - | - | 425260265
2025 18556 | A-7 | 担当組織 | 株式会社ＡＣＤ | 4010401123477 | 8616680
2025 18556 | A-8 | 担当組織 | 株式会社ＪＡＰＡＮ ＣＲＡＦＴ ＳＡＫＥ ＣＯＭＰＡＮＹ | 9011001104904 | 6954545
2025 18556 | B-1 | 担当組織 | - | - | 235200
"""

# kind, number in its own list | text
PLANS = """
2024 11    | 政策 1 | 情報通信技術等の適正・効率化に関する施策の推進
2024 11    | 施策 1 | 情報システムの整備
2024 11    | 根拠法令 1 | デジタル庁設置法（令和三年法律第三十六号）第四条第2項第19号
2024 11    | 計画通知名 1 | 「政府共通プラットフォーム整備計画」（2011.11.２CIO連絡会議決定）
2024 884   | 計画通知名 1 | 「世界一安全な日本」創造戦略（平成25年12月10日閣議決定）「世界一安全な日本」創造戦略2022（令和4年12月20日閣議決定）
2024 884   | 計画通知名 7 | 経済財政運営と改革の基本方針2023（令和5年6月16日閣議決定）
2024 3522  | 根拠法令 1 | 国立研究開発法人新エネルギー・産業技術総合開発機構法（平成十四年法律第百四十五号）第十五条第1項第2号、第3号及び第9号
2024 3522  | 根拠法令 2 | 科学技術・イノベーション創出の活性化に関する法律（平成二十年法律第六十三号）第二十七条の二第1項
2024 3522  | 計画通知名 6 | ○第６期科学技術・イノベーション基本計画（令和３年３月26日閣議決定）
2024 3522  | 計画通知名 7 | ○統合イノベーション戦略2020（令和２年７月17日閣議決定）
2024 18556 | 政策 1 | ２ 適正かつ公平な課税の実現
2024 18556 | 計画通知名 1 | ・新しい資本主義のグランドデザイン及び実行計画2023改訂版（令和5年6月16日閣議決定）　等
2025 1319  | 施策 1 | １－８ 国際の平和と安定に対する取組（ジェンダー平等の実現に向けた国際協力の推進）
2025 1319  | 根拠法令 1 | 外務省設置法（平成十一年法律第九十四号）第四条第1項第5号
2025 1319  | 計画通知名 1 | 「日本再興戦略」改定2014
2025 3522  | 計画通知名 8 | ○第６期科学技術・イノベーション基本計画（令和３年３月26日閣議決定）
2025 21625 | 根拠法令 39 | 福島復興再生特別措置法（平成二十四年法律第二十五号）第百条
2025 21625 | 根拠法令 38 | 福島復興再生特別措置法（平成二十四年法律第二十五号）第百四条
2025 21625 | 計画通知名 7 | 統合イノベーション戦略2022（令和4年6月3日閣議決定）
"""  # noqa: E501  # a table reads by its lines

# policies and measures, laws, plans, decisions with a KPI
COUNTS = {
    (2024, "11"): (1, 1, 1, 1, 0),
    (2024, "884"): (1, 1, 0, 7, 0),
    (2024, "3522"): (1, 0, 2, 7, 1),
    (2024, "18556"): (1, 1, 0, 2, 0),
    (2025, "11"): (1, 1, 1, 1, 0),
    (2025, "884"): (1, 1, 0, 7, 0),
    (2025, "1319"): (1, 1, 1, 1, 0),
    (2025, "3522"): (1, 0, 2, 9, 0),
    (2025, "18556"): (1, 1, 0, 2, 0),
    (2025, "21625"): (1, 1, 39, 7, 0),
}


def table(text: str) -> list[tuple[tuple[int, str], list[str]]]:
    """Read one of the tables above: the sheet, and the cells behind it."""
    rows = []
    for line in text.strip().splitlines():
        key, *cells = (cell.strip() for cell in line.split("|"))
        year, project = key.split()
        rows.append(((int(year), project), cells))
    return rows


def test_there_are_ten_sheets(sheets: Sheets) -> None:
    assert list(sheets) == [key for key, _ in table(IDENTITY)]
    for (year, project), sheet in sheets.items():
        assert (sheet.database, sheet.year, sheet.number, sheet.project) == ("rs-system", year, project, project)
        assert sheet.name == NAMES[project]
        assert (sheet.areas, sheet.earlier, sheet.url) == ((), (), None)


@pytest.mark.parametrize(("key", "cells"), table(IDENTITY))
def test_identity(sheets: Sheets, key: tuple[int, str], cells: list[str]) -> None:
    sheet = sheets[key]
    ministry, span, bureau, division, accounts, methods = cells
    start, end = (None if year == "-" else int(year) for year in span.split())
    assert (sheet.ministry, sheet.start, sheet.end, sheet.bureau) == (ministry, start, end, bureau)
    assert sheet.division == division
    assert sheet.accounts == tuple(accounts.split(";"))
    assert sheet.methods == tuple(methods.split(";"))


def test_purpose_and_outline(sheets: Sheets) -> None:
    law = sheets[2024, "884"]
    assert law.purpose == (
        "国民一人ひとりが、法や司法の役割を十分に認識し、法やルールにのっとった紛争の適正な解決を図る力を身に付けるとともに、"
        "司法の国民的基盤を確立することを目的とする。"
    )
    assert law.outline is not None
    assert law.outline.startswith("教員や教育関係者を含め広く広報を実施することで、国民の法教育に対する理解を促進し、")
    assert law.outline.endswith("学校教育現場における法教育の学習機会の確保及び学習内容の充実を図る。")
    assert law.issues is not None
    assert law.issues.startswith("価値観が多様化し、複雑化した現代社会においては、法教育による司法の国民的基盤の強化が")
    assert law.issues.endswith("学校現場等への支援や法教育に関する情報発信等を行う必要がある。")
    assert law.no_target_reason is not None
    assert law.no_target_reason.startswith("現状、法教育の実践が十分とは言い難い学校現場において、")
    assert sheets[2024, "11"].no_target_reason is None
    rights = sheets[2025, "1319"].no_target_reason
    assert rights is not None
    assert rights.startswith("国連人権条約体の委員に対し、我が国の人権に係る取組状況の理解を増進することが")


def test_totals(sheets: Sheets) -> None:
    expected: dict[tuple[int, str], list[tuple[int, str, int]]] = {}
    for key, cells in table(TOTALS):
        for cell in cells:
            year, *amounts = cell.split()
            pairs = zip(amounts[::2], amounts[1::2], strict=True)
            expected.setdefault(key, []).extend((int(year), phase, int(amount)) for phase, amount in pairs)
    for key, totals in expected.items():
        found = [(amount.fiscal_year, amount.phase, amount.yen) for amount in sheets[key].amounts if not amount.account]
        assert Counter(found) == Counter(totals), key


def test_every_total_is_the_sum_of_its_accounts(sheets: Sheets) -> None:
    compared = 0
    for sheet in sheets.values():
        by_account: Counter[tuple[int, str]] = Counter()
        for amount in sheet.amounts:
            if amount.account is not None and amount.within is None:
                by_account[amount.fiscal_year, amount.phase] += amount.yen
        for amount in sheet.amounts:
            # 2-1 has no column of an account for what is carried out
            if amount.account is None and amount.phase != "CarriedOut":
                assert amount.yen == by_account[amount.fiscal_year, amount.phase], (sheet.key, amount)
                compared += 1
    assert compared > 80


def test_an_amount_keeps_its_print_and_its_place(sheets: Sheets) -> None:
    amounts = sheets[2025, "3522"].amounts
    assert Amount(2025, "Initial", 161700000000, "161700000000円", None, "2-1[2025].当初予算（合計）") in amounts
    account = "特別会計 エネルギー対策 先端半導体・人工知能関連技術勘定"
    place = f"2-1[2025, {account}].第1次補正予算"
    assert Amount(2025, "Supplementary", 153656459250, "153656459250円", account, place) in amounts
    request = Amount(2025, "Request", 24844000, "24844000.0円", None, "2-1[2024].翌年度要求額（合計）")
    assert request in sheets[2024, "884"].amounts


def test_what_is_wished_for_is_part_of_what_is_asked(sheets: Sheets) -> None:
    wished = {
        (key, amount.fiscal_year, amount.yen): (amount.place, amount.within)
        for key, sheet in sheets.items()
        for amount in sheet.amounts
        if amount.within is not None
    }
    assert wished.keys() == {
        ((2024, "884"), 2025, 15048000),
        ((2024, "18556"), 2025, 1300000000),
        ((2025, "884"), 2025, 15048000),
        ((2025, "884"), 2026, 7466000),
        ((2025, "18556"), 2025, 1300000000),
        ((2025, "18556"), 2026, 1300000000),
        ((2025, "21625"), 2026, 246405000),
    }
    place = "2-1[2024, 一般会計]"
    assert wished[(2024, "18556"), 2025, 1300000000] == (f"{place}.要望額", f"{place}.翌年度要求額")
    assert "要望額 1300000000円" in {amount.printed for amount in sheets[2024, "18556"].amounts}


# number of the activity | how it begins | the goals that it leads to begin with
ACTIVITIES = """
2024 11    | 1 | 統合・集約化対象システムの計画的な利用終了を支援する。 | 統合・集約化対象システムに対する利用終了支援の実施
2024 884   | 2 | 法務省ホームページにおける | 国民が法教育に接する機会の提供
2024 3522  | 1 | ポスト５Ｇ情報通信システムの開発を民間企業 | 研究開発事業の採択件数
2024 18556 | 1 | 酒類業の新市場を開拓するような、 | 酒類事業者の経営改革、酒類業の構造転換を促す。
2024 18556 | 2 | 酒類事業者に対して、以下の取組について | 日本産酒類の輸出拡大を図るとともに、
2025 1319  | 1 | 女性差別撤廃委員会国連人権条約体の委員を | 招へい者の対日理解促進を行うことで、
"""  # noqa: E501  # a table reads by its lines


@pytest.mark.parametrize(("key", "cells"), table(ACTIVITIES))
def test_activities_lead_to_goals(sheets: Sheets, key: tuple[int, str], cells: list[str]) -> None:
    number, text, goal = cells
    place = f"3-1[アクティビティ {number}].アクティビティ／活動目標／成果目標"
    (step,) = (one for one in sheets[key].steps if one.place.startswith(f"{place}; 3-2[アクティビティ {number} → "))
    assert step.text.startswith(text) and step.origin is None
    assert [one.startswith(goal) for one in step.goals] == [True]


def test_every_goal_of_a_step_is_one_that_is_measured(sheets: Sheets) -> None:
    """3-2 breaks lines where 3-1 does not; the samples of 2025 have but two sheets whole."""
    whole = [sheet for sheet in sheets.values() if sheet.measures]
    for sheet in whole:
        goals = {measure.goal for measure in sheet.measures}
        for step in sheet.steps:
            assert len(step.goals) == 1 and {*step.goals, step.origin or step.goals[0]} <= goals
    assert sum(len(sheet.steps) for sheet in whole) == 34


def test_why_one_goal_leads_to_the_next(sheets: Sheets) -> None:
    sheet = sheets[2024, "18556"]
    place = "3-2[アウトカム 中期 1 → アウトカム 長期 1].後続アウトカムへのつながり"
    (step,) = (one for one in sheet.steps if one.place == place)
    assert step.text.startswith("補助事業により酒類事業者の経営状況の変化を捉えることが、")
    assert step.origin is not None and step.origin.startswith("補助事業に係る全補助事業者の売上累計額")
    assert step.goals[0].startswith("補助事業者のうち、事業終了後5年間で、")
    # one link of 1319 has no reason beside it
    assert [one.origin for one in sheets[2025, "1319"].steps] == [None]


def test_why_outcomes_have_one_stage(sheets: Sheets) -> None:
    assert sheets[2024, "11"].one_stage_reason == (
        "アクティビティである利用終了支援の実施が、最終目標である全統合・集約化対象システムの利用終了に直接結びつくため。\n"
        "運用・保守の実施における品質を維持することが、最終的な目標である第一期PFの安定運用に直接結びつくため。"
    )
    assert sheets[2024, "18556"].one_stage_reason is None


def test_the_page_of_the_outline(sheets: Sheets) -> None:
    assert sheets[2024, "18556"].pages == ("https://www.nta.go.jp/taxes/sake/boshujoho/hojojigyo.htm",)
    assert sheets[2024, "884"].pages == ()


def test_nothing_is_executed_in_the_year_of_the_sheet(sheets: Sheets) -> None:
    for sheet in sheets.values():
        executed = {amount.fiscal_year for amount in sheet.amounts if amount.phase == "Executed"}
        assert all(year < sheet.year for year in executed)


@pytest.mark.parametrize(("key", "cells"), table(MEASURES))
def test_measures(sheets: Sheets, key: tuple[int, str], cells: list[str]) -> None:
    names, unit, targets, actuals = cells
    kind, place = names.split(" ", 1)
    (measure,) = [measure for measure in sheets[key].measures if measure.place == f"3-1[{place}]"]
    assert (measure.kind, measure.unit) == (kind, None if unit == "-" else unit)
    for value_kind, printed, line in (("Target", targets, "目標値"), ("Actual", actuals, "実績値")):
        found = [value for value in measure.values if value.kind == value_kind and value.fiscal_year]
        marks = [
            "!" if value.place.endswith(f"; {measure.place}.目標年度[{value.fiscal_year}]") else "" for value in found
        ]
        said = [f"{value.fiscal_year}:{value.number}{mark}" for value, mark in zip(found, marks, strict=True)]
        assert said == printed.split()
        assert all(value.place.startswith(f"{measure.place}.{line}[{value.fiscal_year}]") for value in found)


def test_no_measure_more(sheets: Sheets) -> None:
    assert Counter(key for key, _ in table(MEASURES)) == {
        key: len(sheet.measures) for key, sheet in sheets.items() if sheet.measures
    }


def test_goals_and_indicators(sheets: Sheets) -> None:
    measures = {measure.place: measure for measure in sheets[2024, "884"].measures}
    assert measures["3-1[アウトカム 3.長期 2]"].goal == "「法的なものの考え方」が広く国民に浸透する"
    assert measures["3-1[アウトカム 3.長期 2]"].indicator == "法教育教材の発送件数"
    assert {measure.better for measure in sheets[2024, "884"].measures} == {None}
    later = {measure.place: measure.better for measure in sheets[2025, "884"].measures}
    assert later["3-1[アウトカム 3.長期 502]"] == "Higher" and later["3-1[アウトプット 201]"] is None
    in_words = measures["3-1[アウトカム 3.長期 1]"]
    assert in_words.indicator == "各学校現場における法教育の実践状況に関する調査研究結果"
    (value,) = in_words.values
    assert (value.fiscal_year, value.kind, value.number) == (None, "Actual", None)
    assert value.text is not None
    assert "教材を利用して授業を実施した割合29.6%（277校中）" in value.text


@pytest.mark.parametrize(("key", "cells"), table(PAYMENTS))
def test_payments(sheets: Sheets, key: tuple[int, str], cells: list[str]) -> None:
    place, payer, payee, number, yen = (None if cell == "-" else cell for cell in cells)
    (payment,) = [each for each in sheets[key].payments if f"{each.block}-{each.number}" == place]
    assert (payment.payer_block, payment.payee, payment.corporate_number) == (payer, payee, number)
    assert (payment.yen, payment.printed) == (int(yen or 0), f"{yen}円")
    assert payment.fiscal_year == key[0] - 1
    assert payment.place == f"5-1[{place}].支出先の合計支出額"


def test_what_is_paid_for(sheets: Sheets) -> None:
    payments = {f"{each.block}-{each.number}": each.task for each in sheets[2024, "11"].payments}
    assert payments["B-1"] == (
        "政府共通プラットフォームの運用等の請負（令和５年度及び令和６年度）；"
        "政府共通プラットフォーム認証サービス更改に係る設計・開発及び運用作業等の請負"
    )
    assert payments["C-5"] == "西日本拠点国有財産土地使用料；西日本拠点国有財産建物使用料"


def test_payees_of_a_block_add_up_to_what_the_block_was_paid(sheets: Sheets, samples: Path) -> None:
    compared = 0
    for year in (2024, 2025):
        with open(samples / str(year) / file_name("5-1", year), encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["ブロックの合計支出額"].strip()]
        for row in rows:
            payments = sheets[year, row["予算事業ID"]].payments
            paid = sum(payment.yen for payment in payments if payment.block == row["支出先ブロック番号"])
            assert paid == int(row["ブロックの合計支出額"]), row
            compared += 1
    assert compared == 26


def test_a_plain_sum_counts_money_twice(sheets: Sheets) -> None:
    """First-hand money is what was executed the year before; a sum over every stage is far more."""
    for key, rounding in (((2024, "11"), 1000), ((2024, "884"), 0), ((2024, "3522"), 0), ((2025, "3522"), 0)):
        sheet = sheets[key]
        (executed,) = [
            amount.yen
            for amount in sheet.amounts
            if (amount.fiscal_year, amount.phase, amount.account) == (key[0] - 1, "Executed", None)
        ]
        first_hand = sum(payment.yen for payment in sheet.payments if payment.payer_block == MINISTRY)
        assert abs(first_hand - executed) <= rounding
    platform = sheets[2024, "11"].payments
    assert sum(payment.yen for payment in platform) == 20_098_357_000


def test_no_person_is_named(sheets: Sheets) -> None:
    said = json.dumps([sheet for sheet in sheets.values()], ensure_ascii=False)
    for label in ("個人Ａ", "職員Ａ", "9999999999999", "作成責任者"):
        assert label not in said


@pytest.mark.parametrize(("key", "cells"), table(PLANS))
def test_plans(sheets: Sheets, key: tuple[int, str], cells: list[str]) -> None:
    kind, number = cells[0].split()
    found = [plan for plan in sheets[key].plans if plan.kind == kind and f" {number}]" in plan.place]
    assert [plan.text for plan in found] == [cells[1]]


def test_policies_laws_and_plans_are_three_lists(sheets: Sheets) -> None:
    kinds = ("政策", "施策", "根拠法令", "計画通知名", "閣議決定等")
    found = {key: Counter(plan.kind for plan in sheet.plans) for key, sheet in sheets.items()}
    assert {key: tuple(counter[kind] for kind in kinds) for key, counter in found.items()} == COUNTS
    decision = sheets[2024, "3522"].plans[-1]
    assert decision.text == "経済財政運営と改革の基本方針2022（骨太方針）"
    assert decision.place == "3-1.事業に関連するKPIが定められている閣議決定等の名称"


def test_every_article_of_a_law_is_a_mention(sheets: Sheets, samples: Path) -> None:
    """福島復興再生特別措置法 stands in 39 rows, each with another article; all are of one document."""
    printed = {row["条"] for key, row in _cells(samples, "1-3") if key == (2025, "21625") and "条" in row}
    law = [one for one in mentions_of(sheets[2025, "21625"]) if one.cited_as.startswith("福島復興再生特別措置法")]
    assert {one.cited_as.partition("）")[2] for one in law} == printed and len(law) == len(printed) == 39
    assert {(one.document or "").rpartition("/")[2] for one in law} == {"fukushima-special-measures-act"}


def test_a_plan_with_its_short_name_in_brackets(sheets: Sheets) -> None:
    (found,) = [one for one in mentions_of(sheets[2024, "3522"]) if one.cited_as.endswith("（骨太方針）")]
    assert found.document is not None and found.document.endswith("/basic-policy-2022")


def test_the_files_that_are_not_there_are_named(samples: Path) -> None:
    refusals = [item for item in read([samples / "2024"]) if isinstance(item, Refusal)]
    not_read = dict.fromkeys(["1-4", "1-5", "2-2", "5-3", "5-4", "6-1"], "no sheet is the poorer for it")
    lost = not_read | {"4-1": "the sheets come in without what reviews found and what is done about it"}
    assert {Path(refusal.path).name: refusal.reason for refusal in refusals} == {
        file_name(number, 2024): f"the file is missing; {loss}" for number, loss in lost.items()
    }
    assert len(refusals) == 7


def _cells(samples: Path, number: str) -> Iterator[tuple[tuple[int, str], dict[str, str]]]:
    """The rows of one file of both years, read as plain CSV: year and project, and the cells that say something."""
    for year in (2024, 2025):
        with open(samples / str(year) / file_name(number, year), encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                said = {name: cell.strip() for name, cell in row.items() if cell and cell.strip(" -ー－―‐−–—ｰ\r\n")}
                yield (year, row["予算事業ID"]), said


def test_each_list_of_1_3_is_read_down_its_own_column(sheets: Sheets, samples: Path) -> None:
    """Policies, laws and plans side by side on a row have nothing to do with each other."""
    columns = {"政策": "政策", "施策": "施策", "法令名": "根拠法令", "計画通知名": "計画通知名"}
    expected = {kind: Counter[tuple[tuple[int, str], str]]() for kind in columns.values()}
    for key, row in _cells(samples, "1-3"):
        for column, kind in columns.items():
            if column in row and row[column] not in {"なし", "該当なし"}:
                expected[kind][key, row[column]] += 1
    for kind, wanted in expected.items():
        found = Counter((key, plan.text) for key, sheet in sheets.items() for plan in sheet.plans if plan.kind == kind)
        if kind == "根拠法令":  # with the number of the law and the article, which have columns of their own
            assert Counter(key for key, _ in found.elements()) == Counter(key for key, _ in wanted.elements())
        else:
            assert found == wanted
    assert sum(map(Counter.total, expected.values())) > 60


def test_the_totals_of_2_1_and_its_accounts_are_told_apart(sheets: Sheets, samples: Path) -> None:
    totals, accounts = Counter[tuple[int, str]](), Counter[tuple[int, str]]()
    for key, row in _cells(samples, "2-1"):
        totals[key] += int(float(row.get("当初予算（合計）", "0")))
        accounts[key] += int(float(row.get("当初予算", "0")))
    for key, sheet in sheets.items():
        initial = [amount for amount in sheet.amounts if amount.phase == "Initial"]
        assert sum(amount.yen for amount in initial if amount.account is None) == totals[key]
        assert sum(amount.yen for amount in initial if amount.account is not None) == accounts[key]


def test_an_indicator_is_four_rows_and_two_of_them_are_values(sheets: Sheets, samples: Path) -> None:
    kind, line = "種別（アクティビティ・アウトプット・アウトカム）", "目標年度／目標値／実績値／達成率"
    rows, values = Counter[tuple[int, str]](), Counter[tuple[int, str]]()
    for key, row in _cells(samples, "3-1"):
        if row.get(kind) in {"アウトプット", "アウトカム"} and line in row:
            rows[key] += 1
            if row[line].endswith(("目標値", "実績値")):
                values[key] += sum(name.isdecimal() and len(name) == 4 for name in row)
    assert rows.total() > 100
    for key, sheet in sheets.items():
        assert len(sheet.measures) * 4 == rows[key], key
        of_years = [value for measure in sheet.measures for value in measure.values if value.fiscal_year is not None]
        assert len(of_years) == values[key], key


def test_money_that_leaves_the_ministry_is_that_of_the_blocks_it_pays(sheets: Sheets, samples: Path) -> None:
    """By 5-2 alone: the blocks of the first stage; by 5-1 alone: the sums of these blocks."""
    first: set[tuple[tuple[int, str], str]] = set()
    for key, row in _cells(samples, "5-2"):
        if row.get("担当組織からの支出") == "TRUE":
            first.add((key, row["支出先の支出先ブロック"]))
    paid = Counter[tuple[int, str]]()
    for key, row in _cells(samples, "5-1"):
        if (key, row.get("支出先ブロック番号", "")) in first:
            paid[key] += int(row.get("ブロックの合計支出額", "0"))
    assert len(first) > 10
    for key, sheet in sheets.items():
        leaving = sum(each.yen for each in sheet.payments if MINISTRY in (each.payer_block or "").split("、"))
        assert leaving == paid[key], key
        assert {each.fiscal_year for each in sheet.payments} <= {key[0] - 1}
