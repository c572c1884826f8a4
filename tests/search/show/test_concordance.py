"""Every place of a text with what stands around it, and who is quoted."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.show.concordance import WIDTH, KeywordInContext, concordance, count_places


def lines(marked: str) -> list[KeywordInContext]:
    return list(concordance(marked))


def test_words_stand_in_the_middle_with_both_sides() -> None:
    (line,) = lines("The <mark>ferry</mark> to R&amp;D island\nsails at noon.")
    assert (line.left, line.match, line.right) == ("The", "ferry", "to R&D island")
    assert (line.body_line, line.quoted, line.speaker) == (0, False, "")


def test_words_that_only_a_space_parts_are_one_place() -> None:
    found = lines("<mark>ferry</mark> <mark>pier</mark>, <mark>ferry</mark>")
    assert [line.match for line in found] == ["ferry pier", "ferry"]


def test_sides_end_at_whole_words_and_at_the_line() -> None:
    (line,) = lines("up\n" + "word " * 40 + "<mark>x</mark> " + "other " * 40 + "\ndown")
    assert line.body_line == 1
    assert len(line.left) <= WIDTH
    assert set(line.left.split()) == {"word"}
    assert set(line.right.split()) == {"other"}


@pytest.mark.parametrize(
    ("marked", "speaker"),
    [
        ("“We need <mark>boats</mark>,” said Ada Harbour, who rows.", "Ada Harbour"),
        ("“We need <mark>boats</mark>,” Senator Quay said.", "Senator Quay"),
        ("Mayor Lin Dock said: “We need <mark>boats</mark>.”", "Mayor Lin Dock"),
        ("&quot;We need <mark>boats</mark>,&quot; Dock added.", "Dock"),
        ("港口署長表示：「我們需要<mark>船</mark>。」", "港口署長"),
        ("“We need <mark>boats</mark>.” It rained.", ""),
    ],
)
def test_who_is_quoted(marked: str, speaker: str) -> None:
    (line,) = lines(marked)
    assert line.quoted
    assert line.speaker == speaker


def test_outside_quotation_marks_nobody_is_quoted() -> None:
    (line,) = lines("“Boats,” said Quay. The <mark>pier</mark> closed. “No,” said Dock.")
    assert (line.quoted, line.speaker) == (False, "")


@given(st.lists(st.text(alphabet='ab <&>"“”\n說', min_size=1, max_size=30), min_size=1, max_size=7))
def test_each_place_is_where_its_mark_stood(pieces: list[str]) -> None:
    marked = "".join(
        f"<mark>{html.escape(piece)}</mark>" if number % 2 else html.escape(piece)
        for number, piece in enumerate(pieces)
    )
    found = lines(marked)
    assert len(found) == count_places(marked) <= len(pieces) // 2
    plain = "".join(pieces)
    for line in found:
        assert line.match in " ".join(plain.split())
        assert 0 <= line.body_line <= plain.count("\n")
