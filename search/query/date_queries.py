"""`date:` of the query language: what stands behind it -> the days, and the query for those days.

A date is what `index.dates.partial` parses; two of them, or one and a sign, make a span.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from whoosh.query import And, NumericRange, Query

from index.dates.partial import LAST_YEAR, MAX_TYPED, DaySpan, PartialDate, days_between, parse
from index.schema import UNDATED
from index.text.analysis import fold

_SPAN = re.compile(r"\[?(?P<first>[^][]*?)(?:\.\.+|\sto\s)(?P<last>[^][]*)\]?")
_LONGEST = 2 * MAX_TYPED + 20


class TypedSpan(NamedTuple):
    """The days of a date or span that was typed, and its ISO text: `2023-06`, `2023..`."""

    days: DaySpan
    iso: str


def parse_span(typed: str) -> TypedSpan | None:
    """The days of `2023`, `March 2023`, `2023-06..2023-08`, `2023..`, `>=2023`; None if unreadable.

    Unreadable is also a span whose first day is after its last.
    """
    typed = fold(typed).strip()
    if len(typed) > _LONGEST:
        return None
    if typed.startswith(">="):
        return _between(typed[2:], "")
    if typed.startswith("<="):
        return _between("", typed[2:])
    span = _SPAN.fullmatch(typed)
    if span is not None:
        return _between(span["first"], span["last"])
    date = parse(typed)
    return None if date is None else TypedSpan(days_between(date, date), date.iso)


def _between(first: str, last: str) -> TypedSpan | None:
    """The span between two dates as typed, of which one may be empty."""
    ends = [parse(end) if end.strip() else None for end in (first, last)]
    typed = bool(first.strip()), bool(last.strip())
    if not any(typed) or typed != tuple(end is not None for end in ends):
        return None
    days = days_between(*ends)
    if days.first > days.last:
        return None
    return TypedSpan(days, "..".join(end.iso if end else "" for end in ends))


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
