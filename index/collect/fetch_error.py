"""Why something was not fetched, and whether it is worth trying again."""

from __future__ import annotations

from index.errors import DatelineError


class FetchError(DatelineError):
    """Something could not be fetched. `temporary`: it may go well another time.

    `after`: seconds after which the host said that it may.
    """

    def __init__(self, why: str, *, temporary: bool = False, after: float | None = None) -> None:
        super().__init__(why)
        self.temporary = temporary
        self.after = after


class ForbiddenError(FetchError):
    """The robots.txt of the host forbids it, so nothing was asked for."""


class HostRestsError(FetchError):
    """The host gets no more requests in this run: it asked for rest, or a limit is reached."""
