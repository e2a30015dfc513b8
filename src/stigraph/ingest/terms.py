"""How terms are written as N-Quads, and the terms that all sheets use."""

import re

from stigraph.vocab import PREFIXES, STI

__all__ = [
    "ABOUT",
    "ALIAS",
    "AMOUNT",
    "AS_PRINTED",
    "BASIS",
    "DECIMAL",
    "DESCRIPTION",
    "FISCAL_YEAR",
    "INTEGER",
    "LABEL",
    "LOCATOR",
    "NOTATION",
    "NOTE",
    "PART_OF",
    "PROGRAMME",
    "REFERENCES",
    "A",
    "escaped",
    "one_line",
    "sti",
]

A = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = f"<{PREFIXES['skos']}prefLabel>"
ALIAS = f"<{PREFIXES['skos']}altLabel>"
NOTATION = f"<{PREFIXES['skos']}notation>"
DESCRIPTION = f"<{PREFIXES['dcterms']}description>"
NOTE = f"<{PREFIXES['skos']}note>"
PART_OF = f"<{PREFIXES['dcterms']}isPartOf>"
REFERENCES = f"<{PREFIXES['dcterms']}references>"
ABOUT = f"<{STI}about>"
AMOUNT = f"<{STI}amount>"
AS_PRINTED = f"<{STI}asPrinted>"
BASIS = f"<{STI}basis>"
FISCAL_YEAR = f"<{STI}fiscalYear>"
LOCATOR = f"<{STI}locator>"
PROGRAMME = f"<{STI}programme>"
INTEGER = f'"^^<{PREFIXES["xsd"]}integer>'
"""What ends a literal that is a whole number, from its closing quote on."""
DECIMAL = f'"^^<{PREFIXES["xsd"]}decimal>'
"""What ends a literal that is a decimal number, from its closing quote on."""

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
