"""The table of what each character is: what the patterns say of it, and words are made of letters."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from index.text.analysis import LETTER, RAW_TOKEN
from index.text.characters import CLASSES, character_classes
from index.text.scripts import UNSPACED

IN_TABLE = st.one_of(
    st.sampled_from("azé0٣,. \u00a0’&-中カ한ไ_\u0301\ud800\udfff\uffff\x00"),
    st.characters(max_codepoint=0xFFFF),
)


@given(IN_TABLE)
def test_a_character_has_the_bit_of_each_pattern_that_it_matches(char: str) -> None:
    bits = sum(1 << bit for bit, each in enumerate(CLASSES) if re.fullmatch(each, char))
    assert character_classes()[ord(char)] == bits


def test_every_character_is_in_the_table() -> None:
    assert len(character_classes()) == 0x10000


@given(st.characters())
def test_a_letter_that_stands_between_spaces_is_a_word(char: str) -> None:
    alone = re.fullmatch(LETTER, char) or re.fullmatch(f"[{UNSPACED}]", char)
    found = RAW_TOKEN.fullmatch(char)
    assert (found is not None) == (alone is not None)
