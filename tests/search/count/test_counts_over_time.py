"""Counts over time agree with counting one period at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.release import Release
from index.stores.folder import FolderStore
from index.stores.stored_release import stored_release
from search import Engine, SearchRequest, open_engine
from search.count.timeline import UNITS, dates_between
from tests.search.search_corpus import make, write

DATES = ["2021-11-30", "2021-11", "2022-02-01", "2022-02-28", "2022", "--02-03", None, "2024-01-09"]
PRECISIONS = {None: "none", 4: "year", 7: "month", 8: "month-day", 10: "day"}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("timeline") / "index"
    store = FolderStore(folder)
    releases = [
        Release(
            id=f"r{number}",
            headline="Ferry",
            body="even" if number % 2 else "odd",
            date=date,
            date_precision=PRECISIONS[date and len(date)],
            language="en",
        )
        for number, date in enumerate(DATES * 3)
    ]
    with store.writing():
        store.apply((), [stored_release(each, "2024-06-01T08:00:00Z") for each in releases])
    return open_engine(folder)


def test_months_are_whole_and_without_gaps(engine: Engine) -> None:
    months = engine.timeline(SearchRequest(text="ferry"))
    assert [month for month, _ in months][:4] == ["2021-11", "2021-12", "2022-01", "2022-02"]
    assert len(months) == 27
    assert {month: count for month, count in months if count} == {
        "2021-11": 6,
        "2022-02": 6,
        "2024-01": 3,
    }


def test_years_hold_what_is_known_to_the_year_only(engine: Engine) -> None:
    assert engine.timeline(SearchRequest(), "year") == (
        ("2021", 6),
        ("2022", 9),
        ("2023", 0),
        ("2024", 3),
    )


@pytest.mark.parametrize("unit", UNITS)
def test_every_number_is_the_total_of_the_search_within_it(engine: Engine, unit: str) -> None:
    for text in ("", "even", "ferry -odd"):
        for date_from, date_to in ((None, None), ("2022-02-10", None), ("2021", "2022-02")):
            request = SearchRequest(text=text, date_from=date_from, date_to=date_to)
            for period, count in engine.timeline(request, unit):
                end = min(period, date_to or "9", key=lambda date: date + "-99")
                within = request.changed(date_from=max(period, date_from or ""), date_to=end)
                assert engine.count(within) == count, (request, period)


def test_nothing_found_has_no_timeline(engine: Engine) -> None:
    assert engine.timeline(SearchRequest(text="zeppelin")) == ()
    assert engine.timeline(SearchRequest(undated=True), "year") == ()


@given(st.text(max_size=8).filter(lambda unit: unit not in UNITS))
def test_other_units_are_refused(engine: Engine, unit: str) -> None:
    with pytest.raises(ValueError, match="month or year"):
        engine.timeline(SearchRequest(), unit)


@pytest.mark.parametrize("unit", UNITS)
def test_what_the_page_before_found_is_not_taken_for_other_filters(
    tmp_path: Path, unit: str
) -> None:
    """The engine keeps the matches of the latest search for the timeline that follows it."""
    releases = [
        make("en", "Ferry 海港", date="2021-03-05", agency="customs"),
        make("zh", "Ferry 海港", date="2022-03-05", agency="customs", language="zh-Hant"),
        make("other", "Ferry 海港", date="2023-03-05", agency="health"),
    ]
    write(tmp_path / "index", releases)
    kinds = [
        {},
        {"languages": ("en",)},
        {"languages": ("zh-Hant",)},
        {"languages": ("en", "zh-Hant")},
        {"agencies": ("harbour-customs",)},
        {"agencies": ("board-of-health",), "languages": ("en",)},
    ]
    years = {"en": "2021", "zh": "2022", "other": "2023"}
    engine = open_engine(tmp_path / "index")
    for before in kinds:
        for after in kinds:
            engine.search(SearchRequest("ferry", date_from="2021", **before))
            request = SearchRequest("ferry", **after)
            expected = {years[hit.release.id] for hit in engine.every_hit(request)}
            engine.search(SearchRequest("ferry", date_from="2021", **before))
            found = {period[:4] for period, count in engine.timeline(request, unit) if count}
            assert found == expected, (before, after)
    engine.close()


@pytest.mark.parametrize(
    ("first", "last", "dates"),
    [
        ("2021-11", "2022-02", ["2021-11", "2021-12", "2022-01", "2022-02"]),
        ("2021-09", "2021-12", ["2021-09", "2021-10", "2021-11", "2021-12"]),
        ("2021-10", "2021-10", ["2021-10"]),
        ("0999", "1001", ["0999", "1000", "1001"]),
    ],
)
def test_dates_from_one_to_another_hold_both(first: str, last: str, dates: list[str]) -> None:
    assert dates_between(first, last) == dates
