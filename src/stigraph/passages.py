"""Are the quoted words really there? Each passage of the graph, looked up at its place in the text of its source."""

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from stigraph.errors import StoreError
from stigraph.japanese import squeeze
from stigraph.resources import data_folder, input_files, ontology_folder
from stigraph.vocab import PREFIXES, STI, curie

__all__ = ["Miss", "PassageCheck", "SourceText", "check_passages", "lines_at"]

_KINDS = ("quote", "citedAs", "asPrinted")
_LOCATOR = re.compile(r"L(\d+)(?:-L(\d+))?")
_SEPARATOR = re.compile(r"\s*;\s*")
_SOURCE = PREFIXES["prov"] + "wasDerivedFrom"
_NOTATION = PREFIXES["skos"] + "notation"


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a source: its file, its lines, and whether it is the very text the graph was read from."""

    path: Path
    lines: Sequence[str]
    same: bool


@dataclass(frozen=True, slots=True)
class Miss:
    """A passage that is not where the graph says.

    Attributes:
        source: the IRI of the source.
        path: the text file that was looked into.
        node: the IRI of the node that carries the passage.
        kind: ``quote``, ``citedAs`` or ``asPrinted``.
        locator: the place, as the graph gives it.
        text: the passage.
        elsewhere: the first line of the file from which the passage runs, where the locator is merely wrong.
    """

    source: str
    path: Path
    node: str
    kind: str
    locator: str
    text: str
    elsewhere: int | None = None

    def __str__(self) -> str:
        """Say it in one line."""
        hint = f"; it begins on L{self.elsewhere}" if self.elsewhere else ""
        return f"{self.path}: {curie(self.node)} sti:{self.kind} is not at {self.locator}{hint}: {self.text}"


@dataclass(frozen=True, slots=True)
class PassageCheck:
    """The outcome of looking up every passage.

    Attributes:
        checked: how many passages were looked up, by source (IRI) and kind.
        misses: those that were not found, in the order of the graph.
        texts: the text file of each source that has one.
        without_text: the sources that have passages with a locator but no text in the folder, and how many.
    """

    checked: Mapping[str, Mapping[str, int]]
    misses: tuple[Miss, ...]
    texts: Mapping[str, SourceText]
    without_text: Mapping[str, int]

    @property
    def count(self) -> int:
        """How many passages were looked up."""
        return sum(sum(kinds.values()) for kinds in self.checked.values())

    @property
    def changed(self) -> list[str]:
        """The sources whose text is found by its name only, since its digest is another than the graph records."""
        return [source for source, text in self.texts.items() if not text.same]


def check_passages(texts: str | os.PathLike[str], data: str | os.PathLike[str] | None = None) -> PassageCheck:
    """Look up every quotation, citation and printed value that has a locator in the text of its source.

    White space, line breaks and the markup of the extraction do not matter; every other character does.

    Args:
        texts: a folder of text files. A file belongs to the source whose ``sti:sha256`` is its digest; else to the one
            whose ``skos:notation`` begins its name (``003_….txt``), and then `PassageCheck.changed` says so.
        data: a folder like ``data/``; the default is the one installed.

    Raises:
        DataError: a data file is wrong.
        StoreError: a folder or file cannot be read.

    Example:
        >>> check = check_passages("../shared/seeds")    # doctest: +SKIP
        >>> check.count > 1000, check.misses             # doctest: +SKIP
        (True, ())
    """
    nodes = _nodes(Path(data or data_folder()))
    found = _texts(Path(texts), nodes)
    checked: dict[str, Counter[str]] = {}
    without: Counter[str] = Counter()
    misses: list[Miss] = []
    for source, node, kind, locator, text in _passages(nodes):
        if source not in found:
            without[source] += 1
            continue
        checked.setdefault(source, Counter())[kind] += 1
        if not _is_at(found[source].lines, locator, text):
            place = _first_line(found[source].lines, text)
            misses.append(Miss(source, found[source].path, node, kind, locator, text, place))
    return PassageCheck(checked, tuple(misses), found, without)


def lines_at(locator: str, lines: Sequence[str]) -> list[str] | None:
    """Give the lines a locator names, or None when it is malformed or runs past the end.

    >>> lines_at("L1; L3-L4", ["a", "b", "c", "d"])
    ['a', 'c', 'd']
    """
    taken: list[str] = []
    for part in _SEPARATOR.split(locator):
        match = _LOCATOR.fullmatch(part)
        if not match:
            return None
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= len(lines):
            return None
        taken += lines[first - 1 : last]
    return taken


_Node = dict[str, list[str]]


def _nodes(data: Path) -> dict[str, _Node]:
    """Collect of every subject of the sources what a passage and a source say of themselves."""
    from stigraph.store.inputs import read_file

    wanted = {_SOURCE, _NOTATION, *(STI + name for name in (*_KINDS, "locator", "sha256"))}
    paths = [Path(path) for path in input_files(os.fspath(data), os.fspath(ontology_folder()))]
    sources = [path for path in paths if path.parent.name == "sources"]
    if not sources:
        raise StoreError(f"{data} holds no sources/*.ttl; name a folder like data/.")
    nodes: dict[str, _Node] = {}
    for triple in (triple for path in sources for triple in read_file(path)):
        if triple.predicate.value in wanted:
            values = nodes.setdefault(_value(triple.subject), {}).setdefault(triple.predicate.value, [])
            values.append(_value(triple.object))
    return nodes


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))


def _passages(nodes: Mapping[str, _Node]) -> Iterator[tuple[str, str, str, str, str]]:
    for node, said in nodes.items():
        for locator in said.get(STI + "locator", ()):
            for source in said.get(_SOURCE, ()):
                for kind in _KINDS:
                    for text in said.get(STI + kind, ()):
                        yield source, node, kind, locator, text


def _texts(folder: Path, nodes: Mapping[str, _Node]) -> dict[str, SourceText]:
    """Find the text of each source: by its digest, else by the beginning of its name."""
    if not folder.is_dir():
        raise StoreError(f"{folder} is not a folder; name the one that holds the texts of the sources.")
    contents = {path: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    by_digest = {hashlib.sha256(content).hexdigest(): path for path, content in contents.items()}
    found: dict[str, SourceText] = {}
    for source, said in nodes.items():
        digests, codes = said.get(STI + "sha256", []), said.get(_NOTATION, [])
        if not digests:
            continue
        path = next((by_digest[digest] for digest in digests if digest in by_digest), None)
        named = path or _named(contents, codes)
        if named:
            found[source] = SourceText(named, _lines(named, contents[named]), same=path is not None)
    return found


def _named(paths: Iterable[Path], codes: Iterable[str]) -> Path | None:
    beginnings = tuple(f"{code}_" for code in codes)
    return next((path for path in paths if beginnings and path.name.startswith(beginnings)), None)


def _lines(path: Path, content: bytes) -> list[str]:
    try:
        return content.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise StoreError(f"{path} cannot be read as UTF-8 text: {error}.") from error


def _is_at(lines: Sequence[str], locator: str, text: str) -> bool:
    taken, wanted = lines_at(locator, lines), squeeze(text)
    return bool(taken and wanted) and wanted in squeeze("\n".join(taken or ()))


def _first_line(lines: Sequence[str], text: str) -> int | None:
    """Find the line on which a passage begins that is not where it should be."""
    wanted = squeeze(text)
    if not wanted or wanted not in squeeze("\n".join(lines)):
        return None
    # Markup may run over a line break, so that line by line a little less may be taken out than from the whole.
    squeezed = [squeeze(line) for line in lines]
    position = "".join(squeezed).find(wanted)
    for number, line in enumerate(squeezed, start=1):
        if 0 <= position < len(line):
            return number
        position -= len(line)
    return None
