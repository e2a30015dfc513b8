"""Link the sheets of all years into programmes."""

from collections import defaultdict
from collections.abc import Iterable

from stigraph.ingest.linking.assigning import assign, weighed_pairs
from stigraph.ingest.linking.bridging import bridge
from stigraph.ingest.linking.evidence import Entry, read_entry
from stigraph.ingest.linking.model import Key, Links, Record
from stigraph.ingest.linking.relations import relate

__all__ = ["link"]

_LONGEST_STEP = 3


def link(records: Iterable[Record]) -> Links:
    """Link sheets into programmes, one sheet a year at most, and tell which programme went into which.

    Each sheet is compared with those of the year before that share its name, a number it gives, amounts or sentences,
    then with the programmes that have had no sheet for a year or two. A link needs evidence of its own: that two sheets
    are both like a third is enough only where a name is given up for a year and the sheets that meet fit each other.

    >>> from stigraph.ingest.linking import Record
    >>> def sheet(year, number, name):
    ...     return Record(year, "文部科学省", number, name, "研究振興局", 2007, None, None, (), {}, frozenset())
    >>> links = link([sheet(2015, "0201", "世界トップレベル研究拠点プログラム（ＷＰＩ）"),
    ...               sheet(2016, "0195", "世界トップレベル研究拠点プログラム(WPI)"),
    ...               sheet(2016, "0196", "ナショナルバイオリソースプロジェクト")])
    >>> [[number for _, _, number in programme] for programme in links.programmes]
    [['0201', '0195'], ['0196']]
    """
    years: dict[int, list[Entry]] = defaultdict(list)
    for record in sorted(records, key=lambda record: record.key):
        years[record.year].append(read_entry(record))
    ends: list[list[Entry]] = []
    for year in sorted(years):
        waiting = years[year]
        for step in range(1, _LONGEST_STEP + 1):
            open_ends = [chain for chain in ends if chain[-1].record.year == year - step]
            if step > 1:
                open_ends = [chain for chain in open_ends if chain[-1].record.year < year]
            found = assign(weighed_pairs([chain[-1] for chain in open_ends], waiting, step))
            for match in found:
                open_ends[match.one].append(waiting[match.two])
            taken = {match.two for match in found}
            waiting = [entry for place, entry in enumerate(waiting) if place not in taken]
        ends.extend([entry] for entry in waiting)
    chains = sorted(bridge(ends), key=lambda chain: chain[0].record.key)
    programmes: tuple[tuple[Key, ...], ...] = tuple(tuple(entry.record.key for entry in chain) for chain in chains)
    return Links(programmes, tuple(relate(chains)))
