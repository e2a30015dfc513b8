"""On what a thing stands and what stands on it, as a page shows it: passages under documents, citers over passages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from stigraph.classes import BODIES, DOCUMENTS
from stigraph.lineage import Edge, Evidence, Lineage, Node, lineage
from stigraph.lineage.sayings import same_words
from stigraph.site.entries import first_line
from stigraph.site.reading import Corpus
from stigraph.store.reading import Thing

__all__ = ["Citer", "Ground", "Passage", "Standing", "Stands", "Step", "standing", "stands"]

_ATTACHED = frozenset({"sti:cites", "sti:statedIn", "sti:underObjective"})
_FROM_BODY = frozenset({"^sti:agency", "^sti:ministry"})
_CITING = frozenset({"sti:Programme", "sti:Project"})
_CARRYING = frozenset({*DOCUMENTS, "sti:Statement"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step that is no citation (it carries out, contributes to, is part of), with the evidence of it."""

    predicate: str
    node: Node
    evidence: Sequence[Evidence]


@dataclass(frozen=True, slots=True)
class Passage:
    """A statement, the objectives it stands under, and through what it was reached."""

    node: Node
    objectives: Sequence[Node]
    through: Sequence[Node]
    documents: Sequence[Node] = ()


@dataclass(slots=True)
class Ground:
    """A policy document (None where the page does not settle which), its passages, and what it carries out."""

    document: Node | None
    passages: list[Passage] = field(default_factory=list)
    chain: list[Step] = field(default_factory=list)

    @property
    def sayings(self) -> list[list[Passage]]:
        """The passages, those in the same words together."""
        return _sayings(self.passages)


@dataclass(slots=True)
class Stands:
    """On what a thing stands."""

    grounds: list[Ground]
    steps: list[Step]
    through: Mapping[str, Sequence[Node]]
    """For a body: the programmes through which each document is reached."""
    answer: Lineage


@dataclass(slots=True)
class Citer:
    """A programme, project or document, and the passages by which it stands on the thing asked about."""

    node: Node
    passages: list[Passage]
    evidence: Sequence[Evidence] = ()

    @property
    def sayings(self) -> list[list[Passage]]:
        """The passages, those in the same words together."""
        return _sayings(self.passages)


@dataclass(slots=True)
class Standing:
    """What stands on a thing."""

    citers: list[Citer]
    steps: Mapping[str, list[Step]]
    uncited: list[Passage]
    answer: Lineage

    @property
    def counted(self) -> int:
        """Count what stands on it."""
        return len(self.citers) + sum(map(len, self.steps.values()))


class _Walk:
    """An answer about lineage, by its ends."""

    def __init__(self, answer: Lineage) -> None:
        self.answer = answer
        self.nodes = answer.nodes
        self.outgoing: dict[str, list[Edge]] = {}
        self.incoming: dict[str, list[Edge]] = {}
        for edge in answer.edges:
            self.outgoing.setdefault(edge.source, []).append(edge)
            self.incoming.setdefault(edge.target, []).append(edge)

    def targets(self, iri: str, predicate: str) -> list[Node]:
        return [self.nodes[edge.target] for edge in self.outgoing.get(iri, ()) if edge.predicate == predicate]

    def sources(self, iri: str, predicate: str) -> list[Node]:
        return [self.nodes[edge.source] for edge in self.incoming.get(iri, ()) if edge.predicate == predicate]

    def chain(self, iri: str) -> list[Step]:
        """List the documents that a document carries out, and those that these carry out."""
        found: list[Step] = []
        for edge in self.outgoing.get(iri, ()):
            if edge.predicate == "sti:implements":
                found.append(Step(edge.predicate, self.nodes[edge.target], edge.evidence))
                found += [step for step in self.chain(edge.target) if step.node not in [s.node for s in found]]
        return found

    def documents_above(self, iri: str) -> set[str]:
        """Collect every policy document that a node leads to."""
        seen, stack = set[str](), [iri]
        while stack:
            for edge in self.outgoing.get(stack.pop(), ()):
                if edge.target not in seen:
                    seen.add(edge.target)
                    stack.append(edge.target)
        return {target for target in seen if self.nodes[target].type in DOCUMENTS}


def stands(corpus: Corpus, thing: Thing) -> Stands:
    """Find on what a thing stands.

    >>> from stigraph.store import open_store
    >>> corpus = Corpus(open_store())
    >>> found = stands(corpus, corpus.by_iri["https://w3id.org/stigraph/id/programme/sicorp"])
    >>> [ground.document.label("en") for ground in found.grounds if ground.document][0]
    'Integrated Innovation Strategy 2022'
    """
    walk = _Walk(lineage(corpus.store, thing.iri))
    if thing.type in BODIES:
        return Stands([], [], _through(walk, thing.iri), walk.answer)
    grounds: dict[str, Ground] = {}
    for edge in walk.answer.edges:
        if edge.predicate == "sti:cites":
            _add_passage(walk, grounds, walk.nodes[edge.source], walk.nodes[edge.target])
    for iri, ground in grounds.items():
        ground.chain = walk.chain(iri) if iri else []
        ground.passages.sort(key=_place)
    steps = [
        Step(edge.predicate, walk.nodes[edge.target], edge.evidence)
        for edge in walk.answer.edges
        if edge.predicate not in _ATTACHED and walk.nodes[edge.source].type not in _CARRYING
    ]
    steps += walk.chain(thing.iri)
    return Stands(sorted(grounds.values(), key=_newest_first), steps, {}, walk.answer)


