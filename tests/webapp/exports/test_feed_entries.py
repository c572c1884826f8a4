"""Feeds of a search: valid Atom and JSON Feed, newest first, bounded, safe without dates."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from index.release import UNATTRIBUTED, Agency, Release
from index.stores.folder import FolderStore
from index.stores.stored_release import stored_release
from search import Engine, Hit
from tests.webapp.press_room import FIRST_INDEXED, by_id, press_room, write
from webapp import create_app
from webapp.exports.atom import ATOM, atom_feed
from webapp.exports.feed_entries import Feed
from webapp.exports.json_feed import json_feed
from webapp.site.links import Links

RELEASES = by_id()
QUERIES = ["", "q=flood", "q=flood&agency=water-board&agency=x-script", "undated=1", "q=zzzz"]
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
URI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]*\Z", re.IGNORECASE)
MANY = {"link", "author", "contributor", "category", "entry"}
FEED_CHILDREN = {
    "author", "category", "contributor", "generator", "icon", "id", "link", "logo", "rights",
    "subtitle", "title", "updated", "entry",
}  # fmt: skip
ENTRY_CHILDREN = {
    "author", "category", "content", "contributor", "id", "link", "published", "rights", "source",
    "summary", "title", "updated",
}  # fmt: skip
FEED = Feed(
    "All",
    "https://press.example/search",
    "https://press.example/f",
    "soon",
)
LINKS = Links(root="https://press.example")


def name(element: Any) -> str:
    found = etree.QName(element)
    assert found.namespace == ATOM
    return str(found.localname)


def check_atom(data: bytes) -> Any:
    """The rules of RFC 4287, section 4, that a feed like ours can break."""
    feed = etree.fromstring(data)
    assert name(feed) == "feed"
    _check_container(feed, FEED_CHILDREN)
    links = [link for link in feed if name(link) == "link"]
    assert [link.get("rel") for link in links].count("self") == 1
    assert [(link.get("rel"), link.get("type")) for link in links].count(
        ("alternate", "text/html")
    ) == 1
    ids = []
    for entry in feed.iterfind("{*}entry"):
        _check_container(entry, ENTRY_CHILDREN)
        assert [name(child) for child in entry].count("author") == 1
        assert [link.get("rel") for link in entry.iterfind("{*}link")].count("alternate") == 1
        ids.append(entry.findtext("{*}id"))
    assert len(set(ids)) == len(ids)
    return feed


def _check_container(element: Any, allowed: set[str]) -> None:
    names = [name(child) for child in element]
    assert set(names) <= allowed
    assert {"id", "title", "updated"} <= set(names)
    assert all(names.count(each) == 1 for each in set(names) - MANY)
    assert URI.match(element.findtext("{*}id"))
    for each in ("updated", "published"):
        for moment in element.iterfind(f"{{*}}{each}"):
            assert RFC_3339.fullmatch(moment.text)
            datetime.fromisoformat(moment.text)
    for link in element.iterfind("{*}link"):
        assert URI.match(link.get("href")), link.get("href")
    for text in (*element.iterfind("{*}title"), *element.iterfind("{*}summary")):
        assert text.get("type", "text") in ("text", "html")
        assert len(text) == 0
    for person in element.iterfind("{*}author"):
        assert [name(child) for child in person].count("name") == 1
    for category in element.iterfind("{*}category"):
        assert category.get("term")


def check_json_feed(text: str) -> dict[str, Any]:
    """The rules of JSON Feed 1.1."""
    feed = json.loads(text)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(feed["title"], str)
    assert isinstance(feed["items"], list)
    allowed = {"version", "title", "home_page_url", "feed_url", "language", "items"}
    assert set(feed) <= allowed
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item["id"]
        assert item.get("content_html") or item.get("content_text")
        assert URI.match(item["url"])
        if "date_published" in item:
            assert RFC_3339.fullmatch(item["date_published"])
        for author in item.get("authors", []):
            assert set(author) & {"name", "url", "avatar"}
        assert all(isinstance(tag, str) for tag in item.get("tags", []))
        assert None not in item.values()
    ids = [item["id"] for item in feed["items"]]
    assert len(set(ids)) == len(ids)
    return feed  # type: ignore[no-any-return]


@pytest.mark.parametrize("query", QUERIES)
def test_the_feeds_of_a_search_are_valid_and_hold_the_same(client: FlaskClient, query: str) -> None:
    atom = check_atom(client.get(f"/search.atom?{query}").data)
    feed = check_json_feed(client.get(f"/search.feed.json?{query}").get_data(as_text=True))
    assert [item["id"] for item in feed["items"]] == [
        entry.findtext("{*}id") for entry in atom.iterfind("{*}entry")
    ]
    assert feed["title"] == atom.findtext("{*}title")
    assert len(feed["items"]) == client.get(f"/search.json?{query}").get_json()["total"]


def test_a_feed_is_newest_first_and_what_has_no_date_comes_last(client: FlaskClient) -> None:
    feed = client.get("/search.feed.json?sort=oldest").get_json()
    dates = [item.get("date_published") for item in feed["items"]]
    dated = [datetime.fromisoformat(each) for each in dates if each]
    assert dated == sorted(dated, reverse=True)
    assert dates[-1] is None
    assert len(dates) == len(RELEASES)


def test_titles_say_words_and_filters(client: FlaskClient) -> None:
    title = client.get("/search.feed.json?q=flood&agency=water-board&language=en").get_json()[
        "title"
    ]
    assert title == "Dateline: releases for “flood” by Water Board in English"
    assert client.get("/search.feed.json").get_json()["title"] == "Dateline: all releases"
    chinese = client.get("/zh-hant/search.feed.json?q=flood").get_json()
    assert chinese["language"] == "zh-Hant"
    assert urlsplit(chinese["items"][0]["url"]).path.startswith("/zh-hant/release/")


def test_the_page_offers_feeds_without_fixed_dates(client: FlaskClient) -> None:
    soup = BeautifulSoup(client.get("/search?q=flood&from=2021&to=2022&sort=oldest").text, "lxml")
    offered = {
        str(link["type"]): str(link["href"])
        for link in soup.select("head link[rel=alternate][type]")
    }
    assert offered["application/atom+xml"] == "/search.atom?q=flood"
    assert offered["application/feed+json"] == "/search.feed.json?q=flood"
    taken = [str(link["href"]) for link in soup.select(".take a")]
    assert "/search.csv?q=flood&from=2021&to=2022&sort=oldest" in taken
    assert {"/search.atom?q=flood", "/search.feed.json?q=flood"} <= set(taken)
    dated = client.get("/search.feed.json?q=flood&from=2021&to=2021").get_json()
    assert {item["date_published"][:4] for item in dated["items"]} == {"2021"}


def test_feeds_are_bounded(index_folder: Path) -> None:
    client = create_app({"index": str(index_folder), "feed_items": 3}).test_client()
    assert len(client.get("/search.feed.json").get_json()["items"]) == 3
    assert len(check_atom(client.get("/search.atom").data).findall("{*}entry")) == 3


def test_a_feed_that_did_not_change_is_not_sent_again(tmp_path: Path) -> None:
    write(tmp_path / "index", press_room()[:5])
    client = create_app({"index": str(tmp_path / "index")}).test_client(use_cookies=False)
    tags = {}
    for address in ("/search.atom", "/search.feed.json", "/sitemap.xml", "/release/R001.bib"):
        tags[address] = client.get(address).headers["ETag"]
        again = client.get(address, headers={"If-None-Match": tags[address]})
        assert (again.status_code, again.data) == (304, b"")
    write(tmp_path / "index", press_room()[5:6])
    for address, tag in tags.items():
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(anything, anything, anything, st.none() | anything)
def test_any_release_makes_valid_feeds(
    text: str, other: str, when: str, issued: str | None
) -> None:
    release = Release(
        id=text, headline=other, body="", url="https://e.example/" + text, issued_at=issued,
        agency=Agency("a", other), language=text,
    )  # fmt: skip
    hit = Hit(release, "", (), None, when or FIRST_INDEXED)
    check_atom(atom_feed(LINKS, [hit], FEED))
    check_json_feed(json_feed(LINKS, [hit], FEED))


def entry(
    issued_at: str | None = None, day: str | None = None, snippets: tuple[str, ...] = ()
) -> Hit:
    release = Release(
        id="R1", headline="Ferries <b>&amp; piers</b>", body="", url="https://e.example/1",
        agency=Agency("a", "Office"), language="en", issued_at=issued_at, date=day,
        date_precision="day" if day else "none",
    )  # fmt: skip
    return Hit(release, "", snippets, None, "2024-06-01T08:00:00+08:00")


@pytest.mark.parametrize(
    ("hit", "published"),
    [
        (entry("2023-11-05T10:30:00+08:00", "2023-11-05"), "2023-11-05T10:30:00+08:00"),
        (entry(None, "2023-11-05"), "2023-11-05T00:00:00Z"),
        (entry("yesterday", "2023-11-05"), "2023-11-05T00:00:00Z"),
        (entry(), None),
    ],
)
def test_an_entry_is_published_when_issued_and_updated_when_it_came_or_changed(
    hit: Hit, published: str | None
) -> None:
    changed = hit._replace(changed="2024-07-01T08:00:00+00:00", changes=2)
    for each, updated in ((hit, "2024-06-01T08:00:00+08:00"), (changed, "2024-07-01T08:00:00Z")):
        found = check_atom(atom_feed(LINKS, [each], FEED)).find("{*}entry")
        assert found.findtext("{*}updated") == updated
        assert found.findtext("{*}published") == published
        related = [link.get("href") for link in found.iterfind("{*}link[@rel='related']")]
        assert related == ["https://press.example/release/R1/changes"] * bool(each.changes)
        (item,) = check_json_feed(json_feed(LINKS, [each], FEED))["items"]
        assert item["date_modified"] == updated
        assert item.get("date_published") == published


def test_a_feed_is_in_the_order_of_arrival_and_no_late_one_is_missed(tmp_path: Path) -> None:
    """A release of 1990 that comes after those of 2023, and a run that brings more than a page."""
    folder = tmp_path / "index"
    with FolderStore(folder).writing():
        FolderStore(folder).apply((), [
            stored_release(Release(id=f"r{day}", headline="Drill", body=f"Day {day}.",
                                   date=f"2023-06-{day:02}", date_precision="day"), FIRST_INDEXED)
            for day in range(1, 8)
        ])  # fmt: skip
        late = Release(id="late", headline="Drill", body="Old.", date="1990-01-01")
        FolderStore(folder).apply((), [stored_release(late, "2031-01-01T00:00:00+00:00")])
    client = create_app({"index": str(folder), "feed_items": 3}).test_client()
    ids, address = [], "/search.atom?q=drill"
    while address:
        feed = check_atom(client.get(address).data)
        ids += [entry.find("{*}link").get("href").split("/")[-2] for entry in
                feed.iterfind("{*}entry")]  # fmt: skip
        following = feed.find("{*}link[@rel='next']")
        address = "" if following is None else following.get("href")
    assert ids == ["late", *(f"r{day}" for day in range(7, 0, -1))]
    first = check_atom(client.get("/search.atom?q=drill").data)
    assert first.findtext("{*}updated") == "2031-01-01T00:00:00Z"
    items = client.get("/search.feed.json?q=drill").get_json()
    assert items["next_url"].endswith("/search.feed.json?q=drill&page=2")


@pytest.mark.parametrize(
    ("changed", "updated"),
    [
        ("2024-06-01T08:00:00Z", "2024-06-01T08:00:00Z"),
        ("2024-06-01T08:00:00.123456+00:00", "2024-06-01T08:00:00Z"),
        ("2024-06-01T08:00:00+08:00", "2024-06-01T08:00:00+08:00"),
        ("2024-06-01T08:00:00", "2024-06-01T08:00:00Z"),
        ("soon", "1970-01-01T00:00:00Z"),
        (None, "1970-01-01T00:00:00Z"),
    ],
)
def test_a_feed_is_of_when_the_index_last_changed(changed: str | None, updated: str) -> None:
    feed = check_atom(atom_feed(LINKS, [entry(None, "2031-01-01")], replace(FEED, updated=changed)))
    assert feed.findtext("{*}updated") == updated


def test_the_feed_of_a_site_says_when_its_latest_entry_came(
    client: FlaskClient, engine: Engine
) -> None:
    changed = datetime.fromisoformat(engine.coverage().updated or "").replace(microsecond=0)
    for query in QUERIES:
        feed = check_atom(client.get(f"/search.atom?{query}").data)
        came = datetime.fromisoformat(FIRST_INDEXED) if feed.find("{*}entry") is not None else None
        assert datetime.fromisoformat(feed.findtext("{*}updated")) == (came or changed)


def test_a_headline_that_stands_for_the_text_is_written_as_text() -> None:
    """`content_html` is markup, a title is not; so are Atom's summary and title."""
    bare, cut = entry(), entry(snippets=("the <mark>pier</mark> &amp; quay", "and more"))
    feed = check_json_feed(
        json_feed(LINKS, [bare, cut._replace(release=replace(cut.release, id="2"))], FEED)
    )
    shown = [item["content_html"] for item in feed["items"]]
    assert shown == [
        "<p>Ferries &lt;b&gt;&amp;amp; piers&lt;/b&gt;</p>",
        "<p>the <mark>pier</mark> &amp; quay</p><p>and more</p>",
    ]
    assert [item["title"] for item in feed["items"]] == ["Ferries <b>&amp; piers</b>"] * 2
    found = check_atom(atom_feed(LINKS, [cut], FEED)).find("{*}entry")
    assert found.findtext("{*}title") == "Ferries <b>&amp; piers</b>"
    assert found.find("{*}title").get("type", "text") == "text"
    assert found.find("{*}summary").get("type") == "html"
    assert found.findtext("{*}summary") == "the <mark>pier</mark> &amp; quay and more"


@pytest.mark.parametrize(
    ("language", "stated"),
    [("en", "en"), ("zh-Hant", "zh-Hant"), ("und", None), ('en" onload="x', None), ("", None)],
)
def test_an_entry_states_a_language_that_is_known_and_is_one(
    language: str, stated: str | None
) -> None:
    hit = entry()._replace(release=replace(entry().release, language=language))
    data = atom_feed(LINKS, [hit], FEED)
    assert data.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    (found,) = check_atom(data).iterfind("{*}entry")
    assert found.get("{http://www.w3.org/XML/1998/namespace}lang") == stated


def test_entries_are_filed_under_their_agency_unless_nobody_is_known() -> None:
    unknown = entry()._replace(release=replace(entry().release, agency=UNATTRIBUTED))
    for hit, filed in ((entry(), [("a", "Office")]), (unknown, [])):
        (found,) = check_atom(atom_feed(LINKS, [hit], FEED)).iterfind("{*}entry")
        assert [(c.get("term"), c.get("label")) for c in found.iterfind("{*}category")] == filed
        (item,) = check_json_feed(json_feed(LINKS, [hit], FEED))["items"]
        assert item.get("tags", []) == [label for _, label in filed]
