"""How fast a cold look-up is, beside its peers, in one run: run with ``make bench``.

Peers: ``python -c "import click"`` (what any command line of this kind costs before it does anything), and a script
that parses the same Turtle files with rdflib and walks the same links. Every command is a new process; runs alternate,
so that a noisy machine disturbs all alike; medians are compared.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WALK_WITH_RDFLIB = Path(__file__).with_name("rdflib_walk.py")


def seconds(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Time one run of a command, which must succeed."""
    start = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def measure(commands: Mapping[str, Sequence[str]], rounds: int, environment: Mapping[str, str]) -> dict[str, float]:
    """Give the median seconds of each command over alternating rounds."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            times[name].append(seconds(command, environment))
    return {name: statistics.median(found) for name, found in times.items()}


def main() -> None:
    """Measure and print a table of seconds and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    stigraph = str(Path(sys.executable).with_name("stigraph"))
    python = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "STIGRAPH_STORE": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        subprocess.run([stigraph, "build"], env=environment, stdout=subprocess.DEVNULL, check=True)
        commands = {
            "python -c pass": [python, "-c", "pass"],
            "python -c 'import click'": [python, "-c", "import click"],
            "stigraph lineage SICORP": [stigraph, "lineage", "SICORP"],
            "stigraph search 量子": [stigraph, "search", "量子"],
            "stigraph show SICORP": [stigraph, "show", "SICORP"],
        }
        for command in commands.values():
            seconds(command, environment)
        found = measure(commands, rounds, environment)
        slow = {"rdflib: parse the same data and walk it": [python, str(WALK_WITH_RDFLIB), "SICORP"]}
        found |= measure(slow, max(3, rounds // 5), environment)
    click, lineage = found["python -c 'import click'"], found["stigraph lineage SICORP"]
    print(f"{'command':<42} {'seconds':>8} {'× import click':>15} {'× lineage':>10}")
    for name, value in found.items():
        print(f"{name:<42} {value:>8.3f} {value / click:>15.2f} {value / lineage:>10.2f}")


if __name__ == "__main__":
    main()
