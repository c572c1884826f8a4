"""Filters in a browser: a sheet on a phone, a column that stays on a desk, rows that are controls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from index.release import Agency
from tests.browser.site_server import served
from tests.timing import wait_until
from tests.webapp.press_room import press_room, write

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
OFFICES = 30


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with more agencies than stand beside the results."""
    folder = tmp_path_factory.mktemp("many") / "index"
    model = press_room()[0]
    releases = [
        replace(
            model,
            id=f"r{number}",
            url=None,
            headline=f"Notice {number} on the flood",
            agency=Agency(f"office-{number % OFFICES}", f"Office of Bay {number % OFFICES}"),
        )
        for number in range(3 * OFFICES)
    ]
    write(folder, releases)
    with served(folder) as address:
        yield address


@contextmanager
def opened(browser: Any, site: str, size: dict[str, int], *, script: bool = True) -> Iterator[Any]:
    """A window of some size, with script or without."""
    with browser.new_context(base_url=site, viewport=size, java_script_enabled=script) as context:
        yield context.new_page()


def total(page: Any) -> int:
    """The number that the heading of the results says."""
    return int(page.locator("#results").inner_text().split()[0].replace(",", ""))


def test_on_a_phone_filters_are_a_sheet_that_returns_to_the_results(
    browser: Any, base: str
) -> None:
    with opened(browser, base, PHONE) as page:
        page.goto("/search?q=flood")
        everything, sheet = total(page), page.locator("#filters")
        assert not sheet.is_visible()
        page.get_by_role("link", name="Filters", exact=True).click()
        sheet.wait_for()
        shape = sheet.bounding_box()
        assert (shape["x"], shape["y"], shape["width"]) == (0, 0, PHONE["width"])
        assert shape["height"] >= PHONE["height"]
        assert sheet.evaluate("each => each.scrollTop") == 0, "it opens from the top"
        page.locator("label", has=page.locator("#agency-water-board")).click()
        page.wait_for_url("**agency=water-board**")
        assert sheet.is_visible(), "more can be chosen"
        assert page.locator("#agency-water-board").is_checked()
        page.get_by_role("link", name="Show results").click()
        assert not sheet.is_visible()
        assert 0 < total(page) < everything
        assert page.locator(".found .hits > li").first.is_visible()
        assert "agency=water-board" in page.url


def test_without_script_the_sheet_applies_and_returns(browser: Any, base: str) -> None:
    with opened(browser, base, PHONE, script=False) as page:
        page.goto("/search?q=flood")
        page.get_by_role("link", name="Filters", exact=True).click()
        page.locator("label", has=page.locator("#agency-water-board")).click()
        page.get_by_role("button", name="Apply selected agencies").click()
        page.wait_for_url("**/search?q=flood&agency=water-board")
        assert not page.locator("#filters").is_visible()
        assert page.locator(".found .hits > li").first.is_visible()


def test_on_a_desk_the_column_stays_in_sight(browser: Any, base: str) -> None:
    with opened(browser, base, DESK) as page:
        page.goto("/search?q=flood&per_page=50")
        page.mouse.wheel(0, 3000)
        assert wait_until(lambda: page.evaluate("scrollY") > 1000)
        shape = page.locator("#filters").bounding_box()
        assert shape["y"] == 0
        assert shape["height"] <= DESK["height"]
        assert page.locator("#agency-water-board").is_visible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_whole_row_is_the_control(browser: Any, base: str, size: dict[str, int]) -> None:
    with opened(browser, base, size, script=False) as page:
        page.goto("/search?q=flood#filters")
        row = page.locator(".choices label", has=page.locator("#agency-water-board"))
        shape = row.bounding_box()
        assert shape["height"] >= 24
        box = page.locator("#agency-water-board")
        for checked, x in ((True, shape["width"] - 3), (False, shape["width"] / 2)):
            row.click(position={"x": x, "y": shape["height"] / 2})
            assert box.is_checked() is checked


def test_with_script_a_tick_updates_the_list_and_back_takes_it_away(
    browser: Any, base: str
) -> None:
    with opened(browser, base, DESK) as page:
        page.goto("/search?q=flood&from=2021")
        everything = total(page)
        page.locator("label", has=page.locator("#agency-water-board")).click()
        page.wait_for_url("**/search?q=flood&agency=water-board&from=2021")
        page.locator("#agency-water-board:checked").wait_for()
        assert total(page) < everything
        page.go_back()
        page.wait_for_url("**/search?q=flood&from=2021")
        page.locator("#agency-water-board:not(:checked)").wait_for()
        assert total(page) == everything


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_value_is_left_out_by_keyboard_and_taken_in_again(
    browser: Any, base: str, script: bool
) -> None:
    with opened(browser, base, DESK, script=script) as page:
        page.goto("/search?q=flood&from=2021")
        everything = total(page)
        page.get_by_role("button", name="not Water Board").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=flood&agency=-water-board&from=2021")
        page.locator("#agency-water-board:checked").wait_for()
        without = total(page)
        assert without < everything
        assert page.locator(".chips").get_by_text("not Water Board").count() == 1
        assert not page.locator(".found .about", has_text="Water Board").count()
        if script:
            assert page.evaluate("document.activeElement.id") == "agency-water-board"
        page.locator("#agency-water-board").focus()
        page.keyboard.press("Space")
        if not script:
            page.get_by_role("button", name="Apply selected agencies").click()
        page.wait_for_url("**/search?q=flood&from=2021")
        page.locator("#agency-water-board:not(:checked)").wait_for()
        assert total(page) == everything


def test_a_long_list_has_a_box_that_finds(browser: Any, many: str) -> None:
    with opened(browser, many, DESK) as page:
        page.goto("/search?q=flood&from=2020")
        assert page.locator("#filters .choices label").count() < OFFICES
        page.get_by_label("Find an agency by its name").fill("bay 29")
        page.keyboard.press("Enter")
        page.wait_for_url("**find=bay+29**")
        page.locator("label", has_text="Office of Bay 29").click()
        page.get_by_role("button", name="Show releases from selected agencies").click()
        page.wait_for_url("**/search?q=flood&agency=office-29&from=2020")
        assert total(page) == 3


def test_shares_are_shown_on_demand(browser: Any, base: str) -> None:
    with opened(browser, base, DESK, script=False) as page:
        page.goto("/search?q=flood")
        row = page.locator(".choices label", has=page.locator("#agency-water-board"))
        assert "%" not in row.inner_text()
        page.get_by_label("Share of that agency’s releases that match").check()
        assert row.inner_text().strip().endswith("%")
