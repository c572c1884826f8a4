"""Eleven errands, each by keys alone on a desk and by touch on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from index.history import History, changed_at
from index.release import Release
from index.stores.folder import FolderStore
from index.stores.store import Store
from index.stores.stored_release import stored_release
from tests.browser.site_server import served
from tests.webapp.press_room import FIRST_INDEXED, WATER, press_room

pytestmark = [pytest.mark.browser, pytest.mark.slow]  # together they take half a minute
LATER = "2024-07-01T08:00:00+00:00"
BODY = "The ferry to Westport sails at {} from the long pier.\n\nA bell rings before it leaves."


class Way(NamedTuple):
    """A page, and how somebody goes to what it shows: by keys or by touch."""

    page: Any
    by_keys: bool

    def take(self, what: Any) -> None:
        """Follow a link, press a button, or tick a box: what a key reaches, or a finger can hit."""
        if not self.by_keys:
            what.tap()
            return
        what.focus()
        assert what.evaluate("each => each === document.activeElement")
        ticks = what.evaluate("each => each.type === 'checkbox'")
        self.page.keyboard.press("Space" if ticks else "Enter")

    def search(self, words: str) -> None:
        """Type words into the box of the page, and send them."""
        box = self.page.locator("form[role=search] input[type=search]").first
        if self.by_keys:
            self.page.locator("body").press("/")
            assert box.evaluate("each => each === document.activeElement")
        else:
            box.tap()
        box.fill(words)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/search?q=**")

    def open_filters(self) -> None:
        """On a phone they are a sheet."""
        if not self.by_keys:
            self.take(self.page.get_by_role("link", name="Filters", exact=True))
            self.page.locator("#filters").wait_for()

    def close_filters(self) -> None:
        """Back to the results."""
        if not self.by_keys:
            self.take(self.page.get_by_role("link", name="Show results"))

    def found(self) -> int:
        """The number of releases that the page of results states."""
        return int(self.page.locator("#results").inner_text().split()[0].replace(",", ""))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The press room, then a release that came later and one that changed then."""
    folder = tmp_path_factory.mktemp("errands") / "index"
    write_news(FolderStore(folder))
    with served(folder) as address:
        yield address


def write_news(store: Store) -> None:
    """The press room, then what came later, in two commits."""
    before = {"first_indexed": FIRST_INDEXED, "headline": "Ferry", "body": BODY.format(9)}
    model = {"date": "2020-01-01", "date_precision": "day", "agency": WATER, "language": "en"}
    late = Release(id="late", headline="The reservoir is full", body="No water is cut.", **model)
    moved = Release(id="moved", headline="The bell boat", body=BODY.format(10), **model)
    there = [stored_release(each, FIRST_INDEXED) for each in press_room()]
    later = [
        stored_release(late, History(LATER)),
        stored_release(moved, changed_at(before, LATER)),
    ]
    for added in (there, later):
        with store.writing():
            store.apply((), added)


@pytest.fixture(params=[True, False], ids=["keys", "phone"])
def way(request: pytest.FixtureRequest, browser: Any, site: str) -> Iterator[Way]:
    """A window at the first page: of a desk without a mouse, or of a phone."""
    size = {"width": 1280, "height": 800} if request.param else {"width": 390, "height": 844}
    with browser.new_context(
        base_url=site, viewport=size, has_touch=not request.param, is_mobile=not request.param
    ) as context:
        page = context.new_page()
        page.goto("/")
        yield Way(page, request.param)


def test_a_release_is_found_from_a_remembered_phrase(way: Way) -> None:
    way.search('"moor in the typhoon shelter"')
    assert way.found() == 2
    way.take(way.page.get_by_role("link", name="Typhoon shelter opens"))
    way.page.wait_for_url("**/release/typhoon-0/**")
    assert "moor" in way.page.locator("article mark").all_inner_texts()[0]


def test_what_one_agency_said_in_one_month(way: Way) -> None:
    way.take(way.page.get_by_role("link", name="Agencies"))
    way.page.wait_for_url("**/agencies")
    way.page.get_by_label("Find an agency by its name").fill("water")
    way.take(way.page.get_by_role("link", name="Water Board"))
    way.page.wait_for_url("**/agency/water-board")
    way.take(way.page.get_by_role("link", name="Search these releases"))
    way.page.wait_for_url("**/search?agency=water-board")
    way.open_filters()
    for box in ("From", "To"):
        way.page.get_by_role("textbox", name=box).fill("February 2022")
    way.take(way.page.get_by_role("button", name="Apply the dates"))
    way.page.wait_for_url("**from=2022-02&to=2022-02**")
    wanted = [
        each.headline
        for each in press_room()
        if each.agency == WATER and (each.date or "").startswith("2022-02")
    ]
    assert sorted(way.page.locator("ol.hits h2").all_inner_texts()) == sorted(wanted) != []


