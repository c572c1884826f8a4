"""Dates as people type them into a box -> ISO dates, as precise as they were typed."""

from __future__ import annotations

import re
from datetime import date

from index.months import MONTHS
from index.text import fold

MAX_TYPED = 40
"""Characters beyond which a text is no date."""

_YEAR_FIRST = re.compile(
    r"(\d{4})(?:\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})\s*[日号]?|\s*月)?|\s*年)?", re.ASCII
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_DAY_FIRST = re.compile(r"(?:(\d{1,2})\s*[-/.]\s*)?(\d{1,2})\s*[-/.]\s*(\d{4})", re.ASCII)
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?", re.ASCII)


def read_date(typed: str) -> str | None:
    """`2020`, `2020-03` or `2020-03-14` for what was typed, None when it is no date.

    Read are ISO dates, `2020/03`, `14/3/2020` (day before month, always), `March 2020`,
    `14 March 2020`, `March 14, 2020` in the languages of `index.months`, and `2020年3月14日`.
    A day that its month does not have is no date.
    """
    if len(typed) > MAX_TYPED:
        return None
    text = fold(typed).strip()
    compact = _COMPACT.fullmatch(text)
    if compact:
        return _iso(*compact.groups())
    year_first = _YEAR_FIRST.fullmatch(text)
    if year_first:
        return _iso(*year_first.groups())
    day_first = _DAY_FIRST.fullmatch(text)
    if day_first:
        return _iso(day_first[3], day_first[2], day_first[1])
    return _read_words(re.findall(r"[^\s,.]+", text))


def first_and_last_day(partial: str) -> tuple[str, str]:
    """The ISO days that a date, whole or partial, begins and ends with."""
    year, month, day = (*map(int, partial.split("-")), 0, 0)[:3]
    first = date(year, month or 1, day or 1)
    if day:
        return first.isoformat(), first.isoformat()
    last_month = month or 12
    return first.isoformat(), f"{year:04}-{last_month:02}-{days_in_month(year, last_month):02}"


def days_in_month(year: int, month: int) -> int:
    """How many days a month of the Gregorian calendar has."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _read_words(words: list[str]) -> str | None:
    """A month's name with a year, and perhaps a day, in any order."""
    words = [word for word in words if word not in ("de", "of", "the")]
    months = [MONTHS[word] for word in words if word in MONTHS]
    years = [word for word in words if re.fullmatch(r"\d{4}", word, re.ASCII)]
    days = [match[1] for match in map(_ORDINAL.fullmatch, words) if match]
    if len(months) != 1 or len(years) != 1 or len(days) > 1 or len(words) != 2 + len(days):
        return None
    return _iso(years[0], str(months[0]), days[0] if days else None)


def _iso(year: str, month: str | None = None, day: str | None = None) -> str | None:
    numbers = [int(part) for part in (year, month, day) if part is not None]
    if numbers[0] == 0:
        return None
    if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
        return None
    if len(numbers) > 2 and not 1 <= numbers[2] <= days_in_month(numbers[0], numbers[1]):
        return None
    return "-".join([f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:])])
