"""Sets of documents: what is among what, in whichever way it is found."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from search.match.doc_sets import among

_NUMBERS = st.sets(st.integers(0, 3_000), max_size=400)


@given(_NUMBERS, _NUMBERS)
@example(set(range(400)), set())
@example(set(), {1})
@example({2_999}, set(range(0, 3_000, 2)))  # looked up
@example(set(range(0, 3_000, 2)), {2_998})  # by a row
def test_each_document_is_among_others_or_not(doc_ids: set[int], found: set[int]) -> None:
    asked = np.array(sorted(doc_ids), np.uint32)
    held = among(asked, np.array(sorted(found), np.uint32))
    assert held.tolist() == [each in found for each in sorted(doc_ids)]
    backwards = among(asked[::-1], np.array(sorted(found), np.uint32))
    assert backwards.tolist() == held.tolist()[::-1]
