"""What did not change is not sent again."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.webapp.page_reading import announced
from tests.webapp.press_room import press_room, write
from webapp import create_app

RELEASES = press_room()


def test_an_unchanged_page_is_not_sent_twice_and_a_changed_one_is(tmp_path: Path) -> None:
    write(tmp_path / "index", RELEASES[:5])
    client = create_app({"index": str(tmp_path / "index")}).test_client(use_cookies=False)
    for address in ("/", "/search?q=north", "/search.json?q=north", "/search.csv", "/release/R001"):
        tag = client.get(address).headers["ETag"]
        again = client.get(address, headers={"If-None-Match": tag})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    tag = client.get("/search?q=north").headers["ETag"]
    assert client.get("/search?q=north&sort=newest").headers["ETag"] != tag
    write(tmp_path / "index", RELEASES[5:8])
    fresh = client.get("/search?q=north", headers={"If-None-Match": tag})
    assert fresh.status_code == 200
    assert announced(BeautifulSoup(fresh.text, "lxml")) == 8


def test_files_of_ours_are_kept_for_a_year_under_a_versioned_name(client: FlaskClient) -> None:
    soup = BeautifulSoup(client.get("/").text, "lxml")
    for link in soup.find_all("link", rel=["stylesheet", "icon"]):
        response = client.get(urljoin("/", str(link["href"])))
        assert response.status_code == 200
        assert "immutable" in response.headers["Cache-Control"]
