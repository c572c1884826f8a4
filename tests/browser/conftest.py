"""A running server, for all tests that drive a browser (`tests.browser.chromium`)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.site_server import served
from tests.webapp.press_room import press_room, write


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server over the press room."""
    folder = tmp_path_factory.mktemp("browser") / "index"
    write(folder, press_room())
    with served(folder) as address:
        yield address
