"""The first page, and those of agencies and dates."""

from __future__ import annotations

from pathlib import Path

import feedparser
import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from index.release import Agency, Release
from search import Engine
from search.count.timeline import dates_between
from tests.webapp.conftest import Page
from tests.webapp.press_room import press_room, write
from webapp import create_app

RELEASES = press_room()


def test_the_first_page_says_what_is_covered(page: Page, engine: Engine) -> None:
    soup = page("/")
    lead = soup.select_one(".lead")
    assert lead
    assert lead.get_text() == (
        f"{len(RELEASES)} releases from 5 agencies, 1 January 2021 to 24 December 2023"
    )
    assert soup.find("time", datetime=engine.coverage().updated)
    years = [row.get_text(" ", strip=True).split() for row in soup.select("table.bars tbody tr")][
        :3
    ]
    by_year = {str(year): 0 for year in (2021, 2022, 2023)}
    for release in RELEASES:
        if release.date and release.date[:4] in by_year:
            by_year[release.date[:4]] += 1
    assert {year: int(count) for year, count in years} == by_year
    assert [year for year, _ in years] == ["2023", "2022", "2021"]


def test_browse_pages_list_what_the_data_has(page: Page) -> None:
    june = [each for each in RELEASES if (each.date or "").startswith("2023-06")]
    soup = page("/2023/06")
    assert len(soup.select(".found ol.hits > li")) == len(june)
    water = [each for each in RELEASES if each.agency.slug == "water-board"]
    lead = page("/agency/water-board").select_one(".lead")
    assert lead
    assert lead.get_text().startswith(f"{len(water)} releases.")
    listed = page("/agencies").select(".groups li")
    counts = {str(item.find("a")["href"]): item.select_one(".number").get_text() for item in listed}  # type: ignore[index,union-attr]
    assert counts["/agency/water-board"] == str(len(water))


@pytest.mark.parametrize("prefix", ["", "/zh-hant"])
def test_a_feed_reader_finds_what_it_can_follow(
    page: Page, client: FlaskClient, prefix: str
) -> None:
    """At the address of the site everything; at a release's what its agency issues."""
    release = next(each for each in RELEASES if each.agency.slug == "water-board")
    for path, query in (("/", ""), (f"/release/{release.id}", "agency=water-board")):
        soup = BeautifulSoup(client.get(prefix + path, follow_redirects=True).text, "lxml")
        offered = soup.select_one("head link[rel=alternate][type='application/atom+xml']")
        assert offered
        feed = feedparser.parse(client.get(str(offered["href"])).data)
        wanted = client.get(f"{prefix}/search.atom?{query}").data
        assert [each.id for each in feed.entries] == [
            each.id for each in feedparser.parse(wanted).entries
        ]
        assert feed.feed.link.startswith(f"https://press.example{prefix}/search")
    home = page(prefix + "/")
    assert home.title
    assert home.title.get_text() != "Dateline"
    assert home.select_one(f"main a[href='{prefix}/search.atom']")


def test_years_ahead_of_today_stand_in_no_list_of_years(tmp_path: Path) -> None:
    """A wrong year would stand above all others, with every year between."""
    dated = ("2024-01-02", "2024-03-04", "9990-01-01", "9998-01-01", None)
    write(
        tmp_path,
        [
            Release(id=f"r{place}", headline="A toll", body=f"Toll of {day}.", date=day,
                    date_precision="day" if day else "none", language="en", agency=Agency("a", "A"))
            for place, day in enumerate(dated)
        ],
    )  # fmt: skip
    client = create_app({"index": str(tmp_path)}).test_client()
    home, agency = (
        BeautifulSoup(client.get(address).text, "lxml") for address in ("/", "/agency/a")
    )
    labels = [each.get_text(strip=True) for each in home.select("table.bars tbody th")]
    assert labels == ["2024", "A"]
    rows = agency.select("table.bars tbody tr")
    said = [each.get_text(" ", strip=True) for each in rows]
    assert said == ["2024 2", "Dated in the future 2", "Undated 1"]
    for row, count in zip(rows, (2, 2, 1), strict=True):
        link = row.find("a")
        assert link
        there = BeautifulSoup(client.get(str(link["href"])).text, "lxml")
        assert there.h1
        assert there.h1.get_text() == ("1 release" if count == 1 else f"{count} releases")


