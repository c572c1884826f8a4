"""Whole numbers in few bytes, packed and unpacked for many terms at once.

A field's postings are laid out term after term. `counts` says how many postings each term has;
flat arrays hold all of them in that order. Every function works on the flat arrays, without a
loop over terms.

Document numbers are differences (the first of a term from 0) in 1 or 2 bytes, where the highest
value means "add it and go on", or whole in 4 bytes, or the first one and a bit for each document
from there on, whichever is smallest for the term.
Frequencies take nothing (all are 1), 4 bits, 1 byte or 4 bytes. Positions take 2 or 4 bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index import compiled
from index.kernel import loop

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]

DELTA8, DELTA16, WHOLE32, BITS = 0, 1, 2, 3
ONES, NIBBLES, FREQ8, FREQ32 = 0, 1, 2, 3
_FREQ_LIMITS = np.array([1, 15, 255])


class Packed(NamedTuple):
    """The numbers of some terms: bytes; (terms,) int64 bytes a term; (terms,) the way of each."""

    packed: Bytes
    sizes: Ints
    modes: NDArray[np.uint8]

    @classmethod
    def of(cls, packed: bytes, sizes: bytes, modes: bytes) -> Packed:
        """From the bytes of the three arrays, as compiled loops give them."""
        return cls(
            np.frombuffer(packed, np.uint8),
            np.frombuffer(sizes, np.int64),
            np.frombuffer(modes, np.uint8),
        )


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

    :returns: the bytes; (terms,) bytes per term; (terms,) the way each term is packed.
    """
    if compiled_pack := loop("pack_documents"):
        return _packed(compiled_pack, documents, counts)
    starts = starts_of(counts)[:-1]
    deltas = np.empty_like(documents)
    np.subtract(documents[1:], documents[:-1], out=deltas[1:])
    deltas[starts] = documents[starts]
    far = np.flatnonzero(deltas >= 255)
    owner = np.searchsorted(starts, far, "right") - 1
    over8, over16 = deltas[far] // 255, deltas[far] // 65535
    n = np.asarray(counts, np.int64)
    sizes = np.stack(
        [
            n + _sums(owner, over8, len(n)),
            2 * (n + _sums(owner, over16, len(n))),
            4 * n,
            _bits_sizes(documents, deltas, starts, n),
        ]
    )
    modes = np.argmin(sizes, axis=0).astype(np.uint8)
    size = sizes[modes, np.arange(len(n))]
    mode = np.repeat(modes, n)
    widths = np.array([1, 2, 4, 0], np.uint32)[mode]
    widths[far] += np.choose(modes[owner], [over8, 2 * over16, np.uint32(0), np.uint32(0)])
    bits = np.flatnonzero(modes == BITS)
    widths[starts[bits]] = size[bits]
    packed = np.full(int(size.sum()), 255, np.uint8)
    ends = np.cumsum(widths, dtype=np.int64)
    for term in bits.tolist():
        start = starts[term]
        data = _as_bits(documents[start : start + n[term]])
        packed[ends[start] - len(data) : ends[start]] = data
    rest8 = deltas.astype(np.uint8)
    rest8[far] = deltas[far] % 255
    for each, unit, top in ((DELTA8, 1, 255), (DELTA16, 2, 65535), (WHOLE32, 4, 0)):
        chosen = np.flatnonzero(mode == each) if modes.any() or each else slice(None)
        values = (rest8 if unit == 1 else deltas if unit == 2 else documents)[chosen]
        _put(packed, ends[chosen] - unit, values % top if unit == 2 else values, unit)
    return Packed(packed, size, modes)


def _bits_sizes(
    documents: NDArray[np.uint32], deltas: NDArray[np.uint32], starts: Ints, counts: Ints
) -> Ints:
    """Bytes that each term takes as bits; more than any other way where a document repeats."""
    span = documents[starts + counts - 1].astype(np.int64) - documents[starts]
    repeats = deltas == 0
    repeats[starts] = False
    size: Ints = 4 + span // 8 + 1
    size[np.searchsorted(starts, np.flatnonzero(repeats), "right") - 1] = 1 << 40
    return size


def _as_bits(documents: NDArray[np.uint32]) -> Bytes:
    first = documents[:1]
    row = np.zeros(int(documents[-1] - first[0]) + 1, bool)
    row[documents - first] = True
    return np.concatenate([first.astype("<u4").view(np.uint8), np.packbits(row)])


