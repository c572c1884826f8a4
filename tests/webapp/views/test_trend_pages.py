"""Searches over time: page, table, CSV and JSON agree with one another and with the searches."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from index.release import Agency
from search import Engine, SearchRequest
from search.count.timeline import UNITS
from search.count.trends import AUTOMATIC_MONTHS, count_trends, rate
from tests.webapp.press_room import press_room, write
from tests.webapp.soup import Page
from webapp import create_app
from webapp.exports.trend_series import CSV_COLUMNS
from webapp.presenters import chart
from webapp.presenters.trend_numbers import dates_within
from webapp.site.trend_addresses import MAX_QUERIES
from webapp.views.trend_pages import MAX_SHOWN

OFFICES = ("Quillon", "Barrow", "Tamsin", "Orme", "Vesper")
COMPARED = [
    "q=flood&q=ferry",
    "q=flood&q=ferry&agency=harbour-office&agency=water-board&unit=month",
    "q=north+shore&q=notice&from=2021-06-15&to=2022&per=rate&unit=month",
    "q=typhoon&q=zzzz&per=rate",
    "q=%22north+shore%22&q=-ferry&match=any&language=en&unit=year",
]


def numbers(soup: BeautifulSoup) -> list[list[str]]:
    """The table under the chart: label, a cell for each search, all releases."""
    table = soup.find("section", {"aria-labelledby": "numbers"}).find("table")
    return [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]
        for row in table.tbody.find_all("tr")
    ]


def total(client: FlaskClient, address: str) -> int:
    """The total of the search behind a link."""
    parts = urlsplit(address)
    assert parts.path == "/search"
    assert client.get(address).status_code == 200, "links lead to tidy addresses"
    return int(client.get(f"/search.json?{parts.query}").get_json()["total"])


@pytest.mark.parametrize("query", COMPARED)
def test_numbers_are_the_totals_of_the_searches_they_link_to(
    client: FlaskClient, page: Page, query: str
) -> None:
    soup = page(f"/trends?{query}")
    section = soup.find("section", {"aria-labelledby": "numbers"})
    links = section.select("tbody a")
    assert links
    for link in links[:60]:
        cell = link.find_parent("td")
        count = cell.select_one(".count")
        shown = count.get_text(strip=True).strip("()") if count else link.get_text(strip=True)
        assert int(shown.replace(",", "")) == total(client, link["href"])
    for row in soup.find("section", {"aria-labelledby": "totals"}).select("tbody tr"):
        link = row.find("a")
        assert int(link.get_text().replace(",", "")) == total(client, link["href"])


@pytest.mark.parametrize("query", COMPARED)
def test_page_csv_and_json_have_the_same_numbers(
    client: FlaskClient, page: Page, query: str
) -> None:
    data = client.get(f"/trends.json?{query}").get_json()
    text = client.get(f"/trends.csv?{query}").get_data(as_text=True).removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert tuple(rows[0]) == CSV_COLUMNS
    shown = numbers(page(f"/trends?{query}"))
    assert len(shown) == len(data["periods"]) == len(data["releases"])
    by_rate = "per=rate" in query
    for number, series in enumerate(data["series"]):
        own = [row for row in rows if row["query"].removeprefix("'") == series["q"]]
        assert [row["period"] for row in own] == data["periods"]
        assert [int(row["count"]) for row in own] == series["counts"]
        assert [int(row["releases"]) for row in own] == data["releases"]
        for place, row in enumerate(own):
            rated = float(row["per_thousand"]) if row["per_thousand"] else None
            assert rated == series["rates"][place]
            cell = shown[place][1 + number]
            count = f"{series['counts'][place]:,}"
            wanted = "–" if rated is None else f"{rated:,.1f}"
            assert cell == (f"{wanted} ({count})" if by_rate else count)
        assert series["total"] == sum(series["counts"]) + series["unplaced"]


@pytest.mark.parametrize("unit", UNITS)
def test_counts_and_rates_are_those_of_the_engine(engine: Engine, unit: str) -> None:
    filters = SearchRequest(agencies=("harbour-office", "water-board"))
    found = count_trends(engine, filters, ["flood", "north shore"], unit, 500)
    assert found.unit == unit
    assert len(found.periods) > 2
    for place, period in enumerate(found.periods):
        everything = engine.count(filters.changed(date_from=period, date_to=period))
        assert found.releases[place] == everything
        for series in found.series:
            within = dates_within(series.request, period)
            assert series.counts[place] == engine.count(series.request.changed(**within))


def test_periods_are_whole_and_follow_one_another(client: FlaskClient) -> None:
    months = client.get("/trends.json?q=flood&unit=month").get_json()["periods"]
    assert len(months) == 36
    assert months == [f"{year}-{month:02}" for year in (2021, 2022, 2023) for month in range(1, 13)]
    assert client.get("/trends.json?q=flood&unit=year").get_json()["periods"] == [
        "2021", "2022", "2023",
    ]  # fmt: skip


def test_without_a_unit_length_decides(engine: Engine) -> None:
    assert AUTOMATIC_MONTHS == 120
    everything = count_trends(engine, SearchRequest(), ["flood"], None, 500)
    assert everything.unit == "month"
    assert count_trends(engine, SearchRequest(), ["flood"], None, 35).unit == "year"
    assert count_trends(engine, SearchRequest(), ["flood"], "month", 35).unit == "year"
    cut = count_trends(engine, SearchRequest(), ["flood"], "year", 2)
    assert (cut.periods, cut.earlier) == (("2022", "2023"), 1)
    series = cut.series[0]
    assert series.unplaced == series.total - sum(series.counts) > 0


def test_first_and_last_use_are_the_ends_of_the_search(client: FlaskClient, engine: Engine) -> None:
    (found,) = client.get("/trends.json?q=flood").get_json()["series"]
    dates = sorted(
        each.release.date
        for each in engine.every_hit(SearchRequest(text="flood"))
        if each.release.date and not each.release.date.startswith("--")
    )
    assert (found["first"]["date"], found["last"]["date"]) == (dates[0], dates[-1])
    assert client.get(found["first"]["path"]).status_code == 200
    (yearless,) = client.get("/trends.json?q=wells").get_json()["series"]
    assert (yearless["total"], yearless["first"], yearless["last"]) == (1, None, None)
    assert yearless["unplaced"] == 1


def test_rate_is_per_thousand_and_nothing_where_there_is_nothing() -> None:
    assert rate(3, 4) == 750
    assert rate(0, 0) is None


def test_the_chart_is_named_and_its_points_lead_to_searches(
    client: FlaskClient, page: Page
) -> None:
    soup = page("/trends?q=flood&q=ferry&unit=month")
    drawing = soup.select_one("svg.chart [role=img]")
    named = [soup.find(id=drawing[each]) for each in ("aria-labelledby", "aria-describedby")]
    assert [each.name for each in named] == ["title", "desc"]
    assert all(each.get_text(strip=True) for each in named)
    points = soup.select("svg.chart a")
    table = soup.find("section", {"aria-labelledby": "numbers"})
    in_table = {link["href"] for link in table.select("a") if link["href"].startswith("/search?")}
    assert {point["href"] for point in points} == in_table
    for point in points[:10]:
        said = int(point.title.get_text().rpartition(": ")[2])
        assert said == total(client, point["href"])
        assert point["tabindex"] == "-1", "the table has the same links for the keyboard"
    labels = [each.get_text() for each in soup.select("svg.chart .name")]
    assert labels == ["flood", "ferry"]


def test_lines_differ_by_dash_and_shape_and_nothing_is_styled_inline(
    client: FlaskClient, page: Page
) -> None:
    query = "&".join(f"q={word}" for word in ("flood", "ferry", "clinic", "road", "dawn", "north"))
    soup = page(f"/trends?{query}")
    shapes = {each["d"] for each in soup.select("svg.key .mark")}
    assert len(shapes) == MAX_QUERIES == len(chart.MARKS)
    assert not soup.select("[style], style, script:not([src])")
    sheet = next(
        link["href"] for link in soup.select("link[rel=stylesheet]") if "trends" in link["href"]
    )
    css = client.get(sheet).get_data(as_text=True)
    dashes = set(re.findall(r"\.line-\d \.stroke \{ stroke-dasharray: ([\d ]+);", css))
    assert len(dashes) == MAX_QUERIES - 1, "all but the first line are dashed, each in its own way"


def test_searches_can_be_taken_away_and_read_otherwise(page: Page) -> None:
    soup = page("/trends?q=flood&q=ferry&agency=water-board&from=2021")
    assert {chip["href"] for chip in soup.select(".chips a")} >= {
        "/trends?q=flood&q=ferry&from=2021",
        "/trends?q=flood&q=ferry&agency=water-board",
    }
    summary = soup.find("section", {"aria-labelledby": "totals"})
    removed = [link["href"] for link in summary.select("a") if link["href"].startswith("/trends")]
    assert removed == [
        "/trends?q=ferry&agency=water-board&from=2021",
        "/trends?q=flood&agency=water-board&from=2021",
    ]
    undone = page("/trends?q=flood+-2007&q=clinic").select_one(".notices a")
    assert undone["href"].startswith("/trends?q=")
    assert "q=clinic" in undone["href"]


def test_without_searches_examples_come_from_the_index(client: FlaskClient, page: Page) -> None:
    links = page("/trends").select("main li a[href^='/trends?q=']")
    assert links
    for link in links:
        found = client.get(link["href"].replace("/trends", "/trends.json")).get_json()
        assert len(found["series"]) == 2
        assert all(each["total"] > 1 for each in found["series"])


def test_an_index_without_releases_has_no_chart(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("empty") / "index"
    write(folder, [])
    client = create_app({"index": str(folder)}).test_client()
    for address in ("/trends", "/trends?q=flood&per=rate", "/trends.csv?q=flood"):
        assert client.get(address).status_code == 200
    found = client.get("/trends.json?q=flood").get_json()
    assert (found["periods"], found["total"]) == ([], 0)
    assert found["series"][0]["per_thousand"] is None


@pytest.mark.parametrize(
    ("query", "incomplete"),
    [
        ("unit=year", []),
        ("unit=month", []),
        ("from=2021-04-06&to=2022-05-27&unit=month", ["2021-04", "2022-05"]),
        ("from=2021-04-03&to=2022-05-29&unit=month", []),
        ("from=2021-03&to=2022-11-20&unit=year", ["2021", "2022"]),
        ("from=2022-05-04&to=2022-05-20&unit=month", ["2022-05"]),
        ("from=2023-12&to=2024&unit=month", []),
    ],
)
def test_an_end_of_which_a_part_is_cut_off_is_incomplete(
    client: FlaskClient, page: Page, query: str, incomplete: list[str]
) -> None:
    """The press room's releases are of 1 January 2021 to 24 December 2023."""
    asked = f"q=flood&q=notice&{query}"
    found = client.get(f"/trends.json?{asked}").get_json()
    whole = [each for each in found["incomplete"] if each != "2023-12"]
    assert whole == incomplete
    soup = page(f"/trends?{asked}")
    assert len(soup.select("svg.chart .hatched")) == len(found["incomplete"])
    marked = soup.select("section[aria-labelledby=numbers] tbody th .hint")
    assert len(marked) == len(found["incomplete"])
    said = soup.select_one("#chart-described")
    assert said
    assert ("incomplete" in said.get_text()) == bool(found["incomplete"])