def test_months_whose_releases_may_be_missing_are_said(tmp_path: Path) -> None:
    """On the page of the agency, on the first one, and where a search of the agency finds nothing:
    it may be there that the release is missing which somebody looks for."""
    monthly = [each for each in dates_between("2020-01", "2021-12") if each[:7] != "2021-02"]
    releases = [
        Release(id=f"{office.slug}-{month}-{day}", headline="A toll", body="Of the bridge.",
                date=f"{month}-{day:02}", date_precision="day", language="en", agency=office)
        for office in (Agency("steady", "Steady"), Agency("rare", "Rare"))
        for month in monthly
        for day in range(1, 16 if office.slug == "steady" else 2)
    ]  # fmt: skip
    write(tmp_path, releases)
    client = create_app({"index": str(tmp_path)}).test_client()
    said = "We hold nothing from February 2021; releases may be missing."
    nothing = "/search?q=zzzz"
    of_agency = [f"{nothing}&agency={slug}" for slug in ("steady", "rare")]
    pages = {
        address: BeautifulSoup(client.get(address).text, "lxml").get_text()
        for address in ("/", "/agency/steady", "/agency/rare", nothing, *of_agency)
    }
    assert [pages[each].count(said) for each in pages] == [1, 1, 0, 1, 1, 0]
    chinese = client.get("/zh-hant/agency/steady").text
    assert "本站沒有收錄2021年2月的內容" in chinese


def test_the_agencies_say_from_when_to_when_and_are_found_by_letters(page: Page) -> None:
    days = [each.date or "" for each in RELEASES if each.agency.slug == "water-board"]
    known = sorted(day for day in days if day[:1] == "2")
    assert (known[0], known[-1]) == ("2022-02-02", "2022-11-23")
    all_of_them = page("/agencies")
    row = _named(all_of_them, "Water Board")
    assert row.endswith("2 February 2022 to 23 November 2022")
    found = page("/agencies?find=%20WATER%20")
    assert [str(link["href"]) for link in found.select(".groups a")] == ["/agency/water-board"]
    assert _named(found, "Water Board") == row
    nothing = page("/agencies?find=%3Cb%3Ezzzz")
    assert not nothing.select(".groups li")
    assert "No agency name contains “<b>zzzz”." in nothing.main.get_text()  # type: ignore[union-attr]
    assert nothing.find("link", rel="canonical")["href"] == "/agencies"  # type: ignore[index]


def _named(soup: BeautifulSoup, name: str) -> str:
    """The line of a list that begins with a name."""
    lines = [line.get_text(" ", strip=True) for line in soup.select(".groups li")]
    return next(line for line in lines if line.startswith(name))


@pytest.mark.parametrize("address", ["/agency/water-board", "/2023"])
def test_long_lists_have_pages_that_hold_every_release_once(
    index_folder: Path, address: str
) -> None:
    client = create_app({"index": str(index_folder), "latest": 3, "day_list": 3}).test_client()
    headlines: list[str] = []
    shown, onward = 0, address
    while onward:
        soup = BeautifulSoup(client.get(onward).text, "lxml")
        canonical = soup.find("link", rel="canonical")
        assert isinstance(canonical, Tag)
        assert canonical["href"] == onward
        start = soup.select_one("ol.hits")
        assert start
        assert int(str(start["start"])) == shown + 1
        headlines += [str(link["href"]) for link in soup.select(".found .hits h3 > a")]
        shown = len(headlines)
        link = soup.select_one(".pager a[rel=next]")
        onward = str(link["href"]) if link else ""
    assert len(set(headlines)) == len(headlines) > 3
    lead = soup.select_one(".lead")
    assert lead
    assert lead.get_text().startswith(f"{shown} releases")


@pytest.mark.parametrize("address", ["/agency/water-board", "/2023", "/2023/06"])
def test_how_long_its_list_is_asks_for_no_longer_page_of_results(
    index_folder: Path, address: str
) -> None:
    settings = {"index": str(index_folder), "latest": 20, "day_list": 20}
    body = create_app(settings).test_client().get(address).text
    assert "/search?" in body
    assert "per_page" not in body


@pytest.mark.parametrize(
    "address",
    [
        "/", "/agencies", "/agency/water-board", "/2023/06", "/help", "/trends", "/search",
        "/search?q=flood", "/search?q=zzzz", "/search/agencies?q=flood", "/search/advanced", "/api",
        "/first", "/first?q=flood", "/briefing?q=flood", "/concordance?q=flood", "/watch", "/reading-list",
        "/watch?s=q%3Dflood", "/terms?agency=water-board", "/release/R001",
    ],
)  # fmt: skip
def test_what_is_shared_says_what_it_is(page: Page, address: str) -> None:
    soup = page(address)
    for name in ("og:title", "og:description", "og:url", "og:image", "og:image:alt"):
        found = soup.find("meta", property=name)
        assert isinstance(found, Tag)
        assert found["content"]
