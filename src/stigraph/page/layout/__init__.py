"""Where everything stands in the picture: the same at every build."""

from collections.abc import Sequence
from dataclasses import dataclass

from stigraph.page.content import Content

__all__ = ["Placement", "arrange"]


@dataclass(frozen=True, slots=True)
class Placement:
    """Whole coordinates and sizes of the nodes, in their order, and where the columns of a layered picture stand."""

    x: Sequence[int]
    y: Sequence[int]
    sizes: Sequence[int]
    columns: Sequence[int] = ()


def arrange(content: Content) -> Placement:
    """Arrange a graph in layers or by forces, as it asks."""
    from stigraph.page.layout.sizes import sizes_of

    sizes = sizes_of(content)
    if content.arrangement == "layered":
        from stigraph.page.layout.layered import layered

        return layered(content, sizes)
    from stigraph.page.layout.force import force

    return force(content, sizes)
