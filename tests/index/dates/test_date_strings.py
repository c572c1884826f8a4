"""Date strings of feeds, metadata and records are read as the days that they show."""

from __future__ import annotations

import datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates.date_strings import MAX_DATE_TEXT, FoundDate, read_date

DAY = "2010-06-03"


@pytest.mark.parametrize(
    "text",
    [
        "2010-06-03",
        "2010-6-3",
        "2010/06/03",
        "2010. 06. 03.",
        "20100603",
        "20100603123000",
        "2010-W22-4",
        "2010-154",
        "June 3, 2010",
        "JUNE 3, 2010",
        "Jun. 3, 2010",
        "June 3rd, 2010",
        "Thursday, June 3rd, 2010 12:30 PM",
        "3 June 2010",
        "3rd of June, 2010",
        "June the 3rd, 2010",
        "the 3rd of June, 2010",
        "Thursday the 3rd day of June 2010",
        "this 3rd day of June, in the year 2010",
        "3-Jun-2010",
        "Jun-03-2010",
        "03JUN2010",
        "Junio 3 de 2010",
        "’10. 6. 3.(목)",
        "목, 03 6월 2010",
        "3 июни 2010",
        "Thu Jun  3 12:30:00 2010",
        "3.6.2010",
        "03.06.2010, 12.30 Uhr",
        "3. Juni 2010",
        "Donnerstag, den 3. Juni 2010",
        "le 3 juin 2010",
        "3 de junio de 2010",
        "3 giugno 2010",
        "3 de junho de 2010",
        "3 juni 2010",
        "3 июня 2010 г.",
        "2010. június 3.",
        "2010年6月3日",
        "二○一○年六月三日",
        "二〇一〇年六月三日（星期四）",
        "２０１０年６月３日",
        "2010년 6월 3일",
        "平成22年6月3日",
        "民國99年6月3日",
        "Published: June 3, 2010",
        " \u200b2010-06-03\u00a0",
    ],
)
def test_every_form_of_one_day(text: str) -> None:
    found = read_date(text, "feed")
    assert found is not None
    assert found == FoundDate(DAY, "day", "feed")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2010-06-03T12:30:15Z", "2010-06-03T12:30:15+00:00"),
        ("2010-06-03T12:30:15.1234-05:00", "2010-06-03T12:30:15-05:00"),
        ("2010-06-03 12:30:15 +0200", "2010-06-03T12:30:15+02:00"),
        ("20100603T123000Z", "2010-06-03T12:30:00+00:00"),
        ("Thu, 03 Jun 2010 23:30:00 +0800", "2010-06-03T23:30:00+08:00"),
        ("Sun, 3 Jun 10 12:30 EST", "2010-06-03T12:30-05:00"),  # it was a Thursday
        ("03 Jun 2010 12:30:00 GMT", "2010-06-03T12:30:00+00:00"),
        ("Thu, 3 Jun 2010 12:30:60 CEST", "2010-06-03T12:30:59+02:00"),
        ("Thu Jun  3 12:30:00 EDT 2010", "2010-06-03T12:30:00-04:00"),
        ("Thu Jun 03 2010 12:30:00 GMT+0800 (HKT)", "2010-06-03T12:30:00+08:00"),
        ("June 3, 2010, 3 p.m. HKT", "2010-06-03T15:00+08:00"),
        ("June 3, 2010 12:05 AM EDT", "2010-06-03T00:05-04:00"),
        ("2010年6月3日 香港時間4時46分", "2010-06-03T04:46+08:00"),
        ("2010年6月3日 香港時間下午4時46分", "2010-06-03T16:46+08:00"),
    ],
)
def test_a_time_with_a_zone_is_kept_as_stated(text: str, moment: str) -> None:
    found = read_date(text, "feed")
    assert found is not None
    assert (found.date, found.issued_at) == (DAY, moment)


@pytest.mark.parametrize(
    "text",
    [
        "2010-06-03T12:30",
        "Thu, 03 Jun 2010 12:30:00",
        "June 3, 2010 12:30 XYZ",
        "2010-06-03T25:00Z",
    ],
)
def test_a_time_without_a_known_zone_is_left_out(text: str) -> None:
    found = read_date(text, "feed")
    assert found is not None
    assert (found.date, found.issued_at) == (DAY, None)


@pytest.mark.parametrize("text", ["2010-06-03T00:30:00+08:00", "Thu, 03 Jun 2010 23:30:00 -0500"])
def test_the_day_is_never_shifted_to_another_zone(text: str) -> None:
    found = read_date(text, "feed")
    assert found is not None
    assert found.date == DAY


