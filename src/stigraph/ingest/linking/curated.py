"""Sheets joined to the programmes of the curated catalogue, each join read and given its reason by hand.

The table ``curated.csv`` names one sheet of a programme, the relation, the curated programme and the reason:

* ``same``: the sheets are of the curated programme, and bear its IRI;
* ``contains``: the budget project holds the curated programme without being it;
* ``within``: the budget project is a part of the curated programme.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from stigraph.errors import DataError
from stigraph.ingest.linking.model import Key, Links

__all__ = ["PROGRAMME", "Join", "join_curated", "read_joins"]

PROGRAMME = "https://w3id.org/stigraph/id/programme/"
"""What the IRIs of curated programmes begin with."""

_TABLE = Path(__file__).with_name("curated.csv")
_COLUMNS = ["year", "ministry", "number", "relation", "programme", "reason"]
_RELATIONS = ("same", "contains", "within")


class Join(NamedTuple):
    """One row: a sheet of the programme, the relation, the IRI of the curated programme, the reason."""

    sheet: Key
    relation: str
    programme: str
    reason: str


def read_joins(path: Path | None = None) -> list[Join]:
    """Read the table.

    >>> {join.relation for join in read_joins() if join.programme.endswith("/sicorp")}
    {'contains'}

    Raises:
        DataError: with file and line, where a row is not of the form above.
    """
    table = path or _TABLE
    try:
        with table.open(encoding="utf-8", newline="") as file:
            return list(_rows(table, file))
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"cannot be read: {error}.", table) from None


def _rows(path: Path, lines: Iterator[str]) -> Iterator[Join]:
    reader = csv.reader(lines)
    if next(reader, None) != _COLUMNS:
        raise DataError(f"the first line must be {','.join(_COLUMNS)}.", path, 1)
    for row in reader:
        if len(row) != len(_COLUMNS) or not all(row) or not row[0].isdecimal() or row[3] not in _RELATIONS:
            message = f"a row is year, ministry, number, one of {', '.join(_RELATIONS)}, programme, reason."
            raise DataError(message, path, reader.line_num)
        year, ministry, number, relation, programme, reason = row
        yield Join((int(year), ministry, number), relation, PROGRAMME + programme, reason)


def join_curated(links: Links, joins: list[Join] | None = None) -> dict[int, list[Join]]:
    """Give the joins of each programme of the sheets, by its place in ``links.programmes``.

    The table names every sheet of a programme, so that any of them may be missing; a sheet that was not imported has no
    join. Several programmes may be the same curated one if they have no year in common, as where a request was printed
    under another name.

    Raises:
        ValueError: where two sheets of one year would be of one curated programme, or one of two.
    """
    places = links.by_sheet()
    found: dict[int, list[Join]] = defaultdict(list)
    owner: dict[tuple[str, int], int] = {}
    for join in read_joins() if joins is None else joins:
        place = places.get(join.sheet)
        if place is None:
            continue
        if join.relation == "same":
            if any(other.relation == "same" and other.programme != join.programme for other in found[place]):
                raise ValueError(f"The sheet {join.sheet} is joined to two curated programmes.")
            for year, _, _ in links.programmes[place]:
                if owner.setdefault((join.programme, year), place) != place:
                    raise ValueError(f"Two sheets of {year} are joined to {join.programme}.")
        if not any(other[1:3] == join[1:3] for other in found[place]):
            found[place].append(join)
    return dict(found)
