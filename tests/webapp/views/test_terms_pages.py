"""The term sheet: its page, what leads there, and the same as JSON and CSV."""

from __future__ import annotations

import csv

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from search import Engine, SearchRequest
from tests.webapp.conftest import Page
from webapp.presenters.terms_page import MAX_TERMS, word_link
from webapp.site.links import Links

ADDRESS = "/terms?agency=water-board"
ASKED = SearchRequest(agencies=("water-board",))


def test_each_word_leads_to_its_releases(page: Page, engine: Engine) -> None:
    rows = page(ADDRESS).select("table.terms tbody tr")
    sheet = engine.term_sheet(ASKED, MAX_TERMS)
    assert [row.select_one("th a").get_text() for row in rows] == [
        each.word for each in sheet.terms
    ]  # type: ignore[union-attr]
    assert "reservoir" in [each.word for each in sheet.terms]
    for row, each in zip(rows, sheet.terms, strict=True):
        link, count = row.select_one("a"), row.select_one("td")
        assert link
        assert count
        assert link["href"] == Links().search(ASKED.changed(text=each.word))
        assert int(count.get_text()) == each.releases == engine.count(ASKED.changed(text=each.word))


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("/agency/water-board", ADDRESS),
        ("/2023", "/terms?from=2023&to=2023"),
        ("/2023/06", "/terms?from=2023-06&to=2023-06"),
    ],
)
def test_pages_of_agencies_and_spans_lead_there(page: Page, address: str, there: str) -> None:
    link = page(address).find("a", string="What they say more often than others")
    assert link
    assert link["href"] == there  # type: ignore[index]
    assert page(there).find("h1", string="Term sheet")


def test_dates_change_and_the_agency_stays(page: Page, client: FlaskClient) -> None:
    form = page(ADDRESS).select_one("form.terms-form")
    assert form
    named = {str(each["name"]): str(each.get("value", "")) for each in form.select("input")}
    assert named == {"agency": "water-board", "from": "", "to": ""}
    moved = client.get("/terms?to=2023&from=&agency=Water+Board&sort=oldest&page=3")
    assert moved.headers["Location"] == "/terms?agency=water-board&to=2023"


def test_its_boxes_keep_dates_by_today_in_words_and_undated_releases(page: Page) -> None:
    form = page("/terms?agency=water-board&from=-30d&undated=1").select_one("form.terms-form")
    assert form
    named = {str(each["name"]): str(each.get("value", "")) for each in form.select("input")}
    assert named == {"agency": "water-board", "from": "30 days ago", "to": "", "undated": "1"}


def test_without_a_choice_or_with_few_releases_it_says_so(page: Page, client: FlaskClient) -> None:
    assert "Choose an agency or dates" in page("/terms").get_text()
    soup = page("/terms?q=wells")
    assert "too few releases" in soup.get_text()
    assert not soup.select("table")
    assert "No results" in page("/terms?q=zzzz").get_text()
    told = BeautifulSoup(client.get(ADDRESS + "&colour=red").text, "lxml")
    assert told.select(".notices li")


def test_json_and_csv_hold_what_the_page_does(client: FlaskClient, page: Page) -> None:
    shown = [each.get_text() for each in page(ADDRESS).select("table.terms th a")]
    found = client.get(ADDRESS.replace("/terms", "/terms.json")).get_json()
    assert [each["word"] for each in found["terms"]] == shown
    text = client.get(ADDRESS.replace("/terms", "/terms.csv")).text.lstrip("\ufeff")
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["word"] for row in rows] == shown
    for row, each in zip(rows, found["terms"], strict=True):
        assert float(row["share"]) == pytest.approx(each["releases"] / found["releases"], abs=1e-5)
        assert row["search_url"] == "https://press.example" + each["path"]
    assert client.get(ADDRESS.replace("/terms", "/terms.csv") + "&colour=red").status_code == 400


def test_a_word_is_added_to_those_asked_for_and_never_read_as_an_operator() -> None:
    assert word_link(Links(), SearchRequest("a OR b"), "NEAR") == Links().search(
        SearchRequest('(a OR b) "NEAR"')
    )
