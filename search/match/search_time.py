"""The time limit of a search: processor time, looked at between the parts of its query."""

from __future__ import annotations

import time

from index.errors import DatelineError


class SearchStoppedError(DatelineError):
    """A search took longer than it may."""


class SearchTime:
    """Seconds of this thread's processor time from now on, for everything that one request needs.

    What is between two looks is short whatever the query: one phrase in all documents or in one
    text that is shown, the terms of one pattern, the words that stand for one place of a phrase.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._until = time.thread_time() + seconds
        self._soonest = time.monotonic() + seconds

    @property
    def is_over(self) -> bool:
        """Whether there is no time left."""
        # No thread runs for longer than passes; and this clock costs a tenth of the other one.
        return time.monotonic() > self._soonest and time.thread_time() > self._until

    def check(self) -> None:
        """Look at the clock.

        :raises SearchStoppedError: once the time is over.
        """
        if self.is_over:
            raise SearchStoppedError(
                f"The search took longer than {self.seconds:g} seconds and was stopped. "
                "Try fewer or rarer words."
            )
