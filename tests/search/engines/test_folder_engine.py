"""The embedded engine: exact totals, orders, pages, filters, commits, threads."""

from __future__ import annotations

import contextlib
import random
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.bounded_cache import ENTRY_BYTES
from index.dates.day_numbers import day_span
from index.dates.partial import DaySpan, PartialDate, days_between
from index.errors import DatelineError, NoIndexError
from search import Engine, SearchRequest, open_engine
from search import request as requests
from search.engines import folder
from tests.search.search_corpus import AGENCIES, CORPUS, WORDS, Opened, make, write
from tests.timing import PATIENCE


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Over three commits, with releases removed: several segments, and deleted documents."""
    folder: Path = tmp_path_factory.mktemp("engine") / "index"
    write(folder, [*CORPUS[:50], make("gone-1", "Harbour tax")])
    write(folder, [*CORPUS[50:90], make("gone-2", "Ferry flood")], removed=["gone-1"])
    write(folder, CORPUS[90:], removed=["gone-2"])
    opened = open_engine(folder)
    yield opened
    opened.close()


def test_dates_are_resolved_once_a_search(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = opened(CORPUS)
    resolved = []

    def counted(first: PartialDate | None, last: PartialDate | None) -> DaySpan:
        resolved.append((first, last))
        return days_between(first, last)

    monkeypatch.setattr(requests, "days_between", counted)
    engine.search(SearchRequest("tax", date_from="2022", date_to="2023-06", per_page=5))
    assert resolved == [(PartialDate(2022), PartialDate(2023, 6))]


def test_remembered_searches_are_bounded_and_stay_right(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_remembered = opened(CORPUS)
    expected = {word: all_remembered.count(SearchRequest(word)) for word in WORDS}
    monkeypatch.setattr(folder, "CACHE_BYTES", 4 * ENTRY_BYTES)
    engine = opened(CORPUS)
    for word in [*WORDS, *reversed(WORDS)]:
        assert engine.count(SearchRequest(word)) == expected[word]
        assert engine.search(SearchRequest(word)).hits[0].score is not None
    assert 0 < engine.caches()["matches"].nbytes <= 4 * ENTRY_BYTES  # type: ignore[attr-defined]


def test_what_is_remembered_of_a_search_is_not_taken_for_another(opened: Opened) -> None:
    """The same words, with one thing more or another: each is asked for after all the others."""
    chinese = [replace(each, id=f"zh-{each.id}", language="zh") for each in CORPUS[::3]]
    engine = opened([*CORPUS, *chinese])
    asked = [
        SearchRequest("ferry tax", **values)  # type: ignore[arg-type]
        for values in (
            {}, {"match": "any"}, {"languages": ("en",)}, {"languages": ("zh",)},
            {"agencies": ("harbour-customs",)}, {"agencies": ("board-of-health",)},
            {"date_from": "2022"}, {"date_from": "2022", "undated": True}, {"undated": True},
            {"date_from": "2023", "languages": ("zh",)},
        )
    ]  # fmt: skip
    expected = []
    for request in asked:
        engine.clear_cache()  # type: ignore[attr-defined]
        expected.append(answered(engine, request))
    assert len(set(map(str, expected))) == len(asked)
    for order in (range(len(asked)), reversed(range(len(asked)))):
        engine.clear_cache()  # type: ignore[attr-defined]
        for at in order:
            assert answered(engine, asked[at]) == expected[at]


def answered(engine: Engine, request: SearchRequest) -> tuple[object, ...]:
    """What is counted for a request."""
    found = engine.search(request)
    ids = [hit.release.id for hit in found.hits]
    return found.total, ids, found.facets, engine.timeline(request)


def test_sees_a_commit_on_the_next_request_and_a_new_index_in_the_same_place(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "index"
    write(folder, [make("one", "Ferry")])
    engine = open_engine(folder)
    assert engine.count(SearchRequest("ferry")) == 1
    write(folder, [make("two", "Ferry again")])
    assert engine.count(SearchRequest("ferry")) == 2
    write(folder, [make("two", "Bridge")], removed=["one", "two"])
    assert engine.count(SearchRequest("ferry")) == 0
    reading = engine.every_hit(SearchRequest("bridge"))
    first = next(reading)
    for path in folder.iterdir():
        path.unlink()
    write(folder, [make("three", "Tram")])
    assert first.release.id == "two"
    assert list(reading) == []
    assert engine.count(SearchRequest("tram")) == 1
    engine.close()


def test_an_index_made_anew_with_the_same_number_of_commits_is_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    write(folder, [make("old", "Ferry")])
    engine = open_engine(folder)
    assert engine.count(SearchRequest("ferry")) == 1
    for path in folder.iterdir():
        path.unlink()
    write(folder, [make("new", "Tram")])
    assert engine.count(SearchRequest("ferry")) == 0
    assert engine.count(SearchRequest("tram")) == 1
    engine.close()


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are counted in /proc")
def test_readers_of_old_commits_are_closed(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    write(folder, [make("0", "Ferry")])
    engine = open_engine(folder)
    for number in range(1, 6):
        write(folder, [make(str(number), "Ferry")])
        assert engine.count(SearchRequest("ferry")) == number + 1
    held = open_files(folder)
    engine.close()
    assert open_files(folder) == 0
    fresh = open_engine(folder)
    assert held == open_files(folder)
    fresh.close()


def open_files(folder: Path) -> int:
    """Files of a folder, removed ones too, that this process holds open."""
    links = []
    for each in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            links.append(str(each.readlink()))
    return sum(link.startswith(str(folder)) for link in links)


def test_threads_get_the_answers_that_one_thread_gets(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    write(folder, CORPUS)
    texts = [f"{one} {other}" for one in WORDS for other in WORDS] + ["ferry*", '"tax flood"']
    alone = open_engine(folder)
    expected = {
        text: [h.release.id for h in alone.every_hit(SearchRequest(text))] for text in texts
    }
    alone.close()
    shared = open_engine(folder)
    wrong: list[str] = []

    def ask(seed: int) -> None:
        for text in random.Random(seed).sample(texts, len(texts)):  # noqa: S311
            if [h.release.id for h in shared.every_hit(SearchRequest(text))] != expected[text]:
                wrong.append(text)

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE)
    assert wrong == []
    assert not any(thread.is_alive() for thread in threads)
    shared.close()


def test_coverage_says_what_the_index_holds(engine: Engine) -> None:
    coverage = engine.coverage()
    assert coverage.releases == len(CORPUS)
    assert coverage.undated == sum(day_span(r.date)[0] == 0 for r in CORPUS)
    assert coverage.first_date == "2021-01-01"
    assert coverage.last_date == "2024-01-01"
    assert dict(coverage.agencies) == {
        agency: sum(r.agency == agency for r in CORPUS) for agency in AGENCIES.values()
    }
    assert dict(coverage.months)["2022-06"] == sum(
        (r.date or "").startswith("2022-06") for r in CORPUS
    )
    assert sum(count for _, count in coverage.languages) == len(CORPUS)


def test_an_empty_index_is_searched_without_a_fault(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    write(folder, [make("one", "Ferry")])
    write(folder, [], removed=["one"])
    engine = open_engine(folder)
    results = engine.search(SearchRequest("ferry", agencies=("x",), page=3))
    assert (results.total, results.pages, results.page) == (0, 0, 1)
    assert engine.coverage().first_date is None
    assert engine.similar("one") == ()
    assert engine.complete("fe") in ((), ("ferry",))
    engine.close()


def test_addresses_without_an_index_are_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match="There is no index"):
        open_engine(tmp_path / "nowhere")
    with pytest.raises(NoIndexError, match="There is no index"):
        open_engine(tmp_path)
    with pytest.raises(DatelineError, match="cluster"):
        open_engine("opensearch://localhost:9200/releases")
