"""`site:`: releases by the host of their address at the source, or by a domain that it is under."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.identity import sites_of
from search import Engine, SearchRequest
from search.request import MATCHES
from tests.search.engines.test_conformance import ENGINES, PARAMS
from tests.search.search_corpus import make

ADDRESSES = {
    "town": "https://www.press.town.example/2023/1.html",
    "port": "http://press.town.example:8080/2",
    "other": "https://pre-ss.town.example/3",
    "copy": "https://web.archive.org/web/2023/https://news.isle.example/4",
    "none": None,
}


@pytest.fixture(scope="module", params=PARAMS)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    releases = [make(name, f"Ferry {name}", url=url) for name, url in ADDRESSES.items()]
    opened = ENGINES[request.param](tmp_path_factory.mktemp("site") / "index", releases)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("site:press.town.example", {"town", "port"}),
        ("site:www.press.town.example", {"town", "port"}),
        ("SITE:Press.Town.Example", {"town", "port"}),
        ("site:https://press.town.example/elsewhere", {"town", "port"}),
        ("site:town.example", {"town", "port", "other"}),
        ("site:.town.example", {"town", "port", "other"}),
        ("site:*.town.example", {"town", "port", "other"}),
        ("site:example", {"town", "port", "other", "copy"}),
        ("site:news.isle.example", {"copy"}),
        ("ferry -site:town.example", {"copy", "none"}),
        ("ferry site:(news.isle.example OR pre-ss.town.example)", {"other", "copy"}),
        ("town site:town.example", {"town"}),
    ],
)
def test_what_a_site_finds(engine: Engine, typed: str, found: set[str]) -> None:
    results = engine.search(SearchRequest(typed, match="strict"))
    assert {hit.release.id for hit in results.hits} == found
    assert "read-site" in {each.code for each in results.notices}


@pytest.mark.parametrize(
    "typed", ["site:own.example", "site:ress.town.example", "site:/", "site:a b"]
)
def test_a_site_of_nobody_is_said(engine: Engine, typed: str) -> None:
    results = engine.search(SearchRequest(typed))
    said = {each.code: each for each in results.notices}
    assert results.total == 0
    assert said["site-unknown"].undo is not None


@pytest.mark.parametrize("match", MATCHES)
def test_a_site_counts_whatever_the_match(engine: Engine, match: str) -> None:
    found = engine.search(SearchRequest("ferry site:news.isle.example", match=match))
    assert [hit.release.id for hit in found.hits] == ["copy"]


@given(st.text(max_size=30), st.from_regex(r"[a-z0-9.\-\[\]:@]{0,30}", fullmatch=True))
def test_sites_are_hosts_and_end_alike(path: str, host: str) -> None:
    for url in (path, f"https://{host}/{path}"):
        sites = sites_of(url)
        assert all(sites[0].endswith(each) for each in sites)
        assert not any(" " in each or "/" in each or not each for each in sites)
        assert len(set(sites)) == len(sites)
    assert sites_of("https://192.0.2.1/a") == ("192.0.2.1",)
