"""Packed numbers come back as they were, for one term and for many."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.codec import packing

TERM = st.lists(st.integers(0, 2**32 - 1) | st.integers(0, 400), min_size=1, max_size=40)
TERMS = st.lists(TERM, min_size=1, max_size=8)
WAYS = {
    "documents": (packing.pack_documents, packing.unpack_documents),
    "frequencies": (packing.pack_frequencies, packing.unpack_frequencies),
    "positions": (packing.pack_positions, packing.unpack_positions),
}


@pytest.mark.parametrize("way", WAYS)
@given(terms=TERMS)
def test_round_trip_of_all_terms_and_of_each(way: str, terms: list[list[int]]) -> None:
    if way == "documents":
        terms = [sorted(term) for term in terms]
    if way == "frequencies":
        terms = [[max(number, 1) for number in term] for term in terms]
    check(way, [np.array(term, np.uint32) for term in terms])


@pytest.mark.parametrize("step", [1, 2, 9, 254, 255, 256, 510, 65534, 65535, 65536, 10**7])
def test_document_numbers_at_the_edges_of_each_way(step: int) -> None:
    documents = np.arange(3, 3 + 300 * step, step, dtype=np.uint32)
    check("documents", [documents, documents[:1], documents + np.uint32(7)])


def test_repeated_documents_of_a_spelling_field() -> None:
    check("documents", [np.zeros(50, np.uint32), np.arange(50, dtype=np.uint32)])


def test_dense_terms_take_about_a_bit_a_document() -> None:
    documents = np.flatnonzero(np.arange(80_000) % 3 > 0).astype(np.uint32)
    packed, _, modes = packing.pack_documents(documents, np.array([len(documents)]))
    assert modes.tolist() == [packing.BITS]
    assert len(packed) <= 80_000 // 8 + 5


def test_chunks_cover_all_runs_without_cutting_one() -> None:
    starts = packing.starts_of(np.array([5, 1, 1, 90, 2]))
    assert packing.chunks(starts, 10) == [(0, 3), (3, 4), (4, 5)]


def check(way: str, terms: list[Any]) -> None:
    pack, unpack = WAYS[way]
    counts = np.array([len(term) for term in terms], np.int64)
    packed, sizes, modes = pack(np.concatenate(terms), counts)
    assert unpack(packed, sizes, modes, counts).tolist() == np.concatenate(terms).tolist()
    at = packing.starts_of(sizes)
    for number, term in enumerate(terms):
        part, one = packed[at[number] : at[number + 1]], slice(number, number + 1)
        assert unpack(part, sizes[one], modes[one], counts[one]).tolist() == term.tolist()
