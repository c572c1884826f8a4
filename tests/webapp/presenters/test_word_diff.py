"""A diff of words: whatever two texts are, each column holds its text, escaped."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from webapp.presenters.word_diff import MAX_BLOCKS, DiffRow, diff_rows

PARAGRAPHS = st.lists(st.text("ab <&>\n五六", min_size=1, max_size=12), max_size=6)


def texts(rows: tuple[DiffRow, ...]) -> tuple[str, str]:
    def plain(marked: str) -> str:
        return unescape(re.sub("</?(?:ins|del)>", "", marked))

    left = "".join(plain(row.before) for row in rows)
    return left, "".join(plain(row.after) for row in rows)


@given(PARAGRAPHS, PARAGRAPHS)
def test_each_column_is_its_text_and_only_marks_are_markup(
    before: list[str], after: list[str]
) -> None:
    rows = diff_rows([*before, "same"], [*after, "same"])
    if not any(row.same for row in rows):
        assert texts(rows) == ("".join(before) + "same", "".join(after) + "same")
    for row in rows:
        assert "<ins>" not in row.before
        assert "<del>" not in row.after
        for column in (row.before, row.after):
            assert set(re.findall("<[^>]*>", column)) <= {"<ins>", "</ins>", "<del>", "</del>"}


def test_words_and_characters_are_compared_and_what_is_the_same_is_counted() -> None:
    same = [f"Paragraph {number}." for number in range(8)]
    rows = diff_rows([*same, "渡輪十時開出", "Nine boats."], [*same, "渡輪九時開出", "Ten boats."])
    assert rows[0].same == 7
    assert rows[1].before == rows[1].after == "Paragraph 7."
    assert (rows[2].before, rows[2].after) == (
        "渡輪<del>十</del>時開出", "渡輪<ins>九</ins>時開出"
    )  # fmt: skip
    assert (rows[3].before, rows[3].after) == ("<del>Nine</del> boats.", "<ins>Ten</ins> boats.")


def test_texts_too_long_to_compare_stand_as_a_whole() -> None:
    """Words over and over are what a comparison of sequences finds hardest: 20,000 stand whole."""
    one = " ".join(f"w{number % 10}" for number in range(20_000))
    other = " ".join(f"w{number % 7}" for number in range(20_000))
    rows = diff_rows([one] + ["x"] * MAX_BLOCKS, [other] + ["x", "y"] * MAX_BLOCKS)
    assert rows[0].before.startswith("<del>")
