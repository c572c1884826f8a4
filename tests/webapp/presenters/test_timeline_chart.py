"""Charts of counts over time: every period, in proportion; and rates that come true."""

from __future__ import annotations

from itertools import pairwise

import pytest
from bs4 import Tag

from search import Engine, SearchRequest
from tests.webapp.soup import Page
from webapp.presenters.timeline_chart import (
    DIGIT,
    HEAD,
    LINE,
    MAX_MONTHS,
    MAX_NAMES,
    NARROWEST,
    Period,
    every_month,
    present_timeline,
)
from webapp.site import wording
from webapp.site.languages import ENGLISH


def test_months_without_releases_are_there() -> None:
    assert every_month([("2022-11", 2), ("2023-02", 1)]) == [
        ("2022-11", 2), ("2022-12", 0), ("2023-01", 0), ("2023-02", 1),
    ]  # fmt: skip
    assert every_month([]) == []


def test_very_many_months_become_years() -> None:
    made = every_month([("1850-03", 1), ("1850-04", 2), ("2020-01", 5)])
    assert len(made) <= MAX_MONTHS
    assert made == [("1850", 3), ("2020", 5)]


def test_bars_are_in_proportion_and_inside_the_chart() -> None:
    periods = [Period(f"{year}", year - 1990, None) for year in range(1990, 2021)]
    chart = present_timeline(ENGLISH, periods, height=60)
    assert chart is not None
    heights = [float(bar.height) for bar in chart.bars]
    assert heights == sorted(heights)
    assert (heights[0], heights[-1]) == (0, 60 - HEAD)
    assert heights[15] == pytest.approx((60 - HEAD) / 2, abs=0.1)
    for bar in chart.bars:
        assert float(bar.top) + float(bar.height) == pytest.approx(60)
        assert 0 <= float(bar.left) < float(bar.left) + float(bar.width) <= 100
    assert 2 <= len(chart.names) <= MAX_NAMES


def test_of_many_bars_those_carry_their_numbers_beside_which_there_is_place() -> None:
    counts = [3, 9, 2, 0, 4, 1, 0, 1200, 1300, 5, *[0] * 10, 7, 7, 7, *[0] * 8]
    chart = present_timeline(
        ENGLISH, [Period(f"2023-05-{day:02}", each, None) for day, each in enumerate(counts, 1)]
    )
    assert chart is not None
    told = [each.text for each in chart.numbers]
    assert "1.3k" in told  # the largest
    assert "1.2k" not in told  # it would run into the bar beside it
    assert told.count("7") == 3  # each as wide as its bar
    for one, other in pairwise(sorted(chart.numbers, key=lambda each: float(each.at))):
        apart = float(other.at) - float(one.at)
        wide = (len(one.text) + len(other.text)) * DIGIT * 50 / NARROWEST
        assert apart >= wide - 0.1 or abs(float(other.base) - float(one.base)) > LINE


def test_each_of_a_few_bars_carries_its_number() -> None:
    months = [Period(f"2023-{month:02}", 1000 + month, None) for month in range(1, 13)]
    chart = present_timeline(ENGLISH, months)
    assert chart is not None
    assert len(chart.numbers) == 12


def test_a_small_count_beside_a_large_one_is_seen() -> None:
    chart = present_timeline(ENGLISH, [Period("2020", 1, None), Period("2021", 100_000, None)])
    assert chart is not None
    assert float(chart.bars[0].height) > 1


def test_nothing_counted_is_no_chart() -> None:
    assert present_timeline(ENGLISH, []) is None
    assert present_timeline(ENGLISH, [Period("2020", 0, None)]) is None


@pytest.mark.parametrize(
    ("spans", "names"),
    [
        (["2021", "2022"], ["2021", "2022"]),
        (
            [f"2023-{month:02}" for month in range(1, 13)],
            ["Jan", "Mar", "May", "Jul", "Sep", "Nov"],
        ),
        (["2022-12", *(f"2023-{month:02}" for month in range(1, 13))], ["2023"]),
        (["2023-06-01", "2023-06-02"], ["1", "2"]),
    ],
)
def test_names_below(spans: list[str], names: list[str]) -> None:
    chart = present_timeline(ENGLISH, [Period(span, 1, None) for span in spans])
    assert chart is not None
    assert [name.text for name in chart.names] == names


@pytest.mark.parametrize(
    "address", ["/", "/search?q=flood", "/search?q=flood&from=2022&to=2022", "/2023"]
)
def test_a_chart_links_to_what_its_table_links_to(page: Page, address: str) -> None:
    soup = page(address)
    chart = soup.select_one("svg.timeline")
    assert chart
    links = {str(link["href"]) for link in chart.select("a")}
    table = {str(link["href"]) for link in soup.select("table.bars a")}
    if address == "/":
        table |= {href for href in links if page(href)}  # its table has years, its bars months
    assert links
    assert links <= table
    assert all(link["tabindex"] == "-1" for link in chart.select("a"))


def test_rates_are_parts_of_the_same_filters(page: Page, engine: Engine) -> None:
    soup = page("/search?q=reservoir&from=2022")
    box = soup.find("input", value="water-board")
    assert isinstance(box, Tag)
    item = box.find_parent("li")
    assert item
    rate = item.select_one(".rate")
    assert rate
    dated = SearchRequest(agencies=("water-board",), date_from="2022")
    part, whole = engine.count(dated.changed(text="reservoir")), engine.count(dated)
    assert 0 < part <= whole
    assert rate.get_text().startswith(f"{100 * part / whole:.0f}")
    assert soup.select("table.bars td.share")
    assert page("/search?from=2022").select(".rate") == []


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (1, 2, "50%"),
        (1, 3, "33%"),
        (42, 1_000, "4.2%"),
        (1, 10_000, "< 0.1%"),
        (0, 5, "0%"),
        (0, 0, ""),
    ],
)
def test_percentage(part: int, whole: int, text: str) -> None:
    assert wording.percentage(part, whole) == text
