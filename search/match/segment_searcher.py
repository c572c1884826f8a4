"""A segment of the index as a searcher sees it: its terms, live documents, and statistics."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from whoosh.searching import Searcher

from index.array_types import DocIds, Flags
from index.codec.readers import files_of
from index.codec.segment import SegmentFiles
from index.codec.terms import FieldTerms
from search.match.bm25 import K1, WEIGHT_ALONE, Scorer, norms
from search.match.cache import postings_cache
from search.match.doc_sets import NO_DOCUMENTS
from search.match.postings import PostingsList, QueryTerm
from search.match.search_time import SearchTime
from search.query.grains import grained

MAX_TERMS = 500
"""Terms whose places a searcher keeps: a new search of four words asks for one 75 times, in seven
evaluations."""
_UNKNOWN = object()
_TERMS_A_STEP = 4_096
"""Terms of a field whose documents are decoded at once, when all are asked for."""


def doc_frequencies(searcher: Searcher) -> Callable[[str, str], int]:
    """How many documents of an index hold a term in a field, deleted ones among them."""
    leaves = [leaf for leaf, _ in searcher.leaf_searchers()]
    of_each = [
        leaf.reader().doc_frequency if (segment := segment_of(leaf)) is None else segment.doc_count
        for leaf in leaves
    ]
    if len(of_each) == 1:
        return of_each[0]
    return lambda field, text: sum([of_leaf(field, text) for of_leaf in of_each])


def segment_of(searcher: Searcher) -> SegmentSearcher | None:
    """The segment of a leaf searcher, or None where it is not one of our codec's."""
    files = files_of(searcher.reader())
    return None if files is None else SegmentSearcher(searcher, files)


class _KnownField(NamedTuple):
    """A field's terms, and how one is written in bytes."""

    terms: FieldTerms
    to_bytes: Callable[[Any], bytes]


@dataclass
class _SearcherCache:
    """What a leaf searcher was asked for before; it lives as long as the searcher."""

    scorers: dict[str, Scorer] = field(default_factory=dict)
    averages: dict[str, float] = field(default_factory=dict)
    live: Flags | None = None
    fields: dict[str, _KnownField | None] = field(default_factory=dict)
    terms: dict[tuple[str, Any], tuple[FieldTerms, int] | None] = field(default_factory=dict)


searcher_caches: WeakKeyDictionary[Searcher, _SearcherCache] = WeakKeyDictionary()


def _cache_of(searcher: Searcher) -> _SearcherCache:
    cache = searcher_caches.get(searcher)
    if cache is None:
        cache = searcher_caches[searcher] = _SearcherCache()
    return cache


