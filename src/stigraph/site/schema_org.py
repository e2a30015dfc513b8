"""The same in the vocabulary of schema.org, for the head of a page."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from stigraph.classes import BODIES, DOCUMENTS
from stigraph.site.reading import Corpus
from stigraph.site.words import WORDS
from stigraph.store.reading import Thing
from stigraph.vocab import CATALOGUE, ID, expand

__all__ = ["describe_page", "describe_site", "type_of"]

_TYPES: Mapping[str, str] = {
    "sti:Programme": "FundingScheme",
    "sti:Project": "Project",
    "sti:Ministry": "GovernmentOrganization",
    "sti:Council": "GovernmentOrganization",
    "sti:FundingAgency": "FundingAgency",
    "sti:ResearchInstitution": "ResearchOrganization",
    "sti:Country": "Country",
    "sti:CooperationFramework": "Project",
    "sti:Law": "Legislation",
    "sti:Report": "Report",
    "sti:Objective": "CreativeWork",
    "sti:Indicator": "StatisticalVariable",
    "sti:Source": "Report",
}
_WORKS = {"CreativeWork", "Report", "Legislation"}
_ORGANIZATIONS = {
    "Organization",
    "GovernmentOrganization",
    "FundingAgency",
    "FundingScheme",
    "ResearchOrganization",
    "Project",
}
_LAYERS = ("background", "catalogue")


def type_of(thing: Thing) -> str:
    """Give the class of schema.org that a thing is one of; ``Thing`` where none says it truly.

    >>> type_of(Thing(1, "https://w3id.org/stigraph/id/partner/india", "sti:Country", "インド", "India"))
    'Country'
    """
    if thing.type == "sti:Source" and thing.iri.endswith(_LAYERS):
        return "Dataset"
    if thing.type in _TYPES:
        return _TYPES[thing.type]
    if thing.type in DOCUMENTS:
        return "CreativeWork"
    return "Organization" if thing.type in BODIES else "Thing"


def describe_page(
    corpus: Corpus, thing: Thing, lang: str, *, cited: Iterable[str] = (), url: str | None = None
) -> dict[str, Any]:
    """Describe a page and the thing it is about; ``cited`` are the policy documents that the thing stands on."""
    sources = _sources(corpus, thing)
    page: dict[str, Any] = {
        "@type": "WebPage",
        "name": thing.label(lang),
        "inLanguage": lang,
        "mainEntity": {"@id": thing.iri},
        "isBasedOn": [_brief(source) for source in sources],
    }
    if url:
        page |= {"@id": url, "url": url}
    documents = [corpus.by_iri[iri] for iri in sorted(set(cited)) if iri in corpus.by_iri and iri != thing.iri]
    if documents:
        page["citation"] = [_brief(document) for document in documents]
    nodes = [page, _entity(corpus, thing, sources)]
    if thing.type == "sti:Indicator":
        nodes += [_observation(corpus, found, thing) for found in corpus.subjects(thing.number, "sti:indicator")]
    return {"@context": "https://schema.org", "@graph": [node for node in nodes if node]}


def describe_site(corpus: Corpus, lang: str, *, url: str | None = None) -> dict[str, Any]:
    """Describe the whole: a site, and the data set that it shows."""
    words = WORDS[lang]
    sources = [source for source in corpus.of("sti:Source") if source.iri != CATALOGUE]
    site: dict[str, Any] = {"@type": "WebSite", "name": words["title"], "inLanguage": ["ja", "en"]}
    if url:
        site |= {"@id": url, "url": url}
    data = {
        "@type": "Dataset",
        "@id": ID.removesuffix("/"),
        "name": words["title"],
        "description": words["lead"],
        "isBasedOn": [_brief(source) for source in sources],
    }
    return {"@context": "https://schema.org", "@graph": [site, data]}


def _entity(corpus: Corpus, thing: Thing, sources: Sequence[Thing]) -> dict[str, Any]:
    kind = type_of(thing)
    entity: dict[str, Any] = {"@type": kind, "@id": thing.iri}
    entity["additionalType"] = expand(thing.type) or thing.type
    entity["name"] = _in_languages({"ja": thing.ja, "en": thing.en}) or thing.label("en")
    values = {
        "alternateName": _literals(corpus, thing, "skos:altLabel"),
        "identifier": [fact.value for fact in corpus.values(thing.number, "skos:notation") if fact.value],
        "description": _literals(corpus, thing, "dcterms:description"),
        "sameAs": [match.iri for match in corpus.objects(thing.number, "skos:exactMatch") if _is_web(match.iri)],
    }
    entity |= {name: found for name, found in values.items() if found}
    if kind in _WORKS:
        entity |= _of_work(corpus, thing, kind)
    elif kind in _ORGANIZATIONS:
        wholes = corpus.objects(thing.number, "dcterms:isPartOf")
        wholes += corpus.objects(thing.number, "org:subOrganizationOf")
        above = [_brief(whole) for whole in wholes if type_of(whole) in _ORGANIZATIONS]
        entity |= {"parentOrganization": above} if above else {}
    if thing.type != "sti:Source" and sources:
        entity["subjectOf"] = [{"@id": source.iri} for source in sources]
    return entity


def _of_work(corpus: Corpus, thing: Thing, kind: str) -> dict[str, Any]:
    said: dict[str, Any] = {}
    date = corpus.date(thing) or corpus.text(thing.number, "dcterms:issued")
    if date:
        said["legislationDate" if kind == "Legislation" else "dateCreated"] = date
    first, last = (corpus.text(thing.number, f"sti:{end}FiscalYear") for end in ("first", "last"))
    if first and last and first.isdecimal() and last.isdecimal():
        said["temporalCoverage"] = f"{first}-04-01/{int(last) + 1}-03-31"
    relations = {
        "isBasedOn": corpus.objects(thing.number, "sti:implements"),
        "isPartOf": [whole for whole in corpus.objects(thing.number, "dcterms:isPartOf") if type_of(whole) in _WORKS],
        "about": corpus.objects(thing.number, "sti:monitors"),
    }
    said |= {name: [_brief(other) for other in found] for name, found in relations.items() if found}
    published = [link.iri for link in corpus.objects(thing.number, "dcterms:references") if _is_web(link.iri)]
    return said | ({"url": published} if published else {})


def _observation(corpus: Corpus, thing: Thing, indicator: Thing) -> dict[str, Any]:
    value = corpus.text(thing.number, "sti:value")
    if value is None or not re.fullmatch(r"-?\d+(\.\d+)?", value):
        return {}
    said: dict[str, Any] = {
        "@type": "Observation",
        "@id": thing.iri,
        "name": thing.label("en"),
        "variableMeasured": {"@id": indicator.iri},
        "value": float(value) if "." in value else int(value),
        "unitText": corpus.text(thing.number, "sti:unit") or corpus.text(indicator.number, "sti:unit"),
        "observationDate": corpus.text(thing.number, "sti:asOf") or corpus.text(thing.number, "sti:year"),
        "subjectOf": {"@id": corpus.home(thing).iri},
    }
    return {name: found for name, found in said.items() if found is not None}


def _sources(corpus: Corpus, thing: Thing) -> list[Thing]:
    if thing.type == "sti:Source":
        return [thing]
    facts = [*corpus.facts.get(thing.number, ()), *corpus.pointing.get(thing.number, ())]
    found = {fact.source for fact in facts}
    sources = sorted((corpus.things[number] for number in found), key=lambda source: source.iri)
    return [source for source in sources if source.type == "sti:Source" and source.iri != CATALOGUE]


def _brief(thing: Thing) -> dict[str, str]:
    return {"@type": type_of(thing), "@id": thing.iri, "name": thing.label("en")}


def _in_languages(texts: Mapping[str, str | None]) -> list[dict[str, str]]:
    return [{"@language": lang, "@value": text} for lang, text in texts.items() if text]


def _literals(corpus: Corpus, thing: Thing, predicate: str) -> list[Any]:
    facts = corpus.values(thing.number, predicate)
    found = dict.fromkeys((fact.value, fact.tag) for fact in facts if fact.value)
    return [{"@language": tag[1:], "@value": text} if tag and tag[0] == "@" else text for text, tag in found]


def _is_web(iri: str) -> bool:
    return iri.startswith(("http://", "https://"))
