"""Which printed names of payees may be kept: those of bodies. No person's name comes in.

A payee is kept by name only where the name itself shows a body: a legal form, an office, a school, a local government.
What follows the body's own name (a title, a person) is cut off, and in doubt the whole name is dropped: the payment
stays, its payee unnamed.
"""

import re
import unicodedata
from functools import lru_cache

from stigraph.ingest.identity import corporate_number

__all__ = ["body_name", "named_payee", "other_number"]

# The beginning of a name: a legal form, after which the body's own name follows.
_FORM = (
    r"(?:(?:株式|有限|合同|合資|合名|相互|有限責任|特定目的)会社"
    r"|[（(]?(?:株|有|同|合|資|名|相|社|財|学|医|福|独|国|研|農|漁|協|特非|特活|社福|一社|一財|公社|公財|国研|独法|国大|大共|地独|医社|医財|福祉|宗|職|認特非)[)）]"
    r"|[㈱㈲㈳㈶㈻㈾]"
    r"|(?:(?:特例|一般|公益)?(?:社団|財団)|国立研究開発|(?:地方)?独立行政|特定非営利活動|認定特定非営利活動|国立大学|公立大学|大学共同利用機関|学校|準学校|医療|社会医療|特定医療|社会福祉|福祉|宗教|職業訓練|更生保護|農事組合|監査|税理士|弁護士|特許業務|弁理士|行政書士|司法書士|土地家屋調査士|管理組合|技術研究組合|NPO|ＮＰＯ|特殊|認可|公法)法人(?:社団|財団)?"
    r"|有限責任事業組合|投資事業有限責任組合|技術研究組合|NPO|PT\.?)"
)
# The end of a name of a body, or of a part of one.
_SUFFIX = (
    r"(?:会社|法人|機構|協会|協議会|連合会|連盟|同盟|組合|連合|共済会|商工会|会議所|振興会|推進会議|審議会|委員会|評議会|財団|社団|公社|公団|事業団|"
    r"共同体|共同企業体|企業体|提案体|事業体|JV|コンソーシアム|研究会|学会|同窓会|互助会|共済|健保|"
    r"大学|大学院|大学校|短大|高専|専門学校|高等学校|高校|中学校|小学校|支援学校|学校|学園|学院|幼稚園|保育園|保育所|"
    r"研究所|研究機関|試験場|試験所|研究センター|総合研究所|総研|博物館|美術館|図書館|資料館|科学館|公民館|動物園|水族館|"
    r"病院|医療センター|保健所|療養所|"
    r"銀行|信用金庫|金庫|信金|証券|保険|生命|損保|公庫|農協|漁協|生協|森林組合|"
    r"センター|事務局|事務所|営業所|出張所|支所|支社|支店|支局|支部|本社|本店|本部|総局|総監部|司令部|駐屯地|基地|部隊|"
    r"労働局|税務署|警察署|消防署|法務局|財務局|農政局|整備局|運輸局|経済産業局|税関|検疫所|国税局|国税庁|森林管理局|森林管理署|通信局|厚生局|防衛局|航空局|刑務所|拘置所|少年院|裁判所|検察庁|"
    r"気象台|地方環境事務所|開発局|開発建設部|教育委員会|消防本部|消防局|警察本部|県警察|府警察|警視庁|会議|自治会|町内会|財産区|土地改良区|"
    r"大使館|総領事館|領事館|代表部|政府|(?:務|科学|労働|産業|水産|交通|環境|防衛|軍|通商|厚生|教育|保健|運輸|農業|農林|文化|利用|資源|建設|計画|外交|司法|大蔵|開発)省|庁|内閣府|内閣官房|事業本部|"
    r"製作所|製造所|工業所|印刷所|発電所|工場|製鉄所|造船所|造船|重工|重工業|工業|化学|製薬|製紙|製鋼|電機|電気|電力|電子|電設|建設|建設業|土木|工務|工務店|印刷|"
    r"新聞社|出版社|通信社|放送局|放送協会|郵便局|空港|旅行社|旅館|ホテル|"
    r"ネットワーク|システムズ|ソリューションズ|サービス|コンサルタンツ|コンサルタント|コンサルティング|ホールディングス|エンジニアリング|コーポレーション|カンパニー|インターナショナル|ジャパン|"
    r"基金|機関|世界銀行|年金機構|事業者団体|団体連合会|団体中央会|中央会|[^\s]{2,}会|[^\s]{2,}局|[^\s]{2,}監理部|国立療養所[^\s]+園)"
)
_FOREIGN = (
    r"(?:inc|ltd|llc|llp|lp|plc|corp|corporation|co|company|limited|incorporated|gmbh|kg|s\.?a\.?|s\.?a\.?s|s\.?r\.?l|spa|b\.?v|n\.?v|pty|pte|"
    r"sdn|bhd|pvt|oy|a/?s|aps|aktiengesellschaft|jsc|ooo|universit\w+|universidad|college|institut\w*|academy|school|ministry|"
    r"ministère|department|agency|agencies|association|associates|foundation|fondation|organi[sz]ation|cent(?:er|re)|council|bank|hotel|"
    r"hotels|group|services?|society|commission|committee|secretariat|fund|programme|program|hospital|clinic|museum|embassy|consulate|government|"
    r"authority|bureau|federation|union|laborator(?:y|ies)|library|consortium|network|systems?|airlines?|airways|technolog(?:y|ies)|solutions|"
    r"engineering|international|industries|enterprises?|holdings|partnership|forum|office|travel|tours?|trading|consulting|"
    r"consultants?|press|publishing|logistics|research|productions?|studios?|media|communications|security|"
    r"undp|unicef|unhcr|wfp|who|iaea|oecd|unesco|fao|ilo|imf|ifc|itu|wto|wipo|unido|unops|unodc|unfpa|unep|iea|erdc|navy|army|usaid|asean|"
    r"adb|worldbank|jica|jetro|jst|nedo|amed|jaxa|riken|icef|ices|icao|imo|wmo|cern|iter)"
)
_ENGLISH_BODY = re.compile(rf"(?<![a-z]){_FOREIGN}(?![a-z])", re.IGNORECASE)
_WITH_FORM = re.compile(rf"{_FORM}|^(?:国連|国際連合)(?=[^\s])")
_LEGAL = re.compile(r"[一-鿿]{0,12}(?:会社|法人)(?=[^\s])")
_FORM_ALONE = re.compile(rf"(?:{_FORM})+")
_ENDS_AS_BODY = re.compile(rf"{_SUFFIX}(?:[（(][^()（）]*[)）])?$")
_ENDS_WITH_FORM = re.compile(rf"{_FORM}$")
_PREFECTURE = (
    r"(?:北海道|東京都|大阪府|京都府|(?:青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|神奈川|新潟|富山|石川|福井|山梨|長野|岐阜|静岡|愛知|三重|滋賀|兵庫|"
    r"奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄)県)"
)
_LOCAL = re.compile(
    rf"{_PREFECTURE}庁?"
    rf"|{_PREFECTURE}[一-鿿ぁ-んァ-ヶ々ー]{{1,8}}[市区町村郡]"
    r"|[一-鿿々]{1,4}郡[一-鿿ぁ-んァ-ヶ々ー]{1,6}[町村]"
    r"|[津呉堺柏蕨関萩光燕旭]市|[一-鿿ぁ-んァ-ヶ々ー]{2,7}(?:市|区)役?所?"
    r"|[港北南東西中緑泉旭栄]区|[一-鿿ぁ-んァ-ヶ々ー]{2,7}[町村]役?場?"
)
_SURNAMES_LIKE_PLACES = re.compile(r"(?:五十|長谷|小野|佐々木|宇佐美|久保|大久保|小久保)村|[一-鿿]古市|[一-鿿]今市")
# What a person or a nameless payee is called.
_PERSON = re.compile(
    r"個人(?!タクシー|版|旅行|情報)|職員(?!団体|懇話|会|組合|共済|研修|生活|互助|福利)|委員(?!会|長会)|出張者|旅行者|有識者(?!会議|懇談会)|研究者(?!会議|支援|情報|協会|ネット)|教員(?!委員会|組合|会)"
    r"|学生(?!支援|部|協会|会館|連盟|寮|交流|情報|新聞|服)|留学生(?!支援|協会|会館|会|教育|センター|交流|機構)|受給者|参加者|招へい者|招聘者|被害者|事業主|申請者|代理人|相続人|所有者|地権者|納税者|免許人|農業者(?!年金|会|団体|組合|大学)|漁業者(?!団体|組合|会)|農家(?!連)"
    r"|ほか\d*名|外\d+名|他\d+名|\d+名|\d+人(?!会)|氏$|様$|氏[\s、（(]|アドバイザー[A-ZＡ-Ｚ]|講師|医師(?!会|国|信用|協同)|看護師(?!会|協会|養成|学校)|通訳(?!案内士協会|協会|翻訳)|非常勤|臨時|期間業務|嘱託(?!登記)|資金前渡|官吏|調査員|指導員(?!協会|会)|相談員(?!協会|会)|推進員(?!協議会|会)|隊員(?!会)|駐在員(?!事務所)|補佐員|事務員|賃金|旅費|謝金|諸謝金|給与|報酬$|雑役務|消耗品|複数|その他|多数|匿名|非公表|不開示|遺族(?!会|年金|連)"
)
_PROFESSION = re.compile(
    r"(?:弁護士|税理士|司法書士|行政書士|社会保険労務士|社労士|弁理士|会計士|土地家屋調査士|不動産鑑定士?|建築士|測量士|技術士|診断士|翻訳者|通訳者|写真家|作家|画家)(?!会|法人|連合|協会|試験|協同)"
    r"|(?:法律|会計|税務|特許|設計|鑑定|社労士|デザイン|建築|登記|測量|労務|翻訳|写真)(?:特許|経営|労務|設計)?事務所|医院|クリニック|歯科|診療所|診療室|助産院|鍼灸|整骨院|動物病院|研究室|ゼミ|農園|牧場|商店|酒店|書店|食堂|工房|アトリエ|デザイン$|オフィス$|写真館"
)
_LAWYERS_BODY = re.compile(rf"{_FORM}|法人|大学|国際連合|市立|県立|町立|村立|都立|府立|国立|厚生")
_TITLE = re.compile(
    r"副?(?:(?:代表)?理事長|代表理事|理事会長|組合長(?!崎市)|(?<![議員合学協商委究興])会長(?!会)|(?<=副)会長|代表取締役(?:社長|会長)?|取締役社長|代表社員|代表者|業務執行社員|(?<![会本])社長(?!崎原爆)|委員長|本部長|支部長|事務局長|事務総長|総裁|"
    r"知事(?!会)|(?<=[市区町村])[市区町村]?長(?=$|\s|[（(])|教育長|首長|学長|総長|校長(?!会|協会)|院長|所長(?!島愛生園)|園長|館長|施設長|(?<![都])局長|部長|課長|室長|支店長|支社長|支配人|頭取|管理者|管理人|主任研究員|准教授|助教授|教授|助教|主宰|プロデューサー|"
    r"CEO|会頭|座長|事業管理者|清算人|担当者|責任者|代理|社主)"
)
_REPRESENTATIVE = re.compile(r"代表(?!部|制|団|的)")
_TITLE_BRACKET = re.compile(r"[（(](?:代表|代表者|会長|理事長|社長|担当|氏名)[:：]?[^()（）]*[)）]")
_BLANKS = re.compile(r"[\s、，,;；]+")
_LATIN = re.compile(r"[ -~‘’“”–]+")
_LIST_MARK = re.compile(
    r"^(?:[①-⑳㉑-㉟](?:[-－]\d{1,2})?|[(（]?\d{1,2}[)）]|\d{1,2}[.．](?!\d)|[・●○◎◆](?![○〇●◯]))\s*"
)
# What stands for a body that is not named: ○○労働局, (株)不動産会社A, 農業法人(232法人), 海外調査会社.
_PLACEHOLDER = re.compile(
    r"[○〇●◯]{2}"
    r"|^[^、,・]*(?:会社|業者|商社|団体|法人|組合)\(?[A-Za-z]\)?\)?$"
    r"|\((?:計|各|約)?\d+(?:法人|箇所|社)\)$|^\d+都道府県|等\([A-Za-z]社\)$|\(未定\)$"
    r"|^(?:海外|現地|民間|国内|大手)[一-鿿ァ-ヶー]{0,6}(?<!株式)(?<!有限)(?:会社|業者|企業|テレビ局)(?:\(.*\))?$"
)
_NAMELESS = re.compile(
    rf"(?:{_FORM})?\s*(?:[A-Za-z○〇●◯]{{1,2}}|[ア-ン甲乙丙丁①-⑳]|\d{{1,3}}|[○〇●◯]+)\s*(?:{_FORM}|社|大学|協会|法人|企業|会社|組合|団体|病院|協議会|センター|省|市|県|町|村|研究所|機構|財団|共同体|学校|銀行)?\s*\d{{0,2}}"
    rf"|(?:{_FORM})"
    r"|(?:民間|地方|他|各|事業|企業|会社|業者|団体|法人|医療機関|協会|支援|市町村|公立|私立|都道府県|大学|組合|製薬メーカー|研究機関|独立行政法人|株式会社)?(?:企業|会社|事業者|業者|団体|法人|機関|協会|組合|公共団体|市町村|市区町村|都道府県|大学等?|大学法人|学校|病院|支店)?[（(]?(?:[A-Za-zＡ-Ｚａ-ｚ]{1,2}|等|\d{1,3})?[)）]?"
)
_LONGEST = 120
_FILLER = "9" * 13
_COMPANY = re.compile(r"(?:株式|有限|合同|合資|合名)会社[^\s()（）]+|[^\s()（）]+(?:株式|有限|合同|合資|合名)会社")
_PERSONS_DIGITS = re.compile(r"(?<!\d)\d{4}[ -]?\d{4}[ -]?\d{4}(?!\d)")
_LABEL_OF_PERSON = re.compile(r"個人|^職員")
_ONE_LETTER = re.compile(r"[一-鿿]")
_EDGE = " \u3000\n\t、，,（("
_IN_BRACKETS = re.compile(r"\s*[（(][^()（）]*[)）]$")
_KIND_ALONE = re.compile(
    r"(?:特定|建設|工事|特別|活動|非営利|共同|企業|提案|事業|業務|設計|委託先|検査|民間|海外|他国|他|旅行|速記|地方|国際|危機管理|A国|医療)*"
    r"(?:体|体代表者|法人|機関|会社|団体|銀行|新聞社|事務所|政府|局|省|協会|組合|国連)"
    r"|学童保育所|LLC|Government|大学院|(?:(?:事業)?協同|協業|企業)組合|(?:特例)?認定NPO"
)
_NARROW = {0xFEE0 + code: code for code in range(0x21, 0x7F)} | {0x3000: 0x20}
_LATIN_GAP = re.compile(r"(?<=[A-Za-z0-9.,&'’])\s(?=[A-Za-z0-9&])")


