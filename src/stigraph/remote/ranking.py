"""The order of what a search finds, as the full-text index of a store on disk puts it."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from stigraph.japanese import fold
from stigraph.store.reading import Term

__all__ = ["Text", "by_name", "by_relevance"]

# Okapi BM25 as SQLite computes it; a name counts ten times. What only the whole graph could say, how many texts there
# are and how long they are, is set to what is usual: it weighs little, and to ask would mean to read everything.
_K1, _B, _NAME_WEIGHT = 1.2, 0.75, 10.0
_USUAL_LENGTH = 120.0
_USUAL_COUNT = 4_000


class Text(NamedTuple):
    """The folded names and passages of one thing."""

    iri: str
    names: set[str]
    words: set[str]

    @property
    def length(self) -> int:
        """How many pairs of characters it has."""
        return sum(max(2, len(key)) for key in (*self.names, *self.words))

    def frequency(self, key: str) -> float:
        """How often it holds a key."""
        in_names = sum(_occurrences(name, key) for name in self.names)
        return _NAME_WEIGHT * in_names + sum(_occurrences(word, key) for word in self.words)


def by_relevance(texts: Mapping[Term, Text], keys: Sequence[str]) -> list[Term]:
    """Order the things whose texts hold every key, the most telling first.

    >>> texts = {1: Text("b", set(), {"量子と量子"}), 2: Text("a", {"量子技術"}, set()), 3: Text("c", {"光"}, set())}
    >>> by_relevance(texts, ["量子"])
    [2, 1]
    """
    frequencies = {number: [text.frequency(key) for key in keys] for number, text in texts.items()}
    held = {number: found for number, found in frequencies.items() if all(found)}
    rarities = [math.log((_USUAL_COUNT + 0.5) / (len(held) + 0.5)) for _ in keys]

    def score(number: Term) -> float:
        damping = _K1 * (1 - _B + _B * texts[number].length / _USUAL_LENGTH)
        return sum(
            max(rarity, 1e-6) * found * (_K1 + 1) / (found + damping)
            for rarity, found in zip(rarities, held[number], strict=True)
        )

    return sorted(held, key=lambda number: (-score(number), texts[number].iri))


def by_name(
    ranked: Iterable[Term], names: Iterable[tuple[Term, str]], keys: Sequence[str], iri_of: Callable[[Term], str]
) -> list[tuple[Term, str | None]]:
    """Put first the things that have a name with every key, the shortest name first; give that name with each.

    >>> names = [(2, "Quantum leap"), (3, "Quantum"), (1, "Light")]
    >>> by_name([1, 2, 3], names, ["quantum"], str)
    [(3, 'Quantum'), (2, 'Quantum leap'), (1, None)]
    """
    nearest: dict[Term, tuple[tuple[int, str, str], str]] = {}
    for number, name in names:
        key = fold(name)
        if all(part in key for part in keys):
            found = (len(key), key, iri_of(number)), name
            nearest[number] = min(nearest.get(number, found), found, key=lambda item: item[0])
    called = sorted(nearest, key=lambda number: nearest[number][0])
    return [(number, nearest[number][1]) for number in called] + [(one, None) for one in ranked if one not in nearest]


def _occurrences(text: str, key: str) -> int:
    return sum(text.startswith(key, start) for start in range(len(text) - len(key) + 1))