def test_the_month_in_which_the_index_ends_is_incomplete(client: FlaskClient) -> None:
    assert client.get("/trends.json?q=notice&unit=month").get_json()["incomplete"] == ["2023-12"]


def test_examples_are_what_several_offices_speak_of(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Not what one of them says in every headline, nor its own name, nor that it speaks."""
    folder = tmp_path_factory.mktemp("offices") / "index"
    model = press_room()[0]
    offices = [Agency(f"office-of-{name.lower()}", f"Office of {name}") for name in OFFICES]
    headlines = [
        (office, f"{office.name.split()[-1]} speaks: {subject} for May")
        for office in offices
        for subject in ("Statement on Harbour Tunnel", "Press Release about Marsh Fever")
    ]
    headlines += [(offices[0], f"Morning Bulletin number {number}") for number in range(30)]
    headlines += [(offices[1], "Minister Quillon opens a school") for _ in range(5)]
    write(
        folder,
        [
            replace(model, id=str(number), url=None, headline=headline, agency=office, body="Text.")
            for number, (office, headline) in enumerate(headlines)
        ],
    )
    client = create_app({"index": str(folder)}).test_client()
    soup = BeautifulSoup(client.get("/trends").text, "lxml")
    first = soup.select_one("main li a[href^='/trends?q=']")
    assert first
    assert first.get_text() == '"harbour tunnel" · "marsh fever"'


def test_a_date_of_long_ago_does_not_make_the_page_long(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("old") / "index"
    old = replace(press_room()[0], id="old", date="1066-10-14")
    write(folder, [*press_room(), old])
    client = create_app({"index": str(folder)}).test_client()
    soup = BeautifulSoup(client.get("/trends?q=notice&unit=month").text, "lxml")
    assert len(numbers(soup)) == MAX_SHOWN
    said = " ".join(each.get_text() for each in soup.select(".notices li"))
    assert "Shown by year" in said
    assert "earlier years are not shown" in said


@pytest.mark.parametrize(
    "query",
    ["q=flood&", "q=north+shore&", "q=flood+OR+ferry&", "q=%22north+shore%22+-clinic&", ""],
)
def test_agencies_chosen_are_compared_by_a_link(
    client: FlaskClient, page: Page, query: str
) -> None:
    agencies = ("harbour-office", "water-board")
    chosen = "&".join(f"agency={slug}" for slug in agencies)
    soup = page(f"/search?{query}{chosen}&from=2021-02")
    link = soup.select_one(".filters .compare a")
    assert link
    compared = client.get(str(link["href"]))
    assert compared.status_code == 200, "links lead to tidy addresses"
    rows = BeautifulSoup(compared.text, "lxml").select("section[aria-labelledby=totals] tbody tr")
    totals = [int(row.select_one("td.number").get_text()) for row in rows]
    alone = [f"/search.json?{query}agency={slug}&from=2021-02" for slug in agencies]
    assert totals == [client.get(address).get_json()["total"] for address in alone]
    assert all(totals)


def test_agencies_are_not_compared_where_that_would_mean_something_else(page: Page) -> None:
    both = "agency=harbour-office&agency=water-board"
    for query in (
        "agency=water-board", f"q=flood+ferry&match=any&{both}", f"q={'x' * 490}&{both}",
    ):  # fmt: skip
        assert page(f"/search?{query}").select(".compare") == [], query
