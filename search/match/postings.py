"""The postings of one term in one segment, and its BM25 scores."""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.codec import packing
from index.codec.inverted import FREQUENCY_SHIFT
from index.codec.lengths import LENGTHS
from index.codec.packing import starts_of
from index.codec.terms import FieldTerms
from search import compiled

Numbers = NDArray[np.uint32]
Scores = NDArray[np.float64]

DENSE_FROM = 32
"""A term in at least one of so many documents is also kept as a row over all documents."""
_TABLE_ROWS = 256


class Found(NamedTuple):
    """Documents of a segment, (n,) uint32 ascending, unique; (n,) float64 scores if asked for."""

    ids: Numbers
    scores: Scores | None

    @property
    def nbytes(self) -> int:
        return int(self.ids.nbytes + (0 if self.scores is None else self.scores.nbytes))


class TermPostings:
    """A term's documents and frequencies, decoded."""

    def __init__(self, field: FieldTerms, number: int, count: int) -> None:
        # Memory outlives segments; it must not keep the files of merged ones open.
        self._field = weakref.ref(field)
        self._number = number
        self._count = count
        self.own_weights = field.has_own_weights(number)
        self.ids, self.frequencies = _unpacked(field, number)

    @property
    def nbytes(self) -> int:
        """What it may come to hold: the row over all documents, starts and weights count in."""
        row = self._count if self.is_dense else 0
        each = 12 if self.own_weights else 8
        return int(self.ids.nbytes + self.frequencies.nbytes + each * len(self.ids) + row)

    @property
    def is_dense(self) -> bool:
        """Whether so many documents hold the term that a row over all of them pays."""
        return len(self.ids) * DENSE_FROM >= self._count and self.frequencies.dtype == np.uint8

    @cached_property
    def row(self) -> NDArray[np.uint8]:
        """(documents,) the term's frequency in every document of the segment."""
        row = np.zeros(self._count, np.uint8)
        if compiled.kernel is None:
            row[self.ids] = self.frequencies
        else:
            compiled.kernel.spread_frequencies(self.ids, self.frequencies, row)
        return row

    @cached_property
    def weights(self) -> NDArray[np.float32]:
        """(n,) float32: the weight of each posting as Whoosh stores it."""
        return self._file().weights(self._number)

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """(n + 1,) where the positions of each document begin in `positions`."""
        return starts_of(self.frequencies)

    @property
    def positions(self) -> NDArray[np.uint16] | NDArray[np.uint32]:
        """The positions in all documents, one after the other; read from the file in place."""
        return self._file().positions(self._number)

    def read_from(self, field: FieldTerms) -> TermPostings:
        """Itself, reading positions through a field that is open now."""
        if self._field() is not field:
            self._field = weakref.ref(field)
        return self

    def _file(self) -> FieldTerms:
        field = self._field()
        if field is None:
            raise ReferenceError("the segment of these postings is closed")
        return field

    def places(self, ids: Numbers) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
        """Which of these documents hold the term, and the place of each that does."""
        at = np.searchsorted(self.ids, ids)
        at[at == len(self.ids)] = 0
        held = self.ids[at] == ids if len(self.ids) else np.zeros(len(ids), bool)
        return held, at[held]


def _unpacked(
    field: FieldTerms, number: int
) -> tuple[Numbers, NDArray[np.uint8] | NDArray[np.uint32]]:
    """A term's documents, and how often it stands in each, in one byte where all fit into it."""
    kernel = compiled.kernel
    coding = int(field.coding[number])
    if kernel is not None and coding >> FREQUENCY_SHIFT & 3 != packing.FREQ32:
        documents, packed, coding, count = field.packed_term(number)
        ids, small = np.empty(count, np.uint32), np.empty(count, np.uint8)
        kernel.unpack_postings(documents, packed, coding, ids, small)
        return ids, small
    ids = np.require(field.documents(number), requirements=["C", "A"])
    frequencies = field.frequencies(number)
    if len(frequencies) and frequencies.max() >= 256:
        return ids, frequencies
    return ids, frequencies.astype(np.uint8)


@dataclass(frozen=True)
class Scorer:
    """BM25 as Whoosh computes it, in float64: idf, and per length code the part of the divisor.

    `idf * ((w * (K1 + 1)) / (w + K1 * ((1 - B) + B * length / average)))`; `codes` (documents,)
    are the lengths' bytes. `codes` None: the score is the weight, as for fields without lengths.
    """

    idf: float
    k1: float
    scale: float
    divisors: Scores | None
    codes: NDArray[np.uint8] | None

    def frequencies(self, ids: Numbers, frequencies: NDArray[np.integer]) -> Scores:
        """Scores of documents in which the term stands so often; 0 where it does not."""
        if self.codes is None or self.divisors is None:
            scores: Scores = frequencies * np.float64(self.scale)
            return scores
        top = int(frequencies.max()) if len(frequencies) else 0
        if top * _TABLE_ROWS > 4 * len(ids):
            return self.weights(ids, (frequencies * self.scale).astype(np.float32))
        table = self._table(top)
        return np.take(table, frequencies.astype(np.uint32) * 256 + self.codes[ids])

    def weights(self, ids: Numbers, weights: NDArray[np.float32]) -> Scores:
        """Scores of documents in which the term has these weights."""
        w = weights.astype(np.float64)
        if self.codes is None or self.divisors is None:
            return w
        return self.idf * ((w * (self.k1 + 1)) / (w + self.divisors[self.codes[ids]]))

    def _table(self, top: int) -> Scores:
        w = np.arange(top + 1, dtype=np.float64)[:, None] * self.scale
        assert self.divisors is not None  # noqa: S101
        return (self.idf * ((w * (self.k1 + 1)) / (w + self.divisors[None, :]))).ravel()


@lru_cache(maxsize=64)
def divisors(k1: float, b: float, average: float) -> Scores:
    """(256,) `K1 * ((1 - B) + B * length / average)` for every length code, a code of 0 being 1."""
    lengths = np.maximum(LENGTHS, 1).astype(np.float64)
    return k1 * ((1 - b) + b * lengths / average)
