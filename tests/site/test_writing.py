"""Where a site is written, and what is left alone."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import stigraph
from stigraph.errors import StoreError, UsageError
from stigraph.site import write_site

Planted = Callable[[Path], stigraph.Store]
Run = Callable[..., "subprocess.CompletedProcess[str]"]
_DATA = """\
PREFIX programme: <https://w3id.org/stigraph/id/programme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sti: <https://w3id.org/stigraph/ns#>

programme:tiny a sti:Programme ; skos:prefLabel "Tiny"@en , "小さな事業"@ja .
"""


@pytest.fixture
def tiny(planted: Planted, tmp_path: Path) -> stigraph.Store:
    folder = tmp_path / "data" / "catalogue"
    folder.mkdir(parents=True)
    (folder / "all.ttl").write_text(_DATA, encoding="utf-8")
    return planted(folder.parent)


def test_a_graph_of_one_thing_makes_a_site(tiny: stigraph.Store, tmp_path: Path) -> None:
    folder = write_site(tiny, tmp_path / "deep" / "site")
    assert "小さな事業" in (folder / "ja" / "programme" / "tiny.html").read_text(encoding="utf-8")
    assert "no ground" in (folder / "en" / "gaps.html").read_text(encoding="utf-8")


def test_a_site_is_replaced_whole(tiny: stigraph.Store, tmp_path: Path) -> None:
    folder = write_site(tiny, tmp_path / "site")
    (folder / "ja" / "old.html").write_text("old", encoding="utf-8")
    write_site(tiny, folder)
    assert not (folder / "ja" / "old.html").exists()
    assert (folder / "ja" / "index.html").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_another_folder_is_refused_and_left_alone(tiny: stigraph.Store, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match=r"holds other things than a stigraph site.*--force"):
        write_site(tiny, folder)
    assert (folder / "letter.txt").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]
    write_site(tiny, folder, force=True)
    assert not (folder / "letter.txt").exists()


def test_a_file_and_the_home_folder_are_refused_even_by_force(
    tiny: stigraph.Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="is a file"):
        write_site(tiny, tmp_path / "file", force=True)
    home = tmp_path / "users" / "me"
    home.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    with pytest.raises(StoreError, match="holds your home folder"):
        write_site(tiny, home.parent, force=True)


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, OSError])
def test_an_interrupted_run_leaves_the_old_site(
    interruption: type[BaseException], tiny: stigraph.Store, tmp_path: Path
) -> None:
    folder = write_site(tiny, tmp_path / "site")
    before = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def interrupt(done: int, pages: int) -> None:
        assert pages > done
        if done == 8:
            raise interruption("stopped")

    with pytest.raises((interruption, StoreError)):
        write_site(tiny, folder, progress=interrupt)
    assert {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "planted", "site"]


def test_progress_is_told_to_the_end(tiny: stigraph.Store, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    write_site(tiny, tmp_path / "site", progress=lambda done, pages: told.append((done, pages)))
    assert [done for done, _ in told] == list(range(1, told[-1][1] + 1))


def test_a_base_address_makes_canonical_links(tiny: stigraph.Store, tmp_path: Path) -> None:
    folder = write_site(tiny, tmp_path / "site", base_url="https://example.org/policy")
    text = (folder / "en" / "programme" / "tiny.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://example.org/policy/en/programme/tiny.html">' in text
    assert 'hreflang="ja" href="https://example.org/policy/ja/programme/tiny.html"' in text
    assert '"url":"https://example.org/policy/en/programme/tiny.html"' in text
    with pytest.raises(UsageError, match="not an address of the web"):
        write_site(tiny, tmp_path / "site", base_url="javascript:alert(1)")


def test_the_command(tiny: stigraph.Store, tmp_path: Path, run: Run) -> None:
    arguments = ["site", "-o", str(tmp_path / "site"), "--store", str(tmp_path / "planted")]
    result = run(*arguments)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == f"Wrote {tmp_path / 'site'}; open {tmp_path / 'site' / 'index.html'} in a browser.\n"
    assert (tmp_path / "site" / "en" / "programme" / "tiny.html").is_file()
    refused = run("site", "-o", str(tmp_path), "--store", str(tmp_path / "planted"))
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"stigraph: {tmp_path} holds other things than a stigraph site")
