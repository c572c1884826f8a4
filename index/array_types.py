"""Types of arrays by what they hold, under one name each in all packages."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

DocIds = NDArray[np.uint32]
"""Numbers of documents; ascending, none twice, where nothing else is said."""
UInts = NDArray[np.uint32]
"""What postings hold: frequencies, positions, documents of several terms."""
Ordinals = NDArray[np.int32]
"""Numbers from 0 of words, of terms, or of the values of a column; -1 for none."""
Ints = NDArray[np.int64]
"""Counts, places, moments."""
Flags = NDArray[np.bool_]
"""One for each document, or for each of something else: whether it is chosen."""
Bytes = NDArray[np.uint8]
"""What is packed, and codes of one byte each, such as lengths of fields."""
Scores = NDArray[np.float64]
