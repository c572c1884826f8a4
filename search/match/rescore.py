"""Scores of some documents alone, of clauses that rank and match nothing new.

The first of an order need these scores only where they can still change it: a document that is
further behind than all such clauses together can add is left as it is.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from whoosh import query as q
from whoosh.searching import Searcher

from search.match.bm25 import Scores
from search.match.doc_sets import DocIds, Matches, add_scores
from search.match.doc_values import DocValues
from search.match.evaluate import evaluate
from search.match.query_tree import clauses_of, find, phrase_documents
from search.match.segment_searcher import SegmentSearcher, segment_of
from search.match.top_k import first_in_order
from search.query.ranked_by import RankedBy
from search.query.ranking import most


class Parts(NamedTuple):
    """A query as what decides which documents match, and what only adds to their scores."""

    matching: q.Query
    ranking: q.Query | None


def parts_of(query: q.Query) -> Parts:
    """The parts of a query: of a `RankedBy` both, else itself."""
    return Parts(query.a, query.b) if isinstance(query, RankedBy) else Parts(query, None)


def contenders(values: DocValues, found: Matches, ranking: q.Query, stop: int | None) -> DocIds:
    """The documents among which the first `stop` are, whatever `ranking` adds, ascending."""
    doc_ids, scores = found
    if scores is None or stop is None or not 0 < stop < len(doc_ids):
        return doc_ids
    last = first_in_order(values, "relevance", doc_ids, scores, stop)[-1]
    kept: DocIds = doc_ids[scores >= scores[last] - most(ranking)]
    return kept


def scores_of(searcher: Searcher, query: q.Query, doc_ids: DocIds) -> Scores:
    """(n,) what a query scores some documents, ascending; 0 where it does not match."""
    scores = np.zeros(len(doc_ids))
    for leaf, offset in searcher.leaf_searchers():
        end = offset + leaf.reader().doc_count_all()
        low, high = np.searchsorted(doc_ids, [offset, end])
        if low < high:
            local = doc_ids[low:high] - np.uint32(offset)
            segment = segment_of(leaf)
            if segment is None:
                found = evaluate(leaf, query, scored=True)
                scores[low:high] = _added(found, local)
            else:
                scores[low:high] = _in_segment(segment, query, local)
    return scores


def _in_segment(segment: SegmentSearcher, query: q.Query, doc_ids: DocIds) -> Scores:
    if type(query) is q.Or and not query.scale:
        scores = np.zeros(len(doc_ids))
        for child in query.subqueries:
            scores += _in_segment(segment, child, doc_ids)
        return np.asarray(scores * query.boost, np.float64)
    if type(query) is q.ConstantScoreQuery:
        held = np.isin(doc_ids, _held(segment, query.child, doc_ids), assume_unique=True)
        return np.where(held, float(query.score), 0.0)
    clauses, boost, k1 = clauses_of(segment, query, True)
    nothing = Matches(doc_ids, np.zeros(len(doc_ids)))
    found = add_scores(nothing, clauses, segment.size, boost, k1)
    return np.zeros(len(doc_ids)) if found.scores is None else found.scores


def _held(segment: SegmentSearcher, query: q.Query, doc_ids: DocIds) -> DocIds:
    """Which of some documents match a query."""
    if type(query) is q.Phrase:
        return phrase_documents(segment, query, doc_ids)
    if type(query) is q.Or:
        parts = [_held(segment, child, doc_ids) for child in query.subqueries]
        return np.unique(np.concatenate(parts))
    return find(segment, query, False).doc_ids


def _added(found: Matches, doc_ids: DocIds) -> Scores:
    """The scores of some documents from all matches; 0 for those that are none."""
    at = np.minimum(np.searchsorted(found.doc_ids, doc_ids), max(len(found.doc_ids) - 1, 0))
    if not len(found.doc_ids) or found.scores is None:
        return np.zeros(len(doc_ids))
    return np.where(found.doc_ids[at] == doc_ids, found.scores[at], 0.0)
