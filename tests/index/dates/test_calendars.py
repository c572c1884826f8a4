"""Days of other calendars, and years that North Korea counts; days as lines of pages show them."""

from __future__ import annotations

import datetime
import itertools

import pytest

from index.dates.calendars import ETHIOPIAN_YEARS, NEPALI_YEARS, ethiopian_day, nepali_day
from index.dates.date_strings import read_date
from index.sources.page.shown_days import date_in_line


@pytest.mark.parametrize(
    ("day", "ours"),
    [
        ((2000, 1, 1), "2007-09-12"),  # the new millennium
        ((2013, 1, 1), "2020-09-11"),
        ((2016, 1, 1), "2023-09-12"),  # after a leap year
        ((2015, 13, 6), "2023-09-11"),
        ((2017, 13, 4), "2025-09-09"),  # the dam on the Abbay was opened
    ],
)
def test_days_of_the_ethiopian_calendar(day: tuple[int, int, int], ours: str) -> None:
    assert str(ethiopian_day(*day)) == ours


@pytest.mark.parametrize(
    ("day", "ours"),
    [
        ((2065, 2, 15), "2008-05-28"),  # the republic
        ((2072, 1, 12), "2015-04-25"),  # the earthquake
        ((2072, 6, 3), "2015-09-20"),  # the constitution
        ((2080, 1, 1), "2023-04-14"),
    ],
)
def test_days_of_the_nepali_calendar(day: tuple[int, int, int], ours: str) -> None:
    assert str(nepali_day(*day)) == ours


@pytest.mark.parametrize(
    ("calendar", "years", "months", "longest"),
    [(ethiopian_day, ETHIOPIAN_YEARS, 13, 30), (nepali_day, NEPALI_YEARS, 12, 32)],
)
def test_each_day_is_the_one_after_the_day_before(
    calendar: object, years: range, months: int, longest: int
) -> None:
    days = [
        calendar(year, month, day)  # type: ignore[operator]
        for year in years
        for month in range(1, months + 1)
        for day in range(1, longest + 1)
    ]
    held = [day for day in days if day is not None]
    assert len(held) // 366 < len(years) <= len(held) // 365
    assert all(b - a == datetime.timedelta(1) for a, b in itertools.pairwise(held))


@pytest.mark.parametrize(
    "day",
    [(2016, 13, 6), (2016, 1, 31), (2016, 14, 1), (2016, 0, 1), (2016, 1, 0), (1900, 1, 1)],
)
def test_days_that_the_ethiopian_calendar_has_not(day: tuple[int, int, int]) -> None:
    assert ethiopian_day(*day) is None


@pytest.mark.parametrize(
    "day", [(2080, 1, 32), (2080, 13, 1), (2080, 0, 1), (2080, 1, 0), (2039, 1, 1)]
)
def test_days_that_the_nepali_calendar_has_not(day: tuple[int, int, int]) -> None:
    assert nepali_day(*day) is None


@pytest.mark.parametrize(
    ("text", "language", "date"),
    [
        ("መስከረም 12 ቀን 2016 ዓ.ም", "am", "2023-09-23"),
        ("መስከረም 12፣ 2016", None, "2023-09-23"),
        ("12 መስከረም 2016", "ti", "2016-09-12"),  # Eritrea calls our September so
        ("२०८०/०५/१२", None, "2023-08-29"),
        ("2080-05-12", "ne", "2023-08-29"),
        ("2080-05-12", None, "2080-05-12"),
        ("२०८० साल भदौ १२ गते", None, "2023-08-29"),
        ("१२ भाद्र २०८०", None, "2023-08-29"),
        ("Kartik 10, 2080", "en", "2023-10-27"),
        ("२०८० जेठ ३२ गते", "ne", "2023-06-15"),
        ("२०८० जेठ ३३ गते", "ne", None),
        ("2080", "ne", None),  # it lies in two years of ours
        ("३ जून २०२५", "hi", "2025-06-03"),
        ("Juche 112 (2023) November 26", "en", "2023-11-26"),
        ("주체112(2023)년 11월 26일", "ko", "2023-11-26"),
    ],
)
def test_dates_of_other_calendars(text: str, language: str | None, date: str | None) -> None:
    found = read_date(text, "x", language=language)
    assert (found and found.date) == date


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("አዲስ አበባ፣ መስከረም 12 ቀን 2016 ዓ.ም", "2023-09-23"),
        ("प्रकाशित मिति: २०८०-०५-१२", "2023-08-29"),
        ("Date: Juche 112 (2023) November 26", "2023-11-26"),
        ("주체112(2023)년 11월 26일 《항구신문》", "2023-11-26"),
        ("Београд, 26. новембра 2023. године", "2023-11-26"),
        ("26η Νοεμβρίου 2023", "2023-11-26"),
        ("26-njy noýabr 2023", "2023-11-26"),
        ("26 ноябри соли 2023", "2023-11-26"),
        ("2023 оны 11 дүгээр сарын 26", "2023-11-26"),
        ("၂၀၂၃ ခုနှစ်၊ နိုဝင်ဘာလ ၂၆ ရက်", "2023-11-26"),
    ],
)
def test_pages_show_them(line: str, date: str) -> None:
    found = date_in_line(line, None)
    assert found is not None
    assert found.date == date
