"""An application over the press room's index, made once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from search import Engine, open_engine
from tests.webapp.press_room import press_room, write
from tests.webapp.soup import Page, soup_at
from webapp import create_app


@pytest.fixture(scope="session")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the index."""
    folder = tmp_path_factory.mktemp("press-room") / "index"
    write(folder, press_room())
    return folder


@pytest.fixture(scope="session")
def engine(index_folder: Path) -> Iterator[Engine]:
    """The engine that the pages should agree with."""
    opened = open_engine(index_folder)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def app(index_folder: Path) -> Flask:
    """The application."""
    return create_app({"index": str(index_folder), "base_url": "https://press.example"})


class _Browser(FlaskClient):
    """A client that reads every response to its end and closes it."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        kwargs["buffered"] = True
        return super().open(*args, **kwargs)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without cookies."""
    app.test_client_class = _Browser
    return app.test_client(use_cookies=False)


@pytest.fixture
def page(client: FlaskClient) -> Page:
    """The page at an address, which must answer at once and well."""

    def get(address: str) -> BeautifulSoup:
        return soup_at(client, address)

    return get
