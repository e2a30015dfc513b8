"""What the documents of the project say is run: every command of the README, its sample, its Python."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^stigraph [^\n]*?(?=\s+# |$)", README, re.MULTILINE)
Run = Callable[..., "CompletedProcess[str]"]


def test_the_readme_shows_enough_commands() -> None:
    assert len(COMMANDS) >= 10
    assert {shlex.split(command)[1] for command in COMMANDS} >= {"lineage", "search", "show", "query", "stats"}


# The site takes longest, and the example in the help of its command runs it as well.
@pytest.mark.parametrize("command", [command for command in COMMANDS if command != "stigraph site -o site"])
def test_every_command_of_the_readme_runs(command: str, run: Run, tmp_path: Path) -> None:
    result = run(*shlex.split(command)[1:], cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip()
    written = re.search(r"(?:-o|--view) (\S+)", command)
    assert [path.name for path in tmp_path.iterdir()] == ([written[1]] if written else [])


def test_the_sample_of_the_readme_is_real_output(run: Run) -> None:
    block = re.search(r"```console\n\$ stigraph ([^\n]*)\n(.*?)…\n```", README, re.DOTALL)
    assert block
    result = run(*shlex.split(block[1]))
    assert result.stdout.startswith(block[2])


def test_the_python_of_the_readme_runs(store: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    block = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert block
    names: dict[str, Any] = {}
    exec(block[1], names)
    assert names["graph"].number_of_edges() > 10
    assert len(names["rows"]) > 50
    assert "6th Basic Plan" in (tmp_path / "plan.html").read_text(encoding="utf-8")


def test_every_make_target_of_the_documents_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for target in set(re.findall(r"make ([a-z]+)\b", README + contributing)) - {"sure"}:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
