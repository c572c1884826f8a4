"""The page of a release in a real browser: its data breaks no policy, its texts can be copied."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.barriers import VIEWS, barriers_and_overflow, window
from tests.timing import wait_until
from webapp.site.release_addresses import passage_address

pytestmark = pytest.mark.browser
RELEASE = "/release/R004/notice-4-on-the-reservoir-of-the-north-shore"
PAGES = [
    RELEASE,
    "/search?q=bridge",
    "/release/R004/quote/2",
    "/zh-hant/release/R004/quote/1",
    "/search?from=2021&seen=2023",
]
PASSAGES = [
    "the well-known harbour",
    "R&D, at last: 50% more",
    "This sentence is so long, with all its words - even these - that only its ends are named.",
    "海港處今日公布碼頭開放時間",
]


def test_data_for_machines_breaks_no_policy(browser: Any, base: str) -> None:
    said: list[str] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        for path in PAGES:
            page.goto(base + path)
        page.goto(base + RELEASE)
        data = page.locator('script[type="application/ld+json"]').text_content()
        assert '"@type":"NewsArticle"' in data
    assert said == []


def test_texts_are_copied_with_a_button(browser: Any, base: str) -> None:
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        page.goto(base + "/release/R004/quote/2")
        page.get_by_role("button", name="Copy").first.click()
        page.get_by_role("button", name="Copied").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith("“Work number 4 begins at dawn")
        assert copied.endswith("/release/R004#p2")


def test_from_result_to_result_and_back_by_links_alone(browser: Any, base: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(base + "/search?q=flood&sort=newest&page=2")
        headlines = page.locator("ol.hits h2").all_inner_texts()
        page.locator("ol.hits h2 a").nth(3).click()
        page.wait_for_url("**/release/**")
        assert page.locator("h1").inner_text() == headlines[3]
        read = page.url
        page.get_by_role("link", name="Next").click()
        page.wait_for_url(lambda address: address != read)
        assert page.locator("h1").inner_text() == headlines[4]
        page.get_by_role("link", name="Back to results").click()
        page.wait_for_url("**/search?q=flood&sort=newest&page=2")
        assert page.locator(".copy").count() == 0


@pytest.mark.parametrize("passage", PASSAGES)
def test_a_link_to_a_passage_scrolls_there(browser: Any, passage: str) -> None:
    text = passage.replace("&", "&amp;")
    gap = '<div style="height:3000px"></div>'
    html = f"<!doctype html><meta charset=utf-8><p>Start</p>{gap}<p>So {text} it is.</p>{gap}"
    if not passage.isascii():
        html = html.replace("So ", "").replace(" it is.", "。")
    with browser.new_context() as context:
        page = context.new_page()
        page.route(
            "https://source.example/**",
            lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"),
        )
        page.goto(str(passage_address("https://source.example/a", passage)))
        assert wait_until(lambda: page.evaluate("scrollY") > 1000)


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_no_page_around_a_release_has_a_barrier(
    browser: Any, base: str, width: int, scheme: str
) -> None:
    found = []
    with window(browser, width, scheme) as page:
        page.goto(base + "/search?q=flood")
        first = page.locator("ol.hits h2 a").nth(1).get_attribute("href")
        for path in [*PAGES, first]:
            page.goto(base + path)
            for closed in page.locator("details").all():
                closed.evaluate("each => { each.open = true; }")
            found += [(path, *each) for each in barriers_and_overflow(page)]
    assert found == []


def test_a_list_on_paper_is_numbered_and_names_its_sources(browser: Any, base: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(base + "/search?q=flood&sort=oldest&page=2")
        page.emulate_media(media="print")
        assert (
            page.locator(".hits").evaluate("each => getComputedStyle(each).listStyleType")
            == "decimal"
        )
        assert page.locator(".hits").get_attribute("start") == "11"
        printed = page.locator(".hits article").first.evaluate(
            "each => getComputedStyle(each, '::after').content"
        )
        assert "https://press.island.example/" in printed
        assert page.locator(".printed").inner_text().endswith("/search?q=flood&sort=oldest&page=2")
        for hidden in ("form", ".take", ".pager", ".filters", ".snippet a"):
            assert not page.locator(hidden).first.is_visible()


def test_a_release_on_paper_says_where_it_is_from_and_leads_to_no_other(
    browser: Any, base: str
) -> None:
    with browser.new_context(base_url=base) as context:
        page = context.new_page()
        page.goto("/release/typhoon-0")
        details = page.get_by_role("region", name="Source details")
        others = [page.locator(f"[aria-labelledby={name}]") for name in ("around", "similar")]
        assert all(each.is_visible() for each in (details, *others))
        page.emulate_media(media="print")
        assert details.locator("dd").first.is_visible()
        assert not any(each.is_visible() for each in (*others, page.get_by_text("as JSON")))


def test_the_address_is_clean_and_matches_are_stepped_through(browser: Any, base: str) -> None:
    with browser.new_context(base_url=base) as context:
        page = context.new_page()
        page.goto("/search?q=flood+season")
        page.locator(".hits h2 a").first.click()
        page.wait_for_url(lambda url: "?" not in url)  # the policy lets no text be run as script
        clean = page.url
        assert page.locator(".text mark").count()
        page.get_by_role("button", name="Next match").click()
        assert page.locator("mark.here").count() == 1
        page.reload()
        page.locator(".text mark").first.wait_for()
        page.wait_for_url(lambda url: "?" not in url)
        page.goto("/agencies")
        page.go_back()
        page.locator(".text mark").first.wait_for()
        assert page.url == clean
        page.go_back()
        page.wait_for_url("**/search?q=flood+season")
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(clean)
        assert page.locator(".text mark").count() == 0


IN_SIGHT = """each => {
  const { top, bottom } = each.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_matches_are_reached_by_links_alone(browser: Any, base: str, width: int) -> None:
    with browser.new_context(
        base_url=base, java_script_enabled=False, viewport={"width": width, "height": 500}
    ) as context:
        page = context.new_page()
        page.goto("/search?q=flood+season&sort=newest")
        page.locator(".hits h2 a").first.click()
        links = page.locator(".matches a")
        links.first.wait_for()
        for number in range(links.count()):
            target = str(links.nth(number).get_attribute("href")).rpartition("#")[2]
            links.nth(number).click()
            assert page.locator(f"mark#{target}").evaluate(IN_SIGHT)


def test_a_link_that_is_copied_from_the_list_is_clean_and_one_that_is_followed_has_the_search(
    browser: Any, base: str
) -> None:
    with browser.new_context(base_url=base) as context:
        page = context.new_page()
        page.goto("/search?q=flood&sort=newest")
        link = page.locator(".hits h2 a").first
        followed = str(link.get_attribute("href"))
        assert "?q=flood" in followed
        link.dispatch_event("contextmenu")
        assert str(link.get_attribute("href")) == followed.partition("?")[0]
        page.keyboard.press("Escape")
        assert link.get_attribute("href") == followed
        link.click()
        page.locator(".matches").wait_for()
        page.wait_for_url(base + followed.partition("?")[0])


def test_buttons_step_from_match_to_match_and_back(browser: Any, base: str) -> None:
    size = {"width": 390, "height": 300}
    with browser.new_context(base_url=base, viewport=size) as context:
        page = context.new_page()
        page.goto("/search?q=north+flood+dawn&sort=newest")
        page.locator(".hits h2 a").first.click()
        marks = page.locator(".text mark")
        marks.first.wait_for()
        count = marks.count()
        assert count > 1
        here = page.locator("mark.here")
        for name, place in (("Next", 0), ("Next", 1), ("Previous", 0), ("Previous", count - 1)):
            page.get_by_role("button", name=f"{name} match").click()
            assert here.count() == 1
            assert marks.nth(place).evaluate("each => each.classList.contains('here')")
            assert here.evaluate(IN_SIGHT)


def test_where_facts_come_from_stands_below_what_is_similar(browser: Any, base: str) -> None:
    with browser.new_context(base_url=base, viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto("/search?q=typhoon+shelter+opens")
        headline = page.locator(".hits h2 a").first.inner_text()
        page.locator(".hits h2 a").first.click()
        page.locator("#similar").wait_for()
        places = [page.locator(each).bounding_box()["y"] for each in ("#similar", "#provenance")]
        assert places == sorted(places)
        assert page.locator("h1").inner_text() == headline
        assert headline not in page.locator(".text p").all_inner_texts()
