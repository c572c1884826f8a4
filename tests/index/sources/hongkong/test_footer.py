"""Where footers of Hong Kong releases are looked for, and how much may stand below them."""

from __future__ import annotations

import pytest

from index.sources.hongkong.footer import (
    MAX_LINES,
    MAX_LINK,
    MAX_TAIL,
    read_footer,
    split_dated_footer,
    split_footer,
)

FOOTER = "Ends/Sunday, May 4, 2031\nIssued at HKT 22:23"
MOMENT = "2031-05-04T22:23+08:00"


@pytest.mark.parametrize("length", [MAX_LINK, MAX_LINK + 1])
@pytest.mark.parametrize("below", ["{}", "Top\n{}", "{}\nTop"])
def test_links_may_stand_below_a_footer_and_a_text_may_not(length: int, below: str) -> None:
    far = ("\n" + "y" * MAX_LINK) * (MAX_TAIL // MAX_LINK + 1)  # none that stands inside a line
    text = f"The steps opened.\n\n{FOOTER}\n{below.format('x' * length)}{far}"
    body, found = split_footer(text)
    if length <= MAX_LINK:
        assert (body, found and found.issued_at) == ("The steps opened.", MOMENT)
    else:
        assert (body, found) == (text, None)


@pytest.mark.parametrize(("lines", "seen"), [(MAX_LINES - 2, True), (MAX_LINES - 1, False)])
def test_a_footer_is_looked_for_in_the_last_lines(lines: int, seen: bool) -> None:
    """`Ends` and the time are two of them."""
    text = f"The steps opened.\n{FOOTER}" + "\nPrint this page" * lines
    assert (split_footer(text)[1] is not None) is seen


def test_without_a_date_only_the_last_lines_are_a_footer() -> None:
    assert split_footer("The steps opened.\nEnds\n\n") == ("The steps opened.", None)
    text = "The steps opened.\nEnds\nNotes to editors: none."
    assert split_footer(text) == (text, None)
    assert split_footer("Ends") == ("", None)
    assert split_footer("NNNN") == ("", None)
    assert split_dated_footer("The steps opened.\nEnds") == ("The steps opened.\nEnds", None)


@pytest.mark.parametrize("closing", ["NNNN", "NNNN\n\nPrint this page", "\n\n  \nNNNN\n"])
def test_what_closes_the_sending_goes_with_the_lines_before_it(closing: str) -> None:
    body, found = split_footer(f"The steps opened.\n\n{FOOTER}\n\n{closing}")
    assert (body, found and found.issued_at) == ("The steps opened.", MOMENT)
    assert split_footer(f"The steps opened.\n\n{closing}") == ("The steps opened.", None)


@pytest.mark.parametrize(("length", "seen"), [(MAX_TAIL - 60, True), (MAX_TAIL + 1, False)])
def test_a_footer_inside_a_line_stands_near_the_end(length: int, seen: bool) -> None:
    text = f"The steps opened. {FOOTER}".replace("\n", " ") + " NNNN" + " " + "x" * length
    body, found = split_footer(text)
    assert (found is not None) is seen
    assert body == ("The steps opened." if seen else text)


def test_words_that_only_look_like_a_footer_inside_a_line_stay() -> None:
    assert split_footer("The steps opened. 完 NNNN") == ("The steps opened. 完", None)
    text = "The steps opened and the work ends on Sunday, May 4, 2031, says the Office"
    assert split_footer(text) == (text, None)


@pytest.mark.parametrize(
    ("footer", "moment"),
    [
        ("Ends/Sunday, May 4, 2031Issued at HKT 22:23NNNN 1", MOMENT),
        ("Ends/Sunday, May 4, 2031 22:23", MOMENT),
        ("Ends/Sunday, May 4, 2031 Issued at 22:23 JST", "2031-05-04T22:23+09:00"),
        ("完 2031年5月4日（星期日） 本港時間22時23分", MOMENT),
        ("完 2031年5月4日（星期日） 香港時間22時23分 至23時30分", MOMENT),
        ("完 2031年5月4日（星期日） 下午10時23分", MOMENT),
        ("完 2031年5月4日（星期日）", None),
    ],
)
def test_the_time_of_a_footer_is_hong_kongs_unless_it_says_another(
    footer: str, moment: str | None
) -> None:
    found = read_footer(footer)
    assert found is not None
    assert (found.date, found.issued_at) == ("2031-05-04", moment)
