"""Members of a zip archive, also of one whose directory is lost."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import IO, BinaryIO

from index.sources.containers.members import Member, hidden, shown
from index.sources.containers.signatures import is_document, looks_like_package, package_form
from index.sources.containers.streams import Budget, Pull, buffered, damage
from index.sources.draft import Damage, Refusal

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_SIZES_FOLLOW = 0x8
_STORED, _DEFLATED = 0, 8
_LOCAL_HEADER = struct.Struct("<4sHHHHHIIIHH")
_WEB_CAPTURE = re.compile(r"archive/[^/]+\.warc(\.gz)?", re.IGNORECASE)


ANEW = "open it in the program that made it and save it anew"


def members(
    file: BinaryIO, name: str, budget: Budget, skipped: Counter[str]
) -> Iterator[Member | Refusal]:
    """The documents in a zip by the order of its directory, each to be read before the next.

    A WACZ gives its captures only. A zip without a directory (a download that broke off) is read
    from its beginning as far as it goes.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            words = package_form(archive.namelist())
            if words is None:
                yield from _listed(archive, name, budget, skipped)
            else:
                yield _package(words, file, name)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        file.seek(0)
        if looks_like_package(file.read(4096)):
            yield Damage(name, f"is a damaged office document ({error}); {ANEW}")
            return
        yield Damage(
            name,
            f"is a damaged zip ({error}), so pack or fetch it anew; what could be read was kept",
        )
        yield from _salvaged(file, name, budget)


def _package(words: str, file: BinaryIO, name: str) -> Member | Refusal:
    if not is_document(words):
        return Refusal(name, f"is {words}, which is not read; save it as PDF")
    file.seek(0)
    return Member(name, buffered(file.read, None), package=True)


def _listed(
    archive: zipfile.ZipFile, name: str, budget: Budget, skipped: Counter[str]
) -> Iterator[Member | Refusal]:
    names = archive.namelist()
    captures = {each for each in names if _WEB_CAPTURE.fullmatch(each)}
    wacz = captures if "datapackage.json" in names else None
    for entry in archive.infolist():
        budget.count_member()
        if entry.is_dir():
            continue
        if (wacz is not None and entry.filename not in wacz) or hidden(entry.filename):
            skipped["hidden or auxiliary member of an archive"] += 1
            continue
        yield from _entry(archive, entry, f"{name}!{shown(_entry_name(entry))}", budget)


def _entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, budget: Budget
) -> Iterator[Member | Refusal]:
    if entry.flag_bits & _ENCRYPTED:
        yield Damage(name, "is encrypted; unpack it with its password and index the files")
        return
    try:
        content = archive.open(entry)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        yield Damage(name, f"cannot be unpacked ({error})")
        return
    with content:
        stream = buffered(_checked(content), budget)
        yield Member(name, stream)
        if damage(stream):
            yield Damage(name, f"{damage(stream)}; what could be read was kept")


def _checked(content: IO[bytes]) -> Pull:
    def pull(size: int) -> bytes:
        try:
            return content.read(size)
        except zipfile.BadZipFile as error:
            raise EOFError(f"it is damaged ({error}), so pack it anew") from error

    return pull


def _entry_name(entry: zipfile.ZipInfo) -> str:
    """The member's name; many programs write UTF-8 without saying so."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _salvaged(file: BinaryIO, name: str, budget: Budget) -> Iterator[Member | Refusal]:
    """Members as their local headers describe them, up to the first that cannot be followed."""
    file.seek(0)
    source = io.BufferedReader(file) if isinstance(file, io.RawIOBase) else file
    while True:
        header = source.read(_LOCAL_HEADER.size)
        if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            return
        values = _LOCAL_HEADER.unpack(header)
        flags, method, packed, name_size, extra_size = (
            values[2], values[3], values[7], values[9], values[10],
        )  # fmt: skip
        member_name = source.read(name_size).decode("utf-8", "replace")
        source.read(extra_size)
        if flags & _ENCRYPTED or method not in (_STORED, _DEFLATED):
            return
        if method == _STORED and (flags & _SIZES_FOLLOW):
            return
        budget.count_member()
        start = source.tell()
        pull = _Inflating(source) if method == _DEFLATED else _Slice(source, packed)
        stream = buffered(pull, budget)
        if not member_name.endswith("/") and not hidden(member_name):
            yield Member(f"{name}!{shown(member_name)}", stream)
        while stream.read(1 << 16):
            pass
        source.seek(start + (pull.packed if method == _DEFLATED else packed))
        if damage(stream):
            yield Damage(f"{name}!{shown(member_name)}", f"{damage(stream)}")
            return
        if flags & _SIZES_FOLLOW:
            _skip_descriptor(source)


class _Inflating:
    """Raw deflate that knows where it ended."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._inner = zlib.decompressobj(wbits=-15)
        self._read = 0

    @property
    def packed(self) -> int:
        """Bytes of the source that belong to this member."""
        return self._read - len(self._inner.unused_data)

    def __call__(self, size: int) -> bytes:
        while not self._inner.eof:
            data = self._inner.unconsumed_tail
            if not data:
                data = self._source.read(1 << 14)
                self._read += len(data)
            if not data:
                raise EOFError("it is cut short, so fetch it anew; what could be read was kept")
            piece = self._inner.decompress(data, size)
            if piece:
                return piece
        return b""


class _Slice:
    """So many bytes of a source as they are."""

    def __init__(self, source: BinaryIO, size: int) -> None:
        self._source = source
        self._left = size
        self.packed = size

    def __call__(self, size: int) -> bytes:
        wanted = min(size, self._left)
        piece = self._source.read(wanted)
        self._left -= len(piece)
        if wanted and not piece:
            raise EOFError("it is cut short, so fetch it anew; what could be read was kept")
        return piece


def _skip_descriptor(source: BinaryIO) -> None:
    start = source.tell()
    signed = source.read(4) == b"PK\x07\x08"
    source.seek(start + (16 if signed else 12))
