"""What axe finds on a page that keeps somebody from using it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


VIEWS = [(1280, "light"), (320, "dark")]
"""Widths of windows, in pixels, and colours, in which every page is looked at."""


@contextmanager
def window(browser: Any, width: int, scheme: str) -> Iterator[Any]:
    """A page in a window of that width; our policy forbids the script that axe adds to it."""
    with browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    ) as context:
        yield context.new_page()


def barriers_and_overflow(page: Any) -> list[tuple[str, str]]:
    """The barriers of an open page, and whether it scrolls sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*barriers(page), *([("scrolls sideways", "")] if wide else [])]


def barriers(page: Any) -> list[tuple[str, str]]:
    """Each rule that an open page breaks, with the element that breaks it."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    report = axe.Axe().run(page, options={"runOnly": RULES}).response
    assert len(report["passes"]) > 10, "axe looked at nothing"
    return [(each["id"], each["nodes"][0]["html"]) for each in report["violations"]]
