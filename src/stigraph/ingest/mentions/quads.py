"""The documents of the table as N-Quads, in the graph of what sheets share."""

from collections.abc import Iterator

from stigraph.ingest.identity import CATALOGUE_OF_SHEETS, bodies
from stigraph.ingest.mentions.documents import label_of
from stigraph.ingest.mentions.table import Edition, read_editions, read_series
from stigraph.vocab import ID, PREFIXES, STI

__all__ = ["decision_kind", "plan_quads"]

_DOCUMENT = ID + "document/"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_DATES = {4: "gYear", 7: "gYearMonth", 10: "date"}
_KINDS = (
    ("閣議決定", "CabinetDecision"),
    ("本部決定", "HeadquartersDecision"),
    ("本部策定", "HeadquartersDecision"),
    ("会議決定", "CouncilDecision"),
    ("審議会答申", "CouncilReport"),
    ("大臣決定", "MinisterialDecision"),
    ("省策定", "MinisterialDecision"),
)
_CABINET = ID + "organization/cabinet"


def decision_kind(decided_by: str) -> str | None:
    """Give the kind of decision of the vocabulary, where what is printed says it.

    >>> decision_kind("健康・医療戦略推進本部決定"), decision_kind("策定")
    ('HeadquartersDecision', None)
    """
    return next((kind for ending, kind in _KINDS if decided_by.endswith(ending)), None)


def plan_quads() -> Iterator[bytes]:
    """Yield what the table says of each document, one document at a time."""
    names = {series.names[0]: series.names for series in read_series()}
    for edition in read_editions():
        yield "".join(_lines(edition, names[edition.series])).encode()


def _lines(edition: Edition, names: tuple[str, ...]) -> Iterator[str]:
    node = f"<{_DOCUMENT}{edition.slug}>"
    label = label_of(edition)
    yield _line(node, "rdf", "type", f"<{STI}{edition.kind}>")
    yield _line(node, "skos", "prefLabel", f'"{label}"@ja')
    yield _line(node, "skos", "prefLabel", f'"{edition.title_en}"@en')
    for tag, text in _descriptions(edition).items():
        yield _line(node, "dcterms", "description", f'"{text}"@{tag}')
    for alias in sorted({edition.title, *_aliases(edition, names)} - {label}):
        yield _line(node, "skos", "altLabel", f'"{alias}"@ja')
    for day in edition.decided:
        yield _line(node, "sti", "decidedOn", f'"{day}"^^<{_XSD}{_DATES[len(day)]}>')
    kind = decision_kind(edition.decided_by)
    if kind:
        yield _line(node, "sti", "decisionKind", f"<{STI}{kind}>")
    body = _CABINET if kind == "CabinetDecision" else bodies().by_name.get(edition.decided_by.removesuffix("決定"))
    if body:
        yield _line(node, "sti", "decidedBy", f"<{body}>")
    if edition.follows:
        yield _line(node, "dcterms", "replaces", f"<{_DOCUMENT}{edition.follows}>")
    if edition.note:
        yield _line(node, "skos", "note", f'"{edition.note}"@en')
    for place in edition.places:
        sheet, field = place.split(" ")
        yield _line(node, "prov", "wasDerivedFrom", f"<{ID}source/{sheet}>")
        yield _line(node, "sti", "locator", f'"{sheet} {field}"')


def _descriptions(edition: Edition) -> dict[str, str]:
    """Say in a sentence what is known of a document: what sheets print of it."""
    days = "、".join(edition.decided)
    printed = f"（{'、'.join(filter(None, (edition.decided_by, days)))}と印刷）" if days else ""
    on = f", printed with the decision of {' and '.join(edition.decided)}" if days else ""
    return {
        "ja": f"行政事業レビューシートが引く文書{printed}。",
        "en": f"A document that administrative review sheets cite{on}.",
    }


def _aliases(edition: Edition, names: tuple[str, ...]) -> Iterator[str]:
    """Yield number or year with each name of the series."""
    for name in names:
        if edition.year and not any(character.isdigit() for character in name):
            yield f"{edition.number}{name}{edition.year}"
        elif edition.number and not edition.year:
            yield f"{edition.number}{name}"


def _line(node: str, prefix: str, term: str, value: str) -> str:
    space = {**PREFIXES, "sti": STI}[prefix]
    return f"{node} <{space}{term}> {value} <{CATALOGUE_OF_SHEETS}> .\n"
