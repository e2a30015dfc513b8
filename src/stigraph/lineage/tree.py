"""An answer as a tree of titles and lines, ready to be printed in any width."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence

from stigraph.classes import DOCUMENTS
from stigraph.japanese import display_width, wrap
from stigraph.lineage.model import Edge, Evidence, Lineage, Node
from stigraph.lineage.sayings import Place, Saying, same_words, sayings_of, sheet_year, years_told

__all__ = ["Item", "print_tree", "to_text", "to_tree"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "ja": {
        "implements": "これを具体化して実施：",
        "implemented": "これを実施：",
        "superseded": "後継 {0}",
        "on": "（{0}）",
        "prepared": "{0}に向けた提言であり、その計画ではない",
        "time": "{0}の期間",
        "cited": "引用表記",
        "open": "（文書が本文から定まらない記述）",
        "part": "次の一部：",
        "again": "（上に同じ）",
        "none_up": "根拠となる記述は見つからない。",
        "none_down": "これに拠る記述のある事業は見つからない。",
        "uncited": "このほか、事業に結び付かない記述 {0} 件",
        "programmes": "事業・課題 {0}",
        "statements": "記述 {0}",
        "documents": "政策文書 {0}",
        "sources": "出典 {0}",
        "wordings": "（異なる文面 {0}）",
        "folded": "同じ文面は一度だけ示す（--every-place ですべての箇所を示す）",
        "sheets": "{0}の行政事業レビューシート{1}枚",
        "places": "（{0}か所）",
        "first": "最初：",
        "last": "最後：",
        "and": "、",
    },
    "en": {
        "implements": "carries out",
        "implemented": "carried out by",
        "superseded": "superseded by {0}",
        "on": " ({0})",
        "prepared": "advice towards {0}, not that plan",
        "time": "in the time of {0}",
        "cited": "cited as",
        "open": "(passages whose document the page does not settle)",
        "part": "part of",
        "again": "(see above)",
        "none_up": "No passage is found on which it stands.",
        "none_down": "No passage is found that stands on it.",
        "uncited": "{0} more passages that no programme cites",
        "programmes": "programmes or projects: {0}",
        "statements": "passages: {0}",
        "documents": "policy documents: {0}",
        "sources": "sources: {0}",
        "wordings": " ({0} different)",
        "folded": "passages in the same words are shown once (--every-place names every place)",
        "sheets": "{1} review sheets of {0}",
        "places": ", {0} places",
        "first": "first: ",
        "last": "last: ",
        "and": "; ",
    },
}
_CITERS = frozenset({"sti:Programme", "sti:Project"})
_FEW = 2
"""So many places in review sheets are each named as any other is."""


class Item:
    """One entry: a title, lines under it, and the entries below."""

    def __init__(self, title: str, lines: "list[str] | None" = None, children: "list[Item] | None" = None) -> None:
        self.title = title
        self.lines = lines or []
        self.children = children or []


def to_text(answer: Lineage, *, lang: str = "ja", width: int = 100, every_place: bool = False) -> str:
    """Write the answer for a terminal of so many columns (a Japanese character takes two)."""
    return "\n".join(print_tree(to_tree(answer, lang, every_place=every_place), width)) + "\n"


def print_tree(item: Item, width: int) -> Iterator[str]:
    """Yield the lines of a tree, wrapped to the width."""
    yield from wrap(item.title, width)
    yield from (f"  {piece}" for line in item.lines for piece in wrap(line, width - 2))
    for child in item.children:
        yield from _print_below(child, "", width, last=child is item.children[-1])


def _print_below(item: Item, indent: str, width: int, *, last: bool) -> Iterator[str]:
    branch, below = ("└─ ", "   ") if last else ("├─ ", "│  ")
    first = True
    for piece in wrap(item.title, _room(indent + branch, width)):
        yield f"{indent}{branch if first else below}{piece}"
        first = False
    stem = indent + below + ("│  " if item.children else "   ")
    for line in item.lines:
        yield from (f"{stem}{piece}" for piece in wrap(line, _room(stem, width)))
    for child in item.children:
        yield from _print_below(child, indent + below, width, last=child is item.children[-1])


def _room(before: str, width: int) -> int:
    return max(20, width - display_width(before))


def to_tree(answer: Lineage, lang: str = "ja", *, every_place: bool = False) -> Item:
    """Arrange the answer: policy documents under the programme, or programmes under the policy, passages under both.

    A passage that is printed in the same words at several places stands once; of many review sheets the first and the
    last are named, or each with ``every_place``.
    """
    writer = (_Down if answer.direction == "down" else _Up)(answer, lang, every_place=every_place)
    root = answer.nodes[answer.root]
    item = Item(writer.title(root), [_other_label(root, lang)] if _other_label(root, lang) else [])
    if root.type == "sti:Statement":
        passage = writer.passages([root])[0]
        item.lines += [passage.title, *passage.lines]
    item.children = writer.below(root)
    if not item.children:
        item.lines.append(_WORDS[lang]["none_" + answer.direction])
    else:
        item.lines.append(_counts(answer, lang))
    if writer.left_out:
        item.lines.append(_WORDS[lang]["folded"])
    return item


def _other_label(node: Node, lang: str) -> str:
    other = node.labels.get("en" if lang == "ja" else "ja", "")
    return "" if other == node.label(lang) else other


def _counts(answer: Lineage, lang: str) -> str:
    nodes = [node for node in answer.nodes.values() if node.id != answer.root]
    counts = {
        "programmes": sum(node.type in _CITERS for node in nodes),
        "statements": sum(node.type == "sti:Statement" for node in nodes),
        "documents": sum(node.type in DOCUMENTS for node in nodes),
        "sources": len({evidence.document for edge in answer.edges for evidence in edge.evidence}),
    }
    wordings = len({same_words(node.facts.get("quote", node.id)) for node in nodes if node.type == "sti:Statement"})
    told = {what: _WORDS[lang][what].format(count) for what, count in counts.items() if count}
    if wordings < counts["statements"]:
        told["statements"] += _WORDS[lang]["wordings"].format(wordings)
    return ", ".join(told.values())


class _Writer(ABC):
    """What both directions share: titles, passages, and which entries were printed before."""

    def __init__(self, answer: Lineage, lang: str, *, every_place: bool) -> None:
        self.answer = answer
        self.lang = lang
        self.words = _WORDS[lang]
        self.every_place = every_place
        self.left_out = False
        self.printed: set[str] = set()
        self.outgoing: dict[str, list[Edge]] = {}
        self.incoming: dict[str, list[Edge]] = {}
        for edge in answer.edges:
            self.outgoing.setdefault(edge.source, []).append(edge)
            self.incoming.setdefault(edge.target, []).append(edge)

    def title(self, node: Node) -> str:
        """Give the label with class, decision, date and what has become of it."""
        facts, word = node.facts, self.answer.word
        about = [word(node.type, self.lang)]
        about += (
            [f"{word(facts['decision'], self.lang)} {facts.get('date', '')}".strip()] if "decision" in facts else []
        )
        about += [facts["date"]] if "date" in facts and "decision" not in facts else []
        about += [facts["years"]] if "years" in facts else []
        if "supersededBy" in facts:
            day = self.words["on"].format(facts["supersededOn"]) if "supersededOn" in facts else ""
            about.append(self.words["superseded"].format(word(facts["supersededBy"], self.lang)) + day)
        if "preparedFor" in facts:
            about.append(self.words["prepared"].format(word(facts["preparedFor"], self.lang)))
        if "inTimeOf" in facts and node.type == "sti:Recommendation":
            about.append(self.words["time"].format(word(facts["inTimeOf"], self.lang)))
        notation = f"{facts['notation']} " if node.type == "sti:Indicator" and "notation" in facts else ""
        return f"{notation}{node.label(self.lang)} [{'; '.join(about)}]"

    def passages(self, statements: Iterable[Node]) -> list[Item]:
        """Give each wording once, with its gloss, citations, kind and places."""
        return [self._saying(saying) for saying in sayings_of(statements)]

    def _saying(self, saying: Saying) -> Item:
        facts, lang = saying.first.facts, self.lang
        item = Item(f"「{facts.get('quote', saying.first.label('ja'))}」")
        if lang == "en" and "en" in saying.first.labels:
            item.lines.append(f"≈ {saying.first.labels['en']}")
        if saying.cited:
            item.lines.append(f"{self.words['cited']}: {self.words['and'].join(saying.cited)}")
        by_basis: dict[tuple[str, bool], list[Place]] = {}
        for place in saying.places:
            by_basis.setdefault((place.basis, sheet_year(place.source) is not None), []).append(place)
        for (basis, _), places in by_basis.items():
            kind = self.answer.word(facts["kind"], lang) if "kind" in facts else ""
            resting = self.answer.word(basis, lang) if basis else ""
            item.lines += self._printed_at(places, f"({', '.join(filter(None, (kind, resting)))})")
        return item

    def _printed_at(self, places: Sequence[Place], basis: str) -> list[str]:
        """Name each place, or of more than a few review sheets the years, the first and the last."""
        years = {place: year for place in places if (year := sheet_year(place.source)) is not None}
        if self.every_place or len(years) <= _FEW:
            return [f"— {self._place(place)} {basis}" for place in places]
        self.left_out = True
        sheets = len({place.source for place in places})
        told = self.words["sheets"].format(years_told(years.values(), self.lang), sheets)
        told += self.words["places"].format(len(places)) if len(places) > sheets else ""
        ends = (("first", min(places, key=years.__getitem__)), ("last", max(places, key=years.__getitem__)))
        return [f"— {told} {basis}", *(f"  {self.words[end]}{self._place(place)}" for end, place in ends)]

    def _place(self, place: Place) -> str:
        return f"{self.answer.word(place.source, self.lang) if place.source else ''} {place.locator}"

    def places(self, evidence: Iterable[Evidence]) -> list[str]:
        """Give one line for each place that shows a step."""
        lines = []
        for shown in evidence:
            basis = f"({self.answer.word(shown.basis, self.lang)})" if shown.basis else ""
            if shown.basis == "BackgroundKnowledge":
                said = [shown.quote, shown.locator, basis]
            else:
                printed = f"「{shown.quote}」" if shown.quote else ""
                said = [printed, self.answer.word(shown.document, self.lang), shown.locator, basis]
            lines.append(" ".join(["—", *filter(None, said)]))
        return lines

    def node(self, iri: str) -> Node:
        """Look a node up."""
        return self.answer.nodes[iri]

    @abstractmethod
    def below(self, node: Node) -> list[Item]:
        """Give the entries under a node."""


class _Up(_Writer):
    """From the programme's side towards policy: documents with their passages, then what they carry out."""

    def below(self, node: Node) -> list[Item]:
        """Give the documents, objectives and programmes that a node leads to."""
        if node.id in self.printed:
            return []
        self.printed.add(node.id)
        edges = self.outgoing.get(node.id, [])
        passages = [self.node(edge.target) for edge in edges if edge.predicate == "sti:cites"]
        items = [self._cited(iri, group) for iri, group in self._by_document(passages)]
        for edge in edges:
            if edge.predicate != "sti:cites" and not (node.type == "sti:Statement" and edge.target in self.printed):
                items.append(self._step(edge))
        return items

    def _by_document(self, passages: list[Node]) -> list[tuple[str, list[Node]]]:
        groups: dict[str, list[Node]] = {}
        for passage in passages:
            targets = [edge.target for edge in self.outgoing.get(passage.id, []) if edge.predicate == "sti:statedIn"]
            for target in targets or [""]:
                groups.setdefault(target, []).append(passage)
        return sorted(groups.items(), key=lambda group: self._newest_first(group[0]))

    def _newest_first(self, iri: str) -> tuple[bool, tuple[int, ...], str]:
        date = self.node(iri).facts.get("date", "") if iri else ""
        return not date, tuple(-ord(character) for character in date), iri

    def _cited(self, iri: str, passages: list[Node]) -> Item:
        document = self.node(iri) if iri else None
        item = Item(self.title(document) if document else self.words["open"])
        item.children = self.passages(passages)
        if document and document.id not in self.printed:
            item.children += self.below(document)
        return item

    def _step(self, edge: Edge) -> Item:
        target = self.node(edge.target)
        lead = {
            "sti:implements": self.words["implements"] + " ",
            "dcterms:isPartOf": self.words["part"] + " ",
        }
        item = Item(lead.get(edge.predicate, "") + self.title(target))
        if edge.predicate not in {"sti:statedIn", "sti:underObjective"}:
            item.lines = self.places(edge.evidence)
        if target.id in self.printed and self.outgoing.get(target.id):
            item.lines.append(self.words["again"])
        item.children = self.below(target)
        return item


