"""Sums over all review sheets, as SPARQL."""

from collections.abc import Sequence

from stigraph.remote.endpoint import iri_term, text_term
from stigraph.store.reading import Adding
from stigraph.vocab import ID, PREFIXES, STI, expand

__all__ = ["query_of"]

_SHEETS = f"{ID}source/rs"
_WHOLE = f"FILTER NOT EXISTS {{ ?line <{PREFIXES['dcterms']}isPartOf> ?whole }}"


def query_of(asked: Adding, iris: Sequence[str]) -> str:
    """Write what is to be added up as a SELECT of the columns, ``?yen`` and ``?lines``.

    Args:
        asked: what is meant.
        iris: the IRI of each term.

    >>> print(query_of(Adding(True, ["year"], None, None, {"published": 2021}), []).partition("WHERE")[0].strip())
    SELECT ?year (SUM(?amount) AS ?yen) (COUNT(?line) AS ?lines)
    """
    columns = " ".join(f"?{column}" for column in asked.by)
    patterns = [
        f"?line a {_sti('Transfer' if asked.payments else 'BudgetLine')} ; {_sti('programme')} ?programme ; "
        f"{_sti('fiscalYear')} ?year ; {_sti('amount')} ?amount ."
    ]
    if asked.phase is not None:
        patterns.append(f"?line {_sti('phase')} {iri_term(expand(asked.phase) or '')} .")
    if asked.payments:
        patterns.append(f"?line {_sti('payee')} ?payee .")
    else:
        patterns.append(_WHOLE)
    if "ministry" in {*asked.by, *asked.only}:
        patterns.append(f"?programme {_sti('ministry')} ?ministry .")
    patterns.append(f"?sheet {_sti('fiscalYear')} ?published .")
    conditions = [f"FILTER(STRSTARTS(STR(?sheet), {text_term(_SHEETS)}))"]
    if asked.lag is not None:
        conditions.append(f"FILTER(?published - ?year = {asked.lag})")
    for column, value in asked.only.items():
        term = iri_term(iris[value]) if column in {"ministry", "payee"} else str(value)
        conditions.append(f"FILTER(?{column} = {term})")
    inside = " ".join(patterns)
    return (
        f"SELECT {columns} (SUM(?amount) AS ?yen) (COUNT(?line) AS ?lines) WHERE {{ GRAPH ?sheet {{ {inside} }} "
        f"{' '.join(conditions)} }} GROUP BY {columns}"
    )


def _sti(name: str) -> str:
    return f"<{STI}{name}>"
