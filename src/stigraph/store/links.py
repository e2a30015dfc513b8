"""Writing the links that lineage walks, and what they lead to in the end."""

import sqlite3
from collections.abc import Mapping

from stigraph.store.rules import PARTS_OF_POLICY, TO_POLICY
from stigraph.vocab import PREFIXES, STI, curie

__all__ = ["drop_what_runs_back_in_time", "write_links", "write_reach"]

_RECORDED = """
SELECT DISTINCT f.{near}, f.{far}, :name, coalesce(r.subject, own.subject), f.source
FROM fact f
LEFT JOIN fact own ON own.subject = f.subject AND own.source = f.source AND own.predicate = :locator
LEFT JOIN fact r ON r.object = f.subject AND r.source = f.source AND r.predicate = :subject
  AND EXISTS (SELECT 1 FROM fact p WHERE p.subject = r.subject AND p.predicate = :records AND p.object = f.predicate)
  AND (NOT EXISTS (SELECT 1 FROM fact v WHERE v.subject = r.subject AND v.predicate = :recordsValue)
       OR EXISTS (SELECT 1 FROM fact v
                  WHERE v.subject = r.subject AND v.predicate = :recordsValue AND v.object = f.object))
WHERE f.predicate = :predicate AND f.object IS NOT NULL
"""


def write_links(database: sqlite3.Connection, terms: Mapping[str, int]) -> None:
    """Write the links that curated documents give, each with what shows it."""
    database.execute("CREATE INDEX fact_build ON fact (predicate, subject)")
    database.execute("CREATE INDEX fact_back ON fact (object, predicate)")
    sti = {name: terms.get(STI + name, -1) for name in ("subject", "records", "recordsValue", "locator")}
    # programme → statement → document, statement → objective: the statement itself is the evidence.
    database.execute(
        "INSERT INTO link SELECT subject, object, 'sti:cites', object, source FROM fact WHERE predicate = ?",
        [terms.get(STI + "cites")],
    )
    for predicate in ("statedIn", "underObjective"):
        database.execute(
            "INSERT INTO link SELECT subject, object, ?, subject, source FROM fact WHERE predicate = ?",
            ["sti:" + predicate, terms.get(STI + predicate)],
        )
    upward = ("implements", "contributesTo", "measures", "partner", "hasMember")
    for iri in (*(STI + name for name in upward), PREFIXES["dcterms"] + "isPartOf"):
        _insert_recorded(database, sti, terms.get(iri), curie(iri), near="subject", far="object")
    for name in ("agency", "ministry"):
        _insert_recorded(database, sti, terms.get(STI + name), f"^sti:{name}", near="object", far="subject")
    database.execute(
        "DELETE FROM link WHERE predicate = '^sti:agency' AND target NOT IN "
        "(SELECT id FROM thing WHERE type IN ('sti:Programme', 'sti:Project'))"
    )
    database.execute("DROP INDEX fact_build")
    database.execute("DROP INDEX fact_back")


def _insert_recorded(
    database: sqlite3.Connection,
    sti: Mapping[str, int],
    predicate: int | None,
    name: str,
    *,
    near: str,
    far: str,
) -> None:
    if predicate is None:
        return
    values = {"predicate": predicate, "name": name, **sti}
    database.execute("INSERT INTO link " + _RECORDED.format(near=near, far=far), values)


_THERE_SINCE = """
INSERT INTO there
WITH RECURSIVE part (thing, whole) AS (
  SELECT thing, thing FROM dated
  UNION SELECT l.source, p.whole FROM part p JOIN link l ON l.target = p.thing AND l.predicate = 'dcterms:isPartOf'
)
SELECT p.thing, min(d.earliest) FROM part p JOIN dated d ON d.thing = p.whole GROUP BY p.thing
"""


def drop_what_runs_back_in_time(database: sqlite3.Connection) -> None:
    """Remove links to a document, or an objective of one, that was decided only after the page that names it.

    Likewise a document does not carry out one that came after it.
    """
    database.execute("CREATE TEMP TABLE there (thing INTEGER PRIMARY KEY, since TEXT)")
    database.execute(_THERE_SINCE)
    for predicate, earlier in (
        ("sti:statedIn", "origin"),
        ("sti:underObjective", "origin"),
        ("sti:contributesTo", "origin"),
        ("sti:measures", "origin"),
        ("sti:implements", "source"),
    ):
        database.execute(
            "DELETE FROM link WHERE predicate = ? AND EXISTS (SELECT 1 FROM there t, dated d "
            f"WHERE t.thing = link.target AND d.thing = link.{earlier} AND t.since > d.latest)",
            [predicate],
        )
    database.execute("DROP TABLE there")


_REACH = """
CREATE TEMP TABLE step AS SELECT DISTINCT source, target FROM link
WHERE predicate IN ({to_policy})
  OR predicate = 'dcterms:isPartOf' AND source IN (SELECT id FROM thing WHERE type IN ({parts}));
CREATE INDEX step_source ON step (source);
INSERT INTO reach
WITH RECURSIVE up (source, target) AS (
  SELECT source, target FROM step
  UNION SELECT up.source, step.target FROM up JOIN step ON step.source = up.target
)
SELECT up.target, coalesce(thing.type, ''), up.source FROM up LEFT JOIN thing ON thing.id = up.source
WHERE up.source <> up.target;
DROP TABLE step
"""


def write_reach(database: sqlite3.Connection) -> None:
    """Write what leads to each thing over any number of steps towards policy, with its class."""
    to_policy, parts = (",".join(f"'{name}'" for name in sorted(names)) for names in (TO_POLICY, PARTS_OF_POLICY))
    for command in _REACH.format(to_policy=to_policy, parts=parts).split(";"):
        database.execute(command)
