"""Which notices a page says: what was dropped, changed or guessed, and in which numbers."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from index.facet_table import facet_of_column
from search.query.notices import notice
from tests.webapp.press_room import press_room, write
from webapp import create_app
from webapp.presenters.notice_view import is_news
from webapp.site import wording
from webapp.site.languages import ENGLISH


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("notices") / "index"
    write(folder, press_room(), (facet_of_column("topic"),))
    return create_app({"index": str(folder)}).test_client()


@pytest.mark.parametrize(
    "meant",
    [
        "-ferry", "ferry -clinic", "ferry OR clinic", "topic:Floods", "topic:floods",
        'topic:"Health & food"', "agency:water-board", 'agency:"Water Board"',
    ],
)  # fmt: skip
def test_nothing_is_said_of_what_was_meant(reader: FlaskClient, meant: str) -> None:
    page = BeautifulSoup(reader.get("/search", query_string={"q": meant}).text, "lxml")
    assert page.select(".hits article"), meant
    assert not page.select(".notices"), meant


@pytest.mark.parametrize("guessed", ["topic:food", "agency:water", "NOT", "ferry AND"])
def test_what_was_guessed_or_dropped_is_said(reader: FlaskClient, guessed: str) -> None:
    page = BeautifulSoup(reader.get("/search", query_string={"q": guessed}).text, "lxml")
    assert page.select(".notices"), guessed


def test_a_list_says_below_it_what_it_folds() -> None:
    assert not is_news(notice("copies-folded", 2))
    assert not is_news(notice("languages-folded", 2))


def test_counts_have_commas_and_words_have_none() -> None:
    said = notice("filters-exclude", 7386)
    assert said.text == "Matches without the filters: 7,386."
    assert said.values == ("7386",)
    assert wording.notice_in_words(ENGLISH, said) == said.text
    assert "“2006”" in wording.notice_in_words(ENGLISH, notice("words-unknown", 2006))
