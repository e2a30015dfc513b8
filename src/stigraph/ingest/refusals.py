"""What did not come in, and why: one line of the report an import ends with."""

from typing import NamedTuple

__all__ = ["Refusal"]


class Refusal(NamedTuple):
    """One thing that did not fit.

    Attributes:
        path: the file.
        place: where in it: the line, the record, the field.
        reason: what is wrong there.
    """

    path: str
    place: str
    reason: str