def _add_passage(walk: _Walk, grounds: dict[str, Ground], citer: Node, statement: Node) -> None:
    through = [] if citer.id == walk.answer.root else [citer]
    passage = Passage(statement, walk.targets(statement.id, "sti:underObjective"), through)
    documents: Sequence[Node | None] = walk.targets(statement.id, "sti:statedIn") or [None]
    for document in documents:
        ground = grounds.setdefault(document.id if document else "", Ground(document))
        known = [other for other in ground.passages if other.node.id == statement.id]
        if not known:
            ground.passages.append(passage)
        elif through and known[0].through:
            ground.passages[ground.passages.index(known[0])] = Passage(
                statement, passage.objectives, [*known[0].through, *through]
            )


def _sayings(passages: Iterable[Passage]) -> list[list[Passage]]:
    """Take passages together that are the same words and tie the same things together, in their order."""
    groups: dict[tuple[object, ...], list[Passage]] = {}
    for passage in passages:
        facts = passage.node.facts
        words = tuple(same_words(facts.get(name, "")) for name in ("quote", "citedAs"))
        ties = (passage.objectives, passage.through, passage.documents)
        of = (words if words[0] else passage.node.id, facts.get("kind"), passage.node.labels.get("en"))
        groups.setdefault((*of, *(tuple(node.id for node in tied) for tied in ties)), []).append(passage)
    return list(groups.values())


def _newest_first(ground: Ground) -> tuple[bool, tuple[int, ...], str]:
    date = ground.document.facts.get("date", "") if ground.document else ""
    return not date, tuple(-ord(character) for character in date), ground.document.id if ground.document else ""


def _place(passage: Passage) -> tuple[str, int, str]:
    locator = passage.node.facts.get("locator", "")
    return passage.node.facts.get("source", ""), first_line(locator), passage.node.id


def _through(walk: _Walk, body: str) -> dict[str, Sequence[Node]]:
    """Give, for each document behind the programmes of a body, these programmes; the newest document first."""
    found: dict[str, list[Node]] = {}
    programmes = {edge.target: None for edge in walk.outgoing.get(body, ()) if edge.predicate in _FROM_BODY}
    for programme in sorted(programmes):
        for document in walk.documents_above(programme):
            found.setdefault(document, []).append(walk.nodes[programme])
    ordered = sorted(found, key=lambda iri: _newest_first(Ground(walk.nodes[iri])))
    return {iri: found[iri] for iri in ordered}


def standing(corpus: Corpus, thing: Thing) -> Standing:
    """Find what stands on a thing.

    >>> from stigraph.store import open_store
    >>> corpus = Corpus(open_store())
    >>> found = standing(corpus, corpus.by_iri["https://w3id.org/stigraph/id/document/basic-plan-6"])
    >>> len(found.citers) > 50
    True
    """
    walk = _Walk(lineage(corpus.store, thing.iri, down=True))
    citers: dict[str, Citer] = {}
    uncited = []
    for node in walk.nodes.values():
        if node.type == "sti:Statement":
            passage = _seen_from(walk, node)
            citing = walk.sources(node.id, "sti:cites")
            for by in citing:
                citers.setdefault(by.id, Citer(by, [])).passages.append(passage)
            if not citing:
                uncited.append(passage)
    steps: dict[str, list[Step]] = {}
    for edge in walk.answer.edges:
        if edge.predicate not in _ATTACHED:
            steps.setdefault(edge.predicate, []).append(Step(edge.predicate, walk.nodes[edge.source], edge.evidence))
    for citer in citers.values():
        citer.passages.sort(key=_place)
    return Standing(
        sorted(citers.values(), key=lambda citer: (citer.node.type not in _CITING, citer.node.type, citer.node.id)),
        {predicate: _once(found) for predicate, found in steps.items()},
        sorted(uncited, key=_place),
        walk.answer,
    )


def _seen_from(walk: _Walk, statement: Node) -> Passage:
    """Give a passage with the documents and objectives that stand between it and the thing asked about."""
    root = walk.answer.root
    documents = walk.targets(statement.id, "sti:statedIn")
    objectives = walk.targets(statement.id, "sti:underObjective")
    return Passage(
        statement,
        [node for node in objectives if node.id != root],
        [],
        [node for node in documents if node.id != root],
    )


def _once(steps: Iterable[Step]) -> list[Step]:
    found: dict[str, Step] = {}
    for step in steps:
        known = found.get(step.node.id)
        found[step.node.id] = Step(step.predicate, step.node, (*known.evidence, *step.evidence)) if known else step
    return sorted(found.values(), key=lambda step: (step.node.type, step.node.id))
