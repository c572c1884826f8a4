"""The pages over a real index: what they say, where they lead, and that both come true."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlencode, urljoin

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.release import Release
from search import Engine, SearchRequest
from tests.webapp.press_room import press_room, write
from webapp import create_app
from webapp.security import CONTENT_SECURITY_POLICY
from webapp.site.links import Links

Page = Callable[[str], BeautifulSoup]
RELEASES = press_room()

ADDRESSES = [
    ("/", "text/html"),
    ("/search", "text/html"),
    ("/search?q=flood", "text/html"),
    ("/search?q=flood&match=any&agency=water-board&from=2021&to=2023&sort=oldest", "text/html"),
    ("/search?undated=1", "text/html"),
    ("/search?language=zh-Hant", "text/html"),
    ("/search?q=flood&page=2", "text/html"),
    ("/search/agencies", "text/html"),
    ("/search/agencies?q=flood&find=board&order=name", "text/html"),
    ("/search.json?q=flood", "application/json"),
    ("/search.csv?q=flood", "text/csv"),
    ("/search.atom?q=flood", "application/atom+xml"),
    ("/search.feed.json?q=flood", "application/feed+json"),
    ("/search?q=flood&seen=2024-05-03", "text/html"),
    ("/search?q=flood&seen=20240503T100012Z", "text/html"),
    ("/search.json?q=flood&seen=2024-05-03", "application/json"),
    ("/release/R001", "text/html"),
    ("/release/R001/notice-1-on-the-reservoir-of-the-north-shore", "text/html"),
    ("/release/R001/notice-1-on-the-reservoir-of-the-north-shore?q=flood&at=1", "text/html"),
    ("/release/R001.json", "application/json"),
    ("/release/R001.txt", "text/plain"),
    ("/release/R001.bib", "application/x-bibtex"),
    ("/release/R001.ris", "application/x-research-info-systems"),
    ("/release/R001.csl.json", "application/vnd.citationstyles.csl+json"),
    ("/release/R001.wiki", "text/x-wiki"),
    ("/release/R001/quote/2", "text/html"),
    ("/agencies", "text/html"),
    ("/agency/water-board", "text/html"),
    ("/agency/unattributed", "text/html"),
    ("/2023", "text/html"),
    ("/2023/06", "text/html"),
    ("/2023/06/26", "text/html"),
    ("/trends", "text/html"),
    (
        "/trends?q=flood&q=ferry&agency=water-board&from=2021&to=2023&per=rate&unit=month",
        "text/html",
    ),
    ("/trends.json?q=flood&q=ferry&unit=year", "application/json"),
    ("/trends.csv?q=flood&q=ferry", "text/csv"),
    ("/api", "text/html"),
    ("/api/openapi.json", "application/json"),
    ("/agencies.json", "application/json"),
    ("/healthz", "application/json"),
    ("/robots.txt", "text/plain"),
    ("/opensearch.xml", "application/opensearchdescription+xml"),
    ("/sitemap.xml", "application/xml"),
]
KINDS = [address for address, kind in ADDRESSES if kind == "text/html"] + [
    "/search?q=zzzz+flood&agency=water-board&from=2022&to=2022",
    "/search?q=floood",
    "/search?from=soon&colour=red",
    "/release/yearless",
    "/release/old-bridge",
    "/release/undated",
]


def links(soup: BeautifulSoup) -> Iterator[str]:
    for tag in soup.find_all(["a", "link"], href=True):
        yield str(tag["href"])


def foreign_scripts(soup: BeautifulSoup) -> list[Tag]:
    """Scripts but for our own modules, and data that holds nothing that HTML would read."""
    return [
        tag
        for tag in soup.find_all("script")
        if not (
            re.match(r"/static/\w+\.js\?v=", str(tag.get("src", "")))
            if tag.get("type") == "module"
            else tag.get("type") == "application/ld+json" and not re.search("[<>&]", tag.get_text())
        )
    ]


def announced(soup: BeautifulSoup) -> int:
    status = soup.find(attrs={"role": "status"})
    assert isinstance(status, Tag)
    found = re.match(r"([\d,]+) releases?\b", status.get_text(" ", strip=True))
    assert found
    return int(found[1].replace(",", ""))


@pytest.mark.parametrize(("address", "kind"), ADDRESSES)
def test_every_documented_address_answers(client: FlaskClient, address: str, kind: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.mimetype) == (200, kind)


@pytest.mark.parametrize("address", KINDS)
def test_every_link_of_ours_is_canonical_and_works(client: FlaskClient, address: str) -> None:
    first = client.get(address, follow_redirects=True)
    found = {href for href in links(BeautifulSoup(first.text, "lxml")) if href.startswith("/")}
    assert len(found) > 3
    broken = [
        (href, status) for href in sorted(found) if (status := client.get(href).status_code) != 200
    ]
    assert broken == []


@pytest.mark.parametrize("address", KINDS)
def test_fragments_and_labels_have_their_targets(client: FlaskClient, address: str) -> None:
    soup = BeautifulSoup(client.get(address, follow_redirects=True).text, "lxml")
    ids = [str(tag["id"]) for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    named = [href[1:] for href in links(soup) if href.startswith("#")]
    named += [str(tag["for"]) for tag in soup.find_all("label", attrs={"for": True})]
    named += [str(tag["aria-labelledby"]) for tag in soup.find_all(attrs={"aria-labelledby": True})]
    assert set(named) <= set(ids)
    for box in soup.find_all("input"):
        assert (
            box.get("type") == "hidden"
            or box.get("aria-label")
            or box.find_parent("label")
            or soup.find("label", attrs={"for": box["id"]})
        )


@pytest.mark.parametrize("address", KINDS)
def test_pages_are_whole_without_script_style_or_cookies(client: FlaskClient, address: str) -> None:
    response = client.get(address, follow_redirects=True)
    soup = BeautifulSoup(response.text, "lxml")
    assert soup.find("html", lang="en")
    assert [len(soup.select(name)) for name in ("h1", "main", "head > title")] == [1, 1, 1]
    assert foreign_scripts(soup) == []
    assert soup.find_all(["style", "img", "iframe", "object", "base"]) == []
    assert soup.find_all(style=True) == []
    assert [
        tag for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)
    ] == []
    assert response.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in response.headers


def test_only_result_pages_keep_out_of_search_engines(page: Page) -> None:
    for address in ("/search?q=flood", "/search/agencies"):
        robots = page(address).find("meta", attrs={"name": "robots"})
        assert isinstance(robots, Tag)
        assert robots["content"] == "noindex"
    for address in ("/", "/release/R001", "/agency/water-board", "/2023"):
        assert page(address).find("meta", attrs={"name": "robots"}) is None


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
        link, count = item.find("a"), item.select_one(".number")
        assert link
        assert count
        promised.append((str(link["href"]), int(count.get_text().replace(",", ""))))
    assert len(promised) > 2
    for href, count in promised:
        assert announced(page(href)) == count
    for link in soup.select(".facet a"):
        if "/search" in str(link["href"]):
            assert "nofollow" in link["rel"]


def test_a_second_agency_adds_its_releases(page: Page) -> None:
    soup = page("/search?q=flood&agency=water-board")
    before = announced(soup)
    other = soup.find("input", value="harbour-office")
    assert isinstance(other, Tag)
    item = other.find_parent("li")
    assert item
    link, count = item.find("a"), item.select_one(".number")
    assert link
    assert count
    assert announced(page(str(link["href"]))) == before + int(count.get_text())


def test_the_checkbox_form_reaches_the_same_page_as_the_links(client: FlaskClient) -> None:
    soup = BeautifulSoup(client.get("/search?q=flood&sort=newest&page=2").text, "lxml")
    tick = soup.find("input", value="harbour-office")
    assert isinstance(tick, Tag)
    form = tick.find_parent("form")
    assert form
    hidden = [
        (str(box["name"]), str(box["value"])) for box in form.find_all("input", type="hidden")
    ]
    sent = client.get("/search?" + urlencode([*hidden, ("agency", "harbour-office")]))
    item = tick.find_parent("li")
    assert item
    link = item.find("a")
    assert link
    landed = sent.headers.get("Location") or sent.request.full_path
    assert landed == link["href"] == "/search?q=flood&agency=harbour-office&sort=newest"


def test_the_date_form_keeps_the_rest_and_is_tidied(client: FlaskClient) -> None:
    soup = BeautifulSoup(client.get("/search?q=flood&agency=water-board&page=2").text, "lxml")
    form = soup.select_one("form.dates")
    assert form
    hidden = [
        (str(box["name"]), str(box["value"])) for box in form.find_all("input", type="hidden")
    ]
    sent = client.get("/search?" + urlencode([*hidden, ("from", "March 2022"), ("to", "")]))
    assert sent.status_code == 302
    assert sent.headers["Location"] == "/search?q=flood&agency=water-board&from=2022-03"


def test_words_filters_and_order_drop_the_page_and_paging_keeps_them(page: Page) -> None:
    soup = page("/search?q=north&from=2021&sort=newest&page=2")
    pager = soup.find("nav", class_="pager")
    assert isinstance(pager, Tag)
    for link in pager.find_all("a"):
        assert str(link["href"]).startswith("/search?q=north&from=2021&sort=newest")
    inside = {str(link["href"]) for link in pager.find_all("a")}
    take = {str(link["href"]) for link in soup.select(".take a, head link, .languages a")}
    for href in set(links(soup)) - inside - take:
        assert "page=" not in href
    for form in soup.find_all("form"):
        assert form.find("input", attrs={"name": "page"}) is None


def test_chips_name_and_remove_one_thing_each(page: Page) -> None:
    address = "/search?q=flood&agency=water-board&from=2021&to=2023-05&undated=1"
    chips = {
        " ".join(link.get_text(" ", strip=True).split()): str(link["href"])
        for link in page(address).select("ul.chips a")
    }
    assert chips == {
        "Remove filter Words: flood ×": "/search?agency=water-board&from=2021&to=2023-05&undated=1",
        "Remove filter Agency: Water Board ×": "/search?q=flood&from=2021&to=2023-05&undated=1",
        "Remove filter From: 2021 ×": "/search?q=flood&agency=water-board&to=2023-05&undated=1",
        "Remove filter To: May 2023 ×": "/search?q=flood&agency=water-board&from=2021&undated=1",
        "Remove filter Date: year not known ×": "/search?q=flood&agency=water-board&from=2021&to=2023-05",
        "Remove all": "/search",
    }


def test_the_search_is_restated_with_the_dates_as_understood(page: Page) -> None:
    soup = page("/search?q=flood&match=any&agency=water-board&from=2022-02&to=2023")
    restated = soup.select_one(".restated")
    assert restated
    assert restated.get_text() == (
        "for any of “flood” by Water Board dated from 1 February 2022 to 31 December 2023"
    )
    assert soup.title
    assert soup.title.get_text().startswith("any of “flood” by Water Board")


def test_hits_show_marks_agency_and_how_sure_the_date_is(page: Page) -> None:
    hit = page("/search?q=drill").select_one("ol.hits li")
    assert hit
    assert [mark.get_text() for mark in hit.select("h2 mark")] == ["drill"]
    assert hit.select(".snippet mark")
    about = hit.select_one(".about")
    assert about
    assert about.get_text(" ", strip=True) == "5 November , year not stated · Water Board"
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
    assert any("from=soon" in text for text in said)
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
    assert set(ways) >= {
        "Without “zzzz”",
        'Without "north shore"',
        "Without the agency Water Board",
        "Without “from 2022”",
        "Without “to May 2023”",
    }
    assert ways["Without “zzzz”"] > 0
    assert list(ways.values()) == sorted(ways.values(), key=lambda count: count == 0)
    rescue = soup.select_one(".rescue")
    assert rescue
    assert f"{len(RELEASES)} releases" in rescue.get_text()


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
    shown = [str(box["value"]) for box in soup.select(".choices input")]
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


def test_the_first_page_says_what_is_covered(page: Page, engine: Engine) -> None:
    soup = page("/")
    lead = soup.select_one(".lead")
    assert lead
    assert lead.get_text() == (
        f"{len(RELEASES)} releases from 5 agencies, dated 1 January 2021 to 24 December 2023."
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


@pytest.mark.parametrize("release", RELEASES[-8:], ids=lambda release: release.headline[:20])
def test_a_release_answers_at_its_address_and_short_form(
    client: FlaskClient, release: Release
) -> None:
    address = Links().release(release)
    full = client.get(address)
    assert full.status_code == 200
    assert client.get(Links().release_id(release.id)).status_code == 200
    canonical = BeautifulSoup(full.text, "lxml").find("link", rel="canonical")
    assert isinstance(canonical, Tag)
    assert canonical["href"] == address
    wrong = client.get(Links().release_id(release.id) + "/wrong-slug")
    assert (wrong.status_code, wrong.headers["Location"]) == (301, address)
    stored = client.get(Links().release_id(release.id, ".json")).get_json()
    assert stored == json.loads(json.dumps(release.to_dict())) | {
        "source_file": stored["source_file"]
    }
    assert "/srv/private" not in full.text + str(stored)


def test_a_former_identifier_leads_to_the_release(client: FlaskClient) -> None:
    moved = client.get("/release/old-bridge")
    assert moved.status_code == 301
    assert client.get(moved.headers["Location"]).status_code == 200


def test_an_identifier_encoded_by_somebody_else_is_understood(client: FlaskClient) -> None:
    moved = client.get("/release/%E7%A2%BC%E9%A0%AD%201%2F50%25")
    assert moved.status_code == 301
    assert "海港處公布碼頭時間" in client.get(moved.headers["Location"]).text


def test_the_body_keeps_paragraphs_lists_and_tables(page: Page) -> None:
    text = page("/release/https:~2f~2fisland.example~2fa~3fb~3d1~23c").select_one(".text")
    assert text
    passages = text.select(":scope > .para")
    assert [str(tag["id"]) for tag in passages] == ["p1", "p2", "p3", "p4", "p5"]
    found = [child.name for tag in passages if (child := tag.find(True))]
    assert found == ["p", "ul", "ol", "div", "p"]
    assert [item.get_text() for item in text.select("ul li")] == ["Two lanes", "A path for walkers"]
    assert [item.get_text() for item in text.select("ol li")] == [
        "First the ribbon",
        "Then the cars",
    ]
    rows = [[cell.get_text() for cell in row.find_all("td")] for row in text.find_all("tr")]
    assert rows == [["Month", "Cars"], ["May", "1,200"]]


def test_a_release_says_where_its_facts_come_from(page: Page) -> None:
    soup = page("/release/yearless")
    facts = {
        dt.get_text(): dt.find_next("dd").get_text(" ", strip=True)  # type: ignore[union-attr]
        for dt in soup.select("dl.facts dt")
    }
    assert facts["Date"] == "--11-05 Read from the text."
    assert facts["Agency"] == "Water Board Nothing in the release says who issued it."
    assert facts["First indexed"] == "1 June 2024, 08:00 UTC"
    assert len(facts["Content hash (SHA-256)"]) == 64


def test_a_release_names_its_like(page: Page) -> None:
    similar = page("/release/typhoon-0").select("aside .hits h3 a")
    assert str(similar[0]["href"]) == "/release/typhoon-1/typhoon-shelter-closes"


def test_hostile_texts_stay_texts(client: FlaskClient) -> None:
    hostile = next(each for each in RELEASES if each.headline.startswith("<script>"))
    for address in (
        Links().release(hostile),
        "/search?q=script",
        Links().search(SearchRequest('"><script>alert(1)</script>')),
        Links().search(SearchRequest(agencies=('"><script>alert(1)</script>',))),
        '/search?from="><script>alert(1)</script>&<b>=<i>',
        '/search/agencies?find="><script>alert(1)</script>',
        "/agency/x-script",
        "/agencies",
        "/",
        "/release/<script>alert(1)</script>",
        "/<script>alert(1)</script>",
    ):
        response = client.get(address, follow_redirects=True)
        soup = BeautifulSoup(response.text, "lxml")
        assert foreign_scripts(soup) == [], address
        assert soup.find_all(["img", "i", "b", "iframe"]) == [], address
        for href in links(soup):
            assert re.match(r"(https?://|/|#)", href), (address, href)
        for tag in soup.find_all(True):
            assert not [name for name in tag.attrs if name.startswith("on")], address
    soup = BeautifulSoup(client.get(Links().release(hostile)).text, "lxml")
    assert soup.h1
    assert soup.h1.get_text() == hostile.headline
    assert '<script>alert("body")</script>' in soup.get_text()


@pytest.mark.parametrize(
    "address",
    ["/nothing", "/release/none", "/agency/none", "/1999", "/2023/13", "/2023/02/30", "/0"],
)
def test_what_is_not_there_is_404_in_plain_words(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    soup = BeautifulSoup(response.text, "lxml")
    assert soup.find("form", role="search")
    assert "Traceback" not in response.text


def test_errors_of_json_addresses_are_problem_documents(client: FlaskClient) -> None:
    for address, status in (("/release/none.json", 404), ("/search.json?colour=red", 400)):
        response = client.get(address)
        assert (response.status_code, response.mimetype) == (status, "application/problem+json")
        body = response.get_json(force=True)
        assert body["status"] == status
        assert body["title"]
    assert body["errors"][0]["code"] == "unknown-parameter"
    assert client.post("/search").status_code == 405


def test_without_an_index_the_page_says_how_to_make_one(tmp_path: Path) -> None:
    app = create_app({"index": str(tmp_path / "none")})
    client = app.test_client(use_cookies=False)
    for address in ("/", "/search?q=x", "/release/1", "/2023", "/agency/a", "/search.csv"):
        response = client.get(address)
        assert response.status_code == 503
        assert "dateline index" in response.text
    assert client.get("/healthz").status_code == 503
    write(tmp_path / "none", RELEASES[:1])
    assert client.get("/").status_code == 200
    assert client.get("/healthz").get_json()["releases"] == 1


def test_an_index_without_releases_is_an_index(tmp_path: Path) -> None:
    write(tmp_path / "index", [])
    client = create_app({"index": str(tmp_path / "index")}).test_client()
    for address in ("/", "/search", "/search?q=x", "/agencies", "/search.csv", "/search.atom"):
        assert client.get(address).status_code == 200
    assert client.get("/search.json?q=x").get_json()["total"] == 0
    assert client.get("/2023").status_code == 404


def test_an_error_of_ours_shows_no_trace(tmp_path: Path) -> None:
    app = create_app({"index": str(tmp_path), "PROPAGATE_EXCEPTIONS": False})

    @app.get("/broken")
    def broken() -> str:
        raise RuntimeError("a secret")

    response = app.test_client(use_cookies=False).get("/broken")
    assert response.status_code == 500
    assert "secret" not in response.text
    assert BeautifulSoup(response.text, "lxml").h1


def test_an_unchanged_page_is_not_sent_twice_and_a_changed_one_is(tmp_path: Path) -> None:
    write(tmp_path / "index", RELEASES[:5])
    client = create_app({"index": str(tmp_path / "index")}).test_client(use_cookies=False)
    for address in ("/", "/search?q=north", "/search.json?q=north", "/search.csv", "/release/R001"):
        tag = client.get(address).headers["ETag"]
        again = client.get(address, headers={"If-None-Match": tag})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    tag = client.get("/search?q=north").headers["ETag"]
    assert client.get("/search?q=north&sort=newest").headers["ETag"] != tag
    write(tmp_path / "index", RELEASES[5:8])
    fresh = client.get("/search?q=north", headers={"If-None-Match": tag})
    assert fresh.status_code == 200
    assert announced(BeautifulSoup(fresh.text, "lxml")) == 8


def test_files_of_ours_are_kept_for_a_year_under_a_versioned_name(client: FlaskClient) -> None:
    soup = BeautifulSoup(client.get("/").text, "lxml")
    for link in soup.find_all("link", rel=["stylesheet", "icon"]):
        response = client.get(urljoin("/", str(link["href"])))
        assert response.status_code == 200
        assert "immutable" in response.headers["Cache-Control"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(max_size=40) | st.text('"()-*~=: ORflood', max_size=30), st.text(max_size=20))
def test_any_search_is_answered(client: FlaskClient, text: str, other: str) -> None:
    query = urlencode({"q": text, "from": other, "agency": other}, errors="replace")
    response = client.get("/search?" + query, follow_redirects=True)
    assert response.status_code == 200
    assert BeautifulSoup(response.text, "lxml").h1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_any_path_is_answered(client: FlaskClient, path: str) -> None:
    for start in ("/", "/release/", "/agency/"):
        response = client.get(start + quote(path, safe=""), follow_redirects=True)
        assert response.status_code in (200, 404)
