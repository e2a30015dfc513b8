"""The names of the vocabulary as plain strings, for code that must not load an RDF library."""

from functools import cache

__all__ = ["BACKGROUND", "CATALOGUE", "ID", "ONTOLOGY", "PREFIXES", "SHEETS", "STI", "curie", "expand", "slug"]

STI = "https://w3id.org/stigraph/ns#"
ID = "https://w3id.org/stigraph/id/"
ONTOLOGY = "https://w3id.org/stigraph/ns"
BACKGROUND = ID + "source/background"
CATALOGUE = ID + "source/catalogue"
SHEETS = ID + "source/review-sheet-catalogue"

_KINDS = [
    "agreement",
    "assessment",
    "budget",
    "discrepancy",
    "document",
    "event",
    "indicator",
    "objective",
    "observation",
    "organization",
    "partner",
    "programme",
    "project",
    "record",
    "result",
    "source",
    "statement",
    "transfer",
]

PREFIXES: dict[str, str] = {
    "sti": STI,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "oa": "http://www.w3.org/ns/oa#",
    "qb": "http://purl.org/linked-data/cube#",
    "id": ID,
} | {kind: f"{ID}{kind}/" for kind in _KINDS}

_LONGEST_FIRST = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))


@cache
def curie(iri: str) -> str:
    """Shorten an IRI by the known prefixes; an IRI of another place comes back as it is.

    >>> curie("https://w3id.org/stigraph/id/programme/sicorp")
    'programme:sicorp'
    """
    for prefix, namespace in _LONGEST_FIRST:
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expand(name: str) -> str | None:
    """Read a full IRI, ``programme:sicorp``, ``id:programme/sicorp`` or ``programme/sicorp``; None for anything else.

    >>> expand("programme/sicorp")
    'https://w3id.org/stigraph/id/programme/sicorp'
    """
    if name.startswith(("http://", "https://")):
        return name
    prefix, colon, local = name.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + local
    kind, slash, local = name.partition("/")
    if slash and kind in _KINDS and local:
        return f"{ID}{kind}/{local}"
    return None


def slug(iri: str) -> str:
    """Give the last part of an IRI.

    >>> slug("https://w3id.org/stigraph/ns#Quotation")
    'Quotation'
    """
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
