"""From a long list to any of its pages: by links to those around it, by a box to all others."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from webapp import create_app

LISTS = ["/search?q=flood&sort=oldest", "/zh-hant/search?q=flood", "/2023", "/agency/water-board"]


@pytest.fixture(scope="module")
def client(index_folder: Path) -> FlaskClient:
    """A site whose lists have one release a page."""
    settings = {"index": str(index_folder), "per_page": 1, "latest": 1, "day_list": 1}
    return create_app(settings).test_client()


def _page(client: FlaskClient, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address, follow_redirects=True).text, "lxml")


@pytest.mark.parametrize("address", LISTS)
def test_a_number_in_the_box_leads_where_the_link_of_that_page_does(
    client: FlaskClient, address: str
) -> None:
    soup = _page(client, address)
    form = soup.select_one(".pager form")
    assert form is not None, "no way to a page whose number is left out"
    last = soup.select(".pager li:not(.gap) a:not([rel])")[-1]
    number = form.select_one("input[name=page]")
    assert number is not None
    assert last.get_text().split()[-1] == number["max"]
    assert soup.find("label", attrs={"for": number["id"]})
    hidden = [(each["name"], each["value"]) for each in form.select("input[type=hidden]")]
    there = f"{form['action']}?{urlencode([*hidden, ('page', number['max'])])}"
    found, linked = (_page(client, each) for each in (there, str(last["href"])))
    assert found.select_one(".hits a") is not None
    assert found.select_one(".hits") == linked.select_one(".hits")
    assert found.select_one(".pager strong") == linked.select_one(".pager strong")


@pytest.mark.parametrize("address", LISTS)
def test_a_list_whose_pages_are_all_named_has_no_box(client: FlaskClient, address: str) -> None:
    more = f"{address}&per_page=10" if "?" in address else address
    soup = _page(client, more)
    gaps, box = soup.select(".pager .gap"), soup.select(".pager form")
    assert bool(gaps) == bool(box)
