"""Diagrams as text: Graphviz DOT and Mermaid."""

from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["Arrow", "Box", "dot", "mermaid"]

_CLIPPED = 40


class Box(NamedTuple):
    """A thing of a diagram: what it is called in the text, its caption and its class as a CURIE."""

    id: str
    caption: str
    type: str


class Arrow(NamedTuple):
    """A step of a diagram."""

    source: str
    target: str
    caption: str


def dot(boxes: Iterable[Box], arrows: Iterable[Arrow]) -> str:
    r"""Write Graphviz DOT, drawn from left to right.

    >>> print(dot([Box("a", 'say "a"', "sti:Programme")], [Arrow("a", "a", "")]))
    digraph lineage {
      rankdir=LR;
      node [fontname="Noto Sans CJK JP"];
      "a" [label="say \"a\"", shape=oval];
      "a" -> "a" [label=""];
    }
    <BLANKLINE>
    """
    shapes = {"sti:Statement": "note", "sti:Programme": "oval", "sti:Project": "oval"}
    lines = ["digraph lineage {", "  rankdir=LR;", '  node [fontname="Noto Sans CJK JP"];']
    for box in boxes:
        shape = shapes.get(box.type, "box")
        lines.append(f'  "{_dot_text(box.id)}" [label="{_dot_text(_clipped(box.caption))}", shape={shape}];')
    for arrow in arrows:
        ends = f'"{_dot_text(arrow.source)}" -> "{_dot_text(arrow.target)}"'
        lines.append(f'  {ends} [label="{_dot_text(_on_one_line(arrow.caption))}"];')
    return "\n".join([*lines, "}"]) + "\n"


def mermaid(boxes: Iterable[Box], arrows: Iterable[Arrow]) -> str:
    """Write a Mermaid flowchart, drawn from left to right.

    >>> print(mermaid([Box("x", "a <b>", "sti:Programme")], [Arrow("x", "x", "cites")]))
    flowchart LR
      n0(["a &lt;b&gt;"])
      n0 -->|"cites"| n0
    <BLANKLINE>
    """
    boxes = list(boxes)
    names = {box.id: f"n{number}" for number, box in enumerate(boxes)}
    shapes = {"sti:Statement": ("[/", "/]"), "sti:Programme": ("([", "])"), "sti:Project": ("([", "])")}
    lines = ["flowchart LR"]
    for box in boxes:
        opening, closing = shapes.get(box.type, ("[", "]"))
        lines.append(f'  {names[box.id]}{opening}"{_mermaid_text(_clipped(box.caption))}"{closing}')
    for arrow in arrows:
        caption = f'|"{_mermaid_text(_on_one_line(arrow.caption))}"|' if arrow.caption else ""
        lines.append(f"  {names[arrow.source]} -->{caption} {names[arrow.target]}")
    return "\n".join(lines) + "\n"


def _on_one_line(text: str) -> str:
    return " ".join(text.splitlines())


def _clipped(text: str) -> str:
    text = _on_one_line(text)
    return text if len(text) <= _CLIPPED else text[: _CLIPPED - 1] + "…"


def _dot_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _mermaid_text(text: str) -> str:
    for character, code in (
        ("&", "&amp;"),
        ("#", "#35;"),
        ('"', "#quot;"),
        ("<", "&lt;"),
        (">", "&gt;"),
        ("`", "#96;"),
    ):
        text = text.replace(character, code)
    return text
