"""Plans and strategies that a review sheet names: in its purpose and outline, and in the fields for it.

A mention becomes a statement with the passage and the name as printed. It is resolved to a document of the catalogue
by what is printed: the number of the edition (第5期), the year in the name (統合イノベーション戦略2020), or the date of
its decision (平成28年1月22日閣議決定). Where nothing of that is printed and the year of the sheet leaves one document
only, it is resolved to that one and said to be inferred. Everything else stays unresolved, with the name as it was
cited: never the nearest guess. Time runs one way: no sheet cites what was decided after its year.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from stigraph.ingest.model import PlanNamed, Sheet
from stigraph.japanese import fold
from stigraph.japanese.eras import KANJI_NUMBER, gregorian_year, kanji_number
from stigraph.vocab import ID, STI

__all__ = ["Document", "Documents", "Mention", "documents", "mentions_in", "mentions_of"]


class Mention(NamedTuple):
    """One mention of a plan.

    Attributes:
        field: where it stands: ``事業目的``, ``1-3[番号 1].計画通知名``.
        start, end: the quote in the text of the field, from 0, the end not in it; None where the quote is all of it.
        quote: the passage, verbatim.
        cited_as: the name as printed, with the note of its decision.
        document: the IRI of the document of the catalogue, or None.
        basis: ``Extracted``, or ``Inferred`` where the year of the sheet decided.
        kind: ``Declaration`` where the sheet stands on the plan, ``Background`` where it speaks of it.
        note: why it is inferred, or why it is not resolved.
    """

    field: str
    start: int | None
    end: int | None
    quote: str
    cited_as: str
    document: str | None
    basis: str
    kind: str
    note: str | None

    @property
    def locator(self) -> str:
        """Give the place: the field and the characters of the quote."""
        return self.field if self.start is None else f"{self.field}[{self.start}-{self.end}]"


class Document(NamedTuple):
    """A document of the catalogue: IRI, Japanese label and the days of its decision, as precise as they are known."""

    iri: str
    label: str
    decided: tuple[str, ...]

    def decided_after(self, year: int) -> bool:
        """Tell whether it was decided after a year was over."""
        return bool(self.decided) and min(self.decided)[:4] > str(year)

    def decided_on(self, date: str) -> bool:
        """Tell whether a date (``2016-01-22``, ``2016-01``, ``2016``) is that of its decision, as far as both go."""
        return any(date.startswith(day) or day.startswith(date) for day in self.decided)


class Documents(NamedTuple):
    """The documents that can be cited: by a folded name with its edition, and by a folded name without it."""

    by_name: dict[str, Document]
    by_family: dict[str, tuple[Document, ...]]


# Names of the catalogue that are too short to mean one thing outside the documents they were met in.
_TOO_SHORT = frozenset(
    map(
        fold,
        (
            *(f"{first}{number}期基本計画" for first in ("", "第") for number in (5, 6, 7)),
            *(f"総合戦略{year}" for year in (2016, 2017)),
            *(f"統合戦略{year}" for year in range(2018, 2031)),
            "大臣コミュニケ",
            "大臣コミュニケの概要",
            "持続可能な開発目標",
            "SDGs（持続可能な開発目標）",
            "科学技術力の基盤強化",
        ),
    )
)
_CITABLE = frozenset(
    STI + kind for kind in ("Plan", "Strategy", "Guideline", "Recommendation", "Communique", "Law", "PolicyDocument")
)
_EDITION_IN_NAME = re.compile(r"第?\d+[期次]|20\d\d(?!アジェンダ|年)|[（(][^()（）]*[)）]")


@cache
def documents() -> Documents:
    """Read the documents of the catalogue and the days of their decisions, once."""
    import pyoxigraph as ox

    from stigraph.resources import data_folder, input_files, ontology_folder

    kind = ID + "document/"
    names: dict[str, set[str]] = {}
    labels: dict[str, str] = {}
    decided: dict[str, set[str]] = {}
    citable = set()
    for file in input_files(data_folder(), ontology_folder()):
        for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE):
            if not isinstance(quad.subject, ox.NamedNode) or not quad.subject.value.startswith(kind):
                continue
            iri, value, term = quad.subject.value, quad.object, quad.predicate.value.rpartition("#")[2]
            if term == "decidedOn":
                decided.setdefault(iri, set()).add(value.value)
            elif term in {"prefLabel", "altLabel"} and value.language == "ja":
                names.setdefault(iri, set()).add(value.value)
                if term == "prefLabel":
                    labels[iri] = value.value
            elif term.endswith("type") and value.value in _CITABLE:
                citable.add(iri)
    found = {
        iri: Document(iri, labels[iri], tuple(sorted(decided.get(iri, ())))) for iri in sorted(citable & set(labels))
    }
    by_name: dict[str, Document] = {}
    families: dict[str, dict[str, Document]] = {}
    for iri, document in found.items():
        for name in sorted(names[iri]):
            if fold(name) not in _TOO_SHORT:
                by_name.setdefault(fold(name), document)
                families.setdefault(fold(_EDITION_IN_NAME.sub("", name)), {})[iri] = document
    return Documents(by_name, {name: tuple(those.values()) for name, those in families.items()})


# Series of which the catalogue does not hold every edition: when each was decided, so that "the only one" is true.
_SERIES: dict[str, tuple[str, ...]] = {
    fold("科学技術基本計画"): ("1996", "2001", "2006", "2011", "2016"),
    fold("科学技術・イノベーション基本計画"): ("2021", "2026"),
    fold("科学技術イノベーション総合戦略"): ("2013", "2014", "2015", "2016", "2017"),
    fold("統合イノベーション戦略"): tuple(map(str, range(2018, 2031))),
    fold("経済財政運営と改革の基本方針"): tuple(map(str, range(2013, 2031))),
    fold("骨太の方針"): tuple(map(str, range(2001, 2031))),
    fold("骨太方針"): tuple(map(str, range(2001, 2031))),
    fold("成長戦略フォローアップ"): ("2019", "2020", "2021", "2022", "2023"),
    fold("成長戦略等のフォローアップ"): ("2023",),
    fold("SDGsアクションプラン"): tuple(map(str, range(2017, 2031))),
    fold("SDGs実施指針"): ("2016", "2019", "2023"),
    fold("持続可能な開発目標実施指針"): ("2016", "2019", "2023"),
    fold("地理空間情報活用推進基本計画"): ("2008", "2012", "2017", "2022"),
    fold("知的基盤整備計画"): ("2001", "2007", "2013", "2022"),
    fold("G空間行動プラン"): tuple(map(str, range(2008, 2031))),
    fold("地域中核・特色ある研究大学総合振興パッケージ"): ("2022", "2023", "2024"),
}

# What the name of a plan ends in.
_ENDING = re.compile(
    r"(?:基本計画|基本的な計画|総合戦略|基本方針|基本的な方針|行動計画|実行計画|実施計画|重点計画|推進計画|整備計画|形成計画|対策計画|適応計画|年次計画|長期計画|十箇年計画|か年計画|"
    r"開発計画|振興計画|達成計画|30万人計画|基盤強化計画|計画|大綱的指針|大綱|再興戦略|成長戦略|投資戦略|国家戦略|推進戦略|長期戦略|戦略|グランドデザイン|方針|行動プラン|アクションプラン|"
    r"創造プラン|活躍プラン|プラン|ビジョン|国家創造宣言|アジェンダ|指針|フォローアップ|ロードマップ|工程表|総合経済対策|経済対策|総合対策|基本構想|パッケージ|第[二2]次提言)"
    r"(?:工程表|フォローアップ|アクションプラン|実行計画)?"
)
# Names that hold hiragana, or end in a word that is no plan by itself: known, because their beginning cannot be seen.
_KNOWN = re.compile(
    r"(?:経済財政運営と改革の基本方針|骨太の?方針|まち・?ひと・?しごと創生(?:総合戦略|基本方針|長期ビジョン)|働き方改革実行計画|働き方改革実現計画|ニッポン一億総活躍プラン|"
    r"農林水産業・地域の活力創造プラン|みどりの食料システム戦略|デジタル社会の実現に向けた重点計画|デジタル社会の実現に向けた改革の基本方針|"
    r"パリ協定に基づく成長戦略としての長期戦略|カーボンニュートラルに伴うグリーン成長戦略|グリーン成長戦略|明日の日本を支える観光ビジョン|総合的なTPP等?関連(?:政策|施策)大綱|"
    r"過労死等の防止のための対策に関する大綱|東日本大震災からの復興の基本方針|がん対策推進基本計画|アルコール健康障害対策推進基本計画|ギャンブル等依存症対策推進基本計画|"
    r"持続可能な開発のための2030アジェンダ|2030アジェンダ|SDGs実施指針|SDGsアクションプラン|持続可能な開発目標(?:\(SDGs\))?実施指針|"
    r"科学技術の国際展開に関する戦略|科学技術の国際展開の戦略的推進に向けて|子ども?の読書活動の推進に関する基本的な計画|公的統計の整備に関する基本的な計画|人権教育・啓発に関する基本計画|"
    r"国の研究開発評価に関する大綱的指針|環境研究・環境技術開発の推進戦略|新しい資本主義のグランドデザイン及び実行計画|新しい資本主義実行計画|成長戦略実行計画|"
    r"成長戦略等?の?フォローアップ|国家安全保障戦略|国家防衛戦略|世界最先端(?:IT|デジタル)国家創造宣言(?:・官民データ活用推進基本計画)?|官民データ活用推進基本計画|"
    r"健康・?医療戦略|健康・医療成長戦略|留学生30万人計画|教育未来創造会議\s?第[二2]次提言|(?:新)?サイバーセキュリティ戦略|知的財産推進計画|国土強靱化(?:基本計画|アクションプラン|年次計画)|国土強靭化(?:基本計画|アクションプラン|年次計画)|"
    r"地球温暖化対策計画|生物多様性国家戦略|エネルギー・環境イノベーション戦略|革新的環境イノベーション戦略|AI戦略|バイオ戦略|バイオエコノミー戦略|量子技術イノベーション戦略|量子未来社会ビジョン|"
    r"マテリアル革新力強化戦略|統合イノベーション戦略|科学技術・?イノベーション総合戦略|日本再興戦略|未来投資戦略|新成長戦略|防衛計画の大綱|(?:新|現)?防衛大綱|中期防衛力整備計画|防衛力整備計画|G空間行動プラン|"
    r"知的基盤整備計画|医療用等ラジオアイソトープ製造・利用推進アクションプラン|福島国際研究教育機構の?基本構想|福島イノベーション・コースト構想|インフラ長寿命化(?:基本計画|計画|行動計画)|PFI推進アクションプラン|"
    r"地域中核・特色ある研究大学総合振興パッケージ|気候変動適応計画|プラスチック資源循環戦略|クールジャパン戦略|ロボット新戦略|革新的医薬品・医療機器等開発強化戦略|"
    r"規制改革実施計画|デジタル・ガバメント実行計画|デジタル田園都市国家構想(?:総合戦略|基本方針)|国土形成計画|社会資本整備重点計画|水資源開発基本計画|"
    r"薬剤耐性(?:\(AMR\))?対策アクションプラン|ユニバーサルデザイン2020行動計画|女性活躍・男女共同参画の重点方針|国際保健外交戦略|グローバルヘルス戦略|開発協力大綱|国別開発協力方針|"
    r"少子化社会対策大綱|自殺総合対策大綱|高齢社会対策大綱|認知症施策推進大綱|認知症施策推進総合戦略|子供・若者育成支援推進大綱|総合物流施策大綱|"
    r"スポーツ基本計画|教育振興基本計画|文化芸術推進基本計画|海洋基本計画|宇宙基本計画|エネルギー基本計画|環境基本計画)$"
)
# Endings that make a plan of a bare run of kanji and katakana before them; the others need brackets or a decision.
_PLAIN_ENOUGH = re.compile(r"(?:基本計画|再興戦略|投資戦略|国家戦略|大綱|政策大綱)(?:工程表)?$|推進計画20\d\d$")
_BRACKETED = re.compile(
    r"(?:基本計画|基本的な計画|総合戦略|基本方針|基本的な方針|行動計画|実行計画|実施計画|重点計画|年次計画|十箇年計画|か年計画|適応計画|対策計画|形成計画|達成計画|大綱的指針|大綱|戦略|グランドデザイン|"
    r"アクションプラン|創造プラン|活躍プラン|ビジョン|国家創造宣言|アジェンダ|指針|ロードマップ|工程表|経済対策|フォローアップ|第[二2]次提言|30万人計画)"
    r"(?:工程表|フォローアップ|実行計画)?(?:について)?$"
)
_NO_NAME = re.compile(
    r"^(?:第?[\d一二三四五六七八九十]*[期次]?|同|本|各|当該|次期|新|現|旧|右|上記|前記|認定|国別|地域別|国家|国|地方版|地方|地域|市町村|都道府県|都道府県等|市町村等|一般事業主|特定事業主|事業主|政府|全国|"
    r"総合|人材育成|施設整備|訓練|運用|個別|中期|長期|中長期|年度|年間|年次|実施|事業|業務|研究|推進|整備|対策|施策|政策|経営|管理|企業|国際|統計|安全|経済|技術|環境|基本|集貨|代替輸送|合併|博物館|認定重点|復興|法|検討|成長|"
    r"中心市街地活性化|土地利用|管理経営|総量削減|海岸保全|低潮線保全|文化財保存活用|取組|技術|未来|緊急|緊急総合|政府実行|重点|総合防災訓練|再編|税制改正|技術開発|地域海|水資源開発)?$"
)
_TAILS = (
    "基本計画",
    "基本的な計画",
    "基本方針",
    "総合戦略",
    "行動計画",
    "推進計画",
    "実行計画",
    "大綱",
    "総合経済対策",
    "経済対策",
    "対策",
    "基本指針",
    "ロードマップ",
    "工程表",
    "指針",
    "ビジョン",
    "基本構想",
    "構想",
    "計画",
    "戦略",
    "方針",
)
_LOCAL_PLAN = re.compile(
    r"地方版|都道府県|市町村|事業主|の事業計画|訓練大綱|税制改正大綱|市区町村|各府省|農業委員会|中心市街地活性化基本計画|経営|個別施設|営業|^.{0,4}(?:事業|業務)計画|業務・システム最適化|"
    r"(?:支援|経営発達|雇用開発|キャリアアップ|生産|製造|廃棄|資源管理|再編|連携促進|監視指導|保護|整備5か年|協力|支援)(?:計画|プラン|プログラム)|診療ガイドライン|研究計画|中期計画|復帰支援プラン|構想区域|事業戦略|経営戦略|人材戦略|輸出戦略$|戦略的$"
)
_SHORT_BASIC_PLAN = re.compile(r"第(?:[4-7]|[四五六七])期基本計画$")
_BASIC_PLAN = re.compile(r"科学技術(?:・?イノベーション)?基本(?:計画|法)")
_RUN_END = re.compile(r"[一-鿿々ァ-ヶー・･A-Za-z0-9\-]+$")
_TRIM = re.compile(
    r"^(?:.*(?:閣議決定|本部決定|会議決定|大臣決定|決定|策定|改定|改訂|根拠|以下|及|並|又|若)(?=[一-鿿ァ-ヶA-Za-z]{2})|[・･\-]+|(?:当該|新たな|上記|\d+年度?)(?=[一-鿿ァ-ヶA-Za-z]{2}))"
)
_SEVERAL = re.compile(r"[、。や]|及び|並びに|又は|に基づ|を踏まえ|において")
_NUMBER = rf"第\s?(\d{{1,2}}|{KANJI_NUMBER})\s?([期次])"
_EDITION_BEFORE = re.compile(_NUMBER + r"[\s「『]{0,2}$")
_EDITION_AT_START = re.compile(rf"^{_NUMBER}\s?")
_YEAR_AFTER = re.compile(
    r"[\s]?(?:[－\-―～~〜]\s?)?(20\d\d)(?!\s?年(?!度?版|改訂)|\d|\s?[~～〜\-－]\s?20)(?:年度?版|年?改訂版|改訂版)?"
)
_YEARS_IN_NAME = re.compile(r"(20\d\d)(?:年度?版|改訂版)?$")
_NOTE_AFTER = re.compile(r"[」』]?\s?\(([^()]{2,60}(?:\([^()]{0,20}\)[^()]{0,20})?)\)")
_REVISED = re.compile(r"[」』]\s?(?:改訂|改定)?\s?(20\d\d)(?!\s?年|\d)")
_DECIDED_BEFORE = re.compile(
    r"((?:平成|令和|[HR])\s?(?:元|\d{1,2})[年.]\s?\d{1,2}月?\s?(?:\d{1,2}日)?|20\d\d年\s?\d{1,2}月\s?(?:\d{1,2}日)?)\s?(?:に|付で?|付けで?)?\s?"
    r"(?:閣議決定|決定|策定|改定|改訂|公表|とりまとめ|取りまとめ)(?:が)?(?:され|し|なされ)(?:た|ている)?\s?(?:第[\d一二三四五六七八九十]+[期次])?[「『]*$"
)
_DECISION = re.compile(r"決定|策定|改定|改訂|答申|報告|とりまとめ|取りまとめ|公表|制定|了解|決議|採択")
_ERA_DATE = re.compile(
    rf"(明治|大正|昭和|平成|令和|[MTSHR])\s?(元|\d{{1,2}}|{KANJI_NUMBER})(?:年度?|\.)\s?(?:(\d{{1,2}})(?:月|\.)\s?(?:(\d{{1,2}})日?)?)?"
)
_DATE = re.compile(r"((?:19|20)\d\d)(?:年度?|[./])\s?(?:(\d{1,2})(?:月|[./])\s?(?:(\d{1,2})日?)?)?")
_MAKING = re.compile(
    r"^[」』]?(?:\([^()]*\))?(?:等)?(?:\s?(?:を|の|が|に係る|に向けた)?(?:新たに)?(?:策定|作成|立案|検討|見直し|改定|改訂|審議|案の?作成|取りまとめ|とりまとめ|変更|素案|推進状況|進捗|進行管理|実施状況|達成状況|点検)|案(?:の|を|に)|に(?:向|む)けた(?:検討|提言))"
)
_GOES_ON = re.compile(r"(?![等及並又若上中内下第平令以外版期])[一-鿿ァ-ヶ](?<![」』)])")
_STANDS_ON = re.compile(
    r"に基づ|にもとづ|を踏まえ|をふまえ|に位置|に沿|に即|に則|に掲げ|に示され|に定め|に盛り込|に記載|を受け|において|に明記|を推進|の実現|の達成|を実現|を達成|に資する|に従|により|に規定|に対応|の実施|を実施|を着実|に関する|では|にも|で(?:は|、)|の一環"
)
# What stands before a known name and makes it another: 都道府県まち・ひと・しごと創生総合戦略 is not the government's.
_COMPOUND = re.compile(r"[一-鿿ァ-ヶ](?<!決定)(?<!改定)(?<!改訂)(?<!現行)(?<![等及並又若新現同期次版])$")
_CONTEXT = 60
_LONGEST_NAME = 60
_WINDOW = 40
_WIDTHS = {0xFEE0 + code: code for code in range(0x21, 0x7F)} | {
    0x3000: 0x20,
    0xFF65: 0x30FB,
    0x2010: 0x2D,
    0x2212: 0x2D,
}
_BREAKS = "。\n"
_LONGEST_QUOTE = 160
_VERB = 8


def mentions_of(sheet: Sheet) -> list[Mention]:
    """Find the plans a sheet names: in its fields for them, then in its purpose and outline; each document once."""
    found: list[Mention] = []
    seen: set[str] = set()
    for plan in sheet.plans:
        found += _new(_mentions_in_field(plan, sheet.year), seen)
    for field, text in (("事業目的", sheet.purpose), ("事業概要", sheet.outline)):
        if text:
            found += _new(mentions_in(text, field, sheet.year), seen)
    return found


def _new(mentions: Iterator[Mention], seen: set[str]) -> Iterator[Mention]:
    for mention in mentions:
        key = mention.document or fold(mention.cited_as)
        if key not in seen:
            seen.add(key)
            yield mention


def mentions_in(text: str, field: str, year: int) -> Iterator[Mention]:
    """Find the plans that a text names, in the order in which they stand.

    >>> text = "本事業は、第５期科学技術基本計画（平成28年1月22日閣議決定）に基づき、基礎研究を推進する。"
    >>> [(found.cited_as, found.document.rpartition("/")[2]) for found in mentions_in(text, "事業目的", 2018)]
    [('第５期科学技術基本計画（平成28年1月22日閣議決定）', 'basic-plan-5')]
    >>> [found.document for found in mentions_in(text.replace("５", "４"), "事業目的", 2018)]
    [None]
    """
    plain = text.translate(_WIDTHS)
    for named in _names_in(plain):
        if _MAKING.match(plain[named.end : named.end + _CONTEXT]) or _GOES_ON.match(plain, named.end):
            continue
        start, end = _passage(plain, named.start, named.end)
        document, basis, note = _resolve(named, plain, year)
        after = re.split(r"[。\n]", plain[named.end : named.end + _CONTEXT], maxsplit=1)[0]
        kind = "Declaration" if _STANDS_ON.search(after) else "Background"
        yield Mention(field, start, end, text[start:end], text[named.start : named.end], document, basis, kind, note)


class _Named(NamedTuple):
    """A name found in a text: where it stands with its note, and its parts."""

    start: int
    end: int
    core: str
    number: int | None
    counter: str
    year: str | None
    dates: tuple[str, ...]


def _names_in(plain: str) -> Iterator[_Named]:
    taken = 0
    for ending in _ENDING.finditer(plain):
        if ending.start() < taken:
            continue
        named = _name_at(plain, ending.start(), ending.end(), taken)
        if named is not None:
            taken = named.end
            yield named


def _name_at(plain: str, ending: int, end: int, taken: int) -> _Named | None:
    """Find where the name begins that ends here, and whether it is one."""
    bracket = _bracket(plain, ending, end, taken)
    if bracket is not None:
        later = _ENDING.search(plain, end, bracket[1])
        if later is None:
            return _bracketed(plain, *bracket)
        if bracket[1] - bracket[0] <= _LONGEST_NAME and not _SEVERAL.search(plain, end, later.start()):
            return None
    window = max(taken, end - _WINDOW)
    known = _KNOWN.search(plain[window:end])
    start: int | None = window + known.start() if known else None
    if start is None or (start > taken and _COMPOUND.search(plain, max(taken, start - 8), start)):
        start = _start_of_run(plain, ending, end, taken)
    return None if start is None else _whole_name(plain, start, end, taken)


def _start_of_run(plain: str, ending: int, end: int, taken: int) -> int | None:
    """Find where a name begins that stands without brackets: at the first of its kanji and katakana."""
    short = _SHORT_BASIC_PLAN.search(plain[max(0, end - 12) : end])
    if short and _BASIC_PLAN.search(plain, 0, end - len(short[0])):
        return end - len("基本計画")
    run = _RUN_END.search(plain[max(taken, ending - 30) : end])
    if run is None:
        return None
    core = run[0]
    while (cut := _TRIM.match(core)) is not None and cut.end() > 0:
        core = core[cut.end() :]
    start = end - len(core)
    note = _note(plain, end)
    decided = note is not None and _DECISION.search(note[1]) is not None
    goes_back = start > 0 and plain[start - 1] in "のなた" and note is None
    is_one = (_PLAIN_ENOUGH.search(core) or decided) and _is_name(core) and not goes_back
    return start if is_one else None


def _is_name(core: str) -> bool:
    bare = _EDITION_AT_START.sub("", core)
    ending = _ENDING.search(bare)
    if ending is None or _LOCAL_PLAN.search(core):
        return False
    stem = bare
    for tail in _TAILS:
        if bare.endswith(tail):
            stem = bare[: -len(tail)]
            break
    return _NO_NAME.match(stem) is None and len(stem) > 1


def _bracket(plain: str, ending: int, end: int, taken: int) -> tuple[int, int] | None:
    """Give the inside of the brackets that a name stands in, if it does and ends there."""
    opened = max(plain.rfind("「", taken, ending), plain.rfind("『", taken, ending))
    if opened < 0 or ending - opened > _LONGEST_NAME:
        return None
    closing = "」" if plain[opened] == "「" else "』"
    closed = plain.find(closing, opened)
    if closed < end or closed - end > 30:
        return None
    return opened + 1, closed


def _bracketed(plain: str, start: int, closed: int) -> _Named | None:
    inside = plain[start:closed].strip()
    core = re.sub(
        r"\s?\([^()]*\)$|[\s\-－―]*20\d\d(?:年度?版|年?改訂版|[\s\-－―~～〜「].*)?$|[\s]?改訂(?:版|\d+).*$|\([^()]*$",
        "",
        inside,
    )
    revised = _REVISED.match(plain, closed)
    note = _note(plain, revised.end() if revised else closed)
    decided = note is not None and bool(_DECISION.search(note[1]))
    if len(core) > _LONGEST_NAME or "。" in core or not _ENDING.search(core):
        return None
    if not (
        _BRACKETED.search(core)
        or (decided and re.search(r"(?:計画|プラン|構想|方針|宣言|パッケージ|対策|プログラム)$", core))
    ):
        return None
    if not _is_name(core):
        return None
    before = _EDITION_BEFORE.search(plain, max(0, start - 12), start)
    inner = plain[start:closed]
    begin, end = start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip())
    if before or note or revised:
        begin = before.start() if before else start - 1
        end = note[0] if note else revised.end() if revised else closed + 1
    year = revised or _YEARS_IN_NAME.search(inner.rstrip())
    number, counter = _edition(before or _EDITION_AT_START.search(core))
    notes = " ".join(part for part in (note[1] if note else "", *re.findall(r"\(([^()]*)\)", inner)) if part)
    dates = _dates(notes) or _dates_before(plain, start)
    return _Named(begin, end, core, number, counter, year[1] if year else None, dates)


def _dates_before(plain: str, start: int) -> tuple[str, ...]:
    """Read the date that stands before a name: 平成28年1月22日に閣議決定された「…」."""
    match = _DECIDED_BEFORE.search(plain, max(0, start - 40), start)
    return _dates(match[1]) if match else ()


def _whole_name(plain: str, start: int, end: int, taken: int) -> _Named | None:
    """Take in the edition before a name, the year and the note after it."""
    before = _EDITION_BEFORE.search(plain, max(taken, start - 10), start)
    core = plain[start:end]
    number, counter = _edition(before or _EDITION_AT_START.search(core))
    year = _YEAR_AFTER.match(plain, end)
    tail = year.end() if year else end
    note = _note(plain, tail)
    return _Named(
        before.start() if before else start,
        note[0] if note else tail,
        core,
        number,
        counter,
        year[1] if year else None,
        _dates(note[1]) if note else _dates_before(plain, before.start() if before else start),
    )


def _note(plain: str, end: int) -> tuple[int, str] | None:
    """Give the bracket after a name that says when and by whom it was decided, and where it ends."""
    match = _NOTE_AFTER.match(plain, end)
    if match is None or not (_DECISION.search(match[1]) or _ERA_DATE.search(match[1]) or _DATE.search(match[1])):
        return None
    return match.end(), match[1]


def _edition(match: re.Match[str] | None) -> tuple[int | None, str]:
    if match is None:
        return None, ""
    digits = match[1]
    return (int(digits) if digits.isdecimal() else kanji_number(digits)), match[2]


_ERAS = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}


def _dates(note: str) -> tuple[str, ...]:
    """Read the dates of a note as ISO dates, as precise as they are printed.

    >>> _dates("平成28年1月22日閣議決定"), _dates("R3.3.26"), _dates("令和元年6月"), _dates("2018年6月15日")
    (('2016-01-22',), ('2021-03-26',), ('2019-06',), ('2018-06-15',))
    """
    found = []
    for match in _ERA_DATE.finditer(note):
        found.append((match.start(), str(gregorian_year(_ERAS.get(match[1], match[1]), match[2])), match[3], match[4]))
    for match in _DATE.finditer(note):
        found.append((match.start(), match[1], match[2], match[3]))
    return tuple(
        "-".join([year, *(f"{int(part):02}" for part in parts if part)])
        for _, year, *parts in sorted(found, key=lambda one: one[0])
    )


def _passage(plain: str, start: int, end: int) -> tuple[int, int]:
    """Give the sentence that holds a name; of a long one, the clauses around it."""
    first = max(plain.rfind(mark, 0, start) for mark in _BREAKS) + 1
    stops = [position for position in (plain.find(mark, end) for mark in _BREAKS) if position >= 0]
    last = min(stops) if stops else len(plain)
    if last < len(plain) and plain[last] == "。":
        last += 1
    if last - first > _LONGEST_QUOTE:
        comma = plain.rfind("、", first, max(first, start - 1))
        first = comma + 1 if comma >= 0 and start - comma > 1 else first
        if start - first > _LONGEST_QUOTE // 2:
            first = start
        comma = plain.find("、", min(end + _VERB, last), last)
        last = comma if comma >= 0 else last
        if last - end > _LONGEST_QUOTE:
            last = max(end, plain.find("、", end, last))
    while first < start and plain[first] in " \t":
        first += 1
    while last > end and plain[last - 1] in " \t":
        last -= 1
    return first, last


# Which document is meant

_LATER = "決定がシートの年度より後の文書なので、それを指すことはありえない。"
_OTHER_DATE = "印刷された日付は、目録の文書の決定日と一致しない。"
_NO_SUCH_EDITION = "印刷された日付に決定された版は、目録にない。"
_NO_EDITION = "版が示されておらず、どの文書か決められない。"
_SHORT_NAME = "略した名だが、同じ文章の前の箇所に科学技術基本計画の名がある。"
_NOT_THERE = "目録にない文書である。"


def _resolve(named: _Named, plain: str, year: int) -> tuple[str | None, str, str | None]:
    """Give the document, the basis, and a note where one is due."""
    bare = _EDITION_AT_START.sub("", named.core)
    family = _series(bare)
    known = documents()
    if bare == "基本計画" and named.number is not None:
        found, _, note = _resolve(named._replace(core="科学技術基本計画"), plain, year)
        return (found, "Inferred", _SHORT_NAME) if found else (None, "Extracted", note)
    edition = f"第{named.number}{named.counter}" if named.number is not None else ""
    document = known.by_name.get(fold(edition + bare + (named.year or "")))
    if document is not None and not (named.number is None and named.year is None and family in _SERIES):
        return _checked(document, named, year)
    candidates = known.by_family.get(family, ())
    if named.number is None and named.year is None and candidates:
        if named.dates:
            return _by_date(candidates, named, year)
        return _the_only_one(candidates, family, year)
    return None, "Extracted", _NOT_THERE if candidates == () or named.number or named.year else _NO_EDITION


def _series(bare: str) -> str:
    form = fold(bare)
    return fold("科学技術・イノベーション総合戦略") if form == fold("科学技術イノベーション総合戦略") else form


def _checked(document: Document, named: _Named, year: int) -> tuple[str | None, str, str | None]:
    if document.decided_after(year):
        return None, "Extracted", _LATER
    if named.dates and document.decided and not any(map(document.decided_on, named.dates)):
        return None, "Extracted", _OTHER_DATE
    return document.iri, "Extracted", None


def _by_date(candidates: tuple[Document, ...], named: _Named, year: int) -> tuple[str | None, str, str | None]:
    meant = [document for document in candidates if any(map(document.decided_on, named.dates))]
    if len(meant) != 1:
        return None, "Extracted", _NO_SUCH_EDITION
    return _checked(meant[0], named, year)


def _the_only_one(candidates: tuple[Document, ...], family: str, year: int) -> tuple[str | None, str, str | None]:
    """Resolve a name without edition where, when the sheet was made, only one document bore it."""
    editions = _SERIES.get(family)
    if editions is None:
        return None, "Extracted", _NO_EDITION
    earlier = [edition for edition in editions if edition <= str(year)]
    possible = [document for document in candidates if document.decided and not document.decided_after(year)]
    if len(earlier) == 1 and len(possible) == 1 and min(possible[0].decided)[:4] == earlier[0]:
        note = f"版は示されていないが、{year}年度のシートの時点でこの名の文書は{possible[0].label}だけである。"
        return possible[0].iri, "Inferred", note
    return None, "Extracted", _NO_EDITION


# Fields that name a plan

_ENTRIES = re.compile(r"[\n；;]+|(?<=[)）])[、，,]\s?(?=[^()（）])")
_ARTICLE = re.compile(
    r"\s*(?:(?:第?[\d０-９一二三四五六七八九十百千]+[条項号](?:の[\d０-９一二三四五六七八九十]+)*\s*)+|\([^()]*\)|（[^（）]*）)$"
)
_LIST_MARK = re.compile(r"^(?:[・･○●◎◆■□※\-－]|[①-⑳]|[(（]?\d{1,2}[)）.．]\s?(?!\d))\s*")
_POLICIES = frozenset({"政策", "施策"})


def _mentions_in_field(plan: PlanNamed, year: int) -> Iterator[Mention]:
    """Read a field that names plans: each entry is a statement, resolved where its name is."""
    if plan.kind in _POLICIES:
        return
    for printed in _ENTRIES.split(plan.text):
        entry = _LIST_MARK.sub("", printed.strip())
        if len(entry) < 3:
            continue
        document, basis, note = _resolve_entry(entry, year)
        yield Mention(plan.place, None, None, entry, entry, document, basis, "Declaration", note)


def _resolve_entry(entry: str, year: int) -> tuple[str | None, str, str | None]:
    plain = entry.translate(_WIDTHS)
    named = list(_names_in(plain))
    if len(named) == 1:
        return _resolve(named[0], plain, year)
    name = entry
    while (shorter := _ARTICLE.sub("", name)) != name:
        name = shorter
    document = documents().by_name.get(fold(name))
    if document is None or len(named) > 1:
        return None, "Extracted", _NOT_THERE
    return (None, "Extracted", _LATER) if document.decided_after(year) else (document.iri, "Extracted", None)
