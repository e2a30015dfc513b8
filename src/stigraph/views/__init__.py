"""Networkx graphs derived from the store, one module a view; each answers one question.

>>> from stigraph import views
>>> from stigraph.store import open_store
>>> graph = views.neighbourhood(open_store(), "SICORP")
>>> graph.nodes[graph.graph["root"]]["labels"]["en"]
'Strategic International Collaborative Research Program (SICORP)'
"""

from stigraph.views.model import Chart, View
from stigraph.views.neighbourhood import neighbourhood

__all__ = ["Chart", "View", "neighbourhood"]
