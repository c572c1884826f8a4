"""What evaluating a query over one segment takes: documents that may match, positions to read."""

from __future__ import annotations

from whoosh import query as q

from search.match.segment_searcher import SegmentSearcher
from search.query.at_least import AtLeast
from search.query.combined_fields import CombinedFields
from search.query.positional import GapPhrase


def estimate(segment: SegmentSearcher, query: q.Query) -> int:
    """About how many documents of the segment a query matches, never less than it does."""
    if type(query) is q.Term:
        return segment.doc_count(query.fieldname, query.text)
    if type(query) in (q.Phrase, GapPhrase):
        held = [segment.doc_count(query.fieldname, word) for word in query.words]
        return min(held, default=0)
    if type(query) is q.And:
        return min((estimate(segment, child) for child in query.subqueries), default=0)
    if type(query) in (q.Or, q.DisjunctionMax, AtLeast, CombinedFields):
        return min(sum(estimate(segment, child) for child in query.subqueries), segment.size)
    if isinstance(query, q.AndNot | q.AndMaybe | q.Require):
        return estimate(segment, query.a)
    if type(query) is q.ConstantScoreQuery:
        return estimate(segment, query.child)
    return segment.size


def reads_positions(query: q.Query) -> bool:
    """Whether a query is a phrase, any of several, or one that its words rank."""
    if type(query) is q.Or and not query.scale:
        return bool(query.subqueries) and all(map(reads_positions, query.subqueries))
    if isinstance(query, q.AndMaybe):
        return reads_positions(query.a)
    return type(query) in (q.Phrase, GapPhrase)
