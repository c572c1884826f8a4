"""What every engine answers alike: each test here is asked of all of them.

`folder` is the engine that users have, `list` looks at every release with plain loops, `opensearch`
asks a cluster of one node. A new engine joins by a line in `ENGINES`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.dates.day_numbers import day_span, is_ahead
from index.dates.partial import PartialDate, days_between
from index.history import History
from index.release import Release
from index.stores.stored_release import stored_release
from index.text.analysis import tokens
from search import DateCount, Engine, SearchRequest, SearchResults, open_engine
from search.paging import MAX_PAGED, MAX_PER_PAGE, page_of
from search.results import without_text
from tests.cluster.one_server import opened_store
from tests.search.engines.list_engine import ListEngine
from tests.search.search_corpus import AGENCIES, CORPUS, WORDS, Opened, make, write

INDEXED = "2024-05-06T07:08:09Z"
"""When `write` says that releases came."""


def in_folder(folder: Path, releases: Sequence[Release]) -> Engine:
    """Over three commits, with releases removed: several segments, and deleted documents."""
    third = len(releases) // 3
    write(folder, [*releases[:third], make("gone-1", "Harbour tax")])
    write(folder, [*releases[third : 2 * third], make("gone-2", "Ferry")], removed=["gone-1"])
    write(folder, releases[2 * third :], removed=["gone-2"])
    return open_engine(folder)


def on_cluster(_: Path, releases: Sequence[Release]) -> Engine:
    """The same on a cluster, whose only node is shared by all tests."""
    store = opened_store()
    third = len(releases) // 3
    for removed, added in (
        ([], [*releases[:third], make("gone-1", "Harbour tax")]),
        (["gone-1"], [*releases[third : 2 * third], make("gone-2", "Ferry")]),
        (["gone-2"], releases[2 * third :]),
    ):
        with store.writing():
            store.apply(removed, [stored_release(each, INDEXED) for each in added])
    return open_engine(str(store.address))


ENGINES: dict[str, Callable[[Path, Sequence[Release]], Engine]] = {
    "folder": in_folder,
    "list": lambda _, releases: ListEngine(releases, INDEXED),
    "opensearch": on_cluster,
}
PARAMS = ["folder", "list", pytest.param("opensearch", marks=pytest.mark.cluster)]


@pytest.fixture(scope="module", params=PARAMS)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """Over `CORPUS`."""
    opened = ENGINES[request.param](tmp_path_factory.mktemp("engine") / "index", CORPUS)
    yield opened
    opened.close()


@pytest.fixture(params=PARAMS)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opened]:
    """Gives an engine over some releases."""
    engines: list[Engine] = []

    def open_over(releases: Sequence[Release]) -> Engine:
        engines.append(ENGINES[request.param](tmp_path / f"index-{len(engines)}", releases))
        return engines[-1]

    yield open_over
    for each in engines:
        each.close()


REQUESTS = st.builds(
    SearchRequest,
    text=st.lists(
        st.tuples(st.sampled_from(("", "", "-")), st.sampled_from(WORDS)).map("".join),
        max_size=3,
        unique_by=lambda word: word.lstrip("-"),
    ).map(" ".join),
    match=st.sampled_from(("all", "any", "strict")),
    agencies=st.lists(st.tuples(
        st.sampled_from(("", "", "-")),
        st.sampled_from([*(a.slug for a in AGENCIES.values()), "nobody"]),
    ).map("".join), max_size=2, unique_by=lambda slug: slug.lstrip("-")).map(tuple),
    date_from=st.sampled_from((None, "2022", "2023-06", "2023-06-26")),
    date_to=st.sampled_from((None, "2022", "2023-06", "2023-06-30", "2023")),
    undated=st.booleans(),
    languages=st.sampled_from(((), ("en",), ("zh",), ("zh-Hans", "en"), ("-zh",), ("-en", "-xx"))),
    sort=st.sampled_from((None, "relevance", "newest", "oldest")),
    per_page=st.integers(1, 50),
    copies=st.booleans(),
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
    return wanted(request.agencies, {release.agency.slug})


def in_languages(release: Release, request: SearchRequest) -> bool:
    tags = {release.language, release.language.split("-")[0]}
    return wanted(request.languages, tags)


def wanted(values: tuple[str, ...], own: set[str]) -> bool:
    """Whether what has these values of a facet is to be found: any, and none behind a minus."""
    asked = {each for each in values if each[0] != "-"}
    return (not asked or bool(asked & own)) and not own & {each[1:] for each in values}


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
    assert engine.facets(request) == results.facets

    for value in results.facets.agency:
        mine = [r for r in matching if r.agency.slug == value.slug and in_dates(r, request)]
        assert value.count == len(mine)
        assert value.selected == (value.slug in request.agencies)
        assert value.excluded == (f"-{value.slug}" in request.agencies)
    listed = {value.slug for value in results.facets.agency}
    assert listed >= {r.agency.slug for r in matching if in_dates(r, request)}
    assert listed >= {slug.lstrip("-") for slug in request.agencies}

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
    request = request.changed(per_page=max(request.per_page, 9))
    pages = engine.search(request).pages
    together = [
        hit.release.id
        for page in range(1, pages + 1)
        for hit in engine.search(request.changed(page=page)).hits
    ]
    assert together == [hit.release.id for hit in engine.every_hit(request, loosened=True)]


@given(REQUESTS)
def test_without_texts_hits_are_the_same_but_for_their_bodies(
    engine: Engine, request: SearchRequest
) -> None:
    whole = engine.every_hit(request, snippets=False)
    assert list(engine.every_hit(request, snippets=False, texts=False)) == [
        without_text(hit) for hit in whole
    ]


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
@example(text="AA0", match="all")  # may be three words: A A 0
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


def test_filters_that_cannot_match_say_so(engine: Engine) -> None:
    unknown = engine.search(SearchRequest(agencies=("nobody",)))
    assert unknown.total == 0
    assert unknown.notices[0].code == "agency-filter-unknown"
    assert unknown.notices[0].undo == SearchRequest()
    turned = engine.search(SearchRequest(date_from="2024", date_to="2023"))
    assert turned.total == 0
    assert turned.notices[0].undo == SearchRequest(date_from="2023", date_to="2024")


def test_gives_single_releases_by_id_and_alias(opened: Opened) -> None:
    release = make("new id", "Moved", aliases=("old-id", "older-id"), date="2023-06-26")
    engine = opened([release, make("x", "Other")])
    assert engine.release("new id") == release
    assert engine.release("older-id") == release
    for none in ("none", "", "\udcff", "new id\ud800", "\x00"):
        assert engine.release(none) is None
    assert engine.history("old-id") == History("2024-05-06T07:08:09Z")
    assert engine.history("none") is None


@given(REQUESTS, st.sampled_from(("month", "year")))
def test_the_timeline_is_counted_by_a_plain_loop_and_has_no_gaps(
    engine: Engine, request: SearchRequest, unit: str
) -> None:
    size = 7 if unit == "month" else 4
    dates = [hit.release.date or "" for hit in engine.every_hit(request)]
    placed = [date[:size] for date in dates if len(date) >= size and not date.startswith("--")]
    timeline = engine.timeline(request, unit)
    assert {date: count for date, count in timeline if count} == {
        date: placed.count(date) for date in placed
    }
    for (date, _), (following, _) in pairwise(timeline):
        assert PartialDate.from_iso(date).neighbour(1) == PartialDate.from_iso(following)


@settings(max_examples=30)  # each looks at every release
@given(REQUESTS, st.integers(0, 4))
def test_who_was_first_is_found_by_a_plain_loop(
    engine: Engine, request: SearchRequest, size: int
) -> None:
    found = engine.first_uses(request, size)
    oldest = request.changed(sort="oldest", copies=True)
    every = [hit.release for hit in engine.every_hit(oldest)]
    dated = [each for each in every if len(each.date or "--") == 10 and not is_ahead(each.date)]
    firsts = [
        each
        for place, each in enumerate(dated)
        if each.agency not in [earlier.agency for earlier in dated[:place]]
    ]
    assert (found.total, found.undated) == (len(dated), len(every) - len(dated))
    assert found.firsts == tuple(firsts[:size])
    assert found.agencies == len(firsts)
    assert found.last == (dated[-1] if dated else None)


@settings(max_examples=30)  # each looks at every release
@given(
    REQUESTS, st.dates(datetime.date(2020, 1, 1), datetime.date(2024, 12, 31)), st.integers(1, 400)
)
def test_what_a_search_brings_lately_is_counted_by_a_plain_loop(
    engine: Engine, request: SearchRequest, until: datetime.date, days: int
) -> None:
    recent = engine.recent(request, until, days)
    every = list(engine.every_hit(request.changed(sort="newest", copies=True)))
    named = [(until - datetime.timedelta(days=back)).isoformat() for back in range(days)][::-1]
    assert recent.days == tuple([each.release.date for each in every].count(day) for day in named)
    assert recent.total == len(every)
    newest = next(engine.every_hit(request.changed(sort="newest"), size=1), None)
    assert (recent.newest and recent.newest.release) == (newest and newest.release)
    assert recent.new == engine.search(request).new


def test_another_unit_of_time_is_refused(engine: Engine) -> None:
    with pytest.raises(ValueError, match="unit is 'week'; it can be month or year"):
        engine.timeline(SearchRequest(), "week")


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("habour", "harbour"),
        ("Habour tax", "Harbour tax"),
        ("hrabour OR fery", "harbour OR ferry"),
        ("-habour", None),
        ("HABOUR", None),
        ("zzyzx", None),
    ],
)
def test_another_spelling_is_offered_where_it_finds_more(
    engine: Engine, typed: str, suggested: str | None
) -> None:
    assert engine.search(SearchRequest(typed)).did_you_mean == suggested


def test_words_are_completed_the_most_frequent_first(engine: Engine) -> None:
    held = {word: engine.count(SearchRequest(f"={word}")) for word in ("flood", "ferry")}
    assert len(set(held.values())) == 2, "no tie, or this shows nothing"
    assert engine.complete("tax f") == tuple(
        f"tax {word}" for word in sorted(held, key=held.__getitem__, reverse=True)
    )


def test_what_is_new_came_after_the_time_given(engine: Engine) -> None:
    request = SearchRequest("ferry")
    total = engine.count(request)
    for seen, new in ((None, None), ("2024-05-05", total), ("2024-05-06", 0)):
        assert engine.search(request.changed(seen=seen)).new == new


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("tax OR coin", "read-or"),
        ("date:2022 tax", "read-date"),
        ("date:2006-02-31 tax", "date-unreadable"),
        ("(tax", "bracket-unmatched"),
        ("agency:nobody", "agency-unknown"),
    ],
)
def test_how_words_were_read_is_said(engine: Engine, typed: str, code: str) -> None:
    assert code in {notice.code for notice in engine.search(SearchRequest(typed)).notices}


@pytest.fixture(scope="module")
def side_by_side(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Engine]]:
    """All engines over the releases of one commit, whose statistics have nothing deleted in them."""
    folder: Path = tmp_path_factory.mktemp("engines") / "index"
    write(folder, CORPUS)
    engines = {"folder": open_engine(folder), "list": ListEngine(CORPUS, INDEXED)}
    yield engines
    for each in engines.values():
        each.close()


QUERIES = st.one_of(
    REQUESTS.map(lambda request: request.text),
    st.sampled_from(
        ['"tax ferry"', '"tax coin"~3', "fer*", "ferri~1 tax", "=tax", "habour", "tax OR -coin",
         "agency:health tax", "date:2022 tax", 'date:"June 2023"', "language:zh ferry", "(coin",
         "zebra", "tax zebra", "harbour tax flood ferry school market coin light",
         "-tax (coin AND ferry zebra) flood light", '"coin school light" market', "tax -tax",
         "headline:(tax coin ferry market) agency:health", "tax-coin-zebra", "ferry OR coin zebra"]
    ),
)  # fmt: skip


@given(REQUESTS, QUERIES)
def test_all_engines_give_the_same_answer(
    side_by_side: dict[str, Engine], request: SearchRequest, text: str
) -> None:
    asked = request.changed(text=text)
    first, *others = (summary(each.search(asked)) for each in side_by_side.values())
    assert all(other == first for other in others)
    whole = [
        [hit.release.id for hit in each.every_hit(asked, snippets=False)]
        for each in side_by_side.values()
    ]
    assert all(ids == whole[0] for ids in whole)


def summary(results: SearchResults) -> tuple[object, ...]:
    """All of an answer but its marks and its time; scores to nine places."""
    hits = [
        (
            hit.release.id,
            hit.score and round(hit.score, 9),
            hit.lacks,
            [each.id for each in hit.copies],
            hit.copies_total,
        )
        for hit in results.hits
    ]
    return (
        results.total, results.page, results.pages, hits, results.facets, results.notices,
        results.did_you_mean, results.new, results.loosened_total, results.offers,
        results.folded,
    )  # fmt: skip


def test_releases_alike_share_rare_words_and_the_language(opened: Opened) -> None:
    releases = [
        make("it", "Lantern of the lighthouse", "The lens turns."),
        make("near", "Lighthouse lantern", "A new lens."),
        make("far", "Market day", "The lens of a stall."),
        make("other", "Lantern of the lighthouse", "The lens turns.", language="de"),
        *[make(f"x{n}", "The news of a day", "A day of the year.") for n in range(20)],
    ]
    engine = opened(releases)
    assert [each.id for each in engine.similar("it")] == ["near", "far"]
    assert [each.id for each in engine.similar("it", limit=1)] == ["near"]
    assert engine.similar("nobody") == ()


def test_each_agency_has_its_first_and_last_day(opened: Opened) -> None:
    engine = opened(
        [
            make("one", "Ferry", date="2022-03", agency="customs"),
            make("two", "Ferry", date="2021-05-06", agency="customs"),
            make("three", "Ferry", date=None, agency="customs"),
            make("four", "Ferry", date=None, agency="one"),
            make("five", "Ferry", date="2023-01-02", agency="health"),
        ]
    )
    assert engine.coverage().agency_dates == {
        "harbour-customs": ("2021-05-06", "2022-03-31"),
        "board-of-health": ("2023-01-02", "2023-01-02"),
    }
