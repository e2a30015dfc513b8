"""Whether a payee is a body: persons are not named."""

import re
import unicodedata

__all__ = ["body", "corporate_number"]

_LABEL = re.compile(r"個人|その他|職員|他\d")
_PERSON = re.compile(r"(?:[者員生官氏様士]|教授|講師|医師|学長|通訳)(?:等|ほか)?[\s(]*[A-Zア-ンⅠ-Ⅻ\d]*\)?(?:[氏様])?$")
_BODY = re.compile(
    r"会社|法人|\((?:株|有|同|資|名|財|社|独|国|学|医|福|特非|一社|一財|公社|公財)\)|㈱|㈲|"
    r"機構|組合|連合|財団|社団|公社|公団|公庫|金庫|銀行|保険|証券|基金|大学|学校|学園|学院|高専|研究|センター|"
    r"協会|協議会|委員会|会議|連盟|同盟|本部|支部|学部|事業部|部局|部隊|病院|医院|診療所|事務所|役所|役場|営業所|"
    r"製作所|商工会|支所|支店|支社|本店|出張所|刑務所|検疫所|試験場|試験所|観測所|測候所|発電所|保育所|福祉|"
    r"幼稚園|保育園|こども園|農園|植物園|動物園|公園|博物館|美術館|図書館|大使館|領事館|会館|旅館|酒造|製薬|工業|"
    r"産業|商事|商店|商会|建設|工務店|運輸|交通|鉄道|航空|通信|電力|ガス|新聞|放送|出版|印刷|システム|サービス|"
    r"グループ|ホールディングス|プロジェクト|コンソーシアム|共同体|共同企業|団体|国連|内閣|警察|消防|政府|土地改良区|提案体|司令部|"
    r"(?:総務|法務|外務|財務|文部科学|厚生労働|農林水産|経済産業|国土交通|環境|防衛|国防)省|"
    r"[院庁局署課団校隊会社市県区]$|北海道$|東京都$|大阪府$|京都府$|(?:県|北海道|東京都|大阪府|京都府).*[町村]$|"
    r"(?i:\b(?:inc|ltd|llc|llp|corp|co|plc|gmbh|ag|bv|nv|pty|jv|npo|university|institute|bank|fund|"
    r"agency|ministry|embassy|organi[sz]ation|association|foundation|united nations|undp|unicef|unesco|who|ilo|"
    r"iaea|oecd|wfp|unhcr|cent(?:er|re)|council|committee|commission|company|corporation|group|limited|society|"
    r"programme|secretariat)\b)"
)
_MEMBER = re.compile(
    r"(?P<house>.*(?:大学|大学院|学部|学校|研究所|研究院|研究科|研究センター|病院|センター|機構))"
    r"\s+(?P<person>[一-龥々ぁ-んァ-ヶー]{1,5}(?:\s[一-龥々ぁ-んァ-ヶー]{1,5})?)",
    re.DOTALL,
)
_FILLER = "9" * 13


def corporate_number(text: str | None) -> str | None:
    """Give a 法人番号 of 13 digits; None for the filler of nines and for one whose check digit does not fit.

    >>> corporate_number("7010401022916 "), corporate_number("9999999999999"), corporate_number("7010401022917")
    ('7010401022916', None, None)
    """
    if text is None:
        return None
    digits = unicodedata.normalize("NFKC", text).strip().removesuffix(".0")
    if len(digits) != 13 or not digits.isdecimal() or digits == _FILLER:
        return None
    weighed = sum(int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits[1:])))
    return digits if int(digits[0]) == 9 - weighed % 9 else None


def body(name: str | None, number: str | None) -> str | None:
    """Give the name of a payee if it is that of a body: it has a corporate number, or its name shows one.

    None for a person, for one who is only lettered (個人Ａ) and for a rest (その他). Of a member named after the house
    (東京大学　山田　太郎) the house is named where the corporate number says that it is the payee.

    >>> body("麹町税務署", None), body("個人Ａ", None), body("山田　太郎", None), body("その他", None)
    ('麹町税務署', None, None, None)
    """
    if name is None:
        return None
    plain = unicodedata.normalize("NFKC", name).strip()
    member = _MEMBER.fullmatch(plain)
    if member is not None and not _BODY.search(member["person"]):
        return member["house"] if number is not None else None
    if number is not None:
        return name
    if _LABEL.match(plain) or _PERSON.search(plain):
        return None
    return name if _BODY.search(plain) else None
