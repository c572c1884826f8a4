"""A pasted address, number, id or file name leads to its release."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.identity import id_of_address, lookup_keys
from search import Engine, SearchRequest
from tests.search.search_corpus import engine_over, make

RELEASES = [
    make("doj-17", "Fraud", "About 12345 coins.", url="https://www.justice.example/pr/fraud-in-the-harbour.html?utm_source=x"),
    make("P2025112600123", "Fire", "A fire.", url="https://www.info.gov.hk/gia/general/202511/26/P2025112600123.htm"),
    make("c347var", "Pier", "The pier.", source_file="/in/Pier Notes.htm", aliases=("old-1",)),
    make("plain", "Light", "The R2D2 light.", source_file="/in/notice_7.html"),
    make("row-3", "Row", "A row.", source_file="/in/all.jsonl"),
    make("12345", "Number", "A number."),
    make("1234567", "Longer number", "A number."),
    make("ferry", "Word", "The boat."),
]  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with engine_over(tmp_path_factory.mktemp("items") / "index", RELEASES) as opened:
        yield opened


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("https://www.justice.example/pr/fraud-in-the-harbour.html", "doj-17"),
        ("http://justice.example/pr/fraud-in-the-harbour.html?utm_medium=y#top", "doj-17"),
        ("<https://www.justice.example/pr/fraud-in-the-harbour.html>.", "doj-17"),
        ("www.justice.example/pr/fraud-in-the-harbour.html", "doj-17"),
        ('"https://www.justice.example/pr/fraud-in-the-harbour.html"', "doj-17"),
        ("“justice.example/pr/fraud-in-the-harbour.html”.", "doj-17"),
        ("https://web.archive.org/web/2020/https://www.justice.example/pr/fraud-in-the-harbour.html", "doj-17"),
        ("fraud-in-the-harbour.html", "doj-17"),
        ("Fraud-In-The-Harbour", "doj-17"),
        (" doj-17 ", "doj-17"),
        ("https://www.info.gov.hk/gia/general/202511/26/P2025112600123.htm?fontSize=1", "P2025112600123"),
        ("P2025112600123", "P2025112600123"),
        ("p2025112600123.htm", "P2025112600123"),
        ("old-1", "c347var"),
        ("notice_7.html", "plain"),
        ("notice_7", "plain"),
        ("1234567", "1234567"),
    ],
)  # fmt: skip
def test_leads_to_its_release(engine: Engine, typed: str, found: str) -> None:
    results = engine.search(SearchRequest(typed))
    assert [hit.release.id for hit in results.hits] == [found]
    assert [notice.code for notice in results.notices] == ["read-release"]
    words = engine.search(results.notices[0].undo or SearchRequest())
    assert "read-release" not in {notice.code for notice in words.notices}


@pytest.mark.parametrize(
    "typed",
    [
        "123",
        "ferry",
        "R2D2",
        "all.jsonl",
        "https://www.justice.example/pr/",
        "a/b",
        "/",
        ".",
        "a/\ud800",
        "x" * 200_000 + "/1",
    ],
)
def test_words_and_numbers_stay_words(engine: Engine, typed: str) -> None:
    codes = {notice.code for notice in engine.search(SearchRequest(typed)).notices}
    assert "read-release" not in codes


def test_a_number_that_may_be_an_amount_leads_to_its_release_before_what_holds_it(
    engine: Engine,
) -> None:
    results = engine.search(SearchRequest(" 12345 "))
    assert [hit.release.id for hit in results.hits] == ["12345", "doj-17"]
    assert [notice.code for notice in results.notices] == ["read-release"]
    words = engine.search(results.notices[0].undo or SearchRequest())
    assert [hit.release.id for hit in words.hits] == ["doj-17"]
    assert engine.count(SearchRequest("12345 coins")) == 1


def test_filters_stay_in_force(engine: Engine) -> None:
    assert engine.count(SearchRequest("doj-17", date_from="2020")) == 0
    assert engine.count(SearchRequest("doj-17", match="any")) == 1


def test_what_a_release_is_looked_up_by() -> None:
    url = "https://www.justice.example/pr/Fraud.html"
    assert lookup_keys(url, "") == (id_of_address(url), "fraud.html", "fraud")
    assert lookup_keys(None, "a.zip!x/Note-1.HTM") == ("note-1.htm", "note-1")
    assert lookup_keys(None, "all.csv") == lookup_keys("nonsense", "") == ()
    with pytest.raises(ValueError, match="no HTTP address"):
        id_of_address("nonsense")
