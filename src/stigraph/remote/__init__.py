"""A store elsewhere: reading from a SPARQL 1.1 endpoint, and sending a store to one.

`RemoteStore` answers what `stigraph.store.Store` answers, so that every reading command runs on either. It asks every
pattern inside ``GRAPH ?source { … }``, which means the same on every server; only the queries of a user depend on what
the server takes for its default graph, and `stigraph.remote.queries` sees to that.
"""

from stigraph.remote.pushing import push
from stigraph.remote.store import RemoteStore

__all__ = ["RemoteStore", "is_address", "push"]


def is_address(name: object) -> bool:
    """Say whether a store is named by a web address instead of a folder.

    >>> is_address("https://example.org/sparql"), is_address("data/store")
    (True, False)
    """
    return str(name).lower().startswith(("http://", "https://"))
