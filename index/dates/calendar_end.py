"""Days counted on from one, up to where the calendar ends."""

from __future__ import annotations

import datetime


def days_later(day: datetime.date, count: int) -> datetime.date | None:
    """The day so many days later, or earlier where the number is negative; None beyond the
    calendar, which ends with the year 9999."""
    try:
        return day + datetime.timedelta(days=count)
    except OverflowError:
        return None
