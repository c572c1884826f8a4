"""What crawlers and browsers are told: robots, site map, OpenSearch."""

from __future__ import annotations

import re
import urllib.robotparser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from lxml import etree

from tests.webapp.press_room import press_room
from webapp import create_app
from webapp.site.links import Links

ROOT = "https://press.example"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def locations(data: bytes, kind: str) -> list[str]:
    root = etree.fromstring(data)
    assert root.tag == SITEMAP + kind
    for entry in root:
        modified = entry.findtext(SITEMAP + "lastmod")
        assert modified is None or re.fullmatch(r"\d{4}-\d\d-\d\d", modified)
    found = [entry.findtext(SITEMAP + "loc") or "" for entry in root]
    assert len(set(found)) == len(found)
    return found


def test_the_site_map_holds_every_release_and_every_page_to_browse(client: FlaskClient) -> None:
    found = locations(client.get("/sitemap.xml").data, "urlset")
    paths = {location.removeprefix(ROOT) for location in found}
    assert {Links().release(each) for each in press_room()} <= paths
    assert {"/", "/agencies", "/agency/water-board", "/2023", "/2023/06"} <= paths
    for path in sorted(paths):
        response = client.get(path)
        assert response.status_code == 200, path
        assert "noindex" not in response.headers.get("X-Robots-Tag", "")
        canonical = BeautifulSoup(response.text, "lxml").find("link", rel="canonical")
        assert canonical is None or canonical["href"] == path  # type: ignore[index]


def test_a_long_site_map_comes_in_parts(client: FlaskClient, index_folder: Path) -> None:
    short = create_app({"index": str(index_folder), "base_url": ROOT, "sitemap_urls": 10})
    reader = short.test_client(use_cookies=False)
    parts = locations(reader.get("/sitemap.xml").data, "sitemapindex")
    together: list[str] = []
    for part in parts:
        held = locations(reader.get(urlsplit(part).path).data, "urlset")
        assert 1 <= len(held) <= 10
        together += held
    assert sorted(together) == sorted(locations(client.get("/sitemap.xml").data, "urlset"))
    assert reader.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404
    assert reader.get("/sitemap-0.xml").status_code == 404
    assert client.get("/sitemap-1.xml").status_code == 404


def test_robots_may_read_whatever_says_noindex(client: FlaskClient) -> None:
    text = client.get("/robots.txt").get_data(as_text=True)
    assert f"Sitemap: {ROOT}/sitemap.xml" in text
    robots = urllib.robotparser.RobotFileParser()
    robots.parse(text.splitlines())
    for address in (
        "/", "/search?q=flood", "/search/agencies", "/search.json", "/search.atom", "/search.csv",
        "/search.feed.json", "/release/R001", "/release/R001?q=flood&at=1", "/release/R001.bib",
        "/release/R001/quote/1", "/agency/water-board", "/2023", "/sitemap.xml",
        "/zh-hant/search?q=flood", "/zh-hant/search.csv", "/zh-hans/search.csv?q=flood",
        "/export.csv", "/export.jsonl?q=flood", "/zh-hans/export.jsonl",
    ):  # fmt: skip
        directive = client.get(address, follow_redirects=True).headers.get("X-Robots-Tag", "")
        allowed = robots.can_fetch("AnyBot", ROOT + address)
        assert not ("noindex" in directive and not allowed), address
        assert allowed != ("/search.csv" in address or "/export." in address)


def test_crawlers_follow_results_a_few_pages_deep(client: FlaskClient) -> None:
    assert client.get("/search?q=flood&page=2").headers["X-Robots-Tag"] == "noindex"
    for page in ("11", "999999999"):
        deep = client.get(f"/search?q=flood&page={page}", follow_redirects=True)
        assert deep.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_the_opensearch_description_keeps_the_rules(
    client: FlaskClient, index_folder: Path
) -> None:
    title = "Press & <releases> of the Island, all of them since 1999, and more"
    named = create_app({"index": str(index_folder), "base_url": ROOT, "title": title})
    for reader in (client, named.test_client(use_cookies=False)):
        root = etree.fromstring(reader.get("/opensearch.xml").data)
        assert root.tag == OPENSEARCH + "OpenSearchDescription"
        limits = {"ShortName": 16, "LongName": 48, "Description": 1024}
        for name, most in limits.items():
            (element,) = root.iterfind(OPENSEARCH + name)
            assert 1 <= len(element.text) <= most
        for url in root.iterfind(OPENSEARCH + "Url"):
            template = url.get("template")
            assert set(re.findall(r"\{(\w+\??)\}", template)) <= {"searchTerms"}
            answered = template.replace("{searchTerms}", "flood").removeprefix(ROOT)
            response = reader.get(answered, buffered=True)
            assert (response.status_code, response.mimetype) == (200, url.get("type"))
        image = root.findtext(OPENSEARCH + "Image") or ""
        assert reader.get(image.removeprefix(ROOT), buffered=True).mimetype == "image/svg+xml"
    chinese = etree.fromstring(client.get("/zh-hant/opensearch.xml").data)
    templates = [url.get("template") for url in chinese.iterfind(OPENSEARCH + "Url")]
    assert templates[0] == ROOT + "/zh-hant/search?q={searchTerms}"


@pytest.mark.parametrize(
    ("address", "kind", "beginning"),
    [
        ("/favicon.ico", "image/", b"\0\0\1\0"),
        ("/apple-touch-icon.png", "image/png", b"\x89PNG"),
    ],
)
def test_icons_are_where_browsers_look(
    client: FlaskClient, address: str, kind: str, beginning: bytes
) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert response.mimetype.startswith(kind)
    assert response.data.startswith(beginning)


def test_every_page_names_its_icons_and_its_picture(client: FlaskClient) -> None:
    soup = BeautifulSoup(client.get("/search?q=flood").text, "lxml")
    icons = soup.find_all("link", rel=["icon", "apple-touch-icon"])
    addresses = [str(each["href"]) for each in icons]
    assert len(addresses) == 3
    (picture,) = soup.select("meta[property='og:image']")
    addresses.append(str(picture["content"]).removeprefix(ROOT))
    for address in addresses:
        assert client.get(address).mimetype.startswith("image/")
    width, height = (
        int(str(soup.select_one(f"meta[property='og:image:{side}']")["content"]))  # type: ignore[index]
        for side in ("width", "height")
    )
    data = client.get(addresses[-1]).data  # the sizes stand first in a PNG's header
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (width, height)


def test_a_printed_list_says_which_of_how_many_and_where_from(client: FlaskClient) -> None:
    soup = BeautifulSoup(client.get("/search?q=flood&sort=oldest&page=2").text, "lxml")
    shown = len(soup.select("ol.hits > li"))
    heading = soup.find("h1")
    printed = soup.select_one(".printed")
    assert heading
    assert printed
    said = " ".join(printed.get_text().split())
    assert f"Releases 11 to {10 + shown} / {heading.get_text()} ·" in said
    assert re.search(r"Dateline · \d{1,2} [A-Z][a-z]+ \d{4} ·", said)
