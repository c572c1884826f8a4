"""Words by prefix and near words: equal to looking at every word, in segments of either codec."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.stores.commits import Commit, commit_stock
from index.stores.folder import FolderStore, open_index
from index.stores.stored_release import stored_release
from search.query.vocabulary import edit_distance, words_from, words_near
from tests.search.search_corpus import commit_apart, make

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
@pytest.mark.parametrize("commit", [commit_apart, commit_stock])
def test_equal_to_looking_at_every_word(
    tmp_path_factory: pytest.TempPathFactory,
    commit: Commit,
    words: set[str],
    typed: str,
    most: int,
    segments: int,
) -> None:
    folder: Path = tmp_path_factory.mktemp("words")
    store = FolderStore(folder / "index", commit=commit)
    for number in range(segments):
        part = " ".join(sorted(words)[number::segments])
        with store.writing():
            store.apply(
                (), [stored_release(make(f"part {number}", "", part), "2024-05-06T07:08:09Z")]
            )
    index = open_index(folder / "index")
    with index.reader() as reader:
        near = words_near(reader, "body_exact", typed, most)
        assert {word for _, word in near} == {
            word
            for word in words
            if word[0] == typed[0] and edit_distance(typed, word, most) is not None
        }
        assert all(edit_distance(typed, word, most) == distance for distance, word in near)
        assert words_near(reader, "body_exact", typed, most, over=1) == []
        begin = words_from(reader, "body_exact", typed)
        assert begin == sorted(word for word in words if word.startswith(typed))
    index.close()
