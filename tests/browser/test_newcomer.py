"""What somebody who never saw the site comes to do, by what the pages say and nothing else."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from index.release import Release
from index.stores.folder import FolderStore
from index.stores.stored_release import stored_release
from tests.browser.site_server import served
from tests.webapp.press_room import FIRST_INDEXED, WATER, press_room, write

pytestmark = pytest.mark.browser


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of the press room that the test may add to."""
    write(tmp_path / "index", press_room())
    return tmp_path / "index"


@pytest.fixture
def page(browser: Any, folder: Path) -> Iterator[Any]:
    """A window at the home page of a server over that index."""
    with served(folder) as base, browser.new_context(base_url=base) as context:
        opened = context.new_page()
        opened.goto("/")
        yield opened


def search(page: Any, words: str) -> None:
    """Type words into the box of the page and press Enter."""
    page.get_by_role("combobox").fill(words)
    page.get_by_role("combobox").press("Enter")
    page.get_by_role("status").wait_for()


def found(page: Any) -> int:
    """The number of releases that the page of results states."""
    return int(page.get_by_role("status").inner_text().split()[0].replace(",", ""))


def test_a_release_is_found_from_a_remembered_phrase(page: Any) -> None:
    search(page, '"moor in the typhoon shelter"')
    assert found(page) == 2
    page.get_by_role("link", name="Typhoon shelter opens").click()
    page.wait_for_url("**/release/typhoon-0/**")
    marks = page.locator("article mark, main mark").all_inner_texts()
    assert " ".join(marks).startswith("moor in the typhoon shelter")


@pytest.mark.parametrize("width", [1280, 390])
def test_where_three_things_block_at_once_there_is_a_way_out(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto("/search?q=typhoon+zzzz&match=strict&agency=water-board&from=1990&to=1991")
    assert page.get_by_role("heading", name="No results").count() == 1
    ways = page.locator(".rescue a[rel=nofollow]")
    assert ways.count() > 0
    ways.first.press("Enter")
    page.wait_for_url("**/search?*")
    assert found(page) > 0


def test_what_was_asked_for_is_restated_to_who_cannot_see_the_boxes_and_on_paper(page: Any) -> None:
    page.goto("/search?q=flood&agency=water-board&from=2022")
    told = page.get_by_role("status").locator(".restated")
    assert told.inner_text() == "for “flood” by Water Board from 2022 onwards"
    assert told.bounding_box()["width"] <= 1
    page.emulate_media(media="print")
    assert told.bounding_box()["width"] > 100


def test_a_slip_inside_a_phrase_is_righted(page: Any) -> None:
    search(page, '"north shroe"')
    page.locator(".suggestion a").first.press("Enter")
    page.wait_for_url("**shore**")
    assert found(page) > 2


def test_what_one_agency_said_in_one_month(page: Any) -> None:
    page.get_by_role("link", name=WATER.name).first.click()
    page.wait_for_url("**/agency/water-board")
    page.get_by_role("link", name="Search these releases").click()
    page.get_by_role("textbox", name="From").fill("February 2022")
    page.get_by_role("textbox", name="To").fill("February 2022")
    page.get_by_role("button", name="Apply the dates").click()
    page.wait_for_url("**from=2022-02&to=2022-02*")
    wanted = [
        each.headline
        for each in press_room()
        if each.agency == WATER and (each.date or "").startswith("2022-02")
    ]
    assert wanted
    assert sorted(page.locator("ol.hits h2").all_inner_texts()) == sorted(wanted)


def test_two_agencies_are_compared_on_a_word(page: Any) -> None:
    search(page, "flood")
    for name in ("Harbour Office", WATER.name):
        page.get_by_role("checkbox", name=re.compile(name)).check()
    page.wait_for_url("**/search?q=flood&agency=harbour-office&agency=water-board")  # at once
    page.get_by_role("link", name="Compare these agencies over time").click()
    page.wait_for_url("**/trends?**")
    rows = page.locator("section[aria-labelledby=totals] tbody tr")
    names = [row.locator("th").inner_text().strip() for row in rows.all()]
    assert names == ["flood agency:harbour-office", "flood agency:water-board"]
    totals = [int(row.locator("td.number").first.inner_text()) for row in rows.all()]
    rows.nth(1).locator("td.number a").click()
    page.wait_for_url("**/search?**")
    assert found(page) == totals[1] > 0


def test_everything_about_a_topic_is_taken_away(page: Any) -> None:
    search(page, "reservoir")
    total = found(page)
    assert total > page.locator("ol.hits > li").count(), "more than one page of it"
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all as CSV").click()
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == total
    about = [each.id for each in press_room() if "reservoir" in each.headline + each.body]
    assert sorted(row["id"] for row in rows) == sorted(about)


def test_a_bookmark_shows_what_is_new(page: Any, folder: Path) -> None:
    search(page, "reservoir")
    before = found(page)
    bookmark = page.get_by_role("link", name="Bookmark this search").get_attribute("href")
    page.goto("about:blank")
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat(timespec="seconds")
    assert later > FIRST_INDEXED
    news = Release(
        id="news", headline="The reservoir is full", body="No water will be cut.",
        date="2020-01-01", date_precision="day", agency=WATER, language="en",
    )  # fmt: skip
    store = FolderStore(folder)
    with store.writing():
        store.apply((), [stored_release(news, later)])
    page.goto(bookmark)
    assert found(page) == before + 1
    told = page.locator(".news").inner_text()
    assert told.startswith("1 new since")
    assert f", {before + 1} now (+1)." in told, "the bookmark knows the number of then"
    marked = page.locator("ol.hits > li", has=page.locator(".new"))
    page.get_by_role("link", name="Show the latest additions first").click()
    page.wait_for_url("**sort=arrived**")
    assert marked.count() == 1
    assert page.locator("ol.hits > li h2").first.inner_text() == "The reservoir is full"
    page.get_by_role("link", name="Show only these").click()
    page.wait_for_url("**new=1**")
    assert found(page) == 1
    assert marked.locator("h2").inner_text().endswith("The reservoir is full")
