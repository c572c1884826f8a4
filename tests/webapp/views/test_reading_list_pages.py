"""A reading list: its address holds it, releases are added and taken off, and cited together."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from tests.webapp.soup import soup_at
from webapp.site.links import Links
from webapp.site.paths import release_id_path
from webapp.site.reading_list_addresses import (
    MAX_LISTED,
    read_reading_list,
    reading_list_address,
)

TWO = "/reading-list?release=R004&release=R001"


def test_the_releases_stand_in_the_order_of_the_address(client: FlaskClient) -> None:
    soup = soup_at(client, TWO)
    assert soup.h1.text == "Reading list: 2 releases"
    headlines = [each.text for each in soup.select(".hits h2")]
    assert [each.split()[1] for each in headlines] == ["4", "1"]
    links = [str(each["href"]) for each in soup.select(".hits a[data-list=less]")]
    assert links == ["/reading-list?release=R001", "/reading-list?release=R004"]
    assert soup.select_one("link[rel=canonical]")["href"].endswith(TWO)


@pytest.mark.parametrize(
    "typed",
    [
        "R002",
        "/release/R002",
        "https://press.example/release/R002/notice-2-on-the-clinic?q=north&at=1#p2",
        "/zh-hant/release/R002/quote/1",
    ],
)
def test_one_more_is_added_by_its_address_or_identifier(client: FlaskClient, typed: str) -> None:
    form = soup_at(client, TWO).select_one("form.box:has(#add)")
    pairs = [(each["name"], each.get("value", "")) for each in form.select("input")]
    asked = [(name, typed if name == "add" else value) for name, value in pairs]
    answer = client.get(f"{form['action']}?{urlencode(asked)}")
    given = [("release", "R004"), ("release", "R001"), ("release", "R002")]
    assert sorted(answer.headers["Location"].partition("?")[2].split("&")) == sorted(
        urlencode(given).split("&")
    )


def test_an_address_at_the_source_is_no_identifier_and_what_is_missing_is_said(
    client: FlaskClient,
) -> None:
    soup = soup_at(client, f"{TWO}&release=gone&colour=red")
    said = soup.select_one("main").get_text()
    assert "We have no release “gone”." in said
    assert "colour=red" in said
    assert len(soup.select(".hits li")) == 2
    assert client.get(f"{TWO.replace('?', '.bib?')}&release=gone").status_code == 400


def test_twice_the_same_release_is_once(client: FlaskClient) -> None:
    answer = client.get("/reading-list?release=R001&release=R001")
    assert answer.headers["Location"].endswith("/reading-list?release=R001")


@pytest.mark.parametrize(("suffix", "begins"), [(".bib", "@"), (".ris", "TY  - "), (".txt", "")])
def test_all_are_cited_at_once_as_each_is_by_itself(
    client: FlaskClient, suffix: str, begins: str
) -> None:
    answer = client.get(TWO.replace("?", f"{suffix}?"))
    assert answer.status_code == 200
    text = answer.get_data(as_text=True)
    assert text.startswith(begins)
    for release_id in ("R001", "R004"):
        alone = client.get(release_id_path(release_id, suffix)).get_data(as_text=True)
        assert alone.strip() in text


def test_a_release_leads_to_a_list_with_it(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/release/R001", follow_redirects=True).text, "lxml")
    link = page.select_one("a[data-list=more]")
    assert len(soup_at(client, str(link["href"])).select(".hits li")) == 1
    empty = soup_at(client, "/reading-list")
    assert not empty.select(".hits, nav.take[aria-label=Cite]")
    assert empty.h1.text == "Reading list"


def test_a_list_is_bounded() -> None:
    many = [f"R{number}" for number in range(MAX_LISTED + 5)]
    parsed = read_reading_list(urlencode([("release", each) for each in many]))
    assert parsed.releases == tuple(many[:MAX_LISTED])
    assert [each.code for each in parsed.ignored] == ["too-many-values"]


def pairs_of(releases: list[str]) -> bytes:
    return urlencode([("release", each) for each in releases], errors="replace").encode()


@given(
    st.lists(st.text(min_size=1, max_size=40), max_size=8).map(pairs_of)
    | st.tuples(st.sampled_from([b"release=", b"add="]), st.binary(max_size=80)).map(b"".join)
)
def test_what_is_read_of_any_query_is_read_back_as_written(query: bytes) -> None:
    first = read_reading_list(query)
    address = reading_list_address(Links(), first.releases)
    again = read_reading_list(address.partition("?")[2])
    assert again.releases == first.releases
    assert again.canonical
