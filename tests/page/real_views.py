"""Views of the real graph that the browser tests open and the screenshots show, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from stigraph import views
from stigraph.query import query
from stigraph.store import Store
from stigraph.views import View
from stigraph.views.result import result

__all__ = ["REAL_VIEWS"]

_PARTNERS = "SELECT ?programme ?partner { ?programme a sti:Programme ; sti:partner ?partner } ORDER BY ?programme"

REAL_VIEWS: Mapping[str, Callable[[Store], View]] = {
    "neighbourhood": lambda store: views.neighbourhood(store, "SICORP"),
    "neighbourhood-2": lambda store: views.neighbourhood(store, "SICORP", hops=2),
    "lineage": lambda store: views.lineage(store, "SICORP"),
    "plan": lambda store: views.plan(store, "6th Basic Plan"),
    "citations": views.citations,
    "agencies": views.agencies,
    "partners": views.partners,
    "money": lambda store: views.money(store, "SICORP"),
    "indicators": views.indicators,
    "drift": lambda store: views.drift(store, "SICORP"),
    "gaps": views.gaps,
    "result": lambda store: result(store, query(store, _PARTNERS)),
}
