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
