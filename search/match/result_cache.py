"""What is kept from search to search, up to a number of bytes; the longest unused go first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Protocol, TypeVar

ENTRY_BYTES = 2_000
"""What an entry counts for beside its arrays."""


class Sized(Protocol):
    """A value that knows how many bytes its arrays have."""

    @property
    def nbytes(self) -> int:
        """Bytes."""


Value = TypeVar("Value", bound=Sized)


class Memory:
    """Values by key. Safe to share between threads; what is larger than the bound is not kept."""

    def __init__(self, max_bytes: int) -> None:
        self._max = max_bytes
        self._bytes = 0
        self._values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return self._bytes

    def held(self, key: Hashable) -> Any:
        """The value of a key, None if it is not held."""
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of a key, made if it is not held; two threads may make it at the same time."""
        found: Value | None = self.held(key)
        if found is not None:
            return found
        value = make()
        size = value.nbytes + ENTRY_BYTES
        with self._lock:
            replaced = self._values.pop(key, None)
            self._bytes -= replaced[1] if replaced else 0
            if size <= self._max:
                self._values[key] = (value, size)
                self._bytes += size
            while self._bytes > self._max:
                self._bytes -= self._values.popitem(last=False)[1][1]
        return value
