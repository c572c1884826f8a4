"""Facets of an index's own columns: counts, filters and queries equal to a plain count."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import DatelineError
from index.facet_table import MAX_VALUE, RESERVED, Facet, facet_of_column, values_of
from index.release import Agency, Column, Release, slugify
from index.stores.folder import FolderStore, open_index
from index.stores.repair import change_facets, repair
from index.stores.stored_release import stored_release
from search import Engine, SearchRequest, open_engine
from search.query.lexer import FIELDS
from webapp.site.search_addresses import SEARCH_NAMES

TOPIC, PLACE = facet_of_column("topic", "Topics"), facet_of_column("place")
TOPICS = ("Harbours", "Ferries & piers", "Roads, rail", "橋樑", "Tolls")
AGENCIES = tuple(Agency(slugify(name), name) for name in ("Harbour Office", "Water Board"))


def release(number: int) -> Release:
    rng = random.Random(number)  # noqa: S311
    topics = tuple(rng.sample(TOPICS, rng.choice((0, 1, 1, 2, 4))))
    return Release(
        id=f"r{number}",
        headline=f"Notice {number}",
        body=f"{rng.choice(('pier', 'road'))} {rng.choice(('north', 'south'))} of number {number}",
        date=f"202{number % 3}-01-0{1 + number % 9}",
        date_precision="day",
        agency=AGENCIES[number % 2],
        language="en",
        extra=(Column("topics", topics), Column("place", (f"P{number % 4}; P9",)))
        if topics
        else (),
    )


RELEASES = [release(number) for number in range(120)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of two commits, with releases that were removed."""
    path = tmp_path_factory.mktemp("facets") / "index"
    store = FolderStore(path, facets=(TOPIC, PLACE))
    with store.writing():
        store.apply((), [stored_release(each, "2024") for each in RELEASES[:70]])
    with store.writing():
        gone = [release(number) for number in range(500, 510)]
        store.apply((), [stored_release(each, "2024") for each in [*RELEASES[70:], *gone]])
    with store.writing():
        store.apply({f"r{number}" for number in range(500, 510)}, [])
    return path


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterable[Engine]:
    opened = open_engine(folder)
    yield opened
    opened.close()


def topics_of(each: Release) -> tuple[str, ...]:
    return values_of(TOPIC, dict(each.extra))


def plainly(
    word: str, topics: tuple[str, ...], agencies: tuple[str, ...], year: str | None
) -> list[Release]:
    return [
        each
        for each in RELEASES
        if word in each.body
        and has_wanted({slugify(topic) for topic in topics_of(each)}, topics)
        and (not agencies or each.agency.slug in agencies)
        and (year is None or (each.date or "").startswith(year))
    ]


def has_wanted(own: set[str], asked: tuple[str, ...]) -> bool:
    wanted = {each for each in asked if each[0] != "-"}
    return (not wanted or bool(own & wanted)) and not own & {each[1:] for each in asked}


@settings(max_examples=60)
@given(
    st.sampled_from(("", "pier", "north")),
    st.lists(
        st.tuples(st.sampled_from(("", "", "-")), st.sampled_from([*map(slugify, TOPICS)])),
        max_size=3,
        unique_by=lambda pair: pair[1],
    ),
    st.sampled_from(((), (AGENCIES[0].slug,))),
    st.sampled_from((None, "2021")),
)
def test_counts_and_hits_are_those_of_a_plain_count(
    engine: Engine,
    word: str,
    topics: list[tuple[str, str]],
    agencies: tuple[str, ...],
    year: str | None,
) -> None:
    chosen = tuple(map("".join, topics))
    request = SearchRequest(
        word, agencies=agencies, facets={"topic": chosen}, date_from=year, date_to=year,
        per_page=200, copies=True,
    )  # fmt: skip
    found = engine.search(request)
    expected = plainly(word, chosen, agencies, year)
    assert {hit.release.id for hit in found.hits} == {each.id for each in expected}
    counted = {each.name: each.count for each in found.facets["topic"] if each.count}
    others = plainly(word, (), agencies, year)
    assert counted == Counter(topic for each in others for topic in topics_of(each))
    assert {each.slug for each in found.facets["topic"] if each.selected} == {
        slug for sign, slug in topics if not sign
    }
    assert {each.slug for each in found.facets["topic"] if each.excluded} == {
        slug for sign, slug in topics if sign
    }
    by_agency = Counter(each.agency.name for each in plainly(word, chosen, (), year))
    assert {each.name: each.count for each in found.facets.agency if each.count} == by_agency
    places = Counter(place for each in expected for place in values_of(PLACE, dict(each.extra)))
    assert {each.name: each.count for each in found.facets["place"]} == places
    wanted = " OR ".join(f"topic:{slug}" for sign, slug in topics if not sign)
    unwanted = [f"-topic:{slug}" for sign, slug in topics if sign]
    typed = " ".join([word, f"({wanted})" if wanted else "", *unwanted])
    if topics:
        by_query = SearchRequest(typed, agencies=agencies, date_from=year, date_to=year)
        assert engine.count(by_query) == len(expected)


