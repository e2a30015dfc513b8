"""What a report says, and its forms."""

import csv
import json
import sys
from pathlib import Path

import pytest

from stigraph.errors import MissingExtraError, StoreError, UsageError
from stigraph.validation import SEVERITIES, Finding, Report, validate

FINDINGS = [
    Finding("info", "idle", "何もない", "nothing", node="https://w3id.org/stigraph/id/statement/a"),
    Finding("warning", "later", "後", "later", path=Path("b.ttl"), line=9),
    Finding("warning", "later", "後", "later", path=Path("b.ttl"), line=2),
    Finding("error", "worst", "最悪", "worst", path=Path("c.ttl"), line=1, value="一、二"),
    Finding("warning", "later", "後", "later", path=Path("b.ttl"), line=2),
]
REPORT = Report.of(FINDINGS, files=3, triples=1234)


def test_the_gravest_come_first_then_file_and_line_and_none_twice() -> None:
    assert [(finding.severity, finding.line) for finding in REPORT.findings] == [
        ("error", 1),
        ("warning", 2),
        ("warning", 9),
        ("info", None),
    ]
    assert REPORT.counts == {"error": 1, "warning": 2, "info": 1}
    assert not REPORT.conforms


@pytest.mark.parametrize(("severity", "count"), [*zip(SEVERITIES, (1, 3, 4), strict=True)])
def test_a_severity_keeps_what_is_as_grave(severity: str, count: int) -> None:
    assert len(REPORT.at_least(severity)) == count
    assert len(json.loads(REPORT.to_json(severity))["findings"]) == count
    assert len(list(csv.DictReader(REPORT.to_csv(severity).splitlines()))) == count


def test_an_unknown_severity_is_refused() -> None:
    with pytest.raises(UsageError, match="error, warning, info"):
        REPORT.at_least("fatal")


def test_text_in_both_languages() -> None:
    english, japanese = REPORT.to_text("en"), REPORT.to_text("ja")
    assert "c.ttl:1: error: 一、二\n    worst [worst]\n" in english
    assert "-: info: statement:a\n" in english
    assert english.endswith("3 files, 1,234 triples: 1 error, 2 warnings, 1 remark. The data does not conform.\n")
    assert "c.ttl:1: 誤り: 一、二\n    最悪 [worst]\n" in japanese
    assert japanese.endswith("3ファイル、1,234トリプル：誤り1件、警告2件、参考1件。適合していません。\n")


def test_json_holds_everything() -> None:
    content = json.loads(REPORT.to_json())
    assert content["conforms"] is False
    assert content["counts"] == {"error": 1, "warning": 2, "info": 1}
    assert content["findings"][0] == {
        "severity": "error",
        "rule": "worst",
        "file": "c.ttl",
        "line": 1,
        "node": None,
        "property": None,
        "value": "一、二",
        "graph": None,
        "message_ja": "最悪",
        "message_en": "worst",
    }


def test_two_runs_are_the_same_to_the_byte(sound: Path) -> None:
    assert validate(sound).to_json() == validate(sound).to_json()


def test_without_pyshacl_one_sentence_says_what_to_install(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'stigraph\[validate\]'"):
        validate(sound)
    assert validate(sound, shapes=False).conforms, "the rest needs no extra"


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="name a folder like data/"):
        validate(tmp_path, shapes=False)
