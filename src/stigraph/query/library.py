"""The named queries: competency questions, one ``.rq`` file each.

A file begins with comments: ``# en:`` and ``# ja:`` say the question, ``# parameter: NAME KIND/SLUG`` a variable
that the caller may bind by a name (``--set programme=SICORP``) and what it is bound to by default.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from stigraph.errors import NameNotFoundError
from stigraph.vocab import ID

__all__ = ["NamedQuery", "named_queries", "named_query"]

_FOLDER = Path(__file__).parent / "named"
_HEADER = re.compile(r"^# (en|ja|parameter): (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A competency question and its SPARQL; ``parameters`` gives the default IRI of each variable that may be bound."""

    name: str
    questions: Mapping[str, str]
    parameters: Mapping[str, str]
    text: str


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """Give every named query, by name.

    >>> "programmes-citing-plan" in named_queries()
    True
    """
    return {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.rq"))}


def named_query(name: str) -> NamedQuery:
    """Give one named query.

    Raises:
        NameNotFoundError: there is none of that name; carries the nearest.
    """
    path = _FOLDER / f"{name}.rq"
    if re.fullmatch(r"[\w-]+", name) and path.is_file():
        return _read(path)
    import difflib

    known = named_queries()
    near = difflib.get_close_matches(name, known, n=3, cutoff=0)
    raise NameNotFoundError(name, [(known[other].questions["en"], other) for other in near])


def _read(path: Path) -> NamedQuery:
    text = path.read_text(encoding="utf-8")
    headers = _HEADER.findall(text)
    parameters = {}
    for key, value in headers:
        if key == "parameter":
            variable, default = value.split()
            parameters[variable] = ID + default
    return NamedQuery(path.stem, {key: value for key, value in headers if key != "parameter"}, parameters, text)
