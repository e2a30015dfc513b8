"""Walking the links of a snapshot: up from anything towards policy, down from anything towards programmes."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypedDict, Unpack

from stigraph.classes import PARTNERS
from stigraph.errors import UsageError
from stigraph.lineage.describe import Printed, describe, mentioned_by, plain_node, read_printed
from stigraph.lineage.model import Edge, Evidence, Lineage
from stigraph.names import resolve
from stigraph.store.reading import Link, Store, Term, Thing
from stigraph.store.rules import PARTS_OF_POLICY, TO_POLICY
from stigraph.vocab import STI, slug

__all__ = ["Asked", "lineage", "reached"]

_PART = "dcterms:isPartOf"
_FROM_BODY = frozenset({"^sti:agency", "^sti:ministry"})
_TO_PARTNER = frozenset({"sti:partner", "sti:hasMember"})
_DATE = r"(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
_FARTHEST = 100


class Asked(TypedDict, total=False):
    """What `lineage` and `reached` may be asked besides a name; `lineage` says what each means."""

    down: bool
    as_of: str | None
    sources: Sequence[str]
    kinds: Sequence[str]
    max_hops: int | None
    parts: bool


class _Wanted(NamedTuple):
    """Which evidence counts."""

    as_of: str | None
    sources: frozenset[Term]
    kinds: frozenset[str]


def lineage(
    store: Store,
    name: str,
    *,
    down: bool = False,
    as_of: str | None = None,
    sources: Sequence[str] = (),
    kinds: Sequence[str] = (),
    max_hops: int | None = None,
    parts: bool = False,
) -> Lineage:
    """Answer on what a thing stands (up) or what stands on it (down), with the evidence of every step.

    Up goes from a programme, project, statement, indicator, objective, document, agency or ministry towards policy;
    down goes the same steps back, from a plan, strategy, objective or statement, and from a partner to the programmes
    that work with it. Time runs one way: a page leads to a document only if the document was there before it, and a
    recommendation prepared for a plan does not lead to that plan.

    Args:
        store: an open store.
        name: anything `stigraph.names.resolve` understands.
        down: ask what stands on it.
        as_of: a day, month or year (``2022-04-01``, ``2022-04``, ``2022``): only what was public and decided by its
            last day counts, and only what had superseded a plan by then is said to.
        sources: names of source documents; only what they say counts. Background knowledge always does.
        kinds: kinds of statement (``Quotation``, ``Declaration``, ``Listing`` …); only these count.
        max_hops: at most so many steps from the root.
        parts: count what is said of the whole for its parts too (a type of support for its programme). A thing without
            passages of its own is asked so in any case.

    Raises:
        NameNotFoundError, AmbiguousNameError: by the name, or that of a source.
        UsageError: the date, the kind or the number of hops is not one.

    >>> from stigraph.store import open_store
    >>> answer = lineage(open_store(), "SICORP", sources=["002"])
    >>> sorted(node.label("en") for node in answer.of_type("sti:Plan"))
    ['Fifth Science and Technology Basic Plan']
    """
    asked = Asked(down=down, as_of=as_of, sources=sources, kinds=kinds, max_hops=max_hops, parts=parts)
    root, wanted = _find(store, name, asked)
    return _answer(store, root, _walk(store, root, wanted, asked), wanted, down=down)


def reached(store: Store, name: str, classes: Sequence[str] = (), **asked: Unpack[Asked]) -> list[Thing]:
    """List the things that `lineage` reaches, without the passages by which it does: many times faster where many are.

    Args:
        store: an open store.
        name: anything `stigraph.names.resolve` understands.
        classes: only things of these classes, as CURIEs (``sti:Programme``).
        asked: as for `lineage`.

    Returns:
        The things in the order of their IRIs; what is asked for is not among them.

    Raises:
        NameNotFoundError, AmbiguousNameError, UsageError: as `lineage`.

    >>> from stigraph.store import open_store
    >>> plans = reached(open_store(), "SICORP", ["sti:Plan"], sources=["002"])
    >>> [plan.label("en") for plan in plans]
    ['Fifth Science and Technology Basic Plan']
    """
    root, wanted = _find(store, name, asked)
    kept = None if _narrowed(root, asked) else store.reaching(root.number, classes)
    if kept is not None:
        return kept
    links = _walk(store, root, wanted, asked)
    things = store.things(_in_order(root, links, down=asked.get("down", False)).keys() - {root.number})
    return sorted(
        (thing for thing in things.values() if not classes or thing.type in classes), key=lambda thing: thing.iri
    )


def _narrowed(root: Thing, asked: Asked) -> bool:
    """Tell whether other steps are asked for than all that lead down from policy."""
    other = [value for key, value in asked.items() if key != "down"]
    return not asked.get("down") or root.type in PARTNERS or any(other)


def _find(store: Store, name: str, asked: Asked) -> tuple[Thing, _Wanted]:
    hops = asked.get("max_hops")
    if hops is not None and hops < 1:
        raise UsageError("The number of hops must be at least 1.")
    root = resolve(store, name)
    sources, kinds = asked.get("sources"), asked.get("kinds")
    wanted = _Wanted(
        _last_day(asked.get("as_of")),
        _source_numbers(store, sources) if sources else frozenset(),
        _kinds(store, kinds) if kinds else frozenset(),
    )
    return root, wanted


def _last_day(as_of: str | None) -> str | None:
    if as_of is None:
        return None
    if not re.fullmatch(_DATE, as_of, re.ASCII) or not _is_day(as_of):
        raise UsageError(f"“{as_of}” is not a date; write 2022-04-01, 2022-04 or 2022.")
    return as_of + "-12-31"[len(as_of) - 10 :] if len(as_of) < 10 else as_of


def _is_day(as_of: str) -> bool:
    """Say whether a full date is one of the calendar (30 February is not); a month or a year always is."""
    from datetime import date

    try:
        date.fromisoformat(as_of + "-01-01"[len(as_of) - 10 :] if len(as_of) < 10 else as_of)
    except ValueError:
        return False
    return True


def _source_numbers(store: Store, names: Iterable[str]) -> frozenset[Term]:
    known = {thing.number: thing for thing in store.of_type("sti:Source")}
    found = set()
    for name in names:
        thing = resolve(store, name)
        if thing.number in known:
            found.add(thing.number)
            continue
        copies = [fact.subject for fact in store.facts_about([thing.number]) if fact.subject in known]
        same_name = [number for number, source in known.items() if source.ja == thing.ja]
        if not (copies or same_name):
            listed = ", ".join(slug(source.iri) for source in known.values())
            raise UsageError(f"“{name}” is not a source document; the sources are {listed}.")
        found.update(copies or same_name)
    return frozenset(found)


def _kinds(store: Store, kinds: Iterable[str]) -> frozenset[str]:
    wanted = frozenset(kind[:1].upper() + kind[1:] for kind in kinds)
    known = _statement_kinds(store)
    for kind in wanted - known:
        raise UsageError(f"“{kind}” is not a kind of statement; the kinds are {', '.join(sorted(known))}.")
    return wanted


def _statement_kinds(store: Store) -> frozenset[str]:
    return frozenset(slug(thing.iri) for thing in store.things(store.objects("sti:statementKind")).values())


def _walk(store: Store, root: Thing, wanted: _Wanted, asked: Asked) -> list[Link]:
    """Collect the links within so many steps of the root, breadth first."""
    down, parts = asked.get("down", False), asked.get("parts", False)
    ask = store.links_to if down else store.links_from
    frontier, seen, kept = {root.number}, {root.number}, dict[Link, None]()
    for hop in range(asked.get("max_hops") or _FARTHEST):
        links = _counting(store, list(ask(frontier)), wanted)
        steps = _allowed(store, root, links, down=down, first=hop == 0, parts=parts)
        if hop == 0 and not steps and not down and not parts:
            steps = [link for link in links if link.predicate == _PART]
        kept.update(dict.fromkeys(steps))
        frontier = {link.source if down else link.target for link in steps} - seen
        seen |= frontier
        if not frontier:
            break
    return list(kept)


def _allowed(store: Store, root: Thing, links: list[Link], *, down: bool, first: bool, parts: bool) -> list[Link]:
    predicates = set(TO_POLICY)
    if first and not down:
        predicates |= _FROM_BODY
    if down and root.type in PARTNERS:
        predicates = set(_TO_PARTNER)
    part_sources = store.things({link.source for link in links if link.predicate == _PART})
    return [
        link
        for link in links
        if link.predicate in predicates
        or (link.predicate == _PART and (parts or part_sources[link.source].type in PARTS_OF_POLICY))
    ]


def _counting(store: Store, links: list[Link], wanted: _Wanted) -> list[Link]:
    tests = [test for test in (_source_test(store, wanted), _kind_test(store, links, wanted)) if test]
    tests += [_date_test(store, links, wanted.as_of)] if wanted.as_of else []
    return [link for link in links if all(test(link) for test in tests)] if tests else links


def _source_test(store: Store, wanted: _Wanted) -> Callable[[Link], bool] | None:
    if not wanted.sources:
        return None
    background = {thing.number for thing in store.of_type("sti:Source") if slug(thing.iri) == "background"}
    accepted = wanted.sources | background
    return lambda link: link.origin in accepted


def _kind_test(store: Store, links: list[Link], wanted: _Wanted) -> Callable[[Link], bool] | None:
    if not wanted.kinds:
        return None
    carriers = {link.carrier for link in links if link.carrier is not None}
    kind_of = {
        fact.subject: slug(store.thing(fact.object).iri)
        for fact in store.facts_of(carriers)
        if fact.predicate == "sti:statementKind" and fact.object is not None
    }
    return lambda link: link.carrier not in kind_of or kind_of[link.carrier] in wanted.kinds


def _date_test(store: Store, links: list[Link], as_of: str) -> Callable[[Link], bool]:
    spans = store.spans({number for link in links for number in (link.source, link.target, link.origin)})

    def known_by_then(link: Link) -> bool:
        return all(spans[number][0] <= as_of for number in (link.source, link.target, link.origin) if number in spans)

    return known_by_then


def _answer(store: Store, root: Thing, links: list[Link], wanted: _Wanted, *, down: bool) -> Lineage:
    order = _in_order(root, links, down=down)
    things = store.things([*order, *(link.origin for link in links)])
    shown = [things[number] for number in order]
    printed = read_printed(store, shown, {link.carrier for link in links if link.carrier is not None})
    nodes = describe(store, shown, printed, as_of=wanted.as_of)
    shows = {(link.origin, link.carrier): _evidence(things[link.origin].iri, link.carrier, printed) for link in links}
    grouped: dict[tuple[Term, Term, str], list[Evidence]] = {}
    for link in links:
        grouped.setdefault((link.source, link.target, link.predicate), []).append(shows[link.origin, link.carrier])
    named = mentioned_by(nodes) | {one.document for one in shows.values()}
    named |= {STI + one.basis for one in shows.values() if one.basis}
    known = {thing.iri: thing.number for thing in things.values()}
    known |= {iri: number for number, iri in printed.iris.items()}
    numbers = [number for iri in sorted(named) if (number := known.get(iri) or store.number(iri)) is not None]
    others = things | store.things(set(numbers) - things.keys())
    return Lineage(
        root=root.iri,
        direction="down" if down else "up",
        nodes={node.id: node for node in nodes},
        edges=[
            Edge(things[source].iri, things[target].iri, predicate, tuple(evidence))
            for (source, target, predicate), evidence in grouped.items()
        ],
        mentioned={others[number].iri: plain_node(others[number]) for number in numbers},
    )


def _in_order(root: Thing, links: list[Link], *, down: bool) -> dict[Term, None]:
    order: dict[Term, None] = {root.number: None}
    for link in links:
        order.update(dict.fromkeys((link.target, link.source) if down else (link.source, link.target)))
    return order


def _evidence(document: str, carrier: Term | None, printed: Printed) -> Evidence:
    """Give what a carrier prints, the first value of each property, as evidence."""
    if carrier is None:
        return Evidence(None, document)
    said = printed.told[carrier].get
    basis = said("sti:basis")
    return Evidence(
        statement=printed.iris[carrier],
        document=document,
        locator=said("sti:locator"),
        quote=said("sti:quote") or said("sti:asPrinted") or said("dcterms:bibliographicCitation"),
        cited_as=said("sti:citedAs"),
        basis=basis and slug(basis),
        notes=printed.notes.get(carrier, ()),
    )
