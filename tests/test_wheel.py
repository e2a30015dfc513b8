"""The wheel: what is inside, and that it works where nothing else of the project is."""

import os
import shutil
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from stigraph.resources import data_folder, input_files, ontology_folder

_ROOT = Path(__file__).parents[1]

pytest.importorskip("build", reason="building the wheel needs the package build")
pytest.importorskip("hatchling", reason="building the wheel without network needs the package hatchling")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(_ROOT)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("stigraph-*-py3-none-any.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with nothing but the wheel; the libraries it needs are lent by the one the tests run in."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "--python",
            str(python),
            "install",
            "--no-deps",
            "--no-index",
            "--quiet",
            str(wheel),
        ],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (packages,) = folder.glob("lib/python*/site-packages") if os.name != "nt" else [folder / "Lib" / "site-packages"]
    for lent in site.getsitepackages():
        # One by one and not by a .pth file, since that would bring the .pth file of this checkout along.
        for package in Path(lent).iterdir():
            if package.suffix != ".pth" and not package.name.startswith(
                ("stigraph", "_stigraph", "__editable__", "_distutils")
            ):
                target = packages / package.name
                if not target.exists():
                    target.symlink_to(package)
    return python.parent


def _names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_ontology_the_data_and_the_marker_of_types_are_inside(wheel: Path) -> None:
    names = _names(wheel)
    data, ontology = Path(data_folder()), Path(ontology_folder())
    for path in map(Path, input_files(str(data), str(ontology))):
        inside = "data" if path.is_relative_to(data) else "ontology"
        relative = path.relative_to(data if inside == "data" else ontology)
        assert f"stigraph/_{inside}/{relative.as_posix()}" in names
    for extra in ("stigraph/py.typed", "stigraph/_ontology/shapes.ttl", "stigraph/_ontology/context.jsonld"):
        assert extra in names
    assert {f"stigraph/_ontology/qc/{path.name}" for path in (ontology / "qc").glob("*.rq")} <= names
    package = _ROOT / "src" / "stigraph"
    for path in package.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert f"stigraph/{path.relative_to(package).as_posix()}" in names


def test_nothing_else_is_inside(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in _names(wheel)}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"stigraph"}
    assert not [name for name in _names(wheel) if "__pycache__" in name or "/tests/" in name]
    (licence,) = [name for name in _names(wheel) if name.endswith("/LICENSE")]
    with zipfile.ZipFile(wheel) as archive:
        assert b"Apache License" in archive.read(licence)


def test_the_command_line_of_an_installed_wheel_answers(installed: Path, tmp_path: Path) -> None:
    command = shutil.which("stigraph", path=str(installed))
    assert command
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "STIGRAPH_STORE": str(tmp_path / "store"),
        "LANG": "ja_JP.UTF-8",
        "PYTHONUTF8": "1",
    }

    def ask(*arguments: str) -> str:
        done = subprocess.run(
            [command, *arguments], env=environment, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return done.stdout

    answer = ask("lineage", "SICORP", "--source", "002")
    assert "統合イノベーション戦略2020" in answer
    assert "第5期科学技術基本計画" in answer
    assert "programme:sicorp" in ask("search", "SICORP")
    assert "true" in ask("query", "ASK { programme:sicorp sti:cites ?statement }")
    where = subprocess.run(
        [
            str(installed / "python"),
            "-c",
            "import stigraph.resources as r; print(r.data_folder(), r.ontology_folder())",
        ],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert all(str(installed.parent) in folder for folder in where.stdout.split()), where.stdout
