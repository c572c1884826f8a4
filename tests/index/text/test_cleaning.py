"""Cleaned text: what is written stays as it is, what says nothing goes."""

from __future__ import annotations

import pytest
from hypothesis import given

from index.text.cleaning import clean
from tests.index.text.mixed_text import MIXED


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",  # Persian: the word is spelt with it
        "ක්\u200dෂ",  # Sinhala
        "\U0001f469\u200d\U0001f4bb",  # one picture of two characters
        "\ufa19社",  # an ideograph of a name, which NFC makes another one
        "葛\U000e0100",  # and one with its variant chosen
        "5 \u212b",
    ],
)
def test_what_spelling_needs_stays(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("letter", ["a", "é"])
def test_lines_end_in_one_way(letter: str) -> None:
    assert clean(f"{letter}\r\nb\rc\r\r\nd\n") == f"{letter}\nb\nc\n\nd\n"


def test_what_says_nothing_is_gone() -> None:
    assert clean("a\u00adb\u200b\u202ec\u2066d\u200e") == "abcd"
    assert clean("\ufa19e\u0301\ufa19") == "\ufa19é\ufa19"
    assert clean("ｶﾞｲﾄﾞ、ﾊﾟﾝ｡ ａ") == "ガイド、パン。 ａ"


@given(MIXED)
def test_cleaning_is_idempotent(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(MIXED, MIXED)
def test_words_are_cleaned_alike_wherever_they_stand(one: str, other: str) -> None:
    assert clean(f"{one} {other}") == f"{clean(one)} {clean(other)}"
