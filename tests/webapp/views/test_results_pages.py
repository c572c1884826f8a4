"""Pages of results over a real index: what they say, where they lead, and that both come true."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlencode

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient

from index.release import Agency, Release
from search import SearchRequest
from tests.webapp.conftest import Page
from tests.webapp.page_reading import announced, hrefs, sent_by
from tests.webapp.press_room import press_room, write
from webapp import create_app
from webapp.presenters.earlier_years import earlier_years
from webapp.site import wording
from webapp.site.languages import ENGLISH
from webapp.site.links import Links
from webapp.site.search_addresses import read_pairs

RELEASES = press_room()


@pytest.mark.parametrize(
    "address",
    [
        "/search",
        "/search?q=flood",
        "/search?q=flood&from=2023&to=2023",
        "/search?from=2023-06&to=2023-06",
    ],
)
def test_the_counts_of_facet_links_come_true(page: Page, address: str) -> None:
    soup = page(address)
    promised = []
    for row in soup.select("table.bars tbody tr"):
        link, count = row.find("a"), row.select_one("td.number")
        if link and count:
            promised.append((str(link["href"]), int(count.get_text().replace(",", ""))))
    for item in soup.select("ul.choices li"):
        box, count = item.find("input"), item.select_one(".number")
        assert isinstance(box, Tag)
        assert count
        name, value = str(box["name"]), str(box["value"])
        if name == "language" and not value.isalpha():
            continue  # a hostile record's language, which no address can ask for
        alone = [pair for pair in sent_by(soup, "search") if pair[0] != name]
        href = tidy([*alone, (name, value)])
        promised.append((href, int(count.get_text().replace(",", ""))))
    assert len(promised) > 2
    for href, count in promised:
        assert announced(page(href)) == count
    for link in soup.select(".facet a"):
        if "/search" in str(link["href"]):
            assert "nofollow" in link["rel"]


def tidy(pairs: list[tuple[str, str]]) -> str:
    """The address that a form's names and values lead to."""
    return Links().search(read_pairs(pairs).request)


def test_a_second_agency_adds_its_releases(page: Page) -> None:
    soup = page("/search?q=flood&agency=water-board")
    before = announced(soup)
    other = soup.find("input", value="harbour-office")
    assert isinstance(other, Tag)
    item = other.find_parent("label")
    assert item
    count = item.select_one(".number")
    assert count
    both = [*sent_by(soup, "search"), ("agency", "harbour-office")]
    assert announced(page(tidy(both))) == before + int(count.get_text())


EVERYTHING = (
    "/search?q=%22flood%22&match=any&agency=water-board&from=2020-03&to=2024&undated=1&language=en"
    "&sort=newest&seen=2024-05-03&per_page=50&view=compact"
)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("q", "reservoir", EVERYTHING.replace("%22flood%22", "reservoir")),
        ("agency", "", EVERYTHING.replace("&agency=water-board", "")),
        ("from", "March 2022", EVERYTHING.replace("2020-03", "2022-03")),
        ("from", "", EVERYTHING.replace("&from=2020-03", "")),
        ("to", "14/3/2023", EVERYTHING.replace("to=2024", "to=2023-03-14")),
        ("undated", "", EVERYTHING.replace("&undated=1", "")),
    ],
)
def test_whatever_is_changed_nothing_else_is_lost(
    client: FlaskClient, name: str, value: str, expected: str
) -> None:
    """One form holds words, agencies, dates and the rest, whichever of its buttons is pressed."""
    response = client.get(EVERYTHING)
    assert response.status_code == 200
    soup = BeautifulSoup(response.text, "lxml")
    sent = [(each, value if each == name else old) for each, old in sent_by(soup, "search")]
    assert name in dict(sent)
    landed = client.get("/search?" + urlencode(sent), follow_redirects=True)
    assert landed.request.full_path.rstrip("?") == expected
    buttons = soup.select(".filters button:not(.find button)")
    assert buttons
    assert all(each["form"] == "search" for each in buttons)


