"""Releases of the same text: shown once, counted each, none lost and none twice on any page."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.release import Release
from index.same_text import LONG, NO_KEY, text_key
from search import Engine, Hit, SearchRequest
from search.engines.collapsing import NAMED_COPIES
from tests.search.engines.test_conformance import ENGINES, REQUESTS, summary
from tests.search.search_corpus import AGENCIES, DATES, WORDS, Opened, make

DAY = "2023-06-26"


def long_text(seed: int) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=LONG // 4))  # noqa: S311


def releases() -> Iterator[Release]:
    """Texts that one to nine releases say, in headlines of their own, by several agencies."""
    chance = random.Random(3)  # noqa: S311
    for text in range(24):
        body = long_text(text)
        for copy in range(chance.choice((1, 1, 2, 3, 9))):
            yield make(
                f"t{text}-{copy}",
                " ".join(chance.choices(WORDS, k=2)),
                chance.choice((body, body.upper(), body.replace(" ", ",\n"))),
                date=chance.choice(DATES),
                agency=chance.choice(sorted(AGENCIES)),
            )


COPIED = list(releases())


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Engine]]:
    """All engines over `COPIED`."""
    made = [
        opened(tmp_path_factory.mktemp("copies") / "index", COPIED)
        for opened in (ENGINES["folder"], ENGINES["list"])
    ]
    yield made
    for each in made:
        each.close()


def text_of(release: Release) -> str:
    return release.id.partition("-")[0]


@given(REQUESTS, st.integers(1, 7))
def test_every_match_is_a_hit_or_stands_under_one(
    engines: list[Engine], request: SearchRequest, per_page: int
) -> None:
    folded = request.changed(per_page=per_page, copies=False)
    for engine in engines[:1]:  # the others answer alike
        alone = [
            each.release for each in engine.every_hit(folded.changed(copies=True), loosened=True)
        ]
        hits = list(engine.every_hit(folded, loosened=True))
        assert paged(engine, folded) == [each.release.id for each in hits]
        firsts = {text_of(each): each.id for each in reversed(alone)}
        assert [each.release.id for each in hits] == [
            each.id for each in alone if firsts[text_of(each)] == each.id
        ]
        for hit in hits:
            others = [each for each in alone if text_of(each) == text_of(hit.release)]
            others.remove(hit.release)
            assert hit.copies_total == len(others)
            assert len(hit.copies) == min(len(others), NAMED_COPIES)
            assert set(hit.copies) <= set(others)
        results = engine.search(folded)
        assert results.folded == len(alone) - len(hits)
        assert (results.total or results.loosened_total or 0) == len(alone)
        assert results.total == engine.search(folded.changed(copies=True)).total


def paged(engine: Engine, request: SearchRequest) -> list[str]:
    pages = range(1, engine.search(request).pages + 1)
    found = [engine.search(request.changed(page=page)).hits for page in pages]
    assert all(len(each) == request.per_page for each in found[:-1])
    return [hit.release.id for page in found for hit in page]


@given(REQUESTS)
def test_engines_fold_alike(engines: list[Engine], request: SearchRequest) -> None:
    # Statistics hold deleted releases in one of them, so scores differ: orders by time do not.
    request = request.changed(sort="newest" if request.order == "relevance" else request.order)
    first, *others = [summary(each.search(request)) for each in engines]
    assert all(other == first for other in others)


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"agency": AGENCIES["health"], "date": "2024-01-01"}, True),
        ({"headline": "HARBOUR lights, “on”"}, True),
        ({"headline": "Other words for the same"}, True),
        ({"headline": "Harbour lights on, part 2"}, False),
        ({"body": long_text(1).replace("ferry", "Ferry:")}, True),
        ({"body": long_text(1) + " 0.4"}, False),
        ({"body": long_text(2)}, False),
    ],
)
def test_what_the_same_text_is(opened: Opened, change: dict[str, object], same: bool) -> None:
    one = make("one", "Harbour lights on", long_text(1), agency="customs", date=DAY)
    engine = opened([one, replace(one, id="two", content_hash="", **change)])
    results = engine.search(SearchRequest())
    assert (results.total, len(results.hits), results.folded) == (2, 1 if same else 2, int(same))
    codes = [each.code for each in results.notices]
    assert codes == (["copies-folded"] if same else [])


def test_the_undo_shows_each_by_itself(opened: Opened) -> None:
    engine = opened([make(f"n{n}", "A headline", long_text(1), date=DAY) for n in range(3)])
    folded = engine.search(SearchRequest())
    (notice,) = folded.notices
    assert notice.undo is not None
    assert len(engine.search(notice.undo).hits) == folded.total == 3


def test_under_filters_only_what_passes_them_stands_under_a_hit(opened: Opened) -> None:
    engine = opened(
        [
            make("a", "Lights", long_text(1), agency="customs", date=DAY),
            make("b", "Lights", long_text(1), agency="health", date=DAY),
        ]
    )
    (hit,) = engine.search(SearchRequest(agencies=("board-of-health",))).hits
    assert (hit.release.id, hit.copies) == ("b", ())


def test_short_texts_are_the_same_on_one_day_alone() -> None:
    said = "Air quality: good", "The air is good."
    assert text_key(*said, DAY) == text_key("AIR QUALITY – GOOD", "The air is good", DAY) != NO_KEY
    assert text_key(*said, DAY) != text_key(*said, "2023-06-27")
    assert text_key(*said, DAY) != text_key("Air quality: bad", said[1], DAY)
    for date in (None, "2023", "2023-06", "--06-26"):
        assert text_key(*said, date) == NO_KEY


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_text_has_a_key(headline: str, body: str) -> None:
    key = text_key(headline, body, DAY)
    assert -(2**63) <= key < 2**63
    assert key == text_key(headline, body.upper().lower(), DAY) or not body.isascii()


def test_a_text_of_many_copies_names_the_newest(opened: Opened) -> None:
    days = [f"2023-06-{day:02}" for day in range(1, 10)]
    engine = opened([make(day, "Lights", long_text(1), date=day) for day in days])
    (hit,) = engine.search(SearchRequest()).hits
    assert isinstance(hit, Hit)
    assert [hit.release.id, *(each.id for each in hit.copies)] == days[::-1][: NAMED_COPIES + 1]
    assert hit.copies_total == len(days) - 1
