"""What did not come in, and why: one line of the report an import ends with."""

from typing import NamedTuple

__all__ = ["REMARK", "REPEATED", "Refusal"]

REPEATED, REMARK = "repeated", "remark"


class Refusal(NamedTuple):
    """One thing that did not fit.

    Attributes:
        path: the file.
        place: where in it: the line, the record, the field.
        reason: what is wrong there.
        year: the fiscal year of the sheet, where it is known.
        ministry: its ministry, where it is known.
        number: its number, where it is known.
        kind: ``refused`` for a record that is no sheet, ``repeated`` for a sheet that comes again further on, where it
            is taken from, ``remark`` for what is said of a file.
    """

    path: str
    place: str
    reason: str
    year: int | None = None
    ministry: str | None = None
    number: str | None = None
    kind: str = "refused"
