"""A temporary file that holds the records of a run until it is clear what becomes of them."""

from __future__ import annotations

import struct
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO

_LENGTH = struct.Struct("<I")


class Spool:
    """Records by the place that `add` gave them.

    The file has no name, so nothing is left over, however the process ends.
    """

    def __init__(self, folder: Path | None) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by exit
        self._end = 0
        self._writing = True

    def add(self, record: bytes) -> int:
        """Keep a record; gives its place."""
        if not self._writing:
            self._file.seek(self._end)
            self._writing = True
        place = self._end
        self._file.write(_LENGTH.pack(len(record)) + record)
        self._end += _LENGTH.size + len(record)
        return place

    def record(self, place: int) -> bytes:
        """The record at a place."""
        self._writing = False
        self._file.seek(place)
        (length,) = _LENGTH.unpack(self._file.read(_LENGTH.size))
        return self._file.read(length)

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
