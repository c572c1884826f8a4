"""Titles of windows: by them people find a page among tabs, bookmarks and in their history."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from index.release import Agency, Release, Translation
from tests.webapp.press_room import press_room, write
from webapp import create_app

SEVERAL = [
    ["/search", "/search?page=2", "/search?page=3"],
    ["/search?q=flood", "/search?q=flood&page=2", "/search?q=flood&from=2022"],
    ["/agency/water-board", "/agency/water-board?page=2"],
    ["/2023", "/2023/06"],
    ["/concordance?q=flood", "/concordance?q=flood&from=2022", "/concordance?q=flood&page=2"],
    ["/first?q=flood", "/first?q=flood&from=2022", "/first?q=flood&agency=water-board"],
    ["/release/typhoon-0/quote/1", "/release/typhoon-0/quote/2", "/release/typhoon-0"],
    [
        "/compare?release=typhoon-0&release=typhoon-1",
        "/compare?release=typhoon-0&release=typhoon-2",
    ],
    ["/terms", "/terms?agency=water-board", "/terms?agency=water-board&from=2022"],
]


def title_at(client: FlaskClient, address: str) -> str:
    soup = BeautifulSoup(client.get(address, follow_redirects=True).text, "lxml")
    assert soup.title
    return soup.title.get_text()


@pytest.mark.parametrize("prefix", ["", "/zh-hant", "/zh-hans"])
@pytest.mark.parametrize("addresses", SEVERAL, ids=lambda each: each[0])
def test_pages_that_differ_have_titles_that_differ(
    client: FlaskClient, prefix: str, addresses: list[str]
) -> None:
    titles = [title_at(client, prefix + each) for each in addresses]
    assert len(set(titles)) == len(titles), titles
    for title in titles:
        assert title == " ".join(title.split())
        assert not title[0].islower(), title
        if prefix:
            # Between Chinese words our own colons and commas are those of Chinese.
            assert not re.search(r"[\u3400-\u9fff][:,]|[:,] [\u3400-\u9fff]", title), title


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("agency=water-board", "By Water Board: "),
        ("from=2022&to=2022", "In 2022: "),
        ("undated=1", "Without a known year: "),
        ("language=zh-Hant", "In Traditional Chinese: "),
        ("q=flood&from=2022&to=2022", "“flood” in 2022: "),
        ("q=flood+ferry&match=any", "any of “flood ferry”: "),
        ("", "All releases: "),
    ],
)
def test_a_title_begins_with_what_was_asked_for(
    client: FlaskClient, query: str, title: str
) -> None:
    assert title_at(client, f"/search?{query}").startswith(title)


def test_the_feed_of_a_filter_is_called_in_a_whole_sentence(client: FlaskClient) -> None:
    for query, title in (
        ("undated=1", "Dateline: releases without a known year"),
        ("changed=1", "Dateline: releases changed here"),
        ("q=flood&changed=1", "Dateline: releases for “flood” changed here"),
    ):
        assert client.get(f"/search.feed.json?{query}").get_json()["title"] == title


def test_one_release_of_several_is_named_as_one(tmp_path: Path) -> None:
    """Two languages of a release are one result: the page said “The latest 1 releases”."""
    english, chinese = "https://a.example/e", "https://a.example/c"
    made = [
        Release(id=tag, headline=headline, body=body, date="2024-01-02", date_precision="day",
                language=tag, agency=Agency("a", "A"), url=here, translations=(Translation(other, there),))
        for tag, headline, body, here, other, there in (
            ("en", "A toll", "The toll is one dollar.", english, "zh-Hant", chinese),
            ("zh-Hant", "收費", "收費一元。", chinese, "en", english),
        )
    ]  # fmt: skip
    write(tmp_path, made)
    client = create_app({"index": str(tmp_path)}).test_client()
    for address in ("/agency/a", "/2024/01/02"):
        soup = BeautifulSoup(client.get(address).text, "lxml")
        heading = soup.find(id="releases")
        assert heading
        assert heading.get_text() == "The latest release"
        assert "1 releases" not in soup.get_text()
        assert "All 2 releases" in soup.get_text()


def test_what_is_shown_whole_is_not_offered_again(client: FlaskClient) -> None:
    dates = [each.date for each in press_room() if each.date and len(each.date) == 10]
    once = next(each for each in dates if dates.count(each) == 1)
    page = client.get("/" + once.replace("-", "/")).text
    assert "1 release" in page
    assert "All 1 release" not in page
