"""What a build writes: the same bytes every time, and a default graph that is the union."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from subprocess import CompletedProcess

import pyoxigraph as ox
import pytest

import stigraph
from stigraph.resources import data_folder, input_files, ontology_folder
from stigraph.store.inputs import graph_of

Run = Callable[..., CompletedProcess[str]]


def _dump(folder: Path) -> list[bytes]:
    dumped = ox.Store.read_only(str(folder / "sparql")).dump(format=ox.RdfFormat.N_QUADS)
    assert dumped is not None
    return sorted(dumped.splitlines())


def test_two_builds_give_the_same_bytes(run: Run, tmp_path: Path) -> None:
    shutil.copytree(data_folder(), tmp_path / "data")
    snapshots = []
    for seed in ("1", "2"):
        folder = tmp_path / f"store-{seed}"
        done = run("build", "--data", str(tmp_path / "data"), "--store", str(folder), env={"PYTHONHASHSEED": seed})
        assert done.returncode == 0, done.stderr
        (snapshot,) = (folder / "snapshots").iterdir()
        assert snapshot.name in done.stdout
        snapshots.append(snapshot)
    left, right = snapshots
    assert left.name == right.name
    assert (left / "index.sqlite").read_bytes() == (right / "index.sqlite").read_bytes()
    assert (left / "manifest.json").read_bytes() == (right / "manifest.json").read_bytes()
    assert _dump(left) == _dump(right)


def test_the_default_graph_is_the_union_and_holds_each_triple_once(store_folder: Path) -> None:
    (snapshot,) = (store_folder / "snapshots").iterdir()
    dataset = ox.Store.read_only(str(snapshot / "sparql"))
    named = {
        ox.Triple(quad.subject, quad.predicate, quad.object) for quad in dataset if quad.graph_name != ox.DefaultGraph()
    }
    default = [quad.triple for quad in dataset.quads_for_pattern(None, None, None, ox.DefaultGraph())]
    assert len(named) > 10_000
    assert len(default) == len(named)
    assert set(default) == named
    counted = stigraph.query(stigraph.open_store(store_folder), "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert str(counted.rows[0][0]).startswith(f'"{len(named)}"')


def test_every_file_has_its_graph_and_nothing_is_lost(tmp_path: Path) -> None:
    shutil.copytree(data_folder(), tmp_path / "data")
    snapshot = stigraph.build(tmp_path / "store", data=tmp_path / "data")
    dataset = ox.Store.read_only(str(snapshot / "sparql"))
    wanted: dict[str, set[ox.Triple]] = {}
    for path in map(Path, input_files(str(tmp_path / "data"), ontology_folder())):
        triples = {
            ox.Triple(quad.subject, quad.predicate, quad.object)
            for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        }
        wanted.setdefault(graph_of(path), set()).update(map(_canonical, filter(_has_no_blank, triples)))
    for graph, triples in wanted.items():
        stored = {quad.triple for quad in dataset.quads_for_pattern(None, None, None, ox.NamedNode(graph))}
        assert triples <= set(map(_canonical, stored)), graph
    assert {str(graph) for graph in dataset.named_graphs()} == {f"<{graph}>" for graph in wanted}


def _has_no_blank(triple: ox.Triple) -> bool:
    return not (isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode))


def _canonical(triple: ox.Triple) -> ox.Triple:
    """Oxigraph stores 230.0 as 230: the same decimal number."""
    value = triple.object
    if isinstance(value, ox.Literal) and value.datatype.value.endswith("#decimal"):
        plain = f"{Decimal(value.value).normalize():f}"
        return ox.Triple(triple.subject, triple.predicate, ox.Literal(plain, datatype=value.datatype))
    return triple


def test_the_index_and_sparql_hold_the_same_facts(store: stigraph.Store) -> None:
    for predicate in ("cites", "statedIn", "implements", "underObjective"):
        asked = stigraph.query(store, f"SELECT ?s ?o ?g {{ GRAPH ?g {{ ?s sti:{predicate} ?o }} }}")
        number = store.number(f"https://w3id.org/stigraph/ns#{predicate}")
        rows = store.index.execute(
            "SELECT s.iri, o.iri, g.iri FROM fact f JOIN term s ON s.id = f.subject JOIN term o ON o.id = f.object "
            "JOIN term g ON g.id = f.source WHERE f.predicate = ?",
            [number],
        ).fetchall()
        assert rows
        assert sorted(rows) == sorted(tuple(str(term)[1:-1] for term in row) for row in asked.rows)


def test_a_second_build_of_the_same_contents_writes_nothing(tiny: Path, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    first = stigraph.build(folder, data=tiny)
    written = (first / "index.sqlite").stat().st_mtime_ns
    assert stigraph.build(folder, data=tiny) == first
    assert (first / "index.sqlite").stat().st_mtime_ns == written
    assert stigraph.build(folder, data=tiny, force=True) == first
    assert (first / "index.sqlite").stat().st_mtime_ns != written


def test_the_manifest_says_what_is_inside(tiny: Path, tmp_path: Path) -> None:
    snapshot = stigraph.build(tmp_path / "store", data=tiny)
    manifest = json.loads((snapshot / "manifest.json").read_text(encoding="utf-8"))
    dataset = ox.Store.read_only(str(snapshot / "sparql"))
    assert manifest["name"] == snapshot.name
    assert manifest["triples"] == len(dataset)
    assert manifest["graphs"] == len(list(dataset.named_graphs()))


def test_only_the_snapshot_in_use_and_the_one_before_it_are_kept(tiny: Path, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    names = []
    for number in range(4):
        (tiny / "catalogue" / "programmes.ttl").open("a", encoding="utf-8").write(f"# {number}\n")
        names.append(stigraph.build(folder, data=tiny).name)
    assert len(set(names)) == 4
    assert {path.name for path in (folder / "snapshots").iterdir()} == set(names[2:])


def test_what_a_build_did_not_write_it_does_not_remove(tiny: Path, tmp_path: Path) -> None:
    mine = tmp_path / "store" / "snapshots" / "holiday-2020"
    mine.mkdir(parents=True)
    (mine / "beach.jpg").write_bytes(b"jpg")
    stigraph.build(tmp_path / "store", data=tiny)
    assert (mine / "beach.jpg").read_bytes() == b"jpg"


def test_a_path_with_every_odd_character_works(tiny: Path, tmp_path: Path) -> None:
    folder = tmp_path / "st?re %41#ü 統合 &x=1"
    stigraph.build(folder, data=tiny)
    store = stigraph.open_store(folder)
    assert stigraph.resolve(store, "Tiny").ja == "小さな事業"
    assert stigraph.query(store, "ASK { programme:tiny a sti:Programme }").answer is True


def test_the_index_is_a_sound_database(store_folder: Path) -> None:
    (snapshot,) = (store_folder / "snapshots").iterdir()
    database = sqlite3.connect(f"file:{snapshot / 'index.sqlite'}?mode=ro", uri=True)
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database.close()


@pytest.mark.parametrize("missing", ["no-such-folder", "empty"])
def test_a_folder_without_data_is_refused(tmp_path: Path, run: Run, missing: str) -> None:
    (tmp_path / "empty").mkdir()
    done = run("build", "--data", str(tmp_path / missing), "--store", str(tmp_path / "store"))
    assert done.returncode == 2
    assert "catalogue/*.ttl" in done.stderr
    assert not (tmp_path / "store").exists()
