"""The whole graph as a site of static pages, beside `stigraph.page`.

>>> from stigraph.site import write_site
>>> write_site.__name__
'write_site'
"""

from stigraph.site.writing import write_site

__all__ = ["write_site"]
