"""Everything that can go wrong, as one tree of exceptions; each message gives the cause and the remedy."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "AmbiguousNameError",
    "DataError",
    "MissingExtraError",
    "NameNotFoundError",
    "NoAnswerError",
    "QueryError",
    "StigraphError",
    "StoreError",
    "UsageError",
]

_LONGEST_NAME = 80
_MOST_LISTED = 20


class StigraphError(Exception):
    """The root of the tree. ``exit_code`` is what the command line ends with: 1 "no", 2 "could not"."""

    exit_code = 2


class UsageError(StigraphError):
    """The question itself is not one that can be asked."""


class NoAnswerError(UsageError):
    """The question can be asked, and the graph holds nothing that would answer it."""

    exit_code = 1


class StoreError(StigraphError):
    """A store cannot be read or written."""


class QueryError(StigraphError):
    """A SPARQL query is refused, broken or out of time."""


class MissingExtraError(StigraphError):
    """An optional library is not installed."""

    def __init__(self, extra: str, purpose: str) -> None:
        super().__init__(f"{purpose} needs an extra: pip install 'stigraph[{extra}]'.")
        self.extra = extra


class DataError(StigraphError):
    """A data file is wrong. ``path`` and ``line`` (from 1, or None) say where."""

    def __init__(self, message: str, path: "Path", line: int | None = None) -> None:
        place = f"{path}:{line}" if line else str(path)
        super().__init__(f"{place}: {message}")
        self.message = message
        self.path = path
        self.line = line

    def __reduce__(self) -> "tuple[type[DataError], tuple[str, Path, int | None]]":
        """Let the error pass from a worker to the one who asked."""
        return DataError, (self.message, self.path, self.line)


def _short(name: str) -> str:
    """Cut a name that was typed to what a sentence can hold."""
    line = " ".join(name.split())
    return line if len(line) <= _LONGEST_NAME else line[: _LONGEST_NAME - 1] + "…"


class NameNotFoundError(StigraphError):
    """Nothing in the graph bears this name. ``nearest`` lists (label, IRI) of the closest names."""

    exit_code = 1

    def __init__(self, name: str, nearest: Sequence[tuple[str, str]] = ()) -> None:
        hint = "".join(f"\n  {label}  <{iri}>" for label, iri in nearest)
        tail = f" The nearest names are:{hint}" if nearest else " Try `stigraph search` with a part of the name."
        super().__init__(f"Nothing is called “{_short(name)}”.{tail}")
        self.name = name
        self.nearest = tuple(nearest)


class AmbiguousNameError(StigraphError):
    """More than one thing bears this name. ``candidates`` lists (label, IRI) of each, the likeliest first."""

    exit_code = 1

    def __init__(self, name: str, candidates: Sequence[tuple[str, str]]) -> None:
        listed = "".join(f"\n  {label}  <{iri}>" for label, iri in candidates[:_MOST_LISTED])
        more = len(candidates) - _MOST_LISTED
        rest = f"\n  … and {more:,} more." if more > 0 else ""
        super().__init__(
            f"“{_short(name)}” is {len(candidates):,} things; say which by a longer name or the IRI:{listed}{rest}"
        )
        self.name = name
        self.candidates = tuple(candidates)