def _compatible(name: str) -> str:
    return unicodedata.normalize("NFKC", name)


def _shows_body(part: str) -> bool:
    plain = _compatible(part).strip()
    if not plain:
        return False
    if _WITH_FORM.search(part) or _WITH_FORM.search(plain) or _ENDS_AS_BODY.search(plain):
        return True
    local = _IN_BRACKETS.sub("", plain)
    if _LOCAL.fullmatch(local) and not _SURNAMES_LIKE_PLACES.fullmatch(local):
        return True
    if _LATIN.fullmatch(plain):
        return _ENGLISH_BODY.search(plain) is not None
    return False


def _represented(name: str) -> re.Match[str] | None:
    """Find 代表 where no body follows that represents the others, but somebody."""
    match = _REPRESENTATIVE.search(name)
    return None if match is None or _shows_body(name[match.end() :].strip("：: 　）)")) else match


def _without_title(name: str) -> str | None:
    """Cut a name before a title and the person who bears it; None where no body is left before it."""
    name = _TITLE_BRACKET.sub("", name)
    match = _TITLE.search(name) or _represented(name)
    if match is None:
        return name
    head = name[: match.start()].rstrip(_EDGE)
    bracket = max(head.rfind("（"), head.rfind("("))
    if bracket > max(head.rfind("）"), head.rfind(")")):
        head = head[:bracket].rstrip(_EDGE)
    return head if _shows_body(head) else None


