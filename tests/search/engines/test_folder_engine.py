"""The embedded engine: exact totals, orders, pages, filters, commits, threads."""

from __future__ import annotations

import contextlib
import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates.partial import PartialDate, days_between
from index.errors import DatelineError, NoIndexError
from index.release import Release
from index.schema import day_span
from index.text.analysis import tokens
from search import DateCount, Engine, SearchRequest, open_engine
from search.engines import folder
from search.match.cache import ENTRY_BYTES
from search.paging import MAX_PAGED, MAX_PER_PAGE, page_of
from tests.search.search_corpus import AGENCIES, Opened, make, write

WORDS = ("harbour", "ferry", "tax", "flood", "light", "school", "market", "coin")
DATES = (None, "--06-26", "2021", "2022-06", "2022-06-26", "2022-06-27", "2023-02-28",
         "2023-06", "2023-06-26", "2023-06-30", "2023-12-31", "2024-01-01")  # fmt: skip


def corpus(seed: int) -> list[Release]:
    chance = random.Random(seed)  # noqa: S311
    return [
        make(
            f"r{number:03}",
            " ".join(chance.choices(WORDS, k=2)).capitalize(),
            " ".join(chance.choices(WORDS, k=chance.randint(1, 12))),
            date=chance.choice(DATES),
            agency=chance.choice(sorted(AGENCIES)),
            language=chance.choice(("en", "en", "zh-Hant", "zh-Hans")),
        )
        for number in range(120)
    ]


CORPUS = corpus(7)


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


REQUESTS = st.builds(
    SearchRequest,
    text=st.lists(
        st.tuples(st.sampled_from(("", "", "-")), st.sampled_from(WORDS)).map("".join),
        max_size=3,
        unique_by=lambda word: word.lstrip("-"),
    ).map(" ".join),
    match=st.sampled_from(("all", "any")),
    agencies=st.lists(st.sampled_from([*(a.slug for a in AGENCIES.values()), "nobody"]), max_size=2,
                      unique=True).map(tuple),
    date_from=st.sampled_from((None, "2022", "2023-06", "2023-06-26")),
    date_to=st.sampled_from((None, "2022", "2023-06", "2023-06-30", "2023")),
    undated=st.booleans(),
    languages=st.sampled_from(((), ("en",), ("zh",), ("zh-Hans", "en"))),
    sort=st.sampled_from((None, "relevance", "newest", "oldest")),
    per_page=st.integers(1, 50),
)  # fmt: skip


def in_words(release: Release, request: SearchRequest) -> bool:
    stems = {token.stem for token in tokens(f"{release.headline}\n{release.body}")}

    def held(word: str) -> bool:
        return next(tokens(word.lstrip("-"))).stem in stems

    typed = request.text.split()
    wanted = [held(word) for word in typed if not word.startswith("-")]
    unwanted = [held(word) for word in typed if word.startswith("-")]
    some = any if request.match == "any" else all
    return (not wanted or some(wanted)) and not any(unwanted)


def in_agencies(release: Release, request: SearchRequest) -> bool:
    return not request.agencies or release.agency.slug in request.agencies


def in_languages(release: Release, request: SearchRequest) -> bool:
    tags = {release.language, release.language.split("-")[0]}
    return not request.languages or bool(tags & set(request.languages))


def in_dates(release: Release, request: SearchRequest) -> bool:
    first, last = day_span(release.date)
    if request.date_from is None and request.date_to is None:
        return first == 0 or not request.undated
    ends = [each and PartialDate.from_iso(each) for each in (request.date_from, request.date_to)]
    low, high = days_between(*ends)
    return (first > 0 and low <= first and last <= high) or (request.undated and first == 0)


@given(REQUESTS)
def test_finds_and_counts_what_a_plain_loop_over_the_releases_does(
    engine: Engine, request: SearchRequest
) -> None:
    matching = [r for r in CORPUS if in_words(r, request) and in_languages(r, request)]
    expected = {r.id for r in matching if in_agencies(r, request) and in_dates(r, request)}
    hits = [hit.release.id for hit in engine.every_hit(request)]
    results = engine.search(request)
    assert set(hits) == expected
    assert len(hits) == len(expected) == results.total == engine.count(request)

    for value in results.facets.agency:
        mine = [r for r in matching if r.agency.slug == value.slug and in_dates(r, request)]
        assert (value.count, value.selected) == (len(mine), value.slug in request.agencies)
    listed = {value.slug for value in results.facets.agency}
    assert listed >= {r.agency.slug for r in matching if in_dates(r, request)}
    assert listed >= set(request.agencies)

    for value in results.facets.date:
        mine = [r for r in matching if in_agencies(r, request) and counted_at(r, value)]
        assert value.count == len(mine)


