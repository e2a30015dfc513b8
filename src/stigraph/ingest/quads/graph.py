"""The named graph of one sheet: what every line that is written into it needs."""

import re
from typing import NamedTuple

from stigraph.ingest.identity import sheet_key
from stigraph.ingest.model import Sheet
from stigraph.ingest.terms import BASIS, REFERENCES, escaped, sti
from stigraph.vocab import ID, PREFIXES

__all__ = ["SheetGraph", "graph_of"]

_DERIVED = f"<{PREFIXES['prov']}wasDerivedFrom>"
_NO_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


class SheetGraph(NamedTuple):
    r"""The graph of a sheet, with its terms as N-Quads writes them.

    Attributes:
        key: what names the sheet in an IRI: ``rs2021-mext-20-0123``.
        source: the sheet, which is its graph too.
        programme: the programme it is of.
        end: what ends each line: the graph, a full stop and a line break.
        stated: that a fact is stated; the line without its subject.
        derived: that a fact comes from this sheet; the line without its subject.

    >>> graph = SheetGraph("rs2021-mext-1", "<source>", "<programme>", " <source> .\n", "<basis> <Stated> .", "")
    >>> graph.literal("<it>", "<label>", '「架空」の"研究"', "@ja")
    '<it> <label> "「架空」の\\"研究\\""@ja <source> .\n'
    >>> graph.reference("<it>", "https://example.go.jp/a b")
    ''
    """

    key: str
    source: str
    programme: str
    end: str
    stated: str
    derived: str

    def literal(self, subject: str, predicate: str, text: str, tag: str = "") -> str:
        """Give the line that says a text of a subject; ``tag`` is its language: ``@ja``."""
        return f'{subject} {predicate} "{escaped(text)}"{tag}{self.end}'

    def reference(self, subject: str, address: str) -> str:
        """Give the line that refers to an address; no line where it is none that can stand in an IRI."""
        return "" if _NO_IRI.search(address) else f"{subject} {REFERENCES} <{address}>{self.end}"

    def grounds(self, node: str) -> str:
        """Give the lines that say of a fact that this sheet states it."""
        return f"{node} {self.stated}{node} {self.derived}"


def graph_of(sheet: Sheet, programme: str) -> SheetGraph:
    """Give the graph of a sheet that is of a programme, given as IRI."""
    key = sheet_key(sheet)
    source = f"<{ID}source/{key}>"
    end = f" {source} .\n"
    return SheetGraph(
        key=key,
        source=source,
        programme=f"<{programme}>",
        end=end,
        stated=f"{BASIS} {sti('Stated')}{end}",
        derived=f"{_DERIVED} {source}{end}",
    )