def _from_bits(packed: Bytes) -> NDArray[np.uint32]:
    row = np.unpackbits(packed[4:]).view(bool)
    documents: NDArray[np.uint32] = np.flatnonzero(row).astype(np.uint32)
    documents += packed[:4].view("<u4")
    return documents


def _sums(owner: Ints, values: NDArray[Any], n: int) -> Ints:
    return np.bincount(owner, values, n).astype(np.int64)


def unpack_documents(
    packed: Bytes, sizes: NDArray[Any], modes: NDArray[np.uint8], counts: NDArray[Any]
) -> NDArray[np.uint32]:
    """What `pack_documents` was given, for any run of terms."""
    if compiled.kernel is not None:
        return _unpacked(compiled.kernel.unpack_documents, packed, sizes, modes, counts)
    if len(modes) == 1:
        return unpack_term(packed, int(modes[0]), int(counts[0]))
    out = np.empty(int(counts.sum()), np.uint32)
    for mode in np.unique(modes):
        chosen = modes == mode
        part, n = _pick(packed, chosen, sizes), counts[chosen]
        if mode == BITS:
            ends = np.cumsum(sizes[chosen])[:-1]
            documents = np.concatenate([_from_bits(each) for each in np.split(part, ends)])
        else:
            documents = _running(part, int(mode), n) if mode != WHOLE32 else part.view("<u4")
        if len(n) == len(modes):
            return documents
        out[np.repeat(chosen, counts)] = documents
    return out


def unpack_term(packed: Bytes, mode: int, count: int) -> NDArray[np.uint32]:
    """The document numbers of one term."""
    if mode == WHOLE32:
        return packed.view("<u4")
    if mode == BITS:
        return _from_bits(packed)
    units, top = (packed, 255) if mode == DELTA8 else (packed.view("<u2"), 65535)
    documents = np.cumsum(units, dtype=np.uint32)
    return documents if len(units) == count else documents[units != top]


def _running(part: Bytes, mode: int, counts: NDArray[Any]) -> NDArray[np.uint32]:
    """Document numbers of several terms packed as differences."""
    units, top = (part, 255) if mode == DELTA8 else (part.view("<u2"), 65535)
    sums: NDArray[np.uint32] = np.cumsum(units, dtype=np.uint32)[units != top]
    lasts = np.cumsum(counts)[:-1] - 1
    bases = np.zeros(len(counts), np.uint32)
    bases[1:] = sums[lasts]
    sums -= np.repeat(bases, counts)
    return sums


