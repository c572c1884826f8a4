"""Searches that a stock parser turns into "no results" without a word; each finds its release."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search import Engine, SearchRequest, open_engine
from tests.search.search_corpus import ids_found, make, write
from tests.timing import HOSTILE_RATIO, processor_time

RELEASES = [
    make("research", "Money for R&D", "The R&D fund opens. A&E wards get new beds."),
    make("spaced", "Money for R & D", "Research and development."),
    make("question", "A question", "To be or not to be, asked the Harbour Master."),
    make("covid", "COVID-19 figures", "Nineteen new cases of the disease."),
    make("covid-only", "Covid wave", "Ward 7 is full."),
    make("nhs", "NHS budget", "The NHS spends more."),
    make("nh", "NH 7", "A road."),
    make("us", "U.S. delegation", "Visitors from the U.S. came."),
    make("cafe", "Café opens", "A café on the pier."),
    make("flood", "Flood defences", "Walls against floods."),
    make("ordered", "On national security", "Nothing else."),
    make("apart", "Security matters", "Of the national kind."),
    make("agency", "From one", "Words.", agency="one"),
    make("joined", "Coordinate the work", "We coordinate."),
    make("hyphen", "Co-ordinate the work", "We co-ordinate."),
    make("quote", "Council’s new “green belt”", "Trees."),
    make("health-hant", "衞生署公布", "衞生署啟動流感疫苗的接種計劃。", language="zh-Hant"),
    make("health-hans", "卫生署公布", "卫生署启动流感疫苗的接种计划。", language="zh-Hans"),
    make("english-day", "Fair", "The fair opens on November 26."),
    make("british-day", "Fair", "The fair opens on 26th November at noon."),
    make("arabic-day", "市集", "市集於11月26日舉行。", language="zh-Hant"),
    make("chinese-day", "市集", "市集於十一月二十六日舉行。", language="zh-Hant"),
    make("iso-day", "Fair", "Date of the fair: 2023-11-26."),
    make("other-day", "Fair", "The fair opens on November 27, with 26 stalls."),
    make("cpp", "Written in C++", "No C# or .NET, said the C developers."),
    make("vitamin", "Vitamin C", "A net of C vitamins; Asp.net."),
    make("okina", "Hawai‘i", "Visitors of Hawaiʻi."),
    make("apostrophe", "Hawai'i", "Islands, Hawai`i among them."),
    make(
        "care-one",
        "Healthcare",
        "A website of healthcare. Cooperation is the statement of firemen.",
    ),
    make(
        "care-two", "Health care", "A web site, of health care. Co operation. A state meant well."
    ),
    make("care-apart", "Care", "Good health, and the site of a web. An operation."),
    make("wide", "ＦＥＲＲＹ　２０２４", "Ｆｕｌｌ ｗｉｄｔｈ."),
]
FLOOD_FREE = {release.id for release in RELEASES} - {"flood"}
DAYS = {"english-day", "british-day", "arabic-day", "chinese-day", "iso-day"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("silent") / "index"
    write(folder, RELEASES)
    return folder


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[Engine]:
    opened = open_engine(folder)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("healthcare", {"care-one", "care-two"}),
        ("health care", {"care-one", "care-two", "care-apart"}),
        ("Health-care", {"care-one", "care-two"}),
        ("website", {"care-one", "care-two"}),
        ("web site", {"care-one", "care-two", "care-apart"}),
        ("co operation", {"care-one", "care-two"}),
        ("cooperation", {"care-one", "care-two"}),
        ("fire men", {"care-one"}),
        ('"web site"', {"care-two"}),
        ("web OR site healthcare", {"care-two"}),
        ("C++", {"cpp"}),
        ("c++.", {"cpp"}),
        ("C#", {"cpp"}),
        (".NET", {"cpp"}),
        ("C", {"cpp", "vitamin"}),
        ("net", {"cpp", "vitamin"}),
        ("Hawai'i", {"okina", "apostrophe"}),
        ("Hawai‘i", {"okina", "apostrophe"}),
        ("Hawaiʻi", {"okina", "apostrophe"}),
        ("Hawai`i", {"okina", "apostrophe"}),
        ("Hawaii", {"okina", "apostrophe"}),
        ("R&D", {"research", "spaced"}),
        ("r&d", {"research", "spaced"}),
        ("R＆D", {"research", "spaced"}),
        ("A&E", {"research"}),
        ("to be or not to be", {"question"}),
        ("flood OR", {"flood"}),
        ("(flood", {"flood"}),
        ('"flood', {"flood"}),
        ("flood -", {"flood"}),
        ("-flood", FLOOD_FREE),
        ("+national -security", set()),
        ("+covid -figures", {"covid-only"}),
        ("COVID-19", {"covid"}),
        ("covid19", {"covid"}),
        ("covid", {"covid", "covid-only"}),
        ("“national security”", {"ordered"}),
        ("„national security“", {"ordered"}),
        ("「national security」", {"ordered"}),
        ("＂national security＂", {"ordered"}),
        ("national security", {"ordered", "apart"}),
        ("NHS", {"nhs"}),
        ("nhs", {"nhs"}),
        ("U.S.", {"us"}),
        ("US", {"us"}),
        ("cafe", {"cafe"}),
        ("CAFÉ", {"cafe"}),
        ("agency:Agency 1", {"agency"}),
        ("agency:Agency 1 words", {"agency"}),
        ("coordinate", {"joined", "hyphen"}),
        ("co-ordinate", {"joined", "hyphen"}),
        ("co‑ordinating", {"joined", "hyphen"}),
        ("coordinat*", {"joined", "hyphen"}),
        ("council's", {"quote"}),
        ("council’s", {"quote"}),
        ("green-belt", {"quote"}),
        ("衞生署", {"health-hant", "health-hans"}),
        ("卫生署", {"health-hant", "health-hans"}),
        ("衛生署", {"health-hant", "health-hans"}),
        ("啓動", {"health-hant", "health-hans"}),
        ("流", {"health-hant", "health-hans"}),
        ("流*", {"health-hant", "health-hans"}),
        ("劃", {"health-hant", "health-hans"}),
        ("生衞", set()),
        ("November 26", DAYS | {"other-day"}),
        ("26 November", DAYS | {"other-day"}),
        ("nov 26th", DAYS),
        ("11月26日", DAYS),
        ("１１月２６日", DAYS),
        ("十一月二十六日", DAYS),
        ("十一月廿六日", DAYS),
        ("十一月二十六日舉行", {"arabic-day", "chinese-day"}),
        ("2023-11-26", {"iso-day"}),
        ("ferry 2024", {"wide"}),
        ("ｆｅｒｒｙ", {"wide"}),
        ("=coordinate", {"joined", "hyphen"}),
        ("=coordinating", set()),
        ("flod~", {"flood"}),
        ("fldo~", set()),
        ("wrok~", {"joined", "hyphen"}),
        ('"flood defences"', {"flood"}),
        ('"walls floods"~2', {"flood"}),
        ('"walls floods"', set()),
        ("headline:walls", set()),
        ("body:walls", {"flood"}),
    ],
)
def test_finds(engine: Engine, typed: str, expected: set[str]) -> None:
    assert ids_found(engine, typed) == expected


@pytest.mark.parametrize(
    ("typed", "code"),
    [("?floods?", ["operator-unknown"]), ("walls ?floods", ["operator-unknown"]), ("?loods", [])],
)
def test_a_question_mark_before_a_word_that_is_here_is_none_of_a_pattern(
    engine: Engine, typed: str, code: list[str]
) -> None:
    results = engine.search(SearchRequest(typed))
    assert [hit.release.id for hit in results.hits] == ["flood"]
    assert [each.code for each in results.notices] == code


def test_a_long_run_finds_its_words_when_they_do_not_stand_side_by_side(engine: Engine) -> None:
    assert ids_found(engine, "流感疫苗接種計劃") == {"health-hant", "health-hans"}


def test_a_long_run_that_nothing_holds_finds_its_parts_and_says_so(engine: Engine) -> None:
    results = engine.search(SearchRequest("流感疫苗海港工程"))
    assert {hit.release.id for hit in results.hits} == {"health-hant", "health-hans"}
    assert "loosened" in {notice.code for notice in results.notices}


@pytest.mark.parametrize("typed", ["-", "(", '"', "*", "&", "…", "date:soon", "🛥"])
def test_shows_all_and_says_so_where_nothing_can_be_searched_for(
    engine: Engine, typed: str
) -> None:
    results = engine.search(SearchRequest(typed))
    assert results.total == len(RELEASES)
    assert "nothing-to-search" in {notice.code for notice in results.notices}


@pytest.mark.parametrize(
    "typed", ["a" * 200_000, "(" * 1_000, "a*", "*tion*", "*", "e~2", "zz*", "国" * 1_000]
)
def test_costly_searches_cost_about_what_ordinary_ones_do(
    engine: Engine, folder: Path, typed: str
) -> None:
    def cost(text: str) -> float:
        return min(once(text) for _ in range(3))

    def once(text: str) -> float:
        fresh = open_engine(folder)  # remembers nothing
        taken = processor_time(lambda: fresh.search(SearchRequest(text)))
        fresh.close()
        return taken

    assert cost(typed) < HOSTILE_RATIO * cost("harbour master of the national fund")
    results = engine.search(SearchRequest(typed))
    assert results.total == len(list(engine.every_hit(SearchRequest(typed))))
