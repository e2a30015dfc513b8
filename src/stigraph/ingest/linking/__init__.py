"""One programme over the years: review sheets of different years linked into programmes."""

from stigraph.ingest.linking.curated import Join, join_curated, read_joins
from stigraph.ingest.linking.linker import link
from stigraph.ingest.linking.model import Key, Links, Record, Relation, record_of, sentences_of

__all__ = [
    "Join",
    "Key",
    "Links",
    "Record",
    "Relation",
    "join_curated",
    "link",
    "read_joins",
    "record_of",
    "sentences_of",
]
