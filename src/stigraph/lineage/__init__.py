"""The heart: paths of evidence between programmes and policy."""

from stigraph.lineage.model import Edge, Evidence, Lineage, Node
from stigraph.lineage.walk import Asked, lineage, reached

__all__ = ["Asked", "Edge", "Evidence", "Lineage", "Node", "lineage", "reached"]
