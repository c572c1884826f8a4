"""Field lengths in one byte, by Whoosh's own table."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.util.numeric import byte_to_length

LENGTHS: NDArray[np.int64] = np.array([byte_to_length(code) for code in range(256)], np.int64)
"""(256,) int64: the length that each byte stands for; exact to 10, then ever coarser."""


def length_codes(lengths: NDArray[Any]) -> NDArray[np.uint8]:
    """The byte for each length: the first entry of the table not below it, at most 255."""
    return np.minimum(np.searchsorted(LENGTHS, lengths), 255).astype(np.uint8)
