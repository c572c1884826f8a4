"""The languages of a release on pages: one result, in the language of the page, with a link."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.search.engines.test_languages_as_one import TWO
from tests.webapp.press_room import write
from webapp import create_app


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A site with two releases in two languages each, and one in one."""
    folder: Path = tmp_path_factory.mktemp("languages") / "index"
    write(folder, TWO)
    return create_app({"index": str(folder)}).test_client()


LISTS = ["/search?q=typhoon", "/search", "/", "/2023/06", "/search?q=12&view=compact"]


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize(
    ("prefix", "own", "other"),
    [("", "en", "zh-Hant"), ("/zh-hant", "zh-Hant", "en"), ("/zh-hans", "zh-Hant", "en")],
)
def test_a_result_is_in_the_language_of_the_page_and_leads_to_the_other(
    site: FlaskClient, prefix: str, own: str, other: str, address: str
) -> None:
    soup = BeautifulSoup(site.get(prefix + address).text, "lxml")
    articles = soup.select(".found .hits article")
    spoken = [article.select_one("[lang]")["lang"] for article in articles]  # type: ignore[index]
    assert sorted(spoken) == sorted([own, own, "en"])
    links = [article.select("a[hreflang]") for article in articles]
    assert sorted(len(each) for each in links) == [0, 1, 1]
    for (link,) in filter(None, links):
        assert link["hreflang"] == other
        release = BeautifulSoup(site.get(str(link["href"]), follow_redirects=True).text, "lxml")
        heading = release.select_one("article h1, main h1")
        assert heading
        assert "Typhoon 12" in heading.get_text()
    assert "Also on" not in soup.get_text(), "another language is no copy of another day"


def test_feeds_and_neighbours_go_by_the_language_of_the_page(site: FlaskClient) -> None:
    feed = site.get("/zh-hant/search.feed.json?q=typhoon").get_json()
    assert sorted(each["language"] for each in feed["items"]) == ["en", "zh-Hant", "zh-Hant"]
    soup = BeautifulSoup(site.get("/zh-hant/search?q=typhoon&sort=newest").text, "lxml")
    first, second, _ = (str(link["href"]) for link in soup.select(".found .hits h2 > a"))
    page = BeautifulSoup(site.get(first.partition("#")[0]).text, "lxml")
    assert second in [link["href"] for link in page.select("main nav a")]


def test_an_unknown_language_in_an_address_is_said(site: FlaskClient) -> None:
    soup = BeautifulSoup(site.get("/search?language=xx").text, "lxml")
    notices = [each.get_text(" ", strip=True) for each in soup.select(".notices li")]
    assert any("We have no releases in the language “xx”." in each for each in notices)
    undone = soup.select_one(".notices a")
    assert undone
    assert undone["href"] == "/search"
