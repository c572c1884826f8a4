"""Whole numbers in few bytes, packed and unpacked for many terms at once.

A field's postings are laid out term after term. `counts` says how many postings each term has;
flat arrays hold all of them in that order.

Document numbers are differences (the first of a term from 0) in 1 or 2 bytes, where the highest
value means "add it and go on", or whole in 4 bytes, or the first one and a bit for each document
from there on, whichever is smallest for the term.
Frequencies take nothing (all are 1), 4 bits, 1 byte or 4 bytes. Positions take 2 or 4 bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.array_types import Bytes, Flags, Ints, UInts
from index.kernel import loop

DELTA8, DELTA16, WHOLE32, BITS = 0, 1, 2, 3
ONES, NIBBLES, FREQ8, FREQ32 = 0, 1, 2, 3
_STREAMS = ("documents", "frequencies", "positions")
_FREQ_LIMITS = np.array([1, 15, 255])


class Packed(NamedTuple):
    """The numbers of some terms: bytes; (terms,) int64 bytes a term; (terms,) the mode of each."""

    packed: Bytes
    sizes: Ints
    modes: Bytes


def starts_of(counts: NDArray[Any]) -> Ints:
    """(n + 1,) int64: where each of n runs begins, and the end of the last."""
    starts = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts


def ranges(firsts: NDArray[Any], counts: NDArray[Any]) -> Ints:
    """The numbers `first, first + 1, …` of every run, one run after the other."""
    starts = starts_of(counts)
    return np.repeat(firsts - starts[:-1], counts) + np.arange(starts[-1])


def chunks(starts: NDArray[Any], size: int) -> list[tuple[int, int]]:
    """Cut runs, given by their `starts` (and the end), into groups of about `size` elements.

    :returns: first and last + 1 run of each group; a run is never cut.
    """
    bounds, first = [], 0
    while first < len(starts) - 1:
        last = int(np.searchsorted(starts, starts[first] + size, "right")) - 1
        last = min(max(last, first + 1), len(starts) - 1)
        bounds.append((first, last))
        first = last
    return bounds


def pack_documents(documents: NDArray[np.uint32], counts: NDArray[Any]) -> Packed:
    """Document numbers, ascending in each term, as bytes.

    :param counts: (terms,) how many documents each term has.
    :raises ValueError: if the documents of a term do not ascend, or are not as many as `counts`.
    """
    return _pack("documents", documents, counts)


def pack_frequencies(frequencies: NDArray[np.uint32], counts: NDArray[Any]) -> Packed:
    """Frequencies as bytes, as for `pack_documents`."""
    return _pack("frequencies", frequencies, counts)


def pack_positions(positions: NDArray[np.uint32], counts: NDArray[Any]) -> Packed:
    """Positions as bytes, `counts` of them a term; modes are 0 for 2 bytes, 1 for 4."""
    return _pack("positions", positions, counts)


def unpack_documents(
    packed: Bytes, sizes: NDArray[Any], modes: Bytes, counts: NDArray[Any]
) -> UInts:
    """What `pack_documents` was given, for any run of terms.

    :raises ValueError: if the bytes do not hold so many numbers.
    """
    return _unpack("documents", packed, sizes, modes, counts)


def unpack_frequencies(
    packed: Bytes, sizes: NDArray[Any], modes: Bytes, counts: NDArray[Any]
) -> UInts:
    """What `pack_frequencies` was given, as for `unpack_documents`."""
    return _unpack("frequencies", packed, sizes, modes, counts)


def unpack_positions(
    packed: Bytes, sizes: NDArray[Any], modes: Bytes, counts: NDArray[Any]
) -> UInts:
    """What `pack_positions` was given, as for `unpack_documents`."""
    return _unpack("positions", packed, sizes, modes, counts)


def unpack_term(packed: Bytes, mode: int, count: int) -> UInts:
    """The document numbers of one term.

    :raises ValueError: if the bytes do not hold so many.
    """
    if mode == WHOLE32:
        documents = packed[: 4 * count].view("<u4")
    elif mode == BITS:
        documents = np.flatnonzero(np.unpackbits(packed[4:])).astype(np.uint32)
        documents += packed[:4].view("<u4")
    elif mode in (DELTA8, DELTA16):
        units, top = (packed, 255) if mode == DELTA8 else (packed.view("<u2"), 65535)
        documents = np.cumsum(units, dtype=np.uint32)[units != top]
    else:
        raise ValueError(f"packed numbers are damaged: no mode {mode}")
    return _checked(documents, count)


class PackedDocuments(NamedTuple):
    """The documents of some terms as they are packed: bytes, between which of them (terms,) each
    term lies, its mode, and how many it has. What lies between terms belongs to none."""

    packed: Bytes
    starts: Ints
    ends: Ints
    modes: Bytes
    counts: Ints

    def each(self) -> Iterator[UInts]:
        """The documents of each term."""
        rows = zip(*(array.tolist() for array in self[1:]), strict=True)
        for start, end, mode, count in rows:
            yield unpack_term(self.packed[start:end], mode, count)


def mark_documents(terms: PackedDocuments, marks: Flags) -> None:
    """Sets the marks, (documents,), of all documents of some terms.

    :raises ValueError: if the bytes do not hold so many numbers, or one that is beyond the marks.
    """
    if mark := loop("mark_documents"):
        mark(*terms, marks.view(np.uint8), None)
        return
    for documents in terms.each():
        marks[_below(documents, len(marks))] = True


def count_marked(terms: PackedDocuments, marks: Flags) -> Ints:
    """(terms,) how many documents of each of some terms bear a mark, as for `mark_documents`."""
    if mark := loop("mark_documents"):
        marked = np.empty(len(terms.counts), np.int64)
        mark(*terms, marks.view(np.uint8), marked)
        return marked
    found = (np.count_nonzero(marks[_below(each, len(marks))]) for each in terms.each())
    return np.fromiter(found, np.int64, len(terms.counts))


def _pack(stream: str, numbers: NDArray[Any], counts: NDArray[Any]) -> Packed:
    numbers, counts = (
        np.ascontiguousarray(numbers, np.uint32),
        np.ascontiguousarray(counts, np.int64),
    )
    if pack := loop("pack"):
        packed = pack(numbers, counts, _STREAMS.index(stream))
        return Packed(*map(np.frombuffer, packed, (np.uint8, np.int64, np.uint8)))
    _check_counts(counts, len(numbers))
    terms = [_PACK[stream](each) for each in np.split(numbers, np.cumsum(counts)[:-1])]
    return Packed(
        np.frombuffer(b"".join(data for _, data in terms), np.uint8),
        np.array([len(data) for _, data in terms], np.int64),
        np.array([mode for mode, _ in terms], np.uint8),
    )


def _unpack(
    stream: str, packed: Bytes, sizes: NDArray[Any], modes: Bytes, counts: NDArray[Any]
) -> UInts:
    sizes, counts = np.ascontiguousarray(sizes, np.int64), np.ascontiguousarray(counts, np.int64)
    numbers = np.empty(max(int(counts.sum()), 0), np.uint32)
    if unpack := loop("unpack"):
        unpack(packed, sizes, modes, counts, numbers, _STREAMS.index(stream))
        return numbers
    _check_counts(counts, len(numbers))
    _check_counts(sizes, len(packed))
    parts = np.split(packed, np.cumsum(sizes)[:-1])
    terms = zip(parts, modes.tolist(), counts.tolist(), strict=True)
    return np.concatenate([numbers[:0], *(_UNPACK[stream](*term) for term in terms)])


def _check_counts(counts: Ints, total: int) -> None:
    if (counts < 0).any() or counts.sum() != total:
        raise ValueError("counts do not add up to the numbers given")


def _checked(numbers: NDArray[Any], count: int) -> UInts:
    if len(numbers) < count:
        raise ValueError("packed numbers are damaged")
    return numbers[:count].astype(np.uint32, copy=False)


def _below(documents: UInts, size: int) -> UInts:
    if len(documents) and documents.max() >= size:
        raise ValueError("a document beyond the index")
    return documents


def _packed_documents(documents: UInts) -> tuple[int, bytes]:
    """The mode that takes the fewest bytes for one term, and those bytes."""
    if not len(documents):
        return DELTA8, b""
    deltas = np.subtract(documents, np.append(0, documents[:-1]), dtype=np.int64)
    if (deltas < 0).any():
        raise ValueError("the documents of a term do not ascend")
    sizes = [
        len(deltas) + int((deltas // 255).sum()),
        2 * (len(deltas) + int((deltas // 65535).sum())),
        4 * len(deltas),
    ]
    if deltas[1:].all():
        sizes.append(5 + int(documents[-1] - documents[0]) // 8)
    mode = sizes.index(min(sizes))
    if mode == WHOLE32:
        return mode, documents.astype("<u4").tobytes()
    if mode == BITS:
        row = np.zeros(int(documents[-1] - documents[0]) + 1, bool)
        row[documents - documents[0]] = True
        return mode, documents[:1].astype("<u4").tobytes() + np.packbits(row).tobytes()
    top, unit = (255, "<u1") if mode == DELTA8 else (65535, "<u2")
    units = np.full(sizes[mode] // (mode + 1), top, unit)
    units[np.cumsum(deltas // top + 1) - 1] = deltas % top
    return mode, units.tobytes()


def _packed_frequencies(frequencies: UInts) -> tuple[int, bytes]:
    mode = int(np.searchsorted(_FREQ_LIMITS, frequencies.max(initial=0)))
    if mode == NIBBLES:
        halves = np.zeros(len(frequencies) + 1 & ~1, np.uint8)
        halves[: len(frequencies)] = frequencies
        return mode, (halves[::2] | halves[1::2] << 4).tobytes()
    return mode, b"" if mode == ONES else frequencies.astype(_FREQ_TYPES[mode]).tobytes()


def _unpacked_frequencies(packed: Bytes, mode: int, count: int) -> UInts:
    if mode == ONES:
        return np.ones(count, np.uint32)
    if mode == NIBBLES:
        return _checked(np.stack([packed & 15, packed >> 4], 1).ravel(), count)
    if mode not in _FREQ_TYPES:
        raise ValueError(f"packed numbers are damaged: no mode {mode}")
    return _fixed(packed, _FREQ_TYPES[mode], count)


def _packed_positions(positions: UInts) -> tuple[int, bytes]:
    mode = int(positions.max(initial=0) > 0xFFFF)
    return mode, positions.astype(_POSITION_TYPES[mode]).tobytes()


def _unpacked_positions(packed: Bytes, mode: int, count: int) -> UInts:
    if mode not in _POSITION_TYPES:
        raise ValueError(f"packed numbers are damaged: no mode {mode}")
    return _fixed(packed, _POSITION_TYPES[mode], count)


def _fixed(packed: Bytes, kind: str, count: int) -> UInts:
    size = count * np.dtype(kind).itemsize
    return _checked(packed[:size].view(kind) if size <= len(packed) else packed[:0], count)


_FREQ_TYPES = {FREQ8: "<u1", FREQ32: "<u4"}
_POSITION_TYPES = {0: "<u2", 1: "<u4"}
_PACK: dict[str, Callable[[UInts], tuple[int, bytes]]] = {
    "documents": _packed_documents,
    "frequencies": _packed_frequencies,
    "positions": _packed_positions,
}
_UNPACK: dict[str, Callable[[Bytes, int, int], UInts]] = {
    "documents": unpack_term,
    "frequencies": _unpacked_frequencies,
    "positions": _unpacked_positions,
}
