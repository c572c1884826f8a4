"""A desk's watch: its address, what it says of each search, its feeds."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from search import Engine, SearchRequest
from search.results import Recent
from tests.webapp.conftest import Page
from webapp.exports.atom import ATOM
from webapp.presenters.watch_page import DAYS, how_often, last_day
from webapp.site import wording
from webapp.site.languages import ENGLISH
from webapp.site.links import Links
from webapp.site.watch_addresses import MAX_SEARCHES, read_watch, watch_address

FLOOD, WATER = SearchRequest("flood"), SearchRequest(agencies=("water-board",), date_from="2021")
BOTH = "/watch?s=q%3Dflood&s=agency%3Dwater-board%26from%3D2021"


def test_each_search_has_what_its_own_page_says(page: Page, engine: Engine) -> None:
    soup = page(BOTH)
    first, second = soup.select(".watched article")
    for article, request in ((first, FLOOD), (second, WATER)):
        found = engine.search(request.changed(sort="newest", per_page=1))
        assert f"{found.total} releases" in article.get_text()
        newest = article.select_one(".newest a")
        assert newest
        assert newest.get_text() == found.hits[0].release.headline
        assert newest["href"] == Links().release(found.hits[0].release)
        link = article.select_one("h2 a")
        assert link
        assert link["href"] == Links().search(request.changed(sort="newest"))
    assert first.h2 is not None
    assert first.h2.get_text() == "flood"
    assert second.h2 is not None
    assert second.h2.get_text() == "By Water Board from 2021 onwards"


def test_a_feed_reader_tells_two_watches_apart(client: FlaskClient) -> None:
    for query, title in (
        ("s=q%3Dflood&s=agency%3Dwater-board", "Dateline: flood, By Water Board"),
        ("s=q%3Dferry", "Dateline: ferry"),
        ("", "Dateline: watch"),
    ):
        assert client.get(f"/watch.feed.json?{query}").get_json()["title"] == title
        for suffix in ("atom", "opml"):
            assert f"<title>{title}</title>" in client.get(f"/watch.{suffix}?{query}").text


def test_where_no_bars_are_drawn_none_are_explained(page: Page) -> None:
    for search, drawn in (("q%3Dnotice", True), ("q%3Dzzzz", False)):
        soup = page(f"/watch?s={search}")
        assert bool(soup.select(".spark")) == drawn
        assert ("Bars: releases per day" in soup.get_text()) == drawn


def test_bars_are_the_releases_of_the_last_days(page: Page, engine: Engine) -> None:
    until = last_day(engine.coverage())
    days = engine.recent(SearchRequest("notice"), until, DAYS).days
    assert any(days)
    bars = page("/watch?s=q%3Dnotice").select(".spark rect")
    assert [int(str(bar["x"])) // 4 for bar in bars] == [
        at for at, count in enumerate(days) if count
    ]


def test_what_is_new_is_said_until_it_is_marked_as_seen(page: Page, engine: Engine) -> None:
    new = [each.get_text() for each in page(BOTH + "&seen=2024-05").select(".watched .new")]
    assert new == [f"{engine.count(FLOOD)} new", f"{engine.count(WATER)} new"]
    assert page(BOTH).select(".watched .new") == []
    seen = page(BOTH).find("a", string="Mark everything as seen")
    assert seen
    after = page(str(seen["href"]))  # type: ignore[index]
    assert after.select(".watched .new") == []
    assert after.find("a", string="Mark everything as seen") is None


def test_a_search_is_added_by_words_or_address_and_taken_away(client: FlaskClient) -> None:
    for typed in (
        "agency=water-board&from=2021",
        "https://press.example/zh-hant/search?agency=water-board&from=2021&sort=oldest&page=2#x",
    ):
        added = client.get("/watch?s=q%3Dflood&" + urlencode({"add": typed}))
        assert (added.status_code, added.headers["Location"]) == (302, BOTH)
    assert client.get("/watch?s=flood&add=").headers["Location"] == "/watch?s=q%3Dflood"
    soup = BeautifulSoup(client.get(BOTH).text, "lxml")
    ways = [str(each["href"]) for each in soup.select(".ways a") if "Remove" in each.get_text()]
    assert ways == ["/watch?s=agency%3Dwater-board%26from%3D2021", "/watch?s=q%3Dflood"]
    hidden = [(each["name"], each["value"]) for each in soup.select("main form input[type=hidden]")]
    assert hidden == [("s", "q=flood"), ("s", "agency=water-board&from=2021")]


def test_the_feed_has_what_any_of_them_finds_once(client: FlaskClient, engine: Engine) -> None:
    wanted = {
        wording.headline(ENGLISH, hit.release)
        for request in (FLOOD, WATER)
        for hit in engine.every_hit(request, snippets=False)
    }
    feed = etree.fromstring(client.get(BOTH.replace("watch", "watch.atom")).data)
    titles = [each.text for each in feed.iter(f"{{{ATOM}}}title")][1:]
    summaries = [each.text for each in feed.iter(f"{{{ATOM}}}summary")]
    assert len(titles) == len(set(feed.xpath("//*[local-name()='entry']/*[1]/text()")))
    assert set(titles) == wanted
    assert {"flood", "By Water Board from 2021 onwards"} == {
        name for each in summaries for name in str(each).split(" · ")
    }
    items = json.loads(client.get(BOTH.replace("watch", "watch.feed.json")).data)["items"]
    assert [item["title"] for item in items] == titles


def test_a_feed_reader_imports_the_list(client: FlaskClient) -> None:
    answer = client.get(BOTH.replace("watch", "watch.opml"))
    outlines = etree.fromstring(answer.data).findall("body/outline")
    assert [each.get("text") for each in outlines] == ["flood", "By Water Board from 2021 onwards"]
    for each in outlines:
        address = str(each.get("xmlUrl")).removeprefix("https://press.example")
        assert client.get(address).mimetype == "application/atom+xml"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((0,) * 30, "none in 30 days"),
        ((1, *(0,) * 29), "1 in 30 days"),
        ((13, *(0,) * 29), "about 3 a week"),
        ((2,) * 30, "about 14 a week"),
        ((5,) * 30, "about 5 a day"),
    ],
)
def test_how_often_it_finds_something(days: tuple[int, ...], words: str) -> None:
    assert how_often(ENGLISH, Recent(sum(days), None, None, days)) == words


def test_searches_are_so_many_at_most(client: FlaskClient, page: Page) -> None:
    many = "/watch?" + "&".join(f"s=q%3Dw{number}" for number in range(MAX_SEARCHES + 1))
    soup = page(many)
    assert len(soup.select(".watched article")) == MAX_SEARCHES
    assert soup.select("input[name=add]") == []
    assert f"only the first {MAX_SEARCHES} count" in soup.select(".notices li")[0].get_text()
    assert client.get(many.replace("watch", "watch.atom")).status_code == 400


def test_results_lead_to_a_watch_of_their_search(page: Page) -> None:
    link = page("/search?q=flood&sort=oldest").find("a", string="Watch", rel="nofollow")
    assert link
    assert link["href"] == "/watch?s=q%3Dflood"  # type: ignore[index]
    assert page("/search").find("a", string="Watch", rel="nofollow") is None
    example = page("/watch").select_one("main p a")
    assert example
    assert len(page(str(example["href"])).select(".watched article")) > 1


@given(
    st.lists(st.text(max_size=30), max_size=4),
    st.lists(st.text("ab-%&=+ ", min_size=1, max_size=8), max_size=2),
    st.sampled_from([None, "2020", "20240503T100012Z"]),
)
def test_addresses_come_back_as_they_were_written(
    texts: list[str], slugs: list[str], seen: str | None
) -> None:
    pairs = [("s", urlencode({"q": text}, errors="replace")) for text in texts]
    pairs += [("s", urlencode([("agency", slug) for slug in slugs]))] if slugs else []
    asked = read_watch(urlencode([*pairs, *([("seen", seen)] if seen else [])])).asked
    written = watch_address(Links(), asked).partition("?")[2]
    again = read_watch(written)
    assert again.canonical, written
    assert again.asked == asked
    assert asked.seen == seen