@pytest.mark.parametrize("typed", ["Ferries", "ferries-piers", '"Ferries & piers"', "FERRIES"])
def test_a_value_is_named_in_a_query_by_slug_name_or_words(engine: Engine, typed: str) -> None:
    found = engine.search(SearchRequest(f"topic:{typed}", copies=True))
    assert found.total == len(plainly("", ("ferries-piers",), (), None))
    assert [each.code for each in found.notices if "facet" in each.code] == ["read-facet"]


def test_unknown_values_and_facets_find_nothing_and_say_so(engine: Engine) -> None:
    codes = []
    for request in (
        SearchRequest("topic:nonsense"),
        SearchRequest(facets={"topic": ("nonsense",)}),
        SearchRequest(facets={"colour": ("red",)}),
    ):
        found = engine.search(request)
        assert found.total == 0
        codes.append([each.code for each in found.notices if "facet" in each.code])
    assert codes == [["facet-unknown"], ["facet-filter-unknown"], ["facet-filter-unknown"]]


def test_requests_with_the_same_facets_are_equal_however_they_are_given() -> None:
    one = SearchRequest(facets={"topic": ("b", "a", "a"), "place": ()})
    assert one == SearchRequest(facets=(("topic", ("a", "b")),))
    assert hash(one) == hash(one.changed())
    assert one.chosen("topic") == ("a", "b")
    assert one.changed(**one.choosing("topic", ())) == SearchRequest(facets={}) == SearchRequest()
    with pytest.raises(ValueError, match="agencies"):
        SearchRequest(facets={"agency": ("x",)})


def test_coverage_lists_the_values(engine: Engine) -> None:
    counts = Counter(topic for each in RELEASES for topic in topics_of(each))
    assert {value.name: count for value, count in engine.coverage().facets["topic"]} == counts


def test_an_index_is_given_a_facet_later_and_keeps_it(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    store = FolderStore(folder)
    with store.writing():
        store.apply((), [stored_release(each, "2024") for each in RELEASES])
    size = sum(path.stat().st_size for path in folder.glob("*.columns"))
    assert open_engine(folder).search(SearchRequest()).facets.others == {}
    assert change_facets(folder, (TOPIC,))
    assert not change_facets(folder, (TOPIC,))
    grown = sum(path.stat().st_size for path in folder.glob("*.columns"))
    assert size < grown < size + 4 * len(RELEASES) + 1_500
    assert repair(folder).kept == len(RELEASES)
    engine = open_engine(folder)
    assert open_index(folder).record().facets == (TOPIC,)
    found = engine.search(SearchRequest(facets={"topic": ("tolls",)}, copies=True))
    assert found.total == len(plainly("", ("tolls",), (), None))


def test_a_facet_is_taken_away_and_comes_back(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    store = FolderStore(folder, facets=(TOPIC, PLACE))
    with store.writing():
        store.apply((), [stored_release(each, "2024") for each in RELEASES])
    request = SearchRequest(facets={"topic": ("tolls",)}, copies=True)
    before = open_engine(folder).search(request)
    assert change_facets(folder, (), ("topic",))
    without = open_engine(folder).search(SearchRequest())
    assert list(without.facets.others) == ["place"]
    assert without.total == len(RELEASES)
    with pytest.raises(DatelineError, match=r"no facet 'topic' to take away; it has: place\."):
        change_facets(folder, (), ("topic",))
    assert change_facets(folder, (TOPIC,), ("place",))
    again = open_engine(folder).search(request)
    assert (again.total, again.facets.others["topic"]) == (
        before.total,
        before.facets.others["topic"],
    )
    assert open_index(folder).record().facets == (TOPIC,)


@pytest.mark.parametrize("name", ["", "!", "1st", "q", "Agency", "per page", "x" * 31])
def test_names_that_mean_something_else_are_no_facets(name: str) -> None:
    with pytest.raises(DatelineError, match="--facet NAME="):
        facet_of_column(name)


def test_no_name_of_addresses_and_queries_can_be_a_facet() -> None:
    assert {*SEARCH_NAMES, *FIELDS} <= RESERVED | {"per_page"}
    assert facet_of_column("Thema des Tages") == Facet(
        "thema-des-tages", "facet_thema-des-tages", "Thema des Tages"
    )


@given(st.lists(st.text(alphabet="ab;|,\n Ä橋-", max_size=12), max_size=4))
def test_values_are_parted_trimmed_and_each_once(values: list[str]) -> None:
    found = values_of(TOPIC, {"TOPICS": values, "other": ["x"]})
    slugs = [slugify(each) for each in found]
    assert len(slugs) == len({*slugs})
    for each in found:
        assert each == each.strip() != ""
        assert not {*each} & {*";|\n"}
    assert values_of(TOPIC, {"topics": ["z" * (MAX_VALUE + 1)]}) == ()
