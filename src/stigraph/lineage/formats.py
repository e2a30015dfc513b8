"""An answer written as JSON, CSV, Markdown, Mermaid or DOT."""

from collections.abc import Callable, Iterator, Mapping

from stigraph.lineage.model import Edge, Lineage, Node
from stigraph.lineage.tree import Item, to_text, to_tree
from stigraph.vocab import curie, slug

__all__ = ["FORMATS", "write"]


def write(answer: Lineage, form: str, *, lang: str = "ja", width: int = 100, every_place: bool = False) -> str:
    """Write an answer in one of `FORMATS`.

    ``width`` counts for text alone; ``every_place`` for text and Markdown, which name of a passage that many review
    sheets print in the same words the first and the last. The other formats always give every piece of evidence.
    """
    if form == "text":
        return to_text(answer, lang=lang, width=width, every_place=every_place)
    if form == "md":
        return _markdown(answer, lang, every_place=every_place)
    return FORMATS[form](answer, lang)


def _json(answer: Lineage, lang: str) -> str:
    import json

    content = answer.to_json()
    for node in content["nodes"]:
        node["label"] = answer.nodes[node["id"]].label(lang)
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _csv(answer: Lineage, lang: str) -> str:
    from stigraph.evidence_table import EvidenceRow, evidence_table

    return evidence_table(
        EvidenceRow(
            edge.source,
            answer.nodes[edge.source].label(lang),
            edge.predicate,
            edge.target,
            answer.nodes[edge.target].label(lang),
            {**shown.to_json(), "note": shown.note(lang)},
        )
        for edge in answer.edges
        for shown in edge.evidence
    )


def _markdown(answer: Lineage, lang: str, *, every_place: bool = False) -> str:
    root = to_tree(answer, lang, every_place=every_place)
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


def _diagram(form: str, answer: Lineage, lang: str) -> str:
    from stigraph.diagrams import Arrow, Box, dot, mermaid

    return {"mermaid": mermaid, "dot": dot}[form](
        [Box(curie(iri), _caption(node, lang), node.type) for iri, node in answer.nodes.items()],
        [Arrow(curie(edge.source), curie(edge.target), _edge_caption(edge)) for edge in answer.edges],
    )


def _caption(node: Node, lang: str) -> str:
    quote = node.facts.get("quote") if node.type == "sti:Statement" and lang == "ja" else None
    return f"「{quote}」" if quote else node.label(lang)


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
    "mermaid": lambda answer, lang: _diagram("mermaid", answer, lang),
    "dot": lambda answer, lang: _diagram("dot", answer, lang),
}
