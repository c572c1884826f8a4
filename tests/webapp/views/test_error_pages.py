"""What a reader sees when something is not there or does not work."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import shake_256
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from search import Engine
from search.engines import execution
from search.engines.folder import FolderEngine
from tests.webapp.press_room import press_room, write
from webapp import create_app

RELEASES = press_room()


@pytest.mark.parametrize(
    "address",
    ["/nothing", "/release/none", "/agency/none", "/1999", "/2023/13", "/2023/02/30", "/0"],
)
def test_what_is_not_there_is_404_in_plain_words(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    soup = BeautifulSoup(response.text, "lxml")
    assert soup.find("form", role="search")
    assert "Traceback" not in response.text


WAYS = [
    ("/2023/02/30", "There is no such date.", {"February 2023": "/2023/02"}),
    ("/2023/13", "There is no such date.", {"2023": "/2023"}),
    ("/0000", "There is no such date.", {}),
    ("/agency/none", "We have no agency at this address.", {"Agencies": "/agencies"}),
    ("/release/none", "We have no release at this address.", {}),
    ("/release/none/quote/1", "We have no release at this address.", {}),
    ("/release/none/changes", "We have no release at this address.", {}),
    (
        "/release/none/the-water-board",
        "We have no release at this address.",
        {"Search for “the water board”": "/search?q=the+water+board"},
    ),
    ("/compare", "Comparing takes two releases; we do not have both.", {}),
]


@pytest.mark.parametrize(("address", "said", "ways"), WAYS)
def test_what_is_not_there_names_what_was_probably_meant(
    client: FlaskClient, address: str, said: str, ways: dict[str, str]
) -> None:
    response = client.get(address)
    assert response.status_code == 404
    soup = BeautifulSoup(response.text, "lxml")
    assert said in soup.get_text()
    found = {each.get_text(): str(each["href"]) for each in soup.select("main li a")}
    assert found == ways
    for way in found.values():
        assert client.get(way).status_code == 200


def test_a_time_without_releases_leads_to_the_years_beside_it(
    client: FlaskClient, engine: Engine
) -> None:
    first = str(engine.coverage().first_date)[:4]
    soup = BeautifulSoup(client.get("/1999/05").text, "lxml")
    assert "We have no release from May 1999." in soup.get_text()
    assert [str(each["href"]) for each in soup.select("main li a")] == [f"/{first}"]


def test_a_part_that_a_release_has_not_leads_to_the_release(client: FlaskClient) -> None:
    release = RELEASES[0]
    for address in (
        f"/release/{release.id}/quote/999",
        f"/release/{release.id}/changes?change=99",
        f"/compare?release={release.id}&release=none",
    ):
        response = client.get(address)
        assert response.status_code == 404
        (way,) = BeautifulSoup(response.text, "lxml").select("main li a")
        assert way.get_text() == release.headline
        assert client.get(str(way["href"])).status_code == 200


def test_errors_of_json_addresses_are_problem_documents(client: FlaskClient) -> None:
    for address, status in (("/release/none.json", 404), ("/search.json?colour=red", 400)):
        response = client.get(address)
        assert (response.status_code, response.mimetype) == (status, "application/problem+json")
        body = response.get_json(force=True)
        assert body["status"] == status
        assert body["title"]
    assert body["errors"][0]["code"] == "unknown-parameter"
    assert client.post("/search").status_code == 405


def test_without_an_index_the_page_says_how_to_make_one(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app({"index": str(tmp_path / "none")})
    client = app.test_client(use_cookies=False)
    for address in ("/", "/search?q=x", "/release/1", "/2023", "/agency/a", "/search.csv"):
        response = client.get(address)
        assert response.status_code == 503
        assert response.headers["Retry-After"]
        assert "dateline index" in response.text
        assert str(tmp_path) not in response.text
    assert str(tmp_path / "none") in caplog.text
    assert client.get("/healthz").status_code == 503
    write(tmp_path / "none", RELEASES[:1])
    assert client.get("/").status_code == 200
    assert client.get("/healthz").get_json()["releases"] == 1


def test_an_index_without_releases_is_an_index(tmp_path: Path) -> None:
    write(tmp_path / "index", [])
    client = create_app({"index": str(tmp_path / "index")}).test_client()
    for address in ("/", "/search", "/search?q=x", "/agencies", "/search.csv", "/search.atom"):
        assert client.get(address).status_code == 200
    assert client.get("/search.json?q=x").get_json()["total"] == 0
    home = BeautifulSoup(client.get("/").text, "lxml")
    assert "There are no releases yet." in home.get_text()
    assert home.find_all("table") == []
    assert client.get("/2023").status_code == 404


def test_an_error_of_ours_shows_no_trace(tmp_path: Path) -> None:
    app = create_app({"index": str(tmp_path), "PROPAGATE_EXCEPTIONS": False})

    @app.get("/broken")
    def broken() -> str:
        raise RuntimeError("a secret")

    response = app.test_client(use_cookies=False).get("/broken")
    assert response.status_code == 500
    assert "secret" not in response.text
    assert BeautifulSoup(response.text, "lxml").h1


def test_a_search_that_takes_too_long_is_stopped_once_and_says_so(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def count(*given: object) -> int:
        asked.append(given)
        return 0

    monkeypatch.setattr(execution, "MAX_SECONDS", 0.0)
    monkeypatch.setattr(FolderEngine, "count", count)
    for mount, heading in (("", "This search took too long"), ("/zh-hant", ""), ("/zh-hans", "")):
        page = client.get(f"{mount}/search?q=ferry+OR+x{len(mount)}")
        assert page.status_code == 503
        (said,) = BeautifulSoup(page.text, "lxml").select("h1")
        assert heading in said.get_text()
        assert (said.get_text(strip=True) == "This search took too long") == (not mount)
    for address in ("/search.json", "/search.csv", "/search.atom"):
        problem = client.get(f"{address}?q=ferry+OR+nothing")
        assert problem.status_code == 503
        told = problem.get_json(force=True)
        assert told["type"].endswith("#search-stopped")
        assert told["title"] == "This search took too long"
    assert asked == [], "nothing else is counted of it"


@pytest.mark.parametrize("address", ["/search?q=flood", "/search.json?q=flood", "/search.csv"])
def test_damage_is_told_to_operators_by_path_and_to_readers_without(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, address: str
) -> None:
    folder = tmp_path / "index"
    write(folder, RELEASES)
    client = create_app({"index": str(folder)}).test_client(use_cookies=False)
    assert client.get(address, buffered=True).status_code == 200
    for path in [*folder.glob("*.postings"), *folder.glob("*.stored")]:
        data = bytearray(path.read_bytes())
        for place in range(64, len(data) // 2):
            data[place] ^= 0x55
        path.write_bytes(data)
    damaged = create_app({"index": str(folder)}).test_client(use_cookies=False)
    response = damaged.get(address, buffered=True)
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "ETag" not in response.headers
    assert str(tmp_path) not in response.text
    assert "amaged" in response.text
    if address.startswith("/search.json"):
        assert response.get_json(force=True)["type"].endswith("/api#damaged-index")
    logged = [each.getMessage() for each in caplog.records if each.levelname == "ERROR"]
    assert any(str(folder) in each for each in logged)
    for prefix in ("/zh-hant", "/zh-hans"):
        said = damaged.get(prefix + "/search?q=flood", buffered=True).text
        assert "損壞" in said or "损坏" in said


def test_damage_in_mid_export_cuts_the_export_off(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A file that is cut off in the middle must not pass for a whole one."""
    folder = tmp_path / "index"
    many = [
        replace(RELEASES[0], id=f"R{number:05}", body=shake_256(b"%d" % number).hexdigest(900))
        for number in range(1_000)
    ]
    write(folder, many)
    for path in folder.glob("*.stored"):
        data = bytearray(path.read_bytes())
        place = len(data) * 3 // 4
        data[place] ^= 0x55
        path.write_bytes(data)
    client = create_app({"index": str(folder)}).test_client(use_cookies=False)
    response = client.get("/export.csv?sort=oldest")
    assert response.status_code == 200
    with pytest.raises(BrokenPipeError):
        response.get_data()
    assert "damaged" in caplog.text
    response.close()


