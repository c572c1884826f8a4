"""The compiled loops of matching against their plain form: equal to the last bit, in every mode."""

# ruff: noqa: S311, random documents are no secrets
from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from whoosh.query import Phrase

from index.codec import DatelineCodec, packing
from index.codec.inverted_index import FREQUENCY_SHIFT
from index.dates.partial import PartialDate
from index.kernel import Loop, loop, switched_off
from index.release import Agency
from search import SearchRequest
from search.count import counts
from search.count.value_counts import counts_by_value
from search.match import filters
from search.match.bm25 import Scorer, norms, saturated
from search.match.cache import postings_cache
from search.match.doc_sets import Matches, add_scores, difference, intersection, union
from search.match.doc_values import DocValues
from search.match.evaluate import evaluate
from search.match.top_k import first_in_order, highest
from search.query.vocabulary import edit_distance
from tests.search.match.test_against_whoosh import random_documents, random_query, searcher

pytestmark = pytest.mark.skipif(loop("unite") is None, reason="no compiled loops")

DOCUMENTS = 9_000
"""More than two stretches of the kernel's unions."""
NUMBERS = st.one_of(st.integers(0, 70), st.integers(0, DOCUMENTS - 1))
IDS = st.sets(NUMBERS, max_size=80).map(lambda ids: np.array(sorted(ids), np.uint32))
SCORES = st.floats(0, 100, allow_subnormal=False)


DENSE_IDS = st.sets(st.integers(0, 70), min_size=40).map(
    lambda ids: np.array(sorted(ids), np.uint32)
)


def compiled_loop(name: str) -> Loop:
    found = loop(name)
    assert found is not None
    return found


@contextlib.contextmanager
def plain() -> Iterator[None]:
    """Nothing compiled, and nothing from the cache that a compiled loop put there."""
    postings_cache.clear()
    with switched_off():
        yield
    postings_cache.clear()


@st.composite
def matches(draw: st.DrawFn) -> list[Matches]:
    parts = draw(st.lists(IDS | DENSE_IDS, min_size=1, max_size=7))
    return [
        Matches(ids, np.array(draw(st.lists(SCORES, min_size=len(ids), max_size=len(ids)))))
        for ids in parts
    ]


def equal(one: Matches, other: Matches) -> bool:
    assert (one.scores is None) == (other.scores is None)
    if one.scores is not None and other.scores is not None:
        assert one.scores.tolist() == other.scores.tolist()
    return one.doc_ids.tolist() == other.doc_ids.tolist()


@pytest.mark.parametrize("seed", range(6))
def test_queries_over_random_segments(seed: int) -> None:
    """Frequencies of over 255 and rows of frequent terms are among what is evaluated."""
    rng = random.Random(seed)
    parts = [list(random_documents(rng, rng.choice([40, 400]))) for _ in range(rng.randint(1, 2))]
    parts[0] += [{"body": "aa " * 300 + "ba ca"}, {"body": "ca aa"}] if seed % 2 else []
    ours = searcher(DatelineCodec(), parts, rng.sample(range(40), rng.choice([0, 9])))
    for _ in range(80):
        query, scored = random_query(rng, 2, top=True), rng.random() < 0.8
        by_loops = evaluate(ours, query, scored=scored)
        with plain():
            assert equal(by_loops, evaluate(ours, query, scored=scored)), query


@settings(max_examples=200, deadline=None)
@given(matches(), st.booleans(), st.sampled_from([1.0, 0.7]), st.sampled_from([0.0, 1.2]))
def test_unions_intersections_and_differences(
    parts: list[Matches], scored: bool, boost: float, k1: float
) -> None:
    first, *others = parts if scored else [Matches(part.doc_ids, None) for part in parts]

    def combined() -> list[Matches]:
        return [
            union(parts, DOCUMENTS, boost, k1, scored=scored),
            intersection(first, others, DOCUMENTS, boost, k1),
            difference(first, others, DOCUMENTS),
            add_scores(first, others, DOCUMENTS, boost, k1),
        ]

    by_loops = combined()
    with plain():
        assert all(map(equal, by_loops, combined()))
    held = (
        set(others[0].doc_ids.tolist()).union(*(each.doc_ids.tolist() for each in others[1:]))
        if others
        else set()
    )
    assert by_loops[0].doc_ids.tolist() == sorted(held | set(first.doc_ids.tolist()))
    assert by_loops[1].doc_ids.tolist() == [each for each in first.doc_ids.tolist() if each in held]
    assert by_loops[2].doc_ids.tolist() == [
        each for each in first.doc_ids.tolist() if each not in held
    ]


