"""By which properties a thing is named, dated, found and led to policy; which graphs are ours."""

from collections.abc import Iterable

from stigraph.vocab import ID, ONTOLOGY

__all__ = [
    "DATES",
    "LABELS",
    "PARTS_OF_POLICY",
    "TO_POLICY",
    "UNNAMED",
    "WORDS",
    "calendar_span",
    "fiscal_span",
    "is_source",
    "telling",
]

LABELS = {"skos:prefLabel": 0, "rdfs:label": 0, "skos:notation": 1, "skos:altLabel": 2}
"""The properties that name a thing, and the rank of the name."""

WORDS = ("dcterms:description", "sti:quote", "sti:citedAs", "sti:asPrinted", "sti:target", "sti:textValue")
"""The properties whose text is searched beside the names."""

UNNAMED = frozenset(
    f"sti:{name}"
    for name in ("Statement", "BudgetLine", "Record", "Observation", "Assessment", "Transfer", "Discrepancy")
)
"""What carries a fact: found by its words, but never what a person names."""

TO_POLICY = frozenset(
    {"sti:cites", "sti:statedIn", "sti:underObjective", "sti:contributesTo", "sti:implements", "sti:measures"}
)
"""The properties by which a step of lineage leads towards policy."""

PARTS_OF_POLICY = frozenset({"sti:Objective"})
"""The classes of which a part leads to its whole as well."""

_GENERAL = frozenset(f"sti:{name}" for name in ("PolicyDocument", "Organization", "Partner", "Source"))


def is_source(graph: str) -> bool:
    """Say whether a named graph is one of ours: a source, or the vocabulary; a server may hold others.

    >>> is_source("https://w3id.org/stigraph/id/source/background"), is_source("http://www.w3.org/ns/ldp#")
    (True, False)
    """
    return graph == ONTOLOGY or graph.startswith(ID + "source/")


def telling(types: Iterable[str]) -> str:
    """Choose the class, as a CURIE, under which a thing of several is shown: the one that says more.

    >>> telling(["sti:PolicyDocument", "sti:Plan"])
    'sti:Plan'
    """
    return min(types, key=lambda name: (name in _GENERAL, not name.startswith("sti:"), name))


def calendar_span(value: str) -> tuple[str, str]:
    """Give the first and the last day a date printed as year, year-month or day may mean.

    >>> calendar_span("2022-04")
    ('2022-04-01', '2022-04-31')
    """
    if len(value) >= 10:
        return value, value
    return value + "-01-01"[len(value) - 10 :], value + "-12-31"[len(value) - 10 :]


def fiscal_span(value: str) -> tuple[str, str]:
    """Give the first and the last day of a fiscal year.

    >>> fiscal_span("2022")
    ('2022-04-01', '2023-03-31')
    """
    return f"{value}-04-01", f"{int(value) + 1}-03-31"


DATES = {"sti:fiscalYear": fiscal_span, "dcterms:issued": calendar_span, "sti:decidedOn": calendar_span}
"""The properties that date a thing; the later ones say more."""