def named_payee(
    printed: str | None, printed_number: str | None, *, registered: bool = False
) -> tuple[str | None, str | None]:
    """Give the name and the corporate number under which a payee may be kept; neither of a person.

    The number of nothing but nines, whose check digit fits, is how databases fill a cell that has none. Where the name
    beside a number is that of the register (``registered``), a company is kept by it whole, be it as short as a letter
    or of several words in Latin letters.

    >>> named_payee("個人Ａ", "9999999999999"), named_payee("（株）パスコ", "５０１３２０１００４６５６")
    ((None, None), ('（株）パスコ', '5013201004656'))
    >>> named_payee("株式会社ＪＡＰＡＮ　ＣＲＡＦＴ　ＳＡＫＥ　ＣＯＭＰＡＮＹ", "9011001104904", registered=True)[0]
    '株式会社ＪＡＰＡＮ ＣＲＡＦＴ ＳＡＫＥ ＣＯＭＰＡＮＹ'
    >>> named_payee("株式会社ライズ", "4120001177301", registered=True)[0]
    '株式会社ライズ'
    """
    number = corporate_number(printed_number)
    if number == _FILLER:
        number = None
    name = body_name(printed, numbered=number is not None) if printed else None
    if registered and printed and number:
        name = _registered(" ".join(printed.split()), name)
    if name is None and printed and _LABEL_OF_PERSON.search(printed):
        number = None
    return name, number


