"""Names of the days of the week, from CLDR."""

from __future__ import annotations

from pathlib import Path

import pytest

import index.dates
from index.dates import make_weekday_names
from index.dates.weekday_names import is_of_weekday, weekday_in

FILE = Path(index.dates.__file__).with_name("weekday_names.json")


def test_the_file_is_what_the_library_says() -> None:
    made = make_weekday_names.as_text(make_weekday_names.weekday_names())
    assert FILE.read_text("utf-8") == made, "say: python -m index.dates.make_weekday_names"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("tuesday, 3 june", 1),
        ("donnerstag, 5. juni", 3),
        ("thứ hai 2 tháng 6", 0),
        ("2 tháng 6, thứ hai", 0),
        ("du lundi au mardi", None),
        ("3 june", None),
    ],
)
def test_the_day_that_a_line_names(line: str, day: int | None) -> None:
    assert weekday_in(line.replace("ứ", "u")) == day


def test_words_of_names_of_several_words() -> None:
    assert is_of_weekday("feira")
    assert not is_of_weekday("june")
