"""What did not change is not sent again."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

import webapp
from index.stores.folder import FolderStore
from index.stores.stored_release import stored_release
from tests.webapp.page_reading import announced
from tests.webapp.press_room import FIRST_INDEXED, press_room, write
from webapp import create_app
from webapp.views.templates import digest_of

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


def test_a_page_may_be_shown_again_for_as_long_as_the_settings_say(tmp_path: Path) -> None:
    write(tmp_path / "index", RELEASES[:2])
    index = str(tmp_path / "index")
    asked = {"": "no-cache", "60": "public, max-age=60"}
    for seconds, said in asked.items():
        given = {"page_lifetime": int(seconds)} if seconds else {}
        client = create_app({"index": index, **given}).test_client()
        assert client.get("/search?q=north").headers["Cache-Control"] == said
    assert "max-age" not in client.get("/nothing").headers["Cache-Control"]


def test_two_commits_in_one_second_are_two_pages(tmp_path: Path) -> None:
    """The time of the last commit is shown in whole seconds; the tag must tell more."""
    client = create_app({"index": str(tmp_path / "index")}).test_client(use_cookies=False)
    tags, texts = set(), []
    for number in range(6):
        changed = replace(RELEASES[0], headline=f"Headline number {number}")
        store = FolderStore(tmp_path / "index")
        with store.writing():
            store.apply([changed.id] if number else [], [stored_release(changed, FIRST_INDEXED)])
        for table in (tmp_path / "index").glob("_MAIN_*.toc"):
            os.utime(table, ns=(10**18 + number, 10**18 + number))  # all in one second
        response = client.get("/release/R000.json")
        tags.add(response.headers["ETag"])
        texts.append(response.get_json()["headline"])
        for tag in tags - {response.headers["ETag"]}:
            old = client.get("/release/R000.json", headers={"If-None-Match": tag})
            assert old.status_code == 200
    assert texts == [f"Headline number {number}" for number in range(6)]
    assert len(tags) == 6


def test_a_folder_made_anew_has_other_tags(tmp_path: Path) -> None:
    """Its first commit has the number that the first one of the old folder had."""
    app = create_app({"index": str(tmp_path / "index")})
    tags = []
    for number in range(2):
        write(tmp_path / "index", [RELEASES[number]])
        tags.append(app.test_client().get("/").headers["ETag"])
        (tmp_path / "index").rename(tmp_path / f"old-{number}")
    assert len(set(tags)) == 2


def test_a_new_version_of_any_file_of_ours_makes_new_tags(tmp_path: Path) -> None:
    """What is left out of the digest would leave old pages in caches, with a tag that fits."""
    package = Path(webapp.__file__).parent
    shown = [path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    one_of_each = {path.suffix: path for path in shown}
    assert {".html", ".xml", ".css", ".js", ".svg", ".po", ".py"} <= one_of_each.keys()
    for path in one_of_each.values():
        copy = tmp_path / path.relative_to(package)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    seen = {digest_of(tmp_path)}
    for path in one_of_each.values():
        copy = tmp_path / path.relative_to(package)
        copy.write_bytes(path.read_bytes() + b" ")
        seen.add(digest_of(tmp_path))
        copy.rename(copy.with_name("renamed" + path.suffix))
        seen.add(digest_of(tmp_path))
    assert len(seen) == 1 + 2 * len(one_of_each)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "app.pyc").write_bytes(b"x")
    assert digest_of(tmp_path) in seen


def test_files_of_ours_are_kept_for_a_year_under_a_versioned_name(client: FlaskClient) -> None:
    soup = BeautifulSoup(client.get("/").text, "lxml")
    for link in soup.find_all("link", rel=["stylesheet", "icon"]):
        response = client.get(urljoin("/", str(link["href"])))
        assert response.status_code == 200
        assert "immutable" in response.headers["Cache-Control"]
