"""View data: words for dates, blocks of a body, pages around the current one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.release import Agency
from search.request import SearchRequest
from search.results import Facets, SearchResults
from webapp.presenters.bars import BarRow, bars
from webapp.presenters.body_blocks import body_blocks
from webapp.presenters.nothing_found import ways_out
from webapp.presenters.pager import present_pager
from webapp.site import wording
from webapp.site.languages import ENGLISH
from webapp.site.links import Links


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2023-11-05", "5 November 2023"),
        ("2023-11", "November 2023"),
        ("2023", "2023"),
        ("--11-05", "5 November"),
        (None, "No date given"),
    ],
)
def test_dates_in_words(date: str | None, words: str) -> None:
    assert wording.date_in_words(ENGLISH, date) == words


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (SearchRequest(), ""),
        (SearchRequest('"new bridge" toll'), 'for "new bridge" toll'),
        (SearchRequest(date_from="2023-06-26", date_to="2023-06-26"), "on 26 June 2023"),
        (SearchRequest(date_to="2024-02"), "up to February 2024"),
        (SearchRequest(undated=True), "without a known year"),
        (
            SearchRequest("x", agencies=("a", "b", "c"), languages=("en", "zh")),
            "for “x” by A, b or c in English or Chinese",
        ),
    ],
)
def test_searches_in_words(request_: SearchRequest, words: str) -> None:
    assert wording.search_in_words(ENGLISH, request_, {"a": "A"}) == words


@given(st.text("ab \t\v\f\n", max_size=60))
def test_blocks_hold_every_word_of_a_body_in_order(body: str) -> None:
    text = " ".join(
        " ".join([*block.lines, *(" ".join(row) for row in (*block.headers, *block.rows))])
        for block in body_blocks(body)
    )
    assert text.split() == body.split()


def test_a_short_row_is_filled_up() -> None:
    (table,) = body_blocks("a\tb\tc\nd\te")
    assert table.rows == (("a", "b", "c"), ("d", "e", ""))


def test_lines_of_a_paragraph_stay_lines() -> None:
    kinds = [(block.kind, block.lines) for block in body_blocks("one\ntwo\n\n\n\tthree\n")]
    assert kinds == [("paragraph", ("one", "two")), ("list", ("three",))]


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (1, 3, "1 2 3"),
        (1, 20, "1 2 3 … 20"),
        (10, 20, "1 … 8 9 10 11 12 … 20"),
        (20, 20, "1 … 18 19 20"),
    ],
)
def test_the_pager_shows_both_ends_and_the_neighbourhood(page: int, pages: int, shown: str) -> None:
    request = SearchRequest("x", page=page)
    results = SearchResults(request, pages * 10, page, pages, (), Facets(), (), None, 0.0)
    pager = present_pager(Links(request=request), results)
    assert pager is not None
    assert " ".join(link.text if link else "…" for link in pager.pages) == shown
    assert (pager.previous is None, pager.next is None) == (page == 1, page == pages)


def test_bars_are_in_proportion() -> None:
    made = bars([BarRow("a", 50, None), BarRow("b", 200, "/b", True), BarRow("c", 0, None)])
    assert [(bar.share, bar.count) for bar in made] == [(25.0, "50"), (100.0, "200"), (0.0, "0")]
    assert bars([BarRow("a", 0, None)])[0].share == 0


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("flood drill", {"drill", "flood"}),
        ('"north shore" flood', {"flood", '"north shore"'}),
        ("flood OR drill", {"drill", "flood"}),
        ("flood -drill", {"-drill", "flood"}),
        ("flood November 26", {"November 26", "flood"}),
    ],
)
def test_each_word_can_be_left_away(text: str, left: set[str]) -> None:
    asked: list[SearchRequest] = []

    def count(request: SearchRequest) -> int:
        asked.append(request)
        return len(asked)

    ways_out(Links(request=SearchRequest(text)), {}, ["zzzz"], count, 8)
    texts = {" ".join(each.text.replace("OR", "").split()) for each in asked if each.match == "all"}
    assert texts == left


def test_ways_out_are_bounded() -> None:
    asked: list[SearchRequest] = []

    def count(request: SearchRequest) -> int:
        asked.append(request)
        return 0

    ten = SearchRequest("a b c d e f g h i j", agencies=("x", "y"), date_from="2020")
    assert ways_out(Links(request=ten), {}, [], count, 4) == ()
    assert len(asked) == 4 * 4


@pytest.mark.parametrize(
    ("text", "dropped", "rest"),
    [
        ("zzzz ferry date:March 2023", "“date:March 2023”", "zzzz ferry"),
        ("zzzz ferry date:from 2 to 5 May 2023", "“date:from 2 to 5 May 2023”", "zzzz ferry"),
        ("zzzz ferry agency:Board of Health", "“agency:Board of Health”", "zzzz ferry"),
        ("zzzz -ferry", "“-ferry”", "zzzz"),
        ("zzzz NOT ferry", "“NOT ferry”", "zzzz"),
    ],
)
def test_a_way_out_names_all_that_it_drops(text: str, dropped: str, rest: str) -> None:
    """A filter with all the words of its value, an exclusion with its sign."""
    agencies = [Agency("board-of-health", "Board of Health")]
    asked: list[str] = []

    def count(request: SearchRequest) -> int:
        asked.append(request.text)
        return int(request.text == rest)

    (way,) = ways_out(Links(request=SearchRequest(text)), {}, ["zzzz"], count, 8, agencies)
    assert way.text == f"Drop {dropped}"
    assert "zzzz ferry date:March" not in asked
