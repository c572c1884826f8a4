"""The clock of collecting: what time it is, and waiting, which tests do without waiting."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class CollectClock:
    """The time of this machine."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    def wait(self, seconds: float) -> None:
        """Let some seconds pass."""
        time.sleep(seconds)


def stamp(seconds: float) -> str:
    """A time in ISO 8601, UTC, to the second."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
