"""The processor time that reading one document may take, and what stops a reading that takes more.

A timer of the system interrupts the reading process (Python code and regular expressions at once,
a library's compiled code when it returns). Compiled code that does not return is ended with the
worker process that runs it; the document is then refused by `index.ingest.read_files`.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from index.limits import MIB, Limits

AGAIN_SECONDS = 0.5
"""Processor time after which the interruption comes again, should a library have swallowed it."""
KILLED_FACTOR = 4
"""Times the limit after which a worker process is ended that does not react."""


class OverdueError(BaseException):
    """Reading took more processor time than it may. No `Exception`: nobody on the way keeps it."""


def seconds_for(size: int, limits: Limits) -> float:
    """The processor time for a document of so many bytes."""
    return limits.document_seconds + limits.seconds_per_mib * size / MIB


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Interrupt what runs inside once it has used so much processor time.

    Outside a process's main thread, and on systems without such timers, nothing is limited.

    :raises OverdueError: inside, at the limit.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(
        signal, "setitimer"
    ):
        yield
        return
    before = signal.signal(signal.SIGPROF, _overdue)
    signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN_SECONDS)
    _end_a_worker_after(KILLED_FACTOR * seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _overdue(_number: int, _frame: FrameType | None) -> None:
    raise OverdueError


def _end_a_worker_after(seconds: float) -> None:
    """Have the system kill this process, if it is a worker, once it has used so much more time."""
    if multiprocessing.parent_process() is None:
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    end = int(time.process_time() + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (min(end, hard) if hard >= 0 else end, hard))
