"""Paragraphs of a body: which there are, and which of them a line is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.presenters.bodies import body_blocks, paragraphs_at

SENTENCE = "The ferry to the old pier sails every hour of the day."
LINES = st.sampled_from(
    ["", " ", "\t", "\ta ferry", "\vfirst", "pier\t12", "A short line", SENTENCE, SENTENCE[:-1]]
)


@given(st.lists(LINES, max_size=12))
def test_a_line_is_in_the_block_that_holds_it(lines: list[str]) -> None:
    named = [f"{line}{at}" if line.strip() else line for at, line in enumerate(lines)]
    body, full = "\n".join(named), [at for at, line in enumerate(lines) if line.strip()]
    texts = [block.text for block in body_blocks(body)]
    for at, number in zip(full, paragraphs_at(body, full), strict=True):
        assert named[at].strip().split("\t")[0] in texts[number - 1]


def test_single_line_breaks_part_paragraphs_where_no_blank_line_does() -> None:
    body = f"Pier Town\n{SENTENCE}\n{SENTENCE}\n{SENTENCE} Ends"
    assert [block.lines for block in body_blocks(body)] == [
        ("Pier Town",), (SENTENCE,), (SENTENCE,), (f"{SENTENCE} Ends",)
    ]  # fmt: skip
    assert paragraphs_at(body, [0, 2, 3]) == [1, 3, 4]


@pytest.mark.parametrize("body", [
    "The ferry to the old pier sails every hour\nof the day, and on most nights as well,\nin summer.",
    f"{SENTENCE}\n{SENTENCE}\n\n{SENTENCE}\n{SENTENCE}",
])  # fmt: skip
def test_wrapped_lines_and_lines_within_paragraphs_stay_together(body: str) -> None:
    assert len(list(body_blocks(body))) == body.count("\n\n") + 1


def test_a_list_between_lines_stays_one_list() -> None:
    body = f"{SENTENCE}\n\tred\n\tgreen\n{SENTENCE}\n{SENTENCE}"
    assert [block.kind for block in body_blocks(body)] == ["paragraph", "list", *["paragraph"] * 2]
