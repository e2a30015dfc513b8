"""`stigraph validate`, as it is typed."""

import csv
import json
from pathlib import Path

from tests.conftest import Run
from tests.validation.conftest import Plant


def test_exit_0_and_a_summary_when_it_conforms(run: Run, sound: Path) -> None:
    done = run("validate", "--data", str(sound))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("0 errors, 0 warnings, 0 remarks. The data conforms.\n")


def test_exit_1_and_file_and_line_when_it_does_not(run: Run, plant: Plant) -> None:
    folder = plant("sources/page.ttl", "    sti:phase sti:Initial ;\n", "")
    done = run("validate", "--data", str(folder), "--lang", "ja")
    assert (done.returncode, done.stderr) == (1, "")
    lines = (folder / "sources/page.ttl").read_text(encoding="utf-8").split("\n")
    line = lines.index("budget:joint-2021") + 1
    assert f"{folder}/sources/page.ttl:{line}: 誤り: budget:joint-2021 sti:phase\n" in done.stdout
    assert "適合していません" in done.stdout


def test_an_ill_typed_literal_leaves_no_traceback(run: Run, plant: Plant) -> None:
    done = run("validate", "--data", str(plant("sources/page.ttl", "1078000000", '"千万"^^xsd:integer')))
    assert (done.returncode, done.stderr) == (1, "")


def test_exit_0_when_there_are_only_warnings(run: Run, plant: Plant) -> None:
    folder = plant("sources/page.ttl", "令和2年7月、戦略2020", "令和2年5月、戦略2020")
    shown = run("validate", "--no-shapes", "--data", str(folder), "--severity", "warning", "--format", "json")
    hidden = run("validate", "--no-shapes", "--data", str(folder), "--severity", "error", "--format", "csv")
    assert (shown.returncode, hidden.returncode) == (0, 0)
    assert [each["rule"] for each in json.loads(shown.stdout)["findings"]] == ["cited-date-differs"]
    assert not list(csv.DictReader(hidden.stdout.splitlines()))


def test_exit_2_when_it_cannot_be_run(run: Run, tmp_path: Path) -> None:
    done = run("validate", "--data", str(tmp_path / "nowhere"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "name a folder like data/" in done.stderr and "Traceback" not in done.stderr


def test_exit_2_without_the_extra_and_no_need_of_it_without_shapes(run: Run, sound: Path, tmp_path: Path) -> None:
    (tmp_path / "pyshacl.py").write_text("raise ImportError('not installed')\n", encoding="utf-8")
    env = {"PYTHONPATH": str(tmp_path)}
    without = run("validate", "--data", str(sound), env=env)
    assert (without.returncode, without.stdout) == (2, "")
    assert "pip install 'stigraph[validate]'" in without.stderr
    assert run("validate", "--no-shapes", "--data", str(sound), env=env).returncode == 0


def test_a_report_goes_into_a_file(run: Run, sound: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    done = run("validate", "--no-shapes", "--data", str(sound), "--format", "json", "-o", str(target))
    assert (done.returncode, done.stdout) == (0, "")
    assert json.loads(target.read_text(encoding="utf-8"))["conforms"] is True
