"""Pieces of texts to numbers, millions at a time: words of 64 bits in a hash table of numpy arrays.

A piece of up to eight bytes is its own key. A longer one is hashed to 63 bits, with secrets drawn
for each table: a million different pieces have a chance of one in ten million that any two share a
key, and nobody can prepare such two.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

MAX_PIECE = 64
"""Bytes of a piece up to which the table holds it; longer ones stand in a dictionary."""
_WORDS = MAX_PIECE // 8
_PADDING = b" " * (MAX_PIECE + 8)
_LEAST = 1 << 15
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)
_SPACE = 32

Keys = NDArray[np.uint64]
Ints = NDArray[np.int64]
Numbers = NDArray[np.int32]


class PieceTable:
    """Numbers for pieces, given as they come.

    :param add: called with every new piece; gives its number.
    """

    def __init__(self, add: Callable[[bytes], int]) -> None:
        self._add = add
        self._count = 0
        secret = [secrets.randbits(64) | 1 for _ in range(_WORDS + 1)]
        self._multiplier, self._mixers = np.uint64(secret[-1]), np.array(secret, np.uint64)
        self._long: dict[bytes, int] = {}
        self._resize(_LEAST)

    def __len__(self) -> int:
        return self._count + len(self._long)

    def numbers(self, texts: list[bytes]) -> tuple[Numbers, Ints]:
        """The numbers of all pieces of texts, and how many each text has; spaces are what cuts."""
        data = b" ".join([b"", *texts, _PADDING])
        starts, lengths = _bounds(np.frombuffer(data, np.uint8))
        sizes = np.fromiter(map(len, texts), np.int64, len(texts))
        ends = np.searchsorted(starts, np.cumsum(sizes + 1))
        counts = np.diff(ends, prepend=0)
        numbers = np.empty(len(starts), np.int32)
        short = lengths <= MAX_PIECE
        if short.all():
            numbers[:] = self._looked_up(data, starts, lengths)
            return numbers, counts
        numbers[short] = self._looked_up(data, starts[short], lengths[short])
        for at in np.flatnonzero(~short).tolist():
            start = int(starts[at])
            numbers[at] = self._of_long(data[start : start + int(lengths[at])])
        return numbers, counts

    def _looked_up(self, data: bytes, starts: Ints, lengths: Ints) -> Numbers:
        keys = self._keys(data, starts, lengths)
        places = self._places(keys)
        missing = np.flatnonzero(self._keys_held[places] == 0)
        if len(missing):
            new, first = np.unique(keys[missing], return_index=True)
            first = missing[first]
            pieces = [
                data[start : start + size]
                for start, size in zip(starts[first].tolist(), lengths[first].tolist(), strict=True)
            ]
            self._insert(new, np.array([self._add(piece) for piece in pieces], np.int32))
            places = self._places(keys)
        return self._numbers_held[places]

    def _keys(self, data: bytes, starts: Ints, lengths: Ints) -> Keys:
        """A key for each piece, never 0: its bytes, or a hash of them."""
        words = np.ndarray((len(data) - 7,), "<u8", data, strides=(1,))
        keys = words[starts] & _MASKS[np.minimum(lengths, 8)]
        hashed = longer = np.flatnonzero(lengths > 8)
        for step in range(1, _WORDS):
            if not len(longer):
                break
            left = lengths[longer] - 8 * step
            following = words[starts[longer] + 8 * step] & _MASKS[np.minimum(left, 8)]
            keys[longer] = _mixed(keys[longer], self._mixers[step]) ^ following
            longer = longer[left > 8]
        keys[hashed] = _mixed(keys[hashed], self._mixers[0]) | np.uint64(1 << 63)
        return keys

    def _places(self, keys: Keys) -> Ints:
        """Where each key stands in the table, or the free place where it would."""
        places = ((keys * self._multiplier) >> self._shift).astype(np.int64)
        held = self._keys_held[places]
        astray = np.flatnonzero((held != keys) & (held != 0))
        while len(astray):
            places[astray] = (places[astray] + 1) & (len(self._keys_held) - 1)
            held = self._keys_held[places[astray]]
            astray = astray[(held != keys[astray]) & (held != 0)]
        return places

    def _insert(self, keys: Keys, numbers: Numbers) -> None:
        """Keys that are not in the table, each once."""
        self._count += len(keys)
        if self._count * 2 > len(self._keys_held):
            old = np.flatnonzero(self._keys_held)
            keys = np.concatenate([self._keys_held[old], keys])
            numbers = np.concatenate([self._numbers_held[old], numbers])
            self._resize(1 << int(4 * self._count).bit_length())
        while len(keys):
            places, first = np.unique(self._places(keys), return_index=True)
            self._keys_held[places] = keys[first]
            self._numbers_held[places] = numbers[first]
            keys, numbers = np.delete(keys, first), np.delete(numbers, first)

    def _resize(self, size: int) -> None:
        self._keys_held = np.zeros(size, np.uint64)
        self._numbers_held = np.zeros(size, np.int32)
        self._shift = np.uint64(64 - (size - 1).bit_length())

    def _of_long(self, piece: bytes) -> int:
        number = self._long.get(piece)
        if number is None:
            number = self._long[piece] = self._add(piece)
        return number


def _bounds(data: NDArray[np.uint8]) -> tuple[Ints, Ints]:
    """Start and length of every piece; the data begins and ends with a space."""
    inside = data != _SPACE
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    return edges[::2], edges[1::2] - edges[::2]


def _mixed(hashes: Keys, mixer: np.uint64) -> Keys:
    hashes = hashes * mixer
    hashes ^= hashes >> np.uint64(32)
    hashes *= mixer
    return hashes ^ hashes >> np.uint64(29)
