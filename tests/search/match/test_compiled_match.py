"""The compiled loops against the same work by numpy and Python: equal to the last bit."""

# ruff: noqa: S311, random documents are no secrets
from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search.match.unions import union

from index.codec import DatelineCodec, packing
from index.codec.inverted import FREQUENCY_SHIFT
from index.dates.partial import PartialDate
from index.kernel import loop, switched_off
from index.release import Agency
from search import SearchRequest, compiled
from search.count import counts
from search.match import filters, leaf, query_tree
from search.match.cache import POSTINGS_BYTES, Cache
from search.match.doc_values import DocValues
from search.match.evaluate import Matches, evaluate
from search.match.postings import Found
from search.match.top_k import first_in_order
from search.query.vocabulary import edit_distance
from tests.search.match.test_against_whoosh import random_documents, random_query, searcher

pytestmark = pytest.mark.skipif(compiled.kernel is None, reason="the kernel is not built")

DOCUMENTS = 9_000
"""More than two stretches of the kernel's unions."""
NUMBERS = st.one_of(st.integers(0, 70), st.integers(0, DOCUMENTS - 1))
IDS = st.sets(NUMBERS, max_size=80).map(lambda ids: np.array(sorted(ids), np.uint32))
SCORES = st.floats(0, 100, allow_subnormal=False)


@pytest.fixture
def kernel() -> ModuleType:
    assert compiled.kernel is not None
    return compiled.kernel


@contextlib.contextmanager
def numpy_alone() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch, switched_off():
        monkeypatch.setattr(compiled, "kernel", None)
        yield


@st.composite
def found_parts(draw: st.DrawFn) -> list[Found]:
    parts = draw(st.lists(IDS, min_size=1, max_size=7))
    return [
        Found(ids, np.array(draw(st.lists(SCORES, min_size=len(ids), max_size=len(ids)))))
        for ids in parts
    ]