@pytest.mark.parametrize("size", [10, 20, 50, 100])
def test_how_many_releases_a_page_has_is_chosen_by_people_and_programs(
    client: FlaskClient, size: int
) -> None:
    address = "/search" if size == 10 else f"/search?per_page={size}"
    soup = BeautifulSoup(client.get(address).text, "lxml")
    every = client.get(address.replace("/search", "/search.json")).get_json()
    assert len(soup.select(".hits > li")) == len(every["hits"]) == min(size, every["total"])
    choices = soup.select(".choice[aria-label='Releases per page'] li")
    assert [each.get_text() for each in choices] == ["10", "20", "50", "100"]
    current = soup.select_one(".choice[aria-label='Releases per page'] strong")
    assert current
    assert current.get_text() == str(size)


def test_the_compact_view_has_a_line_of_each_release_and_stays(page: Page) -> None:
    soup = page("/search?q=flood&view=compact")
    assert soup.select_one(".hits.compact")
    assert {len(hit.select(".snippet")) for hit in soup.select(".hits > li")} == {1}
    kept = soup.select(".chips a, .order a, .pager a, .facet a[href*='/search']")
    others = [str(link["href"]) for link in kept if link.get_text() != "Full"]
    assert others
    assert all("view=compact" in href for href in others)


def test_fragments_lead_to_their_paragraphs(page: Page) -> None:
    soup = page("/search?q=flood")
    places = [str(link["href"]) for link in soup.select(".hits .passage a[href*='#p']")]
    assert len(places) > 5
    for href in places[:4]:
        there = page(href.partition("#")[0]).find(id=href.partition("#")[2])
        assert isinstance(there, Tag)
        assert there.find("mark")


def test_words_filters_and_order_drop_the_page_and_paging_keeps_them(page: Page) -> None:
    soup = page("/search?q=north&from=2021&sort=newest&page=2")
    pager = soup.find("nav", class_="pager")
    assert isinstance(pager, Tag)
    for link in pager.find_all("a"):
        assert str(link["href"]).startswith("/search?q=north&from=2021&sort=newest")
    inside = {str(link["href"]) for link in pager.find_all("a")}
    take = {str(link["href"]) for link in soup.select(".take a, head link, .languages a")}
    for href in set(hrefs(soup)) - inside - take:
        assert "&page=" not in href.replace("?", "&")
    for form in soup.find_all("form"):
        assert form.find("input", attrs={"name": "page"}) is None


def test_chips_name_and_remove_one_thing_each(page: Page) -> None:
    address = "/search?q=flood&agency=water-board&from=2021&to=2023-05&undated=1"
    chips = {
        " ".join(link.get_text(" ", strip=True).split()): str(link["href"])
        for link in page(address).select("ul.chips a")
    }
    assert chips == {
        "Remove filter Agency: Water Board ×": "/search?q=flood&from=2021&to=2023-05&undated=1",
        "Remove filter From: 2021 ×": "/search?q=flood&agency=water-board&to=2023-05&undated=1",
        "Remove filter To: May 2023 ×": "/search?q=flood&agency=water-board&from=2021&undated=1",
        "Remove filter Date: undated ×": "/search?q=flood&agency=water-board&from=2021&to=2023-05",
        "Remove all": "/search?q=flood",
    }


def test_the_search_is_restated_with_the_dates_as_understood(page: Page) -> None:
    soup = page("/search?q=flood&match=any&agency=water-board&from=2022-02&to=2023")
    restated = soup.select_one(".restated")
    assert restated
    assert restated.get_text() == ("for any of “flood” by Water Board from February 2022 to 2023")
    assert soup.title
    assert soup.title.get_text().startswith("any of “flood” by Water Board")


def test_hits_show_marks_agency_and_how_sure_the_date_is(page: Page) -> None:
    hit = page("/search?q=drill").select_one("ol.hits li")
    assert hit
    assert [mark.get_text() for mark in hit.select("h2 mark")] == ["drill"]
    assert hit.select(".snippet mark")
    about = hit.select_one(".about")
    assert about
    assert about.get_text(" ", strip=True) == "5 November , year not given · Water Board"
    time = about.find("time")
    assert isinstance(time, Tag)
    assert time["datetime"] == "--11-05"


