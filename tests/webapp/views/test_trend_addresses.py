"""Addresses of comparisons over time: one tidy form, which comes back as it was written."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from index.dates.partial import PartialDate
from index.text.cleaning import clean_line
from search import SearchRequest
from search.count.timeline import UNITS
from tests.webapp.soup import Page
from webapp.presenters.trend_numbers import dates_within
from webapp.site import trend_addresses
from webapp.site.links import Links
from webapp.site.trend_addresses import (
    MAX_QUERIES,
    TrendsRequest,
    read_trends,
    trends_address,
)


def test_the_address_keeps_the_order_of_its_searches() -> None:
    asked = read_trends("q=zebra&q=apple&agency=b&agency=a&unit=year&per=rate").asked
    assert asked.queries == ("zebra", "apple")
    assert (
        trends_address(Links(), asked)
        == "/trends?q=zebra&q=apple&agency=a&agency=b&per=rate&unit=year"
    )


@pytest.mark.parametrize(
    ("given_form", "tidy"),
    [
        ("q=a&q=&q=b&from=&unit=&per=", "/trends?q=a&q=b"),
        ("unit=month&q=a", "/trends?q=a&unit=month"),
        ("q=a&q=a&per=count", "/trends?q=a"),
        ("q=+a++b+&utm_source=x&from=March+2020", "/trends?q=a+b&from=2020-03"),
    ],
)
def test_untidy_addresses_lead_to_the_one_form(
    client: FlaskClient, given_form: str, tidy: str
) -> None:
    response = client.get(f"/trends?{given_form}")
    assert (response.status_code, response.headers["Location"]) == (302, tidy)
    assert client.get(tidy).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "parameter"),
    [
        ("per=cent", "per"),
        ("unit=week", "unit"),
        ("unit=month&unit=year", "unit"),
        ("colour=red", "colour"),
        ("sort=newest", "sort"),
        ("page=2", "page"),
        ("undated=1", "undated"),
        ("from=soon", "from"),
        ("match=some", "match"),
        ("q=" + "x" * 501, "q"),
        ("&".join(f"q=w{number}" for number in range(MAX_QUERIES + 1)), "q"),
        ("q=" + "%E6" * 6000, "q"),
    ],
)
def test_what_cannot_be_read_is_said_and_refused_to_programs(
    client: FlaskClient, page: Page, wrong: str, parameter: str
) -> None:
    assert page(f"/trends?q=flood&{wrong}").select(".notices li")
    for suffix in trend_addresses.SUFFIXES:
        response = client.get(f"/trends{suffix}?q=flood&{wrong}")
        assert (response.status_code, response.mimetype) == (400, "application/problem+json")
        assert parameter in {each["parameter"] for each in response.get_json(force=True)["errors"]}


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12), max_size=8),
    st.lists(st.text("abc-", min_size=1, max_size=5), max_size=3),
    st.sampled_from([None, *UNITS]),
    st.sampled_from(trend_addresses.MEASURES),
    st.sampled_from([None, "2020", "2020-02", "2020-02-29"]),
)
def test_addresses_come_back_as_they_were_written(
    texts: list[str], agencies: list[str], unit: str | None, measure: str, date: str | None
) -> None:
    filters = SearchRequest(agencies=tuple(agencies), date_from=date, sort="oldest", page=3)
    queries = tuple(dict.fromkeys(filter(None, map(clean_line, texts))))
    asked = TrendsRequest(queries, filters, measure, unit)
    if len(asked.queries) <= MAX_QUERIES:
        query = trends_address(Links(), asked).partition("?")[2]
        parsed = read_trends(query)
        assert parsed.canonical, query
        assert parsed.asked.queries == asked.queries
        assert trends_address(Links(), parsed.asked) == trends_address(Links(), asked)


@settings(max_examples=60)
@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"]), max_size=60))
def test_no_query_string_breaks_a_page_or_an_export(app: Flask, text: str) -> None:
    client = app.test_client(use_cookies=False)
    for address in ("/trends?q=", "/trends?", "/trends.json?q=", "/trends.csv?unit="):
        response = client.get(address + text.replace("#", ""))
        assert response.status_code in (200, 302, 400), (address, text)


@given(
    st.sampled_from(["2020", "2020-02", "2019-12", "2021"]),
    st.sampled_from([None, "2019", "2020-02", "2020-02-10"]),
    st.sampled_from([None, "2020", "2020-02", "2020-02-20", "2021-06"]),
)
def test_a_period_never_widens_the_dates_asked_for(
    period: str, start: str | None, end: str | None
) -> None:
    within = dates_within(SearchRequest(date_from=start, date_to=end), period)
    for lower in filter(None, (period, start)):
        assert first(within["date_from"]) >= first(lower)
    for upper in filter(None, (period, end)):
        assert last(within["date_to"]) <= last(upper)
    assert within["date_from"] in (period, start)
    assert within["date_to"] in (period, end)


def first(date: str | None) -> str:
    return PartialDate.from_iso(date or "").first_day.iso


def last(date: str | None) -> str:
    return PartialDate.from_iso(date or "").last_day.iso


def test_what_a_comparison_does_not_know_is_left_out_of_its_address() -> None:
    asked = TrendsRequest((), SearchRequest("x", agencies=("a",), sort="newest", seen="2024"))
    assert trends_address(Links(), asked) == "/trends?agency=a"
