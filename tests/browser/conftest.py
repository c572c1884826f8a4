"""A running server and the system's Chromium, for all tests that drive a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.site_server import served
from tests.webapp.press_room import press_room, write

sync_api = pytest.importorskip("playwright.sync_api")

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server over the press room."""
    folder = tmp_path_factory.mktemp("browser") / "index"
    write(folder, press_room())
    with served(folder) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The system's Chromium, which makes no connection of its own."""
    if CHROMIUM is None:
        pytest.skip("Chromium absent: install it, or run `make test`, which does")
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
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
    assert wrong == []