def test_two_agencies_are_compared_on_a_word(way: Way) -> None:
    way.search("flood")
    way.open_filters()
    for slug in ("harbour-office", "water-board"):
        way.take(way.page.locator(f"#agency-{slug}"))
        way.page.locator(f"#agency-{slug}:checked").wait_for()
        way.page.wait_for_url(f"**agency={slug}**")
    way.take(way.page.get_by_role("link", name="Compare these agencies over time"))
    way.page.wait_for_url("**/trends?**")
    rows = way.page.locator("section[aria-labelledby=totals] tbody tr")
    assert rows.count() == 2
    assert way.page.locator(".drawing").is_visible()


def test_everything_about_a_topic_is_taken_away(way: Way) -> None:
    way.search("reservoir")
    with way.page.expect_download() as download:
        way.take(way.page.get_by_role("link", name="Download all as CSV"))
    text = Path(download.value.path()).read_text("utf-8-sig")
    assert sum("reservoir" in line for line in text.splitlines()) >= way.found() > 10


def test_a_bookmark_shows_what_is_new(way: Way) -> None:
    way.search("reservoir")
    link = way.page.get_by_role("link", name="Bookmark this search").get_attribute("href")
    assert re.search(r"[?&]seen=\d{8}T\d{6}Z", link)
    # As it was made between the two times at which releases came.
    way.page.goto(re.sub(r"seen=\w+", "seen=20240615T000000Z", link))
    assert way.page.locator(".news").inner_text().startswith("1 new since")
    way.take(way.page.get_by_role("link", name="Show only these"))
    way.page.wait_for_url("**new=1**")
    assert way.page.locator("ol.hits h2").all_inner_texts() == ["The reservoir is full"]


def test_who_said_a_phrase_first(way: Way) -> None:
    way.search('"north shore"')
    way.take(way.page.get_by_role("link", name=re.compile("^First said by .* in all$")))
    way.page.wait_for_url("**/first?q=**")
    way.take(way.page.locator("ol.uses li a").first)
    way.page.wait_for_url(lambda address: "/first" not in address)


def test_what_changed_in_a_release(way: Way) -> None:
    way.search("bell boat")
    way.take(way.page.get_by_role("link", name=re.compile("^Changed on 1 July 2024")))
    way.page.wait_for_url("**/release/moved/changes")
    assert way.page.locator(".diff del").all_inner_texts()[-1] == "9"
    assert way.page.locator(".diff ins").all_inner_texts()[-1] == "10"


def test_three_topics_are_followed_with_one_bookmark(way: Way) -> None:
    way.search("flood")
    way.take(way.page.get_by_label("Download or follow").get_by_role("link", name="Watch"))
    way.page.wait_for_url("**/watch?s=q%3Dflood")
    for words in ("ferry", "reservoir"):
        box = way.page.get_by_label("Words to watch, or the address of a page of results")
        box.fill(words)
        box.press("Enter")
        way.page.wait_for_url(f"**s=q%3D{words}")
    assert way.page.locator(".watched h2").all_inner_texts() == ["flood", "ferry", "reservoir"]


def test_a_passage_is_quoted_with_its_source(way: Way) -> None:
    way.search("notice 4 dawn")
    way.take(way.page.get_by_role("link", name="Notice 4 on the reservoir"))
    way.page.wait_for_url("**/release/R004/**")
    way.take(way.page.get_by_role("link", name=re.compile("^Quote paragraph 2")))
    way.page.wait_for_url("**/release/R004/quote/2")
    quoted = way.page.locator(".quotation pre").first.inner_text()
    assert quoted.startswith("“Work number 4 begins at dawn")
    assert "Water Board" in quoted


def test_a_release_is_found_by_its_address(way: Way) -> None:
    way.search("https://www.press.island.example/4?utm_source=mail")
    assert way.found() == 1
    assert way.page.locator("ol.hits h2").inner_text().startswith("Notice 4 ")


def test_a_briefing_is_printed(way: Way) -> None:
    way.search("flood")
    way.take(way.page.get_by_role("link", name="Briefing to print"))
    way.page.wait_for_url("**/briefing?q=flood")
    way.page.emulate_media(media="print")
    assert way.page.locator(".briefing > li").count() > 3
    assert way.page.locator(".briefing .cited").first.is_visible()
    assert way.page.pdf().startswith(b"%PDF")


ERRANDS: list[Callable[..., None]] = [
    each for name, each in list(globals().items()) if name.startswith("test_")
]


def test_there_are_eleven_of_them() -> None:
    assert len(ERRANDS) == 11