def other_number(printed: str | None, printed_number: str | None, *, name: str | None) -> str | None:
    """Give what stands in the field of the corporate number where it is none, for the payment to keep as it is printed.

    None for a corporate number, and wherever it may be a person's: of whoever is called one, and, where no ``name`` of
    a body is kept, of twelve digits, as a person's number (個人番号) has.

    >>> other_number("（株）ニコン", "501001008763", name="（株）ニコン")
    '501001008763'
    >>> other_number("個人A", "3216549878642", name=None)
    >>> other_number("中村", "123456789012", name=None), other_number("中村", "1234", name=None)
    (None, '1234')
    """
    if printed_number is None or corporate_number(printed_number):
        return None
    if name is None and (
        _PERSONS_DIGITS.search(_compatible(printed_number)) or (printed and _LABEL_OF_PERSON.search(printed))
    ):
        return None
    return " ".join(printed_number.split())


def _registered(whole: str, kept: str | None) -> str | None:
    """Give back to a company what was cut off the name it has in the register."""
    if kept is None:
        return whole if _COMPANY.fullmatch(whole) else None
    return whole if "会社" in kept and _compatible(whole.removeprefix(kept)).isascii() else kept


@lru_cache(maxsize=65536)
def body_name(printed: str, *, numbered: bool = False) -> str | None:
    """Give the name under which a payee may be kept; None for a person, and for whoever may be one.

    With a corporate number (``numbered``) the payee is a body for certain, and only titles and persons' names beside
    the body's are taken off.

    >>> body_name("（株）パスコ"), body_name("学校法人酪農学園　理事長　山田太郎"), body_name("岡山大学\\n山田　太郎")
    ('（株）パスコ', '学校法人酪農学園', '岡山大学')
    >>> body_name("山田　太郎"), body_name("個人A"), body_name("中村"), body_name("Jane Smith")
    (None, None, None, None)
    >>> body_name("長野県大町市"), body_name("東海農政局"), body_name("North Pacific Wildlife Consulting ,LLC")
    ('長野県大町市', '東海農政局', 'North Pacific Wildlife Consulting ,LLC')
    """
    name = _LIST_MARK.sub("", " ".join(printed.split()))
    plain = _compatible(name)
    if not plain or len(name) > _LONGEST or (_PLACEHOLDER.search(plain) and not (numbered and "○○" not in plain)):
        return None
    if _PERSON.search(plain) and not (_LEGAL.match(plain) or (numbered and _shows_body(name))):
        return None
    if not numbered and (_NAMELESS.fullmatch(plain) or (_PROFESSION.search(plain) and not _LAWYERS_BODY.search(plain))):
        return None
    kept = _without_title(name)
    if kept is not None and not _LATIN.fullmatch(_compatible(kept)):
        kept = _leading_bodies(kept, numbered=numbered)
    elif kept is not None and not numbered and not _shows_body(kept):
        kept = None
    return None if kept is None or _shows_nothing(_compatible(kept), numbered=numbered) else kept


