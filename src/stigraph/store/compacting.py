"""Compacting an Oxigraph store in a process of its own: ``python -m stigraph.store.compacting FOLDER``.

Prints the number of its triples. Ends when its standard input does, so that it never outlives who started it; an
interruption from the keyboard is theirs to deal with.
"""

import os
import signal
import sys
import threading

import pyoxigraph as ox


def main() -> None:
    """Compact the store."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_input, daemon=True).start()
    store = ox.Store(sys.argv[1])
    store.optimize()
    store.flush()
    print(len(store))


def _end_with_input() -> None:
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    main()
