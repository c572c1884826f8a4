"""Arabic and Hebrew releases: what is written from right to left is shown so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from index.release import Agency
from tests.webapp.press_room import press_room, write
from tests.webapp.soup import soup_at
from webapp import create_app
from webapp.site.languages import html_direction

ARABIC = "افتتاح الميناء الجديد في المدينة"
BODY = f"{ARABIC} بعد عامين من العمل.\n\nThe harbour office paid 40 million.\n\nقال الوزير إن السفن ستعود."
HEBREW = "הנמל החדש נפתח"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    first = press_room()[0]
    agency = Agency("wizarat-al-mina", "وزارة الميناء")
    releases = [
        replace(first, id="ar", headline=ARABIC, body=BODY, language="ar", agency=agency, url=None),
        replace(
            first,
            id="he",
            headline=HEBREW,
            body=f"{HEBREW} היום.",
            language="he",
            url=None,
            agencies_mentioned=(agency,),
            place="חיפה",
        ),
        replace(first, id="en"),
    ]
    folder: Path = tmp_path_factory.mktemp("right-to-left") / "index"
    write(folder, releases)
    return create_app({"index": str(folder)}).test_client()


def test_lists_know_the_direction_of_each_text(reader: FlaskClient) -> None:
    soup = soup_at(reader, f"/search?q={ARABIC.split()[0]}&agency=wizarat-al-mina")
    for selector in (".hits h2", ".hits .snippet", ".hits .about a", ".choices .what"):
        found = soup.select_one(selector)
        assert found, selector
        assert found.get("dir") == "auto", selector
    chip = soup.select_one(".chips bdi")
    assert chip
    assert chip.get_text() == "وزارة الميناء"
    box = soup.find("input", id="q")
    assert box
    assert box.get("dir") == "auto"  # type: ignore[union-attr]


def test_a_release_knows_the_direction_of_each_paragraph(reader: FlaskClient) -> None:
    soup = soup_at(reader, "/release/ar")
    directions = [each.get("dir") for each in soup.select(".text .para")]
    assert directions == ["auto", None, "auto"]
    assert soup.h1
    assert soup.h1.get("dir") == "auto"
    assert soup.select_one("#cite-plain[dir=auto]")


@pytest.mark.parametrize(
    ("address", "selectors"),
    [
        (f"/concordance?q={ARABIC.split()[0]}", (".kwic .who", ".kwic th[scope=row]")),
        (
            f"/watch?s={ARABIC.split()[0]}",
            (".watched h2", ".newest", ".newest + .about > span:last-child"),
        ),
        (f"/release/he?q={HEBREW.split()[0]}&at=1", (".journey .restated",)),
        (f"/release/he?q={HEBREW.split()[0]}+OR+{ARABIC.split()[0]}&at=1", (".neighbour",)),
        ("/release/he", ("#mentioned + ul > li", "header .about > span[dir]")),
    ],
)
def test_other_pages_know_the_direction_too(
    reader: FlaskClient, address: str, selectors: tuple[str, ...]
) -> None:
    response = reader.get(address, follow_redirects=True)
    soup = BeautifulSoup(response.text, "lxml")
    for selector in selectors:
        found = soup.select_one(selector)
        assert found, (selector, response.text)
        assert found.get("dir") == "auto", selector


def test_what_runs_from_left_to_right_needs_no_attribute(reader: FlaskClient) -> None:
    assert 'dir="auto"' not in soup_at(reader, "/release/en").select_one("main").decode()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "direction"),
    [("plain", ""), ("épée 中文", ""), (HEBREW, ' dir="auto"'), ("a ﷺ", ' dir="auto"')],
)
def test_direction(text: str, direction: str) -> None:
    assert html_direction(text) == direction
