"""Policies (政策) and their measures (施策): the objectives that a programme contributes to."""

from collections.abc import Iterable, Iterator

from stigraph.ingest.model import PlanNamed
from stigraph.ingest.quads.graph import SheetGraph
from stigraph.ingest.terms import LABEL, PART_OF, A, one_line, sti
from stigraph.vocab import ID

__all__ = ["policy_lines"]

_POLICY, _MEASURE = "政策", "施策"
_OBJECTIVE = f"{A} {sti('Objective')}"
_CONTRIBUTES = sti("contributesTo")


def policy_lines(graph: SheetGraph, plans: Iterable[PlanNamed]) -> Iterator[str]:
    """Give the policies of a sheet, once each, a measure as part of the policy on its row."""
    policies = [plan for plan in plans if plan.kind in {_POLICY, _MEASURE}]
    nodes: dict[str, str] = {}
    for text in dict.fromkeys(plan.text for plan in policies):
        node = nodes[text] = f"<{ID}objective/{graph.key}-policy-{len(nodes) + 1}>"
        yield f"{node} {_OBJECTIVE}{graph.end}"
        yield graph.literal(node, LABEL, one_line(text), "@ja")
        yield f"{graph.programme} {_CONTRIBUTES} {node}{graph.end}"
    wholes = {_row_of(plan): nodes[plan.text] for plan in policies if plan.kind == _POLICY}
    parts = {(nodes[plan.text], wholes.get(_row_of(plan))): None for plan in policies if plan.kind == _MEASURE}
    for part, whole in parts:
        if whole is not None and whole != part:
            yield f"{part} {PART_OF} {whole}{graph.end}"


def _row_of(plan: PlanNamed) -> str:
    """Give the row in which a policy (政策) and its measure (施策) stand side by side."""
    return plan.place.rpartition(".")[0]
