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

from index import compiled
from index.codec import packing
from index.codec.batch_analysis import Vocabulary
from index.codec.term_numbers import NamesInDict, NamesInTable
from index.kernel import switched_off
from index.text.analysis import RAW_TOKEN
from index.text.characters import tokenising_kernel

pytestmark = pytest.mark.skipif(compiled.kernel is None, reason="no C compiler: nothing to compare")

SCRAPS = [
    "a", "Z", "é", "ø", "1", "12", "123", "1234", ".", ",", " ", "\u00a0", "'", "’", "-", "&", "香", "港", "月",
    "ก", "ิ", "٣", "\u0301", "_", "\n", "…", "U.S.", "1,200", "3.5", "ﬁ", "\u2009", "İ",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(SCRAPS), max_size=30).map("".join) | st.text(max_size=20)
NUMBERS = st.integers(0, 300) | st.integers(0, 2**32 - 1)
TERMS = st.lists(st.lists(NUMBERS, min_size=1, max_size=40), min_size=1, max_size=8)


@settings(max_examples=2000)
@given(TEXT)
def test_raw_tokens_are_those_of_the_regular_expression(text: str) -> None:
    found = tokenising_kernel().token_bounds(text)
    if found is None:
        assert any(ord(char) > 0xFFFF or 0xD800 <= ord(char) < 0xE000 for char in text)
        return
    bounds = np.frombuffer(found, np.int32).reshape(-1, 3).tolist()
    matches = list(RAW_TOKEN.finditer(text))
    assert bounds == [[*match.span(), match[1] is not None] for match in matches]


@given(st.lists(st.binary(max_size=12) | st.sampled_from([b"a", b"b", b"", b"long" * 9])))
def test_names_in_a_table_are_those_in_a_dictionary(texts: list[bytes]) -> None:
    in_dict, in_table = NamesInDict(), NamesInTable()
    assert in_table.numbers(texts).tolist() == in_dict.numbers(texts).tolist()
    assert in_table.numbers(texts).tolist() == in_dict.numbers(texts).tolist()
    assert len(in_table) == len(in_dict)
    every = np.arange(len(in_dict), dtype=np.int32)[::-1].copy()
    for one, other in zip(in_table.ordered(every), in_dict.ordered(every), strict=True):
        assert list(one) == list(other)


def test_a_table_that_grows_forgets_nothing() -> None:
    names = NamesInTable()
    texts = [f"word {number}".encode() for number in range(50_000)]
    assert names.numbers(texts).tolist() == list(range(50_000))
    assert names.numbers(texts[::-1]).tolist() == list(range(50_000))[::-1]


@settings(max_examples=500)
@given(st.lists(st.tuples(TEXT, st.sampled_from(["en", "fr", "zh-Hant", "xx"])), max_size=4))
def test_words_have_the_terms_that_arrays_give(given_texts: list[tuple[str, str]]) -> None:
    texts, languages = [text for text, _ in given_texts], [tag for _, tag in given_texts]
    compiled_terms = _terms(texts, languages)
    with pytest.MonkeyPatch.context() as patch, switched_off():
        without_kernel(patch)
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
        with pytest.MonkeyPatch.context() as patch, switched_off():
            without_kernel(patch)
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


def inversion(
    words: Sequence[int] = (0,),
    counts: Sequence[int] = (1,),
    single: Sequence[int] = (~0, 1),
    run_starts: Sequence[int] = (0, 1),
    extra_at: Sequence[int] = (),
) -> tuple[Any, ...]:
    """Arguments of `inverted` for one text: the first word stands for a run of one term."""
    ints, longs = np.int32, np.int64
    return (
        np.array(words, ints), np.array(counts, ints), np.zeros(1, longs), np.ones(2, ints),
        np.array(single, ints), np.array(run_starts, longs), np.array([2], ints),
        np.zeros(1, ints), np.array(extra_at, longs), np.zeros(len(extra_at), ints),
    )  # fmt: skip


def test_an_inversion_that_fits() -> None:
    starts, places, lengths = compiled.kernel.inverted(*inversion(), 3)
    assert np.frombuffer(starts, np.int64).tolist() == [0, 0, 0, 1]
    assert np.frombuffer(places, np.uint64).tolist() == [0]
    assert np.frombuffer(lengths, np.int64).tolist() == [1]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("pack_documents", (np.zeros(3, np.uint32), np.array([2]))),
        ("pack_documents", (np.zeros(3, np.uint32), np.array([4, -1]))),
        ("pack_documents", (np.zeros(3, np.uint64), np.array([3]))),
        ("by_term", (np.array([2], np.int32), np.zeros(1, np.uint64), 2)),
        ("by_term", (np.array([-1], np.int32), np.zeros(1, np.uint64), 2)),
        ("by_term", (np.zeros(2, np.int32), np.zeros(1, np.uint64), 2)),
        ("inverted", (*inversion(run_starts=[0, 9, 1]), 3)),
        ("inverted", (*inversion(run_starts=[0, 2]), 3)),
        ("inverted", (*inversion(words=[2]), 3)),
        ("inverted", (*inversion(single=[3, 0]), 3)),
        ("inverted", (*inversion(counts=[3]), 3)),
        ("inverted", (*inversion(extra_at=[1]), 3)),
        ("grouped", (np.zeros(1, np.uint64), np.array([0, 9]), np.array([0], np.int32), True)),
        ("grouped", (np.zeros(1, np.uint64), np.array([0, 1]), np.array([1], np.int32), True)),
        ("set_classes", (b"too short",)),
    ],
)  # fmt: skip
def test_arrays_that_do_not_fit_are_an_error(name: str, arguments: tuple[Any, ...]) -> None:
    with pytest.raises((ValueError, IndexError)):
        getattr(compiled.kernel, name)(*arguments)


def without_kernel(patch: pytest.MonkeyPatch) -> None:
    """Numpy and Python do the work while this holds."""
    patch.setattr("index.compiled.kernel", None)


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
    names = NamesInTable()
    order, ordered = names.ordered(names.numbers([*texts, b"20240115", b"20240115\0", b"2024"]))
    assert list(ordered) == sorted([*texts, b"20240115", b"20240115\0", b"2024"])
    assert sorted(order.tolist()) == list(range(5_003))
