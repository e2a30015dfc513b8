"""From kept sheets to what a snapshot is made of: N-Quads for SPARQL, entries for the index.

Two rounds over the sheets, each cut into pieces that any `concurrent.futures.Executor` can work on: the first takes
what linking them into programmes needs, the second writes them, each under the programme that it is of.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import NamedTuple, TypeVar

from stigraph.ingest.identity import CATALOGUE_OF_SHEETS, bodies, sheet_slug, source_iri
from stigraph.ingest.kept import KeptSheets
from stigraph.ingest.linking import join_curated, link, record_of
from stigraph.ingest.linking.model import Links, Record
from stigraph.ingest.model import Sheet
from stigraph.ingest.quads import sheet_quads
from stigraph.ingest.shared import Names, catalogue_quads, programme_quads
from stigraph.store.entries import entry_of
from stigraph.store.sheet_rows import Entry
from stigraph.vocab import ID, PREFIXES, STI

__all__ = ["Encoded", "encode", "link_sheets"]

_PIECE = 120
_AHEAD = 4
_SUCCEEDS = STI + "succeeds"
_PART_OF = PREFIXES["dcterms"] + "isPartOf"
_Result = TypeVar("_Result")
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many sheets are done, and how many there are."""


class Encoded(NamedTuple):
    """A piece of the graph: quads, in the graph of each sheet and in the default graph, and entries of the index."""

    quads: bytes
    entries: Sequence[Entry]


class Programmes(NamedTuple):
    """What sheets have in common.

    Attributes:
        of_sheet: which programme each sheet is of: IRI and label by the key of the sheet.
        numbered: the IRIs of bodies that are known by name, by corporate number.
        shared: what no single sheet says, as N-Quads.
    """

    of_sheet: Mapping[str, tuple[str, str]]
    numbered: Mapping[str, str]
    shared: bytes

    def among(self, keys: Sequence[str]) -> "Programmes":
        """Give what is needed to write some of the sheets."""
        return Programmes({key: self.of_sheet[key] for key in keys}, self.numbered, b"")


def link_sheets(path: Path, executor: Executor, progress: Progress) -> Programmes:
    """Take the first round over the kept sheets: link them, and collect the names that they share."""
    keys = _keys(path)
    records: list[Record] = []
    names = Names()
    for found, counted in _each(executor, _survey, path, keys, "linking", progress):
        records += found
        names.merge(counted)
    links = link(records)
    named = {record.key: record.name for record in records}
    of_sheet = _programmes(links, named)
    labels = dict(sorted(of_sheet.values()))
    curated = {iri for iri in labels if not iri.startswith(f"{ID}programme/rs-")}
    told = [programme_quads(iri, label) for iri, label in labels.items() if iri not in curated]
    tied = [_tie(*tie) for tie in _ties(links, of_sheet)]
    return Programmes(of_sheet, names.numbered(), b"".join([*catalogue_quads(names), *told, *tied]))


def _ties(links: Links, of_sheet: Mapping[str, tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Say which programme follows which, and which budget project holds a curated programme or is a part of one."""
    ties = set()
    for relation in links.relations:
        later, earlier = (of_sheet[sheet_slug(*key)][0] for key in (relation.later, relation.earlier))
        if later != earlier:
            ties.add((later, _SUCCEEDS, earlier))
    for place, joins in join_curated(links).items():
        own = of_sheet[sheet_slug(*links.programmes[place][0])][0]
        for join in joins:
            if join.relation != "same":
                part, whole = (join.programme, own) if join.relation == "contains" else (own, join.programme)
                ties.add((part, _PART_OF, whole))
    return sorted(ties)


def _tie(near: str, predicate: str, far: str) -> bytes:
    return f"<{near}> <{predicate}> <{far}> <{CATALOGUE_OF_SHEETS}> .\n".encode()


def _programmes(links: Links, named: Mapping[tuple[int, str, str], str]) -> dict[str, tuple[str, str]]:
    """Name and label each programme: by its first sheet and its last, or as the curated one that it is."""
    joins = join_curated(links)
    found = {}
    for place, keys in enumerate(links.programmes):
        same = next((join.programme for join in joins.get(place, ()) if join.relation == "same"), None)
        slugs = [sheet_slug(*key) for key in keys]
        last = " ".join(named[keys[-1]].split())
        if same is None:
            iri, label = f"{ID}programme/rs-{slugs[0].removeprefix('rs')}", last
        else:
            iri, label = same, bodies().programmes.get(same, last)
        found.update(dict.fromkeys(slugs, (iri, label)))
    return found


def encode(path: Path, programmes: Programmes, executor: Executor, progress: Progress) -> Iterator[Encoded]:
    """Take the second round: yield the sheets in the order of their keys, as pieces of the graph."""
    yield from _each(executor, _write, path, _keys(path), "writing", progress, programmes)


def _keys(path: Path) -> list[str]:
    kept = KeptSheets(path)
    try:
        return kept.keys()
    finally:
        kept.close()


def _each(
    executor: Executor,
    work: Callable[..., _Result],
    path: Path,
    keys: Sequence[str],
    task: str,
    progress: Progress,
    programmes: Programmes | None = None,
) -> Iterator[_Result]:
    """Have pieces worked on, a few ahead of what is taken, and give the results in order."""
    waiting: deque[tuple[int, Future[_Result]]] = deque()
    starts = iter(range(0, len(keys), _PIECE))
    done = 0
    while True:
        while len(waiting) < _AHEAD and (start := next(starts, None)) is not None:
            piece = keys[start : start + _PIECE]
            more = [] if programmes is None else [programmes.among(piece)]
            waiting.append((len(piece), executor.submit(work, str(path), piece[0], piece[-1], *more)))
        if not waiting:
            return
        count, future = waiting.popleft()
        yield future.result()
        done += count
        progress(task, done, len(keys))


def _sheets(path: str, first: str, last: str) -> Iterator[Sheet]:
    kept = KeptSheets(Path(path))
    try:
        yield from kept.between(first, last)
    finally:
        kept.close()


def _survey(path: str, first: str, last: str) -> tuple[list[Record], Names]:
    names = Names()
    records = []
    for sheet in _sheets(path, first, last):
        names.add(sheet)
        records.append(record_of(sheet))
    return records, names


def _write(path: str, first: str, last: str, programmes: Programmes) -> Encoded:
    quads: list[bytes] = []
    entries: list[Entry] = []
    for sheet in _sheets(path, first, last):
        source = source_iri(sheet)
        key = source.removeprefix(f"{ID}source/")
        programme, label = programmes.of_sheet[key]
        written = sheet_quads(sheet, programme, label=label, numbered=programmes.numbered)
        triples = written.replace(f" <{source}> .\n", " .\n")
        quads += [written.encode(), triples.encode()]
        entries.append(entry_of(key, source, triples, (f"{sheet.year}-04-01", f"{sheet.year + 1}-03-31")))
    return Encoded(b"".join(quads), entries)
