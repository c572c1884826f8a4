"""Values of filters as people type them: spans of dates in words, values in brackets, names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.release import Agency
from search import SearchRequest
from search.query.date_queries import parse_span
from tests.search.search_corpus import engine_over, ids_found, make

SPANS = {
    "2022-03..2022-05": [
        "March to May 2022", "March-May 2022", "March – May 2022", "March 2022 to May",
        "from March 2022 to May 2022", "March through May, 2022", "2022年3月至5月", "2022年3月到5月",
        "2022年3月～2022年5月", "2022-03/2022-05", "2022-03-2022-05",
    ],
    "2022-03-02..2022-03-15": [
        "2 to 15 March 2022", "2-15 March 2022", "2. bis 15. März 2022", "2022-03-02..15",
        "2022-03-02-2022-03-15", "2022-03-02/2022-03-15", "[2022-03-02 TO 2022-03-15]",
    ],
    "2022-03-05..2022-03-07": ["2022年3月5日至7日", "2022年3月5號至7號"],
    "2022-03-05..2022-04-02": ["2022年3月5日至4月2日"],
    "2021..2022": ["between 2021 and 2022", "2021~2022", "2021至2022", "2021年至2022年", "2021/2022"],
    "2022-03": ["March, 2022", "2022 March", "2022, March", "2022. március", "=2022-03"],
    "2022..": ["since 2022", "from 2022", ">=2022"],
    "2023..": ["after 2022", ">2022"],
    "..2021": ["before 2022", "<2022", "until 2021"],
}  # fmt: skip
UNREADABLE = [
    "2022-99-2023", "2022 to tax", "tax to 2022", "2022-13", "March 15 to 20, 2022", "May and June",
    "31 to 32 March 2022", "from", "since", "March to May", "2022 to 13",
]  # fmt: skip


@pytest.mark.parametrize(
    ("iso", "typed"), [(iso, typed) for iso, ways in SPANS.items() for typed in ways]
)
def test_a_span_is_read_however_it_is_typed(iso: str, typed: str) -> None:
    """One span, in all its ways."""
    span = parse_span(typed)
    assert span is not None
    assert span.iso == iso


@pytest.mark.parametrize("typed", UNREADABLE)
def test_what_is_half_a_span_is_none(typed: str) -> None:
    """It is said to be no date: nothing wider is taken instead."""
    assert parse_span(typed) is None


@given(st.dates(date(1900, 1, 1)), st.dates(date(1900, 1, 1)))
def test_two_days_in_iso_are_their_span(one: date, other: date) -> None:
    """Parted by points, a hyphen or a slash."""
    first, last = sorted((str(one), str(other)))
    for sign in ("..", "-", "/", " to "):
        span = parse_span(f"{first}{sign}{last}")
        assert span is not None
        assert span.iso == f"{first}..{last}"


def test_brackets_hold_dates_and_names_of_several_words(tmp_path: Path) -> None:
    """As without brackets."""
    releases = [
        make("march", "Ferry", date="2022-03-05", agency="health"),
        make("may", "Ferry", date="2022-05-05", agency="customs"),
        make("june", "Ferry", date="2022-06-05", agency="one"),
    ]
    with engine_over(tmp_path, releases) as engine:
        assert ids_found(engine, "date:(March 2022)") == {"march"}
        assert ids_found(engine, "date:(March 2022 OR June 2022)") == {"march", "june"}
        assert ids_found(engine, "agency:(Board of Health)") == {"march"}
        assert ids_found(engine, "agency:(Board of Health OR Harbour Customs)") == {"march", "may"}


def test_a_year_said_at_both_ends_of_a_span_belongs_to_it(tmp_path: Path) -> None:
    """It is no word of the search, and a year behind a date that has one is."""
    releases = [
        make("april", "Ferry", "Fees", date="2022-04-05"),
        make("said", "Ferry", "Fees of 2022", date="2022-04-06"),
    ]
    with engine_over(tmp_path, releases) as engine:
        assert ids_found(engine, "date:March 2022 to May 2022 ferry") == {"april", "said"}
        assert ids_found(engine, "date:March to May 2022 2022") == {"said"}


def test_an_article_before_a_name_is_none_of_it(tmp_path: Path) -> None:
    """Whether the name has it, or who types it: the agency is named, and offered."""
    council, other = Agency("council", "The Port Council"), Agency("other", "Old Port Council")
    releases = [
        make("new", "Ferry", "Fees", agency=council),
        make("old", "Ferry", "Fees", agency=other),
    ]
    with engine_over(tmp_path, releases) as engine:
        for name in ("Port Council", "the Port Council"):
            assert ids_found(engine, f"agency:{name} ferry") == {"new"}
            (offer,) = engine.search(SearchRequest(name)).offers
            assert offer.agencies == (council,)


def test_words_of_a_name_go_on_while_they_tell_agencies_apart(tmp_path: Path) -> None:
    """`Agency` alone is every agency; a word of the search is none of the name."""
    agencies = [
        Agency(f"office-{name.lower()}", f"Office of Member {name}")
        for name in ("Axel", "Boris", "Clara")
    ]
    releases = [make(each.slug, "Ferry", "Fees", agency=each) for each in agencies]
    with engine_over(tmp_path, releases) as engine:
        assert ids_found(engine, "agency:Member Boris ferry") == {"office-boris"}
        assert ids_found(engine, "agency:Member ferry fees") == {each.slug for each in agencies}
        assert ids_found(engine, "agency:Office Member Clara") == {"office-clara"}
        assert ids_found(engine, "agency:-Member Clara ferry") == {"office-axel", "office-boris"}
