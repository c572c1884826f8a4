"""Pages as trees of elements."""

from __future__ import annotations

from collections.abc import Callable

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

Page = Callable[[str], BeautifulSoup]
"""What gives the page at an address."""


def soup_at(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    """The page at an address, which must answer at once, with that status."""
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status, answer.headers.get("Location"))
    return BeautifulSoup(answer.text, "lxml")
