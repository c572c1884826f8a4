"""Date evidence -> date, precision, source."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from index.dates.date_strings import FoundDate, iso_date, read_date
from index.dates.day_order import order_by_limit, order_by_others, order_by_text
from index.dates.prose import text_date, text_evidence, weekdays

__all__ = ["NO_DATE", "FoundDate", "contradictions", "read_date", "resolve", "text_date"]

NO_DATE = FoundDate(None, "none", "none")
OLDEST_INFERENCE = 30
"""Years back from `as_of` in which a day without a year is looked for."""
CHANGED = "updated"
"""The source of a date that is the day of a change: for releases that state no other."""
NEAR = 60
"""Days from that of issue within which a day named with its weekday tells of the year."""

_PRECISIONS = ("none", "year", "month-day", "month", "day")
_LEAST_TRUSTED = ("number", "text")


def resolve(
    dates: Sequence[FoundDate],
    headline: str,
    body: str,
    language: str,
    as_of: str | None = None,
    *,
    day_first: bool | None = None,
    last_day: str | None = None,
) -> FoundDate:
    """The date of a release from all that states it.

    A footer is trusted first, then what the document states, in the order given, then its prose.
    A less trusted date only adds what a more trusted one leaves open. No year is invented: what
    has none is `--MM-DD`, unless `as_of` is given; then it is the latest year that puts the day on
    or before `as_of` and agrees with the weekdays in the text, and the source is `as-of`.

    Where day and month may be swapped, other stated dates decide, then a day that the text names,
    `last_day`, `day_first`; else the year alone is left, and `FoundDate.either` says why.

    :param as_of: ISO day by which the document had been collected, for dates without a year.
    :param day_first: how dates are written where the document comes from, if that is known.
    :param last_day: ISO day on which the document was there to be read.
    :raises ValueError: `as_of` is no ISO day.
    """
    found = NO_DATE
    if any(each.either for each in dates):
        text = f"{headline}\n{body}"
        dates = [_ordered(each, dates, text, day_first, last_day) for each in dates]
    for each in sorted(dates, key=_distrust):
        if each.source != CHANGED:
            found = _merged(found, each)
    if found.precision != "day":
        found = _merged(found, text_date(headline, body, language, day_first) or NO_DATE)
    for each in dates if found.precision != "day" else ():
        if each.source == CHANGED:
            found = _merged(found, each)
    if found.precision == "month-day" and as_of is not None:
        day = _latest_year(found, headline, body, language, datetime.date.fromisoformat(as_of))
        if day is not None:
            return FoundDate(day.isoformat(), "day", "as-of")
    return found


def _ordered(
    found: FoundDate,
    others: Sequence[FoundDate],
    text: str,
    day_first: bool | None,
    last_day: str | None,
) -> FoundDate:
    """A date whose day and month may be swapped, by the first evidence that tells them apart."""
    if not found.either:
        return found
    for order in (
        order_by_others(found, others), order_by_text(found, text),
        order_by_limit(found, last_day), day_first,
    ):  # fmt: skip
        if order is not None:
            return found.ordered(order)
    return found


def contradictions(dates: Sequence[FoundDate]) -> tuple[str, ...]:
    """A sentence for each stated date that differs from the one that `resolve` trusts."""
    ordered = sorted((each for each in dates if each.date), key=_distrust)
    return tuple(
        f"its {each.source} says {each.date}, its {ordered[0].source} {ordered[0].date}"
        for each in ordered[1:]
        if not _agree(ordered[0], each)
    )


def _distrust(found: FoundDate) -> int:
    if found.source == "footer":
        return 0
    return 1 + (_LEAST_TRUSTED.index(found.source) + 1 if found.source in _LEAST_TRUSTED else 0)


def _merged(first: FoundDate, second: FoundDate) -> FoundDate:
    """The more trusted date with what the other adds to it: month, day, year, time of issue."""
    if first.date is None or second.date is None:
        return second if first.date is None else first
    if first.date == second.date and first.issued_at is None:
        return first._replace(issued_at=second.issued_at)
    if not _agree(first, second) or first.either:
        return first
    if {first.precision, second.precision} == {"year", "month-day"}:
        return _with_year(first, second)
    more_precise = _PRECISIONS.index(second.precision) > _PRECISIONS.index(first.precision)
    return second if more_precise else first


def _with_year(first: FoundDate, second: FoundDate) -> FoundDate:
    year, rest = (first, second) if first.precision == "year" else (second, first)
    whole = read_date(f"{year.date}{str(rest.date)[1:]}", rest.source)
    return whole or first


def _agree(first: FoundDate, second: FoundDate) -> bool:
    """Whether one day may be meant by both."""
    one, other = str(first.date), str(second.date)
    if one.startswith("--") == other.startswith("--"):
        return one.startswith(other) or other.startswith(one)
    whole, yearless = (other, one) if one.startswith("--") else (one, other)
    return all(a == b for a, b in zip(whole[4:], yearless[1:], strict=False))


def _latest_year(
    found: FoundDate, headline: str, body: str, language: str, as_of: datetime.date
) -> datetime.date | None:
    days = list(_days(str(found.date), as_of))
    named, today = weekdays(headline, body)
    evidence = text_evidence(headline, body, language)
    if evidence and iso_date(None, evidence.month or 0, evidence.day or 0)[0] == found.date:
        today = evidence.weekday if evidence.weekday is not None else today
    fitting = (day for day in days if today in (None, day.weekday()) and _fits(day, named))
    # Where no year fits, a weekday is misprinted: it tells nothing.
    return next(fitting, days[0] if days else None)


def _days(month_day: str, as_of: datetime.date) -> Iterator[datetime.date]:
    for year in range(as_of.year, as_of.year - OLDEST_INFERENCE, -1):
        try:
            day = datetime.date.fromisoformat(f"{year}{month_day[1:]}")
        except ValueError:  # 29 February
            continue
        if day <= as_of:
            yield day


def _fits(day: datetime.date, named: set[tuple[int, int, int]]) -> bool:
    """Whether the days that the text names with a weekday have it, if this is the day of issue."""
    for month, number, weekday in named:
        for year in (day.year - 1, day.year, day.year + 1):
            try:
                other = datetime.date(year, month, number)
            except ValueError:
                continue
            if abs((other - day).days) <= NEAR and other.weekday() != weekday:
                return False
    return True
