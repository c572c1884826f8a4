"""An array that grows at its end: in memory, and in a temporary file once it is large."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

IN_MEMORY = 1 << 22
"""Bytes of a growing array that stay in memory: a merge has some sixty of them, which took 0.1 GB
more over 400,000 releases where each could hold 32 MB."""
PIECE = 1 << 20
"""Bytes that are read from disk at a time: a whole number of what one checksum covers."""


class GrowingArray:
    """A one-dimensional array, written in little-endian order."""

    def __init__(self, dtype: np.dtype[Any]) -> None:
        self.dtype = dtype
        self.count = 0
        self._pieces: list[NDArray[Any]] = []
        self._bytes = 0
        self._file: BinaryIO | None = None

    def append(self, array: NDArray[Any]) -> None:
        """Add to its end; a large array is written at once, without a copy of it."""
        self.count += len(array)
        self._bytes += len(array) * self.dtype.itemsize
        stored = self.dtype.newbyteorder("<")
        if self._bytes > IN_MEMORY:
            self._pieces.append(np.ascontiguousarray(array, stored))
            self._spill()
        else:
            self._pieces.append(np.array(array, stored))

    def pieces(self) -> Iterator[memoryview]:
        """The bytes of the array, `PIECE` at a time once it lies on disk."""
        if self._file is None:
            yield bytes_of(np.concatenate([np.empty(0, self.dtype), *self._pieces]))
            return
        self._spill()
        self._file.seek(0)
        while piece := self._file.read(PIECE):
            yield memoryview(piece)

    def close(self) -> None:
        """Let go of the disk."""
        if self._file is not None:
            self._file.close()

    def _spill(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115, closed in close()
        for piece in self._pieces:
            self._file.write(bytes_of(piece))
        self._pieces, self._bytes = [], 0


def bytes_of(array: NDArray[Any]) -> memoryview:
    """The bytes of an array, in place."""
    return array.data.cast("B") if len(array) else memoryview(b"")
