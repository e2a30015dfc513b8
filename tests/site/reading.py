"""A page as a parser of HTML sees it."""

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

__all__ = ["Element", "Parsed", "links_of", "parse"]

_EMPTY = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_LINK = re.compile(r'\s(href|src|data-index)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')


@dataclass
class Element:
    """One element: its name, attributes, and the text inside it."""

    name: str
    attributes: dict[str, str]
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text, white space squeezed."""
        return " ".join("".join(self.parts).split())

    def has_class(self, name: str) -> bool:
        return name in self.attributes.get("class", "").split()


class Parsed(HTMLParser):
    """Every element of a page in order, and those that were open at once."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.unclosed: list[str] = []
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in _EMPTY:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1].name == tag:
            self._open.pop()
        elif tag not in _EMPTY:
            self.unclosed.append(f"</{tag}> closes <{self._open[-1].name if self._open else ''}>")

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.parts.append(data)

    def all(self, name: str, class_name: str | None = None) -> list[Element]:
        """List the elements of a name and class."""
        return [
            found
            for found in self.elements
            if found.name == name and (class_name is None or found.has_class(class_name))
        ]

    def one(self, name: str, class_name: str | None = None) -> Element:
        """Give the only element of a name and class."""
        (found,) = self.all(name, class_name)
        return found

    @property
    def text(self) -> str:
        return self.one("body").text

    @property
    def linked_data(self) -> list[dict[str, Any]]:
        """The nodes of the JSON-LD in the head."""
        blocks = [found for found in self.all("script") if found.attributes.get("type") == "application/ld+json"]
        (block,) = blocks
        content = json.loads("".join(block.parts))
        assert content["@context"] == "https://schema.org"
        nodes: list[dict[str, Any]] = content["@graph"]
        return nodes


def parse(text: str) -> Parsed:
    """Parse a page, and find every element closed in its place."""
    parsed = Parsed()
    parsed.feed(text)
    parsed.close()
    assert parsed.unclosed == []
    return parsed


def links_of(text: str) -> tuple[list[tuple[str, str]], set[str]]:
    """Give the addresses a page names (attribute and value, as written), and its anchors; quick, for many pages."""
    markup = re.sub(r'<script type="application/ld\+json">.*?</script>', "", text, flags=re.DOTALL)
    return _LINK.findall(markup), set(_ID.findall(markup))
