"""stigraph: on which policy does a programme stand, and who says so?

The names below are loaded when they are first used, so that ``import stigraph`` stays quick:

>>> import stigraph
>>> store = stigraph.open_store()
>>> answer = stigraph.lineage(store, "SICORP")
>>> sorted({node.label("en") for node in answer.nodes.values() if node.type == "sti:Plan"})[-1]
'Sixth Science, Technology and Innovation Basic Plan'
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stigraph import views as views
    from stigraph.errors import StigraphError
    from stigraph.lineage import Lineage, lineage, reached
    from stigraph.names import resolve, search
    from stigraph.page import page
    from stigraph.query import query
    from stigraph.site import write_site
    from stigraph.store import Store, build, open_store
    from stigraph.totals import add_up

__version__ = "0.1.0"

__all__ = [
    "Lineage",
    "StigraphError",
    "Store",
    "__version__",
    "add_up",
    "build",
    "lineage",
    "open_store",
    "page",
    "query",
    "reached",
    "resolve",
    "search",
    "write_site",
]

_HOMES = {
    "Lineage": "stigraph.lineage",
    "StigraphError": "stigraph.errors",
    "Store": "stigraph.store",
    "add_up": "stigraph.totals",
    "build": "stigraph.store",
    "lineage": "stigraph.lineage",
    "open_store": "stigraph.store",
    "page": "stigraph.page",
    "query": "stigraph.query",
    "reached": "stigraph.lineage",
    "resolve": "stigraph.names",
    "search": "stigraph.names",
    "write_site": "stigraph.site",
}


class _Package(ModuleType):
    """This package, where ``stigraph.lineage``, ``stigraph.query`` and ``stigraph.page`` stay functions.

    The import of a module binds it to its name in the package, and these modules bear the name of their function.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name == "views":
        return import_module("stigraph.views")
    if name not in _HOMES:
        raise AttributeError(f"module 'stigraph' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
