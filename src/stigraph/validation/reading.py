"""Reading every file to its end, and collecting what is wrong in each."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from stigraph.store.inputs import defined_terms, graph_of, ill_typed, nearest_term, parse_file, unknown_terms
from stigraph.validation.places import InputFile
from stigraph.validation.report import Finding
from stigraph.vocab import ONTOLOGY, curie

__all__ = ["Reading", "read_all"]

_PARSER_PREFIX = re.compile(r"^Parser error .*?: ", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reading:
    """The files, what is wrong in them, and whether one of them is not Turtle."""

    files: tuple[InputFile, ...]
    findings: tuple[Finding, ...]
    broken: bool


def read_all(paths: Iterable[Path]) -> Reading:
    """Read the files of the ontology, which come first, and of the data; never stop at a fault.

    Raises:
        StoreError: a file cannot be read at all.
    """
    files: list[InputFile] = []
    findings: list[Finding] = []
    defined: set[str] = set()
    broken = False
    for path in paths:
        triples, errors = parse_file(path)
        file = InputFile(path, graph_of(path), triples)
        files.append(file)
        findings += (_syntax_fault(file, error) for error in errors)
        findings += _emptiness(file, errors)
        findings += _literal_faults(file)
        broken = broken or bool(errors)
        if file.graph == ONTOLOGY:
            defined |= defined_terms(triples)
        else:
            findings += _term_faults(file, defined)
    return Reading(tuple(files), tuple(findings), broken)


def _syntax_fault(file: InputFile, error: SyntaxError) -> Finding:
    cause = _PARSER_PREFIX.sub("", error.msg)
    return Finding(
        "error",
        "syntax",
        f"Turtleの文法に合いません（{cause}）。この箇所を直してください。",
        f"This is not Turtle: {cause}. Correct the statement here.",
        path=file.path,
        line=error.lineno,
        graph=file.graph,
    )


def _emptiness(file: InputFile, errors: Sequence[SyntaxError]) -> Iterator[Finding]:
    if not file.triples and not errors:
        yield Finding(
            "error",
            "empty-file",
            "記述が一つもありません。内容を戻すか、ファイルを削除してください。",
            "This file holds no statement. Restore what was in it, or remove the file.",
            path=file.path,
            graph=file.graph,
        )


def _literal_faults(file: InputFile) -> Iterator[Finding]:
    for triple, literal in ill_typed(file.triples):
        kind = curie(literal.datatype.value)
        node = _node(triple)
        yield Finding(
            "error",
            "literal-type",
            f"「{literal.value}」は {kind} の値ではありません。型に合う形で書いてください。",
            f"“{literal.value}” is not a {kind}; write the value in that type.",
            node=node,
            property=triple.predicate.value,
            value=literal.value,
            path=file.path,
            line=file.line(node, [literal.value, *file.spellings(triple.predicate.value)]),
            graph=file.graph,
        )


def _term_faults(file: InputFile, defined: set[str]) -> Iterator[Finding]:
    for triple, term in unknown_terms(file.triples, defined):
        node, name, near = _node(triple), curie(term), nearest_term(term, defined)
        yield Finding(
            "error",
            "unknown-term",
            f"{name} はオントロジーにない用語です。"
            + (f"{near} の誤りではありませんか。" if near else "先に ontology/ で定義してください。"),
            f"{name} is not a term of the ontology; "
            + (f"is {near} meant?" if near else "define it in ontology/ first."),
            node=node,
            property=triple.predicate.value,
            value=term,
            path=file.path,
            line=file.line(node, file.spellings(term)),
            graph=file.graph,
        )


def _node(triple: ox.Triple) -> str:
    return "" if isinstance(triple.subject, ox.Triple) else triple.subject.value
