"""Trends in a browser: the chart before everything else, legible on a phone."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser
SMALLEST = 11
"""Pixels of a line of text that can be read without zooming."""


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_the_chart_comes_first_and_can_be_read(
    browser: Any, base: str, width: int, height: int
) -> None:
    size = {"width": width, "height": height}
    with browser.new_context(base_url=base, viewport=size, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/trends?q=flood&q=ferry&from=2021&to=2022-05-10")
        drawing = page.locator(".drawing").bounding_box()
        assert drawing["y"] + drawing["height"] <= height, "all of it is above the fold"
        assert drawing["x"] >= 0
        assert drawing["x"] + drawing["width"] <= width
        form = page.locator("#compare").bounding_box()
        assert form["y"] > drawing["y"] or form["x"] > drawing["x"] + drawing["width"] / 2
        numbers = page.locator(".chart text:visible")
        sizes = [each.bounding_box()["height"] for each in numbers.all()]
        assert len(sizes) > 5
        assert min(sizes) >= SMALLEST
        assert page.locator(".hatched").count() == 1
        named = page.locator(".legend li:visible, .chart .name:visible").all_text_contents()
        assert [each.strip() for each in named] == ["flood", "ferry"]


@pytest.mark.parametrize("width", [320, 390, 768])
def test_numbers_beside_the_chart_are_not_cut(browser: Any, base: str, width: int) -> None:
    """Their first digit was outside the drawing: 1,000 read as 000."""
    with browser.new_context(base_url=base, viewport={"width": width, "height": 700}) as context:
        page = context.new_page()
        page.goto("/trends?q=agency%3Awater-board&agency=water-board&per=rate&unit=year")
        drawing = page.locator(".drawing").bounding_box()
        numbers = page.locator(".chart .across")
        assert numbers.last.text_content() == "1,000"
        for each in numbers.all():
            assert drawing["x"] <= each.bounding_box()["x"]


def test_on_a_phone_a_link_leads_to_what_is_compared(browser: Any, base: str) -> None:
    size = {"width": 390, "height": 844}
    with browser.new_context(base_url=base, viewport=size) as context:
        page = context.new_page()
        page.goto("/trends?q=flood")
        page.get_by_role("link", name="Change what is compared").click()
        box = page.get_by_label("Words 2")
        box.fill("ferry")
        box.press("Enter")
        page.wait_for_url("**/trends?q=flood&q=ferry")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_home_has_the_box_first_and_a_small_chart(
    browser: Any, base: str, width: int, height: int
) -> None:
    with browser.new_context(base_url=base, viewport={"width": width, "height": height}) as context:
        page = context.new_page()
        page.goto("/")
        box = page.locator("#q").bounding_box()
        chart = page.locator(".months").bounding_box()
        first = page.locator(".found .hits > li").first.bounding_box()
        assert box["y"] < height / 3
        assert box["y"] < chart["y"]
        assert chart["height"] < height / 5
        assert first["y"] + first["height"] <= height, "a whole release is above the fold"
