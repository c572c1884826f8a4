"""The system's Chromium, one for all tests of a process: playwright has no second one in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)

GIVEN_UP = "Transition was "
"""What Chromium says where it gives up the fade from page to page, which a style sheet asks for:
under five browsers on two cores it came too late in one of 178 tests. No script asks for
one, so no error of ours begins so."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The system's Chromium, which makes no connection of its own."""
    if CHROMIUM is None:
        pytest.skip("Chromium absent: install it, or run `make test`, which does")
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", *quiet]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any, base: str) -> Iterator[Any]:
    """A window with script under our own policy; an error in it fails the test."""
    wrong: list[str] = []
    with browser.new_context(base_url=base) as context:
        opened = context.new_page()
        opened.on("pageerror", lambda error: wrong.append(str(error)))
        opened.on(
            "console",
            lambda message: wrong.append(message.text) if message.type == "error" else None,
        )
        yield opened
    assert [each for each in wrong if not each.startswith(GIVEN_UP)] == []
