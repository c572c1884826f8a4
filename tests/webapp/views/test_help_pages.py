"""Help whose examples run on this index, and the advanced form that fills the one box."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from search import SearchRequest
from search.query.parser import parse_query
from tests.webapp.conftest import Page
from tests.webapp.page_reading import announced
from webapp.site.advanced import FIELDS, composed_search


def test_every_example_finds_what_it_says(page: Page) -> None:
    rows = page("/help").select("table tbody tr")
    assert len(rows) >= 6
    for row in rows:
        link = row.select_one("a")
        count = row.select_one("td.number")
        assert link
        assert count
        assert announced(page(str(link["href"]))) == int(count.get_text().replace(",", "")) > 0


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        ({"all": "flood season"}, "flood season"),
        ({"phrase": 'north "shore'}, '"north shore"'),
        ({"any": "flood ferry"}, "(flood OR ferry)"),
        ({"any": '"north shore" ferry'}, '("north shore" OR ferry)'),
        ({"none": "ferry -bridge"}, "-ferry -bridge"),
        ({"near": "flood season"}, "flood NEAR season"),
        ({"headline": "water"}, "headline:water"),
        ({"headline": "water board"}, "headline:(water board)"),
        ({"all": "flood", "none": "ferry", "headline": " "}, "flood -ferry"),
        ({}, ""),
    ],
)
def test_each_box_says_one_thing(boxes: dict[str, str], words: str) -> None:
    assert composed_search(boxes) == words


@given(
    st.dictionaries(
        st.sampled_from(FIELDS), st.from_regex(r"[a-z]{2,6}( [a-z]{2,6})?", fullmatch=True)
    )
)
def test_what_is_composed_is_read_without_a_complaint(boxes: dict[str, str]) -> None:
    notices = {each.code for each in parse_query(SearchRequest(composed_search(boxes))).notices}
    assert notices <= {"read-or", "read-not", "read-near", "only-without", "function-words"}


def test_the_form_leads_to_the_search_that_it_says(client: FlaskClient) -> None:
    sent = {
        "all": "flood", "phrase": "", "any": "", "none": "ferry", "near": "", "headline": "",
        "agency": "water-board", "from": "March 2021", "to": "",
    }  # fmt: skip
    response = client.get("/search/advanced?" + urlencode(sent))
    assert response.status_code == 302
    target = urlsplit(response.headers["Location"])
    assert (target.path, parse_qs(target.query)) == (
        "/search",
        {"q": ["flood -ferry"], "agency": ["water-board"], "from": ["2021-03"]},
    )


def test_a_date_that_is_none_is_said_on_the_page_of_results(client: FlaskClient) -> None:
    sent = client.get("/search/advanced?all=flood&from=soon")
    assert sent.headers["Location"] == "/search?q=flood&from=soon"


def test_an_empty_form_stays(page: Page) -> None:
    form = page("/search/advanced?all=&agency=").select_one("form.advanced")
    assert form
    names = {str(each["name"]) for each in form.select("[name]")}
    assert names >= {*FIELDS, "agency", "from", "to"}


@pytest.mark.parametrize(
    "address",
    ["/", "/search?q=flood", "/search/agencies", "/release/R001", "/release/R001/quote/1",
     "/agencies", "/agency/water-board", "/2023", "/api", "/help", "/search/advanced", "/trends",
     "/watch", "/watch?s=q%3Dflood", "/terms?q=flood", "/concordance?q=flood", "/first?q=flood"],
)  # fmt: skip
def test_every_page_has_one_box_for_a_search(page: Page, address: str) -> None:
    assert len(page(address).select("form[role=search]")) == 1


def test_a_page_that_is_not_there_has_one_too(client: FlaskClient) -> None:
    assert client.get("/nothing").text.count('role="search"') == 1