def test_what_shows_no_text_does_not_read_the_texts(tmp_path: Path) -> None:
    """They are damaged here, every byte of them; a headline of 200 characters would be one."""
    folder = tmp_path / "index"
    plain = [each for each in RELEASES if len(each.headline) < 100 and len(each.url or "") < 100]
    assert len(plain) > 36
    write(folder, [replace(each, body=each.body * 100) for each in plain])
    whole = create_app({"index": str(folder)}).test_client(use_cookies=False)
    addresses = ("/search.csv", "/search.csv?q=flood", "/sitemap.xml", "/suggest.json?q=flood")
    before = {each: whole.get(each, buffered=True).get_data() for each in addresses}
    for path in folder.glob("*.stored"):
        data = bytearray(path.read_bytes())
        _, size, start = json.loads(data[data.index(b'{"component"') : data.rindex(b"}") + 1])[
            "arrays"
        ]["text_blocks"]
        data[start : start + size] = bytes(size)
        path.write_bytes(data)
    client = create_app({"index": str(folder)}).test_client(use_cookies=False)
    assert {each: client.get(each, buffered=True).get_data() for each in addresses} == before
    assert client.get("/search?q=flood", buffered=True).status_code == 503
    assert client.get("/export.csv", buffered=True).status_code == 503


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/Search?q=Ferry", "/search?q=Ferry"),
        ("/search.JSON?q=a%26b", "/search.json?q=a%26b"),
        ("/zh-Hant/Agencies", "/zh-hant/agencies"),
        ("/search.rss?q=ferry", "/search.atom?q=ferry"),
        ("/API", "/api"),
    ],
)
def test_an_address_in_other_letters_leads_to_the_page(
    client: FlaskClient, typed: str, meant: str
) -> None:
    response = client.get(typed)
    assert (response.status_code, response.headers["Location"]) == (302, meant)
    assert client.get(meant).status_code == 200


@pytest.mark.parametrize(
    "typed", ["//Evil.example/search", "///Evil.example/", "/RELEASE/NONE/X/Y"]
)
def test_an_address_leads_to_no_other_site(client: FlaskClient, typed: str) -> None:
    response = client.get("/", environ_overrides={"PATH_INFO": typed})
    assert not response.headers.get("Location", "/").startswith("//")
    assert response.status_code in (302, 404)


def test_an_address_in_other_letters_is_found_under_the_path_of_a_site(client: FlaskClient) -> None:
    below = create_app({"index": "none", "base_url": "https://gov.example/press"}).test_client()
    response = below.get("/press/Search?q=a", headers={"Host": "gov.example"})
    assert response.headers["Location"] == "/press/search?q=a"


def test_letters_of_an_identifier_stay_as_they_are(client: FlaskClient) -> None:
    assert client.get("/Release/K").headers["Location"] == "/release/K"
