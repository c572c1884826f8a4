"""Long lists in a browser: a box that finds names at once, and without script as a form."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser


def test_an_agency_is_found_at_once_by_letters_of_its_name(page: Any) -> None:
    page.goto("/agencies")
    everything = page.locator(".groups li:visible").count()
    assert everything > 3
    box = page.get_by_label("Find an agency by its name")
    box.fill("wàTER")
    assert page.locator(".groups li:visible a").all_inner_texts() == ["Water Board"]
    assert page.locator(".groups h2:visible").all_inner_texts() == ["W"]
    assert page.locator("main [role=status]").inner_text() == "Shown: 1"
    box.fill("zzzz")
    assert page.locator(".groups li:visible").count() == 0
    assert "contains “zzzz”" in page.locator("main [role=status]").inner_text()
    box.fill("")
    assert page.locator(".groups li:visible").count() == everything
    assert page.locator("main [role=status]").inner_text() == ""


def test_without_script_the_form_finds_an_agency(browser: Any, base: str) -> None:
    with browser.new_context(base_url=base, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/agencies")
        page.get_by_label("Find an agency by its name").fill("water")
        page.keyboard.press("Enter")
        page.wait_for_url("**/agencies?find=water")
        assert page.locator(".groups a").all_inner_texts() == ["Water Board"]
        page.get_by_role("link", name="Show all").click()
        page.wait_for_url("**/agencies")
