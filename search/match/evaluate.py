"""Evaluation of a Whoosh query tree over an index: every match, and every score, as arrays.

Never Whoosh's own top N: its pruning drops documents that belong there. Segments of our codec are
evaluated as arrays (`search.match`), others by Whoosh's matchers.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.query import Every, Query
from whoosh.searching import Searcher

from search.match import leaf_of, search_leaf
from search.match.fallback import by_matcher
from search.match.postings import Found


class Matches(NamedTuple):
    """The documents that match: global numbers, ascending, and their scores if asked for."""

    doc_ids: NDArray[np.uint32]
    scores: NDArray[np.float64] | None


def evaluate(searcher: Searcher, query: Query, *, scored: bool) -> Matches:
    """All documents that match the query, deleted ones left out.

    Scores are those of stock Whoosh's exhaustive search (`limit=None`); `docs/index-format.md`
    lists where not.
    """
    found = [(_in_leaf(leaf, query, scored), offset) for leaf, offset in searcher.leaf_searchers()]
    if len(found) == 1:
        return Matches(*found[0][0])
    ids = [each.ids + np.uint32(offset) for each, offset in found]
    doc_ids = np.concatenate([np.empty(0, np.uint32), *ids])
    if not scored:
        return Matches(doc_ids, None)
    scores = [each.scores for each, _ in found if each.scores is not None]
    return Matches(doc_ids, np.concatenate([np.empty(0), *scores]))


def _in_leaf(searcher: Searcher, query: Query, scored: bool) -> Found:
    leaf = leaf_of(searcher)
    if leaf is not None:
        return search_leaf(leaf, query, scored=scored)
    if isinstance(query, Every):
        ids = np.fromiter(searcher.reader().all_doc_ids(), np.uint32)
        return Found(ids, np.ones(len(ids)) if scored else None)
    return by_matcher(searcher, query, scored)
