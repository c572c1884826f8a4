"""The pages in a real browser: no barrier that axe knows, no sideways scrolling, no script needed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.barriers import VIEWS, barriers_and_overflow, window

pytestmark = pytest.mark.browser
PAGES = [
    "/",
    "/search?q=flood&agency=water-board&agency=harbour-office&from=2021&undated=1",
    "/search?q=north&from=soon&colour=red",
    "/search?q=zzzz+flood&agency=water-board&from=2022",
    "/search/agencies?q=flood",
    "/release/typhoon-0",
    "/release/https:~2f~2fisland.example~2fa~3fb~3d1~23c",
    "/2023/06",
    "/agencies",
    "/agency/water-board",
    "/2023",
    "/trends?q=flood&q=ferry",
    "/api",
    "/help",
    "/search/advanced",
    "/concordance?q=flood&by=left",
    "/first?q=flood",
    "/briefing?q=flood",
    "/watch?s=q%3Dflood&s=agency%3Dwater-board&seen=2020",
    "/terms?agency=water-board",
    "/reading-list?release=typhoon-0&release=typhoon-1",
    "/release/typhoon-0/quote/1",
    "/compare?release=typhoon-0&release=typhoon-1",
    "/nothing",
    "/zh-hant/",
    "/zh-hant/search?q=flood&agency=water-board&from=2021",
    "/zh-hans/release/typhoon-0",
]


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_no_page_has_a_barrier_or_scrolls_sideways(
    browser: Any, base: str, width: int, scheme: str
) -> None:
    found = []
    with window(browser, width, scheme) as page:
        for path in PAGES:
            page.goto(base + path)
            found += [(path, *each) for each in barriers_and_overflow(page)]
    assert found == []


def test_a_journey_without_script_by_keyboard_alone(browser: Any, base: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(base + "/")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.get_by_role("searchbox").focus()
        page.keyboard.type("flood")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=flood")
        page.get_by_role("checkbox", name="Water Board").focus()
        page.keyboard.press("Space")
        page.get_by_role("button", name="Apply selected agencies").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=flood&agency=water-board")
        total = page.get_by_role("status").inner_text()
        assert total.startswith("13 releases")
        page.get_by_label("From").fill("March 2022")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=flood&agency=water-board&from=2022-03")
        page.get_by_role("link", name="Remove filter Agency: Water Board").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=flood&from=2022-03")
        page.locator("ol.hits a").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/release/**")
        assert page.locator("article.release h1").count() == 1


def test_hostile_texts_run_nothing(browser: Any, base: str) -> None:
    said: list[str] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda message: said.append(message.text))
        for path in ("/search?q=script", "/agency/x-script", "/search?q=<script>alert(1)</script>"):
            page.goto(base + path)
        page.locator(".site .name a").click()
    assert said == []
