"""Terms by number: numbers given as terms come, and the order of their bytes."""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.codec.packing import ranges, starts_of

Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Texts:
    """Byte strings one after the other: all of them `joined`, and (n,) the size of each."""

    joined: bytes
    sizes: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[bytes]) -> Texts:
        """The strings of a list."""
        return cls(b"".join(texts), np.fromiter(map(len, texts), np.int64, len(texts)))

    def __iter__(self) -> Iterator[bytes]:
        ends = starts_of(self.sizes).tolist()
        return (self.joined[a:b] for a, b in itertools.pairwise(ends))

    def __len__(self) -> int:
        return len(self.sizes)

    def part(self, first: int, last: int) -> Texts:
        """The strings `first` to `last`."""
        start = int(self.sizes[:first].sum())
        sizes = self.sizes[first:last]
        return Texts(self.joined[start : start + int(sizes.sum())], sizes)

    def chosen(self, which: NDArray[np.bool_]) -> Texts:
        """Some of the strings."""
        pairs = zip(self, which.tolist(), strict=True)
        return Texts.of([text for text, is_chosen in pairs if is_chosen])


class TermNumbers:
    """Numbers from 0 for byte strings, each new one the next number."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self._texts: list[bytes] = []
        self._joined = bytearray()
        self._ends = array("q", [0])
        self._heads = array("Q")

    def __len__(self) -> int:
        return len(self._texts)

    def numbers(self, texts: list[bytes]) -> Numbers:
        """The numbers of some strings."""
        known, before = self._numbers, len(self._texts)
        for text in texts:
            if text not in known:
                known[text] = len(known)
                self._texts.append(text)
        if fresh := self._texts[before:]:
            self._append(fresh)
        return np.fromiter(map(known.__getitem__, texts), np.int32, len(texts))

    def _append(self, fresh: list[bytes]) -> None:
        self._joined += b"".join(fresh)
        self._ends.frombytes(
            (starts_of(np.array(list(map(len, fresh))))[1:] + self._ends[-1]).tobytes()
        )
        heads = b"".join([text[:8].ljust(8, b"\0") for text in fresh])
        self._heads.frombytes(np.frombuffer(heads, ">u8").astype(np.uint64).tobytes())

    def ordered(self, numbers: Numbers) -> tuple[Numbers, Texts]:
        """Numbers in the order of their strings, and the strings in that order.

        Most differ in their first eight bytes, which are compared as numbers; the others are
        sorted by themselves, and fill the places that all of them hold.
        """
        heads = np.array(self._heads, np.uint64)[numbers]
        by_head = np.argsort(heads, kind="stable")
        order, heads = numbers[by_head], heads[by_head]
        alike = np.flatnonzero(heads[1:] == heads[:-1])
        places = np.union1d(alike, alike + 1)
        order[places] = sorted(order[places].tolist(), key=self._texts.__getitem__)
        ends = np.array(self._ends, np.int64)
        sizes = ends[order + 1] - ends[order]
        joined = np.frombuffer(bytes(self._joined), np.uint8)[ranges(ends[order], sizes)]
        return order, Texts(joined.tobytes(), sizes)
