"""First use: of each agency the oldest of the documents that match."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.array_types import DocIds
from search.match.doc_values import DocValues


class OldestFirst(NamedTuple):
    """Numbers of documents: all whose day is known, and of each agency the first, oldest first."""

    dated: NDArray[np.uint32]
    firsts: NDArray[np.uint32]


def first_uses(values: DocValues, doc_ids: DocIds) -> OldestFirst:
    """The documents whose day is known, in order of time, and the first of each agency.

    A day ahead of today is a mistake, or before its time: nobody has said anything then.
    """
    first, last = values.first_day.take(doc_ids), values.last_day.take(doc_ids)
    come = values.order_moment.take(doc_ids) > 0
    dated = doc_ids[(first > 0) & (first == last) & come]
    dated = dated[np.argsort(values.order("oldest").places[dated])]
    _, places = np.unique(values.agency[dated], return_index=True)
    return OldestFirst(dated, dated[np.sort(places)])