def pack_frequencies(frequencies: NDArray[np.uint32], counts: NDArray[Any]) -> Packed:
    """Frequencies as bytes; the result is as for `pack_documents`."""
    if compiled.kernel is not None:
        return _packed(compiled.kernel.pack_frequencies, frequencies, counts)
    starts = starts_of(counts)
    highest = np.maximum.reduceat(frequencies, starts[:-1])
    modes = np.searchsorted(_FREQ_LIMITS, highest).astype(np.uint8)
    n = np.asarray(counts, np.int64)
    size = np.choose(modes, [0 * n, (n + 1) // 2, n, 4 * n])
    at = starts_of(size)
    packed = np.zeros(int(at[-1]), np.uint8)
    for mode in np.unique(modes):
        chosen = modes == mode
        of = slice(None) if chosen.all() else np.repeat(chosen, n)
        values = frequencies[of]
        if mode == NIBBLES:
            nibbles = ranges(2 * at[:-1][chosen], n[chosen])
            halves = np.zeros(2 * len(packed), np.uint8)
            halves[nibbles] = values
            packed |= halves[::2] | halves[1::2] << 4
        elif mode != ONES:
            unit = 1 if mode == FREQ8 else 4
            _put(packed, _spaced(at[:-1][chosen], n[chosen], unit), values, unit)
    return Packed(packed, size, modes)


def unpack_frequencies(
    packed: Bytes, sizes: NDArray[Any], modes: NDArray[np.uint8], counts: NDArray[Any]
) -> NDArray[np.uint32]:
    """What `pack_frequencies` was given."""
    if compiled.kernel is not None:
        return _unpacked(compiled.kernel.unpack_frequencies, packed, sizes, modes, counts)
    out = np.ones(int(counts.sum()), np.uint32)
    for mode in np.unique(modes):
        if mode == ONES:
            continue
        chosen = modes == mode
        part, n = _pick(packed, chosen, sizes), counts[chosen]
        if mode == NIBBLES:
            values = _nibbles(part, n)
        else:
            values = part if mode == FREQ8 else part.view("<u4")
        if len(n) == len(modes):
            return values.astype(np.uint32)
        out[np.repeat(chosen, counts)] = values
    return out


def _nibbles(part: Bytes, counts: NDArray[Any]) -> Bytes:
    values = np.empty(2 * len(part), np.uint8)
    values[::2] = part & 15
    values[1::2] = part >> 4
    if len(counts) == 1:
        return values[: counts[0]]
    keep = np.ones(len(values), bool)
    odd = counts % 2 == 1
    keep[(2 * np.cumsum((counts + 1) // 2) - 1)[odd]] = False
    return values[keep]


def pack_positions(positions: NDArray[np.uint32], counts: NDArray[Any]) -> Packed:
    """Positions as bytes (`counts` of them a term); modes are 0 for 2 bytes, 1 for 4."""
    if compiled.kernel is not None:
        return _packed(compiled.kernel.pack_positions, positions, counts)
    n = np.asarray(counts, np.int64)
    if not len(positions) or positions.max() < 1 << 16:
        packed = positions.astype("<u2").view(np.uint8)
        return Packed(packed, 2 * n, np.zeros(len(n), np.uint8))
    modes = (np.maximum.reduceat(positions, starts_of(n)[:-1]) >= 1 << 16).astype(np.uint8)
    size = np.where(modes == 1, 4 * n, 2 * n)
    at = starts_of(size)
    packed = np.zeros(int(at[-1]), np.uint8)
    for mode in (0, 1):
        chosen = modes == mode
        unit = 4 if mode else 2
        places = _spaced(at[:-1][chosen], n[chosen], unit)
        _put(packed, places, positions[np.repeat(chosen, n)], unit)
    return Packed(packed, size, modes)


def unpack_positions(
    packed: Bytes, sizes: NDArray[Any], modes: NDArray[np.uint8], counts: NDArray[Any]
) -> NDArray[np.uint32]:
    """What `pack_positions` was given."""
    if compiled.kernel is not None:
        return _unpacked(compiled.kernel.unpack_positions, packed, sizes, modes, counts)
    if not modes.any():
        return packed.view("<u2").astype(np.uint32)
    out = np.empty(int(counts.sum()), np.uint32)
    for mode in (0, 1):
        chosen = modes == mode
        part = _pick(packed, chosen, sizes)
        out[np.repeat(chosen, counts)] = part.view("<u4" if mode else "<u2")
    return out


def _packed(
    pack: Callable[..., tuple[bytes, bytes, bytes]], numbers: NDArray[Any], counts: NDArray[Any]
) -> Packed:
    """What a compiled loop packs."""
    numbers, counts = (
        np.ascontiguousarray(numbers, np.uint32),
        np.ascontiguousarray(counts, np.int64),
    )
    return Packed.of(*pack(numbers, counts))


def _unpacked(
    unpack: Callable[..., None],
    packed: Bytes,
    sizes: NDArray[Any],
    modes: NDArray[np.uint8],
    counts: NDArray[Any],
) -> NDArray[np.uint32]:
    """What a compiled loop unpacks.

    :raises ValueError: if the bytes do not hold so many numbers.
    """
    counts = np.ascontiguousarray(counts, np.int64)
    numbers = np.empty(int(counts.sum()), np.uint32)
    unpack(packed, np.ascontiguousarray(sizes, np.int64), modes, counts, numbers)
    return numbers


def _pick(packed: Bytes, chosen: NDArray[np.bool_], sizes: NDArray[Any]) -> Bytes:
    """The bytes of some of the terms."""
    return packed if chosen.all() else packed[np.repeat(chosen, sizes)]


def _spaced(firsts: Ints, counts: Ints, unit: int) -> Ints:
    """Where each number of a term stands, `unit` bytes apart."""
    inside = ranges(np.zeros(len(counts), np.int64), counts)
    return np.repeat(firsts, counts) + unit * inside


def _put(packed: Bytes, places: Ints, values: NDArray[Any], unit: int) -> None:
    """Write whole numbers of `unit` bytes, little-endian, at any places."""
    if unit == 1:
        packed[places] = values
        return
    data = values.astype(f"<u{unit}").view(np.uint8)
    for byte in range(unit):
        packed[places + byte] = data[byte::unit]
