"""Words and signs of a search, one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import neighbours
from search.query.segmentation import words_of_run
from search.request import SearchRequest


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("大埔火警", "大埔 火警"),
        ("港口稅務改革", "港口 稅務 改革"),
        ("衞生署公布", "衞生署 公布"),
        ("二零二五年", "二零二五 年"),
        ("撥款三億元", "撥款 三 億元"),
        ("ハーバーの税務", "ハーバーの 税務"),
        ("港", "港"),
    ],
)
def test_a_run_is_cut_into_words_and_numbers(run: str, words: str) -> None:
    assert [word.text for word in words_of_run(run)] == words.split()


@given(st.lists(st.from_regex(r"[A-Z]?[a-z]{1,8}", fullmatch=True), min_size=1, max_size=12))
def test_words_alone_are_lexed_as_words_beside_signs_are(words: list[str]) -> None:
    alone, beside = (SearchRequest(" ".join([*words, *more])) for more in ((), ("x*",)))
    reader, lexemes = neighbours.lex(alone)
    assert not reader.notices
    assert lexemes == neighbours.lex(beside)[1][:-1]
    assert [reader.text[each.start : each.end] for each in lexemes] == words
