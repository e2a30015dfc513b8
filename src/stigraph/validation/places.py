"""Where in the files a thing is written: from a node to the file and the line of its block."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from stigraph.vocab import PREFIXES

__all__ = ["InputFile", "Place", "Places"]

_PREFIX = re.compile(r"@?prefix\s+([\w.-]*):\s*<([^>]*)>", re.IGNORECASE)
_SUBJECT = re.compile(r"<(?P<iri>[^>]+)>|(?P<prefix>[\w.-]*):(?P<local>[^\s;,]+)")
_TYPE = PREFIXES["rdf"] + "type"


@dataclass(frozen=True, slots=True)
class Place:
    """A file, the line (from 1, or None) and the named graph of the file."""

    path: Path
    line: int | None
    graph: str


@dataclass(frozen=True)
class InputFile:
    """One Turtle file: its path, the IRI of its named graph, its triples."""

    path: Path
    graph: str
    triples: Sequence[ox.Triple]

    def line(self, node: str, words: Iterable[str] = ()) -> int | None:
        """Find the line where a node's block begins, or the first line in the block that holds one of the words."""
        start = self._starts.get(node)
        if start is None:
            return None
        patterns = [re.compile(rf"(?<![\w:.-]){re.escape(word)}(?![\w-])") for word in words]
        block = self._lines[start : self._end(start)]
        found = (number for pattern in patterns for number, line in enumerate(block, start + 1) if pattern.search(line))
        return next(found, start + 1)

    def spellings(self, iri: str) -> list[str]:
        """List the ways an IRI may be written in this file."""
        short = [f"{name}:{iri[len(space) :]}" for name, space in self._prefixes.items() if iri.startswith(space)]
        return [*short, f"<{iri}>"]

    def _end(self, start: int) -> int:
        return min((other for other in self._starts.values() if other > start), default=len(self._lines))

    @cached_property
    def _lines(self) -> list[str]:
        return self.path.read_text(encoding="utf-8", errors="replace").split("\n")

    @cached_property
    def _prefixes(self) -> dict[str, str]:
        return {match[1]: match[2] for line in self._lines if (match := _PREFIX.match(line))}

    @cached_property
    def _starts(self) -> dict[str, int]:
        """Index of the line (from 0) on which the block of each subject begins: a name in the first column."""
        starts: dict[str, int] = {}
        for number, line in enumerate(self._lines):
            match = _SUBJECT.match(line)
            if match and match["iri"]:
                starts.setdefault(match["iri"], number)
            elif match and match["prefix"] in self._prefixes:
                starts.setdefault(self._prefixes[match["prefix"]] + match["local"], number)
        return starts


class Places:
    """The files, asked for the place of a node."""

    def __init__(self, files: Sequence[InputFile]) -> None:
        self._described: dict[str, dict[int, list[ox.Triple]]] = {}
        self._pointed_at: dict[str, tuple[InputFile, str]] = {}
        self._files = files
        for number, file in enumerate(files):
            for triple in file.triples:
                subject = _name(triple.subject)
                self._described.setdefault(subject, {}).setdefault(number, []).append(triple)
                self._pointed_at.setdefault(_name(triple.object), (file, subject))

    def locate(self, node: str, hints: Iterable[str] = ()) -> Place | None:
        """Find the block to mend for a fault of a node.

        A thing has a block in several files, one for each document that speaks of it.

        Args:
            node: the IRI of the thing.
            hints: the graph, the properties and the values the fault is about; the block in that graph, else the one
                that holds most of them is meant, else the one that says what class the thing is of. A thing that is
                described nowhere is found where it is used.
        """
        blocks = self._described.get(node)
        if not blocks:
            return self._first_use(node)
        wanted = set(hints)
        best = max(blocks, key=lambda number: self._fitness(number, blocks[number], wanted))
        file = self._files[best]
        return Place(file.path, file.line(node), file.graph)

    def _fitness(self, number: int, triples: Collection[ox.Triple], wanted: set[str]) -> tuple[bool, int, int]:
        return self._files[number].graph in wanted, _matches(triples, wanted), _matches(triples, {_TYPE})

    def _first_use(self, node: str) -> Place | None:
        if node not in self._pointed_at:
            return None
        file, subject = self._pointed_at[node]
        return Place(file.path, file.line(subject, file.spellings(node)), file.graph)


def _name(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return "" if isinstance(term, ox.Triple) else term.value


def _matches(triples: Collection[ox.Triple], wanted: set[str]) -> int:
    return sum((triple.predicate.value in wanted) + (_name(triple.object) in wanted) for triple in triples)
