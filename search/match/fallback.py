"""Whoosh's own matchers, for query types and segments that have no array form."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from whoosh.matching import Matcher
from whoosh.query import Query
from whoosh.searching import SearchContext, Searcher

from search.match.doc_sets import Matches


def match_by_whoosh(searcher: Searcher, query: Query, scored: bool) -> Matches:
    """All matches of a query in a segment, deleted documents left out."""
    if not scored:
        matcher = query.matcher(searcher, searcher.boolean_context())
        return Matches(np.fromiter(matcher.all_ids(), np.uint32), None)
    matcher = query.matcher(searcher, SearchContext(weighting=searcher.weighting))
    pairs = np.fromiter(_pairs(matcher), dtype=[("id", np.uint32), ("score", np.float64)])
    return Matches(np.ascontiguousarray(pairs["id"]), np.ascontiguousarray(pairs["score"]))


def _pairs(matcher: Matcher) -> Iterator[tuple[int, float]]:
    while matcher.is_active():
        yield matcher.id(), matcher.score()
        matcher.next()
