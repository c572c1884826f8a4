"""A temporary file that holds the releases of a run until it is clear what becomes of them."""

from __future__ import annotations

import json
import struct
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO

import zstandard

from index.release import Release

_LENGTH = struct.Struct("<I")


class Spool:
    """Releases by the place that `add` gave them. The file has no name, so nothing is left over."""

    def __init__(self, folder: Path | None) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by exit
        self._packer = zstandard.ZstdCompressor(level=1)
        self._unpacker = zstandard.ZstdDecompressor()
        self._end = 0

    def add(self, release: Release) -> int:
        """Keep a release; gives its place."""
        text = json.dumps(release.to_dict(), ensure_ascii=False, separators=(",", ":"))
        packed = self._packer.compress(text.encode("utf-8", "surrogatepass"))
        place = self._end
        self._file.seek(place)
        self._file.write(_LENGTH.pack(len(packed)) + packed)
        self._end += _LENGTH.size + len(packed)
        return place

    def release(self, place: int) -> Release:
        """The release at a place."""
        self._file.seek(place)
        (length,) = _LENGTH.unpack(self._file.read(_LENGTH.size))
        text = self._unpacker.decompress(self._file.read(length))
        return Release.from_dict(json.loads(text.decode("utf-8", "surrogatepass")))

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
