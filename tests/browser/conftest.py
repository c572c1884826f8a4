"""A running server and the system's Chromium, for all tests that drive a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from werkzeug.serving import make_server

from tests.webapp.press_room import press_room, write
from webapp import create_app

sync_api = pytest.importorskip("playwright.sync_api")

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server over the press room."""
    folder = tmp_path_factory.mktemp("browser") / "index"
    write(folder, press_room())
    server = make_server("127.0.0.1", 0, create_app({"index": str(folder)}), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


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
