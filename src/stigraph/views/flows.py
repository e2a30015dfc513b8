"""The money of a programme or a body: which programmes, amounts and transfers it is made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from stigraph.classes import BODIES
from stigraph.errors import NoAnswerError, UsageError
from stigraph.store.reading import Fact, Store, Term, Thing
from stigraph.views.amounts import Amount, amounts_of, facts_by_subject, short_name
from stigraph.views.model import Labels
from stigraph.vocab import curie

__all__ = ["DEEPEST", "Scope", "levels_of", "scope_of", "thinned"]

DEEPEST = 2
"""How far down the flow bodies are told apart."""


@dataclass(slots=True)
class Scope:
    """What the view is about: programmes, what they are part of and what is part of them, lines and transfers."""

    own: list[Term]
    parts: list[Term]
    wholes: list[Term]
    ties: list[Fact]
    lines: list[Amount]
    transfers: dict[Term, dict[str, list[Fact]]]
    labels: dict[Term, Labels] = field(default_factory=dict)

    def of_transfers(self, *predicates: str) -> list[Fact]:
        """The facts of the transfers that have one of these properties."""
        return [fact for said in self.transfers.values() for name in predicates for fact in said.get(name, ())]

    def bodies(self) -> list[Term]:
        """Who answers for, runs, pays or is paid."""
        named = [fact.object for fact in self.ties if fact.predicate in ("sti:ministry", "sti:agency")]
        named += [fact.object for fact in self.of_transfers("sti:payer", "sti:payee")]
        named += [line.agency.number for line in self.lines if line.agency]
        return list(dict.fromkeys(number for number in named if number is not None))


def scope_of(store: Store, root: Thing) -> Scope:
    """Collect the money of a programme, or of all programmes that a body has to do with.

    Raises:
        UsageError: the thing is neither a programme nor a body.
        NoAnswerError: the body answers for, runs, pays and receives nothing.
    """
    own = _programmes_of(store, root)
    down = _parts(store, own)
    lines = amounts_of(store, [*own, *down])
    transfers = _transfers(store, [*own, *down])
    paid = {line.programme for line in lines} | {
        fact.object for said in transfers.values() for fact in said.get("sti:programme", ()) if fact.object
    }
    parts = [number for number in down if paid & {number, *_parts(store, [number])}]
    inside = {*own, *parts}
    ties = list(store.facts_of(inside, ["sti:ministry", "sti:agency", "dcterms:isPartOf"]))
    wholes = _wholes(ties, inside) if root.number in own else []
    known = {*inside, *wholes}
    ties = [fact for fact in ties if fact.predicate != "dcterms:isPartOf" or fact.object in known]
    scope = Scope(own, parts, wholes, ties, lines, transfers)
    scope.labels = short_name(store, store.things({*known, *scope.bodies()}).values())
    return scope


def thinned(scope: Scope, root: Thing, most: int) -> Scope:
    """Leave the amounts of the newest years and the largest transfers, those of what was asked for first."""
    lines = sorted(scope.lines, key=lambda line: (line.programme != root.number, -line.year, line.agency is not None))
    kept_lines = set(lines[:most])

    def size(said: Mapping[str, list[Fact]]) -> tuple[bool, int]:
        ends = {fact.object for name in ("sti:payer", "sti:payee", "sti:programme") for fact in said.get(name, ())}
        return root.number not in ends, -int(said["sti:amount"][0].value or 0) if "sti:amount" in said else 0

    transfers = sorted(scope.transfers, key=lambda number: size(scope.transfers[number]))
    kept = set(transfers[:most])
    return replace(
        scope,
        lines=[line for line in scope.lines if line in kept_lines],
        transfers={number: said for number, said in scope.transfers.items() if number in kept},
    )


def _programmes_of(store: Store, root: Thing) -> list[Term]:
    """Give the programme itself, or those a body answers for, runs, has a share of, pays for or is paid for."""
    if root.type == "sti:Programme":
        return [root.number]
    if root.type not in BODIES:
        raise UsageError(
            f"“{root.label('en')}” is a {curie(root.type)}; name a programme, or a ministry, an agency or a payee."
        )
    about = list(store.facts_about([root.number]))
    carriers = [fact.subject for fact in about if fact.predicate in ("sti:agency", "sti:payer", "sti:payee")]
    found = {fact.subject for fact in about if fact.predicate in ("sti:ministry", "sti:agency")}
    found |= {fact.object for fact in store.facts_of(carriers, ["sti:programme"]) if fact.object is not None}
    programmes = [thing for thing in store.things(found).values() if thing.type == "sti:Programme"]
    if not programmes:
        raise NoAnswerError(
            f"No document says that {root.label('en')} answers for, runs, pays for or is paid for a programme."
        )
    return [thing.number for thing in sorted(programmes, key=lambda thing: thing.iri)]


def _parts(store: Store, wholes: Iterable[Term]) -> list[Term]:
    """List the programmes that are part of these, at any depth, the nearer ones first."""
    start = set(wholes)
    found: dict[Term, None] = {}
    frontier = set(start)
    while frontier:
        below = {fact.subject for fact in store.facts_about(frontier, ["dcterms:isPartOf"])}
        typed = [thing for thing in store.things(below).values() if thing.type == "sti:Programme"]
        frontier = {thing.number for thing in typed} - start - set(found)
        found |= dict.fromkeys(sorted(frontier))
    return list(found)


def _wholes(ties: Iterable[Fact], inside: set[Term]) -> list[Term]:
    whole = {fact.object for fact in ties if fact.predicate == "dcterms:isPartOf" and fact.object not in inside}
    return sorted(number for number in whole if number is not None)


def _transfers(store: Store, programmes: Iterable[Term]) -> dict[Term, dict[str, list[Fact]]]:
    pointing = {fact.subject for fact in store.facts_about(programmes, ["sti:programme"])}
    typed = [thing for thing in store.things(pointing).values() if thing.type == "sti:Transfer"]
    return facts_by_subject(store, [thing.number for thing in sorted(typed, key=lambda thing: thing.iri)])


def levels_of(scope: Scope) -> dict[Term, int]:
    """Say how far down the flow each body stands: 0 gives only, 1 runs a programme or is paid, 2 is paid by such."""
    runs = [fact.object for fact in scope.ties if fact.predicate == "sti:agency"]
    runs += [line.agency.number for line in scope.lines if line.agency]
    levels = {number: 1 for number in runs if number is not None}
    pairs = [
        (payer.object, payee.object)
        for said in scope.transfers.values()
        for payer in said.get("sti:payer", ())
        for payee in said.get("sti:payee", ())
        if payer.object is not None and payee.object is not None
    ]
    paid = {payee.object for said in scope.transfers.values() for payee in said.get("sti:payee", ())}
    levels |= {payee: max(1, levels.get(payee, 0)) for payee in paid if payee is not None}
    for payer, payee in pairs:
        if levels.get(payer) and payer != payee and payee not in runs:
            levels[payee] = DEEPEST
    return levels
