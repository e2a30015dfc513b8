"""What the page of one thing shows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from stigraph.classes import BODIES, PARTNERS
from stigraph.discrepancies import Discrepancy, discrepancies
from stigraph.site.drawings import Drawings
from stigraph.site.entries import Value, first_line, told, web_links
from stigraph.site.grounds import Standing, Stands, standing, stands
from stigraph.site.portraits import Says, portrait
from stigraph.site.reading import Corpus
from stigraph.site.rendering import Renderer, json_text
from stigraph.site.schema_org import describe_page
from stigraph.site.words import FAMILY_WORDS, WORDS, inverse_word
from stigraph.store.reading import Term, Thing
from stigraph.vocab import CATALOGUE

__all__ = ["Glance", "Studied", "Study", "content_of"]

_AT_A_GLANCE: Mapping[str, Sequence[str]] = {
    "programme": (
        "sti:ministry",
        "sti:agency",
        "dcterms:isPartOf",
        "sti:startFiscalYear",
        "sti:endFiscalYear",
        "sti:supportPeriod",
        "sti:minSupport",
        "sti:maxSupport",
        "sti:succeeds",
    ),
    "project": ("dcterms:isPartOf", "sti:organization", "sti:partner", "sti:startFiscalYear", "sti:endFiscalYear"),
    "document": (
        "sti:decidedOn",
        "sti:decisionKind",
        "sti:decidedBy",
        "sti:firstFiscalYear",
        "sti:lastFiscalYear",
        "sti:implements",
        "dcterms:replaces",
        "sti:preparedFor",
        "sti:monitors",
    ),
    "organization": ("dcterms:isPartOf", "org:subOrganizationOf"),
    "partner": ("sti:hasMember",),
    "indicator": ("sti:indicatorClass", "sti:measures", "sti:unit", "sti:betterWhen", "dcterms:isPartOf"),
    "objective": ("dcterms:isPartOf",),
}
_MANY = 6
_ASKED_UP = frozenset({"programme", "project", "indicator", "objective", "document", "organization"})
_ASKED_DOWN = frozenset({"document", "objective", "partner", "programme", "project"})


class Glance(NamedTuple):
    """One line of what is known at a glance: a property and its values, whoever says so."""

    label: str
    values: Sequence[Value]
    more: int


class Studied(NamedTuple):
    """What a page needs that is the same in both languages."""

    stands: Stands | None
    standing: Standing | None
    discrepancies: Sequence[Discrepancy]


class Study:
    """Looks at every thing once for both languages: its lineage both ways, and the discrepancies that touch it."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.discrepancies = discrepancies(corpus.store)
        self._touched: dict[Term, dict[str, Discrepancy]] = {}
        for found in self.discrepancies:
            for number in _touched(corpus, found):
                self._touched.setdefault(number, {})[found.thing.iri] = found
        self._studied: dict[str, Studied] = {}

    def __getitem__(self, thing: Thing) -> Studied:
        """Look at a thing; what was seen is kept."""
        if thing.iri not in self._studied:
            family = self.corpus.family(thing)
            self._studied[thing.iri] = Studied(
                stands(self.corpus, thing) if family in _ASKED_UP else None,
                standing(self.corpus, thing) if family in _ASKED_DOWN else None,
                list(self._touched.get(thing.number, {}).values()),
            )
        return self._studied[thing.iri]


def _touched(corpus: Corpus, found: Discrepancy) -> Iterable[Term]:
    """List what a discrepancy is about: its subjects, the nodes that disagree, and what these are about."""
    yield from (subject.number for subject in found.subjects)
    for side in found.sides:
        yield side.node.number
        for predicate in ("sti:subject", "sti:programme", "sti:indicator"):
            yield from (thing.number for thing in corpus.objects(side.node.number, predicate))


def content_of(renderer: Renderer, study: Study, drawings: Drawings, thing: Thing, lang: str) -> dict[str, Any]:
    """Collect what the page of a thing shows in one language."""
    corpus = renderer.corpus
    family = corpus.family(thing)
    assert family
    studied = study[thing]
    says = portrait(corpus, thing, lang, shown=_told_above(studied))
    cited = _documents(studied)
    path = renderer.addresses.pages[thing.iri]
    list_page, list_word = FAMILY_WORDS[family]
    return {
        "thing": thing,
        "family": family,
        "title": thing.label(lang),
        "crumbs": [("index.html", WORDS[lang]["home"]), (list_page, WORDS[lang][list_word])],
        "kind": corpus.word(thing.type, lang),
        "description": corpus.text(thing.number, "dcterms:description", lang),
        "names": _names(corpus, thing),
        "glance": _glance(corpus, thing, family, lang),
        "superseded": _superseded(corpus, thing),
        "same": sorted(match.iri for match in corpus.objects(thing.number, "skos:exactMatch")),
        "web": web_links(corpus, thing),
        "stands": studied.stands,
        "standing": studied.standing,
        "asked_up": family in {"programme", "project"} or (family == "indicator" and bool(_leads(studied.stands))),
        "asked_down": family in {"document", "objective"},
        "runs": _runs(corpus, thing, lang) if thing.type in BODIES else [],
        "is_body": thing.type in BODIES,
        "is_partner": thing.type in PARTNERS,
        "says": says,
        "discrepancies": studied.discrepancies,
        "picture": drawings.picture(thing, studied, lang, path),
        "charts": drawings.charts(thing),
        "explore": drawings.explore.get(thing.iri),
        "used": _used(corpus, thing, says, studied),
        "data": f"data/{path.removesuffix('.html')}.ttl",
        "path": path,
        "jsonld": json_text(describe_page(corpus, thing, lang, cited=cited, url=_url(renderer, lang, path))),
    }


