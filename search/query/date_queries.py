"""Dates as people type them -> the days they cover, and the query for those days."""

from __future__ import annotations

import calendar
import re
from functools import lru_cache
from typing import NamedTuple

from whoosh.query import And, NumericRange, Query

from index.schema import UNDATED, day_span

LAST_DAY = 9999_12_31

_PARTIAL = r"\d{4}(?:[-/]\d{1,2}(?:[-/]\d{1,2})?)?"
_SPAN = re.compile(rf"\[?\s*({_PARTIAL})?\s*(?:\.\.+|…|\s+to\s+)\s*({_PARTIAL})?\s*\]?", re.I)
_ONE = re.compile(rf"(<=|>=|<|>)?\s*({_PARTIAL})")


class Days(NamedTuple):
    """First and last day as numbers like 20231105, and how to write them down."""

    first: int
    last: int
    text: str


@lru_cache(maxsize=256)
def day_bounds(first: str | None, last: str | None) -> tuple[int, int]:
    """First and last day, as numbers, from one partial ISO date to another; None leaves it open.

    A span that ends with the last day of a month holds the whole month, as `day_span` writes it.
    """
    low = day_span(first)[0] if first else 1
    high = day_span(last)[1] if last else LAST_DAY
    year, month, day = high // 10_000, high // 100 % 100, high % 100
    if day >= calendar.monthrange(year, month)[1]:
        high = high // 100 * 100 + 31
    return max(low, 1), high


def read_days(typed: str) -> Days | None:
    """`2023`, `2023-06`, `2023-06..2023-08`, `2023..`, `>=2023` -> the days; None if unreadable."""
    typed = typed.strip()
    one = _ONE.fullmatch(typed)
    span = _SPAN.fullmatch(typed)
    if one and one[1] in (None, ""):
        first, last = one[2], one[2]
    elif one and one[1] in (">=", "<="):
        first, last = (one[2], "") if one[1] == ">=" else ("", one[2])
    elif span and (span[1] or span[2]):
        first, last = span[1] or "", span[2] or ""
    else:
        return None
    return _days(_iso(first), _iso(last))


def _days(first: str, last: str) -> Days | None:
    if any(iso and not _in_calendar(iso) for iso in (first, last)):
        return None
    low, high = day_bounds(first, last)
    if low > high:
        return None
    text = first if first == last else f"{first}..{last}"
    return Days(low, high, text)


def days_query(days: Days) -> Query:
    """Releases whose date, as far as it is known, lies within these days."""
    return And(
        [
            NumericRange("first_day", days.first, LAST_DAY),
            NumericRange("last_day", 1, days.last),
        ]
    )


def undated_query() -> Query:
    """Releases whose year is not known."""
    return NumericRange("first_day", UNDATED, UNDATED)


def _iso(typed: str) -> str:
    return "-".join(part.zfill(2) for part in re.split("[-/]", typed)) if typed else ""


def _in_calendar(iso: str) -> bool:
    parts = [int(part) for part in iso.split("-")] + [1, 1]
    return parts[0] > 0 and 1 <= parts[1] <= 12 and 1 <= parts[2] <= 31
