"""What a validation found, and how it is written."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stigraph.errors import UsageError
from stigraph.vocab import curie

__all__ = ["SEVERITIES", "Finding", "Report"]

SEVERITIES = ("error", "warning", "info")
_COLUMNS = (
    "severity",
    "rule",
    "file",
    "line",
    "node",
    "property",
    "value",
    "graph",
    "message_ja",
    "message_en",
)
_WORDS: Mapping[str, Mapping[str, Callable[[int], str]]] = {
    "en": {
        "error": lambda count: f"{count:,} error{'' if count == 1 else 's'}",
        "warning": lambda count: f"{count:,} warning{'' if count == 1 else 's'}",
        "info": lambda count: f"{count:,} remark{'' if count == 1 else 's'}",
    },
    "ja": {
        "error": lambda count: f"誤り{count:,}件",
        "warning": lambda count: f"警告{count:,}件",
        "info": lambda count: f"参考{count:,}件",
    },
}
_SEVERITY_WORDS = {
    "en": {severity: severity for severity in SEVERITIES},
    "ja": {"error": "誤り", "warning": "警告", "info": "参考"},
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or remark.

    Attributes:
        severity: ``error`` (the data does not conform), ``warning`` or ``info``.
        rule: what was broken: ``syntax``, ``unknown-term``, ``literal-type``, a shape (``shape:Statement/sti:quote``)
            or a quality query (``missing-label``).
        message_ja: what is wrong and what to do, in Japanese.
        message_en: the same in English.
        node: the IRI of the thing it is about, if any.
        property: the IRI of the property it is about, if any.
        value: the value it is about, if any, as plain text.
        path: the file to mend, if any.
        line: the line of that file where the node's block begins, or of the fault itself where that is known.
        graph: the IRI of the named graph of that file.
    """

    severity: str
    rule: str
    message_ja: str
    message_en: str
    node: str | None = None
    property: str | None = None
    value: str | None = None
    path: Path | None = None
    line: int | None = None
    graph: str | None = None

    def message(self, lang: str = "en") -> str:
        """Give the message in Japanese (``ja``) or English (``en``)."""
        return self.message_ja if lang == "ja" else self.message_en

    def as_row(self) -> dict[str, Any]:
        """Give the finding as plain values, as JSON and CSV show it."""
        return {
            "severity": self.severity,
            "rule": self.rule,
            "file": str(self.path) if self.path else None,
            "line": self.line,
            "node": self.node,
            "property": self.property,
            "value": self.value,
            "graph": self.graph,
            "message_ja": self.message_ja,
            "message_en": self.message_en,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a validation.

    Attributes:
        findings: every finding, the gravest first, then by file and line.
        files: how many files were read.
        triples: how many triples they hold.
        skipped: the checks (``shapes``, ``quality``) that were asked for and not run, because a file is not Turtle.
    """

    findings: tuple[Finding, ...]
    files: int
    triples: int
    skipped: tuple[str, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding], files: int, triples: int, skipped: Iterable[str] = ()) -> "Report":
        """Make a report of findings in any order; the same finding twice counts once."""
        return cls(tuple(sorted(set(findings), key=_order)), files, triples, tuple(skipped))

    @property
    def conforms(self) -> bool:
        """Whether there is no error; warnings and remarks do not matter."""
        return not self.counts["error"]

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity."""
        tally = Counter(finding.severity for finding in self.findings)
        return {severity: tally[severity] for severity in SEVERITIES}

    def at_least(self, severity: str) -> list[Finding]:
        """List the findings of this severity and the graver ones.

        Raises:
            UsageError: there is no such severity.

        >>> Report((Finding("info", "a", "", ""), Finding("error", "b", "", "")), 1, 2).at_least("warning")[0].rule
        'b'
        """
        if severity not in SEVERITIES:
            raise UsageError(f"“{severity}” is not a severity; they are {', '.join(SEVERITIES)}.")
        kept = SEVERITIES[: SEVERITIES.index(severity) + 1]
        return [finding for finding in self.findings if finding.severity in kept]

    def to_text(self, lang: str = "en", severity: str = "info") -> str:
        """Write the findings of a severity and above for people, and a line that sums up all of them.

        >>> print(Report((), 2, 10).to_text(), end="")
        2 files, 10 triples: 0 errors, 0 warnings, 0 remarks. The data conforms.
        """
        return "".join(f"{line}\n" for line in self._lines(lang, severity))

    def to_json(self, severity: str = "info") -> str:
        """Write the report as JSON; ``counts`` are of all findings, whichever are listed."""
        content = {
            "conforms": self.conforms,
            "files": self.files,
            "triples": self.triples,
            "counts": self.counts,
            "skipped": list(self.skipped),
            "findings": [finding.as_row() for finding in self.at_least(severity)],
        }
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

    def to_csv(self, severity: str = "info") -> str:
        """Write the findings as CSV, one a row."""
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, _COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(finding.as_row() for finding in self.at_least(severity))
        return buffer.getvalue()

    def _lines(self, lang: str, severity: str) -> Iterator[str]:
        for finding in self.at_least(severity):
            yield _headline(finding, lang)
            yield f"    {finding.message(lang)} [{finding.rule}]"
        yield self._summary(lang)

    def _summary(self, lang: str) -> str:
        counts = [_WORDS[lang][severity](count) for severity, count in self.counts.items()]
        if lang == "ja":
            verdict = "適合しています。" if self.conforms else "適合していません。"
            left = "構文の誤りがあるため、形状・品質の検査は行っていません。" if self.skipped else ""
            return f"{self.files:,}ファイル、{self.triples:,}トリプル：{'、'.join(counts)}。{verdict}{left}"
        verdict = "The data conforms." if self.conforms else "The data does not conform."
        left = f" Not run until the syntax is mended: {', '.join(self.skipped)}." if self.skipped else ""
        return f"{self.files:,} files, {self.triples:,} triples: {', '.join(counts)}. {verdict}{left}"


def _order(finding: Finding) -> tuple[Any, ...]:
    return (
        SEVERITIES.index(finding.severity),
        str(finding.path or ""),
        finding.line or 0,
        finding.rule,
        finding.node or "",
        finding.property or "",
        finding.value or "",
        finding.message_en,
    )


def _headline(finding: Finding, lang: str) -> str:
    place = f"{finding.path}:{finding.line}" if finding.line else str(finding.path or "-")
    about = [curie(part) for part in (finding.node, finding.property, finding.value) if part]
    return f"{place}: {_SEVERITY_WORDS[lang][finding.severity]}: {' '.join(about)}".rstrip(": ")
