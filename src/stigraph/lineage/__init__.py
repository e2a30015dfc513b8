"""The heart: paths of evidence between programmes and policy."""

from stigraph.lineage.model import Edge, Evidence, Lineage, Node
from stigraph.lineage.walk import lineage

__all__ = ["Edge", "Evidence", "Lineage", "Node", "lineage"]
