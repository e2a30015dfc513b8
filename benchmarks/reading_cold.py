"""Cold commands: on a store and on the curated graph alone, beside what importing click costs; and their memory."""

import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from measuring import cold, interleaved, list_table, stigraph_command
from stigraph.query import named_queries

__all__ = ["measure_cold", "measure_memory"]

_COMMANDS = (
    ("lineage", "SICORP"),
    ("search", "量子"),
    ("show", "wpi"),
    ("lineage", "第6期基本計画", "--down"),
)
_READING = (
    *_COMMANDS,
    ("lineage", "第5期基本計画", "--down"),
    ("search", "研究", "--type", "Programme"),
    ("show", "JST"),
    ("query", "programmes-citing-plan"),
    ("query", "SELECT (COUNT(*) AS ?n) { ?line sti:phase sti:Initial }"),
    ("stats",),
    ("discrepancies",),
    ("view", "lineage", "SICORP", "--format", "graphml"),
    ("view", "plan", "第6期基本計画", "--format", "graphml"),
    ("view", "citations", "--format", "graphml"),
    ("view", "agencies", "SICORP", "--format", "graphml"),
    ("view", "partners", "--format", "graphml"),
    ("view", "money", "ASPIRE", "--format", "graphml"),
    ("view", "indicators", "--format", "graphml"),
    ("view", "neighbourhood", "SICORP", "--format", "graphml"),
    ("view", "gaps", "--format", "graphml"),
    ("view", "agencies", "--format", "graphml"),
)
_AIM = 150
_WORST = 20
_CLICK = "python -c 'import click'"


def measure_cold(store: Path, curated: Path, rounds: int) -> None:
    """Print how long cold commands take on both stores, and their ratios."""
    commands = {_CLICK: [sys.executable, "-c", "import click"]}
    for words in _COMMANDS:
        for where, path in (("store", store), ("curated", curated)):
            commands[f"{' '.join(words)} @{where}"] = stigraph_command(*words, store=path)
    found = interleaved(commands, rounds)
    click = found[_CLICK].seconds
    rows: list[tuple[object, ...]] = [(f"`{_CLICK}`", click, "", "", 1.0)]
    for words in _COMMANDS:
        name = " ".join(words)
        full, small = found[f"{name} @store"].seconds, found[f"{name} @curated"].seconds
        rows.append((f"`stigraph {name}`", full, small, full / small, full / click))
    list_table(
        f"Cold commands (median of {rounds} rounds, taking turns)",
        ["command", "store (s)", "curated alone (s)", "store / curated (≤ 1.3)", "store / import click (≤ 1.5)"],
        rows,
    )


def measure_memory(store: Path) -> None:
    """Print the most memory that a cold process of each reading command holds, and of the worst named queries."""
    head = ["command", "peak (MB)", "seconds"]
    list_table("Memory of reading commands (cold, ≤ 150 MB)", head, _peaks(store, _READING))
    queries = sorted(_peaks(store, [("query", name) for name in named_queries()]), key=lambda row: -row[1])
    over = sum(memory > _AIM for _, memory, _ in queries)
    title = f"The {_WORST} of {len(queries)} named queries that hold most (cold; {over} above {_AIM} MB)"
    list_table(title, head, queries[:_WORST])


def _peaks(store: Path, commands: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, float, float]]:
    with tempfile.TemporaryDirectory() as folder:
        for words in commands:
            output = ("-o", str(Path(folder, "out"))) if words[0] == "view" else ()
            run = cold(stigraph_command(*words, *output, store=store), answer_no=True)
            yield f"`stigraph {' '.join(words)}`", run.memory, run.seconds
