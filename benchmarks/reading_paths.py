"""`lineage PLAN --down`, listed and with its passages, beside SPARQL paths that find the same."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from measuring import interleaved, list_table, opened_store, stigraph_command, warm
from stigraph.lineage import lineage, reached
from stigraph.names import resolve
from stigraph.store import Store, open_store
from stigraph.vocab import PREFIXES, slug

__all__ = ["LINEAGE_PATH", "measure_paths", "plain_join"]

PLANS = ("第5期科学技術基本計画", "第6期科学技術・イノベーション基本計画", "統合イノベーション戦略2022")
LINEAGE_PATH = "(sti:cites/(sti:statedIn|sti:underObjective)|sti:contributesTo)/(dcterms:isPartOf|sti:implements)*"
"""From a programme to a policy document: the steps in the order in which lineage allows them."""

_ANY_STEP = "(sti:cites|sti:statedIn|sti:underObjective|sti:contributesTo|sti:implements)*"
_FORMS = {
    "plain join": f"SELECT DISTINCT ?p {{ ?p a sti:Programme ; {_ANY_STEP} $plan }}",
    "FILTER EXISTS": f"SELECT DISTINCT ?p {{ ?p {_ANY_STEP} $plan FILTER EXISTS {{ ?p a sti:Programme }} }}",
    "subselect": f"SELECT DISTINCT ?p {{ {{ SELECT ?p {{ ?p {_ANY_STEP} $plan }} }} ?p a sti:Programme }}",
    "steps in order": f"SELECT DISTINCT ?p {{ ?p {LINEAGE_PATH} $plan FILTER EXISTS {{ ?p a sti:Programme }} }}",
}
_STEPS = (
    "sti:cites",
    "sti:statedIn",
    "sti:underObjective",
    "sti:contributesTo",
    "sti:implements",
    "sti:measures",
    "dcterms:isPartOf",
)
_PRINTED = """OPTIONAL { ?from skos:prefLabel ?ja FILTER(lang(?ja) = "ja") } OPTIONAL { ?from sti:quote ?quote }
    OPTIONAL { ?from skos:prefLabel ?en FILTER(lang(?en) = "en") } OPTIONAL { ?from sti:locator ?locator }
    OPTIONAL { ?from sti:citedAs ?cited } OPTIONAL { ?from sti:statementKind ?kind }"""
_ONE_STEP = " UNION ".join(f"{{ GRAPH ?source {{ ?from {step} ?to }} BIND({step} AS ?step) }}" for step in _STEPS)
_EVERY_STEP = {
    "plain join, every step": f"""SELECT * {{ ?p a sti:Programme ; {_ANY_STEP} ?from . {_ONE_STEP}
        ?to {_ANY_STEP} $plan {_PRINTED} }}""",
    "best form, every step": f"""SELECT * {{ GRAPH ?source {{ ?from ?step ?to }} ?to {_ANY_STEP} $plan
        FILTER(?step IN ({", ".join(_STEPS)})) {_PRINTED} }}""",
    "best form, citations": """SELECT ?p ?statement ?quote ?locator ?source {
        { SELECT DISTINCT ?statement {
            ?statement (sti:statedIn|sti:underObjective)/(dcterms:isPartOf|sti:implements)* $plan } }
        OPTIONAL { ?p sti:cites ?statement } FILTER(BOUND(?p)) FILTER EXISTS { ?p a sti:Programme }
        OPTIONAL { ?statement sti:locator ?locator } OPTIONAL { ?statement prov:wasDerivedFrom ?source }
        OPTIONAL { ?statement sti:quote ?quote } }""",
}


def _rows(store: ox.Store, text: str) -> list[tuple[object, ...]]:
    found = store.query(text, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    return [tuple(row) for row in found]


def _programmes(store: ox.Store, text: str) -> set[str]:
    found = store.query(text, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    return {row["p"].value for row in found}


def plain_join(peer: ox.Store, store: Store, plan: str) -> set[str]:
    """Ask for the programmes from which any steps lead to a plan."""
    return _programmes(peer, _FORMS["plain join"].replace("$plan", f"<{resolve(store, plan).iri}>"))


def _check(ours: set[str], found: dict[str, set[str]], plan: str) -> None:
    """Say where a form finds other programmes; the ordered steps must find the same."""
    if found["steps in order"] != ours:
        raise SystemExit(f"{plan}: the path finds other programmes: {sorted(found['steps in order'] ^ ours)[:5]}")
    for form, programmes in found.items():
        if programmes != ours:
            lost, more = ours - programmes, programmes - ours
            print(
                f"{plan}, {form}: {len(programmes)} programmes instead of {len(ours)}; lacks "
                f"{sorted(map(slug, lost))[:3]}, has besides {sorted(map(slug, more))[:3]}"
            )


def _measure(store: Store, peer: ox.Store, plan: str, rounds: int) -> tuple[int, dict[str, float]]:
    iri = resolve(store, plan).iri
    ours = {thing.iri for thing in reached(store, plan, ["sti:Programme"], down=True)}
    forms = {form: text.replace("$plan", f"<{iri}>") for form, text in {**_FORMS, **_EVERY_STEP}.items()}
    _check(ours, {form: _programmes(peer, forms[form]) for form in _FORMS}, plan)
    calls: dict[str, Callable[[], object]] = {
        "list": partial(reached, store, plan, ["sti:Programme"], down=True),
        "lineage": partial(lineage, store, plan, down=True),
    }
    calls |= {form: partial(_programmes if form in _FORMS else _rows, peer, text) for form, text in forms.items()}
    answer = lineage(store, plan, down=True)
    sizes = {"lineage": sum(len(edge.evidence) for edge in answer.edges)}
    sizes |= {form: len(_rows(peer, forms[form])) for form in _EVERY_STEP}
    print(f"{plan}: rows, a step with who shows it each: {sizes}")
    return len(ours), warm(calls, rounds)


def measure_paths(path: Path, rounds: int) -> None:
    """Print for three plans how long a list and a lineage take, and each form of the SPARQL path."""
    store, peer = open_store(path), opened_store(path)
    commands = {plan: stigraph_command("lineage", plan, "--down", store=path) for plan in PLANS}
    colds = interleaved(commands, max(3, rounds // 3))
    listed, told = [], []
    for plan in PLANS:
        count, found = _measure(store, peer, plan, rounds)
        usual = min(found["FILTER EXISTS"], found["subselect"])
        times = [found[form] for form in ("list", *_FORMS)]
        ratios = [found["plain join"] / found["list"], usual / found["list"], found["steps in order"] / found["list"]]
        listed.append((plan, count, *times, *ratios))
        times = [found[form] for form in ("lineage", *_EVERY_STEP)]
        told.append((plan, colds[plan].seconds, *times, *(seconds / times[0] for seconds in times[1:])))
    list_table(
        "The programmes alone: `lineage PLAN --down --list Programme` beside SPARQL paths in Oxigraph (s)",
        ["plan", "programmes", "list", *_FORMS, "plain / list (≥ 20)", "best usual / list (≥ 2)", "in order / list"],
        listed,
    )
    list_table(
        "Every step with its passages: `lineage PLAN --down` beside SPARQL for them, and for the citations alone (s)",
        ["plan", "cold command", "lineage", *_EVERY_STEP, *(f"{form} / lineage" for form in _EVERY_STEP)],
        told,
    )
