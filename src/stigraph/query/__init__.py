"""SPARQL over a snapshot: the default graph is the union of all documents, ``GRAPH ?source`` gives one."""

from stigraph.query.library import NamedQuery, named_queries, named_query
from stigraph.query.results import FORMATS, QueryResult
from stigraph.query.running import query

__all__ = ["FORMATS", "NamedQuery", "QueryResult", "named_queries", "named_query", "query"]
