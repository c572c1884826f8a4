"""Field lengths in one byte, by the table of Lucene.

A byte below 24 is the length itself. Above, what goes beyond 24 is a floating point number of four
bits with an exponent: exact to 39, then within an eighth, rounded down. Source: the format of
`SmallFloat.intToByte4` in Apache Lucene, which OpenSearch keeps lengths in too.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_EXACT = 24
"""Bytes that are the length itself: those that are left when the largest 32-bit number has one."""


def _length(code: int) -> int:
    if code < _EXACT:
        return code
    exponent, mantissa = divmod(code - _EXACT, 8)
    return _EXACT + (mantissa if not exponent else (8 + mantissa) << (exponent - 1))


LENGTHS: NDArray[np.int64] = np.array([_length(code) for code in range(256)], np.int64)
"""(256,) int64: the length that each byte stands for, ascending."""


def length_codes(lengths: NDArray[Any]) -> NDArray[np.uint8]:
    """The byte for each length: the last entry of the table that is not above it."""
    return (np.searchsorted(LENGTHS, lengths, side="right") - 1).astype(np.uint8)
