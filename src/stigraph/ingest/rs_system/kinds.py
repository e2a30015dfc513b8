"""The fifteen files of a year: their names, and the columns of those that are read."""

from collections.abc import Mapping
from typing import NamedTuple

__all__ = ["FILES", "PROJECT", "SHEET_KIND", "YEAR", "Kind", "file_name"]

PROJECT = "予算事業ID"
YEAR = "事業年度"
SHEET_KIND = "シート種別"


class Kind(NamedTuple):
    """One of the fifteen files.

    Attributes:
        number: ``2-1``.
        title: the part of its name after the year: ``予算・執行_サマリ``.
        gives: what a sheet has of it, in words; empty where nothing is read from it.
        needed: columns without which it cannot be read.
        columns: the other columns it has; a missing one is reported and its fields stay empty.
        optional: columns that some years have and others not.
        by_year: whether further columns are named by a year.
    """

    number: str
    title: str
    gives: str = ""
    needed: tuple[str, ...] = (PROJECT,)
    columns: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    by_year: bool = False


_UNIT = ("府省庁", "局・庁", "部", "課", "室", "班", "係")
_PLACE = (SHEET_KIND, YEAR, "事業名", "府省庁の建制順", "政策所管府省庁", *_UNIT)

_KINDS = (
    Kind(
        "1-1",
        "基本情報_組織情報",
        "the sheets themselves",
        (PROJECT, "事業名", "所管府省庁"),
        (
            SHEET_KIND,
            YEAR,
            "建制順",
            *_UNIT,
            "その他担当組織_作成責任者_no",
            *(f"{unit}（その他担当組織）" for unit in _UNIT),
            "作成責任者",
        ),
    ),
    Kind(
        "1-2",
        "基本情報_事業概要等",
        "start, end, methods, purpose, outline and its address",
        (PROJECT,),
        (
            *_PLACE,
            "事業の目的",
            "現状・課題",
            "事業の概要",
            "事業概要URL",
            "事業区分",
            "事業開始年度",
            "開始年度不明",
            "事業終了（予定）年度",
            "終了予定なし",
            "主要経費",
            "備考",
            "実施方法ー直接実施",
            "実施方法ー補助",
            "実施方法ー負担",
            "実施方法ー交付",
            "実施方法ー分担金・拠出金",
            "実施方法ーその他",
            "旧事業番号",
            "整理表表示順",
        ),
    ),
    Kind(
        "1-3",
        "基本情報_政策・施策、法令等",
        "policies, laws and plans named",
        (PROJECT,),
        (
            *_PLACE,
            "番号（政策・施策）",
            "政策所管府省庁_P",
            "政策",
            "施策",
            "政策・施策URL",
            "番号（根拠法令）",
            "法令名",
            "法令番号",
            "法令ID",
            "条",
            "項",
            "号・号の細分",
            "番号（関係する計画・通知等）",
            "計画通知名",
            "計画通知等URL",
        ),
    ),
    Kind("1-4", "基本情報_補助率等"),
    Kind("1-5", "基本情報_関連事業"),
    Kind(
        "2-1",
        "予算・執行_サマリ",
        "budget and execution",
        (PROJECT, "予算年度"),
        (
            *_PLACE,
            "当初予算（合計）",
            "補正予算（合計）",
            "前年度からの繰越し（合計）",
            "予備費等（合計）",
            "計（歳出予算現額合計）",
            "執行額（合計）",
            "執行率",
            "翌年度への繰越し(合計）",
            "翌年度要求額（合計）",
            "主な増減理由",
            "その他特記事項",
            "会計区分",
            "会計",
            "勘定",
            "当初予算",
            "第1次補正予算",
            "第2次補正予算",
            "第3次補正予算",
            "第4次補正予算",
            "第5次補正予算",
            "前年度から繰越し",
            "予備費等1",
            "予備費等2",
            "予備費等3",
            "予備費等4",
            "歳出予算現額",
            "執行額",
            "翌年度要求額",
            "要望額",
            "備考",
        ),
    ),
    Kind("2-2", "予算・執行_予算種別・歳出予算項目"),
    Kind(
        "3-1",
        "効果発現経路_目標・実績",
        "outcomes and outputs with their values",
        (PROJECT, "種別（アクティビティ・アウトプット・アウトカム）", "目標年度／目標値／実績値／達成率"),
        (
            *_PLACE,
            "事業に関連するKPIが定められている閣議決定等の名称",
            "事業に関連するKPIが定められている閣議決定等の該当箇所",
            "事業に関連するKPIが定められている閣議決定等のURL",
            "アクティビティ・アウトプット・アウトカムの番号",
            "アウトカムの期間",
            "成果目標の種類",
            "アクティビティ／活動目標／成果目標",
            "活動指標／成果指標",
            "単位",
            "改善の上向き／下向き",
            "成果実績及び目標値の根拠として用いた統計・データ名（出典）",
            "定性的なアウトカム目標を設定している理由",
            "定性的なアウトカムに関する成果実績",
        ),
        by_year=True,
    ),
    Kind(
        "3-2",
        "効果発現経路_目標のつながり",
        "how activities lead to outcomes",
        (PROJECT,),
        (
            *_PLACE,
            "派生元ーアクティビティ・アウトプット・アウトカムの番号",
            "派生元ー種別（アクティビティ・アウトプット・アウトカム）",
            "派生元ーアウトカムの期間",
            "派生元ーアクティビティの内容/ 活動目標／成果目標",
            "派生先ーアクティビティ・アウトプット・アウトカムの番号",
            "派生先ー種別（アクティビティ・アウトプット・アウトカム）",
            "派生先ーアウトカムの期間",
            "派生先ー 活動目標／成果目標",
            "後続アウトカムへのつながり",
            "アウトカムを複数段階で設定できない理由",
        ),
        optional=("派生元ー活動指標／成果指標", "派生先ー活動指標／成果指標"),
    ),
    Kind(
        "4-1",
        "点検・評価",
        "what reviews found and what is done about it",
        (PROJECT,),
        (
            *_PLACE,
            "事業所管部局による点検・改善ー点検結果",
            "事業所管部局による点検・改善ー改善の方向性",
            "事業所管部局による点検・改善－目標年度における効果測定に関する評価",
            "外部有識者による点検ー最終実施年度",
            "外部有識者による点検ー点検対象",
            "外部有識者による点検ー対象の理由",
            "外部有識者による点検ー所見",
            "公開プロセス結果概要",
            "行政事業レビュー推進チームの所見",
            "行政事業レビュー推進チームの所見の詳細",
            "所見を踏まえた改善点／概算要求における反映状況",
            "所見を踏まえた改善点／概算要求における反映状況の詳細",
            "反映額（一般会計）",
            "反映額（特別会計）－会計",
            "反映額（特別会計）－勘定",
            "反映額（特別会計）－反映額",
            "過去に受けた指摘事項－区分",
            "過去に受けた指摘事項－取りまとめ年度",
            "過去に受けた指摘事項－取りまとめ内容",
            "過去に受けた指摘事項－対応状況",
            "その他の指摘事項－調査等の名称",
            "その他の指摘事項－指摘年度",
            "その他の指摘事項－指摘内容",
            "その他の指摘事項－対応状況",
        ),
    ),
    Kind(
        "5-1",
        "支出先_支出情報",
        "payments",
        (PROJECT, "支出先ブロック番号", "支出先名"),
        (
            *_PLACE,
            "支出先ブロック名",
            "支出先の数",
            "事業を行う上での役割",
            "ブロックの合計支出額",
            "法人番号",
            "所在地",
            "法人種別",
            "その他支出先",
            "支出先の合計支出額",
            "契約概要",
            "金額",
            "契約方式等",
            "具体的な契約方式等",
            "入札者数",
            "落札率",
            "一者応札・一者応募又は競争性のない随意契約となった理由及び改善策（支出額10億円以上）",
            "その他の契約",
        ),
    ),
    Kind(
        "5-2",
        "支出先_支出ブロックのつながり",
        "which block pays which",
        (PROJECT, "担当組織からの支出", "支出先の支出先ブロック"),
        (
            *_PLACE,
            "支出元の支出先ブロック",
            "支出元の支出先ブロック名",
            "支出先の支出先ブロック名",
            "資金の流れの補足情報",
            "国自らが支出する間接経費",
            "国自らが支出する間接経費の項目",
            "国自らが支出する間接経費の金額",
        ),
    ),
    Kind("5-3", "支出先_費目・使途"),
    Kind("5-4", "支出先_国庫債務負担行為等による契約"),
    Kind("6-1", "その他備考"),
)

FILES: Mapping[str, Kind] = {kind.number: kind for kind in _KINDS}


def file_name(number: str, year: int, ending: str = "csv") -> str:
    """Give the name a file is published under.

    >>> file_name("2-1", 2025, "zip")
    '2-1_RS_2025_予算・執行_サマリ.zip'
    """
    return f"{number}_RS_{year}_{FILES[number].title}.{ending}"
