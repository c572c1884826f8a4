"""Facets as the contract says: whole, in order, zero-filled, without their own filter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.release import Agency
from search import DateCount, Engine, SearchRequest, open_engine
from search.count.facets import MAX_YEARS, date_rows, value_rows
from search.request import Filters
from tests.search.search_corpus import engine_over, make, write

RELEASES = [
    make("a", "Ferry", "tax", date="2021-03-05", agency="customs"),
    make("b", "Ferry", "", date="2023-06-26", agency="customs"),
    make("c", "Ferry", "tax", date="2023-06-26", agency="health"),
    make("d", "Ferry", "", date="2023-06", agency="health"),
    make("e", "Ferry", "", date="2023", agency="health"),
    make("f", "Ferry", "tax", date=None, agency="one"),
    make("g", "Ferry", "", date="--06-26", agency="one"),
    make("h", "Tram", "", date="2030-01-01", agency="one"),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with engine_over(tmp_path_factory.mktemp("facets") / "index", RELEASES) as opened:
        yield opened


def dates(engine: Engine, **request: object) -> list[tuple[str | None, int, bool]]:
    values = engine.search(SearchRequest("ferry", **request)).facets.date  # type: ignore[arg-type]
    assert all(value.from_ == value.to for value in values)
    return [(value.from_, value.count, value.selected) for value in values]


def test_years_are_in_order_with_the_empty_ones_and_the_undated_last(engine: Engine) -> None:
    assert dates(engine) == [
        ("2021", 1, False), ("2022", 0, False), ("2023", 4, False), (None, 2, False)
    ]  # fmt: skip


def test_a_chosen_year_opens_into_its_months_and_keeps_its_counts(engine: Engine) -> None:
    values = dates(engine, date_from="2023", date_to="2023")
    assert [value[0] for value in values] == [f"2023-{month:02}" for month in range(1, 13)] + [None]
    assert values[5] == ("2023-06", 3, False)
    assert sum(count for _, count, _ in values) == 5


def test_a_chosen_month_opens_into_its_days(engine: Engine) -> None:
    values = dates(engine, date_from="2023-06", date_to="2023-06")
    assert len(values) == 31
    assert [value for value in values if value[1]] == [("2023-06-26", 2, False), (None, 2, False)]


@pytest.mark.parametrize(
    ("request_", "chosen"),
    [
        ({"date_from": "2023-06-26", "date_to": "2023-06-26"}, ["2023-06-26"]),
        ({"date_from": "2023-06", "date_to": "2023-08"}, ["2023-06", "2023-07", "2023-08"]),
        ({"date_from": "2021", "date_to": "2022"}, ["2021", "2022"]),
        ({"date_from": "2022"}, ["2022", "2023"]),
        ({"date_from": "2022-02"}, ["2023"]),
        ({"date_to": "2022"}, ["2021", "2022"]),
        ({"undated": True}, [None]),
        ({"date_from": "2021", "date_to": "2022", "undated": True}, ["2021", "2022", None]),
    ],
)
def test_what_lies_in_the_chosen_span_is_selected(
    engine: Engine, request_: dict[str, object], chosen: list[str | None]
) -> None:
    assert [value[0] for value in dates(engine, **request_) if value[2]] == chosen


def test_a_chosen_span_without_releases_is_listed_at_zero(engine: Engine) -> None:
    values = dates(engine, date_from="2025", date_to="2026")
    assert values[-3:] == [("2025", 0, True), ("2026", 0, True), (None, 2, False)]


def test_the_undated_are_listed_at_zero_when_chosen(engine: Engine) -> None:
    values = engine.search(SearchRequest("tram", undated=True)).facets.date
    assert values[-1] == DateCount(None, None, 0, True)


def test_agencies_come_by_count_then_name_and_the_chosen_ones_at_zero_too(engine: Engine) -> None:
    facet = engine.search(SearchRequest("tax", agencies=("agency-1", "gone"))).facets.agency
    assert [(v.slug, v.name, v.count, v.selected) for v in facet] == [
        ("agency-1", "Agency 1", 1, True),
        ("board-of-health", "Board of Health", 1, False),
        ("harbour-customs", "Harbour Customs", 1, False),
        ("gone", "gone", 0, True),
    ]


def test_each_facet_keeps_to_the_filter_of_the_other(engine: Engine) -> None:
    request = SearchRequest("ferry", agencies=("harbour-customs",), date_from="2023")
    facets = engine.search(request).facets
    assert {value.slug: value.count for value in facets.agency} == {
        "harbour-customs": 1, "board-of-health": 3
    }  # fmt: skip
    assert [(v.from_, v.count) for v in facets.date] == [("2021", 1), ("2022", 0), ("2023", 1)]


def test_dates_in_the_words_are_part_of_the_search_and_not_of_the_facet(engine: Engine) -> None:
    values = engine.search(SearchRequest("ferry date:2023")).facets.date
    assert [(v.from_, v.count, v.selected) for v in values] == [("2023", 4, False)]


def test_years_far_apart_are_not_filled(tmp_path: Path) -> None:
    write(tmp_path / "index", [make("old", "Ferry", date="0001-01-01"), *RELEASES])
    engine = open_engine(tmp_path / "index")
    years = [value.from_ for value in engine.search(SearchRequest()).facets.date]
    assert years == ["0001", "2021", "2023", "2030", None]
    assert int(years[-2] or 0) - int(years[0] or 0) > MAX_YEARS
    engine.close()


def test_a_list_of_as_many_years_as_allowed_is_filled_and_one_more_is_not() -> None:
    first = str(2024 - MAX_YEARS)
    assert len(date_rows({first: 1, "2023": 1}, 0, Filters())) == MAX_YEARS
    assert len(date_rows({str(int(first) - 1): 1, "2023": 1}, 0, Filters())) == 2


def test_an_agency_bears_its_newest_name(tmp_path: Path) -> None:
    old = make("x", "Ferry", date="2020-01-01", agency="one")
    new = make("y", "Ferry", date="2024-01-01")
    renamed = replace(new, agency=Agency("agency-1", "First Agency"))
    write(tmp_path / "index", [renamed, old])
    engine = open_engine(tmp_path / "index")
    assert [v.name for v in engine.search(SearchRequest()).facets.agency] == ["First Agency"]
    engine.close()


@pytest.mark.parametrize("agencies", [(), ("z-slug",)])
def test_agencies_with_the_same_count_come_by_name_and_not_by_slug(
    tmp_path: Path, agencies: tuple[str, ...]
) -> None:
    named = {"z-slug": "Anchor Office", "m-slug": "Zone Office", "a-slug": "Mooring Office"}
    releases = [
        replace(make(slug, "Ferry"), agency=Agency(slug, name)) for slug, name in named.items()
    ]
    write(tmp_path / "index", [*releases, replace(releases[1], id="another")])
    engine = open_engine(tmp_path / "index")
    facet = engine.search(SearchRequest("ferry", agencies=agencies)).facets.agency
    assert [(each.name, each.count) for each in facet] == [
        ("Zone Office", 2), ("Anchor Office", 1), ("Mooring Office", 1)
    ]  # fmt: skip
    engine.close()


def test_agencies_without_matches_come_by_name_then_slug_known_to_the_index_or_not() -> None:
    known = (Agency("b", "Board"), Agency("a", "Zone Office"))
    chosen = ("west", "Board", "a", "north", "b", "Anchor")
    rows = value_rows(known, [0, 3], chosen)
    assert [(row.slug, row.name, row.count) for row in rows] == [
        ("a", "Zone Office", 3),
        ("Anchor", "Anchor", 0),
        ("Board", "Board", 0),
        ("b", "Board", 0),
        ("north", "north", 0),
        ("west", "west", 0),
    ]
    assert all(row.selected for row in rows)
