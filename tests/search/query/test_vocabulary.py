"""Words by prefix and near words: equal to looking at every word, in segments of either codec."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.codec.base import Codec
from whoosh.codec.whoosh3 import W3Codec
from whoosh.index import create_in

from index.codec import DatelineCodec, packing
from index.kernel import loop
from index.schema import document, make_schema
from search.query.vocabulary import ReaderDictionary, edit_distance, words_from, words_near
from tests.search.search_corpus import make

WORDS = st.text("abé稅", min_size=1, max_size=6).filter(lambda word: word[0] in "ab")
TYPED = st.text("ab", min_size=1, max_size=5)


def letters(word: str) -> str:
    """The word as the index holds it, where a character of an unspaced script ends a word."""
    return word.replace("稅", "ø").replace("é", "e").replace("ø", "ж")


@settings(max_examples=30)
@given(
    st.sets(WORDS.map(letters), min_size=1, max_size=60),
    TYPED,
    st.sampled_from([1, 2]),
    st.sampled_from([1, 3]),
)
@pytest.mark.parametrize("codec", [DatelineCodec, W3Codec])
def test_equal_to_looking_at_every_word(
    tmp_path_factory: pytest.TempPathFactory,
    codec: type[Codec],
    words: set[str],
    typed: str,
    most: int,
    segments: int,
) -> None:
    folder: Path = tmp_path_factory.mktemp("words")
    index = create_in(folder, make_schema())
    for number in range(segments):
        part = " ".join(sorted(words)[number::segments])
        writer = index.writer(codec=codec())
        writer.add_document(**document(make(f"part {number}", "", part), "2024-05-06T07:08:09Z"))
        writer.commit(merge=False)
    with index.reader() as reader:
        near = words_near(reader, "body_exact", typed, most)
        assert {word for _, word in near} == {
            word
            for word in words
            if word[0] == typed[0] and edit_distance(typed, word, most) is not None
        }
        assert all(edit_distance(typed, word, most) == distance for distance, word in near)
        assert words_near(reader, "body_exact", typed, most, over=1) == []
        begin = words_from(reader, "body_exact", typed, 1_000)[0]
        assert begin == sorted(word for word in words if word.startswith(typed))
        dictionary = ReaderDictionary(reader)
        for prefixes in ((typed,), (typed, f"{typed}a")):
            assert dict(dictionary.beginning(prefixes, 1_000)) == dict.fromkeys(begin, 1)
    index.close()


EVERY = ["".join(letters) for size in range(1, 5) for letters in product("abc", repeat=size)]
"""Every word of one to four letters out of three."""


@pytest.mark.skipif(loop("near_terms") is None, reason="the compiled loops are not built")
@pytest.mark.parametrize("most", [0, 1, 2, 3])
def test_short_words_are_as_far_from_each_other_in_both_forms(most: int) -> None:
    near_terms = loop("near_terms")
    assert near_terms is not None
    encoded = [word.encode() for word in EVERY]
    starts = packing.starts_of(np.array(list(map(len, encoded))))
    wanted = np.ones(len(EVERY), np.uint8)
    for typed in ("a", "ab", "abc", "abca", "aabc", "abab"):
        found = near_terms(b"".join(encoded), starts, wanted, typed, most)
        edits = {at: edit_distance(typed, word, most) for at, word in enumerate(EVERY)}
        assert dict(found) == {at: each for at, each in edits.items() if each is not None}


@pytest.mark.parametrize(
    ("first", "second", "edits"),
    [("ab", "ba", 1), ("ferry", "fery", 1), ("ferry", "freyr", 2), ("ca", "abc", 3), ("a", "a", 0)],
)
def test_a_swap_of_neighbours_is_one_edit(first: str, second: str, edits: int) -> None:
    """`ca` to `abc`: letters that were swapped are not parted again."""
    assert edit_distance(first, second, edits) == edits
    assert edits == 0 or edit_distance(first, second, edits - 1) is None
