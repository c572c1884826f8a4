"""Days and moments as numbers to compare: what the orders and filters by time go by."""

from __future__ import annotations

import datetime
import re
from datetime import timedelta
from functools import lru_cache

from index.dates.partial import PartialDate
from index.dates.relative import today

UNDATED = 0
"""What `first_day` and `last_day` hold for a release whose date has no year."""

FUTURE_DAYS = 1
"""Days ahead of ours that a date may be: it is tomorrow already elsewhere."""


@lru_cache(maxsize=1 << 14)
def day_span(date: str | None) -> tuple[int, int]:
    """First and last day that an ISO date, whole or partial, may mean; `UNDATED` twice if none.

    `2023-11` -> (20231101, 20231131): bounds to compare with, not all of them days of a calendar.
    """
    try:
        return PartialDate.from_iso(date or "").days
    except ValueError:
        return UNDATED, UNDATED


def days_until(last: datetime.date, count: int) -> list[int]:
    """The days of the calendar up to one of them, as numbers: so many, ascending."""
    days = (last - datetime.timedelta(days=back) for back in range(count - 1, -1, -1))
    return [each.year * 10_000 + each.month * 100 + each.day for each in days]


def moment_of(issued_at: str | None, date: str | None) -> int:
    """The key of the orders by time: yyyymmddhhmm of issue, 0 where there is no year."""
    return moment_on(issued_at, day_span(date)[0])


def moment_on(issued_at: str | None, first_day: int) -> int:
    """The same where the first day is known as a number."""
    clock = re.search(r"T(\d\d):(\d\d)", issued_at or "")
    return first_day * 10_000 + (int(clock[1] + clock[2]) if clock and first_day else 0)


def last_moment() -> int:
    """The last moment, as yyyymmddhhmm, that is not ahead of today; a release of later is dated
    wrongly, or before its time."""
    day = today() + timedelta(days=FUTURE_DAYS)
    return ((day.year * 100 + day.month) * 100 + day.day) * 10_000 + 2359


_BEGAN, _LAST_AT_BEGINNING = today().isoformat(), last_moment()


def is_ahead(date: str | None) -> bool:
    """Whether an ISO date, whole or partial, is ahead of today, all of it.

    What was past when this process began is past: asking for the day takes 7 microseconds, which a
    page of results would do for every release.
    """
    if not date or date < _BEGAN:
        return False
    return is_moment_ahead(day_span(date)[0] * 10_000)


def is_moment_ahead(moment: int) -> bool:
    """The same of a moment as yyyymmddhhmm."""
    return moment > _LAST_AT_BEGINNING and moment > last_moment()
