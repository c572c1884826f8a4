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
from index.text.folding import fold

_SPAN = re.compile(
    r"(?:from\s|between\s)?(?P<first>.*?)"
    r"(?:\.\.+|…|~|至|到|\s(?:to|through|until|till|and|bis|-)(?=\s)|(?<=[a-z])-(?=[a-z])"
    r"|(?:(?<=^\d)|(?<=^\d\d))-(?=\d\d?\W+[a-z]))(?P<last>.*)"
)
_YEAR = re.compile(r"\d{4}")
_ISO = r"\d{4}(?:-\d\d){0,2}"
_ISO_SPAN = re.compile(rf"(?P<first>{_ISO})[-/](?P<last>{_ISO})", re.ASCII)
"""`2022-2023`, and spans of ISO 8601."""
_COMPARED = re.compile(r"(?P<sign>[<>])(?P<equal>=?)(?P<date>.*)")
_IN_WORDS = {"after ": ">", "since ": ">=", "from ": ">=", "before ": "<", "until ": "<=", "=": ""}
"""What people put before a date for a sign, or for nothing."""
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

    `2023`, `March 2023`, `Q1 2023`, `2023-06..2023-08`, `March to May 2023`, `2023..`, `2022-2023`,
    `>=2023`, `since 2023`, `>2023` (from 2024 on), `[2022 TO 2023]`; a curly bracket leaves the
    date beside it out. Unreadable is also a span whose first day is after its last.
    """
    text = fold(typed).strip()
    if len(text) > _LONGEST:
        return None
    for word, sign in _IN_WORDS.items():
        if text.startswith(word) and not _SPAN.fullmatch(text):
            text = sign + text.removeprefix(word)
    compared = _COMPARED.fullmatch(text)
    if compared is not None:
        beyond = not compared["equal"]
        if compared["sign"] == ">":
            return _between(compared["date"], "", after=beyond)
        return _between("", compared["date"], before=beyond)
    brackets = _BRACKETS.fullmatch(text)
    inside = brackets["inside"] if brackets else text
    span = _ISO_SPAN.fullmatch(inside) or _SPAN.fullmatch(inside)
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
    ends = [ends[0] or _beside(ends[1], first), ends[1] or _beside(ends[0], last)]
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


def _beside(other: PartialDate | None, typed: str) -> PartialDate | None:
    """A date in the year, or a day in the month, that the other end of a span has.

    `March to May 2007`, `2007年3月至5月`, `1 to 15 March 2007`, `2007年3月5日至7日`.
    """
    bare = typed.strip(" .")
    if other is None or bare in _OPEN or _YEAR.search(bare):
        return None
    day = bare.rstrip("日号")
    if day.isdecimal():
        return parse(f"{other.iso[:-2]}{day:0>2}") if other.day else None
    found = parse(f"{bare} {other.year}") or parse(f"{other.year}年{bare}")
    return found if found and found.month else None


def days_query(days: DaySpan, boost: float = 1.0) -> Query:
    """Releases whose date, as far as it is known, lies within these days."""
    latest = PartialDate(LAST_YEAR).days.last
    return And(
        [
            NumericRange("first_day", days.first, latest, boost=boost),
            NumericRange("last_day", 1, days.last, boost=boost),
        ]
    )


def undated_query() -> Query:
    """Releases whose year is not known."""
    return NumericRange("first_day", UNDATED, UNDATED)
