"""What holds of every page: it answers, it is whole, its links and labels lead somewhere."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import SearchRequest
from tests.webapp.conftest import Page
from tests.webapp.page_reading import foreign_scripts, hrefs
from tests.webapp.press_room import press_room
from webapp.exports.briefing_docx import MEDIA_TYPE
from webapp.security import CONTENT_SECURITY_POLICY
from webapp.site.links import Links

RELEASES = press_room()

ADDRESSES = [
    ("/", "text/html"),
    ("/search", "text/html"),
    ("/search?q=flood", "text/html"),
    ("/search?q=flood&match=any&agency=water-board&from=2021&to=2023&sort=oldest", "text/html"),
    ("/search?undated=1", "text/html"),
    ("/search?language=zh-Hant", "text/html"),
    ("/search?q=flood&page=2", "text/html"),
    ("/search/agencies", "text/html"),
    ("/search/agencies?q=flood&find=board&order=name", "text/html"),
    ("/search.json?q=flood", "application/json"),
    ("/search.csv?q=flood", "text/csv"),
    ("/export.csv?q=flood", "text/csv"),
    ("/export.jsonl?q=flood", "application/jsonl"),
    ("/search.atom?q=flood", "application/atom+xml"),
    ("/search.feed.json?q=flood", "application/feed+json"),
    ("/search?q=flood&seen=2024-05-03", "text/html"),
    ("/search?q=flood&seen=20240503T100012Z", "text/html"),
    ("/search.json?q=flood&seen=2024-05-03", "application/json"),
    ("/release/R001", "text/html"),
    ("/release/R001/notice-1-on-the-reservoir-of-the-north-shore", "text/html"),
    ("/release/R001/notice-1-on-the-reservoir-of-the-north-shore?q=flood&at=1", "text/html"),
    ("/release/R001.json", "application/json"),
    ("/release/R001.txt", "text/plain"),
    ("/release/R001.bib", "application/x-bibtex"),
    ("/release/R001.ris", "application/x-research-info-systems"),
    ("/release/R001.csl.json", "application/vnd.citationstyles.csl+json"),
    ("/release/R001.wiki", "text/x-wiki"),
    ("/release/R001/quote/2", "text/html"),
    ("/compare?release=R001&release=R004", "text/html"),
    ("/agencies", "text/html"),
    ("/help", "text/html"),
    ("/concordance", "text/html"),
    ("/concordance?q=flood&agency=water-board&from=2021&by=left&quoted=1", "text/html"),
    ("/concordance.csv?q=flood&by=right", "text/csv"),
    ("/search/advanced", "text/html"),
    ("/briefing?q=flood&agency=water-board&sort=oldest", "text/html"),
    ("/briefing.docx?q=flood", MEDIA_TYPE),
    ("/first", "text/html"),
    ("/first?q=flood&agency=water-board&from=2021", "text/html"),
    ("/terms", "text/html"),
    ("/terms?agency=water-board&from=2021", "text/html"),
    ("/terms.json?agency=water-board", "application/json"),
    ("/terms.csv?agency=water-board", "text/csv"),
    ("/reading-list", "text/html"),
    ("/reading-list?release=R001&release=R004", "text/html"),
    ("/reading-list.bib?release=R001", "application/x-bibtex"),
    ("/watch", "text/html"),
    ("/watch?s=q%3Dflood&s=agency%3Dwater-board&seen=2024-05-03", "text/html"),
    ("/watch.atom?s=q%3Dflood", "application/atom+xml"),
    ("/watch.feed.json?s=q%3Dflood", "application/feed+json"),
    ("/watch.opml?s=q%3Dflood", "text/x-opml"),
    ("/agency/water-board", "text/html"),
    ("/agency/unattributed", "text/html"),
    ("/2023", "text/html"),
    ("/2023/06", "text/html"),
    ("/2023/06/26", "text/html"),
    ("/trends", "text/html"),
    (
        "/trends?q=flood&q=ferry&agency=water-board&from=2021&to=2023&per=rate&unit=month",
        "text/html",
    ),
    ("/trends.json?q=flood&q=ferry&unit=year", "application/json"),
    ("/trends.csv?q=flood&q=ferry", "text/csv"),
    ("/api", "text/html"),
    ("/api/openapi.json", "application/json"),
    ("/agencies.json", "application/json"),
    ("/healthz", "application/json"),
    ("/robots.txt", "text/plain"),
    ("/opensearch.xml", "application/opensearchdescription+xml"),
    ("/opensearch-suggestions?q=flo", "application/x-suggestions+json"),
    ("/apple-touch-icon.png", "image/png"),
    ("/sitemap.xml", "application/xml"),
]
KINDS = [address for address, kind in ADDRESSES if kind == "text/html"] + [
    "/search?q=zzzz+flood&agency=water-board&from=2022&to=2022",
    "/search?q=floood",
    "/search?from=soon&colour=red",
    "/release/yearless",
    "/release/old-bridge",
    "/release/undated",
]


@pytest.mark.parametrize(("address", "kind"), ADDRESSES)
def test_every_documented_address_answers(client: FlaskClient, address: str, kind: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.mimetype) == (200, kind)


@pytest.mark.parametrize("address", KINDS)
def test_every_link_of_ours_is_canonical_and_works(client: FlaskClient, address: str) -> None:
    first = client.get(address, follow_redirects=True)
    found = {href for href in hrefs(BeautifulSoup(first.text, "lxml")) if href.startswith("/")}
    assert len(found) > 3
    broken = [
        (href, status) for href in sorted(found) if (status := client.get(href).status_code) != 200
    ]
    assert broken == []


@pytest.mark.parametrize("address", KINDS)
def test_fragments_and_labels_have_their_targets(client: FlaskClient, address: str) -> None:
    soup = BeautifulSoup(client.get(address, follow_redirects=True).text, "lxml")
    ids = [str(tag["id"]) for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    named = [href[1:] for href in hrefs(soup) if href.startswith("#")]
    named += [str(tag["for"]) for tag in soup.find_all("label", attrs={"for": True})]
    named += [str(tag["aria-labelledby"]) for tag in soup.find_all(attrs={"aria-labelledby": True})]
    assert set(named) <= set(ids)
    for box in soup.find_all("input"):
        assert (
            box.get("type") == "hidden"
            or box.get("aria-label")
            or box.find_parent("label")
            or soup.find("label", attrs={"for": box["id"]})
        )


@pytest.mark.parametrize("address", KINDS)
def test_every_table_has_a_name(client: FlaskClient, address: str) -> None:
    """Screen readers list tables, and what stands around one, by their names."""
    soup = BeautifulSoup(client.get(address, follow_redirects=True).text, "lxml")
    for table in soup.find_all("table"):
        around = [table, *table.find_parents(role=["region", "group"])]
        named = [each for each in around if each.get("aria-label") or each.get("aria-labelledby")]
        assert table.find("caption") or named, table


@pytest.mark.parametrize("address", KINDS)
def test_pages_are_whole_without_script_style_or_cookies(client: FlaskClient, address: str) -> None:
    response = client.get(address, follow_redirects=True)
    soup = BeautifulSoup(response.text, "lxml")
    assert soup.find("html", lang="en")
    assert [len(soup.select(name)) for name in ("h1", "main", "head > title")] == [1, 1, 1]
    assert foreign_scripts(soup) == []
    assert soup.find_all(["style", "img", "iframe", "object", "base"]) == []
    assert soup.find_all(style=True) == []
    assert [
        tag for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)
    ] == []
    assert response.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in response.headers


def test_only_result_pages_keep_out_of_search_engines(page: Page) -> None:
    for address in ("/search?q=flood", "/search/agencies"):
        robots = page(address).find("meta", attrs={"name": "robots"})
        assert isinstance(robots, Tag)
        assert robots["content"] == "noindex"
    for address in ("/", "/release/R001", "/agency/water-board", "/2023"):
        assert page(address).find("meta", attrs={"name": "robots"}) is None


def test_hostile_texts_stay_texts(client: FlaskClient) -> None:
    hostile = next(each for each in RELEASES if each.headline.startswith("<script>"))
    for address in (
        Links().release(hostile),
        "/search?q=script",
        Links().search(SearchRequest('"><script>alert(1)</script>')),
        Links().search(SearchRequest(agencies=('"><script>alert(1)</script>',))),
        '/search?from="><script>alert(1)</script>&<b>=<i>',
        '/search/agencies?find="><script>alert(1)</script>',
        "/agency/x-script",
        "/agencies",
        "/",
        "/release/<script>alert(1)</script>",
        "/<script>alert(1)</script>",
    ):
        response = client.get(address, follow_redirects=True)
        soup = BeautifulSoup(response.text, "lxml")
        assert foreign_scripts(soup) == [], address
        assert soup.find_all(["img", "i", "b", "iframe"]) == [], address
        for href in hrefs(soup):
            assert re.match(r"(https?://|/|#)", href), (address, href)
        for tag in soup.find_all(True):
            assert not [name for name in tag.attrs if name.startswith("on")], address
    soup = BeautifulSoup(client.get(Links().release(hostile)).text, "lxml")
    assert soup.h1
    assert soup.h1.get_text() == hostile.headline
    assert '<script>alert("body")</script>' in soup.get_text()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(max_size=40) | st.text('"()-*~=: ORflood', max_size=30), st.text(max_size=20))
def test_any_search_is_answered(client: FlaskClient, text: str, other: str) -> None:
    query = urlencode({"q": text, "from": other, "agency": other}, errors="replace")
    response = client.get("/search?" + query, follow_redirects=True)
    assert response.status_code == 200
    assert BeautifulSoup(response.text, "lxml").h1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_any_path_is_answered(client: FlaskClient, path: str) -> None:
    for start in ("/", "/release/", "/agency/"):
        response = client.get(start + quote(path, safe=""), follow_redirects=True)
        assert response.status_code in (200, 404)