class _Down(_Writer):
    """From policy towards programmes: each programme with the passages that show it, then documents and objectives."""

    def below(self, node: Node) -> list[Item]:
        """Give what stands on a node and was not printed before."""
        if node.id in self.printed:
            return []
        self.printed.add(node.id)
        edges = self.incoming.get(node.id, [])
        passages = [
            self.node(edge.source) for edge in edges if edge.predicate in {"sti:statedIn", "sti:underObjective"}
        ]
        items = self._citers(passages) if node.type != "sti:Statement" else self._citers([node])
        for edge in edges:
            if edge.predicate not in {"sti:statedIn", "sti:underObjective", "sti:cites"}:
                items += self._step(edge)
        return items

    def _citers(self, passages: Iterable[Node]) -> list[Item]:
        groups: dict[str, list[Node]] = {}
        uncited = 0
        for passage in passages:
            if passage.id in self.printed:
                continue
            if passage.id != self.answer.root:
                self.printed.add(passage.id)
            citers = [edge.source for edge in self.incoming.get(passage.id, []) if edge.predicate == "sti:cites"]
            uncited += not citers
            for citer in citers:
                groups.setdefault(citer, []).append(passage)
        items = []
        for iri in sorted(groups, key=lambda iri: (self.node(iri).type, iri)):
            item = Item(self.title(self.node(iri)), children=self.passages(groups[iri]))
            item.children += self.below(self.node(iri)) if self.node(iri).type in DOCUMENTS else []
            items.append(item)
        if uncited:
            items.append(Item(self.words["uncited"].format(uncited)))
        return items

    def _step(self, edge: Edge) -> list[Item]:
        source = self.node(edge.source)
        known = source.id in self.printed
        children = self.below(source)
        if source.type == "sti:Objective" and not children:
            return []
        lead = self.words["implemented"] + " " if edge.predicate == "sti:implements" else ""
        item = Item(lead + self.title(source), self.places(edge.evidence), children)
        if known and self.incoming.get(source.id):
            item.lines.append(self.words["again"])
        return [item]
