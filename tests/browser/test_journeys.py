"""People's ways through the pages: with script, by keys, on small screens, on paper."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.barriers import barriers

pytestmark = pytest.mark.browser


def test_suggestions_are_a_combobox_that_keys_can_use(page: Any) -> None:
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("water")
    option = page.get_by_role("option", name="Water Board agency")
    # The list of the first letters may have it too, and changes while keys are pressed.
    option.locator("b", has_text=re.compile("^water$", re.IGNORECASE)).wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    names = page.get_by_role("option").all_inner_texts()
    for _ in range(1 + [name.startswith("Water Board") for name in names].index(True)):
        box.press("ArrowDown")
    assert option.get_attribute("aria-selected") == "true"
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    box.press("Enter")
    page.wait_for_url("**/agency/water-board")


def test_suggestions_go_away_and_never_replace_what_was_typed(page: Any) -> None:
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("reservo")
    page.get_by_role("listbox").wait_for()
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert page.get_by_role("listbox").count() == 0
    box.press("Enter")
    page.wait_for_url("**/search?q=reservo")


def test_a_suggestion_can_be_clicked(page: Any) -> None:
    page.goto("/zh-hant/")
    page.get_by_role("combobox").press_sequentially("碼頭")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/zh-hant/release/**")


def test_a_suggestion_keeps_what_the_search_is_limited_to(page: Any) -> None:
    page.goto("/search?q=flood&from=2020&sort=newest")
    page.get_by_role("combobox").fill("")
    page.get_by_role("combobox").press_sequentially("reservoi")
    page.get_by_role("option", name="reservoir word").click()
    page.wait_for_url("**/search?q=reservoir&from=2020&sort=newest")


def test_the_open_list_has_no_barrier(browser: Any, base: str) -> None:
    with browser.new_context(base_url=base, bypass_csp=True) as context:
        page = context.new_page()
        page.goto("/search?q=flood")
        page.get_by_role("combobox").fill("")
        page.get_by_role("combobox").press_sequentially("water")
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("ArrowDown")
        assert barriers(page) == []


def test_keys_reach_the_box_and_move_through_the_results(page: Any) -> None:
    page.goto("/search?q=north")
    headlines = page.locator("ol.hits h2 a")
    for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        assert headlines.nth(place).evaluate("link => link === document.activeElement")
    page.keyboard.press("/")
    box = page.get_by_role("combobox")
    assert box.evaluate("box => box === document.activeElement")
    page.keyboard.type("jk/")
    assert box.input_value() == "jk/"


def test_keys_are_told_and_can_be_switched_off(page: Any) -> None:
    for wanted in (False, True):
        page.goto("/help")
        page.get_by_label("Use these shortcuts in this browser").set_checked(wanted)
        page.goto("/search?q=north")
        page.keyboard.press("j")
        first = page.locator("ol.hits h2 a").first
        assert first.evaluate("link => link === document.activeElement") is wanted


def test_a_list_without_numbers_is_still_told_as_one(page: Any) -> None:
    page.goto("/search?q=flood")
    found = page.locator("ol.hits")
    assert found.evaluate("list => getComputedStyle(list).listStyleType") == "none"
    assert found.get_attribute("role") == "list"
    assert page.get_by_role("list").get_by_role("heading", level=2).count() == 10


def test_bars_of_the_timeline_lead_into_the_year(page: Any) -> None:
    page.goto("/search?q=flood")
    bar = page.locator("svg.timeline a", has=page.locator("title", has_text="2022"))
    bar.click()  # one end of a span
    assert "Choose another bar" in page.locator(".brushed").inner_text()
    bar.click()  # and the other
    page.wait_for_url("**/search?q=flood&from=2022&to=2022")
    page.get_by_text("Show as a table").click()
    row = page.locator("table.bars tr", has=page.locator("a")).first
    count = int(row.locator(".number").first.inner_text())
    row.locator("a").click()
    page.wait_for_url("**from=2022-*")
    assert page.get_by_role("status").inner_text().startswith(f"{count} release")


def test_a_span_is_brushed_by_pointer_and_by_keys(page: Any) -> None:
    """Its number, and the boxes, follow; what is shown has as many."""
    page.goto("/search?q=flood")
    bars = page.locator("svg[data-said] a")
    bars.first.scroll_into_view_if_needed()
    places = [each.bounding_box() for each in bars.all()]
    counts = [int(each.get_attribute("data-count")) for each in bars.all()]
    assert len(counts) > 2
    first, last = places[1], places[2]
    page.mouse.move(first["x"] + first["width"] / 2, first["y"] + first["height"] / 2)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] / 2, last["y"] + 4)
    assert f": {sum(counts[1:3])} releases" in page.locator(".brushed").inner_text()
    start, end = (bars.nth(place).get_attribute("data-from") for place in (1, 2))
    assert page.locator("#from").input_value() == start
    page.mouse.up()
    page.wait_for_url(f"**/search?q=flood&from={start}&to={end}")
    page.locator("#results", has_text=f"{sum(counts[1:3])} releases").wait_for()
    page.goto("/search?q=flood")
    page.locator("#from-end").focus()
    page.keyboard.press("ArrowRight")
    assert f": {sum(counts[1:])} releases" in page.locator(".brushed").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/search?q=flood&from={start}&to=*")


def test_the_language_is_changed_and_stays(page: Any) -> None:
    page.goto("/search?q=flood&agency=water-board")
    page.get_by_role("link", name="繁體中文").click()
    page.wait_for_url("**/zh-hant/search?q=flood&agency=water-board")
    assert page.locator("html").get_attribute("lang") == "zh-Hant"
    page.locator("ol.hits h2 a").first.click()
    page.wait_for_url("**/zh-hant/release/**")
    page.get_by_role("link", name="English").click()
    page.wait_for_url(lambda address: "/zh-" not in address)


@pytest.mark.parametrize(
    ("width", "height", "zoom"), [(320, 640, 1), (1280, 1024, 4)], ids=["320 px", "400 %"]
)
@pytest.mark.parametrize("prefix", ["", "/zh-hant"])
def test_everything_is_in_reach_on_narrow_screens(
    browser: Any, base: str, width: int, height: int, zoom: int, prefix: str
) -> None:
    # A zoom of 400 % leaves a quarter of the pixels, each four times as large.
    viewport = {"width": width // zoom, "height": height // zoom}
    with browser.new_context(base_url=base, viewport=viewport, device_scale_factor=zoom) as context:
        page = context.new_page()
        for path in ("/", "/search?q=flood&from=2021&undated=1", "/release/typhoon-0", "/agencies"):
            page.goto(prefix + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path
            box = page.locator("input[type=search]").first
            if box.count():
                shape = box.bounding_box()
                assert shape["x"] >= 0
                assert shape["x"] + shape["width"] <= viewport["width"]
                assert shape["width"] > 120


def test_nothing_moves_while_a_page_loads(browser: Any, base: str) -> None:
    watch = """() => new Promise(done => {
        let moved = 0;
        new PerformanceObserver(list => list.getEntries().forEach(each => moved += each.value))
            .observe({type: 'layout-shift', buffered: true});
        setTimeout(() => done(moved), 300);
    })"""
    with browser.new_context(base_url=base) as context:
        page = context.new_page()
        for path in ("/", "/search?q=flood", "/release/typhoon-0", "/2023"):
            page.goto(path)
            assert page.evaluate(watch) == 0, path


def test_dark_is_dark_and_light_is_light(browser: Any, base: str) -> None:
    shades = {}
    for scheme in ("light", "dark"):
        with browser.new_context(base_url=base, color_scheme=scheme) as context:
            page = context.new_page()
            page.goto("/search?q=flood")
            colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
            shades[scheme] = sum(int(part) for part in colour.strip("rgb()").split(","))
    assert shades["dark"] < 150 < 600 < shades["light"]


def test_marks_are_told_apart_without_colour(browser: Any, base: str) -> None:
    with browser.new_context(base_url=base, forced_colors="active") as context:
        page = context.new_page()
        page.goto("/search?q=flood")
        line = page.evaluate("getComputedStyle(document.querySelector('mark')).textDecorationLine")
        assert line == "underline"
    with browser.new_context(base_url=base) as context:
        page = context.new_page()
        page.goto("/search?q=flood")
        edge = page.evaluate("getComputedStyle(document.querySelector('mark')).boxShadow")
        assert "inset" in edge


def test_paper_has_the_results_and_nothing_to_press(browser: Any, base: str) -> None:
    with browser.new_context(base_url=base, color_scheme="dark") as context:
        page = context.new_page()
        page.goto("/search?q=flood")
        page.emulate_media(media="print")
        assert page.locator("ol.hits h2").first.is_visible()
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
        unwanted = ("header.site", "form[role=search]", ".filters", ".pager", ".choice:visible")
        for selector in unwanted:
            assert not page.locator(selector).first.is_visible(), selector
        assert page.pdf()[:5] == b"%PDF-"
