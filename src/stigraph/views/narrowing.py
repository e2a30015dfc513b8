"""What a view is narrowed to: one thing of a class that it can answer for."""

from collections.abc import Collection, Iterable, Mapping

from stigraph.errors import UsageError
from stigraph.names import resolve
from stigraph.store.reading import Store, Term, Thing
from stigraph.vocab import expand

__all__ = ["closure", "narrowed", "reverse", "steps_of"]


def narrowed(store: Store, name: str, types: Collection[str], *, view: str, wanted: str) -> Thing:
    """Find the thing that a view is narrowed to, and refuse what the view says nothing about.

    Args:
        store: an open store.
        name: anything `stigraph.names.resolve` understands.
        types: the classes that will do, as CURIEs.
        view: the name of the view, for the message.
        wanted: what to give instead, for the message.

    Raises:
        NameNotFoundError, AmbiguousNameError: by the name.
        UsageError: the thing is of another class.

    >>> from stigraph.store import open_store
    >>> narrowed(open_store(), "JST", ["sti:FundingAgency"], view="agencies", wanted="an organization").label("en")
    'Japan Science and Technology Agency'
    """
    thing = resolve(store, name)
    if thing.type in types:
        return thing
    number = store.number(expand(thing.type) or "")
    named = store.thing(number).label("en") if number is not None else "thing of no class"
    raise UsageError(f"The view “{view}” is of {wanted}; “{thing.label('en')}” ({thing.type}) is a {named}.")


def steps_of(store: Store, numbers: Iterable[Term], predicate: str) -> dict[Term, list[Term]]:
    """Give what one relation leads to from each of these things, without repetition, in the order of the store."""
    found: dict[Term, list[Term]] = {}
    for fact in store.facts_of(numbers, [predicate]):
        if fact.object is not None and fact.object not in found.setdefault(fact.subject, []):
            found[fact.subject].append(fact.object)
    return found


def closure(starts: Iterable[Term], *steps: Mapping[Term, Iterable[Term]]) -> set[Term]:
    """Give these things and all that the steps lead to from them, however far.

    >>> sorted(closure([1], {1: [2], 2: [3], 4: [1]}))
    [1, 2, 3]
    """
    found, frontier = set(starts), set(starts)
    while frontier:
        frontier = {end for way in steps for start in frontier for end in way.get(start, ())} - found
        found |= frontier
    return found


def reverse(steps: Mapping[Term, Iterable[Term]]) -> dict[Term, list[Term]]:
    """Turn steps around.

    >>> reverse({1: [3], 2: [3]})
    {3: [1, 2]}
    """
    turned: dict[Term, list[Term]] = {}
    for start, ends in steps.items():
        for end in ends:
            turned.setdefault(end, []).append(start)
    return turned
