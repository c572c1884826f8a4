"""Releases in two languages in a browser: one result, led by the language of the interface."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.site_server import served
from tests.search.engines.test_languages_as_one import TWO
from tests.webapp.press_room import write

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with two releases in two languages each, and one in one."""
    folder = tmp_path_factory.mktemp("tongues") / "index"
    write(folder, TWO)
    with served(folder) as address:
        yield address


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_two_languages_of_a_release_are_one_result_and_the_interface_decides_which_leads(
    browser: Any, site: str, script: bool
) -> None:
    with browser.new_context(base_url=site, java_script_enabled=script) as context:
        page = context.new_page()
        page.goto("/search?q=typhoon")
        headlines = page.locator(".found .hits h2")
        assert sorted(headlines.evaluate_all("all => all.map(each => each.lang)")) == ["en"] * 3
        page.get_by_role("link", name="繁體中文").click()
        page.wait_for_url("**/zh-hant/search?q=typhoon")
        leading = sorted(headlines.evaluate_all("all => all.map(each => each.lang)"))
        assert leading == ["en", "zh-Hant", "zh-Hant"]
        other = page.locator(".found a[hreflang=en]").first
        other.click()
        page.wait_for_url("**/zh-hant/release/**")
        assert page.locator("article h1").get_attribute("lang") == "en"
        assert "Typhoon 12" in page.locator("article h1").inner_text()


def test_a_language_is_ticked_and_left_out(browser: Any, site: str) -> None:
    with browser.new_context(base_url=site) as context:
        page = context.new_page()
        page.goto("/search?q=typhoon")
        page.locator("label", has=page.locator("#language-en")).click()
        page.wait_for_url("**/search?q=typhoon&language=en")
        page.get_by_role("button", name="not Traditional Chinese").click()
        page.wait_for_url("**/search?q=typhoon&language=-zh-Hant&language=en")
        assert page.locator(".chips").get_by_text("not Traditional Chinese").count() == 1
