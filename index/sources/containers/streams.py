"""Streams of unpacked bytes that end where damage begins and stop where a limit is passed."""

from __future__ import annotations

import bz2
import importlib
import io
import lzma
import tarfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import zstandard

from index.errors import LimitError, UnreadableError
from index.limits import Limits
from index.sources.containers.signatures import HEAD

Pull = Callable[[int], bytes]
"""Up to so many bytes, none at the end."""

_CHUNK = 64 * 1024
_ZSTANDARD_CHUNK = 2 * 1024
"""Input for zstandard at a time: 4 bytes may mean 128 KiB, so at most 64 MiB come out of it."""
_DAMAGE = (
    zlib.error,
    OSError,
    EOFError,
    lzma.LZMAError,
    tarfile.TarError,
    zstandard.ZstdError,
    UnreadableError,
)


@dataclass(slots=True)
class Budget:
    """What one file of the disk may still unpack to.

    :raises LimitError: from `spend` and `count_member`, then and every time after.
    """

    name: str
    packed_bytes: int
    limits: Limits
    expanded: int = 0
    members: int = 0
    exhausted: str = field(default="")

    def spend(self, size: int) -> None:
        """Note that so many bytes were unpacked."""
        self.expanded += size
        limits, ratio = self.limits, self.expanded / max(1, self.packed_bytes)
        if self.expanded > limits.expanded_bytes:
            self.exhausted = f"it unpacks to more than {limits.expanded_bytes:,} bytes"
        elif self.expanded > limits.expansion_floor and ratio > limits.expansion_ratio:
            self.exhausted = f"it unpacks to more than {limits.expansion_ratio} times its size"
        self.check()

    def count_member(self) -> None:
        """Note that one more member was met."""
        self.members += 1
        if self.members > self.limits.members:
            self.exhausted = f"it has more than {self.limits.members:,} members"
        self.check()

    def check(self) -> None:
        """Raise when a limit was passed."""
        if self.exhausted:
            raise LimitError(f"{self.exhausted}; the rest of it is left out (see the limits)")


class Unpacked(io.RawIOBase):
    """Bytes from a `pull`, counted against a budget.

    Damage ends the stream instead of raising: what came before is good. `damage` then says what
    happened. A passed limit does raise: there is no end to what would come.
    """

    def __init__(self, pull: Pull, budget: Budget | None) -> None:
        super().__init__()
        self._pull = pull
        self._budget = budget
        self.damage = ""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer unless the end is reached, so that `peek` shows a whole head."""
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view) and not self.damage:
            piece = self._next(len(view) - filled)
            if not piece:
                break
            view[filled : filled + len(piece)] = piece
            filled += len(piece)
        return filled

    def _next(self, size: int) -> bytes:
        try:
            piece = self._pull(size)
        except _DAMAGE as error:
            self.damage = _sentence(error)
            return b""
        if self._budget is not None:
            self._budget.spend(len(piece))
        return piece


def buffered(pull: Pull, budget: Budget | None) -> io.BufferedReader:
    """A stream with `peek` and lines over a pull. `budget` None where nothing was unpacked."""
    return io.BufferedReader(Unpacked(pull, budget), HEAD)


def damage(stream: io.BufferedReader) -> str:
    """What ended the stream early, or an empty string."""
    return stream.raw.damage if isinstance(stream.raw, Unpacked) else ""


def inflate(form: str, packed: BinaryIO, limits: Limits) -> Pull:
    """What a `gzip`, `bzip2`, `xz`, `zstandard` or `brotli` stream unpacks to, members joined."""
    if form == "zstandard":
        return _unpack_zstandard(packed, limits)
    make: dict[str, Callable[[], Any]] = {
        "gzip": _Gzip,
        "brotli": _Brotli,
        "bzip2": bz2.BZ2Decompressor,
        "xz": lambda: lzma.LZMADecompressor(memlimit=limits.window_bytes),
    }
    return _unpack(packed, make[form])


class _Gzip:
    """zlib behind the interface that bz2 and lzma share."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


class _Brotli:
    """Brotli behind the same interface; the extra `documents` has it."""

    unused_data = b""

    def __init__(self) -> None:
        brotli = importlib.import_module("brotli")
        self._inner = brotli.Decompressor()
        self._error: type[Exception] = brotli.error
        self._rest = b""  # what came beyond the limit, which it keeps in steps only

    @property
    def eof(self) -> bool:
        return not self._rest and bool(self._inner.is_finished())

    @property
    def needs_input(self) -> bool:
        return not self._rest and bool(self._inner.can_accept_more_data())

    def decompress(self, data: bytes, max_length: int) -> bytes:
        try:
            if not self._rest:
                self._rest = self._inner.process(data, output_buffer_limit=max_length)
        except self._error as error:
            raise UnreadableError(f"it is damaged ({error}), so fetch it anew") from error
        piece, self._rest = self._rest[:max_length], self._rest[max_length:]
        return piece


def _unpack(packed: BinaryIO, make: Callable[[], Any]) -> Pull:
    state: dict[str, Any] = {"machine": make(), "rest": b"", "begun": False}

    def pull(size: int) -> bytes:
        while True:
            machine = state["machine"]
            if machine.eof:
                state["rest"] = machine.unused_data or packed.read(_CHUNK)
                if not state["rest"].strip(b"\0"):
                    return b""
                state["machine"] = machine = make()
            data = state["rest"]
            state["rest"] = b""
            if not data and machine.needs_input:
                data = packed.read(_CHUNK)
                if not data:
                    raise EOFError(
                        "it ends before its end mark; it may be cut short, so fetch it anew"
                    )
            piece: bytes = machine.decompress(data, max(1, size))
            if piece:
                return piece

    return pull


def _unpack_zstandard(packed: BinaryIO, limits: Limits) -> Pull:
    decompressor = zstandard.ZstdDecompressor(max_window_size=limits.window_bytes)
    state: dict[str, Any] = {"machine": decompressor.decompressobj(), "ready": io.BytesIO()}

    def pull(size: int) -> bytes:
        while not (piece := state["ready"].read(size)):
            machine = state["machine"]
            data = b""
            if machine.eof:
                data = machine.unused_data or packed.read(_ZSTANDARD_CHUNK)
                if not data:
                    return b""
                state["machine"] = machine = decompressor.decompressobj()
            data = data or packed.read(_ZSTANDARD_CHUNK)
            if not data:
                raise EOFError("it ends before its end mark; it may be cut short, so fetch it anew")
            state["ready"] = io.BytesIO(machine.decompress(data))
        return bytes(piece)

    return pull


def _sentence(error: Exception) -> str:
    words = str(error) or type(error).__name__
    return (
        words
        if isinstance(error, EOFError | UnreadableError)
        else f"it is damaged ({words}), so fetch it anew"
    )
