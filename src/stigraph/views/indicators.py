"""Which objective is measured by which indicator, what are its values and targets, and how is it judged?"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from stigraph.classes import DOCUMENTS
from stigraph.store.reading import Fact, Store, Term, Thing
from stigraph.views.bundling import bundle_names
from stigraph.views.drafting import Draft
from stigraph.views.extent import SHEETS_READ, extent_of
from stigraph.views.marks import weight_of
from stigraph.views.model import Labels, View
from stigraph.views.narrowing import closure, narrowed, reverse, steps_of
from stigraph.views.observations import KINDS, draw, in_words, indicator_chart, values_of
from stigraph.vocab import STI, curie

__all__ = ["indicator_chart", "indicators"]

_PROGRAMMES = ("sti:Programme", "sti:Project")
_MEASURED = ("sti:Objective", *_PROGRAMMES, *DOCUMENTS)
_ATTAINED = {
    "OnTrack": "on-track",
    "AtRisk": "at-risk",
    "NoTarget": "no-target",
    "Unknown": "attainment-unknown",
}
_NOT_KNOWN = STI + "Unknown"
_UNKNOWN: Mapping[str, Labels] = {
    "attainment": {"ja": "達成状況不明", "en": "attainment unknown"},
    "trend": {"ja": "変化不明", "en": "trend unknown"},
}
_WORDS: Mapping[str, Labels] = {
    "on-track": {"ja": "達成見込み", "en": "on track"},
    "at-risk": {"ja": "課題あり", "en": "at risk"},
    "no-target": {"ja": "目標設定なし（資料の判定）", "en": "no target set, say the documents"},
    "attainment-unknown": _UNKNOWN["attainment"],
    "target": {"ja": "目標値がある", "en": "has a target value"},
    "no-data": {"ja": "値がない", "en": "no value recorded"},
    "no-actual": {"ja": "実績値がない", "en": "no actual value"},
    "values-in-parts": {"ja": "値は内訳の指標にある", "en": "values only in its parts"},
    "no-indicator": {"ja": "測る指標がない", "en": "no indicator measures it, nor a part of it"},
    "indicators-in-parts": {"ja": "下位だけに指標がある", "en": "indicators only for its parts"},
    "through-programmes": {"ja": "貢献する事業には指標がある", "en": "a programme for it has an indicator"},
}
_COLUMNS: Sequence[Sequence[Labels]] = [
    [{"ja": "計画・政策文書", "en": "plans and policy documents"}],
    [
        {"ja": "目標", "en": "objectives"},
        {"ja": "その下の目標", "en": "objectives under them"},
        {"ja": "さらに下の目標", "en": "objectives further down"},
    ],
    [{"ja": "上位の事業", "en": "programmes with parts"}, {"ja": "事業・課題", "en": "programmes and projects"}],
    [{"ja": "指標", "en": "indicators"}, {"ja": "内訳の指標", "en": "parts of indicators"}],
    [{"ja": "目標値・評価", "en": "targets and assessments"}],
]
_RELATIONS = ("dcterms:isPartOf", "sti:measures", "sti:contributesTo")
_JUDGING = ("sti:attainment", "sti:trend")
_TITLE: Labels = {"ja": "目標・指標・値・評価", "en": "objectives, indicators, values and assessments"}
_ROOT_WEIGHT = 100.0
_WEIGHT_BESIDE = 1.5


class _Place(NamedTuple):
    """A column: its zone from policy to judgement, and the depth within the zone."""

    zone: int
    depth: int


def indicators(store: Store, thing: str | None = None, *, sheets: int = SHEETS_READ) -> View:
    """Show objective, indicator, values, targets and assessment: what is measured, by what, and how it stands.

    Edges lead towards policy: ``dcterms:isPartOf`` from an objective to its plan and from an indicator to the one it is
    a part of, ``sti:measures`` from an indicator to an objective, programme or project, ``sti:contributesTo`` from a
    programme to an objective, ``sti:indicator`` from a target or an assessment to its indicator (its caption says the
    target or the judgement). All values of an indicator are among its facts (one for each observation, by kind) and,
    where they are numbers with a year, in its chart; only targets and assessments are nodes.

    Flags of objectives and programmes: ``no-indicator`` (nothing measures it or a part of it), ``indicators-in-parts``,
    ``through-programmes`` (no indicator, but one for a programme that contributes to it). Flags of indicators:
    ``no-data`` (no observation, nor of a part of it), ``values-in-parts``, ``no-actual`` (none of its values is an
    actual one; a printed dash is no value), ``target``, and as the documents judge ``on-track``, ``at-risk``,
    ``no-target``, ``attainment-unknown``; what is measured is flagged ``no-data`` when none of its indicators has any.

    Args:
        store: an open store.
        thing: a policy document, an objective, a programme, a project or an indicator; None for all that curated
            documents speak of.
        sheets: read at most so many of the review sheets that speak of the thing, the newest first.

    Raises:
        NameNotFoundError, AmbiguousNameError: by the name.
        UsageError: the thing is none of these.

    >>> from stigraph.store import open_store
    >>> graph = indicators(open_store(), "I-1065")
    >>> sorted({flag for _, data in graph.nodes(data=True) for flag in data["flags"]})
    ['at-risk', 'indicators-in-parts', 'on-track', 'target', 'values-in-parts']
    """
    wanted = "a plan or other policy document, an objective, a programme, a project or an indicator"
    types = {*_MEASURED, "sti:Indicator"}
    root = narrowed(store, thing, types, view="indicators", wanted=wanted) if thing is not None else None
    extent = extent_of(store, root, sheets)
    store = extent.store
    reading = _Reading(store)
    chosen, measured = reading.chosen(root)
    draft = Draft(store)
    for number in sorted(chosen | measured):
        draft.node(number, flags=reading.flags(number))
    for fact in reading.structure:
        if fact.subject in draft.nodes and fact.object in draft.nodes:
            draft.follow(fact)
    for fact, caption, flags in reading.beside(sorted(chosen)):
        draft.follow(fact, caption=caption)
        draft.node(fact.subject, flags=flags)
    for number in draft.nodes:
        draft.node(number, weight=_ROOT_WEIGHT if root and number == root.number else reading.weight(number))
    layers = _arrange(draft, reading)
    drawn = (draw(store, reading.things[number], reading.values.get(number, [])) for number in sorted(chosen))
    title, sentence = _said(draft, reading, root, chosen)
    view = draft.finish(
        "indicators",
        title=title,
        sentence=sentence,
        root=root,
        arrangement="layered",
        layers=layers,
        charts=[chart for chart in drawn if chart is not None],
        words={**_WORDS, **reading.words(chosen)},
    )
    _tell_values(view, reading, chosen)
    return extent.tell(bundle_names(view))


class _Judgement(NamedTuple):
    """One assessment of an indicator: the fact that ties it, and what it says of attainment and trend."""

    fact: Fact
    attainment: Thing | None
    trend: Thing | None

    @property
    def flags(self) -> list[str]:
        return [_ATTAINED[self.attainment.iri.removeprefix(STI)]] if self.attainment else []

    @property
    def caption(self) -> Labels:
        said = [
            _UNKNOWN[slot] if concept.iri == _NOT_KNOWN else {"ja": concept.label("ja"), "en": concept.label("en")}
            for slot, concept in (("attainment", self.attainment), ("trend", self.trend))
            if concept is not None
        ]
        return {"ja": "・".join(word["ja"] for word in said), "en": ", ".join(word["en"] for word in said)}


class _Reading:
    """What the store says of objectives, programmes, indicators, their values and assessments."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.things = {thing.number: thing for thing in store.of_type("sti:Indicator", *_MEASURED)}
        self.indicators = {number for number, thing in self.things.items() if thing.type == "sti:Indicator"}
        self.structure = [fact for fact in store.facts_of(self.things, _RELATIONS) if fact.object in self.things]
        self.wholes, self.measures, self.aims = (steps_of(store, self.things, relation) for relation in _RELATIONS)
        self.parts, self.measuring, self.acting = map(reverse, (self.wholes, self.measures, self.aims))
        self.values = values_of(store)
        self.judged = self._judged()

    def _judged(self) -> dict[Term, list[_Judgement]]:
        assessments = [thing.number for thing in self.store.of_type("sti:Assessment")]
        told: dict[Term, dict[str, Fact]] = {}
        for fact in self.store.facts_of(assessments, ["sti:indicator", "sti:attainment", "sti:trend"]):
            told.setdefault(fact.subject, {}).setdefault(fact.predicate, fact)
        ends = {fact.object for facts in told.values() for fact in facts.values()}
        concepts = self.store.things(end for end in ends if end is not None)
        judged: dict[Term, list[_Judgement]] = {}
        for facts in told.values():
            said = [concepts[facts[name].object or 0] if name in facts else None for name in _JUDGING]
            if tie := facts.get("sti:indicator"):
                judged.setdefault(tie.object or 0, []).append(_Judgement(tie, *said))
        return judged

    def chosen(self, root: Thing | None) -> tuple[set[Term], set[Term]]:
        """Give the indicators of the view, and everything else that stands in it but targets and assessments."""
        if root is None:
            aims = {number for number, thing in self.things.items() if thing.type == "sti:Objective"}
            return set(self.indicators), self._upwards(aims | self._measured_by(self.indicators))
        below = closure([root.number], self.parts)
        if root.type == "sti:Indicator":
            found = self._with_wholes(below)
            return found, self._upwards(self._measured_by(found))
        below |= {actor for end in below for actor in self.acting.get(end, ()) if self.measuring.get(actor)}
        found = closure({indicator for end in below for indicator in self.measuring.get(end, ())}, self.parts)
        found = self._with_wholes(found)
        kept = {number for number in below if self._belongs(number, root)} | self._measured_by(found)
        if root.type in _PROGRAMMES:
            kept |= {aim for actor in kept for aim in self.aims.get(actor, ())}
        return found, self._upwards(kept)

    def _with_wholes(self, indicators: Iterable[Term]) -> set[Term]:
        return closure(indicators, self.wholes) & self.indicators

    def _measured_by(self, indicators: Iterable[Term]) -> set[Term]:
        return {end for indicator in indicators for end in self.measures.get(indicator, ())}

    def _belongs(self, number: Term, root: Thing) -> bool:
        """Keep what was asked for, every objective under it, and of programmes what is measured."""
        measured = bool(self.measuring.get(number))
        return number == root.number or measured or self.things[number].type == "sti:Objective"

    def _upwards(self, numbers: Iterable[Term]) -> set[Term]:
        return closure(numbers, self.wholes) & set(self.things)

    def beside(self, indicators: Iterable[Term]) -> Iterator[tuple[Fact, Labels, list[str]]]:
        """Yield the targets and assessments of indicators: the tie, what its caption says, the flags of the node."""
        for indicator in indicators:
            for value in self.values.get(indicator, ()):
                if value.kind == "sti:Target":
                    yield value.fact, in_words(value), ["target"]
            for judgement in self.judged.get(indicator, ()):
                yield judgement.fact, judgement.caption, judgement.flags

    def flags(self, number: Term) -> list[str]:
        """Say of an indicator, an objective or a programme how it stands."""
        if number in self.indicators:
            return list(dict.fromkeys(self._flags_of_indicator(number)))
        if self.things[number].type in DOCUMENTS:
            return []
        return list(self._flags_of_measured(number))

    def _flags_of_indicator(self, indicator: Term) -> Iterator[str]:
        values = self.values.get(indicator, [])
        if not values:
            yield "values-in-parts" if self.has_data(indicator) else "no-data"
        elif not any(value.kind == "sti:Actual" and value.told for value in values):
            yield "no-actual"
        if any(value.kind == "sti:Target" for value in values):
            yield "target"
        for judgement in self.judged.get(indicator, ()):
            yield from judgement.flags

    def has_data(self, indicator: Term) -> bool:
        """Say whether an indicator or a part of it has any value."""
        return any(self.values.get(part) for part in closure([indicator], self.parts))

    def _flags_of_measured(self, measured: Term) -> Iterator[str]:
        own = self.measuring.get(measured, [])
        if own:
            yield from [] if any(map(self.has_data, own)) else ["no-data"]
        elif any(self.measuring.get(part) for part in closure([measured], self.parts)):
            yield "indicators-in-parts"
        else:
            yield "no-indicator"
            actors = closure(self.acting.get(measured, ()), self.parts)
            yield from ["through-programmes"] * any(self.measuring.get(actor) for actor in actors)

    def place(self, number: Term, drawn: Collection[Term]) -> _Place:
        """Give the column of a thing: its zone, and how deep it lies among things of its kind."""
        thing = self.things.get(number)
        if thing is None:
            return _Place(len(_COLUMNS) - 1, 0)
        if thing.type in DOCUMENTS:
            return _Place(0, 0)
        if thing.type in _PROGRAMMES:
            whole = not self._wholes_alike(number) and any(part in drawn for part in self.parts.get(number, ()))
            return _Place(2, 0 if whole else 1)
        zone = 1 if thing.type == "sti:Objective" else 3
        depth, frontier = 0, self._wholes_alike(number)
        while frontier and depth < len(_COLUMNS[zone]) - 1:
            depth, frontier = depth + 1, {whole for part in frontier for whole in self._wholes_alike(part)}
        return _Place(zone, depth)

    def _wholes_alike(self, number: Term) -> set[Term]:
        """Give what a thing is part of among things of its kind; programmes and projects are one kind."""
        type_ = self.things[number].type
        alike = _PROGRAMMES if type_ in _PROGRAMMES else (type_,)
        wholes = self.wholes.get(number, ())
        return {whole for whole in wholes if whole in self.things and self.things[whole].type in alike}

    def weight(self, number: Term) -> float:
        """Weigh plans most, then objectives by what measures them and indicators by how many values they have."""
        thing = self.things.get(number)
        if thing is None:
            return _WEIGHT_BESIDE
        used = len(self.measuring.get(number, ())) + len(self.values.get(number, ())) + len(self.judged.get(number, ()))
        return weight_of(thing.type) + 0.25 * min(used, 12)

    def words(self, indicators: Iterable[Term]) -> dict[str, Labels]:
        """Label the kinds of value, the documents that print the values, and each observation by its value."""
        values = [value for number in indicators for value in self.values.get(number, ())]
        kinds = [self.store.number(STI + kind.removeprefix("sti:")) for kind in KINDS]
        named = self.store.things(
            {*(value.document for value in values), *(kind for kind in kinds if kind is not None)}
        )
        words: dict[str, Labels] = {}
        for thing in named.values():
            labels = {"ja": thing.label("ja"), "en": thing.label("en")}
            words |= {thing.iri: labels, curie(thing.iri): labels} if thing.number in kinds else {thing.iri: labels}
        return words | {value.iri: in_words(value) for value in values}