@pytest.mark.parametrize("size", [8, DOCUMENTS])
def test_scores_are_added_from_left_to_right(size: int) -> None:
    """In both forms."""
    values = [0.1, 0.2, 0.3]
    parts = [Matches(np.array([3], np.uint32), np.array([value])) for value in values]
    wanted = 0.0
    for value in values:
        wanted += value
    assert wanted != values[0] + sum(values[1:]), "a case in which the order matters"
    assert union(parts, size, scored=True).scores == [wanted]
    with plain():
        assert union(parts, size, scored=True).scores == [wanted]


@settings(max_examples=200, deadline=None)
@given(IDS | DENSE_IDS, st.integers(1, 70_000), st.sampled_from([0.0, 0.4, 3.0]), st.data())
def test_bm25_is_one_formula(
    ids: NDArray[np.uint32], most: int, k1: float, data: st.DataObject
) -> None:
    """The compiled one, over postings and over rows, is the one of `search.match.bm25`."""
    rng = random.Random(data.draw(st.integers(0, 99)))
    frequencies = np.array(
        [rng.randint(1, most) for _ in ids], np.uint8 if most < 256 else np.uint32
    )
    codes = np.array([rng.randrange(256) for _ in range(DOCUMENTS)], np.uint8)
    scorer = Scorer(norms(210.5), codes)
    expected = saturated(scorer.counted(ids, frequencies * np.float64(1.3)), k1, 0.7)
    row = np.zeros(DOCUMENTS, np.uint8)
    row[ids] = frequencies & 255
    numbers = (codes, scorer.norms, 1.3, 0.7, k1)
    term = (ids, frequencies, None, *numbers)
    room, scores = np.empty(len(ids), np.uint32), np.empty(len(ids))
    assert compiled_loop("unite")([term], DOCUMENTS, 1.0, 0.0, room, scores) == len(ids)
    assert scores.tolist() == expected.tolist()
    every = np.arange(DOCUMENTS, dtype=np.uint32)
    for rows in (None, row) if most < 256 else (None,):
        term = (ids, frequencies, rows, *numbers)
        room, scores = np.empty(DOCUMENTS, np.uint32), np.empty(DOCUMENTS)
        found = (every, np.zeros(DOCUMENTS))
        size = compiled_loop("intersect")(found, [term], DOCUMENTS, 1.0, 0.0, 1, room, scores)
        assert room[:size].tolist() == ids.tolist()
        assert scores[:size].tolist() == expected.tolist()


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from("abcd"), max_size=12), min_size=1, max_size=40),
    st.lists(st.sampled_from("abcd"), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(1, 3), st.integers(1, 4)), min_size=3, max_size=3),
    st.booleans(),
    st.sampled_from([np.uint16, np.uint32]),
    st.sampled_from([np.uint8, np.uint32]),
    st.integers(0, 20),
    st.none() | st.sets(st.integers(0, 60), max_size=30),
)
def test_phrases_are_those_of_a_look_at_every_document(
    texts: list[list[str]],
    phrase: list[str],
    gaps: list[tuple[int, int]],
    rows: bool,
    width: type[Any],
    wide: type[Any],
    empty: int,
    some: set[int] | None,
) -> None:
    """In every mode: positions and frequencies of either size, rows or none, of some documents."""
    texts += [[]] * (empty * len(texts))
    distinct = sorted(set(phrase), key=lambda word: sum(word in text for text in texts))
    terms, positions = [], []
    for word in distinct:
        row = np.array([text.count(word) for text in texts], np.uint8)
        ids = np.flatnonzero(row).astype(np.uint32)
        numbers = (None, None, 1.0, 1.0, 0.0)
        by_row = row if rows and wide is np.uint8 else None
        terms.append((ids, row[ids].astype(wide), by_row, *numbers))
        at = [place for text in texts for place, each in enumerate(text) if each == word]
        positions.append(np.array(at, width))
    within = None if some is None else np.array(sorted(some), np.uint32) % len(texts)
    within = None if within is None else np.unique(within)
    room = np.empty(len(terms[0][0] if within is None else within), np.uint32)
    size = compiled_loop("match_phrase")(
        terms,
        [each.view(np.uint8) for each in positions],
        [width().itemsize for _ in positions],
        [distinct.index(word) for word in phrase],
        np.array(gaps[: len(phrase) - 1], np.uint32).ravel(),
        len(texts),
        within,
        room,
    )
    assert room[:size].tolist() == [
        at
        for at, text in enumerate(texts)
        if holds(text, phrase, gaps) and (within is None or at in within)
    ]


