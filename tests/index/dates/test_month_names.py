"""Month names of all official languages, from CLDR."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import index.dates
from index.dates import make_month_names, resolution
from index.dates.calendars import persian_day
from index.dates.date_strings import read_date
from index.dates.month_names import month_of

FILE = Path(index.dates.__file__).with_name("month_names.json")
NAMES: dict[str, list[list[str]]] = json.loads(FILE.read_text("utf-8"))
PUBLISHING = (
    "ar az be bg bn bs ca cs da de el en es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ka "
    "kk kn ko ky lb lo lt lv mk ml mn mr ms mt my nb ne nl no pa pl ps pt rm ro ru si sk sl sq sr "
    "sv sw ta te tg th tk tr uk ur uz vi zh"
)
NUMBERED = ("ko", "vi", "zh", "mn")
"""Languages whose months are numbers: other patterns read them."""


def test_the_file_is_what_the_library_says() -> None:
    made = make_month_names.as_text(make_month_names.month_names())
    assert FILE.read_text("utf-8") == made, "say: python -m index.dates.make_month_names"


@pytest.mark.parametrize("language", [each for each in PUBLISHING.split() if each not in NUMBERED])
def test_every_name_of_every_month_in_a_date(language: str) -> None:
    wrong = []
    for number, forms in enumerate(NAMES[language], start=1):
        for form in forms:
            found = read_date(f"7 {form} 2021", "x", language=language)
            if found is None or found.date != f"2021-{number:02}-07":
                wrong.append((form, number, found and found.date))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "language", "date"),
    [
        ("Пн, 06 сен 2021 10:00:00 +0300", None, "2021-09-06"),
        ("3 септември 2021 г.", None, "2021-09-03"),
        ("7 בספטמבר 2021", None, "2021-09-07"),
        ("১৭ সেপ্টেম্বর ২০২১", None, "2021-09-17"),
        ("2021. gada 7. septembrī", None, "2021-09-07"),
        ("2021 m. rugsėjo 7 d.", None, "2021-09-07"),
        ("2021(e)ko irailaren 7a", None, "2021-09-07"),
        ("2021 оны 9-р сарын 7", None, "2021-09-07"),
        ("7 қыркүйек 2021 ж.", None, "2021-09-07"),
        ("7 d’abril de 2021", None, "2021-04-07"),
        ("7 تشرين الثاني 2021", None, "2021-11-07"),
        ("15 listopada 2021", "hr", "2021-10-15"),
        ("15 listopada 2021", "pl", "2021-11-15"),
        ("15 listopada 2021", None, None),  # it is one of two months
        ("3 people in May 2021", None, None),
        ("13:05, Thursday 4 March 2021", None, "2021-03-04"),
        ("26. новембра 2023. године", None, "2023-11-26"),
        ("5. јула 2023", "sr", "2023-07-05"),
        ("26. januarja 2023", None, "2023-01-26"),
        ("5. avgusta 2023", "sl", "2023-08-05"),
        ("26. studenog 2023.", "hr", "2023-11-26"),
        ("26 ნოემბრის 2023", "ka", "2023-11-26"),
        ("26. novembril 2023", "et", "2023-11-26"),
        ("26. jaanuaril 2023", "et", "2023-01-26"),
        ("2023. gada 26. jūnijā", "lv", "2023-06-26"),
        ("26 Samhna 2023", "ga", "2023-11-26"),
        ("26 Nopember 2023", "id", "2023-11-26"),
        ("26 ноябри соли 2023", "tg", "2023-11-26"),
        ("26-njy noýabr 2023", "tk", "2023-11-26"),
        ("26η Νοεμβρίου 2023", "el", "2023-11-26"),
        ("2023 оны 11 дүгээр сарын 26", "mn", "2023-11-26"),
        ("၂၀၂၃ ခုနှစ်၊ နိုဝင်ဘာလ ၂၆ ရက်", "my", "2023-11-26"),
    ],
)
def test_dates_as_languages_write_them(text: str, language: str | None, date: str | None) -> None:
    found = read_date(text, "x", language=language)
    assert (found and found.date) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("๑๕ มีนาคม ๒๕๖๖", "2023-03-15"),
        ("15 มี.ค. 2566", "2023-03-15"),
        ("วันที่ 15/03/2566", "2023-03-15"),
        ("۱۵ اسفند ۱۴۰۲", "2024-03-05"),
        ("۱۴۰۲/۱۲/۱۵", "2024-03-05"),
        ("30 اسفند 1403", "2025-03-20"),  # a leap year
        ("30 اسفند 1402", None),
        ("1446/08/03", None),  # of the Islamic calendar: not a day of 2067
        ("令和3年9月7日", "2021-09-07"),
        ("民國110年9月7日", "2021-09-07"),
        ("७ सितम्बर २०२१", "2021-09-07"),
        ("᠗ September ᠒᠐᠒᠑", "2021-09-07"),
    ],
)
def test_other_calendars_and_digits(text: str, date: str | None) -> None:
    found = read_date(text, "x")
    assert (found and found.date) == date


@pytest.mark.parametrize(
    ("year", "first_day"),
    [(1357, "1978-03-21"), (1399, "2020-03-20"), (1400, "2021-03-21"), (1408, "2029-03-20")],
)
def test_persian_years_begin_at_the_equinox(year: int, first_day: str) -> None:
    assert str(persian_day(year, 1, 1)) == first_day


def test_days_that_the_persian_calendar_has_not() -> None:
    for day in ((1402, 12, 30), (1402, 7, 31), (1402, 13, 1), (1402, 0, 1), (1200, 1, 1)):
        assert persian_day(*day) is None


def test_a_name_that_neighbours_use_for_different_months() -> None:
    assert month_of("listopad") is None
    assert month_of("listopad", "hr") == 10
    assert month_of("listopad", "cs") == 11
    assert month_of("mar") == 3, "one language of many calls November so"


@pytest.mark.parametrize("number", range(1, 13))
def test_each_month_of_the_persian_calendar_by_its_name(number: int) -> None:
    names = [
        "فروردین",
        "اردیبهشت",
        "خرداد",
        "تیر",
        "مرداد",
        "شهریور",
        "مهر",
        "آبان",
        "آذر",
        "دی",
        "بهمن",
        "اسفند",
    ]
    found = resolution.read_date(f"۵ {names[number - 1]} ۱۴۰۲", "page")
    assert found is not None
    assert found.date == str(persian_day(1402, number, 5))
