"""The first page, and those of agencies and dates."""

from __future__ import annotations

from search import Engine
from tests.webapp.conftest import Page
from tests.webapp.press_room import press_room

RELEASES = press_room()


def test_the_first_page_says_what_is_covered(page: Page, engine: Engine) -> None:
    soup = page("/")
    lead = soup.select_one(".lead")
    assert lead
    assert lead.get_text() == (
        f"{len(RELEASES)} releases from 5 agencies, 1 January 2021 to 24 December 2023"
    )
    assert soup.find("time", datetime=engine.coverage().updated)
    years = [row.get_text(" ", strip=True).split() for row in soup.select("table.bars tbody tr")][
        :3
    ]
    by_year = {str(year): 0 for year in (2021, 2022, 2023)}
    for release in RELEASES:
        if release.date and release.date[:4] in by_year:
            by_year[release.date[:4]] += 1
    assert {year: int(count) for year, count in years} == by_year
    assert [year for year, _ in years] == ["2023", "2022", "2021"]


def test_browse_pages_list_what_the_data_has(page: Page) -> None:
    june = [each for each in RELEASES if (each.date or "").startswith("2023-06")]
    soup = page("/2023/06")
    assert len(soup.select(".found ol.hits > li")) == len(june)
    water = [each for each in RELEASES if each.agency.slug == "water-board"]
    lead = page("/agency/water-board").select_one(".lead")
    assert lead
    assert lead.get_text().startswith(f"{len(water)} releases.")
    listed = page("/agencies").select(".groups li")
    counts = {str(item.find("a")["href"]): item.select_one(".number").get_text() for item in listed}  # type: ignore[index,union-attr]
    assert counts["/agency/water-board"] == str(len(water))