@pytest.mark.parametrize("others", [1, 40])
def test_phrases_behind_documents_that_hold_a_word_often(others: int) -> None:
    """What lies before a document is counted eight frequencies, of up to 255, at a time."""
    often = [{"body": "aa " * 250}] * 40
    few = [{"body": "aa ca ba"}, {"body": "ca aa ba"}] * others
    ours = searcher(DatelineCodec(), [[*often, *few]], [])
    phrase = Phrase("body", ["aa", "ba"])
    by_loops = evaluate(ours, phrase, scored=True)
    assert by_loops.doc_ids.tolist() == list(range(41, 40 + 2 * others, 2))
    with plain():
        assert equal(by_loops, evaluate(ours, phrase, scored=True))


def holds(text: list[str], phrase: list[str], gaps: list[tuple[int, int]]) -> bool:
    """Whether each word comes as far after the one before as its gap says."""
    reached = {at for at, word in enumerate(text) if word == phrase[0]}
    for wanted, (least, most) in zip(phrase[1:], gaps, strict=False):
        places = {at for at, word in enumerate(text) if word == wanted}
        reached = {at for at in places if any(least <= at - before <= most for before in reached)}
    return bool(reached)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(NUMBERS, st.integers(0, 3)), unique_by=lambda pair: pair[0]), st.data())
def test_the_first_of_an_order(pairs: list[tuple[int, int]], data: st.DataObject) -> None:
    pairs.sort()
    ids = np.array([number for number, _ in pairs], np.uint32)
    scores = np.array([score for _, score in pairs], np.float64)
    order = data.draw(st.sampled_from(["relevance", "newest", "oldest"]))
    stop = data.draw(st.integers(0, len(ids) + 1))
    values = random_doc_values(random.Random(len(ids)))
    ranks = values.order("oldest" if order == "oldest" else "newest").places
    weight = scores if order == "relevance" else np.zeros(len(ids))
    expected = sorted(range(len(ids)), key=lambda at: (-weight[at], ranks[ids[at]]))
    assert first_in_order(values, order, ids, scores, stop).tolist() == expected[:stop]


@given(st.integers(1, 30), st.integers(0, 3_000), st.integers(1, 500), st.integers(0, 99))
def test_the_highest_of_many(count: int, more: int, different: int, seed: int) -> None:
    """Also of so many that a few of them are looked at first."""
    values = np.random.default_rng(seed).integers(0, different, count + more).astype(np.float64)
    lowest = sorted(values, reverse=True)[count - 1]
    assert highest(values, count).tolist() == np.flatnonzero(values >= lowest).tolist()


