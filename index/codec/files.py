"""One file of a segment: named arrays, a directory, checksums. `docs/index-format.md` draws it.

Arrays are read in place (memory-mapped), never unpickled. Each array carries a CRC-32 for every
64 KiB; a piece is checked when it is first touched, so opening costs nothing per byte and a
damaged file is an error where it is read, not a wrong answer.
"""

from __future__ import annotations

import errno
import itertools
import json
import mmap
import os
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage

from index.codec.growing_array import GrowingArray, bytes_of
from index.errors import MEND, DamagedIndexError

MAGIC = b"\x89DTLNX\r\n"
VERSION = 1
CHUNK = 1 << 16
"""Bytes under one checksum."""
MAX_DIRECTORY = 1 << 26
"""Bytes of directory and checksums that a reader accepts."""
_ALIGN = 64
_POPULATE_READ = 22
"""Linux's MADV_POPULATE_READ (5.14): reads pages in, and says where that cannot be done."""
_FOOTER = struct.Struct("<QIIII8s")  # directory at, its size, checksums' size, CRC, version, magic


class Component(Enum):
    """The files of a segment; the value is the extension of the file's name."""

    TERMS = ".terms"
    """Per field: the sorted terms, their document counts and where their postings stand."""
    POSTINGS = ".postings"
    """Per field: document numbers, frequencies, weights."""
    POSITIONS = ".positions"
    """Per field: token positions, or the raw posting values of formats that Whoosh encodes."""
    LENGTHS = ".lengths"
    """Per field: one byte of length a document."""
    COLUMNS = ".columns"
    """Per sortable field: a number, or the ordinal of a value, a document."""
    STORED = ".stored"
    """Compressed blocks of stored fields, and term vectors where a schema asks for them."""


Buffer = bytes | mmap.mmap


class Seal(NamedTuple):
    """Which file it is: its size in bytes, and the checksum in its footer, which covers all others.

    What names a file keeps its seal, so that no other can take its place.
    """

    size: int
    check: int


class FileWriter:
    """Writes one component: whole arrays with `add`, growing ones with `append`; then `close`."""

    def __init__(self, file: Any, component: Component) -> None:
        self._file = file
        self._component = component
        self._at = 0
        self._arrays: dict[str, list[Any]] = {}
        self._checksums: list[NDArray[np.uint32]] = []
        self._growing: dict[str, GrowingArray] = {}
        self.meta: dict[str, Any] = {}
        self._write(MAGIC)

    def add(self, name: str, array: NDArray[Any]) -> None:
        """Write a one-dimensional array whole, in little-endian order."""
        array = np.ascontiguousarray(array)
        data = array.astype(array.dtype.newbyteorder("<"), copy=False)
        self._pad()
        self._arrays[name] = [data.dtype.str, len(data), self._at]
        raw = bytes_of(data)
        self._checksums.append(_checksums(raw))
        self._write(raw)

    def append(self, name: str, array: NDArray[Any]) -> None:
        """Add to the end of an array that is written when the file is closed."""
        if name not in self._growing:
            self._growing[name] = GrowingArray(array.dtype)
        self._growing[name].append(array)

    def close(self) -> None:
        """Write growing arrays, directory, checksums and footer, and close the file."""
        for name, growing in sorted(self._growing.items()):
            self._add_pieces(name, growing)
            growing.close()
        directory = json.dumps(
            {"component": self._component.name, "arrays": self._arrays, "meta": self.meta}
        ).encode()
        sums = b"".join(each.astype("<u4").tobytes() for each in self._checksums)
        self._pad()
        at = self._at
        self._write(directory + sums)
        head = struct.pack("<QIII", at, len(directory), len(sums), VERSION)
        check = zlib.crc32(head, zlib.crc32(directory + sums))
        self._write(_FOOTER.pack(at, len(directory), len(sums), check, VERSION, MAGIC))
        self._file.close()

    def _add_pieces(self, name: str, growing: GrowingArray) -> None:
        """Write a growing array whole; what lies on disk is never in memory all at once."""
        self._pad()
        self._arrays[name] = [growing.dtype.newbyteorder("<").str, growing.count, self._at]
        for piece in growing.pieces():
            self._checksums.append(_checksums(piece))
            self._write(piece)

    def _pad(self) -> None:
        self._write(bytes(-self._at % _ALIGN))

    def _write(self, data: bytes | memoryview) -> None:
        self._file.write(data)
        self._at += len(data)


