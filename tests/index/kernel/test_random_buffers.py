"""Buffers of the right types with any content: each loop of indexing raises or answers.

`make sanitizers` runs this with a module that finds every access outside of its memory.
`KERNEL_INPUTS` is how many inputs each loop gets; `fuzz_loops.py` has many more for the same time.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import kernel
from index.codec.token_numbers import lowered_tokens
from index.text.characters import character_classes

pytestmark = pytest.mark.skipif(kernel.loop("WordTable") is None, reason="no compiled loops")

INPUTS = int(os.environ.get("KERNEL_INPUTS", "300"))
REFUSALS = (ValueError, IndexError, OverflowError, MemoryError, TypeError)
Strategy = st.SearchStrategy[Any]


def array(kind: str, low: int, high: int) -> Strategy:
    """Arrays of few numbers: small ones, often, and any that the type holds."""
    bounds = np.iinfo(kind)
    numbers = st.integers(low, high) | st.integers(int(bounds.min), int(bounds.max))
    some = st.lists(st.integers(low, high), max_size=6) | st.lists(numbers, max_size=6)
    ordered = some | some.map(sorted)
    return ordered.map(lambda values: np.array(values, kind))


COUNTS = array("int64", -1, 4)
NUMBERS = array("uint32", 0, 300)
BYTES = array("uint8", 0, 255) | st.binary(max_size=40).map(lambda data: np.frombuffer(data, "u1"))
MODES, ROWS = array("uint8", 0, 4), array("uint8", 0, 1)
MODE, FEW = st.integers(0, 4), st.integers(0, 4)
SMALL = array("int32", -1, 4)
STREAMS = st.integers(-1, 3)
PACKED = (BYTES, COUNTS, MODES, COUNTS, NUMBERS, STREAMS)
TERMS = st.integers(-2, 8) | st.sampled_from([2**31, 2**40, 2**61, 2**62, 2**63 - 1])
TEXTS = st.lists(st.text(max_size=12) | st.text("aZ1,. '月香\U0001f600", max_size=12), max_size=3)


@st.composite
def fitting_counts(draw: st.DrawFn) -> tuple[Any, Any]:
    """Numbers, and counts that add up to them."""
    numbers = draw(NUMBERS)
    cuts = sorted(draw(st.lists(st.integers(0, len(numbers)), max_size=3)))
    return numbers, np.diff([0, *cuts, len(numbers)]).astype("int64")


@st.composite
def fitting_terms(draw: st.DrawFn) -> tuple[Any, ...]:
    """As many places, modes and counts as terms: of arrays drawn one by one hardly any fit."""
    packed, marks = draw(BYTES), np.zeros(draw(st.integers(1, 9)), "uint8")
    terms = draw(st.lists(st.tuples(st.integers(0, len(packed)), MODE, FEW), max_size=3))
    ends = np.array([end for end, _, _ in terms], "int64")
    modes = np.array([mode for _, mode, _ in terms], "uint8")
    counts = np.array([count for _, _, count in terms], "int64")
    marked = draw(st.sampled_from([None, np.zeros(len(terms), "int64")]))
    return packed, np.zeros(len(terms), "int64"), ends, modes, counts, marks, marked


def words_of(given_texts: list[str], languages: Any, most: int) -> Any:
    table = kernel.loop("WordTable")
    assert table is not None
    made = table(character_classes(), lowered_tokens, 5)
    return made.words_of(given_texts, languages, most)


LOOPS: dict[str, tuple[Strategy, ...]] = {
    "pack": (NUMBERS, COUNTS, STREAMS),
    "unpack": PACKED,
    "mark_documents": (BYTES, COUNTS, COUNTS, MODES, COUNTS, ROWS, st.none() | COUNTS),
    "inverted": (SMALL, COUNTS, SMALL, COUNTS, SMALL, SMALL, COUNTS, SMALL, TERMS),
    "grouped": (array("uint64", 0, 2**26), COUNTS, SMALL, st.booleans()),
    "merge_terms": (BYTES, COUNTS, COUNTS),
    "place_runs": (NUMBERS, COUNTS, COUNTS, NUMBERS),
}

FITTING: dict[str, Strategy] = {"mark_documents": fitting_terms()}


@pytest.mark.parametrize("name", LOOPS)
def test_any_arrays_are_answered_or_refused(name: str) -> None:
    loop = kernel.loop(name)
    assert loop is not None
    tried(loop, st.tuples(*LOOPS[name]) | FITTING.get(name, st.nothing()))


@pytest.mark.parametrize("stream", range(3), ids=["documents", "frequencies", "positions"])
def test_any_numbers_are_packed_or_refused(stream: int) -> None:
    pack, unpack = kernel.loop("pack"), kernel.loop("unpack")
    assert pack is not None
    assert unpack is not None

    def check(numbers: Any, counts: Any) -> None:
        room = np.empty_like(numbers)
        unpack(*pack(numbers, counts, stream), counts, room, stream)
        if stream != 1 or (numbers > 0).all():
            assert room.tolist() == numbers.tolist()

    def packed_or_refused(numbers: Any, counts: Any) -> None:
        packed = pack(numbers, counts, stream)
        assert len(packed[0]) == sum(packed[1])
        check(numbers, counts)

    tried(packed_or_refused, fitting_counts())


def test_any_texts_are_looked_up_or_refused() -> None:
    tried(words_of, st.tuples(TEXTS, BYTES, st.integers(-1, 20)))


def tried(loop: Callable[..., Any], arguments: Strategy) -> None:
    """Calls it with many arguments; whatever it refuses is no error."""
    answered: list[bool] = []

    @settings(max_examples=INPUTS, deadline=None, suppress_health_check=list(HealthCheck))
    @given(arguments)
    def call(values: tuple[Any, ...]) -> None:
        try:
            loop(*values)
        except REFUSALS:
            answered.append(False)
        else:
            answered.append(True)

    call()
    assert any(answered)
