"""Errands of a desk: follow several topics with one bookmark, by keys and on a phone."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 390])
def test_three_topics_are_followed_with_one_bookmark(browser: Any, base: str, width: int) -> None:
    """Without script, by keys alone: what is watched stands in the address."""
    with browser.new_context(
        base_url=base, java_script_enabled=False, viewport={"width": width, "height": 844}
    ) as context:
        page = context.new_page()
        page.goto("/search?q=flood")
        page.get_by_label("Download or follow").get_by_role("link", name="Watch").press("Enter")
        page.wait_for_url("**/watch?s=q%3Dflood")
        for words in ("ferry", "reservoir"):
            box = page.get_by_label("Words to watch, or the address of a page of results")
            box.fill(words)
            box.press("Enter")
            page.wait_for_url(f"**s=q%3D{words}")
        assert page.locator(".watched h2").all_inner_texts() == ["flood", "ferry", "reservoir"]
        page.get_by_role("link", name="Remove ferry").press("Enter")
        page.wait_for_url("**/watch?s=q%3Dflood&s=q%3Dreservoir")
        page.get_by_role("link", name="Mark everything as seen").press("Enter")
        page.wait_for_url(re.compile("&seen=[0-9]{8}T[0-9]{6}Z"))


@pytest.mark.parametrize("width", [1280, 390])
def test_who_said_a_phrase_first_is_found(browser: Any, base: str, width: int) -> None:
    """With script, by keys alone: from the box to the release that had the phrase first."""
    with browser.new_context(base_url=base, viewport={"width": width, "height": 844}) as context:
        page = context.new_page()
        page.goto("/search")
        box = page.get_by_role("combobox")
        box.fill('"north shore"')
        box.press("Enter")
        line = page.get_by_role("link", name=re.compile("^First said by .* in all$"))
        line.press("Enter")
        page.wait_for_url("**/first?q=*")
        dots = page.locator("svg.uses circle:not(.reach)")
        boxes = [each.bounding_box() for each in dots.all()]
        assert len(boxes) > 2
        assert all(each["x"] >= 0 and each["x"] + each["width"] <= width for each in boxes)
        page.locator("ol.uses li p:last-child a").first.press("Enter")
        page.wait_for_url("**/release/**")
        assert "north shore" in page.locator("main").inner_text()


@pytest.mark.parametrize("width", [1280, 390])
def test_what_an_agency_says_more_often_leads_to_its_releases(
    browser: Any, base: str, width: int
) -> None:
    """Without script, by keys alone: from the agency to its words, other dates, and a release."""
    with browser.new_context(
        base_url=base, java_script_enabled=False, viewport={"width": width, "height": 844}
    ) as context:
        page = context.new_page()
        page.goto("/agency/water-board")
        page.get_by_role("link", name="What they say more often than others").press("Enter")
        page.wait_for_url("**/terms?agency=water-board")
        page.get_by_label("From").fill("2021")
        page.get_by_label("From").press("Enter")
        page.wait_for_url("**/terms?agency=water-board&from=2021")
        word = page.locator("table.terms th a").first
        said = word.inner_text()
        word.press("Enter")
        page.wait_for_url("**/search?q=*&agency=water-board&from=2021")
        assert page.get_by_label("Search press releases").input_value() == said
        assert page.locator(".hits h2 a").count() > 0


@pytest.mark.parametrize("width", [1280, 390])
def test_a_concordance_is_sorted_in_its_place(browser: Any, base: str, width: int) -> None:
    """With script, by keys alone: no page is loaded anew, the address says the order, Back undoes."""
    with browser.new_context(base_url=base, viewport={"width": width, "height": 844}) as context:
        page = context.new_page()
        page.goto("/concordance?q=flood")
        page.evaluate("document.body.dataset.kept = 'yes'")
        newest = page.locator(".kwic tbody tr").all_inner_texts()
        page.get_by_role("link", name="Words to the left").press("Enter")
        page.wait_for_url("**/concordance?q=flood&by=left")
        page.locator("strong", has_text="Words to the left").wait_for()
        lefts = page.locator(".kwic td.left").all_inner_texts()
        folded = [each.casefold().split()[::-1] for each in lefts]
        assert folded == sorted(folded)
        assert page.evaluate("document.body.dataset.kept") == "yes"
        assert page.evaluate("document.activeElement.closest('#lines') !== null")
        page.go_back()
        page.locator("strong", has_text="Date").wait_for()
        assert page.locator(".kwic tbody tr").all_inner_texts() == newest
        assert page.evaluate("document.body.dataset.kept") == "yes"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_line_of_a_concordance_fits_its_screen(browser: Any, base: str, width: int) -> None:
    """On a desk it takes one line, cut far from the words; on a phone it flows, all to be read."""
    with browser.new_context(base_url=base, viewport={"width": width, "height": 844}) as context:
        page = context.new_page()
        page.goto("/concordance?q=flood")
        rows = page.locator(".kwic tbody tr")
        heights = rows.evaluate_all("rows => rows.map(row => row.getBoundingClientRect().height)")
        assert len(heights) > 3
        words = page.locator(".kwic tbody th a")
        boxes = words.evaluate_all("all => all.map(a => a.getBoundingClientRect().toJSON())")
        assert all(box["left"] >= 0 and box["right"] <= width for box in boxes)
        if width == 1280:
            assert max(heights) < 40
            lefts = page.locator(".kwic td.left bdi")
            ends = lefts.evaluate_all("all => all.map(each => each.getBoundingClientRect().right)")
            assert max(ends) - min(ends) < 1
        else:
            cut = "cells => cells.some(cell => getComputedStyle(cell).overflowX === 'hidden')"
            assert not page.locator(".kwic tbody td").evaluate_all(cut)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_briefing_is_printed(browser: Any, base: str, width: int) -> None:
    """Without script, by keys alone: from results to the document, on paper without its links."""
    with browser.new_context(
        base_url=base, java_script_enabled=False, viewport={"width": width, "height": 844}
    ) as context:
        page = context.new_page()
        page.goto("/search?q=flood&sort=oldest")
        page.get_by_role("link", name="Briefing to print").press("Enter")
        page.wait_for_url("**/briefing?q=flood&sort=oldest")
        page.emulate_media(media="print")
        assert page.locator(".briefing > li").count() > 3
        assert page.locator(".briefing .cited").first.is_visible()
        assert not page.get_by_role("link", name="Word document").is_visible()
        assert not page.locator("header.site").is_visible()
        assert page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize("width", [1280, 390])
def test_releases_are_collected_on_a_list_that_its_address_keeps(
    browser: Any, base: str, width: int
) -> None:
    size = {"width": width, "height": 800}
    with browser.new_context(base_url=base, viewport=size) as context:
        page = context.new_page()
        for release in ("R001", "R004"):
            page.goto(f"/release/{release}")
            page.get_by_role("link", name="Add to reading list").click()
            page.wait_for_url(f"**/reading-list?**release={release}")
        assert page.url.endswith("/reading-list?release=R001&release=R004")
        assert page.locator(".hits li").count() == 2
        page.goto("/reading-list?release=R007")  # somebody else's
        page.get_by_role("link", name="Remove").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/reading-list")
        page.get_by_role("link", name="Reading list").click()
        page.wait_for_url("**/reading-list?release=R001&release=R004")
        page.get_by_role("link", name="Remove").first.click()
        page.wait_for_url("**/reading-list?release=R004")
        page.goto("/search?q=flood")
        page.get_by_role("link", name="Reading list").click()
        page.wait_for_url("**/reading-list?release=R004")


def test_without_script_a_list_is_added_to_by_addresses(browser: Any, base: str) -> None:
    with browser.new_context(base_url=base, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/release/R001")
        page.get_by_role("link", name="Add to reading list").click()
        page.get_by_role("textbox", name="The address of a release").fill(f"{base}/release/R004")
        page.keyboard.press("Enter")
        page.wait_for_url("**/reading-list?release=R001&release=R004")


@pytest.mark.parametrize(
    ("path", "part"), [("/terms?agency=water-board", ".scroll"), ("/concordance?q=flood", ".order")]
)
def test_nothing_of_a_table_or_its_choices_is_cut_off_on_a_phone(
    browser: Any, base: str, path: str, part: str
) -> None:
    with browser.new_context(base_url=base, viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        page.goto(path)
        shape = page.locator(part).evaluate("each => [each.scrollWidth, each.clientWidth]")
        assert shape[0] <= shape[1]
