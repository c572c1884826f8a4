"""Data addresses: problems for programs, reading from other sites, the page that explains them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search import Engine
from tests.webapp.soup import Page
from webapp import create_app
from webapp.api import openapi
from webapp.api.problems import MEDIA_TYPE, PROBLEMS, RETRY_AFTER, is_data_address

MEMBERS = {"type", "title", "status", "detail", "instance"}
WITH_INDEX = [each.example for each in openapi.OPERATIONS if each.name != "description"]


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/search.json?colour=red", 400),
        ("GET", "/search.csv?from=soon", 400),
        ("GET", "/search.atom?page=0", 400),
        ("GET", "/search.feed.json?sort=upwards", 400),
        ("GET", "/trends.json?unit=week", 400),
        ("GET", "/trends.csv?per=cent", 400),
        ("GET", "/agencies.json?q=x", 400),
        ("GET", "/release/R001.json?q=x", 400),
        ("GET", "/api/openapi.json?x=%3Cscript%3E", 400),
        ("GET", f"/search.json?q={'ferry+' * 90}", 400),
        ("GET", "/search.json?q=ferry&q=pier", 400),
        ("GET", f"/search.json?{'&'.join(f'agency=a{number}' for number in range(99))}", 400),
        ("GET", "/release/none.json", 404),
        ("GET", "/nothing.json", 404),
        ("GET", "/nothing.csv?q=%E6%B5%B7", 404),
        ("GET", "/zh-hant/release/none.json", 404),
        *(("POST", each, 405) for each in WITH_INDEX),
        ("DELETE", "/release/R001.json", 405),
    ],
)
def test_every_error_is_a_problem_document(
    client: FlaskClient, method: str, address: str, status: int
) -> None:
    response = client.open(address, method=method)
    assert (response.status_code, response.mimetype) == (status, MEDIA_TYPE)
    body = response.get_json(force=True)
    assert set(body) == MEMBERS | ({"errors"} if status == 400 else set())
    kind = next(each for each in PROBLEMS if each.status == status)
    assert (body["status"], body["title"]) == (status, kind.title)
    assert body["type"] == f"https://press.example/api#{kind.name}"
    assert body["instance"] == address
    assert body["detail"]
    assert "we used" not in body["detail"].lower(), "nothing was used of what is refused"
    if status == 405:
        assert "GET" in response.headers["Allow"]


def test_problems_are_explained_where_their_types_lead(page: Page) -> None:
    soup = page("/api")
    for each in PROBLEMS:
        explained = soup.find(id=each.name)
        assert each.title in explained.get_text()
        assert each.remedy in explained.get_text()


@pytest.mark.parametrize("address", WITH_INDEX)
def test_without_an_index_data_addresses_say_when_to_come_back(
    tmp_path: Path, address: str
) -> None:
    client = create_app({"index": str(tmp_path / "none")}).test_client()
    response = client.get(address)
    assert (response.status_code, response.mimetype) == (503, MEDIA_TYPE)
    assert response.headers["Retry-After"] == str(RETRY_AFTER)
    assert response.get_json(force=True)["type"].endswith("#no-index")
    assert client.get("/search").headers["Retry-After"] == str(RETRY_AFTER)


@settings(max_examples=60)
@given(
    st.sampled_from([each.path for each in openapi.OPERATIONS if "{" not in each.path]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40),
)
@example("/search.json", "9999-366")
def test_any_query_string_is_answered_or_refused(app: Flask, path: str, text: str) -> None:
    client = app.test_client(use_cookies=False)
    for query in (text, f"q={text}", f"from={text}&agency={text}"):
        response = client.get(path, query_string=query, buffered=True)
        assert response.status_code in (200, 400)
        if response.status_code == 400:
            assert response.mimetype == MEDIA_TYPE
            assert all(
                each["parameter"] is not None for each in response.get_json(force=True)["errors"]
            )


def test_data_may_be_read_by_pages_of_other_sites_and_pages_may_not(client: FlaskClient) -> None:
    for address in (*WITH_INDEX, "/release/none.json", "/search.json?colour=red"):
        assert client.get(address).headers["Access-Control-Allow-Origin"] == "*"
    for address in ("/", "/search?q=flood", "/release/R001", "/trends", "/api"):
        assert "Access-Control-Allow-Origin" not in client.get(address).headers
    asked = client.options("/search.json", headers={"Origin": "https://other.example"})
    assert asked.status_code == 200
    assert "GET" in asked.headers["Access-Control-Allow-Methods"]
    assert "If-None-Match" in asked.headers["Access-Control-Allow-Headers"]


def test_a_house_can_keep_its_data_to_itself(index_folder: Path) -> None:
    client = create_app({"index": str(index_folder), "cross_origin": ""}).test_client()
    for method in ("GET", "OPTIONS"):
        response = client.open("/search.json", method=method)
        assert not [name for name, _ in response.headers if name.startswith("Access-Control")]


def test_the_list_of_agencies_is_that_of_the_index(client: FlaskClient, engine: Engine) -> None:
    listed = client.get("/agencies.json").get_json()["agencies"]
    counted = {agency.slug: count for agency, count in engine.coverage().agencies}
    assert {each["slug"]: each["count"] for each in listed} == counted
    assert [each["count"] for each in listed] == sorted(counted.values(), reverse=True)
    for each in listed:
        assert client.get(each["path"]).status_code == 200


def test_the_page_has_an_example_of_every_address_and_they_answer(
    client: FlaskClient, page: Page
) -> None:
    soup = page("/api")
    tried = [link["href"] for link in soup.find_all("a") if link.get_text().startswith("Try it")]
    assert len(tried) == len(openapi.OPERATIONS)
    for address in tried:
        assert client.get(address).status_code == 200
    commands = [each.get_text() for each in soup.select("pre code")]
    assert len(commands) == len(openapi.OPERATIONS)
    assert all(each.startswith("curl ") and "https://press.example/" in each for each in commands)
    named = {each.get_text() for each in soup.select("table th code")}
    assert named == {each.name for one in openapi.OPERATIONS for each in one.parameters}


def test_pages_lead_to_trends_and_to_the_page_for_programs(page: Page) -> None:
    soup = page("/search")
    for address in ("/trends", "/api"):
        assert soup.find("a", href=address)
    described = page("/api").select_one("link[rel=service-desc]")["href"]
    assert urlsplit(described).path == "/api/openapi.json"


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/search.json", True),
        ("/zh-hant/trends.csv", True),
        ("/release/a/b.json", True),
        ("/healthz", True),
        ("/search", False),
        ("/release/a.json/headline", False),
        ("/static/dateline.css", False),
        ("/", False),
    ],
)
def test_which_addresses_give_data(path: str, wanted: bool) -> None:
    assert is_data_address(path) is wanted


def test_an_index_page_of_the_interface_names_a_release_that_is_there(
    client: FlaskClient, page: Page
) -> None:
    link = page("/api").find("a", href=lambda href: href and href.startswith("/release/"))
    assert client.get(link["href"]).get_json()["id"]
    assert isinstance(page("/zh-hant/api"), BeautifulSoup)
