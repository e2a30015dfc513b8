"""Of a server that holds review sheets as much is read as of a store on disk: a few of them, not all."""

from collections.abc import Iterator

import pytest
from tests.remote.conftest import run_oxigraph, run_virtuoso
from tests.sheets import MANY

import stigraph
from stigraph import views
from stigraph.names import resolve
from stigraph.remote import push
from stigraph.show import Portrait, portray
from stigraph.stats import summarize

MINISTRY = "organization:mhlw"


@pytest.fixture(scope="module", params=[run_oxigraph, run_virtuoso], ids=["oxigraph", "virtuoso"])
def remote(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, sheets_store: stigraph.Store
) -> Iterator[stigraph.Store]:
    """A server with the curated graph and the sheets made up for tests."""
    folder = tmp_path_factory.mktemp("sheets")
    with request.param(folder / "server") as server:
        push(sheets_store, server.graphs, record=folder / "record")
        yield stigraph.open_store(server.queries)


def _told(portrait: Portrait) -> dict[str, set[tuple[str, str]]]:
    """What each source says; on disk the class of a shared thing is kept once, not for each sheet that gives it."""
    return {
        iri: {(claim.predicate, claim.value) for claim in portrait.claims.get(iri, ()) if claim.predicate != "rdf:type"}
        | {(mention.predicate, mention.thing.iri) for mention in portrait.mentions.get(iri, ())}
        for iri in portrait.sources
    }


@pytest.mark.parametrize("name", [MINISTRY, "WPI", "SICORP", "架空の医療事業1"])
def test_the_newest_sheets_that_speak_of_it(remote: stigraph.Store, sheets_store: stigraph.Store, name: str) -> None:
    there, here = (portray(store, resolve(store, name), sheets=2) for store in (remote, sheets_store))
    assert there.left_out == here.left_out
    told, expected = _told(there), _told(here)
    assert told.keys() == expected.keys()
    assert {iri: told[iri] ^ expected[iri] for iri in told if told[iri] != expected[iri]} == {}


@pytest.mark.parametrize("name", ["agencies", "money", "neighbourhood", "lineage"])
def test_a_view_of_a_ministry_reads_the_same_sheets(
    remote: stigraph.Store, sheets_store: stigraph.Store, name: str
) -> None:
    there, here = (getattr(views, name)(store, MINISTRY, sheets=3) for store in (remote, sheets_store))
    assert set(there.nodes) == set(here.nodes)
    assert there.graph["sentence"] == here.graph["sentence"]


def test_views_of_everything_leave_the_sheets_out(remote: stigraph.Store, sheets_store: stigraph.Store) -> None:
    there, here = (views.gaps(store) for store in (remote, sheets_store))
    assert set(there.nodes) == set(here.nodes)
    assert f"{2 * MANY + 2}" in views.agencies(remote).graph["sentence"]["en"]


def test_sheets_are_counted_by_ministry_and_year(remote: stigraph.Store, sheets_store: stigraph.Store) -> None:
    def counted(store: stigraph.Store) -> dict[str, tuple[object, ...]]:
        return {
            count.source.iri: (
                dict(count.sheets),
                {ministry.iri: dict(years) for ministry, years in count.ministries.items()},
            )
            for count in summarize(store)
        }

    assert counted(remote) == counted(sheets_store)
    years, _ = counted(remote)["https://w3id.org/stigraph/id/source/review-sheet-catalogue"]
    assert years == {2020: MANY + 1, 2021: MANY + 1}
