"""The values of an indicator: read from the store, said in a line, drawn as a chart."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from stigraph.store.reading import Fact, Store, Term, Thing
from stigraph.views.model import Chart, Labels, Point, Series
from stigraph.views.narrowing import narrowed
from stigraph.views.timeline import heading
from stigraph.vocab import STI, curie

__all__ = ["KINDS", "Value", "draw", "in_words", "indicator_chart", "values_of"]

KINDS = ("sti:Actual", "sti:Target", "sti:Forecast", "sti:Baseline")
"""The kinds of value, in the order in which they are told."""

_DASH = re.compile(r"[-－—–―ー‐\s]*")
_LONGEST_TEXT = 40
_HEDGES = (
    (re.compile("約|程度|概ね|おおむね"), "about"),
    (re.compile("以上|[～〜]$"), "at least"),
    (re.compile("上限|最大|以内|以下"), "at most"),
)
_UNITS = {
    "件": "cases", "人": "people", "名": "people", "位": "(rank)", "点": "points", "ポイント": "points",
    "機関": "bodies", "億円": "× 100 million yen", "百万円": "million yen", "千円": "thousand yen",
    "億円/年": "× 100 million yen a year", "百万円／年": "million yen a year", "米ドル": "US dollars",
    "か国": "countries", "カ国": "countries", "か国・地域": "countries and regions", "拠点": "centres",
    "大学・機関": "universities and bodies", "大学": "universities", "校": "schools", "法人": "corporations",
    "社": "companies", "会員": "members", "万シーン": "× 10,000 scenes", "万件": "× 10,000 cases",
    "万人": "× 10,000 people", "倍": "times", "割": "tenths", "都市": "cities", "機": "units",
    "千台": "× 1,000 vehicles", "プログラム": "programmes", "課題": "projects", "プロジェクト": "projects",
    "事業": "programmes", "施策": "measures", "本": "papers", "回": "times", "万km²": "× 10,000 km²",
}  # fmt: skip
_SCALES = {
    "万人": (10_000, "people"), "万件": (10_000, "cases"), "万シーン": (10_000, "scenes"), "万km²": (10_000, "km²"),
    "千台": (1_000, "vehicles"), "億円": (100, "million yen"), "億円/年": (100, "million yen a year"), "割": (10, "%"),
}  # fmt: skip


class Value(NamedTuple):
    """One observation of an indicator: what its page prints, and what is meant.

    ``value`` is the number (as text), ``texts`` the words of the page; ``year`` the (last) year, ``since`` the first of
    a span, ``fiscal`` whether they are fiscal years, ``day`` the date it is as of; ``group`` the part or body that it
    covers; ``fact`` ties it to its indicator.
    """

    iri: str
    indicator: Term
    kind: str
    value: str | None
    texts: tuple[Fact, ...]
    printed: str
    unit: str
    year: int | None
    since: int | None
    fiscal: bool
    day: str | None
    group: Labels
    document: Term
    locator: str | None
    fact: Fact

    @property
    def told(self) -> bool:
        """Whether it says anything: a dash in the place of a figure does not."""
        return self.value is not None or any(not _DASH.fullmatch(fact.value or "") for fact in self.texts)

    @property
    def when(self) -> str | None:
        """The year as an axis shows it: FY2021 (fiscal), 2021 (calendar), FY2019–2021, or the date it is as of."""
        if self.year is None:
            return self.day
        years = f"{self.since}–{self.year}" if self.since not in (None, self.year) else str(self.year)
        return f"FY{years}" if self.fiscal else years

    @property
    def order(self) -> tuple[str, str, int, str]:
        """Where it stands on an axis."""
        return (str(self.year or (self.day or "")[:4]), self.day or "", self.since or 0, self.iri)


def values_of(store: Store, indicators: Collection[Term] | None = None) -> dict[Term, list[Value]]:
    """Read the observations of indicators (None: of all), in the order of their years.

    >>> from stigraph.names import resolve
    >>> from stigraph.store import open_store
    >>> store = open_store()
    >>> deaths = resolve(store, "indicator:i-1065-traffic-deaths").number
    >>> [value.when for value in values_of(store, [deaths])[deaths]][-1]
    '2022'
    """
    if indicators is None:
        observations = {thing.number: thing for thing in store.of_type("sti:Observation")}
    else:
        about = {fact.subject for fact in store.facts_about(indicators, ["sti:indicator"])}
        things = store.things(about)
        observations = {number: thing for number, thing in things.items() if thing.type == "sti:Observation"}
    told: dict[Term, dict[str, list[Fact]]] = {number: {} for number in observations}
    for fact in store.facts_of(observations):
        told[fact.subject].setdefault(fact.predicate, []).append(fact)
    objects = {fact.object for facts in told.values() for same in facts.values() for fact in same}
    ends = store.things({number for number in objects if number is not None})
    values: dict[Term, list[Value]] = {}
    for number, facts in told.items():
        value = _value(observations[number].iri, facts, ends)
        values.setdefault(value.indicator, []).append(value)
    for same in values.values():
        same.sort(key=lambda value: value.order)
    return values


def _value(iri: str, facts: Mapping[str, Sequence[Fact]], ends: Mapping[Term, Thing]) -> Value:
    def text(name: str) -> str | None:
        return facts[name][0].value if name in facts else None

    def end(name: str) -> str:
        return curie(ends[facts[name][0].object or 0].iri) if name in facts else ""

    tie = facts["sti:indicator"][0]
    year, since = text("sti:year"), text("sti:fromYear")
    return Value(
        iri=iri,
        indicator=tie.object or 0,
        kind=end("sti:valueKind") or KINDS[0],
        value=text("sti:value"),
        texts=tuple(facts.get("sti:textValue", ())),
        printed=" / ".join(fact.value or "" for fact in facts.get("sti:asPrinted", ())),
        unit=text("sti:unit") or "",
        year=int(year) if year else None,
        since=int(since) if since else None,
        fiscal=end("sti:yearKind") == "sti:FiscalYear",
        day=text("sti:asOf"),
        group=_group(facts, ends),
        document=tie.source,
        locator=text("sti:locator"),
        fact=tie,
    )


def _group(facts: Mapping[str, Sequence[Fact]], ends: Mapping[Term, Thing]) -> Labels:
    """Name the part that a value covers: its group, or the body that it is of."""
    group = {fact.tag[1:]: fact.value or "" for fact in facts.get("sti:group", ()) if fact.tag}
    bodies = [ends[fact.object] for fact in facts.get("sti:organization", ()) if fact.object is not None]
    if not group and not bodies:
        return {}
    return {
        lang: "・".join([*filter(None, [group.get(lang) or group.get("ja")]), *(body.label(lang) for body in bodies)])
        for lang in ("ja", "en")
    }


def in_words(value: Value) -> Labels:
    """Say a value in a line: the part it covers, the year, the number with its unit or the words of the page.

    >>> from stigraph.names import resolve
    >>> from stigraph.store import open_store
    >>> store = open_store()
    >>> food = resolve(store, "indicator:i-1065-food-self-sufficiency-calorie").number
    >>> in_words(values_of(store, [food])[food][-1])
    {'ja': '2030年度 45%', 'en': 'FY2030: 45%'}
    """
    heads = {lang: " ".join(filter(None, [value.group.get(lang, ""), _when(value, lang)])) for lang in ("ja", "en")}
    return {
        "ja": f"{heads['ja']} {_in_japanese(value)}".strip(),
        "en": f"{heads['en']}: {_in_english(value)}".removeprefix(": "),
    }


def _when(value: Value, lang: str) -> str:
    if value.year is None:
        day = heading(value.day)[lang] if value.day else ""
        return day and (f"{day}時点" if lang == "ja" else f"as of {day}")
    when = value.when or ""
    return when if lang == "en" else f"{when.removeprefix('FY')}{'年度' if value.fiscal else '年'}"


def _in_japanese(value: Value) -> str:
    texts = [fact.value or "" for fact in value.texts if fact.tag != "@en"]
    if texts and (value.value is None or len(texts[0]) <= _LONGEST_TEXT):
        return texts[0]
    return _number(value.value) + value.unit


def _in_english(value: Value) -> str:
    texts = {fact.tag: fact.value or "" for fact in value.texts}
    if value.value is None:
        return texts.get("@en") or next(iter(texts.values()), "")
    factor, unit = _SCALES.get(value.unit, (1, _UNITS.get(value.unit, value.unit)))
    number = _number(str(float(value.value) * factor))
    hedge = next((english for sign, english in _HEDGES if any(map(sign.search, texts.values()))), "")
    told = f"rank {number}" if unit == "(rank)" else f"{number}%" if unit == "%" else f"{number} {unit}"
    return f"{hedge} {told}".strip()


def _number(value: str | None) -> str:
    return f"{float(value or 0):,.6f}".rstrip("0").rstrip(".")


def indicator_chart(store: Store, indicator: str) -> Chart | None:
    """Draw the values of one indicator by year: a series for each kind of value, part (sti:group), body and unit.

    Where two documents print a value for the same year, each has a series of its own, so that they can be compared.
    ``x`` is the year: ``FY2021`` is a fiscal year (from April), ``2021`` a calendar year, ``2022-03`` the date that a
    value without a year is as of; the axis says which of these occur. Values in words, and those without any date, are
    left to the facts of the indicator. ``role`` is ``actual``, ``target``, ``forecast`` or ``baseline``.

    Args:
        store: an open store.
        indicator: anything `stigraph.names.resolve` understands.

    Returns:
        None where there are not two numbers with a date to draw.

    Raises:
        NameNotFoundError, AmbiguousNameError: by the name.
        UsageError: it is not an indicator.

    >>> from stigraph.store import open_store
    >>> chart = indicator_chart(open_store(), "indicator:i-1065-food-self-sufficiency-calorie")
    >>> [(series["label"]["en"], series["points"][-1]["x"]) for series in chart["series"]]
    [('actual', 'FY2022'), ('target value', 'FY2030')]
    """
    found = narrowed(store, indicator, ["sti:Indicator"], view="indicator_chart", wanted="an indicator")
    return draw(store, found, values_of(store, [found.number]).get(found.number, []))


def draw(store: Store, indicator: Thing, values: Iterable[Value]) -> Chart | None:
    """Draw the values of an indicator that were read already; see `indicator_chart`."""
    drawn = [value for value in values if value.value is not None and value.when]
    if len(drawn) < 2:
        return None
    unit = _unit(store, indicator, drawn)
    series = _series(store, drawn, unit)
    return Chart(
        about=indicator.iri,
        kind="lines" if any(len({point["x"] for point in one["points"]}) > 1 for one in series) else "bars",
        title={"ja": indicator.label("ja"), "en": indicator.label("en")},
        unit={"ja": unit, "en": _UNITS.get(unit, unit)},
        axis=_axis(drawn),
        series=series,
    )


def _unit(store: Store, indicator: Thing, values: Sequence[Value]) -> str:
    """Give the unit that most of the values have, else that of the indicator."""
    units = [value.unit for value in values if value.unit]
    if units:
        return max(sorted(set(units)), key=units.count)
    return next((fact.value or "" for fact in store.facts_of([indicator.number], ["sti:unit"])), "")


def _series(store: Store, values: Sequence[Value], unit: str) -> list[Series]:
    """Part the values by kind, group and unit, and by document where two print the same year."""
    parted: dict[tuple[int, tuple[tuple[str, str], ...], str], list[Value]] = {}
    for value in values:
        own = value.unit if value.unit != unit else ""
        parted.setdefault((KINDS.index(value.kind), tuple(sorted(value.group.items())), own), []).append(value)
    documents = store.things({value.document for value in values})
    kinds = store.things({store.number(STI + kind.removeprefix("sti:")) or 0 for kind in KINDS})
    names = {curie(kind.iri): kind for kind in kinds.values()}
    series = []
    for (kind, _, own), same in sorted(parted.items(), key=lambda item: (item[0][0], item[0][1] != ())):
        for document, told in _by_document(same):
            source = documents[document] if document is not None else None
            parts = (names[KINDS[kind]], told[0].group, own, source)
            points = [_point(value, told, documents[value.document].iri) for value in told]
            label = {"ja": _label(*parts, "ja"), "en": _label(*parts, "en")}
            series.append(Series(role=KINDS[kind].removeprefix("sti:").lower(), label=label, points=points))
    return series


def _by_document(values: Sequence[Value]) -> Iterator[tuple[Term | None, Sequence[Value]]]:
    """Part values by document where two documents give one year; else leave them together."""
    documents: dict[Term, list[Value]] = {}
    for value in values:
        documents.setdefault(value.document, []).append(value)
    years = [{value.when for value in same} for same in documents.values()]
    if sum(map(len, years)) == len(set().union(*years)):
        yield None, values
    else:
        yield from documents.items()


def _label(kind: Thing, group: Labels, unit: str, source: Thing | None, lang: str) -> str:
    parts = [kind.label(lang), group.get(lang, "")]
    parts.append(unit if lang == "ja" else _UNITS.get(unit, unit))
    if source is not None:
        parts.append(source.label(lang))
    return ("：" if lang == "ja" else ": ").join(part for part in parts if part)


def _point(value: Value, others: Iterable[Value], document: str) -> Point:
    """Give a point; of two values of one year in one series, each at its own date where the page gives one."""
    twice = sum(other.when == value.when for other in others) > 1
    return Point(
        x=(value.day if twice and value.day else value.when) or "",
        y=float(value.value or 0),
        printed=value.printed,
        document=document,
        locator=value.locator,
    )


def _axis(values: Iterable[Value]) -> Labels:
    """Say what the years of an axis are."""
    values = list(values)
    kinds: list[Labels] = []
    if any(value.year is not None and value.fiscal for value in values):
        kinds.append({"ja": "年度（FY、4月から）", "en": "fiscal year (FY, from April)"})
    if any(value.year is not None and not value.fiscal for value in values):
        kinds.append({"ja": "暦年", "en": "calendar year"})
    if any(value.year is None for value in values):
        kinds.append({"ja": "時点", "en": "as of"})
    return {"ja": "・".join(kind["ja"] for kind in kinds), "en": " / ".join(kind["en"] for kind in kinds)}
