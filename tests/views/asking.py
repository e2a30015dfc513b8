"""What the tests of the views ask besides: the graph by SPARQL, the view by its flags, the texts of the sources."""

from pathlib import Path

import pytest

import stigraph
from stigraph.views.model import View

__all__ = ["SEEDS", "ask", "flagged", "source_texts", "text_of"]

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


def text_of(term: object) -> str:
    """Give the text of a term, nothing for what is unbound."""
    return str(getattr(term, "value", ""))


def ask(store: stigraph.Store, text: str) -> set[str]:
    """Give the first column of an answer."""
    return {text_of(row[0]) for row in stigraph.query(store, text).rows}


def flagged(view: View, flag: str) -> set[str]:
    """Give the nodes that bear a flag."""
    return {iri for iri, data in view.nodes(data=True) if flag in data["flags"]}


def source_texts(store: stigraph.Store) -> dict[str, list[str]]:
    """Read the lines of the source texts by the IRIs of the sources; skips the test where they are absent."""
    if not SEEDS.is_dir():
        pytest.skip(f"the source texts are not at {SEEDS}; they stay outside the project")
    lines = {path.name[:3]: path.read_text(encoding="utf-8").split("\n") for path in SEEDS.iterdir() if path.is_file()}
    rows = stigraph.query(store, "SELECT ?s ?c WHERE { ?s a sti:Source ; skos:notation ?c }").rows
    codes = {text_of(source): text_of(code) for source, code in rows}
    return {source: lines[code] for source, code in codes.items() if code in lines}
