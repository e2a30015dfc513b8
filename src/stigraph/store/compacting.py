"""Compacting an Oxigraph store in a process of its own: ``python -m stigraph.store.compacting FOLDER``.

Prints the number of its triples, or exits with 1 and prints why it cannot be compacted. Ends when its standard input
does, so that it never outlives who started it; an interruption from the keyboard is theirs to deal with.
"""

import os
import re
import signal
import sys
import threading
import time
from pathlib import Path
from typing import NoReturn

import pyoxigraph as ox

_FAILURE = re.compile(r"Waiting after background compaction error: (.*), Accumulated background error counts")
_LOOK_EVERY = 0.5  # seconds


def main() -> None:
    """Compact the store."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_input, daemon=True).start()
    folder = Path(sys.argv[1])
    store = ox.Store(str(folder))
    threading.Thread(target=_end_with_failure, args=[folder / "LOG"], daemon=True).start()
    try:
        store.optimize()
        store.flush()
    except OSError as error:
        _fail(str(error))
    print(len(store))


def _end_with_input() -> None:
    sys.stdin.read()
    os._exit(1)


def _end_with_failure(log: Path) -> None:
    """End as soon as RocksDB logs that it failed: it would try again for ever, and nobody frees space for it."""
    with log.open(encoding="utf-8", errors="replace") as lines:
        while not (failure := _FAILURE.search(lines.read())):
            time.sleep(_LOOK_EVERY)
    _fail(failure[1].strip(" :"))


def _fail(reason: str) -> NoReturn:
    print(reason, flush=True)
    os._exit(1)


if __name__ == "__main__":
    main()
