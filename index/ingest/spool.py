"""A temporary file that holds the releases of a run until it is clear what becomes of them."""

from __future__ import annotations

import struct
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO

_HEAD = struct.Struct("<II")


class Spool:
    """Packed records by the place that `add` gave them.

    The file has no name, so nothing is left over, however the process ends.
    """

    def __init__(self, folder: Path | None) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by exit
        self._end = 0
        self._writing = True

    def add(self, packed: bytes, characters: int) -> int:
        """Keep a record whose body has so many characters; gives its place."""
        if not self._writing:
            self._file.seek(self._end)
            self._writing = True
        place = self._end
        self._file.write(_HEAD.pack(len(packed), characters) + packed)
        self._end += _HEAD.size + len(packed)
        return place

    def packed(self, place: int) -> tuple[bytes, int]:
        """The record at a place, and the characters of its body."""
        self._writing = False
        self._file.seek(place)
        length, characters = _HEAD.unpack(self._file.read(_HEAD.size))
        return self._file.read(length), characters

    def clear(self) -> None:
        """Forget everything."""
        self._file.seek(0)
        self._file.truncate()
        self._end, self._writing = 0, True

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
