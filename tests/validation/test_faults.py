"""Each fault of faults.toml is found, on its line, with its message in both languages."""

import shutil
import tomllib
from pathlib import Path

import pytest
from tests.validation.conftest import Plant

from stigraph.resources import data_folder
from stigraph.validation import Report, validate

CASES = tomllib.loads((Path(__file__).parent / "faults.toml").read_text(encoding="utf-8"))


def line_beginning(path: Path, words: str) -> int:
    lines = path.read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if line.strip().startswith(words))


def test_the_base_has_no_fault(sound: Path) -> None:
    report = validate(sound)
    assert not report.findings, report.to_text()


@pytest.mark.parametrize("name", CASES)
def test_a_planted_fault_is_found(name: str, plant: Plant) -> None:
    case = {"severity": "error", **CASES[name]}
    folder = plant(case["file"], case["find"], case["replace"])
    report = validate(folder, shapes=case["rule"].startswith("shape:"))
    place = (folder / case["file"], line_beginning(folder / case["file"], case["at"]))
    found = [
        finding
        for finding in report.findings
        if (finding.rule, finding.severity) == (case["rule"], case["severity"])
        and (finding.path, finding.line) == place
        and case["ja"] in finding.message("ja")
        and case["en"] in finding.message("en")
    ]
    assert found, f"wanted at line {place[1]}; found:\n{report.to_text('ja')}{report.to_text('en')}"
    assert report.conforms == (case["severity"] != "error")


def test_every_fault_is_found_at_once(sound: Path) -> None:
    """A fault never hides another: two broken statements, a misspelt term and an ill-typed year in two files."""
    page, things = sound / "sources/page.ttl", sound / "catalogue/things.ttl"
    page.write_text(
        page.read_text(encoding="utf-8")
        .replace("sti:programme programme:joint ;", "sti:programme prog:joint ;")
        .replace("    sti:subject document:plan-6 ;", "    sti:subject ;")
        .replace("sti:firstFiscalYear 2016", 'sti:firstFiscalYear "平成28年度"^^xsd:integer'),
        encoding="utf-8",
    )
    things.write_text(things.read_text(encoding="utf-8").replace("a sti:Country ;", "a sti:Contry ;"), encoding="utf-8")
    report = validate(sound)
    assert rules(report) == ["unknown-term", "syntax", "syntax", "literal-type"]
    lines = ["a sti:Contry", "sti:programme prog:", "sti:subject ;", 'sti:firstFiscalYear "平成']
    wanted = [line_beginning(things if "Contry" in words else page, words) for words in lines]
    assert [finding.line for finding in report.findings] == wanted
    assert report.skipped == ("shapes", "quality"), "what could not be read would make everything else seem wrong"


def test_a_fault_is_placed_in_the_file_that_says_it(plant: Plant) -> None:
    """A document has a block in the catalogue and one in the source; the one with the wrong date is to be mended."""
    folder = plant("sources/page.ttl", "sti:firstFiscalYear 2021", "sti:firstFiscalYear 2031")
    finding = next(each for each in validate(folder).findings if each.severity == "error")
    page = folder / "sources/page.ttl"
    assert finding.rule == "shape:PolicyDocument/sti:firstFiscalYear"
    assert (finding.path, finding.line) == (page, line_beginning(page, "document:plan-6"))
    assert finding.graph == "https://w3id.org/stigraph/id/source/page"


def rules(report: Report) -> list[str]:
    return [finding.rule for finding in report.findings]


def test_an_empty_file_is_one_finding(tmp_path: Path) -> None:
    shutil.copytree(data_folder(), tmp_path / "data")
    empty = tmp_path / "data" / "sources" / "mext-international-draft-budget-fy2021.ttl"
    empty.write_text("", encoding="utf-8")
    report = validate(tmp_path / "data", shapes=False, quality=False)
    assert [(finding.rule, finding.path) for finding in report.findings] == [("empty-file", empty)]
    assert not report.conforms
