"""Dates at both ends of the calendar, in every form that one is read in: a date or none."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.dates.calendar_end import days_later
from index.dates.date_strings import read_date
from index.dates.partial import PartialDate, parse
from index.dates.prose import text_evidence
from index.dates.relative import read_typed

NOW = datetime.date(2024, 5, 3)
FORMS = (
    "{year:04}-{number:03}", "{year:04}{number:03}", "{year:04}-W{week:02}-{weekday}",
    "{year:04}-{month:02}-{day:02}", "{year:04}-{month:02}", "{day} January {year:04}",
    "December {day}, {year:04}", "{day}/{month}/{year:04}", "{year:04}年{month}月{day}日",
    "{month:02}/{year:04}", "Q{quarter} {year:04}",
)  # fmt: skip
DEICTICS = (
    "It opens tomorrow (January 1, {year:04}).", "He said yesterday (December 31, {year:04}) so.",
    "明日（{year:04}年{month}月{day}日）", "昨日（{year:04}年{month}月{day}日）",
)  # fmt: skip
parts = st.fixed_dictionaries(
    {
        "year": st.sampled_from((0, 1, 2, 9998, 9999)),
        "number": st.sampled_from((0, 1, 365, 366, 367, 999)),
        "week": st.sampled_from((0, 1, 52, 53, 54)),
        "weekday": st.integers(0, 9),
        "month": st.sampled_from((0, 1, 2, 12, 13)),
        "day": st.sampled_from((0, 1, 28, 30, 31, 32)),
        "quarter": st.integers(0, 5),
    }
)


@given(st.sampled_from(FORMS), parts)
@example("{year:04}-{number:03}", {"year": 9999, "number": 366})
def test_a_typed_date_is_one_or_none(form: str, numbers: dict[str, int]) -> None:
    typed = form.format(**numbers)
    date = parse(typed)
    assert date is None or PartialDate.from_iso(date.iso) == date
    pair = read_typed(typed, NOW)
    assert pair is None or date is None or pair.first == date.iso
    found = read_date(typed, "feed")
    assert found is None or found.date is None or 1800 <= int(found.date[:4]) <= 2200


@given(st.sampled_from(DEICTICS), parts)
@example("It opens tomorrow (January 1, {year:04}).", {"year": 1})
@example("He said yesterday (December 31, {year:04}) so.", {"year": 9999})
def test_a_day_that_a_text_names_leads_to_one_or_none(text: str, numbers: dict[str, int]) -> None:
    said = text_evidence("Headline", text.format(**numbers), "en")
    assert said is None or said.year is None or 1 <= said.year <= 9999


@pytest.mark.parametrize(
    ("day", "count", "later"),
    [
        (datetime.date.max, 1, None),
        (datetime.date.min, -1, None),
        (datetime.date(9999, 1, 1), 365, None),
        (datetime.date(9999, 1, 1), 364, datetime.date.max),
        (datetime.date(2024, 2, 28), 1, datetime.date(2024, 2, 29)),
    ],
)
def test_days_later(day: datetime.date, count: int, later: datetime.date | None) -> None:
    assert days_later(day, count) == later
