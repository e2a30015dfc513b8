"""Networkx graphs derived from the store, one module a view; each answers one question.

>>> from stigraph import views
>>> from stigraph.store import open_store
>>> graph = views.neighbourhood(open_store(), "SICORP")
>>> graph.nodes[graph.graph["root"]]["labels"]["en"]
'Strategic International Collaborative Research Program (SICORP)'
"""

from stigraph.views.agencies import agencies
from stigraph.views.citations import citations
from stigraph.views.drift import drift
from stigraph.views.gaps import gaps
from stigraph.views.indicators import indicator_chart, indicators
from stigraph.views.lineage import lineage
from stigraph.views.model import Chart, View
from stigraph.views.money import amounts_chart, money
from stigraph.views.neighbourhood import neighbourhood
from stigraph.views.partners import partners
from stigraph.views.plan import plan

__all__ = [
    "Chart",
    "View",
    "agencies",
    "amounts_chart",
    "citations",
    "drift",
    "gaps",
    "indicator_chart",
    "indicators",
    "lineage",
    "money",
    "neighbourhood",
    "partners",
    "plan",
]
