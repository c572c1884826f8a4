"""Normal forms are those of Unicode, and take time in proportion to a text's length."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.analysis import tokens
from index.text.cleaning import clean
from index.text.folding import fold
from index.text.normal_form import MAX_MARKS, normal_form, without_long_runs

FORMS = ("NFC", "NFD", "NFKC", "NFKD")
MARKS = "\u0301\u0323\u0334\u0344\u0f73\u093c\u3099\uff9e\uff9f"
ODD = st.text(st.sampled_from("aeé漢 .═ក்" + MARKS), max_size=MAX_MARKS)
PAIRS = 100_000
"""Ordering so many pairs of marks as one run takes half a minute of processor time."""
SOON = 4
"""Processor seconds; a tenth of one is usual."""


@pytest.mark.parametrize("form", FORMS)
@given(text=ODD)
def test_what_any_language_writes_is_normalised_as_unicode_says(form: str, text: str) -> None:
    assert normal_form(form, text) == unicodedata.normalize(form, text)  # type: ignore[arg-type]


@given(
    st.lists(
        st.tuples(
            st.sampled_from("a═é"),
            st.text(st.sampled_from(MARKS[:7]), max_size=3),
            st.integers(0, 50),
        ),
        max_size=4,
    )
)
def test_each_character_keeps_its_first_marks(drawn: list[tuple[str, str, int]]) -> None:
    written = [(char, marks * times) for char, marks, times in drawn]
    expected = "".join(char + marks[:MAX_MARKS] for char, marks in written)
    assert without_long_runs("".join(map("".join, written))) == expected


def test_signs_in_a_row_are_no_marks() -> None:
    assert without_long_runs("═" * 200 + "…" * 200) == "═" * 200 + "…" * 200


def test_no_other_letter_becomes_a_mark() -> None:
    """Whatever some normal form begins with a mark is one by its category, or in the list."""
    letters = {
        char
        for char in map(chr, range(0x110000))
        if unicodedata.category(char)[0] not in ("M", "C")
        and unicodedata.combining(unicodedata.normalize("NFKD", char)[0])
    }
    assert letters == {"\uff9e", "\uff9f"}
    assert all(len(without_long_runs("a" + char * 99)) == 1 + MAX_MARKS for char in MARKS[:7])


@pytest.mark.parametrize("pair", ["\u0301\u0323", "\u0f73", "\uff9e\u0334"])
def test_a_text_of_marks_alone_takes_no_square_of_its_length(pair: str) -> None:
    start = time.process_time()
    text = clean("a" + pair * PAIRS)
    fold(text)
    assert sum(1 for _ in tokens(text)) <= len(text)
    assert time.process_time() - start < SOON
