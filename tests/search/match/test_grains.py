"""Scores in grains: their sums are the same in whatever order, and in 32 bits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import SearchRequest
from search.match.bm25 import in_grains
from search.query.grains import GRAINS, grained
from tests.search.search_corpus import CORPUS, Opened

SCORES = st.lists(st.floats(0.0, 100.0).map(grained), max_size=20)


@given(SCORES, st.randoms(use_true_random=False))
def test_sums_are_exact_in_any_order_in_32_bits(scores: list[float], chance: object) -> None:
    chance.shuffle(shuffled := list(scores))  # type: ignore[attr-defined]
    sum_of_32 = np.float32(0.0)
    for each in shuffled:
        sum_of_32 += np.float32(each)
    assert float(sum_of_32) == sum(round(each * GRAINS) for each in scores) / GRAINS


@given(st.floats(0.0, 2_000.0))
def test_one_score_and_many_are_brought_to_the_same_grain(score: float) -> None:
    assert in_grains(np.array([score])).tolist() == [grained(score)]
    assert abs(grained(score) - score) <= 0.5 / GRAINS


@pytest.mark.parametrize(
    "text",
    ["harbour tax", "tax^1.3 harb*", '"harbour tax"^0.7 ferry', "harbour^3.1 OR -tax", "coin~"],
)
@pytest.mark.parametrize("match", ["all", "any"])
def test_every_score_is_a_whole_number_of_grains(opened: Opened, text: str, match: str) -> None:
    hits = opened(CORPUS).search(SearchRequest(text, match=match, sort="relevance")).hits
    assert hits
    for hit in hits:
        assert (hit.score or 0.5) * GRAINS % 1 == 0
