"""Recognising the names of plans in a text: where a name begins and ends, and what is printed with it.

A name is seen by its ending (基本計画, 大綱 …). It begins at its brackets, or where a name of the table begins, or at
the first of its kanji and katakana. Plans of everybody, plans still being made and common words are none.
"""

import re
from collections.abc import Iterator
from functools import cache

from stigraph.ingest.mentions.dates import (
    NUMBER,
    Note,
    dates_before,
    dates_of_making,
    edition_of,
    note_after,
    note_of,
    says_decided,
)
from stigraph.ingest.mentions.model import Named
from stigraph.ingest.mentions.table import read_editions, read_series

__all__ = ["EDITION_AT_START", "PLAIN", "names_in"]

PLAIN = {0xFEE0 + code: code for code in range(0x21, 0x7F)} | {0x3000: 0x20, 0xFF65: 0x30FB, 0x2010: 0x2D, 0x2212: 0x2D}
"""Makes the width of a text plain, character by character, so that places stay (`str.translate`)."""

EDITION_AT_START = re.compile(rf"^{NUMBER}\s?")
"""The edition that a name begins with."""

# What the name of a plan ends in.
_ENDING = re.compile(
    r"(?:基本計画|基本的な計画|総合戦略|基本方針|基本的な方針|行動計画|実行計画|実施計画|重点計画|推進計画|整備計画|形成計画|対策計画|適応計画|年次計画|長期計画|十箇年計画|か年計画|"
    r"開発計画|振興計画|達成計画|30万人計画|基盤強化計画|計画|大綱的指針|大綱|再興戦略|成長戦略|投資戦略|国家戦略|推進戦略|長期戦略|戦略|グランドデザイン|方針|行動プラン|アクションプラン|"
    r"創造プラン|活躍プラン|プラン|ビジョン|国家創造宣言|アジェンダ|指針|フォローアップ|ロードマップ|工程表|総合経済対策|経済対策|総合対策|基本構想|パッケージ|プログラム|第[二2]次提言)"
    r"(?:工程表|フォローアップ|アクションプラン|実行計画)?"
)
# Endings that make a plan of a bare run of kanji and katakana before them; the others need brackets or a decision.
_PLAIN_ENOUGH = re.compile(r"(?:基本計画|再興戦略|投資戦略|国家戦略|大綱|政策大綱)(?:工程表)?$|推進計画20\d\d$")
_BRACKETED = re.compile(
    r"(?:基本計画|基本的な計画|総合戦略|基本方針|基本的な方針|行動計画|実行計画|実施計画|重点計画|年次計画|十箇年計画|か年計画|適応計画|対策計画|形成計画|達成計画|大綱的指針|大綱|戦略|グランドデザイン|"
    r"アクションプラン|創造プラン|活躍プラン|ビジョン|国家創造宣言|アジェンダ|指針|ロードマップ|工程表|経済対策|フォローアップ|第[二2]次提言|30万人計画)"
    r"(?:工程表|フォローアップ|実行計画)?(?:について)?$"
)
_NO_NAME = re.compile(
    r"^(?:基本的な|第?[\d一二三四五六七八九十]*[期次]?|同|本|各|当該|次期|新|現|旧|右|上記|前記|認定|国別|地域別|国家|国|地方版|地方|地域|市町村|都道府県|都道府県等|市町村等|一般事業主|特定事業主|事業主|政府|全国|"
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
_RUN_END = re.compile(r"[一-鿿々ァ-ヶー・･A-Za-z0-9Ⅰ-Ⅹ\-]+$")
_TRIM = re.compile(
    r"^(?:.*(?:閣議決定|本部決定|会議決定|大臣決定|決定|策定|改定|改訂|根拠|以下|及|並|又|若)(?=[一-鿿ァ-ヶA-Za-z]{2})|[・･\-]+|(?:当該|新たな|上記|\d+年度?)(?=[一-鿿ァ-ヶA-Za-z]{2}))"
)
_SEVERAL = re.compile(r"[、。や]|及び|並びに|又は|に基づ|を踏まえ|において")
_EDITION_BEFORE = re.compile(NUMBER + r"の?[\s「『]{0,2}$")
_YEAR_AFTER = re.compile(
    r"[\s]?(?:[－\-―～~〜]\s?)?(20\d\d)(?!\s?年(?!度?版|改訂)|\d|\s?[~～〜\-－]\s?20)(?:年度?版|年?改訂版|改訂版)?"
)
_YEAR_IN_NAME = re.compile(r"20[12]\d(?!\s?年(?!度?版|改訂)|\d|[./])")
_YEAR_IN_BRACKETS = re.compile(r"(20\d\d)(?:年度?版|年?改[訂定]版|[\s\-－―~～〜「].*)?$")
_NO_CORE = re.compile(
    r"\s?\([^()]*\)$|[\s\-－―]*20\d\d(?:年度?版|年?改[訂定]版|[\s\-－―~～〜「].*)?$|[\s]?改訂(?:版|\d+).*$|\([^()]*$"
)
_SUBTITLE = re.compile(r"(?:\s?[\-－―ー~～〜][^()、。\n]{2,40}|等?(?:について)?)(?=[」』]?\s?\()")
_OPENS = ("「", "『")
_CLOSES = ("」", "』")
_INNER_NOTE = re.compile(r"\(([^()]*)\)")
_DECIDED_ONLY = re.compile(r"(?:計画|プラン|構想|方針|宣言|パッケージ|対策|プログラム)$")
_TITLE = re.compile(
    r"(?<![」』\-])[「『]([^「」『』()\n。]{6,60}(?:\([^()]{2,20}\)[^「」『』()\n。]{1,30})?)(?:\(([^()]{2,60})\))?[」』]"
)
_BY_GOVERNMENT = re.compile(r"閣議決定|閣議了解|本部決定|会議決定|会合決定|建議")
_NO_TITLE = re.compile(r"法律?案|予算(?:案|の編成.*)?$|答申|最適化計画|^[^一-鿿]*$")
_REVISED = re.compile(r"[」』]\s?(?:改訂|改定)?\s?(20\d\d)(?!\s?年|\d)")
# What stands before a known name and makes it another: 都道府県まち・ひと・しごと創生総合戦略 is not the government's.
_COMPOUND = re.compile(
    r"地方版$|[一-鿿ァ-ヶ](?<!我が国)(?<!わが国)(?<!決定)(?<!改定)(?<!改訂)(?<!現行)(?<![等及並又若新現同期次版])$"
)
_LONGEST_NAME = 60
_LONG = 8
_SHORT = 5
_WINDOW = 40


def names_in(plain: str) -> Iterator[Named]:
    """Find the names in a text of which the width is made plain, in the order in which they stand.

    >>> [(one.core, one.number, one.dates) for one in names_in("第5次環境基本計画(平成30年4月閣議決定)に基づく。")]
    [('環境基本計画', 5, ('2018-04',))]
    """
    taken = 0
    titles = _decided_titles(plain)
    for ending in _ENDING.finditer(plain):
        if ending.start() < taken:
            continue
        named = _name_at(plain, ending.start(), ending.end(), taken)
        if named is not None:
            yield from (title for title in titles if taken <= title.start and title.end <= named.start)
            taken = named.end
            yield named
    yield from (title for title in titles if taken <= title.start)


def _decided_titles(plain: str) -> list[Named]:
    """Find the titles in brackets of which a note says that the government decided them, whatever they end in."""
    found = []
    for title in _TITLE.finditer(plain):
        inner = title[2]
        note = note_of([inner], title.end()) if inner else note_after(plain, title.end() - 1)
        if note and _is_decision(note) and not _NO_TITLE.search(title[1]):
            found.append(_with_notes(plain, (title.start(), note.end), title[1].strip(), None, None, (note,)))
    return found


def _is_decision(note: Note) -> bool:
    return bool(note.dates and _BY_GOVERNMENT.search(note.text)) and "「" not in note.text


@cache
def _known_names() -> frozenset[str]:
    """Give the names and titles of the table, each also with the middle dots left out."""
    titles = [edition.title for edition in read_editions()]
    names = [name.translate(PLAIN) for name in (*titles, *(name for one in read_series() for name in one.names))]
    return frozenset(names) | {name.replace("・", "") for name in names}


def _known_start(plain: str, end: int, taken: int) -> int | None:
    """Give where the longest known name begins that ends here."""
    known = _known_names()
    return next((start for start in range(max(taken, end - _WINDOW), end - 3) if plain[start:end] in known), None)


def _name_at(plain: str, ending: int, end: int, taken: int) -> Named | None:
    """Find where the name begins that ends here, and whether it is one."""
    bracket = _bracket(plain, ending, end, taken)
    alone = False
    if bracket is not None:
        later = _ENDING.search(plain, end, bracket[1])
        alone = later is None
        named = _bracketed(plain, *bracket) if alone else None
        if named is not None:
            return named
        if later and bracket[1] - bracket[0] <= _LONGEST_NAME and not _SEVERAL.search(plain, end, later.start()):
            return None
    start = _known_start(plain, end, taken)
    if start is None or (start > taken and _COMPOUND.search(plain, max(taken, start - 8), start)):
        start = None if alone else _start_of_run(plain, ending, end, taken)
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
    note = note_after(plain, end)
    goes_back = start > 0 and plain[start - 1] in "のなた" and note is None and len(core) < _LONG
    told = says_decided(note) or _is_dated(plain, end, core, note)
    is_one = (_PLAIN_ENOUGH.search(core) or told) and _is_name(core) and not goes_back
    return start if is_one else None


def _is_dated(plain: str, end: int, core: str, note: Note | None) -> bool:
    """Tell whether a year is part of a bare name, or the month of it stands behind a long one."""
    if _YEAR_IN_NAME.match(plain, end):
        return len(core) >= _SHORT
    return (
        note is not None
        and "通知" not in note.text
        and len(core) >= _LONG
        and any(len(date) > len("2020") for date in note.dates)
    )


def _is_name(core: str) -> bool:
    bare = EDITION_AT_START.sub("", core)
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


def _bracketed(plain: str, start: int, closed: int) -> Named | None:
    """Take a name in brackets, with the edition before it, the year and the notes in and after it."""
    inside = plain[start:closed]
    core = _NO_CORE.sub("", inside.strip())
    revised = _REVISED.match(plain, closed)
    note = note_after(plain, revised.end() if revised else closed)
    if len(core) > _LONGEST_NAME or "。" in core or not _ENDING.search(core) or not _is_name(core):
        return None
    before = _EDITION_BEFORE.search(plain, max(0, start - 12), start)
    decided = says_decided(note) or dates_before(plain, before.start() if before else start)
    if not (_BRACKETED.search(core) or (decided and _DECIDED_ONLY.search(core))):
        return None
    begin, end = start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip())
    if before or note or revised:
        begin = before.start() if before else start - 1
        end = note.end if note else revised.end() if revised else closed + 1
    inner = note_of(_INNER_NOTE.findall(inside), closed)
    year = revised or _YEAR_IN_BRACKETS.search(_INNER_NOTE.sub("", inside).rstrip())
    return _with_notes(plain, (begin, end), core, before, year[1] if year else None, (note, inner))


