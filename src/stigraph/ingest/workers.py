"""A pool of processes on this machine that ends with the process it works for, however that ends."""

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import Pipe, parent_process
from multiprocessing.connection import Connection, wait

__all__ = ["processes"]


@contextmanager
def processes(count: int | None = None) -> Iterator[Executor]:
    """Give a pool of processes, by default one for each core.

    Leaving it by an exception ends the workers at once, whatever they are doing. A worker whose parent was killed ends
    too. An interruption from the keyboard is the parent's to deal with.

    >>> with processes(1) as pool:
    ...     pool.submit(abs, -2).result()
    2
    """
    stop, stopping = Pipe(duplex=False)
    pool = ProcessPoolExecutor(count or os.cpu_count(), initializer=_follow, initargs=(stop,))
    try:
        yield pool
    except BaseException:
        stopping.send_bytes(b"stop")
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        stop.close()
        stopping.close()


def _follow(stop: Connection) -> None:
    """Have this worker end when it is told to, or when its parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = parent_process()
    ends = [stop] if parent is None else [stop, parent.sentinel]
    threading.Thread(target=_end_after, args=(ends,), daemon=True).start()


def _end_after(ends: list[Connection | int]) -> None:
    # Nobody reads what is sent, so that it stays there for every worker to see.
    wait(ends)
    os._exit(1)
