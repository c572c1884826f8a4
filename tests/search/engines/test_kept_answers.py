"""An engine that has answered much answers as one that has answered nothing."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from search import SearchRequest, SearchResults
from search.engines.folder import FolderEngine
from search.match.search_time import SearchStoppedError, SearchTime
from tests.search.search_corpus import make, write

WORDS = ("harbour", "harbours", "ferry", "tax", "light", "fire")
TEXTS = ("", "ferry tax", "harbour xyzzy")
VARIED = {
    "match": ("all", "any"),
    "sort": ("relevance", "oldest"),
    "page": (1, 2),
    "copies": (False, True),
    "agencies": ((), ("harbour-customs",)),
}


def test_what_is_kept_belongs_to_the_request(tmp_path: Path) -> None:
    rng = random.Random(4)  # noqa: S311
    texts = [" ".join(rng.choices(WORDS, k=rng.randint(40, 60))) for _ in range(12)]
    agencies = ("customs", "health")
    bodies = [*texts, *texts[:4]]  # some say the same
    write(
        tmp_path,
        [
            make(f"r{n}", headline="Notice", body=body, agency=agencies[n % 2])
            for n, body in enumerate(bodies)
        ],
    )
    asked = [
        SearchRequest(text, per_page=3).changed(**dict(zip(VARIED, values, strict=True)))
        for text, *values in product(TEXTS, *VARIED.values())
    ]
    engine = FolderEngine(tmp_path)
    fresh: list[SearchResults] = []
    for request in asked:
        engine.clear_cache()
        fresh.append(replace(engine.search(request), took_ms=0))
    engine.clear_cache()
    for _ in range(2):  # made, then kept
        for request, expected in zip(asked, fresh, strict=True):
            assert replace(engine.search(request), took_ms=0) == expected, request
    assert any(each.folded for each in fresh)
    engine.close()


def test_a_page_that_is_kept_goes_with_its_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, [make("r1", headline="Ferry fares", date="2024-05-02")])
    engine, week = FolderEngine(tmp_path), SearchRequest("ferry", date_from="-7d")
    found = []
    for day in (3, 3, 20):
        monkeypatch.setattr("search.request.today", lambda day=day: datetime.date(2024, 5, day))
        found.append(engine.search(week).total)
    assert found == [1, 1, 0]
    engine.close()


def test_an_answer_that_was_late_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, [make(f"r{n}", headline="Ferry fares") for n in range(9)])
    engine, misspelt = FolderEngine(tmp_path), SearchRequest("ferrry")

    def too_long(*_: object) -> None:
        monkeypatch.setattr(SearchTime, "is_over", True)
        raise SearchStoppedError

    with monkeypatch.context() as patched:
        patched.setattr("search.engines.execution.better_spelling", too_long)
        assert engine.search(misspelt).did_you_mean is None
    monkeypatch.setattr(SearchTime, "is_over", False)
    assert engine.search(misspelt).did_you_mean == "ferry"
    engine.close()