def test_a_page_beyond_the_last_shows_the_last_and_says_so(page: Page) -> None:
    soup = page("/search?q=flood&page=99")
    notice = soup.select_one(".notices li")
    assert notice
    assert "99" in notice.get_text()
    current = soup.select_one("[aria-current=page]")
    assert current
    canonical = soup.find("link", rel="canonical")
    assert isinstance(canonical, Tag)
    assert str(canonical["href"]).endswith(f"page={current.get_text().removeprefix('Page ')}")


def test_what_an_address_held_in_vain_is_said_and_tied_to_its_box(page: Page) -> None:
    soup = page("/search?q=flood&from=soon&colour=red")
    said = [item.get_text() for item in soup.select(".notices li")]
    assert any("colour=red" in text for text in said)
    assert any("“soon” is not a date" in text for text in said)
    box = soup.find("input", id="from")
    assert isinstance(box, Tag)
    assert (box["value"], box["aria-invalid"]) == ("soon", "true")
    error = soup.find(id=str(box["aria-describedby"]).split()[0])
    assert error
    assert "soon" in error.get_text()
    canonical = soup.find("link", rel="canonical")
    assert isinstance(canonical, Tag)
    assert canonical["href"] == "/search?q=flood"
    assert announced(soup) == announced(page("/search?q=flood"))


def test_nothing_found_offers_ways_out_whose_counts_come_true(page: Page) -> None:
    soup = page('/search?q=zzzz+"north+shore"&agency=water-board&from=2022&to=2023-05')
    assert announced(soup) == 0
    ways = {}
    for item in soup.select(".rescue li"):
        link = item.find("a")
        assert link
        count = re.search(r": ([\d,]+) release", item.get_text())
        assert count
        ways[link.get_text()] = int(count[1])
        assert announced(page(str(link["href"]))) == int(count[1])
    assert set(ways) == {"Match any of the words", "Drop “zzzz”"}
    assert all(ways.values()), "a link that finds nothing"
    rescue = soup.select_one(".rescue")
    assert rescue
    assert f"{len(RELEASES)} releases" in rescue.get_text()


def test_an_agency_without_a_dated_release_is_told_by_its_number_alone(tmp_path: Path) -> None:
    undated = replace(
        RELEASES[0], id="undated", agency=Agency("belt-office", "Belt Office"), date=None
    )
    write(tmp_path / "index", [*RELEASES, undated])
    client = create_app({"index": str(tmp_path / "index")}).test_client()
    soup = BeautifulSoup(client.get("/search?q=zzzz&agency=belt-office").text, "lxml")
    rescue = soup.select_one(".rescue")
    assert rescue
    assert "Belt Office: 1 release" in rescue.get_text()
    assert "Belt Office: 1 release," not in rescue.get_text()


@pytest.mark.parametrize(
    ("address", "orders"),
    [
        ("/search", ["Newest", "Oldest"]),
        ("/search?q=flood", ["Relevance", "Newest", "Oldest"]),
        ("/search?q=flood&seen=2024", ["Relevance", "Newest", "Oldest", "Latest additions"]),
        ("/search?sort=arrived", ["Newest", "Oldest", "Latest additions"]),
    ],
)
def test_orders_are_offered_that_say_something(page: Page, address: str, orders: list[str]) -> None:
    """Without words nothing is more relevant than another; additions matter where some are new."""
    offered = page(address).select('[aria-label="Sort by"] li')
    assert [each.get_text(strip=True) for each in offered] == orders