@settings(max_examples=200, deadline=None)
@given(matches(), st.sets(st.sampled_from("abcx")), st.booleans(), st.booleans(), st.data())
def test_filters_and_counts(
    parts: list[Matches], agencies: set[str], dated: bool, undated: bool, data: st.DataObject
) -> None:
    months = st.sampled_from(["2019", "2020-02", "2020-03-05", "2021"])
    request = SearchRequest(
        "a",
        agencies=tuple(agencies),
        date_from=data.draw(months) if dated else None,
        date_to=data.draw(months) if dated else None,
        undated=undated,
    )
    values = random_doc_values(random.Random(1))
    by_loop = list(selected(values, request, parts[0]))
    with plain():
        by_plain = list(selected(values, request, parts[0]))
    assert by_loop == by_plain


@given(IDS, st.integers(1, 9))
def test_values_are_counted_as_in_the_plain_form(doc_ids: Any, size: int) -> None:
    column = (np.arange(DOCUMENTS) // 3 * 7919 % size).astype(np.int32)
    by_loop = counts_by_value(doc_ids, column, size).tolist()
    with plain():
        assert counts_by_value(doc_ids, column, size).tolist() == by_loop
    of_each = [column[doc_ids].tolist().count(value) for value in range(size)]
    assert by_loop == of_each


@pytest.mark.parametrize(("doc_id", "value"), [(1, 2), (1, -1), (2, 1)])
def test_a_value_or_a_document_that_there_is_not_is_an_error(doc_id: int, value: int) -> None:
    with pytest.raises(ValueError, match="that there is not"):
        counts_by_value(np.array([doc_id], np.uint32), np.array([0, value], np.int32), 2)


@pytest.mark.parametrize("agencies", [(), ("a",), ("a", "c"), ("x",)])
@pytest.mark.parametrize("date_from", [None, "2020-02-03"])
@pytest.mark.parametrize("undated", [False, True])
@pytest.mark.parametrize("missing", [0, 1])
def test_all_documents_are_filtered_and_counted_as_some_are(
    agencies: tuple[str, ...], date_from: str | None, undated: bool, missing: int
) -> None:
    values = random_doc_values(random.Random(2))
    ids = np.arange(DOCUMENTS - missing, dtype=np.uint32)
    request = SearchRequest("a", agencies=agencies, date_from=date_from, undated=undated)
    chosen = filters.filtered(values, request.filters, Matches(ids, ids.astype(np.float64)))
    first_day = values.first_day.tolist()
    named = [values.agencies[place].slug for place in values.agency.tolist()]

    def passes(number: int) -> bool:
        day = first_day[number]
        unfiltered = date_from is None and not undated
        dated = date_from is not None and day >= 2020_02_03
        return unfiltered or dated or (undated and not day)

    def listed(number: int) -> bool:
        return not agencies or named[number] in agencies

    everything = ids.tolist()
    both = [number for number in everything if passes(number) and listed(number)]
    assert chosen.doc_ids.tolist() == both
    assert chosen.scores is not None
    assert chosen.scores.tolist() == both
    for_agency = chosen.without("agency")
    assert for_agency.tolist() == list(filter(passes, everything))
    assert chosen.for_date.tolist() == list(filter(listed, everything))
    counter = counts.FacetCounter(values)
    slugs = [named[number] for number in for_agency.tolist()]
    by_agency = counter.facets["agency"]
    assert by_agency.counts(for_agency).tolist() == [
        slugs.count(agency.slug) for agency in by_agency.values
    ]
    by_period = counter.by_period(ids)
    years = counter.by_unit(by_period, "year")
    assert years["2021"] == sum(first_day[number] // 10_000 == 2021 for number in everything)
    assert counter.undated(by_period) == sum(not first_day[number] for number in everything)


def selected(values: DocValues, request: SearchRequest, found: Matches) -> Iterator[Any]:
    chosen = filters.filtered(values, request.filters, found)
    counter = counts.FacetCounter(values)
    assert chosen.scores is not None
    yield chosen.scores.tolist()
    yield filters.between(values, found.doc_ids, PartialDate(2020, 2).days).tolist()
    for ids in (chosen.doc_ids, chosen.without("agency"), chosen.for_date):
        yield ids.tolist()
        yield counter.facets["agency"].counts(ids).tolist()
        by_period = counter.by_period(ids)
        yield by_period.tolist()
        yield counter.by_unit(by_period, "month")
        yield counter.by_unit(by_period, "year")
        yield counter.undated(by_period)


def random_doc_values(rng: random.Random) -> DocValues:
    days = [(0, 0), (2019_12_01, 2019_12_31), (2020_01_01, 2020_12_31), (2021_05_04, 2021_05_04)]
    days += [(2020_02_00 + day, 2020_02_00 + day) for day in range(1, 29)]
    chosen = [rng.choice(days) for _ in range(DOCUMENTS)]
    first = np.array([each for each, _ in chosen], np.int32)
    return DocValues(
        live=np.ones(DOCUMENTS, np.bool_),
        id_order=np.array(rng.sample(range(DOCUMENTS), DOCUMENTS)),
        agency=np.array([rng.choice([0, 1, 1, 2]) for _ in range(DOCUMENTS)], np.int32),
        agencies=(Agency("a", "B"), Agency("b", "A"), Agency("c", "C")),
        first_day=first,
        last_day=np.array([each for _, each in chosen], np.int32),
        moment=first.astype(np.int64),
        language=np.zeros(DOCUMENTS, np.int32),
        languages=("en",),
        text_key=np.zeros(DOCUMENTS, np.int64),
        arrived=np.zeros(DOCUMENTS, np.int32),
        arrivals=("2024-05-01T08:00:00+00:00",),
        changed=np.empty(0, np.uint32),
    )


@pytest.mark.parametrize("way", ["DELTA8", "DELTA16", "WHOLE32", "BITS"])
@pytest.mark.parametrize("highest", [1, 15, 255])
def test_postings_of_a_term_in_every_way_of_packing(way: str, highest: int) -> None:
    rng = random.Random(highest)
    steps = {
        "DELTA8": (90, 300),
        "DELTA16": (300, 70_000),
        "WHOLE32": (10**6, 10**7),
        "BITS": (1, 3),
    }
    for count in (1, 2, 7, 8, 9, 300):
        ids = np.cumsum([rng.randint(*steps[way]) for _ in range(count)]).astype(np.uint32)
        frequencies = np.array([rng.randint(1, highest) for _ in ids], np.uint32)
        one = np.array([count])
        documents, _, ways = packing.pack_documents(ids, one)
        assert count < 300 or int(ways[0]) == getattr(packing, way), "another way is shorter"
        packed, _, modes = packing.pack_frequencies(frequencies, one)
        coding = int(ways[0]) | int(modes[0]) << FREQUENCY_SHIFT
        found, often = np.empty(count, np.uint32), np.empty(count, np.uint8)
        unpack_postings = compiled_loop("unpack_postings")
        unpack_postings(documents, packed, coding, found, often)
        assert found.tolist() == ids.tolist()
        assert often.tolist() == frequencies.tolist()
        with pytest.raises(ValueError, match="fewer documents"):
            unpack_postings(documents[:-1], packed, coding, found, often)
        if len(packed):
            with pytest.raises(ValueError, match="fewer frequencies"):
                unpack_postings(documents, packed[:-1], coding, found, often)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.text("abé稅😀", max_size=7), min_size=1, max_size=20),
    st.text("abé", min_size=1, max_size=6),
    st.integers(0, 3),
)
def test_near_terms(terms: list[str], typed: str, most: int) -> None:
    encoded = [term.encode() for term in terms]
    starts = packing.starts_of(np.array(list(map(len, encoded))))
    wanted = np.arange(len(terms)) > 2
    found = compiled_loop("near_terms")(
        b"".join(encoded), starts, wanted.view(np.uint8), typed, most
    )
    expected = [(at, edit_distance(typed, term, most)) for at, term in enumerate(terms) if at > 2]
    assert found == [(at, edits) for at, edits in expected if edits is not None]