def _whole_name(plain: str, start: int, end: int, taken: int) -> Named | None:
    """Take in the edition before a name, the year and the note after it."""
    before = _EDITION_BEFORE.search(plain, max(taken, start - 10), start)
    year = _YEAR_AFTER.match(plain, end)
    tail = year.end() if year else end
    note = note_after(plain, tail) or _note_after_subtitle(plain, tail)
    begin = before.start() if before else start
    if note and plain[tail : tail + 1] in _CLOSES and plain[begin - 1 : begin] in _OPENS:
        begin -= 1
    span = begin, note.end if note else tail
    return _with_notes(plain, span, plain[start:end], before, year[1] if year else None, (note,))


def _note_after_subtitle(plain: str, end: int) -> Note | None:
    """Read the note behind a subtitle or 等について: 日本再興戦略 -JAPAN is BACK-(平成25年6月14日閣議決定)."""
    subtitle = _SUBTITLE.match(plain, end)
    note = note_after(plain, subtitle.end()) if subtitle else None
    return note if says_decided(note) else None


def _with_notes(
    plain: str,
    span: tuple[int, int],
    core: str,
    before: re.Match[str] | None,
    year: str | None,
    notes: tuple[Note | None, ...],
) -> Named:
    """Put a name together: what stands before it or in it goes before what its notes say."""
    told = [note for note in notes if note is not None]
    number, counter = edition_of(before or EDITION_AT_START.search(core))
    if number is None:
        number, counter = next(((note.number, note.counter) for note in told if note.number is not None), (None, ""))
    year = year or next((note.year for note in told if note.year), None)
    dates = (
        tuple(date for note in told for date in note.dates)
        or dates_before(plain, span[0])
        or dates_of_making(plain, *span)
    )
    return Named(*span, core, number, counter, year, next((note.period for note in told if note.period), ""), dates)
