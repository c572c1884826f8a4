"""Releases of the same text on the page, in JSON, CSV, feeds and on the command line: as one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from lxml import etree

from index.release import Agency, Release
from search.engines.collapsing import NAMED_COPIES
from tests.webapp.press_room import HARBOUR, write
from webapp import create_app
from webapp.cli.main import main

ODD = Agency("b-and-b", "Bread & <b>Butter</b> Board")
TEXT = "The lantern ferry sails at dusk from the north pier to the south pier and back. " * 5
"""Long enough to say by itself what is said."""


def release(number: str, date: str, agency: Agency) -> Release:
    return Release(
        id=number, headline="Lantern ferry", body=TEXT, language="en",
        date=date, date_precision="day", agency=agency,
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("copies") / "index"
    alike = [release(f"n{day}", f"2023-06-0{day}", HARBOUR) for day in range(1, 9)]
    last = [release("last", "2023-07-01", HARBOUR), release("odd", "2023-06-30", ODD)]
    write(made, [*alike, *last])
    return made


@pytest.fixture
def client(folder: Path) -> FlaskClient:
    return create_app({"index": str(folder), "base_url": "https://press.example"}).test_client()


def test_the_page_names_the_others_and_leads_to_each(client: FlaskClient) -> None:
    soup = BeautifulSoup(client.get("/search?q=ferry").data, "lxml")
    (article,) = soup.select(".hits article")
    others, own, more = article.select("p.about")[1:]
    assert others.get_text() == "Also issued by Bread & <b>Butter</b> Board (30 June 2023)"
    assert own.get_text().startswith("Also on 8 June 2023, 7 June 2023, ")
    for link in [*others.select("a"), *own.select("a")]:
        assert client.get(str(link["href"])).status_code == 200
    assert (more.get_text(strip=True), more.a["href"]) == (
        f"{9 - NAMED_COPIES} more of the same text", "/search?q=ferry&copies=1"
    )  # fmt: skip
    assert soup.h1 is not None
    assert soup.h1.get_text() == "10 releases"
    unfolded = BeautifulSoup(client.get("/search?q=ferry&copies=1").data, "lxml")
    assert len(unfolded.select(".hits article")) == 10
    assert not unfolded.select(".hits p.about + p.about")


def test_where_releases_are_counted_nothing_is_said_of_hits(client: FlaskClient) -> None:
    assert "Copies of the same text" in client.get("/search?q=ferry").text
    assert "Copies of the same text" not in client.get("/trends?q=ferry").text


def test_json_has_the_others_and_all_counts(client: FlaskClient) -> None:
    found = client.get("/search.json?q=ferry").get_json()
    (hit,) = found["hits"]
    assert (found["total"], found["folded"], found["pages"]) == (10, 9, 1)
    assert (hit["id"], hit["copies_total"]) == ("last", 9)
    assert [each["id"] for each in hit["copies"]] == ["odd", "n8", "n7", "n6", "n5"]
    assert hit["copies"][0]["agency"] == {"slug": ODD.slug, "name": ODD.name}
    assert sum(each["count"] for each in found["facets"]["agency"]) == 10
    (folded,) = [each for each in found["notices"] if each["code"] == "copies-folded"]
    assert len(client.get(folded["undo"].replace("?", ".json?")).get_json()["hits"]) == 10


def test_feeds_have_an_entry_that_names_the_others_and_csv_every_release(
    client: FlaskClient,
) -> None:
    atom = etree.fromstring(client.get("/search.atom?q=ferry").data)
    (summary,) = atom.findall(".//{*}entry/{*}summary")
    assert "Bread &amp; &lt;b&gt;Butter&lt;/b&gt; Board (30 June 2023)" in summary.text
    (item,) = client.get("/search.feed.json?q=ferry").get_json(force=True)["items"]
    assert "<p>Also on 8 June 2023" in item["content_html"]
    assert len(client.get("/search.csv?q=ferry").text.strip().splitlines()) == 1 + 10


def test_the_neighbours_of_a_release_are_those_of_the_list(client: FlaskClient) -> None:
    page = client.get("/release/last/lantern-ferry?q=ferry&at=1").text
    assert "1 of 1" in page


def test_the_command_line_says_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["search", "--index", str(folder), "ferry"])
    said = capsys.readouterr().out
    assert said.startswith("10 releases\n")
    assert "Also issued by Bread & <b>Butter</b> Board (30 June 2023)\n" in said
    main(["search", "--index", str(folder), "ferry", "--copies", "--json"])
    assert len(json.loads(capsys.readouterr().out)["hits"]) == 10
