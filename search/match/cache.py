"""The cache of postings and scores, and what an array of it counts for."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.bounded_cache import Cache

POSTINGS_BYTES = 96 << 20
"""Bytes of decoded postings and scores that a process keeps."""

postings_cache = Cache(POSTINGS_BYTES)
"""Postings of terms, and scores of frequent words, of all indexes of the process."""

TERMS_BYTES = 4 << 20
"""Bytes of the places of terms that a process keeps: 10,000 of them. A question of four words asks
for 17, and to find one in a field's dictionary takes 5 microseconds."""
PLACE_BYTES = 400
"""What the place of a term counts for beside itself. Measured by `tracemalloc`: 330 bytes."""

terms_cache = Cache(TERMS_BYTES, PLACE_BYTES)
"""Where terms stand in the dictionaries of fields, of all indexes of the process."""


def held_bytes(array: NDArray[Any]) -> int:
    """Bytes that an array keeps from being freed: those of the whole array that it is a view of."""
    base = array
    while isinstance(base.base, np.ndarray):
        base = base.base
    return int(max(array.nbytes, base.nbytes))
