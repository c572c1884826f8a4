"""Reading the inverted index of a segment: one field's sorted terms and their postings."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.array_types import Bytes, DocIds, Flags, Ints, UInts
from index.codec import packing
from index.codec.files import FileReader
from index.codec.inverted_index import FREQUENCY_SHIFT, OWN_WEIGHTS, WIDE_POSITIONS, Postings
from index.codec.term_numbers import Texts

SAMPLED = 128
"""One term of so many is kept to look between. Of 132,000 words one is found in 2.4 microseconds;
by halves between the samples in 3.7, and without these in twice that."""


class FieldTerms:
    """A field's terms by number, 0 to `size` - 1 in the order of their bytes."""

    def __init__(
        self, name: str, terms: FileReader, postings: FileReader, positions: FileReader
    ) -> None:
        described = terms.meta["fields"][name]
        self.name = name
        self.kind: str = described["kind"]
        self.scale: float = described["scale"]
        self.size: int = described["terms"]
        self._text = terms.array(f"{name}:text").data
        self.starts = terms.array(f"{name}:starts")
        self.document_frequencies = terms.array(f"{name}:counts")
        """(size,): documents that hold each term."""
        self.collection_frequencies = terms.array(f"{name}:totals")
        """(size,): occurrences of each term."""
        self.coding = terms.array(f"{name}:coding")
        self._starts = self.starts.data
        self._at = {
            stream: terms.array(f"{name}:{stream}_at")
            for stream in ("documents", "frequencies", "positions", "weights", "values")
            if f"{name}:{stream}_at" in terms
        }
        self._streams = {
            stream: file.checked(f"{name}:{stream}")
            for file, streams in (
                (postings, ("documents", "frequencies", "weights")),
                (positions, ("positions", "values", "value_sizes")),
            )
            for stream in streams
            if f"{name}:{stream}" in file
        }

    @property
    def text(self) -> memoryview:
        """All terms joined; `starts` says where each begins."""
        return self._text

    def term(self, number: int) -> bytes:
        """The bytes of a term."""
        return bytes(self._text[self._starts[number] : self._starts[number + 1]])

    def terms(self, first: int = 0, last: int | None = None) -> Iterator[bytes]:
        """The bytes of terms `first` to `last`, in order."""
        bounds = self.starts[first : (self.size if last is None else last) + 1].astype(np.int64)
        text = bytes(self._text[bounds[0] : bounds[-1]])
        return (text[a:b] for a, b in itertools.pairwise((bounds - bounds[0]).tolist()))

    def terms_of(self, numbers: NDArray[Any]) -> list[bytes]:
        """The bytes of some terms."""
        text, starts = self._text, self.starts
        bounds = zip(starts[numbers].tolist(), starts[numbers + 1].tolist(), strict=True)
        return [bytes(text[a:b]) for a, b in bounds]

    def texts(self) -> Texts:
        """All terms."""
        return Texts(bytes(self._text), np.diff(self.starts).astype(np.int64))

    def lower_bound(self, term: bytes, first: int = 0, last: int | None = None) -> int:
        """The number of the first term that is not below `term`, between `first` and `last`."""
        block = bisect_left(self._samples, term) * SAMPLED
        high = min(block, self.size if last is None else last)
        low = max(block - SAMPLED, first)
        if low >= high:
            return max(high, first)
        text, starts = self._text, self._starts
        while low < high:
            middle = (low + high) // 2
            if bytes(text[starts[middle] : starts[middle + 1]]) < term:
                low = middle + 1
            else:
                high = middle
        return low

    @cached_property
    def _samples(self) -> list[bytes]:
        """Every `SAMPLED`th term, between which a term is looked for."""
        return self.terms_of(np.arange(0, self.size, SAMPLED))

    def find(self, term: bytes) -> int:
        """The number of a term, or -1."""
        starts = self._starts
        block = bisect_left(self._samples, term) * SAMPLED
        first, last = max(block - SAMPLED, 0), min(block + 1, self.size)
        begin = starts[first]
        text = bytes(self._text[begin : starts[last]])
        place = text.find(term)
        while place >= 0:  # mostly the term itself, and else within another one
            number = bisect_left(starts, begin + place, first, last)
            begins = number < last and starts[number] == begin + place  # nothing is at the end, too
            if begins and starts[number + 1] - starts[number] == len(term):
                return number
            place = text.find(term, place + 1)
        return -1

    def prefix_range(self, prefix: bytes) -> tuple[int, int]:
        """First and last + 1 of the terms that begin with `prefix`."""
        first = self.lower_bound(prefix)
        above = prefix.rstrip(b"\xff")
        if not above:
            return first, self.size
        return first, self.lower_bound(above[:-1] + bytes([above[-1] + 1]))

    def containing(self, literal: bytes, first: int = 0, last: int | None = None) -> NDArray[Any]:
        """Numbers, ascending, of the terms between `first` and `last` that hold `literal`."""
        last = self.size if last is None else last
        if not literal:
            return np.arange(first, last)
        begin, end = self._starts[first], self._starts[last]
        found = np.fromiter(_places(literal, bytes(self._text[begin:end])), np.int64)
        numbers = np.searchsorted(self.starts, found + begin, "right") - 1
        inside = found + begin + len(literal) <= self.starts[numbers + 1]
        return np.unique(numbers[inside])

    def ending(self, literal: bytes) -> NDArray[Any]:
        """Numbers, ascending, of the terms that end with `literal`, byte by byte from the last.

        To look for `ing` everywhere in 250,000 words, and then at each that has it, took 8 ms; by
        the last byte 0.4, by the last two 0.15. The lengths of words are compared where these fit:
        those are few.
        """
        text = np.frombuffer(self._text, np.uint8)
        pair = np.frombuffer(b"\0\0" + literal, "<u2", 1, len(literal))[0]
        ends_so = self._last_two == pair if len(literal) > 1 else self._last_two >> 8 == pair >> 8
        found: NDArray[np.intp] = np.flatnonzero(ends_so)
        ends = self.starts[found + 1].astype(np.intp)
        fits = ends - self.starts[found] >= len(literal)
        for back, byte in enumerate(literal[-3::-1], 3):
            found, ends = found[fits], ends[fits]
            fits = text[ends - back] == byte
        ending: NDArray[np.intp] = found[fits]
        return ending

    @cached_property
    def _last_two(self) -> NDArray[np.uint16]:
        """(size,) the last two bytes of each term, the last the higher; of one byte, that of the
        term before is the other. Kept from the first such search on."""
        text, ends = np.frombuffer(self._text, np.uint8), self.starts[1:].astype(np.intp)
        return text[np.maximum(ends - 2, 0)] | text[ends - 1].astype(np.uint16) << np.uint16(8)

    def check_places(self) -> None:
        """Look whether the postings of the terms, one after the other, fill the arrays of them.

        :raises ValueError: where they do not.
        """
        for stream, at in self._at.items():
            places = at.astype(np.int64)
            end = len(self._streams[stream].view) if stream in self._streams else 0
            if stream == "values" or (
                len(places) == self.size + 1
                and places[0] == 0
                and places[-1] == end
                and (np.diff(places) >= 0).all()
            ):
                continue
            raise ValueError(f"{self.name}: {stream} do not fill their array")

    def documents(self, number: int) -> DocIds:
        """The documents of a term, (n,) uint32 ascending."""
        packed = self._bytes("documents", number, number + 1)
        return packing.unpack_term(
            packed, int(self.coding[number]) & 3, int(self.document_frequencies[number])
        )

    def frequencies(self, number: int) -> UInts:
        """How often the term stands in each of its documents, (n,) uint32."""
        return self._unpack("frequencies", number, number + 1)

    def weights(self, number: int) -> NDArray[np.float32]:
        """The weight of each posting, (n,) float32."""
        if int(self.coding[number]) & OWN_WEIGHTS:
            return self._bytes("weights", number, number + 1)
        return (self.frequencies(number) * self.scale).astype(np.float32)

    def has_own_weights(self, number: int) -> bool:
        """Whether the weights are not simply frequency times `scale`."""
        return bool(int(self.coding[number]) & OWN_WEIGHTS)

    def total_weight(self, number: int) -> float:
        """The sum of the weights."""
        if int(self.coding[number]) & OWN_WEIGHTS:
            return float(self.weights(number).sum(dtype=np.float64))
        return float(self.collection_frequencies[number]) * self.scale

    def positions(self, number: int) -> NDArray[Any]:
        """The positions of a term in all its documents, one document after the other."""
        wide = int(self.coding[number]) & WIDE_POSITIONS
        return self._bytes("positions", number, number + 1).view("<u4" if wide else "<u2")

    def values(self, number: int) -> list[bytes]:
        """The posting values of a format that only Whoosh reads."""
        return self._values(number, number + 1)

    def documents_of(self, first: int, last: int) -> DocIds:
        """The documents of terms `first` to `last`, one term's after the other's."""
        if first >= last:
            return np.empty(0, np.uint32)
        return self._unpack("documents", first, last)

    def mark_documents(self, numbers: NDArray[Any], marks: Flags) -> None:
        """Sets the marks, (documents,), of all documents of some terms, given by ascending numbers.

        The documents of 6,103 words that end in `ing` were unpacked, and then marked, in 3.3
        milliseconds: one by one they stay in the processor's cache.
        """
        if len(numbers):
            packing.mark_documents(self._packed_documents(numbers), marks)

    def count_marked(self, numbers: NDArray[Any], marks: Flags) -> Ints:
        """(n,) how many documents of each of some terms bear a mark, as for `mark_documents`."""
        if not len(numbers):
            return np.empty(0, np.int64)
        return packing.count_marked(self._packed_documents(numbers), marks)

    def documents_of_each(self, numbers: NDArray[Any]) -> list[DocIds]:
        """The documents of each of some terms, given by ascending numbers, unpacked at once: what
        lies between them is passed over as if it were of terms that no document holds."""
        if not len(numbers):
            return []
        packed, starts, ends, modes, counts = self._packed_documents(numbers)
        sizes, all_modes, all_counts = np.zeros((3, 2 * len(numbers) - 1), np.int64)
        sizes[::2], sizes[1::2] = ends - starts, starts[1:] - ends[:-1]
        all_modes[::2], all_counts[::2] = modes, counts
        found = packing.unpack_documents(packed, sizes, all_modes.astype(np.uint8), all_counts)
        return np.split(found, np.cumsum(counts)[:-1])

    def _packed_documents(self, numbers: NDArray[Any]) -> packing.PackedDocuments:
        """Of some terms: from the first one's bytes to the last one's."""
        at = self._at["documents"]
        starts, ends = at[numbers].astype(np.int64), at[numbers + 1].astype(np.int64)
        packed = self._streams["documents"].part(int(starts[0]), int(ends[-1]))
        modes, counts = (
            self.coding[numbers] & np.uint8(3),
            self.document_frequencies[numbers].astype(np.int64),
        )
        return packing.PackedDocuments(packed, starts - starts[0], ends - starts[0], modes, counts)

    def packed_term(self, number: int) -> tuple[Bytes, Bytes, int, int]:
        """A term's documents and frequencies as they are packed, its coding, and how many."""
        return (
            self._bytes("documents", number, number + 1),
            self._bytes("frequencies", number, number + 1),
            int(self.coding[number]),
            int(self.document_frequencies[number]),
        )

    def postings(self, first: int, last: int) -> Postings:
        """Everything about the terms `first` to `last` but their bytes."""
        counts = self.document_frequencies[first:last].astype(np.int64)
        frequencies = self._unpack("frequencies", first, last)
        return Postings(
            terms=Texts.of([]),
            counts=counts,
            documents=self._unpack("documents", first, last),
            frequencies=frequencies,
            positions=self._positions_of(first, last) if self.kind == "positions" else None,
            weights=self._weights_of(first, last, frequencies),
            values=self._values(first, last) if self.kind == "values" else None,
        )

    def _bytes(self, stream: str, first: int, last: int) -> NDArray[Any]:
        at = self._at[stream]
        return self._streams[stream].part(int(at[first]), int(at[last]))

    def _unpack(self, stream: str, first: int, last: int) -> UInts:
        coding: Bytes = self.coding[first:last]
        at = self._at[stream]
        packed = self._bytes(stream, first, last)
        sizes = np.diff(at[first : last + 1].astype(np.int64))
        counts = self.document_frequencies[first:last].astype(np.int64)
        if stream == "documents":
            return packing.unpack_documents(packed, sizes, coding & np.uint8(3), counts)
        return packing.unpack_frequencies(
            packed, sizes, coding >> np.uint8(FREQUENCY_SHIFT) & np.uint8(3), counts
        )

    def _positions_of(self, first: int, last: int) -> UInts:
        sizes = np.diff(self._at["positions"][first : last + 1].astype(np.int64))
        wide = (self.coding[first:last] & WIDE_POSITIONS != 0).astype(np.uint8)
        packed = self._bytes("positions", first, last)
        totals = self.collection_frequencies[first:last].astype(np.int64)
        return packing.unpack_positions(packed, sizes, wide, totals)

    def _weights_of(self, first: int, last: int, frequencies: UInts) -> Any:
        own = self.coding[first:last] & OWN_WEIGHTS != 0
        if not own.any():
            return None
        weights = (frequencies * self.scale).astype(np.float32)
        chosen = np.repeat(own, self.document_frequencies[first:last].astype(np.int64))
        weights[chosen] = self._bytes("weights", first, last)
        return weights

    def _values(self, first: int, last: int) -> list[bytes]:
        at = packing.starts_of(self.document_frequencies)
        sizes = self._streams["value_sizes"].part(int(at[first]), int(at[last]))
        data = self._bytes("values", first, last).tobytes()
        ends = np.cumsum(sizes, dtype=np.int64).tolist()
        return [data[a:b] for a, b in zip([0, *ends], ends, strict=False)]


def _places(literal: bytes, text: bytes) -> Iterator[int]:
    """Where a text holds a literal: ten times as fast as a regular expression that looks ahead."""
    at = text.find(literal)
    while at >= 0:
        yield at
        at = text.find(literal, at + 1)
