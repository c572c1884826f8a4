"""Random and mutated searches over the real engine: all are answered, at a bounded cost."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from search import Engine, SearchRequest, open_engine
from search.engines import execution
from search.match.search_time import SearchStoppedError
from search.query.parser import parse_query
from tests.search.query.fuzz_queries import MAX_LEAVES, answer, searches
from tests.search.search_corpus import AGENCIES, CORPUS, make, write

QUERIES = int(os.environ.get("FUZZ_QUERIES", "600"))
"""Searches a seed; `FUZZ_QUERIES=75000` for a longer run."""
LANGUAGES = ("en", "zh-Hant", "zh-Hans", "de")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder: Path = tmp_path_factory.mktemp("fuzz") / "index"
    write(folder, CORPUS)
    write(
        folder,
        [
            make(
                "hant",
                "衞生署公布十一月二十六日",
                "港口於1月6日及11月26日關閉。",
                language="zh-Hant",
            ),
            make(
                "signs",
                "C++ and .NET in Hawai‘i",
                "U.S. health care, R&D, a web site; 91 000 coins.",
            ),
        ],
    )
    opened = open_engine(folder)
    yield opened
    opened.close()


@pytest.mark.parametrize("seed", [1, 2])
def test_made_up_searches_are_answered(engine: Engine, seed: int) -> None:
    rng = Random(seed)  # noqa: S311
    for text in searches(rng, QUERIES):
        try:
            answer(engine, rng, text)
        except Exception as error:
            error.add_note(f"the search was {text!r}")
            raise


@pytest.mark.parametrize("seed", [3, 4])
def test_made_up_searches_come_to_a_bounded_number_of_leaves(seed: int) -> None:
    rng = Random(seed)  # noqa: S311
    most = 0
    for text in searches(rng, QUERIES):
        parsed = parse_query(SearchRequest(text), LANGUAGES, tuple(AGENCIES.values()))
        most = max(most, len(list(parsed.query.leaves())))
    assert 100 < most <= MAX_LEAVES


@pytest.mark.parametrize(
    "typed", ["1月6日*", "11月26日*", "=11月26日*", "十一月二十六日*", "海*", "1月6日~"]
)
def test_what_once_ended_in_an_error_is_answered(engine: Engine, typed: str) -> None:
    assert engine.search(SearchRequest(typed)).took_ms >= 0


def test_a_search_that_takes_too_long_is_stopped_and_says_so(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = SearchRequest("ferry OR (tax NEAR/9 light) OR fl*")
    expected = engine.count(request)
    engine.clear_cache()  # type: ignore[attr-defined]
    monkeypatch.setattr(execution, "MAX_SECONDS", 0.0)
    results = engine.search(request)
    assert (results.total, results.hits) == (0, ())
    assert [each.code for each in results.notices] == ["search-stopped"]
    with pytest.raises(SearchStoppedError, match="0 seconds"):
        engine.count(request)
    monkeypatch.undo()
    assert engine.search(request).total == expected > 0