@pytest.mark.parametrize("seed", range(6))
def test_queries_over_random_segments(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    rng = random.Random(seed)
    parts = [list(random_documents(rng, rng.choice([40, 400]))) for _ in range(rng.randint(1, 2))]
    ours = searcher(DatelineCodec(), parts, rng.sample(range(40), rng.choice([0, 9])))
    for _ in range(80):
        query, scored = random_query(rng, 2, top=True), rng.random() < 0.8
        with monkeypatch.context() as patched:
            forget(patched)
            by_kernel = evaluate(ours, query, scored=scored)
            forget(patched)
            with numpy_alone():
                by_numpy = evaluate(ours, query, scored=scored)
        assert by_kernel.doc_ids.tolist() == by_numpy.doc_ids.tolist(), query
        if scored:
            assert by_kernel.scores.tolist() == by_numpy.scores.tolist(), query  # type: ignore[union-attr]


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing comes from memory that the other path put there."""
    fresh = Cache(POSTINGS_BYTES)
    monkeypatch.setattr(query_tree, "postings_cache", fresh)
    monkeypatch.setattr(leaf, "postings_cache", fresh)


@settings(max_examples=200, deadline=None)
@given(found_parts(), st.booleans(), st.booleans())
def test_unions(parts: list[Found], scored: bool, highest: bool) -> None:
    if not scored:
        parts = [Found(part.ids, None) for part in parts]
    by_kernel = union(parts, DOCUMENTS, highest=highest)
    with numpy_alone():
        by_numpy = union(parts, DOCUMENTS, highest=highest)
    assert by_kernel.ids.tolist() == by_numpy.ids.tolist()
    assert (by_kernel.scores is None) == (by_numpy.scores is None)
    if by_kernel.scores is not None and by_numpy.scores is not None:
        assert by_kernel.scores.tolist() == by_numpy.scores.tolist()


@pytest.mark.parametrize("count", [8, DOCUMENTS])
def test_scores_are_added_from_left_to_right(count: int) -> None:
    """In sets of any density, by either path."""
    values = [0.1, 0.2, 0.3]
    parts = [Found(np.array([3], np.uint32), np.array([value])) for value in values]
    wanted = 0.0
    for value in values:
        wanted += value
    assert wanted != values[0] + sum(values[1:]), "a case in which the order matters"
    assert union(parts, count).scores.tolist() == [wanted]  # type: ignore[union-attr]
    with numpy_alone():
        assert union(parts, count).scores.tolist() == [wanted]  # type: ignore[union-attr]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(NUMBERS, st.integers(0, 3)), unique_by=lambda pair: pair[0]), st.data())
def test_the_first_of_an_order(pairs: list[tuple[int, int]], data: st.DataObject) -> None:
    pairs.sort()
    ids = np.array([number for number, _ in pairs], np.uint32)
    scores = np.array([score for _, score in pairs], np.float64)
    order = data.draw(st.sampled_from(["relevance", "newest", "oldest"]))
    stop = data.draw(st.integers(0, len(ids) + 1))
    values = random_doc_values(random.Random(len(ids)))
    by_kernel = first_in_order(values, order, ids, scores, stop)
    with numpy_alone():
        by_numpy = first_in_order(values, order, ids, scores, stop)
    assert by_kernel.tolist() == by_numpy.tolist()


@settings(max_examples=200, deadline=None)
@given(found_parts(), st.sets(st.sampled_from("abcx")), st.booleans(), st.booleans(), st.data())
def test_filters_and_counts(
    parts: list[Found], agencies: set[str], dated: bool, undated: bool, data: st.DataObject
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
    matches = Matches(*parts[0])
    by_kernel = list(selected(values, request, matches))
    with numpy_alone():
        by_numpy = list(selected(values, request, matches))
    assert by_kernel == by_numpy


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
    matches = Matches(ids, ids.astype(np.float64))
    chosen = filters.filtered(values, request.filters, matches)
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
    assert chosen.for_agency.tolist() == list(filter(passes, everything))
    assert chosen.for_date.tolist() == list(filter(listed, everything))
    counter = counts.FacetCounter(values)
    slugs = [named[number] for number in chosen.for_agency.tolist()]
    assert counter.by_agency(chosen.for_agency).tolist() == [
        slugs.count(agency.slug) for agency in counter.agencies
    ]
    by_period = counter.by_period(ids)
    years = counter.by_unit(by_period, "year")
    assert years["2021"] == sum(first_day[number] // 10_000 == 2021 for number in everything)
    assert counter.undated(by_period) == sum(not first_day[number] for number in everything)


def selected(values: DocValues, request: SearchRequest, matches: Matches) -> Iterator[Any]:
    chosen = filters.filtered(values, request.filters, matches)
    counter = counts.FacetCounter(values)
    assert chosen.scores is not None
    yield chosen.scores.tolist()
    yield filters.between(values, matches.doc_ids, PartialDate(2020, 2).days).tolist()
    for ids in (chosen.doc_ids, chosen.for_agency, chosen.for_date):
        yield ids.tolist()
        yield counter.by_agency(ids).tolist()
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
    )


@settings(max_examples=200, deadline=None)
@given(st.lists(IDS.filter(len), min_size=1, max_size=9))
def test_documents_of_packed_terms(terms: list[np.ndarray]) -> None:
    assert compiled.kernel is not None
    counts = np.array([len(ids) for ids in terms])
    packed, sizes, modes = packing.pack_documents(np.concatenate(terms), counts)
    at = packing.starts_of(sizes) + 17
    bits = np.zeros(DOCUMENTS // 64 + 1, np.uint64)
    coding = (modes | 1 << FREQUENCY_SHIFT).astype(np.uint8)
    compiled.kernel.mark_documents(packed, at, coding, counts, bits)
    room = np.empty(DOCUMENTS, np.uint32)
    size = compiled.kernel.marked_documents(bits, room)
    assert room[:size].tolist() == sorted(set(np.concatenate(terms).tolist()))


@settings(max_examples=200, deadline=None)
@given(IDS.filter(len), st.sampled_from([1, 15, 255]), st.randoms(use_true_random=False))
def test_postings_of_a_term(ids: np.ndarray, highest: int, rng: random.Random) -> None:
    assert compiled.kernel is not None
    frequencies = np.array([rng.randint(1, highest) for _ in ids], np.uint32)
    counts = np.array([len(ids)])
    documents, _, ways = packing.pack_documents(ids, counts)
    packed, _, modes = packing.pack_frequencies(frequencies, counts)
    coding = int(ways[0]) | int(modes[0]) << FREQUENCY_SHIFT
    found, often = np.empty(len(ids), np.uint32), np.empty(len(ids), np.uint8)
    compiled.kernel.unpack_postings(documents, packed, coding, found, often)
    assert found.tolist() == ids.tolist()
    assert often.tolist() == frequencies.tolist()
    row = np.zeros(DOCUMENTS, np.uint8)
    compiled.kernel.spread_frequencies(ids, often, row)
    assert row[ids].tolist() == often.tolist()
    assert np.count_nonzero(row) == len(ids)
    with pytest.raises(ValueError, match="do not fit"):
        compiled.kernel.unpack_postings(documents[:-1], packed, coding, found, often)
    with pytest.raises(ValueError, match="beyond"):
        compiled.kernel.spread_frequencies(ids, often, row[: ids[-1]])


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.text("abé稅😀", max_size=7), min_size=1, max_size=20),
    st.text("abé", min_size=1, max_size=6),
    st.integers(0, 3),
    st.sampled_from([np.uint8, np.uint16, np.uint32, np.uint64]),
)
def test_near_words(words: list[str], typed: str, most: int, dtype: type[Any]) -> None:
    assert compiled.kernel is not None
    encoded = [word.encode() for word in words]
    starts = packing.starts_of(np.array(list(map(len, encoded)))).astype(dtype)
    counts = np.arange(len(words), dtype=np.uint8)
    text = b"".join(encoded)
    if len(text) >= 256:
        return
    numbers, distances = compiled.kernel.near_words(
        text, starts, 0, len(words), typed.encode(), most, counts, 2
    )
    found = dict(
        zip(np.frombuffer(numbers, "<i8").tolist(), np.frombuffer(distances, "<i4"), strict=True)
    )
    expected = {at: edit_distance(typed, word, most) for at, word in enumerate(words) if at > 2}
    assert found == {at: distance for at, distance in expected.items() if distance is not None}


IDS_OF_THREE = np.array([1, 4, 9], np.uint32)
BROKEN: list[tuple[str, tuple[Any, ...]]] = [
    ("unite_parts", ([(IDS_OF_THREE, None)], 9, 1.0, False, np.empty(3, np.uint32), None)),
    ("unite_parts", ([(IDS_OF_THREE, None)], 99, 1.0, False, np.empty(2, np.uint32), None)),
    ("unite_parts", ([(IDS_OF_THREE, np.empty(2))], 99, 1.0, False, np.empty(3, np.uint32), None)),
    ("unite_parts", ([IDS_OF_THREE], 99, 1.0, False, np.empty(3, np.uint32), None)),
    ("unite_parts", ([(IDS_OF_THREE.astype(np.int64), None)], 99, 1.0, False, b"", None)),
    ("keep_documents", ((IDS_OF_THREE, None), [], 9, 1.0, True, np.empty(3, np.uint32), None)),
    ("keep_documents", ((IDS_OF_THREE, None), [], 99, 1.0, True, np.empty(2, np.uint32), None)),
    ("keep_documents", ((IDS_OF_THREE, None), [], 99, 1.0, True, np.empty(3, np.uint32), np.empty(3))),
    ("top_k", (IDS_OF_THREE, None, np.zeros(9, np.int32), 2)),
    ("top_k", (IDS_OF_THREE, np.zeros(2), np.zeros(10, np.int32), 2)),
    ("count_values", (IDS_OF_THREE, np.zeros(9, np.int32), 3)),
    ("count_values", (IDS_OF_THREE, np.full(10, 3, np.int32), 3)),
    ("count_values", (IDS_OF_THREE, np.full(10, -1, np.int32), 3)),
    ("near_words", (b"abc", np.array([0, 1, 3]), 0, 3, b"a", 1, np.ones(2, np.uint8), 0)),
    ("near_words", (b"abc", np.array([0, 1, 3]), 0, 2, b"a" * 9_999, 1, np.ones(2, np.uint8), 0)),
    ("mark_documents", (b"\1", np.array([0, 1]), b"\0", np.array([1]), np.zeros(0, np.uint64))),
    ("mark_documents", (b"\1", np.array([0, 1]), b"\0", np.array([2]), np.zeros(9, np.uint64))),
    ("mark_documents", (b"\1", np.array([0, 2]), b"\0", np.array([1]), np.zeros(9, np.uint64))),
    ("marked_documents", (np.ones(3, np.uint64), np.empty(2, np.uint32))),
]  # fmt: skip


@pytest.mark.parametrize(("name", "arguments"), BROKEN)
def test_what_does_not_fit_is_refused(
    kernel: ModuleType, name: str, arguments: tuple[Any, ...]
) -> None:
    with pytest.raises((ValueError, IndexError, TypeError, BufferError)):
        (loop(name) or getattr(kernel, name))(*arguments)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 40), min_size=1, max_size=9), min_size=1, max_size=3),
    st.data(),
)
def test_documents_in_any_order_never_crash(rows: list[list[int]], data: st.DataObject) -> None:
    """A damaged index may say anything: a wrong answer or an error, nothing else."""
    assert compiled.kernel is not None
    terms = [
        (np.array(row, np.uint32), np.array(data.draw(frequencies(row)), np.uint8)) for row in rows
    ]
    documents = data.draw(st.sampled_from([20, 41]))
    words = [(ids, found, None, None, None, 1.0, 1.2, 1.0, 1.0) for ids, found in terms]
    positions = [np.arange(data.draw(st.integers(0, 30)), dtype=np.uint16) for _ in terms]
    order = data.draw(st.lists(st.integers(0, len(rows)), min_size=1, max_size=4))
    room = np.empty(len(rows[0]), np.uint32)
    for name, arguments in (
        ("match_phrase", (words, positions, order, 2, documents, 1.0, room, None)),
        ("unite_parts", (words, documents, 1.0, False, room, None)),
        ("keep_documents", ((terms[0][0], None), words, documents, 1.0, True, room, None)),
    ):
        with contextlib.suppress(ValueError, IndexError):
            assert getattr(compiled.kernel, name)(*arguments) <= len(room)


def frequencies(row: list[int]) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, 5), min_size=len(row), max_size=len(row))
