"""An answer written as JSON, CSV, Markdown, Mermaid or DOT."""

from collections.abc import Callable, Iterator, Mapping

from stigraph.lineage.model import Edge, Lineage, Node
from stigraph.lineage.tree import Item, to_text, to_tree
from stigraph.vocab import curie, slug

__all__ = ["FORMATS", "write"]

_COLUMNS = [
    "source",
    "source_label",
    "predicate",
    "target",
    "target_label",
    "statement",
    "document",
    "locator",
    "basis",
    "quote",
    "cited_as",
    "note",
]
_CLIPPED = 40


def write(answer: Lineage, form: str, *, lang: str = "ja", width: int = 100) -> str:
    """Write an answer in one of `FORMATS`; ``width`` counts for text alone."""
    if form == "text":
        return to_text(answer, lang=lang, width=width)
    return FORMATS[form](answer, lang)


def _json(answer: Lineage, lang: str) -> str:
    import json

    content = answer.to_json()
    for node in content["nodes"]:
        node["label"] = answer.nodes[node["id"]].label(lang)
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _csv(answer: Lineage, lang: str) -> str:
    """One row for each piece of evidence."""
    import csv
    import io

    buffer = io.StringIO()
    table = csv.writer(buffer, lineterminator="\n")
    table.writerow(_COLUMNS)
    for edge in answer.edges:
        ends = (edge.source, _label(answer, edge.source, lang), edge.predicate, edge.target)
        for shown in edge.evidence:
            table.writerow(
                [
                    *ends,
                    _label(answer, edge.target, lang),
                    shown.statement or "",
                    shown.document,
                    shown.locator or "",
                    shown.basis or "",
                    shown.quote or "",
                    shown.cited_as or "",
                    shown.note or "",
                ]
            )
    return buffer.getvalue()


def _label(answer: Lineage, iri: str, lang: str) -> str:
    return answer.nodes[iri].label(lang)


def _markdown(answer: Lineage, lang: str) -> str:
    root = to_tree(answer, lang)
    lines = [f"# {_escaped(root.title)}", "", *map(_escaped, root.lines), ""]
    for child in root.children:
        lines += [*_bullets(child, 0), ""]
    return "\n".join(lines).rstrip() + "\n"


def _bullets(item: Item, depth: int) -> Iterator[str]:
    indent = "  " * depth
    yield f"{indent}- {_escaped(item.title)}"
    yield from (f"{indent}  <br>{_escaped(line)}" for line in item.lines)
    for child in item.children:
        yield from _bullets(child, depth + 1)


def _escaped(text: str) -> str:
    text = _on_one_line(text)
    for character in "\\`*_[]<>#|&":
        text = text.replace(character, "\\" + character)
    return text


def _mermaid(answer: Lineage, lang: str) -> str:
    names = {iri: f"n{number}" for number, iri in enumerate(answer.nodes)}
    shapes = {"sti:Statement": ("[/", "/]"), "sti:Programme": ("([", "])"), "sti:Project": ("([", "])")}
    lines = ["flowchart LR"]
    for iri, node in answer.nodes.items():
        opening, closing = shapes.get(node.type, ("[", "]"))
        lines.append(f'  {names[iri]}{opening}"{_caption(node, lang, _mermaid_text)}"{closing}')
    lines += [
        f'  {names[edge.source]} -->|"{_mermaid_text(_edge_caption(edge))}"| {names[edge.target]}'
        for edge in answer.edges
    ]
    return "\n".join(lines) + "\n"


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


def _dot(answer: Lineage, lang: str) -> str:
    shapes = {"sti:Statement": "note", "sti:Programme": "oval", "sti:Project": "oval"}
    lines = ["digraph lineage {", "  rankdir=LR;", '  node [fontname="Noto Sans CJK JP"];']
    for iri, node in answer.nodes.items():
        shape = shapes.get(node.type, "box")
        lines.append(f'  "{_dot_text(curie(iri))}" [label="{_caption(node, lang, _dot_text)}", shape={shape}];')
    for edge in answer.edges:
        ends = f'"{_dot_text(curie(edge.source))}" -> "{_dot_text(curie(edge.target))}"'
        lines.append(f'  {ends} [label="{_dot_text(_edge_caption(edge))}"];')
    return "\n".join([*lines, "}"]) + "\n"


def _dot_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _caption(node: Node, lang: str, safe: Callable[[str], str]) -> str:
    quote = node.facts.get("quote") if node.type == "sti:Statement" and lang == "ja" else None
    text = _on_one_line(f"「{quote}」" if quote else node.label(lang))
    return safe(text if len(text) <= _CLIPPED else text[: _CLIPPED - 1] + "…")


def _on_one_line(text: str) -> str:
    return " ".join(text.splitlines())


def _edge_caption(edge: Edge) -> str:
    shown = edge.evidence[0]
    return f"{slug(edge.predicate.replace(':', '#'))} {slug(shown.document)} {shown.locator or ''}".rstrip()


FORMATS: Mapping[str, Callable[[Lineage, str], str]] = {
    "text": lambda answer, lang: to_text(answer, lang=lang),
    "json": _json,
    "csv": _csv,
    "md": _markdown,
    "mermaid": _mermaid,
    "dot": _dot,
}
