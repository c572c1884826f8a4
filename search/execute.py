"""Evaluation of a Whoosh query tree over an index: every match, and every score, as arrays.

Never Whoosh's own top N: its pruning drops documents that belong there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.matching import Matcher
from whoosh.query import Every, Query
from whoosh.searching import SearchContext, Searcher


class Matches(NamedTuple):
    """The documents that match: global numbers, ascending, and their scores if asked for."""

    doc_ids: NDArray[np.uint32]
    scores: NDArray[np.float64] | None


def evaluate(searcher: Searcher, query: Query, *, scored: bool) -> Matches:
    """All documents that match the query, deleted ones left out.

    Scores are those of stock Whoosh's exhaustive search (`limit=None`).
    """
    ids: list[NDArray[np.uint32]] = []
    scores: list[NDArray[np.float64]] = []
    for leaf, offset in searcher.leaf_searchers():
        found = _scored(leaf, query) if scored else _unscored(leaf, query)
        ids.append(found.doc_ids + np.uint32(offset))
        if found.scores is not None:
            scores.append(found.scores)
    doc_ids = np.concatenate([np.empty(0, np.uint32), *ids])
    return Matches(doc_ids, np.concatenate([np.empty(0), *scores]) if scored else None)


def _scored(leaf: Searcher, query: Query) -> Matches:
    if isinstance(query, Every):
        doc_ids = _unscored(leaf, query).doc_ids
        return Matches(doc_ids, np.ones(len(doc_ids)))
    matcher = query.matcher(leaf, SearchContext(weighting=leaf.weighting))
    pairs = np.fromiter(_pairs(matcher), dtype=[("id", np.uint32), ("score", np.float64)])
    return Matches(pairs["id"], np.ascontiguousarray(pairs["score"]))


def _pairs(matcher: Matcher) -> Iterator[tuple[int, float]]:
    while matcher.is_active():
        yield matcher.id(), matcher.score()
        matcher.next()


def _unscored(leaf: Searcher, query: Query) -> Matches:
    if isinstance(query, Every):
        return Matches(np.fromiter(leaf.reader().all_doc_ids(), np.uint32), None)
    matcher = query.matcher(leaf, leaf.boolean_context())
    return Matches(np.fromiter(matcher.all_ids(), np.uint32), None)
