"""Which colour and shape a class or a relation has; neither ever comes from the data.

The shape says the family: squares are documents of policy, diamonds what they state, dots programmes and their
projects, hexagons organizations, upright triangles partners, triangles on their tip money, stars what is measured.
Colours are apart for eyes that do not tell red from green, and stand out at 3:1 from a white and from a dark ground
(WCAG 1.4.11).
"""

from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["Look", "looks_of_classes", "looks_of_relations"]


class Look(NamedTuple):
    """A shape of vis-network, and a colour for light pages and one for dark."""

    shape: str
    light: str
    dark: str


_BLUE = ("#0a66c2", "#55a5fb")
_INDIGO = ("#1f154e", "#6766ee")
_SKY = ("#118fc8", "#70d2ff")
_GREEN = ("#2f9e7a", "#9fd8aa")
_VERMILION = ("#aa4e12", "#bd6533")
_ORANGE = ("#cf710a", "#f88b1c")
_PURPLE = ("#6c2e6a", "#9b6ca5")
_OLIVE = ("#3f4201", "#efec5f")
_GREY = ("#626975", "#a1a1a1")
_BLACK = ("#111315", "#fcfbfa")

_CLASSES = {
    "sti:Plan": Look("square", *_BLUE),
    "sti:Strategy": Look("square", *_SKY),
    "sti:Law": Look("square", *_BLACK),
    "sti:Recommendation": Look("square", *_PURPLE),
    "sti:Report": Look("square", *_GREY),
    "sti:Guideline": Look("square", *_OLIVE),
    "sti:Communique": Look("square", *_VERMILION),
    "sti:PolicyDocument": Look("square", *_INDIGO),
    "sti:Statement": Look("diamond", *_INDIGO),
    "sti:Objective": Look("diamond", *_PURPLE),
    "sti:Source": Look("diamond", *_BLACK),
    "sti:Record": Look("diamond", *_GREY),
    "sti:Discrepancy": Look("diamond", *_VERMILION),
    "sti:Fact": Look("diamond", *_OLIVE),
    "sti:Programme": Look("dot", *_VERMILION),
    "sti:Project": Look("dot", *_ORANGE),
    "sti:Result": Look("dot", *_GREEN),
    "skos:Concept": Look("dot", *_GREY),
    "skos:ConceptScheme": Look("dot", *_BLACK),
    "sti:Ministry": Look("hexagon", *_GREEN),
    "sti:FundingAgency": Look("hexagon", *_ORANGE),
    "sti:Council": Look("hexagon", *_INDIGO),
    "sti:ResearchInstitution": Look("hexagon", *_SKY),
    "sti:Company": Look("hexagon", *_GREY),
    "sti:InternationalOrganization": Look("hexagon", *_PURPLE),
    "sti:Organization": Look("hexagon", *_OLIVE),
    "org:Organization": Look("hexagon", *_BLACK),
    "sti:Country": Look("triangle", *_PURPLE),
    "sti:CountryGroup": Look("triangle", *_ORANGE),
    "sti:CooperationFramework": Look("triangle", *_BLUE),
    "sti:Partner": Look("triangle", *_GREY),
    "sti:Agreement": Look("triangle", *_GREEN),
    "sti:Event": Look("triangle", *_OLIVE),
    "sti:BudgetLine": Look("triangleDown", *_OLIVE),
    "sti:Transfer": Look("triangleDown", *_VERMILION),
    "sti:Indicator": Look("star", *_BLUE),
    "sti:Observation": Look("star", *_ORANGE),
    "sti:Assessment": Look("star", *_PURPLE),
    "qb:Observation": Look("star", *_GREY),
}
_SHAPES = ("dot", "square", "triangle", "hexagon", "diamond", "star", "triangleDown")
_HUES = (_BLUE, _VERMILION, _GREEN, _PURPLE, _ORANGE, _SKY, _GREY, _INDIGO, _OLIVE, _BLACK)
_RELATION_HUES = {
    "sti:cites": _BLUE,
    "sti:statedIn": _INDIGO,
    "sti:implements": _BLUE,
    "sti:preparedFor": _SKY,
    "sti:about": _GREY,
    "sti:underObjective": _PURPLE,
    "sti:contributesTo": _PURPLE,
    "sti:ministry": _GREEN,
    "sti:agency": _ORANGE,
    "sti:partner": _PURPLE,
    "sti:succeeds": _BLACK,
    "dcterms:replaces": _BLACK,
    "dcterms:isPartOf": _GREY,
    "org:subOrganizationOf": _GREY,
    "sti:programme": _VERMILION,
    "sti:payer": _OLIVE,
    "sti:payee": _VERMILION,
    "sti:measures": _BLUE,
    "sti:indicator": _ORANGE,
}


def looks_of_classes(names: Iterable[str]) -> dict[str, Look]:
    """Give every class its look: those of the vocabulary always the same, others one that is free on this page.

    >>> looks = looks_of_classes(["sti:Plan", "mine:Thing"])
    >>> looks["sti:Plan"].shape, looks["mine:Thing"] not in _CLASSES.values()
    ('square', True)
    """
    names = list(names)
    looks = {name: _CLASSES[name] for name in names if name in _CLASSES}
    every = [Look(shape, *hue) for turn in range(len(_HUES)) for shape, hue in _diagonal(turn)]
    free = [look for look in every if look not in _CLASSES.values()]
    others = sorted(set(names) - set(looks))
    return looks | {name: free[place % len(free)] for place, name in enumerate(others)}


def _diagonal(turn: int) -> Iterable[tuple[str, tuple[str, str]]]:
    return ((shape, _HUES[(place + turn) % len(_HUES)]) for place, shape in enumerate(_SHAPES))


def looks_of_relations(names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Give every relation its colour for light pages and for dark; an inverse has that of its relation.

    >>> looks_of_relations(["^sti:agency"])["^sti:agency"] == looks_of_relations(["sti:agency"])["sti:agency"]
    True
    """
    names = list(names)
    plain = {name: name.removeprefix("^") for name in names}
    others = sorted({name for name in plain.values() if name not in _RELATION_HUES})
    turns = {name: _HUES[place % len(_HUES)] for place, name in enumerate(others)} if len(others) > 1 else {}
    return {name: _RELATION_HUES.get(told) or turns.get(told, _GREY) for name, told in plain.items()}
