"""Dates by today and quarters: what the boxes read, and the days that they are."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates.relative import is_relative, read_typed, span_of

FRIDAY = datetime.date(2026, 11, 27)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("today", "2026-11-27", "2026-11-27"),
        ("Yesterday", "2026-11-26", "2026-11-26"),
        ("last week", "2026-11-16", "2026-11-22"),
        ("this  week", "2026-11-23", "2026-11-29"),
        ("past 30 days", "2026-10-28", "2026-11-27"),
        ("past week", "2026-11-20", "2026-11-27"),
        ("in the last 3 months", "2026-08-29", "2026-11-27"),
        ("last month", "2026-10", "2026-10"),
        ("11 months ago", "2025-12", "2025-12"),
        ("last year", "2025", "2025"),
        ("a year ago", "2025", "2025"),
        ("June", "2026-06", "2026-06"),
        ("December", "2025-12", "2025-12"),
        ("11月", "2026-11", "2026-11"),
        ("Q1 2006", "2006-01", "2006-03"),
        ("2006 q4", "2006-10", "2006-12"),
        ("2006年第二季度", "2006-04", "2006-06"),
        ("２００６", "2006", "2006"),
        ("２００６年６月", "2006-06", "2006-06"),
        ("上週", "2026-11-16", "2026-11-22"),
        ("过去30天", "2026-10-28", "2026-11-27"),
        ("３個月前", "2026-08", "2026-08"),
        ("去年", "2025", "2025"),
        ("-1w", "2026-11-16", "2026-11-22"),
        ("0y", "2026", "2026"),
    ],
)
def test_what_is_typed_is_these_days(typed: str, first: str, last: str) -> None:
    pair = read_typed(typed, FRIDAY)
    assert pair is not None
    found = (span_of(pair.first, FRIDAY).first.iso, span_of(pair.last, FRIDAY).last.iso)
    assert found == (first, last)


@pytest.mark.parametrize(
    "typed",
    ["", "week", "last", "Q5 2006", "Q1 0000", "13月", "-0d", "-01d", "1d", "-1h", "past 0 days",
     "9999 years ago", "past 9999 years", "the day after tomorrow", "last week or so", "-9999y"],
)  # fmt: skip
def test_what_is_no_date(typed: str) -> None:
    assert read_typed(typed, FRIDAY) is None


def test_a_relative_date_stays_relative() -> None:
    pair = read_typed("past 30 days", FRIDAY)
    assert pair == ("-30d", "0d")
    assert span_of("-30d", FRIDAY + datetime.timedelta(1)).first.iso == "2026-10-29"


def test_months_and_years_are_of_the_calendar() -> None:
    last_of_may = datetime.date(2024, 5, 31)
    assert span_of("-3m", last_of_may).first.iso == "2024-02"
    assert span_of("-5m", last_of_may).first.iso == "2023-12"


def test_what_lies_before_the_calendar_is_refused() -> None:
    for date in ("-9999y", "-2027y", "soon", "-99999d", "2023-13"):
        with pytest.raises(ValueError, match=r"date|calendar"):
            span_of(date, FRIDAY)


@given(
    back=st.integers(0, 1_900),
    unit=st.sampled_from("dwmy"),
    now=st.dates(datetime.date(1950, 1, 1), datetime.date(2200, 12, 31)),
)
def test_a_span_ends_after_it_begins_and_not_after_today_s(
    back: int, unit: str, now: datetime.date
) -> None:
    date = f"-{back}{unit}" if back else f"0{unit}"
    assert is_relative(date)
    span = span_of(date, now)
    first, last = datetime.date(*span.first.first_day), datetime.date(*span.last.last_day)
    assert first <= last
    assert (first <= now <= last) if not back else last < now
