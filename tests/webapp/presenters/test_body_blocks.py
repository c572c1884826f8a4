"""Paragraphs of a body: which there are, and which of them a line is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.html_text import html_text
from webapp.presenters.body_blocks import ListItem, body_blocks, paragraphs_at

SENTENCE = "The ferry to the old pier sails every hour of the day."
LINES = st.sampled_from(
    [
        "",
        " ",
        "\t",
        "\ta ferry",
        "\vfirst",
        "pier\t12",
        "A short line",
        SENTENCE,
        SENTENCE[:-1],
        "\fWhat changes",
        "\f\tquoted",
        "\f\vEast   12",
        "\fPier\tBoats",
        "\t\vnested",
    ]
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


def test_lists_inside_lists_are_a_tree() -> None:
    body = html_text(
        "<ul><li>piers<ul><li>east</li><li>west<ol><li>first</li></ol></li></ul></li><li>docks</li></ul>"
    )
    (block,) = body_blocks(body)
    assert block.kind == "list"
    west = ListItem("west", ((True, (ListItem("first"),)),))
    assert block.items == (
        ListItem("piers", ((False, (ListItem("east"), west)),)),
        ListItem("docks"),
    )
    assert block.lines == ("piers", "east", "west", "first", "docks")


def test_an_item_without_the_one_around_it_is_inside_an_empty_one() -> None:
    (block,) = body_blocks("\t\teast\n\twest")
    assert block.items == (ListItem("", ((False, (ListItem("east"),)),)), ListItem("west"))


def test_structure_of_a_page_is_that_of_its_body() -> None:
    body = html_text(
        "<h2>Ferries</h2><p>They call.</p><h3>East</h3><blockquote><p>“Good”,<br>she said.</p></blockquote>"
        "<pre>Pier     Boats\nEast        12\nWest         3</pre>"
        "<table><tr><th>Day</th><th>First</th></tr><tr><td>Monday</td><td>6.00</td></tr></table>"
    )
    assert [(block.kind, block.level, block.text) for block in body_blocks(body)] == [
        ("heading", 1, "Ferries"),
        ("paragraph", 0, "They call."),
        ("heading", 2, "East"),
        ("quote", 0, "“Good”,\nshe said."),
        ("preformatted", 0, "Pier     Boats\nEast        12\nWest         3"),
        ("table", 0, "Day\tFirst\nMonday\t6.00"),
    ]
    words = (
        "Ferries They call. East “Good”, she said. Pier Boats East 12 West 3 Day First Monday 6.00"
    )
    assert " ".join(body.split()) == words


def test_a_letter_in_a_typewriter_face_has_paragraphs() -> None:
    body = html_text("<pre>Dear reader,\nthe pier is open.\n\nYours,\nthe Harbour Office</pre>")
    assert [block.kind for block in body_blocks(body)] == ["paragraph", "paragraph"]


def test_no_level_of_headings_is_skipped() -> None:
    body = "\f\f\fA\n\nText.\n\n\f\f\fB\n\nText.\n\n\fC\n\n\f\f\fD"
    headings = [block for block in body_blocks(body) if block.kind == "heading"]
    assert [(block.text, block.level) for block in headings] == [
        ("A", 1), ("B", 2), ("C", 1), ("D", 2),
    ]  # fmt: skip