def test_where_nothing_holds_all_words_releases_with_most_are_shown(page: Page) -> None:
    soup = page("/search?q=flood+reservoir+zzzz")
    assert announced(soup) == 0
    heading = soup.find(id="loosened")
    assert heading
    assert heading.get_text().startswith("Close matches: 12 releases")
    lacks = [each.get_text() for each in soup.select(".hits .lacks")]
    assert lacks == ["Missing: “zzzz”"] * 10
    undo = [link["href"] for link in soup.select(".notices a")]
    assert "/search?q=flood+reservoir+zzzz&match=strict" in undo
    second = soup.select_one(".pager a[rel=next]")
    assert second
    assert page(str(second["href"])).select(".hits .lacks")
    first = soup.select_one(".hits h3 a")
    assert first
    journey = page(str(first["href"]))
    assert "1 of 12" in journey.get_text()
    strict = page("/search?q=flood+reservoir+zzzz&match=strict")
    assert not strict.select(".hits")
    assert "All words, no fewer" in strict.get_text()


@pytest.mark.parametrize("text", ["zzzz OR yyyy", "zzzz -flood", "(zzzz yyyy)", "agency:zzzz zzzz"])
def test_ways_out_of_operators_lead_to_searches(page: Page, text: str) -> None:
    soup = page(Links().search(SearchRequest(text)))
    for item in soup.select(".rescue li"):
        link = item.find("a")
        assert link
        count = re.search(r": ([\d,]+) release", item.get_text())
        assert count
        assert announced(page(str(link["href"]))) == int(count[1].replace(",", ""))


def test_did_you_mean_leads_to_results(page: Page) -> None:
    link = page("/search?q=resevoir").select_one(".suggestion a")
    assert link
    assert link.get_text() == "reservoir"
    assert announced(page(str(link["href"]))) == 12


def test_more_agencies_are_an_ordinary_page_with_a_find_box(app: Flask, index_folder: Path) -> None:
    small = create_app({"index": str(index_folder), "facet_agencies": 2}).test_client(
        use_cookies=False
    )
    soup = BeautifulSoup(small.get("/search?q=flood&agency=x-script").text, "lxml")
    shown = [str(box["value"]) for box in soup.select(".choices input[name=agency]")]
    assert shown[0] == "x-script"
    assert len(shown) == 2
    more = soup.find("a", string=re.compile("^All .* agencies$"))
    assert isinstance(more, Tag)
    assert more["href"] == "/search/agencies?q=flood&agency=x-script"
    every = BeautifulSoup(small.get(str(more["href"])).text, "lxml")
    assert len(every.select(".choices input")) == 5
    assert [str(b["value"]) for b in every.select(".choices input[checked]")] == ["x-script"]
    found = BeautifulSoup(small.get(str(more["href"]) + "&find=BOARD").text, "lxml")
    assert [str(b["value"]) for b in found.select(".choices input")] == ["x-script", "water-board"]


def test_two_words_that_nothing_holds_are_dropped_together(page: Page) -> None:
    soup = page("/search?q=flood+zzzz+yyyy&match=strict")
    first = soup.select_one(".rescue li a")
    assert first
    assert first.get_text() == "Drop “zzzz”, “yyyy”"
    assert announced(page(str(first["href"]))) == announced(page("/search?q=flood&match=strict"))


def test_words_and_filters_are_left_away_together_where_one_is_not_enough(page: Page) -> None:
    soup = page("/search?q=flood+zzzz&match=strict&from=1990&to=1991")
    ways = {link.get_text(): str(link["href"]) for link in soup.select(".rescue li a")}
    assert ways
    assert all(" + " in text for text in ways)
    assert all(announced(page(href)) for href in ways.values())


def test_where_three_things_block_at_once_each_is_offered_alone(page: Page) -> None:
    soup = page("/search?q=ferry+zzzz&match=strict&agency=water-board&from=1990&to=1991")
    ways = {link.get_text(): str(link["href"]) for link in soup.select(".rescue li a")}
    assert set(ways) == {"Press releases for “ferry”", "Press releases by Water Board"}
    assert all(announced(page(href)) for href in ways.values())


