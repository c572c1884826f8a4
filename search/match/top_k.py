"""The top k of the matches by relevance or time, each order with a fixed second and third key."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.kernel import loop
from search.match.doc_values import DocValues

Numbers = NDArray[np.uint32]

_BLOCK = 64
_SOON = 20_000
"""Matches that the kernel looks through sooner than the head of the whole order is tried."""
_DENSE = 100
"""Matches for each one wanted from which the first documents of all are tried."""


def first_in_order(
    values: DocValues,
    order: str,
    doc_ids: Numbers,
    scores: NDArray[np.float64] | None,
    stop: int | None = None,
) -> NDArray[np.intp]:
    """Places in `doc_ids` of the first `stop` documents (all by default) in an order.

    `relevance`: by score, then the newest, then by id; `newest` and `oldest`: by moment, the
    undated last in both, then by id.
    """
    if order == "relevance" and scores is not None:
        return _by_score(values, doc_ids, scores, stop)
    ranks = values.oldest if order == "oldest" else values.newest
    by_loop = loop("top_k") is not None and stop is not None and 0 < stop < len(doc_ids)
    if by_loop and stop and len(doc_ids) <= _SOON:
        return _by_loop(doc_ids, None, ranks, stop)
    found = _from_the_head(values, order, doc_ids, stop)
    if found is not None:
        return found
    if by_loop and stop:
        return _by_loop(doc_ids, None, ranks, stop)
    places = ranks[doc_ids]
    if stop is None or stop >= len(places):
        return np.argsort(places)
    if stop == 0:
        return np.empty(0, np.intp)
    first = highest(-places, stop)
    return first[np.argsort(places[first])][:stop]


def _from_the_head(
    values: DocValues, order: str, doc_ids: Numbers, stop: int | None
) -> NDArray[np.intp] | None:
    """Where many documents match: the first of all documents that do, if these are enough."""
    if not stop or len(doc_ids) < stop * _DENSE:
        return None
    whole = values.oldest_first if order == "oldest" else values.newest_first
    head = whole[: 4 * stop * len(whole) // len(doc_ids)].astype(doc_ids.dtype)
    at = np.minimum(np.searchsorted(doc_ids, head), len(doc_ids) - 1)
    found = at[doc_ids[at] == head]
    return found[:stop] if len(found) >= stop else None


def _by_score(
    values: DocValues, doc_ids: Numbers, scores: NDArray[np.float64], stop: int | None
) -> NDArray[np.intp]:
    """The `stop` highest scores, equal ones by place: all equal to the last one are looked at."""
    if stop is None or stop >= len(scores):
        return np.lexsort((values.newest[doc_ids], -scores))
    if stop == 0:
        return np.empty(0, np.intp)
    if loop("top_k") is not None:
        return _by_loop(doc_ids, scores, values.newest, stop)
    candidates = highest(scores, stop)
    places = values.newest[doc_ids[candidates]]
    return candidates[np.lexsort((places, -scores[candidates]))[:stop]]


def _by_loop(
    doc_ids: Numbers, scores: NDArray[np.float64] | None, places: NDArray[np.int32], stop: int
) -> NDArray[np.intp]:
    top_k = loop("top_k")
    assert top_k is not None  # noqa: S101
    ids = np.ascontiguousarray(doc_ids, np.uint32)
    return np.frombuffer(top_k(ids, scores, places, stop), np.int64)


def highest(values: NDArray[Any], count: int) -> NDArray[np.intp]:
    """Places, ascending, of the `count` highest of more values, and of all equal to the lowest.

    The highest of each block come first: so many of those bound the rest, and few values are
    over the bound.
    """
    places: NDArray[np.intp] | None = None
    blocks = len(values) // _BLOCK
    if blocks >= count * 2:
        heads = values[: blocks * _BLOCK].reshape(blocks, _BLOCK).max(axis=1)
        bound = np.partition(heads, blocks - count)[blocks - count]
        places = np.flatnonzero(values >= bound)
        values = values[places]
    bound = np.partition(values, len(values) - count)[len(values) - count]
    chosen = np.flatnonzero(values >= bound)
    return chosen if places is None else places[chosen]
