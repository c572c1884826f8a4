"""A calendar beside the boxes for dates: it fills them, and takes nothing from what they can hold."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.barriers import barriers

pytestmark = pytest.mark.browser
FORMS = ["/search?q=flood", "/trends?q=flood", "/search/advanced", "/terms?agency=water-board"]


@pytest.mark.parametrize("path", FORMS)
def test_a_day_chosen_in_the_calendar_stands_in_its_box(page: Any, path: str) -> None:
    page.goto(path)
    for name, label in (("from", "From"), ("to", "To")):
        page.get_by_role("button", name=f"{label}: choose a day in a calendar").click()
        day = page.locator(f"#{name} ~ input[type=date]")
        assert (day.get_attribute("min"), day.get_attribute("max")) == ("2021-01-01", "2023-12-24")
        day.fill("2023-06-26", force=True)
        page.keyboard.press("Escape")
        assert page.locator(f"#{name}").input_value() == "2023-06-26"
        assert page.evaluate("document.activeElement.id") == name
    assert barriers(page) == []
    page.locator("#from").press("Enter")
    page.wait_for_url("**from=2023-06-26&to=2023-06-26**")


def test_a_month_or_words_in_a_box_outlast_a_calendar_that_is_closed_again(page: Any) -> None:
    page.goto("/search?q=flood")
    for text in ("2023-06", "last week"):
        page.locator("#from").fill(text)
        page.get_by_role("button", name="From: choose a day in a calendar").press("Enter")
        page.keyboard.press("Escape")
        assert page.locator("#from").input_value() == text


def test_boxes_of_a_list_that_was_narrowed_in_its_place_have_one_calendar_each(page: Any) -> None:
    page.goto("/search?q=flood")
    page.locator(".choices input[name=agency]").first.check()
    page.wait_for_url("**agency=**")
    assert page.locator(".calendar").count() == page.locator(".dates input[name]").count() - 1 == 2


def test_without_script_there_is_no_button_that_does_nothing(browser: Any, base: str) -> None:
    with browser.new_context(base_url=base, java_script_enabled=False) as context:
        plain = context.new_page()
        plain.goto("/search?q=flood")
        assert plain.locator("#from").is_visible()
        assert plain.locator(".calendar").count() == 0
