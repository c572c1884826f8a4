"""Arrays kept from search to search, up to a number of bytes; the longest unused go first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

MAX_BYTES = 96 << 20
"""Bytes of decoded postings and scores that a process keeps."""
_OVERHEAD = 200

Value = TypeVar("Value")


class Memory:
    """A cache of values that know their size (`nbytes`). Safe to share between threads."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._max = max_bytes
        self._held = 0
        self._values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of a key, made if it is not held."""
        with self._lock:
            found = self._values.get(key)
            if found is not None:
                self._values.move_to_end(key)
                return found[0]  # type: ignore[no-any-return]
        value = make()
        self._keep(key, value)
        return value

    def _keep(self, key: Hashable, value: Any) -> None:
        size = int(value.nbytes) + _OVERHEAD
        if size > self._max // 4:
            return
        with self._lock:
            before = self._values.pop(key, None)
            self._held += size - (before[1] if before else 0)
            self._values[key] = (value, size)
            while self._held > self._max:
                _, (_, freed) = self._values.popitem(last=False)
                self._held -= freed

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return self._held


memory = Memory()
"""The process's own."""
