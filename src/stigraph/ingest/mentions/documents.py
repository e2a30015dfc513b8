"""The documents that can be cited: those of the curated catalogue, and the editions of the table."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from stigraph.ingest.mentions.table import Edition, Series, read_editions, read_series
from stigraph.japanese import fold
from stigraph.vocab import ID, STI

__all__ = ["Document", "Documents", "documents", "label_of"]

_KIND = ID + "document/"
_CITABLE = frozenset(
    STI + kind for kind in ("Plan", "Strategy", "Guideline", "Recommendation", "Communique", "Law", "PolicyDocument")
)
_EDITION_IN_NAME = re.compile(r"第?\d+[期次]|20\d\d(?!アジェンダ|年)|[（(][^()（）]*[)）]")
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


class Document(NamedTuple):
    """A document.

    Attributes:
        iri: its IRI.
        label: its Japanese label.
        edition: its number or year, where its name has one: ``第5期``, ``2016``; else empty.
        decided, revised: the days of its decision and of its revisions, as precise as they are known.
    """

    iri: str
    label: str
    edition: str
    decided: tuple[str, ...]
    revised: tuple[str, ...] = ()

    def decided_after(self, year: int) -> bool:
        """Tell whether it was decided after a year was over."""
        return bool(self.decided) and min(self.decided)[:4] > str(year)

    def decided_on(self, date: str) -> bool:
        """Tell whether a date (``2016-01-22``, ``2016-01``, ``2016``) is that of a decision, as far as both go."""
        return any(date.startswith(day) or day.startswith(date) for day in (*self.decided, *self.revised))


class Documents(NamedTuple):
    """The documents that can be cited.

    Attributes:
        by_name: by a folded name with its edition.
        by_family: by a folded name without edition: all that bear it.
        series: by each folded name of a series: the series.
        by_iri: by IRI.
    """

    by_name: dict[str, Document]
    by_family: dict[str, tuple[Document, ...]]
    series: dict[str, Series]
    by_iri: dict[str, Document]

    def family(self, name: str) -> str:
        """Give the key in ``by_family`` of a name without edition: of a series, its first name."""
        form = fold(name)
        return fold(self.series[form].names[0]) if form in self.series else form


@cache
def documents() -> Documents:
    """Read the catalogue and the table, once."""
    series = {fold(name): one for one in read_series() for name in one.names}
    known = Documents({}, {}, series, {})
    families: dict[str, dict[str, Document]] = defaultdict(dict)
    for document, names in _curated():
        for name in {*names, *_names_in_series(document, names, series)}:
            if fold(name) not in _TOO_SHORT:
                known.by_name.setdefault(fold(name), document)
                families[known.family(_EDITION_IN_NAME.sub("", name))][document.iri] = document
    for edition in read_editions():
        document = Document(
            f"{_KIND}{edition.slug}",
            label_of(edition),
            edition.year or edition.number,
            edition.decided,
            edition.revised,
        )
        for name in _names_of(edition, series[fold(edition.series)]):
            known.by_name.setdefault(name, document)
        families[fold(edition.series)][document.iri] = document
    known.by_family.update({name: tuple(those.values()) for name, those in families.items()})
    known.by_iri.update({one.iri: one for those in known.by_family.values() for one in those})
    return known


def _names_in_series(document: Document, names: list[str], series: dict[str, Series]) -> Iterator[str]:
    """Yield the number or year of a curated document with every name of its series."""
    for name in names:
        bare = fold(_EDITION_IN_NAME.sub("", name))
        for other in series[bare].names if bare in series and document.edition else ():
            yield other + document.edition if document.edition.isdecimal() else document.edition + other


def _names_of(edition: Edition, series: Series) -> Iterator[str]:
    """Give the folded names that mean an edition and no other: its title, and its number or year with each name."""
    plain = {fold(name) for name in series.names}
    if fold(edition.title) not in plain:
        yield fold(edition.title)
    for name in series.names:
        if edition.year:
            yield fold(edition.number + name + edition.year)
            yield fold(name + edition.year)
        elif edition.number:
            yield fold(edition.number + name)


def label_of(edition: Edition) -> str:
    """Give the Japanese label of an edition: its title, made plain by its number or else by the day of its decision.

    >>> slugs = "energy-basic-plan-4", "energy-basic-plan-6"
    >>> [label_of(edition) for edition in read_editions() if edition.slug in slugs]
    ['エネルギー基本計画（2014年4月11日）', '第6次エネルギー基本計画']
    """
    title = fold(edition.title)
    if fold(edition.number) in title and edition.year in title and (edition.number or edition.year or _alone(edition)):
        return edition.title
    if edition.number and not edition.year:
        return edition.number + edition.title
    year, *rest = edition.decided[0].split("-")
    return (
        f"{edition.title}（{year}年{''.join(f'{int(part)}{unit}' for part, unit in zip(rest, '月日', strict=False))}）"
    )


def _alone(edition: Edition) -> bool:
    """Tell whether an edition is the only one of a series that holds every edition."""
    series = next(one for one in read_series() if one.names[0] == edition.series)
    return series.until is not None and len([one for one in read_editions() if one.series == edition.series]) == 1


def _curated() -> Iterator[tuple[Document, list[str]]]:
    """Yield the documents of the catalogue with their Japanese names."""
    import pyoxigraph as ox

    from stigraph.resources import data_folder, input_files, ontology_folder

    names: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, str] = {}
    decided: dict[str, set[str]] = defaultdict(set)
    citable = set()
    for file in input_files(data_folder(), ontology_folder()):
        for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE):
            if not isinstance(quad.subject, ox.NamedNode) or not quad.subject.value.startswith(_KIND):
                continue
            iri, value, term = quad.subject.value, quad.object, quad.predicate.value.rpartition("#")[2]
            if term == "decidedOn":
                decided[iri].add(value.value)
            elif term in {"prefLabel", "altLabel"} and value.language == "ja":
                names[iri].add(value.value)
                if term == "prefLabel":
                    labels[iri] = value.value
            elif term.endswith("type") and value.value in _CITABLE:
                citable.add(iri)
    for iri in sorted(citable & set(labels)):
        edition = _EDITION_IN_NAME.search(labels[iri])
        yield Document(iri, labels[iri], edition[0] if edition else "", tuple(sorted(decided[iri]))), sorted(names[iri])