class FileReader:
    """One component, opened. Arrays are read-only views of the file.

    `listed`: name of an array -> its type, its length and where it begins; `end`: of all of them.
    """

    def __init__(
        self, buffer: Buffer, path: str, component: Component, seal: Seal | None = None
    ) -> None:
        self._buffer = buffer
        self.path = path
        directory, sums = self._directory(component, seal)
        self.meta: Mapping[str, Any] = directory["meta"]
        self.listed: dict[str, list[Any]] = directory["arrays"]
        self._sums = sums
        self._arrays: dict[str, _Checked] = {}

    def __contains__(self, name: str) -> bool:
        return name in self.listed

    def names(self) -> list[str]:
        """The names of all arrays, in the order of writing."""
        return list(self.listed)

    def array(self, name: str) -> NDArray[Any]:
        """A whole array, all of it checked.

        :raises DamagedIndexError: if its checksum is wrong, or the file has no such array.
        """
        checked = self.checked(name)
        return checked.part(0, len(checked.view))

    def checked(self, name: str) -> _Checked:
        """A handle for reading pieces of an array."""
        found = self._arrays.get(name)
        if found is None:
            found = self._arrays[name] = self._view(name)
        return found

    def _view(self, name: str) -> _Checked:
        if name not in self.listed:
            raise DamagedIndexError(f"{self.path}: holds no {name}; {MEND}")
        dtype, count, at = self.listed[name]
        try:
            view = np.frombuffer(self._buffer, np.dtype(dtype), count, at)
        except ValueError as error:
            raise DamagedIndexError(f"{self.path}: {name}: {error}; {MEND}") from None
        first = self._first_chunks[name]
        chunks = self._sums[first : first + _chunks_of(view.nbytes)]
        return _Checked(view, chunks, self.path, name, _reading_in(self._buffer, at, self.path))

    @cached_property
    def _first_chunks(self) -> dict[str, int]:
        """The place of each array's first checksum."""
        sizes = [np.dtype(dtype).itemsize * count for dtype, count, _ in self.listed.values()]
        firsts = itertools.accumulate(map(_chunks_of, sizes), initial=0)
        return dict(zip(self.listed, firsts, strict=False))

    @property
    def nbytes(self) -> int:
        """Bytes of the file."""
        return len(self._buffer)

    def check_ahead(self) -> Iterator[None]:
        """Check every chunk that nobody has read yet, one a step.

        :raises DamagedIndexError: at the first that is not as it was written.
        """
        for name in self.listed:
            yield from self.checked(name).check_ahead()

    def let_go(self) -> None:
        """Take no memory for what was read so far; it comes back from the file when it is read."""
        if isinstance(self._buffer, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
            self._buffer.madvise(mmap.MADV_DONTNEED)

    def is_whole(self) -> bool:
        """Whether the file still has the size that it was opened with."""
        return not isinstance(self._buffer, mmap.mmap) or self._buffer.size() >= len(self._buffer)

    def damage(self) -> Iterator[str]:
        """What is wrong with the file, a sentence for each of its arrays; every byte is read."""
        end = len(MAGIC)
        for name, (_, _, at) in self.listed.items():
            try:
                if any(self._buffer[end:at]):
                    yield f"{self.path}: bytes before {name} are damaged; {MEND}"
                end = at + self.array(name).nbytes
            except DamagedIndexError as error:
                yield str(error)
        if any(self._buffer[end : self.end]):
            yield f"{self.path}: bytes before its directory are damaged; {MEND}"

    def verify(self) -> None:
        """Check every byte.

        :raises DamagedIndexError: at the first that is not as it was written.
        """
        for each in self.damage():
            raise DamagedIndexError(each)

    def _directory(
        self, component: Component, seal: Seal | None
    ) -> tuple[dict[str, Any], NDArray[np.uint32]]:
        size = len(self._buffer)
        if seal is not None and size != seal.size:
            raise DamagedIndexError(f"{self.path}: has {size:,} bytes of {seal.size:,}; {MEND}")
        if size < _FOOTER.size + len(MAGIC) or self._buffer[: len(MAGIC)] != MAGIC:
            raise DamagedIndexError(f"{self.path}: not a file of this index; {MEND}")
        footer = self._buffer[size - _FOOTER.size : size]
        at, length, sums_size, check, version, magic = _FOOTER.unpack(footer)
        if magic != MAGIC:
            raise DamagedIndexError(f"{self.path}: its end is missing or damaged; {MEND}")
        if version != VERSION:
            raise DamagedIndexError(
                f"{self.path}: format {version}, this program reads {VERSION}; {MEND}"
            )
        end = at + length + sums_size
        if length + sums_size > MAX_DIRECTORY or end + _FOOTER.size != size:
            raise DamagedIndexError(f"{self.path}: its directory is damaged; {MEND}")
        head = struct.pack("<QIII", at, length, sums_size, version)
        if zlib.crc32(head, zlib.crc32(self._buffer[at:end])) != check:
            raise DamagedIndexError(f"{self.path}: its directory is damaged; {MEND}")
        if seal is not None and check != seal.check:
            raise DamagedIndexError(f"{self.path}: is another file than was written; {MEND}")
        self.end = at
        directory: dict[str, Any] = json.loads(self._buffer[at : at + length])
        if directory["component"] != component.name:
            raise DamagedIndexError(f"{self.path}: holds {directory['component']}; {MEND}")
        return directory, np.frombuffer(self._buffer, "<u4", sums_size // 4, at + length)


ReadIn = Callable[[int, int], None]
"""Reads the bytes from the first to before the second of an array into memory.

A page of a mapped file that cannot be read, since the disk fails or the file was cut short, would
end the process by a signal.

:raises DamagedIndexError: where that cannot be done.
"""


def _reading_in(buffer: Buffer, at: int, path: str) -> ReadIn | None:
    """For an array at a place of a mapped file. It knows no reader: so files close when unused."""
    if not isinstance(buffer, mmap.mmap):
        return None

    def read_in(start: int, stop: int) -> None:
        page = (at + start) // mmap.PAGESIZE * mmap.PAGESIZE
        try:
            buffer.madvise(_POPULATE_READ, page, at + stop - page)
        except OSError as error:
            if error.errno != errno.EINVAL:  # an older Linux does not know it
                raise DamagedIndexError(f"{path}: cannot be read ({error.strerror})") from None

    return read_in


class _Checked:
    """An array whose chunks are checked when first read."""

    __slots__ = ("_bytes", "_done", "_itemsize", "_name", "_path", "_read_in", "_sums", "view")

    def __init__(
        self,
        view: NDArray[Any],
        sums: NDArray[np.uint32],
        path: str,
        name: str,
        read_in: ReadIn | None = None,
    ) -> None:
        self.view = view
        self._read_in = read_in
        self._bytes = bytes_of(view)
        self._sums = sums
        self._done = bytearray(len(sums))
        self._itemsize = view.itemsize
        self._path = path
        self._name = name

    def part(self, start: int, stop: int) -> NDArray[Any]:
        """Elements `start` to `stop`.

        :raises DamagedIndexError: if a chunk that holds them has a wrong checksum.
        """
        first = start * self._itemsize // CHUNK
        last = -(-stop * self._itemsize // CHUNK)
        if self._done.find(0, first, last) >= 0:
            self._check(first, last)
        return self.view[start:stop]

    def check_ahead(self) -> Iterator[None]:
        """Check the chunks that nobody has read yet, one a step."""
        while (chunk := self._done.find(0)) >= 0:
            self._check(chunk, chunk + 1)
            yield

    def _check(self, first: int, last: int) -> None:
        for chunk in range(first, last):
            if self._done[chunk]:
                continue
            if self._read_in is not None:
                self._read_in(chunk * CHUNK, min((chunk + 1) * CHUNK, len(self._bytes)))
            if zlib.crc32(self._bytes[chunk * CHUNK : (chunk + 1) * CHUNK]) != self._sums[chunk]:
                raise DamagedIndexError(f"{self._path}: {self._name} is damaged; {MEND}")
            self._done[chunk] = 1


def narrow(array: NDArray[Any]) -> NDArray[Any]:
    """The same whole numbers (none negative) in the smallest unsigned type that holds them."""
    top = int(array.max()) if len(array) else 0
    return array.astype(np.min_scalar_type(top))


def create(storage: Any, segment: Any, component: Component) -> FileWriter:
    """A writer for a segment's component in a Whoosh storage."""
    return FileWriter(storage.create_file(segment.make_filename(component.value)), component)


def open_component(storage: Any, segment: Any, component: Component) -> FileReader:
    """A segment's component from a Whoosh storage; memory-mapped where it is a folder.

    :raises DamagedIndexError: if the file is missing, cut off, changed or of another version.
    """
    name = segment.make_filename(component.value)
    if isinstance(storage, FileStorage):
        return open_file(
            os.path.join(storage.folder, name), component, segment.seals.get(component)
        )
    file = storage.open_file(name)
    try:
        return FileReader(bytes(file.read(storage.file_length(name))), name, component)
    finally:
        file.close()


def open_file(path: str, component: Component, seal: Seal | None = None) -> FileReader:
    """A component from a file of the disk, mapped into memory.

    :param seal: which file it has to be, where that is known.
    :raises DamagedIndexError: if it is cut off, changed, another one or of another version.
    """
    return FileReader(_mapped(path), path, component, seal)


def seal_of(path: Path) -> Seal:
    """The seal of a file that was just written."""
    with path.open("rb") as file:
        size = file.seek(-_FOOTER.size, os.SEEK_END) + _FOOTER.size
        return Seal(size, _FOOTER.unpack(file.read())[3])


def _mapped(path: str) -> Buffer:
    try:
        with open(path, "rb") as file:
            if os.fstat(file.fileno()).st_size == 0:
                return b""
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        raise DamagedIndexError(f"{path}: cannot be read ({error.strerror})") from error


def _chunks_of(size: int) -> int:
    return -(-size // CHUNK)


def _checksums(raw: memoryview) -> NDArray[np.uint32]:
    sums = [zlib.crc32(raw[at : at + CHUNK]) for at in range(0, len(raw), CHUNK)]
    return np.array(sums, np.uint32)
