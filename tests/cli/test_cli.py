"""The manners of the command line: help that runs, exit codes, files written whole, no traceback."""

import csv
import json
import os
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess

import pytest

import stigraph
from stigraph.cli import COMMANDS

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[1]
Run = Callable[..., CompletedProcess[str]]
_MAIN = "from stigraph.cli import main; main()"


def _rows() -> list[dict[str, str]]:
    with (_HERE / "bad.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _examples(help_text: str) -> list[list[str]]:
    _, found, tail = help_text.partition("Example:\n")
    assert found, "the help has no example"
    lines = tail.split("\n\n")[0].strip().splitlines()
    return [shlex.split(line)[1:] for line in map(str.strip, lines) if line.startswith("stigraph ")]


@pytest.mark.parametrize("command", ["", *sorted(COMMANDS)])
def test_the_help_ends_in_an_example_that_runs(
    run: Run, command: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    help_text = run(*filter(None, [command]), "--help")
    assert (help_text.returncode, help_text.stderr) == (0, "")
    assert run(*filter(None, [command]), "-h").stdout == help_text.stdout
    examples = _examples(help_text.stdout)
    assert examples
    for example in examples:
        beside = [argument for argument in example if argument.startswith("../")]
        for argument in beside:
            if not (_ROOT / argument).exists():
                pytest.skip(f"{argument} is not here")
        if any(argument.startswith("http://localhost") for argument in example):
            pytest.skip("needs a server; see tests/remote")
        env = {"STIGRAPH_STORE": str(request.getfixturevalue("sheets_folder"))} if command == "totals" else {}
        done = run(*example, cwd=_ROOT if beside else tmp_path, env=env)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        assert done.stdout.strip()


def test_the_help_of_the_group_lists_every_command(run: Run) -> None:
    printed = run("--help").stdout
    for name, summary in COMMANDS.items():
        assert name in printed
        assert " ".join(summary.split()[:3]) in printed


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_option_is_explained(command: str) -> None:
    from importlib import import_module

    import click

    loaded = import_module(f"stigraph.cli.{command}").command
    assert isinstance(loaded, click.Command)
    for parameter in loaded.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{command} {parameter.opts}"
            assert parameter.help.endswith((".", ";")) or parameter.help[-1].isalnum()


def test_the_version(run: Run) -> None:
    assert run("--version").stdout == f"stigraph, version {stigraph.__version__}\n"


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["arguments"])
def test_bad_input_is_answered_in_words_and_by_the_exit_code(run: Run, row: dict[str, str]) -> None:
    done = run(*shlex.split(row["arguments"].replace("\\n", "\n")))
    assert done.returncode == int(row["exit"]), done.stderr
    assert done.stdout == ""
    assert row["says"] in done.stderr
    assert "Traceback" not in done.stderr
    assert "\udcff" not in done.stderr


def test_bytes_that_are_no_text_and_very_long_names_are_only_not_found(
    clean_environment: Mapping[str, str],
) -> None:
    for name in (b"\xff\xfe", b"nothing\x80", "長".encode() * 30_000):
        done = subprocess.run(
            [sys.executable, "-c", _MAIN, "lineage", name], env=clean_environment, capture_output=True, check=False
        )
        assert done.returncode == 1
        assert b"Nothing is called" in done.stderr
        assert b"Traceback" not in done.stderr
        assert len(done.stderr) < 3_000


def test_lang_follows_the_locale(run: Run) -> None:
    def first_line(**env: str | None) -> str:
        return run("lineage", "SATREPS", env=env).stdout.splitlines()[0]

    ja, en = "地球規模課題対応国際科学技術協力プログラム", "Science and Technology Research Partnership"
    assert first_line(LANG="ja_JP.UTF-8").startswith(ja)
    assert first_line(LANG="en_US.UTF-8").startswith(en)
    assert first_line(LANG="de_DE.UTF-8").startswith(en)
    assert first_line(LANG=None).startswith(en)
    assert first_line(LANG="en_US.UTF-8", LC_MESSAGES="ja_JP.UTF-8").startswith(ja)
    assert first_line(LANG="ja_JP.UTF-8", LC_ALL="C").startswith(en)
    assert first_line(LANG="en_US.UTF-8", STIGRAPH_LANG="ja").startswith(ja)
    assert run("lineage", "SATREPS", "--lang", "en", env={"LANG": "ja_JP.UTF-8"}).stdout.startswith(en)


def test_a_dash_is_standard_output(run: Run) -> None:
    assert run("show", "WPI", "-o", "-").stdout == run("show", "WPI").stdout != ""


def test_o_writes_the_file_whole_and_leaves_nothing_else(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "answer.json"
    target.write_text("old", encoding="utf-8")
    done = run("lineage", "SICORP", "--format", "json", "-o", str(target))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert json.loads(target.read_text(encoding="utf-8"))["root"].endswith("programme/sicorp")
    assert [path.name for path in tmp_path.iterdir()] == ["answer.json"]
    done = run("lineage", "SICORP", "--format", "json", "-o", "here.json", cwd=tmp_path)
    assert (tmp_path / "here.json").read_bytes() == target.read_bytes()


def test_o_that_fails_leaves_the_old_file(tmp_path: Path, clean_environment: Mapping[str, str]) -> None:
    pytest.importorskip("resource", reason="limits on the size of files are a thing of Unix")
    target = tmp_path / "answer.json"
    target.write_text("old", encoding="utf-8")
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)); " + _MAIN
    done = subprocess.run(
        [sys.executable, "-c", limited, "lineage", "SICORP", "--format", "json", "-o", str(target)],
        env=clean_environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == f"stigraph: {target} cannot be written: File too large.\n"
    assert target.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["answer.json"]


def test_o_follows_a_link_and_keeps_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "answer.txt").write_text("old", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real" / "answer.txt")
    assert run("search", "SICORP", "-o", str(tmp_path / "link.txt")).returncode == 0
    assert (tmp_path / "link.txt").is_symlink()
    assert "programme:sicorp" in (tmp_path / "real" / "answer.txt").read_text(encoding="utf-8")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a thing of Unix")
def test_o_into_a_pipe_does_not_replace_it(run: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    received: list[str] = []
    reader = threading.Thread(target=lambda: received.append(pipe.read_text(encoding="utf-8")), daemon=True)
    reader.start()
    assert run("search", "SICORP", "-o", str(pipe)).returncode == 0
    reader.join(10)
    assert pipe.is_fifo()
    assert "programme:sicorp" in received[0]


@pytest.mark.parametrize(
    "arguments",
    [
        ["lineage", "JST", "--format", "json"],
        ["lineage", "第6期基本計画", "--down"],
        ["show", "SATREPS", "--format", "json"],
        ["search", "国際", "--limit", "5000"],
        ["query", "SELECT * { ?s ?p ?o } LIMIT 20000", "--format", "csv"],
    ],
    ids=" ".join,
)
def test_a_reader_that_leaves_early_is_no_error(clean_environment: Mapping[str, str], arguments: list[str]) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", _MAIN, *arguments],
        env=clean_environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline()
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    process.wait(timeout=60)
    assert said == b""
    assert process.returncode in {0, 1}


def test_an_output_that_knows_no_japanese_is_no_traceback(clean_environment: Mapping[str, str]) -> None:
    for encoding in ("ascii", "latin-1", "shift_jis", "euc_jp"):
        done = subprocess.run(
            [sys.executable, "-c", _MAIN, "lineage", "SICORP", "--lang", "ja"],
            env={**clean_environment, "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding},
            capture_output=True,
            check=False,
        )
        assert b"Traceback" not in done.stderr, (encoding, done.stderr[-300:])
        assert done.returncode == 0
        assert b"SICORP" in done.stdout
        if encoding in {"shift_jis", "euc_jp"}:
            assert done.stdout.startswith("戦略的国際共同研究プログラム".encode(encoding))


_HEAVY = {"rdflib", "networkx", "pyoxigraph", "pyshacl", "pyvis", "numpy", "owlready2", "jinja2", "IPython"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["lineage", "SICORP"],
        ["lineage", "SICORP", "--format", "json"],
        ["search", "量子"],
        ["show", "SICORP"],
        ["--help"],
    ],
    ids=" ".join,
)
def test_a_look_up_loads_nothing_heavy(run: Run, clean_environment: Mapping[str, str], arguments: list[str]) -> None:
    run("search", "SICORP")  # the first look-up of all builds the store
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", _MAIN, *arguments],
        env=clean_environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0
    loaded = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert "stigraph.cli" in loaded
    assert "sqlite3" in loaded or arguments == ["--help"]
    assert not {name for name in loaded if name.split(".")[0] in _HEAVY}


def test_importing_the_package_loads_nothing_heavy_and_its_functions_stay_functions() -> None:
    script = (
        "import sys, stigraph\n"
        f"assert not {_HEAVY!r} & set(sys.modules)\n"
        "assert not [name for name in sys.modules if name.startswith('stigraph.')]\n"
        "import stigraph.lineage.walk, stigraph.query.running, stigraph.cli\n"
        "from stigraph.query import FORMATS\n"
        "assert [stigraph.lineage.__name__, stigraph.query.__name__] == ['lineage', 'query']\n"
        "assert all(callable(getattr(stigraph, name)) for name in stigraph.__all__ if not name.startswith('_'))\n"
        "try:\n    stigraph.nothing\nexcept AttributeError as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "module 'stigraph' has no attribute 'nothing'\n"


def test_the_doctests_run(clean_environment: Mapping[str, str]) -> None:
    done = subprocess.run(
        [
            *[sys.executable, "-m", "pytest", "--doctest-modules", "src/stigraph", "-p", "no:cacheprovider"],
            *["-p", "no:xdist", "-c", "pyproject.toml", "-vv"],
        ],
        env=clean_environment,
        cwd=_ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    for example in ("stigraph.lineage.walk.lineage", "stigraph.names.resolve", "stigraph.store.opening.open_store"):
        assert example in done.stdout


def test_the_console_script_is_the_same_program(run: Run, clean_environment: Mapping[str, str]) -> None:
    script = shutil.which("stigraph", path=str(Path(sys.executable).parent))
    if script is None:
        pytest.skip("the package is not installed here, only on the path")
    done = subprocess.run(
        [script, "search", "WPI"], env=clean_environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout == run("search", "WPI").stdout != ""


def test_a_list_of_what_a_lineage_leads_to(run: Run) -> None:
    asked = ("lineage", "SICORP", "--source", "002", "--list", "Plan")
    assert run(*asked, "--lang", "en").stdout == "document:basic-plan-5  Fifth Science and Technology Basic Plan\n"
    assert [row["id"] for row in json.loads(run(*asked, "--format", "json").stdout)] == [
        "https://w3id.org/stigraph/id/document/basic-plan-5"
    ]
    assert (
        run(*asked, "--format", "csv")
        .stdout.splitlines()[1]
        .endswith(",sti:Plan,第5期科学技術基本計画,Fifth Science and Technology Basic Plan")
    )


def test_a_list_of_nothing_says_what_there_is(run: Run) -> None:
    done = run("lineage", "SICORP", "--source", "002", "--list", "Country")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("stigraph: nothing of sti:Country; it leads to things of ")
    assert "Plan" in done.stderr
    done = run("lineage", "SICORP", "--list", "Plan", "--format", "md")
    assert done.returncode == 2
    assert "text, json or csv" in done.stderr
