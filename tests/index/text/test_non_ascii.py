"""Characters beyond ASCII one by one give what normal forms make of the whole text."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from index.text.cleaning import clean, composed
from index.text.folding import FOREIGN, fold, fold_foreign
from index.text.non_ascii import foreign_in, joins

LETTERS = st.text(st.sampled_from("aEsS `'-\x07\n"), max_size=3)
WRITTEN = st.lists(
    st.tuples(LETTERS, st.one_of(st.sampled_from("’“—éÉßİΣςΐᾳͺ´ﬁｆＡ한하カﾞが神Å\u0301\u0345"),
                                 st.characters(min_codepoint=0x80))),
    max_size=6,
).map(lambda parts: "".join(letters + character for letters, character in parts))  # fmt: skip


@given(WRITTEN)
@example("ᾳ e\u037a")  # whose iota goes where a letter of polytonic Greek stands in the run
@example("ñ\u037aἱ")
def test_folding_each_character_is_folding_the_text(text: str) -> None:
    whole = FOREIGN.sub(lambda run: fold_foreign(run[0]), _small(text))
    assert fold(text) == whole


@given(WRITTEN)
def test_what_is_clean_by_its_characters_is_clean_as_a_text(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    if text and not text.isascii():
        assert clean(text) == composed(text.replace("\r", "\n"))


def test_every_mark_and_part_of_a_syllable_joins() -> None:
    composed = (unicodedata.decomposition(chr(code)).split() for code in range(0x80, 0x30000))
    seconds = {chr(int(each[1], 16)) for each in composed if len(each) == 2 and each[0][0] != "<"}
    assert len(seconds) > 50
    assert all(map(joins, seconds))
    assert all(map(joins, "\u0301\u1161\u11a8\u3099\uff9e"))
    assert not any(map(joins, "’“—éカ神한"))


def test_the_characters_beyond_ascii_are_found_whatever_they_are() -> None:
    assert foreign_in("caf\u00e9 \u201ca\u201d \ud800 \U00020000") == {
        "\u00e9", "\u201c", "\u201d", "\ud800", "\U00020000",
    }  # fmt: skip


def _small(text: str) -> str:
    return "".join(
        chr(ord(each) + 32) if "A" <= each <= "Z" else each.replace("`", "'") for each in text
    )