def test_this_week_in_earlier_years_is_a_search(page: Page) -> None:
    release = next(each for each in RELEASES if each.id == "R004")
    assert release.date
    middle = date.fromisoformat(release.date)
    links = Links(request=SearchRequest("reservoir"))
    found = earlier_years(links, middle.replace(2030), "2019-01-01", "2024-12-31")
    assert found
    listed = page(found.href).select(".hits h2 a")
    assert release.headline in [each.get_text() for each in listed]
    for each in page(found.href).select(".hits time"):
        day = date.fromisoformat(str(each["datetime"]))
        assert abs((day.replace(middle.year) - middle).days) <= 3
    assert page("/search?q=reservoir").find("a", string="This week in earlier years")
    assert not page("/search?q=reservoir&from=2022").find("a", string="This week in earlier years")
    leap = earlier_years(Links(), date(2024, 2, 29), "2019-01-01", "2023-12-31")
    assert leap
    assert "2023-02-25..2023-03-03" in unquote(leap.href)


def test_where_nothing_is_found_it_says_what_is_held_of_the_agency(page: Page) -> None:
    rescue = page("/search?q=zzzz&agency=water-board").select_one(".rescue")
    assert rescue
    days = sorted(
        each.date
        for each in RELEASES
        if each.agency.slug == "water-board" and each.date and each.date_precision == "day"
    )
    first, last = (wording.date_in_words(ENGLISH, each) for each in (days[0], days[-1]))
    count = sum(each.agency.slug == "water-board" for each in RELEASES)
    assert f"Water Board: {count} releases, {first} to {last}" in rescue.get_text()


def test_all_releases_are_no_way_out(page: Page) -> None:
    soup = page("/search?q=zzzz")
    assert not soup.select(".rescue li")
    rescue = soup.select_one(".rescue h2")
    assert rescue
    assert rescue.get_text() == "What this site covers"


def test_two_filters_are_left_away_together(page: Page) -> None:
    soup = page("/search?agency=x-script&from=1990&to=1991")
    ways = {link.get_text(): str(link["href"]) for link in soup.select(".rescue li a")}
    assert ways
    assert all(announced(page(href)) for href in ways.values())


def test_a_corrected_search_shows_its_count_and_its_first_releases(page: Page) -> None:
    soup = page("/search?q=floood&match=strict")
    offered = soup.select_one(".suggestion a")
    corrected = soup.select_one(".corrected")
    assert offered
    assert corrected
    found = page(str(offered["href"]))
    count = corrected.select_one(".about")
    assert count
    assert count.get_text() == f"{announced(found)} releases"
    first = [link.get_text() for link in corrected.select("h2 a")]
    assert first == [link.get_text() for link in found.select(".hits h2 a")][:3]
    assert page("/search?q=flood").select_one(".corrected") is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("flood OR ferry", 0),
        ("flood NEAR/5 season", 0),
        ("flood -ferry", 0),
        ("flood date:2023", 0),
        ("flood agency:water-board", 0),
        ('flood agency:"Water Board"', 0),
        ("flood agency:board", 1),
        ("flood -2023", 1),
        ('"flood season', 1),
    ],
)
def test_only_what_was_dropped_changed_or_guessed_is_said(
    page: Page, typed: str, said: int
) -> None:
    assert len(page("/search?" + urlencode({"q": typed})).select(".notices li")) == said


def test_sources_on_paper_are_whole_addresses(tmp_path: Path) -> None:
    """A release that is not on the web stands on paper with its address here."""
    made = [
        Release(id=name, headline="A toll", body=f"Toll {name}.", date="2024-01-02", url=url,
                date_precision="day", language="en", agency=Agency("a", "A"))
        for name, url in (("kept", None), ("linked", "https://a.example/1"))
    ]  # fmt: skip
    write(tmp_path, made)
    client = create_app({"index": str(tmp_path), "base_url": "https://press.example/desk"})
    text = client.test_client().get("/desk/search?q=toll").text
    sources = {str(each["data-source"]) for each in BeautifulSoup(text, "lxml").select("article")}
    assert sources == {"https://press.example/desk/release/kept", "https://a.example/1"}
