"""Cursors: a place in an order by time, from which a list goes on though commits come meanwhile."""

from __future__ import annotations

import re
from typing import NamedTuple

from index.dates.day_numbers import last_moment, moment_of
from index.release import Release

_WRITTEN = re.compile(r"(0|[1-9]\d{11})\.(.+)", re.DOTALL | re.ASCII)
BY_DATE = ("newest", "oldest")
"""The orders in which there are cursors."""
MAX_CURSOR = 2_000
"""Characters of a cursor: an identifier is as long as an address at most."""


class Cursor(NamedTuple):
    """The place of a release in the order of time: `moment` is yyyymmddhhmm, 0 where undated or
    dated ahead of today.

    What stands behind it is the same whether the release is still there or not.
    """

    moment: int
    id: str

    def __str__(self) -> str:
        return f"{self.moment}.{self.id}"

    @classmethod
    def behind(cls, release: Release) -> Cursor:
        """The place of a release."""
        moment = moment_of(release.issued_at, release.date)
        return cls(moment if moment <= last_moment() else 0, release.id)

    @classmethod
    def read(cls, text: str) -> Cursor:
        """A cursor as it was written.

        :raises ValueError: for what is none.
        """
        found = _WRITTEN.fullmatch(text) if len(text) <= MAX_CURSOR else None
        if found is None:
            raise ValueError(f"{text[:60]!r} is no cursor; take one from a line of an export")
        return cls(int(found[1]), found[2])


def check_cursor_order(order: str) -> None:
    """Whether an order has cursors: no commit may change what stands before what.

    :raises ValueError: if it has none.
    """
    if order not in BY_DATE:
        raise ValueError("a cursor is a place in the order of time: sort by newest or oldest")
