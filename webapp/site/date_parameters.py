"""`from` and `to` of an address -> the first and the last date, as people type and paste them."""

from __future__ import annotations

from typing import NamedTuple

from index.dates.partial import month_of_no_such_day
from index.dates.relative import read_typed, span_of, today
from search.query.date_queries import parse_span
from search.results import Notice
from webapp.site.languages import N_
from webapp.site.parameters import ParameterReader

_UNREAD = N_("“%(value)s” is not a date we understand. Try 2020 or March 2020.")
_NO_SUCH_DAY = N_("“%(value)s” is not in the calendar: that month has %(days)s days.")


class _Ends(NamedTuple):
    """What one parameter says of both ends of the span; None where it leaves one open."""

    first: str | None = None
    last: str | None = None


def read_dates(reader: ParameterReader) -> tuple[str | None, str | None]:
    """The first and the last date; what is no date is said to be ignored.

    A span that stands in one of the two alone (`2005-2007`, `March to May 2007`) is both, as it is
    in the query language; `since 2007` and `until 2007` are the end that they name.
    """
    given, until = _read(reader, "from", "to"), _read(reader, "to", "from")
    start, end = given.first or until.first, until.last or given.last
    if start and end and _are_reversed(start, end):
        said = reader.language.gettext(
            "The dates were the wrong way round; we swapped them.",
        )
        reader.ignored.append(Notice("dates-swapped", said, ("from", start, "to", end)))
        start, end = end, start
    return start, end


def _are_reversed(start: str, end: str) -> bool:
    now = today()
    return span_of(start, now).first.first_day > span_of(end, now).last.last_day


def _read(reader: ParameterReader, name: str, other: str) -> _Ends:
    value = reader.first(name)
    date = read_typed(value, today())
    if date is not None:
        return _Ends(first=date.first) if name == "from" else _Ends(last=date.last)
    ends = _ends_of_span(value) if value else _Ends()
    own, others = ends if name == "from" else reversed(ends)
    if other in reader.given and (others or not own):
        ends = _Ends()  # what it says of the other end, the other says itself
    if value and not any(ends):
        _refuse(reader, name, value)
    return ends


def _ends_of_span(typed: str) -> _Ends:
    span = parse_span(typed)
    first, dots, last = span.iso.partition("..") if span else ("", "", "")
    return _Ends(first or None, last or None) if dots else _Ends()


def _refuse(reader: ParameterReader, name: str, value: str) -> None:
    month = month_of_no_such_day(value)
    if month is None:
        reader.ignore("bad-date", name, value, _UNREAD)
    else:
        reader.ignore("bad-date", name, value, _NO_SUCH_DAY, days=month.last_day.day)
