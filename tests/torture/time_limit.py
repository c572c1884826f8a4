"""No test waits for ever: a process that takes too long is killed, and that is said."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.timing import PATIENCE

SECONDS = PATIENCE
"""Time after which a process hangs; none of them needs ten seconds, on a busy machine thirty."""


@contextmanager
def ended_in_time(process: subprocess.Popen[Any], seconds: float = SECONDS) -> Iterator[None]:
    """Within it, the process is killed after so many seconds: whoever reads from it goes on.

    It is killed at the end as well, should it still run.

    :raises AssertionError: when it had to be killed for the time it took.
    """
    hung = threading.Event()

    def end() -> None:
        hung.set()
        process.kill()

    timer = threading.Timer(seconds, end)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        process.kill()
        process.wait(timeout=SECONDS)
        assert not hung.is_set(), f"{process.args} hung for {seconds} s"