def _shows_nothing(plain: str, *, numbered: bool) -> bool:
    """Tell whether a name is only that of a kind of body."""
    if _FORM_ALONE.fullmatch(plain) or _KIND_ALONE.fullmatch(plain):
        return True
    return not numbered and bool(_NAMELESS.fullmatch(plain))


def _leading_bodies(name: str, *, numbered: bool) -> str | None:
    """Keep the parts of a name, from its beginning, that belong to a body; parts are set apart by blanks.

    A legal form opens a name: the part after it belongs to it whatever it is. Any other part must show a body itself.
    """
    parts = _parts(name)
    kept, opened = 0, False
    for position, part in enumerate(parts):
        if _FORM_ALONE.fullmatch(_compatible(part)):
            opened, kept = True, position + 1
        elif opened or _shows_body(part) or (position == 0 and (numbered or _begins_body(parts))):
            opened, kept = False, position + 1
        else:
            break
    if 0 < kept < len(parts) and _ONE_LETTER.fullmatch(parts[kept - 1]):
        return None
    result = _without_open_bracket(" ".join(parts[:kept]))
    return result if result and (numbered or any(map(_shows_body, parts[:kept]))) else None


def _without_open_bracket(name: str) -> str:
    """Cut off a bracket that is not closed, as where the blank before its end was taken for the end of the name."""
    opened = max(name.rfind("（"), name.rfind("("))
    return name if opened <= max(name.rfind("）"), name.rfind(")")) else name[:opened].rstrip()


def _parts(name: str) -> list[str]:
    """Split at blanks, but not within Latin words: 株式会社Ｄｏｔｓ　ｆｏｒ is one part."""
    glued = _LATIN_GAP.sub("_", name.translate(_NARROW))
    cuts = [position for position, character in enumerate(glued) if character == " "]
    return [name[start:end] for start, end in zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(name)], strict=True)]


def _begins_body(parts: list[str]) -> bool:
    """Tell whether a first part that shows nothing begins a name that goes on as a body: 日本　放送協会."""
    return len(parts) == 2 and _shows_body(parts[1])
