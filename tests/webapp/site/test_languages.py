"""The interface in other languages: every sentence, every address, the same pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from index.release import Agency, Release
from search.query.notices import SENTENCES
from search.results import Notice
from tests.webapp.press_room import press_room, write
from webapp import create_app
from webapp.site import catalogues, wording
from webapp.site.languages import ENGLISH, LANGUAGES, Language, language_of, without_language

OTHERS = [each for each in LANGUAGES if each is not ENGLISH]
PLACES = re.compile(r"%\(\w+\)s|\{\d\}")
PAGES = [
    "/",
    "/search",
    "/search?q=flood&agency=water-board&from=2021&page=2",
    "/search?q=zzzz+flood&agency=water-board&from=2022",
    "/search/agencies?q=flood&find=board",
    "/release/R001",
    "/agencies",
    "/agency/water-board",
    "/2023/06",
    "/trends?q=flood&q=ferry",
    "/watch?s=q%3Dflood&s=q%3Dzebra&seen=2024",
    "/first?q=flood",
    "/terms?agency=water-board",
    "/api",
    "/help",
    "/concordance?q=flood&by=left",
    "/search/advanced",
]
KINDS_OF_PAGE = [
    *PAGES,
    "/search?q=floood",
    "/search?q=bridge&seen=2024-05&sort=oldest",
    "/search?q=flood+ferry&match=any&undated=1",
    "/search?agency=harbour-office&agency=water-board&q=flood",
    "/search?q=flood&from=banana&match=x&seen=x&page=x&foo=1&language=!!&undated=maybe&q=b",
    "/search?q=flood&from=2024&to=2020&q=" + "x" * 600,
    "/search/agencies?q=zzzz&order=name",
    "/release/R001?q=flood&at=3",
    "/release/https:~2f~2fisland.example~2fa~3fb~3d1~23c",
    "/release/undated",
    "/release/yearless",
    "/release/R001/quote/1",
    "/2023",
    "/2023/06/26",
    "/trends",
    "/watch",
    "/briefing?q=flood",
    "/first?q=flood",
    "/first?q=wells",
    "/first?q=zzzz",
    "/terms",
    "/watch?s=" + "z" * 17_000,
    "/trends?q=flood&q=ferry&per=rate&unit=month&agency=water-board&from=2022",
    "/trends?q=zzzz&foo=1&sort=x&per=bad&unit=bad&per=k",
    "/trends?q=" + "y" * 700,
    "/trends?q=" + "z" * 17_000,
    "/trends?" + "&".join(f"q=w{number}" for number in range(9)),
    "/nothing",
    "/release/none",
    "/agency/none",
    "/1999",
]
ENGLISH_WORDS = re.compile(
    r"\b(the|is|are|was|were|of|and|or|to|in|on|by|from|with|without|this|that|these|here|there|"
    r"all|not|no|can|cannot|only|page|release|releases|search|agency|date|words|known|given|takes|"
    r"show|more|new|copy|as|for|at|found|rest)\b",
    re.IGNORECASE,
)
NAMES_AND_CODE = re.compile(
    r"https?://\S+|[!-~]*[/=][!-~]+|agency:|JSON Feed|「[^」]*」|“[^”]*”|可[选選]：[a-z, ]+|《.*?》|〈.*?〉"
)
"""What stays in Latin letters: addresses, names of formats and fields, what was typed, titles."""


@pytest.fixture(params=OTHERS, ids=lambda language: language.tag)
def language(request: pytest.FixtureRequest) -> Language:
    """A language that is not English."""
    found: Language = request.param
    return found


def test_every_sentence_is_translated(language: Language) -> None:
    assert catalogues.untranslated(language) == []


def test_translations_keep_the_places_of_their_sentences(language: Language) -> None:
    wrong = []
    for message in catalogues.read_catalogue(language):
        one, text = (
            each if isinstance(each, str) else each[0] for each in (message.id, message.string)
        )
        if one and set(PLACES.findall(one)) != set(PLACES.findall(text)):
            wrong.append(one)
    assert wrong == []


def test_the_catalogues_hold_the_sentences_that_are_said(language: Language) -> None:
    made = catalogues.catalogue_text(language, catalogues.sentences())
    kept = catalogues.catalogue_path(language).read_text("utf-8")
    assert made == kept, "run `python -m webapp.site.catalogues`"


@pytest.mark.parametrize("code", SENTENCES)
def test_every_notice_can_be_said_in_every_language(code: str) -> None:
    values = ("eins", "zwei", "drei")
    english = SENTENCES[code].format(*values)
    for each in OTHERS:
        text = wording.notice_in_words(each, Notice(code, english, values))
        assert text != english
        assert re.search(r"[\u4e00-\u9fff]", text)
        assert [value in text for value in values] == [value in english for value in values]


def test_an_unknown_notice_stays_as_it_was_made(language: Language) -> None:
    assert wording.notice_in_words(language, Notice("new-code", "As made.")) == "As made."


@pytest.mark.parametrize("path", PAGES)
def test_a_page_in_another_language_is_the_same_page(
    client: FlaskClient, language: Language, path: str
) -> None:
    response = client.get(language.prefix + path)
    assert response.status_code == 200
    assert response.headers["Content-Language"] == language.tag
    soup = BeautifulSoup(response.text, "lxml")
    english = BeautifulSoup(client.get(path).text, "lxml")
    assert soup.find("html", lang=language.tag)
    for selector in ("h1", "ol.hits > li", "ul.choices li", "table.bars tr", "ul.chips li"):
        assert len(soup.select(selector)) == len(english.select(selector)), selector
    for tag in soup.select("a[href^='/'], form[action]"):
        address = str(tag.get("href") or tag.get("action"))
        data = re.search(
            r"\.\w+(\?|$)|/healthz$", address
        )  # examples for programs need no language
        if not data and not tag.find_parent(class_="languages"):
            assert language_of(address) is language, address


@pytest.mark.parametrize("path", KINDS_OF_PAGE, ids=lambda path: path[:60])
def test_no_page_says_anything_in_english(
    client: FlaskClient, language: Language, path: str
) -> None:
    response = client.get(language.prefix + path, follow_redirects=True)
    soup = BeautifulSoup(response.text, "lxml")
    assert soup.find("html", lang=language.tag)
    said = [(text, NAMES_AND_CODE.sub(" ", text)) for text in interface_texts(soup)]
    assert [text for text, rest in said if ENGLISH_WORDS.search(rest)] == []


def interface_texts(soup: BeautifulSoup) -> list[str]:
    """Texts and labels of a page but for what stands in a release, in code or as English."""
    for tag in soup.select("script, style, code, pre, .code, [lang]:not(html):not([lang^=zh])"):
        tag.decompose()
    kept = {text for release in press_room() for text in (release.headline, release.agency.name)}
    kept |= {photo.caption for release in press_room() for photo in release.photos}
    texts = [tag[name] for name in ("title", "aria-label", "alt", "placeholder")
             for tag in soup.select(f"[{name}]")]  # fmt: skip
    texts += soup.find_all(string=lambda text: text.parent.name != "[document]")
    found = []
    for text in map(str, texts):
        for each in sorted(kept - {""}, key=len, reverse=True):
            text = text.replace(each, " ")
        found.append(text.strip())
    return found


@pytest.mark.parametrize("path", PAGES)
def test_the_switch_leads_to_the_same_page_and_back(client: FlaskClient, path: str) -> None:
    for here in LANGUAGES:
        soup = BeautifulSoup(client.get(here.prefix + path).text, "lxml")
        assert [tag.get_text() for tag in soup.select(".languages [aria-current]")] == [here.name]
        links = {str(tag["hreflang"]): str(tag["href"]) for tag in soup.select(".languages a")}
        assert links == {each.tag: each.prefix + path for each in LANGUAGES if each is not here}
        alternates = {
            str(tag["hreflang"]): str(tag["href"]) for tag in soup.select("link[hreflang]")
        }
        root = "https://press.example"
        assert alternates == {each.tag: root + each.prefix + path for each in LANGUAGES} | {
            "x-default": root + path
        }


def test_untidy_addresses_are_tidied_within_their_language(
    client: FlaskClient, language: Language
) -> None:
    for untidy, tidy in (
        ("/search?q=&from=March+2022", "/search?from=2022-03"),
        ("/release/R001/wrong", "/release/R001/notice-1-on-the-reservoir-of-the-north-shore"),
        ("/2023/6", "/2023/06"),
    ):
        moved = client.get(language.prefix + untidy)
        assert moved.headers["Location"] == language.prefix + tidy


def test_data_in_a_language_hold_the_same_facts_and_lead_to_its_pages(
    client: FlaskClient, language: Language
) -> None:
    here = client.get(language.prefix + "/search.json?q=flood").get_json()
    plain = client.get("/search.json?q=flood").get_json()
    for hit, other in zip(here["hits"], plain["hits"], strict=True):
        assert hit.pop("path") == language.prefix + other.pop("path")
    here.pop("took_ms"), plain.pop("took_ms")
    assert here == plain
    lines = client.get(language.prefix + "/search.csv?q=flood").text.splitlines()
    assert all(f"https://press.example{language.prefix}/release/" in line for line in lines[1:])
    assert client.get(language.prefix + "/search.xyz").status_code == 404


def test_result_pages_of_every_language_keep_out_of_search_engines(
    client: FlaskClient, language: Language
) -> None:
    response = client.get(language.prefix + "/search?q=flood")
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_what_is_not_there_is_said_in_the_language(client: FlaskClient) -> None:
    response = client.get("/zh-hant/nothing")
    assert response.status_code == 404
    soup = BeautifulSoup(response.text, "lxml")
    assert soup.h1
    assert soup.h1.get_text() == "找不到網頁"
    assert soup.find("html", lang="zh-Hant")
    assert client.get("/zh-hantnothing").headers["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2023-11-05", "2023年11月5日"),
        ("2023-11", "2023年11月"),
        ("2023", "2023年"),
        ("--11-05", "11月5日"),
    ],
)
def test_dates_in_chinese(language: Language, date: str, words: str) -> None:
    assert wording.date_in_words(language, date) == words


def test_agencies_have_the_names_that_the_gazetteers_know(tmp_path: Path) -> None:
    observatory = Agency("hong-kong-observatory", "Hong Kong Observatory")
    elsewhere = Agency("police", "Police")
    gazetteer = tmp_path / "gazetteer.json"
    gazetteer.write_text(
        '{"name": "Isle", "places": ["Isle"], "bodies": [{"slug": "police", '
        '"names": {"en": "Police", "zh-Hant": "警務處"}}]}',
        "utf-8",
    )
    releases = [
        Release(id="1", headline="Rain", body="Rain.", agency=observatory, language="en"),
        Release(id="2", headline="Theft", body="Theft.", agency=elsewhere, language="en"),
        # Another government's body of the same slug is not ours.
        Release(
            id="3", headline="X", body="X.", agency=Agency("police", "Gendarmerie"), language="en"
        ),
    ]
    for wanted, batch in (
        ({"香港天文台", "警務處"}, releases[:2]),
        ({"Gendarmerie"}, releases[2:]),
    ):
        folder = tmp_path / batch[0].id
        write(folder, batch)
        app = create_app({"index": str(folder), "gazetteers": str(gazetteer)})
        client = app.test_client(use_cookies=False)
        soup = BeautifulSoup(client.get("/zh-hant/agencies").text, "lxml")
        assert {link.get_text() for link in soup.select(".groups a")} == wanted
        assert len(soup.select(".groups h2")) == 1  # Chinese names are not parted by character
        english = BeautifulSoup(client.get("/agencies").text, "lxml")
        assert {link.get_text() for link in english.select(".groups a")} == {
            each.agency.name for each in batch
        }
        assert client.get("/search.json").get_json()["hits"][0]["agency"]["name"].isascii()


def test_paths_and_languages() -> None:
    assert [language_of(path).tag for path in ("/", "/zh-hant", "/zh-hans/x", "/zh-hantx")] == [
        "en", "zh-Hant", "zh-Hans", "en",
    ]  # fmt: skip
    assert [without_language(path) for path in ("/", "/zh-hant", "/zh-hant/x")] == ["/", "/", "/x"]


def test_the_site_description_leads_into_the_language(client: FlaskClient) -> None:
    soup = BeautifulSoup(client.get("/zh-hant/").text, "lxml")
    link = soup.find("link", rel="search")
    assert isinstance(link, Tag)
    described = client.get(str(link["href"])).text
    assert "https://press.example/zh-hant/search?q=" in described
