"""Compound files (OLE2, MS-CFB): the streams inside documents of older Microsoft Office."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.errors import UnreadableError
from index.limits import Limits

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_ENTRIES = 100_000
"""Streams and folders of one file."""
MAX_DEPTH = 8
"""Folders in one another; a message in a message takes two each."""
_LAST_SECTOR = 0xFFFFFFFA
"""Numbers of sectors from here on are marks: the end, free, of the table itself."""
_NONE = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


def streams_of(data: bytes, limits: Limits) -> Mapping[str, bytes]:
    """The streams of a compound file by path (`1Table`, `__recip_version1.0_#0/__substg1.0_3001`).

    :raises UnreadableError: it is damaged, or what it unpacks to is over the limits.
    """
    try:
        return dict(_CompoundFile(data, limits).streams())
    except (struct.error, IndexError, ValueError) as error:
        raise UnreadableError(
            "is a damaged document of an older Microsoft Office; "
            "open it in Word or LibreOffice and save it as .docx"
        ) from error


class _CompoundFile:
    """The tables of a compound file; every chain has an end, as no sector comes twice in one."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._left = limits.package_bytes
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("sizes of sectors")
        self._size = 1 << shift
        first_directory, self._cutoff = struct.unpack_from("<I4xI", data, 48)
        first_mini = struct.unpack_from("<I", data, 60)[0]
        self._table = self._allocation()
        self._entries = self._directory(first_directory)
        self._mini_table = _numbers(b"".join(self._chain(first_mini)))
        root = self._entries[0]
        self._mini = b"".join(self._chain(root.start))[: root.size]

    def streams(self) -> Iterator[tuple[str, bytes]]:
        """Every stream with its path."""
        waiting = [(self._entries[0].child, "", 0)]
        seen: set[int] = set()
        while waiting:
            number, folder, depth = waiting.pop()
            if number == _NONE or number in seen or depth > MAX_DEPTH:
                continue
            seen.add(number)
            entry = self._entries[number]
            waiting += [(entry.left, folder, depth), (entry.right, folder, depth)]
            if entry.kind == 1:
                waiting.append((entry.child, f"{folder}{entry.name}/", depth + 1))
            elif entry.kind == 2:
                yield f"{folder}{entry.name}", self._stream(entry)

    def _stream(self, entry: _Entry) -> bytes:
        self._left -= entry.size
        if self._left < 0:
            raise ValueError("more than the limits allow")
        if entry.size >= self._cutoff:
            return b"".join(self._chain(entry.start))[: entry.size]
        pieces, number, left = [], entry.start, entry.size
        while left > 0 and number < len(self._mini_table):
            pieces.append(self._mini[number * 64 : number * 64 + 64])
            number, left = self._mini_table[number], left - 64
        return b"".join(pieces)[: entry.size]

    def _sector(self, number: int) -> bytes:
        place = (number + 1) * self._size
        return self._data[place : place + self._size]

    def _chain(self, number: int) -> Iterator[bytes]:
        for _ in range(len(self._table)):
            if number >= _LAST_SECTOR:
                return
            yield self._sector(number)
            number = self._table[number]

    def _allocation(self) -> tuple[int, ...]:
        """The table that says which sector follows which."""
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        further, count = struct.unpack_from("<II", self._data, 68)
        for _ in range(min(count, len(self._data) // self._size)):
            if further >= _LAST_SECTOR:
                break
            *listed, further = _numbers(self._sector(further))
            sectors += listed
        used = [each for each in sectors if each < _LAST_SECTOR]
        most = len(self._data) // self._size + 1
        return _numbers(b"".join(map(self._sector, used[:most])))[: most + 1]

    def _directory(self, first: int) -> list[_Entry]:
        held = b"".join(self._chain(first))
        count = min(len(held) // 128, MAX_ENTRIES)
        return [_entry(held[place * 128 : place * 128 + 128]) for place in range(count)]


def _entry(held: bytes) -> _Entry:
    length, kind, left, right, child = struct.unpack_from("<HBxIII", held, 64)
    start, size = struct.unpack_from("<II", held, 116)
    name = held[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    return _Entry(name, kind, left, right, child, start, size)


def _numbers(held: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(held) // 4}I", held[: len(held) // 4 * 4])
