"""`date:` of the query language: what stands behind it -> the days, and the query for those days.

A date is what `index.dates.partial` parses; two of them, or one and a sign, make a span.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from whoosh.query import And, NumericRange, Query

from index.dates.day_numbers import UNDATED
from index.dates.partial import LAST_YEAR, MAX_TYPED, DaySpan, PartialDate, days_between, parse
from index.dates.relative import read_quarter
from index.text.analysis import fold

_SPAN = re.compile(r"(?P<first>.*?)(?:\.\.+|…|\s(?:to|-)(?=\s))(?P<last>.*)")
_YEARS = re.compile(r"(?P<first>\d{4})-(?P<last>\d{4})", re.ASCII)
_COMPARED = re.compile(r"(?P<sign>[<>])(?P<equal>=?)(?P<date>.*)")
_BRACKETS = re.compile(r"(?P<open>[\[{]?)(?P<inside>.*?)(?P<close>[\]}]?)")
_OPEN = ("", "*")
"""What stands for an end of a span that is left open."""
_LONGEST = 2 * MAX_TYPED + 20


class TypedSpan(NamedTuple):
    """The days of a date or span that was typed, and its ISO text: `2023-06`, `2023..`."""

    days: DaySpan
    iso: str


def parse_span(typed: str) -> TypedSpan | None:
    """The days of a date or of a span of dates as typed; None if unreadable.

    `2023`, `March 2023`, `Q1 2023`, `2023-06..2023-08`, `2023..`, `2022-2023`, `>=2023`, `>2023`
    (from 2024 on), `[2022 TO 2023]`; a curly bracket leaves the date beside it out. Unreadable is
    also a span
    whose first day is after its last.
    """
    text = fold(typed).strip()
    if len(text) > _LONGEST:
        return None
    compared = _COMPARED.fullmatch(text)
    if compared is not None:
        beyond = not compared["equal"]
        if compared["sign"] == ">":
            return _between(compared["date"], "", after=beyond)
        return _between("", compared["date"], before=beyond)
    brackets = _BRACKETS.fullmatch(text)
    inside = brackets["inside"] if brackets else text
    span = _YEARS.fullmatch(inside) or _SPAN.fullmatch(inside)
    if span is not None:
        after = brackets is not None and brackets["open"] == "{"
        before = brackets is not None and brackets["close"] == "}"
        return _between(span["first"], span["last"], after=after, before=before)
    quarter = read_quarter(text)
    if quarter is not None:
        return _between(*quarter)
    date = parse(text)
    return None if date is None else TypedSpan(days_between(date, date), date.iso)


def _between(
    first: str, last: str, *, after: bool = False, before: bool = False
) -> TypedSpan | None:
    """The span between two dates as typed, of which one may be open.

    :param after: whether it begins after the first date, not with it.
    :param before: whether it ends before the last one.
    """
    typed = [end.strip() not in _OPEN for end in (first, last)]
    ends = [parse(end) if there else None for end, there in zip((first, last), typed, strict=True)]
    if not any(typed) or typed != [end is not None for end in ends]:
        return None
    low = ends[0].neighbour(1) if ends[0] and after else ends[0]
    high = ends[1].neighbour(-1) if ends[1] and before else ends[1]
    if (low is None and typed[0]) or (high is None and typed[1]):
        return None  # beyond the calendar
    days = days_between(low, high)
    if days.first > days.last:
        return None
    return TypedSpan(days, "..".join(end.iso if end else "" for end in (low, high)))


def days_query(days: DaySpan) -> Query:
    """Releases whose date, as far as it is known, lies within these days."""
    return And(
        [
            NumericRange("first_day", days.first, PartialDate(LAST_YEAR).days.last),
            NumericRange("last_day", 1, days.last),
        ]
    )


def undated_query() -> Query:
    """Releases whose year is not known."""
    return NumericRange("first_day", UNDATED, UNDATED)
