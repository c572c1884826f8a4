"""Partial dates against the calendar, and the forms in which people type them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates.partial import (
    MAX_TYPED,
    DaySpan,
    PartialDate,
    date_of,
    days_between,
    days_in_month,
    parse,
)

DAYS = st.dates()
DATES = st.builds(lambda day, parts: PartialDate(*day.timetuple()[:parts]), DAYS, st.integers(1, 3))


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2020", "2020"), ("2020-03", "2020-03"), ("2020-03-14", "2020-03-14"),
        ("2020/3", "2020-03"), ("2020/3/4", "2020-03-04"), ("20200314", "2020-03-14"),
        ("14/3/2020", "2020-03-14"), ("14.3.2020", "2020-03-14"), ("3/2020", "2020-03"),
        ("March 2020", "2020-03"), ("14 March 2020", "2020-03-14"), ("Mar 14, 2020", "2020-03-14"),
        ("14th of March 2020", "2020-03-14"), ("14. März 2020", "2020-03-14"),
        ("2020年3月14日", "2020-03-14"), ("2020年3月", "2020-03"), ("２０２０", "2020"),
        ("29 February 2020", "2020-02-29"), ("29 February 2021", None), ("31/4/2020", None),
        ("2006-02-31", None), ("2020-13", None), ("2020-00", None), ("0000", None),
        ("March", None), ("yesterday", None), ("", None), ("5 November", None), ("0001", "0001"),
        ("2020-03-14..2020-05-01", None), ("2020…", None), (">=2020-03-14", None),
        ("[2020-03-14]", None), ("14 March 2020 to 1 May 2020", None), ("x" * 1000, None),
    ],
)  # fmt: skip
def test_dates_as_people_type_them(typed: str, iso: str | None) -> None:
    found = parse(typed)
    assert (found and found.iso) == iso


def test_a_long_text_is_no_date() -> None:
    assert parse("2020" + " " * (MAX_TYPED - 4)) == PartialDate(2020)
    assert parse("2020" + " " * (MAX_TYPED - 3)) is None


@given(st.text(max_size=50))
def test_whatever_is_read_is_written_as_iso_and_read_again(typed: str) -> None:
    found = parse(typed)
    assert found is None or parse(found.iso) == PartialDate.from_iso(found.iso) == found


@pytest.mark.parametrize(
    "text",
    ["", "20", "20201", "2020-3", "2020-02-30", "2020-1-01", "2020-03-14 ", "２０２０", "--03-14"],
)
def test_what_is_not_iso_raises(text: str) -> None:
    with pytest.raises(ValueError, match="is no date; write 2023, 2023-06 or 2023-06-26"):
        PartialDate.from_iso(text)


@given(DATES, DAYS)
def test_a_date_contains_the_days_whose_iso_text_begins_with_its_own(
    date: PartialDate, day: datetime.date
) -> None:
    inside = day.isoformat().startswith(date.iso)
    assert date.contains(PartialDate(day.year, day.month, day.day)) == inside
    first, last = (datetime.date(*edge) for edge in (date.first_day, date.last_day))
    assert (first <= day <= last) == inside


@given(DATES)
def test_the_next_date_begins_the_day_after_the_last(date: PartialDate) -> None:
    after = date.neighbour(1)
    if after is None:
        assert date.year == 9999
        return
    assert after.neighbour(-1) == date
    assert len(after.iso) == len(date.iso)
    gap = datetime.date(*after.first_day) - datetime.date(*date.last_day)
    assert gap == datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("date", "before", "after"),
    [
        ("2023", "2022", "2024"),
        ("2023-01", "2022-12", "2023-02"),
        ("2024-02-29", "2024-02-28", "2024-03-01"),
        ("9999", "9998", None),
        ("0001-01", None, "0001-02"),
    ],
)
def test_neighbours(date: str, before: str | None, after: str | None) -> None:
    near = [PartialDate.from_iso(date).neighbour(step) for step in (-1, 1)]
    assert [each and each.iso for each in near] == [before, after]


@given(st.integers(1, 9999), st.integers(1, 12))
def test_the_day_after_the_last_of_a_month_is_in_another(year: int, month: int) -> None:
    last = days_in_month(year, month)
    datetime.date(year, month, last)
    with pytest.raises(ValueError, match="day"):
        datetime.date(year, month, last + 1)
    assert date_of(year * 10_000 + month * 100 + 31) == PartialDate(year, month, last)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2023", "2023", (20230101, 20231231)),
        ("2022", "2023-02", (20220101, 20230231)),
        ("2023-02-03", "2023-02-28", (20230203, 20230231)),
        ("2024-02-03", "2024-02-28", (20240203, 20240228)),
        ("2023-06-30", "2023-06-30", (20230630, 20230631)),
        (None, "2022", (1, 20221231)),
        ("2022-05", None, (20220501, 99991231)),
    ],
)
def test_days_between_two_dates(first: str | None, last: str | None, days: tuple[int, int]) -> None:
    ends = [each and PartialDate.from_iso(each) for each in (first, last)]
    assert days_between(*ends) == DaySpan(*days)
