"""What the index keeps as rows, so that no record of a sheet need be read for it."""

from collections.abc import Iterable, Sequence

__all__ = ["FIRST_OF_SHEETS", "in_records"]

FIRST_OF_SHEETS = 1 << 32
"""Numbers from here on are made of a sheet and a place in it."""

_IN_ROWS = frozenset(
    {
        "sti:ministry",
        "sti:agency",
        "sti:contributesTo",
        "sti:measures",
        "sti:indicatorClass",
        "sti:partner",
        "sti:party",
        "sti:hasMember",
        "sti:implements",
        "sti:monitors",
        "sti:succeeds",
        "sti:subject",
        "sti:records",
        "sti:recordsValue",
        "sti:between",
        "sti:underObjective",
        "dcterms:isPartOf",
        "dcterms:replaces",
        "dcterms:source",
        "org:subOrganizationOf",
    }
)
"""Properties that, of what sheets share, lead to shared things alone, if at all: rows of the index say all of it."""

_OF_OWN = frozenset(
    {
        "sti:quote",
        "sti:citedAs",
        "sti:locator",
        "sti:statementKind",
        "sti:basis",
        "sti:decidedOn",
        "sti:decisionKind",
        "sti:decidedBy",
        "sti:preparedFor",
        "sti:programme",
        "prov:wasDerivedFrom",
    }
)
"""Properties that sheets print of what they have of their own, never of what they share."""

_IN_ROWS_OR_OF_OWN = _IN_ROWS | _OF_OWN


def in_records(numbers: Iterable[int], predicates: Sequence[str], *, far: bool) -> set[int]:
    """Keep the things of which records may say something.

    Where all the properties that are asked for (as CURIEs; none: any) are kept as rows, only what one sheet has of its
    own is left.

    Args:
        numbers: the things.
        predicates: the properties.
        far: the things are the objects, not the subjects.

    >>> in_records([7, FIRST_OF_SHEETS], ["sti:ministry"], far=False) == {FIRST_OF_SHEETS}
    True
    >>> in_records([7], ["sti:ministry", "skos:note"], far=False), in_records([7], [], far=True)
    ({7}, {7})
    """
    elsewhere = _IN_ROWS if far else _IN_ROWS_OR_OF_OWN
    if predicates and elsewhere.issuperset(predicates):
        return {number for number in numbers if number >= FIRST_OF_SHEETS}
    return set(numbers)
