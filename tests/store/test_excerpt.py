"""An excerpt of a store with review sheets is the curated graph, and with some sheets what these say besides."""

from tests.sheets import MANY

import stigraph
from stigraph.names import resolve

MINISTRY = "organization:mhlw"


def _facts(store: stigraph.Store) -> set[tuple[str, ...]]:
    numbers = store.numbers()
    facts = list(store.facts_of(numbers))
    things = store.things({n for fact in facts for n in (fact.subject, fact.object, fact.source) if n is not None})
    return {
        (
            things[fact.subject].iri,
            fact.predicate,
            things[fact.object].iri if fact.object is not None else fact.value or "",
            fact.tag or "",
            things[fact.source].iri,
        )
        for fact in facts
    }


def test_without_sheets_it_says_what_the_curated_store_says(
    store: stigraph.Store, sheets_store: stigraph.Store
) -> None:
    excerpt = sheets_store.excerpt()
    assert _facts(excerpt) == _facts(store)
    for kind in ("sti:Programme", "sti:Indicator", "sti:Organization", "sti:Source", "sti:BudgetLine", "sti:Ministry"):
        assert [thing.iri for thing in excerpt.of_type(kind)] == [thing.iri for thing in store.of_type(kind)]


def test_the_newest_sheets_come_first(sheets_store: stigraph.Store) -> None:
    ministry = resolve(sheets_store, MINISTRY)
    sheets = sheets_store.sheets_of([ministry.number])
    keys = dict(sheets_store.index.execute("SELECT id, key FROM sheet"))
    assert [keys[sheet] for sheet in sheets] == [
        f"rs{year}-mhlw-20-{number:04}" for year in (2021, 2020) for number in range(1, MANY + 1)
    ]
    assert len(sheets_store.sheets_of([ministry.number], citing=True)) < len(sheets)


def test_it_reads_the_chosen_sheets_alone(sheets_store: stigraph.Store) -> None:
    ministry = resolve(sheets_store, MINISTRY)
    excerpt = sheets_store.excerpt(sheets_store.sheets_of([ministry.number])[:2])
    named = {thing.ja for thing in excerpt.of_type("sti:Programme")} & {
        f"架空の医療事業{n}" for n in range(1, MANY + 1)
    }
    assert named == {"架空の医療事業1", "架空の医療事業2"}
    lines = excerpt.of_type("sti:BudgetLine")
    assert {line.iri.rsplit("/")[-1] for line in lines if "/rs20" in line.iri} == {
        f"rs2021-mhlw-20-000{number}-{year}-{phase}"
        for number in (1, 2)
        for year, phase in ((2020, "initial"), (2020, "executed"), (2022, "request"))
    }
    # What points at the ministry: the source and the programme of each sheet; no other sheet is heard.
    pointing = {fact.source for fact in excerpt.facts_about([ministry.number], ["sti:ministry"])}
    assert {thing.iri.rsplit("/")[-1] for thing in excerpt.things(pointing).values()} == {
        "rs2021-mhlw-20-0001",
        "rs2021-mhlw-20-0002",
    }


def test_facts_about_with_properties_are_those_among_all(sheets_store: stigraph.Store) -> None:
    for name in ("programme:wpi", MINISTRY, "organization:mext"):
        number = resolve(sheets_store, name).number
        every = list(sheets_store.facts_about([number]))
        for predicate in {fact.predicate for fact in every} | {"sti:subject", "dcterms:isPartOf"}:
            told = list(sheets_store.facts_about([number], [predicate]))
            assert told == [fact for fact in every if fact.predicate == predicate], predicate


def test_programmes_are_counted_by_ministry(sheets_store: stigraph.Store, store: stigraph.Store) -> None:
    counts = sheets_store.programmes_by_ministry()
    asked = "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?p a sti:Programme ; sti:ministry <%s> %s }"
    for number, (every, citing) in counts.items():
        iri = sheets_store.thing(number).iri
        for more, count in (("", every), ("; sti:cites ?passage", citing)):
            assert f'"{count}"' in str(stigraph.query(sheets_store, asked % (iri, more)).rows[0][0])
    assert resolve(sheets_store, MINISTRY).number in counts
    assert store.programmes_by_ministry() == {}
