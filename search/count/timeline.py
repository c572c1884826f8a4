"""Timeline: counts by month or year, whichever engine counted, in order and without gaps."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from index.dates.partial import PartialDate

UNITS = ("month", "year")


def check_unit(unit: str) -> None:
    """Nothing for one of `UNITS`.

    :raises ValueError: for any other.
    """
    if unit not in UNITS:
        raise ValueError(f"unit is {unit!r}; it can be {' or '.join(UNITS)}")


def without_gaps(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Months or years with their counts in order, zeros between the first and the last.

    :param counts: by ISO date, all of them months (`2023-06`) or all of them years.
    """
    if not counts:
        return ()
    dates = dates_between(min(counts), max(counts))
    return tuple([(date, counts.get(date, 0)) for date in dates])


def dates_between(first: str, last: str) -> list[str]:
    """All months or all years from one to another, as ISO dates."""
    years = range(int(first[:4]), int(last[:4]) + 1)
    if len(first) == 4:
        return [PartialDate(year).iso for year in years]
    months = [month for year in years for month in months_of(year)]
    return months[int(first[5:]) - 1 : len(months) - 12 + int(last[5:])]


@lru_cache(maxsize=1_000)
def months_of(year: int) -> tuple[str, ...]:
    """The months of a year as ISO dates."""
    return tuple(PartialDate(year, month).iso for month in range(1, 13))


@lru_cache(maxsize=1_000)
def days_of(month: PartialDate) -> tuple[str, ...]:
    """The days of a month as ISO dates."""
    return tuple(month._replace(day=day).iso for day in range(1, month.last_day.day + 1))
