"""Chinese numerals and days of the year."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.months import CHINESE_DAY, chinese_day_term, chinese_number, day_of_year, day_term
from index.text.numerals import digits_of, small_numerals


def written(number: int) -> str:
    """A number from 1 to 99 in Chinese numerals, by the rule of the language."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else digits[tens] + "十")
    return head + (digits[ones] if ones else "")


@given(st.integers(1, 99))
def test_small_numbers_are_written_as_they_are_read(number: int) -> None:
    """Every way to write one is that number, the first by the rule of the language."""
    ways = small_numerals(number)
    assert ways[0] == written(number)
    assert {digits_of(each) for each in ways} == {str(number)}


@given(st.one_of(st.integers(max_value=0), st.integers(100)))
def test_larger_numbers_are_read_wherever_they_stand(number: int) -> None:
    """They need not be written."""
    assert small_numerals(number) == ()


@given(st.integers(1, 99))
def test_numerals_read_back(number: int) -> None:
    assert chinese_number(written(number)) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("廿六", 26),
        ("卅一", 31),
        ("二○二五", 2025),
        ("二零二四", 2024),
        ("２６", 26),
        ("兩", 2),
        ("十", 10),
        ("", None),
        ("十十", None),
        ("三廿", None),
        ("月", None),
    ],
)
def test_numerals_of_every_kind(text: str, value: int | None) -> None:
    assert chinese_number(text) == value


@given(st.integers(1, 12), st.integers(1, 31))
def test_a_day_in_chinese_gives_its_term(month: int, day: int) -> None:
    match = CHINESE_DAY.search(f"昨日（{written(month)}月{written(day)}日）宣布")
    assert match is not None
    assert chinese_day_term(match) == day_of_year(month, day)


@pytest.mark.parametrize(
    ("first", "second", "term"),
    [
        ("november", "26", "--11-26"),
        ("26th", "nov", "--11-26"),
        ("1", "märz", "--03-01"),
        ("1er", "mai", "--05-01"),
        ("1ere", "mai", "--05-01"),
        ("1o", "marco", "--03-01"),
        ("2er", "mai", None),
        ("11er", "mai", None),
        ("february", "29", "--02-29"),
        ("february", "30", None),
        ("november", "2026", None),
        ("word", "26", None),
    ],
)
def test_neighbouring_words_name_a_day(first: str, second: str, term: str | None) -> None:
    assert day_term(first, second) == term
