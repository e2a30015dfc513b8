"""stigraph: on which policy does a programme stand, and who says so?

The names below are loaded when they are first used, so that ``import stigraph`` stays quick:

>>> import stigraph
>>> store = stigraph.open_store()
>>> answer = stigraph.lineage(store, "SICORP")
>>> sorted({node.label("en") for node in answer.nodes.values() if node.type == "sti:Plan"})[-1]
'Sixth Science, Technology and Innovation Basic Plan'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stigraph.errors import StigraphError
    from stigraph.lineage import Lineage, lineage
    from stigraph.names import resolve, search
    from stigraph.query import query
    from stigraph.store import Store, build, open_store

__version__ = "0.1.0"

__all__ = [
    "Lineage",
    "StigraphError",
    "Store",
    "__version__",
    "build",
    "lineage",
    "open_store",
    "query",
    "resolve",
    "search",
]

_HOMES = {
    "Lineage": "stigraph.lineage",
    "StigraphError": "stigraph.errors",
    "Store": "stigraph.store",
    "build": "stigraph.store",
    "lineage": "stigraph.lineage",
    "open_store": "stigraph.store",
    "query": "stigraph.query",
    "resolve": "stigraph.names",
    "search": "stigraph.names",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'stigraph' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
