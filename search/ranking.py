"""Orders over arrays of matches, each with a fixed second and third key."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from search.columns import Columns

Numbers = NDArray[np.uint32]


def first_in_order(
    columns: Columns,
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
        return _by_score(-scores, columns.newest[doc_ids], stop)
    places = (columns.oldest if order == "oldest" else columns.newest)[doc_ids]
    if stop is None or stop >= len(places):
        return np.argsort(places)
    if stop == 0:
        return np.empty(0, np.intp)
    first = np.argpartition(places, stop - 1)[:stop]
    return first[np.argsort(places[first])]


def _by_score(
    costs: NDArray[np.float64], places: NDArray[np.int32], stop: int | None
) -> NDArray[np.intp]:
    """The `stop` lowest costs, equal ones by place: all equal to the last one are looked at."""
    if stop is None or stop >= len(costs):
        return np.lexsort((places, costs))
    if stop == 0:
        return np.empty(0, np.intp)
    threshold = np.partition(costs, stop - 1)[stop - 1]
    candidates = np.flatnonzero(costs <= threshold)
    in_order = np.lexsort((places[candidates], costs[candidates]))
    return candidates[in_order[:stop]]
