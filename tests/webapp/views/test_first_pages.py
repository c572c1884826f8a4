"""First said by whom: the page, and the line above the results of a rare expression."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from index.release import Agency, Release
from search import Engine, SearchRequest
from tests.webapp.conftest import Page
from tests.webapp.press_room import write
from webapp import create_app
from webapp.presenters.first_uses_page import MAX_AGENCIES, RARE
from webapp.site.links import Links


def test_agencies_stand_in_the_order_of_their_first_use(page: Page, engine: Engine) -> None:
    found = engine.first_uses(SearchRequest("flood"), MAX_AGENCIES)
    soup = page("/first?q=flood")
    links = [str(each["href"]) for each in soup.select("ol.uses li p:last-child a")]
    assert links == [Links().release(each) for each in found.firsts]
    first = date.fromisoformat(str(found.firsts[0].date))
    said = [each.get_text() for each in soup.select("ol.uses .after")]
    assert said[0] == "first"
    for text, release in zip(said[1:], found.firsts[1:], strict=True):
        days = (date.fromisoformat(str(release.date)) - first).days
        assert text == (
            f"{days:,} day{'s' if days > 1 else ''} later" if days else "on the same day"
        )
    dots = {str(each["href"]) for each in soup.select("svg.uses a")}
    assert found.last is not None
    assert dots == {*links, Links().release(found.last)}
    status = soup.find(attrs={"role": "status"})
    assert status
    assert f"{found.agencies} agencies in all" in status.get_text()


def test_dots_lie_in_proportion_to_their_days(page: Page, engine: Engine) -> None:
    found = engine.first_uses(SearchRequest("flood"), MAX_AGENCIES)
    places = [
        float(str(each["cx"]).rstrip("%"))
        for each in page("/first?q=flood").select("svg.uses .reach")
    ]
    days = [
        date.fromisoformat(str(each.date)).toordinal()
        for each in (*found.firsts, found.last)
        if each
    ]
    width = days[-1] - days[0]
    assert places == pytest.approx(
        [2 + 96 * (day - days[0]) / width for day in days[: len(places)]], abs=0.01
    )


def test_results_of_a_rare_expression_say_who_was_first(page: Page, engine: Engine) -> None:
    for text, said in (
        ("flood", True), ('"north shore"', True), ("“north shore”", True),
        ("north shore", False), ("zebra", False), ("", False),
        ("language:en", False), ("date:2021", False), ("2021-03", False), ("-flood", False),
        ("agency:water-board", False), ("flo*", False),
    ):  # fmt: skip
        assert engine.count(SearchRequest(text)) <= RARE
        line = page(Links().search(SearchRequest(text))).find(
            "a",
            string=lambda words: (
                bool(words) and words.startswith("First said by ") and words != "First said by whom"
            ),
        )
        assert bool(line) == said, text
        if line:
            there = page(str(line["href"])).find(attrs={"role": "status"})  # type: ignore[index]
            assert there
            assert line.get_text() in there.get_text()


def test_an_expression_that_many_have_gets_no_line(tmp_path: Path) -> None:
    many = [
        Release(id=f"r{number}", headline="A toll", body=f"Toll {number}.", date="2024-01-02",
                date_precision="day", language="en", agency=Agency("a", "A"))
        for number in range(RARE + 1)
    ]  # fmt: skip
    for count, said in ((RARE, True), (RARE + 1, False)):
        folder = tmp_path / str(count)
        write(folder, many[:count])
        client = create_app({"index": str(folder)}).test_client()
        assert ("First said by A on 2 January 2024" in client.get("/search?q=toll").text) == said


def test_nobody_has_said_anything_on_a_day_ahead_of_today(tmp_path: Path) -> None:
    """Neither above the results nor on the page, whose line of time would end there."""
    dated = (("a", "2024-01-02"), ("b", "2024-03-04"), ("a", "9999-01-01"), ("c", "9999-01-02"))
    write(
        tmp_path,
        [
            Release(id=f"{slug}{day[:4]}", headline="A toll", body=f"Toll of {day}.", date=day,
                    date_precision="day", language="en", agency=Agency(slug, slug.upper()))
            for slug, day in dated
        ],
    )  # fmt: skip
    client = create_app({"index": str(tmp_path)}).test_client()
    for address in ("/search?q=toll", "/first?q=toll"):
        said = client.get(address).text
        assert "First said by A on 2 January 2024, last on 4 March 2024; 2 agencies in all" in said
    assert "9999" not in said
    assert "2 releases are left out" in said


def test_filters_are_kept_and_tidy(client: FlaskClient, page: Page) -> None:
    moved = client.get("/first?from=2022&q=flood&agency=Water+Board&sort=oldest&page=3")
    assert moved.headers["Location"] == "/first?q=flood&agency=water-board&from=2022"
    soup = page("/first?q=flood&agency=water-board&from=2022")
    assert len(soup.select("ol.uses li")) == 1
    back = soup.find("a", string="Back to results")
    assert back
    assert back["href"] == "/search?q=flood&agency=water-board&from=2022"  # type: ignore[index]
    hidden = [(each["name"], each["value"]) for each in soup.select("main form input[type=hidden]")]
    assert hidden == [("agency", "water-board"), ("from", "2022")]


def test_what_nobody_said_and_what_has_no_day(client: FlaskClient, page: Page) -> None:
    assert page("/first").select("main form input[name=q]")
    nothing = page("/first?q=zzzz")
    assert "No dated release says this." in nothing.get_text()
    assert nothing.select("svg.uses") == []
    assert "1 release is left out" in page("/first?q=wells").get_text()
    told = BeautifulSoup(client.get("/first?q=flood&colour=red").text, "lxml")
    assert told.select(".notices li")