def _url(renderer: Renderer, lang: str, path: str) -> str | None:
    return f"{renderer.base_url}{lang}/{path}" if renderer.base_url else None


def _leads(found: Stands | None) -> bool:
    return bool(found and (found.grounds or found.steps))


def _runs(corpus: Corpus, thing: Thing, lang: str) -> list[tuple[str, list[Thing]]]:
    """List the programmes and projects of a body by what it has to do with them, whichever document says so."""
    groups: dict[str, dict[str, Thing]] = {}
    for predicate in ("sti:ministry", "sti:agency", "sti:organization"):
        for other in corpus.subjects(thing.number, predicate):
            title = inverse_word(predicate, other.type, lang)
            if title and corpus.family(other):
                groups.setdefault(title, {})[other.iri] = other
    return [(title, corpus.by_label(found.values(), lang)) for title, found in groups.items()]


def _names(corpus: Corpus, thing: Thing) -> list[tuple[str, str | None, bool]]:
    """List every other name with its language, codes marked, each once."""
    names: dict[tuple[str, str | None, bool], None] = {}
    for predicate in ("skos:notation", "skos:prefLabel", "skos:altLabel"):
        for fact in corpus.values(thing.number, predicate):
            lang = fact.tag[1:] if fact.tag and fact.tag.startswith("@") else None
            if fact.value and fact.value not in (thing.ja, thing.en):
                names[fact.value, lang, predicate == "skos:notation"] = None
    return list(names)


def _glance(corpus: Corpus, thing: Thing, family: str, lang: str) -> list[Glance]:
    lines = []
    for predicate in _AT_A_GLANCE.get(family, ()):
        facts = corpus.values(thing.number, predicate)
        own = [fact for fact in facts if fact.tag == f"@{lang}"]
        kept = own or facts
        if predicate == "sti:decidedOn" and facts:
            kept = [next(fact for fact in facts if fact.value == corpus.date(thing))]
        values = list(dict.fromkeys(told(corpus, fact, lang) for fact in kept))
        if values:
            lines.append(
                Glance(
                    corpus.word(predicate, lang),
                    values[:_MANY],
                    len(values[_MANY:]),
                )
            )
    return lines


def _superseded(corpus: Corpus, thing: Thing) -> list[tuple[Thing, str]]:
    """List what replaces a document, with the date of it."""
    return [(later, corpus.date(later)) for later in corpus.subjects(thing.number, "dcterms:replaces")]


def _told_above(studied: Studied) -> set[str]:
    """Collect the passages that the page quotes under lineage."""
    shown = set()
    if studied.stands:
        shown |= {passage.node.id for ground in studied.stands.grounds for passage in ground.passages}
    if studied.standing:
        shown |= {passage.node.id for citer in studied.standing.citers for passage in citer.passages}
        shown |= {passage.node.id for passage in studied.standing.uncited}
    return shown


def _documents(studied: Studied) -> list[str]:
    if not studied.stands:
        return []
    found = [ground.document.id for ground in studied.stands.grounds if ground.document]
    found += [step.node.id for ground in studied.stands.grounds for step in ground.chain]
    return [*found, *studied.stands.through]


def _used(corpus: Corpus, thing: Thing, says: Sequence[Says], studied: Studied) -> list[tuple[Thing, list[str]]]:
    """List the sources that the page rests on, each with the locators it names."""
    places: dict[str, dict[str, None]] = {}
    for said in says:
        shown = [place for claim in said.claims for _, found in claim.values for place in found]
        shown += [entry.evidence for group in said.groups for entry in group.entries]
        shown += [place for group in said.groups for _, found in group.links for place in found]
        for place in shown:
            places.setdefault(place.document, {})[place.locator or ""] = None
    for passage in _passages(studied):
        facts = passage.facts
        places.setdefault(facts.get("source", ""), {})[facts.get("locator", "")] = None
    return [
        (corpus.by_iri[iri], sorted(filter(None, found), key=_line_order))
        for iri, found in sorted(places.items())
        if iri in corpus.by_iri and iri not in (CATALOGUE,)
    ]


def _passages(studied: Studied) -> list[Any]:
    found = [
        passage.node for ground in (studied.stands.grounds if studied.stands else ()) for passage in ground.passages
    ]
    if studied.standing:
        found += [passage.node for citer in studied.standing.citers for passage in citer.passages]
    return found


def _line_order(locator: str) -> tuple[int, str]:
    return first_line(locator), locator