@pytest.mark.parametrize(
    ("text", "date", "precision"),
    [
        ("2010-06", "2010-06", "month"),
        ("June 2010", "2010-06", "month"),
        ("June, 2010", "2010-06", "month"),
        ("2010 June", "2010-06", "month"),
        ("2010. június", "2010-06", "month"),
        ("Thursday, 2010", "2010", "year"),
        ("二○一○年六月", "2010-06", "month"),
        ("2010", "2010", "year"),
        ("--11-05", "--11-05", "month-day"),
        ("November 5", "--11-05", "month-day"),
        ("5 November", "--11-05", "month-day"),
        ("November the 5th", "--11-05", "month-day"),
        ("the 5th day of November", "--11-05", "month-day"),
        ("11월 5일", "--11-05", "month-day"),
    ],
)
def test_a_part_of_a_date_stays_a_part(text: str, date: str, precision: str) -> None:
    found = read_date(text, "json")
    assert found is not None
    assert found == FoundDate(date, precision, "json")


@pytest.mark.parametrize(
    ("text", "day_first", "date"),
    [
        ("03/06/2010", None, "2010"),
        ("03/06/2010", True, "2010-06-03"),
        ("03/06/2010", False, "2010-03-06"),
        ("13/06/2010", None, "2010-06-13"),
        ("13/06/2010", False, "2010-06-13"),
        ("06/13/2010", True, "2010-06-13"),
        ("03-06-2010", None, "2010"),
        ("06/06/2010", None, "2010-06-06"),
        ("03.06.2010", None, "2010-06-03"),
        ("06.03.2010", False, "2010-06-03"),
        ("12/5/09", None, "2009"),
        ("12/5/99", True, "1999-05-12"),
    ],
)
def test_numbers_alone(text: str, day_first: bool | None, date: str) -> None:
    found = read_date(text, "meta", day_first=day_first)
    assert found is not None
    assert found.date == date


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "May",
        "1275523200",
        "1275523200000",
        "1275523200.5",
        "/Date(1275523200000)/",
        "2010-02-31",
        "31 February 2010",
        "2010-13-01",
        "2010-00-00",
        "0000-00-00 00:00:00",
        "1750-01-01",
        "2300-01-01",
        "2010-366",
        "2010-W60-1",
        "+1 202 555 0100",
        "2010-06-03".rjust(MAX_DATE_TEXT + 1, "x"),
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text, "feed") is None


days = st.dates(datetime.date(1800, 1, 1), datetime.date(2200, 12, 31))
clock_times = st.times(timezones=st.just(datetime.timezone(datetime.timedelta(hours=8))))
FORMS = (
    "%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%d.%m.%Y", "%B %d, %Y", "%d %B %Y", "%a, %d %b %Y %H:%M:%S",
    "%A, %B %d, %Y %I:%M %p", "%d-%b-%Y", "%b %d, %Y", "%Y年%m月%d日", "%Y-%j",
)  # fmt: skip


@given(days, st.sampled_from(FORMS))
def test_a_written_day_is_read_back(day: datetime.date, form: str) -> None:
    moment = datetime.datetime.combine(day, datetime.time(12, 30))
    found = read_date(moment.strftime(form), "feed")
    assert found is not None
    assert found.date == day.isoformat()


@given(days.filter(lambda day: day.year >= 1900), clock_times)
def test_a_written_moment_is_read_back(day: datetime.date, time: datetime.time) -> None:
    moment = datetime.datetime.combine(day, time).replace(microsecond=0)
    for text in (moment.isoformat(), format_datetime(moment)):
        found = read_date(text, "feed")
        assert found is not None
        assert found.issued_at is not None
        assert datetime.datetime.fromisoformat(found.issued_at) == moment
        assert found.date == day.isoformat()


