"""The compiled loops of matching, given arrays of the right types that hold anything.

Documents that do not ascend or lie beyond the index, frequencies that do not add up to the
positions, values that no column has, bytes of no coding: each call answers or raises. What is said
to be written lies within the room. `make sanitizers` runs this with the sanitizers looking on;
`KERNEL_INPUTS` is how many calls of each loop are tried.
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.kernel import loop

pytestmark = pytest.mark.skipif(loop("unite") is None, reason="no compiled loops")
anything = settings(max_examples=int(os.environ.get("KERNEL_INPUTS", "300")), deadline=None)

REFUSED = (ValueError, OverflowError, MemoryError)
SMALL = st.integers(0, 20)
SIZES = st.one_of(SMALL, SMALL, st.sampled_from([-1, 63, 64, 65, 4096, 5000, 2**32, 2**40]))
FLOATS = st.one_of(st.floats(), st.just(1.0))


def arrays(dtype: Any, size: int | None = None) -> st.SearchStrategy[Any]:
    """Mostly small numbers, so that arrays fit together at times; some of any size."""
    limits = np.iinfo(dtype)
    number = st.one_of(
        st.integers(0, 20),
        st.integers(0, min(limits.max, 5000)),
        st.sampled_from([limits.min, limits.max, 255, 0]),
        st.integers(limits.min, limits.max),
    )
    bounds = {"max_size": 20} if size is None else {"min_size": size, "max_size": size}
    some = st.lists(number, **bounds)
    return st.one_of(some, some.map(sorted)).map(lambda each: np.array(each, dtype))


def doubles(size: int | None = None) -> st.SearchStrategy[Any]:
    bounds = {"max_size": 20} if size is None else {"min_size": size, "max_size": size}
    return st.lists(FLOATS, **bounds).map(lambda each: np.array(each, np.float64))


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


@st.composite
def clauses(draw: st.DrawFn, documents: int, *, terms: bool = False) -> list[Any]:
    """Terms and matches whose arrays have the right sizes, or any."""
    made: list[Any] = []
    for _ in range(draw(st.integers(0, 3))):
        ids = draw(arrays(np.uint32))
        count = len(ids) if draw(st.integers(0, 9)) else None
        if not terms and draw(st.booleans()):
            made.append((ids, draw(optional(doubles(count)))))
            continue
        over_all = documents if 0 <= documents < 6000 and draw(st.integers(0, 9)) else 3
        frequencies = draw(arrays(draw(st.sampled_from([np.uint8, np.uint32])), count))
        row, codes = (
            np.resize(draw(arrays(np.uint8)), over_all) if draw(st.booleans()) else None
            for _ in range(2)
        )
        norms = draw(st.sampled_from([np.ones(256), np.zeros(256), np.ones(255)]))
        numbers = (draw(FLOATS), draw(FLOATS), draw(FLOATS))
        made.append((ids, frequencies, row, codes, norms, *numbers))
    return made


def room(data: st.DataObject) -> tuple[Any, Any]:
    size = data.draw(st.sampled_from([0, 1, 20, 60]))
    scores = np.empty(size) if data.draw(st.booleans()) else None
    return np.empty(size, np.uint32), scores


def call(name: str, *arguments: Any) -> Any:
    """What the loop gives; None where it refuses."""
    found = loop(name)
    assert found is not None
    try:
        return found(*arguments)
    except REFUSED:
        return None


def check(written: int | None, doc_ids: Any, documents: int | None = None) -> None:
    assert written is None or 0 <= written <= len(doc_ids)
    if written and documents is not None:
        assert int(doc_ids[:written].max()) < documents


@anything
@given(SIZES, st.data())
def test_unite(documents: int, data: st.DataObject) -> None:
    given_, (doc_ids, scores) = data.draw(clauses(documents)), room(data)
    check(
        call("unite", given_, documents, 1.5, data.draw(FLOATS), doc_ids, scores),
        doc_ids,
        documents,
    )


@anything
@given(SIZES, st.integers(-1, 3), st.data())
def test_intersect(documents: int, inside: int, data: st.DataObject) -> None:
    given_, (doc_ids, scores) = data.draw(clauses(documents)), room(data)
    found = (data.draw(arrays(np.uint32)), data.draw(optional(doubles())))
    if found[1] is not None and data.draw(st.booleans()):
        found = (found[0], np.resize(np.append(found[1], 1.0), len(found[0])))
    written = call("intersect", found, given_, documents, 1.5, 1.2, inside, doc_ids, scores)
    check(written, doc_ids, documents)


@anything
@given(SIZES, st.data())
def test_match_phrase(documents: int, data: st.DataObject) -> None:
    fitting = data.draw(st.integers(0, 3)) > 0
    if fitting:
        documents = data.draw(st.sampled_from([21, 24, 100]))
    gaps = data.draw(arrays(np.uint32))
    terms, (doc_ids, _) = data.draw(clauses(documents, terms=True)), room(data)
    count = len(terms)
    positions = [np.resize(data.draw(arrays(np.uint8)), data.draw(SMALL) * 8) for _ in terms]
    widths = data.draw(st.lists(st.sampled_from([2, 4, 3, 0]), min_size=count, max_size=count))
    order = data.draw(st.lists(st.integers(-1, max(count, 1)), max_size=5))
    if fitting:
        terms = [(np.unique(ids % 20), *numbers) for ids, *numbers in terms]
        terms = [(ids, np.resize(often % 5, len(ids)), *rest) for ids, often, *rest in terms]
        positions = [
            np.resize(np.sort(each.view(np.uint16)), 160).view(np.uint8) for each in positions
        ]
        widths, order = [2] * count, [max(at, 0) % max(count, 1) for at in order]
        gaps = np.resize(np.array([1, 2, 2, 3], np.uint32), max(2 * len(order) - 2, 0))
    within = data.draw(optional(arrays(np.uint32)))
    arguments = (terms, positions, widths, order, gaps, documents, within)
    check(call("match_phrase", *arguments, doc_ids), doc_ids, documents)


@anything
@given(arrays(np.uint8), arrays(np.uint8), st.integers(-1, 300), SMALL, st.integers(0, 9))
def test_unpack_postings(packed: Any, often: Any, coding: int, count: int, other: int) -> None:
    to = np.empty(count, np.uint32), np.empty(count if other else other, np.uint8)
    call("unpack_postings", np.resize(packed, 3 * len(packed)), often, coding, *to)


@anything
@given(
    st.binary(max_size=30) | st.text(max_size=12).map(str.encode),
    arrays(np.int64),
    st.text(max_size=6) | st.just("a" * 1025),
    st.integers(-1, 4),
    st.data(),
)
def test_near_terms(text: bytes, starts: Any, word: str, most: int, data: st.DataObject) -> None:
    if data.draw(st.booleans()):
        starts = np.sort(np.clip(starts, 0, len(text)))
    size = max(len(starts) - 1, 0) if data.draw(st.integers(0, 9)) else 3
    found = call("near_terms", text, starts, np.ones(size, np.uint8), word, most)
    assert all(0 <= at < size and 0 <= edits <= most for at, edits in found or ())


@anything
@given(
    arrays(np.uint32),
    optional(doubles()),
    optional(arrays(np.int32)),
    optional(arrays(np.uint8)),
    optional(arrays(np.int32)),
    optional(arrays(np.int32)),
    st.data(),
)
def test_filter_documents(
    doc_ids: Any, scores: Any, values: Any, chosen: Any, first: Any, last: Any, data: st.DataObject
) -> None:
    kept, kept_scores = room(data)
    if data.draw(st.integers(0, 3)):  # columns of one length, as many scores as documents
        first, last, values = (
            None if each is None else np.resize(np.append(each, 1), 30).astype(np.int32)
            for each in (first, last, values)
        )
        values = None if values is None or chosen is None else values % np.int32(len(chosen) + 1)
        scores = None if scores is None else np.resize(np.append(scores, 1.0), len(doc_ids))
        doc_ids, kept = doc_ids % np.uint32(30), np.empty(60, np.uint32)
        kept_scores = None if scores is None else np.empty(60)
    days = (data.draw(st.integers(-(2**31), 2**31 - 1)), 2000, data.draw(st.booleans()))
    arguments = (doc_ids, scores, values, chosen, first, last, *days, kept, kept_scores)
    check(call("filter_documents", *arguments), kept)
