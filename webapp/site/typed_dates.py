"""Dates as people type them into a box -> ISO dates, as precise as they were typed."""

from __future__ import annotations

import datetime
import re

from index.dates import resolution
from index.text.analysis import fold
from search.request import PARTIAL_DATE

MAX_TYPED = 40
"""Characters beyond which a text is no date."""

_MONTH_OF_YEAR = re.compile(r"(\d\d?)\s?[-/.]\s?(\d{4})", re.ASCII)


def read_date(typed: str) -> str | None:
    """`2020`, `2020-03` or `2020-03-14` for what was typed, None when it is no date.

    ISO dates of any year, else whatever `index.dates.resolution.read_date` reads, day before month:
    `2020/03`, `14/3/2020`, `March 2020`, `14. März 2020`, `2020年3月14日`. A date without a year
    and a day that its month does not have are no dates.
    """
    if len(typed) > MAX_TYPED:
        return None
    text = fold(typed).strip()
    month_of_year = _MONTH_OF_YEAR.fullmatch(text)
    if month_of_year:
        text = f"{month_of_year[2]}-{int(month_of_year[1]):02}"
    if PARTIAL_DATE.match(text):
        return text if _in_calendar(text) else None
    found = resolution.read_date(text, "typed", day_first=True)
    if found is None or found.date is None or not PARTIAL_DATE.match(found.date):
        return None
    return found.date


def first_and_last_day(partial: str) -> tuple[str, str]:
    """The ISO days that a date, whole or partial, begins and ends with."""
    year, month, day = (*map(int, partial.split("-")), 0, 0)[:3]
    last_month = month or 12
    last_day = day or days_in_month(year, last_month)
    return (
        f"{year:04}-{month or 1:02}-{day or 1:02}",
        f"{year:04}-{last_month:02}-{last_day:02}",
    )


def neighbour(partial: str, step: int) -> str | None:
    """The year, month or day that comes `step` (1 or -1) after it; None beyond the calendar."""
    first, last = first_and_last_day(partial)
    try:
        start = datetime.date.fromisoformat(last if step > 0 else first)
        return (start + datetime.timedelta(days=step)).isoformat()[: len(partial)]
    except (ValueError, OverflowError):
        return None


def days_in_month(year: int, month: int) -> int:
    """How many days a month of the Gregorian calendar has."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _in_calendar(iso: str) -> bool:
    parts = [int(part) for part in iso.split("-")]
    return parts[0] > 0 and (len(parts) < 3 or parts[2] <= days_in_month(parts[0], parts[1]))
