"""What `stigraph show` reads of a store with review sheets."""

import json
import re
from pathlib import Path

from tests.conftest import Run
from tests.sheets import MANY

import stigraph
from stigraph.names import resolve
from stigraph.show import portray


def test_a_ministry_is_told_from_its_newest_sheets(sheets_store: stigraph.Store) -> None:
    portrait = portray(sheets_store, resolve(sheets_store, "organization:mhlw"), sheets=2)
    sheets = {iri.rsplit("/")[-1] for iri in portrait.sources if "/rs20" in iri}
    assert sheets == {"rs2021-mhlw-20-0001", "rs2021-mhlw-20-0002"}
    assert portrait.left_out == 2 * MANY - 2


def test_all_is_told_where_it_is_asked(sheets_store: stigraph.Store) -> None:
    portrait = portray(sheets_store, resolve(sheets_store, "organization:mhlw"), sheets=1000)
    assert len([iri for iri in portrait.sources if "/rs20" in iri]) == 2 * MANY
    assert portrait.left_out == 0


def test_the_command_says_what_it_leaves_out(run: Run, sheets_folder: Path) -> None:
    asked = ("show", "organization:mhlw", "--store", str(sheets_folder), "--sheets", "3")
    text = run(*asked, "--lang", "en").stdout
    assert text.endswith(f"{2 * MANY - 3} more review sheets, older ones, speak of it (--sheets reads more).\n")
    assert len(re.findall(r"^\[rs2021-", text, re.MULTILINE)) == 3
    assert json.loads(run(*asked, "--format", "json").stdout)["sheetsLeftOut"] == 2 * MANY - 3
    whole = run("show", "SICORP", "--store", str(sheets_folder), "--lang", "en").stdout
    assert "review sheets" not in whole


def test_only_the_properties_that_are_asked_for_are_read_of_what_points_at_a_thing(
    sheets_store: stigraph.Store,
) -> None:
    thing = resolve(sheets_store, "wpi")
    whole = portray(sheets_store, thing)
    brief = portray(sheets_store, thing, properties=["sti:quote", "sti:locator", "sti:basis"])
    assert brief.claims == whole.claims
    told = [
        {name: value for name, value in mention.facts.items() if name in ("quote", "locator", "basis")}
        for mentions in whole.mentions.values()
        for mention in mentions
    ]
    assert [mention.facts for mentions in brief.mentions.values() for mention in mentions] == told
    assert sum("locator" in facts for facts in told) > 10


def test_a_name_that_several_documents_give_stands_once(store: stigraph.Store) -> None:
    names = portray(store, resolve(store, "ASPIRE")).names
    assert names.count(("skos:notation", "2023 文科 22 0227", "xsd:string")) == 1
