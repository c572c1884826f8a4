"""Marks between what we put together ourselves are those of the page's language."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.webapp.conftest import Page

PAGES = [
    "/", "/search?q=flood", "/search?q=flood&explain=1", "/search?q=zzzz&agency=water-board",
    "/agency/water-board", "/2023", "/2023/06", "/trends?q=flood&q=ferry", "/first?q=flood",
    "/concordance?q=flood", "/watch?s=q%3Dflood&s=q%3Dferry", "/help", "/terms?agency=water-board",
    "/release/typhoon-0/quote/1", "/search?q=flood+zzzz", "/nothing",
]  # fmt: skip
AMONG_CHINESE = re.compile(r"[\u3400-\u9fff」）][:,;.?!]( |$)|[:,;] [\u3400-\u9fff「]")


def own_texts(soup: BeautifulSoup) -> list[str]:
    """What a page says itself: no words of releases, nothing typed, no code, no citations."""
    for tag in soup.select("html [lang], code, pre, script, bdi, .cited, .plain-citation"):
        tag.clear()
    marked = [str(tag.get("aria-label", "")) for tag in soup.find_all(attrs={"aria-label": True})]
    return [*map(str, soup.find_all(string=True)), *marked]


@pytest.mark.parametrize("prefix", ["/zh-hant", "/zh-hans"])
@pytest.mark.parametrize("path", PAGES)
def test_between_chinese_words_stand_chinese_marks(
    client: FlaskClient, prefix: str, path: str
) -> None:
    response = client.get(prefix + path, follow_redirects=True)
    texts = own_texts(BeautifulSoup(response.text, "lxml"))
    assert len(texts) > 20
    assert [each for each in texts if AMONG_CHINESE.search(" ".join(each.split()))] == []


def test_on_paper_close_matches_are_called_so(page: Page) -> None:
    """It said “Releases 1 to 10 / No results.”"""
    soup = page("/search?q=flood+zzzz")
    (line,) = soup.select(".printed")
    (loosened,) = soup.select("#loosened")
    assert loosened.get_text() in line.get_text()
    assert "No results" not in line.get_text()
