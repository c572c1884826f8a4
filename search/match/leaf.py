"""One segment as a search sees it: its terms, its live documents, the whole index's statistics."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import SegmentReader
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from index.codec.readers import DatelineDocuments, DatelineTerms
from index.codec.terms import FieldTerms
from search.match.cache import postings_cache
from search.match.postings import Found, Numbers, Scorer, TermPostings, divisors

MAX_KEPT = 4_096
"""Terms of a searcher whose numbers and statistics are kept."""

_NONE = np.empty(0, np.uint32)
_NO_SCORES = np.empty(0, np.float64)


def leaf_of(searcher: Searcher) -> Leaf | None:
    """The segment of a leaf searcher, or None where it is not one of our codec's.

    None too where the searcher scores by another formula than BM25F.
    """
    reader = searcher.reader()
    if not isinstance(reader, SegmentReader) or type(searcher.weighting) is not BM25F:
        return None
    if not isinstance(reader._terms, DatelineTerms):
        return None
    return Leaf(searcher, reader._terms, reader._perdoc)


@dataclass
class _Kept:
    """What a searcher's segment was asked for before; it lives as long as the searcher."""

    weighting: BM25F
    terms: dict[tuple[str, Any], tuple[FieldTerms, int] | None] = field(default_factory=dict)
    scorers: dict[tuple[str, int], Scorer] = field(default_factory=dict)
    averages: dict[str, float] = field(default_factory=dict)
    live: NDArray[np.bool_] | None = None


_kept: WeakKeyDictionary[Searcher, _Kept] = WeakKeyDictionary()


def _kept_by(searcher: Searcher) -> _Kept:
    kept = _kept.get(searcher)
    if kept is None or kept.weighting is not searcher.weighting:
        kept = _kept[searcher] = _Kept(searcher.weighting)
    return kept


class Leaf:
    """Terms and scores of a segment under one searcher."""

    def __init__(self, searcher: Searcher, terms: DatelineTerms, documents: DatelineDocuments):
        self.searcher = searcher
        self.files = terms.files
        self.count = self.files.count
        self.schema = searcher.schema
        self._documents = documents
        self._kept = _kept_by(searcher)

    @property
    def live(self) -> NDArray[np.bool_] | None:
        """(documents,) False for the deleted ones; None where there are none."""
        if not self._documents.has_deletions():
            return None
        if self._kept.live is None:
            live = np.ones(self.count, bool)
            live[list(self._documents.deleted_docs())] = False
            self._kept.live = live
        return self._kept.live

    def nothing(self, scored: bool) -> Found:
        """No document."""
        return Found(_NONE, _NO_SCORES if scored else None)

    def field(self, name: str) -> FieldTerms | None:
        """A field's terms; None where the schema or the segment has no such field."""
        return self.files.field(name) if name in self.schema else None

    def encoded(self, fieldname: str, text: Any) -> bytes | None:
        """A term's bytes; None where the field cannot hold it."""
        try:
            return self.schema[fieldname].to_bytes(text)  # type: ignore[no-any-return]
        except ValueError:
            return None

    def postings(self, field: FieldTerms, number: int) -> TermPostings:
        """A term's postings, from memory if they are still there."""
        key = (self.files.key, field.name, number)
        held = postings_cache.get_or_make(key, lambda: TermPostings(field, number, self.count))
        return held.read_from(field)

    def term(self, fieldname: str, text: Any) -> tuple[FieldTerms, int] | None:
        """A field and the number of a term in it, or None where the segment lacks it."""
        if type(text) is not str:
            return self._look_up(fieldname, text)
        known = self._kept.terms
        try:
            return known[fieldname, text]
        except KeyError:
            if len(known) >= MAX_KEPT:
                known.clear()
            known[fieldname, text] = found = self._look_up(fieldname, text)
            return found

    def _look_up(self, fieldname: str, text: Any) -> tuple[FieldTerms, int] | None:
        field = self.field(fieldname)
        if field is None:
            return None
        encoded = self.encoded(fieldname, text)
        number = -1 if encoded is None else field.find(encoded)
        return None if number < 0 else (field, number)

    def scorer(self, field: FieldTerms, number: int) -> Scorer:
        """How the term scores: with the statistics of the whole index, deleted documents too."""
        known = self._kept.scorers
        scorer = known.get((field.name, number))
        if scorer is None:
            if len(known) >= MAX_KEPT:
                known.clear()
            known[field.name, number] = scorer = self._scorer(field, number)
        return scorer

    def _scorer(self, field: FieldTerms, number: int) -> Scorer:
        if not self.schema[field.name].scorable:
            return Scorer(1.0, 0.0, field.scale, None, None)
        model = self.searcher.weighting
        b = model._field_B.get(field.name, model.B)
        average = self.average_length(field.name)
        idf = self.searcher.get_parent().idf(field.name, field.term(number))
        codes = self.files.length_codes(field.name)
        if codes is None:
            codes = np.zeros(self.count, np.uint8)
        return Scorer(idf, model.K1, field.scale, divisors(model.K1, b, average), codes)

    def average_length(self, name: str) -> float:
        """Tokens of a field a document, over the whole index; 1 for a field without lengths."""
        average = self._kept.averages.get(name)
        if average is None:
            average = float(self.searcher.get_parent().avg_field_length(name) or 1)
            self._kept.averages[name] = average
        return average

    @cached_property
    def model_key(self) -> tuple[Any, ...]:
        """What else the scores depend on: the formula's parameters."""
        model = self.searcher.weighting
        return (model.K1, model.B, *sorted(model._field_B.items()))

    def found(self, field: FieldTerms, number: int, scored: bool) -> Found:
        """The documents of a term, with their scores if asked for."""
        postings = self.postings(field, number)
        if not scored:
            return Found(unique(postings.ids), None)
        scorer = self.scorer(field, number)
        if postings.own_weights:
            return Found(postings.ids, scorer.weights(postings.ids, postings.weights))
        return Found(postings.ids, scorer.frequencies(postings.ids, postings.frequencies))

    def documents_of_field(self, name: str) -> Numbers:
        """Documents that hold any term of a field."""
        field = self.field(name)
        if field is None:
            return _NONE
        return postings_cache.get_or_make(
            (self.files.key, name, "all"), lambda: self._any_of(field)
        )

    def _any_of(self, field: FieldTerms) -> Numbers:
        held = np.zeros(self.count, bool)
        first = 0
        step = 4096
        while first < field.size:
            held[field.documents_of(first, min(first + step, field.size))] = True
            first += step
        return np.flatnonzero(held).astype(np.uint32)


def unique(ids: Numbers) -> Numbers:
    """Ascending numbers without repetitions; the words of a spelling field all stand in 0."""
    if len(ids) > 1 and ids[0] == ids[-1]:
        return ids[:1]
    return ids
