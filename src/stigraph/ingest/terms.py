"""How terms are written as N-Quads, and the terms that all sheets use."""

import re

from stigraph.vocab import PREFIXES, STI

__all__ = ["ALIAS", "DESCRIPTION", "LABEL", "NOTATION", "A", "escaped", "one_line", "sti"]

A = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = f"<{PREFIXES['skos']}prefLabel>"
ALIAS = f"<{PREFIXES['skos']}altLabel>"
NOTATION = f"<{PREFIXES['skos']}notation>"
DESCRIPTION = f"<{PREFIXES['dcterms']}description>"
_ESCAPED = re.compile(r'["\\\n\r]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r"}


def sti(name: str) -> str:
    """Write a term of the vocabulary."""
    return f"<{STI}{name}>"


def escaped(text: str) -> str:
    """Escape a literal: quotes, backslashes and line breaks are all that N-Quads asks for."""
    return _ESCAPED.sub(lambda match: _ESCAPES[match[0]], text) if _ESCAPED.search(text) else text


def one_line(text: str) -> str:
    """Write a text that is broken over lines as one line."""
    return " ".join(text.split()) if "\n" in text else text
