"""Partial dates: a year, a month or a day, parsed as people type it, and the days that it covers.

The one place that says which of these is a date: search box, `date:` of the query language,
addresses, requests and facets all read and write dates here.
"""

from __future__ import annotations

import calendar
import datetime
import re
from functools import lru_cache
from typing import NamedTuple

from index.dates.calendar_end import days_later
from index.text.folding import fold

MAX_TYPED = 40
"""Characters beyond which a text is no date."""
LAST_YEAR = 9999

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_MONTH_OF_YEAR = re.compile(r"(\d\d?)\s?[-/.]\s?(\d{4})", re.ASCII)
_YEAR_AND_MONTH = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])", re.ASCII)
_SPAN = re.compile(r"\.\.|…|[<>\[\]]|\sto\s", re.IGNORECASE)
"""What makes a span of dates, in the query language."""
_LAST_DAYS = re.compile(r"(?<!\d)(?:29|3[01])(?!\d)", re.ASCII)
"""Days that some months do not have."""


class DaySpan(NamedTuple):
    """A first and a last day as numbers like 20231105, which sort as the days do.

    Every month has 31 days here: bounds to compare with, not all of them days of a calendar.
    """

    first: int
    last: int

    def contains(self, other: DaySpan) -> bool:
        """Whether all days of another span lie in this one."""
        return self.first <= other.first and other.last <= self.last


class PartialDate(NamedTuple):
    """A year, a month of a year or a day; `month` and `day` are 0 where they are left open.

    In order of their first days, a year before its months, a month before its days.
    """

    year: int
    month: int = 0
    day: int = 0

    @staticmethod
    def from_iso(text: str) -> PartialDate:
        """The date written `2023`, `2023-06` or `2023-06-26`.

        :raises ValueError: for any other text, and for a day that the calendar does not have.
        """
        found = _from_iso(text)
        if found is None:
            raise ValueError(f"{text!r} is no date; write 2023, 2023-06 or 2023-06-26")
        return found

    @property
    def iso(self) -> str:
        """`2023`, `2023-06` or `2023-06-26`."""
        month = f"-{self.month:02}" if self.month else ""
        return f"{self.year:04}{month}" + (f"-{self.day:02}" if self.day else "")

    @property
    def first_day(self) -> PartialDate:
        """The first day of the year or month; a day itself."""
        return PartialDate(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> PartialDate:
        """The last day of the year or month; a day itself."""
        month = self.month or 12
        return PartialDate(self.year, month, self.day or days_in_month(self.year, month))

    @property
    def days(self) -> DaySpan:
        """Its days as numbers: `2023-11` is 20231101 to 20231131."""
        base = self.year * 10_000
        return DaySpan(
            base + (self.month or 1) * 100 + (self.day or 1),
            base + (self.month or 12) * 100 + (self.day or 31),
        )

    def contains(self, other: PartialDate) -> bool:
        """Whether all days of another date lie in this one."""
        return self.days.contains(other.days)

    def neighbour(self, step: int) -> PartialDate | None:
        """The year, month or day before it (-1) or after it (1); None beyond the calendar."""
        edge = self.last_day if step > 0 else self.first_day
        near = days_later(datetime.date(*edge), step)
        if near is None:
            return None
        return PartialDate(near.year, self.month and near.month, self.day and near.day)


def parse(typed: str) -> PartialDate | None:
    """The date that somebody typed, None when it is no date.

    ISO dates of any year, else whatever `index.dates.date_strings.read_date` reads, day before
    month: `2020/03`, `202003`, `14/3/2020`, `March 2020`, `14. März 2020`, `2020年3月14日`. A date
    without a year, a day that its month does not have and a span of dates are no dates.
    """
    if len(typed) > MAX_TYPED or _SPAN.search(typed):
        return None
    text = fold(typed).strip()
    month_of_year = _MONTH_OF_YEAR.fullmatch(text)
    if month_of_year:
        text = f"{month_of_year[2]}-{int(month_of_year[1]):02}"
    year_and_month = _YEAR_AND_MONTH.fullmatch(text)
    if year_and_month:
        text = "-".join(year_and_month.groups())
    if _ISO.fullmatch(text):
        return _from_iso(text)
    # Its patterns take 12 ms to compile: `dateline search` asks for no date.
    from index.dates.date_strings import read_date

    found = read_date(text, "typed", day_first=True)
    return _from_iso(found.date) if found and found.date else None


def month_of_no_such_day(typed: str) -> PartialDate | None:
    """The month of a day that its month does not have, such as `31 April 2007`; else None."""
    if len(typed) > MAX_TYPED or parse(typed) is not None:
        return None
    there = parse(_LAST_DAYS.sub("28", fold(typed), count=1))  # the day that every month has
    return PartialDate(there.year, there.month) if there and there.day == 28 else None


@lru_cache(maxsize=256)
def days_between(first: PartialDate | None, last: PartialDate | None) -> DaySpan:
    """The days from one date's first to another's last; None leaves that end open.

    A span that ends with the last day of a month holds the whole month, as `PartialDate.days`
    writes it: a release of that month, whose day is not known, lies in it.
    """
    low = first.days.first if first else 1
    end = last or PartialDate(LAST_YEAR)
    high = end.days.last
    if end.day == days_in_month(end.year, end.month or 12):
        high = high // 100 * 100 + 31
    return DaySpan(low, high)


def date_of(number: int) -> PartialDate:
    """The day with a number like 20231105; the last of its month where the month is shorter."""
    year, month, day = number // 10_000, number // 100 % 100, number % 100
    return PartialDate(year, month, min(day, days_in_month(year, month)))


def days_in_month(year: int, month: int) -> int:
    """How many days a month of the Gregorian calendar has."""
    return calendar.monthrange(year, month)[1]


@lru_cache(maxsize=1024)
def _from_iso(text: str) -> PartialDate | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        datetime.date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    return PartialDate(year or 0, month or 0, day or 0)
