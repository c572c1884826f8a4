"""A bookmark that remembers: what came into the index after it was made is counted and marked."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from index.release import Release
from index.stores.folder import FolderStore
from index.stores.stored_release import stored_release
from search import SearchRequest
from tests.webapp.soup import soup_at
from webapp import create_app
from webapp.presenters.newness import save_link, seen_in_words
from webapp.site.languages import ENGLISH
from webapp.site.links import Links


def add(folder: Path, when: str, *days: str) -> None:
    store = FolderStore(folder)
    with store.writing():
        store.apply(
            (),
            [
                stored_release(
                    Release(id=f"d{day}", headline=f"Bridge notice {day}", body="The bridge.", date=day,
                            date_precision="day", language="en"),
                    when,
                )
                for day in days
            ],
        )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three releases seen in May, then two seen in June, one of them with an older date."""
    add(tmp_path / "index", "2024-05-01T08:00:00+00:00", "2024-04-01", "2024-04-02", "2024-04-03")
    add(tmp_path / "index", "2024-06-02T08:00:00+00:00", "2024-06-01", "2024-03-30")
    return tmp_path / "index"


@pytest.fixture
def reader(folder: Path) -> FlaskClient:
    """A browser before that index."""
    return create_app({"index": str(folder)}).test_client(use_cookies=False)


def test_new_releases_are_counted_and_marked(reader: FlaskClient) -> None:
    soup = soup_at(reader, "/search?q=bridge&seen=2024-05")
    news = soup.select_one(".news")
    assert news
    assert news.get_text(" ", strip=True).startswith("2 new since May 2024.")
    marked = [item for item in soup.select(".hits > li") if item.select_one(".new")]
    assert len(marked) == 2
    only, order = news.find_all("a")[:2]
    assert only["href"] == "/search?q=bridge&seen=2024-05&new=1"
    assert len(soup_at(reader, str(only["href"])).select(".hits > li")) == 2
    assert order["href"] == "/search?q=bridge&sort=arrived&seen=2024-05"
    stop = news.find_all("a")[-1]
    assert stop["href"] == "/search?q=bridge"
    assert soup_at(reader, "/search?q=bridge").select(".news, .new, .divider") == []


def test_a_line_parts_what_is_new_from_what_was_there(folder: Path, reader: FlaskClient) -> None:
    soup = soup_at(reader, "/search?from=2024-04&seen=2024-05-31")
    items = soup.select(".hits > li")
    (divider,) = soup.select(".divider")
    assert items.index(divider.find_parent("li")) == 1  # type: ignore[arg-type]
    assert divider.get_text() == "Already here on 31 May 2024"
    nothing = soup_at(reader, "/search?seen=2024-06-02")
    assert nothing.select(".divider, .new") == []
    assert "Nothing new since 2 June 2024" in nothing.select_one(".news").get_text()  # type: ignore[union-attr]


def test_the_search_that_is_saved_knows_what_comes_later(folder: Path, reader: FlaskClient) -> None:
    saved = next(
        str(link["href"])
        for link in soup_at(reader, "/search?q=bridge").select(".take a")
        if "seen=" in str(link["href"])
    )
    assert re.fullmatch(r"/search\?q=bridge&seen=\d{8}T\d{6}Z&found=(\d+)", saved)
    assert "Nothing new" in soup_at(reader, saved).select_one(".news").get_text()  # type: ignore[union-attr]
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat(timespec="seconds")
    add(folder, later, "2024-02-01")
    soup = soup_at(reader, saved)
    assert soup.select_one(".news").get_text().startswith("1 new since")  # type: ignore[union-attr]
    assert len(soup.select(".hits .new")) == 1
    before = int(saved.rpartition("=")[2])
    told = soup.select_one(".news").get_text()  # type: ignore[union-attr]
    assert re.search(rf"{before} releases then, {before + 1} now \(\+1\)\.", told)
    query = urlsplit(saved).query
    found = reader.get(f"/search.json?{query}").get_json()
    assert found["new"] == 1
    assert [hit["id"] for hit in found["hits"] if hit["new"]] == ["d2024-02-01"]
    assert "new" not in reader.get("/search.json?q=bridge").get_json()


def test_links_of_a_saved_search_stay_saved_and_takeaways_do_not(reader: FlaskClient) -> None:
    soup = soup_at(reader, "/search?q=bridge&from=2020&seen=2024-05")
    chips = [str(link["href"]) for link in soup.select(".chips a")]
    assert chips == ["/search?q=bridge&seen=2024-05"]
    for address in [str(link["href"]) for link in soup.select(".take a")]:
        if address.startswith(("/search.csv", "/search.atom", "/search.feed.json")):
            assert "seen" not in address
    canonical = soup.find("link", rel="canonical")
    assert canonical
    assert canonical["href"] == "/search?q=bridge&from=2020&seen=2024-05"  # type: ignore[index]


@pytest.mark.parametrize(
    ("found", "told"), [(0, "(+2)"), (2, "2 now."), (5, "(−3)"), (None, None), ("x", None)]
)
def test_a_number_that_was_kept_stands_beside_that_of_today(
    reader: FlaskClient, found: int | str | None, told: str | None
) -> None:
    total = reader.get("/search.json?q=bridge").get_json()["total"]
    kept = found + total - 2 if isinstance(found, int) else found
    address = "/search?q=bridge&seen=2024-05" + ("" if kept is None else f"&found={kept}")
    soup = soup_at(reader, address)
    news = soup.select_one(".news").get_text()  # type: ignore[union-attr]
    if told is None:
        assert " now" not in news
    else:
        assert told.replace("2 now", f"{total} now") in news
    assert not soup.select("input[name=found]")
    for link in soup.select(".chips a, .order a, .filters a, .pager a"):
        assert "found=" not in str(link["href"]), "another search has another number"


def test_the_time_of_a_saved_search() -> None:
    links = Links(request=SearchRequest("a"))
    link = save_link(links, "2024-05-03T10:00:12+00:00", 214)
    assert link
    assert link.href == "/search?q=a&seen=20240503T100012Z&found=214"
    assert save_link(links, None, 0) is None
    assert seen_in_words(ENGLISH, "20240503T100012Z") == "3 May 2024, 10:00 UTC"
