"""Scores of some documents alone, of clauses that rank and match nothing new.

The first of an order need these scores only where they can still change it: a document that is
further behind than all such clauses together can add is left as it is.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh import query as q
from whoosh.searching import Searcher

from index.array_types import DocIds, Flags, Scores
from search.match.bm25 import in_grains
from search.match.doc_sets import LOOK_UP, Matches, add_scores, among
from search.match.doc_values import DocValues
from search.match.evaluate import evaluate
from search.match.phrase_queries import gaps_of, phrase_words
from search.match.phrases import PhraseWords
from search.match.query_tree import clauses_of, find
from search.match.segment_searcher import SegmentSearcher, segment_of
from search.match.top_k import first_in_order
from search.query.grains import grained
from search.query.ranked_by import RankedBy
from search.query.ranking import most

MANY = 500
"""Documents from which on it pays to lift the best of them first: to look at any costs what 500
more do."""
LITTLE = 0.1
"""What a ranking query adds at the most where it stands for function words alone: two words that
stand in every tenth release add 0.46 by standing together, `of the` 0.02."""
MAX_RESCORED = 1_000
"""Documents, the best by their own scores, that a query scores which adds so little: of 72,623
releases nearly all hold `the of and to`, whose answer took 70 milliseconds without the bound."""


class Parts(NamedTuple):
    """A query as what decides which documents match, and what only adds to their scores."""

    matching: q.Query
    ranking: q.Query | None


def parts_of(query: q.Query) -> Parts:
    """The parts of a query: of a `RankedBy` both, else itself."""
    return Parts(query.a, query.b) if isinstance(query, RankedBy) else Parts(query, None)


def rescored(
    values: DocValues, searcher: Searcher, found: Matches, ranking: q.Query, stop: int | None
) -> Matches:
    """Matches among which the first `stop` by whole scores are, with these, ascending.

    Those that are further behind by their own scores than `ranking` can add are left out; where
    many are not, so are those that far behind what it makes of the best of them.
    """
    if stop == 0 or found.scores is None:
        return found.only(np.zeros(0, np.intp))
    if stop is None or stop >= found.doc_count:
        return _best_rescored(values, searcher, found, ranking)
    best = first_in_order(values, "relevance", *found, stop)
    last = float(found.scores[best[-1]])
    open_to = found.only(found.scores >= last - most(ranking))
    if open_to.doc_count <= 2 * max(MANY, stop) or most(ranking) < LITTLE:
        return _best_rescored(values, searcher, open_to, ranking)
    ahead = found.only(np.sort(first_in_order(values, "relevance", *found, max(MANY, stop))))
    lifted = _whole_scores(searcher, ahead, ranking)
    last = float(np.partition(lifted, len(lifted) - stop)[len(lifted) - stop])
    return _whole(searcher, found.only(found.scores >= last - most(ranking)), ranking)


def _best_rescored(
    values: DocValues, searcher: Searcher, found: Matches, ranking: q.Query
) -> Matches:
    """The matches; what ranks and adds little is added to the scores of the best of them."""
    if found.scores is None or found.doc_count <= MAX_RESCORED or most(ranking) >= LITTLE:
        return _whole(searcher, found, ranking)
    best = np.sort(first_in_order(values, "relevance", *found, MAX_RESCORED))
    scores = found.scores.copy()
    scores[best] += scores_of(searcher, ranking, found.doc_ids[best])
    return Matches(found.doc_ids, scores)


def _whole(searcher: Searcher, found: Matches, ranking: q.Query) -> Matches:
    """The matches with what ranks added to their scores."""
    return Matches(found.doc_ids, _whole_scores(searcher, found, ranking))


def _whole_scores(searcher: Searcher, found: Matches, ranking: q.Query) -> Scores:
    own = 0.0 if found.scores is None else found.scores
    return own + scores_of(searcher, ranking, found.doc_ids)


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


def _in_segment(
    segment: SegmentSearcher, query: q.Query, doc_ids: DocIds, near: _NearWords | None = None
) -> Scores:
    near = {} if near is None else near
    if type(query) is q.Or and not query.scale:
        scores = np.zeros(len(doc_ids))
        for child in query.subqueries:
            if type(child) is q.ConstantScoreQuery:
                scores[_held(segment, child.child, doc_ids, near)] += grained(child.score)
            else:
                scores += _in_segment(segment, child, doc_ids, near)
        return in_grains(scores * query.boost)
    if type(query) is q.ConstantScoreQuery:
        scores = np.zeros(len(doc_ids))
        scores[_held(segment, query.child, doc_ids, near)] = grained(query.score)
        return scores
    clauses, boost, k1 = clauses_of(segment, query, True, doc_ids)
    nothing = Matches(doc_ids, np.zeros(len(doc_ids)))
    found = add_scores(nothing, clauses, segment.size, boost, k1)
    return np.zeros(len(doc_ids)) if found.scores is None else found.scores


class _Near(NamedTuple):
    """Words of a phrase of a field, a slop, and those of the documents that hold them so."""

    words: PhraseWords | None
    slop: int
    doc_ids: DocIds


_NearWords = dict[tuple[str, ...], _Near]
"""What was found of phrases so far, by field and words.

Words side by side are looked for only where they are near: two words cost 0.47 ms before, and four
0.66, of an answer of 1.8 and 2.05 (Senate, 45 searches)."""


def _held(
    segment: SegmentSearcher, query: q.Query, doc_ids: DocIds, near: _NearWords
) -> NDArray[np.intp] | Flags:
    """The places of those of some documents that match a query, or a flag for each of them."""
    if type(query) is q.Phrase:
        found = _phrase(segment, query, doc_ids, near)
        few = LOOK_UP * len(found) < len(doc_ids)
        return doc_ids.searchsorted(found) if few else among(doc_ids, found)
    if type(query) is not q.Or:
        return among(doc_ids, find(segment, query, False).doc_ids)
    held = np.zeros(len(doc_ids), np.bool_)
    for child in query.subqueries:
        held[_held(segment, child, doc_ids, near)] = True
    return held


def _phrase(segment: SegmentSearcher, query: q.Phrase, doc_ids: DocIds, near: _NearWords) -> DocIds:
    key = (query.fieldname, *query.words)
    known = near.get(key) or _Near(phrase_words(segment, query), 0, doc_ids)
    within = known.doc_ids if query.slop <= known.slop else doc_ids
    if known.words is None or not len(within):
        found = doc_ids[:0]
    else:
        found = known.words.match(gaps_of(query), within)
    if query.slop > known.slop:
        near[key] = known._replace(slop=query.slop, doc_ids=found)
    return found


def _added(found: Matches, doc_ids: DocIds) -> Scores:
    """The scores of some documents from all matches; 0 for those that are none."""
    scores = np.zeros(len(doc_ids))
    if found.scores is not None:
        held, wanted = among(doc_ids, found.doc_ids), among(found.doc_ids, doc_ids)
        scores[held] = found.scores[wanted]
    return scores
