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


def held_bytes(array: NDArray[Any]) -> int:
    """Bytes that an array keeps from being freed: those of the whole array that it is a view of."""
    base = array
    while isinstance(base.base, np.ndarray):
        base = base.base
    return int(max(array.nbytes, base.nbytes))
