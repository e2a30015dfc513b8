"""The picture of a graph as inline SVG that needs no script."""

from collections.abc import Callable, Iterable, Iterator
from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markupsafe import Markup

from stigraph.japanese import clip, wrap
from stigraph.page.blocks import edge_is_inferred
from stigraph.page.colours import Look, looks_of_classes, looks_of_relations
from stigraph.page.content import Content, Node, content_of
from stigraph.page.layout import Placement, arrange
from stigraph.page.layout.sizes import (
    LABEL_COLUMNS,
    LABEL_LINES,
    LINE_HEIGHT,
    label_box,
    labels_beneath,
)
from stigraph.page.text import known_language, shown

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["picture"]

Link = Callable[[str], str | None]
Point = tuple[float, float]

_MARGIN, _FONT, _HEADING = 16, 13, 40
_MOST_NODES = 300
_CORNERS = {
    "square": (4, 0.25),
    "diamond": (4, 0.0),
    "triangle": (3, -0.25),
    "triangleDown": (3, 0.25),
    "hexagon": (6, 0),
}


def picture(
    graph: "nx.Graph", lang: str = "ja", *, link: Link | None = None, name: str = "picture", most: int = _MOST_NODES
) -> str:
    """Draw a graph as SVG to be put into a page: symbols, wrapped labels, arrows, and a title and description.

    Args:
        graph: a view, or any networkx graph; it is not changed.
        lang: the language of the labels, ``ja`` or ``en``.
        link: gives the address that a node leads to by its IRI, or None; only relative addresses and http(s) are used.
        name: what the ids in the picture begin with; two pictures of one page need two names.
        most: how many nodes are drawn, the most important ones.

    Raises:
        UsageError: the language is neither.

    >>> from stigraph import open_store, views
    >>> graph = views.neighbourhood(open_store(), "SICORP")
    >>> made = picture(graph, "en", link=lambda iri: iri.rsplit("/")[-1] + ".html")
    >>> '<a href="jst.html">' in made, made.count("<svg"), "style=" in made
    (True, 1, False)
    """
    content = content_of(graph, most=most)
    return str(_Drawing(content, arrange(content), known_language(lang), link, name).svg(len(graph)))


