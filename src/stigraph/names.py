"""From what a person types to the thing that is meant."""

from collections.abc import Callable, Collection, Iterable
from itertools import islice
from typing import NamedTuple

from stigraph.errors import AmbiguousNameError, NameNotFoundError
from stigraph.japanese import fold
from stigraph.store.reading import Store, Term, Thing
from stigraph.vocab import curie, expand, slug

__all__ = ["Hit", "nearest", "resolve", "search"]

_NEAREST = 5
_LEAST_LIKENESS = 0.45
_CANDIDATES = 400


class Hit(NamedTuple):
    """One thing found by `search`, and the name it was found by (None when its passage or description matched)."""

    thing: Thing
    matched: str | None


def resolve(store: Store, name: str) -> Thing:
    """Find the one thing that a name means.

    A name is an abbreviation, a label in Japanese or English, a former name, a misprint seen in a source, a code, an
    IRI or its short form. Width, case, punctuation, 第/期/年度 and era years do not matter; numbers do: 第5期 is never
    第6期. The name of a ministry means the ministry, though review sheets print payees by it.

    Raises:
        NameNotFoundError: nothing bears the name; carries the nearest names.
        AmbiguousNameError: several things bear it; carries them all, the curated before the imported.

    >>> from stigraph.store import open_store
    >>> resolve(open_store(), "ｓｉｃｏｒｐ").iri
    'https://w3id.org/stigraph/id/programme/sicorp'
    """
    iri = expand(name.strip())
    number = store.number(iri) if iri else None
    if number is not None:
        return store.thing(number)
    found = store.things(store.named(fold(name)))
    # A source and the work it is a copy of bear one name; the work is what is asked for.
    works = {number: thing for number, thing in found.items() if thing.type != "sti:Source"} or found
    if len(works) == 1:
        return next(iter(works.values()))
    if works and (ministry := _ministry(works.values())):
        return ministry
    if works:
        key = fold(name)
        raise AmbiguousNameError(name, [_caption(thing) for thing in sorted(works.values(), key=_standing(key))])
    raise NameNotFoundError(name, [_caption(thing) for thing in nearest(store, name)])


def _ministry(things: Iterable[Thing]) -> Thing | None:
    """Give the one ministry among bodies of one name, of which the others are payees that sheets print by it."""
    things = list(things)
    ministries = [thing for thing in things if thing.type == "sti:Ministry"]
    others = [thing for thing in things if thing.type not in ("sti:Ministry", "sti:Organization")]
    return ministries[0] if len(ministries) == 1 and not others else None


def _standing(key: str) -> Callable[[Thing], tuple[bool, bool, str]]:
    """Order things that bear one name: the curated before the imported, and those first whose label it is."""
    return lambda thing: (
        slug(thing.iri).startswith("rs-"),
        key not in (fold(thing.ja or ""), fold(thing.en or "")),
        thing.iri,
    )


def _caption(thing: Thing) -> tuple[str, str]:
    both = [label for label in (thing.ja, thing.en) if label]
    return f"{' / '.join(both)} ({curie(thing.type)})", curie(thing.iri)


def nearest(store: Store, name: str, limit: int = _NEAREST) -> list[Thing]:
    """List the things whose names are most like this one (by the characters they share in order), best first."""
    from difflib import SequenceMatcher

    wanted = fold(name)
    if not wanted:
        return []
    matcher = SequenceMatcher(b=wanted, autojunk=False)
    scores: dict[Term, float] = {}
    for number, key in store.alike(wanted, _CANDIDATES):
        matcher.set_seq1(key)
        scores[number] = max(scores.get(number, 0.0), matcher.ratio())
    near = [number for number, score in scores.items() if score >= _LEAST_LIKENESS]
    best = sorted(near, key=lambda number: (-scores[number], number))[:limit]
    things = store.things(best)
    return [things[number] for number in best]


def search(store: Store, text: str, *, types: Iterable[str] = (), limit: int = 20) -> list[Hit]:
    """List the things whose name, passage or description holds a text, those named so first.

    Args:
        store: where to look.
        text: any two characters or more, in any width and case; words apart by a space must all be there.
        types: keep only these classes, as CURIEs (``sti:Programme``).
        limit: at most so many.

    >>> from stigraph.store import open_store
    >>> [hit.thing.iri.rsplit("/")[-1] for hit in search(open_store(), "ＳＡＴＲＥＰＳ", types=["sti:Programme"])][:1]
    ['satreps']
    """
    keys = [key for key in map(fold, text.split()) if key]
    if not keys:
        return []
    wanted = frozenset(types)
    found = store.holding(keys, wanted)
    hits: list[Hit] = []
    # Only what can be shown is looked up.
    while len(hits) < limit and (batch := list(islice(found, limit))):
        things = store.things(number for number, _ in batch)
        hits += [Hit(things[number], name) for number, name in batch if _is_listed(things[number], wanted)]
    return hits[:limit]


def _is_listed(thing: Thing, types: Collection[str]) -> bool:
    # A record only says where a property of another thing is printed; it is listed when it is asked for by class.
    return thing.type in types if types else thing.type != "sti:Record"
