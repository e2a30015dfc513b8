"""Printed amounts of money: read from budget lines, written for people, and set out in charts."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from stigraph.store.reading import Fact, Store, Term, Thing
from stigraph.views.model import Chart, Labels, Point, Series
from stigraph.vocab import slug

__all__ = [
    "PHASES",
    "Amount",
    "amounts_chart",
    "amounts_of",
    "facts_by_subject",
    "in_yen",
    "shares_chart",
    "short_name",
]

PHASES = (
    "Request",
    "Draft",
    "Initial",
    "Supplementary",
    "CarriedIn",
    "Reserve",
    "Total",
    "CarriedOut",
    "BudgetedOrExecuted",
    "Executed",
)
"""The stages of a budget, in the order in which a year runs through them."""

_PRINTED_AMOUNT = re.compile(r"[\d,.]+(?:兆|億|百万|千万|千|万)?円")
_MILLION = 1_000_000
_HUNDRED_MILLION = 100 * _MILLION
_YEN: Labels = {"ja": "円", "en": "yen"}
_PRINTED_OTHERWISE: Labels = {"ja": "別の表記", "en": "printed otherwise"}
_FISCAL_YEAR: Labels = {"ja": "年度", "en": "fiscal year"}


class Amount(NamedTuple):
    """One budget line: the amount of one programme, year and phase as one place of one document prints it.

    ``agency`` is set where the amount is the share of one body; ``estimate`` where the page calls it an estimate.
    """

    line: Thing
    programme: Term
    year: int
    phase: Thing
    yen: int
    printed: str
    agency: Thing | None
    estimate: bool
    source: Thing
    locator: str

    @property
    def stage(self) -> int:
        """The place of the phase in `PHASES`."""
        return PHASES.index(slug(self.phase.iri))

    def money(self, lang: str) -> str:
        """Write the amount: as printed in Japanese, in millions of yen in English."""
        return in_yen(self.yen, self.printed)[lang]

    def caption(self, lang: str, agency: str = "") -> str:
        """Write year, phase and amount; ``agency`` names the body whose share it is."""
        year = f"{self.year}年度" if lang == "ja" else f"FY{self.year}"
        marks = _marks(agency if self.agency else "", self.estimate, lang)
        return f"{year} {self.phase.label(lang)} {self.money(lang)}{_in_brackets(marks, lang)}"


def in_yen(yen: int, printed: str = "") -> Labels:
    """Write an amount for people; in Japanese it stands as printed where the print says its unit.

    >>> in_yen(1742000000, "13件×@134百万円")
    {'ja': '1,742百万円（13件×@134百万円）', 'en': '1,742 million yen'}
    >>> in_yen(28762000)["en"], in_yen(1000, "千円")["ja"]
    ('28.762 million yen', '1,000円（千円）')
    """
    if yen < _MILLION // 10:
        ja, en = f"{yen:,}円", f"{yen:,} yen"
    else:
        million = f"{(Decimal(yen) / _MILLION).normalize():,f}"
        ja, en = f"{million}百万円", f"{million} million yen"
    if _PRINTED_AMOUNT.match(unicodedata.normalize("NFKC", printed)):
        ja = printed
    elif "円" in printed:
        ja += f"（{printed}）"
    return {"ja": ja, "en": en}


def _marks(agency: str, estimate: bool, lang: str) -> list[str]:
    if lang == "ja":
        return [f"{agency}分"] * bool(agency) + ["推計額"] * estimate
    return [f"{agency}'s share"] * bool(agency) + ["estimate"] * estimate


def _in_brackets(marks: list[str], lang: str) -> str:
    if not marks:
        return ""
    return f"（{'、'.join(marks)}）" if lang == "ja" else f" ({', '.join(marks)})"


def rounded(one: tuple[int, str], other: tuple[int, str]) -> bool:
    """Say whether one of two amounts (yen, as printed) is the other rounded to 100 million yen (億円).

    >>> rounded((6050000000, "6,050百万円"), (6100000000, "AMED：61億円")), rounded((1, "1円"), (2, "2円"))
    (True, False)
    """
    return any(
        "億円" in printed
        and coarse % _HUNDRED_MILLION == 0
        and (fine + _HUNDRED_MILLION // 2) // _HUNDRED_MILLION * _HUNDRED_MILLION == coarse
        for (fine, _), (coarse, printed) in ((one, other), (other, one))
    )


def facts_by_subject(store: Store, numbers: Iterable[Term]) -> dict[Term, dict[str, list[Fact]]]:
    """Collect what is said of these things, by thing and property."""
    found: dict[Term, dict[str, list[Fact]]] = {}
    for fact in store.facts_of(numbers):
        found.setdefault(fact.subject, {}).setdefault(fact.predicate, []).append(fact)
    return found


def short_name(store: Store, things: Iterable[Thing]) -> dict[Term, Labels]:
    """Give for each thing its abbreviation (``JST``, ``SICORP``), else its label.

    >>> from stigraph.names import resolve
    >>> from stigraph.store import open_store
    >>> store = open_store()
    >>> jst = resolve(store, "科学技術振興機構")
    >>> short_name(store, [jst])[jst.number]["ja"]
    'JST'
    """
    known = {thing.number: thing for thing in things}
    short: dict[Term, Labels] = {}
    for number, text in store.names_of(known):
        if number not in short and re.fullmatch(r"[A-Z][A-Za-z-]*[A-Z]", text):
            short[number] = {"ja": text, "en": text}
    return {number: short.get(number) or _labels(thing) for number, thing in known.items()}


def _labels(thing: Thing) -> Labels:
    return {"ja": thing.label("ja"), "en": thing.label("en")}


def amounts_of(store: Store, programmes: Iterable[Term]) -> list[Amount]:
    """Read every budget line of these programmes, by programme, year, phase, document and place.

    >>> from stigraph.names import resolve
    >>> from stigraph.store import open_store
    >>> store = open_store()
    >>> sorted({amount.year for amount in amounts_of(store, [resolve(store, "SICORP").number])})
    [2020, 2021, 2022, 2023]
    """
    pointing = [fact.subject for fact in store.facts_about(programmes, ["sti:programme"])]
    lines = [thing for thing in store.things(pointing).values() if thing.type == "sti:BudgetLine"]
    said = facts_by_subject(store, [line.number for line in lines])
    objects = {fact.object for facts in said.values() for many in facts.values() for fact in many if fact.object}
    things = store.things(objects | {facts["sti:amount"][0].source for facts in said.values()})
    found = [_amount(line, said[line.number], things) for line in lines]
    return sorted(
        found,
        key=lambda item: (item.programme, item.year, item.stage, item.source.iri, _body(item), item.line.iri),
    )


def _amount(line: Thing, facts: Mapping[str, list[Fact]], things: Mapping[Term, Thing]) -> Amount:
    def thing(name: str) -> Thing | None:
        number = facts[name][0].object if name in facts else None
        return things[number] if number is not None else None

    def text(name: str) -> str:
        return facts[name][0].value or "" if name in facts else ""

    programme, phase = thing("sti:programme"), thing("sti:phase")
    assert programme and phase
    return Amount(
        line=line,
        programme=programme.number,
        year=int(text("sti:fiscalYear")),
        phase=phase,
        yen=int(text("sti:amount")),
        printed=text("sti:asPrinted"),
        agency=thing("sti:agency"),
        estimate=text("sti:isEstimate") == "true",
        source=things[facts["sti:amount"][0].source],
        locator=text("sti:locator"),
    )


def _body(amount: Amount) -> str:
    return amount.agency.iri if amount.agency else ""


def amounts_chart(store: Store, programme: Thing) -> Chart | None:
    """Set out the amounts of a programme by fiscal year, one series for each phase; None where none is printed.

    Where several documents print a phase, each has a series of its own: they are so many statements of one amount and
    are never added. A body's share stands here only where its document prints no whole for that year and phase. Parts
    of the programme have charts of their own.

    >>> from stigraph.names import resolve
    >>> from stigraph.store import open_store
    >>> store = open_store()
    >>> chart = amounts_chart(store, resolve(store, "WPI"))
    >>> sorted({series["role"] for series in chart["series"]})
    ['BudgetedOrExecuted', 'Executed', 'Initial', 'Request']
    """
    amounts = amounts_of(store, [programme.number])
    wholes = {(item.source, item.year, item.phase) for item in amounts if item.agency is None}
    shown = [item for item in amounts if item.agency is None or (item.source, item.year, item.phase) not in wholes]
    title: Labels = {
        "ja": f"{programme.label('ja')}：年度・段階別の金額",
        "en": f"{programme.label('en')}: amounts by fiscal year and phase",
    }
    return _chart(store, programme, title, shown)


def shares_chart(store: Store, programme: Thing) -> Chart | None:
    """Set out the shares of the bodies that run a programme by fiscal year; None where no share is printed.

    >>> from stigraph.names import resolve
    >>> from stigraph.store import open_store
    >>> store = open_store()
    >>> chart = shares_chart(store, resolve(store, "SICORP"))
    >>> [(series["label"]["en"], [point["printed"] for point in series["points"]]) for series in chart["series"]]
    [("initial budget (AMED's share)", ['370百万円', '299百万円']),
     ("initial budget (JST's share, estimate)", ['1,160百万円', '1,073百万円'])]
    """
    shown = [item for item in amounts_of(store, [programme.number]) if item.agency is not None]
    title: Labels = {
        "ja": f"{programme.label('ja')}：機関別の金額",
        "en": f"{programme.label('en')}: shares by body",
    }
    return _chart(store, programme, title, shown)


class _Kind(NamedTuple):
    """What makes a series: amounts of one kind, from one document."""

    stage: int
    agency: Thing | None
    estimate: bool
    source: Thing
    printing: int


def _chart(store: Store, programme: Thing, title: Labels, amounts: list[Amount]) -> Chart | None:
    kinds: dict[_Kind, dict[int, list[Amount]]] = {}
    for kind, amount in _kinds(amounts):
        kinds.setdefault(kind, {}).setdefault(amount.year, []).append(amount)
    if not kinds:
        return None
    bodies = short_name(store, {kind.agency for kind in kinds if kind.agency})
    documents = {kind[:2]: {other.source for other in kinds if other[:2] == kind[:2]} for kind in kinds}
    ordered = sorted(
        kinds, key=lambda kind: (kind.stage, kind.agency.iri if kind.agency else "", kind.source.iri, kind[2], kind[4])
    )
    series = [
        Series(
            role=PHASES[kind.stage],
            label=_series_label(kind, next(iter(kinds[kind].values()))[0].phase, bodies, len(documents[kind[:2]]) > 1),
            points=[_point(year, items) for year, items in sorted(kinds[kind].items())],
        )
        for kind in ordered
    ]
    return Chart(about=programme.iri, kind="bars", title=title, unit=_YEN, axis=_FISCAL_YEAR, series=series)


def _kinds(amounts: Iterable[Amount]) -> list[tuple[_Kind, Amount]]:
    """Sort amounts into series; of two amounts that one document prints for one thing the finer is the first."""
    printings: dict[tuple[object, ...], list[int]] = {}
    for item in amounts:
        known = printings.setdefault(_place(item), [])
        if item.yen not in known:
            known.append(item.yen)
    for known in printings.values():
        known.sort(key=lambda yen: (-len(str(yen).rstrip("0")), yen))
    return [
        (_Kind(item.stage, item.agency, item.estimate, item.source, printings[_place(item)].index(item.yen)), item)
        for item in amounts
    ]


def _place(item: Amount) -> tuple[object, ...]:
    return (item.stage, item.agency, item.estimate, item.source, item.year)


def _series_label(kind: _Kind, phase: Thing, bodies: Mapping[Term, Labels], named: bool) -> Labels:
    label = {}
    for lang in ("ja", "en"):
        marks = _marks(bodies[kind.agency.number][lang] if kind.agency else "", kind.estimate, lang)
        marks += [_PRINTED_OTHERWISE[lang]] * bool(kind.printing) + [kind.source.label(lang)] * named
        label[lang] = phase.label(lang) + _in_brackets(marks, lang)
    return label


def _point(year: int, items: list[Amount]) -> Point:
    """Make one point of what one document prints alike in one or more places."""
    locators = dict.fromkeys(part for item in items for part in item.locator.split(";"))
    first = items[0]
    return Point(
        x=str(year),
        y=float(first.yen),
        printed=first.printed,
        document=first.source.iri,
        locator=";".join(locators),
    )
