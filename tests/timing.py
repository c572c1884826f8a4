"""The one place where tests look at a clock: processor time to compare, and waiting with a limit."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

# Hostile input may cost this many times what ordinary input of the same length costs. Where it was
# measured the worst real ratio was 30; reading in quadratic time costs tens of thousands of times.
HOSTILE_RATIO = 100

PATIENCE = 240
"""Seconds that a test waits for another process before it takes it to hang. It judges no speed: on
a machine with ten times more to do than it can, what takes half a second has taken over 30."""


def processor_time(work: Callable[[], object], runs: int = 1) -> float:
    """Seconds of processor time of `work`, the least of some runs.

    Other processes do not count, nor does collecting what earlier tests left.
    """
    taken = []
    gc.disable()
    try:
        for _ in range(runs):
            started = time.process_time()
            work()
            taken.append(time.process_time() - started)
    finally:
        gc.enable()
    return min(taken)


def wait_until(holds: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Looks until a condition holds, at most so long; whether it holds in the end."""
    until = time.monotonic() + seconds
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)
    return holds()
