"""A mention of a plan, and the name it is recognised by."""

from typing import NamedTuple

__all__ = ["Mention", "Named"]


class Mention(NamedTuple):
    """One mention of a plan.

    Attributes:
        field: where it stands: ``事業目的``, ``1-3[番号 1].計画通知名``.
        start, end: the quote in the text of the field, from 0, the end not in it; None where the quote is all of it.
        quote: the passage, verbatim.
        cited_as: the name as printed, with the note of its decision.
        document: the IRI of the document, or None.
        basis: ``Extracted``, or ``Inferred`` where the year of the sheet decided.
        kind: ``Declaration`` where the sheet stands on the plan, ``Background`` where it speaks of it.
        note: why it is inferred, or why it is not resolved.
        dated: whether an edition is printed with the name: its number, its year or the day of its decision.
    """

    field: str
    start: int | None
    end: int | None
    quote: str
    cited_as: str
    document: str | None
    basis: str
    kind: str
    note: str | None
    dated: bool

    @property
    def locator(self) -> str:
        """Give the place: the field and the characters of the quote."""
        return self.field if self.start is None else f"{self.field}[{self.start}-{self.end}]"


class Named(NamedTuple):
    """A name found in a text.

    Attributes:
        start, end: where it stands, with the edition before it and the note after it.
        core: the name without year and note; with the edition where that is a part of it.
        number, counter: the edition, ``5`` and ``期``; None and the empty text where none is printed.
        year: the year printed in the name.
        period: the bracket after the name that is a part of it: ``平成26年度~平成30年度``; else empty.
        dates: ISO dates of the note, as precise as printed.
    """

    start: int
    end: int
    core: str
    number: int | None
    counter: str
    year: str | None
    period: str
    dates: tuple[str, ...]

    @property
    def edition_printed(self) -> bool:
        """Tell whether the number, the year, the period or the day of the decision stands with the name."""
        return self.number is not None or bool(self.year or self.period or self.dates)
