"""Being told in a browser: notices, help with examples that run, the advanced form, what is shared."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

pytestmark = pytest.mark.browser
KINDS = [
    "/", "/search?q=flood", "/help", "/agencies", "/agency/water-board", "/2023", "/2023/06",
    "/release/typhoon-0", "/trends?q=flood", "/concordance?q=flood", "/first?q=flood", "/watch", "/reading-list",
    "/terms?agency=water-board", "/briefing?q=flood", "/compare?release=typhoon-0&release=typhoon-1",
    "/api",
]  # fmt: skip


def test_what_was_dropped_is_told_and_what_was_meant_is_not(page: Any) -> None:
    told = page.locator(".notices li")
    page.goto("/search?q=(flood OR ferry) -clinic agency:water-board")
    assert not page.locator("h1").inner_text().startswith("No ")
    assert told.count() == 0, "operators that were meant get no notice"
    page.goto("/search?q=flood) AND")
    assert told.count() == 2
    page.goto("/search?q=flood&from=soon")
    assert "“soon” is not a date" in page.locator("main").inner_text()


def test_examples_of_the_help_run_and_find_what_they_say(page: Any) -> None:
    page.goto("/")
    page.get_by_role("link", name="Help", exact=True).first.click()
    page.wait_for_url("**/help")
    rows = page.locator("table tbody tr")
    assert rows.count() >= 7
    for number in range(0, rows.count(), 3):
        row = rows.nth(number)
        promised = row.locator(".number").inner_text()
        row.get_by_role("link").click()
        page.wait_for_url("**/search?**")
        assert page.locator("h1").inner_text().split()[0] == promised
        page.go_back()


def test_the_advanced_form_fills_the_one_box(page: Any) -> None:
    page.goto("/search/advanced")
    page.get_by_label("This exact phrase").fill("flood season")
    page.get_by_label("None of these words").fill("reservoir")
    page.get_by_label("Agency").select_option(label="Water Board")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Search").last.click()
    page.wait_for_url("**/search?q=**agency=water-board**")
    assert page.locator("#search input[type=search]").input_value() == '"flood season" -reservoir'


@pytest.mark.parametrize("path", KINDS)
def test_every_page_has_a_box_for_a_search_and_says_what_it_is_when_shared(
    page: Any, path: str
) -> None:
    page.goto(path)
    boxes = page.locator("input[name=q]:visible")
    assert boxes.count() >= 1
    for name in ("og:title", "og:description", "og:image"):
        assert page.locator(f"meta[property='{name}']").get_attribute("content")
    assert page.locator("meta[name=description]").get_attribute("content")


def test_a_phone_shows_the_numbers_of_the_help_whole(browser: Any, base: str) -> None:
    """The last digit was cut: 147 read as 14."""
    for prefix in ("", "/zh-hant", "/zh-hans"):
        with browser.new_context(base_url=base, viewport={"width": 320, "height": 700}) as context:
            page = context.new_page()
            page.goto(prefix + "/help")
            table = page.locator("main .scroll").first
            assert table.evaluate("box => box.scrollWidth <= box.clientWidth"), prefix


def test_links_below_the_page_are_a_finger_apart(browser: Any, base: str) -> None:
    """Rows of a target each 24 pixels (WCAG 2.2, 2.5.8)."""
    with browser.new_context(base_url=base, viewport={"width": 320, "height": 700}) as context:
        page = context.new_page()
        page.goto("/help")
        tops = {each.bounding_box()["y"] for each in page.locator("footer.site a").all()}
        rows = sorted(tops)
        assert len(rows) > 1
        assert all(lower - upper >= 24 for upper, lower in pairwise(rows))


@pytest.mark.parametrize("width", [390, 1280])
def test_keys_go_through_the_head_line_as_eyes_do(browser: Any, base: str, width: int) -> None:
    """From the search box they went up again, to the languages above it."""
    with browser.new_context(base_url=base, viewport={"width": width, "height": 700}) as context:
        page = context.new_page()
        page.goto("/help")
        last = None
        while True:
            page.keyboard.press("Tab")
            now = page.evaluate(
                "document.activeElement.closest('header') && document.activeElement.textContent"
            )
            if now is None and last is not None:
                break
            last = now
        assert last == "Search"
