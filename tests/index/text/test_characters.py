"""The table of what each character is: what the patterns say of it, and words are made of letters."""

from __future__ import annotations

import re
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from index.text.characters import CLASSES, character_classes
from index.text.raw_tokens import LETTER, raw_token, raw_token_in
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
    found = raw_token().fullmatch(char)
    assert (found is not None) == (alone is not None)


def found_by(pattern: re.Pattern[str], text: str) -> list[tuple[tuple[int, int], str | None]]:
    return [(match.span(), match[1]) for match in pattern.finditer(text)]


def assert_found_alike(text: str) -> None:
    assert raw_token_in(text) is not raw_token()
    assert found_by(raw_token_in(text), text) == found_by(raw_token(), text)


@given(st.text(st.one_of(st.characters(max_codepoint=0x7F), st.sampled_from("aU1., '`&-_"))))
def test_raw_tokens_of_ascii_are_those_of_any_text(text: str) -> None:
    assert_found_alike(text)


def test_raw_tokens_of_ascii_are_those_of_any_text_however_few_characters_stand_together() -> None:
    for code in range(0x80):
        for around in ("{0}", "a{0}a", "1{0}123", "U.{0}.", "a{0}"):
            assert_found_alike(around.format(chr(code)))
    for characters in product("aB1., '-_", repeat=4):
        assert_found_alike("".join(characters))


def test_other_texts_have_the_raw_tokens_of_any() -> None:
    assert raw_token_in("caf\u00e9") is raw_token()
