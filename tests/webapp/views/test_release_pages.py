"""The page of a release: the search that led there, its neighbours, its facts, structured data."""

from __future__ import annotations

import html as html_module
import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from index.history import History
from index.identity import identify
from index.release import Release, Translation
from search import Engine
from tests.webapp.press_room import FIRST_INDEXED, WATER, by_id, write
from tests.webapp.soup import Page
from webapp import create_app
from webapp.presenters.body_blocks import body_blocks, marked_blocks
from webapp.presenters.linked_data import linked_data, news_article
from webapp.presenters.provenance import clock
from webapp.site.languages import ENGLISH
from webapp.site.links import Links
from webapp.site.paths import CITATIONS
from webapp.site.search_addresses import read_query

RELEASES = by_id()
HOSTILE = next(each for each in RELEASES.values() if each.headline.startswith("<script>"))


def links_to(release: Release) -> str:
    return Links().release(release)


def hits(soup: BeautifulSoup) -> list[str]:
    return [str(link["href"]) for link in soup.select(".found .hits h2 a")]


def canonical(soup: BeautifulSoup) -> str:
    link = soup.find("link", rel="canonical")
    assert isinstance(link, Tag)
    return str(link["href"])


@pytest.mark.parametrize(
    "query", ["q=flood", "q=flood&agency=water-board&sort=oldest", "undated=1", "from=2022&to=2022"]
)
def test_going_from_release_to_release_follows_the_list_over_pages(page: Page, query: str) -> None:
    listed: list[str] = []
    address: str | None = f"/search?{query}"
    while address:
        soup = page(address)
        listed += hits(soup)
        following = soup.select_one(".pager a[rel=next]")
        address = str(following["href"]) if following else None
    walked = [listed[0]]
    while step := page(walked[-1]).select_one(".journey a[rel~=next]"):
        walked.append(str(step["href"]))
        assert len(walked) <= len(listed)
    assert walked == listed
    back = [walked[-1]]
    while step := page(back[-1]).select_one(".journey a[rel~=prev]"):
        back.append(str(step["href"]))
    assert back == listed[::-1]
    for place, href in enumerate(listed, 1):
        soup = page(href)
        assert soup.select_one(".journey .place").get_text() == f"Result {place} of {len(listed)}"  # type: ignore[union-attr]
        home = soup.select_one(".journey .back")
        assert home
        assert href in hits(page(str(home["href"])))


def test_a_release_from_results_is_marked_and_points_to_its_clean_address(
    client: FlaskClient, page: Page
) -> None:
    href = hits(page("/search?q=%22flood+season%22"))[0]
    response = client.get(href)
    soup = BeautifulSoup(response.text, "lxml")
    assert [mark.get_text() for mark in soup.select(".text mark")] == ["flood season"]
    assert canonical(soup) == urlsplit(href).path
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert soup.find("meta", attrs={"name": "robots", "content": "noindex"})
    marked = soup.select(".para:has(mark)")
    assert [str(tag["id"]) for tag in marked] == ["p2"]
    source = marked[0].select_one(".tools a[rel~=external]")
    assert source
    assert str(source["href"]).startswith("https://press.island.example/")
    assert "#:~:text=Work%20number" in str(source["href"])
    clean = client.get(canonical(soup))
    plain = BeautifulSoup(clean.text, "lxml")
    assert "X-Robots-Tag" not in clean.headers
    assert plain.find("meta", attrs={"name": "robots"}) is None
    assert plain.find("mark") is None
    assert plain.select_one(".journey") is None
    assert plain.select_one(".text").get_text() == re.sub(  # type: ignore[union-attr]
        r" In the original: paragraph 2",
        "",
        soup.select_one(".text").get_text(),  # type: ignore[union-attr]
    )


def test_a_place_that_does_not_hold_leaves_only_the_way_back(page: Page) -> None:
    release = RELEASES["R001"]
    request = read_query("q=flood&sort=newest").request
    for place in (1, 5_000, 9_999_999):
        soup = page(Links(request=request).release_in_results(release, place))
        assert soup.select_one(".journey .back")
        assert soup.select(".journey .place, .journey li, link[rel=next], link[rel=prev]") == []


def test_a_former_identifier_keeps_the_search(client: FlaskClient) -> None:
    moved = client.get("/release/old-bridge?q=bridge&at=1")
    assert moved.status_code == 301
    assert moved.headers["Location"].endswith("/new-bridge-opens-with-photos?q=bridge&at=1")


@pytest.mark.parametrize("query", ["", "?q=flood&at=1"])
def test_structure_of_a_text_is_shown_and_what_it_holds_is_escaped(page: Page, query: str) -> None:
    text = page(Links(ENGLISH).release(HOSTILE) + query)
    assert [
        [each.get_text() for each in text.select(f".para {selector}")]
        for selector in ("h2", "blockquote p", "pre", "th[scope=col]", "td", "ul ul > li")
    ] == [
        ["<b>subheading</b> flood"],
        ["<i>quoted</i>"],
        ["<u>pier</u>    <br>\n"],
        ["<s>pier</s>", "boats"],
        ["east", "<p>12"],
        ["<b>inner</b> flood"],
    ]


