"""The home page and the lists that lead to every page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from stigraph.classes import BODIES, DOCUMENTS, PARTNERS
from stigraph.site.drawings import Drawings
from stigraph.site.reading import Corpus
from stigraph.site.rendering import Pen, Renderer
from stigraph.site.sources import Sources
from stigraph.site.things import Study
from stigraph.site.words import WORDS
from stigraph.store.reading import Thing
from stigraph.vocab import slug

__all__ = ["LISTS", "Lister", "Row", "Section"]

_PROGRAMMES = ("sti:Programme", "sti:Project")
_SOME = 6
_GAPS = (
    "cites-nothing",
    "only-through-the-whole",
    "only-through-its-parts",
    "by-inference",
    "only-superseded",
    "uncited",
)


class Row(NamedTuple):
    """One line of a table; ``anchor`` where something leads to it."""

    cells: Sequence[Markup | str]
    anchor: str | None = None


class Section(NamedTuple):
    """One table of a list, under a heading."""

    title: Markup | str
    anchor: str
    columns: Sequence[str]
    rows: Sequence[Row]
    group: str = ""


class Lister:
    """Makes the lists of one language."""

    def __init__(self, renderer: Renderer, study: Study, sources: Sources, drawings: Drawings, lang: str) -> None:
        self.corpus: Corpus = renderer.corpus
        self.renderer = renderer
        self.study = study
        self.sources = sources
        self.drawings = drawings
        self.lang = lang
        self.w = WORDS[lang]
        self.pen = Pen(self.corpus, renderer.addresses, lang, "list.html")

    def sections(self, name: str) -> list[Section]:
        """Give the tables of a list by the name of its page, those without a row left out."""
        return [section for section in LISTS[name][1](self) if section.rows]

    def _section(
        self, title: Markup | str, anchor: str, columns: Sequence[str], rows: Iterable[Row | Sequence[Markup | str]]
    ) -> Section:
        made = [row if isinstance(row, Row) else Row(row) for row in rows]
        return Section(title, anchor, [self.w.get(name, name) for name in columns], made)

    def _links(self, things: Iterable[Thing]) -> Markup:
        return Markup(", " if self.lang == "en" else "、").join(map(self.pen.link, things))

    def _short(self, thing: Thing) -> str:
        """Give the shortest other name or code: the abbreviation people know it by."""
        names = [
            fact.value
            for predicate in ("skos:notation", "skos:altLabel")
            for fact in self.corpus.values(thing.number, predicate)
            if fact.value and fact.value.isascii() and fact.value.upper() == fact.value and len(fact.value) < 16
        ]
        return min(names, key=lambda name: (len(name), name), default="")

    def _cites(self, thing: Thing) -> int:
        found = self.study[thing].stands
        return sum(len(ground.passages) for ground in found.grounds) if found else 0

    def documents(self) -> list[Section]:
        """Policy documents by date, the newest first."""
        dated = sorted(self.corpus.of(*DOCUMENTS), key=lambda thing: (self.corpus.date(thing), thing.iri), reverse=True)
        columns = ("date", "document", "kind", "decided_by", "standing", "passages")
        known = [thing for thing in dated if self.corpus.date(thing)]
        rest = self.corpus.by_label((thing for thing in dated if not self.corpus.date(thing)), self.lang)
        return [
            self._section(self.w["documents_by_date"], "dated", columns, map(self._document, known)),
            self._section(self.w["undated"], "undated", columns, map(self._document, rest)),
        ]

    def _document(self, thing: Thing) -> Row:
        found = self.study[thing].standing
        return Row(
            (
                self.corpus.date(thing),
                self.pen.link(thing),
                self.corpus.word(thing.type, self.lang),
                self._links(self.corpus.objects(thing.number, "sti:decidedBy")),
                _number(len(found.citers) if found else 0),
                _number(len(self.corpus.subjects(thing.number, "sti:statedIn"))),
            )
        )

    def programmes(self) -> list[Section]:
        """Programmes and projects by the ministry that answers for them, and by the body that runs them."""
        things = self.corpus.by_label(self.corpus.of(*_PROGRAMMES), self.lang)
        sections, named = [], set[str]()
        for predicate, word in (("sti:ministry", "by_ministry"), ("sti:agency", "by_agency")):
            groups = self._by(things, predicate)
            named |= {thing.iri for found in groups.values() for thing in found}
            for body in self.corpus.by_label((self.corpus.things[number] for number in groups), self.lang):
                anchor = f"{slug(predicate.replace(':', '/'))}-{self.renderer.addresses.anchor(body)}"
                found = self._programmes(self.pen.link(body), anchor, groups[body.number])
                sections.append(found._replace(group=self.w[word]))
        rest = [thing for thing in things if thing.iri not in named]
        return [*sections, self._programmes(self.w["none_named"], "rest", rest)]

    def _by(self, things: Iterable[Thing], predicate: str) -> Mapping[int, list[Thing]]:
        groups: dict[int, list[Thing]] = {}
        for thing in things:
            for other in self.corpus.objects(thing.number, predicate):
                groups.setdefault(other.number, []).append(thing)
        return groups

    def _programmes(self, title: Markup | str, anchor: str, things: Iterable[Thing]) -> Section:
        rows = [
            (
                self.pen.link(thing),
                self._short(thing),
                self.corpus.word(thing.type, self.lang),
                self._links(self.corpus.objects(thing.number, "dcterms:isPartOf")),
                _number(self._cites(thing)),
            )
            for thing in things
        ]
        return self._section(title, anchor, ("programme", "other_names", "kind", "part_of", "passages"), rows)

    def organizations(self) -> list[Section]:
        """Organizations by class."""
        return [
            self._section(
                self.corpus.word(kind, self.lang),
                slug(kind.replace(":", "/")).lower(),
                ("body", "other_names", "programmes"),
                [
                    (self.pen.link(thing), self._short(thing), _number(self._runs(thing)))
                    for thing in self.corpus.by_label(self.corpus.of(kind), self.lang)
                ],
            )
            for kind in BODIES
        ]

    def _runs(self, thing: Thing) -> int:
        found = {
            fact.subject
            for fact in self.corpus.pointing.get(thing.number, ())
            if fact.predicate in {"sti:agency", "sti:ministry", "sti:organization"}
            and self.corpus.things[fact.subject].type in _PROGRAMMES
        }
        return len(found)

    def partners(self) -> list[Section]:
        """Partners by kind: countries, groups of countries, frameworks."""
        return [
            self._section(
                self.corpus.word(kind, self.lang),
                slug(kind.replace(":", "/")).lower(),
                ("body", "other_names", "programmes", "member_of"),
                [
                    (
                        self.pen.link(thing),
                        self._short(thing),
                        _number(
                            sum(
                                found.type in _PROGRAMMES for found in self.corpus.subjects(thing.number, "sti:partner")
                            )
                        ),
                        self._links(self.corpus.subjects(thing.number, "sti:hasMember")),
                    )
                    for thing in self.corpus.by_label(self.corpus.of(kind), self.lang)
                ],
            )
            for kind in PARTNERS
        ]

    def indicators(self) -> list[Section]:
        """Indicators by what they measure."""
        things = self.corpus.of("sti:Indicator")
        groups = self._by(things, "sti:measures")
        targets = sorted((self.corpus.things[number] for number in groups), key=lambda thing: thing.iri)
        measured = {thing.iri for found in groups.values() for thing in found}
        sections = [
            self._indicators(
                self.pen.link(target), self.renderer.addresses.anchor(target), groups[target.number]
            )._replace(group=self.corpus.word(target.type, self.lang))
            for target in sorted(targets, key=lambda thing: (thing.type != "sti:Objective", thing.type, thing.iri))
        ]
        rest = [thing for thing in things if thing.iri not in measured]
        return [*sections, self._indicators(self.w["none_named"], "rest", rest)]

    def _indicators(self, title: Markup | str, anchor: str, things: Iterable[Thing]) -> Section:
        rows = [
            (
                self.corpus.text(thing.number, "skos:notation") or "",
                self.pen.link(thing),
                self._links(self.corpus.objects(thing.number, "sti:indicatorClass")),
                self.corpus.text(thing.number, "sti:unit", self.lang) or "",
                _number(len(self.corpus.subjects(thing.number, "sti:indicator"))),
            )
            for thing in sorted(
                things, key=lambda thing: (self.corpus.text(thing.number, "skos:notation") or "~", thing.iri)
            )
        ]
        return self._section(title, anchor, ("code", "indicator", "kind", "unit", "values"), rows)

    def objectives(self) -> list[Section]:
        """Objectives by the document that sets them, the smaller after the larger."""
        groups: dict[str, list[Thing]] = {}
        for thing in self.corpus.of("sti:Objective"):
            document = self._document_of(thing)
            groups.setdefault(document.iri if document else "", []).append(thing)
        return [
            self._section(
                self.pen.link(self.corpus.by_iri[iri]) if iri else self.w["none_named"],
                self.renderer.addresses.anchor(self.corpus.by_iri[iri]) if iri else "rest",
                ("objective", "part_of", "indicators_short", "passages"),
                [
                    (
                        self.pen.link(thing),
                        self._links(self.corpus.objects(thing.number, "dcterms:isPartOf")),
                        _number(len(self.corpus.subjects(thing.number, "sti:measures"))),
                        _number(len(self.corpus.subjects(thing.number, "sti:underObjective"))),
                    )
                    for thing in groups[iri]
                ],
            )
            for iri in sorted(groups, key=lambda iri: (not iri, iri))
        ]

    def _document_of(self, thing: Thing) -> Thing | None:
        seen: set[int] = set()
        stack = [thing]
        while stack:
            for whole in self.corpus.objects(stack.pop(0).number, "dcterms:isPartOf"):
                if whole.type in DOCUMENTS:
                    return whole
                if whole.number not in seen:
                    seen.add(whole.number)
                    stack.append(whole)
        return None

    def source_documents(self) -> list[Section]:
        """The documents the graph was read from, with what was read."""
        kinds = ("sti:Statement", "sti:BudgetLine", "sti:Observation", "sti:Record")
        rows = []
        for source in self.corpus.of("sti:Source"):
            counts = self.sources.counts(source)
            rows.append((self.pen.link(source), *(_number(counts.get(kind, 0)) for kind in kinds)))
        columns = ("document", *(self.corpus.word(kind, self.lang) for kind in kinds))
        return [self._section(self.w["sources_list"], "sources", columns, rows)]

    def gaps(self) -> list[Section]:
        """Where no passage leads on, or only inference or a superseded plan does."""
        flagged: dict[str, list[Thing]] = {flag: [] for flag in _GAPS}
        view = self.drawings.view("gaps")
        for iri, data in view.nodes(data=True) if view is not None else ():
            for flag in data["flags"]:
                flagged.setdefault(flag, []).append(self.corpus.by_iri[iri])
        objectives = [
            thing for thing in self.corpus.of("sti:Objective") if not self.corpus.subjects(thing.number, "sti:measures")
        ]
        indicators = [
            thing
            for thing in self.corpus.of("sti:Indicator")
            if not self.corpus.subjects(thing.number, "sti:indicator")
        ]
        return [
            *(self._gap(flag, sorted(flagged[flag], key=lambda thing: thing.iri)) for flag in _GAPS),
            self._gap("no-indicator", objectives),
            self._gap("no-value", indicators),
        ]

    def _gap(self, gap: str, things: Sequence[Thing]) -> Section:
        rows = [
            (
                self.pen.link(thing),
                self.corpus.word(thing.type, self.lang),
                self.pen.place(self.corpus.passage(thing))
                if thing.type == "sti:Statement"
                else self._links(self.corpus.objects(thing.number, "dcterms:isPartOf")),
            )
            for thing in things
        ]
        last = "where" if gap == "uncited" else "part_of"
        return self._section(self.w[f"gap-{gap}"], gap, ("about", "kind", last), rows)

    def vocabulary(self) -> list[Section]:
        """The classes, properties and concepts, with their definitions."""
        groups: dict[str, list[Row]] = {}
        for thing in self.corpus.vocabulary:
            definition = self.corpus.text(thing.number, "skos:definition", self.lang) or ""
            anchor = self.renderer.addresses.of[thing.iri].partition("#")[2]
            row = Row(
                (self.pen.label(thing), Markup("<code>sti:{}</code>").format(slug(thing.iri)), definition), anchor
            )
            groups.setdefault(_kind_of_term(thing), []).append(row)
        return [
            self._section(self.w[kind], kind, ("term", "code", "definition"), rows)
            for kind, rows in sorted(groups.items())
        ]

    def counts(self) -> list[tuple[str, int, str | None]]:
        """Count what the graph holds: word, number, and the list it is in."""
        kinds: list[tuple[str, Sequence[str], str | None]] = [
            ("Programme", _PROGRAMMES, "programmes.html"),
            ("PolicyDocument", DOCUMENTS, "documents.html"),
            ("Statement", ("sti:Statement",), "sources.html"),
            ("Organization", BODIES, "organizations.html"),
            ("Partner", PARTNERS, "partners.html"),
            ("Indicator", ("sti:Indicator",), "indicators.html"),
            ("Observation", ("sti:Observation",), None),
            ("BudgetLine", ("sti:BudgetLine",), None),
            ("Discrepancy", ("sti:Discrepancy",), "discrepancies.html"),
            ("Source", ("sti:Source",), "sources.html"),
        ]
        return [(self.w[f"counted_{name}"], len(self.corpus.of(*types)), page) for name, types, page in kinds]

    def cards(self) -> list[dict[str, Any]]:
        """Give the cards of the home page: a list, a word for it, and its first entries."""
        documents = [thing for thing in self.corpus.of(*DOCUMENTS) if self.corpus.date(thing)]
        newest = sorted(documents, key=lambda thing: (self.corpus.date(thing), thing.iri), reverse=True)
        plans = [thing for thing in newest if thing.type in ("sti:Plan", "sti:Strategy") and self._citers(thing)]
        whole = [thing for thing in self.corpus.of("sti:Programme") if not self._is_part(thing)]
        programmes = sorted(whole, key=lambda thing: (-self._cites(thing), thing.iri))
        bodies = sorted(self.corpus.of(*BODIES), key=lambda thing: (-self._runs(thing), thing.iri))
        partners = sorted(
            self.corpus.of(*PARTNERS),
            key=lambda thing: (-len(self.corpus.subjects(thing.number, "sti:partner")), thing.iri),
        )
        indicators = sorted(
            self.corpus.of("sti:Indicator"),
            key=lambda thing: (-len(self.corpus.subjects(thing.number, "sti:indicator")), thing.iri),
        )
        chosen = [
            ("documents.html", "documents_by_date", plans, self.corpus.date),
            ("programmes.html", "programmes_by_body", programmes, self._short),
            ("organizations.html", "organizations_by_class", bodies, self._short),
            ("partners.html", "partners_by_kind", partners, self._short),
            ("indicators.html", "indicators_by_objective", indicators, lambda thing: ""),
            ("objectives.html", "objectives_by_document", self._top_objectives(), lambda thing: ""),
            ("sources.html", "sources_list", self.corpus.of("sti:Source"), lambda thing: ""),
        ]
        return [
            {"page": page, "word": self.w[word], "items": [(thing, note(thing)) for thing in things[:_SOME]]}
            for page, word, things, note in chosen
        ]

    def _is_part(self, thing: Thing) -> bool:
        """Say whether a programme is part of one that itself stands on passages."""
        return any(self._cites(other) for other in self.corpus.objects(thing.number, "dcterms:isPartOf"))

    def _citers(self, thing: Thing) -> int:
        found = self.study[thing].standing
        return len(found.citers) if found else 0

    def _top_objectives(self) -> list[Thing]:
        return sorted(
            self.corpus.of("sti:Objective"),
            key=lambda thing: (-len(self.corpus.subjects(thing.number, "sti:underObjective")), thing.iri),
        )


def _number(count: int) -> Markup:
    return Markup('<span class="n">{}</span>').format(f"{count:,}" if count else "–")


def _kind_of_term(thing: Thing) -> str:
    if "Class" in thing.type:
        return "term_classes"
    if "Property" in thing.type:
        return "term_properties"
    return "term_concepts"


LISTS: Mapping[str, tuple[str, Callable[[Lister], list[Section]]]] = {
    "documents.html": ("documents_by_date", Lister.documents),
    "programmes.html": ("programmes_by_body", Lister.programmes),
    "organizations.html": ("organizations_by_class", Lister.organizations),
    "partners.html": ("partners_by_kind", Lister.partners),
    "indicators.html": ("indicators_by_objective", Lister.indicators),
    "objectives.html": ("objectives_by_document", Lister.objectives),
    "sources.html": ("sources_list", Lister.source_documents),
    "gaps.html": ("gaps", Lister.gaps),
    "vocabulary.html": ("vocabulary", Lister.vocabulary),
}
"""The lists by the name of their page: the word for the heading, and what makes the tables."""
