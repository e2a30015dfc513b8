"""What a picture draws as one mark: passages in the same words, amounts that several documents print alike."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from stigraph.lineage.model import Node
from stigraph.lineage.sayings import Saying, same_words, sayings_of, sheet_year, years_told
from stigraph.views.model import Labels, View, label_of
from stigraph.vocab import ID, slug

__all__ = ["bundle", "bundle_names", "bundle_passages", "times"]

_PASSAGES: Labels = {
    "ja": "同じ文言の記述はまとめて描く（{0}件を{1}個に。印を選ぶと箇所を示す）。",
    "en": " Passages in the same words are drawn together ({0} as {1}; choose a mark for its places).",
}
_NAMED = frozenset({"sti:Indicator", "sti:Objective"})
_NAMES: Labels = {
    "ja": "何年もシートが同じ名で載せる指標や目標はまとめて描く（{0}件を{1}個に。印を選ぶと内訳を示す）。",
    "en": " Indicators and objectives that the sheets of several years give under one name are drawn together ({0} as "
    "{1}; choose a mark for its parts).",
}
_SHEETS: Labels = {"ja": "（{0}、{1}枚）", "en": " ({0}, {1} sheets)"}
_AND: Labels = {"ja": "、", "en": "; "}


def bundle(view: View, members: Sequence[str], labels: Labels) -> None:
    """Say that nodes are to be drawn as one mark with this caption; exports keep them apart."""
    view.graph.setdefault("bundles", {})[members[0]] = labels
    for node in members:
        view.nodes[node]["bundle"] = members[0]


def times(labels: Labels, count: int) -> Labels:
    """Write beside a caption how many nodes bear it.

    >>> times({"ja": "2021年度 当初予算", "en": "FY2021 initial budget"}, 3)["en"]
    'FY2021 initial budget ×3'
    """
    return {lang: f"{text} ×{count}" for lang, text in labels.items()}


def bundle_passages(view: View) -> View:
    """Bundle the passages in the same words that tie the same things together."""
    alike: dict[tuple[Hashable, ...], list[Node]] = {}
    for iri, data in view.nodes(data=True):
        if data["type"] == "sti:Statement" and iri != view.graph["root"]:
            ends = frozenset(view.predecessors(iri)), frozenset(view.successors(iri))
            alike.setdefault(ends, []).append(Node(iri, data["type"], data["labels"], _said(data)))
    for passages in alike.values():
        for saying in sayings_of(passages):
            if len(saying.ids) > 1:
                bundle(view, saying.ids, _caption(saying))
    view.graph["bundling"] = _PASSAGES
    return view


def bundle_names(view: View) -> View:
    """Bundle the indicators and objectives that the sheets of several years give one programme under one name."""
    turns: Counter[tuple[Hashable, int]] = Counter()
    alike: dict[tuple[Hashable, ...], list[str]] = {}
    for iri, data in view.nodes(data=True):
        year = sheet_year(_source_of(iri))
        if year is not None and data["type"] in _NAMED and iri != view.graph["root"]:
            programmes = frozenset(end for end in view.successors(iri) if view.nodes[end]["type"] == "sti:Programme")
            of = (data["type"], same_words(data["label"]), programmes)
            alike.setdefault((*of, turns[of, year]), []).append(iri)
            turns[of, year] += 1
    for iris in alike.values():
        if len(iris) > 1:
            years = [year for iri in iris if (year := sheet_year(_source_of(iri))) is not None]
            bundle(view, iris, _with_years(view.nodes[iris[0]], years))
    view.graph.setdefault("bundling", _NAMES)
    return view


def _source_of(iri: str) -> str:
    """Give the place of the sheet that a thing of its own bears in its IRI."""
    return f"{ID}source/{slug(iri)}"


def _with_years(data: Mapping[str, Any], years: Sequence[int]) -> Labels:
    return {
        lang: label_of(data, lang) + form.format(years_told(years, lang), len(years)) for lang, form in _SHEETS.items()
    }


def _said(data: Mapping[str, Any]) -> Mapping[str, str]:
    """Give what a passage says, as the keys of `stigraph.lineage.model.Node.facts`."""
    shown: Mapping[str, Any] = next(iter(data["evidence"]), {})
    said = {**shown, "source": shown.get("document")}
    said["kind"] = next((fact["value"] for fact in data["facts"] if fact["property"] == "sti:statementKind"), None)
    return {name: value for name, value in said.items() if isinstance(value, str)}


def _caption(saying: Saying) -> Labels:
    """Name a passage with the fiscal years of its sheets, or else with the number of its places."""
    years = list(_years(saying))
    labels = {}
    for lang in ("ja", "en"):
        told = saying.first.label(lang)
        told = _AND[lang].join(saying.cited) if len(saying.cited) > 1 and len(years) == len(saying.places) else told
        sheets = len({place.source for place in saying.places})
        labels[lang] = told + _SHEETS[lang].format(years_told(years, lang), sheets) if years and sheets > 1 else told
        labels[lang] += "" if years and sheets > 1 else f" ×{len(saying.ids)}"
    return labels


def _years(saying: Saying) -> Iterable[int]:
    return (year for place in saying.places if (year := sheet_year(place.source)) is not None)