class _Drawing:
    """What is needed to draw each part."""

    def __init__(self, content: Content, placement: Placement, lang: str, link: Link | None, name: str) -> None:
        self.content, self.placement, self.lang, self.link, self.name = content, placement, lang, link, name
        self.points: list[Point] = list(zip(placement.x, placement.y, strict=True))
        self.classes = looks_of_classes(node.type for node in content.nodes)
        self.relations = looks_of_relations(edge.relation for edge in content.edges)
        self.beneath = labels_beneath(content)

    def svg(self, nodes: int) -> Markup:
        """Draw everything."""
        x, y, width, height = self._frame()
        title = self.content.title[self.lang]
        # What holds links is a group to a screen reader: an image would hide them.
        role = "group" if self.link else "img"
        return Markup(
            '<svg class="picture" role="{}" viewBox="{} {} {} {}" width="{}" height="{}" font-size="{}" '
            'aria-labelledby="{}-title {}-desc" lang="{}" fill="currentColor">'
            '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc><defs>{}</defs>{}</svg>'
        ).format(
            *(role, x, y, width, height, width, height, _FONT, self.name, self.name, self.lang),
            *(self.name, title, self.name, self._description(nodes)),
            _joined(self._arrow_heads()),
            _joined([*self._headings(y), *self._lines(), *self._symbols(), *self._labels()]),
        )

    def _frame(self) -> tuple[int, int, int, int]:
        boxes = [self._box(place) for place in range(len(self.points))] or [(0, 0, 100, 40)]
        left, top = min(b[0] for b in boxes) - _MARGIN, min(b[1] for b in boxes) - _MARGIN
        right, bottom = max(b[2] for b in boxes) + _MARGIN, max(b[3] for b in boxes) + _MARGIN
        top -= _HEADING if self.placement.columns else 0
        return round(left), round(top), round(right - left), round(bottom - top)

    def _box(self, place: int) -> tuple[float, float, float, float]:
        """Give what a symbol and its label cover together."""
        (x, y), size = self.points[place], self.placement.sizes[place]
        width, height = label_box(self.content.nodes[place])
        if self.beneath:
            half = max(size, width / 2)
            return x - half, y - size, x + half, y + size + 4 + height
        return x - size, y - max(size, height / 2), x + size + 6 + width, y + max(size, height / 2)

    def _description(self, nodes: int) -> str:
        drawn, lines = len(self.content.nodes), len(self.content.edges)
        told = self.content.sentence[self.lang]
        if self.lang == "ja":
            part = f"{nodes}件のうち重要な{drawn}件" if drawn < nodes else f"{drawn}件"
            counted = f"{part}と、そのあいだの{lines}本のつながり。"
        else:
            part = f"the {drawn} that matter most of {nodes} things" if drawn < nodes else _count(drawn, "thing")
            counted = f" {part[0].upper()}{part[1:]} and {_count(lines, 'link')} between them."
        return (told + counted).strip()

    def _headings(self, top: float) -> Iterator[Markup]:
        text = Markup('<text class="heading" x="{}" y="{}" font-weight="600">{}</text>')
        for x, layer in zip(self.placement.columns, self.content.layers, strict=False):
            yield text.format(x - 10, top + 26, clip(layer[self.lang], LABEL_COLUMNS + 4))

    def _arrow_heads(self) -> Iterator[Markup]:
        head = Markup(
            '<marker id="{}-to-{}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
            'orient="auto-start-reverse"><g fill="{}"><path d="M0 0L10 5L0 10z" fill="light-dark({},{})"/></g></marker>'
        )
        if self.content.directed:
            for turn, (light, dark) in enumerate(self.relations.values()):
                yield head.format(self.name, turn, light, light, dark)

    def _lines(self) -> Iterator[Markup]:
        """Draw each relation between the same two things once."""
        turns = {relation: turn for turn, relation in enumerate(self.relations)}
        drawn = set()
        for edge in self.content.edges:
            ends = (edge.source, edge.target, edge.relation)
            if edge.source != edge.target and ends not in drawn:
                drawn.add(ends)
                light, dark = self.relations[edge.relation]
                yield Markup(
                    '<g stroke="{}"><path class="edge" d="{}" fill="none" stroke="light-dark({},{})" '
                    'stroke-width="1.3" stroke-opacity="0.75"{}{}><title>{}</title></path></g>'
                ).format(
                    *(light, self._way(edge.source, edge.target), light, dark),
                    Markup(' stroke-dasharray="5 4"') if edge_is_inferred(edge) else "",
                    Markup(' marker-end="url(#{}-to-{})"').format(self.name, turns[edge.relation])
                    if self.content.directed
                    else "",
                    self.content.word(edge.relation)[self.lang],
                )

    def _way(self, source: int, target: int) -> str:
        """Lead from the edge of one symbol to the edge of the other."""
        (x1, y1), (x2, y2) = self.points[source], self.points[target]
        length = hypot(x2 - x1, y2 - y1) or 1.0
        away = self.placement.sizes[source] + 1, self.placement.sizes[target] + 3
        if length <= sum(away):
            return f"M{x1} {y1}L{x2} {y2}"
        dx, dy = (x2 - x1) / length, (y2 - y1) / length
        start, end = (x1 + dx * away[0], y1 + dy * away[0]), (x2 - dx * away[1], y2 - dy * away[1])
        return f"M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}"

    def _symbols(self) -> Iterator[Markup]:
        mark = Markup('<g fill="{}"><path class="node" d="{}" fill="light-dark({},{})"><title>{}</title></path></g>')
        for place, node in enumerate(self.content.nodes):
            look = self.classes[node.type]
            outline = _outline(look, *self.points[place], self.placement.sizes[place])
            kind = f"{self._called(node)} ({self.content.word(node.type)[self.lang]})"
            drawn = mark.format(look.light, outline, look.light, look.dark, kind)
            yield self._linked(node, drawn)

    def _labels(self) -> Iterator[Markup]:
        for place, node in enumerate(self.content.nodes):
            (x, y), size = self.points[place], self.placement.sizes[place]
            lines = _wrapped(self._called(node))
            anchor = "middle" if self.beneath else "start"
            left = x if self.beneath else x + size + 6
            top = y + size + 4 + LINE_HEIGHT * 0.78 if self.beneath else y - (len(lines) / 2 - 0.78) * LINE_HEIGHT
            spans = _joined(
                Markup('<tspan x="{}" y="{:.1f}">{}</tspan>').format(left, top + row * LINE_HEIGHT, line)
                for row, line in enumerate(lines)
            )
            lang = "en" if self.lang == "en" and node.en else "ja"
            text = Markup(
                '<text class="label" lang="{}" text-anchor="{}" paint-order="stroke" stroke="Canvas" stroke-width="3" '
                'stroke-linejoin="round">{}</text>'
            ).format(lang, anchor, spans)
            yield self._linked(node, text)

    def _called(self, node: Node) -> str:
        return (node.en if self.lang == "en" else "") or node.ja

    def _linked(self, node: Node, drawn: Markup) -> Markup:
        address = self.link(node.id) if self.link else None
        if not address or not _harmless(address):
            return drawn
        return Markup('<a href="{}">{}</a>').format(shown(address), drawn)


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _wrapped(text: str) -> list[str]:
    """Break a label into the lines that are drawn, … where it is longer."""
    lines = list(wrap(text[: LABEL_COLUMNS * 8], LABEL_COLUMNS))
    if len(lines) > LABEL_LINES:
        lines[LABEL_LINES - 1] = clip(lines[LABEL_LINES - 1] + "…" * 3, LABEL_COLUMNS)
    return lines[:LABEL_LINES]


def _harmless(address: str) -> bool:
    """Tell whether an address is relative or one of the web."""
    try:
        return urlsplit(address.strip()).scheme in {"", "http", "https"}
    except ValueError:
        return False


def _outline(look: Look, x: float, y: float, size: float) -> str:
    """Draw the shape around a point as the data of a path."""
    if look.shape == "star":
        reach = [(size * (1.15 if turn % 2 == 0 else 0.5), turn / 10 - 0.25) for turn in range(10)]
    elif look.shape in _CORNERS:
        corners, start = _CORNERS[look.shape]
        first = start / 2 if look.shape == "square" else start
        reach = [(size * 1.1, turn / corners + first) for turn in range(corners)]
    else:
        return f"M{x - size} {y}a{size} {size} 0 1 0 {2 * size} 0a{size} {size} 0 1 0 {-2 * size} 0z"
    points = [(x + r * cos(2 * pi * turn), y + r * sin(2 * pi * turn)) for r, turn in reach]
    return "M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in points) + "z"
