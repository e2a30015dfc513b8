"""A view as one HTML file that works offline.

>>> from stigraph import open_store, views
>>> from stigraph.page import page
>>> made = page(views.neighbourhood(open_store(), "SICORP"), lang="en")
>>> "Strategic International Collaborative Research Program" in made.html
True
"""

from stigraph.page.charts import figure
from stigraph.page.document import Page, page
from stigraph.page.static import picture

__all__ = ["Page", "figure", "page", "picture"]
