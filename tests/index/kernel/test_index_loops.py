"""The compiled loops and the Python and numpy that they stand for give the same."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import kernel
from index.codec import packing
from index.codec.batch_analysis import Vocabulary
from index.codec.term_numbers import TermNumbers
from index.codec.token_numbers import lowered_tokens
from index.kernel import switched_off
from index.text.characters import character_classes

pytestmark = pytest.mark.skipif(
    kernel.loop("WordTable") is None, reason="no compiled loops: nothing to compare"
)


def loop(name: str) -> Any:
    """The compiled loop of that name."""
    return kernel.loop(name)


SCRAPS = [
    "a", "Z", "é", "ø", "1", "12", "123", "1234", ".", ",", " ", "\u00a0", "'", "’", "-", "&", "香", "港", "月",
    "ก", "ิ", "٣", "\u0301", "_", "\n", "…", "U.S.", "1,200", "3.5", "ﬁ", "\u2009", "İ",
    "，", "．", "３", "１２３", "12，345", "１，２３４",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(SCRAPS), max_size=30).map("".join) | st.text(max_size=20)
NUMBERS = st.integers(0, 300) | st.integers(0, 2**32 - 1)
LAST = 200_000
"""The highest document of those that are marked."""
TERMS = st.lists(st.lists(NUMBERS, min_size=1, max_size=40), min_size=1, max_size=8)


@settings(max_examples=2000)
@given(TEXT)
def test_words_are_those_of_the_regular_expression(text: str) -> None:
    table = loop("WordTable")(character_classes(), lowered_tokens, 5)
    numbers, counts, fresh = table.words_of([text], b"\0", 1 << 22)
    raws = lowered_tokens(text)
    known = [raw for raw, _ in fresh]
    assert [known[number] for number in np.frombuffer(numbers, np.int32)] == raws
    assert list(counts) == [len(raws)]
    assert known == list(dict.fromkeys(raws))


def test_a_table_that_grows_forgets_nothing() -> None:
    table = loop("WordTable")(character_classes(), lowered_tokens, 2**64 - 1)
    text = " ".join(f"word{number}" for number in range(50_000))
    for _ in range(2):
        numbers, _, _ = table.words_of([text], b"\1", 1 << 22)
        assert list(np.frombuffer(numbers, np.int32)) == list(range(50_000))
    assert list(table.words_of([text], b"\2", 2)[0]) == [50_000, 50_001]


@settings(max_examples=500)
@given(st.lists(st.tuples(TEXT, st.sampled_from(["en", "fr", "zh-Hant", "xx"])), max_size=4))
def test_words_have_the_terms_that_arrays_give(given_texts: list[tuple[str, str]]) -> None:
    texts, languages = [text for text, _ in given_texts], [tag for _, tag in given_texts]
    compiled_terms = _terms(texts, languages)
    with switched_off():
        assert _terms(texts, languages) == compiled_terms


@given(TERMS)
def test_packed_bytes_are_equal(terms: list[list[int]]) -> None:
    counts = np.array([len(term) for term in terms])
    for kind in ("documents", "frequencies", "positions"):
        rows = [sorted(term) for term in terms] if kind == "documents" else terms
        rows = [[max(each, 1) for each in row] for row in rows] if kind == "frequencies" else rows
        numbers = np.concatenate([np.array(row, np.uint32) for row in rows])
        pack, unpack = getattr(packing, f"pack_{kind}"), getattr(packing, f"unpack_{kind}")
        ours = pack(numbers, counts)
        with switched_off():
            for one, other in zip(ours, pack(numbers, counts), strict=True):
                assert one.tolist() == other.tolist()
        assert unpack(*ours, counts).tolist() == numbers.tolist()


@given(st.binary(max_size=30), st.integers(0, 255), st.integers(0, 40))
def test_damaged_postings_are_an_error_and_no_crash(data: bytes, way: int, count: int) -> None:
    packed, counts = np.frombuffer(data, np.uint8), np.array([count])
    sizes, ways = np.array([len(data)]), np.array([way], np.uint8)
    for unpack in (packing.unpack_documents, packing.unpack_frequencies, packing.unpack_positions):
        with contextlib.suppress(ValueError):
            assert len(unpack(packed, sizes, ways, counts)) == count


EDGES = st.sampled_from([0, 1, 60, 254, 255, 256, 510, 65_534, 65_535, 65_536, 131_070, LAST])
SOME = st.sets(st.integers(0, 60) | st.integers(0, 2_000) | st.integers(0, LAST) | EDGES)
DENSE = st.sets(st.integers(7, 130), min_size=40)


@given(st.lists(st.tuples(SOME | DENSE, st.integers(0, 3)), min_size=1, max_size=8), SOME)
def test_documents_are_marked_and_counted_as_in_the_plain_form(
    terms: list[tuple[set[int], int]], marked: set[int]
) -> None:
    """In every mode; between two terms there may be bytes that belong to neither."""
    rows = [sorted(each) for each, _ in terms]
    packed = _with_gaps(rows, [gap for _, gap in terms])
    marks = np.zeros(LAST + 1, np.bool_)
    marks[list(marked)] = True
    counted = [len(marked.intersection(row)) for row in rows]
    for off in ((), ("mark_documents",)):
        with switched_off(*off) if off else contextlib.nullcontext():
            assert packing.count_marked(packed, marks).tolist() == counted
            made = marks.copy()
            packing.mark_documents(packed, made)
            assert np.flatnonzero(made).tolist() == sorted(marked.union(*rows))


def test_each_mode_is_among_what_is_marked() -> None:
    rows = [[0, 300], [0, 40_000], [LAST], list(range(3, 200, 2)), []]
    packed = _with_gaps(rows, [0, 1, 2, 3, 0])
    modes = [packing.DELTA8, packing.DELTA16, packing.WHOLE32, packing.BITS, packing.DELTA8]
    assert packed.modes.tolist() == modes
    assert packing.count_marked(packed, np.ones(LAST + 1, np.bool_)).tolist() == [2, 2, 1, 99, 0]


@pytest.mark.parametrize("off", [(), ("mark_documents",)], ids=["loop", "plain"])
@pytest.mark.parametrize("row", [[9, 10], [0, 40_000], [LAST], [*range(3, 30), 100]])
def test_a_document_beyond_the_marks_is_an_error(row: list[int], off: tuple[str, ...]) -> None:
    packed, marks = _with_gaps([row], [0]), np.zeros(max(row), np.bool_)
    with switched_off(*off) if off else contextlib.nullcontext():
        for use in (packing.count_marked, packing.mark_documents):
            with pytest.raises(ValueError, match="beyond the index"):
                use(packed, marks)
            cut = packed._replace(counts=packed.counts + 1)
            with pytest.raises(ValueError, match="packed numbers are damaged"):
                use(cut, np.ones(LAST + 1, np.bool_))


def _with_gaps(rows: list[list[int]], gaps: list[int]) -> packing.PackedDocuments:
    """Terms packed, each with so many bytes behind it that belong to none."""
    counts = np.array(list(map(len, rows)))
    numbers = np.array([each for row in rows for each in row], np.uint32)
    packed, sizes, modes = packing.pack_documents(numbers, counts)
    parts = np.split(packed, np.cumsum(sizes)[:-1])
    spaced = [
        np.append(part, np.full(gap, 255, np.uint8)) for part, gap in zip(parts, gaps, strict=True)
    ]
    starts = packing.starts_of(sizes + gaps)[:-1]
    return packing.PackedDocuments(np.concatenate(spaced), starts, starts + sizes, modes, counts)


def inversion(
    words: Sequence[int] = (0,),
    counts: Sequence[int] = (1,),
    run_starts: Sequence[int] = (0, 1),
    run_terms: Sequence[int] = (2,),
    single: Sequence[int] = (-1, 1),
    extra_at: Sequence[int] = (),
    terms: int = 3,
) -> tuple[Any, ...]:
    """Arguments of `inverted` for one text: its only word stands for one term."""
    ints, longs = np.int32, np.int64
    return (
        np.array(words, ints), np.array(counts, longs), np.array(single, ints),
        np.array(run_starts, longs), np.array(run_terms, ints), np.zeros(1, ints),
        np.array(extra_at, longs), np.zeros(len(extra_at), ints), terms,
    )  # fmt: skip


@pytest.mark.parametrize("single", [(-1, 1), (2, 1)])
def test_an_inversion_that_fits(single: tuple[int, int]) -> None:
    starts, places, lengths = loop("inverted")(*inversion(single=single))
    assert list(starts) == [0, 0, 0, 1]
    assert list(places) == [0]
    assert list(lengths) == [1]


ROOM = np.zeros(4, np.uint32)
ONE_TERM_PACKED = (
    np.zeros(1, np.uint8), np.array([0]), np.array([1]), np.zeros(1, np.uint8), np.array([1]),
)  # fmt: skip
ONE_PLACE, ONE_TERM = np.zeros(1, np.uint64), np.array([0], np.int32)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("pack", (np.array([0, 30_000_000, 10], np.uint32), np.array([3]), 0)),
        ("pack", (np.zeros(3, np.uint32), np.array([2]), 0)),
        ("pack", (np.zeros(3, np.uint32), np.array([4, -1]), 0)),
        ("pack", (np.zeros(3, np.uint64), np.array([3]), 0)),
        ("pack", (np.array([7], np.uint32), np.array([1, 10]), 2)),
        ("mark_documents", (*ONE_TERM_PACKED, np.zeros(9, np.uint8), np.zeros(2, np.int64))),
        ("mark_documents", (*ONE_TERM_PACKED, np.zeros(0, np.uint8), None)),
        ("mark_documents", (ONE_TERM_PACKED[0][:0], *ONE_TERM_PACKED[1:], ROOM.view("u1"), None)),
        ("inverted", inversion(terms=-1)),
        ("inverted", inversion(run_starts=[0, 9])),
        ("inverted", inversion(run_starts=[1, 0])),
        ("inverted", inversion(words=[1])),
        ("inverted", inversion(words=[-1])),
        ("inverted", inversion(run_terms=[3])),
        ("inverted", inversion(single=[3, 1])),
        ("inverted", inversion(single=[-2, 1])),
        ("inverted", inversion(single=[2])),
        ("inverted", inversion(counts=[3])),
        ("inverted", inversion(counts=[1, 3])),
        ("inverted", inversion(extra_at=[1])),
        ("grouped", (ONE_PLACE, np.array([0, 9]), ONE_TERM, True)),
        ("grouped", (ONE_PLACE, np.array([1, 0]), ONE_TERM, True)),
        ("grouped", (ONE_PLACE, np.array([0, 1]), np.array([1], np.int32), True)),
        ("WordTable", (b"too short", None, 5)),
        ("merge_terms", (b"ab", np.array([0, 2, 1]), np.array([0, 2]))),
        ("merge_terms", (b"ab", np.array([0, 3]), np.array([0, 1]))),
        ("merge_terms", (b"ab", np.array([0, 1, 2]), np.array([0, 3]))),
        ("merge_terms", (b"", np.array([], np.int64), np.array([0]))),
        ("place_runs", (ROOM, np.array([3]), np.array([2]), ROOM[:2])),
        ("place_runs", (ROOM, np.array([-1]), np.array([2]), ROOM[:2])),
        ("place_runs", (ROOM, np.array([0]), np.array([1]), ROOM[:2])),
    ],
)  # fmt: skip
def test_arrays_that_do_not_fit_are_an_error(name: str, arguments: tuple[Any, ...]) -> None:
    with pytest.raises((ValueError, IndexError)):
        loop(name)(*arguments)


@pytest.mark.parametrize("stream", range(3), ids=["documents", "frequencies", "positions"])
def test_counts_that_reach_their_total_early_are_an_error(stream: int) -> None:
    counts, room = np.array([1, 10]), np.empty(1, np.uint32)
    packed = np.zeros(4, np.uint8), np.array([4, 4]), np.zeros(2, np.uint8)
    with pytest.raises(ValueError, match="counts do not add up"):
        loop("unpack")(*packed, counts, room, stream)


def _terms(
    texts: list[str], languages: list[str]
) -> tuple[list[dict[bytes, list[int]]], list[list[int]]]:
    vocabulary = Vocabulary()
    found: list[dict[bytes, list[int]]] = []
    lengths: list[list[int]] = []
    for names, stream in zip(
        (vocabulary.stems, vocabulary.exacts), vocabulary.analyse(texts, languages), strict=False
    ):
        numbers = np.arange(len(names), dtype=np.int32)
        order, in_order = names.ordered(numbers)
        text_of = dict(zip(order.tolist(), in_order, strict=True))
        places, starts = stream.places.tolist(), stream.starts.tolist()
        found.append({text_of[at]: places[a:b] for at, (a, b) in enumerate(pairwise(starts))})
        lengths.append(stream.lengths.tolist())
    return found, lengths


def test_strings_that_begin_alike_are_ordered_by_their_ends() -> None:
    texts = [b"20240115-release-%d" % (number * 7919 % 5_000) for number in range(5_000)]
    texts += [b"20240115", b"20240115\0", b"2024", b"2024\0", b""]
    names = TermNumbers()
    order, ordered = names.ordered(names.numbers(texts))
    assert list(ordered) == sorted(texts)
    assert sorted(order.tolist()) == list(range(5_005))


@given(st.lists(st.binary(max_size=12) | st.sampled_from([b"a", b"b", b"", b"long" * 9])))
def test_strings_have_numbers_as_they_come_and_an_order(texts: list[bytes]) -> None:
    names, every = TermNumbers(), list(dict.fromkeys(texts))
    assert names.numbers(texts).tolist() == [every.index(text) for text in texts]
    assert names.numbers(texts[::-1]).tolist() == [every.index(text) for text in texts[::-1]]
    order, ordered = names.ordered(np.arange(len(every), dtype=np.int32)[::-1])
    assert list(ordered) == sorted(every)
    assert [every[number] for number in order.tolist()] == sorted(every)


@given(st.lists(st.sets(st.binary(max_size=10) | st.sampled_from([b"", b"long" * 9]), max_size=9)))
def test_merged_terms_are_the_sorted_ones(segments: list[set[bytes]]) -> None:
    own = [sorted(each) for each in segments]
    every = [term for each in own for term in each]
    starts = packing.starts_of(np.array(list(map(len, every)), np.int64))
    bounds = packing.starts_of(np.array(list(map(len, own)), np.int64))
    places, joined, sizes = loop("merge_terms")(b"".join(every), starts, bounds)
    merged = sorted(set(every))
    assert bytes(joined) == b"".join(merged)
    assert list(sizes) == list(map(len, merged))
    assert list(places) == [merged.index(term) for term in every]


@given(st.lists(st.tuples(st.integers(0, 5), st.lists(NUMBERS, max_size=5)), max_size=6))
def test_runs_are_placed_one_behind_the_other(runs: list[tuple[int, list[int]]]) -> None:
    numbers = np.array([number for _, run in runs for number in run], np.uint32)
    counts = np.array([len(run) for _, run in runs], np.int64)
    firsts = np.array([first for first, _ in runs], np.int64)
    ours, plain = np.zeros(10, np.uint32), np.zeros(10, np.uint32)
    loop("place_runs")(ours, firsts, counts, numbers)
    for first, run in runs:
        plain[first : first + len(run)] = run
    assert ours.tolist() == plain.tolist()


def test_merged_terms_of_equal_beginnings_come_shorter_first() -> None:
    """Beyond the eight bytes that are compared at once."""
    segments = [[b"abcdefgh", b"abcdefghi"], [b"abcdefghi", b"abcdefghij"], [b"abcdefgh"]]
    terms = [term for segment in segments for term in segment]
    places, merged, sizes = loop("merge_terms")(
        b"".join(terms),
        packing.starts_of(np.array(list(map(len, terms)))),
        packing.starts_of(np.array(list(map(len, segments)))),
    )
    assert bytes(merged) == b"abcdefghabcdefghiabcdefghij"
    assert list(np.frombuffer(sizes, np.int64)) == [8, 9, 10]
    assert list(np.frombuffer(places, np.int32)) == [0, 1, 1, 2, 0]
