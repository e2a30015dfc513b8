"""Rows of text as a table for a terminal, and as Markdown."""

from collections.abc import Collection, Sequence

from stigraph.japanese import display_width

__all__ = ["markdown_table", "text_table"]


def text_table(head: Sequence[str], rows: Sequence[Sequence[str]], *, right: Collection[int] = ()) -> str:
    """Set cells in columns, those at some places (from 0) to the right.

    >>> print(text_table(["府省", "円"], [["文部科学省", "12"], ["内閣府", "3"]], right=[1]), end="")
    府省        円
    ----------  --
    文部科学省  12
    内閣府       3
    """
    cells = [[" ".join(cell.split()) for cell in row] for row in (head, *rows)]
    widths = [max(display_width(row[column]) for row in cells) for column in range(len(head))]

    def line(row: Sequence[str]) -> str:
        padded = [
            (" " * (width - display_width(cell)) + cell)
            if column in right
            else cell + " " * (width - display_width(cell))
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        return "  ".join(padded).rstrip()

    ruler = "  ".join("-" * width for width in widths)
    return "\n".join([line(cells[0]), ruler, *map(line, cells[1:])]) + "\n"


def markdown_table(head: Sequence[str], rows: Sequence[Sequence[str]], *, right: Collection[int] = ()) -> str:
    r"""Write a table of GitHub's Markdown; what would be read as a mark is escaped.

    >>> print(markdown_table(["a"], [["x|y"]]), end="")
    | a |
    | --- |
    | x\|y |
    """

    def line(cells: Sequence[str]) -> str:
        safe = (" ".join(cell.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;") for cell in cells)
        return "| " + " | ".join(safe) + " |"

    ruler = "| " + " | ".join("---:" if column in right else "---" for column in range(len(head))) + " |"
    return "\n".join([line(head), ruler, *map(line, rows)]) + "\n"
