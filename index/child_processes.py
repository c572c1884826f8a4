"""What becomes of processes that this one forks: they end with it, and hold none of its locks.

Apart from `index.workers`, which takes 7 ms to load: whoever only reads an index starts no process.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_locks: set[int] = set()
_PR_SET_PDEATHSIG = 1  # of Linux; elsewhere a worker only ends when it has done its task


@contextmanager
def children_end_with_us(lock: int) -> Iterator[None]:
    """While it lasts, a child that this process forks ends when we are killed.

    It closes the lock's file, too: a lock would outlast us for as long as a child has it open.
    """
    _locks.add(lock)
    try:
        yield
    finally:
        _locks.discard(lock)


def _in_a_child() -> None:
    if not _locks:
        return
    for lock in _locks:
        with suppress(OSError):
            os.close(lock)
    _locks.clear()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


os.register_at_fork(after_in_child=_in_a_child)
