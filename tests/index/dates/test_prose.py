"""What words say of the day of issue, at the edges: languages, weekdays, lines, days to come."""

from __future__ import annotations

import datetime

import pytest

from index.dates.prose import DATELINE_LINES, MIN_PARAGRAPH, text_date
from index.dates.resolution import resolve


def said(body: str, language: str = "en") -> str | None:
    found = text_date("Headline", body, language)
    return found.date if found else None


@pytest.mark.parametrize(
    ("text", "language", "date"),
    [
        ("Hale, 03/04/2010 – The Office", "en", None),
        ("Paris, 03/04/2010 – Le bureau", "fr", "2010-04-03"),
        ("Bern, 03.04.2010 – Das Amt", "de", "2010-04-03"),
        ("Bern, 03.04.2010 – The Office", "en", "2010-04-03"),
        ("Hale, 13/04/2010 – The Office", "en", "2010-04-13"),
    ],
)
def test_numbers_of_a_dateline_are_read_as_its_language_writes_them(
    text: str, language: str, date: str | None
) -> None:
    assert said(text, language) == date


@pytest.mark.parametrize(("day_first", "date"), [(True, "2010-04-03"), (False, "2010-03-04")])
def test_a_dateline_is_read_as_its_region_writes_dates(day_first: bool, date: str) -> None:
    found = text_date("Headline", "Hale, 03/04/2010 – The Office", "en", day_first)
    assert found is not None
    assert found.date == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("He said yesterday (Sunday, November 4) that it rains.", "2018-11-05"),
        ("It opens tomorrow (Tuesday, November 6).", "2018-11-05"),
        ("He said today (Monday, November 5) that it rains.", "2018-11-05"),
        ("今日（十一月五日，星期一）", "2018-11-05"),
        ("今日（十一月五日，星期日）", "2017-11-05"),
        ("今日（十一月五日，星期天）", "2017-11-05"),
        ("昨日（十一月四日，星期天）", "2018-11-05"),
    ],
)
def test_a_weekday_tells_of_the_year(text: str, date: str) -> None:
    """5 November was a Sunday in 2017 and a Monday in 2018; `星期日` and `星期天` are Sunday."""
    assert resolve((), "Headline", text, "en", "2022-12-31").date == date


def test_a_dateline_stands_in_the_first_lines() -> None:
    for lines, date in ((DATELINE_LINES - 1, "2010-06-03"), (DATELINE_LINES, None)):
        assert said("Harbours\n" * lines + "HALE, June 3, 2010 – The Office") == date


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Published June 3, 2010 in Hale", "2010-06-03"),
        ("Published June the 3rd, 2010 in Hale", "2010-06-03"),
        ("HALE, the 3rd of June 2010 – The Office", "2010-06-03"),
        ("The pier opens again today, June the 3rd, 2010.", "2010-06-03"),
        ("Published June 3 in Hale", None),
        ("Built June 3, 2010 in Hale", None),
        ("Published June 3, 2010 in Hale.", None),
        ("Published June 3, 2010 in Hale by the office of the port", None),
    ],
)
def test_a_date_with_its_label_is_a_short_line(line: str, date: str | None) -> None:
    assert said(f"{line}\nThe pier is open.") == date


def test_the_first_paragraph_is_a_line_of_some_length() -> None:
    line = "It was announced on 6 June 2023 so"
    for length, date in ((MIN_PARAGRAPH, "2023-06-06"), (MIN_PARAGRAPH - 1, None)):
        assert said(line.ljust(length, "o") + "\n\nPiers.") == date


def test_no_release_is_of_a_day_that_has_begun_nowhere() -> None:
    """Tomorrow has begun somewhere; what is later is the day of something else."""
    now = datetime.datetime.now(datetime.UTC).date()
    for days, seen in ((0, True), (1, True), (3, False)):
        day = now + datetime.timedelta(days)
        stated = f"{day:%B} {day.day}, {day.year}"
        for text in (f"He said today ({stated}).", f"HALE ({stated}) - The Office"):
            assert said(text) == (day.isoformat() if seen else None)
