"""What each kind of page weighs: bounds that are kept, and the table in docs/page-weight.md.

`python tests/browser/test_page_weight.py` writes the table anew.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from webapp import create_app

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "page-weight.md"
SENT, UNPACKED, REQUESTS = 60_000, 150_000, 10
"""Bytes over the wire (gzip) and unpacked, and requests, of a page with all that it loads."""
KINDS = (
    ("first page", "/"),
    ("results", "/search?q=ferry+harbour&match=any"),
    ("results in one year", "/search?q=the&from=2024&to=2024"),
    ("results, Chinese", "/zh-hant/search?q=%E6%B8%A1%E8%BC%AA"),
    ("nothing found", "/search?q=lighthuose+toll"),
    ("agencies", "/agencies"),
    ("a year", "/2024"),
    ("comparison", "/trends?q=ferry&q=typhoon"),
    ("watch", "/watch?s=q%3Dferry&s=q%3Dtyphoon&s=q%3Dflood"),
)


class Weight(NamedTuple):
    """Bytes sent with gzip, bytes unpacked, requests."""

    sent: int
    unpacked: int
    requests: int


def weigh(client: FlaskClient, path: str) -> Weight:
    """The page at a path with its style sheets, scripts and icon."""
    bodies = [_body(client, path)]
    soup = BeautifulSoup(bodies[0], "lxml")
    names = [str(tag["href"]) for tag in soup.select("link[rel~=stylesheet], link[rel~=icon]")]
    for tag in soup.select("script[src]"):
        source = _body(client, str(tag["src"])).decode()
        modules = re.findall(r'from "(\./\w+\.js)"', source)
        names += [str(tag["src"]), *(urljoin(str(tag["src"]), module) for module in modules)]
    bodies += [_body(client, name) for name in names]
    sent = sum(len(gzip.compress(body, 6)) for body in bodies)
    return Weight(sent, sum(map(len, bodies)), len(bodies))


def _body(client: FlaskClient, path: str) -> bytes:
    with client.get(path, buffered=True) as response:
        assert response.status_code == 200, path
        return bytes(response.data)


def table(client: FlaskClient) -> str:
    """The table as Markdown."""
    rows = []
    for name, path in KINDS:
        sent, unpacked, requests = weigh(client, path)
        rows.append(f"| {name} | {sent / 1000:.0f} | {unpacked / 1000:.0f} | {requests} |")
    head = "| page | sent, kB | unpacked, kB | requests |\n| --- | --- | --- | --- |\n"
    return head + "\n".join(rows) + "\n"


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/search?q=flood", "/search?q=zzzz+flood&from=1990", "/2023", "/agencies"),
        *("/release/R001", "/release/R001/quote/1", "/compare?release=R001&release=R004"),
        *("/trends?q=flood", "/concordance?q=flood", "/first?q=flood", "/terms?agency=water-board"),
        *("/briefing?q=flood", "/watch?s=q%3Dflood", "/help", "/search/advanced", "/api"),
        "/reading-list?release=R001&release=R004",
    ],
)
def test_a_page_with_everything_is_light(tmp_path: Path, path: str) -> None:
    from tests.webapp.press_room import press_room, write

    write(tmp_path / "index", press_room())
    found = weigh(create_app({"index": str(tmp_path / "index")}).test_client(), path)
    assert found.sent < SENT
    assert found.unpacked < UNPACKED
    assert found.requests <= REQUESTS


def test_the_documentation_names_every_kind_of_page() -> None:
    text = PAGE.read_text("utf-8")
    for name, _ in KINDS:
        sent, unpacked, requests = re.search(
            rf"\| {name} \| (\d+) \| (\d+) \| (\d+) \|", text
        ).groups()  # type: ignore[union-attr]
        assert int(sent) * 1000 <= SENT
        assert int(unpacked) * 1000 <= UNPACKED
        assert int(requests) <= REQUESTS


def main() -> None:
    """Weigh the pages of the sample and write the table."""
    from screenshots import sample_app

    with sample_app() as app:
        text = PAGE.read_text("utf-8")
        start = text.index("| page |")
        PAGE.write_text(text[:start] + table(app.test_client()), "utf-8")


if __name__ == "__main__":
    main()
