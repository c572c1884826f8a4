"""The cache that is bounded in bytes: least recently used values go first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Protocol, TypeVar

ENTRY_BYTES = 2_000
"""What an entry counts for beside what it says of itself. Measured by `tracemalloc`: 1,650 bytes
for the query tree and notices of a search (mean of 100 questions), 620 for a term in one
document."""


class Sized(Protocol):
    """A value that knows its size."""

    @property
    def nbytes(self) -> int:
        """Bytes that it holds, or may yet come to hold."""


Value = TypeVar("Value", bound=Sized)


class Cache:
    """Values by key, up to `max_bytes` of them. Safe to share between threads.

    A key is a tuple that begins with what its value was made from: a commit, or a segment. What is
    larger than the bound is never kept.

    :param entry_bytes: what an entry counts for beside what its value says of itself.
    :param largest: bytes of a value; a larger one is never kept, for it would drop many others.
    """

    def __init__(
        self, max_bytes: int, entry_bytes: int = ENTRY_BYTES, largest: int | None = None
    ) -> None:
        self.max_bytes = max_bytes
        self._largest = largest
        self._entry_bytes = entry_bytes
        self._bytes = 0
        self._entries: OrderedDict[tuple[Hashable, ...], tuple[Any, int]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return self._bytes

    def get(self, key: tuple[Hashable, ...]) -> Any:
        """The value of a key, None where it is not held."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            self._entries.move_to_end(key)
            return entry[0]

    def get_or_make(self, key: tuple[Hashable, ...], make: Callable[[], Value]) -> Value:
        """The value of a key, made if it is not held; two threads may make it at the same time."""
        found: Value | None = self.get(key)
        if found is not None:
            return found
        value = make()
        self.put(key, value)
        return value

    def put(self, key: tuple[Hashable, ...], value: Sized) -> None:
        """Keep a value if the bound has room for it."""
        nbytes = value.nbytes
        size = nbytes + self._entry_bytes
        if size > self.max_bytes or (self._largest is not None and nbytes > self._largest):
            return
        with self._lock:
            replaced = self._entries.pop(key, None)
            if replaced:
                self._bytes -= replaced[1]
            while self._bytes + size > self.max_bytes:
                self._bytes -= self._entries.popitem(last=False)[1][1]
            self._entries[key] = value, size
            self._bytes += size

    def clear(self) -> None:
        """Drop everything."""
        with self._lock:
            self._entries.clear()
            self._bytes = 0

    def drop(self, gone: Callable[[Hashable], bool]) -> None:
        """Drop what was made from commits or segments that are gone."""
        with self._lock:
            for key in [key for key in self._entries if gone(key[0])]:
                self._bytes -= self._entries.pop(key)[1]