@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                "<b>",
                "&",
                " ",
                "\n",
                "\n\n",
                "\t",
                "\n\t",
                "\n\v",
                "\n\f",
                "\v",
                "<mark>",
                "</mark>",
            ]
        )
    )
)
def test_marks_never_cross_an_element_and_words_stay(pieces: list[str]) -> None:
    html, text, marked = [], [], False
    for piece in pieces:
        if piece in ("<mark>", "</mark>"):
            if marked == (piece == "</mark>"):
                html.append(piece)
                marked = not marked
        else:
            text.append(piece)
            html.append(piece.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    html.append("</mark>" if marked else "")
    plain, shown = (
        list(body_blocks("".join(text))),
        list(marked_blocks("".join(html), "".join(text))),
    )
    assert [(block.kind, len(block.lines), len(block.rows)) for block in plain] == [
        (block.kind, len(block.lines), len(block.rows)) for block in shown
    ]
    for one, other in zip(plain, shown, strict=True):
        for line, safe in zip(one.text.split("\n"), other.text.split("\n"), strict=True):
            assert safe.count("<mark ") == safe.count("</mark>")
            assert html_module.unescape(re.sub("</?mark[^>]*>", "", safe)) == line


def test_structured_data_reads_back_and_ends_no_element(client: FlaskClient) -> None:
    response = client.get(Links().release(HOSTILE))
    soup = BeautifulSoup(response.text, "html.parser")
    (script,) = soup.find_all("script", type="application/ld+json")
    found = json.loads(script.get_text())
    assert found["headline"] == HOSTILE.headline
    assert found["author"]["name"] == HOSTILE.agency.name
    assert found["url"] == "https://press.example" + Links().release(HOSTILE)
    assert found["datePublished"] == "2023-02-03"
    assert "isBasedOn" not in found  # a browser may not be sent to javascript:


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_safe_as_structured_data(headline: str, body: str) -> None:
    release = Release(id="x", headline=headline, body=body)
    text = str(linked_data(ENGLISH, release, url="https://e.example/", site=headline))
    assert not set(text) & set("<>&\u2028\u2029")
    found = json.loads(text)
    assert found == news_article(ENGLISH, release, url="https://e.example/", site=headline)
    assert not {"datePublished", "author", "inLanguage"} & set(found)


def test_descriptions_for_other_sites(page: Page) -> None:
    soup = page("/release/R004")
    content = {
        str(tag.get("property") or tag.get("name")): str(tag["content"])
        for tag in soup.find_all("meta", content=True)
    }
    assert content["description"].startswith("The office reports on the reservoir. Work number 4")
    assert content["og:title"] == RELEASES["R004"].headline
    assert content["og:url"] == "https://press.example" + Links().release(RELEASES["R004"])


def test_citations_are_on_the_page_and_behind_their_addresses(
    client: FlaskClient, page: Page
) -> None:
    soup = page("/release/R004")
    files = {link.get_text(): str(link["href"]) for link in soup.select(".files a")}
    assert set(files.values()) == {f"/release/R004{suffix}" for suffix in CITATIONS}
    shown = {pre["aria-label"]: pre.get_text() for pre in soup.select(".cite pre")}
    for name, text in shown.items():
        stored = client.get(files[str(name)]).get_data(as_text=True)
        assert stored.strip().replace("\r\n", "\n") == text
    assert soup.select_one("#permanent").get_text() == "https://press.example/release/R004"  # type: ignore[union-attr]


def test_an_identifier_that_ends_like_a_citation_is_found(tmp_path: Path) -> None:
    releases = [
        Release(id=each, headline="Bridge", body="") for each in ("a", "a.bib", "a.csl", "a.txt")
    ]
    write(tmp_path / "index", releases)
    client = create_app({"index": str(tmp_path / "index")}).test_client(use_cookies=False)
    for release in releases:
        stored = client.get(Links().release_id(release.id, ".json"))
        assert stored.get_json()["id"] == release.id
    assert client.get("/release/a.bib").mimetype == "application/x-bibtex"
    moved = client.get("/release/b.txt")
    assert moved.status_code == 404


def test_other_languages_lead_here_where_we_hold_them(tmp_path: Path) -> None:
    here, there = "https://gov.example/zh/1.htm", "https://gov.example/fr/1.htm"
    held = Release(
        id=identify(None, here, "", None).id,
        url=here,
        headline="橋樑啟用",
        body="今日啟用。",
        language="zh-Hant",
    )
    release = Release(
        id="en-1", headline="Bridge opens", body="Today.", language="en",
        translations=(Translation("zh-Hant", here), Translation("fr", there), Translation("de", here)),
    )  # fmt: skip
    write(tmp_path / "index", [held, release])
    client = create_app({"index": str(tmp_path / "index")}).test_client(use_cookies=False)
    soup = BeautifulSoup(client.get("/release/en-1").text, "lxml")
    found = {
        str(link["hreflang"]): str(link["href"]) for link in soup.select(".elsewhere a[hreflang]")
    }
    assert found == {"zh-Hant": Links().release(held), "fr": there, "de": here}
    results = BeautifulSoup(client.get("/search?q=bridge").text, "lxml")
    beside = results.select(".hits a[hreflang]")
    assert [(each["hreflang"], each["href"]) for each in beside] == [
        ("zh-Hant", Links().release(held))
    ]


def test_dates_are_written_in_one_way_on_the_page(client: FlaskClient) -> None:
    soup = BeautifulSoup(client.get(Links().release(RELEASES["R004"])).text, "lxml")
    assert RELEASES["R004"].date == "2022-05-05"
    assert soup.select_one(".facts dd").text.startswith("5 May 2022")


def test_what_is_known_of_the_time_has_its_zone() -> None:
    assert clock("2023-11-05T10:30:00+08:00") == "10:30 UTC+08:00"
    assert clock("2023-11-05T10:30Z") == "10:30 UTC"
    assert (clock("2023-11-05"), clock(None)) == ("", "")


def test_the_page_says_when_it_was_first_indexed(engine: Engine) -> None:
    assert engine.history("R004") == History(FIRST_INDEXED)
    assert RELEASES["R004"].agency == WATER


@pytest.mark.parametrize(
    "release", list(RELEASES.values())[-8:], ids=lambda release: release.headline[:20]
)
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
    assert facts["Date"] == "5 November From the text."
    assert facts["Agency"] == "Water Board The release does not name its issuer."
    assert facts["First indexed"] == "1 June 2024, 08:00 UTC"
    assert len(facts["Content hash (SHA-256)"]) == 64


def test_columns_of_its_record_are_shown_and_lead_nowhere_unsafe(page: Page) -> None:
    soup = page("/release/R003")
    names = soup.select("section[aria-labelledby=extra] dt")
    assert [name.text for name in names] == ["topic", "sheet"]
    values = [[each.text for each in name.find_next_siblings("dd")] for name in names]
    assert values == [["Floods", "Health & food"], ["https://press.island.example/sheet/3"]]
    link = soup.select_one("section[aria-labelledby=extra] dd a")
    assert link is not None
    assert link["href"] == "https://press.island.example/sheet/3"
    assert not page(links_to(RELEASES["=cmd"])).select("section[aria-labelledby=extra]")
    hostile = page(links_to(HOSTILE)).select_one("section[aria-labelledby=extra]")
    assert hostile is not None
    assert "<b>topic</b>" in hostile.text
    assert not hostile.select("script, b, a")


def test_the_source_is_looked_for_in_a_web_archive_about_its_day(page: Page) -> None:
    link = page("/release/R004").find("a", string="web.archive.org")
    assert isinstance(link, Tag)
    release = RELEASES["R004"]
    day = str(release.date).replace("-", "")
    assert link["href"] == f"https://web.archive.org/web/{day}/{release.url}"
    assert not page("/release/typhoon-0").find("a", string="web.archive.org")


def test_releases_that_are_alike_are_compared_word_by_word(client: FlaskClient, page: Page) -> None:
    link = page("/release/typhoon-0").find("a", string="Compare the texts")
    assert isinstance(link, Tag)
    heads = page(str(link["href"])).select(".diff thead a")
    assert [str(each["href"]).split("/")[2] for each in heads] == ["typhoon-0", "typhoon-1"]
    soup = page("/compare?release=R004&release=R007")
    assert {each.get_text() for each in soup.select(".diff del")} == {"4"}
    assert {each.get_text() for each in soup.select(".diff ins")} == {"7"}
    assert page("/compare?release=R004&release=R004").find(string="Their texts are the same.")
    for wrong in ("", "?release=R004", "?release=R004&release=none", "?release=R1" * 3):
        assert client.get(f"/compare{wrong}").status_code == 404


def test_a_release_names_its_like(page: Page) -> None:
    similar = page("/release/typhoon-0").select("aside .hits h3 a")
    assert str(similar[0]["href"]) == "/release/typhoon-1/typhoon-shelter-closes"


def test_each_match_is_linked_to_and_all_are_counted(page: Page) -> None:
    soup = page(hits(page("/search?q=flood+north&sort=newest"))[0])
    links = [str(link["href"]) for link in soup.select(".matches a")]
    assert links == [f"#{each['id']}" for each in soup.select(".text mark")]
    assert len(links) > 1
    told = soup.select_one(".matches")
    assert told
    assert told.get_text().startswith(f"{len(links)} matches: 1 2")
    assert page("/release/R001").select_one(".matches") is None


def test_a_first_line_that_is_the_headline_is_not_shown_again(tmp_path: Path) -> None:
    first = RELEASES["R001"]
    doubled = replace(first, id="twice", body=f"{first.headline}.\n\n{first.body}")
    alone = replace(first, id="alone", body=first.headline)
    write(tmp_path / "index", [doubled, alone])
    client = create_app({"index": str(tmp_path / "index")}).test_client()
    shown = BeautifulSoup(client.get("/release/twice").text, "lxml").select(".text .para")
    assert str(shown[0]["id"]) == "p2"
    assert len(BeautifulSoup(client.get("/release/alone").text, "lxml").select(".para")) == 1