@given(days)
def test_chinese_numerals_are_read_back(day: datetime.date) -> None:
    digits = "○一二三四五六七八九"
    tens = ("", "十", "二十", "三十")
    year = "".join(digits[int(each)] for each in f"{day.year}")
    month, number = (
        tens[part // 10] + (digits[part % 10] if part % 10 else "") for part in (day.month, day.day)
    )
    found = read_date(f"{year}年{month}月{number}日", "footer")
    assert found is not None
    assert found.date == day.isoformat()


@given(st.text(max_size=MAX_DATE_TEXT))
def test_any_text_gives_a_real_day_or_none(text: str) -> None:
    found = read_date(text, "feed")
    if found is not None and found.precision == "day":
        assert found.date is not None
        assert 1800 <= datetime.date.fromisoformat(found.date).year <= 2200


@given(st.text("0123456789 :/.-+TZ,年月日", max_size=60))
def test_hostile_numbers_give_a_real_day_or_none(text: str) -> None:
    found = read_date(text, "feed")
    if found is not None and found.issued_at is not None:
        assert datetime.datetime.fromisoformat(found.issued_at).tzinfo is not None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("昭和元年12月25日", "1926-12-25"),
        ("昭和64年1月7日", "1989-01-07"),
        ("平成元年1月8日", "1989-01-08"),
        ("令和元年5月1日", "2019-05-01"),
        ("大正元年7月30日", "1912-07-30"),
        ("明治元年10月23日", "1868-10-23"),
        ("民國元年1月1日", "1912-01-01"),
        ("發佈日期：110年9月7日", "2021-09-07"),
        ("112-03-15", "2023-03-15"),
        ("3 มิถุนายน 2553", "2010-06-03"),
        ("3 มิถุนายน 2010", "2010-06-03"),
    ],
)
def test_years_counted_from_elsewhere(text: str, date: str) -> None:
    """First and last days of the eras of Japan, the first of the Republic, a Buddhist year."""
    found = read_date(text, "feed")
    assert found is not None
    assert found.date == date


@pytest.mark.parametrize("zero", "٠۰०০๐")
@pytest.mark.parametrize("text", ["2010-06-03", "1987-06-25", "1984-12-09"])
def test_digits_of_other_scripts(zero: str, text: str) -> None:
    theirs = "".join(chr(ord(zero) + int(each)) if each.isdigit() else each for each in text)
    found = read_date(theirs, "feed")
    assert found is not None
    assert found.date == text


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("12/5/49", "2049-12-05"),
        ("12/5/50", "1950-12-05"),
        ("3 Jun 00", "2000-06-03"),
        ("3 Jun 49", "2049-06-03"),
        ("3 Jun 50", "1950-06-03"),
    ],
)
def test_two_digits_are_a_year_from_1950_to_2049(text: str, date: str) -> None:
    found = read_date(text, "feed", day_first=False)
    assert found is not None
    assert found.date == date


def test_years_that_are_read_at_all() -> None:
    for text in ("1800-01-01", "2200-12-31"):
        found = read_date(text, "feed")
        assert found is not None
        assert found.date == text
    for text in ("1799-12-31", "2201-01-01", "--11-31", "November 31", "--13-01"):
        assert read_date(text, "feed") is None


@pytest.mark.parametrize(
    "text",
    ["০৮ই ফেব্রুয়ারি, ২০২৪", "8 شباط/فبراير 2024", "০৮ ফেব্রুয়ারি ২০২৪", "০৮ ফেব্রুয়ারী ২০২৪", "2024 жылғы 8 ақпан", "2024-yil 8-fevral", "2024 02 08",
     "ថ្ងៃទី៨ ខែកុម្ភៈ ឆ្នាំ២០២៤", "วันที่ 8 เดือนกุมภาพันธ์ พ.ศ. 2567"],
)  # fmt: skip
def test_forms_of_official_letters(text: str) -> None:
    found = read_date(text, "page")
    assert found is not None
    assert found.date == "2024-02-08"


@pytest.mark.parametrize("text", ["2024 02 08 11", "+1 2024 02 08", "555 2024 02 08", "2024 13 08"])
def test_numbers_to_call_are_no_dates(text: str) -> None:
    found = read_date(text, "page")
    assert found is None or found.precision != "day"


@pytest.mark.parametrize(
    ("text", "date"),
    [("Thứ ba, 07/09/2021", "2021-09-07"), ("Friday, 07/09/2021", "2021-07-09"),
     ("martes 07/09/2021", "2021-09-07")],
)  # fmt: skip
def test_a_weekday_tells_the_day_from_the_month(text: str, date: str) -> None:
    found = read_date(text, "feed")
    assert found is not None
    assert (found.date, found.either) == (date, ())


@pytest.mark.parametrize("text", ["Monday, 07/09/2021", "07/09/2021", "Tue or Fri, 07/09/2021"])
def test_a_weekday_that_fits_neither_or_both_leaves_the_order_open(text: str) -> None:
    found = read_date(text, "feed")
    assert found is not None
    assert (found.date, len(found.either)) == ("2021", 2)