def counted_at(release: Release, value: DateCount) -> bool:
    first, last = day_span(release.date)
    if value.from_ is None:
        return first == 0
    low, high = day_span(value.from_)
    return first > 0 and low <= first and last <= high


@given(REQUESTS)
def test_pages_together_are_every_hit(engine: Engine, request: SearchRequest) -> None:
    pages = engine.search(request).pages
    together = [
        hit.release.id
        for page in range(1, pages + 1)
        for hit in engine.search(request.changed(page=page)).hits
    ]
    assert together == [hit.release.id for hit in engine.every_hit(request)]


@given(REQUESTS)
def test_orders_have_second_and_third_keys(engine: Engine, request: SearchRequest) -> None:
    hits = list(engine.every_hit(request))

    def newest(release: Release) -> tuple[int, str]:
        return -day_span(release.date)[0], release.id

    def oldest(release: Release) -> tuple[bool, int, str]:
        first = day_span(release.date)[0]
        return first == 0, first, release.id

    releases = [hit.release for hit in hits]
    if request.order == "oldest":
        assert releases == sorted(releases, key=oldest)
    elif request.order == "newest" or not request.text:
        assert releases == sorted(releases, key=newest)
    else:
        keys = [(-(hit.score or 0), newest(hit.release)) for hit in hits]
        assert keys == sorted(keys)


@given(st.text(max_size=60), st.sampled_from(("all", "any")))
def test_any_text_is_answered(engine: Engine, text: str, match: str) -> None:
    request = SearchRequest(text, match=match)
    assert engine.search(request).total == len(list(engine.every_hit(request)))


def test_the_default_order_is_relevance_with_words_and_newest_without(engine: Engine) -> None:
    assert engine.search(SearchRequest("tax")).hits[0].score is not None
    assert engine.search(SearchRequest("")).hits[0].score is None


def test_a_headline_match_comes_first(opened: Opened) -> None:
    releases = [
        make("body", "Other news", "The ferry sails. " + "Words about other things. " * 4),
        make("head", "Ferry sails", "The boat is new. " + "Words about other things. " * 4),
        *[make(f"x{n}", "Nothing", "Words about other things.") for n in range(5)],
    ]
    hits = opened(releases).search(SearchRequest("ferry")).hits
    assert [hit.release.id for hit in hits] == ["head", "body"]


def test_a_page_beyond_the_end_is_the_last_one_with_a_notice(engine: Engine) -> None:
    results = engine.search(SearchRequest("tax", page=999))
    assert results.page == results.pages
    assert results.hits
    assert "page-beyond-end" in {notice.code for notice in results.notices}
    last = engine.search(SearchRequest("tax", page=results.pages))
    assert last.hits == results.hits
    assert last.notices == ()


def test_sizes_of_a_page(engine: Engine) -> None:
    assert engine.search(SearchRequest("tax", per_page=0)).hits == ()
    assert engine.search(SearchRequest("tax", per_page=0)).total > 0
    large = engine.search(SearchRequest("tax", per_page=MAX_PER_PAGE + 1))
    assert len(large.hits) == large.total
    assert "per-page-cap" in {notice.code for notice in large.notices}


def test_pages_end_at_the_cap() -> None:
    page = page_of(10**9, 10, MAX_PAGED + 1)
    assert page.number == page.pages == MAX_PAGED // 10
    assert page.start + page.size == MAX_PAGED
    assert [notice.code for notice in page.notices] == ["page-cap"]


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
    assert 0 < engine.cached_bytes() <= 4 * ENTRY_BYTES  # type: ignore[attr-defined]


def test_filters_that_cannot_match_say_so(engine: Engine) -> None:
    unknown = engine.search(SearchRequest(agencies=("nobody",)))
    assert unknown.total == 0
    assert unknown.notices[0].code == "agency-filter-unknown"
    assert unknown.notices[0].undo == SearchRequest()
    turned = engine.search(SearchRequest(date_from="2024", date_to="2023"))
    assert turned.total == 0
    assert turned.notices[0].undo == SearchRequest(date_from="2023", date_to="2024")


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
        thread.join(timeout=60)
    assert wrong == []
    assert not any(thread.is_alive() for thread in threads)
    shared.close()


def test_gives_single_releases_by_id_and_alias(opened: Opened) -> None:
    release = make("new id", "Moved", aliases=("old-id", "older-id"), date="2023-06-26")
    engine = opened([release, make("x", "Other")])
    assert engine.release("new id") == release
    assert engine.release("older-id") == release
    assert engine.release("none") is None
    assert engine.first_indexed("old-id") == "2024-05-06T07:08:09Z"
    assert engine.first_indexed("none") is None


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
