"""Marks and snippets: escaped first, marked by what really matched, cut on words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kernel import switched_off
from index.release import Release
from search import Hit, SearchRequest
from search.query.parser import parse_query
from search.show.fragments import FRAGMENT_LENGTH, MAX_FRAGMENTS
from search.show.highlighter import MAX_ANALYSED, FieldHighlighter, Highlighter
from search.show.spans import FieldPhrase, FieldQuery
from tests.search.search_corpus import Opened, bare, make
from tests.timing import HOSTILE_RATIO, processor_time

FILLER = "The pier is long and the sea is wide on most days of the year. "


@pytest.fixture(params=["compiled", "plain"], autouse=True)
def _loops(request: pytest.FixtureRequest) -> Iterator[None]:
    """Everything twice: with the compiled loops, where they were built, and without."""
    with nullcontext() if request.param == "compiled" else switched_off():
        yield


def marks(html: str) -> list[str]:
    return [unescape(each) for each in re.findall(r"<mark>(.*?)</mark>", html)]


def only_hit(opened: Opened, release: Release, text: str) -> Hit:
    return opened([release]).search(SearchRequest(text)).hits[0]


@pytest.mark.parametrize(
    ("body", "typed", "expected"),
    [
        ("Floods and a flooded road.", "flood", ["Floods", "flooded"]),
        ("Flood, flooded.", "=flood", ["Flood"]),
        ("We co-ordinate and coordinate.", "coordinate", ["co-ordinate", "coordinate"]),
        ("We co-ordinate and coordinate.", "co-ordinated", ["co-ordinate", "coordinate"]),
        ("R&D, and an R.", "R&D", ["R&D"]),
        ("The U.S. delegation.", "U.S.", ["U.S."]),
        ("Opens on November 26, or 26 days later.", "11月26日", ["November 26"]),
        ("市集於十一月二十六日舉行", "11月26日", ["十一月二十六日"]),
        ("衞生署公布衞生事項", "卫生署", ["衞生署"]),
        ("衞生署公布", "生", ["生"]),
        ("Ferries, ferrymen, a fer.", "ferr*", ["Ferries", "ferrymen"]),
        ("A ferry and a fery.", "fery~", ["ferry", "fery"]),
        ("National security, security of the nation, national.", '"national security"',
         ["National security"]),
        ("National harbour security.", '"national security"~2', ["National", "security"]),
        ("A tax, not a levy.", "tax -coin", ["tax"]),
        ("A tax or a levy.", "tax OR levy", ["tax", "levy"]),
        ("A tax of 2023.", "tax date:none", ["tax"]),
    ],
)  # fmt: skip
def test_marks_what_matched_and_nothing_else(
    opened: Opened, body: str, typed: str, expected: list[str]
) -> None:
    release = make("one", "Headline", body, language="zh-Hant" if "衞" in body else "en")
    hit = only_hit(opened, release, typed)
    assert marks(hit.snippets[0]) == expected


def test_marks_the_headline_whole_and_the_fields_apart(opened: Opened) -> None:
    release = make("one", "Ferry tax " + "x" * 300 + " ends", "The ferry. The tax.")
    hit = only_hit(opened, release, "headline:tax body:ferry")
    assert marks(hit.headline_html) == ["tax"]
    assert bare(hit.headline_html) == release.headline
    assert marks(hit.snippets[0]) == ["ferry"]


def test_markup_in_a_release_stays_text(opened: Opened) -> None:
    release = make("one", "<script>alert('tax')</script>", 'A <mark>tax</mark> & <b>"more"</b>')
    engine = opened([release])
    hit = engine.search(SearchRequest("tax")).hits[0]
    [(headline, body)] = engine.marked([release], SearchRequest("tax"))
    for html, text in (
        (hit.headline_html, release.headline),
        (hit.snippets[0], release.body),
        (headline, release.headline),
        (body, release.body),
    ):
        assert re.findall("<(?!/?mark>)", html) == []
        assert bare(html) == text


def test_two_words_far_apart_give_a_snippet_each(opened: Opened) -> None:
    body = FILLER * 9 + "A new ferry sails. " + FILLER * 9 + "The tax is low. " + FILLER * 9
    snippets = only_hit(opened, make("one", "News", body), "ferry tax").snippets
    assert [marks(each) for each in snippets] == [["ferry"], ["tax"]]


def test_a_word_in_two_places_gives_two_snippets(opened: Opened) -> None:
    body = "A new ferry sails. " + FILLER * 9 + "The ferry is red. " + FILLER * 9
    snippets = only_hit(opened, make("one", "News", body), "ferry").snippets
    assert [marks(each) for each in snippets] == [["ferry"], ["ferry"]]
    assert snippets[0].startswith("A new <mark>ferry</mark>")
    assert snippets[1].startswith("The <mark>ferry</mark>")


def test_a_rare_word_is_shown_even_if_a_frequent_one_is_everywhere(opened: Opened) -> None:
    body = ("The ferry sails. " + FILLER) * 30 + "The tax is low. " + FILLER * 3
    snippets = only_hit(opened, make("one", "News", body), "ferry tax").snippets
    assert len(snippets) == MAX_FRAGMENTS
    assert "tax" in {word for each in snippets for word in marks(each)}


def test_a_short_body_is_shown_whole_without_an_ellipsis(opened: Opened) -> None:
    hit = only_hit(opened, make("one", "News", "The ferry\n\nsails   today."), "ferry")
    assert hit.snippets == ("The <mark>ferry</mark> sails today.",)


def test_the_opening_stands_in_when_the_match_is_elsewhere(opened: Opened) -> None:
    body = (
        "FOR IMMEDIATE RELEASE\nContact: A. Clerk, 555 0100\npress@pier.example\n"
        "Pier Town, 26 June\n\nThe council met. " + FILLER * 9
    )
    hit = only_hit(opened, make("one", "Ferry", body), "ferry")
    assert len(hit.snippets) == 1
    assert hit.snippets[0].startswith("The council met. The pier")
    assert hit.snippet_lines == (5,)


def test_an_empty_body_gives_no_snippet(opened: Opened) -> None:
    assert only_hit(opened, make("one", "Ferry", ""), "ferry").snippets == ()


WORDY = st.lists(
    st.sampled_from(["ferry", "taxes", "a", "harbours.", "\n\n", "海港", "稅"]), max_size=400
)


@given(WORDY.map(" ".join), st.sampled_from(["ferry tax", '"a ferry"', "海港", "harbour"]))
def test_snippets_are_fragments_of_the_body_cut_on_words(body: str, typed: str) -> None:
    highlighter = Highlighter(parse_query(SearchRequest(typed)).query)
    release = make("one", "News", body)
    folded = " ".join(body.split())
    snippets = [each.html for each in highlighter.snippets(release).shown]
    assert len(snippets) <= MAX_FRAGMENTS
    for snippet in snippets:
        text = bare(snippet).removeprefix("… ").removesuffix(" …")
        assert text in folded
        assert len(text) <= FRAGMENT_LENGTH * 1.5
        assert set(text.split()) <= set(folded.split()) | set("海港稅")
    words = [word.rstrip(".") for word in folded.split()]
    assert bare(highlighter.body(release)) == body
    if typed == "harbour" and "harbours" in words:
        assert any(marks(snippet) for snippet in snippets)


@pytest.mark.parametrize(
    "body",
    [
        "ferry " * 200_000,
        "ferry" * 200_000,
        "<" * 500_000,
        "a" * 200_000 + " ferry",
        "海" * 300_000,
    ],
)
def test_very_long_bodies_are_looked_at_in_part(body: str) -> None:
    highlighter = Highlighter(parse_query(SearchRequest('ferry "ferry ferry" 海海海')).query)
    for snippet in highlighter.snippets(make("one", "News", body)).shown:
        assert len(bare(snippet.html)) < FRAGMENT_LENGTH * 2
    ordinary = ("The ferry said so. " * 65_000)[: len(body)]

    def cost(text: str) -> float:
        return processor_time(lambda: highlighter.snippets(make("one", "News", text)), runs=2)

    assert cost(body) < HOSTILE_RATIO * cost(ordinary)  # measured: 30 times, without spaces


def test_marks_end_where_the_analysed_part_ends() -> None:
    release = make("one", "News", "x " * (MAX_ANALYSED // 2) + "ferry")
    html = Highlighter(parse_query(SearchRequest("ferry")).query).body(release)
    assert marks(html) == []
    assert html == release.body


@pytest.mark.parametrize("loops", [nullcontext, lambda: switched_off("find_spans")])
def test_each_phrase_is_looked_for_within_the_time(loops: Callable[[], Any]) -> None:
    looks = []
    query = FieldQuery(phrases=[FieldPhrase(("ferri", f"w{at}"), 1, at) for at in range(5)])
    with loops():
        FieldHighlighter(query, lambda: looks.append(1)).whole("A ferry leaves.", "en")
    assert len(looks) == 5


def test_a_phrase_that_ends_in_a_day_is_marked() -> None:
    """Its first words are found by themselves; the day is not in any one raw token."""
    query = FieldQuery(phrases=[FieldPhrase(("co", "ordin", "--11-26"), 1, 4)])
    html = FieldHighlighter(query).whole("1,200 O’Brien’sferry co-ordinate十一月二十六日", "en")
    assert marks(html) == ["co-ordinate十一月二十六日"]
