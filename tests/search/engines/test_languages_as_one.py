"""The languages of one release: one hit, in the language that is read, and each counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.release import Release, Translation
from index.same_text import NO_KEY, news_key
from search import Engine, SearchRequest
from tests.search.engines.test_conformance import ENGINES, REQUESTS, summary
from tests.search.search_corpus import Opened, make

SITE = "https://press.island.example"


def in_languages(name: str, *tags: str, **about: Any) -> list[Release]:
    """A release in several languages, each of which names the others."""
    at = {tag: f"{SITE}/{tag}/{name}.html" for tag in tags}
    return [
        make(
            f"{name}-{tag}",
            f"Typhoon 12 {name}",
            f"Typhoon 12 in {tag}.",
            language=tag,
            url=at[tag],
            translations=tuple(Translation(*each) for each in at.items() if each[0] != tag),
            **about,
        )
        for tag in tags
    ]


def shown(engine: Any, **asked: Any) -> list[str]:
    return [hit.release.id for hit in engine.search(SearchRequest(**asked)).hits]


TWO = [
    *in_languages("one", "en", "zh-Hant", date="2023-06-27"),
    *in_languages("two", "en", "zh-Hant", date="2023-06-26"),
    make("three", "Typhoon 12 alone", date="2023-06-25", url=f"{SITE}/en/three.html"),
]


@pytest.mark.parametrize(
    ("reads", "wanted"),
    [
        ("en", ["one-en", "two-en", "three"]),
        ("zh-Hant", ["one-zh-Hant", "two-zh-Hant", "three"]),
        ("zh-Hans", ["one-zh-Hant", "two-zh-Hant", "three"]),
        ("fr", ["one-en", "two-en", "three"]),
        ("", ["one-en", "two-en", "three"]),
    ],
)
@pytest.mark.parametrize("text", ["", "typhoon 12", "12"])
def test_the_language_that_is_read_leads(
    opened: Opened, reads: str, wanted: list[str], text: str
) -> None:
    engine = opened(TWO)
    for sort in (None, "newest"):
        found = engine.search(SearchRequest(text, reads=reads, sort=sort))
        assert sorted(hit.release.id for hit in found.hits) == sorted(wanted)
        assert (found.total, found.folded) == (5, 2), "counts are of releases"
        assert {hit.copies_total for hit in found.hits} == {0, 1}
    assert shown(engine, text=text, reads=reads, sort="newest") == wanted
    assert [each.release.id for each in engine.every_hit(SearchRequest(reads=reads))] == wanted


def test_a_language_that_alone_matches_is_shown(opened: Opened) -> None:
    engine = opened(TWO)
    found = engine.search(SearchRequest(languages=("zh",), reads="en", sort="newest"))
    assert [hit.release.id for hit in found.hits] == ["one-zh-Hant", "two-zh-Hant"]
    assert found.folded == 0
    assert found.notices == ()


def test_the_undo_shows_each_language(opened: Opened) -> None:
    engine = opened(TWO)
    (notice,) = engine.search(SearchRequest(reads="en")).notices
    assert (notice.code, notice.values) == ("languages-folded", ("2",))
    assert notice.undo is not None
    assert len(engine.search(notice.undo).hits) == 5


def test_pages_are_full_and_hold_every_release_once(opened: Opened) -> None:
    many = [
        each
        for number in range(25)
        for each in in_languages(f"n{number:02}", "en", "zh-Hant", "zh-Hans", date="2023-06-26")
    ]
    engine = opened(many)
    for reads in ("en", "zh-Hans"):
        asked = SearchRequest("typhoon 12", reads=reads, per_page=4)
        pages = [engine.search(asked.changed(page=page)).hits for page in range(1, 8)]
        assert [len(each) for each in pages] == [4] * 6 + [1]
        ids = [hit.release.id for page in pages for hit in page]
        assert sorted(ids) == [f"n{number:02}-{reads}" for number in range(25)]


def test_copies_and_languages_are_told_apart(opened: Opened) -> None:
    text = "A long text about the ferry and the harbour and its tunnel. " * 8
    copies = [
        make(f"c{number}", "Ferry", text, date="2023-06-26", language="en") for number in range(3)
    ]
    engine = opened([*TWO, *copies])
    found = engine.search(SearchRequest(reads="en"))
    assert {(each.code, each.values) for each in found.notices} == {
        ("copies-folded", ("2",)), ("languages-folded", ("2",)),
    }  # fmt: skip
    assert (found.total, found.folded, len(found.hits)) == (8, 4, 4)


@pytest.mark.parametrize("tag", ["xx", "e", "en-GB", "zh-hans"])
def test_a_language_that_no_release_is_in_is_said(opened: Opened, tag: str) -> None:
    found = opened(TWO).search(SearchRequest(languages=("zh", tag)))
    (notice,) = (each for each in found.notices if each.code == "language-filter-unknown")
    assert notice.text == f"We have no releases in the language “{tag}”."
    assert notice.undo is not None
    assert notice.undo.languages == ("zh",)


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Engine]]:
    """Both engines of this process over `TWO`, and over a copy of one of its texts."""
    held = [*TWO, replace(TWO[4], id="four", url=f"{SITE}/en/four.html")]
    made = [
        ENGINES[name](tmp_path_factory.mktemp("one") / "index", held) for name in ("folder", "list")
    ]
    yield made
    for each in made:
        each.close()


@given(REQUESTS, st.sampled_from(["", "en", "zh-Hant", "zh-Hans", "zh", "fr"]))
def test_engines_lead_alike(engines: list[Engine], request: SearchRequest, reads: str) -> None:
    for text in ("", "typhoon", "12"):
        asked = request.changed(text=text, sort="newest", reads=reads)
        first, *others = [summary(each.search(asked)) for each in engines]
        assert all(other == first for other in others)


# The key


ADDRESSES = st.sampled_from([f"{SITE}/{tag}/{n}" for tag in ("en", "tc", "sc") for n in range(3)])


@given(st.lists(ADDRESSES, min_size=2, max_size=4, unique=True), st.randoms())
def test_every_language_has_the_key_of_all(addresses: list[str], chance: Any) -> None:
    keys = set()
    for own in addresses:
        others = [each for each in addresses if each != own]
        chance.shuffle(others)
        keys.add(news_key(own, others))
    assert len(keys) == 1
    assert keys != {NO_KEY}


@pytest.mark.parametrize(
    ("url", "translations"),
    [
        (None, [f"{SITE}/tc/1", f"{SITE}/sc/1"]),
        (f"{SITE}/en/1", []),
        (f"{SITE}/en/1", ["http://www.press.island.example/en/1/?utm_source=x"]),
        (f"{SITE}/en/1", ["mailto:a@b.example"]),
    ],
)
def test_what_names_no_other_page_has_no_key(url: str | None, translations: list[str]) -> None:
    assert news_key(url, translations) == NO_KEY


def test_another_release_has_another_key() -> None:
    one = news_key(f"{SITE}/en/1", [f"{SITE}/tc/1"])
    assert one == news_key("http://www.press.island.example/tc/1", [f"{SITE}/en/1/"])
    assert one != news_key(f"{SITE}/en/1", [f"{SITE}/tc/2"])
    assert one != news_key(f"{SITE}/en/1", [f"{SITE}/tc/1", f"{SITE}/sc/1"])
