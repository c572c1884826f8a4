"""Dates by today in addresses and boxes, and the spans that the date facet names."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from bs4 import Tag
from flask.testing import FlaskClient

from index.dates.relative import read_typed, today
from tests.webapp.page_reading import announced
from tests.webapp.press_room import press_room, write
from tests.webapp.soup import soup_at
from webapp import create_app
from webapp.site import wording
from webapp.site.languages import LANGUAGES, Language


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The press room, with one release of today, one of last year and one of five days ago."""
    now = today()
    days = (now, now - datetime.timedelta(5), datetime.date(now.year - 1, 1, 15))
    recent = [
        replace(
            press_room()[0],
            id=f"recent-{number}",
            date=day.isoformat(),
            headline=f"Lantern {number}",
            body=f"Lantern number {number} was lit.",
        )
        for number, day in enumerate(days)
    ]
    path = tmp_path_factory.mktemp("recent") / "index"
    write(path, [*press_room(), *recent])
    return path


@pytest.fixture(scope="module")
def reader(folder: Path) -> FlaskClient:
    return create_app({"index": str(folder)}).test_client()


def test_named_spans_lead_to_what_they_count(reader: FlaskClient) -> None:
    soup = soup_at(reader, "/search?q=lantern")
    spans = {
        str(link["href"]): int(link.find_next(class_="number").get_text())  # type: ignore[union-attr]
        for link in soup.select(".spans a")
    }
    assert spans["/search?q=lantern&from=-7d"] == 2
    assert spans["/search?q=lantern&from=-1y&to=-1y"] >= 1
    for href, count in spans.items():
        assert announced(soup_at(reader, href)) == count


def test_an_old_search_names_no_spans(reader: FlaskClient) -> None:
    assert not soup_at(reader, "/search?q=flood").select(".spans")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("from=past+7+days", "from=-7d"),
        ("from=yesterday&to=today", "from=-1d&to=0d"),
        ("from=last+year&to=last+year", "from=-1y&to=-1y"),
        ("from=Q1+2023&to=Q2+2023", "from=2023-01&to=2023-06"),
        ("from=" + quote("２０２３"), "from=2023"),
    ],
)
def test_what_is_typed_becomes_a_date_that_stays(
    reader: FlaskClient, typed: str, address: str
) -> None:
    response = reader.get(f"/search?q=lantern&{typed}")
    assert response.status_code == 302
    assert response.headers["Location"] == f"/search?q=lantern&{address}"


def test_the_page_says_what_a_relative_date_means_today(reader: FlaskClient) -> None:
    soup = soup_at(reader, "/search?q=lantern&from=-7d")
    week_ago = wording.date_in_words(LANGUAGES[0], (today() - datetime.timedelta(7)).isoformat())
    assert f"From: 7 days ago ({week_ago})" in soup.select(".chips a")[0].get_text()
    box = soup.find("input", id="from")
    assert isinstance(box, Tag)
    assert box["value"] == "7 days ago"


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.tag)
def test_a_box_reads_what_it_says(language: Language) -> None:
    for date in ("0d", "-1d", "-30d", "0w", "-1w", "-2w", "0m", "-1m", "-7m", "0y", "-1y", "-2y"):
        said = wording.date_in_box(language, date)
        assert said != date
        pair = read_typed(said, today())
        assert pair is not None, said
        assert set(pair) == {date}


def test_feeds_charts_and_data_take_relative_dates(reader: FlaskClient) -> None:
    found = reader.get("/search.json?q=lantern&from=-7d").get_json()
    assert (found["total"], found["request"]["date_from"]) == (2, "-7d")
    assert soup_at(reader, "/trends?q=lantern&from=-1y").select_one("svg.chart")
    assert reader.get("/search.csv?q=lantern&from=-7d").text.count("Lantern") == 2


def test_bars_carry_their_numbers(reader: FlaskClient) -> None:
    soup = soup_at(reader, "/search?q=flood&from=2023&to=2023")
    numbers = [each.get_text() for each in soup.select(".timeline .count")]
    table = [each.get_text() for each in soup.select(".facet table.bars td.number:not(.share)")]
    assert numbers == [each for each in table if each != "0"][: len(numbers)]
    assert numbers
