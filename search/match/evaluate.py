"""Evaluation of a Whoosh query tree over an index: every match, and every score, as arrays.

Never Whoosh's own top N: its pruning drops documents that belong there. Segments of our codec are
evaluated as arrays (`search.match.query_tree`), others by Whoosh's matchers.
"""

from __future__ import annotations

import numpy as np
from whoosh.query import Every, Query
from whoosh.searching import Searcher

from search.match.doc_sets import Matches
from search.match.fallback import match_by_whoosh
from search.match.query_tree import held_count, search_segment
from search.match.search_time import SearchTime
from search.match.segment_searcher import SegmentSearcher, segment_of
from search.query.combined_fields import CombinedFields
from search.query.statistics import Holding

__all__ = ["Matches", "evaluate", "holding"]


def evaluate(
    searcher: Searcher, query: Query, *, scored: bool, limit: SearchTime | None = None
) -> Matches:
    """All documents that match the query, deleted ones left out.

    Documents are those of stock Whoosh's exhaustive search (`limit=None`), `docs/index-format.md`
    lists where not; scores are those of `docs/ranking.md`.
    """
    parts = [
        (_in_segment(leaf, query, scored, limit), offset)
        for leaf, offset in searcher.leaf_searchers()
    ]
    if len(parts) == 1:
        return parts[0][0]
    ids = [found.doc_ids + np.uint32(offset) for found, offset in parts]
    doc_ids = np.concatenate([np.empty(0, np.uint32), *ids])
    if not scored:
        return Matches(doc_ids, None)
    scores = [found.scores for found, _ in parts if found.scores is not None]
    return Matches(doc_ids, np.concatenate([np.empty(0), *scores]))


def holding(searcher: Searcher) -> Holding:
    """How many documents, without deleted ones, hold any of some terms in any of some fields."""

    leaves = [(leaf, segment_of(leaf)) for leaf, _ in searcher.leaf_searchers()]

    def held(fields: tuple[str, ...], terms: tuple[str, ...]) -> int:
        query = CombinedFields(fields, terms)
        return sum([_held_in(leaf, segment, query) for leaf, segment in leaves])

    return held


def _held_in(searcher: Searcher, segment: SegmentSearcher | None, query: CombinedFields) -> int:
    if segment is None or segment.live is not None:
        return _in_segment(searcher, query, False, None).doc_count
    return held_count(segment, query)


def _in_segment(
    searcher: Searcher, query: Query, scored: bool, limit: SearchTime | None
) -> Matches:
    segment = segment_of(searcher)
    if segment is not None:
        segment.limit = limit
        return search_segment(segment, query, scored=scored)
    if isinstance(query, Every):
        ids = np.fromiter(searcher.reader().all_doc_ids(), np.uint32)
        return Matches(ids, np.ones(len(ids)) if scored else None)
    return match_by_whoosh(searcher, query, scored)