class SegmentSearcher:
    """Terms and scores of a segment under one searcher, with the statistics of the whole index."""

    def __init__(self, searcher: Searcher, files: SegmentFiles):
        self.searcher = searcher
        self.files = files
        self.size = self.files.count
        """Documents of the segment, deleted ones among them."""
        self.schema = searcher.schema
        self.limit: SearchTime | None = None
        self._cache = _cache_of(searcher)

    @property
    def live(self) -> Flags | None:
        """(documents,) False for the deleted ones; None where there are none."""
        segment = self.searcher.reader().segment()
        if not segment.has_deletions():
            return None
        if self._cache.live is None:
            live = np.ones(self.size, bool)
            live[segment.deleted_array()] = False
            self._cache.live = live
        return self._cache.live

    def field(self, name: str) -> FieldTerms | None:
        """A field's terms; None where the schema or the segment has no such field."""
        known = self._field(name)
        return None if known is None else known.terms

    def encoded(self, fieldname: str, text: Any) -> bytes | None:
        """A term's bytes; None where the field cannot hold it."""
        known = self._field(fieldname)
        try:
            return None if known is None else known.to_bytes(text)
        except ValueError:
            return None

    def find_term(self, fieldname: str, text: Any) -> tuple[FieldTerms, int] | None:
        """A field and the number of a term in it, or None where the segment lacks it."""
        terms, key = self._cache.terms, (fieldname, text)
        found = terms.get(key, _UNKNOWN)
        if found is _UNKNOWN:
            if len(terms) >= MAX_TERMS:
                terms.clear()
            found = terms[key] = self._looked_up(fieldname, text)
        return found  # type: ignore[return-value]

    def doc_count(self, fieldname: str, text: Any) -> int:
        """How many documents hold a term in a field, deleted ones among them."""
        known = self.find_term(fieldname, text)
        return 0 if known is None else known[0].document_frequencies.item(known[1])

    def _looked_up(self, fieldname: str, text: Any) -> tuple[FieldTerms, int] | None:
        known = self._cache.fields.get(fieldname) or self._field(fieldname)
        if known is None:
            return None
        field, to_bytes = known
        try:
            number = field.find(to_bytes(text))
        except ValueError:
            return None  # the field cannot hold it
        return None if number < 0 else (field, number)

    def _field(self, name: str) -> _KnownField | None:
        """A field of the schema that the segment has: a new word is looked for in six of them."""
        fields = self._cache.fields
        if name not in fields:
            terms = self.files.field(name) if name in self.schema else None
            fields[name] = None if terms is None else _KnownField(terms, self.schema[name].to_bytes)
        return fields[name]

    def query_term(
        self,
        field: FieldTerms,
        number: int,
        boost: float = 1.0,
        *,
        scored: bool,
        alone: bool = True,
    ) -> QueryTerm:
        """A term with its postings, from the cache if they are still there.

        :param alone: whether its score is saturated by itself.
        """
        key = (self.files.key, field.name, number)
        postings = postings_cache.get_or_make(key, lambda: PostingsList(field, number, self.size))
        scorer = self.scorer(field.name) if scored else None
        k1 = K1 if alone and scorer is not WEIGHT_ALONE else 0.0
        own = boost if k1 else grained(boost)
        return QueryTerm(postings.read_from(field), scorer, own, k1)

    def scorer(self, name: str) -> Scorer:
        """What terms of a field count, by the lengths in the whole index, deleted ones too."""
        scorer = self._cache.scorers.get(name)
        if scorer is None:
            self._cache.scorers[name] = scorer = self._scorer(name)
        return scorer

    def _scorer(self, name: str) -> Scorer:
        if not self.schema[name].scorable:
            return WEIGHT_ALONE
        codes = self.files.length_codes(name)
        if codes is None:
            codes = np.zeros(self.size, np.uint8)
        return Scorer(norms(self.average_length(name)), codes)

    def average_length(self, name: str) -> float:
        """Tokens of a field a document that has the field, over the whole index; else 1."""
        average = self._cache.averages.get(name)
        if average is None:
            parent = self.searcher.get_parent()
            holding = sum(_holding(leaf, name) for leaf, _ in parent.leaf_searchers())
            average = parent.reader().field_length(name) / holding if holding else 1.0
            self._cache.averages[name] = average = average or 1.0
        return average

    def scores_key(self, fields: list[str]) -> tuple[Any, ...]:
        """What scores in some fields depend on, beside the terms and their boosts."""
        return (self.files.key, *map(self.average_length, fields))

    def documents_of_field(self, name: str) -> DocIds:
        """Documents that hold any term of a field."""
        field = self.field(name)
        if field is None:
            return NO_DOCUMENTS.doc_ids
        key = (self.files.key, name, "all")
        return postings_cache.get_or_make(key, lambda: self._any_of(field))

    def _any_of(self, field: FieldTerms) -> DocIds:
        found = np.zeros(self.size, bool)
        for first in range(0, field.size, _TERMS_A_STEP):
            found[field.documents_of(first, min(first + _TERMS_A_STEP, field.size))] = True
        return np.flatnonzero(found).astype(np.uint32)


def _holding(searcher: Searcher, name: str) -> int:
    """Documents of a leaf that have a field, deleted ones too."""
    reader = searcher.reader()
    files = files_of(reader)
    if files is not None:
        codes = files.length_codes(name)
        return 0 if codes is None else int(np.count_nonzero(codes))
    return sum(reader.doc_field_length(n, name, 0) > 0 for n in range(reader.doc_count_all()))
