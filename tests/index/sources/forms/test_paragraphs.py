"""Paragraphs of texts that were broken to a width."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.forms.paragraphs import join_lines, paragraphs

WORDS = st.lists(st.text("abcdefghij", min_size=1, max_size=9), min_size=30, max_size=80)


@given(st.lists(WORDS, min_size=1, max_size=4), st.integers(60, 90))
def test_breaking_lines_is_undone(texts: list[list[str]], width: int) -> None:
    whole = [" ".join(words) for words in texts]
    broken = "\n\n".join(
        textwrap.fill(each, width, break_long_words=False, break_on_hyphens=False) for each in whole
    )
    assert paragraphs(broken) == whole


@pytest.mark.parametrize(
    ("lines", "text", "joined"),
    [
        (["the adminis-", "tration"], "", "the administration"),
        (["a long-", "term plan"], "the long-term aim", "a long-term plan"),
        (["Brennmoor-", "East"], "", "Brennmoor- East"),
        (["碼頭今日", "重開"], "", "碼頭今日重開"),
        (["a  b ", " c"], "", "a b c"),
    ],
)
def test_words_over_line_ends(lines: list[str], text: str, joined: str) -> None:
    assert join_lines(lines, text) == joined


def test_lines_narrower_than_any_width_go_on_in_small_letters() -> None:
    lines = ["The Marsh Authority will rebuild the sluice", "at Ellery Lock, and lend pumps to forty,",
             "fifty or sixty farms along the river."]  # fmt: skip
    assert paragraphs("\n".join(lines)) == [" ".join(lines)]
    assert paragraphs("Bring along, please:\nboots\na lamp") == [
        "Bring along, please:", "boots", "a lamp",
    ]  # fmt: skip
    ended = ["The sluice at Ellery Lock is rebuilt.", "eLibrary opens at noon on Monday"]
    assert paragraphs("\n".join(ended)) == ended


def test_lists_and_long_lines_stay_as_they_are() -> None:
    long = "word " * 40
    assert paragraphs(f"{long}\n{long}") == [long.strip(), long.strip()]
    full = "a line of some words that is as wide as the mail program lets it be"
    assert paragraphs(f"{full}\n{full}\n- one item\n- two items") == [
        f"{full} {full}",
        "- one item",
        "- two items",
    ]