def _arrange(draft: Draft, reading: _Reading) -> list[Labels]:
    """Put every node in its column and give the headings of the columns that hold any."""
    places = {number: reading.place(number, draft.nodes.keys()) for number in draft.nodes}
    ordered = {place: layer for layer, place in enumerate(sorted(set(places.values())))}
    for number, place in places.items():
        draft.node(number, layer=ordered[place])
    return [_COLUMNS[place.zone][place.depth] for place in ordered]


def _tell_values(view: View, reading: _Reading, indicators: Iterable[Term]) -> None:
    """Add the values of each indicator to its facts, and their documents to those of the view."""
    values = {number: reading.values.get(number, []) for number in indicators}
    documents = reading.store.things({value.document for same in values.values() for value in same})
    for number, same in values.items():
        view.nodes[reading.things[number].iri]["facts"] += [
            {
                "property": value.kind,
                "value": value.iri,
                "thing": value.iri,
                "lang": None,
                "document": documents[value.document].iri,
                "locator": value.locator,
            }
            for value in sorted(same, key=lambda value: KINDS.index(value.kind))
        ]
    view.graph["sources"] = sorted({*view.graph["sources"], *(document.iri for document in documents.values())})


def _said(draft: Draft, reading: _Reading, root: Thing | None, indicators: Collection[Term]) -> tuple[Labels, Labels]:
    """Write the title and the sentence, with counts of what is drawn."""
    things = [reading.things[number] for number in draft.nodes if number in reading.things]
    flags = Counter((thing.type, flag) for thing in things for flag in draft.nodes[thing.number]["flags"])
    values = [value for number in indicators for value in reading.values.get(number, ())]
    aims = sum(thing.type == "sti:Objective" for thing in things)
    judged = sum(len(reading.judged.get(number, ())) for number in indicators)
    bare, empty = flags["sti:Objective", "no-indicator"], flags["sti:Indicator", "no-data"]
    targets = sum(value.kind == "sti:Target" for value in values)
    track, risk = flags["sti:Indicator", "on-track"], flags["sti:Indicator", "at-risk"]
    ja = [
        _counted(aims, "目標{}", [(bare, "測る指標のないもの{}")], "（", "、", "）"),
        _counted(len(indicators), "指標{}", [(empty, "値のないもの{}")], "（", "、", "）"),
        _counted(len(values), "値{}", [(targets, "目標値{}")], "（", "、", "）"),
        _counted(judged, "評価{}", [(track, "達成見込みの指標{}"), (risk, "課題ありの指標{}")], "（", "、", "）"),
    ]
    en = [
        _counted(aims, f"{{}} objective{'s' * (aims != 1)}", [(bare, "{} without an indicator")]),
        _counted(len(indicators), f"{{}} indicator{'s' * (len(indicators) != 1)}", [(empty, "{} without a value")]),
        _counted(len(values), f"{{}} value{'s' * (len(values) != 1)}", [(targets, "targets: {}")]),
        _counted(
            judged,
            f"{{}} assessment{'s' * (judged != 1)}",
            [(track, "indicators on track: {}"), (risk, "at risk: {}")],
        ),
    ]
    title: Labels = {"ja": _TITLE["ja"], "en": _TITLE["en"].capitalize()}
    of = {"ja": "", "en": ""}
    if root is not None:
        title = {lang: f"{root.label(lang)}{colon}{_TITLE[lang]}" for lang, colon in (("ja", "："), ("en", ": "))}
        of = {"ja": f"「{root.label('ja')}」をめぐる", "en": f" around {root.label('en')}"}
    told = {"ja": "、".join(filter(None, ja)), "en": ", ".join(filter(None, en))}
    if not told["en"]:
        told = {"ja": "目標も指標も記されていない", "en": "no objective and no indicator"}
    return title, {"ja": f"{of['ja']}{told['ja']}。", "en": f"Shown{of['en']}: {told['en']}."}


def _counted(
    number: int,
    noun: str,
    parts: Iterable[tuple[int, str]],
    opening: str = " (",
    between: str = ", ",
    closing: str = ")",
) -> str:
    """Write a count and, in brackets, the counts of its parts; nothing for none.

    >>> _counted(3, "{} objectives", [(1, "{} without an indicator"), (0, "{} at risk")])
    '3 objectives (1 without an indicator)'
    """
    told = between.join(text.format(part) for part, text in parts if part)
    return (noun.format(number) + (f"{opening}{told}{closing}" if told else "")) if number else ""
