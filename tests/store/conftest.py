"""A checkout of one's own, whose data may be changed, and small data that builds at once."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import stigraph
from stigraph.resources import data_folder, ontology_folder

RunIn = Callable[..., subprocess.CompletedProcess[str]]

_TINY = """\
PREFIX programme: <https://w3id.org/stigraph/id/programme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sti: <https://w3id.org/stigraph/ns#>

programme:tiny
    a sti:Programme ;
    skos:prefLabel "Tiny"@en , "小さな事業"@ja ;
.
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A data folder of one file; it is the caller's to change."""
    folder = tmp_path / "tiny" / "catalogue"
    folder.mkdir(parents=True)
    (folder / "programmes.ttl").write_text(_TINY, encoding="utf-8")
    return folder.parent


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the package with its ontology and small data beside it, as a checkout has them."""
    folder = tmp_path / "checkout"
    package = Path(stigraph.__file__).parent
    shutil.copytree(package, folder / "src" / "stigraph", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ontology_folder(), folder / "ontology")
    for name in ("catalogue/documents.ttl", "sources/background.ttl"):
        (folder / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(Path(data_folder()) / name, folder / "data" / name)
    return folder


@pytest.fixture
def run_in(clean_environment: Mapping[str, str], tmp_path: Path) -> RunIn:
    """Run the command line of a checkout, with a cache of its own and no store named."""

    def run_there(
        folder: Path, *arguments: str, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        own = {"PYTHONPATH": str(folder / "src"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
        merged = {**clean_environment, **own, **(env or {})}
        if not (env and "STIGRAPH_STORE" in env):
            del merged["STIGRAPH_STORE"]
        return subprocess.run(
            [sys.executable, "-c", "from stigraph.cli import main; main()", *arguments],
            env=merged,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return run_there


@pytest.fixture(params=["file", "below-file", "device", "kernel"])
def hopeless(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place where no store can be: a file, something below a file, a device, a folder of the kernel."""
    (tmp_path / "file").write_text("mine\n", encoding="utf-8")
    places = {
        "file": str(tmp_path / "file"),
        "below-file": str(tmp_path / "file" / "store"),
        "device": os.devnull,
        "kernel": "/proc/stigraph-store",
    }
    if request.param == "kernel" and not Path("/proc/self").exists():
        pytest.skip("there is no /proc here")
    return places[request.param]
