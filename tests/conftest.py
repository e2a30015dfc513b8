"""What every test shares: a store built once, and the command line as a user runs it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from tests.browser import CHROMIUM_ARGUMENTS, find_chromium
from tests.sheets import made_sheets

import stigraph
from stigraph.ingest.importing import import_review_sheets
from stigraph.store.layout import Layout

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The same examples in every run, however slow the machine; look for new ones with a profile of your own.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of a run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def store_folder(shared_folder: Path) -> Path:
    """A store of the curated data, built by the worker that needs it first; the others wait for it and take it."""
    with Layout(os.fspath(shared_folder / "store-lock")).writing():
        stigraph.open_store(shared_folder / "store")
    return shared_folder / "store"


@pytest.fixture(scope="session")
def store(store_folder: Path) -> stigraph.Store:
    return stigraph.open_store(store_folder)


@pytest.fixture(scope="session")
def sheets_folder(shared_folder: Path) -> Path:
    """A store of the curated data and the made-up sheets of `tests.sheets`, built by the worker that needs it first."""
    folder = shared_folder / "with-sheets"
    with Layout(os.fspath(shared_folder / "with-sheets-lock")).writing():
        if not folder.exists():
            records = shared_folder / "made-sheets.ndjson"
            records.write_text("".join(json.dumps(record) + "\n" for record in made_sheets()), encoding="utf-8")
            report = import_review_sheets([records], store=shared_folder / "with-sheets-draft", workers=1)
            assert report.refusals == []
            (shared_folder / "with-sheets-draft").rename(folder)
    return folder


@pytest.fixture(scope="session")
def sheets_store(sheets_folder: Path) -> stigraph.Store:
    return stigraph.open_store(sheets_folder)


@pytest.fixture(scope="session")
def repeating_sheets() -> Path:
    """Nine real sheets (FY2015 to FY2023) of each of two programmes, which say much the same every year."""
    return Path(__file__).parent / "lineage" / "data" / "repeated" / "sheets.ndjson"


@pytest.fixture(scope="session")
def repeating(repeating_sheets: Path, shared_folder: Path) -> stigraph.Store:
    """A store of the curated data and these sheets, built by the worker that needs it first."""
    folder = shared_folder / "repeating"
    with Layout(os.fspath(shared_folder / "repeating-lock")).writing():
        if not folder.exists():
            report = import_review_sheets([repeating_sheets], store=shared_folder / "repeating-draft", workers=1)
            assert report.refusals == []
            (shared_folder / "repeating-draft").rename(folder)
    return stigraph.open_store(folder)


@pytest.fixture(scope="session")
def repeating_records(repeating_sheets: Path) -> list[dict[str, Any]]:
    """The records of these sheets."""
    return [json.loads(line) for line in repeating_sheets.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="session")
def clean_environment(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The environment of a user who has nothing but a home folder; the default store is one of the tests' own."""
    home = tmp_path_factory.mktemp("home")
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "SYSTEMROOT", "TMPDIR") if name in os.environ}
    return kept | {
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "STIGRAPH_STORE": str(shared_folder / "default-store"),
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
    }


@pytest.fixture(scope="session")
def run(clean_environment: Mapping[str, str]) -> Run:
    """Run the command line in a process of its own: ``run("lineage", "SICORP", env={"LANG": "ja_JP.UTF-8"})``.

    A variable set to None in ``env`` is taken away.
    """

    def run_command(
        *arguments: str,
        env: Mapping[str, str | None] | None = None,
        cwd: Path | None = None,
        stdin: str = "",
        timeout: float = 300,
    ) -> subprocess.CompletedProcess[str]:
        merged = {**clean_environment, **(env or {})}
        return subprocess.run(
            [sys.executable, "-c", "from stigraph.cli import main; main()", *arguments],
            env={name: value for name, value in merged.items() if value is not None},
            cwd=cwd,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )

    return run_command


@pytest.fixture
def planted(tmp_path: Path) -> Callable[[Path], stigraph.Store]:
    """Build and open a store from a folder of planted data."""

    def build_planted(data: Path) -> stigraph.Store:
        stigraph.build(tmp_path / "planted", data=data)
        return stigraph.open_store(tmp_path / "planted")

    return build_planted


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """The browser of this worker; its tests are skipped without one, unless STIGRAPH_BROWSER_TESTS is ``required``."""
    from playwright.sync_api import sync_playwright

    executable = find_chromium()
    if executable is None:
        if os.environ.get("STIGRAPH_BROWSER_TESTS") == "required":
            pytest.fail("No Chromium on the PATH, and STIGRAPH_BROWSER_TESTS demands one.")
        pytest.skip("No Chromium found: put one on the PATH or name it in STIGRAPH_CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()
