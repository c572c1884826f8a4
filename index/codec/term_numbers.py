"""Terms by number: numbers given as terms come, and the order of their bytes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.array_types import Flags, Ints, Ordinals
from index.codec.packing import starts_of


@dataclass(frozen=True, slots=True)
class Texts:
    """Byte strings one after the other: all of them `joined`, and (n,) the size of each."""

    joined: bytes
    sizes: Ints

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

    def chosen(self, which: Flags) -> Texts:
        """Some of the strings."""
        pairs = zip(self, which.tolist(), strict=True)
        return Texts.of([text for text, is_chosen in pairs if is_chosen])


class TermNumbers:
    """Numbers from 0 for byte strings, each new one the next number.

    Plain Python: compiled, both saved 45 milliseconds of the 10,300 in which 24,000 releases are
    indexed.
    """

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self._texts: list[bytes] = []

    def __len__(self) -> int:
        return len(self._texts)

    def numbers(self, texts: list[bytes]) -> Ordinals:
        """The numbers of some strings."""
        known = self._numbers
        for text in texts:
            if text not in known:
                known[text] = len(known)
                self._texts.append(text)
        return np.fromiter(map(known.__getitem__, texts), np.int32, len(texts))

    def ordered(self, numbers: Ordinals) -> tuple[Ordinals, Texts]:
        """Numbers in the order of their strings, and the strings in that order."""
        order = sorted(numbers.tolist(), key=self._texts.__getitem__)
        return np.array(order, np.int32), Texts.of([self._texts[number] for number in order])
