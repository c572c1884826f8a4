"""Postings of one term, decoded: its documents, and how often it stands in each."""

from __future__ import annotations

import weakref
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.array_types import Bytes, DocIds, Scores
from index.codec import packing
from index.codec.inverted_index import FREQUENCY_SHIFT
from index.codec.terms import FieldTerms
from index.kernel import loop
from search.match.bm25 import Scorer, saturated
from search.match.doc_sets import Matches

DENSE_FROM = 32
"""A term in at least one of so many documents is also kept as a row over all documents."""


class PostingsList:
    """A term's postings in one segment: `doc_ids` (n,) uint32, ascending; `frequencies` (n,) uint8,
    or uint32 where one does not fit into a byte."""

    def __init__(self, field: FieldTerms, number: int, size: int) -> None:
        # The cache outlives segments; it must not keep the files of merged ones open.
        self._field = weakref.ref(field)
        self._number = number
        self._size = size
        self.scale = field.scale
        self.own_weights = field.has_own_weights(number)
        self.doc_ids, self.frequencies = _decoded(field, number)

    @property
    def nbytes(self) -> int:
        """What it may come to hold: the row over all documents counts in."""
        row = self._size if self.is_dense else 0
        return int(self.doc_ids.nbytes + self.frequencies.nbytes + row)

    @property
    def is_dense(self) -> bool:
        """Whether so many documents hold the term that a row over all of them pays."""
        return len(self.doc_ids) * DENSE_FROM >= self._size and self.frequencies.dtype == np.uint8

    @cached_property
    def row(self) -> Bytes:
        """(documents,) the term's frequency in every document of the segment."""
        row = np.zeros(self._size, np.uint8)
        row[self.doc_ids.astype(np.intp)] = self.frequencies  # twice as fast as by themselves
        return row

    @property
    def weights(self) -> Scores:
        """(n,) the weights of the postings: frequencies times the field's boost, or their own."""
        if self.own_weights:
            return self._file().weights(self._number).astype(np.float64)
        return self.frequencies * np.float64(self.scale)

    @property
    def positions(self) -> NDArray[np.uint16] | NDArray[np.uint32]:
        """The positions in all documents, one after the other; read from the file in place."""
        return self._file().positions(self._number)

    def read_from(self, field: FieldTerms) -> PostingsList:
        """Itself, reading positions through a field that is open now."""
        if self._field() is not field:
            self._field = weakref.ref(field)
        return self

    def _file(self) -> FieldTerms:
        field = self._field()
        if field is None:
            raise ReferenceError("the segment of these postings is closed")
        return field


def _decoded(field: FieldTerms, number: int) -> tuple[DocIds, Bytes | NDArray[np.uint32]]:
    """Documents and frequencies, in one byte where all fit into it."""
    unpack_postings = loop("unpack_postings")
    coding = int(field.coding[number])
    if unpack_postings is not None and coding >> FREQUENCY_SHIFT & 3 != packing.FREQ32:
        documents, packed, coding, count = field.packed_term(number)
        doc_ids, small = np.empty(count, np.uint32), np.empty(count, np.uint8)
        unpack_postings(documents, packed, coding, doc_ids, small)
        return doc_ids, small
    doc_ids = np.require(field.documents(number), requirements=["C", "A"])
    frequencies = field.frequencies(number)
    fits = not len(frequencies) or frequencies.max() < 256
    return doc_ids, frequencies.astype(np.uint8) if fits else frequencies


class QueryTerm(NamedTuple):
    """A term of a query: its postings, what it counts (None if nobody asks), and its boost.

    A `k1` of 0: it is not saturated, or together with the same word in other fields.
    """

    postings: PostingsList
    scorer: Scorer | None
    boost: float = 1.0
    k1: float = 0.0

    @property
    def doc_count(self) -> int:
        """How many documents hold it."""
        return len(self.postings.doc_ids)

    def matches(self) -> Matches:
        """Its documents, with scores unless nobody asks for them."""
        doc_ids = self.postings.doc_ids
        if self.scorer is None:
            return Matches(_distinct(doc_ids), None)
        counted = self.scorer.counted(doc_ids, self.postings.weights)
        return Matches(doc_ids, saturated(counted, self.k1, self.boost))

    def clause(self, *, row: bool) -> tuple[Any, ...]:
        """What the compiled loops take: the numbers of BM25, unless postings have own weights."""
        postings, scorer = self.postings, self.scorer
        if postings.own_weights:
            return self.matches().clause(row=row)
        frequencies = postings.row if row and postings.is_dense else None
        term = (postings.doc_ids, postings.frequencies, frequencies)
        if scorer is None:
            return *term, None, None, 1.0, 1.0, 0.0
        return *term, scorer.codes, scorer.norms, postings.scale, self.boost, self.k1


def _distinct(doc_ids: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Without repetitions: the words of a spelling field all stand in document 0."""
    return doc_ids[:1] if len(doc_ids) > 1 and doc_ids[0] == doc_ids[-1] else doc_ids
